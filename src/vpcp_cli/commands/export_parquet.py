"""`vpcp export parquet`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.workspaces import Sessions
from vpcp_cli.language import N_, _
from vpcp_cli.render.door import say

Folder = Annotated[Path, typer.Argument(metavar="DIR", help=N_("A folder of their own; it is made."))]


@shared()
def export_parquet(sessions: Sessions, folder: Folder) -> int:
    """Write what workspaces mean as Parquet files, with views for DuckDB; again, only what has changed.

    Its tables, views and ten questions are in docs/database.md.
    """
    from vpcp_cli.sharing.extra import need

    need("duckdb", extra="data")
    from vpcp_cli.commands.loading import load_all
    from vpcp_cli.render.forms import Format
    from vpcp_cli.render.output import Output
    from vpcp_cli.storage.database.parquet import ParquetFolder

    Output(Format.PLAIN, folder).refuse_data()
    return load_all(ParquetFolder(folder, _tell_of_waiting), sessions)


def _tell_of_waiting(holder: str) -> None:
    say(_("waiting for another load: {holder}").format(holder=holder))
