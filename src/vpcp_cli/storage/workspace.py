"""All programmes of a folder and its register: loaded for reports, or with every finding for `vpcp check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, NamedTuple

from vpcp_cli import checks
from vpcp_cli.errors import NoDataError, VpcpError
from vpcp_cli.finding import Finding
from vpcp_cli.finding import Path as DataPath
from vpcp_cli.language import _
from vpcp_cli.programme import Programme, Unit, Workspace
from vpcp_cli.storage.document import Parsed, read
from vpcp_cli.storage.folder import (
    REGISTER,
    Folder,
    find_folder,
    folder_at,
    listing,
    misnamed,
    read_bytes,
    year_of,
)
from vpcp_cli.storage.schema import programme_of, units_of
from vpcp_cli.storage.settings import find_settings, shown

__all__ = [
    "Checked",
    "Folder",
    "Loaded",
    "NoSuchPathError",
    "by_folder",
    "check_folder",
    "check_paths",
    "find_folder",
    "load",
]

_ACROSS_PROGRAMMES: Final = frozenset({"carry-mismatch", "unknown-parent", "unknown-task"})
_ABOUT_UNITS: Final = frozenset({"unit-not-valid", "unknown-unit"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reports work on.

    `broken` are the files that had to be whole and are not, `findings` what is wrong with their shape: a report must
    not be made from the rest. `set_aside` are broken files of years that nobody asked for. None of these programmes is
    in `workspace`.
    """

    workspace: Workspace
    folder: Folder
    findings: tuple[Finding, ...] = ()
    broken: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()


class NoSuchPathError(VpcpError):
    """A path that was to be checked and is not there."""

    def __init__(self, path: str) -> None:
        """Keep the path as it was typed."""
        super().__init__(path)
        self.path = path

    def sentence(self) -> str:
        """Name the path."""
        return _("There is no {path}.").format(path=self.path)


@dataclass(slots=True, eq=False)
class _File:
    """One file while its folder is being read."""

    name: str
    shown: str
    parsed: Parsed | None = None
    findings: list[Finding] = field(default_factory=list)
    programme: Programme | None = None

    def add(self, findings: Sequence[Finding]) -> None:
        """Take findings with their places."""
        self.findings += self.parsed.locate(findings) if self.parsed and findings else findings


@dataclass(slots=True)
class _Reading:
    """A folder as it was read: its files in order, then those that have a wrong name.

    `units` is None where the register can't be read.
    """

    folder: Folder
    files: list[_File]
    units: tuple[Unit, ...] | None = None

    def whole(self) -> Workspace:
        """The programmes in which nothing is wrong."""
        return Workspace(tuple(file.programme for file in self.files if file.programme), self.units or ())


def load(folder: Folder, years: frozenset[int] = frozenset()) -> Loaded:
    """Read a folder for a report on some years, or on all; raise `NoDataError` where it holds no programme."""
    reading = _read(folder)
    if all(file.name == REGISTER for file in reading.files):
        raise NoDataError(folder.shown)
    broken = [file for file in reading.files if file.findings]
    needed = [file for file in broken if not years or file.name == REGISTER or year_of(file.name) in years]
    return Loaded(
        reading.whole(),
        folder,
        tuple(finding for file in needed for finding in file.findings),
        tuple(file.shown for file in needed),
        tuple(file.shown for file in broken if file not in needed),
    )


class Checked(NamedTuple):
    """The files that were looked at, as people see their paths, and what was found, in the order of files and lines."""

    files: tuple[str, ...]
    findings: tuple[Finding, ...]


def check_paths(paths: Sequence[str], cwd: Path) -> Checked:
    """Find everything that is wrong with the files and folders at some paths.

    A file is checked together with the others of its folder, for its ids and links lead there. Raise `NoSuchPathError`.
    """
    checked = [check_folder(folder, names) for folder, names in by_folder(paths, cwd).items()]
    findings = [finding for one in checked for finding in one.findings]
    return Checked(tuple(file for one in checked for file in one.files), tuple(sorted(findings, key=Finding.order)))


