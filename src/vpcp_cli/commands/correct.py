"""`vpcp correct`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from vpcp_cli.commands.typed_text import text_typed
from vpcp_cli.commands.writing import DATA, OF_ENTRIES, takes
from vpcp_cli.language import N_, _

if TYPE_CHECKING:
    from datetime import date

    from vpcp_cli.commands.session import Session
    from vpcp_cli.programme import LogEntry
    from vpcp_cli.vocabulary import Status

_SAYS: Final = N_("What holds instead")


def _said(name: str, metavar: str, text: str) -> object:
    return Annotated[str | None, typer.Option(name, metavar=metavar, help=text, rich_help_panel=_SAYS)]


_OPTIONS: Final[Mapping[str, object]] = {
    "status": _said("--status", "STATUS", N_("The status that the entry should have given.")),
    "evidence": Annotated[
        list[str] | None,
        typer.Option(
            "--evidence",
            metavar="NUMBER",
            help=N_("The document that came of it, with its day, if you like; may be repeated."),
            rich_help_panel=_SAYS,
        ),
    ],
    "deadline": _said("--deadline", "DATE", N_("The deadline that was asked for, approved or rejected.")),
    "decision": _said("--decision", "WORD", N_("requested, approved or rejected.")),
    "obstacle": _said("--obstacle", "TEXT", N_("What stands in the way.")),
    "reported_to": _said("--reported-to", "UNIT", N_("The unit to which it was reported.")),
    "resolved": _said("--resolved", "TEXT", N_("How it was resolved.")),
    "key": _said("--key", "WORD", N_("A word by which it is resolved later.")),
    "risk": _said("--risk", "LEVEL", N_("low, medium or high.")),
    "reminder": _said("--reminder", "NUMBER", N_("The number of the letter that urged the lead.")),
    "lead": _said("--lead", "UNIT", N_("The unit that leads the tasks from this day on.")),
    "responsible": _said("--responsible", "NAME", N_("The person who answers for the tasks from this day on.")),
    "value": _said("--value", "FIGURE", N_("The figure that has been reached.")),
    "on": _said("--on", "DATE", N_("The day on which it really happened.")),
    "for_": Annotated[
        list[str] | None,
        typer.Option(
            "--for",
            metavar="PART",
            help=N_("The part that it is really about: a period, a unit; both by giving it twice."),
            rich_help_panel=_SAYS,
        ),
    ],
    "note": _said("--note", "TEXT", N_("The remark that the entry should have had; without --reason also the reason.")),
    "reason": Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help=N_("Why it is put right; its own words stay."))
    ],
    **{name: OF_ENTRIES[name] for name in ("document", "by", "dry_run")},
    "data": DATA,
    "year": Annotated[
        list[str] | None, typer.Option("--year", metavar="YEAR", help=N_("A year, or a span: 2012..2022."))
    ],
}


@takes(
    _OPTIONS,
    "vpcp correct 2023-CD01.2 1 --on 2023-04-28 --reason 'gõ nhầm ngày'",
    "vpcp correct 2023-CD01.2 2 --evidence 9/BC-HT",
    "vpcp correct 2023-CD01.2 3 --for BTC --reason 'nhầm đơn vị'",
    "vpcp correct 2023-CD01.2 3 --void --reason 'ghi nhầm sang việc này'",
)
def correct(
    given: Mapping[str, Any],
    id_: Annotated[str, typer.Argument(metavar="ID", help=N_("The task."))],
    entry: Annotated[
        int | None,
        typer.Argument(metavar="[ENTRY]", min=1, help=N_("The entry's number in `vpcp log ID`, from 1.")),
    ] = None,
    void: Annotated[
        bool,
        typer.Option("--void", help=N_("It never held; why, with --reason (or --note).")),
    ] = False,
) -> None:
    """Put a log entry right: the old one stays, struck out, and the new one stands in its place.

    What is not given stays as the entry had it. A decision is no correction: a later deadline is `vpcp postpone`,
    another lead from a day on `vpcp update --lead`.
    """
    from vpcp_cli.commands.corrections import chosen, write_correction
    from vpcp_cli.commands.session import today
    from vpcp_cli.commands.typed_text import document_typed, number_typed

    day = today()
    given = {**given, "evidence": tuple(document_typed(one, "--evidence", day) for one in given["evidence"] or ())}
    given["document"], more = number_typed(given["document"], "--document", day)

    def replaced(session: Session, old: LogEntry, year: int, now: date) -> LogEntry:
        return _replaced(session, old, {**given, "void": void, "more": more}, year, now)

    write_correction(given, id_, entry or chosen(given, id_), replaced)


def _replaced(session: Session, old: LogEntry, given: Mapping[str, Any], year: int, now: date) -> LogEntry:
    """Return what an entry should have said; raise why a value can't be read."""
    from dataclasses import replace

    from vpcp_cli.changes import actions
    from vpcp_cli.commands.refusals import NoteNeededError, OneChangeError
    from vpcp_cli.commands.typed_text import with_words
    from vpcp_cli.programme import LogEntry
    from vpcp_cli.typed import typed_day

    said, more = _values(session, given, year, now), given["more"]
    _refuse_whole(said.get("status"), old)
    told = [name for name in actions() if name in said]
    if given["void"]:
        if other := next((name for name in (*said, "on", "for_") if given[name] and name not in _OF_VOID), None):
            raise OneChangeError("--void", f"--{other.strip('_').replace('_', '-')}")
        if not said.keys() & {"note", "reason"}:
            raise NoteNeededError(_("void"), "--reason")
        if more:
            said["note"] = with_words(said.get("note"), more)
        return LogEntry(date=now, void=True, **said)
    if len(told) > 1:
        raise OneChangeError(*(f"--{name}" for name in told[:2]))
    if told and (getattr(old, told[0]) is None or said.get("status", old.status) is not old.status):
        of_whole = told[0] in _OF_WHOLE
        old = LogEntry(date=old.date, for_=() if of_whole else old.for_, document=old.document, note=old.note)
    day = typed_day(given["on"], now) if given["on"] else old.date
    if more:
        said["note"] = with_words(said.get("note", old.note), more)
    return replace(old, **{"reason": None, **said}, date=day)


