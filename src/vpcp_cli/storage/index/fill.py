"""A programme → the rows of its index."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import blake2b
from itertools import islice
from sqlite3 import Connection
from typing import Any, Final, NamedTuple, TypeAlias

from vpcp_cli.case import Lasting, lasting
from vpcp_cli.kinds import searched
from vpcp_cli.knowing import written_on
from vpcp_cli.linking import origin_of
from vpcp_cli.programme import Directive, LogEntry, Programme, Task
from vpcp_cli.searched import searched_on_any_day
from vpcp_cli.standing import folded, intervals
from vpcp_cli.storage.index.form import FOREVER, SHIFT
from vpcp_cli.storage.index.kind import row_of
from vpcp_cli.storage.index.records import Plain, checksum_of, text_of
from vpcp_cli.storage.index.tables import STATE, TASK, TOLD, State, Telling, insert, make, make_indexes, taker
from vpcp_cli.storage.splice import BOM
from vpcp_cli.vietnamese import fold

Where: TypeAlias = tuple[int, int, int]
"""A line, and where something starts and ends in a file's bytes."""
Spans: TypeAlias = Mapping[tuple[int, int | None], Where]
"""Where a programme's directives stand, and their tasks: by their places there."""
Kinds: TypeAlias = Callable[[Lasting], int]
"""What numbers the kinds of standing."""

_TABLES: Final = {
    "main.directive": ("number", 8),
    "main.task": ("number", len(TASK)),
    "main.state": ("task", len(STATE)),
    "main.member": ("task", 2),
    "main.link": ("task", 3),
    "main.entry": ("task", 2),
    "texts.record": ("task", 6),
    "texts.told": ("task", len(TOLD)),
    "texts.unit": ("directive", 4),
}
"""What is filled with a directive: the column by which its rows are told, and how many there are."""
_HEAD: Final = -1
_AT_ONCE: Final = 128
"""Of so many directives the rows are held together until they are inserted."""
_task_row: Final = taker(TASK)
_state_row: Final = taker(STATE)
_told_row: Final = taker(TOLD)


class Chapter(NamedTuple):
    """A directive with its place among the others, its plain data, and the bytes from it to the next one."""

    place: int
    directive: Directive
    plain: Plain
    content: bytes


def built(programme: Programme, plain: Plain, spans: Spans, content: bytes) -> Connection:
    """Return the index of a programme; `plain` are the data that it was made from, `content` the file's bytes."""
    from vpcp_cli import checks  # for what is laid over an index nothing is checked

    db = sqlite3.connect(":memory:", isolation_level=None)
    make(db)
    bare = content.removeprefix(BOM)
    starts = [spans[place, None][1] for place in range(len(programme.directives))]
    bounds = [*starts, len(bare)]
    chapters = (
        Chapter(place, directive, data, bare[bounds[place] : bounds[place + 1]])
        for place, (directive, data) in enumerate(zip(programme.directives, plain["directives"], strict=True))
    )
    db.execute("BEGIN")
    fill(db, programme, chapters, spans)
    alone = checks.alone(programme)
    uses = {(_HEAD, code, year, False) for code, year, _takes_part in alone.uses}
    db.executemany(insert("texts.unit", 4), uses)
    head = text_of(plain, "directives")
    front = digest(bare[: bounds[0]])
    db.execute(insert("programme", 5), (head, front, len(bare), alone.errors, latest(db)))
    make_indexes(db)
    db.execute("COMMIT")
    return db


def latest(db: Connection, first: int = 0, last: int = (1 << 63) - 1) -> int:
    """Return the day from which on all tasks are there, or those from one number to another."""
    (day,) = db.execute("SELECT max(exists_from) FROM task WHERE number BETWEEN ? AND ?", (first, last)).fetchone()
    return int(day or 0)


def digest(content: bytes) -> bytes:
    """Return what tells some bytes of a file from others."""
    return blake2b(content, digest_size=16).digest()


def fill(
    db: Connection, programme: Programme, chapters: Iterable[Chapter], spans: Spans, kinds: Kinds | None = None
) -> None:
    """Insert some directives."""
    kinds, left = kinds or numbering(db), iter(chapters)
    while some := [*islice(left, _AT_ONCE)]:
        for table, rows in _rows(programme, some, spans, kinds).items():
            db.executemany(insert(table, _TABLES[table][1]), rows)


