"""Tasks with parts: the periods of a duty that recurs, what each of many units must do, or both. Pure.

A task is cut into cells, its log into theirs; `standing` folds each by itself, and here they are put together again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, NamedTuple, Protocol, TypeAlias

from vpcp_cli.deadline import Deadline
from vpcp_cli.programme import Directive, LogEntry, Owing, Programme, Task
from vpcp_cli.recurrence import Period, former_periods, periods_of
from vpcp_cli.vocabulary import CLOSING, OUTSIDE, Status, Timeliness

Log: TypeAlias = tuple[LogEntry, ...]
Clock: TypeAlias = "date | tuple[Timeliness, int | None]"
"""The last day of a deadline that is waited for, or a timeliness for good, with the days past the deadline."""

MOST: Final = 10_000
"""So many parts a task may have."""
_DAY: Final = timedelta(1)
_ENDED: Final = (Status.DONE, Status.NOT_DONE)
_DORMANT: Final = (Status.NOT_REPORTED, Status.NOT_STARTED)


Way: TypeAlias = "tuple[Period | None, tuple[str | None, ...]]"
"""A period, and units that have a part of it one after the other."""


class Hindrance(Protocol):
    """An open obstacle, as `standing` makes it."""

    @property
    def entry(self) -> LogEntry:
        """The entry that tells of it."""

    @property
    def since(self) -> date:
        """Since when it is open."""


class Folded(Protocol):
    """What the entries about one part say, as `standing.fold` folds them."""

    @property
    def status(self) -> Status | None:
        """The state of the part."""

    @property
    def said(self) -> LogEntry | None:
        """The entry that gave it."""

    @property
    def completed(self) -> date | None:
        """The day of completion."""

    @property
    def first_deadline(self) -> Deadline | None:
        """The deadline as it was given."""

    @property
    def deadline(self) -> Deadline | None:
        """The deadline as it stands."""

    @property
    def pending_deadline(self) -> Deadline | None:
        """The one that is asked for."""

    @property
    def postponements(self) -> int:
        """How often it was moved."""

    @property
    def obstacles(self) -> Sequence[Hindrance]:
        """What hinders it."""


class Cell(NamedTuple):
    """One part of a task. It is there from `since` on; after `until` only while it is closed.

    `origins` are the units that had it before, one after the other, where it is an open part that went over: a unit
    that took over from two has the open parts of both, each with its own history.
    """

    period: Period | None
    unit: str | None
    deadline: Deadline | None
    since: date = date.min
    until: date = date.max
    origins: tuple[str, ...] = ()

    @property
    def way(self) -> Way:
        """Its period, and who had it, one after the other."""
        return self.period, (*self.origins, self.unit)

    def takes(self, entry: LogEntry) -> bool:
        """Whether an entry that names it, or all parts, tells of it: what a unit did before it took over, does not."""
        return not (self.origins and self.unit in entry.for_ and entry.date < self.since)

    @property
    def name(self) -> tuple[str, ...]:
        """What an entry's `for` says of it."""
        return tuple(one for one in (self.period and self.period.name, self.unit) if one)

    def names(self) -> Iterator[frozenset[str]]:
        """Yield all by which an entry's `for` may speak of it, alone or with others."""
        periods = [(), (self.period.name,)] if self.period else [()]
        units = [(), *((one,) for one in (self.unit, *self.origins) if one)]
        yield from (frozenset((*period, *unit)) for period in periods for unit in units)


class Fate(NamedTuple):
    """What has become of one cell; `waits` is what decides how it stands against its deadline."""

    cell: Cell
    status: Status
    found: Folded
    waits: Clock

    @property
    def open(self) -> bool:
        """Whether it is not closed."""
        return self.status not in CLOSING

    def goes_on(self, newer: Collection[tuple[str, ...]]) -> bool:
        """Whether it goes on with a task that has parts of some names, so that it is counted there."""
        return self.status is Status.CARRIED_OVER or self.cell.name in newer

    def on(self, day: date, judged: tuple[Timeliness, int | None]) -> Part:
        """Return the part as it stands on a day."""
        return Part(self, *judged, self.cell.period is None or self.cell.period.first <= day)


