"""A text that can't be read whole is cut where directives and tasks begin, so that each can be read on its own.

Where the cuts are is a guess by indentation; it decides what is reported, never what is shown or written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final

from vpcp_cli.programme import Directive, Programme

_LISTS: Final = {"directives": ("schema", *(field.name for field in fields(Programme))), "units": ("schema",)}
_KEYS_OF_DIRECTIVE: Final = tuple(field.name for field in fields(Directive))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of whole lines; `inner` were cut out of its list called `key`, one behind the other."""

    start: int
    end: int
    key: str = ""
    inner: tuple[Piece, ...] = ()

    def own(self, text: str) -> str:
        """Its text with empty lines in place of what was cut out."""
        if not self.inner:
            return text[self.start : self.end]
        first, last = self.inner[0].start, self.inner[-1].end
        return text[self.start : first] + "\n" * text.count("\n", first, last) + text[last : self.end]


def cut(text: str) -> Piece | None:
    """Cut a programme at its directives and these at their tasks, a register at its units."""
    for key, siblings in _LISTS.items():
        inner = tuple(_items(text, 0, len(text), key, siblings))
        if inner:
            return Piece(0, len(text), key, tuple(_with_tasks(text, piece) for piece in inner))
    return None


def _with_tasks(text: str, piece: Piece) -> Piece:
    inner = tuple(_items(text, piece.start, piece.end, "tasks", _KEYS_OF_DIRECTIVE))
    return Piece(piece.start, piece.end, "tasks", inner) if inner else piece


def _items(text: str, start: int, end: int, key: str, siblings: tuple[str, ...]) -> Iterator[Piece]:
    """Yield the items of the first block list called `key`, up to the next of its siblings."""
    head = re.compile(rf"^([ ]*(?:- +)?){key}:[ ]*(?:#.*)?\r?\n", re.MULTILINE).search(text, start, end)
    if not head:
        return
    first = re.compile(r"(?:[ ]*(?:#.*)?\r?\n)*([ ]*)-(?=[ \r\n])").match(text, head.end(), end)
    if not first or len(first[1]) < len(head[1]):
        return
    after = rf"^[ ]{{{len(head[1])}}}(?:{'|'.join(siblings)}):(?=[ \r\n])"
    tail = re.compile(after, re.MULTILINE).search(text, first.end(), end)
    stop = tail.start() if tail else end
    items = re.compile(rf"^[ ]{{{len(first[1])}}}-(?=[ \r\n])", re.MULTILINE)
    starts = [match.start() for match in items.finditer(text, head.end(), stop)]
    yield from (Piece(*bounds) for bounds in zip(starts, [*starts[1:], stop], strict=True))
