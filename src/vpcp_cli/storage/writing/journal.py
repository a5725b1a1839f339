"""Several files change as one: what a write does is noted before it is done, and stays as what `undo` takes back."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from vpcp_cli.dataclass import dataclass
from vpcp_cli.storage.files import (
    LOCK,
    Original,
    confirm,
    failures,
    prepare,
    put,
    read,
    removed_on_failure,
    sweep,
    sync_folder,
)
from vpcp_cli.storage.refusals import HalfWrittenError, WriteFailedError
from vpcp_cli.storage.splice import BOM, Bytes, Splice

JOURNAL = ".vpcp.journal"
UNDO = ".vpcp.undo"
OWN_FILES = (LOCK, UNDO, JOURNAL, ".vpcp-*.tmp")
"""What writes leave beside the programmes, as git names files that it passes over."""
FORMAT = 3
_FORMATS = (2, FORMAT)
"""What can be read: before there was only the last write, and no day."""
DEPTH = 20
"""So many writes can be taken back one after the other,"""
_WEIGHT = 4 << 20
"""as long as what they added and removed is no longer than so many characters; the last one always can be."""


@dataclass(frozen=True, slots=True)
class Addition:
    """An item that was added to the list `key` of what has an id ("" for the file's head).

    `sets`: it is the key's value instead, or None, in the place of what it `was`. `start` is the place in bytes, as the
    file was when the additions before this one had been made.
    """

    id: str
    key: str
    item: Any
    start: int
    removed: str
    added: str
    sets: bool = False
    was: Any = None

    @property
    def lines(self) -> int:
        """By how many lines the file gets longer."""
        return self.added.count("\n") - self.removed.count("\n")

    def undone(self, data: bytes, start: int) -> Splice | None:
        """What takes it out of a file again; None where it does not stand at that place."""
        added = self.added.encode()
        end = start + len(added)
        return Splice(start, end, self.removed.encode()) if data[start:end] == added else None


@dataclass(frozen=True)
class Change:
    """One file's part in a write: what it holds before, and after in pieces (None: there is no file).

    `splices` lead from one to the other, one after the other, byte-order marks left aside.
    """

    name: str
    original: Original
    data: Sequence[Bytes] | None
    splices: tuple[Splice, ...] = ()
    additions: tuple[Addition, ...] = ()

    @cached_property
    def digest(self) -> str | None:
        """SHA-256 of what it holds after."""
        same = min((one.start for one in self.splices), default=0)
        return None if self.data is None else self.original.digest_of(self.data, same)

    def diff(self, shown: str) -> str:
        """The exact difference; `shown` is the file's path as people see it."""
        from vpcp_cli.storage.writing.patch import unified

        new = None if self.data is None else b"".join(self.data)
        old, new = (data and data.removeprefix(BOM) for data in (self.original.data, new))
        return unified(shown, old, new, self.splices)


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A change as it is noted: SHA-256 of both states, and the file that holds the new one until it is renamed."""

    name: str
    before: str | None
    after: str | None
    temporary: str | None
    additions: tuple[Addition, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A write as it is noted, with those before it that can be taken back, the last one first.

    `takes_back`: it is an undo, which is not taken back itself. `day` is the one on which it was written.
    """

    command: str
    takes_back: bool
    files: tuple[FileRecord, ...]
    day: str | None = None
    earlier: "tuple[Record, ...]" = ()

    @property
    def standing(self) -> "tuple[Record, ...]":
        """The writes that can be taken back, the last one first."""
        own = () if self.takes_back else (replace(self, earlier=()),)
        return own + self.earlier

    @property
    def weight(self) -> int:
        """The characters that it has added and removed, of which a record keeps only so many."""
        return sum(len(one.added) + len(one.removed) for file in self.files for one in file.additions)


@dataclass(frozen=True, slots=True)
class Recovery:
    """What became of a write that was killed: the files that have it and those that don't."""

    command: str
    written: tuple[str, ...]
    unwritten: tuple[str, ...]


def save(
    folder: Path, command: str, changes: Sequence[Change], day: str | None = None, *, takes_back: bool = False
) -> None:
    """Make all changes or none; raises WriteFailedError or ChangedMeanwhileError. Only under the folder's lock."""
    before = load(folder / UNDO)
    earlier = before.standing[takes_back:] if before else ()
    temporaries: list[Path | None] = []
    try:
        for change in changes:
            temporaries.append(None if change.data is None else prepare(change.original, change.data))  # noqa: PERF401  one that fails must find the others
        files = tuple(_noted(change, temporary) for change, temporary in zip(changes, temporaries, strict=True))
        record = Record(command, takes_back, files, day)
        record = replace(record, earlier=tuple(_kept(record, earlier)))
        _note(folder, record)
        for change in changes:
            confirm(change.original)
    except BaseException:
        _drop(folder, temporaries)
        raise
    try:
        _rename(changes, temporaries)
    except BaseException as trouble:
        try:
            _restore(changes)
        except WriteFailedError as error:
            if written := [change.name for change in changes if _stands(change)]:  # the next write finishes it
                unwritten = [change.name for change in changes if change.name not in written]
                raise HalfWrittenError(error.reason, written, unwritten) from trouble
        _drop(folder, temporaries)
        raise
    _close(folder, record)


def _kept(record: Record, earlier: Sequence[Record]) -> Iterator[Record]:
    """Those of the earlier writes that can still be taken back."""
    weight = record.weight
    for one in earlier[: DEPTH - (not record.takes_back)]:
        weight += one.weight
        if weight > _WEIGHT:
            return
        yield one


def recover(folder: Path) -> Recovery | None:
    """Finish or drop a write that was killed on its way; only under the lock. Raises WriteFailedError.

    If no file had been renamed nothing of it is kept; else the others follow, unless somebody has changed them since.
    """
    record = load(folder / JOURNAL) or _of_format_1(folder / JOURNAL)
    recovery = _recovered(folder, record) if record else None
    with failures(folder / JOURNAL):
        (folder / JOURNAL).unlink(missing_ok=True)
    for file in record.files if record else ():
        sweep(read(folder / file.name).path.parent, file.name)
    sweep(folder)
    return recovery


def _of_format_1(journal: Path) -> Record | None:
    """Read a journal that counts in characters: such a write can be finished, but its additions can't be found."""
    record = load(journal, (1,))
    return record and replace(record, takes_back=True)


def load(path: Path, forms: Sequence[int] = _FORMATS) -> Record | None:
    """Read a journal or the record for `undo`; None where there is none that can be trusted."""
    try:
        noted = json.loads(read(path).data or b"")
        record = _read(noted)
    except (WriteFailedError, ValueError, TypeError, LookupError):
        return None
    files = [file for one in (record, *record.earlier) for file in one.files]
    return record if noted.get("format") in forms and all(map(_is_ours, files)) else None


def _read(noted: Mapping[str, Any]) -> Record:
    files = tuple(
        FileRecord(**{**file, "additions": tuple(Addition(**addition) for addition in file["additions"])})
        for file in noted["files"]
    )
    day = str(noted["day"]) if noted.get("day") else None
    earlier = tuple(map(_read, noted.get("earlier", ())))
    return Record(str(noted["command"]), bool(noted["takes_back"]), files, day, earlier)


def _is_ours(file: FileRecord) -> bool:
    """Whether the names in a record are of files in its folder: a record may have come from elsewhere."""
    names = [file.name, file.temporary or f".vpcp-{file.name}-.tmp"]
    plain = all(Path(name).name == name and "\\" not in name and "\0" not in name for name in names)
    return plain and names[0].endswith((".yaml", ".yml")) and names[1].startswith(f".vpcp-{file.name}-")


def _noted(change: Change, temporary: Path | None) -> FileRecord:
    name = temporary.name if temporary else None
    return FileRecord(change.name, change.original.digest, change.digest, name, change.additions)


def _note(folder: Path, record: Record) -> None:
    text = json.dumps({"format": FORMAT, **_told(record)}, ensure_ascii=False, default=_told)
    temporary = prepare(Original(folder / JOURNAL, None), (text.encode(errors="backslashreplace"),))
    with failures(folder / JOURNAL), removed_on_failure(temporary):
        put(temporary, folder / JOURNAL)
        sync_folder(folder)


def _told(one: Any) -> dict[str, Any]:  # noqa: ANN401 - a dataclass
    return {field.name: getattr(one, field.name) for field in fields(one)}


def _rename(changes: Sequence[Change], temporaries: Sequence[Path | None]) -> None:
    """Let the new files take the places of the old ones."""
    for change, temporary in zip(changes, temporaries, strict=True):
        _put(temporary, change.original.path)
    for parent in {change.original.path.parent for change in changes}:
        sync_folder(parent)


def _restore(changes: Sequence[Change]) -> None:
    """Let the old files come back where the new ones have taken their places."""
    for change in changes:
        old, now = change.original, read(change.original.path)
        if now.digest == change.digest:
            _put(None if old.data is None else prepare(now, (old.data,)), old.path)


def _stands(change: Change) -> bool:
    """Whether a file holds what it is to hold after the write."""
    with suppress(WriteFailedError):
        return read(change.original.path).digest == change.digest
    return False


def _drop(folder: Path, temporaries: Sequence[Path | None]) -> None:
    for leftover in (*filter(None, temporaries), folder / JOURNAL):
        with suppress(OSError):
            leftover.unlink()


def _put(temporary: Path | None, path: Path) -> None:
    with failures(path):
        if temporary:
            put(temporary, path)
        else:
            path.unlink()


def _close(folder: Path, record: Record) -> None:
    """The journal of a finished write becomes what `undo` takes back; the undo of the only one leaves nothing."""
    with suppress(OSError):  # the write is done; what fails here is done by the next one
        if (folder / UNDO).is_dir():  # somebody else's doing: then there is nothing to take back
            (folder / JOURNAL).unlink()
        elif not record.standing:
            (folder / UNDO).unlink(missing_ok=True)
            (folder / JOURNAL).unlink()
        else:
            put(folder / JOURNAL, folder / UNDO)


def _recovered(folder: Path, record: Record) -> Recovery:
    found = [(file, read(folder / file.name)) for file in record.files]
    has_it = [now.digest == file.after for file, now in found]
    kept = []
    for (file, now), done in zip(found, has_it, strict=True):
        temporary = now.path.with_name(file.temporary) if file.temporary else None
        if done:
            kept.append(file)
        elif any(has_it) and now.digest == file.before and _waits(temporary, file):
            _put(temporary, now.path)
            sync_folder(now.path.parent)
            kept.append(file)
    if kept:
        if len(kept) < len(record.files):
            _note(folder, replace(record, files=tuple(kept)))
        _close(folder, record)
    names = [file.name for file in kept]
    return Recovery(record.command, tuple(names), tuple(file.name for file in record.files if file.name not in names))


def _waits(temporary: Path | None, file: FileRecord) -> bool:
    """Whether a file's new content is still beside it, whole."""
    return temporary is None or read(temporary).digest == file.after
