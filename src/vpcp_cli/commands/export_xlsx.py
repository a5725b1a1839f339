"""`vpcp export xlsx`."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from vpcp_cli.commands.options import EachOne, shared
from vpcp_cli.commands.session import Session
from vpcp_cli.errors import VpcpError
from vpcp_cli.language import N_, _, current, ngettext
from vpcp_cli.query import Query
from vpcp_cli.render.door import say
from vpcp_cli.render.output import Target, form_named
from vpcp_cli.vietnamese import format_date

if TYPE_CHECKING:
    from vpcp_cli.programme import Unit
    from vpcp_cli.sharing.form import Line
    from vpcp_cli.sharing.workbook import Form
    from vpcp_cli.tasks import Tasks

ReplyBy = Annotated[
    str | None, typer.Option("--reply-by", metavar="DATE", help=N_("The day by which the workbook is wanted back."))
]


class NoUnitError(VpcpError):
    """A workbook for reports without a unit that fills it in."""

    says = N_("A workbook for reports is for one unit, and none is named.")
    advises = N_("Name it with --unit, or take --each lead -o FOLDER; a plain list is `vpcp list -o tasks.xlsx`.")


class FilledError(VpcpError):
    """A workbook that a unit has filled in, where a new one was to stand."""

    exit_code = 4
    file: str
    says = N_("{file} has been filled in; what it says would be lost.")
    advises = N_("Read it first with `vpcp import`, or name another place with -o.")


class EndedUnitError(VpcpError):
    """A unit that is not there any more, and can't be asked."""

    unit: Unit
    rows: int
    """How many rows its workbook would have."""
    handed_over: Sequence[str]
    """How these go on."""

    def sentence(self) -> str:
        """Say since when it is gone."""
        return _ended(self.unit, self.rows)

    def hint(self) -> str | None:
        """Say how its tasks go on."""
        return " ".join(self.handed_over) or None


@shared(without=("limit", "workspace"))
def export_xlsx(
    session: Session,
    query: Query,
    target: Target,
    each: EachOne = None,
    reply_by: ReplyBy = None,
) -> None:
    """Make a workbook of open tasks that a unit fills in and sends back for `vpcp import`."""
    from vpcp_cli.sharing.extra import need

    need("xlsxwriter")
    rows, wanted = Rows(session, query), day_of_reply(reply_by, session)
    if each:
        books = {unit: found for unit in rows.units() if (found := rows.of(unit))}
        gone = without_ended(session, books)
        files = {f"{unit}.xlsx": form_of(session, unit, wanted).content(found) for unit, found in books.items()}
        _refuse_filled([(target.path or Path()) / name for name in files])
        target.save_each(files)
        say_left(target, files, ".xlsx")
        _say([*books.values()])
        gone.say()
        return
    if len(query.units) != 1:
        raise NoUnitError
    if target.path:
        form_named(target.path, {".xlsx": None}, None)
    (unit,) = query.units
    found = rows.of(unit)
    without_ended(session, {unit: found}).refuse()
    _refuse_filled([target.path] if target.path else [])
    target.save(form_of(session, unit, wanted).content(found))
    _say([found])


def _refuse_filled(files: Sequence[Path]) -> None:
    """Raise `FilledError` where a file is a workbook of ours that somebody has filled in."""
    if not (there := [one for one in files if one.is_file()]):
        return
    from vpcp_cli.sharing.extra import need

    need("openpyxl")
    from vpcp_cli.commands.received import Parcel, filled
    from vpcp_cli.sharing.workbook_in import Book

    for one in there:
        book = Parcel.opened(str(one), one.read_bytes()).book
        if isinstance(book, Book) and any(map(filled, book.rows)):
            raise FilledError(str(one))


class Rows:
    """The rows of workbooks: the open tasks of a unit, and its parts of tasks that many units must do."""

    def __init__(self, session: Session, query: Query) -> None:
        """Take all tasks of a session, and what is asked of them."""
        from vpcp_cli.members import memberships

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
    from vpcp_cli.render.names import full_names, short_names
    from vpcp_cli.sharing.workbook import Form

    workspace = workspace_of(session)
    name = short_names(session.library).get(unit, unit)
    strict = needs_evidence(session)
    commit, units = commit_of(session.folder.path), full_names(session.library)
    return Form(unit, name, workspace, session.day, commit, reply_by, strict=strict, units=units)


