"""Everything that is wrong with a folder of programmes, for `vpcp check`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from vpcp_cli import __version__
from vpcp_cli.errors import VpcpError
from vpcp_cli.finding import Finding
from vpcp_cli.language import N_
from vpcp_cli.storage.folder import REGISTER, Folder, listing, misnamed
from vpcp_cli.storage.index.keeper import Keeper
from vpcp_cli.storage.index.store import Store
from vpcp_cli.storage.locate import folder_named, settings_of
from vpcp_cli.storage.reading import (
    Chain,
    FileRead,
    Reading,
    chains_from,
    links_of,
    no_programme,
    reached,
    read_folder,
)
from vpcp_cli.storage.settings import find_settings, shown
from vpcp_cli.vocabulary import only_with

_ACROSS_PROGRAMMES: Final = frozenset({"carry-mismatch", "unknown-parent", "unknown-task"})
_ABOUT_UNITS: Final = frozenset({"unit-not-valid", "unknown-unit"})


class NoSuchPathError(VpcpError):
    """A path that was to be checked and is not there."""

    path: str
    says = N_("There is no {path}.")


class Checked(NamedTuple):
    """The files that were looked at, as people see their paths, and what was found, in the order of files and lines.

    `behind` are files that can't be read from which tasks of these go on, with the tasks that lead there.
    """

    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    behind: Mapping[str, Chain]


def check_folder(folder: Folder, names: frozenset[str] = frozenset()) -> Checked:
    """Find everything that is wrong with a folder, or with its files of some names.

    What keeps the register from being read is found in any case: without it no file can be checked. Raise
    `NoDataError` where all of a folder is asked for and it holds nothing, not even a register.
    """
    with only_with(folder.settings.categories):
        return _checked(folder, names)


def _checked(folder: Folder, names: frozenset[str]) -> Checked:
    keeper = Keeper(Store(os.environ, __version__))
    if (whole := _faultless(folder, keeper)) and names <= whole:
        return Checked(tuple(sorted(map(folder.shown_file, names or whole))), (), {})
    reading = read_folder(folder)
    if not names and all("missing-register" in [one.code for one in file.findings] for file in reading.files):
        raise no_programme(folder)
    _apply_rules(reading)
    if not any(file.findings for file in reading.files):
        keeper.learn_faultless({file.name: file.digest for file in reading.files})
    known = {file.name for file in reading.files}
    files = [*reading.files, *(_misnamed(folder.shown_file(name)) for name in sorted(names - known))]
    wanted = {file.shown for file in files if not names or file.name in names}
    if reading.register is None and any(file.parsed for file in files if file.shown in wanted):
        wanted.add(folder.shown_file(REGISTER))
    findings = [
        finding for file in files for finding in file.findings if file.shown in wanted or _clashes(finding, wanted)
    ]
    left = [file for file in reading.files if file.programme is None and file.shown not in wanted]
    starts = links_of(file for file in files if file.shown in wanted) if left else ()
    behind = reached(left, chains_from(links_of(reading.files), starts)) if starts else {}
    return Checked(tuple(sorted(wanted)), tuple(sorted(findings, key=Finding.order)), behind)


def _faultless(folder: Folder, keeper: Keeper) -> frozenset[str]:
    """Return the names of a folder's files where it is kept that nothing is wrong with just these; else none."""
    names, misplaced = listing(folder)
    if keeper.off or misplaced or REGISTER not in names or len(names) == 1:
        return frozenset()
    paths = [folder.path / name for name in names]
    digest = keeper.digests(paths, folder.settings.max_file_mib)
    digests = {path.name: digest(path) for path in paths}
    known = {name: digest for name, digest in digests.items() if digest}
    return frozenset(names) if known == digests and keeper.is_faultless(known) else frozenset()


def _misnamed(file: str) -> FileRead:
    return FileRead(file.rpartition("/")[2], file, findings=[misnamed(file)])


def _clashes(finding: Finding, wanted: set[str]) -> bool:
    """Whether a finding about ids is one about a wanted file as well, in which they stand first."""
    ids = finding.code in ("duplicate-id", "copied-file")
    return ids and finding.facts.get("place", "").rpartition(":")[0] in wanted


def by_folder(paths: Sequence[str], cwd: Path) -> dict[Folder, frozenset[str]]:
    """Folders with the names of the files asked for; none means all."""
    settings = find_settings(cwd)
    found: dict[Folder, frozenset[str]] = {}
    for typed in paths:
        path = cwd / typed
        if path.is_dir():
            found[folder_named(path, cwd, settings)] = frozenset()
        elif path.is_symlink() or path.exists():
            folder = Folder(path.parent, shown(path.parent, cwd), settings=settings_of(path.parent, settings))
            asked_whole = folder in found and not found[folder]
            found[folder] = frozenset() if asked_whole else found.get(folder, frozenset()) | {path.name}
        else:
            raise NoSuchPathError(typed)
    return found


def _apply_rules(reading: Reading) -> None:
    """Add what the rules find; those that look elsewhere are silent where elsewhere is broken."""
    from vpcp_cli import checks

    found = checks.check_all(reading.whole(), reading.folder.shown_file(REGISTER))
    silent = _ABOUT_UNITS if reading.register is None else frozenset()
    if any(file.programme is None and file.name != REGISTER for file in reading.files):
        silent |= _ACROSS_PROGRAMMES
    by_file = _grouped(finding for finding in found if finding.code not in silent)
    for file in reading.files:
        file.add(by_file.get(file.shown, ()))


def _grouped(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.file, []).append(finding)
    return grouped
