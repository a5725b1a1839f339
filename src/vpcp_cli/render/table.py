"""A light table: columns as wide as their words need, lines without borders, texts wrapped and never cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import Final, TextIO, TypeAlias

from vpcp_cli.dataclass import dataclass
from vpcp_cli.render.cells import cells, literal, wrap
from vpcp_cli.render.console import Screen, Style

GAP: Final = 2
_NARROWEST: Final = 8
_READABLE: Final = 22
"""Texts in fewer cells than these become towers of single words."""
_ENDLESS: Final = 1 << 30
_BLOCK: Final = 500


@dataclass(frozen=True, slots=True)
class Words:
    """A text in one style; `hits` are the parts of it that a search found."""

    text: str
    style: Style = Style.PLAIN
    hits: tuple[tuple[int, int], ...] = ()

    def lines(self, width: int, screen: Screen) -> Iterator[tuple[str, int]]:
        """Yield painted lines with the number of cells that each fills."""
        text = literal(self.text)
        for start, end in wrap(text, width):
            yield self._painted(text, start, end, screen), cells(text[start:end])

    def _painted(self, text: str, start: int, end: int, screen: Screen) -> str:
        if not screen.colour or not self.hits:
            return screen.paint(text[start:end], self.style)
        parts: list[str] = []
        place = start
        for first, last in self.hits:
            first, last = max(first, place), min(last, end)  # noqa: PLW2901 - the part of the hit on this line
            if first < last:
                parts += [screen.paint(text[place:first], self.style), screen.paint(text[first:last], Style.HIT)]
                place = last
        return "".join(parts) + screen.paint(text[place:end], self.style)


Cell: TypeAlias = tuple[Words, ...]
"""What stands in one column of a row: paragraphs, each on lines of its own."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `whole` where nothing in it may be broken; `most` cells where it shall not grow on."""

    title: str
    whole: bool = False
    most: int | None = None
    right: bool = False

    @property
    def short(self) -> bool:
        """Whether what stands in it fits beside other facts."""
        return self.whole or (self.most is not None and self.most < _READABLE)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands across the table before a group of rows; `part` names a new part of the whole, with a rule."""

    words: Cell
    part: str = ""


Row: TypeAlias = tuple[Cell, ...]


def plain_row(*texts: str) -> Row:
    """Return a row of texts without styles."""
    return tuple((Words(text),) for text in texts)


def table_lines(
    columns: Sequence[Column], items: Sequence[Row | Heading], screen: Screen, indent: int = 0
) -> Iterator[str]:
    """Yield the lines of a table with its head, no wider than the screen unless words can't be broken."""
    rows = [item for item in items if not isinstance(item, Heading)]
    widths = column_widths(columns, rows, screen.width - indent)
    head: Row = tuple((Words(column.title, Style.DIM),) for column in columns)
    if any(column.title for column in columns):
        yield from _row_lines(columns, widths, head, screen, indent)
    for item in items:
        if isinstance(item, Heading):
            yield from heading_lines(item, screen)
        else:
            yield from _row_lines(columns, widths, item, screen, indent)


def squeezed(columns: Sequence[Column], items: Sequence[Row | Heading], screen: Screen) -> bool:
    """Whether a column of texts would be too narrow to be read."""
    rows = [item for item in items if not isinstance(item, Heading)]
    needed = column_widths(columns, rows, _ENDLESS)
    widths = column_widths(columns, rows, screen.width)
    texts = [place for place, column in enumerate(columns) if not column.short]
    return any(widths[place] < min(needed[place], _READABLE) for place in texts)


