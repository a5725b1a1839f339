"""What workbooks that came back ask for, weighed against the programmes: row by row, in the order of the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final, NamedTuple

from vpcp_cli.commands.saving import refuse_errors
from vpcp_cli.entry_rules import EntryRefusedError, correct_line
from vpcp_cli.errors import VpcpError
from vpcp_cli.language import N_, current
from vpcp_cli.programme import Directive, LogEntry, Programme, Task
from vpcp_cli.proposal import Proposal, propose
from vpcp_cli.render.imported import BookReport, New, Refused, Taken, Warned, refusal_words
from vpcp_cli.sharing.container import FileRefusedError
from vpcp_cli.sharing.form import FILLED, Field, line_of, token
from vpcp_cli.sharing.reported import Reading, Said, Slip, SlipError, altered, known_before, swapped
from vpcp_cli.sharing.workbook_in import Book, Row, read_book
from vpcp_cli.vietnamese import fold, format_date
from vpcp_cli.vocabulary import Decision, Status

if TYPE_CHECKING:
    from vpcp_cli.commands.session import Session
    from vpcp_cli.standing import Standing

_OWN_ROW: Final = N_("Leave the row as it was sent, and write into the white cells only.")


class Parcel(NamedTuple):
    """A file as it came: its bytes, and what it is as a workbook, or why it is none."""

    file: str
    content: bytes
    book: Book | VpcpError

    @classmethod
    def opened(cls, file: str, content: bytes) -> Parcel:
        """Read a file."""
        try:
            return cls(file, content, read_book(content))
        except VpcpError as error:
            return cls(file, content, error)

    def ids(self) -> set[str]:
        """Return the ids of the tasks that it is about."""
        return {key.split(" ")[0] for key in self.book.sent} if isinstance(self.book, Book) else set()


class Desk:
    """Where workbooks are weighed: the tasks as they are with what was taken so far, and all that is to be written."""

    def __init__(self, session: Session, workspace: str, today: date, by: str | None, *, strict: bool = False) -> None:
        """Take the programmes; `workspace` is what they are called in workbooks.

        Where it is `strict`, nothing is done without the number of a document.
        """
        self.strict = strict
        self._session, self._workspace, self._today, self._by = session, workspace, today, by
        self._tasks: dict[str, tuple[Programme, Directive, Task]] = {}
        self.entries: list[tuple[str, LogEntry]] = []
        """What is to be written, in this order."""
        self._clashing: frozenset[str] = frozenset()

    def weigh(self, parcels: Sequence[Parcel]) -> list[BookReport]:
        """Weigh all of them, one after the other."""
        said: dict[str, set[tuple[str, ...]]] = {}
        for parcel in parcels:
            if isinstance(parcel.book, VpcpError):
                continue
            for row in parcel.book.rows:
                if row.text(Field.ID) in parcel.book.sent and (said_of := filled(row)):
                    said.setdefault(row.text(Field.ID), set()).add(said_of)
        self._clashing = frozenset(key for key, several in said.items() if len(several) > 1)
        return [self._weighed(parcel) for parcel in parcels]

    def _weighed(self, parcel: Parcel) -> BookReport:
        try:
            if isinstance(parcel.book, VpcpError):
                raise parcel.book
            self._check_book(parcel.book)
        except VpcpError as error:
            return BookReport(parcel.file, failed=Refused("", "", "", error.sentence(), error.hint()))
        return _Sheet(self, parcel.file, parcel.book).report()

    def _check_book(self, book: Book) -> None:
        again = N_("Make a new workbook with `vpcp export xlsx` and have it filled in.")
        if book.workspace != self._workspace:
            raise FileRefusedError(
                N_("It was made for the programmes of «{other}», and these are those of «{own}»."),
                N_("Read it in the folder from which it was sent."),
                other=book.workspace,
                own=self._workspace,
            )
        if self._session.library.unit(book.unit) is None:
            raise FileRefusedError(N_("It was made for the unit «{code}», which is not known."), again, code=book.unit)

    def signed(self, book: Book) -> str:
        """Return who says what a workbook says: as typed, else the unit's name."""
        unit = self._session.library.unit(book.unit)
        return self._by or (unit.name.in_("vi") if unit else book.unit)

    def found(self, id_: str) -> tuple[Programme, Directive, Task] | None:
        """Return a task with what was taken so far."""
        if id_ not in self._tasks:
            place = self._session.library.find(id_)
            if place is None or place.task is None:
                return None
            self._tasks[id_] = (place.programme, place.directive, place.task)
        return self._tasks[id_]

    def check_clash(self, row: Row) -> None:
        """Raise `SlipError` where workbooks say different things of one task."""
        if row.text(Field.ID) in self._clashing:
            raise _slip(
                row,
                Field.ID,
                N_("Two rows, of this workbook or of another one, say different things of it."),
                N_("Ask the unit which one holds, and leave the other one out."),
            )

    def take(self, task: Task, said: Iterable[Said], since: date) -> list[tuple[Said, Proposal]]:
        """Weigh the entries of a row together, and keep them; raise `SlipError` for the first that can't be taken."""
        programme, directive, before = self._tasks[task.id]
        after, new, steps = before, [], []
        for one in said:
            entry = known_before(one, before.log, since)
            try:
                proposal = self._proposed(programme, directive, after, entry, dated=one.dated)
            except VpcpError as error:
                raise SlipError(Slip(one.at, "", error)) from None
            steps.append((one, proposal))
            if not proposal.already:
                new.append(proposal.entry)
                after = replace(after, log=(*after.log, proposal.entry))
        try:
            if new:
                refuse_errors(
                    self._session.library, [(programme, directive, after)], known=[(programme, directive, before)]
                )
        except VpcpError as error:
            raise SlipError(Slip(steps[0][0].at, "", error)) from None
        self._tasks[task.id] = (programme, directive, after)
        self.entries += [(task.id, entry) for entry in new]
        return steps

    def _proposed(
        self, programme: Programme, directive: Directive, task: Task, entry: LogEntry, *, dated: bool
    ) -> Proposal:
        soon = self._session.settings.due_soon_days
        proposal = propose(programme, directive, task, entry, self._today, due_soon_days=soon)
        part = (proposal.part or proposal).before
        if _still(part, entry) and not proposal.already:
            return replace(proposal, already=True, after=proposal.before)
        if proposal.adds_to:
            known = task.log[proposal.adds_to - 1]
            if not (dated and entry.date == known.date and entry.evidence):
                raise EntryRefusedError(
                    N_("{id} is done since {date}; only a document can be added here, with that day beside it."),
                    N_("If that entry was wrong, put it right: `{command}`."),
                    id=task.id,
                    date=known.date,
                    command=correct_line(task, proposal.adds_to, entry),
                )
        return proposal

    def standing(self, key: str, day: date) -> Standing | None:
        """Return a row's task, or the part of it, as it stands on a day."""
        id_, *names = key.split(" ")
        found = self.found(id_)
        line = line_of(*found, names, day) if found else None
        return line.standing if line else None

    def leads(self, key: str) -> tuple[str, ...]:
        """Return the unit that stands for many, where they all do the task of a row."""
        found = self.found(key.split(" ", maxsplit=1)[0])
        return (found[2].lead,) if found and found[2].each else ()

    @property
    def today(self) -> date:
        """The day of reading."""
        return self._today


