"""Tasks of an index for programs: the plain data of each, and what its state is on the day, without their records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from vpcp_cli.case import Case
from vpcp_cli.standing import Forecast, Spoken, Standing, forecast
from vpcp_cli.storage.index.index import Index, holder
from vpcp_cli.storage.index.records import plain_of
from vpcp_cli.storage.index.tables import TOLD
from vpcp_cli.told import Told
from vpcp_cli.vocabulary import Status

_STATE: Final = (
    *("s.kind", "s.late", "s.lead", "s.support", "s.responsible", "s.deadline", "s.postponements", "s.carried_to"),
    "s.last",
)
COLUMNS: Final = ("s.task", "r.data", "r.line", *_STATE, *(f"w.{one.name}" for one in TOLD))
JOINED: Final = " LEFT JOIN texts.told w ON w.task = s.task AND w.since = s.since"


def told(
    index: Index,
    cases: Mapping[int, Case],
    day: date,
    rows: Iterable[tuple[Any, ...]],
    standing: Callable[[int, str, int], Standing],
) -> Iterator[tuple[int, Told | Standing]]:
    """Yield the tasks of some rows of `COLUMNS` with their numbers; one of which no text is kept as it stands."""
    make = _maker(index, cases, day)
    for number, text, line, *state in rows:
        known = state[len(_STATE)] is not None
        yield number, make(number, text, line, *state) if known else standing(number, text, line)


def _maker(index: Index, cases: Mapping[int, Case], day: date) -> Callable[..., Told]:
    directives, kinds = index.directives, index.kinds

    @cache
    def risk(kind: int, postponements: int, last: int | None, by: str | None) -> Forecast | None:
        lasting, case = kinds[kind], cases[kind]
        spoken = Spoken(lasting.spoken, by, None) if lasting.spoken else None
        quiet = date.fromordinal(last) if last else None
        hindered = bool(lasting.obstacles)
        return forecast(case.status, case.timeliness, postponements, hindered, quiet, day, spoken)

    def make(number: int, text: str, line: int, kind: int, late: int | None, *state: Any) -> Told:  # noqa: ANN401
        lead, support, responsible, deadline, postponements, carried_to, entered, *more = state
        _task, _since, first, pending, completed, value, by, obstacles, last = more
        case, around = cases[kind], directives[holder(number)]
        return Told(
            index.head,
            around,
            index.told(plain_of(text)),
            around.line + line,
            case.status,
            case.timeliness,
            case.days if late is None else late,
            lead,
            tuple(support.split()),
            responsible,
            deadline,
            postponements,
            carried_to,
            risk(kind, postponements, entered, by),
            first,
            pending,
            date.fromordinal(completed) if completed and case.status is Status.DONE else None,
            value,
            [int(place) for place in obstacles.split()] if obstacles else (),
            last,
        )

    return make
