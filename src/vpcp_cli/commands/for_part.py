"""Which part of a task an entry is about: as it was typed, else the one that is next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from vpcp_cli.commands.refusals import NamedAndSelectedError
from vpcp_cli.commands.saving import unit_typed
from vpcp_cli.entry_rules import EntryRefusedError
from vpcp_cli.errors import BadDateError, VpcpError
from vpcp_cli.language import N_
from vpcp_cli.naming import unit_names
from vpcp_cli.part_rules import needs_part
from vpcp_cli.parts import cells
from vpcp_cli.pattern import pattern
from vpcp_cli.typed import typed_deadline
from vpcp_cli.vietnamese import fold

if TYPE_CHECKING:
    from vpcp_cli.commands.session import Session
    from vpcp_cli.naming import Named
    from vpcp_cli.parts import Part
    from vpcp_cli.programme import LogEntry, Task
    from vpcp_cli.standing import Standing

_WEEK: Final = pattern(r"(?:w|week|tuan)\s*([0-9]{1,2})")
_SHOWN: Final = 6


class Asked(NamedTuple):
    """What was typed about parts: with --for, the units of --unit, who signs; whether tasks were named by their ids.

    `before_carry` says that a carry-over that it would undo is to be taken back.
    """

    parts: tuple[str, ...]
    units: frozenset[str]
    by: str | None
    named: bool
    before_carry: bool = False


def with_part(session: Session, standing: Standing, entry: LogEntry, asked: Asked) -> LogEntry | None:
    """Return an entry that names its part, where it is about one; None where no part is open that has begun.

    Raise `EntryRefusedError` where a unit must be named or a part is not known, `NamedAndSelectedError`.
    """
    task = standing.task
    units = asked.units & {part.fate.cell.unit for part in standing.parts}
    if asked.named and asked.units and not units:
        raise NamedAndSelectedError
    if asked.parts:
        return replace(entry, for_=tuple(part_named(standing, session, one) for one in asked.parts))
    if not needs_part(task, entry):
        return entry
    if task.each and not units:
        units = _signing(session, standing, asked.by)
        if not units:
            raise EntryRefusedError(
                N_("{id} is each unit's: the entry must say whose part it is about."),
                N_("Add --for with one of: {units}."),
                id=task.id,
                units=_few([part.fate.cell.unit or "" for part in standing.parts if part.open]),
            )
    if entry.deadline:
        raise EntryRefusedError(
            N_("{id} recurs: a postponement is about one period."),
            N_("Add --for with one of: {periods}."),
            id=task.id,
            periods=_few([part.name[0] for part in standing.parts if part.open]),
        )
    chosen = [one for one in standing.parts if one.open and one.begun and (not units or one.fate.cell.unit in units)]
    first = min(chosen, key=_due, default=None)
    return replace(entry, for_=first.name) if first else None


def where_told(session: Session, named: Named, entry: LogEntry) -> Named:
    """Return the task to which an entry belongs: what became of a part before a carry-over, to the old end.

    That is so if the old end has this part.
    """
    while (task := named.task) and named.directive and task.inherited and entry.for_:
        older = session.ids.task(task.inherited.origin.id)
        if entry.date >= named.programme.exists_from(named.directive, task) or not _has(older, entry.for_):
            break
        named = older
    return named


def _has(named: Named, part: tuple[str, ...]) -> bool:
    """Whether a task has a part."""
    if named.directive is None or named.task is None or not named.task.parted:
        return False
    return any(frozenset(one.name) == frozenset(part) for one in cells(named.programme, named.directive, named.task))


def _due(part: Part) -> date:
    deadline = part.fate.found.deadline
    return deadline.last if deadline else date.max


def _few(names: list[str]) -> str:
    known = list(dict.fromkeys(names))
    return ", ".join([*known[:_SHOWN], *(["…"] if len(known) > _SHOWN else [])])


def _signing(session: Session, standing: Standing, by: str | None) -> frozenset[str]:
    """Return the unit that signs, where it is one of those that must do their parts and --by names it."""
    wanted = fold(by or "")
    own = {part.fate.cell.unit for part in standing.parts}
    return frozenset(
        unit.code
        for unit in session.library.units
        if by and unit.code in own and wanted in {fold(unit.code), *map(fold, unit_names(unit))}
    )


def part_named(standing: Standing, session: Session, typed: str) -> str:
    """Return the period or the code that was typed."""
    periods = dict.fromkeys(part.fate.cell.period.name for part in standing.parts if part.fate.cell.period)
    if typed.upper() in periods:
        return typed.upper()
    if name := _period(session, standing.task, standing.programme.year, typed):
        if name in periods:
            return name
        if not standing.task.each:
            raise _unknown(standing, typed, list(periods))
    units = [part.fate.cell.unit or "" for part in standing.parts if part.fate.cell.unit]
    if not units:
        raise _unknown(standing, typed, list(periods))
    try:
        code = unit_typed(session.library, typed, "--for")
    except VpcpError:
        raise _unknown(standing, typed, [*periods, *units]) from None
    if code not in units:
        raise _unknown(standing, typed, units)
    return code


def _unknown(standing: Standing, typed: str, known: list[str]) -> EntryRefusedError:
    if not known:
        return EntryRefusedError(
            N_("{id} has no parts, so --for says nothing of it."), N_("Leave --for out."), id=standing.task.id
        )
    return EntryRefusedError(
        N_("{id} has no part «{part}»."),
        N_("Add --for with one of: {parts}."),
        id=standing.task.id,
        part=typed,
        parts=_few(known),
    )


def _period(session: Session, task: Task, year: int, typed: str) -> str:
    """Return the name of the period that was typed as people do, or nothing."""
    if task.recurs is None:
        return ""
    if found := _WEEK.fullmatch(fold(typed)):
        return f"{year}-W{int(found[1]):02}"
    try:
        return typed_deadline(typed, session.day, year).text
    except BadDateError:
        return ""
