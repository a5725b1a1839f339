"""Merges under torture: 200 random ones by git with our driver, of branches that `vpcp`'s own commands wrote.

`PYTHONPATH=tests python tests/torture/merges.py [random] [cases] [clones] [lives]`; without a name all four.
What should come out is worked out here from what PyYAML reads of the branches. Exit 1 if anything went wrong.
"""

import random
import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, TypeAlias

import yaml

from lives import Figures as LiveFigures
from lives import Lives
from terminal import Terminal
from torture import expect, programme, troubles
from vpcp_cli.storage.git.driver import set_up
from vpcp_cli.storage.writing.draft import new_file

MERGES = 200
LIVES = 500
PAIRS = 10
FILE = "programmes/2022.yaml"
CLOSING = {"done", "not_done", "carried_over", "returned", "withdrawn"}
UNITS = ("VPCP", "VU_TH", "VU_PL")
REGISTER = "schema: 1\nunits:\n" + "".join(f"  - code: {code}\n    name: Đơn vị {code}\n" for code in UNITS)

Entry: TypeAlias = tuple[tuple[str, str], ...]
Clash: TypeAlias = tuple[str, str]


@dataclass
class Told:
    """What a file tells: the texts of its tasks and, for each, its log entries, by PyYAML alone."""

    texts: dict[str, str] = field(default_factory=dict)
    logs: dict[str, Counter[Entry]] = field(default_factory=dict)

    @classmethod
    def by(cls, content: bytes) -> "Told":
        """Read a file."""
        told = cls()
        document: dict[str, Any] = yaml.load(content, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  texts alone
        for directive in document["directives"]:
            for task in directive["tasks"]:
                assert task["id"] not in told.texts, "a doubled id"
                told.texts[task["id"]] = str(task["text"])
                told.logs[task["id"]] = Counter(tuple(map(_flat, entry.items())) for entry in task.get("log", ()))
        return told

    def added(self, base: "Told") -> "Told":
        """What a branch added to its base, or reworded."""
        texts = {id_: text for id_, text in self.texts.items() if base.texts.get(id_) != text}
        return Told(texts, {id_: log - base.logs.get(id_, Counter()) for id_, log in self.logs.items()})


def _flat(pair: tuple[str, object]) -> tuple[str, str]:
    return pair[0], str(pair[1])


def contradictions(base: Told, one: Told, other: Told) -> set[Clash]:
    """What two branches can't both have meant: the id and what of it."""
    found = set()
    for id_ in one.texts.keys() & other.texts.keys():
        if id_ not in base.texts:
            found.add((id_, "was given to two things"))
        elif one.texts[id_] != other.texts[id_]:
            found.add((id_, "text"))
    for id_ in one.logs.keys() & other.logs.keys() & base.logs.keys():
        pairs = ((dict(a), dict(b)) for a in one.logs[id_] for b in other.logs[id_] if a != b)
        if any(contradict(a, b) for a, b in pairs):
            found.add((id_, "log"))
    return found


def contradict(a: dict[str, str], b: dict[str, str]) -> bool:
    """Two decisions that differ; two states, leads or risks of one day; a state after a closing one."""
    decided = {"approved", "rejected"}
    if a.get("decision") in decided and b.get("decision") in decided:
        return a["decision"] != b["decision"] or (a["decision"] == "approved" and a["deadline"] != b["deadline"])
    if any(
        one.get("status") in CLOSING and one["date"] <= two["date"] and other_state(one, two)
        for one, two in ((a, b), (b, a))
    ):
        return True
    return a["date"] == b["date"] and any(
        key in a and key in b and a[key] != b[key] for key in ("status", "lead", "risk")
    )


def other_state(one: dict[str, str], two: dict[str, str]) -> bool:
    """Whether both have a state, and not the same."""
    return "status" in one and "status" in two and one["status"] != two["status"]


class Ground:
    """A repository whose `main` holds sixty tasks, some with a log, and merges programmes by `vpcp`."""

    def __init__(self, place: Path) -> None:
        self.terminal = Terminal.at(place)
        self.terminal.settings |= {"VPCP_AS_OF": "2022-12-31", "VPCP_NO_CACHE": "1"}
        self.terminal.write("programmes/units.yaml", REGISTER)
        self.terminal.write(FILE, new_file(programme(2022)))
        self.git("init", "-q", "-b", "main")
        set_up(self.terminal.folder / "programmes")
        for number in range(1, 16):
            self.vpcp("note", f"2022-CD01.{number}", f"Ghi chép {number}", "--on", "2022-01-20")
        self.commit("main")
        self.base = self.content()

    def git(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Run git here."""
        folder, environment = self.terminal.folder, self.terminal.environment()
        return subprocess.run(["git", *words], cwd=folder, env=environment, check=False, capture_output=True)

    def vpcp(self, *words: str) -> bool:
        """Run a command in this process; whether it went through."""
        answer = self.terminal.vpcp(*words)
        expect(answer.code in {0, 2, 4}, f"vpcp {shlex.join(words)}: {answer}")
        return answer.code == 0

    def content(self, revision: str | None = None) -> bytes:
        """The programme, here or at a revision."""
        if revision:
            return self.git("show", f"{revision}:{FILE}").stdout
        return (self.terminal.folder / FILE).read_bytes()

    def commit(self, what: str) -> None:
        """Commit all there is."""
        self.git("add", "-A")
        self.git("commit", "-qm", what)

    def branch(self, name: str, work: Callable[[], object]) -> None:
        """Make a branch off `main` by some work."""
        self.git("checkout", "-q", "-f", "-B", name, "main")
        work()
        self.commit(name)

    def reword(self, id_: str, text: str) -> bool:
        """Write another text for a task, as an editor does."""
        before = self.content().decode()
        start = before.index("vi: ", before.index(f"- id: {id_}\n"))
        end = before.index("\n", start)
        self.terminal.write(FILE, f"{before[:start]}vi: {text}{before[end:]}")
        return True

    def replace(self, old: str, new: str) -> None:
        """Change the file as an editor does."""
        text = self.content().decode()
        expect(old in text, f"{old} is not there")
        self.terminal.write(FILE, text.replace(old, new, 1))

    def check(self, what: str) -> None:
        """Note if `vpcp check` has an error to tell."""
        answer = self.terminal.vpcp("check")
        expect(answer.code == 0, f"{what}: check: {answer.out}")


def write(ground: Ground, chance: random.Random) -> None:
    """Write one thing about some task; few tasks, so that branches meet."""
    id_ = f"2022-CD0{chance.randint(1, 2)}.{chance.randint(1, 6)}"
    day = f"2022-{chance.randint(2, 11):02}-{chance.randint(1, 28):02}"
    word = f"{chance.choice(['họp', 'gửi công văn', 'chờ ý kiến'])} {chance.randint(1, 999)}"
    month = f"2022-{chance.randint(7, 12):02}"
    decided = chance.choice([[], ["--approved"], ["--rejected"]])
    on = ["--on", day]
    command: list[str] = chance.choice(
        [
            ["note", id_, word, *on],
            ["done", id_, "--evidence", f"{chance.randint(1, 99)}/QĐ-VPCP", *on],
            ["start", id_, *on],
            ["update", id_, "--status", "partly_done", "--note", word, *on],
            ["update", id_, "--lead", chance.choice(UNITS[1:]), "--document", "45/QĐ-VPCP", *on],
            ["block", id_, word, "--reported-to", "VPCP", *on],
            ["postpone", id_, month, *decided, "--document", f"{chance.randint(1, 99)}/TTr", *on],
            ["remind", id_, f"{chance.randint(1, 99)}/VPCP-TH", *on],
            ["risk", id_, chance.choice(["low", "high"]), "--note", word, *on],
            ["add", id_.partition(".")[0], f"Việc mới: {word}", "--lead", "VPCP", "--deliverable", "Báo cáo"],
            ["reword", id_, f"Việc đã sửa, {word}"],
        ]
    )
    if command[0] == "reword":
        ground.reword(*command[1:])
    else:
        ground.vpcp(*command)


def write_some(ground: Ground, chance: random.Random) -> None:
    """Write one to five things."""
    for _ in range(chance.randint(1, 5)):
        write(ground, chance)


@dataclass
class Figures:
    """What became of the merges."""

    clean: int = 0
    conflicts: int = 0
    git_alone: int = 0
    git_alone_needlessly: int = 0
    git_alone_wrong: int = 0
    entries: int = 0
    tasks: int = 0

    def __str__(self) -> str:
        """The figures in a line."""
        return (
            f"{self.clean + self.conflicts} merges: {self.clean} clean, {self.conflicts} true contradictions; "
            f"{self.entries} entries and {self.tasks} new tasks of both sides there; git alone: {self.git_alone} "
            f"conflicts, {self.git_alone_needlessly} of them needless, {self.git_alone_wrong} wrong without a word"
        )


def merge(ground: Ground, other: str, figures: Figures) -> bool:
    """Merge a branch into the one that is checked out, and compare with what both wrote; whether it was clean."""
    base = ground.git("merge-base", "HEAD", other).stdout.decode().strip()
    versions = [ground.content(one) for one in (base, "HEAD", other)]
    old, mine, theirs = map(Told.by, versions)
    one, two = mine.added(old), theirs.added(old)
    expected = contradictions(old, one, two)
    done = ground.git("merge", "-q", "-m", "merged", other)
    said, clean = (done.stdout + done.stderr).decode(), done.returncode == 0
    alone = by_git(ground, versions)
    figures.git_alone += alone is None
    figures.git_alone_needlessly += alone is None and not expected
    expect(clean == (not expected), f"clean: {clean}, contradictions: {expected}: {said}")
    if not clean:
        figures.conflicts += 1
        expect(all(f"{id_} {what}" in said for id_, what in expected), f"{expected} not said: {said}")
        expect(all(f"<<<<<<< ours: {id_}".encode() in ground.content() for id_, _what in expected), "no marker")
        ground.git("merge", "--abort")
        return False
    figures.clean += 1
    told = Told.by(ground.content())
    figures.git_alone_wrong += alone is not None and alone != ground.content() and Told.by(alone) != told
    expect(told.texts == old.texts | one.texts | two.texts, "texts of both sides")
    for id_, log in told.logs.items():
        wanted = mine.logs.get(id_, Counter()) | theirs.logs.get(id_, Counter())
        expect(log == wanted, f"{id_}: lost {wanted - log}, doubled {log - wanted}")
    figures.entries += sum(log.total() for log in (*one.logs.values(), *two.logs.values()))
    figures.tasks += len([id_ for id_ in (one.texts | two.texts) if id_ not in old.texts])
    ground.check("merged")
    return True


def by_git(ground: Ground, versions: Sequence[bytes]) -> bytes | None:
    """What git alone makes of three versions; None if it leaves a conflict."""
    names = [str(ground.terminal.home / name) for name in ("base", "ours", "theirs")]
    for name, content in zip(names, versions, strict=True):
        Path(name).write_bytes(content)
    done = ground.git("merge-file", "-p", names[1], names[0], names[2])
    return None if done.returncode else done.stdout


def at_random(place: Path) -> None:
    """Two or three branches of one to five random writes each, until so many merges are made."""
    start, figures = perf_counter(), Figures()
    ground = Ground(place)
    seed = 0
    while figures.clean + figures.conflicts < MERGES:
        chance = random.Random(seed)  # noqa: S311  the same branches every time
        names = [f"b{number}" for number in range(chance.choice([2, 2, 3]))]
        for name in names:
            ground.branch(name, lambda: write_some(ground, chance))  # noqa: B023
        ground.git("checkout", "-q", "-f", names[0])
        before = len(troubles)
        all(merge(ground, name, figures) for name in names[1:])
        if len(troubles) > before:
            print(f"  seed {seed}")
        seed += 1
    print(f"{figures} ({perf_counter() - start:.0f} s)")


def cases(place: Path) -> None:
    """Two people, ten pairs each: far apart, neighbours, done here and reworded there, one log, a new task each."""
    ground = Ground(place)

    def done(number: int) -> Callable[[], object]:
        return lambda: ground.vpcp("done", f"2022-CD03.{number}", "--evidence", "1/QĐ", "--on", "2022-06-01")

    def note(number: int) -> Callable[[], object]:
        return lambda: ground.vpcp("note", f"2022-CD03.{number}", "Đã gửi", "--on", "2022-06-02")

    def reworded(number: int) -> Callable[[], object]:
        return lambda: ground.reword(f"2022-CD03.{number}", "Việc nói rõ hơn")

    def added(directive: int, text: str) -> Callable[[], object]:
        words = "--lead", "VPCP", "--deliverable", "Báo cáo"
        return lambda: ground.vpcp("add", f"2022-CD0{directive}", text, *words)

    def of_one_number(text: str) -> Callable[[], object]:
        def work() -> None:  # `add` knows the numbers of all branches, but not of other clones
            added(1, text)()
            ids = re.findall(r"- id: (2022-CD01\.[0-9]+)\n", ground.content().decode())
            ground.replace(f"- id: {ids[-1]}\n", "- id: 2022-CD01.999\n")

        return work

    pairs: dict[str, Iterator[tuple[Callable[[], object], Callable[[], object]]]] = {
        "far apart": ((done(one), note(one + 10)) for one in range(1, PAIRS + 1)),
        "neighbours": ((done(one), note(one + 1)) for one in range(1, PAIRS + 1)),
        "done here, reworded there": ((done(one), reworded(one)) for one in range(1, PAIRS + 1)),
        "one log": ((done(one), note(one)) for one in range(1, PAIRS + 1)),
        "a new task each, other directives": ((added(1, f"A{one}"), added(2, f"B{one}")) for one in range(PAIRS)),
        "a new task each, one directive": ((added(1, f"A{one}"), added(1, f"B{one}")) for one in range(PAIRS)),
        "one number": ((of_one_number(f"A{one}"), of_one_number(f"B{one}")) for one in range(PAIRS)),
    }
    for name, both in pairs.items():
        figures = Figures()
        for mine, theirs in both:
            ground.branch("theirs", theirs)
            ground.branch("mine", mine)
            merge(ground, "theirs", figures)
        print(f"{name}: {figures}")
        expect(figures.clean + figures.conflicts == PAIRS, f"{name}: pairs")
        expect((figures.conflicts == PAIRS) == (name == "one number"), f"{name}: conflicts")


def clones(place: Path) -> None:
    """Two clones of one repository mark tasks as done and pull, by merge and by rebase."""
    ground = Ground(place)
    here, there = ground.terminal.folder, place / "there"
    ground.git("config", "receive.denyCurrentBranch", "ignore")
    ground.git("clone", "-q", str(here), str(there))
    other = Ground.__new__(Ground)
    other.terminal = Terminal(there, ground.terminal.home, ground.terminal.settings)
    set_up(there / "programmes")
    for number in range(1, PAIRS + 1):
        day = ["--evidence", f"{number}/QĐ-VPCP", "--on", f"2022-06-{number:02}"]
        ground.vpcp("done", f"2022-CD02.{number}", *day)
        ground.commit("here")
        other.vpcp("done", f"2022-CD02.{number + number % 2}", *day, "--note", "kia")
        other.vpcp("done", f"2022-CD03.{number}", *day)
        other.commit("there")
        how = "--rebase" if number % 2 else "--no-rebase"
        pulled = other.git("pull", "-q", how, "--no-edit", "origin", "main")
        expect(pulled.returncode == 0, f"pull {how}: {pulled.stderr.decode()}")
        other.check("pulled")
        pushed = other.git("push", "-q", "origin", "HEAD:main")
        ground.git("reset", "-q", "--hard")
        expect(pushed.returncode == 0 and ground.content() == other.content(), f"push: {pushed.stderr.decode()}")
    entries = sum(log.total() for log in Told.by(ground.content()).logs.values()) - 15
    print(f"two clones, {PAIRS} rounds of `vpcp done` and `git pull`: {entries} entries")


def lives(place: Path) -> None:
    """Five hundred pairs of branches on which tasks are closed, reopened, postponed and carried over."""
    start, figures, ground = perf_counter(), LiveFigures(), Lives(place, set_up)
    for seed in range(LIVES):
        ground.merge(seed, figures)
    print(f"{figures} ({perf_counter() - start:.0f} s)")
    for trouble in figures.troubles:
        expect(holds=False, what=trouble)


def main(names: Sequence[str]) -> int:
    """Run what is named, or all."""
    for name, work in (("random", at_random), ("cases", cases), ("clones", clones), ("lives", lives)):
        if not names or name in names:
            with TemporaryDirectory() as place:
                work(Path(place).resolve())
    print(f"{len(troubles)} troubles" if troubles else "all is well")
    return bool(troubles)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