def needs_evidence(session: Session) -> bool:
    """Whether a workbook may call nothing done without the number of a document, as it is settled."""
    return bool(session.settings.workbook.get("require_evidence"))


def workspace_of(session: Session) -> str:
    """Return the name of a workspace: as it is settled, else the owner of its newest programme."""
    programmes = session.workspace.programmes
    return session.settings.workspace or (max(programmes, key=lambda one: one.year).owner if programmes else "")


def day_of_reply(typed: str | None, session: Session) -> date | None:
    """Return the day by which an answer is wanted: as typed, else after the days that are settled."""
    from vpcp_cli.typed import typed_deadline

    days = session.settings.workbook.get("reply_days")
    if typed is None:
        return None if days is None else session.day + timedelta(days)
    return typed_deadline(typed, session.day).last


class Ended(NamedTuple):
    """Units that are not there any more, each with its rows."""

    session: Session
    rows: Mapping[Unit, Sequence[Line]]

    def say(self) -> None:
        """Say that they are not asked, and how their tasks go on."""
        for unit, found in self.rows.items():
            say(_ended(unit, len(found)))
            for line in _handed_over(self.session, unit, found):
                say(line)

    def refuse(self) -> None:
        """Raise `EndedUnitError` where there is one."""
        for unit, found in self.rows.items():
            raise EndedUnitError(unit, len(found), [*_handed_over(self.session, unit, found)])


def without_ended(session: Session, rows: dict[str, list[Line]]) -> Ended:
    """Take those out that have ended by the day of the answer, and return them."""
    return Ended(session, {unit: rows.pop(code) for code in [*rows] if (unit := _gone(session, code))})


def say_left(target: Target, files: Collection[str], ending: str) -> None:
    """Say which files of this kind lie in the folder from before, and were not written now."""
    folder = target.path or Path()
    if stale := sorted({*folder.glob(f"*{ending}")} - {folder / name for name in files}):
        say(_("Not of this run: {files}.").format(files=", ".join(map(str, stale))))


def _gone(session: Session, code: str) -> Unit | None:
    """Return a unit that has ended by the day of the answer."""
    unit = session.library.unit(code)
    return unit if unit and unit.valid_to and unit.valid_to < session.day else None


def _ended(unit: Unit, rows: int) -> str:
    """Say that a unit is not asked, and how many rows that leaves out."""
    words = ngettext(
        "{unit} was there until {date} and is not asked: {n} row.",
        "{unit} was there until {date} and is not asked: {n} rows.",
        rows,
    )
    return words.format(unit=unit.code, date=format_date(unit.valid_to, current()) if unit.valid_to else "", n=rows)


def _handed_over(session: Session, unit: Unit, rows: Sequence[Line]) -> Iterator[str]:
    """Say by which command the tasks of a unit that has ended go on, and who has its parts of what many do."""
    ids = {one.key.split(" ")[0]: one.standing.lead for one in rows}
    parts = {id_ for id_ in ids if (found := session.library.find(id_)) and found.task and found.task.each}
    led = [id_ for id_, lead in ids.items() if lead == unit.code and id_ not in parts]
    if led:
        which = led if parts else ["--unit", unit.code, "--open"]
        command = shlex.join(["vpcp", "update", *which, "--lead", unit.merged_into or _("UNIT")])
        yield _("Who has its work now answers for them: `{command}`.").format(command=command)
    if parts and unit.merged_into:
        yield _("Its parts of {tasks} are {unit}'s; what was due before stays its own.").format(
            tasks=", ".join(sorted(parts)), unit=unit.merged_into
        )
    elif parts:
        yield _("Its parts of {tasks} are nobody's: say whose with `vpcp unit merge {unit} UNIT`.").format(
            tasks=", ".join(sorted(parts)), unit=unit.code
        )


def _say(books: Sequence[Sequence[Line]]) -> None:
    """Say how many workbooks there are; the periods of a duty and the parts of a task have rows of their own."""
    rows = ngettext("{n} row", "{n} rows", count := sum(map(len, books))).format(n=count)
    tasks = len({one.standing.task.id for book in books for one in book})
    open_ = ngettext("{n} open task", "{n} open tasks", tasks).format(n=tasks)
    said = ngettext("{n} workbook · {rows} for {tasks}", "{n} workbooks · {rows} for {tasks}", len(books))
    say(said.format(n=len(books), rows=rows, tasks=open_))
