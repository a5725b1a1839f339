"""All tasks of some programmes as they stand on a day: a sequence of standings, made one by one as they are asked for.

Whole columns of facts are there without any of them, which is what selects, sorts and counts thousands of tasks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from itertools import chain, compress, groupby, starmap
from operator import itemgetter
from typing import Any, Final, TypeVar, overload

from vpcp_cli.case import Clock, case_of
from vpcp_cli.deadline import Deadline
from vpcp_cli.facts import Column, Facts, Late, facts_of
from vpcp_cli.programme import Directive, Programme, Task, Text
from vpcp_cli.standing import DUE_SOON_DAYS, Standing, forecast, stand, waiting

V = TypeVar("V")
FACTS: Final[Mapping[str, Callable[[Standing], Any]]] = {
    "id": lambda one: one.task.id,
    "vi": lambda one: one.task.text.in_("vi"),
    "en": lambda one: one.task.text.in_("en"),
    "programme": lambda one: one.programme.id,
    "year": lambda one: one.programme.year,
    "directive": lambda one: one.directive.id,
    "issuer": lambda one: one.directive.issuer.name,
    "issued": lambda one: one.directive.issued,
    "nature": lambda one: one.task.nature,
    "category": lambda one: one.task.category,
    "priority": lambda one: one.task.priority,
    "responsible": lambda one: one.task.responsible,
    "status": lambda one: one.status,
    "timeliness": lambda one: one.timeliness,
    "days": lambda one: one.days,
    "open": lambda one: one.open,
    "obstacle": lambda one: bool(one.obstacles),
    "lead": lambda one: one.lead,
    "support": lambda one: one.support,
    "units": lambda one: (one.lead, *one.support),
    "deadline": lambda one: one.deadline,
    "settled": lambda one: one.last_entry.date if one.last_entry else None,
    "carried_to": lambda one: one.carried_to,
    "postponements": lambda one: one.postponements,
    "case": case_of,
}
"""The facts that can be asked of many tasks at once, and what each is of a single one."""


class _LateTask(Late, Task):
    """A task of which the facts are known; all else is made with the whole task."""

    __slots__ = ("_part", "_place")
    _part: _Part
    _place: int

    def _late(self, name: str) -> Any:  # noqa: ANN401 - a field of any type
        part, place = self._part, self._place
        if name == "text":
            lacks = part.values("lacks")[place]
            return Text(
                None if lacks == "vi" else part.values("vi")[place], None if lacks == "en" else part.values("en")[place]
            )
        kept = _OF_TASK.get(name)
        return part.values(kept)[place] if kept else getattr(part.facts.task(place), name)


_FEW: Final = 1000
_OF_TASK: Final = {name: name for name in ("id", "line", "nature", "category", "priority", "responsible")} | {
    "lead": "first_lead"
}


class _LateStanding(Late, Standing):
    """A standing of which each fact is looked up when it is asked for."""

    __slots__ = ("_part", "_place")
    _part: _Part
    _place: int

    def _late(self, name: str) -> Any:  # noqa: ANN401 - a field of any type
        part, place = self._part, self._place
        if name in _OF_STANDING:
            return part.values(name)[place]
        if name == "task":
            return _late(_LateTask, part, place)
        if name == "directive":
            return part.facts.directive(part.values("directive number")[place])
        if name == "risk":
            return self._risk()
        if name == "obstacles":
            return part.values("obstacles")[place] if part.values("obstacle")[place] else ()
        if name == "last_entry" and not part.values("settled")[place]:
            return None
        return (
            part.programme if name == "programme" else part.day if name == "day" else getattr(part.whole(place), name)
        )

    def _risk(self) -> object:
        part, place = self._part, self._place
        return forecast(
            self.status,
            self.timeliness,
            self.postponements,
            part.values("obstacle")[place],
            part.values("settled")[place],
            part.day,
            part.values("spoken")[place],
        )


_OF_STANDING: Final = frozenset(
    {
        *("status", "timeliness", "days", "lead", "support", "first_deadline", "deadline", "pending_deadline"),
        *("postponements", "done_on", "carried_to"),
    }
)


def _late(kind: Any, part: _Part, place: int) -> Any:  # noqa: ANN401 - one of the two classes above
    one = object.__new__(kind)
    kind._part.__set__(one, part)  # noqa: SLF001 - the slots of the classes above, filled past what freezes them
    kind._place.__set__(one, place)  # noqa: SLF001
    return one


class _Part:
    """The tasks of one programme on a day. Those with later log entries are folded anew, the others stand as kept."""

    def __init__(self, facts: Facts, day: date, due_soon_days: int) -> None:
        self.facts, self.programme, self.day = facts, facts.programme, day
        self._soon = due_soon_days
        self._columns: dict[str, Column[Any]] = {}
        self._values: dict[str, Sequence[Any]] = {}
        self._wholes: dict[int, Standing] = {}

    @cached_property
    def size(self) -> int:
        """The number of the programme's tasks."""
        exists = self.facts.column("exists")
        return len(exists.values if exists.numbers is None else exists.numbers)

    @cached_property
    def places(self) -> Sequence[int]:
        """The places of the tasks that exist on the day."""
        exists = self.facts.column("exists")
        there = [first <= self.day for first in exists.values]
        numbers = exists.numbers or range(len(there))
        if all(there):
            return range(len(numbers))
        return [place for place, number in enumerate(numbers) if there[number]]

    @cached_property
    def unsettled(self) -> Mapping[int, Standing]:
        """The tasks that stand otherwise than after their last entry, as they stand."""
        settled = self.facts.column("settled")
        later = [last is not None and last > self.day for last in settled.values]
        if not any(later):
            return {}
        numbers = settled.numbers or range(len(later))
        return {place: self.whole(place) for place in self.places if later[numbers[place]]}

    def whole(self, place: int) -> Standing:
        """Return a standing made from the whole task, which exists on the day."""
        if place not in self._wholes:
            directive = self.facts.directive(self.facts.column("directive").at(place))
            made = stand(self.programme, directive, self.facts.task(place), self.day, self._soon)
            if made is None:
                raise LookupError(place)
            self._wholes[place] = made
        return self._wholes[place]

    def few(self, number: int) -> bool:
        """Whether so many are few of the programme's tasks."""
        return number * _FEW < self.size

    def standing(self, place: int) -> Standing:
        """Return a standing."""
        if place in self.unsettled:
            return self.unsettled[place]
        one: Standing = _late(_LateStanding, self, place)
        return one

    def values(self, name: str) -> Sequence[Any]:
        """Return a fact of every task of the programme."""
        if name not in self._values:
            self._values[name] = self.column(name).all()
        return self._values[name]

    def column(self, name: str) -> Column[Any]:
        """Return a fact as it is on the day; kept facts that `FACTS` lacks are those after the last entries."""
        if name not in self._columns:
            column = self._settled(name)
            if name in FACTS and self.unsettled:
                column = column.changed({place: FACTS[name](one) for place, one in self.unsettled.items()})
            self._columns[name] = column
        return self._columns[name]

    def _settled(self, name: str) -> Column[Any]:
        column, facts = self.facts.column, self.facts
        if name in ("timeliness", "days"):
            return column("clock").mapped(self._stands).mapped(lambda stands: stands[0 if name == "timeliness" else 1])
        if name in ("programme", "year"):
            value = self.programme.id if name == "programme" else self.programme.year
            return Column([value], bytes(self.size))
        if name == "directive number":
            return column("directive")
        if name == "directive":
            return column(name).mapped(facts.directives().__getitem__)
        if name in ("issuer", "issued"):
            return column("directive").mapped(lambda number: _OF_DIRECTIVE[name](facts.directive(number)))
        if name == "units":
            both = zip(column("lead").all(), column("support").all(), strict=True)
            return Column.of((lead, *support) for lead, support in both)
        if name == "case":
            return column("case").mapped(lambda lasting: lasting.on(self.day, self._soon))
        return column(name)

    def _stands(self, clock: Clock) -> tuple[object, int | None]:
        return waiting(clock.last, self.day, self._soon) if isinstance(clock, Deadline) else clock


