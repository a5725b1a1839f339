"""Tasks in order, of which mostly the first few are asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, overload

from vpcp_cli.roll import counted, facts, picked, where
from vpcp_cli.standing import Standing


class Ordered(Sequence[Standing]):
    """Tasks in an order that one of their facts gives, equal ones as they come: sorted as far as they are asked for."""

    def __init__(self, tasks: Iterable[Standing], name: str, keys: Mapping[Any, Any]) -> None:
        """Take those of some tasks that have one of the facts in `keys`, which say its place."""
        self._tasks, self._name, self._keys = tasks, name, keys
        self._numbers = counted(tasks, name)
        self._first: list[Standing] = []

    def __len__(self) -> int:
        return sum(self._numbers[value,] for value in self._keys)

    def __iter__(self) -> Iterator[Standing]:
        return iter(self[:])

    @overload
    def __getitem__(self, at: int) -> Standing: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Standing]: ...
    def __getitem__(self, at: int | slice) -> Standing | Sequence[Standing]:
        """Return one task, or some."""
        places = range(len(self))[at]
        if isinstance(places, int):
            return self._up_to(places + 1)[places]
        first = self._up_to(max(places, default=-1) + 1)
        return [first[place] for place in places]

    def _up_to(self, most: int) -> Sequence[Standing]:
        """Return at least so many of the first tasks."""
        if most > len(self._first):
            values = sorted(self._keys, key=self._keys.__getitem__)
            last = values[bisect_left(list(accumulate(self._numbers[value,] for value in values)), most)]
            keys = {value: key for value, key in self._keys.items() if key <= self._keys[last]}
            near = where(self._tasks, self._name, keys.__contains__)
            order = [keys[value] for value in facts(near, self._name)]
            self._first = list(picked(near, sorted(range(len(order)), key=order.__getitem__)[:most]))
        return self._first
