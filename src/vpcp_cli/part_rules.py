"""What can't be right about a task with parts, and what an entry can't say of one. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TypeAlias

from vpcp_cli.finding import Path
from vpcp_cli.parts import MOST, Cell, cells
from vpcp_cli.programme import Directive, LogEntry, Programme, Task
from vpcp_cli.recurrence import periods_of
from vpcp_cli.vocabulary import Status

Fault: TypeAlias = tuple[str, Path, Mapping[str, str]]
"""The code of a finding, where it is, and its facts."""
_OF_ALL: tuple[Status, ...] = (
    *(Status.DEFERRED, Status.RETURNED, Status.WITHDRAWN, Status.NOT_DONE, Status.CARRIED_OVER),
)
"""The states that a task with parts may have as a whole."""


def faults(programme: Programme, directive: Directive, task: Task) -> Iterator[Fault]:
    """Yield what is wrong with the definition of a task with parts."""
    if not task.countable:
        yield from (("state-of-uncountable", (key,), {"id": task.id}) for key in _keys(task))
        return
    if task.each and not task.owing:
        yield "each-without-members", ("each",), {"code": task.lead}
    codes = {code for one in task.owing for code in one.codes}
    for at, code in enumerate(task.support):
        if code in codes:
            yield "member-also-supports", ("support", at), {"code": code, "lead": task.lead}
    if task.recurs:
        if task.deadline:
            yield "recurs-with-deadline", ("deadline",), {"id": task.id}
        number = sum(1 for _one in islice(periods_of(programme, directive, task), MOST + 1))
        if not number and task.carried_from is None:
            yield "recurs-never", ("recurs",), {"id": task.id}
        if number * max(len(task.owing), 1) > MOST:
            yield "too-many-parts", ("recurs",), {"id": task.id, "number": str(MOST)}


def _keys(task: Task) -> Iterator[str]:
    if task.recurs:
        yield "recurs"
    if task.each:
        yield "each"


class Names:
    """What `for` may name in a task."""

    def __init__(self, programme: Programme, directive: Directive, task: Task) -> None:
        """Take in all parts that the task ever has."""
        self.task = task
        self.cells: tuple[Cell, ...] = cells(programme, directive, task) if task.parted else ()
        self._known = {name for cell in self.cells for name in cell.names()} - {frozenset()}

    def fault(self, entry: LogEntry) -> Fault | None:
        """Return what is wrong with the part that an entry names, or doesn't."""
        if entry.for_:
            if entry.risk or entry.lead or entry.status is Status.CARRIED_OVER:
                return "part-of-whole", ("for",), {"id": self.task.id}
            if frozenset(entry.for_) in self._known and len(set(entry.for_)) == len(entry.for_):
                return None
            return "unknown-part", ("for",), {"id": self.task.id, "part": ", ".join(entry.for_), "form": self._words()}
        if self.cells and needs_part(self.task, entry):
            key = "status" if entry.status else "deadline"
            return "part-missing", (key,), {"id": self.task.id, "form": self._words()}
        return None

    def _words(self) -> str:
        """Name a part of each dimension, as an example."""
        periods = [cell.period.name for cell in self.cells if cell.period]
        units = dict.fromkeys(cell.unit for cell in self.cells if cell.unit)
        ends = [periods[0], "…", periods[-1]] if periods else []
        return ", ".join([*ends, *islice((one for one in units if one), 3)])


def needs_part(task: Task, entry: LogEntry) -> bool:
    """Whether an entry would say something of all parts that can only be true of one."""
    if not task.parted:
        return False
    if entry.status:
        return entry.status not in _OF_ALL
    return entry.deadline is not None and task.recurs is not None
