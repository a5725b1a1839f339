"""A programme as an entry of the cache holds it: its facts, directives and tasks, each built when it is asked for."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, ClassVar, Final, TypeAlias, TypeVar

from vpcp_cli.facts import Column, Facts, Known, Late, Taken
from vpcp_cli.programme import Directive, Programme, Task
from vpcp_cli.storage.cache import Entry, TroubleError
from vpcp_cli.storage.columns import TEXTS, Texts, column_of
from vpcp_cli.storage.spans import Spans

Plain: TypeAlias = Mapping[str, Any]
"""A mapping as it was read from YAML: scalars are text."""

_BLOCK: Final = 256
TROUBLE: Final = (OSError, TroubleError, ValueError, LookupError, TypeError, AttributeError, OverflowError)


def values_of(cls: type, data: Plain) -> dict[str, Any]:
    """Return the fields of a record that has been found valid before."""
    from vpcp_cli.kinds import restored

    return restored(cls, data)


def built(cls: type, data: Plain) -> Any:  # noqa: ANN401 - a value of the class
    """Return such a record."""
    return cls(**values_of(cls, data))


def blocks(name: str, lines: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield sections that hold lines, so many each that one line is not dear."""
    for start in range(0, len(lines), _BLOCK):
        yield block_of(name, start)[0], "\n".join(lines[start : start + _BLOCK]).encode()


def block_of(name: str, number: int) -> tuple[str, int]:
    """Return the section that holds one of such lines, and which of its lines it is."""
    return f"{name} {number // _BLOCK}", number % _BLOCK


class Kept:
    """Facts of a programme that are read from the cache section by section."""

    def __init__(self, entry: Entry, id_: str, file: str, again: Callable[[], Programme]) -> None:
        """Take the entry of a programme; `again` reads its file, where the entry turns out to be damaged.

        Raise one of `TROUBLE` if it is damaged at first sight.
        """
        self.entry, self._again = entry, again
        self._leads: frozenset[str] = frozenset(json.loads(entry.section("leads")))
        self.programme = Known.late(self, id_, file)
        self._read: dict[str, Any] = {}
        self._directives: dict[int, Directive] = {}
        self._fresh: Facts | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing of the entry has turned out to be damaged yet."""
        return self._fresh is None

    def column(self, name: str) -> Column[Any]:
        """Return a fact of all tasks."""
        if name == "line":
            try:
                return Column(self.spans().lines[len(self.directives()) :])
            except TroubleError:
                return self._instead().column(name)
        found: Column[Any] = self._part(name, self._column)
        return found if self._fresh is None else self._fresh.column(name)

    def _column(self, name: str, content: bytes) -> Column[Any]:
        if name in TEXTS:
            return Column(Texts(content, self.column("vi").values if name == "en" else None))
        return column_of(name, content)

    def directives(self) -> Sequence[str]:
        """Return the ids of the directives."""
        found: Sequence[str] = self._part("directive ids", _json)
        return found if self._fresh is None else self._fresh.directives()

    def directive(self, number: int) -> Directive:
        """Return a directive, without its tasks until they are asked for."""
        if number not in self._directives:
            try:
                found: Directive = _made_late(
                    _KeptDirective, Directive, self._plain("directives", number), self, number
                )
            except TROUBLE:
                found = self._instead().directive(number)
            self._directives[number] = found
        return self._directives[number]

    def task(self, place: int) -> Task:
        """Return a task."""
        try:
            return _made_late(_KeptTask, Task, self.plain_task(place), self, place)
        except TROUBLE:
            return self._instead().task(place)

    def place(self, task: str) -> int | None:
        """Return the place of the task of an id."""
        ids = self.column("id").values
        return ids.find(task) if isinstance(ids, Texts) else self._instead().place(task)

    def plain_task(self, place: int) -> Plain:
        """Return a task's plain data; raise one of `TROUBLE`."""
        return self._plain("tasks", place)

    def _plain(self, name: str, place: int) -> Plain:
        section, line = block_of(name, place)
        data: Plain = _decoded(self._part(section, _lines)[line].decode())  # known to be UTF-8, so quicker than `loads`
        return data

    def line_of_directive(self, number: int) -> int:
        """Return the line of a directive."""
        try:
            return self.spans().lines[number]
        except TROUBLE:
            return self._instead().directive(number).line

    def span(self, number: int) -> tuple[int, int, int]:
        """Return line, start and end of a directive, or of the task that comes so far behind the last directive."""
        return self.spans().at(number)

    def spans(self) -> Spans:
        """Return where all directives and tasks stand; raise one of `TROUBLE`."""
        spans: Spans | None = self._part("spans", _spans)
        if spans is None:
            raise TroubleError
        return spans

    def tasks(self, number: int) -> tuple[Task, ...]:
        """Return the tasks of a directive."""
        return tuple(map(self.task, self.places(number)))

    def places(self, number: int) -> range:
        """Return the places of the tasks of a directive."""
        numbers = self.column("directive").numbers or ()
        return range(bisect_left(numbers, number), bisect_right(numbers, number))

    def leads(self) -> frozenset[str]:
        """Return the codes of all units that take part."""
        return self._leads

    def head(self, name: str) -> Any:  # noqa: ANN401 - a field of any type
        """Return what stands in a field of the programme."""
        try:
            data = self._part("head", _json)
            if name in data:
                return values_of(Programme, {name: data[name]})[name]
            return {one.name: one.default for one in fields(Programme)}[name]
        except TROUBLE:
            return self._instead().head(name)

    def _part(self, name: str, read: Callable[[str, bytes], Any]) -> Any:  # noqa: ANN401 - a section of any kind
        if name not in self._read and self._fresh is None:
            try:
                self._read[name] = read(name, self.entry.section(name))
            except TROUBLE:
                self._instead()
        return self._read.get(name)

    def _instead(self) -> Facts:
        """Return the facts from the file itself: the entry has turned out to be damaged."""
        if self._fresh is None:
            self._fresh = Taken(self._again())
        return self._fresh


class _KeptDirective(Late, Directive):
    """A directive whose tasks may yet have to be made, and whose line may yet have to be counted."""

    __slots__ = ("_facts", "_place")
    left: ClassVar = ("line", "tasks")
    _facts: Kept
    _place: int

    def _late(self, name: str) -> Any:  # noqa: ANN401 - a field of any type
        if name == "line":
            return self._facts.line_of_directive(self._place)
        if name == "tasks":
            return self._facts.tasks(self._place)
        raise AttributeError(name)


class _KeptTask(Late, Task):
    """A task whose line may yet have to be counted."""

    __slots__ = ("_facts", "_place")
    left: ClassVar = ("line",)
    _facts: Kept
    _place: int

    def _late(self, name: str) -> Any:  # noqa: ANN401 - a field of any type
        if name == "line":
            return self._facts.column(name).at(self._place)
        raise AttributeError(name)


def _made_late(late: type[R], whole: type, data: Plain, facts: Kept, place: int) -> R:
    """Return a record that leaves to the facts what its plain data do not hold."""
    made = late(**values_of(whole, data))
    for name in late.left:
        object.__delattr__(made, name)
    object.__setattr__(made, "_facts", facts)
    object.__setattr__(made, "_place", place)
    return made


R = TypeVar("R", _KeptDirective, _KeptTask)


_decoded: Final = json.JSONDecoder().decode


def _json(_name: str, content: bytes) -> Any:  # noqa: ANN401 - plain data
    return json.loads(content)


def _lines(_name: str, content: bytes) -> list[bytes]:
    return content.split(b"\n")


def _spans(_name: str, content: bytes) -> Spans:
    return Spans.read(content)
