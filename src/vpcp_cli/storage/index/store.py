"""What is kept on disk: under the name of a file's bytes what they mean, in sections that are read when asked for.

The name of an entry is a hash of the bytes that it was made from, so it can't be stale, and it never changes. An entry
begins with a line that holds its name and the lengths and checksums of its sections. Each is read with our own hands
and verified whole, so that nothing can come between a look and the use. Any trouble, with the folder or with an entry,
is a miss.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Final
from zlib import crc32

from vpcp_cli.storage.splice import Bytes

ENTRIES: Final = 1024
MIB: Final = 512
"""No more is kept: the entries that have not been used for longest go."""
VERSIONS: Final = 8
"""No more is kept of files of one name."""
PREFIX: Final = 16
"""So many characters of an entry's name tell the name of the file whose bytes it was made from."""

_MAGIC: Final = b"vpcp index\t"
_HEADER: Final = 1 << 16
_OTHERS_MAY_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_TROUBLE: Final = (OSError, ValueError, TypeError, AttributeError)


class TroubleError(Exception):
    """An entry that can't be trusted."""


class Entry:
    """An entry that is there; its file stays open as long as it is in use."""

    def __init__(self, file: int, key: str) -> None:
        """Read the first line of a file that is closed in the end; raise `TroubleError` and others."""
        self._file, self.key = file, key
        _check(os.fstat(file), stat.S_IFREG)
        head = os.pread(file, _HEADER, 0)
        line, end, _rest = head.partition(b"\n")
        magic, checksum, text = line[: len(_MAGIC)], line[len(_MAGIC) : len(_MAGIC) + 8], line[len(_MAGIC) + 8 :]
        if not end or magic != _MAGIC or checksum != _checksum(text):
            raise TroubleError
        name, self._sections = json.loads(text)
        if name != key:
            raise TroubleError
        self._start = len(line) + 1

    def section(self, name: str) -> bytes | None:
        """Return the bytes of a section, or None where they are not those that were kept."""
        with suppress(OSError, LookupError, ValueError, TypeError):
            start, length, checksum = self._sections[name]
            content = os.pread(self._file, length, self._start + start)
            if len(content) == length and crc32(content) == checksum:
                return content
        return None

    def __del__(self) -> None:
        """Close the file."""
        os.close(self._file)


class Store:
    """The folder of entries of one version of the program."""

    def __init__(self, environ: Mapping[str, str], version: str) -> None:
        """Look at the environment alone; the folder is opened when it is used."""
        base = environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):  # as the XDG specification says  # noqa: PTH117
            base = os.path.join(os.path.expanduser("~"), ".cache")  # noqa: PTH111, PTH118
        homeless = not os.path.isabs(base)  # neither HOME nor an entry in the list of users  # noqa: PTH117
        self._steps = (base, "vpcp", f"index-{version}")
        self.off = bool(environ.get("VPCP_NO_CACHE")) or homeless or not hasattr(os, "geteuid")

    def recall(self, key: str) -> Entry | None:
        """Return the entry of a key, or None."""
        if self.off:
            return None
        with suppress(*_TROUBLE, TroubleError), self._folder(make=False) as folder:
            return _open(folder, key)
        return None

    def relatives(self, key: str) -> Iterator[Entry]:
        """Yield the entries that were made of files of the same name, the one that was used last first."""
        if self.off:
            return
        found: list[str] = []
        with suppress(*_TROUBLE, TroubleError), self._folder(make=False) as folder:
            found = [name for _time, _size, name in _kept(folder) if _is_relative(name, key)]
        yield from filter(None, map(self.recall, found))

    def keep(self, key: str, sections: Mapping[str, Bytes]) -> None:
        """Keep an entry, at one stroke; without a word if that can't be."""
        if self.off:
            return
        with suppress(*_TROUBLE, TroubleError), self._folder(make=True) as folder:
            _write(folder, key, sections)
            _prune(folder, key)

    @contextmanager
    def _folder(self, *, make: bool) -> Iterator[int]:
        """Open the folder step by step; only what is ours, and closed to others, is entered."""
        folder = self._entered(make=make)
        try:
            yield folder
        finally:
            os.close(folder)

    def _entered(self, *, make: bool) -> int:
        base, *steps = self._steps
        if make:
            os.makedirs(base, mode=0o700, exist_ok=True)  # noqa: PTH103
        folder = os.open(base, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        for step in steps:
            around = folder
            try:
                if make:
                    with suppress(FileExistsError):
                        os.mkdir(step, 0o700, dir_fd=around)
                folder = os.open(step, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=around)
            finally:
                os.close(around)
            try:
                _check(os.fstat(folder), stat.S_IFDIR)
            except TroubleError:
                os.close(folder)
                raise
        return folder


def _open(folder: int, key: str) -> Entry:
    file = os.open(key, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    entry = Entry(file, key)
    with suppress(OSError):  # of a disk that can only be read
        os.utime(file)
    return entry


def _check(status: os.stat_result, kind: int) -> None:
    if stat.S_IFMT(status.st_mode) != kind or status.st_uid != os.geteuid() or status.st_mode & _OTHERS_MAY_WRITE:
        raise TroubleError


def _checksum(content: bytes) -> bytes:
    return b"%08x" % crc32(content)


def _write(folder: int, key: str, sections: Mapping[str, Bytes]) -> None:
    places: dict[str, list[int]] = {}
    start = 0
    for name, content in sections.items():
        places[name] = [start, len(content), crc32(content)]
        start += len(content)
    line = json.dumps([key, places]).encode()
    if len(line) + len(_MAGIC) > _HEADER // 2:
        raise TroubleError
    temporary = f"{key}.{os.getpid()}"
    try:
        file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=folder)
        with open(file, "wb") as stream:  # noqa: PTH123 - opened beside the folder that has been looked at
            stream.write(_MAGIC + _checksum(line) + line + b"\n")
            stream.writelines(sections.values())
        os.rename(temporary, key, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary, dir_fd=folder)
        raise


def _prune(folder: int, key: str) -> None:
    """Let the entries go that have not been used for longest; what is left of killed writers goes with them in time."""
    size = versions = 0
    for number, (_time, length, name) in enumerate(_kept(folder)):
        size += length
        versions += _is_relative(name, key)
        too_old = _is_relative(name, key) and versions > VERSIONS
        if number and (number >= ENTRIES or size > MIB << 20 or too_old):
            os.unlink(name, dir_fd=folder)


def _kept(folder: int) -> list[tuple[int, int, str]]:
    """Return when each file was used last, its size and its name; the latest first."""
    found = []
    for name in os.listdir(folder):
        with suppress(FileNotFoundError):  # another process is pruning, too
            status = os.stat(name, dir_fd=folder, follow_symlinks=False)
            found.append((status.st_mtime_ns, status.st_size, name))
    return sorted(found, reverse=True)


def _is_relative(name: str, key: str) -> bool:
    return name[:PREFIX] == key[:PREFIX]
