"""What is kept on disk: what files mean, under the name of their bytes.

The name of a file is a hash of the bytes that it was made from, so it can't be stale, and it never changes. It is
looked at as a whole before it is used: one flipped bit is seen. Any trouble, with the folder or with a file, is a miss.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from io import BufferedWriter, FileIO
from shutil import rmtree
from typing import TYPE_CHECKING, Final
from urllib.parse import quote
from zlib import crc32

if TYPE_CHECKING:
    from vpcp_cli.storage.splice import Bytes

FILES: Final = 1024
MIB: Final = 512
"""No more is kept: the files that have not been used for longest go."""
VERSIONS: Final = 16
"""No more is kept of files of one name: two images for each of the last few states."""
PREFIX: Final = 16
"""So many characters of a key tell the name of the file from whose bytes something was made."""

_INDEX: Final = "index-"
_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)
_FILE: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_STAMP: Final = range(68, 72)
"""Where a database has the number of the application whose file it is, at which SQLite does not look."""
_CHUNK: Final = 1 << 18
_OTHERS_MAY_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


class TroubleError(Exception):
    """A file that can't be trusted."""


_TROUBLE: Final = (OSError, ValueError, TroubleError)


class Image:
    """The image of a database that is kept; it is looked at when it is asked for."""

    def __init__(self, store: Store, key: str, name: str) -> None:
        """Take the name of what is kept, and the image's own."""
        self._store, self._key, self._name = store, key, name

    def uri(self) -> str | None:
        """Return where SQLite finds it, or None where it is not as it was kept."""
        return _uri(self._store.verified(self._key, self._name))

    def doubtful_uri(self) -> str | None:
        """Return where SQLite finds it, be it as it was kept or not: whoever reads it looks at what is found there."""
        return _uri(self._store.verified(self._key, self._name, whole=False))


def _uri(path: str | None) -> str | None:
    return f"file:{quote(path)}?mode=ro&immutable=1" if path else None


