"""Where the parts of a file stand, each counted from the one before it: an addition changes few of the numbers."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from operator import sub
from typing import TypeAlias

from vpcp_cli.storage.splice import Splice

SpanLike: TypeAlias = tuple[int, int | None, int, int, int]
"""A directive's number, a task's number in it or None, its line, where it starts and ends: `construct.Span`."""


class Spans:
    """Line, start and end of every directive, then of every task, in bytes."""

    def __init__(self, directives: int, numbers: array[int]) -> None:
        """`numbers` are the steps from line to line, the steps from start to start, and the lengths."""
        self._directives, self._numbers = directives, numbers
        self._count = len(numbers) // 3

    @classmethod
    def of(cls, spans: Iterable[SpanLike]) -> Spans:
        """Take those of a file, in their order there."""
        ordered = sorted(spans, key=lambda span: span[1] is not None)
        directives = sum(span[1] is None for span in ordered)
        numbers = array("I")
        _directives, _tasks, lines, starts, ends = zip(*ordered, strict=True) if ordered else [()] * 5
        for places in (lines, starts):
            for chain in (places[:directives], places[directives:]):
                numbers.extend(map(sub, chain, (0, *chain)))
        numbers.extend(map(sub, ends, starts))
        return cls(directives, numbers)

    @classmethod
    def read(cls, content: bytes) -> Spans:
        """Take what a section holds."""
        numbers = array("I", content)
        return cls(numbers[0], numbers[1:])

    def content(self) -> bytes:
        """Return what a section holds of them."""
        return array("I", [self._directives]).tobytes() + self._numbers.tobytes()

    @cached_property
    def lines(self) -> Sequence[int]:
        """The line of each."""
        return self._summed(0)

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each starts."""
        return self._summed(self._count)

    def at(self, number: int) -> tuple[int, int, int]:
        """Return line, start and end of one."""
        start = self.starts[number]
        return self.lines[number], start, start + self._numbers[2 * self._count + number]

    def moved(self, splice: Splice) -> Spans:
        """Return them as a splice leaves them: the parts that it lies in have grown, those behind it are further on."""
        numbers, count = self._numbers[:], self._count
        for first, last in ((0, self._directives), (self._directives, count)):
            behind = bisect_left(self.starts, splice.start, first, last)
            if behind < last:
                numbers[behind] += splice.text.count(b"\n")
                numbers[count + behind] += splice.growth
            if behind > first and self.at(behind - 1)[2] >= splice.start:
                numbers[2 * count + behind - 1] += splice.growth
        return Spans(self._directives, numbers)

    def _summed(self, first: int) -> list[int]:
        """Return where the steps lead, those of the directives and then those of the tasks."""
        tasks = first + self._directives
        return [*accumulate(self._numbers[first:tasks]), *accumulate(self._numbers[tasks : first + self._count])]
