"""A folder's lock, and files that are replaced whole or not at all."""

import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from hashlib import sha256
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import reason_of
from vpcp_cli.storage import locks
from vpcp_cli.storage.refusals import ChangedMeanwhileError, LockedError, WriteFailedError
from vpcp_cli.storage.regular import opened, real
from vpcp_cli.storage.splice import Bytes

if TYPE_CHECKING:
    from _hashlib import HASH

LOCK = ".vpcp.lock"
PATIENCE = 2.0
"""Seconds of waiting after which one says who holds the lock."""
LIMIT = 120.0
"""Seconds of waiting after which one gives up."""

_CHUNK = 1 << 18
_STRETCH = 1 << 20
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.EBADF})
"""What drives without locks say: NFS mounted `nolock`, sshfs, WSL 1."""
_OPEN = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

_TRIES = 40 if sys.platform == "win32" else 0
_PAUSE = 0.05


class FolderLock:
    """One writer at a time in a folder; readers need no lock."""

    def __init__(
        self,
        folder: Path,
        command: str,
        waiting: Callable[[str], None],
        *,
        unlocked: Callable[[str], None],
        before_waiting: Callable[[], object] = lambda: None,
        patience: float = PATIENCE,
        limit: float = LIMIT,
    ) -> None:
        """`command` is what others are told while they wait; `waiting` is told who holds the lock.

        `unlocked` is told why there is none: the write goes on, for a file that somebody has changed is not replaced.
        `before_waiting` gets ready what would else be done while others wait.
        """
        self._before_waiting = before_waiting
        self._path, self._command, self._waiting, self._unlocked = folder / LOCK, command, waiting, unlocked
        self._patience, self._limit = patience, limit
        self._lock, self._replaced, self.new = -1, False, False

    def __enter__(self) -> Self:
        """Wait for the lock; raises LockedError, or WriteFailedError where there can be none."""
        with failures(self._path):
            self._lock = self._opened()
            try:
                while not self._taken():  # the file is another one by now
                    os.close(self._lock)
                    self._lock = self._opened()
                self._sign()
            except BaseException:
                os.close(self._lock)
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the next one in; the file stays."""
        locks.close(self._lock)

    def _opened(self) -> int:
        try:
            return self._made()
        except FileExistsError:
            pass
        try:
            return os.open(self._path, os.O_RDWR | os.O_CREAT | _OPEN | _NO_FOLLOW | _NO_WAIT, 0o666)
        except PermissionError as error:
            with suppress(FileNotFoundError):  # another user's file can be locked as well
                return os.open(self._path, os.O_RDONLY | _OPEN | _NO_FOLLOW | _NO_WAIT)
            raise error from None

    def _made(self) -> int:
        """Make the file; who may write in the folder may write to it too, which network drives ask of who locks."""
        made = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _OPEN | _NO_FOLLOW, 0o666)
        self.new = True
        if sys.platform != "win32":
            with suppress(OSError):
                os.fchmod(made, stat.S_IMODE(self._path.parent.stat().st_mode) & 0o666 | 0o600)
        return made

    def _taken(self) -> bool:
        """Take the lock; whether it is that of the file that stands there now. On a drive without locks, say so."""
        try:
            self._take()
        except OSError as error:
            if error.errno == errno.EBADF and not self._replaced:  # another user's file, on a network drive
                self._replaced = True
                self._path.unlink()
                return False
            if error.errno not in _NO_LOCKS:
                raise
            self._unlocked(reason_of(error))
            return True
        with suppress(FileNotFoundError):
            return os.path.samestat(os.fstat(self._lock), self._path.lstat())
        return False

    def _take(self) -> None:
        try:
            locks.take(self._lock, wait=False)
        except BlockingIOError:
            self._before_waiting()
            self._wait()

    def _wait(self) -> None:
        """Wait in the kernel, which serves the waiting in turn, in a thread of its own so that one can give up."""
        from threading import Thread

        failed: list[OSError] = []

        def queue() -> None:
            try:
                locks.take(self._lock, wait=True)
            except OSError as error:
                failed.append(error)

        thread = Thread(target=queue, daemon=True)
        thread.start()
        thread.join(self._patience)
        if thread.is_alive():
            self._waiting(self._holder())
            thread.join(self._limit - self._patience)
        if thread.is_alive():
            raise LockedError(self._holder(), self._limit)
        if failed:
            raise failed[0]

    def _sign(self) -> None:
        with suppress(OSError):  # it only serves the message
            os.ftruncate(self._lock, 0)
            os.lseek(self._lock, 0, os.SEEK_SET)
            os.write(self._lock, f"{os.getpid()}: {self._command}\n".encode(errors="backslashreplace")[:200])

    def _holder(self) -> str:
        """Return what its holder has signed, by a handle of its own: the thread that waits moves that of the lock."""
        with suppress(OSError), FileIO(os.open(self._path, os.O_RDONLY | _OPEN | _NO_FOLLOW | _NO_WAIT)) as file:
            return file.read(200).decode(errors="replace").strip() or "?"
        return "?"


@dataclass(frozen=True)
class Original:
    """A file as it was found: its real path behind all symbolic links, and its bytes (None: there is none)."""

    path: Path
    data: bytes | None

    @cached_property
    def digest(self) -> str | None:
        """SHA-256 of the bytes."""
        return None if self.data is None else self._hashes[-1].hexdigest()

    @cached_property
    def _hashes(self) -> "list[HASH]":
        """What SHA-256 has come to before each stretch of the bytes, and at their end."""
        made, view = sha256(), memoryview(self.data or b"")
        found = [made.copy()]
        for place in range(0, len(view), _STRETCH):
            made.update(view[place : place + _STRETCH])
            found.append(made.copy())
        return found

    def digest_of(self, pieces: Iterable[Bytes], same: int) -> str:
        """SHA-256 of what is the same so far, and stands in pieces: what is known of that is not hashed again."""
        stretches = min(same, len(self.data or b"")) // _STRETCH
        made, known = self._hashes[stretches].copy(), stretches * _STRETCH
        for piece in pieces:
            made.update(memoryview(piece)[known:])
            known = max(0, known - len(piece))
        return made.hexdigest()


def read(path: Path, within: Path | None = None) -> Original:
    """Read a file, if it is there; raises WriteFailedError, also for a link that leads out of its folder."""
    with _opened(path, within) as (real, file):
        return Original(real, file.read() if file else None)


@contextmanager
def _opened(path: Path, within: Path | None = None) -> Iterator[tuple[Path, FileIO | None]]:
    """Open a file behind all symbolic links, if it is there; raises WriteFailedError."""
    with failures(path), ExitStack() as stack:
        found = real(path, within)
        try:
            file = stack.enter_context(opened(found))
        except FileNotFoundError:
            file = None
        yield found, file


def prepare(original: Original, pieces: Iterable[Bytes]) -> Path:
    """Write what shall replace a file beside it, safely on the disk; raises WriteFailedError and leaves nothing."""
    path = original.path
    temporary = path.with_name(f".vpcp-{path.name}-{os.urandom(4).hex()}.tmp")
    with failures(path), removed_on_failure(temporary):
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN | _NO_FOLLOW, 0o666)
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            if original.data is not None:
                _keep_attributes(path, handle)
            os.fsync(handle)
    return temporary


def _keep_attributes(path: Path, handle: int) -> None:
    """Give a new file the mode, the owner and the extended attributes of an old one, as far as one may."""
    old, new = path.stat(), os.fstat(handle)
    if sys.platform != "win32":
        if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
            with suppress(PermissionError):
                os.fchown(handle, -1, old.st_gid)
            with suppress(PermissionError):
                os.fchown(handle, old.st_uid, -1)
        os.fchmod(handle, stat.S_IMODE(old.st_mode))
    if sys.platform == "linux":
        for name in os.listxattr(path):
            with suppress(OSError):
                os.setxattr(handle, name, os.getxattr(path, name))


def confirm(original: Original) -> None:
    """Raise ChangedMeanwhileError if a program that knows no lock has changed a file."""
    with _opened(original.path) as (real, file):
        if real != original.path or not _holds(file, original.data):
            raise ChangedMeanwhileError(original.path)


def _holds(file: FileIO | None, data: bytes | None) -> bool:
    """Whether a file holds just these bytes, or is not there where there were none."""
    if file is None or data is None:
        return file is None and data is None
    place = 0
    while chunk := file.read(_CHUNK):
        if not data.startswith(chunk, place):
            return False
        place += len(chunk)
    return place == len(data)


def put(temporary: Path, path: Path) -> None:
    """Let a file take the place of another; raises `OSError`. Windows refuses while somebody has that one open."""
    for last in (*[False] * _TRIES, True):
        try:
            temporary.replace(path)
        except PermissionError:
            if last:
                raise
            time.sleep(_PAUSE)
        else:
            return


def replace(original: Original, pieces: Iterable[Bytes]) -> None:
    """Let a file hold something else, whole or not at all; raises WriteFailedError or ChangedMeanwhileError."""
    temporary = prepare(original, pieces)
    with failures(original.path), removed_on_failure(temporary):
        confirm(original)
        put(temporary, original.path)


def with_lines(path: Path, lines: Iterable[str], within: Path) -> tuple[Original, bool]:
    """Add lines to a file at its end, as far as it lacks them: the file as it was, and whether it lacked any.

    Raises WriteFailedError, also where the file lies outside of a folder, behind a link.
    """
    original = read(path, within)
    present = original.data or b""
    missing = [line.encode() for line in lines if line.encode() not in present.splitlines()]
    if missing:
        end = b"\r\n" if b"\r\n" in present else b"\n"
        gap = end if present and not present.endswith(b"\n") else b""
        replace(original, (present, gap, *(line + end for line in missing)))
    return original, bool(missing)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk, where the system can."""
    if sys.platform != "win32":
        with failures(folder):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | _OPEN)
            try:
                os.fsync(handle)
            except OSError as error:
                if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # some network file systems know no such thing
                    raise
            finally:
                os.close(handle)


def sweep(folder: Path, name: str = "") -> None:
    """Remove what killed runs have left behind, of one file or of all; only under the lock."""
    with suppress(OSError):
        for one in folder.iterdir():
            before, _dash, end = one.name.rpartition("-")
            if (before == f".vpcp-{name}" if name else before.startswith(".vpcp-")) and end.endswith(".tmp"):
                with suppress(OSError):
                    one.unlink()


@contextmanager
def failures(path: Path) -> Iterator[None]:
    """Turn the system's refusal into WriteFailedError."""
    try:
        yield
    except OSError as error:
        raise WriteFailedError(path, reason_of(error), error.errno) from error


@contextmanager
def removed_on_failure(temporary: Path) -> Iterator[None]:
    """Leave no half-written file behind."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
