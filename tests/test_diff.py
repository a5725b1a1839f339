"""`vpcp diff` agrees with a comparison of two exports that shares no code with it; hostile data stays literal."""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import combinations
from typing import Any, TypeAlias

import pytest
import yaml
from markdown_it import MarkdownIt

from terminal import Terminal

Data: TypeAlias = dict[str, Any]

UNITS = ["VPCP", "BO_CONG_AN", "BO_TAI_CHINH", "BO_NOI_VU"]
REGISTER = {"schema": 1, "units": [{"code": code, "name": f"Đơn vị {code}"} for code in UNITS]}
DAY = "2022-09-30"


class History:
    """A programme that a script changes at random, commit by commit."""

    def __init__(self, terminal: Terminal, commits: int) -> None:
        self.random = random.Random(6)  # noqa: S311  the same history every time
        self.terminal = terminal
        self.number = 0
        self.data: Data = {
            "schema": 1,
            "year": 2022,
            "kind": "work_programme",
            "title": {"vi": "Chương trình", "en": "Programme"},
            "owner": "VPCP",
            "directives": [self.directive(number) for number in range(1, 4)],
        }
        terminal.write("programmes/units.yaml", yaml.safe_dump(REGISTER, allow_unicode=True))
        terminal.run("git init -q -b main")
        for _ in range(commits):
            self.commit()
            for _ in range(self.random.randint(1, 6)):
                self.random.choice(CHANGES)(self, self.a_task())

    def commit(self) -> None:
        text = yaml.safe_dump(self.data, allow_unicode=True, sort_keys=False)
        self.terminal.write("programmes/2022.yaml", text)
        self.terminal.run("git add -A")
        self.terminal.run("git commit -q --allow-empty -m x")

    def directive(self, number: int) -> Data:
        id_ = f"2022-CD{number:02}"
        tasks = [self.task(f"{id_}.{at}") for at in range(1, 6)]
        return {"id": id_, "kind": "directive", "title": f"Chỉ đạo {number}", "issuer": {"name": "A"}, "tasks": tasks}

    def task(self, id_: str) -> Data:
        self.number += 1
        words = {"vi": f"Việc {self.number}", "en": f"Task {self.number}"}
        return {"id": id_, "text": words, "nature": "one_off", "lead": "VPCP", "log": []}

    def a_task(self) -> Data:
        directives = [one for one in self.data["directives"] if one["tasks"]]
        found: Data = self.random.choice(self.random.choice(directives)["tasks"])
        return found

    def a_day(self) -> str:
        return f"2022-{self.random.randint(2, 11):02}-{self.random.randint(1, 28):02}"

    def write_entry(self, task: Data) -> None:
        pick = self.random.choice
        entries: list[Data] = [
            {"status": pick(["in_progress", "done", "submitted", "partly_done"]), "by": "Vụ Tổng hợp"},
            {"status": pick(["withdrawn", "deferred", "not_done"]), "note": "Lý do"},
            {
                "deadline": f"2022-{self.random.randint(7, 12):02}",
                "decision": pick(["requested", "approved", "rejected"]),
            },
            {"obstacle": f"Vướng {self.random.randint(1, 99)}", "key": pick(["a", "b"])},
            {"resolved": "Đã xong", "key": pick(["a", "b"])},
            {"risk": pick(["low", "medium", "high"]), "note": "Lý do"},
            {"lead": pick(UNITS)},
            {"reminder": "12/VPCP-TH"},
            {"note": f"Ghi chú {self.random.randint(1, 99)}"},
        ]
        task["log"].append({"date": self.a_day(), **pick(entries)})

    def spoil_log(self, task: Data) -> None:
        if task["log"]:
            entry = self.random.choice(task["log"])
            if self.random.random() < 0.5:
                task["log"].remove(entry)
            else:
                entry["by"] = f"Người {self.random.randint(1, 99)}"

    def reword(self, task: Data) -> None:
        task["text"][self.random.choice(["vi", "en"])] = f"Sửa {self.random.randint(1, 999)}"

    def set_field(self, task: Data) -> None:
        name, values = self.random.choice(list(FIELDS.items()))
        value = self.random.choice(values)
        task.pop(name, None)
        if value is not None:
            task[name] = deepcopy(value)  # YAML would name what stands twice
        task["log"] = task.pop("log")

    def add_or_remove(self, task: Data) -> None:
        directive = next(one for one in self.data["directives"] if task in one["tasks"])
        if self.random.random() < 0.5 and len(directive["tasks"]) > 1:
            directive["tasks"].remove(task)
        else:
            self.number += 1
            directive["tasks"].append(self.task(f"{directive['id']}.{self.number}"))

    def reorder(self, task: Data) -> None:
        directive = next(one for one in self.data["directives"] if task in one["tasks"])
        self.random.shuffle(directive["tasks"])


