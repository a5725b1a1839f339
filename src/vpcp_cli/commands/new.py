"""`vpcp new`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from vpcp_cli.commands.typed_text import number_typed, text_typed
from vpcp_cli.commands.writing import DATA, DRY_RUN, OF_ENTRIES, takes
from vpcp_cli.language import N_, _, ngettext

if TYPE_CHECKING:
    from vpcp_cli.carrying import Carried
    from vpcp_cli.commands.session import Session
    from vpcp_cli.programme import Programme
    from vpcp_cli.proposal import Proposal
    from vpcp_cli.storage.folder import Folder
    from vpcp_cli.storage.writing.writer import Writer

_COMMAND: Final = "vpcp new"
_MOST: Final = 9
_FORM: Final = re.compile("([0-9]{4})(-[a-z0-9]+)*")
_OPTIONS: Final[Mapping[str, object]] = {
    "carry_over": Annotated[
        bool, typer.Option("--carry-over", help=N_("Take over the unfinished one-off tasks of the year before."))
    ],
    "standing": Annotated[bool, typer.Option("--standing", help=N_("Take over standing tasks as well."))],
    "origin": Annotated[
        str | None, typer.Option("--from", metavar="YEAR", help=N_("Take over from this year's programme."))
    ],
    "title": Annotated[str | None, typer.Option("--title", metavar="TEXT", help=N_("The programme's title."))],
    "owner": Annotated[
        str | None,
        typer.Option(
            "--owner",
            metavar="UNIT",
            help=N_("Whose programme it is; else as before, or the unit to which all belong."),
        ),
    ],
    **{name: OF_ENTRIES[name] for name in ("on", "by", "note", "document")},
    "dry_run": DRY_RUN,
    "data": DATA,
}


@takes(
    _OPTIONS, "vpcp new 2024", "vpcp new 2024 --carry-over --on 29/12/2023", "vpcp new 2024-phong-tong-hop --carry-over"
)
def new(
    given: Mapping[str, Any],
    programme: Annotated[
        str | None, typer.Argument(metavar="[YEAR]", help=N_("The new year: 2023."), show_default=False)
    ] = None,
) -> None:
    """Begin the programme of a year; with --carry-over unfinished tasks go on in it, noted at both ends.

    At a terminal, what lacks is asked for.
    """
    from vpcp_cli.commands.saving import finish, folder_of, session_in, told, writer_in
    from vpcp_cli.commands.session import today
    from vpcp_cli.entry_rules import check_past
    from vpcp_cli.typed import typed_day

    now, folder = today(), folder_of(given)
    given = _told({**given, "programme": programme}, folder, now)
    programme = given["programme"]
    day = now if given["on"] is None else typed_day(given["on"], now)
    check_past(day, now)
    note = text_typed(given["note"], "--note")
    given["document"], given["note"] = number_typed(given["document"], "--document", now, note)
    with writer_in(folder, f"vpcp new {programme}", dry_run=given["dry_run"]) as writer:
        session = session_in(folder, {"year": None, "ids": None}, now, writer=writer, empty=True)
        old = _origin(session, programme, given["origin"])
        carried, left = _carried(session, programme, old, given, day) if given["carry_over"] else ([], 0)
        proposals = [_closing(session, one, given, day) for one in carried]
        _write(writer, session, programme, old, given, carried, proposals)
        finish(writer, dry_run=given["dry_run"])
    if not given["dry_run"]:
        with told():
            _tell(session, programme, carried, left, carries=given["carry_over"])


def _told(given: Mapping[str, Any], folder: Folder, now: date) -> dict[str, Any]:
    """Return what was told, with what is answered where something needed lacks; raise `NotToldError`, `BadYearError`.

    Whose the first programme is goes without saying where all units belong to one.
    """
    from vpcp_cli.commands.prompts import Wanted, at_terminal, told_or_asked
    from vpcp_cli.commands.saving import session_in, unit_typed
    from vpcp_cli.language import current

    if given["programme"] is not None and (given["owner"] is not None or not at_terminal()):
        return {**given, "programme": _year(given["programme"])}
    session = session_in(folder, {"year": None, "ids": None}, now, empty=True)
    last = max((one.year for one in session.workspace.programmes), default=None)
    years = [str(last + 1)] if last else [str(now.year), str(now.year + 1)]
    told = told_or_asked(given, {"programme": Wanted("YEAR", N_("Which year?"), years, read=_year)}, _COMMAND)
    units = session.workspace.units
    if (
        told["owner"]
        or _origin(session, _year(told["programme"]), told["origin"])
        or not units
        or session.workspace.top
    ):
        return told
    owner = Wanted(
        *("--owner", N_("Whose programme is it?")),
        {unit.code: unit.name.in_(current()) for unit in units[:_MOST]},
        read=lambda typed: unit_typed(session.library, typed, "--owner"),
    )
    return told_or_asked(told, {"owner": owner}, _COMMAND)


def _year(typed: str) -> str:
    """Return the name of a new programme; raise `BadYearError`."""
    from vpcp_cli.errors import BadYearError

    if not _FORM.fullmatch(typed) or typed.startswith("0000"):
        raise BadYearError(typed)
    return typed


def _origin(session: Session, programme: str, named: str | None) -> Programme | None:
    """Return the programme that comes before: the one that is named, else the latest earlier one of the same kind."""
    from vpcp_cli.commands.refusals import NothingBeforeError

    if named:
        found = session.ids.find(named, ("programme",)).programme
        if found.year >= int(programme[:4]):
            raise NothingBeforeError(programme)
        return session.library.programme(found.id)
    earlier = [one for one in session.workspace.programmes if one.id[4:] == programme[4:] and one.id < programme]
    return session.library.programme(earlier[-1].id) if earlier else None


def _carried(
    session: Session, programme: str, old: Programme | None, given: Mapping[str, Any], day: date
) -> tuple[list[Carried], int]:
    """Return what is carried over: what was open on the day and is so still; and how many standing tasks are left."""
    from vpcp_cli.carrying import Carrier, unfinished
    from vpcp_cli.commands.refusals import NothingBeforeError
    from vpcp_cli.commands.saving import say_unseen
    from vpcp_cli.standing import stand
    from vpcp_cli.storage.history.numbers import Numbers

    if old is None:
        raise NothingBeforeError(programme)
    soon = session.settings.due_soon_days
    both = [[stand(old, *one, when, soon) for when in (day, session.day)] for one in old.tasks()]
    tasks = [then for then, now in both if then and now and now.open]
    target = _found(session, programme)
    numbers = Numbers(session.folder, every_branch=target is not None)
    chosen = unfinished(tasks, standing=given["standing"])
    carried = Carrier(int(programme[:4]), day, session.day, numbers.highest, target).carry(chosen)
    say_unseen(numbers)
    return carried, len(unfinished(tasks, standing=True)) - len(chosen)


def _closing(session: Session, carried: Carried, given: Mapping[str, Any], day: date) -> Proposal:
    """Weigh the entry that closes the old task; raise `EntryRefusedError`."""
    from vpcp_cli.commands.saving import signed
    from vpcp_cli.entry_rules import EntryRefusedError
    from vpcp_cli.knowing import recorded_on
    from vpcp_cli.programme import LogEntry
    from vpcp_cli.proposal import propose
    from vpcp_cli.vocabulary import Status

    entry = LogEntry(
        date=day,
        recorded=recorded_on(day, session.day),
        status=Status.CARRIED_OVER,
        to=carried.task.id,
        by=signed(given["by"], session.folder),
        document=given["document"],
        note=given["note"],
    )
    old = carried.origin
    proposal = propose(old.programme, old.directive, old.task, entry, session.day)
    if proposal.outweighed_by:
        raise EntryRefusedError(
            N_("{id} can't be carried over on {day}: its log has a later entry of {date}."),
            N_("Give that day or a later one with --on."),
            id=old.task.id,
            day=day,
            date=proposal.outweighed_by.date,
        )
    return proposal


def _write(
    writer: Writer,
    session: Session,
    programme: str,
    old: Programme | None,
    given: Mapping[str, object],
    carried: Sequence[Carried],
    proposals: Sequence[Proposal],
) -> None:
    """Add what the new year takes over and close the old ends; raise `NewErrorError` for what would be wrong."""
    from vpcp_cli.carrying import grown
    from vpcp_cli.kinds import plain
    from vpcp_cli.programme import Directive, Programme, Task
    from vpcp_cli.storage.writing.proof import proved

    target = _found(session, programme)
    after = grown(target or _begun(session, programme, old, given), carried)
    _refuse_errors(session, after, proposals)
    if target is None:
        modeline = "yaml-language-server: $schema=programme.schema.json"
        has_schema = (session.folder.path / "programme.schema.json").exists()
        writer.create(programme, proved(Programme, plain(after), programme), modeline if has_schema else "")
    lengths = {one.id: len(one.tasks) for one in target.directives} if target else {}
    for directive in after.directives if target else ():
        if directive.id not in lengths:
            writer.add_directive(programme, proved(Directive, plain(directive), programme))
        elif tasks := directive.tasks[lengths[directive.id] :]:
            writer.add_tasks(directive.id, [proved(Task, plain(task), directive.id) for task in tasks])
    for proposal in proposals:
        writer.append(proposal.after.task.id, plain(proposal.entry))


def _found(session: Session, programme: str) -> Programme | None:
    there = any(one.id == programme for one in session.workspace.programmes)
    return session.library.programme(programme) if there else None


def _begun(session: Session, programme: str, old: Programme | None, given: Mapping[str, Any]) -> Programme:
    """Return a programme without directives, like the one before."""
    from vpcp_cli.commands.refusals import OwnerNeededError
    from vpcp_cli.commands.saving import unit_typed
    from vpcp_cli.programme import Programme, Text
    from vpcp_cli.vocabulary import ProgrammeKind, labels

    library, year = session.library, programme[:4]
    top = session.workspace.top
    before = old.owner if old else top.code if top else None
    owner = unit_typed(library, given["owner"], "--owner") if given["owner"] else before
    if owner is None:
        raise OwnerNeededError(programme, empty=not library.units)
    kind = old.kind if old else ProgrammeKind.WORK_PROGRAMME
    vi, en = labels(kind)
    title = text_typed(given["title"], "--title")
    parents = {one.id for one in library.heads.programmes} - {programme}
    return Programme(
        id=programme,
        file=session.folder.shown_file(f"{programme}.yaml"),
        year=int(year),
        kind=kind,
        title=Text.plain(title) if title else Text(f"{vi} năm {year}", f"{en} {year}"),
        owner=owner,
        parent=year if old and old.parent and year in parents else None,
        directives=(),
    )


def _refuse_errors(session: Session, after: Programme, proposals: Sequence[Proposal]) -> None:
    from vpcp_cli.commands.saving import refuse_errors

    changed = [proposal.after for proposal in proposals]
    known = [(one.before.programme, one.before.directive, one.before.task) for one in proposals]
    tasks = [(after, *one) for one in after.tasks()] + [(one.programme, one.directive, one.task) for one in changed]
    target = _found(session, after.id)
    there = [(target, *one) for one in target.tasks()] if target else []
    refuse_errors(session.library, tasks, [*known, *there], [task for _programme, _directive, task in tasks])


def _tell(session: Session, programme: str, carried: Sequence[Carried], left: int, *, carries: bool) -> None:
    """Say what has been begun and carried over, and how many standing tasks were left."""
    from vpcp_cli.commands.saving import places
    from vpcp_cli.render.door import say, tell

    file = session.folder.shown_file(f"{programme}.yaml")
    begun = _found(session, programme) is None
    if begun:
        tell(_("{file}: begun").format(file=file))
    elif not carries:
        say(_("{file} is there already; nothing was written.").format(file=file))
    lines = places(session, {one.task.id for one in carried}) if carried else {}
    for one in carried:
        words = _("{old}: carried over as {new} · {place}")
        tell(words.format(old=one.origin.task.id, new=one.task.id, place=lines[one.task.id]))
    if carries:
        n = len(carried)
        said = (
            ngettext("{n} task carried over", "{n} tasks carried over", n)
            if n
            else _("There is nothing to carry over.")
        )
        say(said.format(n=n))
    if left:
        words = ngettext(
            "{n} standing task is not carried over; --standing takes it over too",
            "{n} standing tasks are not carried over; --standing takes them over too",
            left,
        )
        say(words.format(n=left))
    if begun or carried:
        say(_("take it back: {command}").format(command="vpcp undo"))
    if begun and not carried:
        say(
            _("next: {command}").format(
                command=_("vpcp directive add {programme} '…' --issuer NAME").format(programme=programme)
            )
        )
