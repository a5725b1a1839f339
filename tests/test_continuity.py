"""An id means one thing, logs only grow, first deadlines stay."""

from dataclasses import replace
from datetime import date

import pytest

from making import directive, entry, programme, task, workspace
from terminal import Terminal
from vpcp_cli.continuity import History, check_continuity
from vpcp_cli.finding import Finding
from vpcp_cli.kinds import AsWritten
from vpcp_cli.programme import LogEntry, Named, Task, Text, Workspace
from vpcp_cli.vocabulary import Decision, Status

DONE = entry("2022-05-20", status=Status.DONE, by="Vụ Tổng hợp")
SAME_DAY = entry("2022-05-20", note="Đã trình")
NOTE = entry("2022-05-21", note="Đã gửi")


def plan(*tasks: Task) -> Workspace:
    return workspace(programme(2022, directive("2022-CD01", *tasks)))


def found(base: Workspace, theirs: Workspace, ours: Workspace) -> list[Finding]:
    return list(check_continuity(History(base, theirs, ours, "origin/main")))


FIRST = task("2022-CD01.1", "2022-06", DONE)


@pytest.mark.parametrize(
    "now",
    [
        replace(FIRST, log=(DONE, NOTE)),
        replace(FIRST, log=(NOTE, DONE)),
        replace(FIRST, text=Text.plain("Nói rõ hơn")),
        replace(FIRST, deliverable=Text.plain("Quy chế")),
    ],
)
def test_what_is_added_or_reworded_breaks_nothing(now: Task) -> None:
    assert found(plan(FIRST), plan(FIRST), plan(now)) == []


def test_an_entry_that_vanished_or_was_rewritten() -> None:
    two = replace(FIRST, log=(NOTE, DONE))
    (gone,) = found(plan(two), plan(two), plan(replace(FIRST, log=(NOTE,))))
    assert (gone.code, gone.subject, gone.path) == (
        "entry-vanished",
        "2022-CD01.1",
        ("directives", 0, "tasks", 0, "log"),
    )
    assert gone.facts == {"id": "2022-CD01.1", "date": "2022-05-20", "before": "status: done; by: Vụ Tổng hợp"}
    later = replace(DONE, date=NOTE.date)
    (rewritten,) = found(plan(two), plan(two), plan(replace(FIRST, log=(NOTE, later))))
    assert (rewritten.code, rewritten.path[-2:]) == ("entry-rewritten", ("log", 1))


def test_what_the_other_side_wrote_since_is_not_missed_here() -> None:
    assert found(plan(FIRST), plan(replace(FIRST, log=(DONE, NOTE)), task("2022-CD01.2")), plan(FIRST)) == []


@pytest.mark.parametrize(("now", "told"), [("2022-12", "2022-12"), (None, "—")])
def test_a_first_deadline_that_was_overwritten_or_taken_out(now: str | None, told: str) -> None:
    (finding,) = found(plan(FIRST), plan(FIRST), plan(task("2022-CD01.1", now, DONE)))
    assert finding.code == "deadline-overwritten"
    assert (finding.facts["before"], finding.facts["after"]) == ("2022-06", told)


def test_a_decision_on_a_deadline_and_a_first_one_are_fine() -> None:
    postponed = replace(FIRST, log=(DONE, entry("2022-05-01", deadline="2022-12", decision=Decision.APPROVED)))
    assert found(plan(FIRST), plan(FIRST), plan(postponed)) == []


SET = entry("2022-06-01", set_="lead", was=AsWritten.of("VPCP"), is_=AsWritten.of("BO_CONG_AN"))


def test_a_key_by_which_tasks_are_found_is_another_only_where_an_entry_says_so() -> None:
    now = replace(FIRST, lead="BO_CONG_AN")
    (finding,) = found(plan(FIRST), plan(FIRST), plan(now))
    assert (finding.code, finding.path[-1]) == ("key-overwritten", "lead")
    assert (finding.facts["before"], finding.facts["after"]) == ("VPCP", "BO_CONG_AN")
    assert found(plan(FIRST), plan(FIRST), plan(replace(now, log=(DONE, SET)))) == []
    old = plan(replace(FIRST, log=(DONE, SET)))
    assert [one.code for one in found(old, old, plan(replace(now, log=(DONE, SET))))] == ["key-overwritten"]
    first = found(plan(task("2022-CD01.1")), plan(), plan(task("2022-CD01.1", "2022-06")))
    assert [(one.code, one.facts["before"]) for one in first] == [("key-overwritten", "—")]


def test_so_it_is_of_a_directive_and_of_a_programme() -> None:
    one = directive("2022-CD01", FIRST)
    later = replace(one, issued=date(2022, 2, 1))
    told = (entry("2022-06-01", set_="issued", was=AsWritten.of("2022-01-11"), is_=AsWritten.of("2022-02-01")),)
    base = workspace(programme(2022, one))
    (finding,) = found(base, base, workspace(programme(2022, later)))
    assert (finding.code, finding.path, finding.subject) == (
        "key-overwritten",
        ("directives", 0, "issued"),
        "2022-CD01",
    )
    assert found(base, base, workspace(programme(2022, replace(later, log=told)))) == []
    (finding,) = found(base, base, workspace(replace(programme(2022, one), owner="BO_CONG_AN")))
    assert (finding.code, finding.path, finding.subject) == ("key-overwritten", ("owner",), "2022")


