"""`vpcp assign`."""

from __future__ import annotations

from typing import Annotated

import typer

from vpcp_cli.commands.typed_text import text_typed
from vpcp_cli.commands.writing import Write, writes
from vpcp_cli.language import N_

Person = Annotated[
    str,
    typer.Option("--responsible", metavar="NAME", help=N_("The person who answers for the tasks from this day on.")),
]


@writes(
    "vpcp assign 2023-CD01.2 --responsible 'Lê Thị Giả Định'",
    "vpcp assign --year 2023 --unit 'Phòng Tổng hợp' --responsible 'Nguyễn Văn Mẫu' --on 1/3/2023",
)
def assign(write: Write, responsible: Person) -> None:
    """Say who answers for tasks from a day on.

    Who has answered for them from the beginning, and was written down wrongly, is put right by `vpcp set`.
    """
    write.append(responsible=text_typed(responsible, "--responsible"))
