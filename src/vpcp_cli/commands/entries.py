"""How log entries are written: tasks found, entries weighed, all of them written or none, and told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from vpcp_cli.commands.for_part import Asked, where_told, with_part
from vpcp_cli.commands.options import options_of
from vpcp_cli.commands.refusals import (
    NamedAndSelectedError,
    NotConfirmedError,
    NoteNeededError,
    NothingNamedError,
    RefusedTogetherError,
    few,
)
from vpcp_cli.commands.saving import (
    finish,
    folder_of,
    places,
    refuse_errors,
    session_in,
    signed,
    told,
    unit_typed,
    writer_in,
)
from vpcp_cli.commands.session import Session, today
from vpcp_cli.commands.typed_text import number_typed
from vpcp_cli.entry_rules import CarriedOverError, EntryRefusedError
from vpcp_cli.errors import VpcpError
from vpcp_cli.kinds import plain
from vpcp_cli.knowing import recorded_on
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.library import Library
from vpcp_cli.naming import Named
from vpcp_cli.programme import Directive, LogEntry, Programme, Task
from vpcp_cli.proposal import Proposal, propose
from vpcp_cli.render.console import Screen
from vpcp_cli.render.door import say, tell
from vpcp_cli.render.names import short_names
from vpcp_cli.render.written import Step, ahead_line, next_line, outweighed_line, standing_line, step_line
from vpcp_cli.standing import Standing, stand
from vpcp_cli.storage.format.coherence import NEED_NOTE
from vpcp_cli.typed import typed_day
from vpcp_cli.vietnamese import fold, format_date

if TYPE_CHECKING:
    from vpcp_cli.storage.folder import Folder

Facts: TypeAlias = "Callable[[Standing, Session], Mapping[str, object]]"
"""What an entry says of a task, as the task stands on the entry's day."""


def write_entries(
    given: Mapping[str, object], command: str, note: str | None, facts: Facts, *, reopens: bool = False
) -> None:
    """Write an entry to every task that was named or selected; raise why not, and then nothing is written.

    At a terminal it is asked whether a carry-over is to be taken back that it would undo.
    """
    try:
        _write(given, command, note, facts, reopens=reopens)
    except CarriedOverError as refusal:
        from vpcp_cli.commands.prompts import at_terminal

        if given["dry_run"] or not at_terminal():
            raise
        _ask_back(refusal)
        _write({**given, "before_carry": True}, command, note, facts, reopens=reopens)


def _ask_back(refusal: CarriedOverError) -> None:
    """Ask whether a carry-over is to be taken back; raise the refusal if not."""
    say(refusal.sentence())
    question = _("Take that back, and {to}? [y/N] ").format(to=refusal.carrying.to)
    if not _said_yes(question):
        raise refusal


_YES: Final = ("y", "yes", "c", "co")


def _said_yes(question: str) -> bool:
    print(question, end="", file=sys.stderr, flush=True)
    return fold(sys.stdin.readline()) in _YES


def _write(given: Mapping[str, Any], command: str, note: str | None, facts: Facts, *, reopens: bool) -> None:
    now = today()
    folder = folder_of(given)
    document, note = number_typed(given["document"], "--document", now, note)
    common = {
        "date": (day := now if given["on"] is None else typed_day(given["on"], now)),
        "recorded": recorded_on(day, now),
        "by": signed(given["by"], folder),
        "document": document,
        "note": note,
    }
    wanted = _confirmed(given, command, folder, now, min(day, now))
    with writer_in(folder, command, dry_run=given["dry_run"]) as writer:
        session = session_in(folder, given, now, writer=writer)
        found = _named(session, given["ids"]) if wanted is None else _of(session, wanted)
        asked = Asked(
            tuple(given["for_"] or ()),
            _units(session, given["unit"]),
            given["by"],
            bool(given["ids"]),
            bool(given.get("before_carry")),
        )
        weighed = [_weighed(session, named, facts, common, asked, reopens=reopens) for named in found]
        proposals = _all([one for both in weighed for one in (both if isinstance(both, tuple) else (both,))])
        new = [proposal for proposal in proposals if proposal.entries]
        _refuse_new_errors(session.library, new)
        for proposal in new:
            for entry in proposal.entries:
                writer.append(proposal.after.task.id, plain(entry))
        finish(writer, dry_run=given["dry_run"])
    if not given["dry_run"]:
        with told():
            _tell(session, proposals)


def _confirmed(given: Mapping[str, object], command: str, folder: Folder, now: date, day: date) -> list[str] | None:
    """Return the ids of the selected tasks, after asking where that is due; None where tasks are named.

    They are selected as they stood on the day of the entry.
    """
    asked = {option.name: given.get(option.name) for option in options_of("Query")}
    if given["ids"]:
        if any(value for name, value in asked.items() if name != "unit"):
            raise NamedAndSelectedError
        return None
    if not (given["year"] or any(asked.values())):
        raise NothingNamedError(" ".join(command.split()[:2]))
    from vpcp_cli.commands.asked import query_of

    session = session_in(folder, given, now)
    query = query_of(session, asked)
    ids = list(query.select(session.tasks(day)).fact("id"))[: query.limit]
    if day < now:
        _say_day(replace(session, day=day).absent(query), day)
    if ids and not (given["yes"] or given["dry_run"]):
        _ask(ids)
    return ids


def _say_day(absent: int, day: date) -> None:
    """Say that tasks were selected as they stood on a past day, and how many did not exist yet on it."""
    on = format_date(day, current())
    say(_("Selected are the tasks as they stood on {day}.").format(day=on))
    if absent:
        words = ngettext(
            "{n} task is left out: it did not exist yet.", "{n} tasks are left out: they did not exist yet.", absent
        )
        say(words.format(n=absent))


