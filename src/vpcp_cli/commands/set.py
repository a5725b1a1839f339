"""`vpcp set`."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from vpcp_cli.commands.setting import options_to_set
from vpcp_cli.commands.writing import DATA, OF_ENTRIES, takes
from vpcp_cli.language import N_, _
from vpcp_cli.programme import Directive, Programme, Task, Unit

if TYPE_CHECKING:
    from vpcp_cli.commands.session import Session
    from vpcp_cli.commands.setting import Change, Holder
    from vpcp_cli.naming import Named
    from vpcp_cli.programme import LogEntry

_OPTIONS: Final[Mapping[str, object]] = {
    **options_to_set(N_("What is right"), Task, Directive, Programme),
    "role": Annotated[
        str | None,
        typer.Option(
            "--role",
            metavar="TEXT",
            help=N_("The office that the issuer held at the time."),
            rich_help_panel=N_("What is right"),
        ),
    ],
    **{
        f"event_{name}": Annotated[
            str | None, typer.Option(f"--event-{name}", metavar=metavar, help=text, rich_help_panel=N_("What is right"))
        ]
        for name, metavar, text in (
            ("start", "DATE", N_("The first day of the meeting.")),
            ("end", "DATE", N_("The last day of the meeting, if it took several.")),
            ("place", "PLACE", N_("Where the meeting was held.")),
        )
    },
    **{name: OF_ENTRIES[name] for name in ("note", "by", "dry_run")},
    "data": DATA,
    "year": Annotated[
        list[str] | None, typer.Option("--year", metavar="YEAR", help=N_("A year, or a span: 2012..2022."))
    ],
}


@takes(
    _OPTIONS,
    "vpcp set 2023-CD01.2 --deadline 'quý III' --note 'gõ nhầm quý'",
    "vpcp set 2023-CD01.2 --text 'Ban hành quy chế làm việc' --en 'Issue the working regulations'",
    "vpcp set 2023-CD01.2 2023-CD01.3 --lead 'Phòng Tổng hợp' --unset urgency",
    "vpcp set 2023-CD01 --issued 12/1/2023 --document 12/TB-CVD",
    "vpcp set 2023 --event 'Hội nghị triển khai công tác' --event-start 12/1/2023",
)
def set_(
    given: Mapping[str, object],
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help=N_("Tasks, directives or programmes."), show_default=False)
    ],
) -> None:
    """Put right what a task, a directive or a programme is: what was written down wrongly.

    The new value has been right from the beginning and holds for every day; an entry keeps what stood there, for keys
    by which tasks are found, counted or dated. A decision is no correction: a later deadline is `vpcp postpone`,
    another lead from a day on `vpcp update --lead`, another person `vpcp assign`.
    """
    from vpcp_cli.commands.described import documents_told
    from vpcp_cli.commands.saving import finish, folder_of, session_in, signed, told, writer_in
    from vpcp_cli.commands.session import today
    from vpcp_cli.commands.setting import entries_of, tell, write
    from vpcp_cli.commands.typed_text import text_typed
    from vpcp_cli.render.door import say
    from vpcp_cli.render.names import short_names

    now, folder = today(), folder_of(given)
    given = documents_told(given, now)
    by, note = signed(given["by"], folder), text_typed(given["note"], "--note")
    command = shlex.join(["vpcp", "set", *(text_typed(one, "ID") or "" for one in ids)])
    with writer_in(folder, command, dry_run=given["dry_run"]) as writer:
        session = session_in(folder, {**given, "ids": ids}, now, writer=writer)
        found = [session.ids.find(typed, ("task", "directive", "programme")) for typed in ids]
        changes = list({one.id: one for one in (_change(session, named, given) for named in found)}.values())
        entries = {one.id: list(entries_of(one, now, by, note)) for one in changes}
        _refuse(session, changes, entries, note)
        for one in changes:
            write(writer, one, entries[one.id])
        finish(writer, dry_run=given["dry_run"])
    if given["dry_run"]:
        return
    units = short_names(session.library)
    with told():
        for one in changes:
            tell(one, _place(one), units)
            _tell_of_later(one, units)
        if any(one.keys for one in changes):
            say(_("take it back: {command}").format(command="vpcp undo"))


def _change(session: Session, named: Named, given: Mapping[str, object]) -> Change:
    from vpcp_cli.commands.setting import Change, put_right
    from vpcp_cli.members import memberships, with_its_members

    before: Holder = named.task or named.directive or named.programme
    after = put_right(before, given, session, named.programme.year)
    if isinstance(after, Task) and after.each:
        after = with_its_members(after, memberships(session.library.units))
    return Change(named.programme, named.directive, before, after)


def _refuse(
    session: Session, changes: Sequence[Change], entries: Mapping[str, Sequence[LogEntry]], note: str | None
) -> None:
    """Raise what speaks against it: a note without an entry, what could not be read, new errors."""
    from dataclasses import replace

    from vpcp_cli.commands.saving import refuse_errors, refuse_programme_errors
    from vpcp_cli.entry_rules import EntryRefusedError
    from vpcp_cli.kinds import class_of, plain
    from vpcp_cli.storage.writing.proof import proved

    if note and not any(entries.values()):
        raise EntryRefusedError(
            N_("A text is put right without an entry, so there is no place for --note."),
            N_("Write it down besides: `vpcp note {id} '…'`."),
            id=changes[0].id,
        )
    for one in changes:
        proved(class_of(one.after), plain(_alone(one.after)), one.id.rpartition(".")[0] or one.id)
        if isinstance(one.before, Task) and isinstance(one.after, Task) and one.programme and one.directive:
            around = one.programme, one.directive
            after = replace(one.after, log=(*one.after.log, *entries[one.id]))
            refuse_errors(session.library, [(*around, after)], known=[(*around, one.before)], changed=[after])
        elif isinstance(one.after, Directive | Programme) and one.programme:
            refuse_programme_errors(session.library, one.programme.id, one.after)


def _alone(one: Holder) -> Holder:
    """Return a record without what it holds."""
    from dataclasses import replace

    if isinstance(one, Directive):
        return replace(one, tasks=())
    return replace(one, directives=()) if isinstance(one, Programme) else one


def _place(change: Change) -> str:
    file = change.programme.file if change.programme else ""
    return file if isinstance(change.before, Programme | Unit) else f"{file}:{change.before.line}"


def _tell_of_later(change: Change, units: Mapping[str, str]) -> None:
    """Say which entries go on to hold although the first value was put right."""
    from datetime import date

    from vpcp_cli.render.door import say
    from vpcp_cli.render.written import later_line
    from vpcp_cli.standing import folded
    from vpcp_cli.vocabulary import Decision

    if not isinstance(change.after, Task):
        return
    log, names = folded(change.after, date.max), {key.name for key in change.keys}
    decided = {
        "deadline": [one for one in log if one.decision is Decision.APPROVED],
        "lead": [one for one in log if one.lead],
        "responsible": [one for one in log if one.responsible],
    }
    for name, entries in decided.items():
        if name in names and entries:
            say(later_line(change.id, entries[-1], units))
