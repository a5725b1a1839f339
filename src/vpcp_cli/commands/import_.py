"""`vpcp import`."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from vpcp_cli.commands.writing import DATA, takes
from vpcp_cli.errors import VpcpError, reason_of
from vpcp_cli.language import N_, _, ngettext
from vpcp_cli.render.forms import Format, ReportFormat
from vpcp_cli.render.output import Output

if TYPE_CHECKING:
    from vpcp_cli.commands.received import Parcel
    from vpcp_cli.render.imported import ImportReport

REFUSED: Final = 1
NOT_WRITTEN: Final = 4

_OPTIONS: Final[Mapping[str, object]] = {
    "yes": Annotated[bool, typer.Option("--yes", "-y", help=N_("Write it: all of it, or none where any is refused."))],
    "skip_refused": Annotated[
        bool, typer.Option("--skip-refused", help=N_("With --yes: leave out what is refused, and write the rest."))
    ],
    "errors": Annotated[
        Path | None,
        typer.Option(
            "--errors",
            metavar="DIR",
            help=N_("Write workbooks with what is to be mended into this folder, to go back."),
        ),
    ],
    "by": Annotated[str | None, typer.Option("--by", metavar="NAME", help=N_("Who says so (the unit's name)."))],
    "format_": Annotated[
        ReportFormat | None,
        typer.Option(
            "--format", "-f", help=N_("Text for people and logs, Markdown for a job's page, JSON for programs.")
        ),
    ],
    "data": DATA,
}
_SHEETS: Final = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")
"""Endings of what a unit may have meant as its answer; all but the first are refused."""
_READ: Final = (ReportFormat.TEXT, ReportFormat.MD)


class NoWorkbookError(VpcpError):
    """A place at which there is no workbook."""

    exit_code = 3
    path: str
    why: str | None = None
    """Why it can't be read, where something is there."""
    advises = N_("Name workbooks, or a folder that holds some; `vpcp export xlsx` makes them.")

    def sentence(self) -> str:
        """Name the place."""
        if self.why:
            return _("{path} can't be read: {why}.").format(path=self.path, why=self.why)
        return _("There is no workbook here: {path}").format(path=self.path)


class SamePlaceError(VpcpError):
    """A folder for what goes back in which the workbooks stand themselves."""

    path: str
    says = N_("The workbooks themselves stand in {path}.")
    advises = N_("Name another folder with --errors, so that what came stays as it came.")


@takes(
    _OPTIONS,
    "vpcp import replies/",
    "vpcp import replies/ --errors back/",
    "vpcp import replies/ --yes",
)
def import_(
    given: Mapping[str, Any],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=N_("Workbooks, or folders that hold some."))],
) -> int:
    """Read the workbooks of `vpcp export xlsx` that units have filled in; with --yes, write what they say.

    Without --yes it only says what it has understood. All is weighed as if it had been typed: a row that can't be taken
    is refused, with its cell, the reason and the remedy. A later deadline is only asked for, never approved.
    """
    from vpcp_cli.sharing.extra import need

    need("openpyxl")
    from vpcp_cli.commands.received import Parcel
    from vpcp_cli.commands.saving import folder_of, session_in, told
    from vpcp_cli.commands.session import today

    session_in(folder_of(given), {"ids": None, "year": None}, today())  # known before workbooks take room beside it
    paths = list(dict.fromkeys(_found(files)))
    if given["errors"] and any(given["errors"].resolve() == path.resolve().parent for path in paths):
        raise SamePlaceError(str(given["errors"]))
    parcels = [Parcel.opened(str(path), _content(path)) for path in paths]
    report = _weighed(given, parcels, shlex.join(["vpcp", "import", *map(str, files)]))
    with told() if report.written else nullcontext():
        Output(Format.PLAIN).write(report.lines(form := given["format_"] or ReportFormat.TEXT), harmless=form in _READ)
        _tell_next(report, given)
    if report.refusals and given["errors"]:
        _send_back(parcels, report, given["errors"])
    if report.refusals and given["yes"] and not given["skip_refused"]:
        return NOT_WRITTEN
    return REFUSED if report.refusals else 0


