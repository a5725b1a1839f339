"""Days and deadlines as people type them, in Vietnamese and English; what may mean two things is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from vpcp_cli.deadline import MONTHS, Deadline
from vpcp_cli.errors import BadDateError, BadDayError, BadDocumentError, BadRecurrenceError
from vpcp_cli.language import _
from vpcp_cli.vietnamese import fold, format_date
from vpcp_cli.vocabulary import Every

if TYPE_CHECKING:
    from vpcp_cli.programme import Document, Due, Recurs

_YEAR: Final = r"(?:(?: nam |/| year |, | of | )(?P<y>\d{4}))?"
_NAME: Final = rf"(?P<name>{'|'.join(f'{name.lower()}|{name[:3].lower()}' for name in MONTHS)})"
_DAY: Final = r"(?P<d>\d{1,2})"


_DAYS: Final = (
    rf"(?:ngay )?{_DAY}(?P<dash>[/.-])(?P<m>\d{{1,2}})(?P=dash)(?P<y>\d{{4}})",
    rf"(?:ngay )?{_DAY}/(?P<m>\d{{1,2}})(?: nam (?P<y>\d{{4}}))?",
    rf"(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-{_DAY}",
    rf"(?:ngay )?{_DAY} thang (?P<m>\d{{1,2}}){_YEAR}",
    rf"{_DAY} {_NAME}{_YEAR}",
    rf"{_NAME} {_DAY}{_YEAR}",
)
_PERIODS: Final = (
    rf"(?:quy |quarter |q)(?P<q>i|ii|iii|iv|[1-4]){_YEAR}",
    rf"(?:h(?P<h>[12])|6 thang (?P<half>dau|cuoi)(?: nam)?){_YEAR}",
    rf"(?:thang |month )(?P<m>\d{{1,2}}){_YEAR}",
    r"(?P<m>\d{1,2})/(?P<y>\d{4})",
    rf"{_NAME}{_YEAR}",
    r"(?:nam |year )?(?P<y>\d{4})",
)
_REFUSED: Final = (
    r"(?:ngay )?(?P<d>\d{1,2})[.-](?P<m>\d{1,2})",
    r"(?:ngay )?(?P<d>\d{1,2})(?P<dash>[/.-])(?P<m>\d{1,2})(?P=dash)(?P<y>\d{2})",
    r"(?P<m>\d{1,2})(?P<dash>[/.-])(?P<d>\d{1,2})(?:(?P=dash)(?P<y>\d{4}))?",
    r"(?P<y>\d{4})(?P<dash>[/.])(?P<m>\d{1,2})(?P=dash)(?P<d>\d{1,2})",
)
"""A point without a year, a short year, the month or the year first: what may mean two things is offered, not read."""
_ANY_DAY: Final = (
    r"(?<![\d/.-])(?P<y>\d{4})-(?P<m>\d{1,2})(?![\d-])",
    r"(?<![\d/.-])(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)",
    r"(?<![\d/.-])(?P<d>\d{1,2})(?P<dash>[/.-])(?P<m>\d{1,2})(?:(?P=dash)(?P<y>\d{4}))?(?![\d/.-])",
    r"\b(?:(?P<d>\d{1,2}) )?thang (?P<m>\d{1,2})(?:(?:/| nam )(?P<y>\d{4}))?(?!\d)",
)
"""Days and months wherever they stand in a text, those too that there are not."""
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_BEFORE: Final = r"(?:truoc|before) "
_BY: Final = (
    r"(?:(?:cham|muon) nhat(?: la| vao| den)?|den|trong|by|no later than|not later than|until|within|in) (?:the )?"
)
_END: Final = r"(?:cuoi|het|(?:the )?end of(?: the)?) "
_BARE: Final = {"thang": "M", "month": "M", "quy": "Q", "quarter": "Q", "nam": "Y", "year": "Y"}
_NEAR: Final = ("(?P<vi>thang|quy|nam) (?P<near>truoc|nay|sau)", "(?P<near>last|this|next) (?P<en>month|quarter|year)")
_STEPS: Final = {"truoc": -1, "last": -1, "nay": 0, "this": 0, "sau": 1, "next": 1}

_COUNT: Final = r"(?P<n>\d{1,4}) ?(?P<unit>d|days?|ngay|w|weeks?|tuan)"
_OFFSET: Final = rf"(?P<sign>[+-]) ?{_COUNT}"
_AGO: Final = rf"{_COUNT}(?: ago| truoc)?"
_TODAY: Final = {
    "today": 0, "hom nay": 0, "yesterday": -1, "hom qua": -1, "hom kia": -2, "tomorrow": 1, "ngay mai": 1,
}  # fmt: skip
_WEEKDAYS: Final = {
    name.replace("_", " "): number
    for number, names in enumerate((
        "monday mon thu_hai thu_2", "tuesday tue thu_ba thu_3", "wednesday wed thu_tu thu_4",
        "thursday thur thu_nam thu_5", "friday fri thu_sau thu_6", "saturday sat thu_bay thu_7",
        "sunday sun chu_nhat cn",
    ))
    for name in names.split()
}  # fmt: skip
_EVERY: Final = {
    Every.WEEK: "hang tuan|moi tuan|weekly|every week|week",
    Every.MONTH: "hang thang|moi thang|monthly|every month|month",
    Every.QUARTER: "hang quy|moi quy|quarterly|every quarter|quarter",
    Every.HALF_YEAR: (
        "(?:hang )?6 thang(?: mot lan)?|half[- ]yearly|every (?:half[- ]year|(?:six|6) months)|half[-_ ]year"
    ),
    Every.YEAR: "hang nam|moi nam|yearly|annually|every year|year",
}
_IN_PERIOD: Final = (
    r"(?P<before>truoc |before )?(?:(?:cham|muon) nhat(?: la| vao)? |by |on )?(?:the )?(?:ngay )?"
    r"(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?|(?P<end>cuoi|last day|end)|(?P<name>%s))(?: cua| of)?"
)
_WEEKS: Final = {"tuan truoc": -1, "tuan qua": -1, "tuan roi": -1, "last week": -1, "tuan nay": 0, "this week": 0}


def typed_recurrence(text: str) -> Recurs:
    """Read how often a duty recurs: «hằng quý», `monthly`, «trước ngày 25 hằng tháng»; raise `BadRecurrenceError`."""
    from vpcp_cli.programme import Due, Recurs

    typed = fold(text.replace(",", " ")).removeprefix("dinh ky ")
    day = _IN_PERIOD % "|".join(_WEEKDAYS)
    for every, names in _EVERY.items():
        for pattern in (f"(?:{names})", f"(?:{names}) {day}", f"{day} (?:{names})"):
            if found := _match(pattern, typed):
                due = _due(every, found.groupdict())
                if due is not False:
                    return Recurs(every, due)
    if found := _match(rf"(?:every|moi|hang) (?P<name>{'|'.join(_WEEKDAYS)})", typed):
        return Recurs(Every.WEEK, Due(str(_WEEKDAYS[found["name"]] + 1)))
    raise BadRecurrenceError(text)


def _due(every: Every, parts: Mapping[str, str | None]) -> Due | Literal[False] | None:
    """Return the day of a period that was named, None where none was, False for one that there is not."""
    from vpcp_cli.programme import LAST, Due

    if parts.get("end"):
        return False if parts.get("before") else Due(LAST)
    if name := parts.get("name"):
        return Due(str(_WEEKDAYS[name] + 1)) if every is Every.WEEK and not parts.get("before") else False
    if not parts.get("d"):
        return None
    number = int(parts["d"] or 0) - bool(parts.get("before"))
    longest = 7 if every is Every.WEEK else 31
    return Due(str(number)) if 1 <= number <= longest else False


def _match(pattern: str, typed: str) -> re.Match[str] | None:
    return re.fullmatch(pattern, typed, re.ASCII)  # compiled when it is needed: most commands read no date


def typed_deadline(text: str, today: date, year: int | None = None, *, start: date | None = None) -> Deadline:
    """Read a deadline as people type it; raise `BadDateError`.

    What has no year takes `year`, by default that of `today`. What counts onwards (`+14d`, `eom`) does so
    from `start`, by default `today`.
    """
    typed, year, start = fold(text), year or today.year, start or today
    try:
        found = _written(typed) or _onwards(typed, start) or _bounded(typed, today, year, start)
    except (BadDateError, ValueError, OverflowError):  # a month or day that there is not
        found = None
    if found is None:
        raise BadDateError(text, year, _meant(typed), _absent(typed, year))
    return found


def typed_span(text: str, today: date) -> tuple[date, date]:
    """Read a day or a span of days as people type what has been; raise `BadDayError`.

    A weekday is the last one, today included; what has no year is the last that has begun.
    """
    typed = fold(text)
    try:
        found = (
            _written(typed)
            or _week(typed, today)
            or _ago(typed, today)
            or _onwards(typed, today)
            or _begun(typed, today)
            or _ended(typed, today)
        )
    except (BadDateError, ValueError, OverflowError):
        found = None
    if found is None:
        raise BadDayError(text, today.year, _meant(typed), _absent(typed, today.year))
    return found if isinstance(found, tuple) else (found.first, found.last)


def typed_day(text: str, today: date) -> date:
    """Read a day as people type what has been, of a span the last day; raise `BadDayError`."""
    return typed_span(text, today)[1]


def _meant(typed: str) -> str:
    """Return the day that a refused form is likely to mean, as it may be typed."""
    for pattern in _REFUSED:
        if found := _match(pattern, typed):
            day, month, year = int(found["d"]), int(found["m"]), found.groupdict().get("y") or ""
            century = 2000 if len(year) == len("yy") else 0
            with suppress(ValueError):  # there is no such day
                date(int(year or "2000") + century, month, day)
                return f"{day:02}/{month:02}" + (f"/{int(year) + century:04}" if year else "")
    return ""


def _absent(typed: str, year: int) -> str:
    """Say what there is in place of a quarter, month or day that there is not: «quý 5», «tháng 13», «trước 30/2»."""
    if found := re.search(r"\b(?:quy |quarter |q)(\d+)\b", typed):
        return "" if int(found[1]) in range(1, 5) else _("The quarters are 1 to 4.")
    for pattern in _ANY_DAY:
        if found := re.search(pattern, typed):
            parts = found.groupdict()
            day, month, year = (int(parts.get(name) or other) for name, other in (("d", 1), ("m", 0), ("y", year)))
            if month not in range(1, 13):
                return _("The months are 1 to 12.")
            with suppress(OverflowError, ValueError):  # a year that there is not
                days = _around(date(year, month, 1), "M", 0).last.day
                if day not in range(1, days + 1):
                    words = _("There is no day {day} in {month}/{year}: that month has {n} days.")
                    return words.format(day=day, month=month, year=year, n=days)
            return ""
    return ""


def _written(typed: str) -> Deadline | None:
    """Read the forms that files hold."""
    try:
        return Deadline.parse(typed.upper())
    except BadDateError:
        return None


def _onwards(typed: str, start: date) -> Deadline | None:
    """Read what is counted from a day: `+14d`, `-2w`, the ends of its month, quarter and year."""
    if typed in ("eom", "eoq", "eoy"):
        return Deadline.of(_around(start, typed[-1].upper(), 0).last)
    offset = _match(_OFFSET, typed)
    if not offset:
        return None
    return Deadline.of(start + _counted(offset) * (1 if offset["sign"] == "+" else -1))


def _counted(found: re.Match[str]) -> timedelta:
    return timedelta(days=int(found["n"]) * (7 if found["unit"][0] in "wt" else 1))


def _bounded(typed: str, today: date, year: int, start: date) -> Deadline | None:
    """Read a day or a period, with what may stand before it: «trước ngày», «chậm nhất», «cuối», «hết»."""
    if before := re.match(_BEFORE, typed):
        found = _named(_unworded(typed[before.end() :]), today, year)
        return Deadline.of(found.first - timedelta(1)) if found else None
    by = re.match(_BY, typed)
    rest = _unworded(typed[by.end() :]) if by else typed
    end = re.match(_END, rest)
    rest = _unworded(rest[end.end() :]) if end else rest
    found = (_bare(rest, year, start) if by or end else None) or _named(rest, today, year)
    return Deadline.of(found.last) if found and end else found


def _unworded(typed: str) -> str:
    """Return what follows «ngày», which stays where it is part of a name: «ngày mai»."""
    return typed if typed in _TODAY else typed.removeprefix("ngay ")


def _bare(typed: str, year: int, start: date) -> Deadline | None:
    """Read «năm», «quý», «tháng» alone: the programme's year, the quarter and month of the day."""
    unit = _BARE.get(typed)
    if unit is None:
        return None
    return Deadline.parse(f"{year:04d}") if unit == "Y" else _around(start, unit, 0)


