"""Tasks as plain lines, for which nothing of what lays tables out is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from vpcp_cli.language import current
from vpcp_cli.render.cells import together
from vpcp_cli.render.formats import plain_cell, plain_cells
from vpcp_cli.vocabulary import Format

if TYPE_CHECKING:
    from vpcp_cli.render.console import Screen
    from vpcp_cli.render.formats import Flat
    from vpcp_cli.render.output import Answer
    from vpcp_cli.tasks import Tasks

PLAIN_FIELDS = ("id", "status", "timeliness", "deadline", "lead", "text")
"""The six fields that answer most questions."""


def plain_tasks(tasks: Tasks) -> Iterator[str]:
    """Yield a line for each task."""
    cell = cache(plain_cell)
    rows = tasks.rows(*PLAIN_FIELDS[:-1], current())
    for block in together(rows):
        ids, statuses, timeliness, deadlines, leads, texts = zip(*block, strict=True)
        due = [one.text if one else "" for one in deadlines]
        states = map(cell, statuses), map(cell, timeliness), due, map(cell, leads)
        yield from map("\t".join, zip(plain_cells(ids), *states, plain_cells(texts), strict=True))


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
