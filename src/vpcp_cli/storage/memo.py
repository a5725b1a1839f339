"""What a programme's file and the register mean, kept in the cache and built again from it, part by part."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import date
from hashlib import sha256
from typing import Any, Final, TypeAlias, overload

from vpcp_cli.deadline import Deadline
from vpcp_cli.facts import OWN, SETTLED, Clock, Column, Facts, Known, Late, Taken
from vpcp_cli.programme import Directive, LogEntry, Programme, Task, Text, Unit
from vpcp_cli.standing import Obstacle, Spoken
from vpcp_cli.storage.cache import Cache, Entry, TroubleError
from vpcp_cli.vocabulary import Category, Nature, Risk, Status, Timeliness

Plain: TypeAlias = Mapping[str, Any]
"""A mapping as it was read from YAML: scalars are text."""

_BYTE: Final = 1 << 8
_TEXTS: Final = ("vi", "en")
_END: Final = "\x1f"
"""Stands behind each text, none of which may hold it."""
_REGISTER: Final = "units"
_TROUBLE: Final = (OSError, TroubleError, ValueError, LookupError, TypeError, AttributeError)
_encode: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class Memo:
    """What files have been found to mean. A file is known by its name and its bytes, if nothing is wrong with it."""

    def __init__(self, cache: Cache) -> None:
        """Keep it in a cache."""
        self._cache = cache
        self._asked: list[str] = []

    def programme(self, digest: bytes, name: str, file: str, again: Callable[[], Programme]) -> Known | None:
        """Return the programme of a file, by the SHA-256 of its bytes, or None.

        `again` reads it where a part of it is needed and damaged.
        """
        entry = self._recall(digest, name)
        if entry is None:
            return None
        facts = _Kept(entry, again)
        try:
            data, leads = json.loads(entry.section("head"))
            known = Known.late(facts, id=name.removesuffix(".yaml"), file=file, **_values(Programme, data))
        except _TROUBLE:
            return None
        facts.programme, facts.units = known, frozenset(leads)
        return known

    def learn(self, digest: bytes, name: str, known: Known, data: Plain) -> None:
        """Keep a programme; `data` are the plain data that it was made from."""
        if not self._cache.off:
            self._cache.keep(_key(digest, name), dict(_sections(known, data)))

    def units(self, digest: bytes) -> tuple[Unit, ...] | None:
        """Return the register, or None."""
        entry = self._recall(digest, _REGISTER)
        try:
            return tuple(_built(Unit, data) for data in json.loads(entry.section("units"))) if entry else None
        except _TROUBLE:
            return None

    def learn_units(self, digest: bytes, data: Plain) -> None:
        """Keep the register's plain data."""
        self._cache.keep(_key(digest, _REGISTER), {"units": _encode(data["units"]).encode()})

    def errors(self, count: Callable[[], int]) -> int:
        """Return how many errors the rules find in all files that have been asked for; `count` counts them anew."""
        key = sha256("\0".join(("errors", *self._asked)).encode()).hexdigest()
        entry = self._cache.recall(key)
        if entry:
            with suppress(*_TROUBLE):
                return int(entry.section("errors"))
        number = count()
        self._cache.keep(key, {"errors": str(number).encode()})
        return number

    def _recall(self, digest: bytes, name: str) -> Entry | None:
        key = _key(digest, name)
        self._asked.append(key)
        return self._cache.recall(key)


def _key(digest: bytes, name: str) -> str:
    return sha256(name.encode("utf-8", "surrogateescape") + b"\0" + digest).hexdigest()


def _sections(known: Known, data: Plain) -> Iterator[tuple[str, bytes]]:
    facts = known.facts
    head = {name: value for name, value in data.items() if name not in ("directives", "schema")}
    yield "head", _encode([head, sorted(facts.leads())]).encode()
    yield "directive ids", _encode(facts.directives()).encode()
    heads, tasks = [], []
    for directive, plain in zip(known.directives, data["directives"], strict=True):
        heads.append([directive.line, {name: value for name, value in plain.items() if name != "tasks"}])
        tasks += plain.get("tasks", ())
    yield "directives", "\n".join(map(_encode, heads)).encode()
    yield "tasks", "\n".join(map(_encode, tasks)).encode()
    for name in (*SETTLED, "directive"):
        yield name, _column_bytes(name, facts)


def _values(cls: type, data: Plain) -> dict[str, Any]:
    from vpcp_cli.storage.restore import values

    return values(cls, data)


def _built(cls: type, data: Plain) -> Any:  # noqa: ANN401 - a value of the class
    return cls(**_values(cls, data))


