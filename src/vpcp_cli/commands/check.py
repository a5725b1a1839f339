"""`vpcp check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vpcp_cli.finding import Finding
from vpcp_cli.language import N_, _
from vpcp_cli.render.output import Output
from vpcp_cli.vocabulary import Color, Format

if TYPE_CHECKING:
    from vpcp_cli.render.reports import Checkup, Report
    from vpcp_cli.storage.workspace import Checked, Folder

Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="REF",
        help=N_(
            "Also hold the files against a git revision: ids given twice, log entries lost, deadlines overwritten."
        ),
    ),
]
Reports = Annotated[
    list[str] | None,
    typer.Option(
        "--report", metavar="FORM[=FILE]", help=N_("Also a report: github, gitlab, junit or json. May be repeated.")
    ),
]
Known = Annotated[
    Path | None, typer.Option("--baseline", metavar="FILE", help=N_("Leave out the old findings that a file lists."))
]
WriteKnown = Annotated[
    Path | None,
    typer.Option(
        "--write-baseline",
        metavar="FILE",
        help=N_("List all findings in a new file; in one that is there, strike out what was mended."),
    ),
]


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help=N_("Files or folders; without them the folder of the programmes.")),
    ] = None,
    data: Annotated[
        str | None, typer.Option("--data", metavar="DIR", help=N_("The folder with the programmes (VPCP_DATA)."))
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help=N_("Let warnings fail as well."))] = False,
    against: Against = None,
    reports: Reports = None,
    baseline: Known = None,
    write_baseline: WriteKnown = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=N_("Say nothing where nothing is wrong."))] = False,
    color: Annotated[Color, typer.Option("--color", help=N_("When to colour; NO_COLOR is heeded."))] = Color.AUTO,
) -> int:
    """Name everything that is wrong with the files, where it is and how to mend it."""
    from vpcp_cli.render.reports import Checkup, ordered

    orders = ordered(reports or ())
    checked = _checked(paths or [], data, against)
    findings = _beyond(checked.findings, baseline, write_baseline)
    checkup = Checkup(checked.files, findings, strict, _from_the_root() if orders else str)
    taken = next((order.report for order in orders if order.file is None), None)
    _tell(checkup, taken, quiet, color)
    for order in orders:
        Output(Format.PLAIN, order.file).write(checkup.lines(order.report))
    return int(any(map(checkup.fails, findings)))


def _checked(paths: Sequence[str], data: str | None, against: str | None) -> Checked:
    """Check what was named, or the folder of the programmes; with `against`, its history too."""
    from vpcp_cli.render.progress import reading
    from vpcp_cli.storage.workspace import by_folder, check_folder, check_paths, find_workspace

    cwd = Path.cwd()
    if paths:
        with reading(sys.stderr):
            checked, folders = check_paths(paths, cwd), by_folder(paths, cwd)
    else:
        folder = find_workspace(data, os.environ, cwd)
        with reading(sys.stderr):
            checked, folders = check_folder(folder), {folder: frozenset[str]()}
    if against is None:
        return checked
    found = [
        finding
        for folder, names in folders.items()
        for finding in _continuity(folder, against)
        if not names or finding.file.rpartition("/")[2] in names
    ]
    return checked._replace(findings=tuple(sorted((*checked.findings, *found), key=Finding.order)))


def _continuity(folder: Folder, against: str) -> Sequence[Finding]:
    from vpcp_cli.storage.revision import check_against

    compared = check_against(folder, against)
    if compared.unread:
        files = ", ".join(compared.unread)
        _say(_("Not compared, for it can't be read there: {files}.").format(files=files))
    return compared.findings


def _beyond(findings: Sequence[Finding], baseline: Path | None, write: Path | None) -> Sequence[Finding]:
    """The findings that no baseline lists; a baseline that is to be written is made, or shrinks."""
    from vpcp_cli.storage.baseline import Baseline

    lists = []
    if baseline:
        lists.append(Baseline.read(baseline))
        mended = lists[0].mended(findings)
        if mended and write is None:
            words = _("Mended: {n} of {file}; --write-baseline {file} strikes them out.")
            _say(words.format(n=mended, file=baseline))
    if write:
        lists.append(Baseline.read(write).shrunk(findings) if write.exists() else Baseline.of(findings))
        Output(Format.PLAIN, write).write(lists[-1].lines())
    for known in lists:
        findings = known.new(findings)
    return findings


def _from_the_root() -> Callable[[str], str]:
    """From a path as people see it to the one from the root of the repository, which the machines know."""
    from vpcp_cli.errors import VpcpError
    from vpcp_cli.storage.git import Repository

    cwd = Path.cwd()
    try:
        repository = Repository.around(cwd)
    except VpcpError:
        return str

    def path(shown: str) -> str:
        try:
            return repository.relative(cwd / shown)
        except VpcpError:
            return shown

    return path


def _tell(checkup: Checkup, taken: Report | None, quiet: bool, color: Color) -> None:
    """Say it to people: on standard output unless a report takes that."""
    from vpcp_cli.render.console import Screen
    from vpcp_cli.render.findings import findings_text, tally
    from vpcp_cli.render.reports import Report, between_stops
    from vpcp_cli.render.table import write_lines

    if quiet and not checkup.findings:
        return
    stream = sys.stderr if taken not in (None, Report.GITHUB) else sys.stdout
    lines = [*findings_text(checkup.findings, Screen.of(stream, color)), *([""] if checkup.findings else [])]
    lines.append(tally(checkup.findings, len(checkup.files)))
    write_lines(between_stops(lines) if taken is Report.GITHUB else lines, stream)


def _say(sentence: str) -> None:
    from vpcp_cli.render.cells import one_line

    print(one_line(sentence), file=sys.stderr)
