"""A folder of programmes as it is read: its files, what is wrong with their shape, and ids that stand twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import BrokenDataError, VpcpError
from vpcp_cli.finding import Finding
from vpcp_cli.finding import Path as DataPath
from vpcp_cli.storage.folder import REGISTER, Folder, listing, read_bytes, year_of
from vpcp_cli.storage.index.index import Index
from vpcp_cli.storage.index.keeper import Keeper
from vpcp_cli.storage.regular import sha256
from vpcp_cli.storage.settings import here

if TYPE_CHECKING:
    from vpcp_cli.programme import Programme, Text, Unit, Workspace
    from vpcp_cli.storage.yaml.document import Parsed

Chain: TypeAlias = "tuple[str, ...]"
"""A task, and those from which it goes on, one after the other."""


@dataclass(slots=True, eq=False)
class FileRead:
    """One file while its folder is being read; one of which an index is kept has not been parsed.

    `data` are there only until the programme has been made of them. `ids`, with their paths, are kept where none could
    be made.
    """

    name: str
    shown: str
    digest: str = ""
    parsed: Parsed | None = None
    data: Mapping[str, object] | None = None
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
class Reading:
    """A folder as it was read: its files in order, then those that have a wrong name.

    `register` returns the units; it is None where they can't be read.
    """

    folder: Folder
    files: list[FileRead]
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


def links_of(files: Iterable[FileRead]) -> dict[str, str]:
    """Return from which task each one goes on, as far as files can be read."""
    from vpcp_cli.linking import origin_of

    found: dict[str, str | None] = {}
    for file in files:
        if file.index:
            found |= {id_: origin for id_, (origin, _digest) in file.index.links.items()}
        elif file.programme:
            found |= {task.id: origin_of(task) for _directive, task in file.programme.tasks()}
    return {id_: origin for id_, origin in found.items() if origin}


def chains_from(links: Mapping[str, str], starts: Iterable[str]) -> dict[int | None, Chain]:
    """Return the years in which tasks stand that some go on from, each with the first chain that leads there."""
    found: dict[int | None, Chain] = {}
    for start in starts:
        chain: Chain = (start,)
        while (origin := links.get(chain[-1])) and origin not in chain:
            chain = (*chain, origin)
            found.setdefault(int(origin[:4]), chain)
    return found


def reached(files: Iterable[FileRead], chains: Mapping[int | None, Chain]) -> dict[str, Chain]:
    """Return which files are reached by which chains."""
    years = ((file.shown, year_of(file.name)) for file in files)
    return {file: chains[year] for file, year in years if year in chains}


def no_programme(folder: Folder) -> VpcpError:
    """Say that a folder holds none, and where one may be."""
    from vpcp_cli.storage.nearby import no_data

    return no_data(folder.path, here())


def read_folder(folder: Folder, keeper: Keeper | None = None) -> Reading:
    """Read a folder; with a keeper, for an index of each programme, else for the programmes themselves."""
    names, misplaced = listing(folder)
    reading = Reading(folder, [])
    paths = [folder.path / name for name in sorted(names, key=REGISTER.__ne__)]
    digest = keeper.digests(paths, reading.limit) if keeper else None
    read = {path.name: _read_file(reading, path, keeper, digest and digest(path)) for path in paths}
    reading.files += (read[name] for name in names)
    if REGISTER not in names:
        register = folder.shown_file(REGISTER)
        reading.files.append(FileRead(REGISTER, register, findings=[Finding("missing-register", register)]))
    reading.files += [
        FileRead(finding.file.rpartition("/")[2], finding.file, findings=[finding]) for finding in misplaced
    ]
    _refuse_duplicates(reading, _doubtful(reading.files))
    return reading


def _read_file(reading: Reading, path: Path, keeper: Keeper | None, digest: str | None) -> FileRead:
    name = path.name
    file = FileRead(name, reading.folder.shown_file(name))
    if keeper and digest and _recall(reading, file, digest, keeper):
        return file
    content = read_bytes(path, file.shown, reading.limit)
    if isinstance(content, Finding):
        file.findings.append(content)
        return file
    file.digest = sha256(content)
    if keeper and file.name != REGISTER:
        file.index = keeper.changed(content, file.digest, name, file.shown, lambda: _again(reading, file, keeper))
    if file.index is None:
        _parse(reading, file, content)
        _remember(file, keeper, content)
    return file


def _recall(reading: Reading, file: FileRead, digest: str, keeper: Keeper) -> bool:
    """Take what a file means from where it is kept; whether it is."""
    file.digest = digest
    if file.name == REGISTER:
        reading.register = keeper.units(digest)
        return reading.register is not None
    file.index = keeper.index(digest, file.name, file.shown, lambda: _again(reading, file, keeper))
    return file.index is not None


def _parse(reading: Reading, file: FileRead, content: bytes) -> None:
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


def _again(reading: Reading, file: FileRead, keeper: Keeper) -> Index:
    """Make the index of a file whose kept one is damaged; raise `BrokenDataError` if the file has changed."""
    content = read_bytes(reading.folder.path / file.name, file.shown, reading.limit)
    fresh = FileRead(file.name, file.shown)
    if isinstance(content, bytes) and sha256(content) == file.digest:
        _parse(Reading(reading.folder, [], reading.register), fresh, content)
    index = fresh.indexed(content) if isinstance(content, bytes) else None
    if index is None:
        raise BrokenDataError([file.shown])
    keeper.learn(file.digest, file.name, index)
    return index


def _remember(file: FileRead, keeper: Keeper | None, content: bytes) -> None:
    """Keep what a file means in which nothing is wrong; for a check its programme alone is needed."""
    if keeper and not file.findings and file.name == REGISTER and file.data:
        keeper.learn_units(file.digest, file.data)
    elif keeper and (index := file.indexed(content)):
        file.index, file.programme, file.parsed, file.data = index, None, None, None
        keeper.learn(file.digest, file.name, index)
    file.data = None


def _doubtful(files: Iterable[FileRead]) -> list[FileRead]:
    """The files in which ids may stand twice: all but those with an index that are alone in their year."""
    found = [file for file in files if file.programme or file.index or file.ids]
    years = Counter(file.name[:4] for file in found)
    return [file for file in found if not (file.index and years[file.name[:4]] == 1)]


def _refuse_duplicates(reading: Reading, files: Iterable[FileRead]) -> None:
    """Find ids that stand twice; the file in which one comes again is broken."""
    known = {file: file.known_ids() for file in files}
    if len({id_ for ids in known.values() for id_, _path in ids}) == sum(map(len, known.values())):
        return
    first: dict[str, tuple[FileRead, DataPath]] = {}
    for file, ids in known.items():
        again = []
        for id_, path in ids:
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


def _copied(file: FileRead, found: Sequence[Finding], first: Mapping[str, tuple[FileRead, DataPath]]) -> list[Finding]:
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


def _texts(file: FileRead) -> dict[str, Text]:
    """The texts of a file's tasks and directives by their ids; none where they can't be read."""
    whole = file.programme or (file.index.whole() if file.index else None)
    directives = whole.directives if whole else ()
    texts = {directive.id: directive.title for directive in directives}
    return texts | {task.id: task.text for directive in directives for task in directive.tasks}


def _with_places(reading: Reading, files: Iterable[FileRead]) -> None:
    """Parse files that have not been parsed: only then it is known what stands where."""
    for file in files:
        content = b"" if file.parsed else read_bytes(reading.folder.path / file.name, file.shown, reading.limit)
        if file.parsed is None and isinstance(content, bytes):
            file.parsed = _parsed(content, file.shown)


def _place_of(file: FileRead, path: DataPath) -> str:
    """Return file:line of an id."""
    line = file.parsed.positions().of((*path, "id")).line if file.parsed else 0
    return f"{file.shown}:{line}"


def _ids(programme: Programme) -> Iterator[tuple[str, DataPath]]:
    for at, directive in enumerate(programme.directives):
        yield directive.id, ("directives", at)
        for number, task in enumerate(directive.tasks):
            yield task.id, ("directives", at, "tasks", number)


def _ids_in(data: Mapping[str, object] | None) -> Iterator[tuple[str, DataPath]]:
    """The ids of a file that is no programme, as far as they could be read."""
    from vpcp_cli.storage.format.items import at, ways

    for id_, way in ways(data):
        if way and id_ and at(data, way).get("id") == id_:  # a missing one is named None
            yield id_, way
