"""Tasks of indexes: slices of some, one after the other, or tasks picked out of them in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias, overload

from vpcp_cli.standing import Standing
from vpcp_cli.storage.index.index import Index
from vpcp_cli.storage.index.slice import FACTS, MANY, Slice, read_of
from vpcp_cli.tasks import Tasks, Wanted
from vpcp_cli.vietnamese import Search

if TYPE_CHECKING:  # few tasks are each unit's, and few answers are for programs
    from vpcp_cli.told import Told


FEW: Final = 64
"""The first tasks of an order that are looked up before all are wanted, or some more."""


class Selected(Tasks):
    """Tasks in the order of their programmes."""

    def __init__(self, slices: Sequence[Slice]) -> None:
        """Take those of some slices."""
        self._slices = slices
        self._counted: dict[tuple[str, ...], Counter[tuple[Any, ...]]] = {}
        self._number: int | None = None

    def __len__(self) -> int:
        if self._number is None:
            counted = next(iter(self._counted.values()), None)
            each = (next(piece.select(["count(*)"]))[0] for piece in self._slices)
            self._number = sum(each) if counted is None else counted.total()
        return self._number

    def __iter__(self) -> Iterator[Standing]:
        for piece in self._slices:
            yield from (one for _number, one in piece.standings(piece.numbers()))

    def told(self) -> Iterator[Told | Standing]:
        """Yield each task for programs: without its records where these are not needed."""
        return (one for piece in self._slices for _number, one in piece.told("ORDER BY s.task"))

    def of_units(self, units: Collection[str]) -> Tasks:
        """Return the same tasks; what each of some units must do stands as their parts do."""
        return Selected([piece.of_units(units) for piece in self._slices])

    def rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Yield some facts of each task."""
        for piece in self._slices:
            yield from piece.rows(names)

    def columns(self, *names: str) -> Iterator[Sequence[Iterable[Any]]]:
        """Yield some facts of many tasks at a time."""
        return chain.from_iterable(piece.columns(names) for piece in self._slices)

    def picked(self, places: Sequence[int]) -> Tasks:
        """Return the tasks at some places."""
        every = list(self._references())
        return _Picked(self._slices, [every[place] for place in places])

    def _references(self) -> Iterator[Reference]:
        for at, piece in enumerate(self._slices):
            yield from ((at, number) for number in piece.numbers())

    def where(self, name: str, wanted: Wanted) -> Tasks:
        """Return the tasks of which a fact is wanted."""
        if len(FACTS[name].columns) > 1:
            return super().where(name, wanted)
        found = (piece.where(name, wanted) for piece in self._slices)
        return Selected([piece for piece in found if piece])

    def matching(self, search: Search, unit_names: Mapping[str, str]) -> Tasks:
        """Return the tasks in whose texts all words occur."""
        from vpcp_cli.storage.index.finder import Finder

        found = Finder(search, unit_names)
        return _Picked(
            self._slices, [(at, number) for at, piece in enumerate(self._slices) for number in found.among(piece)]
        )

    def heirs(self, ids: Collection[str]) -> Iterable[tuple[str, str]]:
        """Return what some tasks were split into or entered again as."""
        return _heirs(self._slices, ids)

    def with_entries(self, since: date, until: date) -> Tasks:
        """Return the tasks in whose logs an entry is of one day or another between two."""
        days = f"day BETWEEN {since.toordinal()} AND {until.toordinal()}"
        asked = [f"SELECT task FROM {table} WHERE {days}" for table in ("main.entry", "temp.past_day")]
        both = " UNION ALL ".join(asked)
        return Selected(
            [piece.but(f"s.task IN ({both if piece.known.with_past() else asked[0]})") for piece in self._slices]
        )

    def counted(self, *names: str) -> Counter[tuple[Any, ...]]:
        """Count the tasks that share some facts, in the order of their first ones."""
        if names not in self._counted:
            found = self._counted[names] = Counter()
            facts = [FACTS[name] for name in names]
            columns = [column for fact in facts for column in fact.columns]
            groups = sorted(columns, key="s.kind".__ne__)  # an index goes by it first
            rest = f"GROUP BY {', '.join(groups)}" if groups else ""
            for piece in self._slices:
                rows = sorted(row for row in piece.select(["min(s.task)", "count(*)", *columns], rest) if row[1])
                if rows:
                    _firsts, numbers, *given = zip(*rows, strict=True)
                    each = iter(given)
                    values = ((fact.read(piece), list(islice(each, len(fact.columns)))) for fact in facts)
                    keys = (read_of(read, columns, len(rows)) for read, columns in values)
                    for key, number in zip(zip(*keys, strict=True), numbers, strict=True):
                        found[key] += number
        return self._counted[names]

    def beyond(self, others: Tasks) -> int:
        """Count the tasks that are not among others: by their numbers, where both are of the same indexes."""
        if not isinstance(others, Selected):
            return super().beyond(others)
        theirs = others.by_index()
        return sum(piece.beyond(theirs.get(index)) for index, piece in self.by_index().items())

    def by_index(self) -> Mapping[Index, Slice]:
        """Return the slices by their indexes."""
        return {piece.known: piece for piece in self._slices}

    def ordered(self, name: str, keys: Mapping[Any, Any]) -> Tasks:
        """Return those of which a fact is one of some values, in the order of their keys.

        How many these are a count has told; where they stand is looked up of the first few alone, until all are wanted.
        """
        numbers = {value: number for (value,), number in self.counted(name).items() if value in keys}
        few, left = dict[Any, Any](), FEW
        for value in sorted(numbers, key=keys.__getitem__):
            if left <= 0 and keys[value] not in few.values():
                break
            few[value] = keys[value]
            left -= numbers[value]
        slices = [piece.where(name, keys) or piece for piece in self._slices]
        first, every = partial(self._in_order, name, few), partial(self._in_order, name, keys)
        return _Picked(slices, _AsFarAsWanted(sum(numbers.values()), first, every))

    def _in_order(self, name: str, keys: Mapping[Any, Any]) -> list[Reference]:
        """Return where the tasks of some values of a fact stand, in the order of the keys of these."""
        found: dict[Any, list[Reference]] = {}
        for at, piece in enumerate(self._slices):
            some = piece.where(name, keys)
            for number, value in some.rows([name], ["s.task"]) if some else ():
                found.setdefault(keys[value], []).append((at, number))
        return [place for key in sorted(found) for place in found[key]]


