"""Lives of tasks on two branches, drawn at random, written by `vpcp`'s own commands and merged by git.

Progress, completions, reopenings, postponements, remarks, new tasks, a year carried over; CRLF on one side; a clone
without our driver. What must hold afterwards is worked out from what PyYAML reads of the branches.
"""

import random
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from terminal import Terminal

YEARS = (2022, 2023)
CLOSING = {"done", "not_done", "returned", "withdrawn", "carried_over"}
UNITS = ("VPCP", "VU_TH", "VU_PL")
KEPT = ("note", "evidence", "document", "deadline")

Entry: TypeAlias = tuple[tuple[str, str], ...]


def programme() -> str:
    """Two directives of five tasks each, some of which are under way, done or closed otherwise."""
    lines = [
        "schema: 1",
        "year: 2022",
        "kind: work_programme",
        "title: Chương trình 2022",
        "owner: VPCP",
        "directives:",
    ]
    begun = ["in_progress", "done", "", "submitted", ""]
    for directive in ("2022-CD01", "2022-CD02"):
        lines += [f"  - id: {directive}", "    kind: directive", f"    title: Chỉ đạo {directive}"]
        lines += ["    issuer: {name: Trần Văn Sơn}", "    issued: 2022-01-10", "    tasks:"]
        for number, status in enumerate(begun, 1):
            lines += [f"      - id: {directive}.{number}", f"        text: Việc {directive} {number}"]
            lines += ["        nature: one_off", "        lead: VPCP", "        deliverable: Báo cáo"]
            lines += ["        deadline: 2022-11"]
            if status:
                lines += ["        log:", "          - date: 2022-02-01", f"            status: {status}"]
            if status == "done":
                lines += ["            evidence: 1/QĐ-VPCP"]
    return "\n".join(lines) + "\n"


@dataclass
class Task:
    """A task as PyYAML reads it."""

    text: str
    origin: str
    log: list[Entry]

    @property
    def state(self) -> str:
        """The status of the last entry by date that has one."""
        dated = sorted((dict(entry) for entry in self.log), key=lambda entry: entry["date"])
        return next((entry["status"] for entry in reversed(dated) if "status" in entry), "")


def tasks_of(content: bytes) -> Iterator[tuple[str, Task]]:
    """The ids and tasks of a file, doubled ones too."""
    document: dict[str, Any] = yaml.load(content, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)) or {}  # noqa: S506  texts alone
    for directive in document.get("directives", ()):
        for task in directive["tasks"]:
            log = [tuple((key, str(value)) for key, value in entry.items()) for entry in task.get("log", ())]
            yield task["id"], Task(str(task["text"]), task.get("carried_from", ""), log)


@dataclass
class Figures:
    """What became of the merges."""

    clean: int = 0
    conflicts: int = 0
    findings: int = 0
    alone: int = 0
    wide: int = 0
    carried: int = 0
    entries: int = 0
    troubles: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """The figures in a line."""
        return (
            f"{self.clean + self.conflicts} merges, {self.alone} by git alone, {self.wide} with CRLF on one side,"
            f" {self.carried} with a year carried over: {self.clean} clean, {self.conflicts} conflicts,"
            f" {self.findings} found by check; {self.entries} entries of both sides there;"
            f" {len(self.troubles)} troubles"
        )


