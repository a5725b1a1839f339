"""Only regular files are opened: nothing that never ends or waits for somebody, and no link that leads elsewhere."""

from __future__ import annotations

import errno
import os
import stat
from io import FileIO
from pathlib import Path

from vpcp_cli.language import _

_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_OPEN = os.O_RDONLY | _NO_WAIT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


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
