"""The tables of a file that an office has, as people see them: cells with their texts. Nothing is understood here.

`tables_xlsx` and `tables_docx` read workbooks and documents; a list of values between commas needs no library.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Final, NamedTuple

from vpcp_cli.language import N_, _
from vpcp_cli.sharing.container import MOST_BYTES, FileRefusedError, Form, check_container
from vpcp_cli.vietnamese import tidy

MOST_COLUMNS: Final = 64
MOST_ROWS: Final = 20_000
OPEN_AND_SAVE: Final = N_("Open it in the program that it comes from and save it anew as .xlsx, .docx or .csv.")


class Cell(NamedTuple):
    """What stands in a cell; `above` and `left`: it is joined with the cell there and shows the same."""

    text: str = ""
    above: bool = False
    left: bool = False
    formula: str = ""


class Row(NamedTuple):
    """A row, and where it stands in its file."""

    place: str
    cells: tuple[Cell, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the cells."""
        return tuple(cell.text for cell in self.cells)


class Table(NamedTuple):
    """A table, how its file names it, what stands before it, and what of it is not read, in sentences."""

    name: str
    rows: tuple[Row, ...]
    before: str = ""
    unread: tuple[str, ...] = ()


def checked(content: bytes, form: Form) -> dict[str, list[str]]:
    """Return the merged ranges of an archive that may be opened; raise `FileRefusedError` with a list's remedy."""
    try:
        return check_container(content, form)
    except FileRefusedError as error:
        raise FileRefusedError(error.reason, OPEN_AND_SAVE, **error.facts) from None


def too_wide(name: str) -> tuple[str, ...]:
    """Return the sentence that tells of columns which are not read."""
    words = _("{table} has something to the right of its column {n}, which is not read.")
    return (words.format(table=name, n=MOST_COLUMNS),)


def refuse_large(content: bytes) -> None:
    """Raise `FileRefusedError` for a file that is larger than any list."""
    if len(content) > MOST_BYTES:
        raise FileRefusedError(N_("It is larger than {n} MiB."), OPEN_AND_SAVE, n=str(MOST_BYTES // 2**20))


def tables_of(content: bytes) -> list[Table]:
    """Read a list of values between commas, semicolons or tabs."""
    refuse_large(content)
    try:
        text = content.decode("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefusedError(N_("It is not written in UTF-8."), N_("Save it as «CSV UTF-8».")) from None
    sample = text[:100_000]
    between = max(",;\t", key=sample.count)
    reader = csv.reader(StringIO(text.replace("\0", "\ufffd"), newline=""), delimiter=between)
    rows, first, wide = [], 1, False
    for values in reader:
        rows.append(Row(_("line {n}").format(n=first), tuple(Cell(tidy(value)) for value in values[:MOST_COLUMNS])))
        wide = wide or any(map(tidy, values[MOST_COLUMNS:]))
        first = reader.line_num + 1
    name = _("table {n}").format(n=1)
    return [Table(name, even(rows), unread=too_wide(name) if wide else ())]


def even(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return rows of the same length, without the columns on the right in which nothing stands."""
    width = max((place for row in rows for place, cell in enumerate(row.cells, 1) if cell.text), default=0)
    while rows and not any(rows[-1].texts):
        rows = rows[:-1]
    return tuple(Row(row.place, (row.cells + (Cell(),) * width)[:width]) for row in rows)