class _Kept:
    """Facts of a programme that are read from the cache section by section."""

    programme: Programme
    units: frozenset[str]

    def __init__(self, entry: Entry, again: Callable[[], Programme]) -> None:
        self._entry, self._again = entry, again
        self._read: dict[str, Any] = {}
        self._fresh: Facts | None = None

    def column(self, name: str) -> Column[Any]:
        """Return a fact of all tasks."""
        found: Column[Any] = self._part(name, self._column)
        return found if self._fresh is None else self._fresh.column(name)

    def _column(self, name: str, content: bytes) -> Column[Any]:
        if name in _TEXTS:
            return Column(_Texts(content, None if name == "vi" else self.column("vi").values))
        return _column(name, content)

    def directives(self) -> Sequence[str]:
        """Return the ids of the directives."""
        found: Sequence[str] = self._part("directive ids", _json)
        return found if self._fresh is None else self._fresh.directives()

    def directive(self, number: int) -> Directive:
        """Return a directive, without its tasks until they are asked for."""
        try:
            line, data = json.loads(self._part("directives", _lines)[number])
            found = _late_directive(self, number, line, data)
        except _TROUBLE:
            found = self._instead().directive(number)
        return found

    def task(self, place: int) -> Task:
        """Return a task."""
        try:
            task: Task = _built(Task, json.loads(self._part("tasks", _lines)[place]))
            object.__setattr__(task, "line", self.column("line").values[place])
        except _TROUBLE:
            task = self._instead().task(place)
        return task

    def tasks(self, number: int) -> tuple[Task, ...]:
        """Return the tasks of a directive."""
        numbers = self.column("directive").numbers or ()
        return tuple(map(self.task, range(bisect_left(numbers, number), bisect_right(numbers, number))))

    def leads(self) -> frozenset[str]:
        """Return the codes of all units that take part."""
        return self.units

    def _part(self, name: str, read: Callable[[str, bytes], Any]) -> Any:  # noqa: ANN401 - a section of any kind
        if name not in self._read and self._fresh is None:
            try:
                self._read[name] = read(name, self._entry.section(name))
            except _TROUBLE:
                self._instead()
        return self._read.get(name)

    def _instead(self) -> Facts:
        """Return the facts from the file itself: the entry has turned out to be damaged."""
        if self._fresh is None:
            self._fresh = Taken(self._again())
        return self._fresh


class _LateDirective(Late, Directive):
    """A directive whose tasks may yet have to be made."""

    __slots__ = ("_facts", "_number")
    _facts: _Kept
    _number: int

    def _late(self, name: str) -> Any:  # noqa: ANN401 - a field of any type
        if name != "tasks":
            raise AttributeError(name)
        return self._facts.tasks(self._number)


def _late_directive(facts: _Kept, number: int, line: int, data: Plain) -> Directive:
    head = _built(Directive, data)
    late = object.__new__(_LateDirective)
    for one in fields(Directive):
        if one.name != "tasks":
            object.__setattr__(late, one.name, getattr(head, one.name))
    object.__setattr__(late, "line", line)
    object.__setattr__(late, "_facts", facts)
    object.__setattr__(late, "_number", number)
    return late


def _json(_name: str, content: bytes) -> Any:  # noqa: ANN401 - plain data
    return json.loads(content)


def _lines(_name: str, content: bytes) -> list[bytes]:
    return content.split(b"\n")


class _Texts(Sequence[str]):
    """Texts that are decoded when they are asked for; an empty one stands for the one at its place in `others`."""

    def __init__(self, content: bytes, others: Sequence[str] | None) -> None:
        self._content, self._others = content, others
        self._parts = content.split(_END.encode())[:-1]

    def __len__(self) -> int:
        return len(self._parts)

    def __iter__(self) -> Iterator[str]:
        texts = self._content.decode().split(_END)[:-1]
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
        own = self._parts[at].decode()
        return own if own or self._others is None else self._others[at]


def _column(name: str, content: bytes) -> Column[Any]:
    if name in OWN:
        return Column(json.loads(content))
    text, _end, numbers = content.partition(b"\n")
    values = json.loads(text)
    if name in _READERS:
        values = list(map(_READERS[name], values))
    return Column(values, numbers if len(values) <= _BYTE else array("H", numbers))


def _column_bytes(name: str, facts: Facts) -> bytes:
    """Return what a section holds of a column: its values, then the numbers in one byte each, or in two."""
    column = facts.column(name)
    if name == "vi":
        return "".join(f"{vi}{_END}" for vi in column.values).encode()
    if name == "en":
        both = zip(facts.column("vi").values, column.values, strict=True)
        return "".join(_END if vi == en else f"{en}{_END}" for vi, en in both).encode()
    if column.numbers is None:
        return _encode(column.values).encode()
    values = list(map(_plain, column.values))
    numbers = bytes(column.numbers) if len(values) <= _BYTE else array("H", column.numbers).tobytes()
    return _encode(values).encode() + b"\n" + numbers


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


def _obstacles(data: list[Plain]) -> tuple[Obstacle, ...]:
    entries = [_built(LogEntry, plain) for plain in data]
    return tuple(Obstacle(entry=entry, since=entry.date) for entry in entries)


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda data: None if data is None else read(data)


def _clock(data: str | list[Any]) -> Clock:
    return Deadline.parse(data) if isinstance(data, str) else (Timeliness(data[0]), data[1])


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
    "obstacles": _obstacles,
    "spoken": lambda data: Spoken(Risk(data[0]), data[1], data[2]),
}
_READERS: Final = {name: _or_none(read) for name, read in _KINDS.items()}
"""How the values of columns are read that are no plain text, number or truth."""
