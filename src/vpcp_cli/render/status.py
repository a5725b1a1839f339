"""The answer of `vpcp status`: the official count and its breakdown, in every form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from vpcp_cli.counts import BANDS, Count, Group, Rate, breakdown, breakdown_parts, count, count_parts
from vpcp_cli.dataclass import dataclass
from vpcp_cli.kinds import recorded
from vpcp_cli.language import _, ngettext
from vpcp_cli.library import Library
from vpcp_cli.query import Query
from vpcp_cli.render.breakdown import Names, breakdown_md, breakdown_table, years_md, years_table
from vpcp_cli.render.cells import wrap_parts
from vpcp_cli.render.console import Screen, Style
from vpcp_cli.render.count import number, official_md, official_table, rate_lines, remark_lines
from vpcp_cli.render.formats import (
    Flat,
    Record,
    Value,
    check_fields,
    columns,
    csv_lines,
    flat_text,
    flattened,
    json_lines,
    jsonl_lines,
    md_lines,
    md_text,
    picked,
    plain_line,
    tsv_lines,
)
from vpcp_cli.render.forms import Format
from vpcp_cli.render.names import short_names
from vpcp_cli.render.selection import as_of, days_record, selection_words
from vpcp_cli.render.table import Column, Words, plain_row, table_lines, title_lines
from vpcp_cli.summary import Postponed, postponed_by_lead
from vpcp_cli.tasks import Tasks
from vpcp_cli.vocabulary import OUTSIDE, Nature, Status, Timeliness

_OUTSIDE: Final = (Nature.PRINCIPLE, Nature.EXPECTATION, *OUTSIDE)
_COUNTED: Final = tuple(one for one in Status if one not in (*_OUTSIDE, Status.VOID))
_CELLS: Final = tuple(one for one in Timeliness if one not in (Timeliness.UNCOUNTED, Timeliness.VOID))
_PLAIN: Final = ("key", "counted", *(cell.value for cell in _CELLS), "uncounted")


def count_record(one: Count) -> Record:
    """Return a count with every cell, both rates, the bands, and the reasons why tasks are outside."""
    return {
        "counted": one.total,
        "done": one.done,
        "not_done": one.total - one.done,
        **{cell.value: one.cell(cell) for cell in _CELLS},
        "uncounted": one.uncounted,
        "carried_over_apart": one.apart,
        "rate_of_all": _rate_value(one.rate_of_all),
        "rate_of_due": _rate_value(one.rate_of_due),
        "overdue_days": {
            (f"{first}_{last}" if last else f"over_{first - 1}"): tasks
            for (first, last), tasks in zip(BANDS, one.bands, strict=True)
        },
        "statuses": {status.value: one.statuses.get(status, 0) for status in _COUNTED},
        "outside": {reason.value: one.outside.get(reason, 0) for reason in _OUTSIDE},
    }


def _rate_value(rate: Rate) -> Value:
    return {"part": rate.part, "base": rate.base, "percent": rate.percent}


def postponed_value(one: Postponed) -> Value:
    """Return how often a lead's tasks were postponed."""
    return {"lead": one.lead, "tasks": one.tasks, "more_than_once": one.again, "times": one.times}


