"""All programmes of a folder and its register: loaded for reports, or with every finding for `vpcp check`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from vpcp_cli import __version__
from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import BrokenDataError, VpcpError
from vpcp_cli.finding import Finding
from vpcp_cli.finding import Path as DataPath
from vpcp_cli.language import _
from vpcp_cli.library import Library
from vpcp_cli.storage.folder import (
    REGISTER,
    Folder,
    listing,
    misnamed,
    read_bytes,
    year_of,
)
from vpcp_cli.storage.index.index import Index
from vpcp_cli.storage.index.keeper import Keeper
from vpcp_cli.storage.index.library import IndexLibrary
from vpcp_cli.storage.index.store import Store
from vpcp_cli.storage.locate import folder_named
from vpcp_cli.storage.settings import find_settings, here, shown

__all__ = [
    "Checked",
    "Folder",
    "Loaded",
    "NoSuchPathError",
    "by_folder",
    "check_folder",
    "load",
]

if TYPE_CHECKING:
    from vpcp_cli.programme import Programme, Text, Unit, Workspace
    from vpcp_cli.storage.yaml.document import Parsed

_ACROSS_PROGRAMMES: Final = frozenset({"carry-mismatch", "unknown-parent", "unknown-task"})
_ABOUT_UNITS: Final = frozenset({"unit-not-valid", "unknown-unit"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reports work on.

    `broken` are the files that had to be whole and are not, `findings` what is wrong with their shape: a report must
    not be made from the rest. `set_aside` are broken files of years that nobody asked for. None of these programmes is
    in `library`. `rule_errors` counts the errors that the rules find in it; `digests` are those of all files that were
    read.
    """

    library: Library
    folder: Folder
    findings: tuple[Finding, ...] = ()
    broken: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    rule_errors: Callable[[], int] = field(default=lambda: 0, compare=False)
    digests: Mapping[str, str] = field(default_factory=dict, compare=False)


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
    """One file while its folder is being read; one of which an index is kept has not been parsed.

    `data` are there only until the programme has been made of them. `ids`, with their paths, are kept where none could
    be made.
    """

    name: str
    shown: str
    digest: str = ""
    parsed: Parsed | None = None
    data: Mapping[str, Any] | None = None
    findings: list[Finding] = field(default_factory=list)
    programme: Programme | None = None
    index: Index | None = None
    ids: Sequence[tuple[str, DataPath]] = ()

    @property
    def stem(self) -> str:
        """The id of the programme."""
        return self.name.removesuffix(".yaml")

    def add(self, findings: Sequence[Finding]) -> None:
        """Take findings with their places."""
        self.findings += self.parsed.locate(findings) if self.parsed and findings else findings

    def known_ids(self) -> Sequence[tuple[str, DataPath]]:
        """The ids of its directives and tasks."""
        if self.index:
            return list(self.index.ids())
        return list(_ids(self.programme)) if self.programme else self.ids

    def indexed(self, content: bytes) -> Index | None:
        """Return an index of what has been parsed, unless anything is wrong with it."""
        if self.findings or not (self.programme and self.parsed and self.data):
            return None
        ids = [id_ for id_, _path in _ids(self.programme)]
        if len({*ids}) < len(ids):
            return None
        from vpcp_cli.storage.index.fill import built

        spans = {(one.directive, one.task): (one.line, one.start, one.end) for one in self.parsed.places()}
        return Index(built(self.programme, self.data, spans, content), self.stem, self.shown)


@dataclass(slots=True)
class _Reading:
    """A folder as it was read: its files in order, then those that have a wrong name.

    `register` returns the units; it is None where they can't be read.
    """

    folder: Folder
    files: list[_File]
    register: Callable[[], tuple[Unit, ...]] | None = None

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units of the register, none where it can't be read."""
        return self.register() if self.register else ()

    @property
    def limit(self) -> int:
        """So many MiB a file may have."""
        return self.folder.settings.max_file_mib

    def whole(self) -> Workspace:
        """The programmes in which nothing is wrong."""
        from vpcp_cli.programme import Workspace

        return Workspace(tuple(file.programme for file in self.files if file.programme), self.units)


def load(
    folder: Folder, years: frozenset[int] = frozenset(), *, empty: bool = False, keeper: Keeper | None = None
) -> Loaded:
    """Read a folder for a report on some years, or on all.

    Raise `NoDataError` where it holds no programme, unless it may be `empty`.
    """
    keeper = keeper or Keeper(Store(os.environ, __version__))
    reading = _read(folder, keeper)
    if not empty and all(file.name == REGISTER for file in reading.files):
        raise _no_programme(folder)
    broken = [file for file in reading.files if file.findings]
    wanted = _behind(reading.files, years) if broken and years else years
    needed = [file for file in broken if not years or file.name == REGISTER or year_of(file.name) in wanted]
    library = IndexLibrary([file.index for file in reading.files if file.index], lambda: reading.units)
    return Loaded(
        library,
        folder,
        tuple(finding for file in needed for finding in file.findings),
        tuple(file.shown for file in needed),
        tuple(file.shown for file in broken if file not in needed),
        lambda: keeper.errors(library.rule_errors),
        {file.name: file.digest for file in reading.files},
    )


