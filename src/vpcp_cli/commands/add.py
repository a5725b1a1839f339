"""`vpcp add`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from vpcp_cli.commands.adding import new_task
from vpcp_cli.commands.described import deadline_typed, documents_told, options_of
from vpcp_cli.commands.lists import MAP, TABLE
from vpcp_cli.commands.typed_text import text_typed, worded
from vpcp_cli.commands.writing import DATA, DRY_RUN, takes
from vpcp_cli.kinds import plain
from vpcp_cli.language import N_, _
from vpcp_cli.programme import Task
from vpcp_cli.vocabulary import Nature

if TYPE_CHECKING:
    from datetime import date

    from vpcp_cli.commands.prompts import Wanted
    from vpcp_cli.commands.session import Session
    from vpcp_cli.finding import Finding
    from vpcp_cli.naming import Named
    from vpcp_cli.programme import Directive, Programme
    from vpcp_cli.storage.folder import Folder

_THE_TASK, _A_LIST = N_("The task"), N_("A list")
_COMMAND: Final = "vpcp add"
_MOST: Final = 9
NOBODY: Final = "-"
"""What is typed as the lead where nobody knows it yet."""
_OPTIONS: Final[Mapping[str, object]] = {
    "en": Annotated[
        str | None, typer.Option("--en", metavar="TEXT", help=N_("The same in English."), rich_help_panel=_THE_TASK)
    ],
    **options_of(Task, _THE_TASK),
    "on": Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=N_("The day on which it was given (as its directive)."))
    ],
    "from_": Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help=N_("Add all tasks of a skeleton that `vpcp draft` made, or of a list with named columns."),
            rich_help_panel=_A_LIST,
        ),
    ],
    "table": TABLE,
    "map": MAP,
    "dry_run": DRY_RUN,
    "data": DATA,
    "year": Annotated[
        list[str] | None, typer.Option("--year", metavar="YEAR", help=N_("A year, or a span: 2012..2022."))
    ],
}


@takes(
    _OPTIONS,
    "vpcp add 2023-CD01 'Ban hành quy chế làm việc' --lead PHONG_TONG_HOP --deliverable 'Quy chế' --deadline 'quý III'",
    "vpcp add --from phu-luc.yaml --dry-run",
    "vpcp add 2023-CD01 'Rà soát văn bản' --en 'Review the texts' --lead PHONG_TONG_HOP --nature standing",
)
def add(
    given: Mapping[str, object],
    directive: Annotated[
        str | None,
        typer.Argument(metavar="[DIRECTIVE]", help=N_("The directive that asks for it."), show_default=False),
    ] = None,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help=N_("What is to be done."), show_default=False)
    ] = None,
) -> None:
    """Add a task to a directive, under the next number; a number is never given twice.

    With --from all tasks of a skeleton or list are added in one write, or none.

    Without --on it exists from its directive's day. As long as nobody knows who leads it, --lead is `-`. At a terminal,
    what lacks is asked for.
    """
    from vpcp_cli.commands.saving import finish, folder_of, refuse_errors, say_unseen, session_in, writer_in
    from vpcp_cli.commands.session import today
    from vpcp_cli.storage.history.numbers import Numbers
    from vpcp_cli.storage.writing.proof import proved

    if given["from_"]:
        from vpcp_cli.commands.add_list import add_all

        add_all(given, directive, text)
        return
    now, folder = today(), folder_of(given)
    given = _told({**given, "directive": directive, "text": text}, folder, now)
    given = documents_told(given, now)
    command = f"{_COMMAND} {given['directive']}"
    with writer_in(folder, command, dry_run=given["dry_run"]) as writer:
        session = session_in(folder, {**given, "ids": [given["directive"]]}, now, writer=writer)
        named = session.ids.find(given["directive"], ("directive",))
        first = not any(session.library.sizes(named.programme.id).values())
        stem = f"{named.directive.id}." if named.directive else ""
        numbers = Numbers(folder)
        task = new_task(session, named, given, f"{stem}{numbers.highest(stem) + 1}")
        findings: list[Finding] = []
        if named.directive:
            refuse_errors(session.library, [(named.programme, named.directive, task)])
            findings = _warnings(session, named.programme, named.directive, task)
            writer.add_task(named.directive.id, proved(Task, plain(task), named.directive.id))
        finish(writer, dry_run=given["dry_run"])
    say_unseen(numbers)
    _tell(session, named, task, findings, given, first=first)


def _told(given: Mapping[str, Any], folder: Folder, now: date) -> dict[str, Any]:
    """Return what was told, with what is answered where something needed lacks; raise `NotToldError`."""
    from vpcp_cli.commands.prompts import told_or_asked
    from vpcp_cli.commands.saving import session_in

    told = {**given, "directive": text_typed(given["directive"], "DIRECTIVE")}
    if not (told["directive"] and told["text"] is not None and told["lead"] is not None):
        told = told_or_asked(told, _wanted(session_in(folder, {**given, "ids": None}, now)), _COMMAND)
    if told["lead"].strip() == NOBODY:
        told["lead"] = None
    told["text"] = worded(
        *(told["text"], "TEXT", N_("{id} is an id; what is to be done is missing."), f"{_COMMAND} {told['directive']}")
    )
    return told


def _wanted(session: Session) -> dict[str, Wanted]:
    """Return what is asked for, with what is known."""
    from vpcp_cli.commands.prompts import Wanted
    from vpcp_cli.commands.saving import unit_typed
    from vpcp_cli.naming import word_named

    return {
        "directive": Wanted(
            *("DIRECTIVE", N_("Which directive asks for it?"), lambda _told: _directives(session)),
            read=lambda typed: session.ids.find(typed, ("directive",)),
        ),
        "text": Wanted("TEXT", N_("What is to be done?"), read=lambda typed: text_typed(typed, "TEXT")),
        "lead": Wanted(
            "--lead",
            N_("Which unit is in charge? (- if that is not known yet)"),
            lambda told: _units(session, told["directive"]),
            read=lambda typed: typed == NOBODY or unit_typed(session.library, typed, "--lead"),
        ),
        "nature": Wanted(
            "--nature",
            N_("What is it? Without an answer: a task that ends."),
            [one.label for one in Nature],
            needed=False,
            read=lambda typed: word_named(Nature, typed, "--nature"),
        ),
        "deliverable": Wanted("--deliverable", N_("What comes of it?"), needed=False),
        "deadline": Wanted(
            "--deadline",
            N_("By when?"),
            needed=False,
            read=lambda typed: deadline_typed(typed, session.day),
        ),
        "responsible": Wanted("--responsible", N_("Who is in charge (a person)?"), needed=False),
    }


def _directives(session: Session) -> dict[str, str]:
    """Return the last directives, the newest first, with their titles; raise `NoDirectiveError`."""
    from vpcp_cli.commands.refusals import NoDirectiveError
    from vpcp_cli.language import current

    found = [one for programme in session.programmes() for one in session.library.directives(programme.id)]
    if not found:
        raise NoDirectiveError
    return {one.id: one.title.in_(current()) for one in found[: -_MOST - 1 : -1]}


def _units(session: Session, directive: str) -> dict[str, str]:
    """Return units that may be in charge, first those that are under the programme of the directive."""
    from vpcp_cli.language import current

    programme = session.ids.find(directive, ("directive",)).programme
    leads = session.library.tasks(session.day).where("programme", {programme.id}).counted("lead")
    known = [code for (code,) in sorted(leads, key=lambda lead: -leads[lead])]
    codes = [*known, programme.owner, *(unit.code for unit in session.library.units)]
    names = {unit.code: unit.name.in_(current()) for unit in session.library.units}
    return {code: names[code] for code in list(dict.fromkeys(codes))[:_MOST] if code in names}


def _tell(
    session: Session, named: Named, task: Task, findings: Sequence[Finding], given: Mapping[str, object], *, first: bool
) -> None:
    """Say what was added, from when it is there, what `vpcp check` will say of it, and what comes next."""
    from vpcp_cli.commands.saving import places, told
    from vpcp_cli.language import current
    from vpcp_cli.render.door import say, tell
    from vpcp_cli.vietnamese import format_date

    if not given["dry_run"]:
        with told():
            tell(_("{id}: added · {place}").format(id=task.id, place=places(session, [task.id])[task.id]))
    if given["on"] is None and named.directive:
        day = format_date(named.programme.exists_from(named.directive, task), current())
        dated = named.directive.carried or named.directive.issued
        words = (
            _("it exists from {date}, the directive's day; --on gives another one")
            if dated
            else _("it exists from {date}, the programme's first day, for {id} has none: `vpcp set {id} --issued …`")
        )
        say(words.format(date=day, id=named.directive.id))
    if line := _due_before(named, task):
        say(line)
    for finding in findings:
        say(f"{_('warning')}: {finding.sentence()} [{finding.code}]")
    if not given["dry_run"]:
        say(_("next: {command}").format(command="vpcp list" if first else f"vpcp show {task.id}"))


def _due_before(named: Named, task: Task) -> str | None:
    """Say of a deadline that had passed when the task was given that it had."""
    from vpcp_cli.language import current
    from vpcp_cli.vietnamese import format_date

    exists = named.directive and named.programme.exists_from(named.directive, task)
    if not (exists and task.deadline and task.deadline.last < exists):
        return None
    last, since = (format_date(day, current()) for day in (task.deadline.last, exists))
    return _("note: the deadline {deadline} had passed when the task was given, on {date}").format(
        deadline=last, date=since
    )


def _warnings(session: Session, programme: Programme, directive: Directive, task: Task) -> list[Finding]:
    """Return what `vpcp check` will say of the new task."""
    from datetime import date

    from vpcp_cli.checks import check_tasks, same_text

    library = session.library
    texts = library.tasks(date.max).where("programme", {programme.id}).rows("id", "vi")
    same = same_text(programme, texts, task)
    return [*check_tasks(library.heads.units, library.by_id, [(programme, directive, task)]), *([same] if same else [])]
