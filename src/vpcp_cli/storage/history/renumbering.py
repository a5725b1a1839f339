"""A number that two things have: the later one gets the next free number, wherever it is named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import SequenceMatcher
from typing import Any, Final, NamedTuple

from vpcp_cli.errors import VpcpError
from vpcp_cli.language import N_, _
from vpcp_cli.storage.folder import Folder, listing
from vpcp_cli.storage.format.items import Way, at, ways
from vpcp_cli.storage.git.refusals import NoGitError, NoRepositoryError, UnknownRevisionError
from vpcp_cli.storage.git.repository import Repository
from vpcp_cli.storage.git.versions import merge_texts
from vpcp_cli.storage.history.merger import Outcome, merge_versions
from vpcp_cli.storage.history.numbers import Numbers
from vpcp_cli.storage.regular import content
from vpcp_cli.storage.yaml.document import read
from vpcp_cli.vietnamese import fold

_OURS, _THEIRS = 2, 3
_HEADS: Final = ("HEAD", "MERGE_HEAD", "REBASE_HEAD", "CHERRY_PICK_HEAD", "HEAD^1", "HEAD^2")
"""Where the two sides of a merge, or of a finished one, may stand."""
_MARKER: Final = re.compile(rb"^(<{7}|>{7}|\|{7})( [^\n]*)?$", re.MULTILINE)


class NotRenumberedError(VpcpError):
    """A number that is not given twice, or of which it can't be told which one goes; nothing was written."""

    exit_code = 4

    def __init__(self, reason: str, remedy: str, **facts: str) -> None:
        """Keep two message ids and the facts that they name in braces."""
        super().__init__(reason)
        self.reason, self.remedy, self.facts = reason, remedy, facts

    def sentence(self) -> str:
        """Say why."""
        return _(self.reason).format_map(self.facts)

    def hint(self) -> str:
        """Say what can be done instead."""
        return _(self.remedy).format_map(self.facts)


class Renumbered(NamedTuple):
    """What gets the new number and what keeps the old one, the files as they will be, and what is left in doubt.

    `staged` is the file of a conflict with the stage that has the new number there, `left` whether it holds others;
    `named` are places that name the old number, of which nothing tells whether they mean this one.
    """

    new: str
    goes: str
    stays: str
    files: Mapping[str, bytes]
    unseen: str = ""
    staged: tuple[str, int, bytes] | None = None
    left: bool = False
    named: tuple[str, ...] = ()


class _Place(NamedTuple):
    """Something of the number in a file: its name, and from where to where it stands in the bytes."""

    name: str
    words: str
    start: int
    end: int


def renumbered(folder: Folder, id_: str, keep: str | None) -> Renumbered:
    """Return what gives the later of two things of one id the next free one; raise `NotRenumberedError`."""
    return _Renumbering(folder, id_, keep).made()


