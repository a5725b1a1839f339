"""The official count, its rates and its breakdowns. Pure: it returns values.

The frame is the two-by-two table that the Government's reports have kept since 2016: done or not, deadline kept or
passed. Practice adds a third column, tasks without a deadline (Bình Định, 30/05/2022: 631 of 1 387). Two bases are in
use side by side, so both rates are given: the tasks that fell due (report 1270/BC-TCTTTg of 27/12/2017: 16 051 of
16 274, of 21 914 in all) and all tasks (the count to 20/10/2025). Long delays are told in bands: over 30 days (Bình
Định, 2022), over 120 (Quảng Nam, 06/07/2020).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from vpcp_cli.dataclass import dataclass
from vpcp_cli.standing import Standing
from vpcp_cli.tasks import FACTS, Tasks, tasks_of
from vpcp_cli.vocabulary import Category, Nature, Status, Timeliness, Word

if TYPE_CHECKING:
    from vpcp_cli.parts import Part

BANDS: Final = ((1, 30), (31, 120), (121, None))
"""Days late, as official reports group them; the last band has no end."""
_ENDS: Final = [last for _first, last in BANDS if last]


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

    `statuses` are those of the counted tasks; `outside` says why the others are not counted. `closed` are those of the
    overdue on which nobody works any more: not done, or carried over to where this count doesn't look. `void` were
    entered by mistake and stand in no cell. `carried` are the closed that were carried over.
    """

    cells: Mapping[Timeliness, int]
    statuses: Mapping[Status, int]
    outside: Mapping[Status | Nature, int]
    bands: tuple[int, ...]
    apart: int = 0
    closed: int = 0
    void: int = 0
    carried: int = 0

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


Cases: TypeAlias = "Counter[tuple[Any, ...]]"
"""How many tasks share a case, which stands last, behind what else was asked for."""


def count(standings: Iterable[Standing]) -> Count:
    """Count tasks; where both ends of a carry-over are given, the old one stands apart."""
    given = tasks_of(standings)
    return _counted(given.counted("case"), _old_ends(given).counted("case"))


_NOT_VOID: Final = frozenset({None, *Status}) - {Status.VOID}


def _old_ends(given: Tasks) -> Tasks:
    """Return the tasks that go on as others which are given too."""
    old = given.where("carried_to", lambda to: to is not None)
    return old.where("carried_to", _there(given, set(old.fact("carried_to"))))


def _there(given: Tasks, ids: set[str]) -> set[str]:
    """Return ids, these among them, of which the task is given, or something as which it goes on, split or moved."""
    there, heirs, passed = set[str](), list[tuple[str, str]](), set[str]()
    while ids:
        passed |= ids
        there |= set(given.where("id", ids).where("status", _NOT_VOID).fact("id"))
        further = list(given.heirs(ids - there)) if ids - there else []
        heirs += further
        ids = {heir for _old, heir in further} - passed
    while more := {old for old, heir in heirs if heir in there} - there:
        there |= more
    return there


def _counted(cases: Cases, apart: Cases) -> Count:
    """Count cases without those that stand apart."""
    cells: Counter[Timeliness] = Counter()
    statuses: Counter[Status] = Counter()
    outside: Counter[Status | Nature] = Counter()
    bands = [0] * len(BANDS)
    closed = void = carried = 0
    for (*_key, case), number in (cases - apart).items():
        if case.status is Status.VOID:
            void += number
            continue
        cells[case.timeliness] += number
        if case.timeliness is Timeliness.UNCOUNTED:
            outside[case.status or case.nature] += number
        elif case.status:
            statuses[case.status] += number
        if case.timeliness is Timeliness.OVERDUE:
            bands[band(case.days)] += number
            closed += number if case.status in (Status.NOT_DONE, Status.CARRIED_OVER) else 0
            carried += number if case.status is Status.CARRIED_OVER else 0
    return Count(cells, statuses, outside, tuple(bands), apart.total(), closed, void, carried)


def count_parts(standings: Iterable[Standing]) -> Count:
    """Count the parts of tasks that have some: those that are units' alone, and those whose period has begun."""
    return _count_of(part for _task, part in _begun(standings))


