"""`vpcp done`."""

from __future__ import annotations

from typing import Annotated

import typer

from vpcp_cli.commands.writing import Write, writes
from vpcp_cli.language import N_
from vpcp_cli.vocabulary import Status

Evidence = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence",
        metavar="NUMBER",
        help=N_("The document that came of it, with its day, if you like; may be repeated."),
    ),
]


@writes(
    "vpcp done 2023-CD01.2 --on 20/05/2023 --evidence 123/QĐ-CVD",
    "vpcp done 2023-CD01.1 2023-CD01.2",
    "vpcp done --unit VPCP --overdue --dry-run",
    closes=True,
)
def done(write: Write, evidence: Evidence = None) -> None:
    """Mark tasks as done."""
    from vpcp_cli.commands.session import today
    from vpcp_cli.commands.typed_text import document_typed

    day = today()
    documents = tuple(document_typed(one, "--evidence", day) for one in evidence or ())
    write.append(status=Status.DONE, evidence=documents)
