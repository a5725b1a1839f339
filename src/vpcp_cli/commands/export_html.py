"""`vpcp export html`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.reported import commit_of, report_of
from vpcp_cli.commands.session import Session
from vpcp_cli.language import N_
from vpcp_cli.query import Query
from vpcp_cli.render.output import Target, form_named

if TYPE_CHECKING:
    from vpcp_cli.render.summary import SummaryReport
    from vpcp_cli.sharing.page import Page
    from vpcp_cli.tasks import Tasks

LATELY: Final = 30
"""Days of which a page says what changed."""

Public = Annotated[
    bool,
    typer.Option("--public", help=N_("For everybody: without names of reporters, remarks, obstacles and risks.")),
]


Folder = Annotated[
    Path | None,
    typer.Option(
        "--dir", metavar="DIR", help=N_("A folder of pages: of all, of each unit, of each directive; and tasks.json.")
    ),
]


@shared(without=("limit", "sort"))
def export_html(
    session: Session,
    query: Query,
    target: Target,
    public: Public = False,
    folder: Folder = None,
) -> None:
    """Make a page that can be mailed: the count, what is urgent, and every task, to be searched in any browser."""
    from vpcp_cli.sharing.extra import need

    need("jinja2")
    if folder:
        from vpcp_cli.sharing.site import site

        replace(target, path=folder).save_each(site(page_of(session, query, public=public), partial(_of, session)))
        return
    if target.path:
        form_named(target.path, {".html": None, ".htm": None}, None)
    target.save(page_of(session, query, public=public).content())


def _of(session: Session, tasks: Tasks, query: Query) -> SummaryReport:
    """Return the report of a part of the tasks."""
    before = session.tasks(_lately(session) - timedelta(1))
    ids = set(tasks.fact("id"))
    return _report(session, query, tasks, before.where("id", ids))


def page_of(session: Session, query: Query, *, public: bool = False) -> Page:
    """Return the page of the tasks that are wanted."""
    from vpcp_cli.sharing.page import Page

    before = query.select(session.tasks(_lately(session) - timedelta(1)))
    report = _report(session, query, query.select(session.tasks()), before)
    commit = None if session.workspaces else commit_of(session.folder.path)
    return Page(report=report, library=session.library, public=public, commit=commit)


def _lately(session: Session) -> date:
    return session.day - timedelta(LATELY)


def _report(session: Session, query: Query, tasks: Tasks, before: Tasks) -> SummaryReport:
    from vpcp_cli.summary import movement

    return report_of(session, query, tasks, movement(before, tasks, _lately(session), session.day))
