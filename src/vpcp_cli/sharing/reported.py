"""What the row of a workbook means: the entries that it asks for, or why a cell can't be taken.

A new state, with its day, document and result, is an entry about the state; a result alone a remark; a difficulty an
obstacle; a day that is asked for a request to postpone, never an approval.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from vpcp_cli.deadline import Deadline
from vpcp_cli.entry_rules import EntryRefusedError
from vpcp_cli.errors import BadDateError, VpcpError
from vpcp_cli.kinds import CONTROLS
from vpcp_cli.knowing import recorded_on, same
from vpcp_cli.language import N_, _, current
from vpcp_cli.programme import Document, LogEntry, Text
from vpcp_cli.sharing.form import FILLED, HEADS, REPORTABLE, Field
from vpcp_cli.standing import Standing
from vpcp_cli.typed import typed_deadline, typed_document, typed_span
from vpcp_cli.vietnamese import fold, format_date, tidy
from vpcp_cli.vocabulary import Decision, Status, labels

if TYPE_CHECKING:
    from vpcp_cli.sharing.workbook_in import Cell, Row, Sent

_T = TypeVar("_T")
_FORM: Final = N_("Write the day in full, as {example}.")
_TEXT: Final = N_("Put the text itself there, without anything else.")


class Slip(NamedTuple):
    """A cell that can't be taken: where it is, what it says, why not and what to do."""

    at: str
    value: str
    error: VpcpError


class SlipError(Exception):
    """The slips of a row, which is not taken."""

    def __init__(self, *slips: Slip) -> None:
        """Keep them."""
        super().__init__(*(slip.at for slip in slips))
        self.slips = slips


class Said(NamedTuple):
    """An entry that a row asks for, the cell that asks for it, and whether a day is given."""

    at: str
    entry: LogEntry
    dated: bool


