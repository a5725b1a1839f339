"""Whatever the cache is like, each command says and writes what it does without one. `make torture` runs it.

`python tests/torture/caches.py`. Exit 1 if anything went wrong. Disks are filled, and mounted to be read alone, as root
on Linux; else that is said and passed over.
"""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias
from urllib.request import urlopen
from zlib import crc32

from torture import REPOSITORY, VPCP, disk, expect, troubles

Said: TypeAlias = tuple[object, ...]
DATABASE = "x.db"
LINES: tuple[tuple[str, ...], ...] = (
    ("list",),
    ("list", "báo cáo", "-f", "json"),
    ("list", "--unit", "PHONG_HANH_CHINH", "--as-of", "2022-09-30"),
    ("show", "2022-CD02.1", "2023"),
    ("summary", "--since", "2022-06-01"),
    ("log", "-f", "json"),
    ("check",),
    ("sql", "SELECT * FROM task JOIN entry ON task = id"),
    ("export", "sqlite", DATABASE),
    ("serve", "--port", "0"),
    ("done", "2022-CD02.1", "--on", "2023-06-01"),
    ("undo",),
    ("import", "replies/PHONG_TONG_HOP.xlsx", "--yes", "--skip-refused"),
    ("list", "-f", "json"),
    ("undo",),
    ("export", "sqlite", DATABASE),
)
"""One after the other, with what each leaves to the next."""


class Desk:
    """A copy of the examples, and where its cache is."""

    def __init__(self, place: Path, cache: Path | None) -> None:
        self.folder = place
        shutil.copytree(REPOSITORY / "examples", place)
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH")}
        settings = {"HOME": str(place.parent), "VPCP_AS_OF": "2023-06-20", "VPCP_LANG": "vi", "VPCP_BY": "T"}
        where = {"XDG_CACHE_HOME": str(cache)} if cache else {"VPCP_NO_CACHE": "1"}
        self.environment: Mapping[str, str] = kept | settings | where

    def says(self) -> list[Said]:
        """What all commands say, and what they leave in the files and in the database."""
        return [self.served(line) if line[0] == "serve" else self.said(line) for line in LINES]

    def said(self, line: Sequence[str]) -> Said:
        """What a command says and leaves."""
        done = self._begun(line)
        out, err = done.communicate()
        expect("Traceback" not in err and done.returncode < 70, f"{line}: {done.returncode} {err}")
        files = {path.name: path.read_bytes() for path in sorted((self.folder / "programmes").glob("*.yaml"))}
        return line, done.returncode, out, err, files, self._rows() if DATABASE in line else None

    def served(self, line: Sequence[str]) -> Said:
        """The page that is served, twice, and that Ctrl-C ends it."""
        server = self._begun(line)
        assert server.stderr
        address = re.findall(r"http://[\d.:]+/", server.stderr.readline())[0]
        pages = []
        for _time in range(2):
            with urlopen(address) as answer:  # noqa: S310  our own server
                pages.append(answer.read())
        server.send_signal(signal.SIGINT)
        _out, err = server.communicate(timeout=30)
        expect("Traceback" not in err, f"serve: {err}")
        return line, server.returncode, pages[0], pages[0] == pages[1]

    def _begun(self, line: Sequence[str]) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*VPCP, *line], cwd=self.folder, env=self.environment, stdin=-3, stdout=-1, stderr=-1, text=True
        )

    def _rows(self) -> list[Any]:
        with closing(sqlite3.connect(self.folder / DATABASE)) as db:
            tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
            return [(name, sorted(map(repr, db.execute(f'SELECT * FROM "{name}"')))) for name in tables]


def files_of(cache: Path) -> list[Path]:
    """The files of a cache."""
    return sorted(path for path in cache.rglob("*") if path.is_file())


def each(change: Callable[[bytes, int], bytes]) -> Callable[[Path], None]:
    """Change every file at a place of its own."""

    def damage(cache: Path) -> None:
        chance = Random(1)  # noqa: S311  the same places every time
        for path in files_of(cache):
            content = path.read_bytes()
            path.write_bytes(change(content, chance.randrange(len(content))))

    return damage


def older(cache: Path) -> None:
    """Let every image be one of another form that is whole."""
    for path in files_of(cache):
        if path.suffix:
            content = bytearray(path.read_bytes())
            content[60:64] = bytes(4)
            content[68:72] = crc32(content[72:], crc32(content[:68], crc32(path.name.encode()))).to_bytes(4, "big")
            path.write_bytes(content)


def opened(cache: Path) -> None:
    """Let others write into every folder."""
    for path in cache.rglob("*"):
        if path.is_dir():
            path.chmod(0o777)


def open_files(cache: Path) -> None:
    """Let others write into every file."""
    for path in files_of(cache):
        path.chmod(0o666)


def linked(cache: Path) -> None:
    """Let every file be a link."""
    for path in files_of(cache):
        path.rename(path.with_suffix(".there"))
        path.symlink_to(path.with_suffix(".there"))


def folders(cache: Path) -> None:
    """Let a folder stand in the place of every file."""
    for path in files_of(cache):
        path.unlink()
        path.mkdir()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "warm": files_of,
    "empty": lambda cache: shutil.rmtree(cache / "vpcp"),
    "a bit flipped": each(lambda content, at: content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]),
    "truncated": each(lambda content, at: content[:at]),
    "zeros": each(lambda content, at: content[:at] + bytes(len(content) - at)),
    "another form": older,
    "open to others": opened,
    "files open to others": open_files,
    "links": linked,
    "folders": folders,
}


@contextmanager
def disks(place: Path, warm: Path) -> Iterator[dict[str, Path]]:
    """Caches on disks that are full, hold little, or can't be written to."""
    with (
        disk(place / "full", "size=16k") as full,
        disk(place / "small", "size=600k") as small,
        disk(place / "closed", "size=64m") as closed,
        disk(place / "bare", "size=1m") as bare,
    ):
        (full / "much").write_bytes(bytes(4096 * 3))
        shutil.copytree(warm, closed, dirs_exist_ok=True)
        for one in (closed, bare):
            subprocess.run(["mount", "-o", "remount,ro", str(one)], check=True)
        yield {"a full disk": full, "a small disk": small, "a read-only disk, warm": closed, "a read-only one": bare}


def compare(name: str, place: Path, cache: Path, right: Sequence[Said]) -> None:
    """Whether all is said and written as without a cache."""
    with TemporaryDirectory(dir=place) as here:
        found = Desk(Path(here) / "work", cache).says()
    wrong = [one[0] for one, other in zip(found, right, strict=True) if one != other]
    expect(not wrong, f"a cache that is {name}: {wrong}")
    print(f"{name}: {len(found)} commands, {len(wrong)} otherwise", flush=True)


def main() -> int:
    """Compare what is said beside each cache."""
    with TemporaryDirectory() as around:
        place = Path(around)
        right = Desk(place / "right" / "work", None).says()
        warm = place / "warm"
        compare("made", place, warm, right)
        for name, damage in DAMAGES.items():
            cache = shutil.copytree(warm, place / "cache" / name)
            damage(cache)
            compare(name, place, cache, right)
        if os.getuid() or sys.platform != "linux":
            print("not root on Linux: no disks were filled")
        else:
            with disks(place, warm) as mounted:
                for name, cache in mounted.items():
                    compare(name, place, cache, right)
    print(f"{len(troubles)} troubles" if troubles else "all is well")
    return bool(troubles)


if __name__ == "__main__":
    sys.exit(main())
