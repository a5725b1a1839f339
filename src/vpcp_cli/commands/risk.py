"""`vpcp risk`."""

from __future__ import annotations

from typing import Annotated

import typer

from vpcp_cli.commands.writing import Write, writes
from vpcp_cli.language import N_
from vpcp_cli.vocabulary import Risk

Level = Annotated[str, typer.Argument(metavar="LEVEL", help=N_("low, medium or high."))]


@writes("vpcp risk 2023-CD01.1 high --note 'Chưa bố trí được kinh phí'")
def risk(write: Write, level: Level) -> None:
    """Say how likely tasks will miss their deadlines, and why."""
    from vpcp_cli.naming import word_named

    write.append(risk=word_named(Risk, level, "LEVEL"))
