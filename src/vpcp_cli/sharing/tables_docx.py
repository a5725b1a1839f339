"""The tables of a document for Word, cell by cell, with what stands before each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import docx

from vpcp_cli.language import N_, _
from vpcp_cli.sharing.container import DOCUMENT, FileRefusedError
from vpcp_cli.sharing.tables import MOST_COLUMNS, Cell, Row, Table, checked, too_wide
from vpcp_cli.vietnamese import roman, tidy

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TRACKED: Final = tuple(_W + name for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"))
_WRAPS: Final = frozenset(_W + name for name in ("sdt", "sdtContent", "customXml"))
_SHOWN: Final = 120
"""Characters of a text box that are shown."""
_BREAKS: Final = {_W + name: " " for name in ("tab", "br", "cr")} | {_W + "noBreakHyphen": "-"}


def tables_of(content: bytes) -> Iterator[Table]:
    """Yield the tables of a document; raise `FileRefusedError` where changes are tracked in it."""
    checked(content, DOCUMENT)
    document = docx.Document(BytesIO(content))
    body = document.element.body
    if next(body.iter(*_TRACKED), None) is not None:
        raise FileRefusedError(
            N_("It holds tracked changes that nobody has accepted or rejected yet."),
            N_("Accept or reject them all in Word, and save it."),
        )
    numbers, before = _Numbers(document), ""
    tables, unread = 0, tuple(_boxes(body))
    for block in _blocks(body):
        if block.tag == _W + "p":
            before = tidy(f"{before} {_paragraph(block)}")
        else:
            tables += 1
            name, rows = _("table {n}").format(n=tables), tuple(_rows(block, tables, numbers))
            wide = any(len(row.cells) > MOST_COLUMNS for row in rows)
            rows = tuple(row._replace(cells=row.cells[:MOST_COLUMNS]) for row in rows)
            yield Table(name, rows, before, unread + (too_wide(name) if wide else ()))
            before, unread = "", ()


def _boxes(body: Any) -> Iterator[str]:
    """Take the text boxes out of a document, and yield a sentence for each that says anything."""
    boxes = list(body.iter(_W + "txbxContent"))
    said = dict.fromkeys(tidy(" ".join(map(_paragraph, box.iter(_W + "p")))) for box in boxes)
    for box in boxes:
        box.getparent().remove(box)
    for text in filter(None, said):  # Word writes each of them twice, for programs of two ages
        yield _("A text box is not read: «{text}»").format(text=text[:_SHOWN])


def _blocks(body: Any) -> Iterator[Any]:
    """Yield paragraphs and tables in their order, also those in fields to be filled in."""
    for block in body:
        if block.tag in {_W + "p", _W + "tbl"}:
            yield block
        elif block.tag in _WRAPS:
            yield from _blocks(block)


def _rows(table: object, number: int, numbers: _Numbers) -> Iterator[Row]:
    above: list[Cell] = []
    for place, row in enumerate(_within(table, "tr"), 1):
        cells = [Cell()] * min(_figure(row.find(f"{_W}trPr/{_W}gridBefore")), MOST_COLUMNS)
        for one in _within(row, "tc"):
            joined = one.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = joined is not None and joined.get(_W + "val", "continue") == "continue"
            if goes_on and len(cells) < len(above):
                cell = above[len(cells)]._replace(above=True, left=False)
            else:
                cell = Cell(tidy(" ".join(numbers.before(each) + _paragraph(each) for each in one.iter(_W + "p"))))
            span = min(_figure(one.find(f"{_W}tcPr/{_W}gridSpan"), 1), MOST_COLUMNS)
            cells += [cell, *[cell._replace(left=True)] * (span - 1)]
        above = cells[: MOST_COLUMNS + 1]
        yield Row(_("table {table}, row {n}").format(table=number, n=place), tuple(above))


def _within(element: Any, name: str) -> Iterator[Any]:
    for one in element:
        if one.tag == _W + name:
            yield one
        elif one.tag in _WRAPS:
            yield from _within(one, name)


def _figure(element: Any, otherwise: int = 0) -> int:
    return otherwise if element is None else int(element.get(_W + "val", otherwise))


def _paragraph(paragraph: Any) -> str:
    """Return the text of a paragraph."""
    parts = []
    for one in paragraph.iter():
        if one.tag == _W + "t":
            parts.append(one.text or "")
        elif one.tag in _BREAKS and one.getparent().tag == _W + "r":
            parts.append(_BREAKS[one.tag])
    return "".join(parts)


class _Numbers:
    """The numbers that a program gives to paragraphs by itself: 1, 2, 3 of each list."""

    def __init__(self, document: object) -> None:
        self._counts: Counter[str] = Counter()
        self._forms = dict(_forms(document))

    def before(self, paragraph: Any) -> str:
        """Return the number before a paragraph, which is counted on by that; "" where it has none, or a bullet."""
        numbered = paragraph.find(f"{_W}pPr/{_W}numPr")
        if numbered is None:
            return ""
        id_, level = (_figure(numbered.find(_W + name)) for name in ("numId", "ilvl"))
        form, start = self._forms.get((id_, level), ("", 1))
        self._counts[f"{id_}.{level}"] += 1
        count = self._counts[f"{id_}.{level}"] + start - 1
        return f"{_counted(count, form)} " if _counted(count, form) else ""


def _counted(count: int, form: str) -> str:
    if form == "decimal":
        return str(count)
    if form in {"upperLetter", "lowerLetter"} and count <= len("abcdefghijklmnopqrstuvwxyz"):
        return chr(ord("A" if form == "upperLetter" else "a") + count - 1)
    if form in {"upperRoman", "lowerRoman"}:
        return roman(count) if form == "upperRoman" else roman(count).lower()
    return ""


def _forms(document: Any) -> Iterator[tuple[tuple[int, int], tuple[str, int]]]:
    """Yield how each level of each list counts, and from where."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return
    kinds = {one.get(_W + "abstractNumId"): one for one in numbering.iter(_W + "abstractNum")}
    for one in numbering.iter(_W + "num"):
        kind = one.find(_W + "abstractNumId")
        levels = kinds.get(kind.get(_W + "val")) if kind is not None else None
        for level in () if levels is None else levels.iter(_W + "lvl"):
            form = level.find(_W + "numFmt")
            key = int(one.get(_W + "numId")), int(level.get(_W + "ilvl"))
            yield key, ("" if form is None else form.get(_W + "val"), _figure(level.find(_W + "start"), 1))
