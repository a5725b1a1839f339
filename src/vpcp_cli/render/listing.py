"""An answer that is a list, in each form that `--format` names."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from vpcp_cli.language import current
from vpcp_cli.render.console import Screen
from vpcp_cli.render.fields import heading, is_whole, record_words, worded_field
from vpcp_cli.render.formats import (
    Flat,
    Record,
    Value,
    check_fields,
    columns,
    csv_lines,
    flattened,
    json_document,
    jsonl_lines,
    md_lines,
    md_text,
    picked,
    plain_line,
    sheet_lines,
    tsv_lines,
)
from vpcp_cli.render.forms import Format
from vpcp_cli.render.stacked import squeezed, stacked_lines
from vpcp_cli.render.table import Cell, Column, Heading, Row, Words, plain_row, table_lines, title_lines


class Listing(ABC):
    """Things in their order, as records for programs and as rows for people."""

    schema: ClassVar[str]
    name: ClassVar[str]
    """The key under which JSON holds the records."""
    key: ClassVar[str] = "id"
    """The field that the form `ids` prints."""
    plain_fields: ClassVar[Sequence[str]]
    sheet_fields: ClassVar[Sequence[str]]
    """What a spreadsheet for people holds."""

    @staticmethod
    @abstractmethod
    def model() -> Record:
        """Return a record of which nothing is known: every key, with None, an empty list, or such a record."""

    @abstractmethod
    def head(self) -> Record:
        """Return what stands in JSON before the records."""

    @abstractmethod
    def records(self) -> Iterable[Record]:
        """Yield each thing with every key of the model."""

    def texts(self) -> Iterable[str]:
        """Yield the same as JSON."""
        return jsonl_lines(self.records())

    @abstractmethod
    def title(self) -> Cell:
        """Return what stands above the table: what was selected, on which day, how many."""

    @abstractmethod
    def columns(self) -> Sequence[Column]:
        """Return the columns of the table for people."""

    def items(self, _screen: Screen) -> Sequence[Row | Heading]:
        """Return the rows of the table for people, under their headings, as they fit a screen."""
        return self.rows()

    def rows(self) -> Sequence[Row | Heading]:
        """Return them where they are the same on every screen."""
        raise NotImplementedError

    def plain(self) -> Iterator[str]:
        """Yield a tab-separated line for each thing."""
        return self._plain_of(self.plain_fields)

    def sheet(self) -> Iterator[Sequence[Flat]]:
        """Yield a row of titles and one for each thing, for a spreadsheet in the reader's language."""
        return self._sheet_of(self.sheet_fields)

    def ids(self) -> Iterable[str]:
        """Yield the name of each thing."""
        return (str(record[self.key]) for record in self.records())

    def table(self, screen: Screen) -> Iterator[str]:
        """Yield the lines of the table, none where nothing is in it; where it would be too narrow, in stacks."""
        columns, items = self.columns(), self.items(screen)
        if items and squeezed(columns, items, screen):
            yield from () if isinstance(items[0], Heading) else ("",)
            yield from stacked_lines(columns, items, screen)
        elif items:
            yield ""
            yield from table_lines(columns, items, screen)

    def lines(self, form: Format, screen: Screen, fields: Sequence[str] = ()) -> Iterator[str]:
        """Yield the lines of the whole answer; raise `BadWordError` for an unknown field."""
        if fields:
            check_fields(fields, self.model())
        match form:
            case Format.JSON:
                return json_document(self.schema, self.head(), self.name, self._json(fields))
            case Format.JSONL:
                return iter(self._json(fields))
            case Format.CSV:
                return sheet_lines(self.sheet_rows(fields))
            case Format.RECORDS | Format.TSV:
                names = columns(self.model(), fields)
                rows = map(flattened, self.records())
                return tsv_lines(rows, names) if form is Format.TSV else csv_lines(rows, names)
            case Format.IDS:
                return iter(self.ids())
            case Format.PLAIN:
                return self._plain_of(fields) if fields else self.plain()
            case Format.MD:
                return self._md(fields)
            case Format.TABLE:
                return self._table(screen, fields)

    def sheet_rows(self, fields: Sequence[str] = ()) -> Iterator[Sequence[Flat]]:
        """Yield the rows of a spreadsheet, the titles first; raise `BadWordError` for an unknown field."""
        if fields:
            check_fields(fields, self.model())
        return self._sheet_of(fields) if fields else self.sheet()

    def _json(self, fields: Sequence[str]) -> Iterable[str]:
        return jsonl_lines(picked(record, fields) for record in self.records()) if fields else self.texts()

    def _plain_of(self, fields: Sequence[str]) -> Iterator[str]:
        return (plain_line(_shown(record, name) for name in fields) for record in self.records())

    def _sheet_of(self, fields: Sequence[str]) -> Iterator[Sequence[Flat]]:
        yield [heading(name) for name in fields]
        for record in self.records():
            values = [(name, record_words(name, record.get(name)) or _shown(record, name)) for name in fields]
            yield [self._in_a_sheet(name, value) for name, value in values]

    def _in_a_sheet(self, name: str, value: Flat) -> Flat:
        """Return a value as a spreadsheet shall have it: numbers as such, nothing where there is nothing."""
        if isinstance(value, str | bool):
            return worded_field(name, value, self.names_of_units())
        return value

    def names_of_units(self) -> Mapping[str, str]:
        """Return the names by which readers know units, where this is known."""
        return {}

    def _worded(self, record: Record, fields: Sequence[str]) -> list[str]:
        """Return fields of a record in the reader's words."""
        units = self.names_of_units()
        return [
            record_words(name, record.get(name)) or worded_field(name, _shown(record, name), units) for name in fields
        ]

    def _table(self, screen: Screen, fields: Sequence[str]) -> Iterator[str]:
        yield from title_lines(self.title(), screen)
        if fields:
            named = [Column(heading(name), whole=is_whole(name)) for name in fields]
            rows = [plain_row(*self._worded(record, fields)) for record in self.records()]
            yield ""
            yield from table_lines(named, rows, screen)
        else:
            yield from self.table(screen)

    def _md(self, fields: Sequence[str]) -> Iterator[str]:
        for words in self.title():
            yield md_text(words.text)
            yield ""
        if fields:
            rows = (self._worded(record, fields) for record in self.records())
            yield from md_lines([heading(name) for name in fields], rows)
        else:
            yield from _md_groups([column.title for column in self.columns()], self.items(Screen()))


