"""`vpcp export postgres`."""

from __future__ import annotations

from typing import Annotated

import typer

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.workspaces import Sessions
from vpcp_cli.language import N_

Address = Annotated[
    str | None,
    typer.Argument(
        metavar="[ADDRESS]",
        help=N_("postgresql://HOST/DATABASE or the name of a service; without it PGHOST, PGDATABASE … say it."),
        show_default=False,
    ),
]


@shared()
def export_postgres(sessions: Sessions, address: Address = None) -> int:
    """Load what workspaces mean into PostgreSQL, into the schema vpcp; again, only what has changed.

    Its tables, views and ten questions are in docs/database.md. The password is asked of PGPASSWORD or ~/.pgpass.
    """
    from vpcp_cli.sharing.extra import need

    need("psycopg", extra="data")
    from vpcp_cli.commands.loading import load_all
    from vpcp_cli.storage.database.postgres import PostgresServer

    return load_all(PostgresServer(address), sessions)
