"""`vpcp check`."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from vpcp_cli.commands.targets import tracked
from vpcp_cli.finding import Finding
from vpcp_cli.language import N_, _, ngettext
from vpcp_cli.render.door import say
from vpcp_cli.render.forms import Color, Format
from vpcp_cli.render.output import Output

if TYPE_CHECKING:
    from vpcp_cli.render.reports import Checkup, Report
    from vpcp_cli.storage.folder import Folder

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
Staged = Annotated[
    bool, typer.Option("--staged", help=N_("Judge what is staged in git, which the next commit would hold: for hooks."))
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
    staged: Staged = False,
    reports: Reports = None,
    baseline: Known = None,
    write_baseline: WriteKnown = None,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help=N_(
                "Mend first what is mechanical: dates as 30/06/2022, odd spaces, letters in two parts, empty lists,"
                " files called .yml."
            ),
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Print what --fix would change; write nothing."))
    ] = False,
    every: Annotated[bool, typer.Option("--all", help=N_("Show every place, also those of one cause."))] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=N_("Say nothing where nothing is wrong."))] = False,
    color: Annotated[Color, typer.Option("--color", help=N_("When to colour; NO_COLOR is heeded."))] = Color.AUTO,
) -> int:
    """Name everything that is wrong with the files, where it is and how to mend it."""
    from vpcp_cli.commands.advice import tell_of_merging
    from vpcp_cli.render.reports import Checkup, ordered
    from vpcp_cli.storage.settings import here

    if fix or dry_run:
        if staged:
            from vpcp_cli.commands.refusals import OneChangeError

            raise OneChangeError("--staged", "--fix")
        paths = _fix(paths or [], data, dry_run=dry_run)
        if dry_run:
            return 0
    orders = ordered(reports or ())
    outputs = [Output(Format.PLAIN, order.file, tracked=tracked) for order in orders]
    for output in outputs:
        output.refuse_data()
    seen = _seen(paths or [], data, against, is_staged=staged)
    ignored = dict(sorted(seen.ignored.items()))
    found = sorted(seen.findings, key=Finding.order)
    findings = _beyond(found, baseline, write_baseline)
    checkup = Checkup(sorted(seen.files), findings, strict, _from_the_root() if orders else str, ignored)
    taken = next((order.report for order in orders if order.file is None), None)
    _tell(checkup, taken, color, quiet=quiet, whole=every, known=len(found) - len(findings))
    if not paths and all(file.rpartition("/")[2] == "units.yaml" for file in seen.files):
        say(_("There is no programme yet; begin one: `vpcp new YEAR --owner UNIT`."))
    if not quiet:
        tell_of_merging(here())
    for order, output in zip(orders, outputs, strict=True):
        output.write(checkup.lines(order.report))
    if seen.behind:
        from vpcp_cli.commands.refusals import NotFollowedError

        raise NotFollowedError(seen.behind)
    if seen.unread:
        from vpcp_cli.storage.history.revision import NotComparedError

        raise NotComparedError(seen.unread)
    return int(any(map(checkup.fails, findings)))


class _Seen(NamedTuple):
    """What was looked at, and the files of the revision that could not be.

    `behind` are those that can't be read to which tasks lead.
    """

    files: list[str]
    findings: list[Finding]
    unread: list[str]
    ignored: Counter[str]
    behind: dict[str, Sequence[str]]


def _fix(paths: Sequence[str], data: str | None, *, dry_run: bool) -> list[str]:
    """Mend what is mechanical in what was named; say how much, and how it is taken back.

    Return what was named by the names that it has now.
    """
    from vpcp_cli.storage.checking import by_folder
    from vpcp_cli.storage.locate import find_workspace
    from vpcp_cli.storage.settings import here

    cwd = here()
    folders = by_folder(paths, cwd) if paths else {find_workspace(data, os.environ, cwd): frozenset[str]()}
    renamed: dict[Path, str] = {}
    for folder, names in folders.items():
        mended, new = _fix_once(folder, names, dry_run=dry_run)
        if mended and not dry_run:  # of a file that could not be read more is known now
            renamed |= {folder.path / old: name for old, name in new.items()}
            mended += _fix_once(folder, frozenset(new.get(one, one) for one in names), dry_run=dry_run)[0]
        if not mended:
            say(_("nothing that can be mended without asking"))
        elif not dry_run:
            say(ngettext("{n} place mended", "{n} places mended", mended).format(n=mended))
            say(_("take it back: {command}").format(command="vpcp undo"))
    return [str(Path(one).with_name(renamed[cwd / one])) if cwd / one in renamed else one for one in paths]


def _fix_once(folder: Folder, names: frozenset[str], *, dry_run: bool) -> tuple[int, dict[str, str]]:
    """Mend once what is mechanical; return how many places, and the new names of files."""
    from vpcp_cli.commands.saving import finish, writer_in
    from vpcp_cli.commands.undo import FIX
    from vpcp_cli.storage.checking import check_folder

    with writer_in(folder, FIX, dry_run=dry_run) as writer:
        checked = check_folder(folder, names)
        mended, renamed = 0, {}
        for file in checked.files:
            name = file.rpartition("/")[2]
            found = [one for one in checked.findings if one.file == file]
            wanted = next((one.facts["wanted"] for one in found if one.code == "file-name"), "")
            if name.endswith(".yml") and wanted == f"{name.removesuffix('.yml')}.yaml":
                mended += writer.rename(name, wanted)
                renamed[name] = wanted
            elif not any(one.code in ("file-name", "copied-file") for one in found):
                mended += writer.fix(name, found)
        if mended:
            finish(writer, dry_run=dry_run)
    return mended, renamed


def _seen(paths: Sequence[str], data: str | None, against: str | None, *, is_staged: bool) -> _Seen:
    """Check what was named, or the folder of the programmes; with `against`, its history too."""
    from vpcp_cli.render.progress import reading
    from vpcp_cli.storage.checking import by_folder
    from vpcp_cli.storage.locate import find_workspace
    from vpcp_cli.storage.settings import here

    cwd, seen = here(), _Seen([], [], [], Counter(), {})
    folders = by_folder(paths, cwd) if paths else {find_workspace(data, os.environ, cwd): frozenset[str]()}
    with reading(sys.stderr):
        for folder, names in folders.items():
            with _laid_out(folder, is_staged=is_staged) as now:
                _look(seen, folder, now, names, against)
    return seen


def _laid_out(folder: Folder, *, is_staged: bool) -> AbstractContextManager[Folder]:
    """The folder as it is staged, or as it is; raise `LeftOutError` where it is not whole."""
    if is_staged:
        from vpcp_cli.storage.history.revision import staged

        return staged(folder)
    from vpcp_cli.storage.git.sparse import refuse_left_out

    refuse_left_out(folder.path)
    return nullcontext(folder)


def _look(seen: _Seen, folder: Folder, now: Folder, names: frozenset[str], against: str | None) -> None:
    from vpcp_cli.storage.checking import check_folder
    from vpcp_cli.storage.severities import settled

    checked = check_folder(now, names)
    seen.files.extend(checked.files)
    seen.behind.update(checked.behind)
    found = list(checked.findings)
    if against is not None:
        from vpcp_cli.storage.history.revision import check_against

        compared = check_against(folder, against, now)
        found += (one for one in compared.findings if not names or one.file.rpartition("/")[2] in names)
        seen.unread.extend(file for file in compared.unread if not names or file.rpartition("/")[2] in names)
    weighed = settled(found, folder.settings.check)
    seen.findings.extend(weighed.findings)
    seen.ignored.update(weighed.ignored)


def _beyond(findings: Sequence[Finding], baseline: Path | None, write: Path | None) -> Sequence[Finding]:
    """The findings that no baseline lists; a baseline that is to be written is made, or shrinks."""
    from vpcp_cli.storage.history.baseline import Baseline

    lists = []
    if baseline:
        lists.append(Baseline.read(baseline))
        mended = lists[0].mended(findings)
        if mended and write is None:
            words = _("Mended: {n} of {file}; --write-baseline {file} strikes them out.")
            say(words.format(n=mended, file=baseline))
    if write:
        lists.append(Baseline.read(write).shrunk(findings) if write.exists() else Baseline.of(findings))
        Output(Format.PLAIN, write, tracked=tracked).write(lists[-1].lines())
        listed = lists[-1].known.total()
        words = ngettext("{file}: {n} known finding listed", "{file}: {n} known findings listed", listed)
        say(words.format(file=write, n=listed))
    for known in lists:
        findings = known.new(findings)
    return findings


def _from_the_root() -> Callable[[str], str]:
    """From a path as people see it to the one from the root of the repository, which the machines know."""
    from vpcp_cli.errors import VpcpError
    from vpcp_cli.storage.git.repository import Repository
    from vpcp_cli.storage.settings import here

    cwd = here()
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


def _tell(checkup: Checkup, taken: Report | None, color: Color, *, quiet: bool, whole: bool, known: int) -> None:
    """Say it to people: on standard output unless a report takes that."""
    from vpcp_cli.render.cells import write_lines
    from vpcp_cli.render.console import Screen
    from vpcp_cli.render.findings import findings_text, tally
    from vpcp_cli.render.reports import Report, between_stops

    if quiet and not checkup.findings:
        return
    stream = sys.stderr if taken not in (None, Report.GITHUB) else sys.stdout
    told = findings_text(checkup.findings, Screen.of(stream, color), whole=whole)
    lines = [*told, *([""] if checkup.findings else [])]
    lines.append(tally(checkup.findings, len(checkup.files), known, checkup.ignored))
    write_lines(between_stops(lines) if taken is Report.GITHUB else lines, stream)
