"""People's branches merge: nothing is lost, nothing doubled, and only what can't both be true is a conflict.

The files are written and the answers worked out by this test's own model, which shares no code with the merging.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TypeAlias

import pytest

from vpcp_cli.merging import Carried, Cause
from vpcp_cli.storage.format.schema import programme_of
from vpcp_cli.storage.git.versions import merge_texts
from vpcp_cli.storage.history.merger import Outcome, merge_versions
from vpcp_cli.storage.yaml.document import read

Entry: TypeAlias = tuple[tuple[str, str], ...]

BY = ("Vụ Tổng hợp", "Vụ Pháp luật", "Cục Kiểm soát TTHC")
NOTES = ("Đã gửi công văn", "Chờ ý kiến", "Họp ngày 5", "Bổ sung hồ sơ", "Báo cáo lãnh đạo")


@dataclass
class Task:
    id: str
    text: str
    lead: str = "VPCP"
    deadline: str = ""
    log: list[Entry] = field(default_factory=list)


@dataclass
class Model:
    """A programme as this test keeps it: tasks below directives, with the way its author writes."""

    directives: dict[str, list[Task]]
    apart: bool = False
    comments: bool = False
    crlf: bool = False

    def tasks(self) -> dict[str, Task]:
        return {task.id: task for tasks in self.directives.values() for task in tasks}

    def entries(self) -> Counter[tuple[str, Entry]]:
        return Counter((task.id, entry) for task in self.tasks().values() for entry in task.log)

    def bytes(self) -> bytes:
        lines = ["# Chương trình công tác", "schema: 1", "year: 2022", "kind: work_programme", "title: Chương trình"]
        lines += ["owner: VPCP", "directives:"]
        for directive, tasks in self.directives.items():
            lines += [""] * self.apart + [f"  - id: {directive}", f"    title: Chỉ đạo {directive}"]
            lines += ["    kind: directive", "    issuer:", "      name: Trần Văn Sơn", "    tasks:"]
            for task in tasks:
                lines += self.task_lines(task)
        text = "\n".join(lines) + "\n"
        return (text.replace("\n", "\r\n") if self.crlf else text).encode()

    def task_lines(self, task: Task) -> Iterator[str]:
        yield from [""] * self.apart
        if self.comments:
            yield f"      # Việc {task.id}"
        yield f"      - id: {task.id}"
        yield f"        text: {task.text}"
        yield f"        lead: {task.lead}"
        yield "        nature: standing"
        if task.deadline:
            yield f"        deadline: {task.deadline}"
        if task.log:
            yield "        log:"
        for entry in task.log:
            for number, (key, value) in enumerate(entry):
                yield f"          {'  ' if number else '- '}{key}: {value}"


def model_of(content: bytes) -> Model:
    """The model of a merged file; fails on anything that can't be read."""
    parsed = read(content, "2022.yaml")
    assert not parsed.findings
    assert parsed.data
    assert programme_of(parsed, "2022")[1] == []
    directives = {}
    for directive in parsed.data["directives"]:
        directives[directive["id"]] = [
            Task(
                one["id"],
                one["text"],
                one["lead"],
                one.get("deadline", ""),
                [tuple(entry.items()) for entry in one.get("log", [])],
            )
            for one in directive["tasks"]
        ]
    return Model(directives)


@dataclass
class Branch:
    """What one person did: entries by task, new tasks, rewordings."""

    entries: list[tuple[str, Entry]] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def on(self, base: Model) -> Model:
        after = deepcopy(base)
        known = after.tasks()
        for id_, entry in self.entries:
            known[id_].log.append(entry)
        for task in self.tasks:
            after.directives[task.id.rpartition(".")[0]].append(deepcopy(task))
        for id_, text in self.texts.items():
            known[id_].text = text
        return after


def a_base(rng: random.Random) -> Model:
    directives = {
        f"2022-CD{number:02}": [
            Task(f"2022-CD{number:02}.{at}", f"Việc {number} {at}", deadline=rng.choice(["", "2022-06"]))
            for at in range(1, rng.randint(2, 5))
        ]
        for number in range(1, rng.randint(2, 4))
    }
    base = Model(directives, *(rng.random() < share for share in (0.5, 0.3, 0.2)))
    for task in base.tasks().values():
        task.log += [an_entry(rng) for _ in range(rng.choice([0, 0, 1, 2]))]
    return base


