"""`vpcp schema`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from vpcp_cli.language import N_


def schema(
    file: Annotated[
        Literal["programme", "units"],
        typer.Argument(metavar="[programme|units]", help=N_("What the file holds: a programme, or the units.")),
    ] = "programme",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help=N_("Write to a file, whole or not at all."))
    ] = None,
) -> None:
    """Print the JSON Schema of the files, from which editors know their keys and values."""
    import json

    from vpcp_cli.commands.targets import tracked
    from vpcp_cli.render.forms import Format
    from vpcp_cli.render.output import Output
    from vpcp_cli.storage.format.json_schema import json_schema
    from vpcp_cli.storage.settings import find_settings, here

    find_settings(here())  # may have categories of its own
    text = json.dumps(json_schema(file), ensure_ascii=False, indent=2)
    Output.of(Format.JSON, output, tracked=tracked).write(text.split("\n"))
