"""A file's text cut into the stretches that a merge puts together: whole lines, each in exactly one stretch."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from vpcp_cli.contradiction import Data
from vpcp_cli.merging import Kind, Stretch, name_of
from vpcp_cli.storage.yaml import nodes
from vpcp_cli.storage.yaml.nodes import Node, tree


def cut(text: str) -> Stretch:
    """Cut a text whose last line is ended; raise `OddYamlError`. Comments and empty lines go with what follows."""
    root = tree(text)
    cutter = _Cutter(text)
    kind = _kind(root)
    inner = cutter.inner(root, 0, cutter.count) if kind is not Kind.LEAF else ()
    return Stretch("", text, data_of(root), kind, inner=inner)


def data_of(node: Node) -> Data:
    """What a node means."""
    return node.data  # type: ignore[return-value]  # scalars are texts, and lists and mappings hold nodes' data


class _Cutter:
    """Cuts one text by its lines, which count from 0."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        self.count = text.count("\n")

    def inner(self, node: Node, first: int, last: int) -> tuple[Stretch, ...]:
        """The parts of a block mapping or list that fills the lines from `first` to before `last`."""
        mapping = node.kind is nodes.Kind.MAPPING
        keys = node.children[::2] if mapping else node.children
        values = node.children[1::2] if mapping else node.children
        own = [key.line if mapping else self._dash(key) for key in keys]
        starts = [first]
        starts += [self._above(line, self._last(value)) for line, value in zip(own[1:], values[:-1], strict=True)]
        found = []
        for key, value, line, start, end in zip(keys, values, own, starts, [*starts[1:], last], strict=True):
            found.append(self._keyed(key, value, line, start, end) if mapping else self._member(value, start, end))
        return tuple(found)

    def _keyed(self, key: Node, value: Node, line: int, first: int, last: int) -> Stretch:
        name, text = str(key.data), self._between(first, last)
        kind = _kind(value)
        if kind is Kind.LEAF or value.line <= line:
            return Stretch(name, text, data_of(value))
        start = self._above(value.line, line)
        inner = self.inner(value, start, last)
        return Stretch(name, text, data_of(value), kind, self._between(first, start), inner)

    def _member(self, value: Node, first: int, last: int) -> Stretch:
        name, text = name_of(data_of(value)), self._between(first, last)
        if _kind(value) is Kind.KEYS and _named(data_of(value)):
            return Stretch(name, text, data_of(value), Kind.KEYS, inner=self.inner(value, first, last))
        return Stretch(name, text, data_of(value))

    def _between(self, first: int, last: int) -> str:
        return self._text[self._starts[first] : self._starts[last]]

    def _dash(self, node: Node) -> int:
        line = node.line
        while line and not self._lines[line].lstrip(" ").startswith("-"):
            line -= 1
        return line

    def _above(self, line: int, last: int) -> int:
        """The first of the empty lines and comments above a line, behind the last line of what precedes it."""
        while line - 1 > last and self._lines[line - 1].strip(" \r")[:1] in ("", "#"):
            line -= 1
        return line

    def _last(self, node: Node) -> int:
        """The last line of a node's content; the parser's end of a block is the next token."""
        while node.children and not node.flow:
            node = node.children[-1]
        end = node.end
        if node.style in ("|", ">") and "+" not in self._text[node.start : node.start + 3]:
            end = len(self._text[:end].rstrip())
        return bisect_right(self._starts, max(end - 1, node.start)) - 1


def _kind(node: Node) -> Kind:
    if node.kind is nodes.Kind.SCALAR or node.flow or not node.children:
        return Kind.LEAF
    if node.kind is nodes.Kind.MAPPING:
        return Kind.KEYS
    members = [data_of(child) for child in node.children]
    return Kind.NAMED if all(map(_named, members)) and len({*map(name_of, members)}) == len(members) else Kind.MEMBERS


def _named(data: Data) -> bool:
    return isinstance(data, dict) and isinstance(data.get("id") or data.get("code"), str)