class Store:
    """The folder of what one version of the program keeps."""

    def __init__(self, environ: Mapping[str, str], version: str) -> None:
        """Look at the environment alone; the folder is opened when it is used."""
        base = environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):  # as the XDG specification says
            base = os.path.join(os.path.expanduser("~"), ".cache")
        homeless = not os.path.isabs(base)  # neither HOME nor an entry in the list of users
        self._steps = (base, "vpcp", f"{_INDEX}{version}")
        self.place = None if homeless or sys.platform == "win32" else os.path.join(*self._steps[:2])
        """The folder of all versions; None where none is known, or the system can't say whose a file is."""
        self.off = self.place is None or environ.get("VPCP_NO_CACHE", "0") not in ("", "0")

    def sizes(self) -> list[int]:
        """Return the size of each file that any version keeps; raise `OSError` or `TroubleError`."""
        with _stepped(self._steps[:2]) as around:
            return [size for version in _versions(around) for size in _sizes(version, around)]

    def clear(self) -> None:
        """Remove what all versions keep; raise `OSError` or `TroubleError`."""
        with _stepped(self._steps[:2]) as around:
            for version in _versions(around):
                rmtree(version, dir_fd=around)
        with suppress(OSError):  # something else stands there
            os.rmdir(os.path.join(*self._steps[:2]))

    def recall(self, key: str) -> str | None:
        """Return a text, or None where none is kept that can be trusted."""
        if self.off:
            return None
        with suppress(*_TROUBLE), self._folder(make=False) as folder, _opened(folder, key) as file:
            checksum, end, text = file.read().partition(b"\n")
            return text.decode() if end and checksum == _checksum(key, text) else None
        return None

    def keep(self, key: str, text: str) -> None:
        """Keep a text, at one stroke; without a word if that can't be."""
        content = text.encode()
        self._keep({key: (_checksum(key, content), b"\n", content)})

    def keep_images(self, key: str, images: Mapping[str, bytes]) -> None:
        """Keep images of databases in the same way."""
        self._keep({_name(key, name): _stamped(_name(key, name), image) for name, image in images.items()})

    def keep_changed(self, old: str, key: str, names: Sequence[str], change: Callable[[list[str]], bool]) -> bool:
        """Keep what a change makes of copies of older images, whose paths it is given; whether that could be."""
        if self.off:
            return False
        files = [_name(key, name) for name in names]
        copies = [f"{file}.{os.getpid()}" for file in files]
        with suppress(*_TROUBLE), self._folder(make=False) as folder, _removed(folder, copies):
            for name, copy in zip(names, copies, strict=True):
                with _opened(folder, _name(old, name)) as file, _made(folder, copy) as made:
                    if not _is_whole(_name(old, name), file, made):
                        return False
            if not change([os.path.join(*self._steps, copy) for copy in copies]):
                return False
            for target, copy in zip(reversed(files), reversed(copies), strict=True):
                _stamp(folder, copy, target)
                os.rename(copy, target, src_dir_fd=folder, dst_dir_fd=folder)
            _prune(folder, files[0])
            return True
        return False

    def verified(self, key: str, name: str, *, whole: bool = True) -> str | None:
        """Return the path of an image, or None where it is not ours or, as a `whole`, not as it was kept."""
        if self.off:
            return None
        file = _name(key, name)
        with suppress(*_TROUBLE), self._folder(make=False) as folder, _opened(folder, file) as opened:
            return os.path.join(*self._steps, file) if not whole or _is_whole(file, opened) else None
        return None

    def relatives(self, key: str, name: str) -> list[str]:
        """Return the keys of images of files of the same name, the one that was used last first."""
        found: list[str] = []
        if not self.off:
            with suppress(*_TROUBLE), self._folder(make=False) as folder:
                found = [one for _time, _size, one in _kept(folder) if one[:PREFIX] == key[:PREFIX]]
        return [one.removesuffix(f".{name}") for one in found if one.endswith(f".{name}")]

    def _keep(self, files: Mapping[str, tuple[Bytes, ...]]) -> None:
        if self.off:
            return
        with suppress(*_TROUBLE), self._folder(make=True) as folder:
            for name, pieces in files.items():
                _write(folder, name, pieces)
            _prune(folder, next(iter(files)))

    def _folder(self, *, make: bool) -> AbstractContextManager[int]:
        return _stepped(self._steps, make=make)


@contextmanager
def _stepped(steps: Sequence[str], *, make: bool = False) -> Iterator[int]:
    """Open a folder step by step; only what is ours, and closed to others, is entered."""
    folder = _entered(*steps, make=make)
    try:
        yield folder
    finally:
        os.close(folder)


def _entered(base: str, *steps: str, make: bool) -> int:
    if make:
        os.makedirs(base, mode=0o700, exist_ok=True)
    folder = os.open(base, _FOLDER)
    for step in steps:
        around = folder
        try:
            if make:
                with suppress(FileExistsError):
                    os.mkdir(step, 0o700, dir_fd=around)
            folder = os.open(step, _FOLDER | _NO_FOLLOW, dir_fd=around)
        finally:
            os.close(around)
        try:
            _check(os.fstat(folder), stat.S_IFDIR)
        except TroubleError:
            os.close(folder)
            raise
    return folder


def _versions(around: int) -> list[str]:
    """Return the names of the folders of all versions, none of them a link."""
    found = [name for name in os.listdir(around) if name.startswith(_INDEX)]
    return [name for name in found if stat.S_ISDIR(os.stat(name, dir_fd=around, follow_symlinks=False).st_mode)]


def _sizes(version: str, around: int) -> list[int]:
    folder = os.open(version, _FOLDER | _NO_FOLLOW, dir_fd=around)
    try:
        return [size for _time, size, _name in _kept(folder)]
    finally:
        os.close(folder)


@contextmanager
def _opened(folder: int, name: str) -> Iterator[FileIO]:
    """Open a file of ours; a pipe or a link is none. It is known to be in use from now on."""
    handle = os.open(name, _FILE | _NO_FOLLOW, dir_fd=folder)
    with FileIO(handle) as file:
        _check(os.fstat(handle), stat.S_IFREG)
        with suppress(OSError):  # of a disk that can only be read
            os.utime(handle)
        yield file


