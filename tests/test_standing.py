"""The fold of the log: a task as it stands on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from making import directive, entry, programme, standing, stood, task
from vpcp_cli.counts import count
from vpcp_cli.programme import LogEntry, Task, Text
from vpcp_cli.standing import Standing
from vpcp_cli.vocabulary import Decision, Item, Nature, Risk, Status, Timeliness

REQUESTED, APPROVED, REJECTED = Decision.REQUESTED, Decision.APPROVED, Decision.REJECTED


def known(one: Task, day: str | date) -> Standing:
    found = standing(one, day)
    assert found is not None
    return found


YEAR_2022 = programme(
    2022,
    directive(
        "2022-CD02",
        task("2022-CD02.2", "2022-06", entry("2022-06-09", deadline="2022-12", decision=REQUESTED),
             entry("2022-06-23", deadline="2022-12", decision=APPROVED)),
        task("2022-CD02.3", "2022-Q2", entry("2022-02-10", status=Status.IN_PROGRESS),
             entry("2022-05-20", status=Status.DONE)),
    ),
    directive("2022-CD03", task("2022-CD03.1", "2022-09-30", entry("2022-08-01", obstacle=Text.plain("Thiếu vốn")))),
    directive("2022-CD05", task("2022-CD05.1", "2022-Q4",
                                entry("2022-12-31", status=Status.CARRIED_OVER, to="2023-CN01.1"))),
)  # fmt: skip
YEAR_2023 = programme(
    2023,
    directive("2023-CN01", task("2023-CN01.1", "2022-Q4", carried_from="2022-CD05.1"), issued="2022-12-31"),
)


@pytest.mark.parametrize(
    ("day", "cells"),
    [
        ("2022-01-10", {}),
        ("2022-06-15", {
            "2022-CD02.3": ("done_on_time", -41), "2022-CD02.2": ("due_soon", -15),
            "2022-CD03.1": ("in_time", -107), "2022-CD05.1": ("in_time", -199),
        }),
        ("2022-07-01", {
            "2022-CD02.3": ("done_on_time", -41), "2022-CD02.2": ("in_time", -183),
            "2022-CD03.1": ("in_time", -91), "2022-CD05.1": ("in_time", -183),
        }),
        ("2022-09-05", {
            "2022-CD02.3": ("done_on_time", -41), "2022-CD02.2": ("in_time", -117),
            "2022-CD03.1": ("due_soon", -25), "2022-CD05.1": ("in_time", -117),
        }),
        ("2023-01-15", {
            "2022-CD02.3": ("done_on_time", -41), "2022-CD02.2": ("overdue", 15),
            "2022-CD03.1": ("overdue", 107), "2022-CD05.1": ("in_time", 0), "2023-CN01.1": ("overdue", 15),
        }),
    ],
)  # fmt: skip
def test_the_worked_fold(day: str, cells: dict[str, tuple[str, int]]) -> None:
    found = stood(YEAR_2022, YEAR_2023, day=date.fromisoformat(day))

    assert {one.task.id: (one.timeliness.value, one.days) for one in found} == cells
    by_id = {one.task.id: one for one in found}
    if day == "2022-06-15":
        pending = by_id["2022-CD02.2"].pending_deadline
        assert pending is not None
        assert pending.text == "2022-12"
    if day == "2022-07-01":
        assert by_id["2022-CD02.2"].postponements == 1
        assert by_id["2022-CD02.2"].pending_deadline is None
    if day == "2022-09-05":
        risk = by_id["2022-CD03.1"].risk
        assert risk is not None
        assert risk.level is Risk.HIGH
    if day == "2023-01-15":
        assert not by_id["2022-CD05.1"].open
        counted = count(found)
        assert (counted.total, counted.apart) == (4, 1)


def test_a_later_line_may_tell_of_an_earlier_day() -> None:
    one = task(
        "2022-CD01.1", None, entry("2022-05-20", status=Status.DONE), entry("2022-03-01", status=Status.IN_PROGRESS)
    )

    assert known(one, "2022-06-01").status is Status.DONE
    assert known(one, "2022-04-01").status is Status.IN_PROGRESS


def test_the_first_of_several_completions_counts_until_the_run_breaks() -> None:
    log = (
        entry("2022-05-20", status=Status.DONE),
        entry("2022-05-25", status=Status.DONE),
        entry("2022-06-01", status=Status.IN_PROGRESS),
        entry("2022-07-10", status=Status.DONE),
    )
    one = task("2022-CD01.1", "2022-Q2", *log)

    assert known(one, "2022-05-30").done_on == date(2022, 5, 20)
    assert known(one, "2022-06-15").done_on is None
    late = known(one, "2022-08-01")
    assert (late.timeliness, late.days) == (Timeliness.DONE_LATE, 10)


def test_done_in_time_only_after_a_postponement_is_remarked() -> None:
    one = task(
        "2022-CD01.1", "2022-Q2",
        entry("2022-06-23", deadline="2022-12", decision=APPROVED), entry("2022-07-10", status=Status.DONE),
    )  # fmt: skip
    found = known(one, "2022-08-01")

    assert found.timeliness is Timeliness.DONE_ON_TIME
    assert found.kept_after_postponement
    assert found.first_deadline is not None
    assert found.first_deadline.text == "2022-Q2"


def test_an_approval_after_completion_moves_nothing() -> None:
    one = task(
        "2022-CD01.1", "2022-Q2",
        entry("2022-07-10", status=Status.DONE), entry("2022-07-20", deadline="2022-12", decision=APPROVED),
    )  # fmt: skip
    found = known(one, "2022-08-01")

    assert (found.timeliness, found.postponements) == (Timeliness.DONE_LATE, 0)


def test_an_approval_on_a_task_without_a_deadline_becomes_the_first_one() -> None:
    one = task("2022-CD01.1", None, entry("2022-03-01", deadline="2022-Q3", decision=APPROVED))
    found = known(one, "2022-04-01")

    assert found.first_deadline == found.deadline
    assert (found.timeliness, found.postponements) == (Timeliness.IN_TIME, 0)


def test_any_decision_ends_a_request() -> None:
    one = task(
        "2022-CD01.1", "2022-Q2",
        entry("2022-06-01", deadline="2022-Q3", decision=REQUESTED),
        entry("2022-06-10", deadline="2022-Q3", decision=REJECTED),
    )  # fmt: skip

    assert known(one, "2022-06-05").pending_deadline is not None
    assert known(one, "2022-06-15").pending_deadline is None
    assert known(one, "2022-07-15").overdue


def test_a_deferred_task_has_no_deadline_until_it_goes_on() -> None:
    one = task(
        "2022-CD01.1", "2022-Q2",
        entry("2022-05-01", status=Status.DEFERRED, note="Chờ luật"), entry("2022-08-01", status=Status.IN_PROGRESS),
    )  # fmt: skip

    assert known(one, "2022-07-15").timeliness is Timeliness.NO_DEADLINE
    assert known(one, "2022-07-15").open
    assert (known(one, "2022-08-09").timeliness, known(one, "2022-08-09").days) == (Timeliness.OVERDUE, 40)


@pytest.mark.parametrize(
    ("submitted", "day", "timeliness", "days"),
    [
        ("2022-06-20", "2022-09-01", Timeliness.IN_TIME, -10),
        ("2022-07-10", "2022-09-01", Timeliness.OVERDUE, 10),
    ],
)
def test_a_scheme_keeps_its_deadline_by_being_submitted(
    submitted: str, day: str, timeliness: Timeliness, days: int
) -> None:
    one = task("2022-CD01.1", "2022-Q2", entry(submitted, status=Status.SUBMITTED), item=Item.SCHEME)
    found = known(one, day)

    assert (found.status, found.timeliness, found.days) == (Status.SUBMITTED, timeliness, days)


def test_a_scheme_that_is_sent_back_runs_again() -> None:
    one = task(
        "2022-CD01.1", "2022-Q2",
        entry("2022-06-20", status=Status.SUBMITTED), entry("2022-07-01", status=Status.IN_PROGRESS),
        entry("2022-07-20", status=Status.SUBMITTED), entry("2022-08-10", status=Status.DONE), item=Item.SCHEME,
    )  # fmt: skip

    assert (known(one, "2022-07-15").timeliness, known(one, "2022-07-15").days) == (Timeliness.OVERDUE, 15)
    assert (known(one, "2022-09-01").timeliness, known(one, "2022-09-01").days) == (Timeliness.DONE_LATE, 20)


def test_an_ordinary_task_is_not_done_by_being_submitted() -> None:
    one = task("2022-CD01.1", "2022-Q2", entry("2022-06-20", status=Status.SUBMITTED))

    assert known(one, "2022-07-15").overdue


@pytest.mark.parametrize("status", [Status.RETURNED, Status.WITHDRAWN])
def test_what_was_returned_or_withdrawn_is_not_counted(status: Status) -> None:
    one = task("2022-CD01.1", "2022-Q2", entry("2022-05-01", status=status, note="Ngoài thẩm quyền"))
    found = known(one, "2022-09-01")

    assert (found.timeliness, found.open, found.risk) == (Timeliness.UNCOUNTED, False, None)


def test_a_principle_has_no_status() -> None:
    one = task("2022-CD01.1", None, entry("2022-05-01", note="Nhắc lại"), nature=Nature.PRINCIPLE)
    found = known(one, "2022-09-01")

    assert (found.status, found.timeliness, found.risk) == (None, Timeliness.UNCOUNTED, None)


def test_the_lead_is_who_has_the_task_on_the_day() -> None:
    one = task("2022-CD01.1", None, entry("2022-05-01", lead="BO_CONG_AN"), support=("BO_CONG_AN", "BO_QUOC_PHONG"))

    assert (known(one, "2022-04-30").lead, known(one, "2022-04-30").support) == (
        "VPCP",
        ("BO_CONG_AN", "BO_QUOC_PHONG"),
    )
    assert (known(one, "2022-05-01").lead, known(one, "2022-05-01").support) == ("BO_CONG_AN", ("BO_QUOC_PHONG",))


def test_an_obstacle_is_cleared_by_its_key_or_with_all_others() -> None:
    log = (
        entry("2022-02-01", obstacle=Text.plain("Vốn"), key="von"),
        entry("2022-02-02", obstacle=Text.plain("Người")),
        entry("2022-03-01", resolved=Text.plain("Đã cấp"), key="von"),
        entry("2022-05-01", status=Status.DONE),
        entry("2022-06-01", resolved=Text.plain("Xong cả")),
    )
    one = task("2022-CD01.1", None, *log)

    assert [o.entry.key for o in known(one, "2022-02-15").obstacles] == ["von", None]
    assert [o.entry.key for o in known(one, "2022-05-15").obstacles] == [None]
    assert known(one, "2022-06-01").obstacles == ()


@pytest.mark.parametrize(
    ("log", "day", "level"),
    [
        ((), "2022-03-01", Risk.LOW),
        ((), "2022-06-15", Risk.MEDIUM),
        ((), "2022-07-15", Risk.HIGH),
        ((entry("2022-02-01", obstacle=Text.plain("Vốn")),), "2022-03-01", Risk.MEDIUM),
        ((entry("2022-02-01", obstacle=Text.plain("Vốn")),), "2022-06-15", Risk.HIGH),
        ((entry("2022-02-01", status=Status.IN_PROGRESS),), "2022-05-01", Risk.LOW),
        ((entry("2022-02-01", status=Status.IN_PROGRESS),), "2022-05-02", Risk.MEDIUM),
        ((entry("2022-02-01", risk=Risk.HIGH, note="Thiếu người", by="A"),), "2022-03-01", Risk.HIGH),
        ((entry("2022-02-01", risk=Risk.LOW, note="Ổn"),), "2022-06-15", Risk.LOW),
        ((entry("2022-02-01", risk=Risk.LOW, note="Ổn"),), "2022-07-15", Risk.HIGH),
        (
            (entry("2022-02-01", risk=Risk.HIGH, note="Lo"), entry("2022-02-10", status=Status.IN_PROGRESS)),
            "2022-03-01",
            Risk.LOW,
        ),
    ],
)
def test_risk(log: tuple[LogEntry, ...], day: str, level: Risk) -> None:
    risk = known(task("2022-CD01.1", "2022-Q2", *log), day).risk

    assert risk is not None
    assert risk.level is level


def test_a_second_postponement_raises_the_risk() -> None:
    log = (
        entry("2022-02-01", deadline="2022-09", decision=APPROVED),
        entry("2022-03-01", deadline="2022-12", decision=APPROVED),
    )
    one = task("2022-CD01.1", "2022-Q2", *log)

    assert [known(one, day).postponements for day in ("2022-02-15", "2022-03-15")] == [1, 2]
    risk = known(one, "2022-03-15").risk
    assert risk is not None
    assert risk.level is Risk.MEDIUM


DAYS = some.dates(date(2022, 1, 11), date(2022, 12, 31))
STATUSES = some.sampled_from([Status.IN_PROGRESS, Status.DONE, Status.SUBMITTED, Status.DEFERRED, Status.NOT_DONE])
ENTRIES = some.one_of(
    some.builds(lambda day, status: LogEntry(date=day, status=status, note="x"), DAYS, STATUSES),
    some.builds(
        lambda day, month, decision: entry(day.isoformat(), deadline=f"2022-{month:02d}", decision=decision),
        DAYS, some.integers(1, 12), some.sampled_from(Decision),
    ),
    some.builds(lambda day: LogEntry(date=day, obstacle=Text.plain("x")), DAYS),
    some.builds(lambda day: LogEntry(date=day, resolved=Text.plain("x")), DAYS),
)  # fmt: skip


@given(some.lists(ENTRIES, max_size=8), DAYS, some.integers(0, 400))
def test_what_comes_after_the_day_changes_nothing(log: list[LogEntry], day: date, more: int) -> None:
    one = task("2022-CD01.1", "2022-Q2", *log)
    shorter = task("2022-CD01.1", "2022-Q2", *(each for each in log if each.date <= day))
    found, same = standing(one, day), standing(shorter, day)

    assert found is not None
    assert same is not None
    assert (found.status, found.timeliness, found.days, found.deadline, found.obstacles, found.risk) == (
        same.status, same.timeliness, same.days, same.deadline, same.obstacles, same.risk,
    )  # fmt: skip
    assert standing(one, date(2022, 1, 10) - timedelta(days=more)) is None


@given(some.lists(ENTRIES, max_size=8, unique_by=lambda one: one.date), DAYS, some.randoms())
def test_the_order_of_the_file_means_nothing_between_days(log: list[LogEntry], day: date, chance: object) -> None:
    shuffled = list(log)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis's own Random
    one, other = (standing(task("2022-CD01.1", "2022-Q2", *each), day) for each in (log, shuffled))

    assert one is not None
    assert other is not None
    assert (one.status, one.timeliness, one.days, one.postponements) == (
        other.status, other.timeliness, other.days, other.postponements,
    )  # fmt: skip


@given(some.lists(ENTRIES, max_size=8), DAYS)
def test_every_task_stands_in_exactly_one_cell(log: list[LogEntry], day: date) -> None:
    found = standing(task("2022-CD01.1", "2022-Q2", *log), day)

    assert found is not None
    late = found.timeliness in (Timeliness.OVERDUE, Timeliness.DONE_LATE)
    assert (found.late_days > 0) is late
    assert count([found]).total + count([found]).uncounted == 1
