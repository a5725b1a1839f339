"""`vpcp log`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.session import Session
from vpcp_cli.errors import EmptySpanError
from vpcp_cli.language import N_, current
from vpcp_cli.render.forms import Format
from vpcp_cli.vietnamese import format_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vpcp_cli.happening import Happening
    from vpcp_cli.query import Query
    from vpcp_cli.render.log import Line
    from vpcp_cli.render.output import Output

Ids = Annotated[
    list[str] | None, typer.Argument(metavar="[ID]...", help=N_("Tasks, directives or programmes."), show_default=False)
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help=N_("From this day on; also a month, a quarter, «-7d».")),
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help=N_("Up to this day, at most the day of the report.")),
]


@shared(without=("sort", "words"))
def log(
    session: Session, query: Query, output: Output, ids: Ids = None, since: Since = None, until: Until = None
) -> None:
    """List what happened, newest first."""
    from vpcp_cli.happening import happenings, told_since
    from vpcp_cli.render.door import say
    from vpcp_cli.render.entries import reported_words
    from vpcp_cli.render.log import Line, LogListing
    from vpcp_cli.render.names import short_names
    from vpcp_cli.typed import typed_day, typed_span

    first = typed_span(since, session.day)[0] if since is not None else None
    last = min(typed_day(until, session.day) if until is not None else session.day, session.day)
    if first and first > last:
        raise EmptySpanError(*(format_date(day, current()) for day in (first, last)), of_report=last == session.day)
    tasks = query.select(session.tasks(void=True))
    own: list[Line] = []
    if ids:
        tasks = tasks.where("id", {task for typed in ids for task in session.ids.tasks_in(typed)})
        own = [] if first else [one for typed in ids for one in _own(session, typed) if one.told.entry.date <= last]
    happened, late = (
        told_since(tasks, first, last, struck=True) if first else (happenings(tasks, date.min, last, struck=True), [])
    )
    found: list[Line | Happening] = [*own, *happened[::-1]]
    if own:
        found.sort(key=lambda one: one.told.entry.date, reverse=True)
    if late and output.form not in (Format.TABLE, Format.MD, Format.JSON):
        say(reported_words(late))
    output.print(
        LogListing(
            query=replace(query, ids=query.ids | {typed.upper() for typed in ids or ()}),
            happenings=[one if isinstance(one, Line) else Line.of(one) for one in found[: query.limit]],
            found=len(found),
            since=first,
            until=last,
            units=short_names(session.library),
            known=session.known,
            reported=late[::-1],
        )
    )


def _own(session: Session, typed: str) -> Iterator[Line]:
    """Yield what was put right of what is named itself, and of the directives that it holds."""
    from vpcp_cli.render.log import own_lines

    named = session.ids.find(typed, ("task", "directive", "programme"))
    if named.task:
        return
    if named.directive:
        yield from own_lines(named.directive, named.programme.id)
        return
    yield from own_lines(named.programme, named.programme.id)
    for directive in session.library.directives(named.programme.id):
        yield from own_lines(directive, named.programme.id)
