"""A task as it stands on a day: its log folded, its timeliness, its risk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.deadline import Deadline
from vpcp_cli.programme import Directive, LogEntry, Programme, Task
from vpcp_cli.vocabulary import Decision, Item, Risk, Status, Timeliness

DUE_SOON_DAYS: Final = 30
SILENT_DAYS: Final = 90
_OUTSIDE: Final = (Status.RETURNED, Status.WITHDRAWN)
_CLOSED: Final = (Status.DONE, Status.NOT_DONE, Status.CARRIED_OVER)
_LATE: Final = (Timeliness.OVERDUE, Timeliness.DONE_LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """A difficulty that is open: since when, what, and to whom it was reported."""

    entry: LogEntry
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """How likely the deadline will be missed: `by` is set where a person's word holds."""

    level: Risk
    proposed: Risk
    by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A task on one day, entries after it left out. `status` is None for principles.

    `days` is the day that counts (completion, else the report's) minus the deadline's last day.
    """

    programme: Programme
    directive: Directive
    task: Task
    day: date
    status: Status | None
    timeliness: Timeliness
    lead: str
    support: tuple[str, ...]
    first_deadline: Deadline | None
    deadline: Deadline | None
    pending_deadline: Deadline | None
    postponements: int
    done_on: date | None
    days: int | None
    risk: Forecast | None
    obstacles: tuple[Obstacle, ...]
    last_entry: LogEntry | None
    carried_to: str | None

    @property
    def counted(self) -> bool:
        """Whether it stands in the official count."""
        return self.timeliness is not Timeliness.UNCOUNTED

    @property
    def open(self) -> bool:
        """Whether it is counted and not closed."""
        return self.counted and self.status not in _CLOSED

    @property
    def overdue(self) -> bool:
        """Whether it is open and past its deadline."""
        return self.open and self.timeliness is Timeliness.OVERDUE

    @property
    def late_days(self) -> int:
        """Days past the deadline, 0 unless it is late."""
        return self.days if self.days and self.timeliness in _LATE else 0

    @property
    def kept_after_postponement(self) -> bool:
        """Whether it was done on time only because the deadline had moved."""
        return (
            self.timeliness is Timeliness.DONE_ON_TIME
            and self.done_on is not None
            and self.first_deadline is not None
            and self.done_on > self.first_deadline.last
        )


def stand(
    programme: Programme,
    directive: Directive,
    task: Task,
    day: date,
    due_soon_days: int = DUE_SOON_DAYS,
) -> Standing | None:
    """Return a task as it stands on a day, or None if it does not exist on it yet."""
    if day < programme.exists_from(directive, task):
        return None
    log = folded(task, day)
    status, state_entry = _status(task, log)
    completed = completion(task, log)
    first, current, pending, postponements = _deadlines(task, log)
    reference = _reference(status, state_entry, completed, day)
    timeliness, days = _timeliness(task, status, current, reference, due_soon_days, completed is not None)
    obstacles = obstacles_open(log)
    last_day = log[-1].date if log else None
    standing = Standing(
        programme=programme,
        directive=directive,
        task=task,
        day=day,
        status=status,
        timeliness=timeliness,
        lead=next((entry.lead for entry in reversed(log) if entry.lead), task.lead),
        support=task.support,
        first_deadline=first,
        deadline=current,
        pending_deadline=pending,
        postponements=postponements,
        done_on=completed.date if completed and status is Status.DONE else None,
        days=days,
        risk=forecast(status, timeliness, postponements, bool(obstacles), last_day, day, spoken_risk(log)),
        obstacles=obstacles,
        last_entry=log[-1] if log else None,
        carried_to=state_entry.to if state_entry else None,
    )
    return standing if standing.lead not in task.support else _without_lead_in_support(standing)


def folded(task: Task, day: date) -> tuple[LogEntry, ...]:
    """Return the entries up to a day, by date; those of one day stay in file order."""
    if not task.log:
        return ()
    return tuple(sorted((entry for entry in task.log if entry.date <= day), key=lambda entry: entry.date))


def _without_lead_in_support(standing: Standing) -> Standing:
    from dataclasses import replace  # noqa: PLC0415 - rare, and dataclasses.replace is all it needs

    return replace(standing, support=tuple(unit for unit in standing.support if unit != standing.lead))


def _status(task: Task, log: tuple[LogEntry, ...]) -> tuple[Status | None, LogEntry | None]:
    entry = next((entry for entry in reversed(log) if entry.status), None)
    if entry and (task.countable or entry.status in _OUTSIDE):
        return entry.status, entry
    return (Status.NOT_REPORTED if task.countable else None), None


def completion(task: Task, log: tuple[LogEntry, ...]) -> LogEntry | None:
    """Return the first entry of the last unbroken run of completing statuses, if it lasts."""
    if not task.countable:
        return None
    completing = (Status.DONE, Status.SUBMITTED) if task.item is Item.SCHEME else (Status.DONE,)
    first = None
    for entry in log:
        if entry.status in completing:
            first = first or entry
        elif entry.status:
            first = None
    return first


@dataclass(frozen=True, slots=True)
class Approval:
    """An approved deadline: whether it moved anything, and whether to a later day."""

    entry: LogEntry
    deadline: Deadline
    moves: bool
    later: bool


def approvals(task: Task, log: tuple[LogEntry, ...]) -> Iterator[Approval]:
    """Yield the approvals of a folded log; one after completion moves nothing."""
    current = task.deadline
    completed = completion(task, log)
    moves = True
    for entry in log:
        moves = moves and entry is not completed
        if entry.decision is Decision.APPROVED and entry.deadline:
            later = moves and current is not None and entry.deadline.last > current.last
            yield Approval(entry, entry.deadline, moves, later)
            current = entry.deadline if moves else current


def _deadlines(task: Task, log: tuple[LogEntry, ...]) -> tuple[Deadline | None, Deadline | None, Deadline | None, int]:
    """Return the first, the present and the asked-for deadline, and how often it was postponed."""
    moves = [approval for approval in approvals(task, log) if approval.moves]
    asked = next((entry for entry in reversed(log) if entry.decision), None)
    pending = asked.deadline if asked and asked.decision is Decision.REQUESTED else None
    current = moves[-1].deadline if moves else task.deadline
    first = task.deadline or (moves[0].deadline if moves else None)
    return first, current, pending, sum(approval.later for approval in moves)


def _reference(status: Status | None, entry: LogEntry | None, completed: LogEntry | None, day: date) -> date:
    """Return the day that is compared with the deadline."""
    if completed:
        return completed.date
    if status is Status.CARRIED_OVER and entry:
        return min(day, entry.date)
    return day


def _timeliness(
    task: Task,
    status: Status | None,
    deadline: Deadline | None,
    reference: date,
    due_soon_days: int,
    completed: bool,  # noqa: FBT001
) -> tuple[Timeliness, int | None]:
    if not task.countable or status in _OUTSIDE:
        return Timeliness.UNCOUNTED, None
    done = status is Status.DONE
    if deadline is None or status is Status.DEFERRED:
        return (Timeliness.DONE_NO_DEADLINE if done else Timeliness.NO_DEADLINE), None
    if done:
        days = (reference - deadline.last).days
        return (Timeliness.DONE_LATE if days > 0 else Timeliness.DONE_ON_TIME), days
    never_soon = completed or status is Status.CARRIED_OVER
    return waiting(deadline.last, reference, -1 if never_soon else due_soon_days)


def waiting(last: date, day: date, due_soon_days: int) -> tuple[Timeliness, int]:
    """Return how a task that is not done stands against the last day of its deadline, and the days past it."""
    days = (day - last).days
    if days > 0:
        return Timeliness.OVERDUE, days
    return (Timeliness.DUE_SOON if -days <= due_soon_days else Timeliness.IN_TIME), days


def obstacles_open(log: tuple[LogEntry, ...]) -> tuple[Obstacle, ...]:
    """Return the obstacles that are open at the end of a folded log."""
    found: list[Obstacle] = []
    for entry in log:
        if entry.obstacle:
            found.append(Obstacle(entry=entry, since=entry.date))
        elif entry.resolved:
            found = [one for one in found if entry.key and one.entry.key != entry.key]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A person's word on the risk, who said it, and why."""

    level: Risk
    by: str | None
    reason: str | None


def spoken_risk(log: tuple[LogEntry, ...]) -> Spoken | None:
    """Return a person's word that still holds at the end of a folded log: until the next status or deadline entry."""
    person = None
    for entry in log:
        if entry.risk:
            person = Spoken(entry.risk, entry.by, entry.note)
        elif entry.status or entry.deadline:
            person = None
    return person


def forecast(
    status: Status | None,
    timeliness: Timeliness,
    postponements: int,
    obstacle: bool,  # noqa: FBT001
    last: date | None,
    day: date,
    spoken: Spoken | None,
) -> Forecast | None:
    """Return how likely an open task will miss its deadline; `last` is the day of its last entry."""
    if status is None or timeliness is Timeliness.UNCOUNTED or status in _CLOSED:
        return None
    soon = timeliness is Timeliness.DUE_SOON
    silent = status is Status.IN_PROGRESS and last is not None and (day - last).days >= SILENT_DAYS
    if timeliness is Timeliness.OVERDUE or (soon and obstacle):
        proposed = Risk.HIGH
    else:
        proposed = Risk.MEDIUM if soon or obstacle or postponements > 1 or silent else Risk.LOW
    if spoken is None or timeliness is Timeliness.OVERDUE:
        return Forecast(level=proposed, proposed=proposed)
    return Forecast(level=spoken.level, proposed=proposed, by=spoken.by, reason=spoken.reason)