def _heirs(slices: Sequence[Slice], ids: Collection[str]) -> Iterator[tuple[str, str]]:
    for index in {piece.known: None for piece in slices}:
        rows = index.db.execute("SELECT replaces, id FROM task WHERE replaces IS NOT NULL")
        yield from ((old, heir) for old, heir in rows if old in ids)


Reference: TypeAlias = tuple[int, int]
"""A slice's place, and the number of a task in it."""


class _AsFarAsWanted(Sequence[Reference]):
    """So many references, of which the first ones can be found by themselves."""

    def __init__(self, number: int, first: Callable[[], list[Reference]], every: Callable[[], list[Reference]]) -> None:
        self._number, self._find_first, self._find_every = number, first, every

    @cached_property
    def _first(self) -> list[Reference]:
        return self._find_first()

    @cached_property
    def _every(self) -> list[Reference]:
        return self._find_every()

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[Reference]:
        return iter(self._every)

    @overload
    def __getitem__(self, at: int) -> Reference: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Reference]: ...
    def __getitem__(self, at: int | slice) -> Reference | Sequence[Reference]:
        few = isinstance(at, int) and 0 <= at < len(self._first)
        return (self._first if few else self._every)[at]


class _Picked(Tasks):
    """Tasks of some slices in any order."""

    def __init__(self, slices: Sequence[Slice], references: Sequence[Reference]) -> None:
        self._slices, self._references = slices, references

    def __len__(self) -> int:
        return len(self._references)

    def __iter__(self) -> Iterator[Standing]:
        found = {
            (at, number): one
            for at, numbers in self._by_slice().items()
            for number, one in self._slices[at].standings(numbers)
        }
        return map(found.__getitem__, self._references)

    def told(self) -> Iterator[Told | Standing]:
        """Yield each task for programs: without its records where these are not needed."""
        found = {(at, number): one for at, piece in self._needed() for number, one in piece.told()}
        return map(found.__getitem__, self._references)

    def rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Yield some facts of each task."""
        found = {(at, row[0]): row[1:] for at, piece in self._needed() for row in piece.rows(names, ["s.task"])}
        return map(found.__getitem__, self._references)

    def of_units(self, units: Collection[str]) -> Tasks:
        """Return the same tasks; what each of some units must do stands as their parts do."""
        return _Picked([piece.of_units(units) for piece in self._slices], self._references)

    def picked(self, places: Sequence[int]) -> Tasks:
        """Return the tasks at some places."""
        return _Picked(self._slices, list(map(self._references.__getitem__, places)))

    def heirs(self, ids: Collection[str]) -> Iterable[tuple[str, str]]:
        """Return what some tasks were split into or entered again as."""
        return _heirs(self._slices, ids)

    def _needed(self) -> Iterator[tuple[int, Slice]]:
        """Yield the slices with what is needed of them: few of many are asked for by their numbers."""
        for at, wanted in self._by_slice().items():
            few = len(wanted) <= MANY
            yield at, self._slices[at].of(wanted) if few else self._slices[at]

    def _by_slice(self) -> Mapping[int, list[int]]:
        """Return the numbers of the tasks by the places of their slices."""
        numbers: dict[int, list[int]] = {}
        for at, number in self._references:
            numbers.setdefault(at, []).append(number)
        return numbers
