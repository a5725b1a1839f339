"""A workbook that has come back, as it was filled in: its rows by their keys, its columns by their heads.

Nothing in it is believed: what it is stands in its hidden sheet, what it says is judged by `sharing.reported` and by
all that a command typed at a terminal is judged by.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from typing import Any, Final, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

from vpcp_cli.language import N_, _
from vpcp_cli.programme import TASK_ID
from vpcp_cli.sharing.container import FileRefusedError, check_container
from vpcp_cli.sharing.form import HEADS, KEYS, KNOWN, SCHEMA, Field, fields_of
from vpcp_cli.vietnamese import tidy

_MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 64
_HEADS_WITHIN: Final = 40
"""Rows from the top in which the heads are looked for."""
_NOT_OURS: Final = N_("It is no workbook for reports of `vpcp export xlsx`: what it is, is not said in it.")
_AGAIN: Final = N_("Ask the unit for the workbook that was sent to it, saved as .xlsx.")


class Cell(NamedTuple):
    """What stands in a cell: its text; a day, where a spreadsheet holds one; why it can't be taken, where it can't."""

    at: str
    text: str = ""
    day: date | None = None
    fault: str | None = None


class Row(NamedTuple):
    """A row that says anything; of one that is `as_sent` only the id is kept, for most are."""

    number: int
    cells: Mapping[Field, Cell]
    as_sent: bool = False

    def text(self, field: Field) -> str:
        """Return the text of a cell."""
        return self.cells[field].text if field in self.cells else ""


class Sent(NamedTuple):
    """What a row was when it was sent: its token, and the texts of its locked cells."""

    token: str
    known: Mapping[Field, str]


class Book(NamedTuple):
    """A workbook as it came back."""

    unit: str
    workspace: str
    day: date
    sent: Mapping[str, Sent]
    sheet: str
    head: int
    rows: Sequence[Row]


def read_book(content: bytes) -> Book:
    """Read a workbook; raise `FileRefusedError` for one that is none of ours, or must not be opened."""
    merged = check_container(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
            try:
                return _read(book, merged)
            finally:
                book.close()
    except FileRefusedError:
        raise
    except Exception:  # noqa: BLE001 - of a damaged file the library raises whatever it meets
        raise FileRefusedError(N_("It is no workbook, or a damaged one."), _AGAIN) from None


def _read(book: Workbook, merged: Mapping[str, Sequence[str]]) -> Book:
    if KEYS not in book.sheetnames:
        raise FileRefusedError(_NOT_OURS, _AGAIN)
    facts, sent = _keys(book[KEYS])
    _check_version(facts.get("schema", ""))
    sheet, head, columns = _heads(book)
    part = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    joined = [range_boundaries(one) for one in merged.get(part, ())]
    rows = [
        _row(number, cells, sent)
        for number, values in _values(sheet)
        if number > head and (cells := _cells(number, values, columns, joined))
    ]
    day = date.fromisoformat(facts["as_of"])
    return Book(facts["unit"], facts["workspace"], day, sent, sheet.title, head, rows)


def _row(number: int, cells: Mapping[Field, Cell], sent: Mapping[str, Sent]) -> Row:
    """Return a row, with all of its cells where anything in it is not as it was sent."""
    then = sent.get(cells[Field.ID].text)
    if then is None or any(cell.fault for cell in cells.values()):
        return Row(number, cells)
    if any(cell.text != then.known.get(field, "") for field, cell in cells.items() if field is not Field.ID):
        return Row(number, cells)
    return Row(number, {Field.ID: cells[Field.ID]}, as_sent=True)


def _values(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the cells of each row that is not blank, as many as there are, whatever the sheet says of its size."""
    sheet.reset_dimensions()
    blank = None  # the library has one blank row for all
    for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), 1):
        if number > _MOST_ROWS:
            raise FileRefusedError(N_("It is no workbook, or a damaged one."), _AGAIN)
        if row is blank:
            continue
        if all(cell.value is None for cell in row):
            blank = row
        else:
            yield number, row


