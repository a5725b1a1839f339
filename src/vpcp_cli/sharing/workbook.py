"""A workbook that a unit fills in and sends back: what is known is locked, the rest are texts.

Cells to fill in are texts, for a spreadsheet turns days into numbers by its own idea of their order. Locks and lists
help those who fill in; what comes back is judged when it is read (`sharing.form` says what is read).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Final, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from vpcp_cli.language import N_, _, current
from vpcp_cli.render.names import document_words
from vpcp_cli.render.state import deadline_words, look, state_words
from vpcp_cli.sharing.archive import made_anywhere
from vpcp_cli.sharing.form import FILLED, HEAD_ROW, HEADS, KEYS, KNOWN, REPORTABLE, SCHEMA, Field, Line, token
from vpcp_cli.sharing.sheet import AS_TEXT, LONGEST, MADE
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import Status

_WIDTHS: Final = (16, 46, 18, 14, 22, 20, 13, 18, 28, 28, 16, 24)
_LINE: Final = 15
"""Points of a line."""
_ALLOWED: Final = {"autofilter": True, "format_columns": True, "format_rows": True}
_STEPS: Final = (
    N_("Fill in the white cells only; one row is one task. Leave a row as it is where there is nothing new."),
    N_("Choose the new state from the list; give the day as DD/MM/YYYY, and the number of the document."),
    N_("Write difficulties in their own column; ask for a later deadline with the day and the reason."),
)
_GUIDE: Final = (
    (N_("New state"), N_("Choose from the list. «Done» goes with the day and the number of the document.")),
    (N_("Date"), N_("The day on which it happened, as DD/MM/YYYY; today where it is left empty.")),
    (N_("Number of the document"), N_("The document that came of it, for example 123/BC-BTC.")),
    (N_("Result"), N_("What has been reached, in a few words. Alone it is a remark.")),
    (N_("Difficulty"), N_("What stands in the way. The same words again change nothing.")),
    (N_("Asked to postpone to"), N_("The day asked for, as DD/MM/YYYY. It is a request; the deadline stays.")),
    (N_("Reason"), N_("Why a later day is asked for.")),
    (N_("Other rows"), N_("A task that is missing goes into a row below, without an id; it is told, not entered.")),
)
_STRICT: Final = N_("Choose from the list. «Done» without the number of the document that shows it is sent back.")


class Form(NamedTuple):
    """What a workbook says of itself: whose it is, as of which day, of which files, and by when it is wanted back.

    A `strict` one calls nothing done without the number of a document. `units` are all by their names.
    """

    unit: str
    name: str
    workspace: str
    day: date
    commit: str | None = None
    reply_by: date | None = None
    strict: bool = False
    units: Mapping[str, str] = {}

    def content(self, tasks: Sequence[Line]) -> bytes:
        """Return the workbook of some rows, those most pressing first as they are given."""
        content = BytesIO()
        with Workbook(content, {"in_memory": True, **AS_TEXT}) as book:
            book.set_properties({"created": MADE})
            looks = _looks(book)
            self._report(book, tasks, looks)
            self._view(book, tasks, looks)
            _guide(book, looks, strict=self.strict)
            _lists(book)
            self._keys(book, tasks)
        return made_anywhere(content.getvalue())

    def _report(self, book: Workbook, tasks: Sequence[Line], looks: Mapping[str, object]) -> None:
        page = book.add_worksheet(_("Report"))
        lang = current()
        page.write_string(0, 0, _("Report on the tasks given to {unit}").format(unit=self.name), looks["title"])
        said = _("As of {day}").format(day=format_date(self.day, lang))
        if self.reply_by:
            said += " · " + _("wanted back by {day}").format(day=format_date(self.reply_by, lang))
        page.write_string(1, 0, said, looks["text"])
        for place, step in enumerate(_STEPS):
            page.write_string(2 + place, 0, _(step), looks["text"])
        for column, field in enumerate(Field):
            page.write_string(HEAD_ROW - 1, column, _(HEADS[field]), looks["known" if field in KNOWN else "wanted"])
            page.set_column(column, column, _WIDTHS[column])
            name = f"'{_('Report')}'!${_letter(column)}${HEAD_ROW}"
            book.define_name(f"vpcp_{field.value}", f"={name}")
        choice = _choice()
        for number, one in enumerate(tasks):
            row = HEAD_ROW + number
            _write_known(page, row, known_texts(one, self.units), looks["locked"])
            for column in range(len(KNOWN), len(Field)):
                page.write_blank(row, column, None, looks["open"])
            page.data_validation(row, len(KNOWN), row, len(KNOWN), choice)
        end = HEAD_ROW + max(len(tasks), 1)
        for row in range(end, end + 20):  # what is missing may be told below
            for column in range(1, len(Field)):
                page.write_blank(row, column, None, looks["open"])
        _warn(page, end, looks)
        page.autofilter(HEAD_ROW - 1, 0, end - 1, len(Field) - 1)
        page.freeze_panes(HEAD_ROW, 2)
        page.protect("", _ALLOWED)
        _on_paper(page)

    def _view(self, book: Workbook, tasks: Sequence[Line], looks: Mapping[str, object]) -> None:
        """Write the known rows once more, to be sorted at will."""
        page = book.add_worksheet(_("View"))
        for column, field in enumerate(KNOWN):
            page.write_string(0, column, _(HEADS[field]), looks["known"])
            page.set_column(column, column, _WIDTHS[column])
        for row, one in enumerate(tasks, start=1):
            _write_known(page, row, known_texts(one, self.units), looks["free"])
        page.autofilter(0, 0, max(len(tasks), 1), len(KNOWN) - 1)
        page.freeze_panes(1, 1)
        _on_paper(page)

    def _keys(self, book: Workbook, tasks: Sequence[Line]) -> None:
        """Write what the reader goes by: what the workbook is, and of each row the token and what is locked."""
        page = book.add_worksheet(KEYS)
        page.very_hidden()
        facts = {
            "schema": SCHEMA,
            "workspace": self.workspace,
            "unit": self.unit,
            "as_of": self.day.isoformat(),
            "commit": self.commit or "",
            "language": current(),
        }
        for row, (name, value) in enumerate(facts.items()):
            page.write_string(row, 0, name)
            page.write_string(row, 1, value)
        for row, one in enumerate(tasks, start=len(facts) + 1):
            for column, text in enumerate((one.key, token(one.standing), *known_texts(one, self.units)[1:])):
                page.write_string(row, column, text)


def _write_known(page: Worksheet, row: int, texts: Sequence[str], look: object) -> None:
    """Write what is known of a task; the row is as high as its longest text needs, for not every program sees to it."""
    for column, text in enumerate(texts):
        page.write_string(row, column, text, look)
    lines = max(-(-len(text) // (width - 2)) for text, width in zip(texts, _WIDTHS, strict=False))
    page.set_row(row, _LINE * min(lines, 20))


def known_texts(line: Line, units: Mapping[str, str]) -> tuple[str, ...]:
    """Return the locked cells of a row."""
    lang, one = current(), line.standing
    directive = one.directive
    document = directive.document
    given = document_words(document) if document else f"{directive.id} · {directive.title.in_(lang)}"
    state = f"{look(one).symbol} {state_words(one)}"
    texts = (line.key, line.words(units), given, deadline_words(one, lang), state)
    return tuple(text[:LONGEST] for text in texts)


def _looks(book: Workbook) -> dict[str, object]:
    cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF", "font_size": 11}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "text": book.add_format({"font_size": 11}),
        "known": book.add_format({**cell, "bold": True, "bg_color": "#E7E6E1"}),
        "wanted": book.add_format({**cell, "bold": True, "bg_color": "#CFE2F3"}),
        "locked": book.add_format({**cell, "bg_color": "#F5F5F2"}),
        "free": book.add_format(cell),
        "open": book.add_format({**cell, "num_format": "@", "locked": False}),
        "warning": book.add_format({"bg_color": "#FFD966"}),
    }


def _choice() -> dict[str, object]:
    """Return the list of states: a range, for a list written out holds 255 characters at most."""
    return {
        "validate": "list",
        "source": f"='{_('Lists')}'!$A$1:$A${len(REPORTABLE)}",
        "error_title": _("New state"),
        "error_message": _("Choose one of the list, or leave the cell empty."),
    }


def _lists(book: Workbook) -> None:
    page = book.add_worksheet(_("Lists"))
    page.hide()
    for row, status in enumerate(REPORTABLE):
        page.write_string(row, 0, status.label)


def _guide(book: Workbook, looks: Mapping[str, object], *, strict: bool) -> None:
    page = book.add_worksheet(_("Guide"))
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 90)
    for row, (head, text) in enumerate(_GUIDE):
        page.write_string(row, 0, _(head), looks["known"])
        words = _STRICT if strict and head == HEADS[Field.STATUS] else text
        page.write_string(row, 1, _(words), looks["free"])
    page.protect("", _ALLOWED)
    _on_paper(page)


def _warn(page: Worksheet, end: int, looks: Mapping[str, object]) -> None:
    """Colour what is likely to be sent back: done without a document, a day that is none, a request without reason."""
    first = HEAD_ROW + 1
    at = {field: f"${_letter(list(Field).index(field))}{first}" for field in FILLED}
    done = Status.DONE.label.replace('"', '""')
    rules = {
        Field.NUMBER: f'=AND({at[Field.STATUS]}="{done}",{at[Field.NUMBER]}="")',
        Field.DAY: _no_day(at[Field.DAY]),
        Field.ASKED: _no_day(at[Field.ASKED]),
        Field.REASON: f'=AND({at[Field.ASKED]}<>"",{at[Field.REASON]}="")',
    }
    for field, rule in rules.items():
        column = list(Field).index(field)
        page.conditional_format(
            HEAD_ROW, column, end - 1, column, {"type": "formula", "criteria": rule, "format": looks["warning"]}
        )


def _no_day(cell: str) -> str:
    """Return a rule for a cell that holds no day as people write it, with or without noughts: 5/6/2026, 05.06.2026."""
    parts = f'SUBSTITUTE(SUBSTITUTE({cell},".","/"),"-","/")'
    first = f'FIND("/",{parts})'
    second = f'FIND("/",{parts},{first}+1)'
    day = f"VALUE(LEFT({parts},{first}-1))"
    month = f"VALUE(MID({parts},{first}+1,{second}-{first}-1))"
    year = f"VALUE(MID({parts},{second}+1,9))"
    right = f"AND(DAY(DATE({year},{month},{day}))={day},MONTH(DATE({year},{month},{day}))={month},{year}>=1900)"
    return f'=AND({cell}<>"",ISTEXT({cell}),NOT(IFERROR({right},FALSE)))'


def _on_paper(page: Worksheet) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _letter(column: int) -> str:
    return chr(ord("A") + column)