def stacked_lines(columns: Sequence[Column], items: Sequence[Row | Heading], screen: Screen) -> Iterator[str]:
    """Yield each row as a line of its short facts, numbers after their names, and its texts on lines under it."""
    for item in items:
        if isinstance(item, Heading):
            yield from heading_lines(item, screen)
            continue
        filled = [(column, cell) for column, cell in zip(columns, item, strict=True) if cell and cell[0].text != "—"]
        facts = [_fact(column, words, screen) for column, cell in filled if column.short for words in cell]
        facts[:1] = [(screen.paint(literal(item[0][0].text), Style.BOLD), facts[0][1])]
        yield from _flowing(facts, screen.width)
        for _column, cell in (one for one in filled if not one[0].short):
            side_by_side = sum(cells(words.text) + GAP for words in cell) <= screen.width
            if side_by_side:
                yield " " * GAP + (" " * GAP).join(next(_whole(words, screen))[0] for words in cell)
            else:
                yield from (" " * GAP + line for words in cell for line, _n in words.lines(screen.width - GAP, screen))


def _whole(words: Words, screen: Screen) -> Iterator[tuple[str, int]]:
    return words.lines(max(cells(literal(words.text)), 1), screen)


def _fact(column: Column, words: Words, screen: Screen) -> tuple[str, int]:
    """Return a short fact, painted, with its width."""
    if column.right:
        words = Words(f"{column.title} {words.text}", words.style)
    width = cells(literal(words.text))
    return next(words.lines(max(min(width, column.most or width), 1), screen), ("", 0))


def _flowing(pieces: Iterable[tuple[str, int]], room: int) -> Iterator[str]:
    """Yield painted pieces of a width side by side, as many on a line as fit; lines that go on are set off."""
    line, filled = "", 0
    for text, width in pieces:
        if line and filled + GAP + width > room:
            yield line
            line, filled = " " * GAP + text, GAP + width
        else:
            gap = GAP if line else 0
            line, filled = line + " " * gap + text, filled + gap + width
    if line:
        yield line


def heading_lines(heading: Heading, screen: Screen) -> Iterator[str]:
    """Yield a heading with an empty line before it."""
    yield ""
    if heading.part:
        dash = "━" if screen.symbols else "="
        yield from (line for line, _filled in Words(heading.part, Style.BOLD).lines(screen.width, screen))
        yield screen.paint(dash * min(screen.width, cells(literal(heading.part))), Style.DIM)
        yield ""
    for words in heading.words:
        yield from (line for line, _filled in words.lines(screen.width, screen))


def column_widths(columns: Sequence[Column], rows: Iterable[Row], room: int) -> list[int]:
    """Share the cells of a line out: what must be whole first, the widest give way to the others."""
    widths = [_widest(column.title) for column in columns]
    for row in rows:
        for place, cell in enumerate(row):
            for words in cell:
                widths[place] = max(widths[place], _widest(literal(words.text)))
    for place, column in enumerate(columns):
        if column.most and not column.whole:
            widths[place] = min(widths[place], max(column.most, _widest(column.title)))
    soft = [place for place, column in enumerate(columns) if not column.whole]
    excess = sum(widths) + GAP * (len(columns) - 1) - room
    while excess > 0 and soft:
        widest = max(soft, key=lambda place: widths[place])
        second = max((widths[place] for place in soft if place != widest), default=0)
        step = min(excess, max(widths[widest] - max(second, _NARROWEST), 1))
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= step
        excess -= step
    return widths


def _widest(text: str) -> int:
    return max(map(cells, text.split("\n")))


def _row_lines(columns: Sequence[Column], widths: list[int], row: Row, screen: Screen, indent: int) -> Iterator[str]:
    stacks = [
        [line for words in cell for line in words.lines(max(width, 1), screen)]
        for width, cell in zip(widths, row, strict=True)
    ]
    margin = " " * indent
    for level in zip_longest(*stacks, fillvalue=("", 0)):
        line, owed = margin, 0
        for column, width, (text, filled) in zip(columns, widths, level, strict=True):
            rest = max(width - filled, 0)
            before, after = (rest, 0) if column.right else (0, rest)
            if text:
                line += " " * (owed + before) + text
                owed = after + GAP
            else:
                owed += width + GAP
        yield line


def write_lines(lines: Iterable[str], stream: TextIO) -> None:
    """Write lines in blocks."""
    rest = iter(lines)
    while block := list(islice(rest, _BLOCK)):
        stream.write("\n".join(block) + "\n")