def _named(typed: str, today: date, year: int) -> Deadline | None:
    """Read a day or a period that is named."""
    if typed in _TODAY:
        return Deadline.of(today + timedelta(_TODAY[typed]))
    for pattern in _NEAR:
        if found := _match(pattern, typed):
            parts = found.groupdict()
            return _around(today, _BARE[parts.get("vi") or parts["en"]], _STEPS[parts["near"]])
    for pattern in _DAYS:
        if found := _match(pattern, typed):
            parts = found.groupdict()
            return Deadline.of(date(int(parts["y"] or year), _month(parts), int(parts["d"])))
    for pattern in _PERIODS:
        if found := _match(pattern, typed):
            parts = found.groupdict()
            return Deadline.parse(f"{int(parts['y'] or year):04d}{_part(parts)}")
    return _written(typed)


def _month(parts: dict[str, str]) -> int:
    """Return the number of the month that was given as a number or a name."""
    if parts.get("m"):
        return int(parts["m"])
    return next(number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(parts["name"]))


def _part(parts: dict[str, str]) -> str:
    """Return which part of the year a period is, as files hold it."""
    if quarter := parts.get("q"):
        return f"-Q{_QUARTERS.get(quarter, quarter)}"
    if half := parts.get("h") or parts.get("half"):
        return "-H1" if half in ("1", "dau") else "-H2"
    return f"-{_month(parts):02d}" if parts.get("m") or parts.get("name") else ""


