"""A question in SQL, answered by tables that are made for it; what would write, or reach anything else, is refused."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from enum import StrEnum
from functools import cached_property
from math import isfinite
from typing import Any, Final, NamedTuple, TypeAlias

from vpcp_cli.deadline import Deadline
from vpcp_cli.errors import VpcpError
from vpcp_cli.kinds import keys_of, plain
from vpcp_cli.language import _
from vpcp_cli.library import Library
from vpcp_cli.linking import linked
from vpcp_cli.programme import Directive, LogEntry, Programme, Task
from vpcp_cli.standing import intervals

Value: TypeAlias = "str | int | float | None"

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
"""The columns of `task`, and the facts that they hold."""
_STATE: Final = (
    *("task", "since", "until", "status", "lead", "support", "deadline", "last_day", "postponements", "obstacles"),
)
_DIRECTIVE: Final = ("id", "programme", "kind", "title", "title_en", "issuer", "role", "issued", "document")
_PROGRAMME: Final = ("id", "year", "kind", "title", "title_en", "owner", "parent")
_UNIT: Final = ("code", "name", "name_en", "short", "type", "parent", "valid_from", "valid_to")


class Answered(NamedTuple):
    """The names of the columns, and the rows."""

    names: Sequence[str]
    rows: Sequence[Sequence[Value]]


class BadStatementError(VpcpError):
    """A statement that SQLite can't answer."""

    def __init__(self, why: str) -> None:
        """Keep what SQLite says."""
        super().__init__(why)
        self.why = why

    def sentence(self) -> str:
        """Say what SQLite says."""
        return _("The statement can't be answered: {why}").format(why=self.why)

    def hint(self) -> str:
        """Name the tables."""
        return _("The tables are {tables}; docs/database.md names their columns.").format(tables=", ".join(TABLES))


class OnlyReadsError(VpcpError):
    """A statement that would do more than read."""

    def sentence(self) -> str:
        """Say that nothing is written."""
        return _("`vpcp sql` only reads: this statement would do more.")

    def hint(self) -> str:
        """Say what it takes."""
        return _("Give one SELECT; what files hold is changed by commands such as `vpcp update`.")


class _Asked:
    """What tables are made of."""

    def __init__(self, library: Library, years: frozenset[int], day: date, due_soon_days: int) -> None:
        self.library, self.years, self.day, self.soon = library, years, day, due_soon_days

    def wanted(self, year: int) -> bool:
        return not self.years or year in self.years

    @cached_property
    def programmes(self) -> tuple[Programme, ...]:
        return tuple(one for one in linked(self.library.whole().programmes) if self.wanted(one.year))

    def tasks(self) -> Iterator[tuple[Programme, Directive, Task]]:
        return ((one, *both) for one in self.programmes for both in one.tasks())


def _tasks(asked: _Asked) -> Iterator[Sequence[Any]]:
    tasks = asked.library.tasks(asked.day, asked.soon)
    found = tasks.where("year", asked.years) if asked.years else tasks
    last = list(_FACTS).index("last_day")
    for row in found.rows(*_FACTS.values()):
        yield [one.last if at == last and one else one for at, one in enumerate(row)]


def _states(asked: _Asked) -> Iterator[Sequence[Any]]:
    for programme, directive, task in asked.tasks():
        for since, until, found in intervals(programme, directive, task):
            due = found.deadline
            yield (
                *(task.id, since, until, found.status, found.lead, found.support, due, due and due.last),
                *(found.postponements, len(found.obstacles)),
            )


def _entries(asked: _Asked) -> Iterator[Sequence[Any]]:
    names = list(keys_of(LogEntry))
    for _programme, _directive, task in asked.tasks():
        for place, entry in enumerate(task.log, 1):
            given = plain(entry)
            yield task.id, place, *(given.get(name) for name in names)


def _directives(asked: _Asked) -> Iterator[Sequence[Any]]:
    for programme in asked.programmes:
        for one in programme.directives:
            role = one.issuer.role
            yield (
                *(one.id, programme.id, one.kind, one.title.in_("vi"), one.title.in_("en")),
                *(one.issuer.name, role and role.in_("vi"), one.issued, one.number),
            )


def _programmes(asked: _Asked) -> Iterator[Sequence[Any]]:
    for one in asked.library.heads.programmes:
        if asked.wanted(one.year):
            yield one.id, one.year, one.kind, one.title.in_("vi"), one.title.in_("en"), one.owner, one.parent


def _units(asked: _Asked) -> Iterator[Sequence[Any]]:
    for one in asked.library.units:
        short = one.short and one.short.in_("vi")
        yield (
            one.code,
            one.name.in_("vi"),
            one.name.in_("en"),
            short,
            one.type,
            one.parent,
            one.valid_from,
            one.valid_to,
        )


class Table(NamedTuple):
    """The columns of a table, and what makes its rows."""

    columns: Sequence[str]
    rows: Callable[[_Asked], Iterable[Sequence[Any]]]


TABLES: Final[Mapping[str, Table]] = {
    "task": Table(tuple(_FACTS), _tasks),
    "state": Table(_STATE, _states),
    "entry": Table(("task", "place", *keys_of(LogEntry)), _entries),
    "directive": Table(_DIRECTIVE, _directives),
    "programme": Table(_PROGRAMME, _programmes),
    "unit": Table(_UNIT, _units),
}
"""What can be asked about; docs/database.md says what the columns hold."""


def answered(library: Library, years: frozenset[int], day: date, due_soon_days: int, statement: str) -> Answered:
    """Return the answer to a statement; raise `BadStatementError` or `OnlyReadsError`."""
    words = set(re.findall(r"\w+", statement.lower()))
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        asked = _Asked(library, years, day, due_soon_days)
        for name, table in TABLES.items():
            _make(db, name, table, table.rows(asked) if name in words else ())
        refused: list[int] = []

        def judge(action: int, _first: str | None, second: str | None, *_rest: object) -> int:
            if action in _READS and second not in _FORBIDDEN:
                return sqlite3.SQLITE_OK
            refused.append(action)
            return sqlite3.SQLITE_DENY

        db.set_authorizer(judge)
        db.set_progress_handler(lambda: 0, _STEPS)
        try:
            found = db.execute(statement)
            rows = [[_value(one) for one in row] for row in found]
        except (sqlite3.Error, sqlite3.Warning, UnicodeError, OverflowError) as error:
            if refused:
                raise OnlyReadsError from None
            raise BadStatementError(str(error)) from None
        return Answered(_names([one[0] for one in found.description or ()]), rows)


def _make(db: sqlite3.Connection, name: str, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    columns = ", ".join(f'"{column}"' for column in table.columns)
    db.execute(f'CREATE TABLE "{name}"({columns})')
    places = ", ".join("?" * len(table.columns))
    db.execute("BEGIN")
    db.executemany(f'INSERT INTO "{name}" VALUES({places})', (list(map(_kept, row)) for row in rows))
    db.execute("COMMIT")


def _kept(value: Any) -> Value:  # noqa: ANN401 - any value
    """Return a value as a table holds it: days and deadlines as files write them, lists of codes with spaces."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Deadline):
        return value.text
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value


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
