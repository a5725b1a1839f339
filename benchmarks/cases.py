"""What is measured, and how fast it should be. P is `python -c pass`, S is PyYAML's CSafeLoader on the same file."""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count, islice
from pathlib import Path
from typing import Final

import workspaces
from processes import Command

VPCP: Final = str(Path(sysconfig.get_path("scripts")) / "vpcp")
LOAD: Final = "import sys, yaml; yaml.load(open(sys.argv[1], encoding='utf-8'), yaml.CSafeLoader)"
LAST: Final = workspaces.LAST_YEAR
BIG: Final = 20_000
UNIT: Final = "BO_Y_TE"
WANTED: Final = ("--unit", UNIT, "--status", "in_progress")
PAST: Final = ("--as-of", f"{LAST}-06-30")
"""A day on which a third of the entries of the year had not been written."""
SINCE: Final = ("--since", f"{LAST}-10-01")
WORDS: Final = ("quy chế", "rà soát")


@dataclass(frozen=True)
class Target:
    """At most so many times P or S, or so many MiB of memory."""

    limit: float
    unit: str = "P"
    memory: float | None = None


@dataclass
class Case:
    """A command with its target; `yard` is what it is measured against in the same rounds."""

    target: Target
    command: Command
    yard: Command

    @property
    def reached(self) -> float:
        """How many times the yardstick it took."""
        return self.command.ratio(self.yard)

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        within = self.target.memory is None or self.command.peak <= self.target.memory
        return within and self.reached <= self.target.limit


@dataclass
class Group:
    """Cases of one workspace, run in alternation with their yardsticks."""

    name: str
    cases: list[Case]

    def commands(self) -> list[Command]:
        """All commands of a round: each yardstick once, then the cases."""
        found = [*(case.yard for case in self.cases), *(case.command for case in self.cases)]
        return list({id(command): command for command in found}.values())


