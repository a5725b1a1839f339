"""A deadline: a period that ends on a day, as files hold it and as readers see it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import BadDateError
from vpcp_cli.vietnamese import format_date

QUARTERS: Final = ("I", "II", "III", "IV")
_DIGITS: Final = frozenset("0123456789")
MONTHS: Final = (
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
        if len(year) != 4 or not _number(year) or year == "0000":
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
        """Name the period as a reader does: «quý II/2022», "Q2 2022"."""
        year, _, rest = self.text.partition("-")
        if self.first == self.last:
            return format_date(self.last, lang)
        if not rest:
            return f"năm {year}" if lang == "vi" else year
        number = int(rest[-1]) if rest[0] in "QH" else int(rest)
        if lang != "vi":
            return f"{rest if rest[0] in 'QH' else MONTHS[number - 1]} {year}"
        if rest[0] == "Q":
            return f"quý {QUARTERS[number - 1]}/{year}"
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


def _months(rest: str) -> tuple[int, int] | None:
    """Return the first and last month of the part behind the year."""
    if not rest:
        return 1, 12
    if len(rest) != 2:
        return None
    if rest[0] == "Q" and rest[1] in "1234":
        return int(rest[1]) * 3 - 2, int(rest[1]) * 3
    if rest[0] == "H" and rest[1] in "12":
        return int(rest[1]) * 6 - 5, int(rest[1]) * 6
    if _number(rest) and 1 <= int(rest) <= 12:
        return int(rest), int(rest)
    return None


def _period(text: str, year: int, first: int, last: int) -> Deadline:
    return Deadline(text, date(year, first, 1), _month_end(year, last))


def _month_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(1)


def _number(text: str) -> bool:
    """Whether a text is made of ASCII digits alone."""
    return bool(text) and _DIGITS.issuperset(text)


_VIET_NAM: Final = timezone(timedelta(hours=7))


def day_in_viet_nam(moment: datetime) -> date:
    """Return the day on which a moment falls in Viet Nam: UTC+7, no summer time."""
    return moment.astimezone(_VIET_NAM).date()
