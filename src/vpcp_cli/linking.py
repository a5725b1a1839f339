"""What a task goes on from: history is followed through links and never copied (pure).

A link holds where both ends agree on it: `carried_from` here, and there the first entry `carried_over … to` that
stands; or `replaces` here, and there the entry `void` that says it is replaced by this one, on its day of writing. The
newer end goes on from the older one as that stood on the day of the entry, whatever is corrected there later. What it
says of its own, another deadline or lead, is what was decided on that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from vpcp_cli.knowing import LoggedEntry, programme_known_at, told, what_stands, written_on
from vpcp_cli.members import with_members
from vpcp_cli.programme import Directive, Inherited, LogEntry, Programme, Task, Unit
from vpcp_cli.standing import fold, folded, voided
from vpcp_cli.vocabulary import Decision, Status

Find: TypeAlias = Callable[[str], Task | None]
"""What finds the task of an id."""


def linked(programmes: Iterable[Programme]) -> tuple[Programme, ...]:
    """Return programmes whose tasks know what they go on from, as far as that stands in one of them."""
    given = tuple(programmes)
    if not any(origin_of(task) or task.inherited for one in given for _directive, task in one.tasks()):
        return given
    find = {task.id: task for one in given for _directive, task in one.tasks()}.get
    return tuple(_linked(one, find) for one in given)


def known_on(
    programmes: Iterable[Programme], known: date, register: Callable[[], Iterable[Unit]]
) -> tuple[Programme, ...]:
    """Return programmes as they had been written down by a day, with the members of each lead and all links of then."""
    return linked(with_members(programme_known_at(one, known), register) for one in programmes)


def _linked(programme: Programme, find: Find) -> Programme:
    directives = tuple(_linked_directive(one, find) for one in programme.directives)
    same = all(one is other for one, other in zip(directives, programme.directives, strict=True))
    return programme if same else replace(programme, directives=directives)


def _linked_directive(directive: Directive, find: Find) -> Directive:
    tasks = tuple(with_history(task, find) for task in directive.tasks)
    same = all(one is other for one, other in zip(tasks, directive.tasks, strict=True))
    return directive if same else replace(directive, tasks=tasks)


def with_history(task: Task, find: Find) -> Task:
    """Return a task that knows what it goes on from; links that lead in a circle, or nowhere, are none."""
    if origin_of(task) is None and task.inherited is None:
        return task
    chain, days = [task], list[date]()
    for origin, day in _older(task, find):
        chain.append(origin)
        days.append(day)
    known = _bare(chain.pop())
    while chain:
        newer, day = chain.pop(), days.pop()
        known = replace(newer, inherited=_inherited(known, newer, day))
    return known


def _older(task: Task, find: Find) -> Iterator[tuple[Task, date]]:
    """Yield the ends before a task, the latest first, each with the day of the link."""
    in_circle = circle(task, find)
    while task.id not in in_circle and (link := link_of(task, find)):
        yield link
        task = link[0]


def circle(task: Task, find: Find) -> frozenset[str]:
    """Return the ids of a circle into which the links of a task lead; none where they come to an end."""
    passed: dict[str, int] = {}
    while task.id not in passed:
        passed[task.id] = len(passed)
        link = link_of(task, find)
        if link is None:
            return frozenset()
        task = link[0]
    return frozenset(list(passed)[passed[task.id] :])


def origin_of(task: Task) -> str | None:
    """Return the id of the task from which one says that it goes on."""
    return task.carried_from or task.replaces


def link_of(task: Task, find: Find) -> tuple[Task, date] | None:
    """Return the task from which one goes on, and the day of the link; None where the two ends do not agree."""
    id_ = origin_of(task)
    origin = find(id_) if id_ else None
    if origin and task.replaces and not task.carried_from:
        void = voided(origin)
        return (origin, written_on(void)) if void and task.id in void.replaced_by else None
    entry = carrying_entry(origin) if origin else None
    return (origin, entry.date) if origin and entry and entry.to == task.id else None


def carrying_entry(task: Task) -> LogEntry | None:
    """Return the entry by which a task goes on as another: of several the first counts."""
    return next((one for one in what_stands(task.log) if one.status is Status.CARRIED_OVER and one.to), None)


def whole_log(task: Task) -> Iterator[tuple[Task, LoggedEntry]]:
    """Yield every entry of a task and of what it goes on from, up to the day of each link, with where it stands."""
    yield from ((end, one) for end, last in _ends(task) for one in told(end.log) if one.entry.date <= last)


def _ends(task: Task, last: date = date.max) -> Iterator[tuple[Task, date]]:
    if task.inherited:
        yield from _ends(task.inherited.origin, min(last, task.inherited.day))
    yield task, last


def _bare(task: Task) -> Task:
    return replace(task, inherited=None) if task.inherited else task


def _inherited(origin: Task, task: Task, day: date) -> Inherited:
    """Return what stands of the older end up to a day, and then what the newer one says otherwise."""
    log = tuple(entry for entry in folded(origin, day) if entry.status is not Status.CARRIED_OVER)
    return Inherited(origin, day, (*log, *_decided(origin, log, task, day)))


def _decided(origin: Task, log: tuple[LogEntry, ...], task: Task, day: date) -> Iterator[LogEntry]:
    before = fold(origin, log)
    if task.deadline and task.deadline != before.deadline:
        yield LogEntry(date=day, deadline=task.deadline, decision=Decision.APPROVED)
    if task.lead and task.lead != before.lead:
        yield LogEntry(date=day, lead=task.lead)
    if task.responsible and task.responsible != before.responsible:
        yield LogEntry(date=day, responsible=task.responsible)