@dataclass
class Bench:
    """A place for the workspaces that are needed, and the commands to be measured in them."""

    place: Path
    program: str = VPCP
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Keep away from this machine's settings."""
        self.place.mkdir(parents=True, exist_ok=True)
        self.environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.place / "home"),
            "XDG_CACHE_HOME": str(self.place / "cache"),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "VPCP_LANG": "vi",
            "VPCP_AS_OF": f"{LAST}-10-31",
            "VPCP_BY": "Vụ Tổng hợp",
        }

    def workspace(self, name: str, tasks: int, *, years: int = 1, faults: int = 0, yardstick: bool = False) -> Path:
        """A workspace, made anew."""
        folder = self.place / name
        shutil.rmtree(folder, ignore_errors=True)
        script = [sys.executable, workspaces.__file__, str(folder), f"--tasks={tasks}", f"--years={years}"]
        # in a process of its own: what this one has grown to would count as the peak of those that it starts
        subprocess.run([*script, f"--faults={faults}", *["--yardstick"] * yardstick], check=True)
        return folder

    def python(self, name: str, *argv: str) -> Command:
        """A bare Python."""
        return Command(name, [sys.executable, *argv], self.place, self.environment)

    def bare(self) -> Command:
        """P."""
        return self.python("P: python -c pass", "-c", "pass")

    def loader(self, file: Path) -> Command:
        """S for a file."""
        return self.python(f"S: CSafeLoader, {file.stem}", "-c", LOAD, str(file))

    def vpcp(self, name: str, folder: Path, *argv: str, **more: str) -> Command:
        """A `vpcp` in a folder; `more` are environment variables."""
        return Command(name, [self.program, *argv], folder, self.environment | more)

    def forget(self) -> None:
        """Throw the cache away."""
        shutil.rmtree(self.place / "cache", ignore_errors=True)

    def groups(self) -> "dict[str, Callable[[], Group]]":
        """The groups by name; each makes its workspace when it is called."""
        return {
            "start": self.starting,
            "shipped": self.shipped,
            "20k": self.large,
            "past": self.past,
            "whole": self.whole,
            "office": self.office,
            "done": self.writing,
            "add": self.adding,
            "after": self.afterwards,
            "cold": self.cold,
            "years": self.ten_years,
        }

    def starting(self) -> Group:
        """What needs no task, or hardly one."""
        folder, bare = self._shipped(), self.bare()
        words = {"id": "show 2022-CD02", "option": "list --due-"}
        found = [
            self.vpcp("--version", folder, "--version"),
            self.vpcp("--help", folder, "--help"),
            self.vpcp("list --help", folder, "list", "--help"),
            self.vpcp("usage error", folder, "list", "--frobnicate"),
        ]
        for what, line in words.items():
            typed = {"COMP_WORDS": f"vpcp {line}", "COMP_CWORD": str(len(line.split()))}
            found.append(self.vpcp(f"bash completes an {what}", folder, _VPCP_COMPLETE="complete_bash", **typed))
            typed = {"_TYPER_COMPLETE_ARGS": f"vpcp {line}"}
            found.append(self.vpcp(f"zsh completes an {what}", folder, _VPCP_COMPLETE="complete_zsh", **typed))
        found[3].codes = frozenset({2})
        return Group("start", [Case(Target(5 if "--help" in command.name else 6), command, bare) for command in found])

    def _shipped(self) -> Path:
        folder = self.place / "shipped"
        if not folder.exists():
            shutil.copytree(Path(__file__).parent.parent / "programmes", folder / "programmes")
        return folder

    def shipped(self) -> Group:
        """The five programmes of the project itself, warm."""
        folder, bare = self._shipped(), self.bare()
        table = self.vpcp("list --year 2022, a table", folder, "list", "--year", "2022")
        table.terminal = True
        return Group(
            "shipped",
            [
                Case(Target(7.5), self.vpcp("list --year 2022, piped", folder, "list", "--year", "2022"), bare),
                Case(Target(8.5), table, bare),
                Case(Target(7.5), self.vpcp("summary", folder, "summary"), bare),
            ],
        )

    def large(self) -> Group:
        """20 000 tasks, warm."""
        folder, bare = self.workspace("20k", BIG), self.bare()
        table = self.vpcp("20 000: list, a table", folder, "list")
        table.terminal = True
        return Group(
            "20k",
            [
                Case(Target(8), self.vpcp("20 000: filtered list", folder, "list", *WANTED), bare),
                Case(Target(13), self.vpcp("20 000: list, piped", folder, "list"), bare),
                Case(Target(9), self.vpcp("20 000: summary", folder, "summary"), bare),
                Case(Target(8), self.vpcp("20 000: show of one", folder, "show", f"{LAST}-CD0100.1"), bare),
                Case(Target(10), self.vpcp("20 000: status by lead", folder, "status", "--by", "lead"), bare),
                Case(Target(10), self.vpcp("20 000: due", folder, "due"), bare),
                Case(Target(14), self.vpcp("20 000: search", folder, "list", *WORDS), bare),
                Case(Target(40), table, bare),
            ],
        )

    def past(self) -> Group:
        """20 000 tasks on a day of the past, and what happened since one; warm."""
        folder, bare = self.workspace("20k", BIG), self.bare()
        return Group(
            "past",
            [
                Case(Target(9), self.vpcp("20 000, a past day: filtered", folder, "list", *WANTED, *PAST), bare),
                Case(Target(14), self.vpcp("20 000, a past day: list, piped", folder, "list", *PAST), bare),
                Case(Target(10), self.vpcp("20 000, a past day: summary", folder, "summary", *PAST), bare),
                Case(Target(14), self.vpcp("20 000: summary --since", folder, "summary", *SINCE), bare),
                Case(Target(12), self.vpcp("20 000: log --since", folder, "log", *SINCE), bare),
            ],
        )

    def whole(self) -> Group:
        """All of 20 000 tasks for programs; warm."""
        folder, bare = self.workspace("20k", BIG), self.bare()
        forms = {"json": 80, "csv": 60, "md": 60}
        return Group(
            "whole",
            [
                Case(Target(limit), self.vpcp(f"20 000: list -f {form}", folder, "list", "-f", form), bare)
                for form, limit in forms.items()
            ],
        )

    def office(self) -> Group:
        """20 000 tasks as a page and as workbooks, and these read again; warm."""
        folder, bare = self.workspace("20k", BIG), self.bare()
        forms = ("export", "xlsx", "--each", "lead", "-o", "forms")
        self.vpcp("", folder, *forms).go(keep=False)
        commands = {
            "20 000: export html": (Target(230, memory=300), ("export", "html", "-o", "page.html")),
            "20 000: export xlsx, a workbook for each of 25 units": (Target(770, memory=300), forms),
            "20 000: import of these workbooks": (Target(770, memory=300), ("import", "forms")),
        }
        cases = [Case(target, self.vpcp(name, folder, *words), bare) for name, (target, words) in commands.items()]
        return Group("office", cases)

    def writing(self) -> Group:
        """Tasks are done among 20 000, one after the other and many at once, and what was written is taken back."""
        folder, bare = self.workspace("done", BIG), self.bare()
        ids = self._open(folder)
        done, many = self.vpcp("20 000: done of one", folder), self.vpcp("20 000: done of 100 at once", folder)
        done.argv = lambda: [self.program, "done", next(ids), "--on", f"{LAST}-10-30", "--evidence", "1/QĐ-TTg"]
        many.argv = lambda: [self.program, "done", *islice(ids, 100), "--on", f"{LAST}-10-30"]
        undo = self.vpcp("20 000: undo", folder, "undo")
        undo.before = self._running(folder, lambda: ["note", next(ids), "Đã họp"])
        limits = {15: done, 90: many, 20: undo}
        return Group("done", [Case(Target(limit), command, bare) for limit, command in limits.items()])

    def adding(self) -> Group:
        """A task and a directive are added to 20 000."""
        folder, bare, numbers = self.workspace("added", BIG), self.bare(), count(1)
        add, directive = self.vpcp("20 000: add", folder), self.vpcp("20 000: directive add", folder)
        add.before = directive.before = self._running(folder, lambda: ["list", *WANTED])
        add.argv = lambda: [self.program, "add", f"{LAST}-CD0100", f"Việc mới {next(numbers)}", "--lead", UNIT]
        asks = ("--issuer", "Trần Thị Hoà", "--issued", f"{LAST}-10-30")
        directive.argv = lambda: [self.program, "directive", "add", str(LAST), f"Chỉ đạo {next(numbers)}", *asks]
        return Group("add", [Case(Target(50), add, bare), Case(Target(25), directive, bare)])

    def afterwards(self) -> Group:
        """The list right after one of 20 000 tasks was done, and after a change by hand."""
        folder, bare = self.workspace("after", BIG), self.bare()
        other = self.workspace("edited", BIG)
        ids = self._open(folder)
        listed = self.vpcp("20 000: filtered list after done", folder, "list", *WANTED)
        edited = self.vpcp("20 000: filtered list after a change by hand", other, "list", *WANTED)
        listed.before = self._running(
            folder, lambda: ["done", next(ids), "--on", f"{LAST}-10-30", "--evidence", "1/QĐ-TTg"]
        )
        edited.before = _changing(other / "programmes" / f"{LAST}.yaml")
        return Group("after", [Case(Target(20), listed, bare), Case(Target(20), edited, bare)])

    def _running(self, folder: Path, argv: Callable[[], Sequence[str]]) -> Callable[[], None]:
        """Returns what runs a command that is not measured."""

        def run() -> None:
            self.vpcp("", folder, *argv()).go(keep=False)

        return run

    def _open(self, folder: Path) -> Iterator[str]:
        listed = self.vpcp("", folder, "list", "--status", "not_reported", "--status", "in_progress", "-f", "ids")
        ids = listed.go().out.decode().split()
        return chain.from_iterable(ids[start::20] for start in range(20))  # far from each other, but each of them once

    def cold(self) -> Group:
        """Without the cache: the check, and the list after a change by hand."""
        folder, faulty = self.workspace("cold", BIG), self.workspace("faulty", BIG, faults=200)
        small = self.workspace("2k", BIG // 10)
        file = folder / "programmes" / f"{LAST}.yaml"
        loader = self.loader(file)
        check = self.vpcp("20 000: check, cold", folder, "check")
        faults = self.vpcp("20 000 with 200 faults: check, cold", faulty, "check")
        faults.codes = frozenset({1})
        tenth = self.vpcp("2 000: check, cold", small, "check")
        changed = self.vpcp("20 000: one changed by hand, filtered list", folder, "list", "--unit", UNIT, "--open")
        listed = self.vpcp("20 000: filtered list, cold", folder, "list", "--unit", UNIT, "--open")
        check.before = faults.before = tenth.before = listed.before = self.forget
        change = _changing(file)

        def known_and_changed() -> None:
            listed.go(keep=False)  # what is measured follows on a file that is known
            change()

        changed.before = known_and_changed
        return Group(
            "cold",
            [
                Case(Target(0.27, "S", memory=200), check, loader),
                Case(Target(0.45, "S"), faults, loader),
                Case(Target(0.60, "S"), listed, loader),
                Case(Target(0.30, "S"), changed, loader),
                Case(Target(11, "× 2 000"), check, tenth),
            ],
        )

    def ten_years(self) -> Group:
        """Ten files of 20 000 tasks, warm."""
        folder, bare = self.workspace("years", BIG, years=10), self.bare()
        return Group(
            "years",
            [
                Case(Target(16), self.vpcp("10 x 20 000: filtered list", folder, "list", *WANTED), bare),
                Case(Target(60), self.vpcp("10 x 20 000: list, piped", folder, "list"), bare),
                Case(Target(22), self.vpcp("10 x 20 000: summary", folder, "summary"), bare),
                Case(Target(28), self.vpcp("10 x 20 000, a past day: filtered", folder, "list", *WANTED, *PAST), bare),
            ],
        )


CHANGE: Final = """
import pathlib, re, sys
path, number = pathlib.Path(sys.argv[1]), sys.argv[2]
path.write_bytes(re.sub(b" 777[0-9]*/VPCP", b" 777%s/VPCP" % number.encode(), path.read_bytes(), count=1))
"""


def _changing(file: Path) -> Callable[[], None]:
    """Returns what changes the text of one task by hand, another way each time."""
    numbers = count(1)

    def change() -> None:
        subprocess.run([sys.executable, "-c", CHANGE, str(file), str(next(numbers))], check=True)

    return change


def chosen(bench: Bench, names: Sequence[str]) -> Iterator[Group]:
    """Yield the groups that are asked for, or all."""
    for name, make in bench.groups().items():
        if not names or name in names:
            yield make()
