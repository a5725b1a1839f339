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
    from vpcp_cli.render.written import addition_words

    with writer_in(folder_of(given), "vpcp undo", dry_run=given["dry_run"]) as writer:
        record = writer.undo()
        files = finish(writer, dry_run=given["dry_run"])
    if files:
        with told():
            tell(_("Taken back: {command} · {files}").format(command=record.command, files=", ".join(files)))
            additions = (one for file in record.files for one in file.additions)
            for addition in (one for one in additions if one.key != "schema"):
                tell(f"  {addition_words(addition.id, addition.key, addition.item)}")
