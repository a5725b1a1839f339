"""The facts of a programme's tasks in columns: quick to keep, to read back, and to select by.

What is folded from a log holds from the day of its last entry on, which is the fact `settled`. Only a deadline that is
still waited for depends on the day of the report; the fact `clock` is that deadline, or how the task stands for good.
The fact `case` holds together what counts ask of a task.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, Final, Generic, Protocol, TypeVar

from vpcp_cli.case import clock, lasting, spoken
from vpcp_cli.dataclass import dataclass
from vpcp_cli.programme import Directive, Programme, Task
from vpcp_cli.standing import Standing, stand

V = TypeVar("V")
W = TypeVar("W")


@dataclass(frozen=True, slots=True)
class Column(Generic[V]):
    """One fact of every task, in file order: the values that occur, and for each task the number of its own.

    Without numbers the values are those of the tasks, one each.
    """

    values: Sequence[V]
    numbers: Sequence[int] | None = None

    @classmethod
    def of(cls, values: Iterable[V]) -> Column[V]:
        """Keep each value once."""
        places: dict[V, int] = {}
        numbers = [places.setdefault(value, len(places)) for value in values]
        return cls(list(places), numbers)

    def all(self) -> Sequence[V]:
        """Return the value of each task."""
        return self.values if self.numbers is None else list(map(self.values.__getitem__, self.numbers))

    def at(self, place: int) -> V:
        """Return the value of one task."""
        return self.values[place if self.numbers is None else self.numbers[place]]

    def changed(self, values: Mapping[int, V]) -> Column[V]:
        """Return the column with other values of some tasks."""
        if self.numbers is None:
            return Column([values.get(place, value) for place, value in enumerate(self.values)])
        numbers = list(self.numbers)
        for number, place in enumerate(values, start=len(self.values)):
            numbers[place] = number
        return Column([*self.values, *values.values()], numbers)

    def mapped(self, function: Callable[[V], W]) -> Column[W]:
        """Return another fact that follows from this one alone."""
        return Column(list(map(function, self.values)), self.numbers)


class Facts(Protocol):
    """The facts of one programme."""

    @property
    def programme(self) -> Programme:
        """The programme itself."""

    def column(self, name: str) -> Column[Any]:
        """Return one of the facts that `SETTLED` names, or `directive`: the number of each task's directive."""

    def directives(self) -> Sequence[str]:
        """Return the ids of the directives."""

    def directive(self, number: int) -> Directive:
        """Return a directive."""

    def task(self, place: int) -> Task:
        """Return the task at a place, counted through all directives."""

    def place(self, task: str) -> int | None:
        """Return the place of the task of an id."""

    def leads(self) -> frozenset[str]:
        """Return the codes of all units that ever were lead or support of a task."""

    def head(self, name: str) -> Any:  # noqa: ANN401 - a field of any type
        """Return what stands in a field of the programme itself."""


SETTLED: Final[Mapping[str, Callable[[Standing], Any]]] = {
    "id": lambda one: one.task.id,
    "line": lambda one: one.task.line,
    "vi": lambda one: one.task.text.in_("vi"),
    "en": lambda one: one.task.text.in_("en"),
    "lacks": lambda one: None if one.task.text.vi and one.task.text.en else "en" if one.task.text.vi else "vi",
    "nature": lambda one: one.task.nature,
    "category": lambda one: one.task.category,
    "priority": lambda one: one.task.priority,
    "responsible": lambda one: one.task.responsible,
    "first_lead": lambda one: one.task.lead,
    "exists": lambda one: one.programme.exists_from(one.directive, one.task),
    "settled": lambda one: one.last_entry.date if one.last_entry else None,
    "status": lambda one: one.status,
    "open": lambda one: one.open,
    "clock": clock,
    "case": lasting,
    "lead": lambda one: one.lead,
    "support": lambda one: one.support,
    "first_deadline": lambda one: one.first_deadline,
    "deadline": lambda one: one.deadline,
    "pending_deadline": lambda one: one.pending_deadline,
    "postponements": lambda one: one.postponements,
    "done_on": lambda one: one.done_on,
    "carried_to": lambda one: one.carried_to,
    "obstacle": lambda one: bool(one.obstacles),
    "obstacles": lambda one: one.obstacles,
    "spoken": spoken,
}
"""What is kept of each task, taken from it as it stands after its last entry."""
OWN: Final = frozenset({"id", "line", "vi", "en"})
"""Facts of which nearly every task has its own."""


