"""A stand-in for Windows: this process has what its Python has there, and the system refuses what Windows refuses.

`python tests/windows.py FOLDER` reads command lines, one a line, runs each in FOLDER as `Terminal` does, and prints the
answers as JSON; `LOCK` for a line waits for the folder's lock and says so. With BUSY=NAME:3 somebody has a file of that
name open when it is to be replaced, three times.

What stands in: `sys.platform` and `os.name`, `msvcrt`, the modules and names of `os` that are there alone; a file that
anybody has open can't be replaced, removed or renamed; a folder can't be opened; names of devices and names with
`<>:"|?*` can't be made. What it is not: drives, backslashes and code pages are as here.
"""

import errno
import fcntl
import importlib
import json
import os
import pathlib
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

GONE = ("fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty")
NAMES = (
    *(
        "O_NOFOLLOW",
        "O_NONBLOCK",
        "O_CLOEXEC",
        "O_DIRECTORY",
        "O_SYNC",
        "geteuid",
        "getuid",
        "getgid",
        "fork",
        "fchmod",
    ),
    *("fchown", "chown", "listxattr", "getxattr", "setxattr", "pread", "pwrite", "fwalk", "mkfifo", "uname", "getpgid"),
    *("killpg", "statvfs", "sysconf", "sync", "posix_fadvise", "sched_getaffinity", "WNOHANG"),
)
LATE = (
    *("subprocess", "tempfile", "getpass", "threading", "sqlite3", "secrets", "http.server", "zipfile"),
    *("typer", "typer.testing", "rich.console", "rich.table", "pydantic", "jinja2", "docx", "openpyxl", "xlsxwriter"),
)
"""What looks at the system when it is loaded, as far as `vpcp` loads it: others' Windows is not what is tried."""
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{one}{number}" for one in ("com", "lpt") for number in range(10))})
EAR = 0x20
"""What stands in for O_BINARY: a flag that nothing means here."""


def msvcrt() -> Any:
    """Locks on bytes, at which nobody waits; they go with the process, and are another's even to a thread's handle."""
    made: Any = ModuleType("msvcrt")
    made.LK_UNLCK, made.LK_LOCK, made.LK_NBLCK = 0, 1, 2

    def locking(handle: int, mode: int, length: int) -> None:
        """Lock from where the handle stands; OSError(EACCES) where another holds it."""
        how = fcntl.LOCK_UN if mode == made.LK_UNLCK else fcntl.LOCK_EX | fcntl.LOCK_NB
        try:
            fcntl.lockf(handle, how, length, os.lseek(handle, 0, os.SEEK_CUR))
        except BlockingIOError:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES)) from None

    made.locking = locking
    return made


def is_open(path: str) -> bool:
    """Whether any process has a file open."""
    try:
        wanted = os.stat(path)  # noqa: PTH116
    except FileNotFoundError:
        return False
    for process in os.listdir("/proc"):  # noqa: PTH208
        if process.isdigit():
            try:
                handles = [os.stat(f"/proc/{process}/fd/{one}") for one in os.listdir(f"/proc/{process}/fd")]  # noqa: PTH116, PTH208
            except OSError:  # it has gone, or is another user's
                continue
            if any(os.path.samestat(wanted, one) for one in handles):
                return True
    return False


def busy(name: str, left: list[str]) -> bool:
    """Whether somebody still has a file of this name open; each time is one less."""
    if name not in left:
        return False
    left.remove(name)
    return True


def refusing(real: Callable[..., Any], *, new: bool) -> Callable[..., Any]:
    """A function of `os` that takes one path or two, as Windows does it."""
    name, _colon, times = os.environ.get("BUSY", "").partition(":")
    left = [name] * int(times or 0)

    def called(path: Any, *others: Any, **named: Any) -> Any:
        touched = [os.fspath(one) for one in (path, *others[:1]) if isinstance(one, str | os.PathLike)]
        if any(map(is_open, touched)) or busy(touched[-1].rpartition("/")[2], left):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        if new:
            refuse_name(touched[-1])
        return real(path, *others, **named)

    return called


def refuse_name(path: str) -> None:
    """Raise OSError for a name that there can't be."""
    name = path.rpartition("/")[2]
    if set(name) & set('<>:"|?*\\') or name.partition(".")[0].casefold() in DEVICES or name != name.rstrip(". "):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)


def opening(real: Callable[..., int]) -> Callable[..., int]:
    """`os.open` as Windows has it."""

    def opened(path: Any, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT:
            refuse_name(os.fspath(path))
        handle = real(path, flags & ~EAR, mode)
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            os.close(handle)
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return handle

    return opened


def put_on() -> None:
    """Make this process one of Windows, as far as Python can tell."""
    for name in LATE:
        importlib.import_module(name)
    system: Any = os
    for name in NAMES:
        if hasattr(os, name):
            delattr(os, name)
    system.O_BINARY, system.open = EAR, opening(os.open)
    system.replace, system.rename = refusing(os.replace, new=True), refusing(os.rename, new=True)
    system.unlink = system.remove = refusing(os.unlink, new=False)
    system.mkdir = refusing(os.mkdir, new=True)
    for name in GONE:
        sys.modules[name] = None  # type: ignore[assignment]
    sys.modules["msvcrt"] = msvcrt()
    places: Any = sys.modules[pathlib.Path.__module__]
    places.WindowsPath = pathlib.PosixPath
    tools: Any = shutil
    tools._use_fd_functions, tools._winapi = False, ModuleType("_winapi")
    sys.modules["_winapi"] = tools._winapi
    tools._winapi.NeedCurrentDirectoryForExePath = lambda _name: False
    sys.platform, os.name = "win32", "nt"


def main() -> None:
    """Run what is asked for on standard input."""
    folder = Path(sys.argv[1])
    put_on()
    from terminal import Terminal

    terminal = Terminal(folder, folder.parent / "home", json.loads(os.environ["SETTINGS"]))
    for line in sys.stdin.read().splitlines():
        if line == "LOCK":
            wait(folder / "programmes")
        else:
            answer = terminal.run(line)
            say(answer.code, answer.out, answer.err)


def say(*answer: object) -> None:
    """Print a line, at once."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def wait(folder: Path) -> None:
    """Take a lock, and say who has it meanwhile, and that it is taken."""
    from vpcp_cli.storage.files import FolderLock

    with FolderLock(folder, "vpcp second", lambda held: say(3, held, ""), unlocked=say, patience=0.01):
        say(0, "taken", "")


if __name__ == "__main__":
    main()
