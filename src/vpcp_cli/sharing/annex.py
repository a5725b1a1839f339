"""The list of an office, row by row: which table it is, what its columns and rows are. No row is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

from vpcp_cli.language import N_, current
from vpcp_cli.sharing.container import FileRefusedError
from vpcp_cli.sharing.heads import Heads, check_mapped, heads_of
from vpcp_cli.sharing.tables import Cell, Row, Table
from vpcp_cli.vietnamese import fold, quoted

_ROMAN: Final = r"(?:[IVXLC]+|[A-ZĐ])"
_GROUP_NUMBER: Final = re.compile(rf"{_ROMAN}\s?[.)/:]?")
_GROUP: Final = re.compile(
    rf"{_ROMAN}\s?[.)/:–-]\s*\S|(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|NHÓM|Nhóm|LĨNH VỰC|Lĩnh vực)\s"
)
_NO_GROUP: Final = re.compile(r"(?:tong|cong|nguoi lap|noi nhan|ghi chu|luu y|total|note)\b|\(?\*")
_ANNEX: Final = re.compile(r"\b(?:phu luc|annex|appendix|pl)\s*(?:so\s*)?([ivxlc]{1,5}|\d{1,2})\b")
_COLUMN_NUMBER: Final = re.compile(r"\(?\s*(?:\d{1,2}|[a-zđ])\s*\)?", re.IGNORECASE)


class Kind(Enum):
    """What a row is."""

    TASK = auto()
    GROUP = auto()
    """A heading over the rows that follow."""
    BLANK = auto()
    HEAD = auto()
    """The heads of the columns, once more; or their numbers."""
    UNCLEAR = auto()
    """Something that a person has to look at."""
    BETWEEN = auto()
    """No row: what stands before a further table."""


class Line(NamedTuple):
    """A row and what it is; of a task its cells by field, and what stands under heads that are no field."""

    kind: Kind
    place: str
    words: str = ""
    cells: Mapping[str, Cell] = {}
    others: Mapping[str, str] = {}
    annex: str = ""
    """The number of its annex, where there are several."""


class Annex(NamedTuple):
    """A list: its table, the heads, all rows below them, what stands before, the tables that are none of it.

    `unread` are sentences about what is not read at all.
    """

    table: Table
    heads: Heads
    lines: Sequence[Line]
    before: Sequence[str]
    left: Sequence[Table]
    unread: Sequence[str] = ()

    def count(self, kind: Kind) -> int:
        """How many rows are of a kind."""
        return sum(1 for line in self.lines if line.kind is kind)


def understood(tables: Sequence[Table], mapped: Mapping[str, str], number: int | None = None) -> Annex:
    """Return the list that stands in some tables, or in the one of a number; raise `FileRefusedError`."""
    heads = [heads_of(table.rows, mapped) for table in tables]
    found = [(place, one) for place, one in enumerate(heads) if one and (number is None or place == number - 1)]
    if not found:
        names = [" | ".join(filter(None, row.texts)) for table in tables for row in table.rows[:1]]
        raise FileRefusedError(
            N_("No table of tasks is in it: it has a column for what is to be done, and one for who leads or by when."),
            N_("Say which column is which: --map 'HEAD=text' --map 'HEAD=lead'. The tables begin with: {heads}."),
            heads=" · ".join(quoted(one[:80], current()) for one in names) or "—",
        )
    at, chosen = max(found, key=lambda one: (one[1].worth, -one[0]))
    head = tables[at].rows[chosen.first : chosen.last + 1]
    check_mapped(mapped, [part for row in head for part in row.texts], "--map")
    parts = dict(_parts(tables, heads, at)) if number is None else {at: chosen}
    lines, left = _put_together(tables, heads, parts, follows=number is None or chosen.sure)
    first = min(parts)
    before = [tables[first].before, *_above(tables[first], parts[first])]
    unread = tuple(sentence for table in tables for sentence in table.unread)
    return Annex(tables[first], chosen, lines, [one for one in before if one], left, unread)


def _parts(tables: Sequence[Table], heads: Sequence[Heads | None], at: int) -> Iterator[tuple[int, Heads]]:
    """Yield the tables with heads that belong to a list: those with the same heads, and other annexes that say so."""
    chosen = heads[at]
    for place, own in enumerate(heads):
        if own is None or chosen is None:
            continue
        same = list(map(fold, own.names)) == list(map(fold, chosen.names))
        numbered = own.sure and _number_of(tables[place], own) and _number_of(tables[at], chosen)
        if place == at or (same and place > at) or numbered:
            yield place, own


def _number_of(table: Table, heads: Heads) -> str:
    """Return the number of an annex: «II» of «PHỤ LỤC II», "" where none is said."""
    for text in (*_above(table, heads)[::-1], table.before, table.name):
        if found := _ANNEX.findall(fold(text)):
            return str(found[-1]).upper()
    return ""


def _above(table: Table, heads: Heads) -> list[str]:
    """Return what the rows above the heads say."""
    return [" ".join(_said(row)) for row in table.rows[: heads.first]]


def _put_together(
    tables: Sequence[Table], heads: Sequence[Heads | None], parts: Mapping[int, Heads], *, follows: bool
) -> tuple[list[Line], list[Table]]:
    """Return the rows of all parts, each with the tables that go on with it, and the tables that are left."""
    numbers = {place: _number_of(tables[place], own) for place, own in parts.items()}
    several = len(set(numbers.values())) > 1
    lines: list[Line] = []
    left: list[Table] = []
    last = part = -1
    for place, table in enumerate(tables):
        own = heads[place]
        if place in parts:
            part = place
            between = [table.before, *_above(table, parts[part])] if lines else []
            rows = table.rows[parts[part].last + 1 :]
            repeated = table.rows[parts[part].first : parts[part].last + 1] if lines else ()
        elif follows and last == place - 1 and part >= 0 and _goes_on(table, own, parts[part]):
            between, rows, repeated = [table.before], table.rows, ()
        else:
            left.append(table)
            continue
        lines += [Line(Kind.BETWEEN, table.name, text) for text in between if text]
        lines += [Line(Kind.HEAD, row.place) for row in repeated]
        head = tables[part].rows[parts[part].first : parts[part].last + 1]
        for line in _lines(rows, head, parts[part]):
            lines.append(line._replace(annex=numbers[part]) if several else line)
        last = place
    return lines, left


def _goes_on(table: Table, own: Heads | None, before: Heads) -> bool:
    """Whether a table goes on with the one before it: as wide, and without heads of its own."""
    return (own is None or before.sure > own.sure) and len(table.rows[0].cells) == len(before.names)


def _lines(rows: Sequence[Row], head: Sequence[Row], heads: Heads) -> Iterator[Line]:
    """Yield what each row is."""
    again = [list(map(fold, row.texts)) for row in head]
    at_head = True
    for place, row in enumerate(rows):
        said = _said(row)
        own = [cell for cell in row.cells if cell.text and not cell.above]
        if not own and not any(cell.formula for cell in row.cells):
            yield Line(Kind.BLANK, row.place)
        elif list(map(fold, row.texts)) in again or (at_head and _are_numbers(said)):
            yield Line(Kind.HEAD, row.place)
            continue
        else:
            yield _line(row, heads, _numbers_below(rows[place + 1 :], heads))
        at_head = False


def _line(row: Row, heads: Heads, below: str) -> Line:
    """Return what a row is that says anything; `below` is the number of the next row."""
    cells = {field: row.cells[column] for column, field in heads.fields.items()}
    others = {
        heads.names[column]: cell.text
        for column, cell in enumerate(row.cells)
        if cell.text and not cell.left and column not in heads.fields
    }
    line = Line(Kind.TASK, row.place, " | ".join(_said(row)), cells, others)
    said = [field for field, cell in cells.items() if cell.text and not cell.left]
    text, number = cells["text"].text, cells["number"].text if "number" in cells else ""
    if len(_said(row)) == 1 and not _is_number(number):
        group = _GROUP.match(line.words) or (line.words.isupper() and len(line.words) > 2) or _is_wide(row)  # no number
        line = line._replace(words=" ".join(_said(row)))
        return line._replace(kind=Kind.GROUP if group and not _NO_GROUP.match(fold(line.words)) else Kind.UNCLEAR)
    if not text or cells["text"].left or _NO_GROUP.match(fold(number)):
        return line._replace(kind=Kind.UNCLEAR)
    if others or set(said) - {"number", "text"}:
        return line
    is_group = (
        _GROUP_NUMBER.fullmatch(number) or text.isupper() or (number and below.startswith(f"{number.rstrip('.')}."))
    )
    return line._replace(kind=Kind.GROUP, words=" ".join(_said(row))) if is_group else line


def _said(row: Row) -> list[str]:
    """Return what a row says, each joined cell once."""
    return [cell.text for cell in row.cells if cell.text and not cell.left]


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.)/-]+", text))


def _is_wide(row: Row) -> bool:
    """Whether what a row says reaches over most of its columns."""
    return sum(1 for cell in row.cells if cell.left) * 2 >= len(row.cells)


def _are_numbers(said: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: (1), (2), (3)."""
    bare = [re.sub(r"[^0-9a-z]", "", fold(one)) for one in said]
    figures = [int(one) for one in bare if one.isdecimal()]
    return (
        len(said) > 2  # a task says more than two
        and all(map(_COLUMN_NUMBER.fullmatch, said))
        and len(figures) > 1
        and figures == list(range(figures[0], figures[0] + len(figures)))
    )


def _numbers_below(rows: Sequence[Row], heads: Heads) -> str:
    """Return the number of the next row that has one."""
    column = next((column for column, field in heads.fields.items() if field == "number"), None)
    if column is None:
        return ""
    return next((row.cells[column].text for row in rows[:3] if row.cells[column].text), "")
