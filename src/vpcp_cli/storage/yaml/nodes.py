"""A piece of YAML as a tree whose nodes know where they stand: what the editor cuts by."""

from dataclasses import field
from enum import Enum
from typing import Any

import yaml

from vpcp_cli.dataclass import dataclass
from vpcp_cli.storage.yaml.events import MAX_DEPTH, NULLS, source


class Kind(Enum):
    """What a node is."""

    SCALAR = "scalar"
    SEQUENCE = "sequence"
    MAPPING = "mapping"


class OddYamlError(ValueError):
    """A text that is no single tree of plain texts, lists and mappings."""


@dataclass(slots=True, eq=False)
class Node:
    """A value with its place in the text, in characters; a mapping's children are its keys and values in turn."""

    kind: Kind
    start: int
    end: int
    line: int
    column: int
    style: str = ""
    flow: bool = False
    data: object = None
    children: list["Node"] = field(default_factory=list)

    def value(self, key: str) -> "Node | None":
        """The value of a key of this mapping."""
        for name, value in zip(self.children[::2], self.children[1::2], strict=True):
            if name.data == key:
                return value
        return None

    def at(self, path: tuple[str | int, ...]) -> "Node | None":
        """The node to which a path of keys and indices leads."""
        node: Node | None = self
        for step in path:
            if node is None:
                return None
            if isinstance(step, str):
                node = node.value(step) if node.kind is Kind.MAPPING else None
            else:
                inside = node.kind is Kind.SEQUENCE and step < len(node.children)
                node = node.children[step] if inside else None
        return node


def tree(text: str) -> Node:
    """Parse a text that makes sense on its own; raises OddYamlError."""
    event = source(text)
    root: Node | None = None
    unfinished: list[Node] = []
    try:
        while not isinstance(now := event(), yaml.StreamEndEvent):
            if isinstance(now, yaml.CollectionEndEvent):
                _finish(unfinished.pop(), now)
            elif isinstance(now, yaml.NodeEvent):
                node = _node(now)
                if unfinished:
                    unfinished[-1].children.append(node)
                elif root:
                    raise OddYamlError("several documents")
                root = root or node
                if node.kind is not Kind.SCALAR:
                    unfinished.append(node)
            if len(unfinished) > MAX_DEPTH:
                raise OddYamlError("nested too deeply")
    except yaml.YAMLError as error:
        raise OddYamlError(str(error)) from error
    if root is None:
        raise OddYamlError("empty")
    return root


def _node(event: Any) -> Node:  # noqa: ANN401 - by the stubs a mark may lack
    if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:
        raise OddYamlError("an anchor, an alias or a tag")
    start = event.start_mark
    node = Node(Kind.SCALAR, start.index, event.end_mark.index, start.line, start.column)
    if isinstance(event, yaml.ScalarEvent):
        node.style = event.style or ""
        node.data = None if not node.style and event.value in NULLS else event.value
    else:
        node.kind = Kind.MAPPING if isinstance(event, yaml.MappingStartEvent) else Kind.SEQUENCE
        node.flow = bool(event.flow_style)
    return node


def _finish(node: Node, event: Any) -> None:  # noqa: ANN401  the same
    node.end = event.end_mark.index
    if node.kind is Kind.SEQUENCE:
        node.data = [child.data for child in node.children]
        return
    pairs: dict[object, object] = {}
    for key, value in zip(node.children[::2], node.children[1::2], strict=True):
        if key.kind is not Kind.SCALAR or key.data in pairs:
            raise OddYamlError("a key that is no text, or stands twice")
        pairs[key.data] = value.data
    node.data = pairs
