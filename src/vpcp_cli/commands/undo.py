"""`vpcp undo`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vpcp_cli.commands.writing import DATA, DRY_RUN, takes
from vpcp_cli.language import _


@takes({"dry_run": DRY_RUN, "data": DATA}, "vpcp undo --dry-run", "vpcp undo")
def undo(given: Mapping[str, Any]) -> None:
    """Take back the last write, as long as nobody has built on it."""
    from vpcp_cli.commands.saving import finish, folder_of, told, writer_in
    from vpcp_cli.render.door import tell

    with writer_in(folder_of(given), "vpcp undo", dry_run=given["dry_run"]) as writer:
        command = writer.undo()
        files = finish(writer, dry_run=given["dry_run"])
    if files:
        with told():
            tell(_("Taken back: {command} · {files}").format(command=command, files=", ".join(files)))