def check_folder(folder: Folder, names: frozenset[str] = frozenset()) -> Checked:
    """Find everything that is wrong with a folder, or with its files of some names.

    What keeps the register from being read is found in any case: without it no file can be checked. Raise
    `NoDataError` where all of a folder is asked for and it holds nothing.
    """
    reading = _read(folder)
    if not names and all(file.name == REGISTER for file in reading.files):
        raise NoDataError(folder.shown)
    _apply_rules(reading)
    known = {file.name for file in reading.files}
    files = [*reading.files, *(_misnamed(folder.shown_file(name)) for name in sorted(names - known))]
    wanted = {file.shown for file in files if not names or file.name in names}
    if reading.units is None and any(file.parsed for file in files if file.shown in wanted):
        wanted.add(folder.shown_file(REGISTER))
    findings = [
        finding for file in files for finding in file.findings if file.shown in wanted or _clashes(finding, wanted)
    ]
    return Checked(tuple(sorted(wanted)), tuple(sorted(findings, key=Finding.order)))


def _misnamed(file: str) -> _File:
    return _File(file.rpartition("/")[2], file, findings=[misnamed(file)])


def _clashes(finding: Finding, wanted: set[str]) -> bool:
    return finding.code == "duplicate-id" and finding.facts["place"].rpartition(":")[0] in wanted


def by_folder(paths: Sequence[str], cwd: Path) -> dict[Folder, frozenset[str]]:
    """Folders with the names of the files asked for; none means all."""
    settings = find_settings(cwd)
    found: dict[Folder, frozenset[str]] = {}
    for typed in paths:
        path = cwd / typed
        if path.is_dir():
            found[folder_at(path, cwd, settings)] = frozenset()
        elif path.is_symlink() or path.exists():
            folder = Folder(path.parent, shown(path.parent, cwd), settings=settings)
            asked_whole = folder in found and not found[folder]
            found[folder] = frozenset() if asked_whole else found.get(folder, frozenset()) | {path.name}
        else:
            raise NoSuchPathError(typed)
    return found


def _read(folder: Folder) -> _Reading:
    names, misplaced = listing(folder)
    reading = _Reading(folder, [])
    for name in names:
        reading.files.append(_read_file(reading, name, folder.settings.max_file_mib))
    if REGISTER not in names:
        register = folder.shown_file(REGISTER)
        reading.files.append(_File(REGISTER, register, findings=[Finding("missing-register", register)]))
    reading.files += [_File(finding.file.rpartition("/")[2], finding.file, findings=[finding]) for finding in misplaced]
    _refuse_duplicates(reading)
    return reading


def _read_file(reading: _Reading, name: str, limit: int) -> _File:
    file = _File(name, reading.folder.shown_file(name))
    content = read_bytes(reading.folder.path / name, file.shown, limit)
    if isinstance(content, Finding):
        file.findings.append(content)
        return file
    parsed = read(content, file.shown)
    file.parsed = replace(parsed, data=None)  # the data are no longer needed once the programme is there
    found: list[Finding] = []
    if parsed.data is not None and name == REGISTER:
        reading.units, found = units_of(parsed)
    elif parsed.data is not None:
        file.programme, found = programme_of(parsed, name.removesuffix(".yaml"))
    file.add([*parsed.findings, *(finding for finding in found if not parsed.gap(finding.path))])
    if file.findings:
        file.programme = None
        reading.units = None if name == REGISTER else reading.units
    return file


def _refuse_duplicates(reading: _Reading) -> None:
    """Find ids that stand twice; the file in which one comes again is broken."""
    first: dict[str, str] = {}
    for file in reading.files:
        found = []
        for id_, line, path in _ids(file.programme) if file.programme else ():
            if id_ in first:
                facts = {"id": id_, "place": first[id_]}
                found.append(Finding("duplicate-id", file.shown, (*path, "id"), facts, subject=id_))
            else:
                first[id_] = f"{file.shown}:{line}"
        if found:
            file.add(found)
            file.programme = None


def _ids(programme: Programme) -> Iterator[tuple[str, int, DataPath]]:
    for at, directive in enumerate(programme.directives):
        yield directive.id, directive.line, ("directives", at)
        for number, task in enumerate(directive.tasks):
            yield task.id, task.line, ("directives", at, "tasks", number)


def _apply_rules(reading: _Reading) -> None:
    """Add what the rules find; those that look elsewhere are silent where elsewhere is broken."""
    found = list(checks.check(reading.whole()))
    found += checks.check_units(reading.units or (), reading.folder.shown_file(REGISTER))
    silent = _ABOUT_UNITS if reading.units is None else frozenset()
    if any(file.programme is None and file.name != REGISTER for file in reading.files):
        silent |= _ACROSS_PROGRAMMES
    by_file = _grouped(finding for finding in found if finding.code not in silent)
    for file in reading.files:
        file.add(by_file.get(file.shown, []))


def _grouped(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.file, []).append(finding)
    return grouped
