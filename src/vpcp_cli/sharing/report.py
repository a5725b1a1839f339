"""The report of a day as an official paper: the count in sentences, what is urgent in tables, an annex of all tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Final

from vpcp_cli.language import _, current, ngettext
from vpcp_cli.render.count import count_sentences, number
from vpcp_cli.render.names import full_names
from vpcp_cli.render.selection import selection_words, with_known
from vpcp_cli.render.summary import SummaryReport
from vpcp_cli.sharing.columns import Names, table
from vpcp_cli.sharing.controls import Blocks, filled
from vpcp_cli.sharing.decree import HEADING, annex_head, closed, end, head, title
from vpcp_cli.sharing.office import LONG, Office
from vpcp_cli.sharing.paper import ACROSS, DOWN, Element, Look, paper, paragraph
from vpcp_cli.standing import Standing
from vpcp_cli.vietnamese import format_date, roman

_KIND: Final = "BC"
"""What a report is called in its number, whichever language it is in."""
_URGENT: Final = ("text", "lead", "deadline", "status")
_OBSTRUCTED: Final = ("text", "lead", "obstacle")


@dataclass(frozen=True, kw_only=True)
class ReportPaper:
    """A report and who writes it; `annexes` are the columns of each annex that there shall be."""

    report: SummaryReport
    office: Office
    annexes: Sequence[Sequence[str]] = ()

    def content(self) -> bytes:
        """Return the document."""
        parts = [head(self.office, self.office.numbered(_KIND)), title(_("Report"), self.subject), self._text(DOWN)]
        annexes = (self._annex(ACROSS, place) for place in range(len(self.annexes)))
        return paper(self.subject, self.report.summary.day, chain(*parts, end(self.office)), annexes)

    def filled(self, template: bytes, file: str) -> bytes:
        """Return a document of the office's own, with what its content controls are called for."""
        texts = {**self.office.texts(_KIND), "subject": self.subject, "day": self._day}
        return filled(template, file, texts, {**self._blocks, "text": self._text, "annex": self._all_annexes})

    @property
    def subject(self) -> str:
        """What the report is about."""
        words = _("On the tasks that were given, as of {day}").format(day=self._day)
        return with_known(words, self.report.known)

    @property
    def _blocks(self) -> Blocks:
        """The parts of the text by their names."""
        found = self.report.summary
        return {
            "opening": self._opening,
            "count": self._count,
            "overdue": partial(self._list, _("II. Tasks overdue"), found.because("overdue"), _URGENT),
            "due_soon": partial(self._list, self._soon, found.because("due_soon"), _URGENT),
            "obstacles": partial(self._list, _("IV. Difficulties"), found.obstructed, _OBSTRUCTED),
            "proposals": self._proposals,
        }

    def _text(self, width: float) -> Iterator[Element]:
        for block in self._blocks.values():
            yield from block(width)

    def _all_annexes(self, width: float) -> Iterator[Element]:
        for place in range(len(self.annexes)):
            yield from self._annex(width, place)

    def _annex(self, width: float, place: int) -> Iterator[Element]:
        """Yield an annex: all tasks of the report, counted from 1; one of several has a number."""
        office = self.office
        words = _("(With report No. {number}, {day}, of {body})")
        of = words.format(number=office.signed(_KIND), day=office.day, body=office.body)
        yield from annex_head(_("List of tasks"), of, roman(place + 1) if len(self.annexes) > 1 else "")
        yield table(self.annexes[place], self.report.summary.tasks, self._names, width)

    @property
    def _day(self) -> str:
        return format_date(self.report.summary.day, current())

    @property
    def _names(self) -> Names:
        return full_names(self.report.register)

    @property
    def _soon(self) -> str:
        within = self.report.within
        return ngettext("III. Tasks due within {n} day", "III. Tasks due within {n} days", within).format(n=within)

    def _opening(self, _width: float) -> Iterator[Element]:
        if self.office.ground:
            yield paragraph(f"{self.office.ground.rstrip(' .;')};")
        selection = selection_words(self.report.query, self._names)
        words = _("{body} reports as follows how the tasks stand that were given, as of {day} ({selection}):")
        if selection == _("all years"):
            words = _("{body} reports as follows how the tasks stand that were given, as of {day}:")
        body = self.office.body
        name = next((one for one in self._names.values() if one.upper() == body.upper()), body)
        yield paragraph(words.format(body=name, day=self._day, selection=selection))

    def _count(self, _width: float) -> Iterator[Element]:
        yield paragraph(_("I. The count").upper(), HEADING)
        for sentence in chain(count_sentences(self.report.summary.count), self._absent()):
            yield paragraph(sentence)

    def _absent(self) -> Iterator[str]:
        if self.report.absent:
            yield _("Tasks that do not exist yet on that day: {n}").format(n=number(self.report.absent)) + "."

    def _list(self, name: str, tasks: Sequence[Standing], columns: Sequence[str], width: float) -> Iterator[Element]:
        yield paragraph(name.upper(), HEADING)
        if not tasks:
            yield paragraph(_("None."))
            return
        said = ngettext("There is {n} task:", "There are {n} tasks:", len(tasks))
        yield paragraph(said.format(n=number(len(tasks))), Look(kept=True))
        yield table(columns, tasks, self._names, width)

    def _proposals(self, _width: float) -> Iterator[Element]:
        yield paragraph(_("V. Proposals").upper(), HEADING)
        yield from map(paragraph, closed([LONG * 2, LONG * 2]))
