"""What is kept of files from one command to the next, and how it is found again: by their names and bytes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vpcp_cli.storage.folder import digest_of, from_both_ends
from vpcp_cli.storage.index.form import IMAGES
from vpcp_cli.storage.index.index import Images, Index
from vpcp_cli.storage.index.store import PREFIX, Image, Store
from vpcp_cli.storage.regular import sha256
from vpcp_cli.vocabulary import own_categories

if TYPE_CHECKING:
    from vpcp_cli.programme import Unit
    from vpcp_cli.storage.index.records import Plain

LARGE: Final = 1 << 18
"""Of larger files that have changed only the changed directives are read."""
_REGISTER: Final = "units"
_SAYS: Final = ("__pycache__", "commands", "locale", "programmes", "render", "sharing")


class Keeper:
    """Keeps what files have been found to mean in which nothing is wrong.

    A `digest` is the SHA-256 of a file's bytes, as hexadecimal digits.
    """

    def __init__(self, store: Store, digest: Callable[[Path, int], str | None] = digest_of) -> None:
        """Keep it in a store; `digest` finds the digest of a file of at most so many MiB."""
        self._store, self._digest = store, digest
        self._asked: list[str] = []
        self._known: dict[str, Index] = {}
        self._members = ""

    def _know(self, register: str) -> None:
        """Take in the text of the register, on which it depends who must do a task that is each unit's."""
        if '"members":' in register:
            from vpcp_cli.members import memberships

            self._members = _hash(repr(memberships(_units(register))))

    def _key(self, digest: str, name: str) -> str:
        return key_of(digest, _with_categories(name), self._members)

    def digests(self, paths: Sequence[Path], limit: int) -> Callable[[Path], str | None]:
        """Return what finds the digests of files that are asked for in this order."""
        return from_both_ends(lambda path: self._digest(path, limit), paths)

    @property
    def off(self) -> bool:
        """Whether nothing is kept."""
        return self._store.off

    def has(self, digest: str, name: str) -> bool:
        """Whether an index of a file is kept, be it damaged or not."""
        return self._store.verified(self._key(digest, name), IMAGES[0], whole=False) is not None

    def index(self, digest: str, name: str, file: str, again: Callable[[], Index]) -> Index | None:
        """Return the index of a file, or None; `again` makes it where a part of it is needed and damaged."""
        key = self._key(digest, name)
        if key not in self._known:
            index = Index.opened(self._images(key), name.removesuffix(".yaml"), file, again)
            if index is None:
                return None
            self._hold(key, index)
        self._asked.append(key)
        return self._known[key]

    def _hold(self, key: str, index: Index) -> None:
        self._known[key] = index
        index.keep = partial(self._joined, key)

    def _joined(self, key: str, name: str, make: Callable[[], Plain], widths: Mapping[str, int]) -> Plain:
        """Return what follows from a file and from tasks of others, which a name tells."""
        import json

        both = _key_of_all("joined", (key, name))
        if (found := _rows(self._store.recall(both), widths)) is not None:
            return found
        made = make()
        self._store.keep(both, json.dumps(made, ensure_ascii=False))
        return made

    def learn(self, digest: str, name: str, index: Index) -> None:
        """Keep the index of a file."""
        key = self._key(digest, name)
        self._asked.append(key)
        self._hold(key, index)
        if not self.off:
            self._store.keep_images(key, index.images())

    def changed(self, content: bytes, digest: str, name: str, file: str, again: Callable[[], Index]) -> Index | None:
        """Return the index of a large file of which an earlier state is known; None where it is better read whole."""
        if len(content) < LARGE:
            return None
        from vpcp_cli.storage.index.changed import brought_up_to

        def change(index: Index) -> bool:
            return brought_up_to(index, content)

        new = self._key(digest, name)
        if any(self._renewed(old, new, name, file, change) for old in self._store.relatives(new, IMAGES[0])):
            return self.index(digest, name, file, again)
        return None

    def renew(self, index: Index, old: str, new: str, change: Callable[[Index], bool]) -> None:
        """Keep what becomes of a file's index when the file, whose digest was an old one, has a new one."""
        name = f"{index.id}.yaml"
        if index.kept:
            self._renewed(self._key(old, name), self._key(new, name), name, index.file, change)
        elif change(index):
            self.learn(new, name, index)

    def _renewed(self, old: str, new: str, name: str, file: str, change: Callable[[Index], bool]) -> bool:
        def changed(paths: list[str]) -> bool:
            with suppress(sqlite3.Error), Index.changeable(paths, name.removesuffix(".yaml"), file) as index:
                return change(index)
            return False

        return self._store.keep_changed(old, new, IMAGES, changed)

    def _images(self, key: str) -> Images:
        return {name: Image(self._store, key, name) for name in IMAGES}

    def units(self, digest: str) -> Callable[[], tuple[Unit, ...]] | None:
        """Return what reads the register when it is asked for, or None."""
        key = key_of(digest, _REGISTER)
        self._asked.append(key)
        text = self._store.recall(key)
        self._know(text or "")
        return partial(_units, text) if text else None

    def learn_units(self, digest: str, plain: Plain) -> None:
        """Keep the register's plain data."""
        from vpcp_cli.storage.index.records import text_of

        text = text_of(plain)
        self._know(text)
        self._store.keep(key_of(digest, _REGISTER), text)

    def errors(self, count: Callable[[], int], *settings: str) -> int:
        """Return how many errors the rules find in all files that have been asked for; `count` counts them anew."""
        key = _key_of_all("errors", [*self._asked, *settings])
        text = self._store.recall(key)
        if text and text.isdecimal():
            return int(text)
        number = count()
        self._store.keep(key, str(number))
        return number

    def is_faultless(self, digests: Mapping[str, str]) -> bool:
        """Whether the check, by the rules of today, has found nothing at all in a folder of just these files."""
        return self._store.recall(_faultless(digests)) == "true"

    def learn_faultless(self, digests: Mapping[str, str]) -> None:
        """Keep that it has found nothing."""
        if not self.off:
            self._store.keep(_faultless(digests), "true")


