"""What a person wants to write into a task's log, weighed before it is written (pure)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import VpcpError
from vpcp_cli.language import N_, _, current
from vpcp_cli.programme import Directive, LogEntry, Programme, Task
from vpcp_cli.standing import DUE_SOON_DAYS, Standing, folded, stand
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import CLOSING, Decision, Status

_OUTSIDE: Final = (Status.RETURNED, Status.WITHDRAWN)
_REOPENABLE: Final = (Status.DONE, Status.NOT_DONE, Status.DEFERRED, *_OUTSIDE)


class EntryRefusedError(VpcpError):
    """An entry that would say something untrue or meaningless; nothing was written."""

    exit_code = 4

    def __init__(self, reason: str, remedy: str, **facts: str | date) -> None:
        """Keep two message ids and the facts that they name in braces."""
        super().__init__(reason)
        self.reason, self.remedy, self.facts = reason, remedy, facts

    def sentence(self) -> str:
        """Say why."""
        return self._worded(self.reason)

    def hint(self) -> str:
        """Say what can be done instead."""
        return self._worded(self.remedy)

    def _worded(self, message: str) -> str:
        lang = current()
        facts = {name: format_date(fact, lang) if isinstance(fact, date) else fact for name, fact in self.facts.items()}
        return _(message).format_map(facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An entry and what it makes of a task, both as they stand today.

    `already` is set where the task says so already and nothing is to be written;
    `outweighed_by` is a later entry of the same kind, which goes on to hold.
    """

    before: Standing
    after: Standing
    entry: LogEntry
    already: bool = False
    outweighed_by: LogEntry | None = None


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
    check_day(programme, directive, task, entry, today)
    _check_countable(task, entry)
    before = stand(programme, directive, task, today, due_soon_days)
    then = stand(programme, directive, task, entry.date, due_soon_days)
    if before is None or then is None:
        raise AssertionError(task.id)  # check_day has refused it
    outweighed_by = _outweighing(task, entry)
    if entry.status is Status.DONE:
        _check_done(then, before, entry, outweighed_by)
    if _says_nothing_new(then, before, entry) and not reopens:
        return Proposal(before=before, after=before, entry=entry, already=True)
    _check_state(then, entry, reopens=reopens)
    longer = replace(task, log=(*task.log, entry))
    after = stand(programme, directive, longer, today, due_soon_days)
    if after is None:
        raise AssertionError(task.id)  # the entry can't take the task away
    if entry.status is Status.DONE and after.status is not Status.DONE and outweighed_by:
        raise _not_done(task, entry, outweighed_by)
    return Proposal(before=before, after=after, entry=entry, outweighed_by=outweighed_by)


def _check_done(then: Standing, before: Standing, entry: LogEntry, later: LogEntry | None) -> None:
    """Raise `EntryRefusedError` where the task went on after that day, or is done and the entry says more of it."""
    if then.status is Status.DONE and before.status is not Status.DONE and later:
        raise _not_done(then.task, entry, later)
    known = [one for one in before.task.log if one.status is Status.DONE]
    new = entry.evidence or entry.note or entry.document
    if before.status is not Status.DONE or not new or any(_says_all(one, entry) for one in known):
        return
    number = next((one.number for one in entry.evidence if one.number), None) or entry.document
    raise EntryRefusedError(
        N_("{id} has been done since {date}, and nothing can be added to an entry that is written."),
        N_("Write it down besides: `vpcp note {id} '…' --document {number}`.")
        if number
        else N_("Write it down besides: `vpcp note {id} '…'`."),
        id=then.task.id,
        date=before.done_on or known[-1].date,
        number=number or "",
    )


def _says_all(known: LogEntry, entry: LogEntry) -> bool:
    """Whether an entry that is there says all that another one would say of why and by which document."""
    numbers = {one.number for one in known.evidence}
    return (
        numbers.issuperset(one.number for one in entry.evidence)
        and entry.note in (None, known.note)
        and entry.document in (None, known.document)
    )


def _not_done(task: Task, entry: LogEntry, later: LogEntry) -> EntryRefusedError:
    return EntryRefusedError(
        N_("{id} would not be done: its log says «{status}» on {date}, later than {day}."),
        N_("Give the day of completion with --on {date} or later, or correct the log."),
        id=task.id,
        status=later.status.label if later.status else "",
        date=later.date,
        day=entry.date,
    )


