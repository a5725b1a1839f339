"""`vpcp sql`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vpcp_cli.commands.options import shared
from vpcp_cli.language import N_

if TYPE_CHECKING:
    from vpcp_cli.commands.session import Session
    from vpcp_cli.render.output import Output

Statement = Annotated[
    str,
    typer.Argument(
        metavar="STATEMENT",
        help=N_("One SELECT over task, state, entry, directive, programme and unit."),
        show_default=False,
    ),
]


@shared()
def sql(session: Session, output: Output, statement: Statement) -> None:
    """Answer a question in SQL about tasks, their states, log entries, directives, programmes and units.

    `task` holds every task as it stands on the day of the report. Nothing can be written.
    """
    from vpcp_cli.render.sql import Rows
    from vpcp_cli.storage.index.question import answered

    found = answered(session.library, session.years, session.day, session.settings.due_soon_days, statement)
    output.print(Rows(*found, session.day, session.known))
