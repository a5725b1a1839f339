"""A write: the one way in which commands change programmes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final, NoReturn, Self

from vpcp_cli import __version__
from vpcp_cli.errors import BrokenDataError, UnknownIdError, VpcpError
from vpcp_cli.finding import Finding
from vpcp_cli.kinds import keys_of
from vpcp_cli.language import _
from vpcp_cli.programme import (
    SECOND,
    SECOND_OF_ENTRIES,
    SECOND_OF_RECORDS,
    SECOND_STATUSES,
    Directive,
    Programme,
    Task,
    Unit,
)
from vpcp_cli.storage.files import FolderLock, Original, read
from vpcp_cli.storage.folder import REGISTER, Folder, digest_of, is_readable, listing, year_of
from vpcp_cli.storage.format.items import Way, ways
from vpcp_cli.storage.index.held import IndexHeld
from vpcp_cli.storage.index.keeper import LARGE, Keeper
from vpcp_cli.storage.index.store import Store
from vpcp_cli.storage.refusals import (
    FileThereError,
    NoPlaceInFileError,
    NotReplacedError,
    ShippedFolderError,
    WriteFailedError,
)
from vpcp_cli.storage.splice import BOM, differing
from vpcp_cli.storage.workspace import Loaded, load
from vpcp_cli.storage.writing import journal
from vpcp_cli.storage.writing.draft import Draft, new_file
from vpcp_cli.storage.writing.journal import OWN_FILES, Addition, Change, Record, Recovery
from vpcp_cli.storage.writing.proof import prove_entry
from vpcp_cli.storage.yaml.emitter import Item, Value
from vpcp_cli.vocabulary import only_with, own_categories

_RECORDS: Final[Mapping[Way, type]] = {
    (): Programme,
    ("directives",): Directive,
    ("directives", "tasks"): Task,
    ("units",): Unit,
}
"""What stands at which keys of a file."""


class Writer:
    """Changes to the programmes in a folder, made all together by `save` or not at all.

    Inside of `with` the folder is locked, so what is decided there on freshly loaded programmes still holds when it is
    saved; a dry run locks and changes nothing.
    """

    def __init__(
        self,
        folder: Folder,
        command: str,
        tell: Callable[[str], None],
        day: date | None = None,
        *,
        dry_run: bool = False,
    ) -> None:
        """`command` is named to others who wait; `tell` takes sentences about waiting and about interrupted writes.

        `day` is the one on which it is written.
        """
        self._day = day
        self._folder, self._command, self._tell, self._dry_run = folder, command, tell, dry_run
        self._originals: dict[str, Original] = {}
        self._drafts: dict[str, Draft] = {}
        self._places: dict[str, list[tuple[Draft, Way]]] = {}
        self._keeper = Keeper(Store(os.environ, __version__), self._digest)
        self._years: frozenset[int] = frozenset()
        self._new: list[Change] = []
        self._renamed: dict[str, str] = {}
        self._back: list[Change] = []
        self._stack = ExitStack()

    @property
    def folder(self) -> Folder:
        """The folder that is written to."""
        return self._folder

    def __enter__(self) -> Self:
        """Lock the folder and finish or drop what a killed run has left there.

        Raises ShippedFolderError, LockedError, WriteFailedError.
        """
        if self._folder.shipped:
            raise ShippedFolderError
        with ExitStack() as stack:
            stack.enter_context(only_with(self._folder.settings.categories))
            if not self._dry_run:
                lock = FolderLock(
                    *(self._folder.path, self._command, self._waiting),
                    unlocked=self._unlocked,
                    before_waiting=_get_ready,
                )
                stack.enter_context(lock)
                if lock.new:
                    _keep_out_of_git(self._folder.path)
                if recovery := journal.recover(self._folder.path):
                    self._tell(_about(recovery))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Unlock the folder."""
        self._stack.close()

    def load(self, years: frozenset[int], *, empty: bool = False) -> Loaded:
        """Read the folder; the files of these years, which may be written to, are read once for both.

        Raises NoDataError where it holds no programme, unless it may be `empty`.
        """
        self._years = years
        return load(self._folder, years, empty=empty, keeper=self._keeper)

    def append(self, holder: str, entry: Item) -> None:
        """Add an entry to the log of a task, a directive or a programme.

        Raises UnknownIdError, NoPlaceInFileError, BrokenDataError, UnreadableWriteError.
        """
        draft, way = self._place(holder)
        record = Task if "tasks" in way else Directive if "directives" in way else Programme
        prove_entry(record, entry, draft.file)
        if "tasks" in way or draft.held.at(way).get("log"):
            _add(draft, way, "log", entry)
        else:  # before what it holds, not behind it
            draft.second()
            draft.replace(way, "log", [entry], _order(way))

    def replace(self, holder: str, key: str, value: Value | None) -> None:
        """Give a key of a task, a directive, a programme or a unit another value, or none; raises the same."""
        draft, way = self._place(holder)
        if key in SECOND or key in SECOND_OF_RECORDS or (key == "category" and _is_own(value)):
            draft.second()
        draft.replace(way, key, value, _order(way))

    def add_task(self, directive: str, task: Item) -> None:
        """Add a task to a directive; raises the same."""
        self.add_tasks(directive, [task])

    def add_tasks(self, directive: str, tasks: Sequence[Item]) -> None:
        """Add tasks to a directive; raises the same."""
        draft, way = self._place(directive)
        if any(map(is_second, tasks)):
            draft.second()
        draft.extend(way, "tasks", tasks)

    def add_directive(self, programme: str, directive: Item) -> None:
        """Add a directive to a programme that has a file; raises the same."""
        name = f"{programme}.yaml"
        if name not in listing(self._folder)[0]:
            raise UnknownIdError(programme, ())
        held = (draft := self._draft(name, programme)).held
        if isinstance(held, IndexHeld):
            with suppress(NoPlaceInFileError):
                if is_second(directive):
                    draft.second()
                if draft.add_last("directives", directive, *held.ending()):
                    return
        _add(self._draft(name), (), "directives", directive)

    def add_unit(self, unit: Item) -> None:
        """Add a unit to the register; raises the same."""
        _add(self._draft(REGISTER), (), "units", unit)

    def remove_unit(self, code: str) -> None:
        """Take a unit out of the register; raises NotReplacedError, BrokenDataError."""
        draft = self._draft(REGISTER)
        units = draft.held.at(())["units"]
        try:
            draft.replace((), "units", [one for one in units if one.get("code") != code])
        except NotReplacedError as refused:
            raise NotReplacedError(refused.place, refused.reason, {"id": code, "key": "units"}, ()) from None

    def create(self, programme: str, data: Item, comment: str = "") -> None:
        """Make the file of a new programme, with a comment line on top; raises FileThereError."""
        name = f"{programme}.yaml"
        original = self._original(name)
        if original.data is not None:
            raise FileThereError(self._folder.shown_file(name))
        version = {"schema": 2} if is_second(data) else {}
        self._new.append(Change(name, original, (new_file({**data, **version}, comment).encode(),)))

    def recode(self, old: str, new: str) -> None:
        """Give a unit another code in all files; raises BrokenDataError."""
        from vpcp_cli.storage.writing.recoding import recoded

        for name in {*listing(self._folder)[0], REGISTER}:
            content = self._original(name).data or b""
            data = recoded(content, self._folder.shown_file(name), old, new)
            if data != content:
                self.rewrite(name, data, old, new, "code")

    def rewrite(self, name: str, data: bytes, old: str, new: str, key: str = "id") -> None:
        """Give a file another content, in which something has another id."""
        original = self._original(name)
        before = (original.data or b"").removeprefix(BOM)
        splices = tuple(differing(before, data.removeprefix(BOM)))
        additions, text = [], before
        for one in splices:
            gone, added = (part.decode() for part in (text[one.start : one.end], one.text))
            additions.append(Addition(new, key, new, one.start, gone, added, sets=True, was=old))
            text = one.applied(text)
        self._new.append(Change(name, original, (data,), splices, tuple(additions)))

    def fix(self, name: str, findings: Iterable[Finding]) -> int:
        """Mend what is mechanical in a file; how many places."""
        from vpcp_cli.storage.writing.fixing import fixed

        original = self._original(name)
        found = fixed(original.data or b"", findings)
        if found.mended:
            self._new.append(Change(name, original, (found.content,), found.splices, found.additions))
        return found.mended

    def rename(self, name: str, new: str) -> bool:
        """Give a file another name, unless one has it or the file is a link; whether it was done."""
        original, target = self._original(name), self._original(new)
        if original.data is None or target.data is not None or (self._folder.path / name).is_symlink():
            return False
        self._new += [Change(new, target, (original.data,)), Change(name, original, None)]
        self._renamed[new] = name
        return True

    def undo(self) -> Record:
        """Take back the last write, which is returned. Raises NothingToUndoError or why it can't be."""
        from vpcp_cli.storage.writing.undo import taken_back

        record, self._back = taken_back(self._folder, self._day)
        return record

    @contextmanager
    def laid_out(self) -> Iterator[Folder]:
        """The folder as it will be once it is saved, elsewhere."""
        from tempfile import TemporaryDirectory

        changes = {change.name: change.data for change in self._changes()}
        names = {*listing(self._folder)[0], REGISTER} | set(changes)
        with TemporaryDirectory(prefix="vpcp-", ignore_cleanup_errors=True) as there:
            for name in names:
                pieces = changes[name] if name in changes else (self._original(name).data,)
                if pieces and pieces[0] is not None:
                    (Path(there) / name).write_bytes(b"".join(piece for piece in pieces if piece))
            yield replace(self._folder, path=Path(there))

    @property
    def leads_back(self) -> bool:
        """Whether nothing changes but programmes that are there, and what they will hold has been known before."""
        self._keeper.units(self._original(REGISTER).digest or "")  # on which it depends what is kept of the others
        return all(
            change.name != REGISTER and change.original.data and self._keeper.has(change.digest or "", change.name)
            for change in self._changes()
        )

    def diff(self) -> str:
        """The exact unified diff of all that `save` will do; raises NoPlaceInFileError."""
        return "".join(map(self._difference, self._changes()))

    def _difference(self, change: Change) -> str:
        shown = self._folder.shown_file
        if old := self._renamed.get(change.name):
            return f"rename from {shown(old)}\nrename to {shown(change.name)}\n"
        return "" if change.name in self._renamed.values() else change.diff(shown(change.name))

    def save(self) -> tuple[str, ...]:
        """Write it all; the files. Raises NoPlaceInFileError, WriteFailedError or ChangedMeanwhileError."""
        changes = [change for change in self._changes() if change.digest != change.original.digest]
        if changes and not self._dry_run:
            day = self._day.isoformat() if self._day else None
            journal.save(self._folder.path, self._command, changes, day, takes_back=bool(self._back))
            for change in changes:
                self._renew(change)
                draft = self._drafts.get(change.name)
                if draft and draft.raised and not self._is_new(change.name):
                    self._tell(_about_version(self._folder.shown_file(change.name)))
        return tuple(self._folder.shown_file(change.name) for change in changes)

    def _is_new(self, name: str) -> bool:
        """Whether a file has no other readers yet.

        A write of today that can still be taken back has made it, or it is the register of a workspace without a year.
        """
        if listing(self._folder)[0] == [REGISTER]:
            return True
        record = journal.load(self._folder.path / journal.UNDO)
        day = self._day.isoformat() if self._day else None
        writes = record.standing if record else ()
        return any(file.name == name and file.before is None for one in writes if one.day == day for file in one.files)

    def _changes(self) -> list[Change]:
        drafts = {name: draft for name, draft in self._drafts.items() if draft.splices}
        written = [_change(name, self._original(name), draft) for name, draft in drafts.items()]
        return sorted([*written, *self._new, *self._back], key=lambda change: change.name)

    def _place(self, holder: str) -> tuple[Draft, Way]:
        """Where a task, a directive, a programme or a unit stands; raises UnknownIdError, BrokenDataError."""
        names = listing(self._folder)[0]
        if f"{holder}.yaml" in names:
            return self._draft(f"{holder}.yaml"), ()
        if not holder[:1].isdigit():
            self._draft(REGISTER)
        for name in names:
            if name.startswith(holder[:4]):
                self._draft(name, holder)
        found: list[tuple[Draft, Way]] = [*self._places.get(holder, ()), *self._kept(holder)]
        if len(found) > 1:
            raise BrokenDataError(sorted({draft.file for draft, _way in found}))
        if not found:
            raise UnknownIdError(holder, ())
        return found[0]

    def _kept(self, holder: str) -> Iterator[tuple[Draft, Way]]:
        """The files that the cache knows in which a task or a directive stands."""
        for draft in self._drafts.values():
            if isinstance(draft.held, IndexHeld) and (way := draft.held.way(holder)):
                yield draft, way

    def _original(self, name: str) -> Original:
        """A file that is read once."""
        if name not in self._originals:
            self._originals[name] = read(self._folder.path / name)
        return self._originals[name]

    def _digest(self, path: Path, limit: int) -> str | None:
        """The digest by which the cache knows a file."""
        if year_of(path.name) not in self._years:
            return digest_of(path, limit)
        try:
            return self._original(path.name).digest if is_readable(path, limit) else None
        except (OSError, WriteFailedError):
            return None

    def _draft(self, name: str, holder: str = "") -> Draft:
        """A file's draft; a large one may be as the cache knows it, for what has an id. Raises BrokenDataError."""
        if name not in self._drafts:
            original = self._original(name)
            self._drafts[name] = self._known(name, original) or self._parsed(name, original)
        draft = self._drafts[name]
        if isinstance(draft.held, IndexHeld) and not draft.held.knows(holder):
            self._drafts[name] = parsed = self._parsed(name, self._original(name))
            for one in draft.additions:
                way = dict(ways(parsed.held.at(())))[one.id]
                if one.key == "schema":
                    parsed.second()
                elif one.sets:
                    parsed.replace(way, one.key, one.item, _order(way))
                else:
                    parsed.add(way, one.key, one.item)
        return self._drafts[name]

    def _known(self, name: str, original: Original) -> Draft | None:
        data, shown = original.data or b"", self._folder.shown_file(name)
        if len(data) < LARGE:
            return None
        index = self._keeper.index(original.digest or "", name, shown, lambda: _unread(shown))
        return Draft(shown, data.removeprefix(BOM), IndexHeld(index)) if index else None

    def _parsed(self, name: str, original: Original) -> Draft:
        from vpcp_cli.storage.yaml import document

        parsed = document.read(original.data or b"", self._folder.shown_file(name))
        if parsed.findings or parsed.data is None:
            raise BrokenDataError([parsed.file])
        draft = Draft.of(parsed)
        for holder, way in ways(parsed.data):
            self._places.setdefault(holder, []).append((draft, way))
        return draft

    def _renew(self, change: Change) -> None:
        """Let the index of a file follow what became of it, where it is known."""
        draft, old, new = self._drafts.get(change.name), change.original.digest, change.digest
        if draft is None or change.data is None or any(one.sets and one.key != "schema" for one in draft.additions):
            return  # what is not only longer than before is read anew, a directive at a time
        if not (old and new and isinstance(draft.held, IndexHeld) and draft.held.renews):
            return
        renew = partial(draft.held.renew, splices=draft.splices, pieces=draft.finish(), second=draft.raised)
        self._keeper.renew(draft.held.index, old, new, renew)

    def _unlocked(self, why: str) -> None:
        self._tell(_("This drive has no locks ({why}): let nobody else write here at the same time.").format(why=why))

    def _waiting(self, holder: str) -> None:
        self._tell(_("Waiting for another vpcp that is writing ({holder}) …").format(holder=holder))


