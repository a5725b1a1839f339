"""Directives, tasks and units as pieces of a text, each of which can be read on its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.programme import Directive, Programme
from vpcp_cli.storage.yaml.construct import Span

_LISTS: Final = {"directives": ("schema", *(field.name for field in fields(Programme))), "units": ("schema",)}
_KEYS_OF_DIRECTIVE: Final = tuple(field.name for field in fields(Directive))


@dataclass(frozen=True, slots=True)
class Piece:
    """An item of a list, or all of a text: from its first character to where the next thing begins.

    `line` and `column` count from 0; `inner` are the pieces that it holds in its list called `key`.
    """

    start: int
    end: int
    line: int = 0
    column: int = 0
    key: str = ""
    inner: tuple[Piece, ...] = ()

    def whole(self, text: str) -> str:
        """Its text, in the column where it stands."""
        return " " * self.column + text[self.start : self.end]

    def own(self, text: str) -> str:
        """The same with nothing but empty lines in place of each inner piece."""
        parts, at = [" " * self.column], self.start
        for piece in self.inner:
            hidden = text[piece.start : piece.end]
            last = hidden.rpartition("\n")[2]  # the indentation of what follows
            kept = "" if last.strip(" ") else last
            parts += [text[at : piece.start], "\n" * hidden.count("\n"), kept]
            at = piece.end
        return "".join([*parts, text[at : self.end]])


def exact(text: str, spans: Iterable[Span]) -> Piece:
    """The pieces of a text that could be read."""
    directives: list[tuple[Piece, list[Piece]]] = []
    for span in spans:
        column = span.start - text.rfind("\n", 0, span.start) - 1
        piece = Piece(span.start, span.end, span.line - 1, column)
        if span.task is None:
            directives.append((piece, []))
        else:
            directives[-1][1].append(piece)
    inner = tuple(replace(piece, key="tasks", inner=tuple(tasks)) for piece, tasks in directives)
    return Piece(0, len(text), key="directives", inner=inner)


def cut(text: str) -> Piece:
    """The pieces of a text that can't be read: a guess by indentation, which decides only what is reported."""
    lines = _Lines(text)
    for key, siblings in _LISTS.items():
        inner = [_with_tasks(text, piece, lines) for piece in _items(text, Piece(0, len(text)), key, siblings, lines)]
        if inner:
            return Piece(0, len(text), 0, 0, key, tuple(inner))
    return Piece(0, len(text))


def _with_tasks(text: str, piece: Piece, lines: _Lines) -> Piece:
    return replace(piece, key="tasks", inner=tuple(_items(text, piece, "tasks", _KEYS_OF_DIRECTIVE, lines)))


def _items(text: str, within: Piece, key: str, siblings: tuple[str, ...], lines: _Lines) -> Iterator[Piece]:
    """Yield the items of the first block list called `key`, up to the next of its siblings."""
    head = re.compile(rf"^([ ]*(?:- +)?){key}:[ ]*(?:#.*)?\r?\n", re.MULTILINE)
    found = head.search(text, text.rfind("\n", 0, within.start) + 1, within.end)
    first = found and re.compile(r"(?:[ ]*(?:#.*)?\r?\n)*([ ]*)-(?=[ \r\n])").match(text, found.end(), within.end)
    if not found or not first or len(first[1]) < len(found[1]):
        return
    after = rf"^[ ]{{{len(found[1])}}}(?:{'|'.join(siblings)}):(?=[ \r\n])"
    tail = re.compile(after, re.MULTILINE).search(text, first.end(), within.end)
    stop = tail.start() if tail else within.end
    dashes = re.compile(rf"^[ ]{{{len(first[1])}}}-(?=[ \r\n])(?:[ ]*(?:#.*)?\r?\n)*[ ]*", re.MULTILINE)
    starts = [match.span() for match in dashes.finditer(text, found.end(), stop)]
    ends = [dash for dash, _ in starts[1:]] + [stop]
    for (_, start), end in zip(starts, ends, strict=True):
        yield Piece(start, max(start, end), *lines.place(start))


class _Lines:
    """Counts lines from where it counted last: the pieces of a long text are many."""

    def __init__(self, text: str) -> None:
        self._text, self._offset, self._line = text, 0, 0

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset behind the last one, from 0."""
        self._line += self._text.count("\n", self._offset, offset)
        self._offset = offset
        return self._line, offset - self._text.rfind("\n", 0, offset) - 1
