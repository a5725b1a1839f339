"""`vpcp add`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

import typer

from vpcp_cli.commands.writing import DATA, DRY_RUN, ON, takes, text_typed
from vpcp_cli.language import N_, _
from vpcp_cli.vocabulary import Category, Item, Nature, Urgency, Word

if TYPE_CHECKING:
    from datetime import date

    from vpcp_cli.commands.options import Session
    from vpcp_cli.naming import Named
    from vpcp_cli.programme import Task, Text

W = TypeVar("W", bound=Word)

_THE_TASK = N_("The task")


def _one(name: str, metavar: str, text: str) -> Any:  # noqa: ANN401 - an annotation for typer
    return Annotated[str | None, typer.Option(name, metavar=metavar, help=text, rich_help_panel=_THE_TASK)]


def _several(name: str, metavar: str, text: str) -> Any:  # noqa: ANN401 - the same
    return Annotated[list[str] | None, typer.Option(name, metavar=metavar, help=text, rich_help_panel=_THE_TASK)]


_OPTIONS: Final[Mapping[str, Any]] = {
    "en": _one("--en", "TEXT", N_("The same in English.")),
    "nature": _one("--nature", "WORD", N_("one_off (default), standing, principle or expectation.")),
    "support": _several("--support", "UNIT", N_("A coordinating unit; may be repeated.")),
    "deadline": _one("--deadline", "DATE", N_("A day, month, quarter, half-year or year.")),
    "deliverable": _one("--deliverable", "TEXT", N_("What comes of it.")),
    "measure": _one("--measure", "TEXT", N_("How one would see that it is reached.")),
    "responsible": _one("--responsible", "NAME", N_("The person in charge.")),
    "category": _one("--category", "WORD", N_("The field of work: digital, policy, «thi đua, khen thưởng» …")),
    "item": _one("--item", "WORD", N_("task (default), or scheme: its deadline is for submission.")),
    "urgency": _one("--urgency", "WORD", N_("soon, urgent or timely: words of the text that are no date.")),
    "priority": Annotated[bool, typer.Option("--priority", help=N_("A priority task."), rich_help_panel=_THE_TASK)],
    "basis": _several("--basis", "TEXT", N_("What it rests on; may be repeated.")),
    "source": _one("--source", "PLACE", N_("Where the source of the programme asks for it.")),
    "on": ON,
    "dry_run": DRY_RUN,
    "data": DATA,
    "year": Annotated[
        list[str] | None, typer.Option("--year", metavar="YEAR", help=N_("A year, or a span: 2012..2022."))
    ],
}


@takes(
    _OPTIONS,
    "vpcp add 2022-CD02 'Ban hành quy chế làm việc' --lead VPCP --deliverable 'Quy chế' --deadline 'quý III'",
    "vpcp add 2022-CD02 'Rà soát văn bản' --en 'Review the texts' --lead VPCP --nature standing",
)
def add(
    given: Mapping[str, Any],
    directive: Annotated[str, typer.Argument(metavar="DIRECTIVE", help=N_("The directive that asks for it."))],
    text: Annotated[str, typer.Argument(metavar="TEXT", help=N_("What is to be done."))],
    lead: Annotated[
        str,
        typer.Option(
            "--lead",
            metavar="UNIT",
            help=N_("The unit in charge: its code, short name or name."),
            rich_help_panel=_THE_TASK,
        ),
    ],
) -> None:
    """Add a task to a directive, under the next number; a number is never given twice."""
    from vpcp_cli.commands.options import today
    from vpcp_cli.commands.saving import finish, folder_of, places, refuse_errors, say, session_in, writer_in
    from vpcp_cli.deadline import typed_day
    from vpcp_cli.storage.numbers import highest
    from vpcp_cli.storage.plain import plain

    now, folder = today(), folder_of(given)
    day = typed_day(given["on"], now) if given["on"] else now
    with writer_in(folder, f"vpcp add {text_typed(directive, 'DIRECTIVE')}", dry_run=given["dry_run"]) as writer:
        session = session_in(folder, {**given, "ids": [directive]}, now, writer=writer)
        named = session.ids.find(directive, ("directive",))
        stem = f"{named.directive.id}." if named.directive else ""
        task = _task(session, named, {**given, "text": text, "lead": lead}, day, f"{stem}{highest(folder, stem) + 1}")
        if named.directive:
            refuse_errors(session.workspace, [(named.programme, named.directive, task)])
            writer.add_task(named.directive.id, plain(task))
        finish(writer, dry_run=given["dry_run"])
    if not given["dry_run"]:
        print(_("{id}: added · {place}").format(id=task.id, place=places(session, [task.id])[task.id]))
        say(_("next: {command}").format(command=f"vpcp show {task.id}"))


def _task(session: Session, named: Named, given: Mapping[str, Any], day: date, number: str) -> Task:
    """Return the task that was described; raise why it can't be added."""
    from vpcp_cli.commands.saving import unit_typed
    from vpcp_cli.deadline import typed_deadline
    from vpcp_cli.programme import Task, Text

    _check_day(session, named, day)
    workspace, year = session.workspace, named.programme.year
    text = text_typed(given["text"], "TEXT")
    support = [unit_typed(workspace, typed, "--support") for typed in given["support"] or ()]
    deadline = typed_deadline(given["deadline"], session.day, year) if given["deadline"] else None
    return Task(
        id=number,
        text=Text(text, text_typed(given["en"], "--en") or text),
        nature=_word(Nature, given["nature"], "--nature") or Nature.ONE_OFF,
        lead=unit_typed(workspace, given["lead"], "--lead"),
        source=text_typed(given["source"], "--source"),
        category=_word(Category, given["category"], "--category"),
        item=_word(Item, given["item"], "--item") or Item.TASK,
        support=tuple(dict.fromkeys(support)),
        responsible=text_typed(given["responsible"], "--responsible"),
        deliverable=_text(given["deliverable"], "--deliverable"),
        measure=_text(given["measure"], "--measure"),
        deadline=deadline,
        urgency=_word(Urgency, given["urgency"], "--urgency"),
        priority=given["priority"],
        basis=tuple(Text.plain(text_typed(typed, "--basis") or "") for typed in given["basis"] or ()),
        added=day,
    )


def _check_day(session: Session, named: Named, day: date) -> None:
    """Raise `EntryRefusedError` for a day to come, or before the directive's first."""
    from vpcp_cli.proposal import EntryRefusedError, check_past

    check_past(day, session.day)
    if named.directive and day < (exists := named.programme.exists_from(named.directive)):
        raise EntryRefusedError(
            N_("On {date} the directive {id} was not yet given: it exists from {exists}."),
            N_("Give {exists} or a later day with --on."),
            id=named.directive.id,
            date=day,
            exists=exists,
        )


def _word(kind: type[W], typed: str | None, option: str) -> W | None:
    from vpcp_cli.naming import word_named

    return word_named(kind, typed, option) if typed else None


def _text(typed: str | None, option: str) -> Text | None:
    from vpcp_cli.programme import Text

    text = text_typed(typed, option)
    return Text.plain(text) if text else None
