"""The kinds of standing as rows: what decides a `Case` on every day, in columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from vpcp_cli.case import Lasting
from vpcp_cli.vocabulary import Nature, Risk, Status, Timeliness

COLUMNS: Final = {
    "nature": "TEXT NOT NULL",
    "status": "TEXT",
    "due": "INTEGER",
    "timeliness": "TEXT",
    "days": "INTEGER",
    "obstacles": "TEXT NOT NULL",
    "spoken": "TEXT",
    "asks": "INTEGER NOT NULL",
    "moves": "INTEGER NOT NULL",
    "quiet": "INTEGER",
    "soon": "INTEGER",
}
"""`due` is the last day of a deadline that is waited for; else timeliness and days past the deadline are for good."""

_STATUS: Final = list(COLUMNS).index("status")
_NATURES: Final = {one.value: one for one in Nature}
_STATUSES: Final[Mapping[str | None, Status | None]] = {None: None, **{one.value: one for one in Status}}
_TIMELINESS: Final = {one.value: one for one in Timeliness}
_RISKS: Final[Mapping[str | None, Risk | None]] = {None: None, **{one.value: one for one in Risk}}


class Known(dict[Any, Any]):
    """What values mean, each found when it is asked for, and once."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, value: object) -> Any:  # noqa: ANN401 - values of any column
        self[value] = self._read(value)
        return self[value]


def row_of(kind: Lasting) -> tuple[Any, ...]:
    """Return the row of a kind."""
    clock = kind.clock
    judged = (None, clock[0].value, clock[1]) if isinstance(clock, tuple) else (clock.toordinal(), None, None)
    return (
        kind.nature.value,
        kind.status and kind.status.value,
        *judged,
        " ".join(str(day.toordinal()) for day in kind.obstacles),
        kind.spoken and kind.spoken.value,
        int(kind.asks),
        kind.postponements,
        kind.quiet and kind.quiet.toordinal(),
        kind.soon,
    )


def status_of(row: tuple[Any, ...]) -> Status | None:
    """Return the status of a row, which is the same on each day."""
    return _STATUSES[row[_STATUS]]


def kind_of(row: tuple[Any, ...]) -> Lasting:
    """Return the kind of a row."""
    nature, status, due, timeliness, days, obstacles, spoken, asks, moves, quiet, soon = row
    return Lasting(
        _NATURES[nature],
        _STATUSES[status],
        date.fromordinal(due) if due else (_TIMELINESS[timeliness], days),
        tuple(date.fromordinal(int(day)) for day in obstacles.split()),
        _RISKS[spoken],
        bool(asks),
        moves,
        quiet and date.fromordinal(quiet),
        soon,
    )
