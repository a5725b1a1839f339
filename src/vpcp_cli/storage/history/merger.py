"""Three versions of a file into one, to the byte: git's own merge where it is proved right, else part by part."""

from __future__ import annotations

from dataclasses import replace

from vpcp_cli.contradiction import Data
from vpcp_cli.dataclass import dataclass
from vpcp_cli.merging import Carried, Cause, Clash, Merged, Stretch, merge, same
from vpcp_cli.storage.git.versions import merge_texts
from vpcp_cli.storage.history.stretches import cut
from vpcp_cli.storage.yaml.document import Parsed, read
from vpcp_cli.storage.yaml.nodes import OddYamlError


@dataclass(frozen=True, slots=True)
class Outcome:
    """The merged bytes; where `clean` is false, conflict markers stand in them, and `clashes` say about what.

    `proved` is false where a version can't be read or what came out could not be proved: git alone has merged.
    """

    content: bytes
    clean: bool
    clashes: tuple[Clash, ...] = ()
    proved: bool = True
    binary: bool = False
    """Whether a version holds NUL bytes: no line of it can be merged."""
    carried: tuple[Carried, ...] = ()
    """What both sides had carried over on different days; the earlier one holds."""


def merge_versions(base: bytes, ours: bytes, theirs: bytes, by_git: bytes, *, clean: bool, marker: int = 7) -> Outcome:
    """Merge two versions that began as `base` (empty: both began anew); markers are `marker` signs long.

    `by_git` is what git made of them, and `clean` whether it saw no conflict (`merge_texts`). Line ends mean
    nothing: where they differ, those of `ours` stay.
    """
    binary = any(b"\0" in version for version in (base, ours, theirs))
    if not binary and len({_ends(version) for version in (base, ours, theirs) if version}) > 1:
        plain = [version.replace(b"\r\n", b"\n") for version in (base, ours, theirs)]
        by_git, clean = merge_texts(plain[0], plain[1], plain[2], marker)
        outcome = merge_versions(plain[0], plain[1], plain[2], by_git, clean=clean, marker=marker)
        wide = ours.count(b"\r\n") * 2 > ours.count(b"\n")
        return replace(outcome, content=outcome.content.replace(b"\n", b"\r\n")) if wide else outcome
    versions = [read(content, "") for content in (base, ours, theirs)]
    if any(version.findings for version in versions[1:]) or (base and versions[0].findings):
        return Outcome(by_git, clean, proved=False, binary=binary)
    try:
        old, mine, other = (_parts(version) if version.text else None for version in versions)
    except OddYamlError:
        return Outcome(by_git, clean, proved=False)
    if mine is None or other is None:
        return Outcome(by_git, clean, proved=False)
    merged = merge(old, mine, other)
    if clean and all(clash.cause is Cause.LAYOUT for clash in merged.clashes) and _means(by_git, merged.data):
        return Outcome(by_git, clean=True, carried=tuple(merged.carried))
    form = _Form.of(*versions)
    found = _by_parts(merged, form, marker)
    if found is None and clean:  # git saw no conflict and yet is wrong: both versions stand between markers
        by_git, _clean = merge_texts(b"", ours, theirs, marker)
    return found or Outcome(by_git, clean=False, proved=False)


def _by_parts(merged: Merged, form: _Form, marker: int) -> Outcome | None:
    """What the parts make together, where it can be proved."""
    if not merged.clashes:
        content = form.bytes(merged.text(_ours))
        proved = _means(content, merged.data)
        return Outcome(content, clean=True, carried=tuple(merged.carried)) if proved else None
    if any(read(form.bytes(merged.text(side)), "").findings for side in (_ours, _theirs)):
        return None
    content = form.bytes(merged.text(lambda clash: form.marked(clash, marker)))
    return Outcome(content, clean=False, clashes=tuple(merged.clashes), carried=tuple(merged.carried))


def _means(content: bytes, data: Data) -> bool:
    parsed = read(content, "")
    return not parsed.findings and same(parsed.data, data)


def _parts(version: Parsed) -> Stretch:
    return cut(version.text if version.text.endswith("\n") else version.text + _line_end(version.text))


def _ends(content: bytes) -> tuple[bool, bool]:
    """Whether some lines end with CR and LF, and whether some with LF alone."""
    wide = content.count(b"\r\n")
    return wide > 0, content.count(b"\n") > wide


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


def _ours(clash: Clash) -> str:
    return clash.ours


def _theirs(clash: Clash) -> str:
    return clash.theirs
