"""Rows in stacks, where a table of columns would be too narrow to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vpcp_cli.render.cells import cells
from vpcp_cli.render.console import Screen, Style
from vpcp_cli.render.door import literal
from vpcp_cli.render.table import (
    GAP,
    READABLE,
    Column,
    Heading,
    Row,
    Words,
    heading_lines,
    natural_widths,
    shared_widths,
)


def squeezed(columns: Sequence[Column], items: Sequence[Row | Heading], screen: Screen) -> bool:
    """Whether a column of texts would be too narrow to be read."""
    needed = natural_widths(columns, items)
    widths = shared_widths(columns, needed, screen.width)
    texts = [place for place, column in enumerate(columns) if not column.short]
    return any(widths[place] < min(needed[place], READABLE) for place in texts)


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
                yield " " * GAP + (" " * GAP).join(_whole(words, screen) for words in cell)
            else:
                yield from (" " * GAP + line for words in cell for line, _n in words.lines(screen.width - GAP, screen))


def _whole(words: Words, screen: Screen) -> str:
    return words.lines(max(cells(literal(words.text)), 1), screen)[0][0]


def _fact(column: Column, words: Words, screen: Screen) -> tuple[str, int]:
    """Return a short fact, painted, with its width."""
    if column.right:
        words = Words(f"{column.title} {words.text}", words.style)
    width = cells(literal(words.text))
    return words.lines(max(min(width, column.most or width), 1), screen)[0]


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
