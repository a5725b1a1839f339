"""`vpcp log`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from vpcp_cli.commands.options import Session, shared
from vpcp_cli.language import N_

if TYPE_CHECKING:
    from vpcp_cli.query import Query
    from vpcp_cli.render.output import Output

Ids = Annotated[
    list[str] | None, typer.Argument(metavar="[ID]...", help=N_("Tasks, directives or programmes."), show_default=False)
]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help=N_("The first day."))]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help=N_("The last day."))]


@shared
def log(
    session: Session, query: Query, output: Output, ids: Ids = None, since: Since = None, until: Until = None
) -> None:
    """List what happened, newest first."""
    from vpcp_cli.deadline import typed_deadline
    from vpcp_cli.render.log import LogListing
    from vpcp_cli.render.units import short_names
    from vpcp_cli.summary import happenings

    first = typed_deadline(since, session.day).first if since else None
    last = min(typed_deadline(until, session.day).last if until else session.day, session.day)
    named = frozenset(task for typed in ids or () for task in session.ids.tasks_in(typed))
    tasks = [one for one in query.select(session.standings()) if not ids or one.task.id in named]
    found = happenings(tasks, first or date.min, last)[::-1][: query.limit]
    output.print(LogListing(happenings=found, since=first, until=last, units=short_names(session.workspace)))
