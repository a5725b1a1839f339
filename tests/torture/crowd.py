"""Thirty write and thirty read at once, in a workspace of 2 000 tasks: each reads a state that there was.

`python tests/torture/crowd.py [writers and readers] [writes of each] [tasks]`. Exit 1 if anything went wrong.

What has been written is never taken back, so what is seen of it grows: of any two answers one holds all of the other.
And each answer holds what was acknowledged before it was asked for, and nothing of what began after it had come.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Semaphore
from time import perf_counter
from typing import Any, NamedTuple

import yaml

from torture import REPOSITORY, VPCP, at_once, expect, troubles
from vpcp_cli.storage.index.store import VERSIONS

DAY, PAST = "2025-10-20", "2025-03-01"
WRITERS = ("done", "note", "add", "correct", "set")


class Write(NamedTuple):
    """A write: what is seen of it, and from when to when it went on."""

    seen: str
    begun: float
    ended: float


class Read(NamedTuple):
    """An answer: who gave it, what of all that is written was seen in it, and from when to when it was made."""

    name: str
    seen: frozenset[str]
    begun: float
    ended: float


class Office:
    """A workspace with its caches, and what was written and read there."""

    def __init__(self, place: Path, tasks: int) -> None:
        maker = REPOSITORY / "benchmarks" / "workspaces.py"
        subprocess.run([sys.executable, str(maker), str(place / "work"), f"--tasks={tasks}"], check=True)
        self.place = place
        self.file = next((place / "work" / "programmes").glob("2*.yaml"))
        self.free = self._free()
        self.writes: list[Write] = []
        self.reads: list[Read] = []
        self.codes: Counter[str] = Counter()
        self.over = Event()

    def _free(self) -> list[str]:
        """The tasks of which nothing is reported yet."""
        data = yaml.load(self.file.read_bytes(), getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  texts alone
        tasks = [task for directive in data["directives"] for task in directive.get("tasks", ())]
        return [task["id"] for task in tasks if "log" not in task and task["nature"] == "one_off"]

    def run(self, words: Sequence[str], cache: str) -> subprocess.CompletedProcess[str]:
        """Run `vpcp` here, with one of the caches or with none."""
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "LANG")}
        settings = {"HOME": str(self.place), "VPCP_AS_OF": "2025-10-31", "VPCP_LANG": "vi", "VPCP_BY": "T"}
        cached = {"XDG_CACHE_HOME": str(self.place / cache)} if cache else {"VPCP_NO_CACHE": "1"}
        done = subprocess.run(
            [*VPCP, *words], cwd=self.place / "work", env=kept | settings | cached, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        self.codes[f"{words[0]} {done.returncode}"] += 1
        waited = done.returncode == 4 and "120" in done.stderr  # as long as a write waits for its turn
        expect(waited or done.returncode == 0, f"{words}: exit {done.returncode}: {done.stderr}")
        return done

    def write(self, number: int, count: int) -> None:
        """Write some times, each time to another task, and note when; what is corrected was noted just before."""
        kind = WRITERS[number % len(WRITERS)]
        for at in range(count):
            task, mark = self.free[number * count + at], f"dấu {number} {at}."
            if kind == "correct" and self.run(("note", task, "một lúc", "--on", DAY), "shared").returncode:
                continue
            words = {
                "done": ("done", task, "--on", DAY, "--evidence", "9/BC"),
                "note": ("note", task, mark, "--on", DAY),
                "add": ("add", task.rpartition(".")[0], mark, "--lead", "VPCP", "--deliverable", "x"),
                "correct": ("correct", task, "1", "--note", mark),
                "set": ("set", task, "--text", mark),
            }[kind]
            begun = perf_counter()
            done = self.run(words, ("shared", "")[number % 2])
            if done.returncode == 0:
                self.writes.append(Write(task if kind == "done" else mark, begun, perf_counter()))

    def read(self, number: int, count: int) -> None:
        """Ask some times, the last time when all is written."""
        name, words, seen = READERS[number % len(READERS)]
        for at in range(3 * count + 1):
            if at == 3 * count:
                self.over.wait()
            begun = perf_counter()
            answer = self.run(words, ("shared", f"own{number}", "")[number % 3])
            self.reads.append(Read(name, frozenset(seen(answer.stdout)), begun, perf_counter()))


def _of_tasks(out: str) -> set[str]:
    """What a list of tasks shows: which are done, and the texts of those that were added or put right."""
    tasks = json.loads(out)["tasks"]
    return {one["id"] for one in tasks if one["status"] == "done"} | {one["text"]["vi"] for one in tasks}


def _of_rows(out: str) -> set[str]:
    return {value for row in json.loads(out)["rows"] for value in row.values() if value}


def _of_log(out: str) -> set[str]:
    entries: list[dict[str, Any]] = json.loads(out)["entries"]
    done = {one["task"] for one in entries if one.get("status") == "done"}
    return done | {one["note"] for one in entries if one.get("note")}


def _of_count(out: str) -> set[str]:
    """So many are done: a number, as so many names."""
    return {f"{number} done" for number in range(json.loads(out)["whole"]["done"])}


READERS: tuple[tuple[str, tuple[str, ...], Callable[[str], set[str]]], ...] = (
    ("list", ("list", "-f", "json"), _of_tasks),
    ("sql", ("sql", "SELECT CASE status WHEN 'done' THEN id END AS id, text FROM task", "-f", "json"), _of_rows),
    ("past", ("list", "-f", "json", "--as-of", PAST), _of_tasks),
    ("log", ("log", "-f", "json"), _of_log),
    ("summary", ("summary", "-f", "json"), _of_count),
)


def judge(office: Office) -> None:
    """Whether each answer is that of a state that there was, and each later one of a later state."""
    written = {one.seen: one for one in office.writes}
    for name, *_rest in READERS:
        reads = [one for one in office.reads if one.name == name]
        chain = sorted((one.seen if name == "summary" else one.seen.intersection(written) for one in reads), key=len)
        expect(all(one <= other for one, other in pairwise(chain)), f"{name}: two answers contradict each other")
        known = frozenset().union(*chain).intersection(written)
        for one in reads:
            due = {seen for seen in known if written[seen].ended < one.begun}
            early = {seen for seen in one.seen & written.keys() if written[seen].begun > one.ended}
            expect(due <= one.seen, f"{name}: not seen though acknowledged: {due - one.seen}")
            expect(not early, f"{name}: seen before it was written: {early}")
        expect(known or name == "summary", f"{name}: nothing was seen")
        print(f"  {name}: {len(reads)} answers of {len(set(chain))} states, {len(known)} writes seen in the end")


def judge_what_is_left(office: Office) -> None:
    """Whether nothing was lost, and the cache that many share is none the worse, and small."""
    text = office.file.read_text(encoding="utf-8")
    cold, warm = (office.run(("list", "-f", "json"), cache).stdout for cache in ("", "shared"))
    states = {one["id"]: one["status"] for one in json.loads(cold)["tasks"]}
    lost = [one.seen for one in office.writes if one.seen not in text or states.get(one.seen, "done") != "done"]
    expect(not lost, f"lost: {lost}")
    expect(cold == warm, "the cache says something else")
    kept = [path for path in (office.place / "shared").rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in kept) >> 20
    print(f"  {len(office.writes)} writes, {len(lost)} lost; the cache they share: {len(kept)} files, {size} MiB")
    images = [path.name for path in kept if path.suffix]  # beside them small texts, of which more are kept
    expect(len(images) <= VERSIONS, f"the cache grows: {sorted(images)}")


def main(crowd: int = 30, count: int = 3, tasks: int = 2000) -> int:
    """Let the crowd in."""
    with TemporaryDirectory() as place:
        office, written = Office(Path(place), tasks), Semaphore(0)

        def work(number: int) -> None:
            if number % 2:
                office.read(number // 2, count)
                return
            try:
                office.write(number // 2, count)
            finally:
                written.release()
            if number == 0:
                for _writer in range(crowd):
                    written.acquire()
                office.over.set()

        seconds = at_once(2 * crowd, work)
        print(f"{crowd} writers and {crowd} readers on {tasks} tasks: {seconds:.0f} s")
        print(f"  commands with their exit codes: {dict(sorted(office.codes.items()))}")
        judge(office)
        judge_what_is_left(office)
    print(f"{len(troubles)} troubles" if troubles else "all is well")
    return bool(troubles)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
