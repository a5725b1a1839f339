"""`vpcp export sqlite`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.workspaces import Sessions
from vpcp_cli.language import N_, _
from vpcp_cli.render.door import say

File = Annotated[Path, typer.Argument(metavar="FILE", help=N_("The SQLite file; it is made where it is not there."))]


@shared()
def export_sqlite(sessions: Sessions, file: File) -> int:
    """Put what workspaces mean into a SQLite file, for SQL and dashboards; again, only what has changed.

    Its tables, views and ten questions are in docs/database.md. Other workspaces in the file stay.
    """
    from vpcp_cli.commands.loading import load_all
    from vpcp_cli.render.forms import Format
    from vpcp_cli.render.output import Output
    from vpcp_cli.storage.database.questions import metadata
    from vpcp_cli.storage.database.sqlite import SqliteFile

    Output(Format.PLAIN, file).refuse_data()
    code = load_all(SqliteFile(file), sessions)
    beside = file.with_name(f"{file.stem}.metadata.json")
    if code in (0, 5) and not beside.exists():
        Output(Format.JSON, beside).write([metadata(file.stem)])
        say(_("{path}: made, for Datasette; from now on it is yours").format(path=beside))
    return code