class Taken:
    """The facts of a programme that is there as a whole."""

    def __init__(self, programme: Programme) -> None:
        """Fold every log once."""
        self.programme = programme
        self._columns: dict[str, Column[Any]] = {}
        self._standings: list[Standing] | None = None
        self._tasks = [task for _directive, task in programme.tasks()]

    def column(self, name: str) -> Column[Any]:
        """Return a fact of all tasks."""
        if name not in self._columns:
            self._columns[name] = self._taken(name)
        return self._columns[name]

    def _taken(self, name: str) -> Column[Any]:
        if name == "directive":
            directives = self.programme.directives
            numbers = [number for number, one in enumerate(directives) for _task in one.tasks]
            return Column(range(len(directives)), numbers)
        if self._standings is None:
            last = (stand(self.programme, directive, task, date.max) for directive, task in self.programme.tasks())
            self._standings = [one for one in last if one]
        values = map(SETTLED[name], self._standings)
        return Column(list(values)) if name in OWN else Column.of(values)

    def directives(self) -> Sequence[str]:
        """Return the ids of the directives."""
        return [directive.id for directive in self.programme.directives]

    def directive(self, number: int) -> Directive:
        """Return a directive."""
        return self.programme.directives[number]

    def task(self, place: int) -> Task:
        """Return a task."""
        return self._tasks[place]

    def place(self, task: str) -> int | None:
        """Return the place of the task of an id."""
        return next((place for place, one in enumerate(self._tasks) if one.id == task), None)

    def leads(self) -> frozenset[str]:
        """Return the codes of all units that take part."""
        moved = {entry.lead for task in self._tasks for entry in task.log if entry.lead}
        return frozenset(moved.union(*((task.lead, *task.support) for task in self._tasks)))

    def head(self, name: str) -> Any:  # noqa: ANN401 - a field of any type
        """Return what stands in a field of the programme."""
        return getattr(self.programme, name)


class Late:
    """Base of records of which a part is made only when it is asked for; equal to whole ones with the same values."""

    __slots__ = ()

    def _late(self, name: str) -> Any:  # noqa: ANN401 - a field of any type
        raise NotImplementedError

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - reached only while a slot is empty
        if name.startswith("__"):
            raise AttributeError(name)
        value = self._late(name)
        object.__setattr__(self, name, value)
        return value

    def __eq__(self, other: object) -> bool:
        kind = _whole_kind(type(self))
        if not isinstance(other, kind):
            return NotImplemented
        return all(getattr(self, one.name) == getattr(other, one.name) for one in fields(kind) if one.compare)

    def __hash__(self) -> int:
        kind = _whole_kind(type(self))
        return hash(tuple(getattr(self, one.name) for one in fields(kind) if one.compare))


def _whole_kind(late: type) -> Any:  # noqa: ANN401 - a dataclass
    return next(kind for kind in late.__mro__ if not issubclass(kind, Late))


class Known(Late, Programme):
    """A programme whose facts are known, and of which all else may yet have to be made."""

    __slots__ = ("facts",)
    facts: Facts

    @classmethod
    def of(cls, programme: Programme) -> Known:
        """Keep the facts of a programme with it."""
        known = cls(**{one.name: getattr(programme, one.name) for one in fields(Programme)})
        object.__setattr__(known, "facts", Taken(programme))
        return known

    @classmethod
    def late(cls, facts: Facts, id_: str, file: str) -> Known:
        """Keep facts with a programme of which all but its name is left to them."""
        known = object.__new__(cls)
        for name, value in {"id": id_, "file": file, "year": int(id_[:4]), "facts": facts}.items():
            object.__setattr__(known, name, value)
        return known

    def _late(self, name: str) -> Any:  # noqa: ANN401
        if name == "directives":
            return tuple(map(self.facts.directive, range(len(self.facts.directives()))))
        return self.facts.head(name)


def facts_of(programme: Programme) -> Facts:
    """Return the facts that are known, or take them."""
    return programme.facts if isinstance(programme, Known) else Taken(programme)
