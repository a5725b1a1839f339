"""A workbook that goes back to those who filled it in: what is to be mended stands beside each row, all else stays."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from copy import copy
from io import BytesIO
from typing import Any, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from vpcp_cli.language import LANGUAGES, _, in_language
from vpcp_cli.sharing.archive import made_anywhere
from vpcp_cli.sharing.form import MENDED
from vpcp_cli.sharing.sheet import MADE

_WRONG: Final = "FFF4B6B6"
_WIDTH: Final = 48
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


class Remark(NamedTuple):
    """What is to be mended in a row, and its cells."""

    text: str
    cells: Sequence[str]


def mended(content: bytes, sheet: str, head: int, remarks: Mapping[int, Remark]) -> bytes:
    """Return a workbook with its remarks by rows, in a column of their own; remarks of before are gone."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(content))
    page = book[sheet]
    column = _column(page, head)
    for row in page.iter_rows(min_row=head + 1, max_row=page.max_row):
        for cell in row:
            if cell.fill.fgColor.rgb == _WRONG:
                cell.fill, cell.font = PatternFill(), Font(name=cell.font.name, size=cell.font.size)
            if cell.column == column and cell.value is not None:
                cell.value = None
    for number, remark in remarks.items():
        cell = page.cell(number, column, remark.text)
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = _red()
        for at in remark.cells:
            known = page[at].font  # red letters are seen where a warning of the form colours the cell itself
            page[at].fill, page[at].font = PatternFill("solid", fgColor=_WRONG), _red(known.name, known.size)
    made = BytesIO()
    book.save(made)
    return _without_clock(made.getvalue())


def _red(name: str | None = None, size: float | None = None) -> Font:
    return Font(name=name, size=size, bold=True, color="FF9C0006")


def _column(page: Any, head: int) -> int:
    """Return the column for remarks: the one of before, else the next one."""
    known = {in_language(MENDED, lang) for lang in LANGUAGES}
    last = 0
    for cell in page[head]:
        if cell.value in known:
            return int(cell.column)
        last = cell.column if cell.value is not None else last
    cell, model = page.cell(head, last + 1, _(MENDED)), page.cell(head, last)
    cell.font, cell.border, cell.alignment = copy(model.font), copy(model.border), copy(model.alignment)
    cell.fill = PatternFill("solid", fgColor=_WRONG)
    page.column_dimensions[get_column_letter(last + 1)].width = _WIDTH
    return int(cell.column)


def _without_clock(content: bytes) -> bytes:
    """Return a workbook in which nothing says when it was written."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + f"{MADE:%Y-%m-%dT%H:%M:%SZ}".encode(), data)
            one = ZipInfo(part.filename)
            one.compress_type = ZIP_DEFLATED
            new.writestr(one, data)
    return made_anywhere(made.getvalue())
