"""The official count adds up, whatever the tasks; its rates never leave their base."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from making import directive, entry, programme, task
from making import stood as one_by_one
from vpcp_cli.case import case_of
from vpcp_cli.counts import BREAKDOWNS, Count, Rate, breakdown, count
from vpcp_cli.deadline import Deadline
from vpcp_cli.happening import happenings
from vpcp_cli.programme import LogEntry, Programme, Task, Text
from vpcp_cli.standing import Standing
from vpcp_cli.summary import Summary, attention, movement, postponed_by_lead, postponements, same_point
from vpcp_cli.vocabulary import Category, Decision, Nature, Risk, Status, Timeliness

DAY = date(2022, 9, 30)
DEADLINES = (None, "2022-03", "2022-08-16", "2022-Q3", "2022-10-10", "2022-12")
LEADS = ("VPCP", "BO_CONG_AN", "TTG")


def nth(number: int, *log: LogEntry, deadline: str | None = None, lead: str = "VPCP", year: int = 2022) -> Task:
    return task(f"{year}-CD01.{number}", deadline, *log, lead=lead)


def plan(*tasks: Task, year: int = 2022) -> Programme:
    return programme(year, directive(f"{year}-CD01", *tasks, issued=f"{year}-01-01"))


def stood(*programmes: Programme, day: date = DAY) -> list[Standing]:
    return one_by_one(*programmes, day=day)


def approved(day: str, deadline: str) -> LogEntry:
    return entry(day, deadline=deadline, decision=Decision.APPROVED)


days = st.integers(0, 500).map(lambda days: date(2022, 1, 1) + timedelta(days))
entries = st.builds(LogEntry, date=days, status=st.sampled_from([*Status])) | st.builds(
    LogEntry,
    date=days,
    deadline=st.sampled_from(DEADLINES[1:]).map(Deadline.parse),
    decision=st.sampled_from([*Decision]),
)


@st.composite
def workspaces(draw: st.DrawFn) -> list[Standing]:
    """Tasks of two years with random logs; some of the first go on in the second."""

    def tasks(year: int) -> tuple[Task, ...]:
        return tuple(
            task(
                f"{year}-CD01.{number}",
                draw(st.sampled_from(DEADLINES)),
                *draw(st.lists(entries, max_size=4)),
                *_carried(draw, number, year),
                nature=draw(st.sampled_from([*Nature])),
                lead=draw(st.sampled_from(LEADS)),
                category=draw(st.none() | st.sampled_from([*Category])),
            )
            for number in range(1, draw(st.integers(1, 6)))
        )

    return stood(plan(*tasks(2022)), plan(*tasks(2023), year=2023), day=draw(days))


def _carried(draw: st.DrawFn, number: int, year: int) -> Sequence[LogEntry]:
    if year == 2023 or not draw(st.booleans()):
        return ()
    return (LogEntry(date=date(2022, 12, 31), status=Status.CARRIED_OVER, to=f"2023-CD01.{number}"),)


@given(workspaces())
def test_six_cells_make_the_total_and_every_task_is_in_one_place(standings: list[Standing]) -> None:
    whole = count(standings)
    cells = (
        whole.cell(Timeliness.DONE_ON_TIME),
        whole.cell(Timeliness.DONE_LATE),
        whole.cell(Timeliness.DONE_NO_DEADLINE),
        whole.cell(Timeliness.IN_TIME, Timeliness.DUE_SOON),
        whole.cell(Timeliness.OVERDUE),
        whole.cell(Timeliness.NO_DEADLINE),
    )
    assert sum(cells) == whole.total == sum(whole.statuses.values())
    assert sum(whole.outside.values()) == whole.uncounted
    assert sum(whole.bands) == whole.cell(Timeliness.OVERDUE)
    assert whole.total + whole.uncounted + whole.apart + whole.void == len(standings)


@given(workspaces())
def test_the_parts_of_every_breakdown_make_the_whole(standings: list[Standing]) -> None:
    whole = count(standings)
    for by in BREAKDOWNS:
        groups = breakdown(standings, by)
        assert len({group.key for group in groups}) == len(groups)
        assert _sum(group.count.cells for group in groups) == Counter(whole.cells)
        assert _sum(group.count.statuses for group in groups) == Counter(whole.statuses)
        assert [sum(band) for band in zip(*(group.count.bands for group in groups), strict=True)] == (
            list(whole.bands) if groups else []
        )
        assert sum(group.count.apart for group in groups) == whole.apart
        assert sum(sum(group.years.values()) for group in groups) == whole.total + whole.uncounted


def _sum(counts: object) -> Counter[object]:
    total: Counter[object] = Counter()
    for one in counts:  # type: ignore[attr-defined]
        total.update(one)
    return total


@given(workspaces())
def test_rates_stay_within_their_base(standings: list[Standing]) -> None:
    whole = count(standings)
    for rate in (whole.rate_of_all, whole.rate_of_due):
        assert 0 <= rate.part <= rate.base <= whole.total
        assert rate.percent is None if not rate.base else 0 <= (rate.percent or 0) <= 100


@given(workspaces())
def test_what_needs_attention_is_open_and_the_reddest_comes_first(standings: list[Standing]) -> None:
    found = attention(standings)
    reasons = [case.reasons for case in found.fact("case")]
    assert all(one.open and why for one, why in zip(found, reasons, strict=True))
    late = [one.late_days for one, why in zip(found, reasons, strict=True) if why[0] == "overdue"]
    assert late == sorted(late, reverse=True)
    assert [why[0] == "overdue" for why in reasons] == sorted((why[0] == "overdue" for why in reasons), reverse=True)


@given(workspaces())
def test_postponements_are_the_same_by_task_and_by_lead(standings: list[Standing]) -> None:
    times = sum(one.postponements for one in standings)
    assert len(postponements(standings)) == times == sum(one.times for one in postponed_by_lead(standings))


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_half_is_rounded_up(part: int, base: int) -> None:
    percent = Rate(part, base).percent
    assert percent is None if not base else abs(round(percent or 0, 1) * 10 * base - 1000 * part) * 2 <= base
    assert Rate(1, 16).percent == 6.3
    assert Rate(1, 80).percent == 1.3


def yardstick() -> Count:
    """The count of report 1270/BC-TCTTTg, 27/12/2017."""
    cells = {
        Timeliness.DONE_ON_TIME: 14_068,
        Timeliness.DONE_LATE: 1_983,
        Timeliness.IN_TIME: 5_640,
        Timeliness.OVERDUE: 223,
    }
    return Count(cells, {}, {}, (223, 0, 0))


def test_the_count_of_2017_has_both_published_rates() -> None:
    whole = yardstick()
    assert whole.total == 21_914
    assert (whole.rate_of_due, whole.rate_of_due.percent) == (Rate(16_051, 16_274), 98.6)
    assert (whole.rate_of_all, whole.rate_of_all.percent) == (Rate(16_051, 21_914), 73.2)


def test_no_base_is_no_rate() -> None:
    whole = count(stood(plan(nth(1))))
    assert whole.rate_of_all.percent == 0.0
    assert whole.rate_of_due.percent is None


def test_a_task_carried_over_is_counted_at_its_new_end_alone() -> None:
    old = plan(nth(1, entry("2022-12-31", status=Status.CARRIED_OVER, to="2023-CD01.1"), deadline="2022-Q4"))
    new = plan(nth(1, deadline="2022-Q4", year=2023), year=2023)
    day = date(2023, 1, 15)
    both, alone = count(stood(old, new, day=day)), count(stood(old, day=day))
    assert (both.total, both.cell(Timeliness.OVERDUE), both.apart) == (1, 1, 1)
    assert (alone.total, alone.statuses[Status.CARRIED_OVER], alone.apart) == (1, 1, 0)


def test_what_is_not_counted_says_why() -> None:
    returned = nth(1, entry("2022-03-01", status=Status.RETURNED, note="Thuộc thẩm quyền của bộ"))
    principle = task("2022-CD01.2", nature=Nature.PRINCIPLE)
    assert count(stood(plan(returned, principle))).outside == {Status.RETURNED: 1, Nature.PRINCIPLE: 1}


def test_red_is_late_then_near_and_risky() -> None:
    late = nth(1, deadline="2022-08-16")
    later = nth(2, deadline="2022-03")
    near = nth(3, deadline="2022-10-01")
    near_and_stuck = nth(4, entry("2022-09-01", obstacle=Text.plain("Thiếu kinh phí")), deadline="2022-10-10")
    stuck = nth(5, entry("2022-09-01", obstacle=Text.plain("Chờ ý kiến")))
    stuck_with_a_day = nth(6, entry("2022-09-01", obstacle=Text.plain("Chờ ý kiến")), deadline="2022-12")
    risky = nth(7, entry("2022-09-01", risk=Risk.HIGH, note="Chưa có dự thảo"))
    asking = nth(8, entry("2022-09-01", deadline="2023-01", decision=Decision.REQUESTED))
    done = nth(9, entry("2022-09-01", obstacle=Text.plain("Cũ")), entry("2022-09-02", status=Status.DONE))
    tasks = (late, later, near, near_and_stuck, stuck, stuck_with_a_day, risky, asking, done)
    found = attention(stood(plan(*tasks)))
    assert [one.task for one in found] == [
        later, late, near_and_stuck, near, stuck_with_a_day, stuck, risky, asking,
    ]  # fmt: skip
    assert case_of(found[2]).reasons == ("due_soon", "obstacle", "high_risk")
    summary = Summary.of(stood(plan(*tasks)), DAY)
    assert [one.task for one in summary.obstructed] == [near_and_stuck, stuck, stuck_with_a_day, done]
    assert summary.high_risks == 4


def test_postponements_by_lead_and_how_many_times() -> None:
    twice = nth(1, approved("2022-03-01", "2022-06"), approved("2022-06-01", "2022-12"), deadline="2022-03")
    once = nth(2, approved("2022-05-01", "2022-Q3"), deadline="2022-06")
    earlier = nth(3, approved("2022-05-01", "2022-05"), deadline="2022-06", lead="TTG")
    other = nth(4, approved("2022-02-01", "2022-12"), deadline="2022-06", lead="TTG")
    standings = stood(plan(twice, once, earlier, other))
    found = [(one.lead, one.tasks, one.again, one.times) for one in postponed_by_lead(standings)]
    assert found == [("VPCP", 2, 1, 3), ("TTG", 1, 0, 1)]
    assert [str(one.entry.date) for one in postponements(standings)] == [
        "2022-02-01", "2022-03-01", "2022-05-01", "2022-06-01",
    ]  # fmt: skip


def test_what_changed_since_a_day() -> None:
    year = plan(
        nth(1, entry("2022-09-20", status=Status.DONE), deadline="2022-Q3"),
        nth(2, entry("2022-09-26", status=Status.DONE), entry("2022-09-28", note="Đã gửi"), deadline="2022-Q3"),
    )
    since = date(2022, 9, 24)
    before, now = stood(year, day=since - timedelta(1)), stood(year)
    moved = movement(before, now, since, DAY)
    assert [one.entry.date.day for one in moved.happenings] == [26, 28]
    assert (moved.before.done, count(now).done, moved.new) == (1, 2, 0)
    assert movement([], now, since, DAY).new == 2
    assert not happenings(now, DAY, DAY)


def test_the_same_point_of_another_year() -> None:
    assert same_point(date(2024, 2, 29), -1) == date(2023, 2, 28)
    assert same_point(DAY, -3) == date(2019, 9, 30)
