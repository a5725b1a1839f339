"""Tasks as plain lines, for which nothing of what lays tables out is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from vpcp_cli.language import current
from vpcp_cli.render.formats import plain_cell, plain_cells
from vpcp_cli.render.forms import Format

if TYPE_CHECKING:
    from vpcp_cli.render.console import Screen
    from vpcp_cli.render.formats import Flat
    from vpcp_cli.render.output import Answer
    from vpcp_cli.tasks import Tasks

PLAIN_FIELDS = ("id", "status", "timeliness", "deadline", "lead", "text")
"""The six fields that answer most questions."""


def plain_tasks(tasks: Tasks) -> Iterator[str]:
    """Yield a line for each task, those of many at a time."""
    for ids, statuses, timeliness, deadlines, leads, texts in tasks.columns(*PLAIN_FIELDS[:-1], current()):
        due = [one.text if one else "" for one in deadlines]
        states = map(_CELLS.__getitem__, statuses), map(_CELLS.__getitem__, timeliness), due
        lines = zip(plain_cells(ids), *states, map(_CELLS.__getitem__, leads), plain_cells(texts), strict=True)
        yield "\n".join(map("\t".join, lines))


class _Cells(dict[str | None, str]):
    """Values that many tasks share, as they stand in plain lines."""

    def __missing__(self, value: str | None) -> str:
        self[value] = plain_cell(value)
        return self[value]


_CELLS: Final = _Cells()


class TaskLines:
    """Tasks, whose other forms a listing has."""

    def __init__(self, tasks: Tasks, listing: Callable[[], Answer]) -> None:
        """Take tasks and what makes their listing."""
        self._tasks, self._listing = tasks, listing

    @property
    def name(self) -> str:
        """What its rows are called."""
        return self._listing().name

    def sheet_rows(self, fields: Sequence[str] = ()) -> Iterable[Sequence[Flat]]:
        """Yield the rows of a spreadsheet; raise `BadWordError` for an unknown field."""
        return self._listing().sheet_rows(fields)

    def lines(self, form: Format, screen: Screen, fields: Sequence[str] = ()) -> Iterator[str]:
        """Yield the lines of a form; raise `BadWordError` for an unknown field."""
        if form is Format.PLAIN and not fields:
            return plain_tasks(self._tasks)
        if form is Format.IDS and not fields:
            return self._tasks.fact("id")
        return self._listing().lines(form, screen, fields)