def _behind(files: Iterable[_File], years: frozenset[int]) -> frozenset[int]:
    """Return some years with those in which the tasks stand that theirs go on from: these are needed too."""
    indexes = [file.index for file in files if file.index]
    links = [(one.year, int(origin[:4])) for one in indexes for origin, _digest in one.links.values() if origin]
    while more := {older for year, older in links if year in years} - years:
        years |= more
    return years


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
    `NoDataError` where all of a folder is asked for and it holds nothing, not even a register.
    """
    keeper = Keeper(Store(os.environ, __version__))
    if (whole := _faultless(folder, keeper)) and names <= whole:
        return Checked(tuple(sorted(map(folder.shown_file, names or whole))), ())
    reading = _read(folder)
    if not names and all("missing-register" in [one.code for one in file.findings] for file in reading.files):
        raise _no_programme(folder)
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
    return Checked(tuple(sorted(wanted)), tuple(sorted(findings, key=Finding.order)))


def _faultless(folder: Folder, keeper: Keeper) -> frozenset[str]:
    """Return the names of a folder's files where it is kept that nothing is wrong with just these; else none."""
    names, misplaced = listing(folder)
    if keeper.off or misplaced or REGISTER not in names or len(names) == 1:
        return frozenset()
    digests = {name: keeper.digest(folder.path / name, folder.settings.max_file_mib) for name in names}
    known = {name: digest for name, digest in digests.items() if digest}
    return frozenset(names) if known == digests and keeper.is_faultless(known) else frozenset()


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
            found[folder_named(path, cwd, settings)] = frozenset()
        elif path.is_symlink() or path.exists():
            folder = Folder(path.parent, shown(path.parent, cwd), settings=settings)
            asked_whole = folder in found and not found[folder]
            found[folder] = frozenset() if asked_whole else found.get(folder, frozenset()) | {path.name}
        else:
            raise NoSuchPathError(typed)
    return found


def _read(folder: Folder, keeper: Keeper | None = None) -> _Reading:
    """Read a folder; with a keeper, for an index of each programme, else for the programmes themselves."""
    names, misplaced = listing(folder)
    reading = _Reading(folder, [])
    read = {name: _read_file(reading, name, keeper) for name in sorted(names, key=REGISTER.__ne__)}
    reading.files += (read[name] for name in names)
    if REGISTER not in names:
        register = folder.shown_file(REGISTER)
        reading.files.append(_File(REGISTER, register, findings=[Finding("missing-register", register)]))
    reading.files += [_File(finding.file.rpartition("/")[2], finding.file, findings=[finding]) for finding in misplaced]
    _refuse_duplicates(reading, _doubtful(reading.files))
    return reading


def _read_file(reading: _Reading, name: str, keeper: Keeper | None) -> _File:
    file = _File(name, reading.folder.shown_file(name))
    path = reading.folder.path / name
    if keeper and _recall(reading, file, path, keeper):
        return file
    content = read_bytes(path, file.shown, reading.limit)
    if isinstance(content, Finding):
        file.findings.append(content)
        return file
    file.digest = sha256(content).hexdigest()
    if keeper and file.name != REGISTER:
        file.index = keeper.changed(content, file.digest, name, file.shown, lambda: _again(reading, file, keeper))
    if file.index is None:
        _parse(reading, file, content)
        _remember(file, keeper, content)
    return file


def _recall(reading: _Reading, file: _File, path: Path, keeper: Keeper) -> bool:
    """Take what a file means from where it is kept; whether it is."""
    digest = keeper.digest(path, reading.limit)
    if digest is None:
        return False
    file.digest = digest
    if file.name == REGISTER:
        reading.register = keeper.units(digest)
        return reading.register is not None
    file.index = keeper.index(digest, file.name, file.shown, lambda: _again(reading, file, keeper))
    return file.index is not None


