"""An index of an earlier state of a file → that of its present one: only the directives that have changed are read.

Directives are the items of a block list, each known by the digest of its bytes. What comes before the first changed one
and what follows the last is as it was, if no directive is new but at the end; the stretch between is read as a list of
its own, at the same indentation. A
parser of blocks carries nothing over from one item to the next: anchors, tags and directives of YAML are refused, and
what opens a quote or a bracket without closing it can't be read alone. In doubt the whole file is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from vpcp_cli.programme import Directive
from vpcp_cli.storage.index.fill import Chapter, Kinds, Spans, Where, digest, fill, forget, latest
from vpcp_cli.storage.index.form import SHIFT
from vpcp_cli.storage.index.index import Index
from vpcp_cli.storage.index.records import Plain, directive_of, task_of
from vpcp_cli.storage.splice import BOM

if TYPE_CHECKING:  # needs YAML
    from vpcp_cli.storage.yaml.construct import Span

MOST: Final = 1 << 18
"""A larger stretch is read with the whole file."""
_HEAD: Final = b"schema: 1\nyear: %d\nkind: work_programme\ntitle: x\nowner: VPCP\ndirectives:\n"


class _Stretch(NamedTuple):
    """Directives from `first` to before `last` have changed; they stand from `start` to `end`, from `line` on."""

    first: int
    last: int
    start: int
    end: int
    line: int


def brought_up_to(index: Index, content: bytes) -> bool:
    """Let the index of an earlier state of a file be that of its present bytes; whether that could be."""
    bare = content.removeprefix(BOM)
    stretch = _stretch(index, bare)
    margin = bare[bare.rfind(b"\n", 0, stretch.start) + 1 : stretch.start] if stretch else b""
    if stretch is None or margin.strip() != b"-":
        return False
    before = _HEAD % index.year + margin
    if index.has_members or not (read := _read(index, before + bare[stretch.start : stretch.end], stretch)):
        return False
    directives, plain, found = read
    spans = _spans(found, stretch, len(before), bare)
    places = range(stretch.first, stretch.first + len(directives))
    next_start = stretch.end if stretch.last == len(index.directive_ids) else _start(index, stretch.last, bare)
    bounds = pairwise([*(spans[place, None][1] for place in places), next_start])
    chapters = [
        Chapter(place, directive, data, bare[start:end])
        for place, directive, data, (start, end) in zip(places, directives, plain, bounds, strict=True)
    ]
    put(index, chapters, spans, len(bare), bare.count(b"\n", stretch.start, next_start))
    return True


def _spans(found: Sequence[Span], stretch: _Stretch, before: int, bare: bytes) -> Spans:
    """Return where in the file stands what was found in a text that begins with so many other bytes."""
    shift, line = stretch.start - before, stretch.line - _HEAD.count(b"\n") - 1
    rest = bare[stretch.end : bare.find(b"\n", stretch.end) + 1]
    dash = stretch.end + len(rest) - len(rest.lstrip(b" "))  # what nothing but blanks follow ends where the next begins
    spans: dict[tuple[int, int | None], Where] = {}
    for one in found:
        stop = one.end + shift
        where = one.line + line, one.start + shift, dash if stop == stretch.end else stop
        spans[one.directive + stretch.first, one.task] = where
    return spans


def put(
    index: Index, chapters: Sequence[Chapter], spans: Spans, size: int, lines: int, kinds: Kinds | None = None
) -> None:
    """Put directives that follow each other in the place of earlier ones; the file is of another size now.

    `lines` is how many lines lead from the start of the first to the start of what follows them.
    """
    db = index.with_texts()
    first, behind = chapters[0].place << SHIFT, (chapters[-1].place + 1) << SHIFT
    old, was = db.execute("SELECT size, last FROM programme").fetchone()
    row = db.execute("SELECT line FROM directive WHERE number = ?", (behind,)).fetchone()
    further = spans[chapters[0].place, None][0] + lines - row[0] if row else 0
    db.execute("BEGIN")
    try:
        had = latest(db, first, behind - 1)
        forget(db, [one.place for one in chapters])
        moved = "UPDATE directive SET start = start + ?, stop = stop + ?, line = line + ? WHERE number > ?"
        db.execute(moved, (size - old, size - old, further, first))
        fill(db, index.head, chapters, spans, kinds)
        has = latest(db, first, behind - 1)
        last = max(has, was) if had < was or has >= was else latest(db)  # all tasks are looked at where it may be less
        db.execute("UPDATE programme SET size = ?, last = ?", (size, last))
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
    index.forget()


def _stretch(index: Index, bare: bytes) -> _Stretch | None:
    """Return what has changed."""
    rows = index.db.execute("SELECT start, digest, line FROM directive ORDER BY number").fetchall()
    front, size = index.db.execute("SELECT front, size FROM programme").fetchone()
    if not rows or digest(bare[: rows[0][0]]) != front:
        return None
    starts, growth, last = [*(start for start, _digest, _line in rows), size], len(bare) - size, len(rows)

    def same(place: int, shift: int) -> bool:
        return bool(digest(bare[starts[place] + shift : starts[place + 1] + shift]) == rows[place][1])

    first = next((place for place in range(last) if not same(place, 0)), last - 1)
    while last - 1 > first and starts[last - 1] + growth > starts[first] and same(last - 1, growth):
        last -= 1
    start, end = starts[first], starts[last] + growth
    if last < len(rows):
        end = bare.rfind(b"\n", start, end) + 1
    return _Stretch(first, last, start, end, rows[first][2]) if start < end <= start + MOST else None


def _start(index: Index, place: int, bare: bytes) -> int:
    """Return where a directive starts now that has not changed."""
    (size,) = index.db.execute("SELECT size FROM programme").fetchone()
    (start,) = index.db.execute("SELECT start FROM directive WHERE number = ?", (place << SHIFT,)).fetchone()
    return int(start) + len(bare) - int(size)


def _read(
    index: Index, text: bytes, stretch: _Stretch
) -> tuple[Sequence[Directive], Sequence[Plain], Sequence[Span]] | None:
    """Return the directives of a stretch with their plain data, and where they stand in the text."""
    from vpcp_cli.storage.format.coherence import incoherences
    from vpcp_cli.storage.format.plainly import is_surely
    from vpcp_cli.storage.yaml.document import read

    parsed = read(text, index.file)
    plain = parsed.data or {}
    directives = plain.get("directives")
    if parsed.findings or len(plain) != _HEAD.count(b":") or not isinstance(directives, list):
        return None
    more = len(directives) - (stretch.last - stretch.first)
    ends = stretch.last == len(index.directive_ids)
    if more < 0 or (more and not ends) or not all(is_surely(Directive, one) for one in directives):
        return None
    made = [_made(one) for one in directives]
    if any(True for _finding in incoherences(plain, index.id, index.file)) or _taken(index, made, stretch):
        return None
    if any(task.each for directive in made for task in directive.tasks):
        return None  # who they are the register says
    return made, directives, parsed.places()


def _made(plain: Plain) -> Directive:
    tasks = tuple(task_of(task, 0) for task in plain.get("tasks", ()))
    return directive_of({key: value for key, value in plain.items() if key != "tasks"}, 0, tasks)


def _taken(index: Index, directives: Sequence[Directive], stretch: _Stretch) -> bool:
    """Whether an id stands twice: the whole file is read then, which says so."""
    within = stretch.first << SHIFT, stretch.last << SHIFT
    ids = {
        "directive": [one.id for one in directives],
        "task": [task.id for one in directives for task in one.tasks],
    }
    for table, some in ids.items():
        asked = f"SELECT 1 FROM {table} WHERE id = ? AND NOT (number >= ? AND number < ?)"
        if len({*some}) < len(some) or any(index.db.execute(asked, (id_, *within)).fetchone() for id_ in some):
            return True
    return False
