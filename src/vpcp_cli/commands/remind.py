"""`vpcp remind`."""

from __future__ import annotations

from typing import Annotated

import typer

from vpcp_cli.commands.writing import Write, writes
from vpcp_cli.language import N_

Number = Annotated[str, typer.Argument(metavar="NUMBER", help=N_("The number of the urging letter."))]


@writes("vpcp remind 2023-CD01.1 81/CVD-TH --on 01/08/2023", "vpcp remind --overdue --unit PHONG_CNTT 81/CVD-TH --yes")
def remind(write: Write, number: Number) -> None:
    """Write down that an urging letter about tasks went out."""
    from vpcp_cli.commands.session import today
    from vpcp_cli.commands.typed_text import number_typed

    text = write.text(number, "NUMBER", N_("{id} is an id; the number of the letter is missing."))
    reminder, note = number_typed(text, "NUMBER", today(), write.note)
    write.append(reminder=reminder, **({"note": note} if note else {}))
