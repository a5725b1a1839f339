"""What can be mended in a file without asking: dates in another form, odd spaces, letters in two parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vpcp_cli.finding import Finding, Phrase
from vpcp_cli.storage.format.items import put
from vpcp_cli.storage.splice import BOM, Splice
from vpcp_cli.storage.writing.journal import Addition
from vpcp_cli.storage.yaml import document
from vpcp_cli.storage.yaml.emitter import scalar
from vpcp_cli.storage.yaml.nodes import Kind, Node, OddYamlError, tree
from vpcp_cli.vietnamese import tidy


class Fixed(NamedTuple):
    """A file's content as it is mended, the changes in the order in which they are made, and what each mends."""

    content: bytes
    splices: tuple[Splice, ...] = ()
    additions: tuple[Addition, ...] = ()
    mended: tuple[Finding, ...] = ()


def fixed(content: bytes, findings: Iterable[Finding]) -> Fixed:
    """Mend what is mechanical; each change alone is proved to change one value and nothing else."""
    bare = content.removeprefix(BOM)
    try:
        text = bare.decode()
        root = tree(text)
    except (UnicodeDecodeError, OddYamlError):
        return Fixed(content)
    found = {node.start: (node, one, new) for one in findings for node, new in _meant(root, one)}
    now, splices, additions, mended = bare, [], [], []
    for start in sorted(found, reverse=True):  # so that places before it stay
        node, one, new = found[start]
        quote = node.style if node.style in {"'", '"'} else ""
        splice = Splice.of(text, node.start, node.end, scalar(new, quote, flow=_is_in_flow(root, one)))
        before, after = document.read(now, "").data, document.read(splice.applied(now), "").data
        if after != put(before, one.path, new):
            continue
        removed = now[splice.start : splice.end].decode()
        key = next((step for step in reversed(one.path) if isinstance(step, str)), "")
        splices.append(splice)
        additions.append(
            Addition(one.subject or "", key, new, splice.start, removed, splice.text.decode(), sets=True, was=node.data)
        )
        mended.append(one)
        now = splice.applied(now)
    mark = content[: len(content) - len(bare)]
    return Fixed(mark + now, tuple(splices), tuple(additions), tuple(reversed(mended)))


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
