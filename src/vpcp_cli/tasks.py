"""Some tasks as they stand on a day, in an order: to be listed, counted and sorted by their facts.

What knows them, and how, is not said here: storage answers from its index, a `TaskList` from standings that are there.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias, overload

from vpcp_cli.case import case_of
from vpcp_cli.standing import Standing, of_units
from vpcp_cli.vietnamese import Search

if TYPE_CHECKING:
    from vpcp_cli.programme import LogEntry, Task
    from vpcp_cli.told import Told

FACTS: Final[Mapping[str, Callable[[Standing], Any]]] = {
    "id": lambda one: one.task.id,
    "vi": lambda one: one.task.text.in_("vi"),
    "en": lambda one: one.task.text.in_("en"),
    "programme": lambda one: one.programme.id,
    "year": lambda one: one.programme.year,
    "directive": lambda one: one.directive.id,
    "around": lambda one: (one.programme, one.directive),
    "issuer": lambda one: one.directive.issuer.name,
    "issued": lambda one: one.directive.issued,
    "document": lambda one: one.directive.number,
    "nature": lambda one: one.task.nature,
    "category": lambda one: one.task.category,
    "priority": lambda one: one.task.priority,
    "responsible": lambda one: one.responsible,
    "tags": lambda one: one.task.tags,
    "awaited": lambda one: one.awaited,
    "parted": lambda one: one.task.recurs is not None or one.task.each,
    "status": lambda one: one.status,
    "timeliness": lambda one: one.timeliness,
    "days": lambda one: one.days,
    "open": lambda one: one.open,
    "obstacle": lambda one: bool(one.obstacles),
    "lead": lambda one: one.lead,
    "support": lambda one: one.support,
    "units": lambda one: (one.lead, *one.support),
    "deadline": lambda one: one.deadline,
    "deadline_words": lambda one: one.deadline_words,
    "settled": lambda one: one.last_entry.date if one.last_entry else None,
    "carried_to": lambda one: one.carried_to,
    "replaces": lambda one: one.task.replaces,
    "postponements": lambda one: one.postponements,
    "case": case_of,
}
"""The facts that can be asked of many tasks at once, and what each is of a single one."""

BLOCK: Final = 1000
"""So many tasks are looked at together."""

Wanted: TypeAlias = "Collection[Any] | Callable[[Any], object]"
"""The values of a fact that are wanted, or what tells whether one is."""


def judge(wanted: Wanted) -> Callable[[Any], object]:
    """Return what tells whether a value is wanted."""
    return wanted if callable(wanted) else wanted.__contains__


class Tasks(ABC, Sequence[Standing]):
    """Tasks in an order. A part of them, or another order, are tasks again."""

    @abstractmethod
    def rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Yield some facts of each task, as `FACTS` has them."""

    @abstractmethod
    def picked(self, places: Sequence[int]) -> Tasks:
        """Return the tasks at some places, in the order of these."""

    def told(self) -> Iterator[Told | Standing]:
        """Yield each task for programs: without its records where these are not needed."""
        return iter(self)

    def of_units(self, units: Collection[str]) -> Tasks:
        """Return the same tasks; what each of some units must do stands as their parts do, and they lead it."""
        return TaskList(of_units(one, units) for one in self)

    def columns(self, *names: str) -> Iterator[Sequence[Iterable[Any]]]:
        """Yield some facts of many tasks at a time: a column for each fact."""
        rows = self.rows(*names)
        while block := list(islice(rows, BLOCK)):
            yield list(zip(*block, strict=True))

    def fact(self, name: str) -> Iterator[Any]:
        """Yield one fact of each task."""
        return chain.from_iterable(values for (values,) in self.columns(name))

    def where(self, name: str, wanted: Wanted) -> Tasks:
        """Return the tasks of which a fact is wanted."""
        is_wanted = judge(wanted)
        return self.picked([place for place, value in enumerate(self.fact(name)) if is_wanted(value)])

    def matching(self, search: Search, unit_names: Mapping[str, str]) -> Tasks:
        """Return the tasks in whose texts all words occur; a lead is known by its names, too."""
        from vpcp_cli.searched import haystacks

        return self.picked([at for at, one in enumerate(self) if search.matches(*haystacks(one, unit_names))])

    def heirs(self, ids: Collection[str]) -> Iterable[tuple[str, str]]:
        """Return what some tasks were split into or entered again as: their ids first.

        Those that were split or entered again themselves are known although they are none of these.
        """
        return self.where("replaces", ids).rows("replaces", "id")

    def with_entries(self, since: date, until: date) -> Tasks:
        """Return the tasks in whose logs an entry is of one of some days, or was written down on one."""
        days = (
            {day for entry in _entries(one.task) for day in (entry.date, entry.recorded or entry.date)} for one in self
        )
        happened = (any(since <= day <= until for day in each) for each in days)
        return self.picked([place for place, has_one in enumerate(happened) if has_one])

    def beyond(self, others: Tasks) -> int:
        """Count the tasks that are not among others."""
        known = set(others.fact("id"))
        return sum(id_ not in known for id_ in self.fact("id"))

    def counted(self, *names: str) -> Counter[tuple[Any, ...]]:
        """Count the tasks that share some facts, in the order of their first ones."""
        return Counter(self.rows(*names))

    def ordered(self, name: str, keys: Mapping[Any, Any]) -> Tasks:
        """Return those of which a fact is one of some values, in the order of their keys, equal ones as they come."""
        some = self.where(name, keys)
        order = [keys[value] for value in some.fact(name)]
        return some.picked(sorted(range(len(order)), key=order.__getitem__))

    @overload
    def __getitem__(self, at: int) -> Standing: ...
    @overload
    def __getitem__(self, at: slice) -> Tasks: ...
    def __getitem__(self, at: int | slice) -> Standing | Tasks:
        """Return one task, or some."""
        places = range(len(self))[at]
        if isinstance(places, int):
            return next(iter(self.picked([places])))
        return self if len(places) == len(self) and places.step == 1 else self.picked(places)


class TaskList(Tasks):
    """Tasks whose standings are there."""

    def __init__(self, standings: Iterable[Standing]) -> None:
        """Take them in their order."""
        self._standings = list(standings)

    def __len__(self) -> int:
        return len(self._standings)

    def __iter__(self) -> Iterator[Standing]:
        return iter(self._standings)

    def rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Yield some facts of each task."""
        facts = [FACTS[name] for name in names]
        return (tuple([fact(one) for fact in facts]) for one in self._standings)

    def picked(self, places: Sequence[int]) -> TaskList:
        """Return the tasks at some places."""
        return TaskList(map(self._standings.__getitem__, places))

    def heirs(self, ids: Collection[str]) -> Iterable[tuple[str, str]]:
        """Return what some tasks were split into or entered again as: each knows what it goes on from."""
        return [(old, one.task.id) for one in self for old in one.task.replaced if old in ids]


def _entries(task: Task) -> Iterator[LogEntry]:
    """Yield all entries of a task, and those of what it goes on from."""
    yield from task.log
    if task.inherited:
        from vpcp_cli.linking import whole_log

        yield from (told.entry for _end, told in whole_log(task))


def tasks_of(standings: Iterable[Standing]) -> Tasks:
    """Return standings as tasks."""
    return standings if isinstance(standings, Tasks) else TaskList(standings)