def _found(given: Sequence[Path]) -> Iterator[Path]:
    """Yield the workbooks that are named, and those of folders; say which files of a folder are none."""
    from vpcp_cli.render.door import say

    for path in given:
        if not path.is_dir():
            yield path
            continue
        try:
            inside = sorted(one for one in path.iterdir() if not one.name.startswith("."))
        except OSError as error:
            raise NoWorkbookError(str(path), reason_of(error)) from None
        books = [one for one in inside if _is_sheet(one)]
        if not books:
            raise NoWorkbookError(str(path))
        yield from books
        if others := [f"{one.name}/" if one.is_dir() else one.name for one in inside if one not in books]:
            say(_("Not read in {path}: {files}.").format(path=path, files=", ".join(others)))


def _is_sheet(path: Path) -> bool:
    return path.suffix.lower() in _SHEETS and path.is_file() and not path.name.startswith("~$")


def _content(path: Path) -> bytes:
    """Return the bytes of a file, of one that is too large not all; raise `NoWorkbookError`."""
    from vpcp_cli.sharing.container import MOST_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise NoWorkbookError(str(path)) from None
    except OSError as error:
        raise NoWorkbookError(str(path), reason_of(error)) from None


def _weighed(given: Mapping[str, Any], parcels: Sequence[Parcel], command: str) -> ImportReport:
    """Weigh workbooks under the lock, and write what they say where that is wanted: all of it, or none."""
    from vpcp_cli.commands.export_xlsx import needs_evidence, workspace_of
    from vpcp_cli.commands.received import Desk
    from vpcp_cli.commands.saving import finish, folder_of, session_in, writer_in
    from vpcp_cli.commands.session import today
    from vpcp_cli.commands.typed_text import text_typed
    from vpcp_cli.kinds import plain
    from vpcp_cli.render.imported import ImportReport
    from vpcp_cli.render.names import short_names

    folder, now, by = folder_of(given), today(), text_typed(given["by"], "--by")
    ids = sorted({id_ for parcel in parcels for id_ in parcel.ids()})
    with writer_in(folder, command, dry_run=not given["yes"]) as writer:
        session = session_in(folder, {"ids": ids, "year": None}, now, writer=writer)
        desk = Desk(session, workspace_of(session), now, by, strict=needs_evidence(session))
        report = ImportReport(now, tuple(desk.weigh(parcels)), short_names(session.library))
        if given["yes"] and (given["skip_refused"] or not report.refusals):
            for id_, entry in desk.entries:
                writer.append(id_, plain(entry))
            finish(writer, dry_run=False)
            report = replace(report, written=bool(desk.entries))
    return report


def _tell_next(report: ImportReport, given: Mapping[str, object]) -> None:
    """Say what was written or not, and what may come next."""
    from vpcp_cli.render.door import say

    if report.written:
        say(_("take it back: {command}").format(command="vpcp undo"))
        return
    if not report.fresh:
        say(_("Nothing was written."))
    elif report.refusals and given["yes"]:
        say(_("Nothing was written, for it is all or none; --skip-refused leaves out what is refused."))
    elif report.refusals and given["errors"]:
        say(_("Nothing was written; --yes --skip-refused writes what is not refused."))
    elif report.refusals:
        say(_("Nothing was written; --errors DIR makes workbooks to go back, --yes --skip-refused writes the rest."))
    else:
        say(_("Nothing was written; add --yes to write it."))


def _send_back(parcels: Sequence[Parcel], report: ImportReport, folder: Path) -> None:
    """Write workbooks with what is to be mended into a folder, and say how many."""
    from vpcp_cli.commands.received import marked
    from vpcp_cli.commands.targets import tracked
    from vpcp_cli.render.door import say

    files: dict[str, bytes] = {}
    for parcel, book in zip(parcels, report.books, strict=True):
        if book.refused:
            name, number = Path(parcel.file), 1
            while (told := name.name if number == 1 else f"{name.stem}-{number}{name.suffix}") in files:
                number += 1
            files[told] = marked(parcel, book)
    if files:
        Output(Format.PLAIN, folder, tracked=tracked).save_each(files, told=False)
    said = ngettext("{n} workbook to go back: {path}", "{n} workbooks to go back: {path}", len(files))
    say(said.format(n=len(files), path=folder))