def an_entry(rng: random.Random) -> Entry:
    date = ("date", f"2022-{rng.randint(2, 12):02}-{rng.randint(1, 28):02}")
    by = ("by", rng.choice(BY))
    action = rng.choice(["note", "note", "status", "obstacle", "reminder", "deadline"])
    if action == "status":
        return date, ("status", rng.choice(["in_progress", "done", "submitted"])), by
    if action == "deadline":
        month = f"2022-{rng.randint(7, 12):02}"
        return date, ("deadline", month), ("decision", rng.choice(["requested", "approved"])), by
    return date, (action, f"{rng.choice(NOTES)} {rng.randint(1, 999)}"), by


def a_branch(rng: random.Random, base: Model, numbers: Iterator[int]) -> Branch:
    branch = Branch()
    for _ in range(rng.randint(1, 4)):
        what = rng.choice(["entry", "entry", "entry", "task", "text"])
        if what == "entry":
            branch.entries.append((rng.choice([*base.tasks()]), an_entry(rng)))
        elif what == "task":
            number = next(numbers) if rng.random() < 0.8 else 20
            id_ = f"{rng.choice([*base.directives])}.{number}"
            if id_ not in {task.id for task in branch.tasks}:
                branch.tasks.append(Task(id_, f"Việc mới {rng.randint(1, 9999)}"))
        else:
            branch.texts[rng.choice([*base.tasks()])] = f"Sửa {rng.randint(1, 9999)}"
    return branch


def after_closing(a: dict[str, str], b: dict[str, str]) -> bool:
    """One side closed the task, and the other gave it another state that day or later."""
    return a.get("status") == "done" and b.get("status", "done") != "done" and b["date"] >= a["date"]


def contradictions(one: Branch, other: Branch) -> set[tuple[Cause, str]]:
    """What the two can't both have meant."""
    found = {(Cause.CHANGED_TWICE, id_) for id_ in one.texts.keys() & other.texts if one.texts[id_] != other.texts[id_]}
    found |= {(Cause.SAME_ID, mine.id) for mine in one.tasks for theirs in other.tasks if mine.id == theirs.id}
    for id_, mine in one.entries:
        for its, theirs in other.entries:
            a, b = dict(mine), dict(theirs)
            approved = a.get("decision") == b.get("decision") == "approved" and a["deadline"] != b["deadline"]
            status = a["date"] == b["date"] and "status" in a and "status" in b and a["status"] != b["status"]
            if id_ == its and (approved or status or after_closing(a, b) or after_closing(b, a)):
                found.add((Cause.CONTRADICTION, id_))
    return found


@dataclass
class Figures:
    """What became of some merges, and what git alone would have made of them."""

    clean: int = 0
    contradicted: int = 0
    git_conflicts: int = 0
    git_wrong: int = 0


def merge_random_branches(seed: int, figures: Figures) -> None:
    rng = random.Random(seed)  # noqa: S311  the same branches every time
    base = a_base(rng)
    numbers = iter(range(30, 99))
    done, *others = [a_branch(rng, base, numbers) for _ in range(rng.choice([2, 2, 3]))]
    content = done.on(base).bytes()
    for branch in others:
        versions = base.bytes(), content, branch.on(base).bytes()
        by_git, plainly = merge_texts(*versions)
        figures.git_conflicts += not plainly
        outcome = merge_versions(*versions, by_git, clean=plainly)
        assert outcome.proved
        expected = contradictions(done, branch)
        assert {(clash.cause, clash.id) for clash in outcome.clashes} == expected
        assert outcome.clean == (not expected)
        if expected:
            assert all(f"<<<<<<< ours: {id_}".encode() in outcome.content for _cause, id_ in expected)
            figures.contradicted += 1
            return
        done = Branch(done.entries + branch.entries, done.tasks + branch.tasks, done.texts | branch.texts)
        content = outcome.content
        check_all_is_there(content, done.on(base))
        if plainly and content != by_git:
            figures.git_wrong += 1
            assert model_of(by_git).tasks() != done.on(base).tasks()
    figures.clean += 1


def check_all_is_there(content: bytes, wanted: Model) -> None:
    result = model_of(content)
    assert {id_: task.text for id_, task in result.tasks().items()} == {
        id_: task.text for id_, task in wanted.tasks().items()
    }
    once = {key: 1 for key, number in wanted.entries().items() if number == 1}
    assert result.entries().keys() == wanted.entries().keys()
    assert result.entries().items() >= once.items()
    assert content.count(b"\r\n") == (content.count(b"\n") if wanted.crlf else 0)


