"""A letter that urges a unit: why it is written, which tasks are late or soon due, and what is asked by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Final

from vpcp_cli.language import _, current, ngettext
from vpcp_cli.programme import Text, Unit
from vpcp_cli.render.count import number
from vpcp_cli.sharing.columns import Names, table
from vpcp_cli.sharing.controls import filled
from vpcp_cli.sharing.decree import addressed, closed, end, head
from vpcp_cli.sharing.form import Line
from vpcp_cli.sharing.office import DOTS, Office
from vpcp_cli.sharing.paper import DOWN, Element, Look, paper, paragraph
from vpcp_cli.standing import Standing
from vpcp_cli.vietnamese import format_date

_COLUMNS: Final = ("text", "document", "deadline", "late", "reminders")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter to a unit about tasks that are late or due soon, as they stand on a day."""

    office: Office
    unit: Unit
    overdue: Sequence[Line]
    soon: Sequence[Line]
    day: date
    names: Names
    reply_by: date | None = None

    def content(self) -> bytes:
        """Return the document."""
        first = head(self.office, self.office.numbered(), self.subject)
        last = end(self.office, _("As above"))
        return paper(self.subject, self.day, chain(first, [addressed(self.addressee)], self._text(DOWN), last))

    def filled(self, template: bytes, file: str) -> bytes:
        """Return a document of the office's own, with what its content controls are called for."""
        texts = {
            **self.office.texts(),
            "subject": self.subject,
            "day": format_date(self.day, current()),
            "addressee": self.addressee,
        }
        blocks = {"opening": self._opening, "tasks": self._table, "asked": self._asked, "text": self._text}
        return filled(template, file, texts, blocks)

    @property
    def subject(self) -> str:
        """What the letter is about."""
        return _("Re: tasks that are overdue or due soon")

    @property
    def addressee(self) -> str:
        """How the unit is addressed."""
        return (self.unit.address_as or self.unit.name).in_(current())

    @property
    def lines(self) -> list[Line]:
        """The tasks and parts of tasks, the most urgent first."""
        return [*self.overdue, *self.soon]

    def sentence(self) -> str:
        """Say how many tasks it is about."""
        words = {
            (True, True): _("As of {day}, {unit} still has {overdue} overdue and {soon} due soon that are not done:"),
            (True, False): _("As of {day}, {unit} still has {overdue} overdue that are not done:"),
            (False, True): _("As of {day}, {unit} has {soon} due soon that are not done:"),
        }[bool(self.overdue), bool(self.soon)]
        return words.format(
            day=format_date(self.day, current()),
            unit=self.unit.name.in_(current()),
            overdue=_number(self.overdue),
            soon=_number(self.soon),
        )

    def asked(self) -> Iterator[str]:
        """Yield what is asked of the unit."""
        by = format_date(self.reply_by, current()) if self.reply_by else DOTS
        yield _("{addressee} is asked:").format(addressee=self.addressee)
        yield {
            (True, True): _("1. To complete the overdue tasks without delay, and the others by their deadlines."),
            (True, False): _("1. To complete the overdue tasks without delay."),
            (False, True): _("1. To complete the tasks by their deadlines."),
        }[bool(self.overdue), bool(self.soon)]
        words = _(
            "2. To report by {day} on each task: how it stands, its result, difficulties, and when it will be done."
        )
        yield words.format(day=by)

    def _text(self, width: float) -> Iterator[Element]:
        for part in (self._opening, self._table, self._asked):
            yield from part(width)

    def _opening(self, _width: float) -> Iterator[Element]:
        if self.office.ground:
            yield paragraph(f"{self.office.ground.rstrip(' .;')};")
        yield paragraph(self.sentence(), Look(kept=True))

    def _table(self, width: float) -> Iterator[Element]:
        yield table(_COLUMNS, [_named(one, self.names) for one in self.lines], self.names, width)

    def _asked(self, _width: float) -> Iterator[Element]:
        first, *others = closed(list(self.asked()))
        yield paragraph(first, Look(before=6, kept=True))
        yield from map(paragraph, others)


def _number(lines: Sequence[Line]) -> str:
    """Say how many tasks there are, and how many periods or parts of them where these are more."""
    tasks = len({one.standing.task.id for one in lines})
    words = ngettext("{n} assigned task", "{n} assigned tasks", tasks).format(n=number(tasks))
    if len(lines) == tasks:
        return words
    parts = ngettext("{n} part", "{n} parts", len(lines)).format(n=number(len(lines)))
    return f"{words} ({parts})"


def _named(line: Line, names: Names) -> Standing:
    """Return a task for a table; a part of one with what it is in its words."""
    one = line.standing
    return replace(one, task=replace(one.task, text=Text.plain(line.words(names)))) if line.names else one
