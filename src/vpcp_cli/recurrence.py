"""When a duty recurs: its periods with their names and the days by which it must be done. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from vpcp_cli.programme import LAST, Directive, Due, Programme, Recurs, Task
from vpcp_cli.vocabulary import Every

_MONTHS: Final = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}
_WEEK: Final = 7
_DAY: Final = timedelta(1)


class Period(NamedTuple):
    """One time that a duty recurs: its name as files hold it, its days, and the last day to do it."""

    name: str
    first: date
    last: date
    due: date


def periods(recurs: Recurs, start: date, end: date) -> Iterator[Period]:
    """Yield the periods of a duty that don't end before a day, fall due after it, and begin before another ends."""
    first = _beginning(recurs.every, start)
    try:
        while first <= end:
            following = _next(recurs.every, first)
            last = following - _DAY
            due = _due_day(recurs, first, last)
            if due > start:
                yield Period(_name(recurs.every, first), first, last, due)
            first = following
    except OverflowError:  # the calendar ends
        return


def _beginning(every: Every, day: date) -> date:
    if every is Every.WEEK:
        return day - timedelta(min(day.weekday(), day.toordinal() - 1))
    size = _MONTHS[every]
    return date(day.year, (day.month - 1) // size * size + 1, 1)


def _next(every: Every, first: date) -> date:
    if every is Every.WEEK:
        return first + timedelta(_WEEK)
    months = first.year * 12 + first.month - 1 + _MONTHS[every]
    if months // 12 > date.max.year:
        raise OverflowError
    return date(months // 12, months % 12 + 1, 1)


def _due_day(recurs: Recurs, first: date, last: date) -> date:
    due = recurs.due or Due(LAST)
    if due.days_after is not None:
        return last + timedelta(due.days_after)
    if due.day in (None, LAST):
        return last
    if recurs.every is Every.WEEK:
        return first + timedelta(min(int(due.day or 1), _WEEK) - 1)
    return last.replace(day=min(int(due.day or 1), monthrange(last.year, last.month)[1]))


def _name(every: Every, first: date) -> str:
    year, week, _day = first.isocalendar()
    return {
        Every.WEEK: f"{year:04}-W{week:02}",
        Every.MONTH: f"{first.year:04}-{first.month:02}",
        Every.QUARTER: f"{first.year:04}-Q{(first.month + 2) // 3}",
        Every.HALF_YEAR: f"{first.year:04}-H{(first.month + 5) // 6}",
        Every.YEAR: f"{first.year:04}",
    }[every]


def periods_of(programme: Programme, directive: Directive, task: Task) -> Iterator[Period]:
    """Yield the periods of a task, if it recurs: if it was carried over, those that begin after the former ones."""
    if task.recurs:
        end = task.recurs.to or date(programme.until or programme.year, 12, 31)
        yield from _own(task, programme.exists_from(directive, task), end)


def former_periods(directive: Directive, task: Task) -> Iterator[Period]:
    """Yield the periods that a carried task has from former ones: all that begin before its year.

    So a programme of several years, or one that was carried over late, leaves none out. A carried directive keeps the
    day of the former one.
    """
    if task.inherited is None:
        return
    origin = task.inherited.origin
    yield from former_periods(directive, origin)
    if task.carried_from and origin.recurs:
        start = origin.added or directive.issued or _new_year(origin)
        end = _day_before(_new_year(task))
        yield from _own(origin, start, min(origin.recurs.to or end, end))


def _own(task: Task, start: date, end: date) -> Iterator[Period]:
    recurs = task.recurs
    if recurs is None:
        return
    if task.carried_from is None or (recurs.from_ and recurs.from_ > _new_year(task)):
        yield from periods(recurs, recurs.from_ or start, end)
        return
    first = _new_year(task)
    former = task.inherited.origin.recurs if task.inherited else recurs
    goes_on = former is not None and former.every is recurs.every
    for one in periods(recurs, _day_before(first), end):
        if (one.first if goes_on else one.last) >= first:
            yield one


def _new_year(task: Task) -> date:
    return date(int(task.id.rpartition(":")[2][:4]), 1, 1)


def _day_before(day: date) -> date:
    return date.fromordinal(max(day.toordinal() - 1, 1))
