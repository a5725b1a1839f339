"""Tasks of indexes: slices of some, one after the other, or tasks picked out of them in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeAlias

from vpcp_cli.standing import Standing
from vpcp_cli.storage.index.index import Index
from vpcp_cli.storage.index.slice import FACTS, MANY, Slice, read_of
from vpcp_cli.tasks import Tasks, Wanted
from vpcp_cli.vietnamese import Search

if TYPE_CHECKING:  # few tasks are each unit's, and few answers are for programs
    from vpcp_cli.told import Told


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
        """Return those of which a fact is one of some values, in the order of their keys."""
        found: list[tuple[Any, int, int]] = []
        slices = [some for piece in self._slices if (some := piece.where(name, keys))]
        for at, piece in enumerate(slices):
            found += [(keys[value], at, number) for number, value in piece.rows([name], ["s.task"])]
        found.sort()
        return _Picked(slices, [(at, number) for _key, at, number in found])


Reference: TypeAlias = tuple[int, int]
"""A slice's place, and the number of a task in it."""


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
