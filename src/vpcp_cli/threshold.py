"""Bounds that a report must not cross: overdue>0, rate<80."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from vpcp_cli.counts import Rate
from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import BadThresholdError
from vpcp_cli.summary import Summary
from vpcp_cli.vietnamese import fold, nearest
from vpcp_cli.vocabulary import Status

MEASURES: Final[Mapping[str, Callable[[Summary], int | Rate]]] = {
    "overdue": lambda summary: len(summary.because("overdue")),
    "due_soon": lambda summary: len(summary.because("due_soon")),
    "risk": lambda summary: summary.high_risks,
    "obstacles": lambda summary: summary.obstacles,
    "pending": lambda summary: len(summary.because("pending_request")),
    "postponements": lambda summary: summary.times,
    "not_reported": lambda summary: summary.count.statuses.get(Status.NOT_REPORTED, 0),
    "rate": lambda summary: summary.count.rate_of_due,
    "rate_of_all": lambda summary: summary.count.rate_of_all,
}
"""What `--fail-on` can look at. `rate` is of the tasks that fell due; `obstacles` are those that are open."""

_LONGEST: Final = 100
"""Digits of a limit; Python itself reads some thousand."""

_SPOKEN: Final = {
    "qua han": "overdue",
    "sap den han": "due_soon",
    "rui ro": "risk",
    "vuong mac": "obstacles",
    "xin lui": "pending",
    "so lan lui": "postponements",
    "chua cap nhat": "not_reported",
    "ty le": "rate",
}

_COMPARISONS: Final[Mapping[str, Callable[[int], bool]]] = {
    ">=": lambda difference: difference >= 0,
    "<=": lambda difference: difference <= 0,
    "==": lambda difference: difference == 0,
    "=": lambda difference: difference == 0,
    ">": lambda difference: difference > 0,
    "<": lambda difference: difference < 0,
}


@dataclass(frozen=True, slots=True)
class Threshold:
    """One bound. The limit is a fraction of whole numbers: 98.6 has no exact form in binary."""

    text: str
    measure: str
    sign: str
    limit: tuple[int, int]

    @classmethod
    def parse(cls, text: str) -> Threshold:
        """Read «overdue>0», `rate < 98,6` or, for a number of tasks, the bare word; raise `BadThresholdError`."""
        name, sign, limit = text.replace("≥", ">=").replace("≤", "<="), ">", "0"
        found = [(name.index(one), one) for one in _COMPARISONS if one in name]
        if found:
            sign = min(found, key=lambda place: (place[0], -len(place[1])))[1]
            name, _, limit = name.partition(sign)
        typed = fold(name).replace("-", "_")
        measure = _SPOKEN.get(typed, typed)
        if measure not in MEASURES:
            raise BadThresholdError(text, list(MEASURES), nearest(typed, [*MEASURES]))
        fraction = _fraction(limit.strip().removesuffix("%").strip())
        if fraction is None or (not found and measure.startswith("rate")):
            raise BadThresholdError(text, list(MEASURES))
        return cls(text, measure, sign, fraction)

    def measured(self, summary: Summary) -> int | Rate:
        """Return what the bound is about: how many tasks, or a rate."""
        return MEASURES[self.measure](summary)

    def tripped(self, summary: Summary) -> bool | None:
        """Whether the report crosses the bound; None for a rate without a base, which can't be judged."""
        value = self.measured(summary)
        part, base = (100 * value.part, value.base) if isinstance(value, Rate) else (value, 1)
        top, bottom = self.limit
        return _COMPARISONS[self.sign](part * bottom - top * base) if base else None


def _fraction(text: str) -> tuple[int, int] | None:
    whole, point, decimals = text.replace(",", ".").partition(".")
    if (
        len(text) > _LONGEST
        or not (whole + decimals).isascii()
        or not whole.isdigit()
        or (point and not decimals.isdigit())
    ):
        return None
    return int(whole + decimals), 10 ** len(decimals)
