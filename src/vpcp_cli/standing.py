"""A task as it stands on a day: its log folded, its timeliness, its risk."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from vpcp_cli.dataclass import dataclass
from vpcp_cli.vocabulary import CLOSED, OUTSIDE, Decision, Item, Nature, Risk, Status, Timeliness

if TYPE_CHECKING:  # what a state means on a day is asked without any record
    from vpcp_cli.deadline import Deadline
    from vpcp_cli.parts import Clock, Cut, Fate, Part
    from vpcp_cli.programme import Directive, LogEntry, Programme, Task

DUE_SOON_DAYS: Final = 30
SILENT_DAYS: Final = 90
_UNCOUNTED: Final = (Timeliness.UNCOUNTED, Timeliness.VOID)
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


@dataclass(frozen=True, slots=True)
class Spoken:
    """A person's word on the risk, who said it, and why."""

    level: Risk
    by: str | None
    reason: str | None


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
    responsible: str | None
    parts: tuple[Part, ...] = ()
    due_soon_days: int = DUE_SOON_DAYS

    @property
    def values(self) -> tuple[tuple[date, float], ...]:
        """The figures that have been reached, each with its day."""
        log = folded(self.task, self.day) if self.task.log else ()
        return tuple((entry.date, entry.value) for entry in log if entry.value is not None)

    @property
    def nature(self) -> Nature:
        """The nature of the task."""
        return self.task.nature

    @property
    def deadline_words(self) -> str | None:
        """The document's words for the deadline, as long as no decision has moved it."""
        return self.task.deadline_words if self.deadline == self.task.deadline else None

    @property
    def counted(self) -> bool:
        """Whether it stands in the official count."""
        return self.timeliness not in _UNCOUNTED

    @property
    def open(self) -> bool:
        """Whether it is counted and not closed."""
        return self.counted and self.status not in CLOSED

    @property
    def awaited(self) -> date | None:
        """The day on which work is to begin, where that is still to come."""
        return self.task.start if self.task.start and self.task.start > self.day else None

    @property
    def overdue(self) -> bool:
        """Whether it is open and past its deadline."""
        return self.open and self.timeliness is Timeliness.OVERDUE

    @property
    def late_days(self) -> int:
        """Days past the deadline, 0 unless it is late."""
        return self.days if self.days and self.timeliness in _LATE else 0

    @property
    def replaced_by(self) -> tuple[str, ...]:
        """The tasks that stand in the place of one that was split, moved or entered otherwise."""
        void = voided(self.task)
        return void.replaced_by if void else ()

    @property
    def kept_after_postponement(self) -> bool:
        """Whether it was done on time only because the deadline had moved."""
        return (
            self.timeliness is Timeliness.DONE_ON_TIME
            and self.done_on is not None
            and self.first_deadline is not None
            and self.done_on > self.first_deadline.last
        )


class Folded(NamedTuple):
    """What a log says up to one of its entries: how the task stands until the next one, on whichever day.

    `said` is the entry that gave the status; `completed` the day of completion; `fates` is what has become of the
    parts, if the task has some, and `waits` what decides its timeliness then. `carried_to` is as which the whole goes
    on, whatever a part stands at.
    """

    status: Status | None
    said: LogEntry | None
    completed: date | None
    lead: str
    support: tuple[str, ...]
    first_deadline: Deadline | None
    deadline: Deadline | None
    pending_deadline: Deadline | None
    postponements: int
    obstacles: tuple[Obstacle, ...]
    spoken: Spoken | None
    last_entry: LogEntry | None
    fates: tuple[Fate, ...] = ()
    waits: Clock | None = None
    responsible: str | None = None
    carried_to: str | None = None


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
    found = _found(programme, directive, task, day)
    timeliness, days = stands(clock(task, found), day, _soon(task, due_soon_days))
    last, hindered = found.last_entry, bool(found.obstacles)
    return Standing(
        programme=programme,
        directive=directive,
        task=task,
        day=day,
        status=found.status,
        timeliness=timeliness,
        lead=found.lead,
        support=found.support,
        first_deadline=found.first_deadline,
        deadline=found.deadline,
        pending_deadline=found.pending_deadline,
        postponements=found.postponements,
        done_on=found.completed if found.status is Status.DONE else None,
        days=days,
        risk=forecast(
            found.status, timeliness, found.postponements, hindered, last.date if last else None, day, found.spoken
        ),
        obstacles=found.obstacles,
        last_entry=last,
        carried_to=found.carried_to,
        responsible=found.responsible,
        parts=tuple(fate.on(day, stands(fate.waits, day, _soon(task, due_soon_days))) for fate in found.fates),
        due_soon_days=due_soon_days,
    )