def test_random_branches_lose_nothing_and_double_nothing() -> None:
    figures = Figures()
    for seed in range(200):
        merge_random_branches(seed, figures)
    assert figures.clean > figures.git_conflicts - figures.contradicted > 0
    assert figures.git_wrong, "git alone puts entries silently below another task"


def merged(base: Model, ours: Branch, theirs: Branch) -> Outcome:
    versions = base.bytes(), ours.on(base).bytes(), theirs.on(base).bytes()
    by_git, clean = merge_texts(*versions)
    return merge_versions(*versions, by_git, clean=clean)


DONE: Entry = (("date", "2022-06-30"), ("status", "done"), ("by", "Vụ Tổng hợp"))
NOTE: Entry = (("date", "2022-06-30"), ("note", "Đã gửi"), ("by", "Vụ Pháp luật"))
TEN = Model({"2022-CD01": [Task(f"2022-CD01.{number}", f"Việc {number}") for number in range(1, 24)]})


@pytest.mark.parametrize("number", range(1, 11))
def test_two_people_write_to_tasks_far_apart_next_to_each_other_or_the_same(number: int) -> None:
    for other in (number + 12, number + 1, number):
        entries = [(f"2022-CD01.{number}", DONE)], [(f"2022-CD01.{other}", NOTE)]
        outcome = merged(TEN, Branch(entries[0]), Branch(entries[1]))
        assert outcome == Outcome(outcome.content, clean=True)
        assert model_of(outcome.content).entries() == Counter(entries[0] + entries[1])


@pytest.mark.parametrize("number", range(1, 11))
def test_one_marks_a_task_as_done_and_the_other_rewords_it(number: int) -> None:
    id_ = f"2022-CD01.{number}"
    outcome = merged(TEN, Branch([(id_, DONE)]), Branch(texts={id_: "Việc nói rõ hơn"}))
    task = model_of(outcome.content).tasks()[id_]
    assert (outcome.clean, task.text, task.log) == (True, "Việc nói rõ hơn", [DONE])


@pytest.mark.parametrize("number", range(24, 34))
def test_two_people_add_a_task_at_the_same_place(number: int) -> None:
    mine, theirs = Task(f"2022-CD01.{number + 1}", "Việc của ta"), Task(f"2022-CD01.{number}", "Việc của họ")
    outcome = merged(TEN, Branch(tasks=[mine]), Branch(tasks=[theirs]))
    assert outcome.clean
    assert [task.id for task in model_of(outcome.content).directives["2022-CD01"][-2:]] == [theirs.id, mine.id]
    clash = merged(TEN, Branch(tasks=[mine]), Branch(tasks=[Task(mine.id, "Việc của họ")]))
    assert not clash.clean
    assert [(one.cause, one.id, one.free) for one in clash.clashes] == [
        (Cause.SAME_ID, mine.id, f"2022-CD01.{number + 2}")
    ]
    assert merged(TEN, Branch(tasks=[mine]), Branch(tasks=[mine])).clean


BASE = TEN.bytes()


def outcome_of(base: bytes, ours: bytes, theirs: bytes) -> Outcome:
    by_git, clean = merge_texts(base, ours, theirs)
    return merge_versions(base, ours, theirs, by_git, clean=clean)


def test_a_conflict_is_no_larger_than_what_clashes() -> None:
    first, second = TEN.bytes(), TEN.bytes()
    first = first.replace("Việc 3\n".encode(), "Việc ba\n".encode())
    second = second.replace("Việc 3\n        lead: VPCP".encode(), "Việc 3 lần\n        lead: BO_CONG_AN".encode())
    outcome = outcome_of(BASE, first, second)
    assert [(one.cause, one.id, one.name) for one in outcome.clashes] == [(Cause.CHANGED_TWICE, "2022-CD01.3", "text")]
    marked = (
        "<<<<<<< ours: 2022-CD01.3 text\n        text: Việc ba\n=======\n        text: Việc 3 lần\n"
        ">>>>>>> theirs: 2022-CD01.3 text\n        lead: BO_CONG_AN\n"
    )
    assert marked.encode() in outcome.content
    assert outcome.content.count(b"<<<<") == 1


