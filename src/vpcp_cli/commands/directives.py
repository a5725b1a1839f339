"""`vpcp directives`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.session import Session

if TYPE_CHECKING:
    from vpcp_cli.query import Query
    from vpcp_cli.render.output import Output


@shared(without=("sort",))
def directives(session: Session, query: Query, output: Output) -> None:
    """List directives with who gave them, when, and how far their tasks are."""
    from vpcp_cli.render.programmes import DirectiveListing
    from vpcp_cli.summary import breakdown

    counts = {group.key: group.count for group in breakdown(query.select(session.tasks()), "directive")}
    found = [
        (programme, directive, counts[directive.id])
        for programme in session.programmes()
        for directive in session.library.directives(programme.id)
        if directive.id in counts
    ]
    output.print(
        DirectiveListing(
            register=session.library,
            query=query,
            directives=found[: query.limit],
            found=len(found),
            day=session.day,
            known=session.known,
        )
    )