_OF_DIRECTIVE: Final[Mapping[str, Callable[[Directive], Any]]] = {
    "issuer": lambda directive: directive.issuer.name,
    "issued": lambda directive: directive.issued,
}


class Roll(Sequence[Standing]):
    """Tasks in the order of their programmes, or in another."""

    def __init__(self, runs: Sequence[tuple[_Part, Sequence[int]]]) -> None:
        """Each run is a part with the places of its tasks that come next."""
        self._runs = runs
        self._counted: dict[tuple[str, ...], Counter[tuple[Any, ...]]] = {}

    @classmethod
    def of(cls, programmes: Iterable[Programme], day: date, due_soon_days: int = DUE_SOON_DAYS) -> Roll:
        """Return every task that exists on a day."""
        parts = [_Part(facts_of(programme), day, due_soon_days) for programme in programmes]
        return cls([(part, part.places) for part in parts])

    def __len__(self) -> int:
        return sum(len(places) for _part, places in self._runs)

    def __iter__(self) -> Iterator[Standing]:
        """Yield standings; few of many are made from their tasks, which takes fewer columns."""
        numbers: Counter[_Part] = Counter()
        for part, places in self._runs:
            numbers[part] += len(places)
        made = {part: part.whole if part.few(number) else part.standing for part, number in numbers.items()}
        return chain.from_iterable(map(made[part], places) for part, places in self._runs)

    @overload
    def __getitem__(self, at: int) -> Standing: ...
    @overload
    def __getitem__(self, at: slice) -> Roll: ...
    def __getitem__(self, at: int | slice) -> Standing | Roll:
        """Return one standing, or the roll of some that follow each other."""
        if isinstance(at, slice):
            return self._slice(*at.indices(len(self)))
        rest = at + len(self) if at < 0 else at
        for part, places in self._runs if rest >= 0 else ():
            if rest < len(places):
                return part.standing(places[rest])
            rest -= len(places)
        raise IndexError(at)

    def _slice(self, start: int, stop: int, step: int) -> Roll:
        if step != 1:
            raise NotImplementedError
        parts = []
        for part, places in self._runs:
            parts.append((part, places[max(start, 0) : max(stop, 0)]))
            start, stop = start - len(places), stop - len(places)
        return Roll(parts)

    def facts(self, name: str, of: Callable[[Any], Any] | None = None) -> Iterator[Any]:
        """Yield one fact of each task, as `FACTS` has it, or what is `of` it; each value is asked once."""
        mapped = cache(lambda part: part.column(name).mapped(of))

        def of_run(part: _Part, places: Sequence[int]) -> Iterable[Any]:
            own = part.column(name).numbers is None
            if of is None or own:
                values = part.values(name)
                return _chosen(values, places) if of is None else map(of, _chosen(values, places))
            column = mapped(part)
            return map(column.values.__getitem__, _numbers(column, places))

        return chain.from_iterable(starmap(of_run, self._runs))

    def alike(self, names: Sequence[str]) -> Column[Standing]:
        """Return the tasks as a column in which one stands for all that share the facts of these names."""
        known: dict[_Part, dict[tuple[Any, ...], int]] = {}
        values: list[Standing] = []
        numbers: list[int] = []
        for part, places in self._runs:
            keys = list(zip(*(_numbers(part.column(name), places) for name in names), strict=True))
            own = known.setdefault(part, {})
            for key, place in dict(zip(keys, places, strict=True)).items():
                if key not in own:
                    own[key] = len(values)
                    values.append(part.standing(place))
            numbers += map(own.__getitem__, keys)
        return Column(values, numbers)

    def where(self, name: str, wanted: Callable[[Any], object]) -> Roll:
        """Return the tasks of which a fact is wanted; each value is judged once."""
        return Roll([(part, _wanted(part, name, places, wanted)) for part, places in self._runs if places])

    def named(self, ids: frozenset[str]) -> Roll:
        """Return the tasks of some ids; few are found without looking at each of the others."""
        return Roll([(part, _named(part, places, ids)) for part, places in self._runs])

    def counted(self, *names: str) -> Counter[tuple[Any, ...]]:
        """Count the tasks that share some facts, in the order of their first ones."""
        if names not in self._counted:
            found = self._counted[names] = Counter()
            for part, places in self._runs:
                columns = [part.column(name) for name in names]
                for numbers, tasks in _shared(columns, places).items():
                    found[tuple(one.values[number] for one, number in zip(columns, numbers, strict=True))] += tasks
        return self._counted[names]

    def picked(self, order: Iterable[int]) -> Roll:
        """Return the tasks at some places in the roll, in the order of these."""
        if len(self._runs) == 1:
            part, places = self._runs[0]
            return Roll([(part, list(map(places.__getitem__, order)))])
        every = [(part, place) for part, places in self._runs for place in places]
        runs = groupby(map(every.__getitem__, order), key=itemgetter(0))
        return Roll([(part, [place for _part, place in run]) for part, run in runs])


