"""The folder that holds the programmes: where it is, and which of its files are read."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import VpcpError, reason_of
from vpcp_cli.finding import Finding, Phrase
from vpcp_cli.language import N_
from vpcp_cli.pattern import pattern
from vpcp_cli.storage.regular import OutsideError, content, real, sha256_of
from vpcp_cli.storage.settings import PROGRAMMES, Settings, upwards
from vpcp_cli.vietnamese import fold

MERGED_BY_VPCP: Final = "merge=vpcp"
"""What `.gitattributes` says of programmes."""
REGISTER: Final = "units.yaml"
SHIPPED: Final = "vpcp:programmes"
"""How the folder of the shipped programmes is shown: the same on every machine, and no path."""
PACKAGE = Path(__file__).resolve().parents[1]

_PROGRAMME: Final = pattern(r"[0-9]{4}(?:-[a-z0-9]+)*\.yaml")
_LOOKS_LIKE_YAML: Final = (".yaml", ".yml", ".yaml.txt", ".yml.txt")
_MIB: Final = 1 << 20
_LARGE: Final = 1 << 22
"""A thread is begun where so many bytes stand beside the largest file."""
_OUTSIDE: Final = N_("it is a link that leads out of its folder")
_GONE: Final = N_("it has gone while the folder was read")
_REASONS: Final = {
    errno.ENOENT: N_("it is a link to a file that does not exist"),
    errno.ELOOP: N_("it is a link that leads back to itself"),
    errno.EACCES: N_("you may not open it"),
    errno.EPERM: N_("you may not open it"),
}


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of programmes. `shown` is its path as people see it, from the working directory, with slashes.

    `settings` are those of the working directory, or of the workspace that was named.
    """

    path: Path
    shown: str
    shipped: bool = False
    settings: Settings = field(default_factory=Settings, compare=False)

    @property
    def workspace(self) -> str:
        """The name that tells its workspace from others: the one that its own settings give, else its folder's."""
        if self.shipped:
            return "vpcp"
        path, settings = self.path.resolve(), self.settings
        around = path.parent if path.name == PROGRAMMES else path
        if settings.folder and path == (settings.folder / settings.data).resolve():
            if settings.workspace:
                return settings.workspace
            around = settings.folder.resolve()
        return "-".join(re.findall(r"[a-z0-9]+", fold(around.name))) or "workspace"

    def shown_file(self, name: str) -> str:
        """The path of one of its files as people see it."""
        return name if self.shown == "." else f"{self.shown}/{name}"


class ClosedFolderError(VpcpError):
    """A folder that can't be opened."""

    exit_code = 3
    folder: str
    why: str
    says = N_("The folder {folder} can't be opened: {why}")


def shipped_folder() -> Path:
    """Where the programmes are that come with the package: inside an installed one, beside `src` in a checkout."""
    inside = PACKAGE / "programmes"
    return inside if inside.is_dir() else PACKAGE.parents[1] / "programmes"


def listing(folder: Folder) -> tuple[list[str], list[Finding]]:
    """The names of the files to read, the register's among them, and a finding for each that looks like one.

    In the order of years and names. Raise `ClosedFolderError` where the folder can't be opened.
    """
    names: list[str] = []
    others: list[str] = []
    findings: list[Finding] = []
    try:
        with os.scandir(folder.path) as entries:
            found = [
                entry for entry in entries if entry.name.lower().endswith(_LOOKS_LIKE_YAML) and entry.name[0] != "."
            ]
    except OSError as error:
        raise ClosedFolderError(folder.shown, reason_of(error)) from None
    for entry in found:
        if _is_folder(entry):
            findings.append(Finding("not-a-file", folder.shown_file(entry.name), facts={"name": entry.name}))
        elif entry.name == REGISTER or is_programme(entry.name):
            names.append(entry.name)
        else:
            others.append(entry.name)
    for name in sorted(others):
        findings.append(misnamed(folder.shown_file(name), names, findings))
    return sorted(names, key=lambda name: name.removesuffix(".yaml")), findings


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads nowhere: what is wrong with it is told when it is read
        return False


def is_programme(name: str) -> bool:
    """Whether a file of this name is a programme."""
    return _PROGRAMME.fullmatch(name) is not None


