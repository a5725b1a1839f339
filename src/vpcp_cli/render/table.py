"""A light table: columns as wide as their words need, lines without borders, texts wrapped and never cut."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final, TypeAlias, TypeVar

from vpcp_cli.dataclass import dataclass
from vpcp_cli.render.cells import cells, measured_lines, simple, simple_lines, together, wrap_parts
from vpcp_cli.render.console import Screen, Style
from vpcp_cli.render.door import literal

GAP: Final = 2
_NARROWEST: Final = 8
READABLE: Final = 22
"""Texts in fewer cells than these become towers of single words."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Words:
    """A text in one style; `hits` are the parts of it that a search found."""

    text: str
    style: Style = Style.PLAIN
    hits: tuple[tuple[int, int], ...] = ()

    def lines(self, width: int, screen: Screen) -> list[tuple[str, int]]:
        """Return painted lines with the number of cells that each fills."""
        text = literal(self.text)
        if not screen.colour or not (self.style or self.hits):
            return [(text[start:end], filled) for start, end, filled in measured_lines(text, width)]
        return [(self._painted(text, start, end, screen), filled) for start, end, filled in measured_lines(text, width)]

    def _painted(self, text: str, start: int, end: int, screen: Screen) -> str:
        if not self.hits:
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


def title_lines(title: Cell, screen: Screen) -> Iterator[str]:
    """Yield what stands above a table; it breaks between its parts, not within one."""
    for words in title:
        text = literal(words.text)
        yield from (screen.paint(text[start:end], words.style) for start, end in wrap_parts(text, screen.width))


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
        return self.whole or (self.most is not None and self.most < READABLE)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands across the table before a group of rows; `part` names a new part of the whole, with a rule."""

    words: Cell
    part: str = ""


Row: TypeAlias = tuple[Cell, ...]
Run: TypeAlias = "tuple[Heading | None, int]"
"""A heading, or none, and the number of rows under it."""


class Cells(ABC):
    """What stands in a column, a cell for each row."""

    @abstractmethod
    def each(self, of: Callable[[Cell], T]) -> Iterable[T]:
        """Yield what is `of` each cell; that is made once where many rows are known to have the same."""

    @abstractmethod
    def widths(self) -> Iterable[int]:
        """Yield how wide the cells would be on lines without an end."""

    def stacks(self, place: Place) -> Iterable[Stack]:
        """Yield each cell as it stands in its place."""
        return self.each(place.stack)


@dataclass(frozen=True, slots=True)
class Given(Cells):
    """Cells as they are: one for each row, or those that occur and for each row the number of its own."""

    cells: Sequence[Cell]
    numbers: Sequence[int] | None = None

    def widths(self) -> Iterable[int]:
        """Yield the widths of the cells that occur."""
        return map(_cell_width, self.cells)

    def each(self, of: Callable[[Cell], T]) -> Iterable[T]:
        """Yield what is made of each."""
        made = map(of, self.cells)
        return made if self.numbers is None else map(list(made).__getitem__, self.numbers)


@dataclass(frozen=True, slots=True)
class Texts(Cells):
    """Cells of a plain text each, in blocks that are simple as a whole or not.

    `cell` makes one; simple texts stand in it as they are.
    """

    blocks: Sequence[tuple[Sequence[str], bool]]
    cell: Callable[[str], Cell]

    @classmethod
    def of(cls, texts: Iterable[str], cell: Callable[[str], Cell]) -> Texts:
        """Look at many texts at a time."""
        return cls([(block, simple(" ".join(block))) for block in together(texts)], cell)

    def each(self, of: Callable[[Cell], T]) -> Iterable[T]:
        """Yield what is made of each."""
        return (of(self.cell(text)) for block, _simple in self.blocks for text in block)

    def widths(self) -> Iterator[int]:
        """Yield the widths; simple texts need no measuring."""
        for block, is_simple in self.blocks:
            yield from map(len, block) if is_simple else (_cell_width(self.cell(text)) for text in block)

    def stacks(self, place: Place) -> Iterator[Stack]:
        """Yield the texts in their place."""
        for block, is_simple in self.blocks:
            yield from place.simple_stacks(block) if is_simple else (place.stack(self.cell(text)) for text in block)


Stack: TypeAlias = list[str]
"""The painted lines of a cell, filled up to where the next column begins."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where cells stand: a column of a width on a screen; in the `last` one nothing is filled up."""

    width: int
    screen: Screen
    right: bool = False
    last: bool = False

    def stack(self, cell: Cell) -> Stack:
        """Lay a cell out."""
        lines: list[str] = []
        for words in cell:
            for text, filled in words.lines(max(self.width, 1), self.screen):
                rest = " " * (self.width - filled)
                before, after = (rest, "") if self.right and text else ("", rest)
                lines.append(before + text if self.last else before + text + after + " " * GAP)
        return lines

    def simple_stacks(self, texts: Iterable[str]) -> Iterable[Stack]:
        """Lay cells out that hold a simple text each."""
        if self.right:
            return (self.stack((Words(text),)) for text in texts)
        width, whole = max(self.width, 1), self.width + GAP
        if self.last:
            return ([text] if len(text) <= width else simple_lines(text, width) for text in texts)
        return (
            [text.ljust(whole)] if len(text) <= width else [line.ljust(whole) for line in simple_lines(text, width)]
            for text in texts
        )