class _Renumbering:
    """The files of a folder, and git's word on them."""

    def __init__(self, folder: Folder, id_: str, keep: str | None) -> None:
        self._folder, self._id, self._typed = folder, id_, keep
        self._files = {name: content(folder.path / name) for name in listing(folder)[0]}
        self._repository: Repository | None = None
        with suppress(NoGitError, NoRepositoryError):
            self._repository = Repository.around(folder.path)
        self._keep = self._commit(keep or "@{upstream}")
        if keep and not self._keep:
            raise UnknownRevisionError(keep)
        behind = "(?![0-9])" if "." in id_ else "(?![0-9A-Z-])"
        self._new = self._stays = ""
        self._named = re.compile(f"(?<![0-9A-Z-]){re.escape(id_)}{behind}".encode())

    def _commit(self, revision: str) -> str | None:
        return self._repository.commit(revision) if self._repository and self._repository.has(revision) else None

    def _path(self, name: str) -> str:
        return self._repository.relative(self._folder.path / name) if self._repository else name

    def made(self) -> Renumbered:
        """Settle a conflict that git has left, else two that stand in the files, else one that another branch has."""
        numbers = Numbers(self._folder)
        stem = self._id.rstrip("0123456789")
        width = len(self._id) - len(stem) if "." not in self._id else 0
        self._new = f"{stem}{numbers.highest(stem) + 1:0{width}}"
        found = self._in_conflict() or self._in_files()
        return found._replace(unseen=numbers.unseen)

    def _in_conflict(self) -> Renumbered | None:
        """Settle what both sides of a merge gave the number to."""
        stages = self._repository.stages() if self._repository else {}
        for name, now in self._files.items():
            versions = stages.get(self._path(name), {})
            base, ours, theirs = (versions.get(stage, b"") for stage in (1, _OURS, _THEIRS))
            words = [self._words(version) for version in (ours, theirs)]
            if _MARKER.search(now) and None not in words and self._words(base) is None:
                return self._settled(name, (base, ours, theirs), [word or "" for word in words])
        return None

    def _settled(self, name: str, versions: tuple[bytes, bytes, bytes], words: Sequence[str]) -> Renumbered:
        """Merge once more, as if one side had drawn the new number."""
        before = _merged(*versions)
        known = {_MARKER.sub(rb"\1", one) for one in (before.content, merge_texts(*versions)[0])}
        if _MARKER.sub(rb"\1", self._files[name]) not in known:
            raise NotRenumberedError(
                N_("{file} is no longer as git's merge left it."),
                N_("`git checkout --conflict=merge -- {file}` brings that back, without what was mended by hand."),
                file=self._folder.shown_file(name),
            )
        place = self._staying(words)
        side = _THEIRS - place  # the other one
        sides = list(versions)
        sides[side - 1] = _lines_that_differ(sides[side - 1], versions[0], self._renamed)
        after = _merged(*sides)
        self._stays = words[place]
        others = self._elsewhere(name)
        staged = self._path(name), side, sides[side - 1]
        files = {name: after.content, **others[0]}
        return Renumbered(
            self._new, words[1 - place], words[place], files, staged=staged, left=not after.clean, named=others[1]
        )

    def _staying(self, words: Sequence[str]) -> int:
        """Return which of two things keeps the number: the one that REF has, else the first."""
        if len(set(map(fold, words))) < len(words):
            raise NotRenumberedError(
                N_("Both things that are called {id} say the same: «{words}»."),
                N_("If they are one, take one of them out; else say in the text how they differ."),
                id=self._id,
                words=words[0],
            )
        there = self._there(self._keep) if self._keep else None
        known = [place for place, one in enumerate(words) if there is not None and fold(one) == fold(there)]
        if self._typed and not known:
            raise NotRenumberedError(
                N_("{ref} has neither of the two that are called {id}."),
                N_("Name with --keep what has the one that keeps it: a branch or a commit."),
                id=self._id,
                ref=self._typed,
            )
        return known[0] if known else 0

    def _in_files(self) -> Renumbered:
        """Settle what stands twice in the files, or once while REF gives the number to something else."""
        places = [place for name, data in self._files.items() for place in self._places(name, data)]
        there = self._there(self._keep) if self._keep else None
        if len(places) == 1 and there is not None and fold(there) != fold(places[0].words):
            goes, stays = places[0], there
        elif len(places) > 1:
            place = self._staying([one.words for one in places])
            goes, stays = [one for one in places if one is not places[place]][-1], places[place].words
        else:
            raise NotRenumberedError(
                N_("{id} does not stand twice."),
                N_("`vpcp check` names what does; with --keep REF the other one may be in another branch."),
                id=self._id,
            )
        self._stays = stays
        found = self._elsewhere("", goes)
        return Renumbered(self._new, goes.words, stays, found[0], named=found[1])

    def _elsewhere(self, but: str, goes: _Place | None = None) -> tuple[dict[str, bytes], tuple[str, ...]]:
        """Return the files with the references that the kept one's side lacks, and the places where nothing tells."""
        files: dict[str, bytes] = {}
        doubtful: list[str] = []
        for name, data in self._files.items():
            if name != but and self._named.search(data):
                known, own = self._of_the_kept(name), goes if goes and goes.name == name else None
                files[name] = self._lacking(data, known, own)
                doubtful += self._unsure(name, data) if known is None else ()
        return {name: data for name, data in files.items() if data != self._files[name]}, tuple(doubtful)

    def _unsure(self, name: str, data: bytes) -> Iterator[str]:
        """Yield the places that name the number, but for the things themselves."""
        spans = [(one.start, one.end) for one in self._places(name, data)]
        for found in self._named.finditer(data):
            if not any(start <= found.start() < end for start, end in spans):
                line = data.count(b"\n", 0, found.start()) + 1
                yield f"{self._folder.shown_file(name)}:{line}"

    def _of_the_kept(self, name: str) -> Counter[bytes] | None:
        """Return the lines with the number that a file has where the thing that keeps it came from; None: unknown."""
        for revision in (self._keep, *_HEADS):
            commit = self._commit(revision) if revision else None
            words = self._there(commit) if commit else None
            if commit and words is not None and fold(words) == fold(self._stays) and self._repository:
                return Counter(self._lines(self._repository.blob(commit, self._path(name)) or b""))
        return None

    def _lines(self, data: bytes) -> Iterator[bytes]:
        return (line.strip() for line in data.split(b"\n") if self._named.search(line))

    def _lacking(self, data: bytes, known: Counter[bytes] | None, goes: _Place | None) -> bytes:
        """Return a file with the new number in what gets it, and in those lines that are not among the known ones."""
        left, lines, place = Counter(known), data.split(b"\n"), 0
        for number, line in enumerate(lines):
            inside = goes is not None and goes.start < place + len(line) + 1 and place < goes.end
            place += len(line) + 1
            if not inside and known is not None and self._named.search(line):
                left[line.strip()] -= 1
            if inside or left[line.strip()] < 0:
                lines[number] = self._renamed(line)
        return b"\n".join(lines)

    def _renamed(self, text: bytes) -> bytes:
        return self._named.sub(self._new.encode(), text)

    def _there(self, commit: str) -> str | None:
        """Return what a commit gives the number to."""
        if self._repository is None:
            return None
        paths = map(self._path, self._files)
        found = (self._words(data) for data in self._repository.blobs(commit, paths).values())
        return next((words for words in found if words is not None), None)

    def _words(self, data: bytes) -> str | None:
        """Return what the thing of the number is called in a file that has it once."""
        found = [way for id_, way in ways(parsed.data) if id_ == self._id] if (parsed := read(data, "")).data else []
        return _called(at(parsed.data, found[0])) if len(found) == 1 else None

    def _places(self, name: str, data: bytes) -> Iterator[_Place]:
        if not self._named.search(data):
            return
        parsed = read(data, name)
        spans = {(one.directive, one.task): one for one in parsed.places()}
        shift = len(data) - len(data.removeprefix(b"\xef\xbb\xbf"))
        for id_, way in ways(parsed.data) if parsed.data else ():
            if id_ == self._id:
                span = spans[_place(way)]
                yield _Place(name, _called(at(parsed.data, way)), span.start + shift, span.end + shift)


def _place(way: Way) -> tuple[int, int | None]:
    numbers = [step for step in way if isinstance(step, int)]
    return numbers[0], numbers[1] if len(numbers) > 1 else None


def _called(data: Any) -> str:  # noqa: ANN401  a file's data may have any shape
    words = data.get("text") or data.get("title") or ""
    return str(next(iter(words.values()), "")) if isinstance(words, dict) else str(words)


def _merged(base: bytes, ours: bytes, theirs: bytes) -> Outcome:
    by_git, clean = merge_texts(base, ours, theirs)
    return merge_versions(base, ours, theirs, by_git, clean=clean)


def _lines_that_differ(data: bytes, base: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """Return a text of which those lines are changed that another one lacks."""
    old, new = base.split(b"\n"), data.split(b"\n")
    for tag, _from, _to, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            new[start:end] = map(change, new[start:end])
    return b"\n".join(new)