def _chosen(values: Sequence[V], places: Sequence[int]) -> Iterable[V]:
    """Return the values at some places."""
    whole = isinstance(places, range) and len(places) == len(values)
    return values if whole else map(values.__getitem__, places)


def _numbers(column: Column[Any], places: Sequence[int]) -> Iterable[int]:
    """Return for each place the number of its value."""
    return places if column.numbers is None else _chosen(column.numbers, places)


def _shared(columns: Sequence[Column[Any]], places: Sequence[int]) -> Mapping[tuple[int, ...], int]:
    """Count the tasks at some places that share the numbers of their values."""
    numbers = [_numbers(one, places) for one in columns]
    if len(numbers) > 1:
        return Counter(zip(*numbers, strict=True))
    return {(number,): tasks for number, tasks in Counter(numbers[0]).items()}  # twice as fast as to count tuples


def _wanted(part: _Part, name: str, places: Sequence[int], wanted: Callable[[Any], object]) -> Sequence[int]:
    column = part.column(name)
    if column.numbers is None:
        return list(compress(places, map(wanted, _chosen(column.values, places))))
    yes = [bool(wanted(value)) for value in column.values]
    if all(yes):
        return places
    return list(compress(places, map(yes.__getitem__, _numbers(column, places)))) if any(yes) else []