def check_past(day: date, today: date, option: str = "--on") -> None:
    """Raise `EntryRefusedError` for a day that is still to come; `option` is where it was typed."""
    if day > today:
        raise EntryRefusedError(
            N_("{date} is still to come; only what has happened is written down."),
            N_("Give today ({today}) or an earlier day with {option}."),
            date=day,
            today=today,
            option=option,
        )


def check_day(programme: Programme, directive: Directive, task: Task, entry: LogEntry, today: date) -> None:
    """Raise `EntryRefusedError` for a day that is still to come, or on which the task was not yet given."""
    if not entry.lead:  # who leads from a day on is decided before
        check_past(entry.date, today)
    exists = programme.exists_from(directive, task)
    if entry.date < exists:
        raise EntryRefusedError(
            N_("On {date} the task {id} was not yet given: it exists from {exists}."),
            N_("Give {exists} or a later day with --on."),
            id=task.id,
            date=entry.date,
            exists=exists,
        )


def _check_countable(task: Task, entry: LogEntry) -> None:
    state = entry.status is not None and entry.status not in _OUTSIDE
    if task.countable or not (state or entry.deadline or entry.risk or entry.reminder):
        return
    raise EntryRefusedError(
        N_("{id} is a principle or an expectation («{nature}»): it is kept to, never completed, and has no progress."),
        N_("Write down what happened with `vpcp note {id} …`."),
        id=task.id,
        nature=task.nature.label,
    )


def _says_nothing_new(then: Standing, before: Standing, entry: LogEntry) -> bool:
    if entry.status is Status.DONE and before.status is Status.DONE:
        return True
    bare = not (entry.note or entry.document)
    if entry.status:
        return bare and entry.status is then.status and entry.to is None
    if entry.decision is Decision.APPROVED:
        return bare and entry.deadline == then.deadline
    return entry.lead is not None and bare and entry.lead == then.lead


def _check_state(then: Standing, entry: LogEntry, *, reopens: bool) -> None:
    task = then.task
    moves = entry.status or entry.deadline or entry.risk or entry.reminder or entry.obstacle
    if then.status in CLOSING and moves and not (reopens and then.status in _REOPENABLE):
        _refuse_closed(then)
    if reopens and then.status not in _REOPENABLE:
        raise EntryRefusedError(
            N_("{id} is not closed: it stands at «{status}»."),
            N_("Go on with `vpcp start {id}` or `vpcp update {id}`."),
            id=task.id,
            status=then.status.label if then.status else "—",
        )
    if entry.decision is Decision.REJECTED and then.pending_deadline is None:
        raise EntryRefusedError(
            N_("{id} has no request to postpone that could be rejected."),
            N_("Write the request down first: `vpcp postpone {id} DATE`."),
            id=task.id,
        )
    _check_obstacle(then, entry)


def _refuse_closed(then: Standing) -> None:
    if then.status is Status.CARRIED_OVER:
        raise EntryRefusedError(
            N_("{id} was carried over and goes on as {to}."),
            N_("Name the new task: {to}."),
            id=then.task.id,
            to=then.carried_to or "—",
        )
    raise EntryRefusedError(
        N_("{id} is closed: it stands at «{status}»."),
        N_("If it goes on after all: `vpcp reopen {id} --note …`. A remark: `vpcp note {id} …`."),
        id=then.task.id,
        status=then.status.label if then.status else "—",
    )


def _check_obstacle(then: Standing, entry: LogEntry) -> None:
    keys = [one.entry.key for one in then.obstacles]
    if entry.obstacle and entry.key and entry.key in keys:
        raise EntryRefusedError(
            N_("{id} has an open obstacle «{key}» already."),
            N_("Choose another --key, or clear that one first: `vpcp unblock {id} --key {key} …`."),
            id=then.task.id,
            key=entry.key,
        )
    if entry.resolved and (not keys or (entry.key and entry.key not in keys)):
        raise EntryRefusedError(
            N_("{id} has no such open obstacle."),
            N_("`vpcp show {id}` lists its obstacles and their keys."),
            id=then.task.id,
        )


_KINDS: Final[tuple[Callable[[LogEntry], object], ...]] = (
    lambda entry: entry.status,
    lambda entry: entry.decision,
    lambda entry: entry.lead,
    lambda entry: entry.risk,
)


def _outweighing(task: Task, entry: LogEntry) -> LogEntry | None:
    """Return the latest entry of the same kind that is dated later."""
    kind = next((kind for kind in _KINDS if kind(entry)), None)
    later = [one for one in folded(task, date.max) if kind and kind(one) and one.date > entry.date]
    return max(later, key=lambda one: one.date, default=None)