def test_a_number_that_both_sides_drew_for_different_things() -> None:
    mine, same = task("2022-CD01.2"), task("2022-CD01.2", text=Text.plain("VIỆC 2022-cd01.2"))
    other = task("2022-CD01.2", text=Text.plain("Rà soát"))
    (finding,) = found(plan(FIRST), plan(FIRST, other), plan(FIRST, mine))
    assert (finding.code, finding.facts["other"]) == ("id-taken", "Rà soát")
    assert found(plan(FIRST), plan(FIRST, same), plan(FIRST, mine)) == []
    theirs, ours = (workspace(programme(2022, directive("2022-CD02", title=Text.plain(one)))) for one in "ab")
    assert [one.code for one in found(workspace(programme(2022)), theirs, ours)] == ["id-taken"]


def test_a_number_that_was_used_again() -> None:
    old = task("2022-CD01.1", text=Text.plain("Ban hành quy chế"), source="L28-S1")
    new = task("2022-CD01.1", text=Text.plain("Tổ chức hội thao"), source="L64-S2")
    assert [one.code for one in found(plan(old), plan(old), plan(new))] == ["id-taken"]


X, Y, NEXT_DAY = Text.plain("x"), Text.plain("y"), date(2022, 2, 3)
OLD = task("2022-CD01.1", text=Text.plain("Việc A"), lead="A", deliverable=X, added=date(2022, 2, 1))
OTHER = replace(OLD, text=Text.plain("Tổ chức hội thao"))


@pytest.mark.parametrize(
    "now",
    [
        replace(OLD, text=Text.plain("Việc hoàn toàn khác"), lead="B", deliverable=Y, added=NEXT_DAY),
        replace(OTHER, lead="B", deliverable=Y),  # given again on the same day
        replace(OTHER, added=NEXT_DAY),
    ],
)
def test_a_number_is_used_again_where_what_told_the_task_has_changed(now: Task) -> None:
    assert "id-taken" in {one.code for one in found(plan(OLD), plan(OLD), plan(now))}


@pytest.mark.parametrize(
    "now",
    [
        OTHER,  # reworded
        replace(OLD, text=Text.plain("Việc A, nói rõ hơn"), lead="B", deliverable=Y),  # handed over
        replace(OLD, lead="B", deliverable=Y, added=NEXT_DAY),  # the day was corrected
        replace(OTHER, lead="B", deliverable=Y, log=(NOTE, DONE)),  # its log went on
    ],
)
def test_a_task_of_which_something_stayed_is_the_same(now: Task) -> None:
    before = replace(OLD, log=now.log[:1])
    assert {one.code for one in found(plan(before), plan(before), plan(now))} <= {"key-overwritten"}


def test_a_task_of_which_another_lead_was_put_right_is_the_same() -> None:
    set_ = entry("2022-06-01", set_="lead", was=AsWritten.of("A"), is_=AsWritten.of("B"))
    now = replace(OTHER, lead="B", deliverable=Y, log=(set_,))
    assert found(plan(OLD), plan(OLD), plan(now)) == []


def test_a_task_a_directive_or_a_programme_that_is_gone() -> None:
    (finding,) = found(plan(FIRST), plan(FIRST), plan())
    assert (finding.code, finding.subject, finding.path) == ("id-vanished", "2022-CD01.1", ("directives", 0))
    for empty in (workspace(programme(2022)), workspace()):
        (finding,) = found(plan(FIRST), plan(FIRST), empty)
        assert (finding.subject, finding.file) == ("2022-CD01", "programmes/2022.yaml")


UNITS = "schema: 1\nunits:\n  - code: VPCP\n    name: Văn phòng\n"
PROGRAMME = """\
schema: 1
year: {year}
kind: work_programme
title: Chương trình
owner: VPCP
directives:
  - id: {year}-CD01
    kind: directive
    title: Quy chế
    issuer:
      name: Trần Văn Sơn
    tasks:
      - id: {year}-CD01.1
        text: Rà soát văn bản
        nature: standing
        lead: VPCP
"""