FIELDS: dict[str, list[object]] = {
    "lead": [*UNITS],
    "category": ["policy", "digital", None],
    "nature": ["one_off", "standing"],
    "item": ["task", "scheme", None],
    "responsible": ["Bà Hoa", None],
    "deadline": ["2022-06", "2022-Q3", "2022-12-31", None],
    "urgency": ["soon", None],
    "priority": ["true", None],
    "source": ["L1", "L2", None],
    "deliverable": ["Báo cáo", {"vi": "Quy chế", "en": "Rules"}, None],
    "measure": [{"vi": "Số lượt", "en": "Visits"}, None],
}
CHANGES: list[Callable[[History, Data], None]] = [
    *[History.write_entry] * 5,
    *[History.set_field] * 3,
    History.reword,
    History.spoil_log,
    History.add_or_remove,
    History.reorder,
]


class Export:
    """What other commands say of one revision."""

    def __init__(self, terminal: Terminal, revision: str) -> None:
        terminal.run(f"git checkout -q {revision}")
        options = "--as-of", DAY, "-f", "json"
        answer = terminal.vpcp("list", *options)
        assert answer.code == 0, answer.err
        self.tasks = {one["id"]: one for one in json.loads(answer.out)["tasks"]}
        log = json.loads(terminal.vpcp("log", "--as-of", "2030-01-01", "-f", "json").out)
        self.log = Counter((one["task"], entry_of(one)) for one in log["entries"])
        self.cells = Counter(one["timeliness"] for one in self.tasks.values())
        terminal.run("git checkout -q main")


ENTRY = (
    "date",
    "status",
    "deadline",
    "decision",
    "obstacle",
    "resolved",
    "key",
    "risk",
    "reminder",
    "lead",
    "by",
    "note",
)


def entry_of(record: Data) -> str:
    return json.dumps({name: record.get(name) for name in ENTRY}, sort_keys=True)


def facts(task: Data) -> dict[str, object]:
    """A task of an export under the names that a diff uses."""
    same = ("source", "category", "nature", "item", "responsible", "urgency", "priority")
    found = {name: task[name] for name in same}
    for name in ("text", "deliverable", "measure"):
        value = task[name] or {}
        found |= {f"{name}.vi": value.get("vi"), f"{name}.en": value.get("en")}
    found["first lead"] = task["first_lead"]
    found |= {name: task[name] for name in ("status", "timeliness", "lead", "first_deadline", "deadline")}
    found |= {name: task[name] for name in ("pending_deadline", "postponements", "done_on", "carried_to")}
    found["risk"] = task["risk"]["level"] if task["risk"] else None
    return found


def told(change: Data) -> Iterator[tuple[str, tuple[object, object]]]:
    """What a diff tells of a task, under the same names; a plain text is told once for both languages."""
    for one in change["fields"]:
        pair = one["before"], one["after"]
        if one["name"] == "lead":
            yield "first lead", pair
        elif one["name"] in ("text", "deliverable", "measure"):
            yield from ((f"{one['name']}.{language}", pair) for language in ("vi", "en"))
        elif one["name"] != "deadline":
            yield one["name"], pair
    yield from ((one["name"], (one["before"], one["after"])) for one in change["state"] if one["name"] != "obstacle")


def check_agreement(terminal: Terminal, revisions: tuple[str, str], exports: tuple[Export, Export]) -> int:
    answer = terminal.vpcp("diff", "..".join(revisions), "--as-of", DAY, "-f", "json")
    assert answer.code == 0, answer.err
    report = json.loads(answer.out)
    before, after = exports
    changes = {one["id"]: one for one in report["changes"] if one["what"] == "task"}
    assert {id_ for id_, one in changes.items() if one["how"] == "added"} == after.tasks.keys() - before.tasks.keys()
    assert {id_ for id_, one in changes.items() if one["how"] == "removed"} == before.tasks.keys() - after.tasks.keys()
    for id_ in before.tasks.keys() & after.tasks.keys():
        old, new = facts(before.tasks[id_]), facts(after.tasks[id_])
        expected = {name: (old[name], new[name]) for name in old if old[name] != new[name]}
        assert dict(told(changes[id_])) == expected if id_ in changes else not expected
    new_entries, old_entries = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for change in changes.values():
        for one in change["log"]:
            new_entries.update([(change["id"], entry_of(one["after"]))] if one["after"] else [])
            old_entries.update([(change["id"], entry_of(one["before"]))] if one["before"] else [])
    assert (new_entries, old_entries) == (after.log - before.log, before.log - after.log)
    for side, export in zip(("before", "after"), exports, strict=True):
        cells = report["totals"][side]
        assert {name: cells[name] for name in export.cells} == export.cells
    return len(changes)