def _around(day: date, unit: str, step: int) -> Deadline:
    """Return the month, quarter or year of a day, or one so many steps from it."""
    length = {"M": 1, "Q": 3, "Y": 12}[unit]
    year, number = divmod((day.year * 12 + day.month - 1) // length + step, 12 // length)
    return Deadline.parse(f"{year:04d}" + {"M": f"-{number + 1:02d}", "Q": f"-Q{number + 1}", "Y": ""}[unit])


def _week(typed: str, today: date) -> tuple[date, date] | None:
    """Read a weekday that has been, a week, or a weekday of a week: «thứ hai», `last week`, «thứ sáu tuần trước»."""
    monday = today - timedelta(today.weekday())
    if typed in _WEEKS:
        first = monday + timedelta(7 * _WEEKS[typed])
        return first, first + timedelta(6)
    for week, step in _WEEKS.items():
        if (name := typed.removesuffix(f" {week}")) != typed and name in _WEEKDAYS:
            return (monday + timedelta(7 * step + _WEEKDAYS[name]),) * 2
    if typed not in _WEEKDAYS:
        return None
    return (today - timedelta((today.weekday() - _WEEKDAYS[typed]) % 7),) * 2


def _ago(typed: str, today: date) -> Deadline | None:
    found = _match(_AGO, typed)
    return Deadline.of(today - _counted(found)) if found else None


def _begun(typed: str, today: date) -> Deadline | None:
    """Read a named day or period; without a year it is the last one that has begun."""
    found = _named(typed, today, today.year)
    return found if found is None or found.first <= today else _named(typed, today, today.year - 1)


def _ended(typed: str, today: date) -> Deadline | None:
    """Read the last day of a period that is named and over: «cuối tháng 5», `end of May`."""
    end = re.match(_END, typed)
    found = _begun(_unworded(typed[end.end() :]), today) if end else None
    return Deadline.of(found.last) if found and found.last <= today else None


_CITED_DAY: Final = (
    r"(?:(?P<word>(?:(?:ky|ban hanh|de) )?ngay|dated|of|on):? )?\(?(?P<day>\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
    r"|\d{4}-\d\d-\d\d|\d{1,2} thang \d{1,2}(?:(?: nam |/|, )\d{4})?"
    rf"|\d{{1,2}} {_NAME} \d{{4}}|\d{{1,2}}/\d{{1,2}})(?![\w/-])"
)
_FORMS: Final = (
    "cong van|cv|van ban|vb|thong bao|tb|quyet dinh|qd|bao cao|bc|to trinh|chi thi|ke hoach|nghi quyet|ket luan"
)
_CITED: Final = (
    rf"(?:(?P<form>{_FORMS})|(?P<title>[^\d]+?))? ?\b(?:so(?: hieu)?|no\.?|number):? (?P<number>\S*\d\S*)",
    rf"(?P<form>{_FORMS})? ?(?P<number>\d[^\s/-]*[/-]\S*[a-z]\S*)",
)
_CITED_MORE: Final = r"(?:(?:cua|by|from) (?P<issuer>.+?))?(?:^|[,;]? ?)(?:(?P<about>(?:ve viec|v/v|ve|about) .+))?"


def typed_document(text: str, today: date) -> Document:
    """Read a document as people cite it, «số 45/TB-BCT ngày 5/3/2026»: its number and day are taken apart.

    What names no day is the number as it stands; what has no number is a title. Raise `BadDocumentError` for what can't
    be told apart, `BadDayError` for a day that there is not.
    """
    from vpcp_cli.kinds import Text
    from vpcp_cli.programme import Document

    typed = fold(text)
    if len(typed) != len(text) or "://" in text:
        return Document(text)
    cited = next((one for one in re.finditer(_CITED_DAY, typed) if _is_day(one, typed)), None)
    if cited is None:
        bare = _match(r"(?:so(?: hieu)?|no\.?|number):? (\S*\d\S*/\S+)", typed)
        if given := _match(r"(?:so(?: hieu)?|no\.?|number):? (\S*\d\S*) (?:cua|by|from) (.+)", typed):
            return Document(text[slice(*given.span(1))], None, None, Text.plain(text[slice(*given.span(2))].strip()))
        return Document(text[bare.start(1) :] if bare else text)
    day = typed_day(cited["day"], today)
    before, after = text[: cited.start()].rstrip(" ,;:("), text[cited.end() :].strip(" ,;.)")
    if before and not any(map(str.isdecimal, before)):
        return Document(None, day, Text.plain(text if after else before))
    front = next((found for one in _CITED if (found := re.fullmatch(one, fold(before)))), None)
    more = re.fullmatch(_CITED_MORE, fold(after))
    if front is None or more is None:
        number = next((word for word in reversed(before.split()) if any(map(str.isdecimal, word))), "")
        rest = re.sub(r"^số\b", "", f"{before.replace(number, '')} {after}".strip(" ,;"), flags=re.IGNORECASE)
        rest = " ".join(rest.split())
        raise BadDocumentError(text, number, format_date(day, "vi"), rest)
    title = " ".join(filter(None, (_part_of(before, front, "title"), _part_of(after, more, "about"))))
    issuer = _part_of(after, more, "issuer")
    number = _part_of(before, front, "number")
    return Document(number, day, Text.plain(title) if title else None, Text.plain(issuer) if issuer else None)


def _is_day(found: re.Match[str], typed: str) -> bool:
    """Whether a day is named: with a word before it, or in full behind something else."""
    start, full = found.start(), "/" not in found["day"] or len(found["day"].split("/")) > len("dm")
    apart = start == 0 or typed[start - 1] in " ,;("
    return apart and bool(found["word"] or (start and full))


def _part_of(text: str, found: re.Match[str], name: str) -> str:
    """Return a part as it was typed; folding has kept every letter in its place."""
    start, end = found.span(name) if name in found.re.groupindex and found[name] else (0, 0)
    return text[start:end].strip(" ,;")
