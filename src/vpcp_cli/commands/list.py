"""`vpcp list`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vpcp_cli.commands.options import shared
from vpcp_cli.errors import BadWordError
from vpcp_cli.language import N_
from vpcp_cli.render.forms import GROUPS

if TYPE_CHECKING:
    from vpcp_cli.commands.session import Session
    from vpcp_cli.query import Query
    from vpcp_cli.render.output import Output
    from vpcp_cli.render.tasks import TaskListing

GroupBy = Annotated[
    str | None,
    typer.Option(
        "--group-by", metavar="|".join(GROUPS), help=N_("What the tasks stand under: their directives, unless sorted.")
    ),
]


All = Annotated[bool, typer.Option("--all", help=N_("Also tasks that were entered by mistake."))]


@shared()
def list_(
    session: Session,
    query: Query,
    output: Output,
    group_by: GroupBy = None,
    every: All = False,
) -> None:
    """List tasks under the directives that asked for them; words search in all their texts."""
    from vpcp_cli.render.lines import TaskLines
    from vpcp_cli.vietnamese import nearest

    by = group_by if group_by is not None else "none" if query.sort else "directive"
    if by not in GROUPS:
        raise BadWordError(by, "--group-by", GROUPS, nearest(by, GROUPS))
    found = query.select(session.tasks(void=every or query.names_void))
    tasks = found[: query.limit]

    def listing() -> TaskListing:
        from vpcp_cli.render.tasks import TaskListing

        return TaskListing(
            register=session.library,
            query=query,
            day=session.day,
            known=session.known,
            tasks=tasks,
            found=found,
            absent=session.absent(query),
            group_by=by,
        )

    output.print(TaskLines(tasks, listing))
    if not found:
        from vpcp_cli.commands.advice import advise, on_nothing

        advise(on_nothing(session, query))