class Part(NamedTuple):
    """One part of a task as it stands on a day; `begun` tells whether its period has begun."""

    fate: Fate
    timeliness: Timeliness
    days: int | None
    begun: bool

    @property
    def name(self) -> tuple[str, ...]:
        """What an entry's `for` says of it."""
        return self.fate.cell.name

    @property
    def status(self) -> Status:
        """What was reported of it."""
        return self.fate.status

    @property
    def done_on(self) -> date | None:
        """The day of completion, if it is done."""
        return self.fate.found.completed if self.fate.status is Status.DONE else None

    @property
    def open(self) -> bool:
        """Whether it is counted and not closed."""
        return self.fate.open


# Cells


def cells(programme: Programme, directive: Directive, task: Task) -> tuple[Cell, ...]:
    """Return all parts that a task has on any day, in the order of periods and members."""
    found = list(_left_open(directive, task))
    every: Iterable[Period | None] = periods_of(programme, directive, task) if task.recurs else (None,)
    members = task.owing if task.each else ()
    for period in every:
        deadline = Deadline.of(period.due) if period else task.first_deadline
        if not members:
            found.append(Cell(period, None, deadline))
        else:
            found += _of_members(period, deadline, members)
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


def _left_open(directive: Directive, task: Task) -> Iterator[Cell]:
    """Yield the parts of former periods that were open when the task was carried over."""
    told = _by_part(task.inherited.log) if task.inherited else {}
    for period in former_periods(directive, task):
        deadline = Deadline.of(period.due)
        own = _of_members(period, deadline, task.owing) if task.each and task.owing else (Cell(period, None, deadline),)
        for cell in own:
            last = next((one.status for one in reversed(_own_log(_about(cell, told), date.max)) if one.status), None)
            if last not in CLOSING:
                yield cell


