"""The sheets of a workbook as tables, with what formulas showed last and which cells are joined."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from vpcp_cli.language import _
from vpcp_cli.sharing.container import WORKBOOK
from vpcp_cli.sharing.tables import MOST_COLUMNS, MOST_ROWS, Cell, Row, Table, checked, even, too_wide
from vpcp_cli.vietnamese import tidy


def tables_of(content: bytes) -> Iterator[Table]:
    """Read the sheets of a workbook that are shown."""
    merged = checked(content, WORKBOOK)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        formulas, values = (
            load_workbook(BytesIO(content), read_only=True, keep_links=False, data_only=data_only)
            for data_only in (False, True)
        )
        try:
            for sheet, shown in zip(formulas.worksheets, values.worksheets, strict=True):
                part = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
                where = _("sheet «{name}», row {n}") if len(formulas.worksheets) > 1 else _("row {n}")
                yield _sheet(sheet, shown, merged.get(part, ()), where)
        finally:
            formulas.close()
            values.close()


_LOOKED_AT: Final = 256
"""So many columns are looked at, to tell of what stands beyond those that are read."""


def _sheet(sheet: Any, shown: Any, merged: Sequence[str], where: str) -> Table:
    joined = _joined(merged)
    rows: list[Row] = []
    last, wide = 0, False
    both = zip(sheet.iter_rows(max_col=_LOOKED_AT), shown.iter_rows(max_col=MOST_COLUMNS), strict=True)
    seen: dict[tuple[int, int], Cell] = {}
    for number, (written, values) in enumerate(both, 1):
        cells = []
        wide = wide or any(cell.value is not None for cell in written[MOST_COLUMNS:])
        for column, (one, value) in enumerate(zip(written[:MOST_COLUMNS], values, strict=True), 1):
            row, left = joined.get((number, column), (number, column))
            if (row, left) == (number, column):
                cell = _cell(one, value)
            else:
                cell = seen.get((row, left), Cell())._replace(above=row < number, left=left < column)
            if (number, column) in joined:
                seen[number, column] = cell
            cells.append(cell)
        if any(cell.text for cell in cells):
            last = number
        if last == number or number - last < MOST_ROWS:
            rows.append(Row(where.format(name=sheet.title, n=number), tuple(cells)))
    name = _("sheet «{name}»").format(name=sheet.title)
    return Table(name, even(rows[:last]), unread=too_wide(name) if wide else ())


def _joined(merged: Sequence[str]) -> Mapping[tuple[int, int], tuple[int, int]]:
    """Return for each cell that is joined with others the first of them, which says what all show."""
    found = {}
    for area in merged:
        left, top, right, bottom = (int(one or 0) for one in range_boundaries(area))
        for row in range(top, bottom + 1):
            for column in range(left, min(right, MOST_COLUMNS) + 1):
                found[row, column] = (top, left)
    return found


def _cell(written: Any, shown: Any) -> Cell:
    formula = tidy(str(written.value)) if written.data_type == "f" else ""
    return Cell(_text(shown.value, str(getattr(shown, "number_format", "") or "")), formula=formula)


def _text(value: object, form: str) -> str:
    """Return a value as people see it: 112.0 is 112, a day is a day, a month is a month."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", form.lower())
        return f"{value:%m/%Y}" if "y" in bare and "d" not in bare else f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return tidy(str(value))
