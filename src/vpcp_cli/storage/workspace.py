"""All programmes of a folder and its register: loaded for reports, or with every finding for `vpcp check`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from vpcp_cli import __version__
from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import BrokenDataError, VpcpError
from vpcp_cli.facts import Known
from vpcp_cli.finding import Finding
from vpcp_cli.finding import Path as DataPath
from vpcp_cli.language import _
from vpcp_cli.programme import Programme, Text, Unit, Workspace
from vpcp_cli.storage.cache import Cache
from vpcp_cli.storage.digest import sha256
from vpcp_cli.storage.folder import (
    REGISTER,
    Folder,
    find_folder,
    find_workspace,
    folder_at,
    listing,
    misnamed,
    read_bytes,
    year_of,
)
from vpcp_cli.storage.memo import Memo
from vpcp_cli.storage.settings import find_settings, here, shown

__all__ = [
    "Checked",
    "Folder",
    "Loaded",
    "NoSuchPathError",
    "by_folder",
    "check_folder",
    "find_folder",
    "find_workspace",
    "load",
]

if TYPE_CHECKING:
    from vpcp_cli.storage.document import Parsed

_ACROSS_PROGRAMMES: Final = frozenset({"carry-mismatch", "unknown-parent", "unknown-task"})
_ABOUT_UNITS: Final = frozenset({"unit-not-valid", "unknown-unit"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reports work on.

    `broken` are the files that had to be whole and are not, `findings` what is wrong with their shape: a report must
    not be made from the rest. `set_aside` are broken files of years that nobody asked for. None of these programmes is
    in `workspace`. `rule_errors` counts the errors that the rules find in it.
    """

    workspace: Workspace
    folder: Folder
    findings: tuple[Finding, ...] = ()
    broken: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    rule_errors: Callable[[], int] = field(default=lambda: 0, compare=False)


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
    """One file while its folder is being read; one that is `kept` is known from the memo and has not been parsed.

    `data` are there only until the programme has been made of them. `ids`, with their lines and paths, are kept where
    none could be made.
    """

    name: str
    shown: str
    digest: str = ""
    parsed: Parsed | None = None
    data: Mapping[str, Any] | None = None
    findings: list[Finding] = field(default_factory=list)
    programme: Programme | None = None
    ids: Sequence[tuple[str, int, DataPath]] = ()
    kept: bool = False

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


def load(
    folder: Folder, years: frozenset[int] = frozenset(), *, empty: bool = False, memo: Memo | None = None
) -> Loaded:
    """Read a folder for a report on some years, or on all.

    Raise `NoDataError` where it holds no programme, unless it may be `empty`.
    """
    memo = memo or Memo(Cache(os.environ, __version__))
    reading = _read(folder, memo)
    if not empty and all(file.name == REGISTER for file in reading.files):
        raise _no_programme(folder)
    broken = [file for file in reading.files if file.findings]
    needed = [file for file in broken if not years or file.name == REGISTER or year_of(file.name) in years]
    workspace = reading.whole()
    return Loaded(
        workspace,
        folder,
        tuple(finding for file in needed for finding in file.findings),
        tuple(file.shown for file in needed),
        tuple(file.shown for file in broken if file not in needed),
        lambda: memo.errors(lambda: _rule_errors(workspace)),
    )


def _rule_errors(workspace: Workspace) -> int:
    from vpcp_cli.checks import count_errors

    return count_errors(workspace)


def _no_programme(folder: Folder) -> VpcpError:
    from vpcp_cli.storage.nearby import no_data

    return no_data(folder.path, here())


class Checked(NamedTuple):
    """The files that were looked at, as people see their paths, and what was found, in the order of files and lines."""

    files: tuple[str, ...]
    findings: tuple[Finding, ...]


def check_folder(folder: Folder, names: frozenset[str] = frozenset()) -> Checked:
    """Find everything that is wrong with a folder, or with its files of some names.

    What keeps the register from being read is found in any case: without it no file can be checked. Raise
    `NoDataError` where all of a folder is asked for and it holds nothing.
    """
    memo = Memo(Cache(os.environ, __version__))
    if (whole := _faultless(folder, memo)) and names <= whole:
        return Checked(tuple(sorted(map(folder.shown_file, names or whole))), ())
    reading = _read(folder)
    if not names and all(file.name == REGISTER for file in reading.files):
        raise _no_programme(folder)
    _apply_rules(reading)
    if not any(file.findings for file in reading.files):
        memo.learn_faultless({file.name: file.digest for file in reading.files})
    known = {file.name for file in reading.files}
    files = [*reading.files, *(_misnamed(folder.shown_file(name)) for name in sorted(names - known))]
    wanted = {file.shown for file in files if not names or file.name in names}
    if reading.units is None and any(file.parsed for file in files if file.shown in wanted):
        wanted.add(folder.shown_file(REGISTER))
    findings = [
        finding for file in files for finding in file.findings if file.shown in wanted or _clashes(finding, wanted)
    ]
    return Checked(tuple(sorted(wanted)), tuple(sorted(findings, key=Finding.order)))


