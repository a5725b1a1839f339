"""The official count, its rates and breakdowns, and what needs attention. Pure: it returns values.

The frame is the two-by-two table that the Government's reports have kept since 2016, with the third
column that practice adds: tasks without a deadline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from vpcp_cli.programme import LogEntry
from vpcp_cli.standing import Standing, approvals, folded
from vpcp_cli.vocabulary import Category, Nature, Risk, Status, Timeliness

BANDS: Final = ((1, 30), (31, 120), (121, None))
"""Days late, as official reports group them; the last band has no end."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A fraction that names its base; nothing to divide by is no rate."""

    part: int
    base: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many tasks stand in each cell. `apart` are old ends of carry-overs, counted at their new end."""

    cells: Mapping[Timeliness, int]
    statuses: Mapping[Status, int]
    bands: tuple[int, ...]
    apart: int = 0

    def cell(self, *timeliness: Timeliness) -> int:
        """Return the tasks of one or several cells together."""
        return sum(self.cells.get(one, 0) for one in timeliness)

    @property
    def total(self) -> int:
        """All counted tasks: the sum of the six cells."""
        return sum(number for one, number in self.cells.items() if one is not Timeliness.UNCOUNTED)

    @property
    def uncounted(self) -> int:
        """Principles, expectations, and tasks returned or withdrawn."""
        return self.cell(Timeliness.UNCOUNTED)

    @property
    def done(self) -> int:
        """Tasks that are done, in time or not."""
        return self.cell(Timeliness.DONE_ON_TIME, Timeliness.DONE_LATE, Timeliness.DONE_NO_DEADLINE)

    @property
    def rate_of_all(self) -> Rate:
        """Done, of all counted tasks."""
        return Rate(self.done, self.total)

    @property
    def rate_of_due(self) -> Rate:
        """Done with a deadline, of those and the overdue: the rate that official reports publish."""
        done = self.cell(Timeliness.DONE_ON_TIME, Timeliness.DONE_LATE)
        return Rate(done, done + self.cell(Timeliness.OVERDUE))


def count(standings: Iterable[Standing]) -> Count:
    """Count tasks; where both ends of a carry-over are given, the old one stands apart."""
    given = list(standings)
    ids = {one.task.id for one in given}
    cells: dict[Timeliness, int] = {}
    statuses: dict[Status, int] = {}
    bands = [0] * len(BANDS)
    apart = 0
    for one in given:
        if one.status is Status.CARRIED_OVER and one.carried_to in ids:
            apart += 1
            continue
        cells[one.timeliness] = cells.get(one.timeliness, 0) + 1
        if one.counted and one.status:
            statuses[one.status] = statuses.get(one.status, 0) + 1
        if one.timeliness is Timeliness.OVERDUE:
            bands[band(one.late_days)] += 1
    return Count(cells, statuses, tuple(bands), apart)


def band(days: int) -> int:
    """Return the number of the band in which a delay of some days falls."""
    return next(at for at, (_, last) in enumerate(BANDS) if last is None or days <= last)


BREAKDOWNS: Final[Mapping[str, Callable[[Standing], str | None]]] = {
    "lead": lambda one: one.lead,
    "category": lambda one: one.task.category.value if one.task.category else None,
    "directive": lambda one: one.directive.id,
    "issuer": lambda one: one.directive.issuer.name,
    "month": lambda one: one.deadline.last.isoformat()[:7] if one.deadline else None,
    "nature": lambda one: one.task.nature.value,
    "programme": lambda one: one.programme.id,
    "status": lambda one: one.status.value if one.status else None,
    "year": lambda one: str(one.programme.year),
}
"""What a count can be broken down by; None where a task belongs to no group."""

_FIXED_ORDER: Final[Mapping[str, Sequence[str]]] = {
    "category": tuple(Category),
    "nature": tuple(Nature),
    "status": tuple(Status),
}


def breakdown(standings: Iterable[Standing], by: str) -> list[tuple[str | None, Count]]:
    """Count group by group; fixed orders stay, years and months go by number, the rest by first place."""
    given = list(standings)
    ids = {one.task.id for one in given}
    group = BREAKDOWNS[by]
    groups: dict[str | None, list[Standing]] = {}
    apart: dict[str | None, int] = {}
    for one in given:
        key = group(one)
        members = groups.setdefault(key, [])
        if one.status is Status.CARRIED_OVER and one.carried_to in ids:
            apart[key] = apart.get(key, 0) + 1
        else:
            members.append(one)
    keys = list(groups)
    if by in _FIXED_ORDER:
        keys = [key for key in _FIXED_ORDER[by] if key in groups] + [None] * (None in groups)
    elif by in ("year", "month"):
        keys.sort(key=lambda key: (key is None, key or ""))
    return [(key, replace(count(groups[key]), apart=apart.get(key, 0))) for key in keys]


@dataclass(frozen=True, slots=True)
class Attention:
    """A task that needs attention, with the reasons, gravest first."""

    standing: Standing
    reasons: tuple[str, ...]


REASONS: Final = ("overdue", "due_soon", "obstacle", "high_risk", "pending_request")


def attention(standings: Iterable[Standing]) -> list[Attention]:
    """Return the open tasks that need attention, reddest first, then by deadline and id."""
    found = [Attention(one, reasons) for one in standings if one.open or one.obstacles if (reasons := _reasons(one))]
    return sorted(found, key=_redness)


def _reasons(one: Standing) -> tuple[str, ...]:
    holds = {
        "overdue": one.overdue,
        "due_soon": one.open and one.timeliness is Timeliness.DUE_SOON,
        "obstacle": bool(one.obstacles),
        "high_risk": one.risk is not None and one.risk.level is Risk.HIGH,
        "pending_request": one.open and one.pending_deadline is not None,
    }
    return tuple(reason for reason in REASONS if holds[reason])


def _redness(found: Attention) -> tuple[int, int, int, str]:
    one = found.standing
    level = (Risk.HIGH, Risk.MEDIUM, Risk.LOW).index(one.risk.level) if one.risk else 3
    return (
        REASONS.index(found.reasons[0]),
        -(one.days or 0) if one.deadline else 0,
        level,
        one.task.id,
    )


@dataclass(frozen=True, slots=True)
class Postponement:
    """An approved postponement and the task that it moved."""

    standing: Standing
    entry: LogEntry


def postponements(standings: Iterable[Standing]) -> list[Postponement]:
    """Return every approval that moved a deadline to a later day, by date."""
    found = [
        Postponement(one, approval.entry)
        for one in standings
        for approval in approvals(one.task, folded(one.task, one.day))
        if approval.later
    ]
    return sorted(found, key=lambda one: one.entry.date)


@dataclass(frozen=True, slots=True)
class Happening:
    """One log entry and the task whose it is."""

    standing: Standing
    entry: LogEntry


def happenings(standings: Iterable[Standing], since: date, until: date) -> list[Happening]:
    """Return what happened from one day to another, both included: oldest first, then in file order."""
    found = [Happening(one, entry) for one in standings for entry in one.task.log if since <= entry.date <= until]
    return sorted(found, key=lambda one: one.entry.date)
