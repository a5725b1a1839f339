"""A file of SQLite: each workspace is loaded in one transaction, which a killed process leaves undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection
from typing import Final

from vpcp_cli.errors import NotWrittenError
from vpcp_cli.language import _
from vpcp_cli.storage.database.dialect import INDEXES, SQLITE, quoted, table_statement, tables, views
from vpcp_cli.storage.database.load import APPLICATION, FORM, Load, OtherFormError, Outcome
from vpcp_cli.storage.index.relations import TABLES

_PATIENCE: Final = 600
"""So many seconds another process may keep a file to itself."""


class SqliteFile:
    """A file with the tables of some workspaces, or that is to be made."""

    def __init__(self, path: Path) -> None:
        """Take the file; it is opened for each load, and closed after it."""
        self.path = path

    def load(self, load: Load) -> Outcome:
        """Put a workspace in the place of what is there of it; raise `NotWrittenError` or `OtherFormError`."""
        fresh = not self.path.exists()
        try:
            with closing(sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)) as db:
                return self._loaded(db, load)
        except sqlite3.Error as error:
            raise NotWrittenError(str(self.path), str(error)) from None
        finally:
            if fresh and self.path.exists() and not self.path.stat().st_size:
                self.path.unlink()

    def _loaded(self, db: Connection, load: Load) -> Outcome:
        if self._made(db) and _is_there(db, load):
            return Outcome.SAME
        with _transaction(db):
            if not self._made(db):
                _make(db)
            elif _is_there(db, load):
                return Outcome.SAME
            _put(db, load)
        return Outcome.WRITTEN

    def _made(self, db: Connection) -> bool:
        """Whether its tables are there; raise `OtherFormError` where there are others."""
        found = tuple(db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
        if found == (APPLICATION, FORM):
            return True
        if found != (0, 0) or db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
            raise OtherFormError(str(self.path), _("Name another file; if this one is an old export, delete it first."))
        return False


@contextmanager
def _transaction(db: Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _make(db: Connection) -> None:
    for name, columns, key in tables():
        db.execute(table_statement(SQLITE, name, columns, key, " WITHOUT ROWID"))
    for statement in INDEXES:
        db.execute(statement)
    for name, query in views(SQLITE).items():
        db.execute(f"CREATE VIEW {name} AS {query}")
    db.execute(f"PRAGMA application_id = {APPLICATION}")
    db.execute(f"PRAGMA user_version = {FORM}")


def _is_there(db: Connection, load: Load) -> bool:
    row = db.execute("SELECT digest FROM workspace WHERE name = ?", (load.workspace,)).fetchone()
    return row is not None and row[0] == load.digest


def _put(db: Connection, load: Load) -> None:
    db.execute("DELETE FROM workspace WHERE name = ?", (load.workspace,))
    for name, table in TABLES.items():
        db.execute(f"DELETE FROM {quoted(name)} WHERE workspace = ?", (load.workspace,))
        places = ", ".join("?" * (1 + len(table.columns)))
        db.executemany(f"INSERT INTO {quoted(name)} VALUES({places})", load.rows(name))
    head = load.head()
    db.execute(f"INSERT INTO workspace VALUES({', '.join('?' * len(head))})", head)