def _faultless(folder: Folder, memo: Memo) -> frozenset[str]:
    """Return the names of a folder's files where the memo knows that nothing is wrong with just these; else none."""
    names, misplaced = listing(folder)
    if memo.off or misplaced or REGISTER not in names or len(names) == 1:
        return frozenset()
    digests = {name: memo.digest(folder.path / name, folder.settings.max_file_mib) for name in names}
    known = {name: digest for name, digest in digests.items() if digest}
    return frozenset(names) if known == digests and memo.is_faultless(known) else frozenset()


def _misnamed(file: str) -> _File:
    return _File(file.rpartition("/")[2], file, findings=[misnamed(file)])


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
            found[folder_at(path, cwd, settings)] = frozenset()
        elif path.is_symlink() or path.exists():
            folder = Folder(path.parent, shown(path.parent, cwd), settings=settings)
            asked_whole = folder in found and not found[folder]
            found[folder] = frozenset() if asked_whole else found.get(folder, frozenset()) | {path.name}
        else:
            raise NoSuchPathError(typed)
    return found


def _read(folder: Folder, memo: Memo | None = None) -> _Reading:
    """Read a folder; what the memo knows of its files is taken from there, and it learns the others."""
    names, misplaced = listing(folder)
    reading = _Reading(folder, [])
    for name in names:
        reading.files.append(_read_file(reading, name, folder.settings.max_file_mib, memo))
    if REGISTER not in names:
        register = folder.shown_file(REGISTER)
        reading.files.append(_File(REGISTER, register, findings=[Finding("missing-register", register)]))
    reading.files += [_File(finding.file.rpartition("/")[2], finding.file, findings=[finding]) for finding in misplaced]
    _refuse_duplicates(_doubtful(reading.files))
    if memo:
        if any(file.kept and file.findings for file in reading.files):
            return _read(folder)  # an id stands twice, and only what is parsed knows the places
        for file in reading.files:
            _remember(file, memo)
    return reading


def _read_file(reading: _Reading, name: str, limit: int, memo: Memo | None) -> _File:
    file = _File(name, reading.folder.shown_file(name))
    if memo and _recall(reading, file, limit, memo):
        return file
    content = read_bytes(reading.folder.path / name, file.shown, limit)
    if isinstance(content, Finding):
        file.findings.append(content)
        return file
    _parse(reading, file, content)
    file.digest = sha256(content)
    if memo is None:
        file.data = None
    return file


def _recall(reading: _Reading, file: _File, limit: int, memo: Memo) -> bool:
    """Take from the memo what a file means; whether it knows that."""
    digest = memo.digest(reading.folder.path / file.name, limit)
    if digest is None:
        return False
    if file.name == REGISTER:
        reading.units = memo.units(digest)
        return reading.units is not None
    file.programme = memo.programme(digest, file.name, file.shown, lambda: _again(reading.folder, file, limit))
    file.kept, file.digest = file.programme is not None, digest
    return file.kept


def _parse(reading: _Reading, file: _File, content: bytes) -> None:
    from vpcp_cli.storage.schema import programme_of, units_of

    parsed = _parsed(content, file.shown)
    file.parsed, file.data = replace(parsed, data=None), parsed.data
    found: list[Finding] = []
    if parsed.data is not None and file.name == REGISTER:
        reading.units, found = units_of(parsed)
    elif parsed.data is not None:
        file.programme, found = programme_of(parsed, file.name.removesuffix(".yaml"))
    file.add([*parsed.findings, *(finding for finding in found if not parsed.gap(finding.path))])
    if file.findings:
        file.programme = None
        file.ids = tuple(_ids_in(parsed.data)) if file.name != REGISTER else ()
        reading.units = None if file.name == REGISTER else reading.units


def _parsed(content: bytes, shown: str) -> Parsed:
    from vpcp_cli.storage.document import read

    return read(content, shown)


