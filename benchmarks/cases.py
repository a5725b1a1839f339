"""What is measured, and how fast it should be. P is `python -c pass`, S is PyYAML's CSafeLoader on the same file."""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Final

import workspaces
from processes import Command

VPCP: Final = str(Path(sysconfig.get_path("scripts")) / "vpcp")
LOAD: Final = "import sys, yaml; yaml.load(open(sys.argv[1], encoding='utf-8'), yaml.CSafeLoader)"
LAST: Final = workspaces.LAST_YEAR
BIG: Final = 20_000
UNIT: Final = "BO_Y_TE"


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
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Keep away from this machine's settings."""
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
        return Command(name, [VPCP, *argv], folder, self.environment | more)

    def forget(self) -> None:
        """Throw the cache away."""
        shutil.rmtree(self.place / "cache", ignore_errors=True)

    def groups(self) -> "dict[str, Callable[[], Group]]":
        """The groups by name; each makes its workspace when it is called."""
        return {
            "start": self.starting,
            "shipped": self.shipped,
            "20k": self.large,
            "done": self.writing,
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
        return Group("start", [Case(Target(7), command, bare) for command in found])

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
                Case(Target(8), self.vpcp("list --year 2022, piped", folder, "list", "--year", "2022"), bare),
                Case(Target(14), table, bare),
                Case(Target(8), self.vpcp("summary", folder, "summary"), bare),
            ],
        )

    def large(self) -> Group:
        """20 000 tasks, warm."""
        folder, bare = self.workspace("20k", BIG), self.bare()
        table = self.vpcp("20 000: list, a table", folder, "list")
        table.terminal = True
        filtered = ("list", "--unit", UNIT, "--status", "in_progress")
        return Group(
            "20k",
            [
                Case(Target(10), self.vpcp("20 000: filtered list", folder, *filtered), bare),
                Case(Target(14), self.vpcp("20 000: list, piped", folder, "list"), bare),
                Case(Target(10), self.vpcp("20 000: summary", folder, "summary"), bare),
                Case(Target(10), self.vpcp("20 000: show of one", folder, "show", f"{LAST}-CD0100.1"), bare),
                Case(Target(60), table, bare),
            ],
        )

    def writing(self) -> Group:
        """One task after the other is done among 20 000."""
        folder, bare = self.workspace("done", BIG), self.bare()
        ids = self._open(folder)
        done = self.vpcp("20 000: done of one", folder)
        done.argv = lambda: [VPCP, "done", next(ids), "--on", f"{LAST}-10-30", "--evidence", "1/QĐ-TTg"]
        return Group("done", [Case(Target(18), done, bare)])

    def _open(self, folder: Path) -> Iterator[str]:
        listed = self.vpcp("", folder, "list", "--status", "not_reported", "--status", "in_progress", "-f", "ids")
        ids = listed.go().out.decode().split()
        return (one for one in ids[:: max(len(ids) // 100, 1)])

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
        check.before = faults.before = tenth.before = self.forget
        changed.before = _changing(file)
        return Group(
            "cold",
            [
                Case(Target(0.35, "S", memory=200), check, loader),
                Case(Target(0.45, "S"), faults, loader),
                Case(Target(0.35, "S"), changed, loader),
                Case(Target(11, "× 2 000"), check, tenth),
            ],
        )

    def ten_years(self) -> Group:
        """Ten files of 20 000 tasks, warm."""
        folder, bare = self.workspace("years", BIG, years=10), self.bare()
        filtered = ("list", "--unit", UNIT, "--status", "in_progress")
        return Group(
            "years",
            [
                Case(Target(30), self.vpcp("10 x 20 000: filtered list", folder, *filtered), bare),
                Case(Target(75), self.vpcp("10 x 20 000: list, piped", folder, "list"), bare),
                Case(Target(45), self.vpcp("10 x 20 000: summary", folder, "summary"), bare),
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
