"""What a person wants to write into a task's log, weighed before it is written (pure)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.entry_rules import (
    EntryRefusedError,
    check_countable,
    check_day,
    check_not_closed_before,
    check_not_void,
    check_old_end,
    check_state,
    check_struck,
    completion_options,
    line_of,
    not_done,
)
from vpcp_cli.knowing import correction, same
from vpcp_cli.language import N_, _
from vpcp_cli.linking import carrying_entry
from vpcp_cli.parts import alone, cells
from vpcp_cli.programme import Directive, LogEntry, Programme, Task
from vpcp_cli.standing import DUE_SOON_DAYS, Standing, folded, stand, voided
from vpcp_cli.vietnamese import fold
from vpcp_cli.vocabulary import Decision, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An entry and what it makes of a task, both as they stand today.

    `already` is set where the task says so already and nothing is to be written;
    `outweighed_by` is a later entry of the same kind, which goes on to hold; `adds_to` is the number of the entry of
    which this one says more. `part` is the same of the part of the task that the entry is about, as a task of its own.
    `takes_back` is written before it: that the task was not carried over.
    """

    before: Standing
    after: Standing
    entry: LogEntry
    already: bool = False
    outweighed_by: LogEntry | None = None
    adds_to: int | None = None
    part: Proposal | None = None
    takes_back: LogEntry | None = None

    @property
    def entries(self) -> tuple[LogEntry, ...]:
        """What is to be written, in its order."""
        return tuple(one for one in (self.takes_back, None if self.already else self.entry) if one)


def propose(
    programme: Programme,
    directive: Directive,
    task: Task,
    entry: LogEntry,
    today: date,
    *,
    reopens: bool = False,
    due_soon_days: int = DUE_SOON_DAYS,
) -> Proposal:
    """Weigh an entry; raise `EntryRefusedError` for one that must not be written."""
    if entry.status is Status.VOID:
        return _voiding(programme, directive, task, entry, max(today, programme.exists_from(directive, task)))
    check_day(programme, directive, task, entry, today)
    check_not_void(task)
    check_old_end(task, entry)
    check_countable(task, entry)
    if part := _part(programme, directive, task, entry):
        weighed = propose(programme, directive, part, entry, today, reopens=reopens, due_soon_days=due_soon_days)
        return _of_whole(task, weighed, due_soon_days)
    check_not_closed_before(task, entry)
    before = stand(programme, directive, task, today, due_soon_days)
    then = stand(programme, directive, task, entry.date, due_soon_days)
    if before is None or then is None:
        raise AssertionError(task.id)  # check_day has refused it
    outweighed_by = _outweighing(task, entry)
    check_struck(task, entry)
    if entry.status is Status.DONE and before.status is Status.DONE:
        again = _completed_again(before, entry, today)
        if again:
            return again
    elif entry.status is Status.DONE and then.status is Status.DONE and outweighed_by:
        raise not_done(task, entry, outweighed_by)
    if _says_nothing_new(then, entry) and not reopens:
        return Proposal(before=before, after=before, entry=entry, already=True)
    check_state(then, entry, reopens=reopens)
    longer = replace(task, log=(*task.log, entry))
    after = stand(programme, directive, longer, today, due_soon_days)
    if after is None:
        raise AssertionError(task.id)  # the entry can't take the task away
    if entry.status is Status.DONE and after.status is not Status.DONE and outweighed_by:
        raise not_done(task, entry, outweighed_by)
    return Proposal(before=before, after=after, entry=entry, outweighed_by=outweighed_by)


def _part(programme: Programme, directive: Directive, task: Task, entry: LogEntry) -> Task | None:
    """Return the one part that an entry is about, as a task of its own."""
    if not (task.parted and entry.for_):
        return None
    names, then = frozenset(entry.for_), stand(programme, directive, task, entry.date)
    shown = (one.fate.cell for one in (then.parts if then else ()))
    every = (*shown, *cells(programme, directive, task))
    cell = next((one for one in every if frozenset(one.name) == names), None)
    return cell and alone(_uncarried(task), cell)


def _uncarried(task: Task) -> Task:
    """Return an old end as if it had not been carried over: what is told of a part is of days before."""
    log = (replace(one, status=None, to=None, note="…") if one.to else one for one in task.log)
    return replace(task, log=tuple(log)) if carrying_entry(task) else task


def _of_whole(task: Task, part: Proposal, due_soon_days: int) -> Proposal:
    """Return what was weighed for one part of a task as what it makes of the task."""
    one = part.before
    longer = task if part.already else replace(task, log=(*task.log, part.entry))
    before, after = (stand(one.programme, one.directive, its, one.day, due_soon_days) for its in (task, longer))
    if before is None or after is None:
        raise AssertionError(task.id)  # its part is there
    if before.status is Status.CARRIED_OVER and after.status is not before.status and not task.recurs:
        check_not_closed_before(task, part.entry)
    return replace(part, before=before, after=after, part=part)