def of_units(one: Standing, units: Collection[str]) -> Standing:
    """Return a task as it stands; what each of some units must do, as their parts do."""
    if not one.task.each:
        return one
    from vpcp_cli.members import narrowed

    task = narrowed(one.task, units)
    found = stand(one.programme, one.directive, task, one.day, one.due_soon_days)
    theirs = found and task is not one.task and (found.parts or found.status is Status.VOID)
    return found if found and theirs else one


def intervals(programme: Programme, directive: Directive, task: Task) -> Iterator[tuple[date, date | None, Folded]]:
    """Yield from which day until before which other a task stands in one way; the last interval has no end.

    Where only some units' parts are asked about, the days are left out on which they have none.
    """
    log = folded(task, date.max)
    first = programme.exists_from(directive, task)
    cut = parts_of(programme, directive, task, log) if task.parted else None
    turning = {entry.date for entry in log} | (cut.turning_days() if cut else set())
    days = [first, *sorted(day for day in turning if day > first)]
    for since, until in zip(days, (*days[1:], None), strict=True):
        known = log if until is None else tuple([entry for entry in log if entry.date < until])
        found = fold(task, known)
        if cut and task.chosen and found.status is not Status.VOID and cut.on(since) is None:
            continue
        yield since, until, _whole(cut, found, since) if cut else found


def parts_of(programme: Programme, directive: Directive, task: Task, log: tuple[LogEntry, ...]) -> Cut:
    """Return a task cut into its parts with their entries of a folded log."""
    from vpcp_cli.parts import Cut, cells

    return Cut(task, cells(programme, directive, task), log, _fate)


def logs(
    programme: Programme, directive: Directive, task: Task, log: tuple[LogEntry, ...]
) -> Iterator[tuple[Task, tuple[LogEntry, ...]]]:
    """Yield a task with its folded log, or each of its parts as a task with its own entries."""
    if task.parted and log:
        yield from ((part, its) for _cell, part, its in parts_of(programme, directive, task, log).logs(date.max))
    else:
        yield task, log


def _found(programme: Programme, directive: Directive, task: Task, day: date) -> Folded:
    log = folded(task, day)
    found = fold(task, log)
    return _whole(parts_of(programme, directive, task, log), found, day) if task.parted else found


def _whole(cut: Cut, found: Folded, day: date) -> Folded:
    """Return what the entries of a folded log say of a task with parts, each of which is folded by itself."""
    together = None if found.status is Status.VOID else cut.on(day)
    return found._replace(**together._asdict()) if together else found


def _fate(task: Task, log: tuple[LogEntry, ...]) -> tuple[Folded, Clock]:
    """Fold one part of a task, which stands here as a task of its own."""
    found = fold(task, log)
    return found, clock(task, found)


def soon_at_most(task: Task) -> int | None:
    """Return the most days before its deadline that a task is due soon, where it recurs."""
    return task.recurs.soon if task.recurs else None


def _soon(task: Task, days: int) -> int:
    most = soon_at_most(task)
    return days if most is None else min(days, most)


def fold(task: Task, log: tuple[LogEntry, ...]) -> Folded:
    """Return what the entries of a folded log say together, or that the task was entered by mistake."""
    found, entry = _fold(task, log), voided(task)
    if entry is None:
        return found
    rest = found._replace(completed=None, pending_deadline=None, postponements=0, obstacles=(), spoken=None)
    return rest._replace(status=Status.VOID, said=entry, carried_to=None)