def _add(draft: Draft, way: Way, key: str, item: Item) -> None:
    if is_second(item):
        draft.second()
    draft.add(way, key, item)


def is_second(data: object) -> bool:
    """Whether something can't be read by programs that know only the first version of the format."""
    if isinstance(data, Mapping):
        of_kind = SECOND_OF_ENTRIES if "date" in data else SECOND_OF_RECORDS if "id" in data else frozenset()
        second = not (SECOND | of_kind).isdisjoint(data) or data.get("status") in SECOND_STATUSES
        no_lead = "nature" in data and "lead" not in data
        return second or no_lead or _is_own(data.get("category")) or any(map(is_second, data.values()))
    return isinstance(data, Sequence) and not isinstance(data, str) and any(map(is_second, data))


def _is_own(category: object) -> bool:
    """Whether a category is one that only the workspace has: programs of the first version don't read it."""
    return category in {one.value for one in own_categories()}


def _get_ready() -> None:
    """Load what reads and writes files, which takes longer than a write: nobody shall wait for that too."""
    from vpcp_cli.storage.format import schema
    from vpcp_cli.storage.yaml import document

    document.read(b"", "")
    schema.get_ready()


def _unread(file: str) -> NoReturn:
    """What is kept of a file is damaged; while it is written it is not read instead."""
    raise BrokenDataError([file])


