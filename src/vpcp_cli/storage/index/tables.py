"""The tables of an index, each column said once: its name, its type, and how it is taken from a task.

A day is its number (`date.toordinal`), a code the word that files hold. Numbers of tasks go as the file does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from sqlite3 import Connection
from typing import Any, Final, NamedTuple

from vpcp_cli.deadline import Deadline
from vpcp_cli.programme import Task
from vpcp_cli.standing import Folded, Obstacle
from vpcp_cli.storage.index.form import RARE
from vpcp_cli.storage.index.kind import COLUMNS as KIND


class State(NamedTuple):
    """How a task stands from one day until before another."""

    number: int
    since: int
    until: int
    found: Folded
    kind: int
    late: int | None


class Telling(NamedTuple):
    """A state, the last figure that was reached, and where the entries of the log stand, by their identity."""

    state: State
    value: float | None
    places: Mapping[int, int]

    def place(self, obstacle: Obstacle) -> int:
        """Return the place of an open obstacle."""
        return self.places[id(obstacle.entry)]


class Column(NamedTuple):
    """A column: `take` makes its value of what the row is about."""

    name: str
    type: str
    take: Callable[[Any], Any]


def _text(deadline: Deadline | None) -> str | None:
    return deadline.text if deadline else None


def _task(name: str, kind: str, take: Callable[[Task], Any]) -> Column:
    return Column(name, kind, lambda row: take(row[2]))


TASK: Final = (
    Column("number", "INTEGER PRIMARY KEY", lambda row: row[0]),
    _task("id", "TEXT NOT NULL", lambda task: task.id),
    Column("exists_from", "INTEGER NOT NULL", lambda row: row[1]),
    Column("checksum", "INTEGER NOT NULL", lambda row: row[3]),
    _task("vi", "TEXT NOT NULL", lambda task: task.text.in_("vi")),
    _task("en", "TEXT", lambda task: None if task.text.vi == task.text.en else task.text.in_("en")),
    _task("category", "TEXT", lambda task: task.category and task.category.value),
    _task("priority", "INTEGER NOT NULL", lambda task: task.priority),
    _task("tags", "TEXT", lambda task: "\n".join(task.tags) or None),
    _task("start", "INTEGER", lambda task: task.start and task.start.toordinal()),
    _task("parted", "INTEGER NOT NULL", lambda task: task.recurs is not None or task.each),
    _task("replaces", "TEXT", lambda task: task.replaces),
    _task("deadline_words", "TEXT", lambda task: task.deadline_words),
    _task("words_of", "TEXT", lambda task: task.deadline.text if task.deadline and task.deadline_words else None),
)
"""A row for each task, taken from its number, its first day, itself and its record's checksum.

`en` is missing where it is the same text. `words_of` is the deadline to which `deadline_words` belong.
"""

STATE: Final = (
    Column("task", "INTEGER NOT NULL", lambda row: row.number),
    Column("since", "INTEGER NOT NULL", lambda row: row.since),
    Column("until", "INTEGER NOT NULL", lambda row: row.until),
    Column("kind", "INTEGER NOT NULL", lambda row: row.kind),
    Column("late", "INTEGER", lambda row: row.late),
    Column("lead", "TEXT NOT NULL", lambda row: row.found.lead),
    Column("support", "TEXT NOT NULL", lambda row: " ".join(row.found.support)),
    Column("deadline", "TEXT", lambda row: row.found.deadline and row.found.deadline.text),
    Column("postponements", "INTEGER NOT NULL", lambda row: row.found.postponements),
    Column("carried_to", "TEXT", lambda row: row.found.carried_to),
    Column("responsible", "TEXT", lambda row: row.found.responsible),
    Column("last", "INTEGER", lambda row: row.found.last_entry and row.found.last_entry.date.toordinal()),
)
"""A row for each interval between a task's entries, taken from a `State`: a day is asked for by `form.HOLDS`."""

