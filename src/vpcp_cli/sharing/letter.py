"""A letter that urges a unit: why it is written, which tasks are late or soon due, and what is asked by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from vpcp_cli.language import _, current
from vpcp_cli.programme import Unit
from vpcp_cli.render.count import number
from vpcp_cli.sharing.columns import Names, table
from vpcp_cli.sharing.controls import filled
from vpcp_cli.sharing.decree import addressed, closed, end, head
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
    overdue: Sequence[Standing]
    soon: Sequence[Standing]
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
    def tasks(self) -> list[Standing]:
        """The tasks, the most urgent first."""
        return [*self.overdue, *self.soon]

    def sentence(self) -> str:
        """Say how many tasks it is about."""
        words = _("As of {day}, {unit} has {overdue} tasks overdue and {soon} tasks due soon that are not done:")
        return words.format(
            day=format_date(self.day, current()),
            unit=self.unit.name.in_(current()),
            overdue=number(len(self.overdue)),
            soon=number(len(self.soon)),
        )

    def asked(self) -> Iterator[str]:
        """Yield what is asked of the unit."""
        by = format_date(self.reply_by, current()) if self.reply_by else DOTS
        yield _("{addressee} is asked:").format(addressee=self.addressee)
        yield _("1. To complete the overdue tasks without delay, and the others by their deadlines.")
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
        yield table(_COLUMNS, self.tasks, self.names, width)

    def _asked(self, _width: float) -> Iterator[Element]:
        first, *others = closed(list(self.asked()))
        yield paragraph(first, Look(before=6, kept=True))
        yield from map(paragraph, others)
