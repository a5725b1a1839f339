"""A question in SQL, answered by tables that are made for it; what would write, or reach anything else, is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from math import isfinite
from typing import Any, Final, NamedTuple

from vpcp_cli.errors import VpcpError
from vpcp_cli.language import N_, _
from vpcp_cli.library import Library
from vpcp_cli.programme import Task
from vpcp_cli.storage.index.relations import TABLES, Facts, Row, Value, kept, of_keys, values_of

_READS: Final = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
_FORBIDDEN: Final = frozenset({"load_extension"})
_STEPS: Final = 100_000
"""After so many steps of SQLite's machine Python looks whether somebody has pressed Ctrl-C."""
_FACTS: Final = {
    "id": "id",
    "programme": "programme",
    "year": "year",
    "directive": "directive",
    "text": "vi",
    "text_en": "en",
    "nature": "nature",
    "category": "category",
    "priority": "priority",
    "lead": "lead",
    "support": "support",
    "responsible": "responsible",
    "deadline": "deadline",
    "last_day": "deadline",
    "status": "status",
    "timeliness": "timeliness",
    "days": "days",
    "open": "open",
    "obstacle": "obstacle",
    "postponements": "postponements",
    "last_entry": "settled",
    "carried_to": "carried_to",
}
"""The columns of `task` that say how one stands on the day, and the facts that they hold."""
_WITHOUT: Final = (*_FACTS, "deadline_words", "log", "corrects")
DEFINED: Final = ("exists_from", *(column.name for column in of_keys(Task, _WITHOUT)))
"""Its other columns: what files say of a task, on whichever day; all tasks are read as a whole for these."""


class Answered(NamedTuple):
    """The names of the columns, and the rows."""

    names: Sequence[str]
    rows: Sequence[Sequence[Value]]


class BadStatementError(VpcpError):
    """A statement that SQLite can't answer."""

    why: str
    says = N_("The statement can't be answered: {why}")

    def hint(self) -> str:
        """Name the tables."""
        return _("The tables are {tables}; docs/database.md names their columns.").format(tables=", ".join(COLUMNS))


class OnlyReadsError(VpcpError):
    """A statement that would do more than read."""

    says = N_("`vpcp sql` only reads: this statement would do more.")
    advises = N_("Give one SELECT; what files hold is changed by commands such as `vpcp update`.")


class _Asked(Facts):
    """What tables are made of, with the day of the report."""

    def __init__(self, library: Library, years: frozenset[int], due_soon_days: int, day: date) -> None:
        super().__init__(library, years, due_soon_days)
        self.day = day

    def standing(self, *, whole: bool) -> Iterator[Row]:
        """Yield the rows of `task`: how each stands on the day, and as a whole what files say of it as well."""
        tasks = self.library.tasks(self.day, self.soon)
        found = tasks.where("year", self.years) if self.years else tasks
        nothing = (None,) * len(DEFINED)
        defined = self._defined() if whole else {}
        last = list(_FACTS).index("last_day")
        for row in found.rows(*_FACTS.values()):
            stands = (one.last if at == last and one else one for at, one in enumerate(row))
            yield *stands, *defined.get(row[0], nothing)

    def _defined(self) -> Mapping[str, Row]:
        return {
            task.id: (programme.exists_from(directive, task), *values_of(task, Task, _WITHOUT))
            for programme, directive, task in self.tasks()
        }


COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "task": (*_FACTS, *DEFINED),
    **{name: table.names for name, table in TABLES.items() if name != "task"},
}
"""The tables that can be asked about, with their columns; docs/database.md says what these hold."""


def answered(library: Library, years: frozenset[int], day: date, due_soon_days: int, statement: str) -> Answered:
    """Return the answer to a statement; raise `BadStatementError` or `OnlyReadsError`."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        for name, columns in COLUMNS.items():
            given = ", ".join(f'"{column}"' for column in columns)
            db.execute(f'CREATE TABLE "{name}"({given})')
        read: set[tuple[str, str]] = set()
        _ask(db, f"EXPLAIN {statement}", read)
        asked = _Asked(library, years, due_soon_days, day)
        whole = not read.isdisjoint(("task", name) for name in DEFINED)
        for name in {table for table, _column in read} & COLUMNS.keys():
            _fill(db, name, asked.standing(whole=whole) if name == "task" else TABLES[name].rows(asked))
        return _ask(db, statement, read)


def _ask(db: sqlite3.Connection, statement: str, read: set[tuple[str, str]]) -> Answered:
    """Answer a statement that only reads, and tell which columns of which tables it reads."""
    refused: list[int] = []

    def judge(action: int, first: str | None, second: str | None, *_rest: object) -> int:
        if action in _READS and second not in _FORBIDDEN:
            if action == sqlite3.SQLITE_READ:
                read.add((str(first).lower(), str(second).lower()))
            return sqlite3.SQLITE_OK
        refused.append(action)
        return sqlite3.SQLITE_DENY

    db.set_authorizer(judge)
    db.set_progress_handler(lambda: 0, _STEPS)
    try:
        found = db.execute(statement)
        rows = [[_value(one) for one in row] for row in found]
    except (sqlite3.Error, sqlite3.Warning, UnicodeError, OverflowError) as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise KeyboardInterrupt from None
        if refused:
            raise OnlyReadsError from None
        raise BadStatementError(str(error)) from None
    finally:
        db.set_authorizer(None)
    return Answered(_names([one[0] for one in found.description or ()]), rows)


def _fill(db: sqlite3.Connection, name: str, rows: Iterable[Row]) -> None:
    places = ", ".join("?" * len(COLUMNS[name]))
    db.execute("BEGIN")
    db.executemany(f'INSERT INTO "{name}" VALUES({places})', (list(map(kept, row)) for row in rows))
    db.execute("COMMIT")


def _value(value: Any) -> Value:  # noqa: ANN401 - any value of SQLite
    if isinstance(value, bytes):
        return value.hex()
    return str(value) if isinstance(value, float) and not isfinite(value) else value


def _names(given: Sequence[str]) -> list[str]:
    """Return the names of columns, each another: what comes again gets a number."""
    found: list[str] = []
    for name in given:
        number, own = 1, name
        while own in found:
            number += 1
            own = f"{name}_{number}"
        found.append(own)
    return found
