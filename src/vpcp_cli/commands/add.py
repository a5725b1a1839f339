"""`vpcp add`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from vpcp_cli.commands.described import options_of, values_of
from vpcp_cli.commands.typed_text import text_typed, worded
from vpcp_cli.commands.writing import DATA, DRY_RUN, ON, takes
from vpcp_cli.kinds import keys_of, plain
from vpcp_cli.language import N_, _
from vpcp_cli.programme import Task, Text
from vpcp_cli.vocabulary import Nature

if TYPE_CHECKING:
    from datetime import date

    from vpcp_cli.commands.session import Session
    from vpcp_cli.finding import Finding
    from vpcp_cli.naming import Named
    from vpcp_cli.programme import Directive, Programme

_THE_TASK = N_("The task")
_DESCRIBED: Final = options_of(Task, _THE_TASK)
_OPTIONS: Final[Mapping[str, Any]] = {
    "en": Annotated[
        str | None, typer.Option("--en", metavar="TEXT", help=N_("The same in English."), rich_help_panel=_THE_TASK)
    ],
    **{name: option for name, option in _DESCRIBED.items() if name != "lead"},
    "on": ON,
    "dry_run": DRY_RUN,
    "data": DATA,
    "year": Annotated[
        list[str] | None, typer.Option("--year", metavar="YEAR", help=N_("A year, or a span: 2012..2022."))
    ],
}


@takes(
    _OPTIONS,
    "vpcp add 2023-CD01 'Ban hành quy chế làm việc' --lead PHONG_TONG_HOP --deliverable 'Quy chế' --deadline 'quý III'",
    "vpcp add 2023-CD01 'Rà soát văn bản' --en 'Review the texts' --lead PHONG_TONG_HOP --nature standing",
)
def add(
    given: Mapping[str, Any],
    directive: Annotated[str, typer.Argument(metavar="DIRECTIVE", help=N_("The directive that asks for it."))],
    text: Annotated[str, typer.Argument(metavar="TEXT", help=N_("What is to be done."))],
    lead: Annotated[
        str, typer.Option("--lead", metavar="UNIT", help=keys_of(Task)["lead"].key.asked, rich_help_panel=_THE_TASK)
    ],
) -> None:
    """Add a task to a directive, under the next number; a number is never given twice."""
    from vpcp_cli.commands.saving import (
        finish,
        folder_of,
        places,
        refuse_errors,
        say_unseen,
        session_in,
        told,
        writer_in,
    )
    from vpcp_cli.commands.session import today
    from vpcp_cli.render.door import say, tell
    from vpcp_cli.storage.history.numbers import Numbers
    from vpcp_cli.storage.writing.proof import proved
    from vpcp_cli.typed import typed_day

    command = f"vpcp add {text_typed(directive, 'DIRECTIVE')}"
    text = worded(text, "TEXT", N_("{id} is an id; what is to be done is missing."), command)
    now, folder = today(), folder_of(given)
    day = now if given["on"] is None else typed_day(given["on"], now)
    with writer_in(folder, command, dry_run=given["dry_run"]) as writer:
        session = session_in(folder, {**given, "ids": [directive]}, now, writer=writer)
        named = session.ids.find(directive, ("directive",))
        stem = f"{named.directive.id}." if named.directive else ""
        numbers = Numbers(folder)
        number = f"{stem}{numbers.highest(stem) + 1}"
        task = _task(session, named, {**given, "text": text, "lead": lead}, day, number)
        findings: list[Finding] = []
        if named.directive:
            refuse_errors(session.library, [(named.programme, named.directive, task)])
            findings = _warnings(session, named.programme, named.directive, task)
            writer.add_task(named.directive.id, proved(Task, plain(task), named.directive.id))
        finish(writer, dry_run=given["dry_run"])
    say_unseen(numbers)
    if not given["dry_run"]:
        with told():
            tell(_("{id}: added · {place}").format(id=task.id, place=places(session, [task.id])[task.id]))
    for finding in findings:
        say(f"{_('warning')}: {finding.sentence()} [{finding.code}]")
    if not given["dry_run"]:
        say(_("next: {command}").format(command=f"vpcp show {task.id}"))


def _warnings(session: Session, programme: Programme, directive: Directive, task: Task) -> list[Finding]:
    """Return what `vpcp check` will say of the new task."""
    from datetime import date

    from vpcp_cli.checks import check_tasks, same_text

    library = session.library
    texts = library.tasks(date.max).where("programme", {programme.id}).rows("id", "vi")
    same = same_text(programme, texts, task)
    return [*check_tasks(library.heads.units, library.by_id, [(programme, directive, task)]), *([same] if same else [])]


def _task(session: Session, named: Named, given: Mapping[str, Any], day: date, number: str) -> Task:
    """Return the task that was described; raise why it can't be added."""
    _check_day(session, named, day)
    text = Text(given["text"], text_typed(given["en"], "--en") or given["text"])
    described = {"nature": Nature.ONE_OFF, **values_of(Task, given, session, named.programme.year, day)}
    return Task(id=number, text=text, added=day, **described)


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