def test_a_file_that_cant_be_read_there_is_named_and_left_out(terminal: Terminal) -> None:
    terminal.write("programmes/units.yaml", UNITS)
    for year in (2021, 2022):
        terminal.write(f"programmes/{year}.yaml", PROGRAMME.format(year=year))
    terminal.write("programmes/2021.yaml", "x: [")
    for line in ("git init -q -b main", "git add -A", "git commit -qm x"):
        terminal.run(line)
    for year in (2021, 2022):
        terminal.write(
            f"programmes/{year}.yaml", PROGRAMME.format(year=year).replace(f"{year}-CD01.1", f"{year}-CD01.2")
        )
    answer = terminal.vpcp("check", "--against", "main", "programmes")
    assert "Not compared, for it can't be read there: main:programmes/2021.yaml.\n" in answer.err
    assert (answer.code, answer.out.count("[id-vanished]")) == (3, 1)
    assert terminal.vpcp("check", "--against", "main", "programmes/2021.yaml").code == 3
    assert terminal.vpcp("check", "--against", "main", "programmes/2022.yaml").code == 1
    assert terminal.vpcp("check", "--against", "nowhere").code == 3


RIGHT = entry("2022-05-10", status=Status.DONE, corrects=Named(date=DONE.date), recorded=date(2022, 7, 1))

NEVER = LogEntry(corrects=Named(date=DONE.date), void=True, date=date(2022, 7, 1), reason="ghi nhầm")


@pytest.mark.parametrize(
    ("old", "now", "codes"),
    [
        # (a) entries stay as they are, in their order; what corrects them is added
        (FIRST, replace(FIRST, log=(DONE, RIGHT)), []),
        (FIRST, replace(FIRST, log=(DONE, replace(RIGHT, reason="gõ nhầm"))), []),
        (
            replace(FIRST, log=(DONE, RIGHT)),
            replace(FIRST, log=(DONE, replace(RIGHT, reason="x"))),
            ["entry-rewritten"],
        ),
        (replace(FIRST, log=(DONE, NEVER)), replace(FIRST, log=(DONE,)), ["entry-vanished"]),
        (replace(FIRST, log=(DONE, RIGHT)), replace(FIRST, log=(DONE,)), ["entry-vanished"]),
        (replace(FIRST, log=(DONE, RIGHT)), FIRST, ["entry-vanished"]),
        (FIRST, replace(FIRST, log=(replace(DONE, recorded=date(2022, 5, 21)),)), ["entry-rewritten"]),
        (FIRST, replace(FIRST, log=(replace(DONE, by="An"),)), ["entry-rewritten"]),
        (replace(FIRST, log=(DONE, DONE)), FIRST, ["entry-vanished"]),
        (replace(FIRST, log=(SAME_DAY, DONE)), replace(FIRST, log=(DONE, SAME_DAY)), ["entries-reordered"]),
        (replace(FIRST, log=(SAME_DAY, DONE)), replace(FIRST, log=(SAME_DAY, NOTE, DONE)), []),
        # (c) what was said once for all
        (FIRST, replace(FIRST, recorded=date(2022, 2, 1)), ["fixed-overwritten"]),
        (replace(FIRST, recorded=date(2022, 2, 1)), FIRST, ["fixed-overwritten"]),
        (FIRST, replace(FIRST, carried_from="2021-CD01.1"), ["fixed-overwritten"]),
        # (d) texts are free
        (FIRST, replace(FIRST, text=Text.plain("Việc khác hẳn"), measure=Text.plain("Đo")), []),
    ],
)
def test_what_may_change_of_a_task_that_is_known(old: Task, now: Task, codes: list[str]) -> None:
    assert [one.code for one in found(plan(old), plan(old), plan(now))] == codes


def test_recorded_of_a_directive_and_entries_of_directives_and_programmes_stay_too() -> None:
    told = entry("2022-06-01", set_="title", was=AsWritten.of("x"), is_=AsWritten.of("y"))
    home = programme(2022, directive("2022-CD01", FIRST, log=(told,)), log=(told,))
    now = programme(2022, directive("2022-CD01", FIRST, recorded=date(2022, 3, 1)))
    codes = [one.code for one in found(workspace(home), workspace(home), workspace(now))]
    assert codes == ["entry-vanished", "fixed-overwritten", "entry-vanished"]


@pytest.mark.parametrize(
    ("now", "places"),
    [
        (plan(replace(FIRST, log=(DONE, NOTE))), [("directives", 0, "tasks", 0, "log", 1)]),
        (plan(replace(FIRST, log=(DONE, replace(NOTE, recorded=date(2022, 6, 24))))), []),
        (plan(replace(FIRST, log=(DONE, RIGHT))), []),
        (plan(FIRST, task("2022-CD01.2", None, DONE)), [("directives", 0, "tasks", 1)]),
        (plan(FIRST, task("2022-CD01.2", None, DONE, recorded=date(2022, 6, 24))), []),
        (workspace(*plan(FIRST).programmes, programme(2021, directive("2021-CD01"))), [("directives",)]),
    ],
)
def test_what_is_new_does_not_claim_to_be_old(now: Workspace, places: list[object]) -> None:
    day = date(2022, 6, 24)
    told = list(check_continuity(History(plan(FIRST), plan(FIRST), now, "origin/main", day)))
    assert [(one.code, one.path) for one in told] == [("backdated-entry", place) for place in places]
    assert list(check_continuity(History(plan(FIRST), now, now, "origin/main", day))) == []