def voided(task: Task) -> LogEntry | None:
    """Return the entry by which a task was entered by mistake: on every day, whatever else its log says."""
    if not any(entry.status is Status.VOID for entry in task.log):
        return None
    from vpcp_cli.knowing import what_stands

    return next((entry for entry in what_stands(task.log) if entry.status is Status.VOID), None)


def _fold(task: Task, log: tuple[LogEntry, ...]) -> Folded:
    if not log:
        status = Status.NOT_REPORTED if task.countable else None
        due = task.first_deadline
        return Folded(
            status,
            None,
            None,
            task.first_lead,
            _support(task, task.first_lead),
            due,
            due,
            None,
            0,
            (),
            None,
            None,
            responsible=task.first_responsible,
        )
    status, said = _status(task, log)
    completed = completion(task, log)
    lead = next((entry.lead for entry in reversed(log) if entry.lead), task.first_lead)
    return Folded(
        status,
        said,
        completed.date if completed else None,
        lead,
        _support(task, lead),
        *_deadlines(task, log),
        obstacles_open(log),
        spoken_risk(log),
        log[-1],
        responsible=next((entry.responsible for entry in reversed(log) if entry.responsible), task.first_responsible),
        carried_to=next((entry.to for entry in reversed(log) if entry.status and not entry.for_), None),
    )


def folded(task: Task, day: date) -> tuple[LogEntry, ...]:
    """Return the entries that stand, up to a day, in the order of folding; first those of what a task goes on from.

    One that says that the task was entered by mistake is of no day, and not among them.
    """
    from vpcp_cli.knowing import what_stands

    own = tuple([one for one in what_stands(task.log) if one.date <= day and one.status is not Status.VOID])
    return (*(entry for entry in task.inherited.log if entry.date <= day), *own) if task.inherited else own


def _support(task: Task, lead: str) -> tuple[str, ...]:
    return task.support if lead not in task.support else tuple(unit for unit in task.support if unit != lead)


def _status(task: Task, log: tuple[LogEntry, ...]) -> tuple[Status | None, LogEntry | None]:
    entry = next((entry for entry in reversed(log) if entry.status), None)
    if entry and (task.countable or entry.status in OUTSIDE):
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
    current = task.first_deadline
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
    if not any(entry.decision for entry in log):
        return task.first_deadline, task.first_deadline, None, 0
    moves = [approval for approval in approvals(task, log) if approval.moves]
    asked = next((entry for entry in reversed(log) if entry.decision), None)
    pending = asked.deadline if asked and asked.decision is Decision.REQUESTED else None
    current = moves[-1].deadline if moves else task.first_deadline
    first = task.first_deadline or (moves[0].deadline if moves else None)
    return first, current, pending, sum(approval.later for approval in moves)


def clock(task: Task, found: Folded) -> Clock:
    """Return what decides the timeliness until the next entry."""
    if found.waits is not None:
        return found.waits
    status, deadline = found.status, found.deadline
    if status is Status.VOID:
        return Timeliness.VOID, None
    if not task.countable or status in OUTSIDE:
        return Timeliness.UNCOUNTED, None
    done = status is Status.DONE
    if deadline is None or status is Status.DEFERRED:
        return (Timeliness.DONE_NO_DEADLINE if done else Timeliness.NO_DEADLINE), None
    if done and found.completed:
        days = (found.completed - deadline.last).days
        return (Timeliness.DONE_LATE if days > 0 else Timeliness.DONE_ON_TIME), days
    if found.completed:
        return waiting(deadline.last, found.completed, -1)
    if status is Status.CARRIED_OVER and found.said:
        return waiting(deadline.last, found.said.date, -1)
    return deadline.last


def stands(kept: Clock, day: date, due_soon_days: int) -> tuple[Timeliness, int | None]:
    """Return the timeliness on a day, and the days past the deadline."""
    return kept if isinstance(kept, tuple) else waiting(kept, day, due_soon_days)


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
    obstacle: bool,
    last: date | None,
    day: date,
    spoken: Spoken | None,
) -> Forecast | None:
    """Return how likely an open task will miss its deadline; `last` is the day of its last entry."""
    if status is None or timeliness in _UNCOUNTED or status in CLOSED:
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
