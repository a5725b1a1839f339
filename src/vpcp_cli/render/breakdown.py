"""A breakdown of the official count: what its groups are called, and its table with a bar for each group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vpcp_cli.counts import WORDS, Count, Group
from vpcp_cli.deadline import Deadline
from vpcp_cli.language import _, current
from vpcp_cli.library import Library
from vpcp_cli.programme import Text
from vpcp_cli.render.bars import WIDEST, bar, legend
from vpcp_cli.render.console import Screen, Style
from vpcp_cli.render.count import fraction, number
from vpcp_cli.render.formats import md_lines
from vpcp_cli.render.state import OVERDUE
from vpcp_cli.render.table import GAP, Column, Row, Words, natural_widths, table_lines
from vpcp_cli.vocabulary import Status, Timeliness, labels

_LABEL: Final = 42
_NARROWEST: Final = 8
_ROOMY: Final = 100


def heading_of(by: str) -> str:
    """Name a breakdown, as the head of its column."""
    return {
        "lead": _("Lead"),
        "category": _("Category"),
        "directive": _("Directive"),
        "issuer": _("Issuer"),
        "month": _("Month of the deadline"),
        "nature": _("Nature"),
        "programme": _("Programme"),
        "responsible": _("Responsible"),
        "status": _("State"),
        "year": _("Year"),
    }[by]


class Names:
    """What the groups of a breakdown are called, in both languages."""

    def __init__(self, library: Library, by: str) -> None:
        """Look up what is needed for one breakdown."""
        self._by = by
        self._texts: dict[str, Text] = {}
        if by == "lead":
            self._texts = {unit.code: unit.short or unit.name for unit in library.units}
        elif by == "programme":
            self._texts = {one.id: one.title for one in library.heads.programmes}
        elif by == "directive":
            programmes = (programme.id for programme in library.heads.programmes)
            self._texts = {one.id: one.title for id_ in programmes for one in library.directives(id_)}

    def text(self, key: str | None) -> Text | None:
        """Return a group's name; None where there is no group."""
        if key is None:
            return None
        if self._by in WORDS:
            return Text(*labels(WORDS[self._by](key)))
        if self._by == "month":
            month = Deadline.parse(key)
            return Text(month.words("vi"), month.words("en"))
        return self._texts.get(key, Text.plain(key))

    def shown(self, key: str | None) -> str:
        """Return a group's name for the reader; an id stands before its title."""
        text = self.text(key)
        if key is None or text is None:
            return _("no deadline") if self._by == "month" else "—"
        name = text.in_(current())
        return f"{key} {name}" if self._by in ("programme", "directive") and name != key else name


def breakdown_table(by: str, groups: Sequence[Group], names: Names, screen: Screen) -> Iterator[str]:
    """Yield the table: how many tasks, how many done and overdue, the rate of those due, and a bar."""
    columns = _columns(by, max(_LABEL, screen.width * 2 // 5))
    if screen.width < _ROOMY:
        columns = [replace(column, title=_in_two(column.title)) if column.right else column for column in columns]
    rows = [_row(names.shown(group.key), group.count) for group in groups]
    left = screen.width - sum(natural_widths(columns, rows)) - GAP * len(columns)
    width = max(min(left, WIDEST), _NARROWEST)
    largest = max((group.count.total for group in groups), default=0)
    barred = [(*row, (bar(group.count, largest, width),)) for row, group in zip(rows, groups, strict=True)]
    yield from table_lines([*columns, Column("", whole=True)], barred, screen)
    yield legend(screen)


def years_table(groups: Sequence[Group], years: Sequence[Group], names: Names, screen: Screen) -> Iterator[str]:
    """Yield the table with a column for each year: all tasks, and in the last line those that are counted."""
    columns, rows = _years(groups, years, names)
    last = len(rows) - 2
    styled: list[Row] = [
        tuple((Words(text, Style.BOLD if place == last else Style.PLAIN),) for text in row)
        for place, row in enumerate(rows)
    ]
    yield from table_lines(columns, styled, screen)


def breakdown_md(by: str, groups: Sequence[Group], names: Names) -> Iterator[str]:
    """Yield the table in Markdown, without bars."""
    titles = [column.title for column in _columns(by)]
    yield from md_lines(titles, (_figures(names.shown(group.key), group.count) for group in groups), range(1, 5))


def years_md(groups: Sequence[Group], years: Sequence[Group], names: Names) -> Iterator[str]:
    """Yield the table with a column for each year in Markdown."""
    columns, rows = _years(groups, years, names)
    yield from md_lines([column.title for column in columns], rows, range(1, len(columns)))


def _columns(by: str, most: int = _LABEL) -> list[Column]:
    figures = (_("Total"), Status.DONE.label, _("Overdue"), _("Done of due"))
    return [Column(heading_of(by), most=most), *(Column(title, whole=True, right=True) for title in figures)]


def _in_two(title: str) -> str:
    """Return a title on two lines, broken at the space nearest to its middle."""
    spaces = [place for place, char in enumerate(title) if char == " "]
    if not spaces:
        return title
    middle = min(spaces, key=lambda place: abs(2 * place - len(title)))
    return f"{title[:middle]}\n{title[middle + 1 :]}"


def _figures(name: str, count: Count) -> list[str]:
    overdue = number(count.cell(Timeliness.OVERDUE))
    return [name, number(count.total), number(count.done), overdue, fraction(count.rate_of_due)]


def _row(name: str, count: Count) -> Row:
    name, total, done, overdue, due = _figures(name, count)
    late = OVERDUE.style if count.cell(Timeliness.OVERDUE) else Style.PLAIN
    return (Words(name),), (Words(total),), (Words(done),), (Words(overdue, late),), (Words(due),)


def _years(groups: Sequence[Group], years: Sequence[Group], names: Names) -> tuple[list[Column], list[list[str]]]:
    columns = [Column(heading_of("category"), most=_LABEL)]
    columns += [Column(str(year.key), whole=True, right=True) for year in years]
    columns.append(Column(_("Total"), whole=True, right=True))
    tables = [(names.shown(group.key), [group.years.get(int(year.key or 0), 0) for year in years]) for group in groups]
    sums = [sum(numbers) for numbers in zip(*(numbers for _name, numbers in tables), strict=True)]
    tables.append((_("Total"), sums))
    tables.append((_("of which counted"), [year.count.total for year in years]))
    return columns, [[name, *map(number, numbers), number(sum(numbers))] for name, numbers in tables]