def test_a_task_that_one_side_removed_and_the_other_changed() -> None:
    gone = b"".join(BASE.partition(b"      - id: 2022-CD01.23")[:1])
    changed = BASE.replace("Việc 23".encode(), "Việc khác".encode())
    outcome = outcome_of(BASE, gone, changed)
    assert [(one.cause, one.id) for one in outcome.clashes] == [(Cause.REMOVED_AND_CHANGED, "2022-CD01.23")]
    assert outcome_of(BASE, gone, BASE.replace("Việc 1\n".encode(), "Việc một\n".encode())).clean


def put_right(day: str, now: str) -> Entry:
    return ("date", day), ("set", "deadline"), ("was", "2022-Q1"), *((("is", now),) if now else ())


def test_two_approved_deadlines_and_two_states_of_one_day_are_contradictions() -> None:
    def approved(day: str, month: str) -> Entry:
        return ("date", day), ("deadline", month), ("decision", "approved")

    pairs = [
        (approved("2022-06-01", "2022-12"), approved("2022-06-20", "2022-11")),
        ((("date", "2022-06-30"), ("status", "in_progress")), DONE),
        ((("date", "2022-06-30"), ("lead", "A")), (("date", "2022-06-30"), ("lead", "B"))),
        (put_right("2022-06-30", "2022-Q2"), put_right("2022-07-01", "2022-Q3")),
        (put_right("2022-06-30", "2022-Q2"), put_right("2022-06-30", "")),
    ]
    for one, other in pairs:
        id_ = "2022-CD01.5"
        outcome = merged(TEN, Branch([(id_, one), (id_, NOTE)]), Branch([(id_, other)]))
        assert [(clash.cause, clash.id, clash.name) for clash in outcome.clashes] == [(Cause.CONTRADICTION, id_, "log")]
        assert outcome.content.count("Đã gửi".encode()) == 1


def test_an_entry_that_both_rewrote_is_a_contradiction_and_one_that_a_side_took_back_is_gone() -> None:
    id_ = "2022-CD01.5"
    base = Branch([(id_, DONE)]).on(TEN)
    rewritten = [base.bytes().replace("Vụ Tổng hợp".encode(), name.encode()) for name in ("A", "B")]
    assert [one.cause for one in outcome_of(base.bytes(), *rewritten).clashes] == [Cause.CONTRADICTION]
    outcome = outcome_of(base.bytes(), Branch([(id_, NOTE)]).on(base).bytes(), TEN.bytes())
    assert outcome.clean
    assert model_of(outcome.content).entries() == Counter([(id_, NOTE)])


def test_supporting_units_of_both_sides_stay() -> None:
    base = BASE.replace(b"lead: VPCP\n", b"lead: VPCP\n        support:\n          - A\n", 1)
    sides = [base.replace(b"- A\n", f"- A\n          - {unit}\n".encode(), 1) for unit in ("B", "C")]
    outcome = outcome_of(base, *sides)
    assert outcome.clean
    assert b"- A\n          - B\n          - C\n" in outcome.content


def test_what_git_alone_merges_well_stays_as_git_has_it_also_comments() -> None:
    ours = BASE.replace(b"# Ch", b"# CH", 1)
    theirs = BASE.replace(b"year: 2022", b"year: 2022 # v1").replace("Việc 9".encode(), "Việc chín".encode())
    by_git, clean = merge_texts(BASE, ours, theirs)
    assert clean
    assert outcome_of(BASE, ours, theirs) == Outcome(by_git, clean=True)


def test_comments_that_both_changed_are_a_conflict_of_layout() -> None:
    ours, theirs = (BASE.replace(b"year: 2022", b"year: 2022 # " + words) for words in (b"one", b"two"))
    assert [(one.cause, one.name) for one in outcome_of(BASE, ours, theirs).clashes] == [(Cause.LAYOUT, "year")]


def test_byte_order_marks_line_ends_and_a_missing_last_one_stay() -> None:
    def dressed(content: bytes) -> bytes:
        return b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n").removesuffix(b"\r\n")

    sides = [Branch([(f"2022-CD01.{number}", NOTE)]).on(TEN).bytes() for number in (22, 23)]
    sides[0] = sides[0].replace("Việc 23".encode(), "Việc sau".encode())
    outcome = outcome_of(*(dressed(one) for one in (BASE, *sides)))
    assert outcome.clean
    assert outcome.content.startswith(b"\xef\xbb\xbf")
    assert outcome.content == dressed(outcome_of(BASE, *sides).content)