@dataclass(frozen=True, kw_only=True)
class StatusReport:
    """The count of some tasks; `absent` is how many don't exist yet on the day."""

    library: Library
    query: Query
    day: date
    tasks: Tasks
    absent: int = 0
    by: str | None = None
    known: date | None = None
    parts: bool = False

    @property
    def name(self) -> str:
        """What its rows are called."""
        return "groups"

    @cached_property
    def whole(self) -> Count:
        """All tasks together, or all their parts that have begun."""
        return count_parts(self.tasks) if self.parts else count(self.tasks)

    @cached_property
    def groups(self) -> Sequence[Group]:
        """The rows of the breakdown, none where none was asked for."""
        return (breakdown_parts if self.parts else breakdown)(self.tasks, self.by) if self.by else ()

    @cached_property
    def years(self) -> Sequence[Group]:
        """The years whose tasks these are."""
        return breakdown(self.tasks, "year")

    def lines(self, form: Format, screen: Screen, fields: Sequence[str] = ()) -> Iterator[str]:
        """Yield the lines of the whole answer; raise `BadWordError` for an unknown field."""
        names = self._columns(fields)
        match form:
            case Format.JSON:
                groups = (picked(record, fields) for record in self._groups())
                return json_lines("vpcp.status/1", self._head(), "groups", groups)
            case Format.JSONL:
                return jsonl_lines(picked(record, fields) for record in self._rows())
            case Format.CSV | Format.RECORDS:
                return csv_lines(map(flattened, self._rows()), names)
            case Format.TSV:
                return tsv_lines(map(flattened, self._rows()), names)
            case Format.PLAIN:
                return self._plain(names if fields else ())
            case Format.IDS:
                return (group.key or "" for group in self.groups)
            case Format.MD:
                return md_lines(names, self._figures(names)) if fields else self._md()
            case Format.TABLE:
                return self._fields_table(names, screen) if fields else self._table(screen)

    def sheet_rows(self, fields: Sequence[str] = ()) -> Iterator[Sequence[Flat]]:
        """Yield the rows of a spreadsheet, the titles first; raise `BadWordError` for an unknown field."""
        names = self._columns(fields)
        yield names
        for record in map(flattened, self._rows()):
            yield [record.get(name) for name in names]

    def _columns(self, fields: Sequence[str]) -> list[str]:
        empty = self._record(None, Count({}, {}, {}, (0,) * len(BANDS)), {})
        model: Record = {**empty, "label": {"vi": None, "en": None}}
        check_fields(fields, model)
        return columns(model, fields)

    def _head(self) -> Record:
        return {
            **days_record(self.day, self.known),
            "by": self.by,
            "parts": self.parts,
            "whole": count_record(self.whole),
            "absent": self.absent,
            "postponed_by_lead": [postponed_value(one) for one in postponed_by_lead(self.tasks)],
        }

    def _rows(self) -> Iterator[Record]:
        """Yield the groups; without a breakdown all tasks are one."""
        if self.by:
            return self._groups()
        return iter(
            [self._record(None, self.whole, {int(year.key or 0): sum(year.years.values()) for year in self.years})]
        )

    def _groups(self) -> Iterator[Record]:
        return (self._record(group.key, group.count, group.years) for group in self.groups)

    def _record(self, key: str | None, one: Count, years: Mapping[int, int]) -> Record:
        return {
            "key": key,
            "label": recorded(self._names.text(key)),
            **count_record(one),
            "years": {year.key or "": years.get(int(year.key or 0), 0) for year in self.years},
        }

    @cached_property
    def _names(self) -> Names:
        return Names(self.library, self.by or "")

    def _plain(self, fields: Sequence[str]) -> Iterator[str]:
        """Yield a line for each group, without a breakdown a line for each figure."""
        if self.by:
            for record in map(flattened, self._groups()):
                yield plain_line(record.get(name) for name in fields or _PLAIN)
        else:
            for name, value in flattened(count_record(self.whole)).items():
                if not fields or name in fields:
                    yield plain_line((name, value))

    def _figures(self, names: Sequence[str]) -> list[list[str]]:
        return [[flat_text(record.get(name)) for name in names] for record in map(flattened, self._rows())]

    def _fields_table(self, names: Sequence[str], screen: Screen) -> Iterator[str]:
        heads = [Column(name, whole=True) for name in names]
        return table_lines(heads, [plain_row(*row) for row in self._figures(names)], screen)

    def _title(self) -> str:
        if self.parts:
            total = self.whole.total + self.whole.uncounted
            found = ngettext("{n} part that has begun", "{n} parts that have begun", total).format(n=number(total))
        else:
            found = ngettext("{n} task", "{n} tasks", len(self.tasks)).format(n=number(len(self.tasks)))
        selected = selection_words(self.query, short_names(self.library))
        return f"{found} · {selected} · {as_of(self.day, self.known)}"

    def _remarks(self) -> Iterator[str]:
        yield from rate_lines(self.whole, parts=self.parts)
        yield from remark_lines(self.whole)
        yield from self._absent()

    def _absent(self) -> Iterator[str]:
        if self.absent:
            yield _("Tasks that do not exist yet on that day: {n}").format(n=number(self.absent))

    @property
    def _side_by_side(self) -> bool:
        return self.by == "category" and len(self.years) > 1 and not self.parts

    def _table(self, screen: Screen) -> Iterator[str]:
        yield from title_lines((Words(self._title(), Style.BOLD),), screen)
        if not self.tasks:
            yield from self._absent()
            return
        yield ""
        yield from official_table(self.whole, screen)
        yield ""
        for line in self._remarks():
            yield from (line[start:end] for start, end in wrap_parts(line, screen.width))
        if self.by:
            yield ""
            if self._side_by_side:
                yield from years_table(self.groups, self.years, self._names, screen)
            else:
                yield from breakdown_table(self.by, self.groups, self._names, screen)
        titles, rows = self._postponements()
        if rows:
            yield ""
            heads = [Column(title, right=place > 0, whole=place > 0) for place, title in enumerate(titles)]
            yield from table_lines(heads, [plain_row(*row) for row in rows], screen)

    def _md(self) -> Iterator[str]:
        yield md_text(self._title())
        yield ""
        yield from official_md(self.whole)
        yield ""
        for line in self._remarks():
            yield f"- {line}"
        if self.by:
            yield ""
            if self._side_by_side:
                yield from years_md(self.groups, self.years, self._names)
            else:
                yield from breakdown_md(self.by, self.groups, self._names)
        titles, rows = self._postponements()
        if rows:
            yield ""
            yield from md_lines(titles, rows, range(1, 4))

    def _postponements(self) -> tuple[Sequence[str], list[list[str]]]:
        """Return how often each lead's tasks were postponed, as a table."""
        names = short_names(self.library)
        titles = (_("Postponed tasks of"), _("Tasks"), _("More than once"), _("Times"))
        rows = [
            [names.get(one.lead, one.lead), number(one.tasks), number(one.again), number(one.times)]
            for one in (() if self.parts else postponed_by_lead(self.tasks))
        ]
        return titles, rows