def _keys(sheet: object) -> tuple[dict[str, str], dict[str, Sent]]:
    """Return what a workbook says of itself, and of each row that was sent."""
    facts: dict[str, str] = {}
    sent: dict[str, Sent] = {}
    for _number, row in _values(sheet):
        name, value, *more = [_text(cell.value) for cell in row[: len(KNOWN) + 1]]
        if re.match(rf"{TASK_ID}(?: |$)", name):
            sent[name] = Sent(value, dict(zip(KNOWN[1:], more, strict=False)))
        elif name:
            facts[name] = value
    return facts, sent


def _check_version(schema: str) -> None:
    if schema == SCHEMA:
        return
    name, _slash, _number = SCHEMA.partition("/")
    if schema.startswith(f"{name}/"):
        raise FileRefusedError(
            N_("It is of another version of the form than this program reads: «{schema}»."),
            N_("Read it with the version of vpcp that made it, or with a newer one."),
            schema=schema,
        )
    raise FileRefusedError(_NOT_OURS, _AGAIN)


def _heads(book: Workbook) -> tuple[Any, int, dict[Field, int]]:
    """Return the sheet that was filled in, the row of its heads, and where each column stands."""
    found: list[tuple[int, Any, int, dict[Field, int]]] = []
    for sheet in book.worksheets:
        if sheet.title == KEYS:
            continue
        for number, row in islice(_values(sheet), _HEADS_WITHIN):
            columns = _columns([_text(cell.value) for cell in row], _defined(book, sheet.title, number))
            found.append((len(columns), sheet, number, columns))
    number_of, sheet, head, columns = max(found, key=lambda one: one[0])
    missing = [one for one in Field if one not in columns]
    if number_of <= len(KNOWN):  # the sheet to look at has so many
        raise FileRefusedError(N_("The heads of its columns are gone."), _AGAIN)
    if missing:
        raise FileRefusedError(
            N_("The column «{head}» is missing, or stands there twice."), _AGAIN, head=_(HEADS[missing[0]])
        )
    return sheet, head, columns


def _columns(texts: Sequence[str], defined: Mapping[int, Field]) -> dict[Field, int]:
    """Return which column each head names; a head that was reworded is known by its name in the workbook."""
    fields = fields_of(texts)
    found = [(fields[text], column) for column, text in enumerate(texts) if text in fields]
    if found:
        named = {field for field, _column in found}
        found += [(field, column) for column, field in defined.items() if field not in named and column < len(texts)]
    fields_found = [field for field, _column in found]
    return {field: column for field, column in found if fields_found.count(field) == 1}


def _defined(book: Workbook, sheet: str, row: int) -> dict[int, Field]:
    """Return the columns of a row that have names in the workbook."""
    found = {}
    for field in Field:
        name = book.defined_names.get(f"vpcp_{field.value}")
        at = re.fullmatch(r"'?(.+?)'?!\$?([A-Z]{1,3})\$?([0-9]+)", name.value or "") if name else None
        if at and at[1].replace("''", "'") == sheet and int(at[3]) == row:
            found[column_index_from_string(at[2]) - 1] = field
    return found


def _cells(
    number: int, values: Sequence[Any], columns: Mapping[Field, int], joined: Sequence[tuple[Any, ...]]
) -> dict[Field, Cell] | None:
    """Return the cells of a row, None where all are blank."""
    cells = {
        field: _cell(f"{get_column_letter(column + 1)}{number}", values[column]) if column < len(values)
        else Cell(f"{get_column_letter(column + 1)}{number}")
        for field, column in columns.items()
    }  # fmt: skip
    if not any(cell.text or cell.fault for cell in cells.values()):
        return None
    for left, top, right, bottom in joined:
        for field, column in columns.items():
            if top <= number <= bottom and left <= column + 1 <= right:
                cells[field] = cells[field]._replace(fault=N_("It is joined with other cells."))
    return cells


def _cell(at: str, cell: Any) -> Cell:
    value, kind = cell.value, cell.data_type
    if value is None:
        return Cell(at)
    if kind == "f":
        return Cell(at, _text(value), fault=N_("It is a formula."))
    if kind == "e":
        return Cell(at, _text(value), fault=N_("It shows an error."))
    if isinstance(value, datetime):
        return Cell(at, value.date().isoformat(), value.date())
    if isinstance(value, date):
        return Cell(at, value.isoformat(), value)
    return Cell(at, _text(value))


def _text(value: object) -> str:
    """Return a value as people would have typed it: composed, single spaces, 112.0 as 112."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return tidy(str(value))
