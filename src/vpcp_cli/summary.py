"""The official count, its rates and breakdowns, and what needs attention. Pure: it returns values.

The frame is the two-by-two table that the Government's reports have kept since 2016: done or not, deadline kept or
passed. Practice adds a third column, tasks without a deadline (Bình Định, 30/05/2022: 631 of 1 387). Two bases are in
use side by side, so both rates are given: the tasks that fell due (report 1270/BC-TCTTTg of 27/12/2017: 16 051 of
16 274, of 21 914 in all) and all tasks (the count to 20/10/2025). Long delays are told in bands: over 30 days (Bình
Định, 2022), over 120 (Quảng Nam, 06/07/2020).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from itertools import repeat
from operator import is_
from typing import Any, Final, NamedTuple

from vpcp_cli.dataclass import dataclass
from vpcp_cli.programme import LogEntry
from vpcp_cli.roll import facts, where
from vpcp_cli.standing import Standing, approvals, folded
from vpcp_cli.vocabulary import Category, Nature, Risk, Status, Timeliness

BANDS: Final = ((1, 30), (31, 120), (121, None))
"""Days late, as official reports group them; the last band has no end."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A fraction that names its base; nothing to divide by is no rate."""

    part: int
    base: int

    @property
    def percent(self) -> float | None:
        """Per cent to one decimal, halves rounded up; None without a base."""
        return (2000 * self.part + self.base) // (2 * self.base) / 10 if self.base else None


@dataclass(frozen=True, slots=True)
class Count:
    """How many tasks stand in each cell. `apart` are old ends of carry-overs, counted at their new end.

    `statuses` are those of the counted tasks; `outside` says why the others are not counted.
    """

    cells: Mapping[Timeliness, int]
    statuses: Mapping[Status, int]
    outside: Mapping[Status | Nature, int]
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
    return _counted(_cases(_given(standings)))


class _Case(NamedTuple):
    """What a count asks of a task; `band` is that of an overdue one."""

    key: str | None
    year: int
    timeliness: Timeliness
    status: Status | None
    nature: Nature
    band: int | None
    apart: bool


def _given(standings: Iterable[Standing]) -> Sequence[Standing]:
    return standings if isinstance(standings, Sequence) else list(standings)


def _cases(given: Sequence[Standing], keys: Iterable[str | None] = repeat(None)) -> Mapping[_Case, int]:
    """Count the tasks of each case; `keys` are those of their groups."""
    timeliness, status = list(facts(given, "timeliness")), list(facts(given, "status"))
    days = zip(timeliness, facts(given, "days"), strict=True)
    bands = [_band(late or 0) if one is Timeliness.OVERDUE else None for one, late in days]
    columns = (keys, facts(given, "year"), timeliness, status, facts(given, "nature"), bands, _lives_on(given, status))
    return {_Case(*case): number for case, number in Counter(zip(*columns, strict=False)).items()}


def _lives_on(given: Sequence[Standing], status: Sequence[Status | None]) -> Iterable[bool]:
    """Say of each task whether it is the old end of a carry-over whose new end is given too."""
    if Status.CARRIED_OVER not in status:
        return repeat(False)  # noqa: FBT003
    ids = set(facts(given, "id"))
    ends = zip(status, facts(given, "carried_to"), strict=True)
    return [one is Status.CARRIED_OVER and to in ids for one, to in ends]


def _counted(cases: Mapping[_Case, int]) -> Count:
    cells: dict[Timeliness, int] = {}
    statuses: dict[Status, int] = {}
    outside: dict[Status | Nature, int] = {}
    bands = [0] * len(BANDS)
    apart = 0
    for case, number in cases.items():
        if case.apart:
            apart += number
            continue
        cells[case.timeliness] = cells.get(case.timeliness, 0) + number
        if case.timeliness is Timeliness.UNCOUNTED:
            reason = case.status or case.nature
            outside[reason] = outside.get(reason, 0) + number
        elif case.status:
            statuses[case.status] = statuses.get(case.status, 0) + number
        if case.band is not None:
            bands[case.band] += number
    return Count(cells, statuses, outside, tuple(bands), apart)