def status(day: str, state: str, *others: tuple[str, str]) -> Entry:
    return ("date", day), ("status", state), *others


REOPENED = status("2022-07-10", "in_progress", ("note", "Phải sửa lại"))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ([DONE], [status("2022-07-05", "in_progress")]),
        ([DONE], [status("2022-06-30", "submitted")]),
        ([DONE], [status("2022-07-05", "not_done")]),
        ([status("2022-06-01", "withdrawn", ("note", "x"))], [status("2022-06-02", "partly_done")]),
        ([status("2022-06-01", "returned", ("note", "x"))], [status("2022-05-01", "in_progress"), DONE]),
        ([DONE], [status("2022-06-20", "done"), REOPENED]),
        ([status("2022-06-01", "carried_over", ("to", "2023-CN01.1"))], [status("2022-05-01", "done")]),
        ([status("2022-12-01", "void", ("note", "x"))], [DONE]),
        ([status("2022-05-01", "void", ("note", "x"))], [DONE]),
    ],
)
def test_a_state_that_follows_the_other_side_s_closing_one_is_a_contradiction(
    mine: list[Entry], theirs: list[Entry]
) -> None:
    id_ = "2022-CD01.5"
    for one, other in ((mine, theirs), (theirs, mine)):
        outcome = merged(TEN, Branch([(id_, entry) for entry in one]), Branch([(id_, entry) for entry in other]))
        assert [(clash.cause, clash.id) for clash in outcome.clashes] == [(Cause.CONTRADICTION, id_)]
        assert all(outcome.content.decode().count(f"date: {dict(entry)['date']}\n") for entry in (*one, *other))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ([DONE], [status("2022-06-29", "in_progress")]),
        ([DONE], [status("2022-07-05", "done")]),
        ([put_right("2022-06-30", "2022-Q2")], [put_right("2022-07-01", "2022-Q2")]),
        ([DONE], [NOTE, (("date", "2022-08-01"), ("obstacle", "x"))]),
        ([status("2022-05-01", "deferred", ("note", "x"))], [status("2022-06-02", "in_progress")]),
        ([status("2022-06-01", "carried_over", ("to", "2023-CN01.1"))], [status("2022-05-01", "submitted")]),
        ([status("2022-06-01", "void", ("note", "x"))], [status("2022-06-02", "void", ("note", "y")), NOTE]),
    ],
)
def test_what_happened_before_the_closing_or_is_no_other_state_stays(mine: list[Entry], theirs: list[Entry]) -> None:
    id_ = "2022-CD01.5"
    for one, other in ((mine, theirs), (theirs, mine)):
        outcome = merged(TEN, Branch([(id_, entry) for entry in one]), Branch([(id_, entry) for entry in other]))
        assert outcome.clean
        assert model_of(outcome.content).entries() == Counter((id_, entry) for entry in (*one, *other))


CLOSED = Model({"2022-CD01": [Task("2022-CD01.1", "Việc", log=[DONE])]})
NAMES_IT = ("corrects", "{date: 2022-07-01, status: done}")
WRONG_DAY = (NAMES_IT, *status("2022-06-20", "done", ("recorded", "2022-08-01")))
NEVER = (NAMES_IT, ("void", "true"), ("date", "2022-08-02"), ("note", "nhầm việc"))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (WRONG_DAY, REOPENED),
        (NEVER, REOPENED),
        (WRONG_DAY, status("2022-06-20", "in_progress")),
        (WRONG_DAY, (*WRONG_DAY, ("by", "Bình"))),
        (WRONG_DAY, (NAMES_IT, *status("2022-06-20", "done", ("recorded", "2022-08-05")))),
        (NEVER, (NAMES_IT, ("void", "true"), ("date", "2022-08-05"), ("note", "ghi nhầm"))),
        (NEVER, (NAMES_IT, ("void", "true"), ("date", "2022-08-05"), ("reason", "ghi nhầm"))),
        (WRONG_DAY, (*WRONG_DAY, ("reason", "gõ nhầm ngày"))),
        (WRONG_DAY, (("corrects", "{date: 2022-07-02}"), *status("2022-06-20", "done"))),
    ],
)  # fmt: skip
def test_corrections_stand_beside_what_the_other_side_wrote_and_beside_their_like(mine: Entry, theirs: Entry) -> None:
    for one, other in ((mine, theirs), (theirs, mine)):
        outcome = merged(CLOSED, Branch([("2022-CD01.1", one)]), Branch([("2022-CD01.1", other)]))
        assert outcome.clean
        assert programme_of(read(outcome.content, "2022.yaml"), "2022")[0] is not None
        assert all(_text(entry) in outcome.content.decode() for entry in (DONE, one, other))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (WRONG_DAY, NEVER),
        (WRONG_DAY, (NAMES_IT, *status("2022-06-21", "done"))),
        (WRONG_DAY, (*WRONG_DAY, ("evidence", "9/BC"))),
        (WRONG_DAY, (("corrects", "{date: 2022-07-01}"), *status("2022-06-21", "done"))),
        ((NAMES_IT, *status("2022-06-20", "withdrawn", ("note", "x"))), REOPENED),
    ],
)
def test_corrections_of_one_entry_that_differ_are_a_contradiction(mine: Entry, theirs: Entry) -> None:
    for one, other in ((mine, theirs), (theirs, mine)):
        outcome = merged(CLOSED, Branch([("2022-CD01.1", one)]), Branch([("2022-CD01.1", other)]))
        assert [(clash.cause, clash.id) for clash in outcome.clashes] == [(Cause.CONTRADICTION, "2022-CD01.1")]