def _check(status: os.stat_result, kind: int) -> None:
    ours = sys.platform != "win32" and status.st_uid == os.geteuid()
    if stat.S_IFMT(status.st_mode) != kind or not ours or status.st_mode & _OTHERS_MAY_WRITE:
        raise TroubleError


def _name(key: str, name: str) -> str:
    return f"{key}.{name}"


def _checksum(name: str, content: bytes) -> bytes:
    """Return what tells that some content is whole and stands under its own name."""
    return b"%08x" % crc32(content, crc32(name.encode()))


def _stamped(name: str, image: bytes) -> tuple[Bytes, ...]:
    """Return an image with its checksum, which stands where SQLite keeps the number of a program."""
    before, after = image[: _STAMP.start], memoryview(image)[_STAMP.stop :]
    checksum = crc32(after, crc32(before, crc32(name.encode())))
    return before, checksum.to_bytes(len(_STAMP), "big"), after


def _is_whole(name: str, file: FileIO, copy: BufferedWriter | None = None) -> bool:
    """Whether an image has the checksum of its content; it is copied as it is read."""
    checksum, stamp = _checksum_of(name, file, copy)
    return stamp == checksum.to_bytes(len(_STAMP), "big")


def _checksum_of(name: str, file: FileIO, copy: BufferedWriter | None = None) -> tuple[int, bytes]:
    """Return the checksum of an image's content, and the stamp that it bears."""
    head = file.read(_STAMP.stop)
    checksum = crc32(head[: _STAMP.start], crc32(name.encode()))
    if copy:
        copy.write(head)
    chunk = memoryview(bytearray(_CHUNK))
    while length := file.readinto(chunk):
        checksum = crc32(chunk[:length], checksum)
        if copy:
            copy.write(chunk[:length])
    return checksum, head[_STAMP.start :]


def _made(folder: int, name: str) -> BufferedWriter:
    """Open a new file."""
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW, 0o600, dir_fd=folder)
    return BufferedWriter(FileIO(handle, "w"))


def _stamp(folder: int, copy: str, name: str) -> None:
    """Give an image that has been changed the checksum of its content."""
    with FileIO(os.open(copy, os.O_RDWR | _NO_FOLLOW, dir_fd=folder), "r+") as file:
        checksum = _checksum_of(name, file)[0]
        file.seek(_STAMP.start)
        file.write(checksum.to_bytes(len(_STAMP), "big"))


@contextmanager
def _removed(folder: int, names: Sequence[str]) -> Iterator[None]:
    """Leave none of some files behind that have not been renamed."""
    try:
        yield
    finally:
        for name in names:
            with suppress(OSError):
                os.unlink(name, dir_fd=folder)


def _write(folder: int, name: str, pieces: tuple[Bytes, ...]) -> None:
    temporary = f"{name}.{os.getpid()}"
    try:
        file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW, 0o600, dir_fd=folder)
        with open(file, "wb") as stream:
            stream.writelines(pieces)
        os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary, dir_fd=folder)
        raise


def _prune(folder: int, written: str) -> None:
    """Let go what has not been used for longest; what is left of killed writers goes with it in time."""
    size = versions = 0
    for number, (_time, length, name) in enumerate(_kept(folder)):
        size += length
        relative = name[:PREFIX] == written[:PREFIX]
        versions += relative
        if number > 1 and (number >= FILES or size > MIB << 20 or (relative and versions > VERSIONS)):
            os.unlink(name, dir_fd=folder)


def _kept(folder: int) -> list[tuple[int, int, str]]:
    """Return when each file was used last, its size and its name; the latest first."""
    found = []
    for name in os.listdir(folder):
        with suppress(FileNotFoundError):  # another process is pruning, too
            status = os.stat(name, dir_fd=folder, follow_symlinks=False)
            found.append((status.st_mtime_ns, status.st_size, name))
    return sorted(found, reverse=True)
