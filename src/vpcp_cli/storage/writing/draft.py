"""A file while things are added to it. Every addition is proved before it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from vpcp_cli.pattern import pattern
from vpcp_cli.storage.format.items import Way, at
from vpcp_cli.storage.refusals import NoPlaceInFileError, NotReplacedError
from vpcp_cli.storage.splice import Bytes, Splice, place_after
from vpcp_cli.storage.writing.append import (
    IN_BRACES,
    NO_VERSION,
    UNPROVED,
    Adding,
    AddingAll,
    NoPlaceError,
    style_around,
)
from vpcp_cli.storage.writing.journal import Addition
from vpcp_cli.storage.writing.replace import KEPT, Replacing, steps
from vpcp_cli.storage.yaml.emitter import Item, Style, Value, flow, mapping_lines
from vpcp_cli.storage.yaml.nodes import Node, OddYamlError, tree

if TYPE_CHECKING:
    from vpcp_cli.storage.yaml.construct import Span
    from vpcp_cli.storage.yaml.document import Parsed

SMALL = 1 << 18
"""Files of up to so many bytes are parsed again as a whole."""

_VERSION = pattern(rb"^schema:[ ]+[\"']?([0-9]+)[\"']?(?=[ ]*(?:#.*)?\r?$)", re.MULTILINE)
_BARE_DASH = pattern(rb" *- *(?:#.*)?\r?\n?")
_BLANK = pattern(rb" *(?:#.*)?\r?\n?")


class _Region(NamedTuple):
    """A stretch of the file that parses on its own, and the way from its root to what is added to.

    `first` and `last` are where the neighbours begin and end: read with them, the stretch must mean the same.
    """

    start: int
    end: int
    way: Way
    first: int
    last: int


class Edit(Protocol):
    """What is done to a mapping of a file."""

    @property
    def key(self) -> str:
        """The key that it is about."""

    @property
    def value(self) -> Value | None:
        """What it gives to the key: a value, an item, or several."""

    def made(self, data: object, way: Way) -> Any:  # noqa: ANN401  a file's data may have any shape
        """Return the data with it, done to what a way leads to."""

    def splices(self, text: str, holder: Node, style: Style) -> Iterator[Splice]:
        """Yield ways to do it, the best first."""


class Held(Protocol):
    """What a file holds: the plain data of its parts, and where they stand in the bytes that were read."""

    def at(self, way: Way) -> Any:  # noqa: ANN401  a file's data may have any shape
        """Return what stands at the end of a way."""

    def take(self, way: Way, edit: Edit) -> None:
        """Let what a way leads to be as an edit makes it."""

    def span(self, directive: int, task: int | None) -> Span | None:
        """Return where a directive stands, or one of its tasks."""


class ParsedHeld:
    """A file that has been parsed as a whole."""

    def __init__(self, parsed: Parsed) -> None:
        """Begin with the data as they were read."""
        self.data: object = parsed.data
        self._spans = {(span.directive, span.task): span for span in parsed.places()}

    def at(self, way: Way) -> Any:  # noqa: ANN401  the same
        """Return what stands at the end of a way."""
        return at(self.data, way)

    def take(self, way: Way, edit: Edit) -> None:
        """Let what a way leads to be as an edit makes it."""
        self.data = edit.made(self.data, way)

    def span(self, directive: int, task: int | None) -> Span | None:
        """Return where a directive or task stands."""
        return self._spans.get((directive, task))


class Draft:
    """What is added to a file: `splices` are the changes to it one after the other, `additions` what they added.

    A byte-order mark is no part of it.
    """

    def __init__(self, file: str, text: bytes, held: Held) -> None:
        """Begin with a file in which nothing is wrong, and what it holds."""
        self.file, self.held = file, held
        self._whole: bytes | bytearray = text
        self._made = 0
        self.raised = False
        self.splices: list[Splice] = []
        self.additions: list[Addition] = []
        self._growth = self._end = 0
        self._is_second = False

    @classmethod
    def of(cls, parsed: Parsed) -> Draft:
        """Begin with a file that has been parsed."""
        return cls(parsed.file, parsed.text.encode(), ParsedHeld(parsed))

    @property
    def _text(self) -> bytes | bytearray:
        """What the file holds with all that was added; the last addition is not made until more are."""
        for splice in self.splices[self._made :]:
            self._whole = bytearray(self._whole) if isinstance(self._whole, bytes) else self._whole
            self._whole[splice.start : splice.end] = splice.text
        self._made = len(self.splices)
        return self._whole

    def add(self, way: Way, key: str, item: Item) -> None:
        """Add an item to the list `key` of what a way leads to; raises NoPlaceInFileError."""
        reason, line = self._make(way, Adding(key, item))
        if not reason:
            return
        known = self.held.at(way)
        by_hand = list(mapping_lines({key: [item]}, 0, Style()))
        if reason == IN_BRACES:
            by_hand = [flow(item) if known.get(key) else f"{key}: [{flow(item)}]"]
        raise NoPlaceInFileError(*self._told(way, key, line, reason), by_hand)

    def add_last(self, key: str, item: Item, known: Mapping[str, Any], first: int) -> bool:
        """Add an item to a list of the file's head by its last items alone, from the `first` on; whether that could be.

        `known` is what the file holds without the items before. Raises NoPlaceInFileError.
        """
        from vpcp_cli.storage.yaml import document

        top, rest = (self._bounds(self.held.span(place, None)) for place in (0, first))
        if top is None or rest is None:
            return False
        part = Draft.of(document.read(self._read(0, top[0]) + self._read(rest[0], len(self._text)), self.file))
        if part.held.at(()) != {**known, "schema": part.held.at(("schema",))}:
            return False
        part.add((), key, item)
        part.finish()
        self.held.take((), Adding(key, item))
        self._take(part.splices[0].shifted(rest[0] - top[0]), "", Adding(key, item), {})
        return True

    def extend(self, way: Way, key: str, items: Sequence[Item]) -> None:
        """Add several items, which are proved together where the list takes them so; raises NoPlaceInFileError."""
        for item in items[:1]:
            self.add(way, key, item)
        if not self._extended(way, AddingAll(key, items[1:])):
            for item in items[1:]:
                self.add(way, key, item)

    def _extended(self, way: Way, edit: AddingAll) -> bool:
        """Add items behind the last one in one stroke, each to be found again alone; return whether that could be."""
        known = self.held.at(way)
        for region in self._regions(way) if len(edit.value) > 1 else ():
            try:
                splice = self._proved(region, edit, known)
            except NoPlaceError:
                return False
            if splice:
                self.held.take(way, edit)
                self._splice(splice)
                place = splice.start
                for item, part in zip(edit.value, edit.parts, strict=True):
                    self.additions.append(Addition(str(known.get("id", "")), edit.key, item, place, "", part.decode()))
                    place += len(part)
                return True
        return False

    def replace(self, way: Way, key: str, value: Value | None, order: Sequence[str] = ()) -> None:
        """Give a key another value, or none, in what a way leads to; `order` is that of keys, for one that is new.

        Raises NotReplacedError.
        """
        for step in steps(self.held.at(way).get(key), value):
            reason, line = self._make(way, Replacing(key, step, tuple(order)))
            if reason:
                by_hand = [] if step is None else list(mapping_lines({key: step}, 0, Style()))
                reason = KEPT if reason == UNPROVED else reason
                raise NotReplacedError(*self._told(way, key, line, reason), by_hand)

    def _make(self, way: Way, edit: Edit) -> tuple[str, int]:
        """Make an edit, or return why it can't be and the line that is in the way, if it is known."""
        known = self.held.at(way)
        for region in self._regions(way):
            try:
                splice = self._proved(region, edit, known)
            except NoPlaceError as error:
                return error.reason, self._line(region.start) + error.line
            if splice:
                self.held.take(way, edit)
                self._take(splice, str(known.get("id", known.get("code", ""))) if way else "", edit, known)
                return "", 0
        return UNPROVED, 0

    def _told(self, way: Way, key: str, line: int, reason: str) -> tuple[str, str, dict[str, str]]:
        """The place, the reason and the facts of a refusal."""
        known = self.held.at(way)
        name = str(known.get("id", known.get("code", self.file)))
        return f"{self.file}:{line or self._line_of(way)}", reason, {"id": name, "key": key}

    def second(self) -> bool:
        """Let the file say that it is of the second version; whether it said the first. Raises NoPlaceInFileError."""
        if self._is_second:
            return False
        end = self._head_end()
        found = _VERSION.search(self._text, 0, end)
        if found and found[1] == b"2":
            self._is_second = True
            return False
        splice = Splice(found.start(1), found.end(1), b"2") if found else None
        old = self._read(0, end)
        data = _data(old)
        new = _data(splice.applied(old)) if splice else None
        if splice is None or not isinstance(data, dict) or new != {**data, "schema": "2"}:
            raise NoPlaceInFileError(f"{self.file}:1", NO_VERSION, {"id": self.file, "key": "schema"}, ["schema: 2"])
        if isinstance(self.held, ParsedHeld):
            self.held.data = {**self.held.at(()), "schema": "2"}
        self._take(splice, "", Replacing("schema", "2"), {"schema": data["schema"]})
        self.raised = self._is_second = True
        return True

    def _head_end(self) -> int:
        """Where what stands before the first directive ends, if the version stands there; else the whole."""
        bounds = self._bounds(self.held.span(0, None))
        return bounds[0] if bounds and _VERSION.search(self._text, 0, bounds[0]) else len(self._text)

    def _take(self, splice: Splice, holder: str, edit: Edit, known: Mapping[str, object]) -> None:
        start, sets = splice.start, isinstance(edit, Replacing)
        if sets:  # with what stands before it: it is found by that if something else changes
            start = self._text.rfind(b"\n", 0, max(0, start - 1)) + 1
        before, removed = self._read(start, splice.start).decode(), self._read(splice.start, splice.end).decode()
        was, added = known.get(edit.key) if sets else None, before + splice.text.decode()
        self.additions.append(Addition(holder, edit.key, edit.value, start, before + removed, added, sets, was))
        self._splice(splice)

    def _splice(self, splice: Splice) -> None:
        """Note a splice, how much longer the file has become, and where the last of all splices ends."""
        end = splice.start + len(splice.text)
        self._end = self._end + splice.growth if splice.end <= self._end else end
        self._growth += splice.growth
        self.splices.append(splice)

    def _now(self, place: int) -> int:
        """Return where a place of the file as it was is now: mostly behind all splices, which go as the file does."""
        moved = place + self._growth
        return moved if moved >= self._end else place_after(self.splices, place)

    def finish(self) -> Sequence[Bytes]:
        """The new file in pieces; a small one is parsed again and compared. Raises NoPlaceInFileError."""
        small = len(self._whole) <= SMALL and isinstance(self.held, ParsedHeld)
        if small and _data(bytes(self._text)) != self.held.at(()):
            raise NoPlaceInFileError(self.file, UNPROVED, {"id": self.file}, ())
        return (self._whole,) if self._made == len(self.splices) else self.splices[-1].pieces(self._whole)

    def _proved(self, region: _Region, edit: Edit, known: object) -> Splice | None:
        """The first way of making an edit after which everything reads as before, with it."""
        old = self._read(region.start, region.end)
        text = old.decode()
        try:
            root = tree(text)
        except OddYamlError:
            return None
        holder = root.at(region.way)
        if holder is None or holder.data != known:
            return None
        wanted = edit.made(root.data, region.way)
        for splice in edit.splices(text, holder, style_around(text, holder, self._text)):
            new = splice.applied(old)
            if _data(new) == wanted and self._fits(region, new, edit):
                return splice.shifted(region.start)
        return None

    def _read(self, start: int, end: int) -> bytes:
        return bytes(self._text[start:end])

    def _fits(self, region: _Region, new: bytes, edit: Edit) -> bool:
        """Whether the neighbours read as before."""
        if (region.first, region.last) == (region.start, region.end):
            return True
        before, after = self._read(region.first, region.start), self._read(region.end, region.last)
        old = _data(self._read(region.first, region.last))
        way = (1 if before else 0, *region.way[1:])
        return old is not None and _data(before + new + after) == edit.made(old, way)

    def _regions(self, way: Way) -> Iterator[_Region]:
        """The smallest stretch that holds what is added to, then larger ones; the last is the whole text."""
        steps = [step for step in way if isinstance(step, int)]
        if len(steps) > 1:
            yield from self._block((steps[0], steps[1]), (0,))
        if steps:
            yield from self._block((steps[0], None), (0, *way[2:]))
        yield _Region(0, len(self._text), way, 0, len(self._text))

    def _block(self, name: tuple[int, int | None], way: Way) -> Iterator[_Region]:
        """A directive or task and its neighbours, where they are items of a block."""
        directive, task = name
        own = self._bounds(self.held.span(*name))
        if own is None:
            return
        before = (directive - 1, None) if task is None else (directive, task - 1)
        after = (directive + 1, None) if task is None else (directive, task + 1)
        first, last = self._bounds(self.held.span(*before)), self._bounds(self.held.span(*after))
        yield _Region(*own, way, first[0] if first else own[0], last[1] if last else own[1])

    def _bounds(self, span: Span | None) -> tuple[int, int] | None:
        """From the line of an item's dash to the line of what follows; None outside of blocks."""
        if span is None:
            return None
        start, end = self._dash_line(self._now(span.start)), self._now(span.end)
        if end < len(self._text):
            line = self._text.rfind(b"\n", 0, end) + 1
            if self._text[line:end].strip(b" "):
                return None
            end = line
        return None if start is None else (start, end)

    def _dash_line(self, place: int) -> int | None:
        """Where the line begins that holds the dash of the item that begins at a place."""
        line, end = self._text.rfind(b"\n", 0, place) + 1, place
        while not _BARE_DASH.fullmatch(self._text, line, end):
            if not line or not _BLANK.fullmatch(self._text, line, end):
                return None
            line, end = self._text.rfind(b"\n", 0, line - 1) + 1, line
        return line

    def _line_of(self, way: Way) -> int:
        name = [step for step in way if isinstance(step, int)]
        span = self.held.span(name[0], name[1] if len(name) > 1 else None) if name else None
        return span.line if span else 1

    def _line(self, place: int) -> int:
        """The line of a place, as the file on the disk counts."""
        before = [one for one in self.additions if one.start <= place]
        return self._text.count(b"\n", 0, place) + 1 - sum(one.lines for one in before)


def new_file(data: Item, comment: str = "") -> str:
    """The text of a new programme's file in block style, in the order of its keys, with a comment line on top."""
    head = f"# {comment}\n" if comment else ""
    return head + "".join(f"{line}\n" for line in mapping_lines(data, 0, Style()))


def _data(text: bytes) -> object:
    try:
        return tree(text.decode()).data
    except OddYamlError:
        return None
