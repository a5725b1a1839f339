"""What happened, and what was reported, from one day to another: log entries, each with the task whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from vpcp_cli.dataclass import dataclass
from vpcp_cli.knowing import LoggedEntry, every, written_on
from vpcp_cli.linking import whole_log
from vpcp_cli.programme import LogEntry, Task
from vpcp_cli.standing import Standing
from vpcp_cli.tasks import TaskList, Tasks, tasks_of


@dataclass(frozen=True, slots=True)
class Happening:
    """One log entry and the task whose it is; `end` is the one in whose log it stands, which may be an older one."""

    standing: Standing
    told: LoggedEntry
    end: Task

    @property
    def entry(self) -> LogEntry:
        """The entry."""
        return self.told.entry


def told_since(
    tasks: Tasks, since: date, until: date, *, struck: bool = False
) -> tuple[list[Happening], list[Happening]]:
    """Return what happened from one day to another, and what was reported then: the logs are looked at once."""
    some = list(tasks.with_entries(since, until))
    return _happenings(tasks, some, since, until, struck=struck), reported(TaskList(some), since, until)


def happenings(standings: Iterable[Standing], since: date, until: date, *, struck: bool = False) -> list[Happening]:
    """Return what happened from one day to another, both included: oldest first, then as it was written down.

    With `struck` what was corrected later is there, too. What was put right of a task is of no day: from one day on it
    is among what was `reported`. What a task goes on from is told with it, where the older task is not among them.
    """
    given = tasks_of(standings)
    return _happenings(given, list(given.with_entries(since, until)), since, until, struck=struck)


def _happenings(given: Tasks, some: Sequence[Standing], since: date, until: date, *, struck: bool) -> list[Happening]:
    older = {end.id for one in some if one.task.inherited for end, _told in whole_log(one.task) if end is not one.task}
    apart = set(given.where("id", older).fact("id")) if older else older
    found = [
        Happening(one, each, end)
        for one in some
        for end, each in whole_log(one.task)
        if since <= each.entry.date <= until and (struck or not each.struck_by)
        if since == date.min or not each.entry.set_
        if end is one.task or end.id not in apart
    ]
    return sorted(found, key=lambda one: (one.entry.date, written_on(one.entry)))


def reported(standings: Iterable[Standing], since: date, until: date) -> list[Happening]:
    """Return what was written down from one day to another about earlier days, or that something never held or was.

    Oldest first, then in the order of writing.
    """
    found = [
        Happening(one, each, one.task)
        for one in tasks_of(standings).with_entries(since, until)
        for each in every(one.task.log)
        if since <= written_on(each.entry) <= until and (each.entry.date < since or each.entry.void or each.entry.set_)
    ]
    return sorted(found, key=lambda one: (one.entry.date, written_on(one.entry)))
