"""The last write is taken back exactly, then the one before it, as long as nobody has built on them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from vpcp_cli.storage.files import Original, read
from vpcp_cli.storage.folder import Folder
from vpcp_cli.storage.format.items import Way, as_text, at, count_item, put, value_in, ways, with_value, without_item
from vpcp_cli.storage.git.refusals import NoGitError, NoRepositoryError
from vpcp_cli.storage.git.repository import Repository
from vpcp_cli.storage.refusals import (
    ChangedSinceError,
    CommittedError,
    NothingToUndoError,
    WriteError,
    WrittenEarlierError,
)
from vpcp_cli.storage.regular import sha256
from vpcp_cli.storage.splice import BOM, Splice
from vpcp_cli.storage.writing.journal import UNDO, Addition, Change, FileRecord, Record, load
from vpcp_cli.storage.yaml import document


def writes(folder: Folder) -> tuple[Record, ...]:
    """The writes that can be taken back, the last one first."""
    last = load(folder.path / UNDO)
    return last.standing if last else ()


def hindrance(folder: Folder, records: Sequence[Record], day: date | None) -> WriteError | None:
    """Why the first of some writes, the last one first, can't be taken back on a day.

    It is of an earlier one, its file is gone, or git has it.
    """
    record, *earlier = records
    if day and record.day and record.day < day.isoformat():
        return WrittenEarlierError(record.command, date.fromisoformat(record.day))
    for file in record.files:
        path, shown = folder.path / file.name, folder.shown_file(file.name)
        now = read(path)
        if now.data is None and file.after:
            return ChangedSinceError(shown)
        states = {*_states_before(file, earlier)} if now.digest == file.after else {file.before}
        if now.data is not None and _is_committed(path, file, now.data, states):
            return CommittedError(shown)
    return None


def _states_before(file: FileRecord, earlier: Iterable[Record]) -> Iterator[str | None]:
    """The states of a file before a write, as far back as nothing but additions led from each to the next."""
    yield file.before
    for one in (one for record in earlier for one in record.files if one.name == file.name):
        if one.after != file.before or any(each.sets and each.key != "schema" for each in one.additions):
            return
        file = one
        yield file.before


def taken_back(folder: Folder, day: date | None = None) -> tuple[Record, list[Change]]:
    """What takes back, on a day, the last write in a folder; raises one of the refusals."""
    records = writes(folder)
    if not records:
        raise NothingToUndoError
    if refusal := hindrance(folder, records, day):
        raise refusal
    record = records[0]
    changes = []
    for file in record.files:
        now = read(folder.path / file.name)
        change = _back(file, now, now.data) if now.data is not None else _named_back(folder, record, file, now)
        if change is None:
            raise ChangedSinceError(folder.shown_file(file.name))
        changes.append(change)
    return record, changes


def _named_back(folder: Folder, record: Record, file: FileRecord, now: Original) -> Change | None:
    """What gives a file that was renamed its former name again."""
    if file.after is not None:
        return None
    twins = (one for one in record.files if one.before is None and one.after == file.before)
    data = next((read(folder.path / one.name).data for one in twins), None)
    change = Change(file.name, now, None if data is None else (data,))
    return change if change.digest == file.before else None


def _back(file: FileRecord, now: Original, data: bytes) -> Change | None:
    untouched = now.digest == file.after
    if untouched and file.before is None:
        return Change(file.name, now, None)
    splices: list[Splice] = []
    text = data.removeprefix(BOM)
    for addition in reversed(file.additions):
        if addition.key == "schema" and not untouched:
            continue  # what has been added since may need it, and it changes nothing
        splice = addition.undone(text, addition.start) if untouched else _found(addition, text)
        if splice is None:
            return None
        splices.append(splice)
        text = splice.applied(text)
    new = data[: len(data) - len(data.removeprefix(BOM))] + text
    change = Change(file.name, now, (new,), tuple(splices))
    wrong = file.before is None or (untouched and change.digest != file.before)
    return None if wrong else change


def _found(addition: Addition, text: bytes) -> Splice | None:
    """Where an addition stands in a file in which something else has changed, if it can be taken out alone."""
    parsed = document.read(text, "")
    way = dict(ways(parsed.data)).get(addition.id)
    if way is None or parsed.findings:
        return None
    name = [step for step in way if isinstance(step, int)]
    spans = {(span.directive, span.task): span for span in parsed.places()}
    span = spans.get((name[0], name[1] if len(name) > 1 else None)) if name else None
    start, end = (text.rfind(b"\n", 0, span.start) + 1, span.end) if span else (0, len(text))
    before = _before(addition, parsed.data, way)
    for place in _places(addition.added.encode(), text, start, end):
        splice = addition.undone(text, place)
        if splice and document.read(splice.applied(text), "").data in before:
            return splice
    return None


def _before(addition: Addition, data: object, way: Way) -> list[object]:
    """What the data may have been before an addition, if it still holds."""
    if not addition.sets:
        return without_item(data, way, addition.key, addition.item) or []
    if at(data, way).get(addition.key) != as_text(addition.item):
        return []
    before = with_value(data, way, addition.key, addition.was)
    holder = at(before, way)
    return [before, put(before, way, {**holder, addition.key: addition.was})]


def _places(added: bytes, text: bytes, start: int, end: int) -> Iterator[int]:
    """Where the bytes of an addition stand in a stretch, the last one first: what is added stands behind its like."""
    while (place := text.rfind(added, start, end)) >= 0:
        yield place
        end = place + len(added) - 1


def _is_committed(path: Path, file: FileRecord, now: bytes, before: Collection[str | None]) -> bool:
    """Whether git's last commit has any of what the write added, which no state `before` it has."""
    try:
        committed = Repository.around(path).committed(path)
    except (NoGitError, NoRepositoryError):  # nothing has been committed; any other refusal leaves that open
        return False
    if committed is None or sha256(committed) in before:
        return False
    there, here = (document.read(data, file.name).data for data in (committed, now))
    return file.before is None or any(_is_in(there, here, addition) for addition in file.additions)


def _is_in(there: object, here: object, addition: Addition) -> bool:
    """Whether a file has an addition already, as often as another."""
    id_, key = addition.id, addition.key
    if addition.sets:
        return addition.key != "schema" and value_in(there, id_, key) == as_text(addition.item) != addition.was
    count = count_item(here, id_, key, addition.item)
    return count_item(there, id_, key, addition.item) >= max(1, count)