def plain_row(*texts: str) -> Row:
    """Return a row of texts without styles."""
    return tuple((Words(text),) for text in texts)


def table_lines(
    columns: Sequence[Column], items: Sequence[Row | Heading], screen: Screen, indent: int = 0
) -> Iterator[str]:
    """Yield the lines of a table with its head, no wider than the screen unless words can't be broken."""
    return long_table_lines(columns, [[one] for one in _given(columns, items)], _runs(items), screen, indent)


def _given(columns: Sequence[Column], items: Iterable[Row | Heading]) -> list[Cells]:
    rows = [item for item in items if not isinstance(item, Heading)]
    return [Given([row[place] for row in rows]) for place in range(len(columns))]


def _runs(items: Iterable[Row | Heading]) -> Iterator[Run]:
    heading, number = None, 0
    for item in items:
        if isinstance(item, Heading):
            yield heading, number
            heading, number = item, 0
        else:
            number += 1
    yield heading, number


def long_table_lines(
    columns: Sequence[Column],
    content: Sequence[Sequence[Cells]],
    runs: Iterable[Run],
    screen: Screen,
    indent: int = 0,
) -> Iterator[str]:
    """Yield the lines of a table that is given by columns: the cells of each; those of several parts on each other."""
    natural = [natural_width(column, parts) for column, parts in zip(columns, content, strict=True)]
    widths = shared_widths(columns, natural, screen.width - indent)
    grid = _Grid(" " * indent, [" " * (width + GAP) for width in widths[:-1]])
    places = [
        Place(width, screen, column.right, number == len(columns))
        for number, (column, width) in enumerate(zip(columns, widths, strict=True), 1)
    ]
    if any(column.title for column in columns):
        titles = ((Words(column.title, Style.DIM),) for column in columns)
        yield from grid.lines([[place.stack(title) for place, title in zip(places, titles, strict=True)]])
    stacks = [[part.stacks(place) for part in parts] for parts, place in zip(content, places, strict=True)]
    rows = zip(*map(_on_each_other, stacks), strict=True)
    for heading, number in runs:
        if heading:
            yield from heading_lines(heading, screen)
        yield from grid.lines(islice(rows, number))


def _on_each_other(parts: Sequence[Iterable[Stack]]) -> Iterable[Stack]:
    return parts[0] if len(parts) == 1 else map(list, map(chain.from_iterable, zip(*parts, strict=True)))


@dataclass(frozen=True, slots=True)
class _Grid:
    """Puts the cells of rows side by side; `blanks` fill up the columns before the last one where they are empty."""

    margin: str
    blanks: Sequence[str]

    def lines(self, rows: Iterable[Sequence[Stack]]) -> Iterator[str]:
        """Yield the lines of some rows; nothing is filled up behind the last text of a line."""
        margin, blanks = self.margin, self.blanks
        empty = margin + "".join(blanks)
        for *others, texts in rows:
            height = max([0, *map(len, others)])
            for level in range(height):
                before = [*blanks]
                for place, one in enumerate(others):
                    if level < len(one):
                        before[place] = one[level]
                if level < len(texts) and texts[level]:
                    yield f"{margin}{''.join(before)}{texts[level]}"
                else:
                    yield margin + "".join(before).rstrip(" ")
            for text in texts[height:]:
                yield empty + text if text else margin


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


def natural_widths(columns: Sequence[Column], items: Iterable[Row | Heading]) -> list[int]:
    """Return how wide the columns of some rows would be that have all the room they ask for."""
    return [natural_width(column, [one]) for column, one in zip(columns, _given(columns, items), strict=True)]


def natural_width(column: Column, parts: Iterable[Cells]) -> int:
    """Return the same of one column."""
    title = _widest(column.title)
    asked = chain.from_iterable(part.widths() for part in parts)
    if column.whole or not column.most:
        return max(title, max(asked, default=0))
    most = max(column.most, title)
    width = title
    for one in asked:
        if one >= most:
            return most
        width = max(width, one)
    return width


def _cell_width(cell: Cell) -> int:
    return max([_widest(literal(words.text)) for words in cell], default=0)


def shared_widths(columns: Sequence[Column], widths: Sequence[int], room: int) -> list[int]:
    """Share the cells of a line out: what must be whole first, the widest give way to the others."""
    widths = list(widths)
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
    return cells(text) if "\n" not in text else max(map(cells, text.split("\n")))