def _voiding(programme: Programme, directive: Directive, task: Task, entry: LogEntry, day: date) -> Proposal:
    """Weigh the entry that a task was entered by mistake, which holds on every day."""
    void = voided(task)
    longer = task if void else replace(task, log=(*task.log, entry))
    before, after = (stand(programme, directive, one, day) for one in (task, longer))
    if before is None or after is None:
        raise AssertionError(task.id)  # on such a day it is there
    given = (entry.duplicate_of, entry.replaced_by)
    if void and any(given) and given != (void.duplicate_of, void.replaced_by):
        check_not_void(task)
    return Proposal(before=before, after=after, entry=entry, already=bool(void))


def _completed_again(before: Standing, entry: LogEntry, today: date) -> Proposal | None:
    """Weigh the word that a task is done which is done: nothing new, or more about the entry that says so.

    Today says nothing of the day. Raise `EntryRefusedError` for what says otherwise.
    """
    log, dated = before.task.log, entry.date != today
    place = _completing(before.task)
    if place is None:
        return None
    said = [one for one in folded(before.task, date.max) if one.status is Status.DONE]
    if any(_says_all(one, entry) and (one.date == entry.date or not dated) for one in said):
        return Proposal(before=before, after=before, entry=entry, already=True)
    known = log[place]
    _refuse_other(before.task, place, entry, dated=dated)
    fuller = replace(
        known,
        evidence=(*known.evidence, *(one for one in entry.evidence if one not in known.evidence)),
        document=known.document or entry.document,
        note=known.note or entry.note,
    )
    put_right = correction(log, place, fuller, today, entry.by)
    after = replace(before, task=replace(before.task, log=(*log, put_right)))
    return Proposal(before=before, after=after, entry=put_right, adds_to=place + 1)


def _completing(task: Task) -> int | None:
    """Return the place of the entry by which a done task is done: the first of its last unbroken run."""
    first: LogEntry | None = None
    for one in folded(task, date.max):
        if one.status is Status.DONE:
            first = first or one
        elif one.status:
            first = None
    return next((place for place, one in enumerate(task.log) if one is first), None)


def _refuse_other(task: Task, place: int, entry: LogEntry, *, dated: bool) -> None:
    """Raise `EntryRefusedError` where an entry says something else than the one at a place."""
    known = task.log[place]
    differs = {
        "--on": dated and entry.date != known.date,
        "--evidence": entry.evidence and not {*known.evidence} <= {*entry.evidence},
        "--document": known.document and entry.document not in (None, known.document),
        "--note": known.note and entry.note not in (None, known.note),
    }
    other = [name for name, says in differs.items() if says]
    if not other:
        return
    typed = {name: values for name, values in completion_options(entry).items() if name != "--on" or differs["--on"]}
    more = other == ["--on"] and (entry.evidence or entry.document)
    raise EntryRefusedError(
        N_("{id} is done since {date}; entry {n} of its log gives {options}."),
        N_("To add a document only, leave --on out. If the day was wrong, put it right: `{command}`.")
        if more
        else N_("If that entry was wrong, put it right: `{command}`."),
        id=task.id,
        date=known.date,
        n=str(place + 1),
        options=", ".join(_(_NAMED[name]) for name in other),
        command=line_of(task, place + 1, typed),
    )


_NAMED: Final = {
    "--on": N_("another day"),
    "--evidence": N_("other evidence"),
    "--document": N_("another document"),
    "--note": N_("another note"),
}
"""What of a completion an option says otherwise."""


def _says_all(known: LogEntry, entry: LogEntry) -> bool:
    """Whether an entry that is there says all that another one would say of why and by which document."""
    dated = {(one.number or one.title, day) for one in known.evidence for day in (None, one.date)}
    return (
        dated.issuperset((one.number or one.title, one.date) for one in entry.evidence)
        and entry.note in (None, known.note)
        and entry.document in (None, known.document)
    )


def _says_nothing_new(then: Standing, entry: LogEntry) -> bool:
    if any(same(one, entry) for one in folded(then.task, date.max)):
        return True
    bare = not (entry.note or entry.document)
    if entry.status:
        return bare and entry.status is then.status and entry.to is None
    if entry.obstacle:
        words = fold(entry.obstacle.in_("vi"))
        known = (one.entry.obstacle for one in then.obstacles)
        return (
            bare and not (entry.key or entry.reported_to) and any(one and fold(one.in_("vi")) == words for one in known)
        )
    if entry.decision is Decision.APPROVED:
        return bare and entry.deadline == then.deadline
    if entry.responsible:
        return bare and entry.responsible == then.responsible
    return entry.lead is not None and bare and entry.lead == then.lead


_KINDS: Final[tuple[Callable[[LogEntry], object], ...]] = (
    lambda entry: entry.status,
    lambda entry: entry.decision,
    lambda entry: entry.lead,
    lambda entry: entry.responsible,
    lambda entry: entry.risk,
)


def _outweighing(task: Task, entry: LogEntry) -> LogEntry | None:
    """Return the latest entry of the same kind that is dated later."""
    kind = next((kind for kind in _KINDS if kind(entry)), None)
    later = [one for one in folded(task, date.max) if kind and kind(one) and one.date > entry.date]
    return max(later, key=lambda one: one.date, default=None)
