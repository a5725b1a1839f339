"""All that a report of one day says: the count, what needs attention, what was postponed, what changed. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from vpcp_cli.case import Case
from vpcp_cli.counts import Count, Group, breakdown, count, count_parts
from vpcp_cli.dataclass import dataclass
from vpcp_cli.standing import Standing, approvals, folded
from vpcp_cli.tasks import Tasks, tasks_of
from vpcp_cli.vocabulary import Timeliness

if TYPE_CHECKING:  # a count reads no entry
    from vpcp_cli.happening import Happening
    from vpcp_cli.programme import LogEntry


def attention(standings: Iterable[Standing]) -> Tasks:
    """Return the open tasks that need attention: by the gravest reason, then the risk, then the nearest deadline."""
    tasks = tasks_of(standings)
    cases = (case for (case,) in tasks.counted("case"))
    return tasks.ordered("case", {case: case.urgency for case in cases if case.reasons})


@dataclass(frozen=True, slots=True)
class Postponement:
    """An approved postponement and the task that it moved."""

    standing: Standing
    entry: LogEntry


def postponements(standings: Iterable[Standing]) -> list[Postponement]:
    """Return every approval that moved a deadline to a later day, by date."""
    found = [
        Postponement(one, approval.entry)
        for one in tasks_of(standings).where("postponements", bool)
        for approval in approvals(one.task, folded(one.task, one.day))
        if approval.later
    ]
    return sorted(found, key=lambda one: one.entry.date)


@dataclass(frozen=True, slots=True)
class Postponed:
    """How often a lead's tasks were postponed: `tasks` at all, `again` more than once, `times` in all."""

    lead: str
    tasks: int
    again: int
    times: int


def postponed_by_lead(standings: Iterable[Standing]) -> list[Postponed]:
    """Return the leads whose tasks were postponed, the most times first, then by code."""
    postponed = tasks_of(standings).where("postponements", bool)
    leads: dict[str, Counter[int]] = {}
    for (lead, times), tasks in postponed.counted("lead", "postponements").items():
        leads.setdefault(lead, Counter())[times] += tasks
    found = [
        Postponed(lead, each.total(), each.total() - each[1], sum(times * tasks for times, tasks in each.items()))
        for lead, each in leads.items()
    ]
    return sorted(found, key=lambda one: (-one.times, one.lead))


@dataclass(frozen=True, slots=True)
class Movement:
    """What changed from a day on: the count at the end of the day before it, what happened, how many tasks are new.

    `reported` is what was written down since about earlier days.
    """

    since: date
    before: Count
    happenings: tuple[Happening, ...]
    new: int
    reported: tuple[Happening, ...] = ()


def movement(
    before: Iterable[Standing], now: Iterable[Standing], since: date, day: date, every: Iterable[Standing] | None = None
) -> Movement:
    """Compare the tasks as they stood before one day with how they stand on another.

    `every` are the same with those that were entered by mistake, to which something happened all the same.
    """
    from vpcp_cli.happening import told_since

    new = tasks_of(now).beyond(tasks_of(before))
    told, late = told_since(tasks_of(now if every is None else every), since, day)
    return Movement(since, count(before), tuple(told), new, tuple(late))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Another year at the same point of it, as «cùng kỳ» in official reports."""

    year: int
    day: date
    count: Count


def same_point(day: date, years: int) -> date:
    """Return the day some years away; 29 February is the 28th where there is none; no year is beyond 1 and 9999."""
    year = min(max(day.year + years, date.min.year), date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


@dataclass(frozen=True, kw_only=True)
class Summary:
    """All that a report of one day says about some tasks."""

    tasks: Tasks
    day: date
    count: Count
    movement: Movement | None = None
    comparison: Comparison | None = None

    @classmethod
    def of(
        cls,
        standings: Iterable[Standing],
        day: date,
        movement: Movement | None = None,
        comparison: Comparison | None = None,
    ) -> Summary:
        """Sum up tasks as they stand on a day."""
        tasks = tasks_of(standings)
        return cls(tasks=tasks, day=day, count=count(tasks), movement=movement, comparison=comparison)

    @cached_property
    def parts(self) -> Count | None:
        """The count of the parts that have begun, on their own base; None where no task has any."""
        found = count_parts(self.tasks)
        return found if found.total + found.uncounted else None

    @cached_property
    def attention(self) -> Tasks:
        """The open tasks that need attention, the most urgent first."""
        return attention(self.tasks)

    def because(self, reason: str) -> Tasks:
        """Return the tasks that need attention for a reason, the most urgent first."""
        return self._ordered({case: case.urgency for case in self._cases if reason in case.reasons})

    @property
    def high_risks(self) -> int:
        """Open tasks at high risk; those overdue always are."""
        grave = {"overdue", "high_risk"}
        return sum(number for case, number in self._cases.items() if not grave.isdisjoint(case.reasons))

    @property
    def obstructed(self) -> Tasks:
        """Every task with an open obstacle, closed tasks too: the oldest obstacle first."""
        return self._ordered({case: case.obstacles[0] for case in self._cases if case.obstacles})

    @property
    def obstacles(self) -> int:
        """How many obstacles are open; a task may have several."""
        return sum(number * len(case.obstacles) for case, number in self._cases.items())

    @property
    def upcoming(self) -> Standing | None:
        """The open task with the nearest deadline of those that are not even due soon."""
        ahead = (case for case in self._cases if case.open and case.timeliness is Timeliness.IN_TIME)
        return next(iter(self._ordered({case: -(case.days or 0) for case in ahead})[:1]), None)

    @cached_property
    def postponements(self) -> tuple[Postponement, ...]:
        """Every approval that moved a deadline to a later day, by date."""
        return tuple(postponements(self.tasks))

    @cached_property
    def postponed(self) -> tuple[Postponed, ...]:
        """The leads whose tasks were postponed."""
        return tuple(postponed_by_lead(self.tasks))

    @property
    def times(self) -> int:
        """How often deadlines were moved to a later day."""
        return sum(one.times for one in self.postponed)

    @cached_property
    def leads(self) -> tuple[Group, ...]:
        """The counts by lead."""
        return tuple(breakdown(self.tasks, "lead"))

    @cached_property
    def _cases(self) -> Mapping[Case, int]:
        return {case: number for (case,), number in self.tasks.counted("case").items()}

    def _ordered(self, keys: Mapping[Case, object]) -> Tasks:
        return self.tasks.ordered("case", keys)
