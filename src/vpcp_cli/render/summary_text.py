"""The report as plain text for e-mail and logs: at most 20 lines of 100 columns, or in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from vpcp_cli.language import _, ngettext
from vpcp_cli.render.cells import cells, pad, wrap, wrap_parts
from vpcp_cli.render.console import Screen
from vpcp_cli.render.count import official_table
from vpcp_cli.render.door import literal
from vpcp_cli.render.summary import Section, SummaryReport
from vpcp_cli.render.table import Column, plain_row, table_lines

LINES: Final = 20
WIDTH: Final = 100
_ROOMY: Final = 13
"""So many lines may stand before the lists if there is to be an empty one before and after the table."""
_CALM: Final = 8
"""So many lines between the table and the risks; where there are more, the remarks stand behind each other."""
_LEAD: Final = 24
_INDENT: Final = "  "


def short_text(report: SummaryReport, width: int = WIDTH) -> Iterator[str]:
    """Yield at most 20 lines, where there are 100 columns: the count whole, of the lists the gravest rows."""
    narrow = width < WIDTH
    head = _fitted([report.title(), report.subject()], width, wrapped=narrow)
    table = list(official_table(report.summary.count, Screen(width=width), soon=False))
    words = _wrapped([*report.rates(), *report.changes()], width)
    remarks = _wrapped(report.remarks(), width)
    if len(words) + len(remarks) > _CALM and not narrow:
        remarks = _wrapped([" · ".join(report.remarks())], width, most=3)
    words += [*remarks, *_fitted([report.risks()], width, wrapped=narrow)]
    used = len(head) + len(table) + len(words)
    gap = [""] if used <= _ROOMY else []
    yield from (*head, *gap, *table, *gap, *words)
    yield from _lists(report.urgent(), LINES - used - 2 * len(gap), width)


def full_text(report: SummaryReport, width: int = WIDTH) -> Iterator[str]:
    """Yield the whole report: every list with every row, texts wrapped."""
    screen = Screen(width=width)
    yield from _wrapped([report.title(), report.subject()], width)
    yield ""
    yield from official_table(report.summary.count, screen)
    yield ""
    yield from _wrapped([*report.rates(), *report.remarks(), report.risks(), *report.changes()], width)
    for section in report.all():
        yield ""
        yield from _wrapped([section.title], width)
        columns = [
            Column(title, whole=place == 0 or place in section.right, right=place in section.right)
            for place, title in enumerate(section.columns)
        ]
        if section.rows:
            yield from table_lines(columns, [plain_row(*row) for row in section.rows], screen, len(_INDENT))


def _lists(sections: Sequence[Section], room: int, width: int) -> Iterator[str]:
    """Yield a title for each list and, as far as there is room, its rows; the more urgent list has more of it.

    The title of one that is not whole says so.
    """
    left = room - len(sections)
    shares = [0] * len(sections)
    for place in chain(range(len(sections)), *([place] * LINES for place in range(len(sections)))):
        if left > 0 and shares[place] < len(sections[place].rows):
            shares[place] += 1
            left -= 1
    for section, share in zip(sections, shares, strict=True):
        title = section.title
        if share < len(section.rows):
            title = _cut(title, share)
        yield from _fitted([title], width, wrapped=width < WIDTH)
        yield from _rows(section.rows[:share], width)


def _cut(title: str, shown: int) -> str:
    """Say behind the title of a list how much of it is shown, and how all of it is seen."""
    if not shown:
        return _("{title} (all: --full)").format(title=title)
    return ngettext("{title}, the first one (all: --full)", "{title}, the first {n} (all: --full)", shown).format(
        title=title, n=shown
    )


def _rows(rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Yield rows in columns, a line each: a lead's name may be shortened and the last text is."""
    literals = [[literal(cell) for cell in row] for row in rows]
    if not literals:
        return
    lead = len(literals[0]) - 2
    for row in literals:
        row[lead] = _clip(row[lead], _LEAD)
    widths = [max(map(cells, column)) for column in zip(*literals, strict=True)]
    for row in literals:
        line = _INDENT + _INDENT.join(map(pad, row[:-1], widths))
        yield _clip(f"{line}{_INDENT}{row[-1]}", width)


def _fitted(lines: Sequence[str], width: int, *, wrapped: bool) -> list[str]:
    """Return lines that fit, wrapped or cut."""
    return _wrapped(lines, width) if wrapped else [_clip(literal(line), width) for line in lines]


def _clip(text: str, width: int) -> str:
    """Return a text of one line that fits, with «…» where words were left out."""
    if cells(text) <= width:
        return text
    indent = len(text) - len(text.lstrip())
    start, end = wrap(text[indent:], width - indent - 2)[0]
    return f"{text[:indent]}{text[indent:][start:end]} …"


def _wrapped(lines: Iterable[str], width: int, most: int | None = None) -> list[str]:
    """Return lines that fit, broken behind a dot between two parts where there is one."""
    wrapped: list[str] = []
    for line in map(literal, lines):
        text = line.lstrip()
        indent = " " * (len(line) - len(text))
        spans = wrap_parts(text, width - len(indent) - len(_INDENT))
        wrapped += [f"{indent}{_INDENT if start else ''}{text[start:end]}" for start, end in spans]
    return wrapped[:most]
