"""Deadlines: what files hold, what people type, what they are called."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from vpcp_cli.deadline import Deadline, iso_day, typed_day, typed_deadline
from vpcp_cli.errors import BadDateError

TODAY = date(2022, 6, 24)


@pytest.mark.parametrize(
    ("text", "first", "last", "vi", "en"),
    [
        ("2022-06-30", "2022-06-30", "2022-06-30", "30/06/2022", "2022-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29", "tháng 2/2024", "February 2024"),
        ("2022-Q2", "2022-04-01", "2022-06-30", "Quý II/2022", "Q2 2022"),
        ("2022-Q4", "2022-10-01", "2022-12-31", "Quý IV/2022", "Q4 2022"),
        ("2022-H1", "2022-01-01", "2022-06-30", "6 tháng đầu năm 2022", "H1 2022"),
        ("2022-H2", "2022-07-01", "2022-12-31", "6 tháng cuối năm 2022", "H2 2022"),
        ("2022", "2022-01-01", "2022-12-31", "năm 2022", "2022"),
    ],
)
def test_a_period_ends_on_its_last_day(text: str, first: str, last: str, vi: str, en: str) -> None:
    found = Deadline.parse(text)

    assert (found.text, found.first, found.last) == (text, iso_day(first), iso_day(last))
    assert (found.words("vi"), found.words("en")) == (vi, en)


@pytest.mark.parametrize(
    "text",
    ["", "2022-", "-", "22", "2022-6", "2022-13", "2022-00", "2022-Q5", "2022-Q0", "2022-H3", "2022-q2", "2022-06-31",
     "2022-6-1", "2022-06-01 ", " 2022", "0000", "20222", "٢٠٢٢", "2022-²2", "30/06/2022", "1656547200",
     "2022-06-01T00", "2022-02-30", "2022--01", "2022-06-", "2022-06-01-01"],
)  # fmt: skip
def test_files_hold_nothing_else(text: str) -> None:
    with pytest.raises(BadDateError):
        Deadline.parse(text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("2022-06-30", "2022-06-30"), ("2022-q2", "2022-Q2"), ("30/06/2022", "2022-06-30"), ("5/7/2022", "2022-07-05"),
        ("7/2022", "2022-07"), ("quý II", "2022-Q2"), ("Quy 2", "2022-Q2"), ("QUÝ IV/2023", "2023-Q4"),
        ("Q3", "2022-Q3"), ("quý III năm 2021", "2021-Q3"), ("tháng 6", "2022-06"), ("tháng 12/2023", "2023-12"),
        ("năm 2023", "2023"),
        ("6 tháng đầu năm", "2022-H1"), ("6 tháng cuối năm 2023", "2023-H2"), ("today", "2022-06-24"),
        ("hôm nay", "2022-06-24"), ("hôm qua", "2022-06-23"), ("+14d", "2022-07-08"), ("-2w", "2022-06-10"),
        ("eom", "2022-06-30"), ("eoq", "2022-06-30"), ("eoy", "2022-12-31"), ("2022", "2022"),
    ],
)  # fmt: skip
def test_people_type_deadlines_in_many_ways(typed: str, text: str) -> None:
    assert typed_deadline(typed, TODAY).text == text


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("text", ["2022-06-30", *(f"2022-{n:02}" for n in range(1, 13)), "2022-Q4", "2022-H2", "2022"])
def test_what_the_program_prints_can_be_typed(text: str, lang: str) -> None:
    assert typed_deadline(Deadline.parse(text).words(lang), date(2020, 1, 1)).text == text


def test_a_quarter_without_a_year_takes_the_programmes() -> None:
    assert typed_deadline("quý II", TODAY, 2019).text == "2019-Q2"


@pytest.mark.parametrize(
    "typed",
    ["06/30/2022", "31/06/2022", "30/06/22", "30-06-2022", "quý V", "quý 5", "quý", "tháng 13", "tháng", "năm", "soon",
     "", " ", "+d", "+99999d", "++1d", "1/2/3/4", "/", "2022/06/30", "+1m", "năm năm", "tháng 6 7", "quý ii iii"],
)  # fmt: skip
def test_what_may_mean_two_things_or_nothing_is_refused(typed: str) -> None:
    with pytest.raises(BadDateError):
        typed_deadline(typed, TODAY)


@given(some.text(max_size=12), some.dates())
def test_any_text_is_a_deadline_or_refused(typed: str, today: date) -> None:
    try:
        found = typed_deadline(typed, today)
    except BadDateError:
        return
    assert found.first <= found.last
    assert Deadline.parse(found.text) == found


@given(some.dates(date(1, 1, 1)))
def test_a_day_reads_back_in_every_form(day: date) -> None:
    assert Deadline.parse(day.isoformat()) == Deadline.of(day)
    assert typed_day(f"{day.day}/{day.month}/{day.year:04d}", TODAY) == day


@given(
    some.integers(1, 9998), some.sampled_from(["Q1", "Q2", "Q3", "Q4", "H1", "H2", *(f"{m:02}" for m in range(1, 13))])
)
def test_the_day_after_a_period_begins_a_month(year: int, part: str) -> None:
    found = Deadline.parse(f"{year:04d}-{part}")

    assert (found.last + timedelta(days=1)).day == 1
    assert typed_deadline(found.words("vi"), TODAY) == found


def test_a_refusal_says_what_is_understood() -> None:
    with pytest.raises(BadDateError) as refused:
        typed_deadline("06/30/2022", TODAY)

    assert refused.value.sentence() == "«06/30/2022» is not a date."
    assert "30/06/2022" in refused.value.hint()
