"""The answer to a question in SQL: rows under the names of their columns, in every form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from vpcp_cli.language import ngettext
from vpcp_cli.render.console import Style
from vpcp_cli.render.formats import (
    Flat,
    Record,
    check_fields,
    flat_text,
    json_lines,
    jsonl_lines,
    md_lines,
    plain_line,
    sheet_lines,
    tsv_lines,
)
from vpcp_cli.render.forms import Format
from vpcp_cli.render.selection import as_of, days_record
from vpcp_cli.render.table import Column, Words, plain_row, table_lines, title_lines

if TYPE_CHECKING:
    from vpcp_cli.render.console import Screen


class Rows:
    """What was found on a day."""

    def __init__(self, names: Sequence[str], rows: Sequence[Sequence[Flat]], day: date, known: date | None) -> None:
        """Take the names of the columns and the rows."""
        self._names, self._rows, self._day, self._known = names, rows, day, known

    @property
    def name(self) -> str:
        """What a file of it holds."""
        return "rows"

    def lines(self, form: Format, screen: Screen, fields: Sequence[str] = ()) -> Iterator[str]:
        """Yield the lines of a form; raise `BadWordError` for an unknown field."""
        names, rows = self._chosen(fields)
        records: Iterator[Record] = (dict(zip(names, row, strict=True)) for row in rows)
        match form:
            case Format.JSON:
                head: Record = {**days_record(self._day, self._known), "columns": [*names], "count": len(rows)}
                return json_lines("vpcp.sql/1", head, "rows", records)
            case Format.JSONL:
                return jsonl_lines(records)
            case Format.CSV | Format.RECORDS:
                return sheet_lines([names, *rows])
            case Format.TSV:
                return tsv_lines((dict(zip(names, row, strict=True)) for row in rows), names)
            case Format.MD:
                return md_lines(names, rows)
            case Format.IDS:
                return (plain_line(row[:1]) for row in rows)
            case Format.PLAIN:
                return map(plain_line, rows)
            case Format.TABLE:
                return self._table(names, rows, screen)

    def sheet_rows(self, fields: Sequence[str] = ()) -> Iterator[Sequence[Flat]]:
        """Yield the rows of a spreadsheet, the names first; raise `BadWordError` for an unknown field."""
        names, rows = self._chosen(fields)
        yield names
        yield from rows

    def _chosen(self, fields: Sequence[str]) -> tuple[list[str], list[Sequence[Flat]]]:
        """Return the names and values of some columns, or all; raise `BadWordError` for an unknown field."""
        check_fields(fields, dict.fromkeys(self._names))
        places = [self._names.index(name) for name in fields or self._names]
        return [self._names[place] for place in places], [[row[place] for place in places] for row in self._rows]

    def _table(self, names: Sequence[str], rows: Sequence[Sequence[Flat]], screen: Screen) -> Iterator[str]:
        number = ngettext("{n} row", "{n} rows", len(rows)).format(n=len(rows))
        yield from title_lines((Words(f"{number} · {as_of(self._day, self._known)}", Style.BOLD),), screen)
        if rows:
            yield ""
            cells = [plain_row(*("—" if value is None else flat_text(value) for value in row)) for row in rows]
            yield from table_lines([Column(name) for name in names], cells, screen)