@cache
def _band(late: int) -> int | None:
    return band(late) if late else None


def band(days: int) -> int:
    """Return the number of the band in which a delay of some days falls."""
    return next(at for at, (_, last) in enumerate(BANDS) if last is None or days <= last)


BREAKDOWNS: Final[Mapping[str, Callable[[Any], str | None]]] = {
    "lead": str,
    "category": lambda category: category and category.value,
    "directive": str,
    "issuer": str,
    "month": lambda deadline: deadline and deadline.last.isoformat()[:7],
    "nature": lambda nature: str(nature.value),
    "programme": str,
    "status": lambda status: status and status.value,
    "year": str,
}
"""What a count can be broken down by, with the key of a fact; None where a task belongs to no group."""

_DEADLINE: Final = "deadline"
_FIXED_ORDER: Final[Mapping[str, Sequence[str]]] = {
    "category": tuple(Category),
    "nature": tuple(Nature),
    "status": tuple(Status),
}


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a breakdown. `years` are the tasks of each programme year, counted or not, old ends left out."""

    key: str | None
    count: Count
    years: Mapping[int, int]


def breakdown(standings: Iterable[Standing], by: str) -> list[Group]:
    """Count group by group; what belongs to none comes last.

    Fixed orders stay, years and months go by number, leads and issuers by their counted tasks, the rest by
    first place.
    """
    given = _given(standings)
    key_of = cache(BREAKDOWNS[by])
    groups: dict[str | None, dict[_Case, int]] = {}
    for case, number in _cases(given, map(key_of, facts(given, _DEADLINE if by == "month" else by))).items():
        groups.setdefault(case.key, {})[case] = number
    counted = [Group(key, _counted(cases), _years(cases)) for key, cases in groups.items()]
    return sorted(counted, key=lambda group: (group.key is None, _place(group, by)))


def _place(group: Group, by: str) -> tuple[int | str, ...]:
    if by in _FIXED_ORDER and group.key:
        return (_FIXED_ORDER[by].index(group.key),)
    if by in ("year", "month"):
        return (group.key or "",)
    return (-group.count.total,) if by in ("lead", "issuer") else ()


def _years(cases: Mapping[_Case, int]) -> dict[int, int]:
    years: dict[int, int] = {}
    for case, number in cases.items():
        if not case.apart:
            years[case.year] = years.get(case.year, 0) + number
    return dict(sorted(years.items()))


REASONS: Final = ("overdue", "due_soon", "obstacle", "high_risk", "pending_request")


@dataclass(frozen=True, slots=True)
class Attention:
    """A task that needs attention, with the reasons, gravest first."""

    standing: Standing
    reasons: tuple[str, ...]


def attention(standings: Iterable[Standing]) -> list[Attention]:
    """Return the open tasks that need attention: by the gravest reason, then the risk, then the nearest deadline."""
    urgent = _given(where(standings, "alert", bool))
    states = (facts(urgent, name) for name in ("timeliness", "obstacle", "risk", "pending"))
    reasons = [_reasons(*state) for state in zip(*states, strict=True)]
    keys = zip(reasons, facts(urgent, "risk"), facts(urgent, "days"), strict=True)
    redness = [(_gravity(first, level), days is None, -(days or 0)) for (first, *_), level, days in keys]
    order = sorted(range(len(redness)), key=redness.__getitem__)
    found = [Attention(one, why) for one, why in zip(urgent, reasons, strict=True)]
    return [found[place] for place in order]


@cache
def _reasons(
    timeliness: Timeliness,
    obstacle: bool,  # noqa: FBT001
    level: Risk | None,
    pending: bool,  # noqa: FBT001
) -> tuple[str, ...]:
    """Return why an open task needs attention."""
    holds = {
        "overdue": timeliness is Timeliness.OVERDUE,
        "due_soon": timeliness is Timeliness.DUE_SOON,
        "obstacle": obstacle,
        "high_risk": level is Risk.HIGH and timeliness is not Timeliness.OVERDUE,
        "pending_request": pending,
    }
    return tuple(reason for reason in REASONS if holds[reason])


@cache
def _gravity(reason: str, level: Risk | None) -> tuple[int, int]:
    return REASONS.index(reason), (Risk.HIGH, Risk.MEDIUM, Risk.LOW).index(level) if level else 3


def obstructed(standings: Iterable[Standing]) -> list[Standing]:
    """Return every task with an open obstacle, closed tasks too: the oldest obstacle first."""
    found = where(standings, "obstacle", bool)
    return sorted(found, key=lambda one: one.obstacles[0].since)


def upcoming(standings: Iterable[Standing]) -> Standing | None:
    """Return the open task with the nearest deadline of those that are not even due soon."""
    found = _given(where(where(standings, "open", bool), "timeliness", partial(is_, Timeliness.IN_TIME)))
    days = [days or 0 for days in facts(found, "days")]
    return found[days.index(max(days))] if days else None


@dataclass(frozen=True, slots=True)
class Postponement:
    """An approved postponement and the task that it moved."""

    standing: Standing
    entry: LogEntry


def postponements(standings: Iterable[Standing]) -> list[Postponement]:
    """Return every approval that moved a deadline to a later day, by date."""
    found = [
        Postponement(one, approval.entry)
        for one in where(standings, "postponements", bool)
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
    leads: dict[str, list[int]] = {}
    moved = _given(where(standings, "postponements", bool))
    for lead, number in zip(facts(moved, "lead"), facts(moved, "postponements"), strict=True):
        leads.setdefault(lead, []).append(number)
    found = [
        Postponed(lead, len(times), sum(number > 1 for number in times), sum(times)) for lead, times in leads.items()
    ]
    return sorted(found, key=lambda one: (-one.times, one.lead))


@dataclass(frozen=True, slots=True)
class Happening:
    """One log entry and the task whose it is."""

    standing: Standing
    entry: LogEntry


def happenings(standings: Iterable[Standing], since: date, until: date) -> list[Happening]:
    """Return what happened from one day to another, both included: oldest first, then in file order."""
    found = [Happening(one, entry) for one in standings for entry in one.task.log if since <= entry.date <= until]
    return sorted(found, key=lambda one: one.entry.date)


@dataclass(frozen=True, slots=True)
class Movement:
    """What changed from a day on: the count at the end of the day before it, what happened, how many tasks are new."""

    since: date
    before: Count
    happenings: tuple[Happening, ...]
    new: int


def movement(before: Sequence[Standing], now: Sequence[Standing], since: date, day: date) -> Movement:
    """Compare the tasks as they stood before one day with how they stand on another."""
    known = set(facts(before, "id"))
    new = sum(id_ not in known for id_ in facts(now, "id"))
    return Movement(since, count(before), tuple(happenings(now, since, day)), new)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Another year at the same point of it, as «cùng kỳ» in official reports."""

    year: int
    day: date
    count: Count


