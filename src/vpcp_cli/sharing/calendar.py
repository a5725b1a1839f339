"""Deadlines as a calendar (RFC 5545): a day for each task, that programs show and keep up to date.

An event is known by its task (`UID`), so that a calendar read again moves what was postponed. It carries no clock: the
same programmes give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple

import icalendar

from vpcp_cli.knowing import written_on
from vpcp_cli.language import _, current
from vpcp_cli.programme import LogEntry, Task
from vpcp_cli.render.parts import part_state, part_words
from vpcp_cli.render.state import state_words
from vpcp_cli.standing import Standing
from vpcp_cli.vocabulary import Status

_GONE: Final = frozenset({Status.WITHDRAWN, Status.RETURNED, Status.CARRIED_OVER, Status.VOID})
"""What a task that is not expected any more has become; a calendar that had it takes it out."""


class Due(NamedTuple):
    """A day on which a task or one of its parts is due, and how that stands; only a part has a name."""

    name: str
    words: str
    last: date
    status: Status | None
    state: str
    open: bool


class Calendar(NamedTuple):
    """What a calendar shows: its name, the units' names, who keeps it, and how many days before it reminds."""

    name: str
    units: Mapping[str, str]
    workspace: str | None = None
    alarm: int | None = None

    def content(self, tasks: Iterable[Standing]) -> bytes:
        """Return the calendar of those tasks that have a deadline."""
        made = icalendar.Calendar()
        made.add("version", "2.0")
        made.add("prodid", f"-//vpcp//{current()}")
        made.add("x-wr-calname", self.name)
        for one in tasks:
            for due in self._days(one):
                made.add_component(self._event(one, due))
        return bytes(made.to_ical())

    def _days(self, one: Standing) -> Iterator[Due]:
        """Yield the days of a task: that of its deadline, or one for each of its parts."""
        if one.parts:
            for part in one.parts:
                deadline = part.fate.found.deadline
                if deadline:
                    words = part_words(part.name, self.units)
                    yield Due("-".join(part.name), words, deadline.last, part.status, part_state(part), part.open)
        elif one.deadline:
            yield Due("", "", one.deadline.last, one.status, state_words(one), one.open)

    def _event(self, one: Standing, due: Due) -> icalendar.Event:
        event = icalendar.Event()
        task, lang = one.task, current()
        id_ = f"{task.id}.{due.name}" if due.name else task.id
        title = f"{task.id} ({due.words})" if due.words else task.id
        entries = [entry for entry in _entries(task) if entry.date <= one.day or entry.status is Status.VOID]
        event.add("uid", f"{id_}@{self.workspace or one.programme.owner}")
        event.add("dtstamp", _midnight(max([_given(one), *map(written_on, entries)])))
        event.add("sequence", len(entries))
        event.add("dtstart", due.last)
        if due.last < date.max:
            event.add("dtend", due.last + timedelta(days=1))  # without it an event lasts its day
        event.add("summary", f"{title} · {task.text.in_(lang)}")
        event.add("description", "\n".join(self._facts(one, due)))
        event.add("status", "CANCELLED" if {one.status, due.status} & _GONE else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        event.add("x-microsoft-cdo-busystatus", "FREE")
        if self.alarm is not None and due.open:
            event.add_component(_alarm(self.alarm, title))
        return event

    def _facts(self, one: Standing, due: Due) -> Iterator[str]:
        lang = current()
        yield _("State: {state}").format(state=due.state)
        yield _("Lead: {unit}").format(unit=self.units.get(one.lead, one.lead))
        if one.support:
            yield _("Support: {units}").format(units=", ".join(self.units.get(unit, unit) for unit in one.support))
        number = one.directive.number
        yield f"{one.directive.id} · {one.directive.title.in_(lang)}" + (f" · {number}" if number else "")


def _alarm(days: int, text: str) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", timedelta(days=-days))
    return alarm


def _entries(task: Task) -> Iterator[LogEntry]:
    """Yield all entries that led to how a task stands, struck ones and those of older ends too."""
    yield from task.log
    if task.inherited:
        yield from _entries(task.inherited.origin)


def _given(one: Standing) -> date:
    return one.programme.exists_from(one.directive, one.task)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
