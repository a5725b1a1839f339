"""A deadline: a period that ends on a day, and the words people use for it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final, NoReturn

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import BadDateError
from vpcp_cli.vietnamese import fold, format_date

QUARTERS: Final = ("I", "II", "III", "IV")
_DIGITS: Final = frozenset("0123456789")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day, month, quarter, half-year or year; it is kept until the end of `last`.

    `text` is the form that files hold: 2022-06-30, 2022-06, 2022-Q2, 2022-H1 or 2022.
    """

    text: str
    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Deadline:
        """Read the form that files hold; raise `BadDateError` for anything else."""
        year, _, rest = text.partition("-")
        if len(year) != 4 or not _number(year) or year == "0000":  # noqa: PLR2004
            raise BadDateError(text)
        span = _months(rest) if rest or text == year else None
        if span:
            return _period(text, int(year), *span)
        return cls.of(iso_day(text))

    @classmethod
    def of(cls, day: date) -> Deadline:
        """Return the deadline that is one day."""
        return cls(day.isoformat(), day, day)

    def words(self, lang: str) -> str:
        """Name the period as a reader does: «Quý II/2022», "Q2 2022"."""
        year, _, rest = self.text.partition("-")
        if self.first == self.last:
            return format_date(self.last, lang)
        if not rest:
            return f"năm {year}" if lang == "vi" else year
        number = int(rest[-1]) if rest[0] in "QH" else int(rest)
        if lang != "vi":
            return f"{rest if rest[0] in 'QH' else _MONTHS[number - 1]} {year}"
        if rest[0] == "Q":
            return f"Quý {QUARTERS[number - 1]}/{year}"
        if rest[0] == "H":
            return f"6 tháng {('đầu', 'cuối')[number - 1]} năm {year}"
        return f"tháng {number}/{year}"


def iso_day(text: str) -> date:
    """Read YYYY-MM-DD with ASCII digits and nothing else; raise `BadDateError`."""
    parts = text.split("-")
    if [len(part) for part in parts] == [4, 2, 2] and all(map(_number, parts)):
        try:
            return date(int(parts[0]), int(parts[1]), int(parts[2]))
        except ValueError:
            pass
    raise BadDateError(text)


def typed_day(text: str, today: date) -> date:
    """Read a day as people type it: the last day of what `typed_deadline` reads.

    Raise `BadDateError`; a month-first date is one.
    """
    return typed_deadline(text, today).last


def typed_deadline(text: str, today: date, year: int | None = None) -> Deadline:
    """Read a deadline as people type it; raise `BadDateError`.

    ISO forms, dd/mm/yyyy, «quý II», «tháng 6», «6 tháng đầu năm», `today`, `+14d`, `eom`, `eoq`.
    A quarter or month without a year takes `year`, by default that of `today`.
    """
    typed = fold(text)
    year = year or today.year
    relative = _relative(typed, today)
    if relative:
        return Deadline.of(relative)
    try:
        return Deadline.parse(typed.upper())
    except BadDateError:
        pass
    if "/" in typed and _number(typed.replace("/", "")):
        return _slashed(text, typed)
    return _worded(text, typed.replace("/", " ").split(), year)


def _relative(typed: str, today: date) -> date | None:
    named = {
        "today": today,
        "hom nay": today,
        "yesterday": today - timedelta(days=1),
        "hom qua": today - timedelta(days=1),
        "tomorrow": today + timedelta(days=1),
        "ngay mai": today + timedelta(days=1),
        "eom": _month_end(today.year, today.month),
        "eoq": _month_end(today.year, (today.month + 2) // 3 * 3),
        "eoy": date(today.year, 12, 31),
    }
    if typed in named:
        return named[typed]
    sign, count, unit = typed[:1], typed[1:-1], typed[-1:]
    if sign in ("+", "-") and _number(count) and unit in ("d", "w") and len(count) < 5:  # noqa: PLR2004
        days = int(count) * (7 if unit == "w" else 1)
        try:
            return today + timedelta(days=days if sign == "+" else -days)
        except OverflowError:
            raise BadDateError(typed) from None
    return None


def _slashed(text: str, typed: str) -> Deadline:
    parts = typed.split("/")
    try:
        numbers = [int(part) for part in parts]
        if len(parts) == 3 and len(parts[2]) == 4:  # noqa: PLR2004
            return Deadline.of(date(numbers[2], numbers[1], numbers[0]))
        if len(parts) == 2 and len(parts[1]) == 4:  # noqa: PLR2004
            return Deadline.parse(f"{parts[1]}-{numbers[0]:02d}")
    except ValueError:
        pass
    raise BadDateError(text)


def _worded(text: str, words: list[str], year: int) -> Deadline:
    """Read «quy ii», «quy 2 2022», «thang 6», «june 2022», «6 thang dau nam 2022», «nam 2022», folded."""
    words = [word for word in words if word not in ("nam", "year")] or _refuse(text)
    if len(words) > 1 and len(words[-1]) == 4 and _number(words[-1]):  # noqa: PLR2004
        year = int(words.pop())
    form = " ".join(words)
    halves = {"6 thang dau": "H1", "6 thang cuoi": "H2", "h1": "H1", "h2": "H2"}
    quarters = {"i": "Q1", "ii": "Q2", "iii": "Q3", "iv": "Q4"}
    quarters |= {str(number): f"Q{number}" for number in range(1, 5)}
    if form in halves:
        return Deadline.parse(f"{year:04d}-{halves[form]}")
    if words[0] in ("quy", "quarter") and " ".join(words[1:]) in quarters:
        return Deadline.parse(f"{year:04d}-{quarters[words[1]]}")
    if len(form) == 2 and form[0] == "q" and form[1] in quarters:  # noqa: PLR2004
        return Deadline.parse(f"{year:04d}-Q{form[1]}")
    if words[0] in ("thang", "month") and len(words) == 2 and _number(words[1]):  # noqa: PLR2004
        return Deadline.parse(f"{year:04d}-{int(words[1]):02d}")
    if len(words) == 1 and len(form) == 4 and _number(form):  # noqa: PLR2004
        return Deadline.parse(form)
    months = [number for number, name in enumerate(_MONTHS, 1) if form in (name.lower(), name[:3].lower())]
    if months:
        return Deadline.parse(f"{year:04d}-{months[0]:02d}")
    return _refuse(text)


def _refuse(text: str) -> NoReturn:
    raise BadDateError(text)


def _months(rest: str) -> tuple[int, int] | None:
    """Return the first and last month of the part behind the year."""
    if not rest:
        return 1, 12
    if len(rest) != 2:  # noqa: PLR2004
        return None
    if rest[0] == "Q" and rest[1] in "1234":
        return int(rest[1]) * 3 - 2, int(rest[1]) * 3
    if rest[0] == "H" and rest[1] in "12":
        return int(rest[1]) * 6 - 5, int(rest[1]) * 6
    if _number(rest) and 1 <= int(rest) <= 12:  # noqa: PLR2004
        return int(rest), int(rest)
    return None


def _period(text: str, year: int, first: int, last: int) -> Deadline:
    return Deadline(text, date(year, first, 1), _month_end(year, last))


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _number(text: str) -> bool:
    """Whether a text is made of ASCII digits alone."""
    return bool(text) and _DIGITS.issuperset(text)
