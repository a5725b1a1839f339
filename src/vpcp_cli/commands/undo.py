"""`vpcp undo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vpcp_cli.language import N_, _


def undo(
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help=N_("The folder with the programmes (VPCP_DATA).")),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Print the exact change; write nothing."))] = False,
) -> None:
    """Take back the last write, as long as nobody has built on it."""
    from vpcp_cli.commands.saving import finish, folder_of, writer_in

    folder = folder_of({"data": data})
    with writer_in(folder, "vpcp undo", dry_run=dry_run) as writer:
        command = writer.undo()
        files = finish(writer, dry_run=dry_run)
    if not dry_run:
        print(_("Taken back: {command} · {files}").format(command=command, files=", ".join(files)))