class _Sheet:
    """The rows of one workbook, weighed one after the other."""

    def __init__(self, desk: Desk, file: str, book: Book) -> None:
        self._desk, self._file, self._book = desk, file, book
        self._times = Counter(row.text(Field.ID) for row in book.rows)
        self._taken: list[Taken] = []
        self._refused: list[Refused] = []
        self._warned: list[Warned] = []
        self._new: list[New] = []

    def report(self) -> BookReport:
        for row in self._book.rows:
            try:
                self._row(row)
            except SlipError as error:
                for at, value, why in error.slips:
                    shown = value or next((cell.text for cell in row.cells.values() if cell.at == at), "")
                    self._refused.append(Refused(at, row.text(Field.ID), shown, why.sentence(), why.hint()))
        lists = (self._taken, self._refused, self._warned, self._new)
        return BookReport(self._file, self._book.unit, None, *map(tuple, lists))  # type: ignore[arg-type]

    def _row(self, row: Row) -> None:
        if not row.text(Field.ID) and not row.cells[Field.ID].fault:
            texts = (row.text(field) for field in (Field.TASK, *Field))
            self._new.append(New(row.number, next(filter(None, texts), "")))
            return
        if row.as_sent and self._times[row.text(Field.ID)] == 1:
            return
        today, key = self._today(row)
        if not filled(row):
            return
        self._desk.check_clash(row)
        names = tuple(key.split(" ")[1:])
        by, strict = self._desk.signed(self._book), self._desk.strict
        said = Reading(row, today, self._desk.today, by, names, strict=strict).said()
        then = self._desk.standing(key, self._book.day)
        moved = then is None or token(then) != self._book.sent[key].token
        for one, proposal in self._desk.take(today.task, said, self._book.day):
            self._taken.append(Taken(one.at, key, proposal.entry, proposal.already, proposal.adds_to, moved))
            if one.entry.status is Status.DONE and not (one.dated or proposal.already):
                day = format_date(proposal.entry.date, current())
                self._warned.append(Warned(row.cells[Field.DAY].at, key, "", day))
        self._warned += [Warned(cell.at, key, cell.text, read) for cell, read in swapped(row)]

    def _today(self, row: Row) -> tuple[Standing, str]:
        """Return the task of a row, or its part, as it stands today; raise `SlipError` where it is not the unit's."""
        key = row.text(Field.ID)
        if fault := row.cells[Field.ID].fault:
            raise _slip(row, Field.ID, fault, _OWN_ROW)
        sent = self._book.sent.get(key)
        today = self._desk.standing(key, self._desk.today)
        if today is None:
            raise _slip(row, Field.ID, N_("There is no such task."), _OWN_ROW)
        if filled(row) and self._book.unit not in (*self._desk.leads(key), today.lead, *today.support):
            raise _slip(
                row,
                Field.ID,
                N_("It is not a task of this unit: {lead} is in charge."),
                N_("Let the unit in charge report it."),
                lead=today.lead,
            )
        if sent is None:
            raise _slip(row, Field.ID, N_("It was not in the workbook that was sent."), _OWN_ROW)
        if self._times[key] > 1:
            raise _slip(row, Field.ID, N_("It stands in several rows."), N_("Leave one row for each task."))
        if cell := altered(row, sent):
            raise SlipError(
                Slip(cell.at, cell.text, EntryRefusedError(N_("This locked cell is not as it was sent."), _OWN_ROW))
            )
        return today, key