class Reading(NamedTuple):
    """What the cells of a row are read by: the task as it stands today, the day of reading, who says so, which part.

    Where it is `strict`, nothing is done without the number of a document.
    """

    row: Row
    standing: Standing
    today: date
    by: str
    names: tuple[str, ...] = ()
    strict: bool = False

    def said(self) -> list[Said]:
        """Return the entries that the row asks for; raise `SlipError` with all cells that can't be taken."""
        slips: list[Slip] = []

        def kept(read: Callable[[], Iterable[_T]]) -> list[_T]:
            try:
                return list(read())
            except SlipError as error:
                slips.extend(error.slips)
                return []

        for field in FILLED:
            kept(partial(self._checked, field))
        if slips:
            raise SlipError(*slips)
        day = next(iter(kept(self._day)), None)
        found = [one for read in (self._state, self._obstacle, self._request) for one in kept(partial(read, day))]
        if slips:
            raise SlipError(*slips)
        if not found:
            given = next(self.row.cells[field] for field in FILLED if self.row.text(field))
            raise _slip(
                given,
                N_("Alone it says nothing of the task."),
                N_("Choose the new state, or write the result beside it."),
            )
        return found

    def _checked(self, field: Field) -> tuple[()]:
        cell = self.row.cells[field]
        if cell.fault:
            raise _slip(cell, cell.fault, _TEXT)
        if found := re.search(f"[{CONTROLS}\ud800-\udfff]", cell.text):
            raise _slip(
                cell,
                N_("It holds the invisible character U+{code}."),
                N_("Type the text anew."),
                code=f"{ord(found[0]):04X}",
            )
        return ()

    def _day(self) -> Iterator[date]:
        """Yield the day that is given, if one is."""
        cell = self.row.cells[Field.DAY]
        if not cell.text:
            return
        day = cell.day or self._typed_day(cell)
        exists = self.standing.programme.exists_from(self.standing.directive, self.standing.task)
        if day > self.today:
            raise _slip(
                cell,
                N_("{date} is still to come; only what has happened is written down."),
                N_("Give the day on which it happened."),
                date=day,
            )
        if day < exists:
            raise _slip(
                cell,
                N_("On {date} the task was not yet given: it exists from {exists}."),
                N_("Give the day on which it happened."),
                date=day,
                exists=exists,
            )
        yield day

    def _typed_day(self, cell: Cell) -> date:
        try:
            first, last = typed_span(cell.text, self.today)
        except BadDateError:
            first, last = date.min, date.max
        if first != last or not re.search(r"[0-9]{4}", cell.text):
            raise self._unread(cell)
        return first

    def _unread(self, cell: Cell) -> SlipError:
        example = date(self.standing.programme.year, 5, 20).strftime("%d/%m/%Y")
        return _slip(cell, N_("It is no day that can be read for certain."), _FORM, example=example)

    def _entry(self, day: date | None, **facts: Any) -> LogEntry:  # noqa: ANN401 - what the entry says
        date_ = day or max(self.today, self.standing.programme.exists_from(self.standing.directive))
        return LogEntry(date=date_, recorded=recorded_on(date_, self.today), by=self.by, for_=self.names, **facts)

    def _state(self, day: date | None) -> Iterator[Said]:
        state, number, note = (self.row.cells[one] for one in (Field.STATUS, Field.NUMBER, Field.RESULT))
        if not state.text:
            if note.text:
                entry = self._entry(day, **self._number(number, note.text))
                yield Said(note.at, entry, day is not None)
            elif number.text:
                raise _slip(
                    number,
                    N_("A number without a new state or a result says nothing of the task."),
                    N_("Choose the new state, or write the result beside it."),
                )
            return
        status = self._status(state)
        if status is Status.NOT_DONE and not note.text:
            raise _slip(
                note._replace(text=""),
                N_("«{status}» needs a reason."),
                N_("Write the reason under «{head}»."),
                status=status.label,
                head=_(HEADS[Field.RESULT]),
            )
        facts: dict[str, object] = {"status": status, "note": note.text or None}
        if status is Status.DONE:
            numbers = filter(None, map(tidy, re.split("[;\n]", number.text)))
            facts["evidence"] = tuple(self._document(number, one) for one in dict.fromkeys(numbers))
            if self.strict and not facts["evidence"]:
                raise _slip(
                    number,
                    N_("«{status}» needs the number of a document."),
                    N_("Write the number of the document that shows it under «{head}»."),
                    status=status.label,
                    head=_(HEADS[Field.NUMBER]),
                )
        else:
            facts |= self._number(number, note.text)
        yield Said(state.at, self._entry(day, **facts), day is not None)

    def _document(self, cell: Cell, text: str) -> Document:
        """Read a document as people cite it; raise `SlipError`."""
        try:
            return typed_document(text, self.today)
        except VpcpError as error:
            raise SlipError(Slip(cell.at, cell.text, error)) from None

    def _number(self, cell: Cell, note: str) -> dict[str, str | None]:
        """Return what an entry keeps of a document: its number, and in the note what was written besides."""
        one = self._document(cell, cell.text) if cell.text else Document()
        more = f"{note} ({cell.text})" if note else cell.text
        said = more if one.number and not one.brief else note
        return {"document": one.number or cell.text or None, "note": said or None}

    def _status(self, cell: Cell) -> Status:
        known = {fold(label): status for status in REPORTABLE for label in labels(status)}
        if fold(cell.text) not in known:
            raise _slip(
                cell,
                N_("It is no state of the list."),
                N_("Choose one of: {words}."),
                words=", ".join(status.label for status in REPORTABLE),
            )
        return known[fold(cell.text)]

    def _obstacle(self, day: date | None) -> Iterator[Said]:
        cell = self.row.cells[Field.OBSTACLE]
        if cell.text:
            yield Said(cell.at, self._entry(day, obstacle=Text.plain(cell.text)), day is not None)

    def _request(self, day: date | None) -> Iterator[Said]:
        asked, reason = self.row.cells[Field.ASKED], self.row.cells[Field.REASON]
        if reason.text and not asked.text:
            raise _slip(
                reason,
                N_("A reason without the day that is asked for."),
                N_("Write the day under «{head}»."),
                head=_(HEADS[Field.ASKED]),
            )
        if not asked.text:
            return
        if not reason.text:
            raise _slip(
                reason._replace(text=""),
                N_("A later deadline is asked for without a reason."),
                N_("Write the reason under «{head}»."),
                head=_(HEADS[Field.REASON]),
            )
        wanted = Deadline.of(asked.day) if asked.day else self._typed_deadline(asked)
        now = self.standing.deadline
        if now and wanted.last <= now.last:
            raise _slip(
                asked,
                N_("{date} is not later than the deadline that holds: {deadline}."),
                N_("Give a later day."),
                date=wanted.last,
                deadline=now.last,
            )
        entry = self._entry(day, deadline=wanted, decision=Decision.REQUESTED, note=reason.text)
        yield Said(asked.at, entry, day is not None)

    def _typed_deadline(self, cell: Cell) -> Deadline:
        if re.search(r"[0-9]{4}", cell.text):
            try:
                return typed_deadline(cell.text, self.today, self.standing.programme.year)
            except BadDateError:
                pass
        raise self._unread(cell)


def swapped(row: Row) -> Iterator[tuple[Cell, str]]:
    """Yield the real days of a row of which day and month could be swapped, each with the day as it is read."""
    for field in (Field.DAY, Field.ASKED):
        day = row.cells[field].day
        if day and day.day <= 12 and day.day != day.month:  # months
            yield row.cells[field], format_date(day, current())


def altered(row: Row, sent: Sent) -> Cell | None:
    """Return the first locked cell of a row that is not as it was sent."""
    for field, text in sent.known.items():
        cell = row.cells[field]
        if cell.fault or cell.text != text:
            return cell
    return None


def known_before(said: Said, log: tuple[LogEntry, ...], since: date) -> LogEntry:
    """Return an entry; one without a day of its own is of the day on which the log has it since a workbook was sent."""
    if said.dated:
        return said.entry
    for one in log:
        dated = replace(said.entry, date=one.date, recorded=one.recorded)
        if one.date >= since and same(one, dated):
            return dated
    return said.entry


def _slip(cell: Cell, reason: str, remedy: str, **facts: str | date) -> SlipError:
    return SlipError(Slip(cell.at, cell.text, EntryRefusedError(reason, remedy, **facts)))
