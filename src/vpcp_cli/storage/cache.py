"""A memo on disk: what a file's bytes mean, in sections that are read when they are asked for.

The name of an entry is a hash of the bytes that it was made from, so it can't be stale. An entry begins with a line
that holds its name and the lengths and checksums of its sections. One that differs from another in a few sections has
these alone, and names the other. Any trouble, with the folder or with an entry, is a miss.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from typing import Final
from zlib import crc32

FORMAT: Final = 8
"""To be raised whenever the content of a section changes its form."""
ENTRIES: Final = 1024
MIB: Final = 512
"""No more is kept: the entries that have not been used for longest go."""

_MAGIC: Final = b"vpcp cache\t"
_HEADER: Final = 1 << 16
_OTHERS_MAY_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


class TroubleError(Exception):
    """An entry that can't be trusted."""


class Entry:
    """An entry that is there; its file stays open as long as it is in use."""

    def __init__(self, file: int, key: str) -> None:
        """Read the first line of a file that is closed in the end; raise `TroubleError` and others."""
        self._file, self.key = file, key
        self.base: Entry | None = None
        _check(os.fstat(file), stat.S_IFREG)
        head = os.pread(file, _HEADER, 0)
        line, end, _rest = head.partition(b"\n")
        magic, checksum, text = line[: len(_MAGIC)], line[len(_MAGIC) : len(_MAGIC) + 8], line[len(_MAGIC) + 8 :]
        if not end or magic != _MAGIC or checksum != _checksum(text):
            raise TroubleError
        name, self.leans_on, self._sections = json.loads(text)
        if name != key:
            raise TroubleError
        self._start = len(line) + 1

    def section(self, name: str) -> bytes:
        """Return the bytes of a section; raise `TroubleError` or `OSError` where they are not those that were kept."""
        if self.base and name not in self._sections:
            return self.base.section(name)
        start, length, checksum = self._sections[name]
        content = os.pread(self._file, length, self._start + start)
        if len(content) != length or crc32(content) != checksum:
            raise TroubleError
        return content

    def changed(self, sections: Mapping[str, bytes]) -> tuple[str, Mapping[str, bytes]]:
        """Return the entry on which this one leans when sections have changed, and what it has of its own."""
        if self.base is None:
            return self.key, sections
        return self.base.key, {name: self.section(name) for name in self._sections} | dict(sections)

    def __del__(self) -> None:
        """Close the file."""
        os.close(self._file)


class Cache:
    """The folder of entries of one version of the program."""

    def __init__(self, environ: Mapping[str, str], version: str) -> None:
        """Look at the environment alone; the folder is opened when it is used."""
        base = environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):  # as the XDG specification says  # noqa: PTH117
            base = os.path.join(os.path.expanduser("~"), ".cache")  # noqa: PTH111, PTH118
        homeless = not os.path.isabs(base)  # neither HOME nor an entry in the list of users  # noqa: PTH117
        self._steps = (base, "vpcp", f"{FORMAT}-{version}")
        self.off = bool(environ.get("VPCP_NO_CACHE")) or homeless or not hasattr(os, "geteuid")

    def recall(self, key: str) -> Entry | None:
        """Return the entry of a key, or None."""
        if self.off:
            return None
        folder = None
        try:
            folder = self._folder(make=False)
            entry = _open(folder, key)
            if entry.leans_on:
                entry.base = _open(folder, entry.leans_on)
                if entry.base.leans_on:  # it has been made anew from another one since
                    raise TroubleError  # noqa: TRY301
            return entry  # noqa: TRY300
        except (OSError, ValueError, TypeError, AttributeError, TroubleError):
            return None
        finally:
            if folder is not None:
                os.close(folder)

    def keep(self, key: str, sections: Mapping[str, bytes], old: Entry | None = None) -> None:
        """Keep an entry, at one stroke; without a word if that can't be. Other sections stay those of an old one."""
        if self.off:
            return
        folder = None
        try:
            base, own = old.changed(sections) if old else ("", sections)
            folder = self._folder(make=True)
            _write(folder, key, base, own)
            _prune(folder)
        except (OSError, ValueError, TroubleError):
            pass
        finally:
            if folder is not None:
                os.close(folder)

    def _folder(self, *, make: bool) -> int:
        """Open the folder step by step; only what is ours, and closed to others, is entered."""
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
    file = os.open(key, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
    entry = Entry(file, key)
    with suppress(OSError):  # of a disk that can only be read
        os.utime(file)
    return entry


def _check(status: os.stat_result, kind: int) -> None:
    if stat.S_IFMT(status.st_mode) != kind or status.st_uid != os.geteuid() or status.st_mode & _OTHERS_MAY_WRITE:
        raise TroubleError


def _checksum(content: bytes) -> bytes:
    return b"%08x" % crc32(content)


def _write(folder: int, key: str, base: str, sections: Mapping[str, bytes]) -> None:
    places: dict[str, list[int]] = {}
    start = 0
    for name, content in sections.items():
        places[name] = [start, len(content), crc32(content)]
        start += len(content)
    line = json.dumps([key, base, places]).encode()
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


def _prune(folder: int) -> None:
    """Let the entries go that have not been used for longest; what is left of killed writers goes with them in time."""
    kept = [
        (status.st_mtime_ns, status.st_size, name) for name in os.listdir(folder) for status in [_status(folder, name)]
    ]
    size = 0
    for number, (_time, length, name) in enumerate(sorted(kept, reverse=True)):
        size += length
        if number and (number >= ENTRIES or size > MIB << 20):
            os.unlink(name, dir_fd=folder)


def _status(folder: int, name: str) -> os.stat_result:
    return os.stat(name, dir_fd=folder, follow_symlinks=False)
