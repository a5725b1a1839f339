"""`vpcp note`."""

from __future__ import annotations

from typing import Annotated

import typer

from vpcp_cli.commands.writing import Write, writes
from vpcp_cli.language import N_


@writes("vpcp note 2023-CD01.2 'Cơ quan Mẫu đã có ý kiến' --document 77/CQM-TH")
def note(write: Write, note: Annotated[str, typer.Argument(metavar="TEXT", help=N_("The remark."))]) -> None:
    """Write a remark into the logs of tasks."""
    write.append(note=write.text(note, "TEXT", N_("{id} is an id; the remark is missing.")))