def _order(way: Way) -> tuple[str, ...]:
    """The keys of what a way leads to, in the order of files."""
    return tuple(keys_of(_RECORDS[way[::2]]))


def _change(name: str, original: Original, draft: Draft) -> Change:
    mark = (BOM,) if (original.data or b"").startswith(BOM) else ()
    return Change(name, original, (*mark, *draft.finish()), tuple(draft.splices), tuple(draft.additions))


def _keep_out_of_git(folder: Path) -> None:
    """Let `git add` pass over what writes leave beside the programmes, where nobody has said so in a .gitignore."""
    from vpcp_cli.storage.git.repository import Repository

    with suppress(VpcpError, OSError, ValueError):  # outside of a repository, or of one that can't be told
        Repository.around(folder).leave_out(OWN_FILES)


def _about_version(file: str) -> str:
    """What a person is told when a file first needs the second version."""
    return _("note: {file} is of version 2 of the format now; older vpcp can't read it").format(file=file)


def _about(recovery: Recovery) -> str:
    """What a person is told about a write that was killed."""
    facts = {
        "command": recovery.command,
        "written": ", ".join(recovery.written),
        "unwritten": ", ".join(recovery.unwritten),
    }
    if not recovery.written:
        return _("`{command}` was interrupted before it had written anything; nothing of it was kept.").format(**facts)
    if not recovery.unwritten:
        return _("`{command}` was interrupted; it is finished now ({written}).").format(**facts)
    return _(
        "`{command}` was interrupted; {written} has been written, {unwritten} not: it has been changed since."
    ).format(**facts)
