"""`vpcp due`."""

from __future__ import annotations

from typing import Annotated

import typer

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.session import Session
from vpcp_cli.language import N_
from vpcp_cli.query import Query
from vpcp_cli.render.output import Output
from vpcp_cli.summary import attention

Within = Annotated[
    int | None,
    typer.Option("--within", min=0, metavar="DAYS", help=N_("How many days ahead count as soon (vpcp.toml, else 30).")),
]


@shared()
def due(session: Session, query: Query, output: Output, within: Within = None) -> None:
    """List what needs attention, the most urgent first, with the reasons and the lead."""
    from vpcp_cli.render.due import DueListing

    days = session.settings.due_soon_days if within is None else within
    wanted = query.select(session.tasks(due_soon_days=days))
    found = wanted.where("case", lambda case: case.reasons) if query.sort else attention(wanted)
    output.print(
        DueListing(
            register=session.library,
            query=query,
            day=session.day,
            known=session.known,
            tasks=found[: query.limit],
            found=found,
            absent=session.absent(query),
            within=days,
        )
    )
