"""`vpcp directives`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpcp_cli.commands.options import Session, Words, shared

if TYPE_CHECKING:
    from vpcp_cli.query import Query
    from vpcp_cli.render.output import Output
    from vpcp_cli.standing import Standing


@shared(without=("sort",))
def directives(session: Session, query: Query, output: Output, words: Words = None) -> None:  # noqa: ARG001 - `words` are in the query
    """List directives with who gave them, when, and how far their tasks are."""
    from vpcp_cli.render.programmes import DirectiveListing
    from vpcp_cli.summary import count

    wanted = query.select(session.standings())
    by_directive: dict[str, list[Standing]] = {}
    for one in wanted:
        by_directive.setdefault(one.directive.id, []).append(one)
    found = [
        (programme, directive, count(by_directive[directive.id]))
        for programme in session.programmes()
        for directive in programme.directives
        if directive.id in by_directive
    ]
    output.print(
        DirectiveListing(
            workspace=session.workspace,
            query=query,
            directives=found[: query.limit],
            found=len(found),
            day=session.day,
        )
    )
