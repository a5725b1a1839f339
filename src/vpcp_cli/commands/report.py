"""`vpcp report`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vpcp_cli.commands.options import Words, shared
from vpcp_cli.commands.reported import report_of
from vpcp_cli.commands.session import Session
from vpcp_cli.language import N_
from vpcp_cli.query import Query
from vpcp_cli.render.output import Target, form_named

if TYPE_CHECKING:
    from vpcp_cli.sharing.office import Office

Annex = Annotated[bool, typer.Option("--annex", help=N_("Add an annex: a table of all selected tasks, laid across."))]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns", metavar="A,B", help=N_("The annex's columns: `tasks` (default), `programme`, or names of columns.")
    ),
]
Number = Annotated[
    str | None, typer.Option("--number", metavar="NUMBER", help=N_("The paper's number; left out, dots stand for it."))
]
Dated = Annotated[
    str | None, typer.Option("--dated", metavar="DATE", help=N_("The paper's day; left out, dots stand for it."))
]


@shared(without=("limit",))
def report(
    session: Session,
    query: Query,
    target: Target,
    words: Words = None,  # noqa: ARG001 - `words` are in the query
    annex: Annex = False,
    columns: Columns = None,
    number: Number = None,
    dated: Dated = None,
) -> None:
    """Write the report of a day as an official paper of Decree 30/2020: the count, what is urgent, an annex."""
    from vpcp_cli.sharing.extra import need

    need("docx")
    if target.path:
        form_named(target.path, {".docx": None}, None)
    from vpcp_cli.sharing.report import ReportPaper

    paper = ReportPaper(
        report=report_of(session, query, query.select(session.tasks())),
        office=office_of(session, number, dated),
        columns=_columns(session, columns) if annex or columns else (),
    )
    target.save(paper.content())


def _columns(session: Session, typed: str | None) -> tuple[str, ...]:
    from vpcp_cli.sharing.columns import columns_named

    if typed is None:
        return columns_named(session.settings.annex.get("columns", "tasks"), "annex.columns")
    return columns_named(typed, "--columns")


def office_of(session: Session, number: str | None, dated: str | None) -> Office:
    """Return who writes a paper, and what was given for it."""
    from vpcp_cli.sharing.office import Office
    from vpcp_cli.typed import typed_deadline

    day = None if dated is None else typed_deadline(dated, session.day).last
    return Office.of(session.settings.office, number, day)
