"""A server of PostgreSQL: a schema of our own, and a transaction for each workspace."""

from __future__ import annotations

import re
from typing import Any, Final

import psycopg
from psycopg import Connection, sql
from psycopg.conninfo import make_conninfo

from vpcp_cli.errors import VpcpError
from vpcp_cli.language import N_, _
from vpcp_cli.storage.database.dialect import INDEXES, POSTGRES, table_statement, tables, views
from vpcp_cli.storage.database.load import APPLICATION, FORM, WORKSPACE, Load, OtherFormError, Outcome
from vpcp_cli.storage.index.relations import TABLES

SCHEMA: Final = "vpcp"
_FORM: Final = f"vpcp {FORM}"
_SECRET: Final = re.compile(r"://[^/?#]*:[^/?#]*@|password\s*=", re.IGNORECASE)


class PasswordTypedError(VpcpError):
    """A password on the command line."""

    says = N_("A password on the command line can be seen by everybody on this machine; nothing was done.")
    advises = N_("Change it, and leave it to PGPASSWORD, to ~/.pgpass or to a service (PGSERVICE).")


class ServerError(VpcpError):
    """A server that can't be reached, or that refuses what is asked of it."""

    exit_code = 4
    why: str
    says = N_("PostgreSQL says: {why}; nothing was written.")


class NoAddressError(VpcpError):
    """Something typed that is no address of a server."""

    says = N_("This is no address of a PostgreSQL server.")
    advises = N_(
        "Give postgresql://HOST/DATABASE or the name of a service; or nothing where PGHOST and PGDATABASE are set."
    )


class PostgresServer:
    """A database of a server."""

    def __init__(self, address: str | None) -> None:
        """Take an address (a URL, `key=value` pairs, a service's name; None: what PG* variables say).

        Raise `PasswordTypedError` or `NoAddressError`.
        """
        if address and _SECRET.search(address):
            raise PasswordTypedError
        try:
            self._address = _conninfo(address)
        except psycopg.Error:
            raise NoAddressError from None

    def load(self, load: Load) -> Outcome:
        """Put a workspace in the place of what is there of it; raise `ServerError` or `OtherFormError`."""
        try:
            with psycopg.connect(self._address, autocommit=True, application_name="vpcp") as db:
                _make(db)
                return _loaded(db, load)
        except psycopg.Error as error:
            raise ServerError(_said(error)) from None


def _conninfo(address: str | None) -> str:
    if not address:
        return ""
    whole = "=" in address or re.match(r"postgres(ql)?://", address)
    return str(make_conninfo(address) if whole else make_conninfo(service=address))


def _said(error: psycopg.Error) -> str:
    """Return the first line of what a server says."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].rstrip(".")


def _make(db: Connection[object]) -> None:
    """Make the tables where there are none; of several that would at once one does."""
    if _form(db) is None:
        with db.transaction():
            db.execute("SELECT pg_advisory_xact_lock(%s)", (APPLICATION,))
            if _form(db) is None:
                _make_all(db)
    if _form(db) != _FORM:
        remedy = _("If it is an old export: DROP SCHEMA vpcp CASCADE, and load all workspaces again.")
        raise OtherFormError(_("The schema {name}").format(name=SCHEMA), remedy)


def _form(db: Connection[Any]) -> str | None:
    """Return what is noted of the schema; None where there is none."""
    asked = "SELECT coalesce(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace WHERE nspname = %s"
    row = db.execute(asked, (SCHEMA,)).fetchone()
    return str(row[0]) if row else None


def _make_all(db: Connection[object]) -> None:
    statements = [
        f"CREATE SCHEMA {SCHEMA}",
        f"SET LOCAL search_path TO {SCHEMA}",
        *(table_statement(POSTGRES, *table) for table in tables()),
        *INDEXES,
        *(f"CREATE VIEW {name} AS {query}" for name, query in views(POSTGRES).items()),
        f"COMMENT ON SCHEMA {SCHEMA} IS '{_FORM}'",
    ]
    for statement in statements:
        db.execute(statement.encode())  # put together of names that this package gives


def _loaded(db: Connection[object], load: Load) -> Outcome:
    if _is_there(db, load):
        return Outcome.SAME
    with db.transaction():
        db.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", (APPLICATION, load.workspace))
        if _is_there(db, load):
            return Outcome.SAME
        for name in ("workspace", *TABLES):
            key = sql.Identifier("name" if name == "workspace" else "workspace")
            emptied = sql.SQL("DELETE FROM {}.{} WHERE {} = %s")
            db.execute(emptied.format(sql.Identifier(SCHEMA), sql.Identifier(name), key), (load.workspace,))
        with db.cursor() as cursor:
            for name in TABLES:
                filled = sql.SQL("COPY {}.{} FROM STDIN").format(sql.Identifier(SCHEMA), sql.Identifier(name))
                with cursor.copy(filled) as copy:
                    for row in load.rows(name):
                        copy.write_row(row)
        places = sql.SQL(", ").join(sql.Placeholder() * len(WORKSPACE))
        db.execute(sql.SQL("INSERT INTO {}.workspace VALUES({})").format(sql.Identifier(SCHEMA), places), load.head())
    return Outcome.WRITTEN


def _is_there(db: Connection[Any], load: Load) -> bool:
    asked = sql.SQL("SELECT digest FROM {}.workspace WHERE name = %s").format(sql.Identifier(SCHEMA))
    row = db.execute(asked, (load.workspace,)).fetchone()
    return bool(row and row[0] == load.digest)