def _md_groups(titles: Sequence[str], items: Sequence[Row | Heading]) -> Iterator[str]:
    rows: list[list[str]] = []
    for item in items:
        if not isinstance(item, Heading):
            rows.append([" — ".join(words.text for words in cell) for cell in item])
            continue
        if rows:
            yield from md_lines(titles, rows)
            yield ""
            rows = []
        if item.part:
            yield f"## {md_text(item.part)}"
            yield ""
        first, *rest = item.words
        yield f"### {md_text(first.text)}"
        yield ""
        for words in rest:
            yield md_text(words.text)
            yield ""
    if rows:
        yield from md_lines(titles, rows)


def _shown(record: Record, name: str) -> Flat:
    """Return a field for a reader: a text in the reader's language, a deadline as it is written."""
    value: Value = record[name] if name in record else flattened(record).get(name)
    if isinstance(value, dict):
        if "vi" in value:
            own, other = (current(), "en") if current() == "vi" else ("en", "vi")
            value = value[own] or value[other]
        elif "last" in value:
            value = value["text"]
    if isinstance(value, dict | list):
        return flattened({name: [value] if isinstance(value, dict) else value})[name]
    return value


def dash(text: str | None) -> Cell:
    """Return a cell with a text, or with «—» where there is none."""
    return (Words(text or "—"),)