def _named(part: _Part, places: Sequence[int], ids: frozenset[str]) -> Sequence[int]:
    if not part.few(len(ids)):
        return _wanted(part, "id", places, ids.__contains__)
    found = (part.facts.place(one) for one in ids)
    return sorted(place for place in found if place is not None and place in places)


def where(tasks: Iterable[Standing], name: str, wanted: Callable[[Any], object]) -> Iterable[Standing]:
    """Return the tasks of which a fact is wanted."""
    if isinstance(tasks, Roll):
        return tasks.where(name, wanted)
    return [one for one in tasks if wanted(FACTS[name](one))]


def facts(tasks: Iterable[Standing], name: str, of: Callable[[Any], Any] | None = None) -> Iterator[Any]:
    """Yield one fact of some tasks, as `FACTS` has it, or what is `of` it."""
    if isinstance(tasks, Roll):
        return tasks.facts(name, of)
    found = map(FACTS[name], tasks)
    return found if of is None else map(of, found)


def counted(tasks: Iterable[Standing], *names: str) -> Counter[tuple[Any, ...]]:
    """Count the tasks that share some facts."""
    if isinstance(tasks, Roll):
        return tasks.counted(*names)
    return Counter(tuple(FACTS[name](one) for name in names) for one in tasks)


def alike(tasks: Sequence[Standing], names: Sequence[str]) -> Column[Standing]:
    """Return some tasks as a column in which one may stand for all that share the facts of these names."""
    return tasks.alike(names) if isinstance(tasks, Roll) else Column(tasks)


def picked(tasks: Iterable[Standing], order: Iterable[int]) -> Sequence[Standing]:
    """Return the tasks at some places, in the order of these."""
    return tasks.picked(order) if isinstance(tasks, Roll) else list(map(list(tasks).__getitem__, order))