def _refuse_whole(status: Status | None, old: LogEntry) -> None:
    """Raise `EntryRefusedError` for an entry that would say of the whole task that it was entered by mistake."""
    from vpcp_cli.entry_rules import EntryRefusedError
    from vpcp_cli.vocabulary import Status

    if status is Status.VOID and old.status is not Status.VOID:
        raise EntryRefusedError(
            N_("«{status}» is said of a whole task, not of an entry."),
            N_("An entry that never held: `--void` in place of `--status`. The task itself: `vpcp void ID`."),
            status=status.label,
        )


_OF_VOID: Final = ("note", "reason", "document")
_OF_WHOLE: Final = ("risk", "lead")
"""What is never said of a part."""


def _values(session: Session, given: Mapping[str, Any], year: int, now: date) -> dict[str, Any]:
    """Return what was given, by the names of the fields."""
    from vpcp_cli.commands.saving import unit_typed
    from vpcp_cli.figure import figure_typed
    from vpcp_cli.naming import word_named
    from vpcp_cli.programme import Text
    from vpcp_cli.typed import typed_deadline
    from vpcp_cli.vocabulary import Decision, Risk, Status

    def unit(typed: str, option: str) -> str:
        return unit_typed(session.library, typed, option)

    def text(typed: str, option: str) -> Text:
        return Text.plain(text_typed(typed, option) or "")

    reading: Mapping[str, Any] = {
        "status": lambda typed, option: word_named(Status, typed, option),
        "evidence": lambda told, _option: told,
        "deadline": lambda typed, _option: typed_deadline(typed, now, year),
        "decision": lambda typed, option: word_named(Decision, typed, option),
        "risk": lambda typed, option: word_named(Risk, typed, option),
        "obstacle": text,
        "resolved": text,
        "lead": unit,
        "reported_to": unit,
        "value": lambda typed, _option: figure_typed(typed)[0],
        **dict.fromkeys(("key", "reminder", "responsible", "note", "reason", "document"), text_typed),
    }
    return {name: read(given[name], f"--{name.replace('_', '-')}") for name, read in reading.items() if given.get(name)}
