"""Writes under torture: many at once, killed at every system call, on full and read-only disks. `make torture` runs it.

`python tests/torture/torture.py [writers] [one_task] [indexes] [disks]`; without a name all. Exit 1 if anything went
wrong. Kills need `strace`, disks need to be root on Linux; where they lack that is said and passed over. Writes are
killed by `kills.py`.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import yaml

from vpcp_cli.storage.writing.draft import new_file
from vpcp_cli.storage.yaml.emitter import Item

REPOSITORY = Path(__file__).resolve().parents[2]
YEARS = (2012, 2014, 2017, 2019, 2022)
TASKS = 60
VPCP = os.environ.get("VPCP_COMMAND", f"{sys.executable} -m vpcp_cli").split()
TWO = ("2019-CD02.7", "2022-CD01.1")
INDEX_CALLS = ("mkdir", "write", "pwrite64", "sendfile", "rename", "unlink", "utimensat")
ANSWERS = (("list",), ("list",), ("sql", "SELECT task, since, until, status, lead FROM state"), ("log", "-f", "json"))
"""What is asked after a kill; once more, when the first has mended what was left."""
KILLED = -9

troubles: list[str] = []


def expect(holds: object, what: str) -> None:
    """Note what does not hold."""
    if not holds:
        troubles.append(what)
        print("  WRONG:", what)


class Ground:
    """A folder with a programme of many tasks for each of some years."""

    def __init__(self, place: Path, years: Sequence[int] = YEARS, tasks: int = TASKS) -> None:
        self.folder = place / "programmes"
        self.folder.mkdir(parents=True)
        shutil.copy(REPOSITORY / "programmes" / "units.yaml", self.folder)
        for year in years:
            (self.folder / f"{year}.yaml").write_text(new_file(programme(year, tasks)), encoding="utf-8")

    @classmethod
    def at(cls, place: Path) -> "Ground":
        """The one that is there."""
        ground = object.__new__(cls)
        ground.folder = place / "programmes"
        return ground

    def copy(self, place: Path) -> "Ground":
        """Another one that is the same, with what is kept of its files."""
        shutil.copytree(self.folder.parent, place, dirs_exist_ok=True)
        return Ground.at(place)

    def run(self, *words: str, around: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        """Run `vpcp` here, perhaps inside of another program."""
        environment = os.environ | {
            "VPCP_DATA": str(self.folder),
            "VPCP_LANG": "en",
            "VPCP_BY": "T",
            "XDG_CACHE_HOME": str(self.folder.parent / "cache"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        command = [*around, *VPCP, *words]
        place = self.folder.parent
        return subprocess.run(command, cwd=place, env=environment, text=True, capture_output=True, check=False)

    def done(self, *tasks: str, around: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        """Run `vpcp done`."""
        return self.run("done", *tasks, "--on", "2022-06-20", around=around)

    def files(self) -> dict[str, bytes]:
        """The bytes of the programmes and the register."""
        return {path.name: path.read_bytes() for path in sorted(self.folder.glob("*.yaml"))}

    def litter(self) -> set[str]:
        """What is neither a programme nor the lock nor the record for `undo`."""
        return {path.name for path in self.folder.iterdir() if path.suffix != ".yaml"} - {".vpcp.lock", ".vpcp.undo"}

    def entries(self) -> dict[str, int]:
        """How many entries each task's log has, by PyYAML alone."""
        found: dict[str, int] = {}
        for task in self.tasks():
            found[task["id"]] = len(task.get("log", ()))
        return found

    def tasks(self) -> Iterator[dict[str, Any]]:
        """All tasks, by PyYAML alone."""
        for content in self.files().values():
            data = yaml.load(content, getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  texts alone
            for directive in data.get("directives", ()):
                yield from directive.get("tasks", ())


def programme(year: int, tasks: int = TASKS) -> Item:
    """A programme that `vpcp check` accepts."""
    task: Item = {"text": {"vi": "Việc", "en": "Task"}, "nature": "one_off", "lead": "VPCP", "deliverable": "Báo cáo"}
    return {
        "schema": 1,
        "year": year,
        "kind": "work_programme",
        "title": "Chương trình",
        "owner": "VPCP",
        "directives": [
            {
                "id": f"{year}-CD0{number}",
                "kind": "directive",
                "title": "Chỉ đạo",
                "issuer": {"name": "Trần Văn Sơn"},
                "issued": f"{year}-01-11",
                "tasks": [{"id": f"{year}-CD0{number}.{place + 1}", **task} for place in range(tasks // 3)],
            }
            for number in (1, 2, 3)
        ],
    }


def at_once(count: int, work: Callable[[int], object]) -> float:
    """Do the same work many times at once; the seconds it took."""
    start = perf_counter()
    with ThreadPoolExecutor(count) as pool:
        list(pool.map(work, range(count)))
    return perf_counter() - start


def writers(place: Path) -> None:
    """Fifty writers on one file, fifty over five files, twenty that do and undo."""
    for name, years in (("one file", YEARS[-1:]), ("five files", YEARS)):
        ground = Ground(place / name)
        tasks = [task for task in ground.entries() if int(task[:4]) in years]
        chosen = [tasks[number * len(tasks) // 50] for number in range(50)]
        answers: list[subprocess.CompletedProcess[str]] = []
        seconds = at_once(50, _doing(ground, chosen, answers))
        entries = ground.entries()
        failed = [answer.stderr for answer in answers if answer.returncode]
        lost = [task for task in chosen if entries[task] != 1]
        print(
            f"50 writers on {name}: {seconds:.1f} s, failed {len(failed)}, lost {len(lost)}, litter {ground.litter()}"
        )
        expect(not failed and not lost and sum(entries.values()) == 50, f"{name}: {failed[:1]} {lost}")
        expect(not ground.litter(), f"{name}: {ground.litter()}")
        expect(ground.run("check").returncode == 0, f"{name}: check")
    doing_and_undoing(Ground(place / "undo"))


def _doing(
    ground: Ground, tasks: Sequence[str], answers: list[subprocess.CompletedProcess[str]]
) -> Callable[[int], None]:
    return lambda number: answers.append(ground.done(tasks[number]))


def doing_and_undoing(ground: Ground) -> None:
    """What is left is what was done and not undone; an undo takes back whichever write was the last."""
    before, tasks = ground.files(), list(ground.entries())
    done: list[subprocess.CompletedProcess[str]] = []
    undone: list[subprocess.CompletedProcess[str]] = []

    def work(number: int) -> None:
        for step in range(4):
            done.append(ground.done(tasks[number * 4 + step]))
            undone.append(ground.run("undo"))

    seconds = at_once(20, work)
    left, taken = sum(ground.entries().values()), sum(answer.returncode == 0 for answer in undone)
    print(f"20 doing and undoing: {seconds:.1f} s, {len(done)} done, {taken} undone, {left} left, {ground.litter()}")
    expect(left == len(done) - taken, "undo: a write was lost")
    for answer in done:
        expect(answer.returncode == 0, f"undo: done failed: {answer.stderr}")
    for answer in undone:
        expect(answer.returncode == 0 or "no write to take back" in answer.stderr, f"undo failed: {answer.stderr}")
    expect(left or ground.files() == before, "undo: other bytes than before")
    expect(ground.run("check").returncode == 0, "undo: check")


def one_task(place: Path) -> None:
    """Forty processes correct, put right, finish and remark on one task: what was taken is there, and no more."""
    ground, task = Ground(place), TWO[0]
    ground.run("start", task, "--on", "2019-03-01")
    said: dict[str, subprocess.CompletedProcess[str]] = {}

    def work(number: int) -> None:
        mark, day = f"dấu {number}.", f"2019-04-{number // 4 + 1:02}"
        words = (
            ("correct", task, "1", "--on", day, "--note", mark),
            ("set", task, "--deadline", f"2019-{number // 4 + 1:02}", "--note", mark),
            ("done", task, "--on", day, "--evidence", f"{number}/QĐ", "--note", mark),
            ("note", task, mark, "--on", day),
        )
        said[mark] = ground.run(*words[number % 4])

    seconds = at_once(40, work)
    text = (ground.folder / f"{task[:4]}.yaml").read_text(encoding="utf-8")
    taken = {mark for mark, answer in said.items() if answer.returncode == 0}
    print(f"40 writers on one task: {seconds:.1f} s, {len(taken)} acknowledged, {40 - len(taken)} refused")
    for mark, answer in said.items():
        code, words = answer.returncode, answer.stderr + answer.stdout
        expect((mark in text) == (mark in taken), f"{mark} exit {code}, in the file: {mark in text}: {words}")
        expect(code in (0, 4) and words, f"{mark} exit {code}: {words}")
    expect(len(taken) >= 21, f"one task: only {len(taken)} were taken")
    check = ground.run("check")
    expect(check.returncode == 0 and not ground.litter(), f"one task: {check.stdout} {ground.litter()}")


def indexes(place: Path) -> None:
    """A list is killed at every call that changes what is kept, while an index is built and while it is renewed."""
    if not shutil.which("strace"):
        print("no strace: nothing was killed")
        return
    maker = REPOSITORY / "benchmarks" / "workspaces.py"
    subprocess.run([sys.executable, str(maker), str(place / "work"), "--tasks=800"], check=True)
    file = next((place / "work" / "programmes").glob("2*.yaml"))
    kept = place / "kept"
    for name in ("built", "renewed"):
        if name == "renewed":
            listed(place, kept)
            file.write_bytes(file.read_bytes().replace(b" 7/VPCP", b" 77/VPCP", 1))
        right = [listed(place, place / "none", words=words, VPCP_NO_CACHE="1").stdout for words in ANSWERS]
        number_of_kills = 0
        for call in INDEX_CALLS:
            for number in range(1, 1000):
                cache = place / "cache"
                shutil.rmtree(cache, ignore_errors=True)
                if kept.exists():
                    shutil.copytree(kept, cache)
                if listed(place, cache, around=killer(call, number)).returncode != KILLED:
                    break
                number_of_kills += 1
                for words, answer in zip(ANSWERS, right, strict=True):
                    holds = listed(place, cache, words=words).stdout == answer
                    expect(holds, f"killed at {call} {number} while an index was {name}: {words}")
        print(f"an index that was {name}: killed at {number_of_kills} calls")
        expect(number_of_kills > 2, "few calls")


def listed(
    place: Path, cache: Path, *, words: Sequence[str] = ("list",), around: Sequence[str] = (), **more: str
) -> subprocess.CompletedProcess[bytes]:
    """A list of all tasks, or another answer, with what is kept in a folder."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "LANG")}
    settings = {"HOME": str(place), "XDG_CACHE_HOME": str(cache), "VPCP_AS_OF": "2025-10-31", "VPCP_LANG": "vi", **more}
    return subprocess.run(
        [*around, *VPCP, *words], cwd=place / "work", env=kept | settings, capture_output=True, check=False
    )


def killer(call: str, number: int) -> list[str]:
    """The program that kills another one at its n-th call of a kind."""
    return [
        "strace",
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        f"trace={call}",
        "-e",
        f"inject={call}:signal=KILL:when={number}",
    ]


def disks(place: Path) -> None:
    """A full disk, a read-only one and a folder of somebody else: an error, the old files, no litter."""
    if os.getuid() or sys.platform != "linux":
        print("not root on Linux: no disks were filled")
        return
    ground = Ground(place / "disk")
    for size in range(4, 120, 4):
        with disk(place / f"full{size}", f"size={200 + size}k") as mounted:
            shutil.copytree(ground.folder, mounted / "programmes")
            full = Ground.at(mounted)
            before = full.files()
            answer = full.done("2019-CD02.7", "2022-CD01.1")
            if answer.returncode == 0:
                break
            refused(full, before, answer, "No space left on device", f"disk of {200 + size} kB")
    else:
        expect(holds=False, what="no disk was large enough")
    with disk(place / "readonly", "size=1m") as mounted:
        shutil.copytree(ground.folder, mounted / "programmes")
        full = Ground.at(mounted)
        subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
        refused(full, full.files(), full.done("2019-CD02.7"), "Read-only file system", "read-only disk")
    other = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    if ground.run("check", around=other).returncode == 0:
        answer = ground.done("2019-CD02.7", around=other)
        refused(ground, ground.files(), answer, "Permission denied", "another user")
    print("full disks, a read-only one and a closed folder: refused, nothing changed")


def refused(
    ground: Ground, before: dict[str, bytes], answer: subprocess.CompletedProcess[str], words: str, what: str
) -> None:
    """Whether a write failed as it should."""
    said = re.sub(r"\s+", " ", answer.stderr)
    expect(answer.returncode == 4 and words in said, f"{what}: exit {answer.returncode}: {said}")
    expect(ground.files() == before, f"{what}: files changed")
    expect(not ground.litter(), f"{what}: {ground.litter()}")


@contextmanager
def disk(place: Path, options: str) -> Iterator[Path]:
    """A small disk in memory."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def main(names: Sequence[str]) -> int:
    """Run what is named, or all."""
    for work in (writers, one_task, indexes, disks):
        if not names or work.__name__ in names:
            with TemporaryDirectory() as place:
                work(Path(place))
    print(f"{len(troubles)} troubles" if troubles else "all is well")
    return bool(troubles)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
