"""The neighbours, each with the same number of like tasks in its own format; those that are not installed are skipped.

Six of ten tasks are open; a filter asks for one unit, open, due before the day. An operation that a tool lacks is left
out. Native formats, because a tool is at home in its own.
"""

import json
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Final

import workspaces
from cases import BIG, LAST, UNIT, VPCP, Bench
from processes import Command, alternate

DAY: Final = date(LAST, 10, 31)
OPERATIONS: Final = ("filter", "list", "report", "done", "check")


@dataclass(frozen=True)
class Record:
    """A task as every tool can hold it."""

    number: int
    title: str
    unit: str
    due: date
    done_on: date | None

    @property
    def uuid(self) -> str:
        """An identifier of the kind that most tools use."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"vpcp/{self.number}"))


def records(number: int) -> list[Record]:
    """So many tasks, the same each time; the texts are those of the workspaces."""
    chance = Random(7)  # noqa: S311  nothing here is secret
    found = []
    for place in range(1, number + 1):
        title = f"{chance.choice(workspaces.VERBS)} {chance.choice(workspaces.KINDS)} {chance.choice(workspaces.ABOUT)}"
        due = DAY + timedelta(days=chance.randint(-290, 60))
        done = due - timedelta(days=chance.randint(1, 9)) if chance.random() < 0.4 else None
        found.append(Record(place, f"{title} số {place}", chance.choice(workspaces.CODES), due, done))
    return found


Argv = Sequence[str] | Callable[[], Sequence[str]]


@dataclass
class Neighbour:
    """A tool in its folder: what it is called with for each operation."""

    name: str
    program: str
    write: Callable[[Path, Sequence[Record]], None]
    argv: Callable[[Path, Iterator[Record]], Mapping[str, Argv]]
    environment: Callable[[Path], Mapping[str, str]] = lambda folder: {"HOME": str(folder)}
    inside: str = "."
    codes: frozenset[int] = field(default=frozenset({0, 1}))

    def commands(self, bench: Bench, tasks: Sequence[Record]) -> dict[str, Command]:
        """The commands by operation, the data written before."""
        folder = bench.place / f"neighbour-{self.name}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self.write(folder, tasks)
        environment = bench.environment | dict(self.environment(folder))
        open_tasks = (task for task in tasks[len(tasks) // 2 :: 7] if not task.done_on)
        return {
            operation: Command(f"{self.name} {operation}", argv, folder / self.inside, environment, codes=self.codes)
            for operation, argv in self.argv(folder, open_tasks).items()
        }


def _taskwarrior(folder: Path, tasks: Sequence[Record]) -> None:
    data = folder / "data"
    data.mkdir()
    (folder / "taskrc").write_text(f"data.location={data}\nconfirmation=no\nverbose=nothing\nnews.version=9.9.9\n")
    stamp = "{:%Y%m%d}T050000Z"
    given = [
        {
            "uuid": task.uuid,
            "description": task.title,
            "project": task.unit,
            "due": stamp.format(task.due),
            "entry": f"{LAST}0101T050000Z",
            "status": "completed" if task.done_on else "pending",
            **({"end": stamp.format(task.done_on)} if task.done_on else {}),
        }
        for task in tasks
    ]
    (folder / "given.json").write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    command = ["task", f"rc:{folder / 'taskrc'}", "import", "given.json"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def _ask_taskwarrior(folder: Path, tasks: Iterator[Record]) -> Mapping[str, Argv]:
    task = ["task", f"rc:{folder / 'taskrc'}"]
    return {
        "filter": [*task, f"project:{UNIT}", "status:pending", f"due.before:{DAY}", "list"],
        "list": [*task, "all"],
        "report": [*task, "summary"],
        "done": lambda: [*task, next(tasks).uuid, "done"],
        "check": [*task, "diagnostics"],
    }


def _journal(folder: Path, tasks: Sequence[Record]) -> None:
    lines = [f"account work:{code}" for code in workspaces.CODES] + ["account plan", ""]
    for task in sorted(tasks, key=lambda task: task.due):
        lines += [
            f"{task.due} {'*' if task.done_on else '!'} {task.title}",
            f"    work:{task.unit}    1 task",
            "    plan",
            "",
        ]
    (folder / "tasks.journal").write_text("\n".join(lines), encoding="utf-8")


def _ask_ledger(folder: Path, tasks: Iterator[Record]) -> Mapping[str, Argv]:
    del folder, tasks
    ledger = ["ledger", "-f", "tasks.journal", "--args-only"]
    return {
        "filter": [*ledger, "print", f"work:{UNIT}", "--pending", "-e", str(DAY)],
        "list": [*ledger, "print"],
        "report": [*ledger, "balance", "work"],
        "check": [*ledger, "stats"],
    }


def _ask_hledger(folder: Path, tasks: Iterator[Record]) -> Mapping[str, Argv]:
    del folder, tasks
    hledger = ["hledger", "-f", "tasks.journal"]
    return {
        "filter": [*hledger, "print", f"acct:{UNIT}", "status:!", f"date:..{DAY}"],
        "list": [*hledger, "print"],
        "report": [*hledger, "balance", "work"],
        "check": [*hledger, "check"],
    }


def _todo_txt(folder: Path, tasks: Sequence[Record]) -> None:
    lines = [f"{LAST}-01-01 {task.title} +{task.unit} due:{task.due}" for task in tasks if not task.done_on]
    done = [f"x {task.done_on} {LAST}-01-01 {task.title} +{task.unit} due:{task.due}" for task in tasks if task.done_on]
    (folder / "todo.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "done.txt").write_text("\n".join(done) + "\n", encoding="utf-8")
    settings = [f'export TODO_DIR="{folder}"', 'export TODO_FILE="$TODO_DIR/todo.txt"']
    settings += ['export DONE_FILE="$TODO_DIR/done.txt"', 'export REPORT_FILE="$TODO_DIR/report.txt"']
    (folder / "todo.cfg").write_text("\n".join([*settings, "export TODOTXT_VERBOSE=0"]) + "\n")
    names = f"filename = {folder}/todo.txt\narchive_filename = {folder}/done.txt\n"
    (folder / "topydo.conf").write_text(f"[topydo]\n{names}identifiers = linenumber\n")


def _ask_todo_txt(folder: Path, tasks: Iterator[Record]) -> Mapping[str, Argv]:
    del tasks
    todo, numbers = ["todo-txt", "-d", str(folder / "todo.cfg"), "-p"], count(3)
    return {
        "filter": [*todo, "ls", f"+{UNIT}"],
        "list": [*todo, "listall"],
        "report": [*todo, "report"],
        "done": lambda: [*todo, "-a", "do", str(next(numbers))],
    }


def _ask_topydo(folder: Path, tasks: Iterator[Record]) -> Mapping[str, Argv]:
    del tasks
    topydo, numbers = ["topydo", "-c", str(folder / "topydo.conf")], count(3)
    return {
        "filter": [*topydo, "ls", f"+{UNIT}", f"due:<{DAY}"],
        "list": [*topydo, "ls", "-x"],
        "done": lambda: [*topydo, "do", str(next(numbers))],
    }


def _todoman(folder: Path, tasks: Sequence[Record]) -> None:
    for code in workspaces.CODES:
        (folder / "lists" / code).mkdir(parents=True)
    for task in tasks:
        done = f"STATUS:COMPLETED\nCOMPLETED:{task.done_on:%Y%m%d}T050000Z" if task.done_on else "STATUS:NEEDS-ACTION"
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:vpcp", "BEGIN:VTODO", f"UID:{task.uuid}"]
        lines += [f"DTSTAMP:{LAST}0101T050000Z", f"DUE;VALUE=DATE:{task.due:%Y%m%d}", done]
        lines += ["SUMMARY:" + task.title.replace(",", "\\,"), "END:VTODO", "END:VCALENDAR", ""]
        body = "\n".join(lines).replace("\n", "\r\n")
        (folder / "lists" / task.unit / f"{task.uuid}.ics").write_text(body, encoding="utf-8", newline="")
    settings = f'path = "{folder}/lists/*"\ndefault_list = "{UNIT}"\ncache_path = "{folder}/cache.sqlite3"\n'
    (folder / "config.py").write_text(settings + 'date_format = "%Y-%m-%d"\ntime_format = "%H:%M"\n')


def _ask_todoman(folder: Path, tasks: Iterator[Record]) -> Mapping[str, Argv]:
    del tasks
    todo, numbers = ["todo", "-c", str(folder / "config.py")], count(3)
    return {
        "filter": [*todo, "list", UNIT, "--status", "NEEDS-ACTION", "--due", "1"],
        "list": [*todo, "list", "--status", "ANY"],
        "done": lambda: [*todo, "done", str(next(numbers))],
    }


def _dstask(folder: Path, tasks: Sequence[Record]) -> None:
    for state in ("pending", "resolved"):
        (folder / "repo" / state).mkdir(parents=True)
    for task in tasks:
        resolved = f"{task.done_on}T05:00:00Z" if task.done_on else "0001-01-01T00:00:00Z"
        body = f'summary: "{task.title}"\nnotes: ""\ntags: []\nproject: {task.unit}\npriority: P2\nsubtasks: []\n'
        body += f"dependencies: []\ncreated: {LAST}-01-01T05:00:00Z\nresolved: {resolved}\ndue: {task.due}T00:00:00Z\n"
        path = folder / "repo" / ("resolved" if task.done_on else "pending") / f"{task.uuid}.yml"
        path.write_text(body, encoding="utf-8")
    _repository(folder / "repo")


def _ask_dstask(folder: Path, tasks: Iterator[Record]) -> Mapping[str, Argv]:
    del folder, tasks
    numbers = count(3)
    return {
        "filter": ["dstask", "show-open", f"project:{UNIT}", f"due.before:{DAY}"],
        "list": ["dstask", "show-open"],
        "report": ["dstask", "show-projects"],
        "done": lambda: ["dstask", str(next(numbers)), "done"],
    }


def _doorstop(folder: Path, tasks: Sequence[Record]) -> None:
    items = folder / "repo" / "req"
    items.mkdir(parents=True)
    (items / ".doorstop.yml").write_text("settings:\n  digits: 5\n  itemformat: yaml\n  prefix: REQ\n  sep: ''\n")
    for task in tasks:
        level = f"1.{task.number // 99 + 1}.{task.number % 99 + 1}"
        body = f"active: true\nderived: false\nheader: ''\nlevel: {level}\nlinks: []\nnormative: true\nref: ''\n"
        body += f"reviewed: null\ndue: '{task.due}'\nunit: {task.unit}\ntext: |\n  {task.title}\n"
        (items / f"REQ{task.number:05d}.yml").write_text(body, encoding="utf-8")
    _repository(folder / "repo")


def _ask_doorstop(folder: Path, tasks: Iterator[Record]) -> Mapping[str, Argv]:
    del folder, tasks
    numbers = count(3)
    return {"list": ["doorstop", "publish", "REQ"], "done": lambda: ["doorstop", "review", f"REQ{next(numbers):05d}"]}


def _repository(folder: Path) -> None:
    git = ["git", "-C", str(folder), "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Tasks"]):
        subprocess.run([*git, *words], check=True)


NEIGHBOURS: Final = (
    Neighbour("ledger", "ledger", _journal, _ask_ledger),
    Neighbour("todo.txt", "todo-txt", _todo_txt, _ask_todo_txt),
    Neighbour("taskwarrior", "task", _taskwarrior, _ask_taskwarrior),
    Neighbour("todoman", "todo", _todoman, _ask_todoman),
    Neighbour("hledger", "hledger", _journal, _ask_hledger),
    Neighbour("topydo", "topydo", _todo_txt, _ask_topydo),
    Neighbour(
        "dstask",
        "dstask",
        _dstask,
        _ask_dstask,
        lambda folder: {"HOME": str(folder), "DSTASK_GIT_REPO": str(folder / "repo")},
        inside="repo",
    ),
    Neighbour("doorstop", "doorstop", _doorstop, _ask_doorstop, inside="repo"),
)


def _own(bench: Bench) -> dict[str, Command]:
    """The same operations of `vpcp`, on its own 20 000 tasks."""
    folder = bench.workspace("beside", BIG)
    listed = bench.vpcp("", folder, "list", "--status", "not_reported", "-f", "ids")
    ids = iter(listed.go().out.decode().split()[::20])
    done = bench.vpcp("vpcp done", folder)
    done.argv = lambda: [VPCP, "done", next(ids), "--on", f"{LAST}-10-30", "--evidence", "1/QĐ-TTg"]
    return {
        "filter": bench.vpcp("vpcp filter", folder, "list", "--unit", UNIT, "--open", "--due-before", str(DAY)),
        "list": bench.vpcp("vpcp list", folder, "list"),
        "report": bench.vpcp("vpcp report", folder, "summary"),
        "done": done,
        "check": bench.vpcp("vpcp check", folder, "check"),
    }


def report(bench: Bench, rounds: int) -> Iterator[str]:
    """Measure what is installed side by side and yield a table of CPU seconds, as the machine may be busy."""
    here = [one for one in NEIGHBOURS if shutil.which(one.program)]
    absent = [one.name for one in NEIGHBOURS if one not in here]
    tasks = records(BIG)
    table = {"vpcp": _own(bench)}
    for one in here:
        print(f"… {one.name}", file=sys.stderr)
        table[one.name] = one.commands(bench, tasks)
    for operation in OPERATIONS:
        alternate([commands[operation] for commands in table.values() if operation in commands], rounds)
    yield f"CPU seconds at {BIG} tasks, side by side (wall in brackets)"
    yield ""
    yield "| | " + " | ".join(OPERATIONS) + " |"
    yield "|---|" + "---|" * len(OPERATIONS)
    for name, commands in table.items():
        cells = [
            f"{commands[one].cpu:.2f} ({commands[one].wall:.2f})" if one in commands else "–" for one in OPERATIONS
        ]
        yield " | ".join(("", name, *cells, "")).strip()
    if absent:
        yield ""
        yield f"Not installed here: {', '.join(absent)}."