def test_a_diff_agrees_with_two_exports_compared(terminal: Terminal) -> None:
    History(terminal, 30)
    names = [f"main~{back}" for back in (0, 3, 11, 29)]
    exports = {name: Export(terminal, name) for name in names}
    changed = [
        check_agreement(terminal, pair, (exports[pair[0]], exports[pair[1]]))
        for one, other in combinations(names, 2)
        for pair in ((one, other), (other, one))
    ]
    assert min(changed) > 2


HOSTILE = (
    "::error::x %0A | `a` <script>alert(1)</script> @everyone **b** [z](javascript:alert(1)) </details> $x$ :tada:"
)


@pytest.fixture
def hostile(terminal: Terminal) -> Terminal:
    """A repository whose working tree has many new tasks with a hostile text."""
    terminal.write("programmes/units.yaml", yaml.safe_dump(REGISTER, allow_unicode=True))
    tasks = [
        {"id": f"2022-CD01.{number}", "text": f"{HOSTILE} {number}", "nature": "standing", "lead": "VPCP"}
        for number in range(1, 60)
    ]
    directive = {"id": "2022-CD01", "kind": "directive", "title": HOSTILE, "issuer": {"name": "A"}, "tasks": tasks[:1]}
    data = {"schema": 1, "year": 2022, "kind": "work_programme", "title": HOSTILE, "owner": "VPCP"}
    file = "programmes/2022.yaml"
    terminal.write(file, yaml.safe_dump({**data, "directives": [directive]}))
    for command in ("git init -q -b main", "git add -A", "git commit -qm x"):
        terminal.run(command)
    terminal.write(file, yaml.safe_dump({**data, "directives": [{**directive, "tasks": tasks}]}))
    return terminal


def test_hostile_texts_stay_literal_in_markdown(hostile: Terminal) -> None:
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(hostile.vpcp("diff", "-f", "md").out)
    tags = Counter(re.findall(r"<[/!]?[\w-]+", html))
    assert tags.keys() <= {
        *(
            "<" + slash + tag
            for slash in ("", "/")
            for tag in ("h3", "ul", "li", "table", "thead", "tbody", "tr", "th")
        ),
        *("<" + slash + tag for slash in ("", "/") for tag in ("td", "details", "summary", "h4", "p")),
        *("<br", "<!--", "<!"),
    }
    assert tags["<tr"] == tags["</tr"] > 58
    assert (tags["<details"], tags["</details"]) == (1, 1)
    visible = re.sub(r"<[^>]*>", "", html.replace("<!-- -->", ""))
    assert visible.replace("&lt;", "<").replace("&gt;", ">").count(HOSTILE) == 59
    assert "@<!-- -->everyone" in html


@pytest.mark.parametrize("most", [0, 2_000, 9_000])
def test_markdown_is_cut_by_whole_rows_and_says_so(hostile: Terminal, most: int) -> None:
    whole, cut = (hostile.vpcp("diff", "-f", "md", *options).out for options in ((), ("--max-bytes", str(most))))
    assert len(cut.encode()) <= max(most, 1_000) < len(whole.encode())
    assert set(cut.splitlines()[:-2]) <= set(whole.splitlines())
    found = re.fullmatch(r"(\d+) more changes: `vpcp diff` lists them\.", cut.splitlines()[-2])
    assert found
    assert int(found[1]) + cut.count("| + 2022-CD01") == 58
    assert cut.count("<details>") == cut.count("</details>")


def test_hostile_texts_stay_on_their_line_in_text(hostile: Terminal) -> None:
    lines = hostile.vpcp("diff").out.splitlines()
    assert sum(HOSTILE in line for line in lines) == 59
    assert not any(line.lstrip().startswith("::") for line in lines)