def _units(session: Session, typed: Sequence[str] | None) -> frozenset[str]:
    """Return the codes of the units whose parts are meant."""
    return frozenset(unit_typed(session.library, one, "--unit") for one in typed or ())


def _named(session: Session, typed: Sequence[str]) -> list[Named]:
    """Return the tasks that ids name, each once."""
    found = [session.ids.task(id_) for id_ in typed]
    return list({named.task.id: named for named in found if named.task}.values())


def _ask(ids: Sequence[str]) -> None:
    """Ask whether to write to the selected tasks; raise `NotConfirmedError` if not, or if nobody is there."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise NotConfirmedError(ids, asked=False)
    question = ngettext("Write to {n} task ({ids})? [y/N] ", "Write to {n} tasks ({ids})? [y/N] ", len(ids))
    if not _said_yes(question.format(n=len(ids), ids=few(ids))):
        raise NotConfirmedError(ids, asked=True)


def _of(session: Session, wanted: Sequence[str]) -> list[Named]:
    """Return the tasks of some ids; one that has gone meanwhile is refused."""
    if not wanted:
        say(_("No task is selected; nothing was written."))
    return [session.ids.task(id_) for id_ in wanted]


def _weighed(
    session: Session, named: Named, facts: Facts, common: Mapping[str, Any], asked: Asked, *, reopens: bool
) -> tuple[Proposal, ...] | EntryRefusedError:
    programme, directive, task = parts(named)
    soon = session.settings.due_soon_days
    day = max(common["date"], programme.exists_from(directive, task))
    standing = stand(programme, directive, task, day, soon)
    try:
        said = facts(standing, session) if standing else {}
        entry = LogEntry(**{**common, **said})
        if entry.note is None and (entry.status in NEED_NOTE or entry.risk):
            raise NoteNeededError(entry.status.label if entry.status else _("risk"))
        found = with_part(session, standing, entry, asked) if standing else entry
        if standing and found is None:
            return (Proposal(before=standing, after=standing, entry=entry, already=True),)
        return _proposed(session, where_told(session, named, found or entry), found or entry, asked, reopens=reopens)
    except EntryRefusedError as refusal:
        return refusal


def _proposed(session: Session, named: Named, entry: LogEntry, asked: Asked, *, reopens: bool) -> tuple[Proposal, ...]:
    """Weigh an entry; where it is asked for, a carry-over that it would undo is taken back with it."""
    programme, directive, task = parts(named)
    soon = session.settings.due_soon_days

    def weighed(one: Task, said: LogEntry) -> Proposal:
        home = (programme, directive) if one.id == task.id else parts(session.ids.task(one.id))[:2]
        return propose(*home, one, said, session.day, reopens=reopens, due_soon_days=soon)

    try:
        return (weighed(task, entry),)
    except CarriedOverError as refusal:
        if not asked.before_carry:
            raise
        from vpcp_cli.uncarrying import uncarried

        newer = session.library.by_id.get(refusal.carrying.to or "")
        return uncarried(task, newer, entry, session.day, weighed)


def parts(named: Named) -> tuple[Programme, Directive, Task]:
    """Return a task with what it stands in."""
    if named.directive is None or named.task is None:
        raise AssertionError(named)  # ids are resolved to tasks
    return named.programme, named.directive, named.task


def _all(steps: Sequence[Proposal | EntryRefusedError]) -> list[Proposal]:
    refusals: list[VpcpError] = [one for one in steps if isinstance(one, EntryRefusedError)]
    if refusals:
        raise refusals[0] if len(refusals) == 1 else RefusedTogetherError(refusals)
    return [one for one in steps if isinstance(one, Proposal)]


def _refuse_new_errors(library: Library, proposals: Sequence[Proposal]) -> None:
    before = [(one.before.programme, one.before.directive, one.before.task) for one in proposals]
    after = [(one.after.programme, one.after.directive, one.after.task) for one in proposals]
    refuse_errors(library, after, known=before, changed=[task for _programme, _directive, task in after])


def _tell(session: Session, proposals: Sequence[Proposal]) -> None:
    """Print a line for each task, and what may come next."""
    screen, units = Screen.of(sys.stdout), short_names(session.library)
    lines = _lines(session, proposals)
    steps = [_step(proposal, session.settings.due_soon_days) for proposal in proposals]
    for step in steps:
        tell(step_line(step, lines[step.after.task.id], units, screen))
        for note in filter(None, (outweighed_line(step, units), ahead_line(step, session.day))):
            say(note)
    for step in steps:
        if line := standing_line(step):
            say(line)
    if line := next_line(steps):
        say(line)


def _step(proposal: Proposal, soon: int) -> Step:
    """Return a proposal as it stands on the day of its entry."""
    part, day = proposal.part or proposal, proposal.entry.date
    before, after = (_on(standing, day, soon) for standing in (part.before, part.after))
    return Step(
        entry=proposal.entry,
        before=part.before if proposal.already else before,
        after=after,
        already=proposal.already,
        outweighed_by=proposal.outweighed_by,
        adds_to=proposal.adds_to,
        whole=proposal.after if proposal.part else None,
    )


def _on(standing: Standing, day: date, soon: int) -> Standing:
    return stand(standing.programme, standing.directive, standing.task, day, soon) or standing


def _lines(session: Session, proposals: Sequence[Proposal]) -> dict[str, str]:
    """Return file:line of each task; where several got entries they have moved."""
    found = [proposal.after for proposal in proposals]
    if sum(len(proposal.entries) for proposal in proposals) > 1:
        return places(session, {one.task.id for one in found})
    return {one.task.id: f"{one.programme.file}:{one.task.line}" for one in found}