def names_of_all(given: Iterable[tuple[Programme, Directive, Task]]) -> Mapping[str, Collection[tuple[str, ...]]]:
    """Return the names of all parts that tasks have on any day, by their ids and by those in whose place they stand."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for programme, directive, task in given:
        names = {one.name for one in cells(programme, directive, task)} if task.parted else ()
        for id_ in (task.id, *task.replaced):
            found.setdefault(id_, set()).update(names)
    return found


def _by_part(log: Log) -> dict[frozenset[str], list[tuple[int, LogEntry]]]:
    """Return the entries of a log, with their places, by the parts that they speak of."""
    told: dict[frozenset[str], list[tuple[int, LogEntry]]] = {}
    for place, entry in enumerate(log):
        told.setdefault(frozenset(entry.for_), []).append((place, entry))
    return told


def _of_members(period: Period | None, deadline: Deadline | None, members: Sequence[Owing]) -> Iterator[Cell]:
    heirs: dict[Way, Cell] = {}
    for one in members:
        since = one.since or date.min
        if one.until and one.until < since:
            continue
        late = period.first < since if period else deadline is not None and deadline.last <= since
        if late or (period and one.until and period.first > one.until):
            continue
        cell = Cell(period, one.code, deadline, since, _until(one.until, deadline))
        yield cell
        for heir in _heirs_of(cell, one.heirs):
            known = heirs.setdefault(heir.way, heir)
            heirs[heir.way] = known._replace(since=min(known.since, heir.since))
    yield from heirs.values()


def _until(last: date | None, deadline: Deadline | None) -> date:
    """Return until when a part is there, of a unit that is there until a day: a part that falls due by then stays."""
    return last if last and (deadline is None or deadline.last > last) else date.max


def _heirs_of(cell: Cell, heirs: Iterable[tuple[str, date | None]]) -> Iterator[Cell]:
    """Yield the part of a unit that leaves as those have it that took over, one after the other."""
    origins = [cell.unit or ""]
    for code, last in heirs:
        if cell.until == date.max:
            return
        since = cell.until + _DAY
        if last is None or last >= since:
            cell = Cell(cell.period, code, cell.deadline, since, _until(last, cell.deadline), tuple(origins))
            yield cell
            origins.append(code)


def _about(cell: Cell, told: Mapping[frozenset[str], Sequence[tuple[int, LogEntry]]]) -> Log:
    """Return the entries that name a cell, or no part."""
    every = (one for name in cell.names() for one in told.get(name, ()))
    return tuple(entry for _place, entry in sorted(every, key=lambda one: one[0]) if cell.takes(entry))


def _own_log(about: Log, day: date) -> Log:
    """Return the entries about one cell up to a day: a state of the whole task is none of a part that is closed."""
    found: list[LogEntry] = []
    closed = False
    for entry in (one for one in about if one.date <= day):  # the order is that of folding: what it goes on from first
        if closed and entry.status and not entry.for_:
            continue
        found.append(entry)
        if entry.status:
            closed = entry.status in CLOSING
    return tuple(found)


def alone(task: Task, cell: Cell) -> Task:
    """Return one part as a task of its own; what is said of other parts keeps its place in the log as a remark."""
    log = tuple(said_of(cell, one) or LogEntry(date=one.date, recorded=one.recorded, note="…") for one in task.log)
    return replace(task, deadline=cell.deadline, recurs=None, each=False, inherited=None, log=log)


def said_of(cell: Cell, entry: LogEntry) -> LogEntry | None:
    """Return what an entry says of a part: if it gives one to another part, that this never held of it."""
    names = {frozenset[str](), *cell.names()}
    if frozenset(entry.for_) in names and cell.takes(entry):
        return entry
    if entry.corrects and frozenset(entry.corrects.for_) in names:
        return LogEntry(date=entry.date, recorded=entry.recorded, void=True, for_=entry.for_, corrects=entry.corrects)
    return None


class Cut:
    """A task cut into its parts, each with its own entries of a folded log; `fold` folds one part."""

    def __init__(
        self, task: Task, parts: Sequence[Cell], log: Log, fold: Callable[[Task, Log], tuple[Folded, Clock]]
    ) -> None:
        """Cut a whole log; `on` asks for it up to a day."""
        self.task, self.cells, self._fold = task, parts, fold
        told = _by_part(log)
        self._about = [_about(one, told) for one in parts]
        self._tasks: dict[Deadline | None, Task] = {}
        self._known: dict[tuple[int, int], tuple[Fate, Log]] = {}

    def turning_days(self) -> set[date]:
        """Return the days on which members join or have left."""
        days = {one.since for one in self.cells} | {one.until + _DAY for one in self.cells if one.until < date.max}
        return days - {date.min}

    def logs(self, day: date) -> Iterator[tuple[Cell, Task, Log]]:
        """Yield each part that is there on a day, as a task of its own, with its own entries up to that day."""
        for fate, log in self._on(day):
            yield fate.cell, self._own(fate.cell), log

    def on(self, day: date) -> Together | None:
        """Return what the parts say together that are there on a day; None where there is none."""
        fates = [fate for fate, _log in self._on(day)]
        return together(fates) if fates else None

    def _on(self, day: date) -> list[tuple[Fate, Log]]:
        found = []
        for at, cell in enumerate(self.cells):
            if cell.since <= day:
                found.append(self._fate(at, day))
        gone, there = set[Way](), set[Way]()
        for fate, _log in found:
            left = fate.cell.until < day and fate.open
            (gone if left else there).add(fate.cell.way)
        shown: dict[tuple[Period | None, str | None], tuple[Fate, Log]] = {}
        for fate, log in found:
            if (fate.cell.until >= day or not fate.open) and _is_theirs(fate.cell, gone - there):
                name = fate.cell.period, fate.cell.unit
                known = shown.setdefault(name, (fate, log))
                shown[name] = min(known, (fate, log), key=_gravest)
        chosen = self.task.chosen
        return [one for (_period, unit), one in shown.items() if not chosen or unit in chosen]

    def _fate(self, at: int, day: date) -> tuple[Fate, Log]:
        """Return what has become of a part up to a day, with its log."""
        number = sum(entry.date <= day for entry in self._about[at])
        if (at, number) not in self._known:
            cell, log = self.cells[at], _own_log(self._about[at], day)
            found, waits = self._fold(self._own(cell), log)
            self._known[at, number] = Fate(cell, found.status or Status.NOT_REPORTED, found, waits), log
        return self._known[at, number]

    def _own(self, cell: Cell) -> Task:
        """Return a cell as a task of its own."""
        if cell.deadline not in self._tasks:
            alone = replace(self.task, log=(), inherited=None)
            self._tasks[cell.deadline] = replace(alone, deadline=cell.deadline, recurs=None, each=False)
        return self._tasks[cell.deadline]


def _is_theirs(cell: Cell, gone: Collection[Way]) -> bool:
    """Whether a cell is a unit's own, or an open one that went over to it."""
    return not cell.origins or (cell.period, cell.origins) in gone


