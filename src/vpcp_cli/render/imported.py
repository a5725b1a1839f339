"""The answer of `vpcp import`: what workbooks say, what of it is refused and why, as text, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Final, NamedTuple

from vpcp_cli.dataclass import dataclass
from vpcp_cli.kinds import recorded
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.programme import LogEntry
from vpcp_cli.render.door import one_line
from vpcp_cli.render.entries import happened
from vpcp_cli.render.formats import Record, json_lines, md_lines, md_text
from vpcp_cli.render.forms import ReportFormat
from vpcp_cli.render.parts import part_words
from vpcp_cli.vietnamese import format_date, quoted

_LONGEST: Final = 60


class Refused(NamedTuple):
    """What can't be taken: the cell, the row's task, what it says, why not and what to do."""

    at: str
    key: str
    value: str
    reason: str
    remedy: str | None


class Taken(NamedTuple):
    """An entry that a row asks for: the cell, the task, whether it is there already, which entry it adds to.

    `moved` tells that the task was another one when the workbook was made.
    """

    at: str
    key: str
    entry: LogEntry
    already: bool = False
    adds_to: int | None = None
    moved: bool = False


class Warned(NamedTuple):
    """A day of which day and month could be swapped, or one that lacks, and how it is read."""

    at: str
    key: str
    value: str
    read: str


class New(NamedTuple):
    """A row without an id: where it is, and what it says."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class BookReport:
    """What one workbook says; `failed` is why it is not read at all."""

    file: str
    unit: str | None = None
    failed: Refused | None = None
    taken: tuple[Taken, ...] = ()
    refused: tuple[Refused, ...] = ()
    warned: tuple[Warned, ...] = ()
    new: tuple[New, ...] = ()

    @property
    def fresh(self) -> list[Taken]:
        """The entries that are not there yet."""
        return [one for one in self.taken if not one.already]

    @property
    def refusals(self) -> list[Refused]:
        """All that is refused, the file itself included."""
        return [*([self.failed] if self.failed else []), *self.refused]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What some workbooks say on a day, and whether it has been written; `units` are the names of units."""

    day: date
    books: tuple[BookReport, ...]
    units: Mapping[str, str]
    written: bool = False

    @property
    def refusals(self) -> int:
        """How much is refused."""
        return sum(len(one.refusals) for one in self.books)

    @property
    def fresh(self) -> int:
        """How many entries are not there yet."""
        return sum(len(one.fresh) for one in self.books)

    def lines(self, form: ReportFormat) -> Iterator[str]:
        """Yield the lines of one form."""
        forms = {ReportFormat.TEXT: self._text, ReportFormat.MD: self._md, ReportFormat.JSON: self._json}
        return forms[form]()

    def title(self) -> str:
        """Sum it up: how many workbooks, entries, refusals."""
        already = sum(one.already for book in self.books for one in book.taken)
        new = sum(len(one.new) for one in self.books)
        counts = [
            (len(self.books), ngettext("{n} workbook", "{n} workbooks", len(self.books))),
            (self.fresh, self._entries()),
            (already, ngettext("{n} already there", "{n} already there", already)),
            (self.refusals, ngettext("{n} refused", "{n} refused", self.refusals)),
            (new, ngettext("{n} new task?", "{n} new tasks?", new)),
        ]
        return " · ".join(words.format(n=n) for place, (n, words) in enumerate(counts) if n or place < 2)

    def _entries(self) -> str:
        if self.written:
            return ngettext("{n} entry written", "{n} entries written", self.fresh)
        return ngettext("{n} entry", "{n} entries", self.fresh)

    def _text(self) -> Iterator[str]:
        yield self.title()
        for book in self.books:
            yield from ("", self._heading(book))
            for at, key, what, words in self._rows(book):
                yield f"  {what} {' '.join(filter(None, (at, key)))}: {words}"

    def _heading(self, book: BookReport) -> str:
        nothing = [] if book.refusals or book.taken or book.new else [_("nothing new in it")]
        return " · ".join([one_line(book.file), *([self._unit(book.unit)] if book.unit else []), *nothing])

    def _unit(self, code: str) -> str:
        return self.units.get(code, code)

    def _rows(self, book: BookReport) -> Iterator[tuple[str, str, str, str]]:
        """Yield where, which task, a sign for what it is, and the words, in the order of the sheet."""
        swap = _("a real day, read as {day}; were day and month swapped?")
        none = _("no day is given: {day}, the day of reading, is taken for the day of completion")
        warned = [(one, swap if one.value else none) for one in book.warned]
        rows = [
            *((one.at, one.key.partition(" ")[0], "=" if one.already else "+", self._entry(one)) for one in book.taken),
            *((one.at, self._task(one.key), "!", words.format(day=one.read)) for one, words in warned),
            *((one.at, self._task(one.key), "x", _refusal_words(one)) for one in book.refusals),
            *((str(one.row), "", "?", _("new task? «{text}»").format(text=_short(one.text))) for one in book.new),
        ]
        yield from sorted(rows, key=lambda row: _row(row[0]))

    def _task(self, key: str) -> str:
        """Name the task of a row and its part; an entry says its part itself."""
        id_, _space, names = key.partition(" ")
        return f"{id_} · {part_words(names.split(' '), self.units)}" if names else id_

    def _entry(self, one: Taken) -> str:
        parts = [happened(one.entry, self.units), format_date(one.entry.date, current())]
        note = one.entry.note
        if note and note != parts[0]:
            parts.append(one_line(note))
        if one.already:
            parts.append(_("already there"))
        if one.adds_to:
            parts.append(_("added to entry {n}").format(n=one.adds_to))
        if one.moved and not one.already:
            parts.append(_("the task has changed since the workbook was made"))
        return " · ".join(parts)

    def _md(self) -> Iterator[str]:
        yield from (f"### {md_text(self.title())}", "")
        for book in self.books:
            yield from (f"#### {md_text(self._heading(book))}", "")
            rows = [(sign, at, key, words) for at, key, sign, words in self._rows(book)]
            if rows:
                yield from md_lines(("", _("Cell"), _("Task"), _("What it says")), rows)
                yield ""

    def _json(self) -> Iterator[str]:
        head: Record = {
            "as_of": self.day.isoformat(),
            "written": self.written,
            "entries": self.fresh,
            "refused": self.refusals,
            "count": len(self.books),
        }
        return json_lines("vpcp.import/1", head, "books", map(_record, self.books))


def _record(book: BookReport) -> Record:
    return {
        "file": book.file,
        "unit": book.unit,
        "failed": _refused_record(book.failed) if book.failed else None,
        "entries": [
            {
                **_where(one.at, one.key),
                "entry": recorded(one.entry),
                "already": one.already,
                "adds_to": one.adds_to,
                "moved": one.moved,
            }
            for one in book.taken
        ],
        "refused": list(map(_refused_record, book.refused)),
        "warnings": [{**_where(one.at, one.key), "value": one.value, "read": one.read} for one in book.warned],
        "new": [{"row": one.row, "text": one.text} for one in book.new],
    }


def _refused_record(one: Refused) -> Record:
    return {**_where(one.at, one.key), "value": one.value, "reason": one.reason, "remedy": one.remedy}


def _where(at: str, key: str) -> Record:
    id_, *names = key.split(" ") if key else [None]
    return {"cell": at or None, "id": id_, "for": list(names)}


def refusal_words(slips: Iterable[Refused]) -> str:
    """Say why some cells of a row are refused and what to do, for those who filled it in and have no commands."""
    own = _("If what is recorded is not right, say so in the column «Result».")
    return "\n".join(_refusal_words(one._replace(remedy=own) if "`" in (one.remedy or "") else one) for one in slips)


def _day_words(value: str) -> str:
    """Return what a cell says, a day as its reader writes days."""
    with suppress(ValueError):
        return format_date(datetime.strptime(value, "%Y-%m-%d").date(), current())  # noqa: DTZ007 - a day alone
    return value


def _refusal_words(one: Refused) -> str:
    value = f"{quoted(_short(_day_words(one.value)), current())}: " if one.value else ""
    return " ".join(filter(None, (value + one_line(one.reason), one_line(one.remedy or ""))))


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _row(at: str) -> int:
    """Return the number of a cell's row."""
    digits = "".join(char for char in at if char.isdecimal())
    return int(digits) if digits else 0
