"""Events into plain data, for texts in which nothing is wrong: the way that nearly every file goes."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, Final, NamedTuple

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from vpcp_cli.storage.yaml.events import CONTROL, MAX_DEPTH, NULLS, source

_DIRECTIVE, _TASK = 3, 5
_HELD: Final = (_DIRECTIVE, _TASK)
_STARTS: Final = frozenset({MappingStartEvent, SequenceStartEvent})


class Span(NamedTuple):
    """Where a directive stands in its text, or a task of it; `task` is None for the directive itself.

    `line` counts from 1. `start` and `end` count characters: the first key, and where the next thing begins, beyond
    the blank lines and comments that follow.
    """

    directive: int
    task: int | None
    line: int
    start: int
    end: int


class IrregularError(Exception):
    """Something is wrong; `careful` says what and where."""


def construct(text: str, depth: int = 0) -> tuple[Any, list[Span]]:  # noqa: C901, PLR0912  the hot loop calls little
    """Read a text; raise `IrregularError`, or PyYAML's own error, for anything that would be a finding.

    Scalars stay text; a value that is empty or null becomes None. `depth` levels are around the text already.
    """
    get = source(text)
    stack: list[list[Any]] = []
    items: list[Any] = []  # of the innermost mapping or list; a mapping's keys and values take turns
    tracker, most = _Tracker(stack), MAX_DEPTH - depth
    while True:
        event = get()
        kind = event.__class__
        if kind is ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                raise IrregularError
            value = event.value
            if not event.style:
                items.append(None if value in NULLS else value)
            elif event.style == '"' and not value.isprintable() and CONTROL.search(value):
                raise IrregularError
            else:
                items.append(value)
        elif kind is MappingEndEvent:
            mapping = _mapping(items)
            if len(stack) in _HELD:
                tracker.end(event.end_mark.index)
            items = stack.pop()
            items.append(mapping)
        elif kind is SequenceEndEvent:
            inner, items = items, stack.pop()
            items.append(inner)
        elif kind in _STARTS:
            stack.append(items)
            if event.anchor is not None or event.tag is not None or len(stack) > most:
                raise IrregularError
            if kind is MappingStartEvent and len(stack) in _HELD:
                tracker.start(event.start_mark)
            items = []
        elif kind is StreamEndEvent:
            if len(items) > 1:
                raise IrregularError
            return items[0] if items else None, tracker.in_order()
        elif kind is AliasEvent or (kind is DocumentStartEvent and (event.version or event.tags)):
            raise IrregularError


def _mapping(items: list[Any]) -> dict[str, Any]:
    try:
        mapping = dict(zip(items[::2], items[1::2], strict=True))
    except TypeError:
        raise IrregularError from None  # a list or a mapping as a key
    if 2 * len(mapping) != len(items) or None in mapping or "<<" in mapping:
        raise IrregularError
    return mapping


class _Tracker:
    """Notes where directives and tasks stand, which are as deep as `_HELD`, while a stack goes up and down."""

    def __init__(self, stack: list[list[Any]]) -> None:
        self._stack = stack
        self._begun: dict[int, Any] = {}
        self._spans: list[Span] = []

    def start(self, mark: object) -> None:
        """A mapping begins; the stack holds what is around it, each with its pending key last."""
        stack, depth = self._stack, len(self._stack)
        if stack[1][-1:] != ["directives"]:
            return
        if depth == _DIRECTIVE or stack[3][-1:] == ["tasks"]:
            self._begun[depth] = mark

    def end(self, index: int) -> None:
        """The innermost mapping ends."""
        stack, depth = self._stack, len(self._stack)
        mark = self._begun.pop(depth, None)
        if mark is not None:
            task = len(stack[4]) if depth == _TASK else None
            self._spans.append(Span(len(stack[2]), task, mark.line + 1, mark.index, index))

    def in_order(self) -> list[Span]:
        """All of them in the order of the text."""
        return sorted(self._spans, key=attrgetter("start"))
