"""A plain list for a spreadsheet: the rows of the CSV form, with real days, a filter, and a head that stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from vpcp_cli.render.formats import Flat
from vpcp_cli.sharing.archive import made_anywhere

MADE: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - no moment at all: the same rows give the same bytes
AS_TEXT: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Texts stay texts, whatever they begin with."""
LONGEST: Final = 32_767
"""Characters that a cell holds at most."""
_FIRST_YEAR: Final = 1900
"""Spreadsheets know no day before."""
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d\d)/(\d\d)/(\d{4})")
_NARROW, _WIDE = 10, 40


def sheet(rows: Iterable[Sequence[Flat]], name: str) -> bytes:
    """Return a workbook with one sheet; the first row is its head."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True, **AS_TEXT}) as book:
        book.set_properties({"created": MADE})
        page = book.add_worksheet(name[:31])
        looks = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"}),
        }
        widths = _fill(page, rows, looks)
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
    return made_anywhere(content.getvalue())


def _fill(page: Worksheet, rows: Iterable[Sequence[Flat]], looks: Mapping[str, object]) -> list[int]:
    widths: list[int] = []
    number = -1
    for number, row in enumerate(rows):
        widths = widths or [_NARROW] * len(row)
        for place, value in enumerate(row):
            _put(page, number, place, value, looks)
            if value is not None:
                widths[place] = max(widths[place], min(len(str(value)) + 2, _WIDE))
    if number >= 0:
        page.autofilter(0, 0, number, len(widths) - 1)
    return widths


def _put(page: Worksheet, row: int, column: int, value: Flat, looks: Mapping[str, object]) -> None:
    look = looks["head" if row == 0 else "text"]
    if value is None:
        return
    if isinstance(value, str):
        day = _day(value) if row else None
        if day:
            page.write_datetime(row, column, day, looks["day"])
        else:
            page.write_string(row, column, value[:LONGEST], look)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value, look)
    else:
        page.write_number(row, column, value, look)


def _day(text: str) -> date | None:
    """Return the day that a whole text is, as readers of either language write it, and a spreadsheet can hold it."""
    found = _DAY.fullmatch(text)
    if not found:
        return None
    year, month, day = found[1] or found[6], found[2] or found[5], found[3] or found[4]
    with suppress(ValueError):
        return date(int(year), int(month), int(day)) if int(year) >= _FIRST_YEAR else None
    return None