def _parse(reading: _Reading, file: _File, content: bytes) -> None:
    from vpcp_cli.members import with_members
    from vpcp_cli.storage.format.schema import programme_of, units_of

    parsed = _parsed(content, file.shown)
    file.parsed, file.data = replace(parsed, data=None), parsed.data
    found: list[Finding] = []
    if parsed.data is not None and file.name == REGISTER:
        units, found = units_of(parsed)
        reading.register = lambda: units
    elif parsed.data is not None:
        programme, found = programme_of(parsed, file.stem)
        file.programme = programme and with_members(programme, lambda: reading.units)
    file.add([*parsed.findings, *(finding for finding in found if not parsed.gap(finding.path))])
    if file.findings:
        file.programme = None
        file.ids = tuple(_ids_in(parsed.data)) if file.name != REGISTER else ()
        reading.register = None if file.name == REGISTER else reading.register


def _parsed(content: bytes, shown: str) -> Parsed:
    from vpcp_cli.storage.yaml.document import read

    return read(content, shown)


def _again(reading: _Reading, file: _File, keeper: Keeper) -> Index:
    """Make the index of a file whose kept one is damaged; raise `BrokenDataError` if the file has changed."""
    content = read_bytes(reading.folder.path / file.name, file.shown, reading.limit)
    fresh = _File(file.name, file.shown)
    if isinstance(content, bytes) and sha256(content).hexdigest() == file.digest:
        _parse(_Reading(reading.folder, [], reading.register), fresh, content)
    index = fresh.indexed(content) if isinstance(content, bytes) else None
    if index is None:
        raise BrokenDataError([file.shown])
    keeper.learn(file.digest, file.name, index)
    return index


def _remember(file: _File, keeper: Keeper | None, content: bytes) -> None:
    """Keep what a file means in which nothing is wrong; for a check its programme alone is needed."""
    if keeper and not file.findings and file.name == REGISTER and file.data:
        keeper.learn_units(file.digest, file.data)
    elif keeper and (index := file.indexed(content)):
        file.index, file.programme = index, None
        keeper.learn(file.digest, file.name, index)
    file.data = None


def _doubtful(files: Iterable[_File]) -> list[_File]:
    """The files in which ids may stand twice: all but those with an index that are alone in their year."""
    found = [file for file in files if file.programme or file.index or file.ids]
    years = Counter(file.name[:4] for file in found)
    return [file for file in found if not (file.index and years[file.name[:4]] == 1)]


def _refuse_duplicates(reading: _Reading, files: Iterable[_File]) -> None:
    """Find ids that stand twice; the file in which one comes again is broken."""
    first: dict[str, tuple[_File, DataPath]] = {}
    for file in files:
        again = []
        for id_, path in file.known_ids():
            if id_ in first:
                again.append((id_, path))
            else:
                first[id_] = file, path
        if again:
            _with_places(reading, {file, *(first[id_][0] for id_, _path in again)})
            facts = {id_: {"id": id_, "place": _place_of(*first[id_])} for id_, _path in again}
            found = [Finding("duplicate-id", file.shown, (*at, "id"), facts[id_], subject=id_) for id_, at in again]
            file.add(_copied(file, found, first) or found)
            file.programme = file.index = None


def _copied(file: _File, found: Sequence[Finding], first: Mapping[str, tuple[_File, DataPath]]) -> list[Finding]:
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
    whole = file.programme or (file.index.whole() if file.index else None)
    directives = whole.directives if whole else ()
    texts = {directive.id: directive.title for directive in directives}
    return texts | {task.id: task.text for directive in directives for task in directive.tasks}


def _with_places(reading: _Reading, files: Iterable[_File]) -> None:
    """Parse files that have not been parsed: only then it is known what stands where."""
    for file in files:
        content = b"" if file.parsed else read_bytes(reading.folder.path / file.name, file.shown, reading.limit)
        if file.parsed is None and isinstance(content, bytes):
            file.parsed = _parsed(content, file.shown)


def _place_of(file: _File, path: DataPath) -> str:
    """Return file:line of an id."""
    line = file.parsed.positions().of((*path, "id")).line if file.parsed else 0
    return f"{file.shown}:{line}"


def _ids(programme: Programme) -> Iterator[tuple[str, DataPath]]:
    for at, directive in enumerate(programme.directives):
        yield directive.id, ("directives", at)
        for number, task in enumerate(directive.tasks):
            yield task.id, ("directives", at, "tasks", number)


def _ids_in(data: Mapping[str, Any] | None) -> Iterator[tuple[str, DataPath]]:
    """The ids of a file that is no programme, as far as they could be read."""
    from vpcp_cli.storage.format.items import at, ways

    for id_, way in ways(data):
        if way and id_ and at(data, way).get("id") == id_:  # a missing one is named None
            yield id_, way


def _apply_rules(reading: _Reading) -> None:
    """Add what the rules find; those that look elsewhere are silent where elsewhere is broken."""
    from vpcp_cli import checks

    found = list(checks.check(reading.whole()))
    found += checks.check_units(reading.units, reading.folder.shown_file(REGISTER))
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