def _again(folder: Folder, file: _File, limit: int) -> Programme:
    """Read a file whose kept form has turned out to be damaged; raise `BrokenDataError` if it is another one now."""
    content = read_bytes(folder.path / file.name, file.shown, limit)
    fresh = _File(file.name, file.shown)
    if isinstance(content, bytes) and sha256(content) == file.digest:
        _parse(_Reading(folder, []), fresh, content)
    if fresh.programme is None:
        raise BrokenDataError([file.shown])
    return fresh.programme


def _remember(file: _File, memo: Memo) -> None:
    """Let the memo learn a file in which nothing is wrong, and keep the facts of its programme with it."""
    if file.kept or file.findings or file.data is None:
        return
    if file.name == REGISTER:
        memo.learn_units(file.digest, file.data)
    elif file.programme:
        known = Known.of(file.programme)
        memo.learn(file.digest, file.name, known, file.data, file.parsed.places() if file.parsed else ())
        file.programme = known
    file.data = None


def _doubtful(files: Iterable[_File]) -> list[_File]:
    """The files in which ids may stand twice: all but those kept ones that are alone in their year."""
    found = [file for file in files if file.programme or file.ids]
    years = Counter(file.name[:4] for file in found)
    return [file for file in found if not (file.kept and years[file.name[:4]] == 1)]


def _refuse_duplicates(files: Iterable[_File]) -> None:
    """Find ids that stand twice; the file in which one comes again is broken."""
    first: dict[str, tuple[_File, int, DataPath]] = {}
    for file in files:
        found = []
        for id_, line, path in _ids(file.programme) if file.programme else file.ids:
            if id_ in first:
                facts = {"id": id_, "place": _place_of(*first[id_])}
                found.append(Finding("duplicate-id", file.shown, (*path, "id"), facts, subject=id_))
            else:
                first[id_] = file, line, path
        if found:
            file.add(_copied(file, found, first) or found)
            file.programme = None


def _copied(file: _File, found: Sequence[Finding], first: Mapping[str, tuple[_File, int, DataPath]]) -> list[Finding]:
    """Return one finding for all ids of a file that stand in one other with the same texts: most of its own."""
    others = {first[finding.facts["id"]][0].name: first[finding.facts["id"]][0] for finding in found}
    if len(others) > 1 or file.name in others:
        return []
    (name, other), mine = others.popitem(), _texts(file)
    theirs = _texts(other)
    same = [id_ for id_ in mine if mine[id_] == theirs.get(id_)] if mine and theirs else found
    if 2 * len(same) <= len(mine or file.ids):
        return []
    facts = {"name": file.name, "original": name, "place": found[0].facts["place"]}
    return [replace(found[0], code="copied-file", facts=facts, subject=None)]


def _texts(file: _File) -> dict[str, Text]:
    """The texts of a file's tasks and directives by their ids; none where they can't be read."""
    directives = file.programme.directives if file.programme else ()
    texts = {directive.id: directive.title for directive in directives}
    return texts | {task.id: task.text for directive in directives for task in directive.tasks}


def _place_of(file: _File, line: int, path: DataPath) -> str:
    """Return file:line of an id; to find the line takes long, so it is looked for only where it is told."""
    if not line and file.parsed:
        line = file.parsed.positions().of((*path, "id")).line
    return f"{file.shown}:{line}"


def _ids(programme: Programme) -> Iterator[tuple[str, int, DataPath]]:
    for at, directive in enumerate(programme.directives):
        yield directive.id, directive.line, ("directives", at)
        for number, task in enumerate(directive.tasks):
            yield task.id, task.line, ("directives", at, "tasks", number)


def _ids_in(data: Mapping[str, Any] | None) -> Iterator[tuple[str, int, DataPath]]:
    """The ids of a file that is no programme, as far as they could be read; their lines are not known yet."""
    from vpcp_cli.storage.items import at, ways

    for id_, way in ways(data):
        if way and id_ and at(data, way).get("id") == id_:  # a missing one is named None
            yield id_, 0, way


def _apply_rules(reading: _Reading) -> None:
    """Add what the rules find; those that look elsewhere are silent where elsewhere is broken."""
    from vpcp_cli import checks

    found = list(checks.check(reading.whole()))
    found += checks.check_units(reading.units or (), reading.folder.shown_file(REGISTER))
    silent = _ABOUT_UNITS if reading.units is None else frozenset()
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
