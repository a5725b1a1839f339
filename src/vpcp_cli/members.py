"""The members of units that stand for many: who must do a part where such a unit is the lead, and from when to when."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from vpcp_cli.programme import Owing, Programme, Task, Unit


def memberships(units: Iterable[Unit]) -> dict[str, tuple[Owing, ...]]:
    """Return who must do their parts where a unit that stands for many is the lead, by its code."""
    units = tuple(units)
    known = {unit.code: unit for unit in units}
    return {
        unit.code: tuple(
            Owing(
                one.code,
                *_during(one.from_, one.to, known.get(one.code)),
                _heirs(one.code, known),
            )
            for one in unit.members
        )
        for unit in units
        if unit.members
    }


def _during(first: date | None, last: date | None, unit: Unit | None) -> tuple[date | None, date | None]:
    """Return from when to when a unit is a member and there at all."""
    firsts = [day for day in (first, unit and unit.valid_from) if day]
    lasts = [day for day in (last, unit and unit.valid_to) if day]
    return max(firsts, default=None), min(lasts, default=None)


def _heirs(code: str, known: Mapping[str, Unit]) -> tuple[tuple[str, date | None], ...]:
    """Return who took over from a unit, one after the other."""
    found: dict[str, date | None] = {code: None}
    while (unit := known.get(code)) and unit.merged_into and unit.merged_into not in found:
        code = unit.merged_into
        found[code] = known[code].valid_to if code in known else None
    return tuple(found.items())[1:]


def with_members(programme: Programme, register: Callable[[], Iterable[Unit]]) -> Programme:
    """Return a programme whose tasks know the members of their leads; few ask for the register."""
    if not any(task.each or task.owing for _directive, task in programme.tasks()):
        return programme
    members = memberships(register())
    directives = (
        replace(one, tasks=tuple(with_its_members(task, members) for task in one.tasks)) for one in programme.directives
    )
    return replace(programme, directives=tuple(directives))


def with_its_members(task: Task, members: Mapping[str, tuple[Owing, ...]]) -> Task:
    """Return a task that knows the members of its lead."""
    owing = members.get(task.lead, ()) if task.each else ()
    return replace(task, owing=owing) if owing != task.owing else task


def narrowed(task: Task, units: Collection[str]) -> Task:
    """Return a task of which nothing is asked about but the parts of some units, if they ever have any.

    One of them leads it. On a day on which they have none, it is none of theirs.
    """
    if task.lead in units or not (task.each and task.parted):
        return task
    chosen = tuple(one for one in task.owing if any(code in units for code in one.codes))
    if not chosen:
        return task
    code = next(code for one in chosen for code in one.codes if code in units)
    return replace(task, lead=code, owing=chosen, chosen=frozenset(units))
