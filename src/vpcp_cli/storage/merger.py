"""Three versions of a file into one, to the byte: git's own merge where it is proved right, else part by part."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.merging import Cause, Clash, Data, Merged, Part, merge, same
from vpcp_cli.storage.document import Parsed, read
from vpcp_cli.storage.git import Repository, merge_texts
from vpcp_cli.storage.nodes import OddYamlError
from vpcp_cli.storage.parts import parts


@dataclass(frozen=True, slots=True)
class Outcome:
    """The merged bytes; where `clean` is false, conflict markers stand in them, and `clashes` say about what.

    `proved` is false where a version can't be read or what came out could not be proved: git alone has merged.
    """

    content: bytes
    clean: bool
    clashes: tuple[Clash, ...] = ()
    proved: bool = True


def merge_versions(base: bytes, ours: bytes, theirs: bytes, by_git: bytes, *, clean: bool, marker: int = 7) -> Outcome:
    """Merge two versions that began as `base` (empty: both began anew); markers are `marker` signs long.

    `by_git` is what git made of them, and `clean` whether it saw no conflict (`git.merge_texts`).
    """
    versions = [read(content, "") for content in (base, ours, theirs)]
    if any(version.findings for version in versions[1:]) or (base and versions[0].findings):
        return Outcome(by_git, clean, proved=False)
    try:
        old, mine, other = (_parts(version) if version.text else None for version in versions)
    except OddYamlError:
        return Outcome(by_git, clean, proved=False)
    if mine is None or other is None:
        return Outcome(by_git, clean, proved=False)
    merged = merge(old, mine, other)
    if clean and all(clash.cause is Cause.LAYOUT for clash in merged.clashes) and _means(by_git, merged.data):
        return Outcome(by_git, clean=True)
    form = _Form.of(*versions)
    found = _by_parts(merged, form, marker)
    if found is None and clean:  # git saw no conflict and yet is wrong: both versions stand between markers
        by_git, _clean = merge_texts(b"", ours, theirs, marker)
    return found or Outcome(by_git, clean=False, proved=False)


def _by_parts(merged: Merged, form: _Form, marker: int) -> Outcome | None:
    """What the parts make together, where it can be proved."""
    if not merged.clashes:
        content = form.bytes(merged.text(_ours))
        return Outcome(content, clean=True) if _means(content, merged.data) else None
    if any(read(form.bytes(merged.text(side)), "").findings for side in (_ours, _theirs)):
        return None
    content = form.bytes(merged.text(lambda clash: form.marked(clash, marker)))
    return Outcome(content, clean=False, clashes=tuple(merged.clashes))


def _means(content: bytes, data: Data) -> bool:
    parsed = read(content, "")
    return not parsed.findings and same(parsed.data, data)


def _parts(version: Parsed) -> Part:
    return parts(version.text if version.text.endswith("\n") else version.text + _line_end(version.text))


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


@dataclass(frozen=True, slots=True)
class _Form:
    """What is no line of a file: its byte-order mark, how lines end, and whether the last one does."""

    bom: bool
    ended: bool
    line_end: str

    @classmethod
    def of(cls, base: Parsed, ours: Parsed, theirs: Parsed) -> _Form:
        bom = theirs.bom if ours.bom == base.bom else ours.bom
        ends = [not version.text or version.text.endswith("\n") for version in (base, ours, theirs)]
        return cls(bom, ends[2] if ends[1] == ends[0] else ends[1], _line_end(ours.text))

    def bytes(self, text: str) -> bytes:
        """The file of a text."""
        if not self.ended:
            text = text.removesuffix("\n").removesuffix("\r")
        return (b"\xef\xbb\xbf" if self.bom else b"") + text.encode()

    def marked(self, clash: Clash, size: int) -> str:
        """Both versions between markers that name the task."""
        label = " ".join(f"{clash.id} {clash.name}".split())
        opening, middle, closing = f"{'<' * size} ours: {label}", "=" * size, f"{'>' * size} theirs: {label}"
        end = self.line_end
        return f"{opening}{end}{clash.ours}{middle}{end}{clash.theirs}{closing}{end}"


DRIVER: Final = (
    "if command -v vpcp >/dev/null; then vpcp merge-file %O %A %B --marker-size %L --path=%P; "
    "else git merge-file --marker-size=%L %A %O %B; fi"
)
"""What git runs to merge a file of programmes; a clone that lacks `vpcp` merges as git does."""


def set_up(folder: Path) -> Path:
    """Have git merge the programmes of a folder by `vpcp`, in this clone; the path of `.gitattributes`.

    Raise the refusals of `Repository.around`. Other lines of the file stay.
    """
    repository = Repository.around(folder)
    repository.configure("merge.vpcp.name", "vpcp: log entries of both sides stay")
    repository.configure("merge.vpcp.driver", DRIVER)
    attributes = repository.root / ".gitattributes"
    present = attributes.read_text(encoding="utf-8") if attributes.exists() else ""
    line = f"{_pattern(repository.relative(folder))} merge=vpcp"
    if line not in present.splitlines():
        present += "\n" * bool(present and not present.endswith("\n"))
        attributes.write_text(f"{present}{line}\n", encoding="utf-8", newline="")
    return attributes


def _pattern(folder: str) -> str:
    """The files of a folder as `.gitattributes` names them; signs that have a meaning there are taken literally."""
    top = "" if folder == "." else "/" + re.sub(r"([\\*?\[\]])", r"\\\1", folder)
    pattern = f"{top}/*.yaml"
    if re.search(r'[\s"]', pattern):
        return '"' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return pattern


def _ours(clash: Clash) -> str:
    return clash.ours


def _theirs(clash: Clash) -> str:
    return clash.theirs
