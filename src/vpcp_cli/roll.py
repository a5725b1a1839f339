"""All tasks of some programmes as they stand on a day: a sequence of standings, made one by one as they are asked for.

Whole columns of facts are there without any of them, which is what selects, sorts and counts thousands of tasks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, Final, overload

from vpcp_cli.deadline import Deadline
from vpcp_cli.facts import Clock, Column, Facts, Late, facts_of
from vpcp_cli.programme import Directive, Programme, Task, Text
from vpcp_cli.standing import DUE_SOON_DAYS, Standing, forecast, stand, waiting
from vpcp_cli.vocabulary import Risk, Status, Timeliness

_URGENT: Final = (Timeliness.OVERDUE, Timeliness.DUE_SOON)

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
    "alert": lambda one: one.open and (one.timeliness in _URGENT or _warns(one)),
    "risk": lambda one: one.risk.level if one.risk else None,
    "pending": lambda one: one.pending_deadline is not None,
    "lead": lambda one: one.lead,
    "support": lambda one: one.support,
    "units": lambda one: (one.lead, *one.support),
    "deadline": lambda one: one.deadline,
    "settled": lambda one: one.last_entry.date if one.last_entry else None,
    "carried_to": lambda one: one.carried_to,
    "postponements": lambda one: one.postponements,
}
"""The facts that can be asked of many tasks at once, and what each is of a single one."""


def _warns(one: Standing) -> bool:
    """Whether anything but the deadline calls for attention."""
    return bool(one.obstacles or one.pending_deadline or (one.risk and one.risk.level is Risk.HIGH))


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
        self._levels: dict[tuple[Any, ...], object] = {}

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
            directive = self.facts.directive(self.values("directive number")[place])
            made = stand(self.programme, directive, self.facts.task(place), self.day, self._soon)
            if made is None:
                raise LookupError(place)
            self._wholes[place] = made
        return self._wholes[place]

    def standings(self, places: Sequence[int]) -> Iterator[Standing]:
        """Yield standings; few of many are made from their tasks, which takes fewer columns."""
        few = len(places) * _FEW < len(self.facts.column("id").values)
        return map(self.whole if few else self.standing, places)

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
                values = list(column.all())
                for place, one in self.unsettled.items():
                    values[place] = FACTS[name](one)
                column = Column.of(values)
            self._columns[name] = column
        return self._columns[name]

    def _settled(self, name: str) -> Column[Any]:
        column, facts = self.facts.column, self.facts
        if name in ("timeliness", "days"):
            return column("clock").mapped(self._stands).mapped(lambda stands: stands[0 if name == "timeliness" else 1])
        if name in ("programme", "year"):
            value = self.programme.id if name == "programme" else self.programme.year
            return Column([value], bytes(len(column("id").values)))
        if name == "directive number":
            return column("directive")
        if name in ("directive", "issuer", "issued"):
            return column("directive").mapped(lambda number: _OF_DIRECTIVE[name](facts.directive(number)))
        if name == "units":
            both = zip(column("lead").all(), column("support").all(), strict=True)
            return Column.of((lead, *support) for lead, support in both)
        if name == "alert":
            return Column(self._alerts())
        if name == "pending":
            return column("pending_deadline").mapped(lambda deadline: deadline is not None)
        if name == "risk":
            return Column(list(map(self._level, *map(self._all, _OF_RISK))))
        return column(name)

    def _all(self, name: str) -> Sequence[Any]:
        return self._settled(name).all()

    def _level(self, open_: bool, status: Status, timeliness: Timeliness, settled: date | None, *facts: Any) -> object:  # noqa: ANN401, FBT001
        if not open_:
            return None
        case = status, timeliness, settled if status is Status.IN_PROGRESS else None, *facts
        if case not in self._levels:
            postponements, obstacle, spoken = facts
            said = forecast(status, timeliness, postponements, obstacle, case[2], self.day, spoken)
            self._levels[case] = said and said.level
        return self._levels[case]

    def _alerts(self) -> Sequence[bool]:
        pending = self.facts.column("pending_deadline").mapped(bool)
        high = self.facts.column("spoken").mapped(lambda spoken: spoken is not None and spoken.level is Risk.HIGH)
        urgent = self._settled("timeliness").mapped(_URGENT.__contains__)
        columns = [self.facts.column("open"), urgent, self.facts.column("obstacle"), pending, high]
        return [open_ and (any(alarms)) for open_, *alarms in zip(*(one.all() for one in columns), strict=True)]

    def _stands(self, clock: Clock) -> tuple[object, int | None]:
        return waiting(clock, self.day, self._soon) if isinstance(clock, Deadline) else clock


_OF_DIRECTIVE: Final[Mapping[str, Callable[[Directive], Any]]] = {
    "directive": lambda directive: directive.id,
    "issuer": lambda directive: directive.issuer.name,
    "issued": lambda directive: directive.issued,
}


_OF_RISK: Final = ("open", "status", "timeliness", "settled", "postponements", "obstacle", "spoken")


class Roll(Sequence[Standing]):
    """Tasks in the order of their programmes."""

    def __init__(self, parts: Sequence[tuple[_Part, Sequence[int]]]) -> None:
        """Each part with the places of its tasks that are meant."""
        self._parts = parts

    @classmethod
    def of(cls, programmes: Iterable[Programme], day: date, due_soon_days: int = DUE_SOON_DAYS) -> Roll:
        """Return every task that exists on a day."""
        parts = [_Part(facts_of(programme), day, due_soon_days) for programme in programmes]
        return cls([(part, part.places) for part in parts])

    def __len__(self) -> int:
        return sum(len(places) for _part, places in self._parts)

    def __iter__(self) -> Iterator[Standing]:
        return chain.from_iterable(part.standings(places) for part, places in self._parts)

    @overload
    def __getitem__(self, at: int) -> Standing: ...
    @overload
    def __getitem__(self, at: slice) -> Roll: ...
    def __getitem__(self, at: int | slice) -> Standing | Roll:
        """Return one standing, or the roll of some that follow each other."""
        if isinstance(at, slice):
            return self._slice(*at.indices(len(self)))
        rest = at + len(self) if at < 0 else at
        for part, places in self._parts if rest >= 0 else ():
            if rest < len(places):
                return part.standing(places[rest])
            rest -= len(places)
        raise IndexError(at)

    def _slice(self, start: int, stop: int, step: int) -> Roll:
        if step != 1:
            raise NotImplementedError
        parts = []
        for part, places in self._parts:
            parts.append((part, places[max(start, 0) : max(stop, 0)]))
            start, stop = start - len(places), stop - len(places)
        return Roll(parts)

    def facts(self, name: str, of: Callable[[Any], Any] | None = None) -> Iterator[Any]:
        """Yield one fact of each task, as `FACTS` has it, or what is `of` it; each value is asked once."""
        return chain.from_iterable(_picked(part, name, of, places) for part, places in self._parts)

    def where(self, name: str, wanted: Callable[[Any], object]) -> Roll:
        """Return the tasks of which a fact is wanted; each value is judged once."""
        return Roll([(part, _wanted(part.column(name), places, wanted)) for part, places in self._parts])


def _picked(part: _Part, name: str, of: Callable[[Any], Any] | None, places: Sequence[int]) -> Iterable[Any]:
    if of is not None and part.column(name).numbers is None:
        return map(of, _picked(part, name, None, places))
    values = part.values(name) if of is None else part.column(name).mapped(of).all()
    return values if len(places) == len(values) else map(values.__getitem__, places)


def _wanted(column: Column[Any], places: Sequence[int], wanted: Callable[[Any], object]) -> Sequence[int]:
    if not places:
        return places
    if column.numbers is None:
        return [place for place in places if wanted(column.values[place])]
    yes = [bool(wanted(value)) for value in column.values]
    if all(yes):
        return places
    numbers = column.numbers
    return [place for place in places if yes[numbers[place]]] if any(yes) else []


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
