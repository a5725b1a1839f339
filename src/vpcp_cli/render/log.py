"""What happened, newest first: log entries as a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from vpcp_cli.dataclass import dataclass
from vpcp_cli.happening import Happening
from vpcp_cli.kinds import recorded
from vpcp_cli.knowing import LoggedEntry, told
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.programme import Directive, Programme, Text
from vpcp_cli.query import Query
from vpcp_cli.render.console import Screen, Style
from vpcp_cli.render.door import one_line
from vpcp_cli.render.entries import (
    action_words,
    entry_cell,
    measure_of,
    note_of,
    reported_words,
    told_model,
    told_record,
    told_words,
    void_words,
)
from vpcp_cli.render.formats import Flat, Record, plain_line
from vpcp_cli.render.listing import Listing
from vpcp_cli.render.selection import days_record, selection_words, with_known
from vpcp_cli.render.table import Cell, Column, Heading, Row, Words
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import Status


class Line(NamedTuple):
    """An entry as it is listed: the id in whose log it stands, and of what it tells; `task` is None of a directive."""

    id: str
    programme: str
    text: Text
    told: LoggedEntry
    task: str | None = None
    lead: str | None = None
    void: bool = False
    measure: str | None = None

    @classmethod
    def of(cls, one: Happening) -> Line:
        """Return what is listed of something that happened to a task."""
        standing, task = one.standing, one.standing.task
        void = standing.status is Status.VOID
        return cls(
            one.end.id, standing.programme.id, task.text, one.told, task.id, standing.lead, void, measure_of(task)
        )

    def words(self, units: Mapping[str, str]) -> str:
        """Say what happened, and whether it or the task never was."""
        words = told_words(self.told, units, self.measure)
        told = self.void and not self.told.struck_by and self.told.entry.status is not Status.VOID
        return void_words(words) if told else words

    @property
    def note(self) -> str | None:
        """The remark, and of what was struck out why."""
        said = dict.fromkeys((note_of(self.told.entry), self.told.why or self.told.entry.reason))
        return "; ".join(one for one in said if one) or None


def own_lines(named: Programme | Directive, programme: str) -> list[Line]:
    """Return what was put right of a directive or a programme itself."""
    return [Line(named.id, programme, named.title, one) for one in told(named.log)]


@dataclass(frozen=True, kw_only=True)
class LogListing(Listing):
    """Log entries from one day to another, newest first; `found` counts also those beyond a limit."""

    query: Query
    happenings: Sequence[Line]
    found: int
    since: date | None
    until: date
    units: Mapping[str, str]
    known: date | None = None
    reported: Sequence[Happening] = ()
    """What was written down in these days about earlier ones, newest first; it is counted whole, beyond a limit too."""

    schema: ClassVar[str] = "vpcp.log/1"
    name: ClassVar[str] = "entries"
    key: ClassVar[str] = "task"
    plain_fields: ClassVar[Sequence[str]] = ("date", "task")
    sheet_fields: ClassVar[Sequence[str]] = ()

    @staticmethod
    def model() -> Record:
        """Return one of which nothing is known."""
        return {"task": None, "programme": None, "text": {"vi": None, "en": None}, **told_model()}

    def head(self) -> Record:
        """Return the days and the number of entries."""
        since = self.since.isoformat() if self.since else None
        days = {"since": since, **days_record(self.until, self.known)}
        return {**days, "count": len(self.happenings), "reported": [_record(Line.of(one)) for one in self._late]}

    @property
    def _late(self) -> Sequence[Happening]:
        """What of the reported there is room for."""
        limit = self.query.limit
        return self.reported if limit is None else self.reported[: max(limit - self.found, 0)]

    def records(self) -> Iterator[Record]:
        """Yield every entry with the task whose it is."""
        return map(_record, self.happenings)

    def plain(self) -> Iterator[str]:
        """Yield day, task, what happened, the note, who wrote it, the document and the entry's number in the log."""
        for one in self.happenings:
            entry = one.told.entry
            note = one.note if action_words(entry, self.units) else None
            said = (entry.date.isoformat(), one.id, one.words(self.units), note, entry.by, entry.document)
            yield plain_line((*said, one.told.number))

    def sheet(self) -> Iterator[Sequence[Flat]]:
        """Yield what the table holds, in columns of their own."""
        lang = current()
        whose = (_("Id"), _("Task"), _("Lead"))
        yield _("Date"), *whose, _("What happened"), _("Note"), _("By"), _("Document")
        for one in self.happenings:
            entry, lead = one.told.entry, one.lead or ""
            happened = action_words(entry, self.units)
            facts = one.id, one.text.in_(lang), self.units.get(lead, lead)
            said = one.words(self.units), one.note if happened else None, entry.by, entry.document
            yield format_date(entry.date, lang), *facts, *said

    def title(self) -> Cell:
        """Say how many entries these are, of which tasks and days."""
        lang = current()
        number = ngettext("{n} log entry", "{n} log entries", self.found).format(n=self.found)
        if len(self.happenings) < self.found:
            number = _("the first {n} of {all} log entries").format(n=len(self.happenings), all=self.found)
        until = format_date(self.until, lang)
        days = _("until {until}").format(until=until)
        if self.since:
            days = _("from {since} to {until}").format(since=format_date(self.since, lang), until=until)
        return (
            Words(f"{number} · {selection_words(self.query, self.units)} · {with_known(days, self.known)}", Style.BOLD),
        )

    def columns(self) -> Sequence[Column]:
        """Return day, task, the entry's number in its log, and what happened."""
        whole = [Column(title, whole=True) for title in (_("Date"), _("Id"), _("No."))]
        return [*whole, Column(_("What happened"), most=110)]

    def items(self, screen: Screen) -> Sequence[Row | Heading]:
        """Return a row for each entry; the task's text stands under what happened to it."""
        rows: list[Row | Heading] = [self._row(one, screen) for one in self.happenings]
        if self.reported:
            heading = Words(reported_words(self.reported), Style.BOLD)
            rows += [Heading((heading,)), *(self._row(Line.of(one), screen) for one in self._late)]
        return rows

    def _row(self, one: Line, screen: Screen) -> Row:
        lang = current()
        happening, *rest = entry_cell(one.told, self.units, screen, void=one.void, measure=one.measure)
        text = Words(one_line(one.text.in_(lang)), Style.DIM)
        day, identifier = Words(format_date(one.told.entry.date, lang)), Words(one.id)
        return (day,), (identifier,), (Words(str(one.told.number)),), (happening, text, *rest)


def _record(one: Line) -> Record:
    """Return an entry with the task whose it is; with none where it is of a directive or a programme."""
    head: Record = {"task": one.task, "programme": one.programme, "text": recorded(one.text)}
    return head | told_record(one.told, one.id)