def misnamed(file: str, names: Collection[str] = (), others: Iterable[Finding] = ()) -> Finding:
    """The finding for a file with a name that no programme has, beside those of good `names`, and `others` like it.

    One that is a copy by its name, or whose right name another has or is told to take, is never to be renamed.
    """
    from vpcp_cli.storage.copies import original_of

    name = file.rpartition("/")[2]
    wanted = _right_name(name)
    taken = {other.facts["wanted"]: other.facts["name"] for other in others if "wanted" in other.facts}
    original = taken.get(wanted) or original_of(name, wanted, names)
    if original:
        return Finding("copied-file", file, facts={"name": name, "original": original})
    return Finding("file-name", file, facts={"name": name, "wanted": wanted})


def _right_name(name: str) -> str:
    stem = re.sub(r"(\.ya?ml)?(\.[A-Za-z]+)?$", "", name, count=1, flags=re.IGNORECASE)
    if stem.lower() == "units":
        return REGISTER
    year = re.search(r"(?<!\d)\d{4}(?!\d)", stem)
    words = re.findall(r"[a-z0-9]+", fold(stem.replace(year[0], " ") if year else stem))
    return "-".join([year[0] if year else "YYYY", *words]) + ".yaml"


def year_of(name: str) -> int | None:
    """The year with which a file's name begins, however the name goes on."""
    year = re.match(r"[0-9]{4}(?![0-9])", name)
    return int(year[0]) if year else None


def digest_of(path: Path, limit: int) -> str | None:
    """The SHA-256 of a plain file of at most `limit` MiB; None for any other."""
    try:
        return sha256_of(path) if is_readable(path, limit) else None
    except OSError:
        return None


def from_both_ends(find: Callable[[Path], str | None], paths: Sequence[Path]) -> Callable[[Path], str | None]:
    """Return what finds the digests of files that will be asked for in this order.

    Hashing lets other threads go on. So large files are hashed from the front as they are asked for, and from the back
    by a thread, until the two meet.
    """
    if _beside_the_largest(paths) < _LARGE:
        return find
    from threading import Thread

    left, found = deque(paths), dict[Path, str | None]()

    def from_the_back() -> None:
        while path := _next(left.pop):
            found[path] = find(path)

    def asked(path: Path) -> str | None:
        if not _next(left.popleft):
            thread.join()  # of those that it has taken this is the last
        return found[path] if path in found else find(path)

    thread = Thread(target=from_the_back, daemon=True)
    thread.start()
    return asked


def _next(take: Callable[[], Path]) -> Path | None:
    with suppress(IndexError):
        return take()
    return None


def _beside_the_largest(paths: Sequence[Path]) -> int:
    """Return the size of all files but one."""
    with suppress(OSError):
        sizes = [path.stat().st_size for path in paths]
        return sum(sizes) - max(sizes, default=0)
    return 0


def is_readable(path: Path, limit: int) -> bool:
    """Whether this is a plain file of at most `limit` MiB; raise `OSError` where that can't be told."""
    status = (real(path) if path.is_symlink() else path).stat()
    return stat.S_ISREG(status.st_mode) and status.st_size <= limit * _MIB


def read_bytes(path: Path, file: str, limit: int) -> bytes | Finding:
    """The content of a plain file of at most `limit` MiB, or why it is not read."""
    try:
        status = real(path).stat()
        if not stat.S_ISREG(status.st_mode):
            return Finding("not-a-file", file, facts={"name": path.name})
        if status.st_size > limit * _MIB:
            size = -(-status.st_size // _MIB)
            return Finding("file-too-large", file, facts={"size": str(size), "limit": str(limit)})
        return content(path)
    except OSError as error:
        known = _OUTSIDE if isinstance(error, OutsideError) else _REASONS.get(error.errno or 0)
        if error.errno == errno.ENOENT and not path.is_symlink():
            known = _GONE
        reason = Phrase(known) if known else reason_of(error)
        return Finding("unreadable-file", file, facts={"name": path.name, "reason": reason})


def wants_driver(folder: Path) -> bool:
    """Whether the repository around a folder wants its programmes merged by vpcp, and does not say how.

    A look that costs next to nothing; the settings of the user and the machine are not asked.
    """
    root = next((one for one in upwards(folder.absolute()) if (one / ".git").exists()), None)
    if root is None:
        return False
    try:
        wanted, settings = root / ".gitattributes", root / ".git" / "config"
        if not (wanted.is_file() and MERGED_BY_VPCP.encode() in wanted.read_bytes()):
            return False
        return not (settings.is_file() and b'[merge "vpcp"]' in settings.read_bytes())
    except OSError:
        return False