TOLD: Final = (
    Column("task", "INTEGER NOT NULL", lambda row: row.state.number),
    Column("since", "INTEGER NOT NULL", lambda row: row.state.since),
    Column("first_deadline", "TEXT", lambda row: _text(row.state.found.first_deadline)),
    Column("pending_deadline", "TEXT", lambda row: _text(row.state.found.pending_deadline)),
    Column("completed", "INTEGER", lambda row: row.state.found.completed and row.state.found.completed.toordinal()),
    Column("value", "REAL", lambda row: row.value),
    Column("by", "TEXT", lambda row: row.state.found.spoken and row.state.found.spoken.by),
    Column("obstacles", "TEXT NOT NULL", lambda row: " ".join(map(str, map(row.place, row.state.found.obstacles)))),
    Column("last", "INTEGER", lambda row: row.places.get(id(row.state.found.last_entry))),
)
"""What else programs get of the same interval, of a task without parts; taken from a `Telling`."""

_OTHERS: Final = {
    "programme": "head TEXT NOT NULL, front BLOB NOT NULL, size INTEGER NOT NULL, errors INTEGER NOT NULL,"
    " last INTEGER NOT NULL",
    "directive": "number INTEGER PRIMARY KEY, id TEXT NOT NULL, data TEXT NOT NULL, errors INTEGER NOT NULL,"
    " line INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, digest BLOB NOT NULL",
    "kind": f"number INTEGER PRIMARY KEY, {', '.join(map(' '.join, KIND.items()))}",
    "member": "task INTEGER NOT NULL, code TEXT NOT NULL, PRIMARY KEY(task, code)",
    "entry": "day INTEGER NOT NULL, task INTEGER NOT NULL, PRIMARY KEY(day, task)",
    "link": "task INTEGER PRIMARY KEY, origin TEXT, digest BLOB NOT NULL",
    "texts.record": "task INTEGER PRIMARY KEY, line INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,"
    " folded TEXT NOT NULL, data TEXT NOT NULL",
    "texts.unit": "directive INTEGER NOT NULL, code TEXT NOT NULL, year INTEGER NOT NULL, takes_part INTEGER NOT NULL,"
    " PRIMARY KEY(directive, code, year, takes_part)",
}
"""`errors` are those that the rules find in a directive, or in the head, by itself; `last` is the day from which on all
tasks are there. Where a directive stands is counted in the file's bytes, where a task stands from its directive;
`front` is the digest of what comes before the first one.

`member` says which units must do their parts of a task that is each unit's; one of nobody has a row as well.
`link` says which tasks speak of others that may stand elsewhere, from which of them one goes on, and the digest of
all that a task says; the states of those that go on from others stand in no image of their own file (see `links`).
`entry` says on which days something happened or was written down; `unit` in which years a directive's tasks speak of
which units.
"""


def _columns(columns: tuple[Column, ...]) -> str:
    return ", ".join(f"{one.name} {one.type}" for one in columns)


TABLES: Final = (
    f"CREATE TABLE task({_columns(TASK)})",
    f"CREATE TABLE state({_columns(STATE)}, PRIMARY KEY(task, since)) WITHOUT ROWID",
    f"CREATE TABLE texts.told({_columns(TOLD)}, PRIMARY KEY(task, since)) WITHOUT ROWID",
    *(f"CREATE TABLE {name}({of}){' WITHOUT ROWID' * ('PRIMARY KEY(' in of)}" for name, of in _OTHERS.items()),
)
INDEXES: Final = (
    "CREATE INDEX task_id ON task(id)",
    "CREATE INDEX state_kind ON state(kind, lead, since, until)",
    *(
        f"CREATE INDEX {rare.table}_{name} ON {rare.table}({name}) WHERE {name} {rare.others}"
        for name, rare in RARE.items()
    ),
    "CREATE INDEX directive_id ON directive(id)",
)


def make(db: Connection) -> None:
    """Make the tables of an empty database, with those of the texts attached to it."""
    db.execute("ATTACH ':memory:' AS texts")
    for statement in TABLES:
        db.execute(statement)


def make_indexes(db: Connection) -> None:
    """Make what finds rows, once they are there: in one go it is quicker, and smaller."""
    for statement in INDEXES:
        db.execute(statement)


def insert(table: str, number: int) -> str:
    """Return the statement that inserts a row of so many values."""
    return f"INSERT INTO {table} VALUES({', '.join('?' * number)})"


def taker(columns: tuple[Column, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what makes a row."""
    takes = [one.take for one in columns]
    return lambda row: tuple([take(row) for take in takes])