def _begun(standings: Iterable[Standing]) -> Iterator[tuple[Standing, Part]]:
    """Yield the parts that have begun, each with its task; one that goes on is counted at its new end alone."""
    given = tasks_of(standings)
    parted = given.where("parted", bool)
    older = set(_old_ends(given).fact("id"))
    newer = _names_of_parts(parted) if older else {}
    for one in parted:
        names = newer.get(one.carried_to or "", ()) if one.task.id in older else None
        yield from ((one, part) for part in one.parts if part.begun and (names is None or not part.fate.goes_on(names)))


def _names_of_parts(parted: Tasks) -> Mapping[str, Collection[tuple[str, ...]]]:
    from vpcp_cli.parts import names_of_all

    return names_of_all((one.programme, one.directive, one.task) for one in parted)


def _count_of(parts: Iterable[Part]) -> Count:
    cells: Counter[Timeliness] = Counter()
    statuses: Counter[Status] = Counter()
    outside: Counter[Status | Nature] = Counter()
    bands = [0] * len(BANDS)
    closed = 0
    for part in parts:
        cells[part.timeliness] += 1
        (outside if part.timeliness is Timeliness.UNCOUNTED else statuses)[part.status] += 1
        if part.timeliness is Timeliness.OVERDUE:
            bands[band(part.days or 0)] += 1
            closed += not part.open
    return Count(cells, statuses, outside, tuple(bands), closed=closed)


def band(days: int) -> int:
    """Return the number of the band in which a delay of some days falls."""
    return bisect_left(_ENDS, days)


BREAKDOWNS: Final[Mapping[str, Callable[[Any], str | None]]] = {
    "lead": lambda code: code or None,
    "category": lambda category: category and category.value,
    "directive": str,
    "issuer": str,
    "month": lambda deadline: deadline and deadline.last.isoformat()[:7],
    "nature": lambda nature: str(nature.value),
    "programme": str,
    "responsible": lambda name: name,
    "status": lambda status: status and status.value,
    "year": str,
}
"""What a count can be broken down by, with the key of a fact; None where a task belongs to no group."""

_DEADLINE: Final = "deadline"
WORDS: Final[Mapping[str, type[Word]]] = {"category": Category, "nature": Nature, "status": Status}
"""Those of which the groups are codes, in an order of their own."""


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
    given = tasks_of(standings)
    names = _DEADLINE if by == "month" else by, "year", "case"
    every, apart = (_by_key(tasks.counted(*names), by) for tasks in (given, _old_ends(given)))
    groups = [_group(key, cases, apart.get(key, Counter())) for key, cases in every.items()]
    return sorted(groups, key=lambda group: (group.key is None, _place(group, by)))


def breakdown_parts(standings: Iterable[Standing], by: str) -> list[Group]:
    """Count the parts of tasks group by group: what is a unit's own by that unit, the rest as its task."""
    groups: dict[str | None, list[tuple[Standing, Part]]] = {}
    for one, part in _begun(standings):
        fact = _OF_PARTS[by](one, part) if by in _OF_PARTS else FACTS[by](one)
        groups.setdefault(BREAKDOWNS[by](fact), []).append((one, part))
    counted = (
        Group(key, _count_of(part for _one, part in parts), Counter(one.programme.year for one, _part in parts))
        for key, parts in groups.items()
    )
    return sorted(counted, key=lambda group: (group.key is None, _place(group, by)))


_OF_PARTS: Final[Mapping[str, Callable[[Standing, Part], Any]]] = {
    "lead": lambda one, part: part.fate.cell.unit or one.lead,
    "status": lambda _one, part: part.status,
    "month": lambda _one, part: part.fate.found.deadline,
}
"""What a part says otherwise than its task."""


def _by_key(cases: Cases, by: str) -> dict[str | None, Cases]:
    key_of = cache(BREAKDOWNS[by])
    groups: dict[str | None, Cases] = {}
    for (fact, year, case), number in cases.items():
        groups.setdefault(key_of(fact), Counter())[year, case] += number
    return groups


def _group(key: str | None, cases: Cases, apart: Cases) -> Group:
    years: Counter[int] = Counter()
    for (year, case), number in (cases - apart).items():
        years[year] += number * (case.status is not Status.VOID)
    return Group(key, _counted(cases, apart), dict(sorted(years.items())))


def _place(group: Group, by: str) -> tuple[int | str, ...]:
    if by in WORDS and group.key:
        return ([word.value for word in WORDS[by]].index(group.key),)
    if by in ("year", "month"):
        return (group.key or "",)
    return (-group.count.total,) if by in ("lead", "issuer", "responsible") else ()