def _rows(
    programme: Programme, chapters: Iterable[Chapter], spans: Spans, kinds: Kinds
) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of some directives, by their tables."""
    from vpcp_cli import checks

    rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _TABLES}
    for chapter in chapters:
        number, directive = chapter.place << SHIFT, chapter.directive
        line, start, stop = spans[chapter.place, None]
        alone = checks.alone(programme, directive)
        data, about = text_of(chapter.plain, "tasks"), _folded(text for _key, text in searched(directive))
        rows["main.directive"].append(
            (number, directive.id, data, alone.errors, line, start, stop, digest(chapter.content))
        )
        rows["texts.unit"] += [(number, *use) for use in alone.uses]
        for at, (task, plain) in enumerate(zip(directive.tasks, chapter.plain.get("tasks") or (), strict=True)):
            own = number + at + 1
            first = programme.exists_from(directive, task)
            text, origin = text_of(plain), origin_of(task)
            rest = [one - of for one, of in zip(spans[chapter.place, at], (line, start, start), strict=True)]
            rows["main.task"].append(_task_row((own, first.toordinal(), task, checksum_of(text, *rest))))
            its = [] if origin else list(_states(own, programme, directive, task, kinds))
            rows["main.state"] += map(_state_row, its)
            rows["texts.told"] += map(_told_row, _tellings(task, its))
            rows["main.member"] += ((own, code) for code in _members(task))
            rows["main.link"] += [(own, origin, digest(text.encode()))] if task.id in alone.linked else []
            days = {day for entry in task.log for day in (entry.date, written_on(entry))}
            rows["main.entry"] += [(day.toordinal(), own) for day in days]
            rows["texts.record"].append((own, *rest, f"{_folded(searched_on_any_day(task))}\0{about}", text))
    return rows


def states(
    number: int, programme: Programme, directive: Directive, task: Task, kinds: Kinds
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a task's states; `kinds` numbers the kinds of standing."""
    return map(_state_row, _states(number, programme, directive, task, kinds))


def _states(number: int, programme: Programme, directive: Directive, task: Task, kinds: Kinds) -> Iterator[State]:
    for since, until, found in intervals(programme, directive, task):
        kind, late = lasting(task, found)
        end = until.toordinal() if until else FOREVER
        yield State(number, since.toordinal(), end, found, kinds(kind), late)


def _tellings(task: Task, states: Iterable[State]) -> Iterator[Telling]:
    """Yield what programs get of the states of a task; nothing where it has parts, which are told from its records."""
    if not (task.recurs or task.each):
        places = {id(entry): place for place, entry in enumerate(task.log)}
        figures = any(entry.value is not None for entry in task.log)
        for state in states:
            values = (one.value for one in reversed(_log(task, state))) if figures else ()
            yield Telling(state, next((value for value in values if value is not None), None), places)


def _log(task: Task, state: State) -> Sequence[LogEntry]:
    return folded(task, date.fromordinal(state.since))


def _members(task: Task) -> set[str]:
    """Return the units that at some time must do a part of a task; "" stands for each task that is each unit's."""
    return {"", *(code for one in task.owing for code in one.codes)} if task.each else set()


def _folded(texts: Iterable[str]) -> str:
    """Return texts as search looks at them; the lead, which moves, is looked for apart."""
    return fold("\0".join(texts))


def numbering(db: Connection) -> Kinds:
    """Return what numbers the kinds of standing; new ones are kept."""
    known: dict[tuple[Any, ...], int] = {tuple(row): number for number, *row in db.execute("SELECT * FROM main.kind")}

    def number(kind: Lasting) -> int:
        row = row_of(kind)
        if row not in known:
            known[row] = len(known) + 1
            db.execute(insert("main.kind", 1 + len(row)), (known[row], *row))
        return known[row]

    return cache(number)


def forget(db: Connection, places: Sequence[int]) -> None:
    """Delete some directives and all that they hold."""
    for table, (key, _width) in _TABLES.items():
        ends = ((place << SHIFT, (place + 1) << SHIFT) for place in places)
        db.executemany(f"DELETE FROM {table} WHERE {key} >= ? AND {key} < ?", ends)
