"""A unit's code in a file, wherever it is spoken of, becomes another one; nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator

from vpcp_cli.errors import BrokenDataError
from vpcp_cli.finding import Path
from vpcp_cli.kinds import written_at
from vpcp_cli.programme import Programme, Register
from vpcp_cli.recoding import speaks_of_unit, was_of_unit
from vpcp_cli.storage.splice import BOM
from vpcp_cli.storage.yaml.nodes import Kind, Node, OddYamlError, tree


def recoded(content: bytes, file: str, old: str, new: str) -> bytes:
    """Return a file in which a unit has another code, and that reads as before but for it; raise `BrokenDataError`."""
    bare = content.removeprefix(BOM)
    text = bare.decode()
    try:
        root = tree(text)
        kind = Register if isinstance(root.data, dict) and "units" in root.data else Programme
        before = list(_scalars(root, ()))
        found = {path for path, one in before if one.data == old and _is_unit(kind, path, root)}
        for path, one in reversed(before):
            if path in found:
                text = f"{text[: one.start]}{one.style}{new}{one.style}{text[one.end :]}"
        wanted = [(path, new if path in found else one.data) for path, one in before]
        is_right = [(path, one.data) for path, one in _scalars(tree(text), ())] == wanted
    except OddYamlError:
        is_right = False
    if not is_right:
        raise BrokenDataError([file])
    return content[: len(content) - len(bare)] + text.encode()


def _scalars(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    """Yield the texts of a tree in their order, each with its path."""
    if node.kind is Kind.SCALAR:
        yield path, node
    elif node.kind is Kind.SEQUENCE:
        for place, one in enumerate(node.children):
            yield from _scalars(one, (*path, place))
    else:
        for name, one in zip(node.children[::2], node.children[1::2], strict=True):
            yield from _scalars(one, (*path, str(name.data)))


def _is_unit(file: object, path: Path, root: Node) -> bool:
    """Whether a unit's code may stand at a path."""
    names = [step for step in path if isinstance(step, str)]
    if told := next((place for place, step in enumerate(path) if step in ("was", "is")), 0):
        around = root.at(path[:told])
        key = around.value("set") if around else None
        return was_of_unit(key and key.data)
    return names == ["units", "code"] or speaks_of_unit(names[-1], written_at(file, path)[1])
