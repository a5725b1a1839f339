"""Deadlines: what files hold, what people type, what they are called."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from vpcp_cli.deadline import Deadline, iso_day
from vpcp_cli.errors import BadDateError

TODAY = date(2022, 6, 24)


@pytest.mark.parametrize(
    ("text", "first", "last", "vi", "en"),
    [
        ("2022-06-30", "2022-06-30", "2022-06-30", "30/06/2022", "2022-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29", "tháng 2/2024", "February 2024"),
        ("2022-Q2", "2022-04-01", "2022-06-30", "quý II/2022", "Q2 2022"),
        ("2022-Q4", "2022-10-01", "2022-12-31", "quý IV/2022", "Q4 2022"),
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


@given(some.dates(date(1, 1, 1)))
def test_a_day_reads_back(day: date) -> None:
    assert Deadline.parse(day.isoformat()) == Deadline.of(day)


@given(
    some.integers(1, 9998), some.sampled_from(["Q1", "Q2", "Q3", "Q4", "H1", "H2", *(f"{m:02}" for m in range(1, 13))])
)
def test_the_day_after_a_period_begins_a_month(year: int, part: str) -> None:
    assert (Deadline.parse(f"{year:04d}-{part}").last + timedelta(days=1)).day == 1
