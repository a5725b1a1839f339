"""`vpcp export xlsx`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from vpcp_cli.commands.options import EachOne, Words, shared
from vpcp_cli.commands.session import Session
from vpcp_cli.errors import VpcpError
from vpcp_cli.language import N_, _, ngettext
from vpcp_cli.query import Query
from vpcp_cli.render.door import say
from vpcp_cli.render.output import Target, form_named

if TYPE_CHECKING:
    from vpcp_cli.sharing.form import Line
    from vpcp_cli.sharing.workbook import Form
    from vpcp_cli.tasks import Tasks

ReplyBy = Annotated[
    str | None, typer.Option("--reply-by", metavar="DATE", help=N_("The day by which the workbook is wanted back."))
]


class NoUnitError(VpcpError):
    """A workbook for reports without a unit that fills it in."""

    def sentence(self) -> str:
        """Say what is missing."""
        return _("A workbook for reports is for one unit, and none is named.")

    def hint(self) -> str:
        """Name the ways, and what a plain list is."""
        return _("Name it with --unit, or take --each lead -o FOLDER; a plain list is `vpcp list -o tasks.xlsx`.")


@shared(without=("limit",))
def export_xlsx(
    session: Session,
    query: Query,
    target: Target,
    words: Words = None,  # noqa: ARG001 - `words` are in the query
    each: EachOne = None,
    reply_by: ReplyBy = None,
) -> None:
    """Make a workbook of open tasks that a unit fills in and sends back for `vpcp import`."""
    from vpcp_cli.sharing.extra import need

    need("xlsxwriter")
    rows, wanted = Rows(session, query), day_of_reply(reply_by, session)
    if each:
        books = {unit: found for unit in rows.units() if (found := rows.of(unit))}
        target.save_each(
            {f"{unit}.xlsx": form_of(session, unit, wanted).content(found) for unit, found in books.items()}
        )
        _say(sum(map(len, books.values())), len(books))
        return
    if len(query.units) != 1:
        raise NoUnitError
    if target.path:
        form_named(target.path, {".xlsx": None}, None)
    (unit,) = query.units
    found = rows.of(unit)
    target.save(form_of(session, unit, wanted).content(found))
    _say(len(found), 1)


class Rows:
    """The rows of workbooks: the open tasks of a unit, and its parts of tasks that many units must do."""

    def __init__(self, session: Session, query: Query) -> None:
        """Take all tasks of a session, and what is asked of them."""
        from vpcp_cli.parts import memberships

        self._tasks, self._query, self._members = session.tasks(), query, memberships(session.library.units)

    def of(self, unit: str) -> list[Line]:
        """Return the rows of a unit."""
        from vpcp_cli.sharing.form import lines

        return list(lines(self._open(replace(self._query, units=frozenset({unit}))), {unit}))

    def units(self) -> list[str]:
        """Return the units that have something to report: those in charge, and the members of one that is many."""
        found: dict[str, None] = {}
        for lead in self._open(self._query).fact("lead"):
            many = [code for one in self._members.get(lead, ()) for code in one.codes]
            found |= dict.fromkeys(many or [lead])
        return list(found)

    def _open(self, query: Query) -> Tasks:
        return query.select(self._tasks).where("open", {True})


def form_of(session: Session, unit: str, reply_by: date | None) -> Form:
    """Return the workbook of a unit, without its rows."""
    from vpcp_cli.commands.reported import commit_of
    from vpcp_cli.render.names import short_names
    from vpcp_cli.sharing.workbook import Form

    workspace = workspace_of(session)
    name = short_names(session.library).get(unit, unit)
    return Form(unit, name, workspace, session.day, commit_of(session.folder.path), reply_by)


def workspace_of(session: Session) -> str:
    """Return the name of a workspace: as it is settled, else the owner of its newest programme."""
    programmes = session.workspace.programmes
    return session.settings.workspace or (max(programmes, key=lambda one: one.year).owner if programmes else "")


def day_of_reply(typed: str | None, session: Session) -> date | None:
    """Return the day by which an answer is wanted, as it was typed."""
    from vpcp_cli.typed import typed_deadline

    return None if typed is None else typed_deadline(typed, session.day).last


def _say(rows: int, books: int) -> None:
    said = ngettext("{n} workbook with {tasks} open tasks.", "{n} workbooks with {tasks} open tasks.", books)
    say(said.format(n=books, tasks=rows))
