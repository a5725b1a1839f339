"""`vpcp block`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vpcp_cli.commands.typed_text import text_typed
from vpcp_cli.commands.writing import Write, writes
from vpcp_cli.language import N_
from vpcp_cli.programme import Text

if TYPE_CHECKING:
    from vpcp_cli.commands.session import Session
    from vpcp_cli.standing import Standing

What = Annotated[str, typer.Argument(metavar="TEXT", help=N_("What stands in the way."))]
Key = Annotated[str | None, typer.Option("--key", metavar="WORD", help=N_("A word by which it is resolved later."))]
ReportedTo = Annotated[
    str | None, typer.Option("--reported-to", metavar="UNIT", help=N_("The unit to which it was reported."))
]


@writes(
    "vpcp block 2023-CD01.1 'Chờ ý kiến Cơ quan Mẫu về kinh phí' --key von --reported-to CO_QUAN_MAU",
)
def block(write: Write, text: What, key: Key = None, reported_to: ReportedTo = None) -> None:
    """Write down what stands in the way of tasks; it is open until `vpcp unblock`."""
    from vpcp_cli.commands.saving import unit_typed

    said = write.text(text, "TEXT", N_("{id} is an id; what stands in the way is missing."))
    obstacle, word = Text.plain(said), text_typed(key, "--key")

    def facts(_task: Standing, session: Session) -> dict[str, object]:
        unit = unit_typed(session.library, reported_to, "--reported-to") if reported_to else None
        return {"obstacle": obstacle, "key": word, "reported_to": unit}

    write.append_each(facts)
