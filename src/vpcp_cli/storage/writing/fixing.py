"""What can be mended in a file without asking: dates in another form, odd spaces, letters in two parts, empty lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final, NamedTuple

from vpcp_cli.finding import Finding, Path, Phrase
from vpcp_cli.kinds import item_of, written_at
from vpcp_cli.programme import Programme, Register
from vpcp_cli.storage.format.items import put, with_value
from vpcp_cli.storage.splice import BOM, Splice
from vpcp_cli.storage.writing.append import NoPlaceError
from vpcp_cli.storage.writing.journal import Addition
from vpcp_cli.storage.writing.replace import Replacing
from vpcp_cli.storage.yaml import document
from vpcp_cli.storage.yaml.emitter import Style, scalar
from vpcp_cli.storage.yaml.nodes import Kind, Node, OddYamlError, tree
from vpcp_cli.vietnamese import tidy


class Fixed(NamedTuple):
    """A file's content as it is mended, the changes in the order in which they are made, and what each mends."""

    content: bytes
    splices: tuple[Splice, ...] = ()
    additions: tuple[Addition, ...] = ()
    mended: int = 0


def fixed(content: bytes, findings: Iterable[Finding]) -> Fixed:
    """Mend what is mechanical; each change alone is proved to change one value and nothing else."""
    bare = content.removeprefix(BOM)
    try:
        text = bare.decode()
        root = tree(text)
    except (UnicodeDecodeError, OddYamlError):
        return Fixed(content)
    file = Register if isinstance(root.data, dict) and "units" in root.data else Programme
    edits = {one.splice.start: one for one in (*_replaced(text, root, findings), *_emptied(text, root, file))}
    now, splices, additions = bare, [], []
    for start in sorted(edits, reverse=True):  # so that places before it stay
        edit, splice = edits[start], edits[start].splice
        before, after = document.read(now, "").data, document.read(splice.applied(now), "").data
        if after != edit.made(before):
            continue
        began = now.rfind(b"\n", 0, max(0, splice.start - 1)) + 1  # by which it is found if something else changes
        removed, added = (now[began : splice.end].decode(), now[began : splice.start].decode() + splice.text.decode())
        splices.append(splice)
        additions.append(Addition(edit.id, edit.key, edit.new, began, removed, added, sets=True, was=edit.was))
        now = splice.applied(now)
    mark = content[: len(content) - len(bare)]
    return Fixed(mark + now, tuple(splices), tuple(additions), len(splices))


class _Edit(NamedTuple):
    """A value that is replaced in what has an id, or a key that is taken out: then `new` is None."""

    splice: Splice
    path: Path
    id: str
    key: str
    new: str | None
    was: object

    def made(self, data: object) -> object:
        """Return the same data with the edit."""
        return with_value(data, self.path[:-1], self.key, None) if self.new is None else put(data, self.path, self.new)


def _replaced(text: str, root: Node, findings: Iterable[Finding]) -> Iterator[_Edit]:
    """Yield the values that findings are about, with what is meant beyond doubt."""
    for one in findings:
        for node, new in _meant(root, one):
            quote = node.style if node.style in {"'", '"'} else ""
            splice = Splice.of(text, node.start, node.end, scalar(new, quote, flow=_is_in_flow(root, one)))
            key = next((step for step in reversed(one.path) if isinstance(step, str)), "")
            yield _Edit(splice, one.path, one.subject or "", key, new, node.data)


_PLACES: Final = ("directives", "tasks", "units", "log")
"""Lists that may be empty: something will stand there."""


def _emptied(text: str, root: Node, file: type, path: Path = (), id_: str = "") -> Iterator[_Edit]:
    """Yield the keys whose list is empty, which says no more than a key that is not there."""
    if root.kind is Kind.SEQUENCE:
        for at, item in enumerate(root.children):
            yield from _emptied(text, item, file, (*path, at), id_)
        return
    if root.kind is not Kind.MAPPING or not isinstance(root.data, dict):
        return
    own = str(root.data.get("id") or root.data.get("code") or id_)
    for name, value in zip(root.children[::2], root.children[1::2], strict=True):
        key = str(name.data)
        if value.data != [] or key in _PLACES or not item_of(written_at(file, (*path, key))[0]):
            yield from _emptied(text, value, file, (*path, key), own)
            continue
        with suppress(NoPlaceError):
            yield from (
                _Edit(splice, (*path, key), own, key, None, [])
                for splice in Replacing(key, None).splices(text, root, Style())
            )


def _meant(root: Node, finding: Finding) -> Iterator[tuple[Node, str]]:
    """Yield the value that a finding is about, and what is meant beyond doubt."""
    node = root.at(finding.path)
    if node is None or node.kind is not Kind.SCALAR or not isinstance(node.data, str) or node.style in {"|", ">"}:
        return
    form = finding.facts.get("form", "")
    if finding.code in {"bad-date", "bad-deadline"} and form and not isinstance(form, Phrase):
        yield node, str(form)
    elif finding.code == "not-normalised" and (new := tidy(node.data)) and new != node.data:
        yield node, new


def _is_in_flow(root: Node, finding: Finding) -> bool:
    holders = (root.at(finding.path[:length]) for length in range(len(finding.path)))
    return any(one.flow for one in holders if one)