def _text(entry: Entry) -> str:
    return "\n".join(f"          {'  ' if number else '- '}{key}: {value}" for number, (key, value) in enumerate(entry))


def wide(content: bytes) -> bytes:
    return content.replace(b"\n", b"\r\n")


def half(content: bytes) -> bytes:
    return content.replace(b"\n", b"\r\n", content.count(b"\n") // 3)


@pytest.mark.parametrize(
    "dress", [(bytes, bytes, wide), (bytes, wide, bytes), (wide, bytes, wide), (bytes, bytes, half)]
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_a_byte_order_mark_mean_nothing(dress: tuple[Callable[[bytes], bytes], ...], mark: bytes) -> None:
    sides = Branch([("2022-CD01.5", NOTE)]), Branch([("2022-CD01.6", NOTE)])
    plain = BASE, sides[0].on(TEN).bytes(), sides[1].on(TEN).bytes()
    base, ours, theirs = (change(content) for change, content in zip(dress, plain, strict=True))
    outcome = outcome_of(base, ours, mark + theirs)
    assert outcome == Outcome(mark + dress[1](outcome_of(*plain).content), clean=True)
    clash = outcome_of(base, ours.replace("Việc 9".encode(), b"A"), theirs.replace("Việc 9".encode(), b"B"))
    assert [(one.cause, one.id, one.name) for one in clash.clashes] == [(Cause.CHANGED_TWICE, "2022-CD01.9", "text")]
    assert clash.content.count(b"\r\n") == (clash.content.count(b"\n") if dress[1] is wide else 0)


def carried(day: str, *origins: int) -> bytes:
    tasks = "".join(
        f"      - id: 2023-CN01.{number}\n        text: Việc {origin}\n        lead: VPCP\n"
        f"        carried_from: 2022-CD01.{origin}\n"
        for number, origin in enumerate(origins, 1)
    )
    return f"schema: 1\nyear: 2023\ndirectives:\n  - id: 2023-CN01\n    issued: {day}\n    tasks:\n{tasks}".encode()


def test_the_same_carried_over_on_both_sides_is_one_programme_of_the_earlier_day() -> None:
    for days in (("2023-01-02", "2023-01-03"), ("2023-01-03", "2023-01-02")):
        outcome = outcome_of(b"", *(carried(day, 1, 2) for day in days))
        assert outcome == Outcome(
            carried("2023-01-02", 1, 2), clean=True, carried=(Carried("2023-CN01", "2023-01-02"),)
        )
        more = outcome_of(b"", carried(days[0], 1, 2), carried(days[1], 1, 2, 3))
        assert more.content == carried("2023-01-02", 1, 2, 3)


def test_the_same_carried_over_under_other_numbers_is_a_conflict_of_the_whole_list() -> None:
    outcome = outcome_of(b"", carried("2023-01-02", 1, 2, 3), carried("2023-01-02", 1, 3))
    assert [(one.cause, one.id, one.name, one.free) for one in outcome.clashes] == [
        (Cause.CARRIED_APART, "2023-CN01", "tasks", "")
    ]
    assert outcome.content.count(b"carried_from") == 5
    other = outcome_of(b"", carried("2023-01-02", 1, 2), carried("2023-01-02", 1, 4))
    assert [(one.cause, one.id, one.free) for one in other.clashes] == [(Cause.SAME_ID, "2023-CN01.2", "2023-CN01.3")]


def test_two_entries_that_carry_over_to_one_place_are_one_and_to_two_a_contradiction() -> None:
    def over(day: str, number: int, by: str, *others: tuple[str, str]) -> Entry:
        return status(day, "carried_over", ("to", f"2023-CN01.{number}"), ("by", by), *others)

    id_, early, late = "2022-CD01.5", over("2023-01-02", 1, "A"), over("2023-01-03", 1, "B")
    for one, other in ((early, late), (late, early)):
        outcome = merged(TEN, Branch([(id_, one)]), Branch([(id_, other)]))
        assert (outcome.clean, outcome.carried) == (True, (Carried(id_, "2023-01-02"),))
        assert model_of(outcome.content).entries() == Counter([(id_, early)])
    for third in (over("2023-01-03", 2, "B"), over("2023-01-03", 1, "B", ("note", "Theo 5/QĐ"))):
        clash = merged(TEN, Branch([(id_, early)]), Branch([(id_, third)]))
        assert clash.clean == (dict(third)["to"] == "2023-CN01.1")
        assert clash.content.count(b"carried_over") == 2


def test_numbers_that_are_offered_are_offered_once_and_never_for_one_thing() -> None:
    mine = [Task(f"2022-CD01.{number}", f"Của ta {number}") for number in (24, 25, 26)]
    theirs = [Task("2022-CD01.24", "Của họ"), Task("2022-CD01.25", "Của ta 25", lead="A"), Task("2022-CD01.26", "Nữa")]
    outcome = merged(TEN, Branch(tasks=mine), Branch(tasks=theirs))
    assert [(one.id, one.free) for one in outcome.clashes] == [
        ("2022-CD01.24", "2022-CD01.27"),
        ("2022-CD01.25", ""),
        ("2022-CD01.26", "2022-CD01.28"),
    ]


def test_the_register_merges_by_its_codes() -> None:
    def units(*codes: str) -> bytes:
        rows = "".join(f"  - code: {code}\n    name: {{vi: {code}, en: {code}}}\n" for code in codes)
        return f"schema: 1\nunits:\n{rows}".encode()

    base = units("VPCP", "BO_CONG_AN")
    assert outcome_of(base, units("VPCP", "BO_CONG_AN", "A"), units("VPCP", "BO_CONG_AN", "B")) == Outcome(
        units("VPCP", "BO_CONG_AN", "A", "B"), clean=True
    )
    twice = outcome_of(base, base + b"  - code: A\n    name: x\n", base + b"  - code: A\n    name: y\n")
    assert [(one.cause, one.id, one.free) for one in twice.clashes] == [(Cause.SAME_ID, "A", "")]


def test_both_began_the_file_anew() -> None:
    other = Model({"2022-CD02": [Task("2022-CD02.1", "Việc")]}).bytes()
    outcome = outcome_of(b"", BASE, other)
    assert outcome.clean
    assert [*model_of(outcome.content).directives] == ["2022-CD01", "2022-CD02"]


@pytest.mark.parametrize("bad", [b"a: [", b"- 1\n", b"a: 1\na: 2\n", b"\xff", b"<<<<<<< x\n", b"a: &x 1\n"])
def test_what_cant_be_read_is_merged_by_git_alone(bad: bytes) -> None:
    ours, theirs = BASE + bad, b"# x\n" + BASE
    by_git, clean = merge_texts(BASE, ours, theirs)
    assert outcome_of(BASE, ours, theirs) == Outcome(by_git, clean, proved=False)


def test_what_cant_be_proved_is_left_to_a_person() -> None:
    ours = BASE.replace(b"      - id", b"       -  id").replace(b"        text", b"          text")
    ours = ours.replace(b"        lead", b"          lead")
    theirs = merged(TEN, Branch(), Branch([("2022-CD01.9", NOTE)])).content
    outcome = outcome_of(BASE, ours, theirs)
    assert not outcome.clean
    assert not outcome.proved
    assert outcome.content.count(b"<<<<<<<") == 1
