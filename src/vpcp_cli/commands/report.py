"""`vpcp report`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.papers import (
    Dated,
    Number,
    Pdf,
    Template,
    check_pdf,
    office_of,
    save_one,
    template_in,
    with_pdfs,
)
from vpcp_cli.commands.reported import report_of
from vpcp_cli.commands.session import Session
from vpcp_cli.language import N_
from vpcp_cli.query import Query
from vpcp_cli.render.output import Target, form_named

Annex = Annotated[bool, typer.Option("--annex", help=N_("Add an annex: a table of all selected tasks, laid across."))]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--columns",
        metavar="A,B",
        help=N_("The annex's columns: `tasks` (default), `programme`, or names; repeated, an annex for each."),
    ),
]


@shared(without=("limit", "workspace"))
def report(
    session: Session,
    query: Query,
    target: Target,
    annex: Annex = False,
    columns: Columns = None,
    number: Number = None,
    dated: Dated = None,
    template: Template = None,
    pdf: Pdf = False,
) -> None:
    """Write the report of a day as an official paper of Decree 30/2020: the count, what is urgent, an annex."""
    from vpcp_cli.sharing.extra import need

    need("docx")
    if target.path:
        form_named(target.path, {".docx": None}, None)
    check_pdf(target, pdf=pdf)
    own = template_in(template)
    from vpcp_cli.sharing.report import ReportPaper

    paper = ReportPaper(
        report=report_of(session, query, query.select(session.tasks())),
        office=office_of(session, number, dated),
        annexes=_columns(session, columns) if annex or columns or own else (),
    )
    content = paper.content() if own is None else paper.filled(own, str(template))
    save_one(target, with_pdfs({"report": content}, pdf=pdf))


def _columns(session: Session, typed: Sequence[str] | None) -> tuple[tuple[str, ...], ...]:
    """Return the columns of each annex."""
    from vpcp_cli.sharing.columns import columns_named

    if not typed:
        return (columns_named(session.settings.annex.get("columns", "tasks"), "annex.columns"),)
    return tuple(columns_named(one, "--columns") for one in typed)
