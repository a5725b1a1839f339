"""What goes on from year to year: nothing is copied but the link, and nothing of the history is lost."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from making import directive, entry, programme, task
from programmes import days, tasks
from vpcp_cli.knowing import name_of, programme_known_at
from vpcp_cli.linking import linked, with_history
from vpcp_cli.programme import LogEntry, Programme, Task, Text
from vpcp_cli.standing import Standing, folded, stand
from vpcp_cli.vocabulary import Decision, Nature, Status, Timeliness

CARRIED = date(2022, 12, 30)
OLD, NEW, LAST = "2022-CD01.1", "2023-CN01.1", "2024-CN01.1"


def carry(to: str, day: str = "2022-12-30") -> LogEntry:
    return entry(day, status=Status.CARRIED_OVER, to=to)


def year(of: int, *some: Task, issued: str) -> Programme:
    return programme(of, directive(some[0].id.rpartition(".")[0], *some, issued=issued))


def chain(*old: LogEntry, new: Task | None = None, deadline: str | None = "2022-Q2") -> tuple[Programme, ...]:
    """A task of 2022 that goes on in 2023."""
    first = task(OLD, deadline, *old, carry(NEW))
    return linked([
        year(2022, first, issued="2022-01-11"),
        year(2023, new or task(NEW, carried_from=OLD), issued="2022-12-30"),
    ])  # fmt: skip


def standing(programmes: tuple[Programme, ...], id_: str, day: str | date) -> Standing:
    when = date.fromisoformat(day) if isinstance(day, str) else day
    (found,) = [stand(one, *both, when) for one in programmes for both in one.tasks() if both[1].id == id_]
    assert found
    return found


POSTPONED = entry("2022-06-20", deadline="2022-12", decision=Decision.APPROVED)
BLOCKED = entry("2022-09-01", obstacle=Text.plain("Thiếu vốn"))
STARTED = entry("2022-03-01", status=Status.IN_PROGRESS)


def test_state_deadlines_and_obstacles_go_on() -> None:
    found = standing(chain(STARTED, POSTPONED, BLOCKED), NEW, "2023-01-31")
    assert found.status is Status.IN_PROGRESS
    assert [one and one.text for one in (found.first_deadline, found.deadline)] == ["2022-Q2", "2022-12"]
    assert (found.postponements, found.timeliness, found.days) == (1, Timeliness.OVERDUE, 31)
    assert [one.entry for one in found.obstacles] == [BLOCKED]
    assert found.last_entry == BLOCKED


def test_what_the_new_end_says_was_decided_on_the_day_of_carrying() -> None:
    moved = task(NEW, "2023-Q1", lead="BO_Y_TE", carried_from=OLD)
    found = standing(chain(POSTPONED, new=moved), NEW, "2023-01-31")
    assert [one and one.text for one in (found.first_deadline, found.deadline)] == ["2022-Q2", "2023-Q1"]
    assert (found.postponements, found.lead) == (2, "BO_Y_TE")
    earlier = standing(chain(POSTPONED, new=replace(moved, deadline=None)), NEW, "2023-01-31")
    assert (earlier.deadline and earlier.deadline.text, earlier.postponements) == ("2022-12", 1)
    same = standing(chain(POSTPONED, new=task(NEW, "2022-12", carried_from=OLD)), NEW, "2023-01-31")
    assert same.postponements == 1
    sooner = standing(chain(POSTPONED, new=task(NEW, "2022-11", carried_from=OLD)), NEW, "2023-01-31")
    assert (sooner.deadline and sooner.deadline.text, sooner.postponements) == ("2022-11", 1)


def test_what_was_asked_for_and_not_answered_is_still_asked_for() -> None:
    asked = entry("2022-12-01", deadline="2023-Q1", decision=Decision.REQUESTED)
    pending = standing(chain(asked), NEW, "2023-01-31").pending_deadline
    assert pending
    assert pending.text == "2023-Q1"


def test_a_correction_at_the_old_end_changes_the_history_of_the_new_one() -> None:
    log = (POSTPONED, BLOCKED)
    never = entry("2023-02-01", corrects=name_of(log, 1), void=True, note="ghi nhầm")
    programmes = chain(*log, never)
    assert standing(programmes, NEW, "2023-01-31").obstacles == ()
    known = linked([programme_known_at(one, date(2023, 1, 31)) for one in programmes])
    assert len(standing(known, NEW, "2023-01-31").obstacles) == 1


def test_what_happens_at_the_old_end_after_the_carry_is_not_inherited() -> None:
    late = entry("2023-01-05", status=Status.DONE)
    assert standing(chain(STARTED, late), NEW, "2023-01-31").status is Status.IN_PROGRESS


def test_the_oldest_end_gives_the_first_deadline() -> None:
    middle = task(NEW, "2023-Q2", STARTED_LATER, carry(LAST, "2023-12-29"), carried_from=OLD)
    programmes = linked([
        *chain(POSTPONED, new=middle),
        year(2024, task(LAST, "2024-Q1", carried_from=NEW), issued="2023-12-29"),
    ])  # fmt: skip
    found = standing(programmes, LAST, "2024-02-01")
    assert [one and one.text for one in (found.first_deadline, found.deadline)] == ["2022-Q2", "2024-Q1"]
    assert (found.postponements, found.status) == (3, Status.IN_PROGRESS)
    assert [one.date.year for one in folded(found.task, date.max)] == [2022, 2022, 2023, 2023]


STARTED_LATER = entry("2023-03-01", status=Status.IN_PROGRESS)


def test_it_was_with_whom_the_oldest_end_was_at_first_until_it_was_decided_otherwise() -> None:
    given = entry("2022-04-01", lead="BO_NOI_VU")
    person = entry("2022-05-01", responsible="Bà B")
    first = task(OLD, "2022-Q2", given, person, carry(NEW), lead="BO_TAI_CHINH", responsible="Ông A")
    middle = task(NEW, None, carry(LAST, "2023-12-29"), lead="BO_NOI_VU", responsible="Bà B", carried_from=OLD)
    last = task(LAST, lead="BO_Y_TE", responsible="Bà C", carried_from=NEW)
    programmes = linked([
        year(2022, first, issued="2022-01-11"),
        year(2023, middle, issued="2022-01-11"),
        year(2024, last, issued="2022-01-11"),
    ])  # fmt: skip
    for id_ in (NEW, LAST):
        found = [standing(programmes, id_, day) for day in ("2022-02-15", "2022-04-15", "2023-01-31")]
        assert [one.lead for one in found] == ["BO_TAI_CHINH", "BO_NOI_VU", "BO_NOI_VU"]
        assert [one.responsible for one in found] == ["Ông A", "Ông A", "Bà B"]
        assert {one.task.first_lead for one in found} == {"BO_TAI_CHINH"}
    now = standing(programmes, LAST, "2024-01-31")
    assert (now.lead, now.responsible) == ("BO_Y_TE", "Bà C")
    bare = replace(last, lead="", responsible=None)
    assert with_history(bare, {one.id: one for one in (first, middle)}.get).inherited
    said_nothing = linked([*programmes[:2], year(2024, bare, issued="2022-01-11")])
    then = standing(said_nothing, LAST, "2024-01-31")
    assert (then.lead, then.responsible) == ("BO_NOI_VU", "Bà B")


def test_a_link_holds_where_both_ends_agree() -> None:
    def own(old: Task | None, **facts: Any) -> bool:
        new = task(NEW, carried_from=OLD, **facts)
        return with_history(new, {one.id: one for one in (old, new) if one}.get).inherited is None

    assert own(None)
    assert own(task(OLD, "2022-Q2"))
    assert own(task(OLD, "2022-Q2", carry("2023-CN01.2"), carry(NEW, "2022-12-31")))  # the first counts
    assert not own(task(OLD, "2022-Q2", carry(NEW), carry("2023-CN01.2", "2022-12-31")))
    voided = carry(NEW)
    never = entry("2023-02-01", corrects=name_of((voided,), 0), void=True, note="chuyển nhầm")
    assert own(task(OLD, "2022-Q2", voided, never))


def test_links_that_lead_in_a_circle_are_none() -> None:
    one = task("2022-CD01.1", "2022-Q1", carry("2022-CD01.2"), carried_from="2022-CD01.3")
    two = task("2022-CD01.2", "2022-Q2", carry("2022-CD01.3"), carried_from="2022-CD01.1")
    three = task("2022-CD01.3", "2022-Q3", carry("2022-CD01.1"), carried_from="2022-CD01.2")
    find = {each.id: each for each in (one, two, three)}.get
    assert [with_history(each, find).inherited for each in (one, two, three)] == [None] * 3
    itself = task(OLD, "2022-Q1", carry(OLD), carried_from=OLD)
    assert with_history(itself, {OLD: itself}.get).inherited is None


@given(tasks(OLD), st.none() | days)
def test_on_the_day_of_carrying_a_task_stands_as_it_stood(old: Task, added: date | None) -> None:
    before = replace(
        old, added=added, log=tuple(one for one in old.log if one.status not in (Status.CARRIED_OVER, Status.VOID))
    )
    assume(before.nature is not Nature.EXPECTATION and not before.parted)
    home = year(2022, before, issued="2022-01-01")
    after = replace(before, log=(*before.log, entry(CARRIED.isoformat(), status=Status.CARRIED_OVER, to=NEW)))
    was = stand(home, *next(home.tasks()), CARRIED)
    assume(was is not None)
    assert was
    new = replace(before, id=NEW, lead=was.lead, deadline=None, log=(), carried_from=OLD, added=None)
    programmes = linked([
        year(2022, after, issued="2022-01-01"),
        year(2023, new, issued=CARRIED.isoformat()),
    ])  # fmt: skip
    for number in (0, 1, 100):
        day = CARRIED + timedelta(days=number)
        upto = replace(before, log=tuple(one for one in before.log if one.date <= CARRIED))
        then = stand(home, replace(home.directives[0], tasks=(upto,)), upto, day)
        assert then
        assert as_it_stands(standing(programmes, NEW, day)) == as_it_stands(then)


def as_it_stands(one: Standing) -> tuple[object, ...]:
    """All that became of a task, without where it is written."""
    names = (
        *("status", "timeliness", "lead", "support", "first_deadline", "deadline", "pending_deadline"),
        *("postponements", "done_on", "days", "risk", "obstacles", "last_entry"),
    )
    return tuple(getattr(one, name) for name in names)
