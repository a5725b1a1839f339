"""Only regular files are opened: nothing that never ends or waits for somebody, and no link that leads elsewhere.

What tells one state of a file from another is its SHA-256.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module
from io import FileIO
from pathlib import Path
from typing import Any, Final

from vpcp_cli.language import _

_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_OPEN = os.O_RDONLY | _NO_WAIT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_LARGE: Final = 1 << 20


class OutsideError(OSError):
    """A link that leads out of the folder that it stands in: whoever made it need not be who runs the program."""


def real(path: Path, within: Path | None = None) -> Path:
    """Where a file lies behind all links; raise `OutsideError` where that is not in its folder, or `within` another."""
    found, folder = Path(os.path.realpath(path)), Path(os.path.realpath(within or path.parent))
    if path.is_symlink() and not found.is_relative_to(folder):
        raise OutsideError(errno.EPERM, _("it is a link that leads out of {folder}").format(folder=folder), str(path))
    return found


def opened(path: Path) -> FileIO:
    """Open a file to read it; raise `OSError`."""
    file = FileIO(os.open(real(path) if path.is_symlink() else path, _OPEN))
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, _("it is no regular file"), str(path))
    return file


def content(path: Path) -> bytes:
    """What a file holds; raise `OSError`."""
    with opened(path) as file:
        return file.read()


def sha256(content: bytes) -> str:
    """The SHA-256 of what a file holds, or of a text, as hexadecimal digits."""
    made = _small() if len(content) < _LARGE else _large()
    digits: str = made(content).hexdigest()
    return digits


def sha256_of(path: Path) -> str:
    """That of a file, a large one of which is not held as a whole; raise `OSError`."""
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size < _LARGE:
            return sha256(file.read())
        from hashlib import file_digest

        return file_digest(file, "sha256").hexdigest()


@cache
def _small() -> Callable[[bytes], Any]:
    """What hashes little: OpenSSL's is six times as fast, but takes longer to load than all shipped files to be read.

    This one has no public name; `random` of the standard library looks for its like in the same way.
    """
    for name in ("_sha2", "_sha256"):
        with suppress(ImportError, AttributeError):
            found: Callable[[bytes], Any] = import_module(name).sha256
            return found
    return _large()


def _large() -> Callable[[bytes], Any]:
    from hashlib import sha256

    return sha256
