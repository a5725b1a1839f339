"""`vpcp status`."""

from __future__ import annotations

from typing import Annotated

import typer

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.session import Session
from vpcp_cli.counts import BREAKDOWNS
from vpcp_cli.errors import BadWordError
from vpcp_cli.language import N_
from vpcp_cli.query import Query
from vpcp_cli.render.forms import Format
from vpcp_cli.render.output import Output
from vpcp_cli.vietnamese import nearest

By = Annotated[
    str | None,
    typer.Option("--by", metavar="|".join(BREAKDOWNS), help=N_("Break the count down, with a bar for each group.")),
]


Parts = Annotated[
    bool,
    typer.Option("--parts", help=N_("Count parts instead of tasks: each period that has begun, each unit's own.")),
]


@shared(without=("sort", "limit"))
def status(
    session: Session,
    query: Query,
    output: Output,
    by: By = None,
    parts: Parts = False,
) -> None:
    """Print the official count: done or not, deadline kept or passed, and both rates with their bases."""
    from vpcp_cli.render.status import StatusReport

    if by is not None and by not in BREAKDOWNS:
        raise BadWordError(by, "--by", list(BREAKDOWNS), nearest(by, BREAKDOWNS))
    if output.form is Format.IDS and not by:  # the ids are those of the groups
        raise BadWordError(Format.IDS, "--format", [form for form in Format if form is not Format.IDS], ())
    output.print(
        StatusReport(
            library=session.library,
            query=query,
            day=session.day,
            known=session.known,
            tasks=query.select(session.tasks()),
            absent=session.absent(query),
            by=by,
            parts=parts,
        )
    )
