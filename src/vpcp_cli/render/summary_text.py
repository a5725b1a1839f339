"""The report as plain text for e-mail and logs: at most 20 lines of 100 columns, or in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from vpcp_cli.render.cells import cells, pad, wrap, wrap_parts
from vpcp_cli.render.console import Screen
from vpcp_cli.render.count import official_table
from vpcp_cli.render.door import literal
from vpcp_cli.render.summary import Section, SummaryReport
from vpcp_cli.render.table import Column, plain_row, table_lines

LINES: Final = 20
WIDTH: Final = 100
_SCREEN: Final = Screen(width=WIDTH)
_ROOMY: Final = 13
"""So many lines may stand before the lists if there is to be an empty one before and after the table."""
_CALM: Final = 8
"""So many lines between the table and the risks; where there are more, the remarks stand behind each other."""
_LEAD: Final = 24
_INDENT: Final = "  "


def short_text(report: SummaryReport) -> Iterator[str]:
    """Yield at most 20 lines: the count whole, of the lists the gravest rows."""
    head = _clipped(report.title(), report.subject())
    table = list(official_table(report.summary.count, _SCREEN, soon=False))
    words = [*_wrapped(report.rates()), *_wrapped(report.changes())]
    remarks = _wrapped(report.remarks())
    if len(words) + len(remarks) > _CALM:
        remarks = _wrapped([" · ".join(report.remarks())], most=3)
    words += [*remarks, *_clipped(report.risks())]
    used = len(head) + len(table) + len(words)
    gap = [""] if used <= _ROOMY else []
    yield from (*head, *gap, *table, *gap, *words)
    yield from _lists(report.urgent(), LINES - used - 2 * len(gap))


def full_text(report: SummaryReport) -> Iterator[str]:
    """Yield the whole report: every list with every row, texts wrapped."""
    yield from _wrapped([report.title(), report.subject()])
    yield ""
    yield from official_table(report.summary.count, _SCREEN)
    yield ""
    yield from _wrapped([*report.rates(), *report.remarks(), report.risks(), *report.changes()])
    for section in report.all():
        yield ""
        yield from _wrapped([section.title])
        columns = [
            Column(title, whole=place == 0 or place in section.right, right=place in section.right)
            for place, title in enumerate(section.columns)
        ]
        if section.rows:
            yield from table_lines(columns, [plain_row(*row) for row in section.rows], _SCREEN, len(_INDENT))


def _lists(sections: Sequence[Section], room: int) -> Iterator[str]:
    """Yield a title for each list and, as far as there is room, its rows; the more urgent list has more of it."""
    left = room - len(sections)
    shares = [0] * len(sections)
    for place in chain(range(len(sections)), *([place] * LINES for place in range(len(sections)))):
        if left > 0 and shares[place] < len(sections[place].rows):
            shares[place] += 1
            left -= 1
    for section, share in zip(sections, shares, strict=True):
        yield from _clipped(section.title)
        yield from _rows(section.rows[:share])


def _rows(rows: Sequence[Sequence[str]]) -> Iterator[str]:
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
        yield _clip(f"{line}{_INDENT}{row[-1]}", WIDTH)


def _clipped(*lines: str) -> list[str]:
    return [_clip(literal(line), WIDTH) for line in lines]


def _clip(text: str, width: int) -> str:
    """Return a text of one line that fits, with «…» where words were left out."""
    if cells(text) <= width:
        return text
    indent = len(text) - len(text.lstrip())
    start, end = wrap(text[indent:], width - indent - 2)[0]
    return f"{text[:indent]}{text[indent:][start:end]} …"


def _wrapped(lines: Iterable[str], most: int | None = None) -> list[str]:
    """Return lines that fit, broken behind a dot between two parts where there is one."""
    wrapped: list[str] = []
    for line in map(literal, lines):
        text = line.lstrip()
        indent = " " * (len(line) - len(text))
        spans = wrap_parts(text, WIDTH - len(indent) - len(_INDENT))
        wrapped += [f"{indent}{_INDENT if start else ''}{text[start:end]}" for start, end in spans]
    return wrapped[:most]
