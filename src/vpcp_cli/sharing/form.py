"""What a workbook for reports looks like: its sheets, columns and codes, for whoever writes one and whoever reads it.

A row is a task, or a part of one: its key stands in the first column and in the hidden sheet, with a token of what the
row showed. Columns are found by their heads and by defined names, never by their place.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Final, NamedTuple

from vpcp_cli.language import LANGUAGES, N_, current, in_language
from vpcp_cli.parts import Cell, alone, cells, said_of
from vpcp_cli.programme import Directive, Programme, Task
from vpcp_cli.render.parts import part_words
from vpcp_cli.standing import DUE_SOON_DAYS, Standing, stand
from vpcp_cli.vocabulary import Status

SCHEMA: Final = "vpcp.form/1"
KEYS: Final = "vpcp"
"""The sheet that people don't see: what the workbook is, and the token of each row."""
HEAD_ROW: Final = 7
"""The row, from 1, in which the heads of the columns stand."""


class Field(StrEnum):
    """The columns, in their order; the first five say what is known, the others are filled in."""

    ID = "id"
    TASK = "task"
    DOCUMENT = "document"
    DEADLINE = "deadline"
    STATE = "state"
    STATUS = "status"
    DAY = "day"
    NUMBER = "number"
    RESULT = "result"
    OBSTACLE = "obstacle"
    ASKED = "asked"
    REASON = "reason"


HEADS: Final[Mapping[Field, str]] = {
    Field.ID: N_("Id"),
    Field.TASK: N_("Task"),
    Field.DOCUMENT: N_("Given in"),
    Field.DEADLINE: N_("Deadline"),
    Field.STATE: N_("State as recorded"),
    Field.STATUS: N_("New state"),
    Field.DAY: N_("Date"),
    Field.NUMBER: N_("Number of the document"),
    Field.RESULT: N_("Result"),
    Field.OBSTACLE: N_("Difficulty"),
    Field.ASKED: N_("Asked to postpone to"),
    Field.REASON: N_("Reason"),
}
KNOWN: Final = (Field.ID, Field.TASK, Field.DOCUMENT, Field.DEADLINE, Field.STATE)
FILLED: Final = tuple(one for one in Field if one not in KNOWN)

REPORTABLE: Final = (
    *(Status.NOT_STARTED, Status.IN_PROGRESS, Status.SUBMITTED),
    *(Status.PARTLY_DONE, Status.DONE, Status.NOT_DONE),
)
"""What a unit may report; all else is decided by the office."""


MENDED: Final = N_("To be mended")
"""The head of the column by which a workbook goes back; it is no column of the form."""


class Line(NamedTuple):
    """A row of a workbook: a task, or a part of one as a task of its own, under the key that the row has."""

    key: str
    standing: Standing

    @property
    def names(self) -> tuple[str, ...]:
        """What an entry's `for` says of the part."""
        return tuple(self.key.split(" ")[1:])

    def words(self, units: Mapping[str, str]) -> str:
        """Say what is to be done; of a part also which period it is, and whose."""
        text = self.standing.task.text.in_(current())
        return f"{text} ({', '.join(part_words([one], units) for one in self.names)})" if self.names else text


def lines(tasks: Iterable[Standing], units: Collection[str] = ()) -> Iterator[Line]:
    """Yield the rows of some tasks: of one with parts those that are open and have begun, of some units or of all."""
    for one in tasks:
        if not one.parts:
            yield Line(one.task.id, one)
        for part in one.parts:
            cell = part.fate.cell
            if part.open and part.begun and (not units or one.lead in units or cell.unit in (None, *units)):
                own = _own(one.programme, one.directive, one.task, cell, one.day, one.due_soon_days)
                if own:
                    yield Line(key_of(one.task.id, cell.name), own)


def line_of(programme: Programme, directive: Directive, task: Task, names: Collection[str], day: date) -> Line | None:
    """Return the row of a task, or of its part of some names, as it was on a day; None where there was none."""
    if not names:
        one = stand(programme, directive, task, day)
        return Line(task.id, one) if one else None
    found = (cell for cell in cells(programme, directive, task) if set(cell.name) == set(names))
    cell = next(found, None) if task.parted else None
    own = cell and _own(programme, directive, task, cell, day)
    return Line(key_of(task.id, cell.name), own) if cell and own else None


def key_of(id_: str, names: Iterable[str]) -> str:
    """Return how a row is named: the task's id, then what an entry's `for` says of its part."""
    return " ".join((id_, *names))


def _own(
    programme: Programme, directive: Directive, task: Task, cell: Cell, day: date, soon: int = DUE_SOON_DAYS
) -> Standing | None:
    """Return a part as a task of its own, with the entries about it alone."""
    log = tuple(said for one in task.log if (said := said_of(cell, one)))
    own = replace(alone(task, cell), log=log, lead=cell.unit or task.lead)
    return stand(programme, directive, own, day, soon)


def token(one: Standing) -> str:
    """Return a hash of what a row showed of a task: values, so that it is the same in every language."""
    facts = [
        one.task.id,
        one.status.value if one.status else "",
        one.deadline.text if one.deadline else "",
        one.lead,
        one.task.text.in_("vi"),
        len(one.task.log),
    ]
    return sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()[:16]


def fields_of(heads: Iterable[str]) -> dict[str, Field]:
    """Return which column each head names, in either language."""
    known = _heads()
    return {head: known[head] for head in heads if head in known}


@cache
def _heads() -> dict[str, Field]:
    return {in_language(words, lang): field for field, words in HEADS.items() for lang in LANGUAGES}
