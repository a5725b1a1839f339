"""The exact unified diff of splices, however long the file is."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from vpcp_cli.dataclass import dataclass
from vpcp_cli.storage.splice import Splice, all_applied, at_once

CONTEXT = 3


@dataclass(slots=True)
class _Hunk:
    """Lines `start` to `end` (from 0, without the last) of the old text become `new`."""

    start: int
    end: int
    new: list[bytes]


def unified(name: str, old: bytes | None, new: bytes | None, splices: Sequence[Splice]) -> str:
    """The diff of a file after splices, made one after the other.

    Without `old` the file is made and holds `new`; without `new` it is removed.
    """
    mine, theirs = _quoted(f"a/{name}"), _quoted(f"b/{name}")
    if old is None or new is None:
        lines = _lines(old or new or b"")
        count = f"1,{len(lines)}" if len(lines) != 1 else "1"
        if old is None:
            return _diff("/dev/null", theirs, f"@@ -0,0 +{count} @@\n", "+", lines)
        return _diff(mine, "/dev/null", f"@@ -{count} +0,0 @@\n", "-", lines)
    pieces = [f"--- {mine}\n+++ {theirs}\n", *_changed(old, at_once(splices))]
    return "".join(pieces) if len(pieces) > 1 else ""


def _changed(old: bytes, splices: Sequence[Splice]) -> Iterator[str]:
    """The hunks of a file, with the heads that say where they stand."""
    window, above = _around(old, splices)
    old = old[window]
    lines, grown = _lines(old), 0
    for group in _groups(_hunks(old, lines, [splice.shifted(-window.start) for splice in splices])):
        first, last = max(0, group[0].start - CONTEXT), min(len(lines), group[-1].end + CONTEXT)
        body = list(_body(lines, group, first, last))
        removed = last - first
        added = removed + sum(len(hunk.new) - (hunk.end - hunk.start) for hunk in group)
        yield f"@@ -{_range(above + first, removed)} +{_range(above + first + grown, added)} @@\n"
        yield from body
        grown += added - removed


def _around(old: bytes, splices: Sequence[Splice]) -> tuple[slice, int]:
    """The whole lines that splices may touch with those that are shown around them, and how many are above."""
    start = splices[0].start if splices else len(old)
    end = splices[-1].end if splices else 0
    for _line in range(CONTEXT + 2):
        start = old.rfind(b"\n", 0, max(start - 1, 0)) + 1
        end = old.find(b"\n", end) + 1 or len(old)
    return slice(start, end), old.count(b"\n", 0, start)


def _quoted(name: str) -> str:
    """The name as git has it in a diff: between quotation marks where it holds what can't be seen."""
    return name if name.isprintable() else json.dumps(name, ensure_ascii=False)


def _diff(old: str, new: str, head: str, sign: str, lines: Iterable[bytes]) -> str:
    return f"--- {old}\n+++ {new}\n{head}" + "".join(_shown(sign, line) for line in lines)


def _lines(text: bytes) -> list[bytes]:
    lines = [line + b"\n" for line in text.split(b"\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _hunks(old: bytes, lines: list[bytes], splices: Sequence[Splice]) -> Iterator[_Hunk]:
    """What changes, in whole lines; splices that touch one line make one hunk."""
    starts = [0, *accumulate(map(len, lines))]
    pending: list[Splice] = []
    first = last = 0
    for splice in splices:
        begin = min(bisect_right(starts, splice.start) - 1, len(lines))
        if splice.start == len(old) and not old.endswith(b"\n"):
            begin = max(0, len(lines) - 1)
        if pending and begin >= last:
            yield _hunk(old, lines, starts, (first, last), pending)
            pending = []
        if not pending:
            first = last = begin
        last = max(last, min(len(lines), bisect_right(starts, splice.end)))
        pending.append(splice)
    if pending:
        yield _hunk(old, lines, starts, (first, last), pending)


def _hunk(old: bytes, lines: list[bytes], starts: list[int], span: tuple[int, int], splices: list[Splice]) -> _Hunk:
    start, end = span
    text = all_applied(old[starts[start] : starts[end]], [splice.shifted(-starts[start]) for splice in splices])
    new = _lines(text)
    while start < end and new and lines[start] == new[0]:
        start, new = start + 1, new[1:]
    while start < end and new and lines[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    return _Hunk(start, end, new)


def _groups(hunks: Iterable[_Hunk]) -> Iterator[list[_Hunk]]:
    """Hunks whose contexts meet are shown together."""
    group: list[_Hunk] = []
    for hunk in hunks:
        if group and hunk.start - group[-1].end > 2 * CONTEXT:
            yield group
            group = []
        group.append(hunk)
    if group:
        yield group


def _body(lines: list[bytes], group: list[_Hunk], first: int, last: int) -> Iterator[str]:
    place = first
    for hunk in group:
        yield from (_shown(" ", line) for line in lines[place : hunk.start])
        yield from (_shown("-", line) for line in lines[hunk.start : hunk.end])
        yield from (_shown("+", line) for line in hunk.new)
        place = hunk.end
    yield from (_shown(" ", line) for line in lines[place:last])


def _range(start: int, count: int) -> str:
    begin = start + 1 if count else start
    return f"{begin}" if count == 1 else f"{begin},{count}"


def _shown(sign: str, line: bytes) -> str:
    return sign + line.decode() if line.endswith(b"\n") else f"{sign}{line.decode()}\n\\ No newline at end of file\n"