def _rows(text: str | None, widths: Mapping[str, int]) -> Plain | None:
    """Return lists of rows that were kept as a text, or None if they are not of the form that is asked for."""
    import json

    found = None
    if text is not None:
        with suppress(ValueError, RecursionError):
            found = json.loads(text)
    whole = isinstance(found, dict) and all(
        isinstance(rows := found.get(name), list) and all(isinstance(row, list) and len(row) == width for row in rows)
        for name, width in widths.items()
    )
    return found if whole else None


def _units(text: str) -> tuple[Unit, ...]:
    from vpcp_cli.storage.index.records import plain_of, units_of

    return units_of(plain_of(text))


def key_of(digest: str, name: str, *further: str) -> str:
    """Return the name of what is kept of a file: it begins with what tells its name and the program alone."""
    both = (_hash(name, _program()), _hash(name, digest, *filter(None, further)))
    return both[0][:PREFIX] + both[1][PREFIX:]


def _with_categories(name: str) -> str:
    """Return a file's name with the workspace's own categories, on which it depends whether the file is right."""
    return " ".join([name, *sorted(own_categories())])


def _faultless(digests: Mapping[str, str]) -> str:
    keys = (key_of(digest, _with_categories(name)) for name, digest in sorted(digests.items()))
    return _key_of_all("faultless", keys)


@cache
def _program() -> str:
    """Tell one state of the program from another, as Python does with compiled files: by times and sizes of sources.

    A version's number does not say it where somebody works on the program, or has installed what stands in git.
    """
    package = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))
    with suppress(OSError):  # it may lie in an archive
        return repr(sorted(_sources(package)))
    return package


def _sources(folder: str) -> Iterator[tuple[str, int, int]]:
    """Yield what reads and judges: all but what only says it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                status = entry.stat()
                yield entry.path, status.st_size, status.st_mtime_ns
            elif entry.name not in _SAYS and entry.is_dir():
                yield from _sources(entry.path)


def _key_of_all(what: str, keys: Iterable[str]) -> str:
    return _hash(what, *keys)


def _hash(*texts: str) -> str:
    return sha256("\0".join(texts).encode("utf-8", "surrogateescape"))
