"""Columns of facts as bytes: values as JSON, then the number of each task's own; texts stand one after another."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, repeat
from sys import byteorder
from typing import Any, Final, overload

from vpcp_cli.case import Clock, Lasting
from vpcp_cli.deadline import Deadline
from vpcp_cli.facts import OWN, Column
from vpcp_cli.programme import LogEntry, Text
from vpcp_cli.standing import Obstacle, Spoken
from vpcp_cli.vocabulary import Category, Nature, Risk, Status, Timeliness

TEXTS: Final = ("id", "vi", "en")
_BYTE: Final = 1 << 8
_WIDE: Final = array("I").itemsize
_END: Final = "\x1f"
"""Stands behind each text, none of which may hold it."""
encode: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class Texts(Sequence[str]):
    """Texts that are decoded when they are asked for; an empty one stands for the one at its place in `others`."""

    def __init__(self, content: bytes, others: Sequence[str] | None) -> None:
        """Take where each text starts, and the last one ends, before the texts themselves."""
        first = int.from_bytes(content[:_WIDE], byteorder)
        self._starts, self._content, self._others = array("I", content[:first]), content, others

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        texts = self._content[self._starts[0] :].decode().split(_END)[:-1]
        if self._others is None:
            return iter(texts)
        return (own or other for own, other in zip(texts, self._others, strict=True))

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        """Return one text, or some."""
        if isinstance(at, slice):
            return list(self)[at]
        place = range(len(self))[at]
        own = self._content[self._starts[place] : self._starts[place + 1] - 1].decode()
        return own if own or self._others is None else self._others[at]

    def find(self, one: str) -> int | None:
        """Return the place of a text of its own, without a look at each of the others."""
        text = f"{one}{_END}".encode("utf-8", "surrogatepass")
        start = self._content.find(text, self._starts[0])
        while start > 0:
            place = bisect_left(self._starts, start)
            if self._starts[place] == start and self._starts[place + 1] == start + len(text):
                return place
            start = self._content.find(text, start + 1)
        return None


def texts_bytes(own: Sequence[str], others: Sequence[str] | None = None) -> bytes:
    """Return what a section holds of texts; one that is the same as at its place in `others` is left empty."""
    both = zip(own, others or repeat(None), strict=False)
    texts = [(_END if one == other else f"{one}{_END}").encode() for one, other in both]
    first = (len(texts) + 1) * _WIDE
    return array("I", accumulate(map(len, texts), initial=first)).tobytes() + b"".join(texts)


def column_of(name: str, content: bytes) -> Column[Any]:
    """Return a column that a section holds."""
    if name in OWN:
        return Column(json.loads(content))
    text, _end, numbers = content.partition(b"\n")
    values = json.loads(text)
    if name in _READERS:
        values = list(map(_READERS[name], values))
    return Column(values, numbers if len(values) <= _BYTE else array(_width(values), numbers))


def with_values(content: bytes, changed: Mapping[int, object]) -> bytes:
    """Return what a section holds of a column when the tasks at some places have other values."""
    text, _end, numbers = content.partition(b"\n")
    values = json.loads(text)
    old = array(_width(values), numbers)
    plain = {place: _plain(value) for place, value in changed.items()}
    for value in plain.values():
        values += [] if value in values else [value]
    new = array(_width(values), old)
    for place, value in plain.items():
        new[place] = values.index(value)
    return encode(values).encode() + b"\n" + new.tobytes()


def bytes_of(column: Column[Any]) -> bytes:
    """Return what a section holds of a column: its values, then the numbers in one byte each, or in more."""
    if column.numbers is None:
        return encode(column.values).encode()
    values = list(map(_plain, column.values))
    return encode(values).encode() + b"\n" + array(_width(values), iter(column.numbers)).tobytes()


def _width(values: Sequence[Any]) -> str:
    """Return the code of integers of one byte, two or four, whatever it takes to number so many values."""
    return "B" if len(values) <= _BYTE else "H" if len(values) <= _BYTE * _BYTE else "I"


def _plain(value: object) -> object:
    """Return a value as JSON holds it."""
    if isinstance(value, Deadline):
        return value.text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Spoken):
        return [value.level, value.by, value.reason]
    if isinstance(value, Obstacle):
        return _plain_obstacle(value.entry)
    if isinstance(value, Text):
        return value.vi if value.vi == value.en else {"vi": value.vi, "en": value.en}
    if isinstance(value, tuple):
        return list(map(_plain, value))
    return value


def _plain_obstacle(entry: LogEntry) -> object:
    names = ("date", "obstacle", "reported_to", "key", "by", "document", "note")
    return {name: _plain(getattr(entry, name)) for name in names if getattr(entry, name) is not None}


def _obstacles(data: list[Mapping[str, Any]]) -> tuple[Obstacle, ...]:
    from vpcp_cli.kinds import restored

    entries = [LogEntry(**restored(LogEntry, plain)) for plain in data]
    return tuple(Obstacle(entry=entry, since=entry.date) for entry in entries)


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda data: None if data is None else read(data)


def _clock(data: str | list[Any]) -> Clock:
    return Deadline.parse(data) if isinstance(data, str) else (Timeliness(data[0]), data[1])


def _lasting(data: list[Any]) -> Lasting:
    nature, status, clock, obstacles, spoken, asks, postponements, quiet = data
    return Lasting(
        Nature(nature),
        status and Status(status),
        date.fromisoformat(clock) if isinstance(clock, str) else (Timeliness(clock[0]), clock[1]),
        tuple(map(date.fromisoformat, obstacles)),
        spoken and Risk(spoken),
        asks,
        postponements,
        quiet and date.fromisoformat(quiet),
    )


_KINDS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "nature": Nature,
    "category": Category,
    "status": Status,
    "exists": date.fromisoformat,
    "settled": date.fromisoformat,
    "done_on": date.fromisoformat,
    "support": tuple,
    "first_deadline": Deadline.parse,
    "deadline": Deadline.parse,
    "pending_deadline": Deadline.parse,
    "clock": _clock,
    "case": _lasting,
    "obstacles": _obstacles,
    "spoken": lambda data: Spoken(Risk(data[0]), data[1], data[2]),
}
_READERS: Final = {name: _or_none(read) for name, read in _KINDS.items()}
"""How the values of columns are read that are no plain text, number or truth."""
