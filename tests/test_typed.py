"""Days and deadlines as people type them: every form in both languages, and what stays refused."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from vpcp_cli.deadline import Deadline
from vpcp_cli.errors import BadDateError, BadDayError, BadDocumentError, BadFigureError, BadRecurrenceError
from vpcp_cli.figure import figure_typed
from vpcp_cli.programme import Document, Recurs, Text
from vpcp_cli.typed import typed_day, typed_deadline, typed_document, typed_recurrence, typed_span
from vpcp_cli.vocabulary import Every, labels

TODAY = date(2022, 6, 24)  # a Friday


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        # as files hold them
        ("2022-06-30", "2022-06-30"), ("2022-q2", "2022-Q2"), ("2022", "2022"), ("2022-H1", "2022-H1"),
        # days
        ("30/06/2022", "2022-06-30"), ("5/7/2022", "2022-07-05"), ("15.3.2023", "2023-03-15"),
        ("15-3-2023", "2023-03-15"), ("30-06-2022", "2022-06-30"), ("2023-3-15", "2023-03-15"),
        ("ngày 15 tháng 3 năm 2023", "2023-03-15"), ("Ngày 5 tháng 12", "2022-12-05"),
        ("15 tháng 3/2023", "2023-03-15"),
        ("ngày 15/3", "2022-03-15"), ("15/3", "2022-03-15"), ("10/10", "2022-10-10"), ("15/3 năm 2023", "2023-03-15"),
        ("ngày 15/3/2023", "2023-03-15"), ("20 May", "2022-05-20"), ("20 may 2026", "2026-05-20"),
        ("May 20", "2022-05-20"), ("May 20, 2026", "2026-05-20"), ("3 Sep", "2022-09-03"),
        # months, quarters, halves, years
        ("7/2022", "2022-07"), ("tháng 6", "2022-06"), ("tháng 12/2023", "2023-12"), ("June 2023", "2023-06"),
        ("tháng 6 năm 2023", "2023-06"), ("quý II", "2022-Q2"), ("Quy 2", "2022-Q2"), ("QUÝ IV/2023", "2023-Q4"),
        ("Q3", "2022-Q3"), ("QIII/2023", "2023-Q3"), ("quý III năm 2021", "2021-Q3"), ("năm 2023", "2023"),
        ("6 tháng đầu năm", "2022-H1"), ("6 tháng cuối năm 2023", "2023-H2"), ("H2 2023", "2023-H2"),
        ("tháng này", "2022-06"), ("next month", "2022-07"), ("quý này", "2022-Q2"), ("quý sau", "2022-Q3"),
        ("next year", "2023"), ("năm nay", "2022"),
        # the end of something is its last day
        ("cuối quý II", "2022-06-30"), ("hết quý II", "2022-06-30"), ("end of Q2", "2022-06-30"),
        ("cuối quý II/2023", "2023-06-30"), ("cuối năm", "2022-12-31"), ("hết năm 2023", "2023-12-31"),
        ("end of the year", "2022-12-31"), ("hết tháng 2", "2022-02-28"), ("end of February 2024", "2024-02-29"),
        ("cuối tháng", "2022-06-30"), ("cuối tháng này", "2022-06-30"), ("end of quarter", "2022-06-30"),
        ("hết ngày 15/5", "2022-05-15"), ("hết 6 tháng đầu năm", "2022-06-30"),
        # before something is the day before it begins
        ("trước ngày 15/5", "2022-05-14"), ("trước 15/3/2023", "2023-03-14"), ("trước ngày 1 tháng 3", "2022-02-28"),
        ("before 15 May", "2022-05-14"), ("trước tháng 6", "2022-05-31"), ("before Q3", "2022-06-30"),
        ("trước ngày 01/01/2023", "2022-12-31"), ("trước 2023-03-15", "2023-03-14"),
        # at the latest is that day
        ("chậm nhất 15/5", "2022-05-15"), ("chậm nhất là ngày 15/5/2023", "2023-05-15"), ("by 15 May", "2022-05-15"),
        ("muộn nhất ngày 15 tháng 5", "2022-05-15"), ("đến ngày 15/5", "2022-05-15"), ("by Q2", "2022-Q2"),
        ("chậm nhất vào cuối quý III", "2022-09-30"), ("by the end of Q3", "2022-09-30"), ("trong quý II", "2022-Q2"),
        ("đến hết quý II", "2022-06-30"), ("no later than 20 May", "2022-05-20"), ("trong năm", "2022"),
        ("in June", "2022-06"),
        # from today
        ("today", "2022-06-24"), ("hôm nay", "2022-06-24"), ("hôm qua", "2022-06-23"), ("ngày mai", "2022-06-25"),
        ("tomorrow", "2022-06-25"), ("trước ngày mai", "2022-06-24"), ("+14d", "2022-07-08"), ("-2w", "2022-06-10"),
        ("+2 tuần", "2022-07-08"), ("+30 ngày", "2022-07-24"), ("+3 days", "2022-06-27"), ("eom", "2022-06-30"),
        ("eoq", "2022-06-30"), ("eoy", "2022-12-31"),
    ],
)  # fmt: skip
def test_people_type_deadlines_in_many_ways(typed: str, text: str) -> None:
    assert typed_deadline(typed, TODAY).text == text
    assert typed_deadline(f"  {typed.upper()} ", TODAY).text == text


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("text", ["2022-06-30", *(f"2022-{n:02}" for n in range(1, 13)), "2022-Q4", "2022-H2", "2022"])
def test_what_the_program_prints_can_be_typed(text: str, lang: str) -> None:
    assert typed_deadline(Deadline.parse(text).words(lang), date(2020, 1, 1)).text == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [("quý II", "2019-Q2"), ("15/3", "2019-03-15"), ("cuối năm", "2019-12-31"), ("trước ngày 15/5", "2019-05-14"),
     ("20 May", "2019-05-20"), ("ngày 1 tháng 2", "2019-02-01"), ("trong năm", "2019")],
)  # fmt: skip
def test_what_has_no_year_takes_the_programmes(typed: str, text: str) -> None:
    assert typed_deadline(typed, TODAY, 2019).text == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [("+30d", "2022-02-09"), ("eom", "2022-01-31"), ("cuối tháng", "2022-01-31"), ("end of the quarter", "2022-03-31"),
     ("today", "2022-06-24"), ("ngày mai", "2022-06-25")],
)  # fmt: skip
def test_what_counts_onwards_does_so_from_the_day_of_the_entry(typed: str, text: str) -> None:
    assert typed_deadline(typed, TODAY, start=date(2022, 1, 10)).text == text


@pytest.mark.parametrize(
    "typed",
    ["06/30/2022", "31/06/2022", "30/06/22", "3/15", "29/2", "15/3-2023", "15.3", "5-6", "quý V", "quý 5", "quý",
     "tháng 13", "tháng", "năm", "soon", "", " ", "+d", "+99999d", "++1d", "1/2/3/4", "/", "2022/06/30", "+1m",
     "năm năm", "tháng 6 7", "quý ii iii", "đầu quý III", "giữa tháng 6", "early May", "trước kỳ họp thứ 5",
     "sau 30 ngày kể từ ngày ban hành", "hằng tháng", "trước ngày 25 hằng tháng", "trước", "trước năm",
     "trước hết quý II",
     "trước cuối năm", "before", "by", "cuối", "hết", "cuối tuần", "end of", "7d", "monday", "thứ hai", "tuần sau",
     "last week", "32 May", "May 2 3", "trước ngày 01/01/0001", "15/3/2023 năm 2023", "ngày", "ngày tháng"],
)  # fmt: skip
def test_what_may_mean_two_things_or_nothing_is_no_deadline(typed: str) -> None:
    with pytest.raises(BadDateError):
        typed_deadline(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2022-05-20", "2022-05-20", "2022-05-20"), ("20/05/2022", "2022-05-20", "2022-05-20"),
        ("15.3.2022", "2022-03-15", "2022-03-15"), ("20 May", "2022-05-20", "2022-05-20"),
        ("today", "2022-06-24", "2022-06-24"), ("hôm qua", "2022-06-23", "2022-06-23"),
        ("yesterday", "2022-06-23", "2022-06-23"), ("hôm kia", "2022-06-22", "2022-06-22"),
        # without a year: the last that has begun
        ("24/6", "2022-06-24", "2022-06-24"), ("27/11", "2021-11-27", "2021-11-27"),
        ("ngày 5 tháng 7", "2021-07-05", "2021-07-05"), ("tháng 6", "2022-06-01", "2022-06-30"),
        ("tháng 12", "2021-12-01", "2021-12-31"), ("quý II", "2022-04-01", "2022-06-30"),
        ("Q3", "2021-07-01", "2021-09-30"), ("December 2023", "2023-12-01", "2023-12-31"),
        # weekdays, today included
        ("friday", "2022-06-24", "2022-06-24"), ("monday", "2022-06-20", "2022-06-20"),
        ("thứ hai", "2022-06-20", "2022-06-20"), ("thứ 7", "2022-06-18", "2022-06-18"),
        ("Chủ nhật", "2022-06-19", "2022-06-19"), ("sat", "2022-06-18", "2022-06-18"),
        ("thứ sáu tuần trước", "2022-06-17", "2022-06-17"), ("thứ năm tuần này", "2022-06-23", "2022-06-23"),
        # weeks, months, quarters, years
        ("last week", "2022-06-13", "2022-06-19"), ("tuần trước", "2022-06-13", "2022-06-19"),
        ("tuần này", "2022-06-20", "2022-06-26"), ("last month", "2022-05-01", "2022-05-31"),
        ("tháng trước", "2022-05-01", "2022-05-31"), ("quý trước", "2022-01-01", "2022-03-31"),
        ("last year", "2021-01-01", "2021-12-31"), ("this year", "2022-01-01", "2022-12-31"),
        # so long ago
        ("7d", "2022-06-17", "2022-06-17"), ("-7d", "2022-06-17", "2022-06-17"), ("2w", "2022-06-10", "2022-06-10"),
        ("7 ngày trước", "2022-06-17", "2022-06-17"), ("2 weeks ago", "2022-06-10", "2022-06-10"),
        ("1 tuần", "2022-06-17", "2022-06-17"),
        # the last day of what is over
        ("cuối tháng 5", "2022-05-31", "2022-05-31"), ("hết quý I", "2022-03-31", "2022-03-31"),
        ("end of May", "2022-05-31", "2022-05-31"), ("cuối năm 2021", "2021-12-31", "2021-12-31"),
        ("hết 6 tháng đầu năm 2021", "2021-06-30", "2021-06-30"), ("cuối tháng trước", "2022-05-31", "2022-05-31"),
    ],
)  # fmt: skip
def test_people_type_days_in_many_ways(typed: str, first: str, last: str) -> None:
    assert [one.isoformat() for one in typed_span(typed, TODAY)] == [first, last]
    assert typed_day(typed.upper(), TODAY).isoformat() == last


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "trước ngày 15/5", "by 15 May", "cuối năm", "hết quý II", "end of Q2", "05/20/2022", "31/6", "thứ 8",
     "thứ", "d", "99999d", "9999w", "7m", "next week", "last monday"],
)  # fmt: skip
def test_what_is_no_day_that_has_been_is_refused(typed: str) -> None:
    with pytest.raises(BadDayError):
        typed_day(typed, TODAY if typed != "9999w" else date(100, 1, 1))


@given(some.text(max_size=12), some.dates())
def test_any_text_is_a_deadline_or_refused(typed: str, today: date) -> None:
    try:
        found = typed_deadline(typed, today)
    except BadDateError:
        return
    assert found.first <= found.last
    assert Deadline.parse(found.text) == found


WORDS = [
    "trước",
    "ngày",
    "cuối",
    "hết",
    "quý",
    "tháng",
    "năm",
    "II",
    "5",
    "15/5",
    "2022",
    "by",
    "end",
    "of",
    "May",
    "đến",
    "nay",
]


@given(some.lists(some.sampled_from(WORDS), max_size=6).map(" ".join), some.dates())
def test_words_of_dates_in_any_order_are_read_or_refused(typed: str, today: date) -> None:
    for read in (typed_deadline, typed_day):
        with suppress(BadDateError):
            read(typed, today)


@given(some.dates(date(1, 1, 1)), some.sampled_from(["/", ".", "-"]))
def test_a_day_reads_back_in_every_form(day: date, dash: str) -> None:
    year = f"{day.year:04d}"

    assert typed_day(dash.join([str(day.day), str(day.month), year]), TODAY) == day
    assert typed_day(f"ngày {day.day} tháng {day.month} năm {year}", TODAY) == day
    assert typed_day(f"{year}-{day.month}-{day.day}", TODAY) == day


@given(some.dates(date(1, 1, 2)))
def test_before_a_day_is_the_day_before(day: date) -> None:
    typed = f"{day.day}/{day.month}/{day.year:04d}"

    assert typed_deadline(f"trước ngày {typed}", TODAY).last == day - timedelta(1)
    assert typed_deadline(f"chậm nhất ngày {typed}", TODAY).last == day


@given(
    some.integers(1, 9998), some.sampled_from(["Q1", "Q2", "Q3", "Q4", "H1", "H2", *(f"{m:02}" for m in range(1, 13))])
)
def test_a_period_reads_back_and_ends_on_its_last_day(year: int, part: str) -> None:
    found = Deadline.parse(f"{year:04d}-{part}")

    assert typed_deadline(found.words("vi"), TODAY) == found
    assert typed_deadline(f"hết {found.words('vi')}", TODAY).last == found.last
    assert typed_deadline(f"end of {found.words('en')}", TODAY).last == found.last


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("06/30/2022", "30/06/2022"), ("30/06/22", "30/06/2022"), ("3/15", "15/03"), ("15.3", "15/03"), ("5-6", "05/06"),
     ("ngày 5-6", "05/06"), ("2022/06/30", "30/06/2022"), ("1.2.23", "01/02/2023"), ("15/3-2023", ""), ("quý V", "")],
)  # fmt: skip
def test_what_may_mean_two_things_is_offered(typed: str, meant: str) -> None:
    for read in (typed_deadline, typed_day):
        with pytest.raises(BadDateError) as refused:
            read(typed, TODAY)
        assert refused.value.hint() == (f"Did you mean {meant}?" if meant else refused.value.forms())
        if meant:
            read(meant, TODAY)


@pytest.mark.parametrize(
    ("typed", "absent"),
    [
        ("31/06/2022", "There is no day 31 in 6/2022: that month has 30 days."),
        ("29/2", "There is no day 29 in 2/2022: that month has 28 days."),
        ("31.6", "There is no day 31 in 6/2022: that month has 30 days."),
        ("2024-02-30", "There is no day 30 in 2/2024: that month has 29 days."),
        ("ngày 31 tháng 4 năm 2023", "There is no day 31 in 4/2023: that month has 30 days."),
        ("13/13", "The months are 1 to 12."),
        ("06/30/0000", "The months are 1 to 12."),
        ("2022-13", "The months are 1 to 12."),
        ("tháng 13", "The months are 1 to 12."),
        ("quý 5", "The quarters are 1 to 4."),
        ("Q0/2023", "The quarters are 1 to 4."),
    ],
)
def test_what_there_is_not_is_told_with_what_there_is(typed: str, absent: str) -> None:
    for read in (typed_deadline, typed_day):
        with pytest.raises(BadDateError) as refused:
            read(typed, TODAY)
        assert refused.value.hint() == absent
    with pytest.raises(BadDateError) as refused:
        typed_deadline(f"trước {typed}", TODAY)
    assert refused.value.hint() == absent


def test_a_refusal_says_what_is_understood_with_the_year_in_question() -> None:
    with pytest.raises(BadDateError) as refused:
        typed_deadline("quý V", TODAY, 2024)

    assert refused.value.sentence() == "«quý V» is not a date."
    assert "2024-06-30" in refused.value.hint()

    with pytest.raises(BadDayError) as refused:
        typed_day("quý V", TODAY)

    assert "2022-06-30" in refused.value.hint()


@pytest.mark.parametrize(
    ("typed", "every", "day"),
    [("hằng tháng", "month", None), ("hàng quý", "quarter", None), ("mỗi tuần", "week", None),
     ("hằng năm", "year", None),
     ("6 tháng một lần", "half_year", None), ("monthly", "month", None), ("every half-year", "half_year", None),
     ("half_year", "half_year", None), ("trước ngày 25 hằng tháng", "month", "24"),
     ("ngày 25 hằng tháng", "month", "25"),
     ("chậm nhất ngày 5 hằng quý", "quarter", "5"), ("hằng tháng, ngày 20", "month", "20"), ("month 25", "month", "25"),
     ("by the 10th of every month", "month", "10"), ("monthly, by the 3rd", "month", "3"),
     ("before the 25th of every month", "month", "24"), ("cuối mỗi tháng", "month", "last"),
     ("last day of every quarter", "quarter", "last"), ("thứ sáu hằng tuần", "week", "5"),
     ("every friday", "week", "5"),
     ("mỗi thứ hai", "week", "1"), ("hằng tuần, chủ nhật", "week", "7")],
)  # fmt: skip
def test_people_type_what_recurs_in_many_ways(typed: str, every: str, day: str | None) -> None:
    found = typed_recurrence(typed)
    assert (found.every, found.due and found.due.day) == (every, day)


@pytest.mark.parametrize(
    "typed",
    ["", "quý II", "ngày 25", "ngày 32 hằng tháng", "trước ngày 1 hằng tháng", "thứ hai hằng tháng", "ngày 8 hằng tuần",
     "thỉnh thoảng", "every day", "trước cuối hằng tháng", "hằng tháng hằng quý"],
)  # fmt: skip
def test_what_does_not_say_how_often_is_refused(typed: str) -> None:
    with pytest.raises(BadRecurrenceError):
        typed_recurrence(typed)


@pytest.mark.parametrize("every", Every)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_rhythm_is_typed_as_it_is_shown(every: Every, lang: str) -> None:
    assert typed_recurrence(labels(every)[lang == "en"]) == Recurs(every)


@pytest.mark.parametrize(
    ("text", "found"),
    [("80%", (80.0, "%")), ("82,5 km", (82.5, "km")), ("1500 km", (1500.0, "km")), ("0.125", (0.125, None))],
)
def test_a_figure_is_read_with_its_unit(text: str, found: tuple[float, str | None]) -> None:
    assert figure_typed(text) == found


@pytest.mark.parametrize("text", ["1.500 km", "1,500", "12.000", "1.500.000"])
def test_what_may_be_thousands_or_decimals_is_refused(text: str) -> None:
    with pytest.raises(BadFigureError):
        figure_typed(text)


_FIFTH = date(2022, 3, 5)


@pytest.mark.parametrize(
    ("typed", "number", "day", "title", "issuer"),
    [
        ("45/TB-BCT", "45/TB-BCT", None, None, None),
        ("Số 45/TB-BCT", "45/TB-BCT", None, None, None),
        ("SỐ 5 của Sở Tài chính", "5", None, None, "Sở Tài chính"),
        ("Thông báo số 45", "Thông báo số 45", None, None, None),
        ("12/2022/NĐ-CP", "12/2022/NĐ-CP", None, None, None),
        ("https://vidu.vn/ngày 5/3/2022", "https://vidu.vn/ngày 5/3/2022", None, None, None),
        ("số 45/TB-BCT ngày 5/3/2022", "45/TB-BCT", _FIFTH, None, None),
        ("45/TB-BCT ngày 05 tháng 3 năm 2022", "45/TB-BCT", _FIFTH, None, None),
        ("45/TB-BCT, 5/3/2022", "45/TB-BCT", _FIFTH, None, None),
        ("45/TB-BCT (ngày 5/3)", "45/TB-BCT", _FIFTH, None, None),
        ("45/TB-BCT dated 5 March 2022", "45/TB-BCT", _FIFTH, None, None),
        ("45/TB-BCT of 2022-03-05", "45/TB-BCT", _FIFTH, None, None),
        ("12/2022/NĐ-CP ngày 5.3.2022", "12/2022/NĐ-CP", _FIFTH, None, None),
        ("số 5 ngày 5/3/2022", "5", _FIFTH, None, None),
        ("Biên bản họp ngày 5/3/2022", None, _FIFTH, "Biên bản họp", None),
        ("Quyết định số 45/QĐ-BCT ngày 5/3/2022 của Bộ Công Thương", "45/QĐ-BCT", _FIFTH, None, "Bộ Công Thương"),
        (
            "Thông báo kết luận số 45/TB-BCT ngày 5/3/2022 về việc rà soát",
            *("45/TB-BCT", _FIFTH, "Thông báo kết luận về việc rà soát", None),
        ),
    ],
)  # fmt: skip
def test_a_document_is_taken_apart(
    typed: str, number: str | None, day: date | None, title: str | None, issuer: str | None
) -> None:
    named = [Text.plain(one) if one else None for one in (title, issuer)]
    assert typed_document(typed, TODAY) == Document(number, day, *named)


@pytest.mark.parametrize(
    "typed", ["5 ngày 5/3/2022", "số 5 thông báo ngày 5/3/2022", "9/BC-HT, 10/BC-HT ngày 5/3/2022", "ngày 5/3/2022"]
)
def test_what_can_not_be_told_apart_is_no_document(typed: str) -> None:
    with pytest.raises(BadDocumentError, match="05/03/2022"):
        typed_document(typed, TODAY)


@given(some.text(max_size=40))
def test_no_text_is_a_document_that_holds_something_else(text: str) -> None:
    with suppress(BadDocumentError, BadDateError):
        found = typed_document(text, TODAY)
        parts = [found.number, *(one.vi for one in (found.title, found.issuer) if one)]
        assert all(word in text for part in parts if part for word in part.split())
