"""`vpcp unblock`."""

from __future__ import annotations

from typing import Annotated

import typer

from vpcp_cli.commands.typed_text import text_typed
from vpcp_cli.commands.writing import Write, writes
from vpcp_cli.language import N_
from vpcp_cli.programme import Text

How = Annotated[str, typer.Argument(metavar="TEXT", help=N_("How it was resolved."))]
Key = Annotated[
    str | None,
    typer.Option("--key", metavar="WORD", help=N_("Only the obstacle of this word; else all.")),
]


@writes("vpcp unblock 2023-CD01.1 'Cơ quan Mẫu đã bố trí kinh phí' --key von --document 12/CQM-TC")
def unblock(write: Write, text: How, key: Key = None) -> None:
    """Write down that what stood in the way of tasks is resolved."""
    said = write.text(text, "TEXT", N_("{id} is an id; how it was resolved is missing."))
    write.append(resolved=Text.plain(said), key=text_typed(key, "--key"))