def marked(parcel: Parcel, report: BookReport) -> bytes:
    """Return a workbook with what is to be mended beside its rows."""
    from vpcp_cli.sharing.mended import Remark, mended

    if not isinstance(book := parcel.book, Book):
        raise book  # of a file that can't be read no row is refused
    by_row: dict[int, list[Refused]] = {}
    for one in report.refused:
        by_row.setdefault(int(one.at.lstrip(ascii_uppercase)), []).append(one)
    remarks = {row: Remark(refusal_words(some), [one.at for one in some]) for row, some in by_row.items()}
    return mended(parcel.content, book.sheet, book.head, remarks)


def filled(row: Row) -> tuple[str, ...]:
    """Return what was filled in of a row, nothing where all is blank."""
    texts = () if row.as_sent else tuple(row.text(field) or row.cells[field].fault or "" for field in FILLED)
    return texts if any(texts) else ()


def _still(standing: Standing, entry: LogEntry) -> bool:
    """Whether an obstacle is open already, or a later day asked for already."""
    if entry.obstacle:
        words = fold(entry.obstacle.in_("vi"))
        return any(one.entry.obstacle and fold(one.entry.obstacle.in_("vi")) == words for one in standing.obstacles)
    return entry.decision is Decision.REQUESTED and entry.deadline == standing.pending_deadline


def _slip(row: Row, field: Field, reason: str, remedy: str, **facts: str) -> SlipError:
    cell = row.cells[field]
    return SlipError(Slip(cell.at, cell.text, EntryRefusedError(reason, remedy, **facts)))
