"""One thing shown whole: its name and state, its text, its place, and the rest in sections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date
from io import StringIO
from itertools import chain
from typing import TYPE_CHECKING, Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.kinds import Text, Written, class_of, is_record, keys_of, worded
from vpcp_cli.language import _, current
from vpcp_cli.library import Units
from vpcp_cli.render.console import Screen, Style
from vpcp_cli.render.door import one_line
from vpcp_cli.render.formats import Flat, Record, json_lines, jsonl_lines, md_text
from vpcp_cli.render.forms import Format
from vpcp_cli.render.selection import as_of, days_record
from vpcp_cli.render.table import Cell, Column, Row, Words, table_lines

if TYPE_CHECKING:  # most forms don't list tasks
    from vpcp_cli.render.tasks import TaskListing

_TEXT_WIDTH: Final = 100


@dataclass(frozen=True, slots=True)
class Section:
    """Some rows under a title; the first column names what stands in the second."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Detail:
    """What is shown of one thing: its name, how it stands, its text, where it is written, and the rest in sections."""

    id: str
    text: str
    badge: Words
    place: str
    sections: Sequence[Section]
    record: Record = field(repr=False)

    def table(self, screen: Screen) -> Iterator[str]:
        """Yield the lines for a terminal."""
        yield from self._panel(screen)
        yield from self._body(screen)

    def plain(self) -> Iterator[str]:
        """Yield the same without a frame and as wide everywhere."""
        screen = Screen()
        yield f"{self.id}  {self.badge.text}".rstrip()
        yield from (line for line, _filled in Words(self.text).lines(screen.width, screen))
        yield one_line(self.place)
        yield from self._body(screen)

    def _body(self, screen: Screen) -> Iterator[str]:
        for section in self.sections:
            if not section.rows:
                continue
            yield ""
            if section.title:
                yield from (line for line, _filled in Words(section.title, Style.BOLD).lines(screen.width, screen))
            columns = [Column("", most=24), Column("", most=_TEXT_WIDTH)]
            yield from table_lines(columns, section.rows, screen, 2 if section.title else 0)

    def _panel(self, screen: Screen) -> Iterator[str]:
        """Yield a panel of rich's: the id and the state on its upper edge, the place on its lower one."""
        from rich.box import ASCII, ROUNDED
        from rich.panel import Panel
        from rich.text import Text as RichText

        title = RichText(style="not dim").append(self.id, "bold")
        if self.badge.text:
            title.append("  ").append_text(RichText.from_ansi(screen.paint(self.badge.text, self.badge.style)))
        stream = StringIO()
        screen.rich(stream).print(
            Panel(
                RichText(one_line(self.text), "bold"),
                title=title,
                title_align="left",
                subtitle=RichText(one_line(self.place), "dim"),
                subtitle_align="right",
                border_style="dim",
                box=ROUNDED if screen.symbols else ASCII,
                width=min(screen.width, _TEXT_WIDTH + 24),
                padding=(0, 1),
            )
        )
        yield from stream.getvalue().splitlines()

    def md(self) -> Iterator[str]:
        """Yield the same as Markdown."""
        yield f"## {md_text(self.id)}"
        yield ""
        yield f"**{md_text(self.text)}**"
        yield ""
        if self.badge.text:
            yield md_text(self.badge.text)
            yield ""
        for section in self.sections:
            if section.rows and section.title:
                yield f"### {md_text(section.title)}"
                yield ""
            for name, value in section.rows:
                words = " — ".join(md_text(one.text) for one in value)
                yield f"- {md_text(name[0].text)}: {words}" if name and name[0].text else f"- {words}"
            if section.rows:
                yield ""
        yield f"`{one_line(self.place).replace('`', '')}`"


@dataclass(frozen=True, slots=True)
class Details:
    """Things shown whole, one after the other; `tasks` lists those that they are or hold."""

    details: Sequence[Detail]
    day: date
    tasks: Callable[[], TaskListing]
    known: date | None = None

    @property
    def name(self) -> str:
        """What its rows are called."""
        return "tasks"

    def sheet_rows(self, fields: Sequence[str] = ()) -> Iterator[Sequence[Flat]]:
        """Yield the rows of a spreadsheet: those of their tasks."""
        return self.tasks().sheet_rows(fields)

    def lines(self, form: Format, screen: Screen, fields: Sequence[str] = ()) -> Iterator[str]:
        """Yield them in a form; rows of a table for programs, and chosen fields, are those of their tasks."""
        if fields:
            return self.tasks().lines(form, screen, fields)
        above = [as_of(self.day, self.known), ""] if self.known else []
        match form:
            case Format.JSON:
                head: Record = {**days_record(self.day, self.known), "count": len(self.details)}
                return json_lines("vpcp.show/1", head, "items", (detail.record for detail in self.details))
            case Format.JSONL:
                return jsonl_lines(detail.record for detail in self.details)
            case Format.MD:
                return chain(above, _apart(detail.md() for detail in self.details))
            case Format.TABLE:
                return chain(above, _apart(detail.table(screen) for detail in self.details))
            case Format.PLAIN:
                return chain(above, _apart(detail.plain() for detail in self.details))
            case Format.CSV | Format.TSV | Format.IDS | Format.RECORDS:
                return self.tasks().lines(form, screen)


def _apart(parts: Iterable[Iterator[str]]) -> Iterator[str]:
    """Yield the lines of all parts with an empty one between two."""
    for number, lines in enumerate(parts):
        if number:
            yield ""
        yield from lines


def unit_words(code: str | None, register: Units) -> str:
    """Name a unit in full, with its code."""
    unit = register.unit(code) if code else None
    return f"{unit.name.in_(current())} ({code})" if unit else code or ""


def fact(name: str, *values: str | None) -> Row | None:
    """Return a fact with its value, the rest of it dimmed on lines of its own; None where there is none."""
    given = [value for value in values if value]
    if not given:
        return None
    first, *rest = given
    cell: Cell = (Words(first), *(Words(one, Style.DIM) for one in rest))
    return (Words(name, Style.DIM),), cell


def facts(name: str, values: Iterable[str]) -> Row | None:
    """Return a fact with several values of the same weight; None where there is none."""
    cell: Cell = tuple(Words(value) for value in values if value)
    return ((Words(name, Style.DIM),), cell) if cell else None


def there(rows: Iterable[Row | None]) -> list[Row]:
    """Return the rows that are there."""
    return [row for row in rows if row]


def described(one: object, apart: Sequence[str]) -> Iterator[Row | None]:
    """Yield what else a record says, but what goes without saying: words first, then codes. Some keys stand apart."""
    for key in sorted(keys_of(class_of(one)).values(), key=lambda key: key.takes not in (str, Text)):
        value = getattr(one, key.field)
        if key.name not in apart and (key.required or value != key.default):
            yield from _rows(key, value)


def _rows(key: Written, value: object) -> Iterator[Row | None]:
    """Yield a row for a value, or for each value of a mapping that is no text."""
    if isinstance(value, tuple):
        yield facts(_(key.key.label), map(worded, value))
    elif is_record(key.takes) and not (hasattr(key.takes, "plain") or hasattr(key.takes, "words")):
        for one in keys_of(key.takes).values():
            inner = getattr(value, one.field)
            yield fact(_(one.key.label), None if inner is None else worded(inner))
    else:
        yield fact(_(key.key.label), worded(value))
