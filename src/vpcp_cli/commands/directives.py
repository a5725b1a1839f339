"""`vpcp directives`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.session import Session

if TYPE_CHECKING:
    from vpcp_cli.query import Query
    from vpcp_cli.render.output import Output


@shared(without=("sort",))
def directives(session: Session, query: Query, output: Output) -> None:
    """List directives with who gave them, when, and how far their tasks are."""
    from vpcp_cli.counts import breakdown, count
    from vpcp_cli.render.programmes import DirectiveListing

    none = count(()) if _all_of(query) else None
    counts = {group.key: group.count for group in breakdown(query.select(session.tasks()), "directive")}
    found = [
        (programme, directive, counted)
        for programme in session.programmes()
        for directive in session.library.directives(programme.id)
        if (counted := counts.get(directive.id, none if programme.exists_from(directive) <= session.day else None))
        if not query.directives or directive.id in query.directives
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


def _all_of(query: Query) -> bool:
    """Whether nothing is asked of the tasks, so that directives without any are meant, too."""
    from vpcp_cli.query import Query

    plain = replace(query, years=frozenset(), directives=frozenset(), limit=None)
    return plain == Query(role=query.role)
