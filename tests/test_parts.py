"""Tasks with parts: periods, members, and what the parts say together; tables worked out by hand."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import directive, entry, programme, task
from programmes import PARTS_COUNTED, carried_parts
from vpcp_cli.contradiction import Data, NewEntries
from vpcp_cli.counts import count_parts
from vpcp_cli.linking import linked
from vpcp_cli.members import memberships, with_members
from vpcp_cli.parts import cells
from vpcp_cli.programme import Due, LogEntry, Member, Recurs, Task, Text, Unit
from vpcp_cli.recurrence import periods
from vpcp_cli.render.console import Screen
from vpcp_cli.render.parts import part_rows
from vpcp_cli.standing import Standing, of_units, stand
from vpcp_cli.storage.index.library import index_of
from vpcp_cli.storage.index.narrowed import of_units as narrowed_to
from vpcp_cli.vocabulary import Decision, Every, Nature, Status, Timeliness

T = Timeliness
YEAR = date(2026, 12, 31)


def day(text: str) -> date:
    """A day of 2026."""
    return date.fromisoformat(f"2026-{text}")


def table(recurs: Recurs, start: date = date(2026, 1, 1), end: date = YEAR) -> list[tuple[str, str]]:
    return [(one.name, one.due.isoformat()) for one in periods(recurs, start, end)]


def test_the_first_period_falls_due_after_the_start() -> None:
    months = Recurs(Every.MONTH, Due("25"))
    assert table(months)[0] == ("2026-01", "2026-01-25")
    assert table(months, day("01-24"))[0] == ("2026-01", "2026-01-25")
    assert table(months, day("01-25"))[0] == ("2026-02", "2026-02-25")
    assert len(table(months)) == 12


def test_the_day_is_cut_to_the_month() -> None:
    months = table(Recurs(Every.MONTH, Due("31")))
    assert months[1] == ("2026-02", "2026-02-28")
    assert months[3] == ("2026-04", "2026-04-30")
    assert table(Recurs(Every.MONTH, Due("30")), date(2028, 2, 1), date(2028, 2, 29)) == [("2028-02", "2028-02-29")]
    assert (
        table(Recurs(Every.MONTH, Due("31"))) == table(Recurs(Every.MONTH, Due("last"))) == table(Recurs(Every.MONTH))
    )


def test_quarters_half_years_and_years_are_due_in_their_last_month() -> None:
    assert table(Recurs(Every.QUARTER, Due("25"))) == [
        ("2026-Q1", "2026-03-25"),
        ("2026-Q2", "2026-06-25"),
        ("2026-Q3", "2026-09-25"),
        ("2026-Q4", "2026-12-25"),
    ]
    assert table(Recurs(Every.HALF_YEAR)) == [("2026-H1", "2026-06-30"), ("2026-H2", "2026-12-31")]
    assert table(Recurs(Every.YEAR, Due("15"))) == [("2026", "2026-12-15")]


def test_weeks_are_those_of_iso() -> None:
    weeks = table(Recurs(Every.WEEK, Due("5")))
    assert weeks[0] == ("2026-W01", "2026-01-02")
    assert weeks[-1] == ("2026-W53", "2027-01-01")
    assert len(weeks) == 53
    assert table(Recurs(Every.WEEK, Due("31")), end=day("01-04")) == [("2026-W01", "2026-01-04")]


def test_days_after_may_fall_into_the_next_year() -> None:
    after = table(Recurs(Every.QUARTER, Due(days_after=5)))
    assert after[0] == ("2026-Q1", "2026-04-05")
    assert after[-1] == ("2026-Q4", "2027-01-05")
    assert table(Recurs(Every.MONTH, Due(days_after=5)), day("01-03"))[0] == ("2026-01", "2026-02-05")


def test_no_period_begins_after_the_end() -> None:
    assert [name for name, _due in table(Recurs(Every.QUARTER), end=day("08-15"))] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert table(Recurs(Every.MONTH), day("06-01"), day("01-31")) == []


@pytest.mark.parametrize("every", Every)
def test_the_calendar_ends(every: Every) -> None:
    assert table(Recurs(every), date(9990, 1, 1), date.max)
    assert table(Recurs(every), date.min, date.min + timedelta(1))


def standing(one: Task, on: date, *units: Unit) -> Standing:
    only = directive("2026-CD01", one, issued="2026-01-10")
    whole = with_members(programme(2026, only), lambda: units)
    ((around, its),) = whole.tasks()
    found = stand(whole, around, its, on)
    assert found
    return found


def done(on: str, *parts: str, **facts: object) -> LogEntry:
    return entry(f"2026-{on}", status=Status.DONE, for_=parts, **facts)


def monthly(*log: LogEntry, **facts: object) -> Task:
    """A report by the 25th of each month; January is its first."""
    recurs = Recurs(Every.MONTH, Due("25"))
    return task("2026-CD01.1", None, *log, nature=Nature.STANDING, recurs=recurs, **facts)


ON_TIME = (
    *(done("01-24", "2026-01"), done("02-25", "2026-02"), done("04-20", "2026-04"), done("05-25", "2026-05")),
    *(done("06-25", "2026-06"), done("07-24", "2026-07"), done("08-25", "2026-08")),
)
LATE = done("03-27", "2026-03")
"""Two days late; September and October are missed."""
END = (done("11-25", "2026-11"), done("12-25", "2026-12"))


@pytest.mark.parametrize(
    ("on", "status", "timeliness", "days"),
    [
        ("01-10", Status.NOT_REPORTED, T.IN_TIME, -15),
        ("01-18", Status.NOT_REPORTED, T.DUE_SOON, -7),
        ("01-24", Status.IN_PROGRESS, T.IN_TIME, -32),
        ("03-25", Status.IN_PROGRESS, T.DUE_SOON, 0),
        ("03-26", Status.IN_PROGRESS, T.OVERDUE, 1),
        ("03-27", Status.IN_PROGRESS, T.IN_TIME, -29),
        ("08-25", Status.IN_PROGRESS, T.IN_TIME, -31),
        ("09-26", Status.IN_PROGRESS, T.OVERDUE, 1),
        ("10-31", Status.IN_PROGRESS, T.OVERDUE, 36),
        ("12-31", Status.IN_PROGRESS, T.OVERDUE, 97),
    ],
)
def test_a_monthly_duty_waits_for_the_earliest_month_that_is_open(
    on: str, status: Status, timeliness: Timeliness, days: int
) -> None:
    one = standing(monthly(*ON_TIME, LATE, *END), day(on))
    assert (one.status, one.timeliness, one.days) == (status, timeliness, days)


def test_it_is_done_on_the_day_of_its_last_part_and_late_if_any_was() -> None:
    missed = (done("10-30", "2026-09"), done("12-28", "2026-10"))
    one = standing(monthly(*ON_TIME, LATE, *missed, *END), YEAR)
    assert (one.status, one.timeliness, one.days, one.done_on) == (Status.DONE, T.DONE_LATE, 64, day("12-28"))
    in_time = tuple(done(f"{month:02}-20", f"2026-{month:02}") for month in range(1, 13))
    one = standing(monthly(*in_time), YEAR)
    assert (one.timeliness, one.days, one.done_on) == (T.DONE_ON_TIME, -5, day("12-20"))


def test_a_part_that_is_given_up_is_closed() -> None:
    given_up = (
        entry("2026-12-30", status=Status.NOT_DONE, note="Không báo cáo", for_=("2026-09",)),
        entry("2026-12-30", status=Status.WITHDRAWN, note="Miễn", for_=("2026-10",)),
    )
    one = standing(monthly(*ON_TIME, LATE, *given_up, *END), YEAR)
    assert (one.status, one.timeliness, one.days) == (Status.DONE, T.DONE_LATE, 2)


@pytest.mark.parametrize(
    ("status", "timeliness"),
    [
        (Status.WITHDRAWN, T.UNCOUNTED),
        (Status.RETURNED, T.UNCOUNTED),
        (Status.NOT_DONE, T.OVERDUE),
        (Status.DEFERRED, T.NO_DEADLINE),
    ],
)
def test_what_is_said_of_the_whole_is_said_of_each_open_part(status: Status, timeliness: Timeliness) -> None:
    one = standing(monthly(entry("2026-03-30", status=status, note="Vì …")), day("04-10"))
    assert (one.status, one.timeliness) == (status, timeliness)
    assert {part.status for part in one.parts} == {status}


def test_a_deferred_duty_with_a_closed_part_is_deferred() -> None:
    one = standing(monthly(done("01-24", "2026-01"), entry("2026-02-01", status=Status.DEFERRED, note="…")), YEAR)
    assert (one.status, one.timeliness) == (Status.DEFERRED, T.NO_DEADLINE)
    assert [part.status for part in one.parts][:2] == [Status.DONE, Status.DEFERRED]


def test_obstacles_belong_to_parts_or_to_all() -> None:
    log = (
        entry("2026-02-01", obstacle=Text.plain("a"), for_=("2026-02",)),
        entry("2026-02-02", obstacle=Text.plain("b")),
        entry("2026-02-03", resolved=Text.plain("…"), for_=("2026-02",)),
    )
    assert [one.entry.obstacle for one in standing(monthly(*log), day("02-03")).obstacles] == [Text.plain("b")]
    ended = entry("2026-02-04", resolved=Text.plain("…"))
    assert standing(monthly(*log, ended), day("02-04")).obstacles == ()


def test_an_obstacle_of_a_closed_part_hinders_nothing() -> None:
    log = (
        entry("2026-02-01", obstacle=Text.plain("a"), for_=("2026-02",), key="k"),
        entry("2026-02-02", obstacle=Text.plain("b")),
        done("02-20", "2026-02"),
    )
    assert [one.key for one in (one.entry for one in standing(monthly(*log), day("02-19")).obstacles)] == ["k", None]
    assert [one.entry.obstacle for one in standing(monthly(*log), day("02-20")).obstacles] == [Text.plain("b")]
    again = entry("2026-02-21", status=Status.IN_PROGRESS, for_=("2026-02",))
    assert len(standing(monthly(*log, again), day("02-21")).obstacles) == 2
    ended = entry("2026-02-22", resolved=Text.plain("…"))
    assert standing(monthly(*log, again, ended), day("02-22")).obstacles == ()


def test_a_postponement_moves_one_part_and_the_largest_number_is_the_tasks() -> None:
    moved = entry("2026-03-20", deadline="2026-04-10", decision=Decision.APPROVED, for_=("2026-03",))
    one = standing(monthly(done("01-24", "2026-01"), done("02-24", "2026-02"), moved), day("04-01"))
    assert one.deadline
    assert (one.deadline.text, one.postponements, one.days) == ("2026-04-10", 1, -9)


def unit(code: str, **facts: object) -> Unit:
    return Unit(code=code, name=Text.plain(code), **facts)  # type: ignore[arg-type]


MINISTRIES = ("BTC", "BCT", "BYT", "BXD", "BNV", "BTP", "BCA", "BQP", "BNG", "BKHCN", "BGDDT", "BNN")
REGISTER = (*map(unit, MINISTRIES), unit("BO_NGANH", members=tuple(map(Member, MINISTRIES))))


def of_each(*log: LogEntry, deadline: str | None = "2026-06-30", **facts: object) -> Task:
    return task("2026-CD01.2", deadline, *log, lead="BO_NGANH", each=True, **facts)


def test_twelve_ministries_of_which_three_reported() -> None:
    log = (done("05-20", "BTC"), done("06-30", "BCT"), done("07-03", "BYT"))
    one = standing(of_each(*log), day("06-15"), *REGISTER)
    assert (one.status, one.timeliness, one.days) == (Status.IN_PROGRESS, T.DUE_SOON, -15)
    one = standing(of_each(*log), day("07-10"), *REGISTER)
    assert (one.status, one.timeliness, one.days, len(one.parts)) == (Status.IN_PROGRESS, T.OVERDUE, 10, 12)
    assert [part.name for part in one.parts if part.done_on] == [("BTC",), ("BCT",), ("BYT",)]
    assert [part.timeliness for part in one.parts][:4] == [T.DONE_ON_TIME, T.DONE_ON_TIME, T.DONE_LATE, T.OVERDUE]
    rest = tuple(done("07-05", code) for code in MINISTRIES[3:])
    one = standing(of_each(*log, *rest), day("07-10"), *REGISTER)
    assert (one.status, one.timeliness, one.days, one.done_on) == (Status.DONE, T.DONE_LATE, 5, day("07-05"))


def names(one: Standing) -> list[str]:
    return [" ".join(part.name) for part in one.parts]


def joined(**facts: object) -> tuple[Unit, ...]:
    """BTC for good, BCT from or to a day."""
    return unit("BTC"), unit("BCT"), unit("BO_NGANH", members=(Member("BTC"), Member("BCT", **facts)))  # type: ignore[arg-type]


def test_who_joins_owes_a_single_part_if_it_is_due_later() -> None:
    register = joined(from_=day("03-01"))
    assert names(standing(of_each(), day("02-28"), *register)) == ["BTC"]
    assert names(standing(of_each(), day("03-01"), *register)) == ["BTC", "BCT"]
    assert names(standing(of_each(deadline="2026-02-28"), day("03-01"), *register)) == ["BTC"]


def test_who_joins_owes_the_periods_that_begin_from_then_on() -> None:
    quarters = of_each(deadline=None, recurs=Recurs(Every.QUARTER))
    one = standing(quarters, day("03-01"), *joined(from_=day("02-15")))
    assert [name for name in names(one) if "BCT" in name] == ["2026-Q2 BCT", "2026-Q3 BCT", "2026-Q4 BCT"]


def test_what_fell_due_before_leaving_stays_and_the_rest_falls_away() -> None:
    months = of_each(done("01-20", "2026-01", "BCT"), deadline=None, recurs=Recurs(Every.MONTH, Due("25")))
    register = joined(to=day("03-10"))
    there = names(standing(months, day("03-10"), *register))
    assert [name for name in there if "BCT" in name] == ["2026-01 BCT", "2026-02 BCT", "2026-03 BCT"]
    left = names(standing(months, day("03-11"), *register))
    assert [name for name in left if "BCT" in name] == ["2026-01 BCT", "2026-02 BCT"]


def test_what_was_open_goes_to_the_unit_that_took_over() -> None:
    register = (
        unit("BTC"),
        unit("BKH", valid_to=day("03-10"), merged_into="BTX"),
        unit("BTX"),
        unit("BO_NGANH", members=(Member("BTC"), Member("BKH"))),
    )
    assert names(standing(of_each(), day("03-10"), *register)) == ["BTC", "BKH"]
    one = standing(of_each(entry("2026-02-01", status=Status.IN_PROGRESS, for_=("BKH",))), day("03-11"), *register)
    assert names(one) == ["BTC", "BTX"]
    assert one.parts[1].status is Status.IN_PROGRESS
    one = standing(of_each(done("03-01", "BKH")), day("03-11"), *register)
    assert names(one) == ["BTC", "BKH"]
    one = standing(of_each(done("06-20", "BTX")), day("06-30"), *register)
    assert [part.done_on for part in one.parts] == [None, day("06-20")]


def test_a_member_that_comes_back_owes_its_part_again() -> None:
    twice = (Member("BTC", to=day("02-28")), Member("BCT"), Member("BTC", from_=day("05-01")))
    register = (unit("BTC"), unit("BCT"), unit("BO_NGANH", members=twice))
    both = of_each(done("02-01", "BCT"), deadline="2026-12-31")
    shown = {on: names(standing(both, day(on), *register)) for on in ("02-28", "03-01", "05-01")}
    assert shown == {"02-28": ["BTC", "BCT"], "03-01": ["BCT"], "05-01": ["BCT", "BTC"]}
    assert standing(both, day("04-01"), *register).status is Status.DONE
    assert standing(both, day("07-01"), *register).status is Status.IN_PROGRESS
    early = of_each(done("02-01", "BTC"), deadline="2026-12-31")
    assert names(standing(early, day("07-01"), *register)) == ["BTC", "BCT"]
    late = of_each(done("07-01", "BTC"), deadline="2026-12-31")
    found = standing(late, day("07-01"), *register)
    assert [part.done_on for part in found.parts] == [day("07-01"), None]


MERGED_TWICE = (
    unit("BTC", valid_to=day("03-31"), merged_into="BNV"),
    unit("BNV", valid_to=day("08-31"), merged_into="BKH"),
    unit("BKH"),
    unit("BCT"),
    unit("BO_NGANH", members=(Member("BTC"), Member("BCT"))),
)


def test_heirs_are_followed_to_the_last() -> None:
    whole = of_each(deadline="2026-12-31")
    shown = {on: names(standing(whole, day(on), *MERGED_TWICE))[-1] for on in ("03-31", "04-01", "08-31", "09-01")}
    assert shown == {"03-31": "BCT", "04-01": "BNV", "08-31": "BNV", "09-01": "BKH"}
    begun = of_each(entry("2026-02-01", status=Status.IN_PROGRESS, for_=("BTC",)), deadline="2026-12-31")
    found = standing(begun, day("10-01"), *MERGED_TWICE)
    assert [(part.name, part.status) for part in found.parts] == [
        (("BCT",), Status.NOT_REPORTED),
        (("BKH",), Status.IN_PROGRESS),
    ]
    ended = of_each(done("05-01", "BNV"), deadline="2026-12-31")
    assert names(standing(ended, day("10-01"), *MERGED_TWICE)) == ["BCT", "BNV"]
    early = of_each(deadline="2026-07-31")
    assert names(standing(early, day("10-01"), *MERGED_TWICE)) == ["BCT", "BNV"]


TWO_INTO_ONE = (
    unit("BTC", valid_to=day("03-31"), merged_into="BKH"),
    unit("BNV", valid_to=day("03-31"), merged_into="BKH"),
    unit("BKH", valid_to=day("08-31"), merged_into="BXD"),
    unit("BXD"),
    unit("BCT"),
    unit("BO_NGANH", members=(Member("BTC"), Member("BNV"), Member("BCT"))),
)


@pytest.mark.parametrize(
    ("told", "on", "done_by", "owed_by"),
    [
        # One of the two had done its part: the other one's is left, and the heir is not done with it.
        ([done("02-01", "BTC")], "05-01", "BTC", "BCT BKH"),
        ([done("02-01", "BTC"), done("02-02", "BCT"), done("06-01", "BKH")], "06-01", "BTC BCT BKH", ""),
        # Both were open: it is one part of the heir, which does it once; what is told of one of them leaves the other.
        ([], "05-01", "", "BCT BKH"),
        ([done("06-01", "BKH")], "06-01", "BKH", "BCT"),
        ([done("06-01", "BTC")], "06-01", "BTC", "BCT BKH"),
        ([done("06-01", "BTC"), done("06-02", "BNV")], "06-02", "BTC BNV", "BCT"),
        # What is open goes on with the next one, and what is done does not.
        ([done("02-01", "BTC")], "09-01", "BTC", "BCT BXD"),
        ([done("02-01", "BTC"), done("06-01", "BKH")], "09-01", "BTC BKH", "BCT"),
        ([done("05-01", "BTC"), done("10-01", "BXD")], "10-01", "BTC BXD", "BCT"),
    ],
)
def test_of_two_that_were_merged_into_one_the_open_parts_go_on(
    told: list[LogEntry], on: str, done_by: str, owed_by: str
) -> None:
    found = standing(of_each(*told, deadline="2026-12-31"), day(on), *TWO_INTO_ONE)
    assert names(replace(found, parts=tuple(one for one in found.parts if one.done_on))) == done_by.split()
    assert names(replace(found, parts=tuple(one for one in found.parts if one.open))) == owed_by.split()
    assert found.open is bool(owed_by)


@pytest.mark.parametrize(
    ("told", "on", "parts"),
    [
        ([], "05-01", [("BCT", None)]),
        # What it had done itself is not what came to it; that it does from then on.
        ([done("02-01", "BCT")], "03-31", [("BTC", None), ("BCT", "02-01")]),
        ([done("02-01", "BCT")], "05-01", [("BCT", None)]),
        ([done("02-01", "BCT"), done("06-01", "BCT")], "06-01", [("BCT", "06-01")]),
        ([done("06-01", "BCT")], "06-01", [("BCT", "06-01")]),
        ([done("02-01", "BTC")], "05-01", [("BTC", "02-01"), ("BCT", None)]),
    ],
)
def test_a_member_that_takes_over_from_another_owes_both_parts(
    told: list[LogEntry], on: str, parts: list[tuple[str, str | None]]
) -> None:
    register = (
        unit("BTC", valid_to=day("03-31"), merged_into="BCT"),
        unit("BCT"),
        unit("BO_NGANH", members=(Member("BTC"), Member("BCT"))),
    )
    found = standing(of_each(*told, deadline="2026-12-31"), day(on), *register)
    assert [(one.name[0], one.done_on) for one in found.parts] == [(code, at and day(at)) for code, at in parts]


@pytest.mark.parametrize("members", list(permutations(("BTC", "BNV", "BCT"))))
@pytest.mark.parametrize(
    ("told", "on", "status", "timeliness", "days"),
    [
        # Of two open parts the one waits that falls due first, whoever had more time.
        ([], "09-30", Status.NOT_REPORTED, T.DUE_SOON, 0),
        ([], "10-10", Status.NOT_REPORTED, T.OVERDUE, 10),
        # Both are done on one day: it is late for the one of them, and so it is late.
        ([done("10-10", "BKH")], "11-28", Status.DONE, T.DONE_LATE, 10),
        ([done("09-29", "BKH")], "11-28", Status.DONE, T.DONE_ON_TIME, -1),
    ],
)
def test_two_open_parts_with_other_deadlines_are_one_whatever_the_order_of_the_members(
    members: tuple[str, ...], told: list[LogEntry], on: str, status: Status, timeliness: Timeliness, days: int
) -> None:
    register = (
        unit("BTC", valid_to=day("06-30"), merged_into="BKH"),
        unit("BNV", valid_to=day("07-31"), merged_into="BKH"),
        *(unit("BKH"), unit("BCT")),
        unit("BO_NGANH", members=tuple(map(Member, members))),
    )
    later = entry("2026-05-05", deadline="2026-12-31", decision=Decision.APPROVED, for_=("BTC",), note="Cho lùi")
    found = standing(of_each(done("05-01", "BCT"), later, *told, deadline="2026-09-30"), day(on), *register)
    its = next(part for part in found.parts if part.name == ("BKH",))
    assert (its.status, its.timeliness, its.days) == (status, timeliness, days)
    assert (found.timeliness, found.days) == (timeliness, days)


def test_units_that_were_merged_in_a_circle_come_once() -> None:
    register = (
        unit("BTC", valid_to=day("03-31"), merged_into="BNV"),
        unit("BNV", valid_to=day("08-31"), merged_into="BTC"),
        unit("BO_NGANH", members=(Member("BTC"),)),
    )
    assert names(standing(of_each(deadline="2026-07-31"), day("10-01"), *register)) == ["BNV"]


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("BTC", {"02-01"}),
        ("BNV", {"04-01", "08-31"}),
        ("BKH", {"09-01"}),
        ("BCT", {"02-01", "04-01", "08-31", "09-01"}),
    ],
)
def test_a_unit_is_shown_a_part_while_it_is_its_own(code: str, days: set[str]) -> None:
    only = directive("2026-CD01", of_each(deadline="2026-12-31"), issued="2026-01-10")
    whole = with_members(programme(2026, only), lambda: MERGED_TWICE)
    index = index_of(whole)
    members = memberships(MERGED_TWICE)
    index.owing = lambda lead: members.get(lead, ())
    for on in ("02-01", "04-01", "08-31", "09-01"):
        one = standing(of_each(deadline="2026-12-31"), day(on), *MERGED_TWICE)
        own = of_units(one, {code})
        assert (own.lead == code) is (on in days)
        narrowed = narrowed_to(index, {code})
        assert narrowed
        asked = f"SELECT lead FROM {narrowed.source} WHERE since <= ? AND ? < until"
        leads = [lead for (lead,) in index.db.execute(asked, (day(on).toordinal(),) * 2)]
        assert leads == [code] * (on in days)


def test_one_name_of_two_speaks_of_all_its_parts() -> None:
    months = of_each(done("01-20", "2026-01"), deadline=None, recurs=Recurs(Every.MONTH, Due("25")))
    one = standing(months, day("01-20"), *joined())
    assert [part.name for part in one.parts if part.done_on] == [("2026-01", "BTC"), ("2026-01", "BCT")]
    assert one.deadline
    assert one.deadline.text == "2026-02-25"


def test_a_register_without_members_makes_no_parts() -> None:
    assert memberships(map(unit, MINISTRIES)) == {}
    assert standing(of_each(), day("06-15"), unit("BO_NGANH")).parts == ()


def test_an_obstacle_of_all_is_one() -> None:
    one = standing(of_each(entry("2026-02-01", obstacle=Text.plain("a"))), day("02-03"), *REGISTER)
    assert len(one.obstacles) == 1


@pytest.mark.parametrize(
    ("ours", "theirs", "clash"),
    [
        ({"status": "done", "for": "2026-03"}, {"status": "in_progress", "for": "2026-04"}, False),
        ({"status": "done", "for": "2026-03"}, {"status": "in_progress", "for": "2026-03"}, True),
        ({"status": "done", "for": ["2026-03", "BTC"]}, {"status": "not_done", "for": ["BTC", "2026-03"]}, True),
        ({"status": "done", "for": ["2026-03", "BTC"]}, {"status": "not_done", "for": ["2026-03", "BCT"]}, False),
        ({"status": "done", "for": "BTC"}, {"status": "withdrawn"}, True),
        ({"status": "withdrawn"}, {"status": "done", "for": "BTC"}, True),
        ({"status": "withdrawn", "date": "2026-12-30"}, {"status": "done", "for": "BTC"}, False),
        ({"status": "done", "for": "BTC"}, {"status": "deferred"}, False),
        ({"status": "done", "for": "BTC"}, {"status": "void"}, True),
        ({"deadline": "2026-05", "decision": "approved", "for": "BTC"}, {"decision": "rejected", "for": "BCT"}, False),
        ({"deadline": "2026-05", "decision": "approved", "for": "BTC"}, {"decision": "rejected", "for": "BTC"}, True),
    ],
)
def test_what_is_said_of_different_parts_stands_side_by_side(ours: Data, theirs: Data, *, clash: bool) -> None:
    assert isinstance(ours, dict)
    assert isinstance(theirs, dict)
    here: Data = {"date": "2026-03-24", **ours}
    there: Data = {"date": "2026-03-24", **theirs}
    assert NewEntries([here]).against(there) is clash


def test_a_line_for_each_part_is_readable_where_there_are_no_symbols() -> None:
    one = standing(monthly(*ON_TIME, LATE), day("09-26"))
    lines = [(name[0].text, words[0].text) for name, words in part_rows(one, {}, Screen(symbols=False))]
    assert lines[2] == ("March 2026", "ok Done 2 days late")
    assert lines[8:10] == [("September 2026", "!! Not reported · 1 day overdue"), ("October 2026", ".  Not reported")]


def test_of_both_a_line_is_a_period_with_all_units() -> None:
    months = of_each(done("01-20", "2026-01", "BTC"), deadline=None, recurs=Recurs(Every.MONTH, Due("25")))
    rows = list(part_rows(standing(months, day("01-26"), *joined()), {}, Screen(symbols=True)))
    assert [(name[0].text, words[0].text) for name, words in rows[:2]] == [
        ("January 2026", "✓ BTC  ▲ BCT"),
        ("February 2026", "· BTC  · BCT"),
    ]


def test_a_carried_duty_owns_what_was_left_open_and_its_own_periods() -> None:
    over = entry("2026-12-30", status=Status.CARRIED_OVER, to="2027-CN01.1")
    old = replace(monthly(*ON_TIME, LATE, *END, over), id="2026-CD01.1")
    new = replace(monthly(), id="2027-CN01.1", carried_from=old.id)
    first = programme(2026, directive("2026-CD01", old, issued="2026-01-10"))
    second = programme(2027, directive("2027-CN01", new, issued="2026-01-10", carried=date(2027, 1, 1)))
    *_first, (around, its) = (pair for one in linked([first, second]) for pair in one.tasks())
    found = stand(second, around, its, date(2027, 1, 10))
    assert found
    assert names(found)[:3] == ["2026-09", "2026-10", "2027-01"]
    assert len(found.parts) == 14
    assert (found.status, found.timeliness, found.days) == (Status.NOT_REPORTED, T.OVERDUE, 107)
    (before,) = (stand(first, one, task, date(2027, 1, 10)) for one, task in first.tasks())
    assert before
    assert (before.status, before.carried_to) == (Status.CARRIED_OVER, "2027-CN01.1")


def carried(every: Every, due: Due | None, years: tuple[int, ...], until: dict[int, int]) -> list[list[str]]:
    """The names of the periods of a duty that is carried over: in each year all that its task has."""
    tasks = [
        task(
            f"{year}-CD01.1",
            None,
            *([entry(f"{after}-01-01", status=Status.CARRIED_OVER, to=f"{after}-CD01.1")] if after else []),
            nature=Nature.STANDING,
            recurs=Recurs(every, due),
            carried_from=f"{before}-CD01.1" if before else None,
        )
        for before, year, after in zip((None, *years), years, (*years[1:], None), strict=False)
    ]
    issued = f"{years[0]}-01-01"
    programmes = [
        programme(
            year,
            directive(
                f"{year}-CD01", one, issued=issued, **({"carried": date(year, 1, 1)} if year != years[0] else {})
            ),
            until=until.get(year),
        )
        for year, one in zip(years, tasks, strict=True)
    ]
    return [
        [cell.period.name for cell in cells(whole, around, one) if cell.period]
        for whole in linked(programmes)
        for around, one in whole.tasks()
    ]


def test_a_week_over_the_new_year_is_owed_once() -> None:
    old, new = carried(Every.WEEK, None, (2024, 2025), {})
    assert old[-1] == "2025-W01"
    assert new[: len(old)] == old
    assert new.count("2025-W01") == 1
    assert new[len(old)] == "2025-W02"


def test_what_is_due_on_the_first_day_of_the_year_is_owed() -> None:
    _old, new = carried(Every.MONTH, Due("1"), (2024, 2025), {})
    assert new[10:13] == ["2024-12", "2025-01", "2025-02"]


def test_a_programme_of_several_years_leaves_all_of_them_open() -> None:
    old, new = carried(Every.QUARTER, None, (2021, 2024), {2021: 2023})
    assert (old[0], old[-1], len(old)) == ("2021-Q1", "2023-Q4", 12)
    assert new == [*old, "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]


@given(
    st.sampled_from(Every),
    st.none()
    | st.integers(1, 31).map(lambda number: Due(str(number)))
    | st.integers(0, 40).map(lambda number: Due(days_after=number)),
    st.lists(st.integers(2015, 2035), min_size=2, max_size=4, unique=True).map(sorted),
    st.booleans(),
)
def test_carried_periods_are_whole(every: Every, due: Due | None, years: list[int], several: bool) -> None:  # noqa: FBT001
    """None twice, none lost: they are those of one task over all these years."""
    until = {year: after - 1 for year, after in pairwise(years)} if several else {}
    *_old, new = carried(every, due, tuple(years), until)
    assert new == [one.name for one in periods(Recurs(every, due), date(years[0], 1, 1), date(years[-1], 12, 31))]


def test_a_part_that_goes_on_is_counted_once() -> None:
    both = carried_parts()

    def counted(on: date) -> tuple[int, int]:
        its = [stand(one, *found, on) for one in both for found in one.tasks()]
        found = count_parts([one for one in its if one])
        return found.total, found.done

    assert {on: counted(on) for on in PARTS_COUNTED} == PARTS_COUNTED
    alone = [stand(both[0], *found, date(2023, 1, 5)) for found in both[0].tasks()]
    assert count_parts([one for one in alone if one]).total == 2 + 8