def same_point(day: date, years: int) -> date:
    """Return the day that lies some years away; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All that a report of one day says about some tasks."""

    day: date
    count: Count
    attention: tuple[Attention, ...]
    obstructed: tuple[Standing, ...]
    postponements: tuple[Postponement, ...]
    postponed: tuple[Postponed, ...]
    leads: tuple[Group, ...]
    upcoming: Standing | None
    movement: Movement | None = None
    comparison: Comparison | None = None

    @classmethod
    def of(
        cls,
        standings: Sequence[Standing],
        day: date,
        movement: Movement | None = None,
        comparison: Comparison | None = None,
    ) -> Summary:
        """Sum up tasks as they stand on a day."""
        return cls(
            day=day,
            count=count(standings),
            attention=tuple(attention(standings)),
            obstructed=tuple(obstructed(standings)),
            postponements=tuple(postponements(standings)),
            postponed=tuple(postponed_by_lead(standings)),
            leads=tuple(breakdown(standings, "lead")),
            upcoming=upcoming(standings),
            movement=movement,
            comparison=comparison,
        )

    def because(self, reason: str) -> list[Standing]:
        """Return the tasks that need attention for a reason."""
        return [one.standing for one in self.attention if reason in one.reasons]

    @property
    def high_risks(self) -> int:
        """Open tasks at high risk; those overdue always are."""
        return sum("overdue" in one.reasons or "high_risk" in one.reasons for one in self.attention)