class Lives:
    """A repository whose `main` holds the programme; each seed makes two branches of it and merges them."""

    def __init__(self, place: Path, set_up: Callable[[Path], object]) -> None:
        self.terminal = Terminal.at(place)
        self.terminal.settings |= {"VPCP_AS_OF": "2023-03-31", "VPCP_NO_CACHE": "1"}
        register = "".join(f"  - code: {code}\n    name: Đơn vị {code}\n" for code in UNITS)
        self.terminal.write("programmes/units.yaml", f"schema: 1\nunits:\n{register}")
        self.terminal.write("programmes/2022.yaml", programme())
        self.git("init", "-q", "-b", "main")
        self.git("config", "core.autocrlf", "false")
        set_up(self.terminal.folder / "programmes")
        self.driver = self.git("config", "merge.vpcp.driver").stdout.decode()
        self.commit()
        self.words = 0

    def git(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Run git here."""
        folder, environment = self.terminal.folder, self.terminal.environment()
        return subprocess.run(["git", *words], cwd=folder, env=environment, check=False, capture_output=True)

    def commit(self) -> None:
        """Commit all there is."""
        self.git("add", "-A")
        self.git("commit", "-qm", "x", "--allow-empty")

    def files(self) -> dict[int, bytes]:
        """The programmes as they are on the disk."""
        paths = {year: self.terminal.folder / f"programmes/{year}.yaml" for year in YEARS}
        return {year: path.read_bytes() for year, path in paths.items() if path.exists()}

    def tasks(self) -> list[tuple[str, Task]]:
        """All tasks, doubled ones too."""
        return [one for content in self.files().values() for one in tasks_of(content)]

    def branch(self, name: str, chance: random.Random, *, wide: bool, carrying: bool) -> dict[str, Task]:
        """Make a branch off `main` of one to six writes; its tasks."""
        self.git("checkout", "-q", "-f", "-B", name, "main")
        writes = [self.write for _ in range(chance.randint(1, 6))]
        for number, write in enumerate(writes):
            write(chance)
            if carrying and number == len(writes) // 2:
                day = f"2023-01-0{chance.randint(2, 4)}"
                self.terminal.vpcp("new", "2023", "--carry-over", "--on", day)
        if wide:
            for year, content in self.files().items():
                self.terminal.write(f"programmes/{year}.yaml", content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        self.commit()
        return dict(self.tasks())

    def write(self, chance: random.Random) -> None:
        """Write one thing about one of few tasks, so that branches meet; it may be refused."""
        self.words += 1
        id_, word = f"2022-CD0{chance.randint(1, 2)}.{chance.randint(1, 4)}", f"lời số {self.words}."
        on = ["--on", f"2022-{chance.randint(3, 12):02}-{chance.randint(1, 28):02}"]
        month = f"2023-{chance.randint(1, 3):02}"
        status = chance.choice(["in_progress", "partly_done", "submitted", "deferred", "not_done"])
        command: list[str] = chance.choice(
            [
                ["start", id_, *on],
                ["update", id_, "--status", status, "--note", word, *on],
                ["update", id_, "--note", word, *on],
                ["note", id_, word, *on],
                ["done", id_, "--evidence", f"{self.words}/QĐ-VPCP", *on],
                ["done", id_, "--evidence", f"{self.words}/QĐ-VPCP", *on],
                ["reopen", id_, "--note", word, *on],
                ["withdraw", id_, "--note", word, *on],
                ["postpone", id_, month, "--approved", "--document", f"{self.words}/QĐ", *on],
                ["postpone", id_, month, *on],
                ["add", id_[:9], f"Việc mới: {word}", "--lead", "VPCP", "--deliverable", "Báo cáo", *on],
            ]
        )
        answer = self.terminal.vpcp(*command)
        if answer.code not in {0, 2, 4}:
            raise AssertionError(command, answer)

    def merge(self, seed: int, figures: Figures) -> None:
        """Merge two branches that a seed draws, and note what does not hold."""
        chance = random.Random(seed)  # noqa: S311  the same branches every time
        wide, carrying = (chance.random() < share for share in (0.3, 0.3))
        sides = [wide, False] if chance.random() < 0.5 else [False, wide]
        base = dict(tasks_of(self.git("show", "main:programmes/2022.yaml").stdout))
        theirs = self.branch("theirs", chance, wide=sides[0], carrying=carrying)
        mine = self.branch("mine", chance, wide=sides[1], carrying=carrying and chance.random() < 0.7)
        alone = chance.random() < 0.25
        if alone:
            self.git("config", "--remove-section", "merge.vpcp")
        merged = self.git("merge", "-q", "-m", "merged", "theirs")
        self.git("config", "merge.vpcp.driver", self.driver)
        figures.alone, figures.wide, figures.carried = (
            figures.alone + alone,
            figures.wide + wide,
            figures.carried + carrying,
        )
        said = (merged.stdout + merged.stderr).decode()
        found = [
            f"seed {seed}: {what}" for what in self.wrong(base, mine, theirs, said, figures, code=merged.returncode)
        ]
        figures.troubles += found
        self.git("merge", "--abort")

    def wrong(
        self,
        base: dict[str, Task],
        mine: dict[str, Task],
        theirs: dict[str, Task],
        said: str,
        figures: Figures,
        *,
        code: int,
    ) -> Iterator[str]:
        """What does not hold after a merge."""
        if code:
            figures.conflicts += 1
            yield from self.wrong_in_conflict(mine, theirs, said)
            return
        figures.clean += 1
        result, there = self.tasks(), dict(self.tasks())
        if len(result) != len(there):
            yield f"doubled ids: {[id_ for id_, number in Counter(id_ for id_, _task in result).items() if number > 1]}"
        origins = Counter(task.origin for _id, task in result if task.origin)
        yield from (f"{origin} carried over twice" for origin, number in origins.items() if number > 1)
        if there.keys() != mine.keys() | theirs.keys():
            yield f"tasks {mine.keys() | theirs.keys()} became {there.keys()}"
        for id_, task in there.items():
            one, other = (Counter(side[id_].log if id_ in side else ()) for side in (mine, theirs))
            wanted = once_carried(one | other)
            figures.entries += wanted.total()
            if Counter(task.log) != wanted:
                yield f"{id_}: lost {wanted - Counter(task.log)}, doubled {Counter(task.log) - wanted}"
        yield from self.silently_open(base, mine, theirs, there, figures)

    def silently_open(
        self,
        base: dict[str, Task],
        mine: dict[str, Task],
        theirs: dict[str, Task],
        there: dict[str, Task],
        figures: Figures,
    ) -> Iterator[str]:
        """The tasks that a side closed and that are open now, if `vpcp check` says nothing about them."""
        report = self.terminal.vpcp("check").out
        for id_, task in there.items():
            before = base[id_].log if id_ in base else []
            closed = any(
                id_ in side
                and side[id_].state in CLOSING
                and any("status" in dict(e) for e in side[id_].log[len(before) :])
                for side in (mine, theirs)
            )
            if closed and task.state not in CLOSING:
                figures.findings += 1
                if f"{id_} was closed" not in report:
                    yield f"{id_} is open again without a word: {task.log}"

    def wrong_in_conflict(self, mine: dict[str, Task], theirs: dict[str, Task], said: str) -> Iterator[str]:
        """Whether what both sides wrote stands in the files of a conflict, and check tells of it."""
        text = b"".join(self.files().values()).decode()
        if "<<<<<<<" not in text:
            yield f"a conflict without markers: {said}"
        for side in (mine, theirs):
            values = {value for task in side.values() for entry in task.log for key, value in entry if key in KEPT}
            values |= {task.text for task in side.values()}
            yield from (f"«{value}» is not in the conflict" for value in values if value.strip("[]'") not in text)
        if self.terminal.vpcp("check").code != 1:
            yield "check passes a conflict"


def once_carried(log: Counter[Entry]) -> Counter[Entry]:
    """A log in which a task was carried over to one place once, on the earliest day."""
    over = sorted(entry for entry in log if dict(entry).get("status") == "carried_over")
    if len({dict(entry)["to"] for entry in over}) == 1:
        return Counter({entry: number for entry, number in log.items() if entry not in over[1:]})
    return log