def _gravest(one: tuple[Fate, Log]) -> tuple[bool, Sequence[int]]:
    """Of several parts that a unit has under one name, the one that tells of them all is the least by this.

    That is what is open, the earliest deadline first; else what was done the latest, against its deadline, then by day.
    """
    fate, _log = one
    return not fate.open, _place(fate)


def _place(fate: Fate) -> Sequence[int]:
    """Order parts by how they stand against their deadlines: who waits stands before who doesn't, the later first."""
    if isinstance(fate.waits, date):
        return 0, fate.waits.toordinal()
    timeliness, days = fate.waits
    return 1, _WORST.index(timeliness), -(days or 0), -(fate.found.completed or date.min).toordinal()


# Putting together


class Together(NamedTuple):
    """What the parts of a task say together."""

    status: Status
    said: LogEntry | None
    completed: date | None
    first_deadline: Deadline | None
    deadline: Deadline | None
    pending_deadline: Deadline | None
    postponements: int
    obstacles: tuple[Hindrance, ...]
    fates: tuple[Fate, ...]
    waits: Clock


def together(fates: Sequence[Fate]) -> Together:
    """Put the parts of a task together: done when all are closed and one is done; open ones wait for the nearest.

    What hinders a part that is closed hinders nothing any more.
    """
    status, among = _status(fates)
    deciding, clock = _deciding(status, among)
    obstacles = {id(one.entry): one for fate in fates if fate.open for one in fate.found.obstacles}
    return Together(
        status,
        max((one.found.said for one in among if one.found.said), key=lambda entry: entry.date, default=None),
        max((one.found.completed for one in among if one.found.completed and status is Status.DONE), default=None),
        deciding.found.first_deadline,
        deciding.found.deadline,
        next((one.found.pending_deadline for one in fates if one.found.pending_deadline), None),
        max(one.found.postponements for one in fates),
        tuple(sorted(obstacles.values(), key=lambda one: one.since)),
        tuple(fates),
        clock,
    )


def _status(fates: Sequence[Fate]) -> tuple[Status, Sequence[Fate]]:
    """Return the state of a task, and the parts that decide how it stands."""
    counted = [one for one in fates if one.status not in OUTSIDE]
    if not counted:
        withdrawn = [one for one in fates if one.status is Status.WITHDRAWN]
        return (Status.WITHDRAWN, withdrawn) if withdrawn else (Status.RETURNED, fates)
    left = [one for one in counted if one.status not in _ENDED]
    for status, among in ((Status.DONE, counted), (Status.NOT_DONE, counted), (Status.CARRIED_OVER, left)):
        chosen = [one for one in among if one.status is status]
        if chosen and (not left or status is Status.CARRIED_OVER):
            return status, chosen
    states = {one.status for one in left}
    if len(states) == 1 and (states == {Status.DEFERRED} or len(left) == len(counted)):
        return states.pop(), left
    dormant = len(left) == len(counted) and states.issubset(_DORMANT)
    return (Status.NOT_STARTED if dormant else Status.IN_PROGRESS), left


_WORST: Final = (
    *(Timeliness.OVERDUE, Timeliness.DONE_LATE, Timeliness.DUE_SOON, Timeliness.IN_TIME),
    *(Timeliness.DONE_ON_TIME, Timeliness.NO_DEADLINE, Timeliness.DONE_NO_DEADLINE, Timeliness.UNCOUNTED),
)


def _deciding(status: Status, among: Sequence[Fate]) -> tuple[Fate, Clock]:
    """Return the part whose deadline is the task's, and what decides the task's timeliness."""
    waited = [(one.waits, one) for one in among if isinstance(one.waits, date)]
    if waited:
        last, one = min(waited, key=lambda pair: pair[0])
        return one, last
    fixed = [(one.waits, one) for one in among if isinstance(one.waits, tuple)]
    clock, one = min(fixed, key=lambda pair: (_WORST.index(pair[0][0]), -(pair[0][1] or 0)))
    if status is Status.DONE:
        one = max(among, key=lambda one: one.found.deadline.last if one.found.deadline else date.min)
    return one, clock
