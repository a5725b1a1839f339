"""A Word document of paragraphs and tables, measured in millimetres and points: elements, and the bytes of the whole.

Elements are made as they stand in the file; rows of a table are copies of one row, since python-docx looks for each
cell among all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final, NamedTuple, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt

from vpcp_cli.language import current
from vpcp_cli.render.door import one_line
from vpcp_cli.sharing.archive import made_anywhere
from vpcp_cli.vietnamese import fold

Element: TypeAlias = Any
"""An element of a document's XML: the library that makes them has no types."""

FONT: Final = "Times New Roman"
TEXT: Final = 14
"""Points of the text; Decree 30/2020 has 13 to 14."""
_WIDTH: Final = 210
_LENGTH: Final = 297
_TOP: Final = 20
_BOTTOM: Final = 20
_LEFT: Final = 30
_RIGHT: Final = 15
"""Millimetres of an A4 page and its margins, within what the decree allows."""
ACROSS: Final = _LENGTH - _LEFT - _RIGHT
DOWN: Final = _WIDTH - _LEFT - _RIGHT
"""Millimetres of a line, on a page laid across and on one upright."""
INDENT: Final = 12.7
_MADE: Final = (1980, 1, 1, 0, 0, 0)
_BOLD_WIDTHS: Final = dict(
    zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ ", (
        722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722,
        1000, 722, 722, 667, 250,
    ), strict=True)
)  # fmt: skip
"""How wide bold capitals of Times are, in thousandths of its size."""


class Look(NamedTuple):
    """How a paragraph looks: points of its letters and of the space around it, millimetres of its first line."""

    size: float = TEXT
    bold: bool = False
    italic: bool = False
    align: str = "both"
    first: float = INDENT
    before: float = 0
    after: float = 6
    outline: int | None = None
    kept: bool = False
    """Whether it stays with the next one."""


CENTRED: Final = Look(align="center", first=0, after=0)


def made(tag: str, *inner: Element, **attributes: object) -> Element:
    """Return an element of a Word document."""
    one = OxmlElement(f"w:{tag}", {qn(f"w:{name}"): str(value) for name, value in attributes.items()})
    one.extend(inner)
    return one


def twips(millimetres: float) -> int:
    """Return a length as Word counts: a twentieth of a point."""
    return round(millimetres * 1440 / 25.4)


def paragraph(text: str, look: Look = Look()) -> Element:  # noqa: B008 - it can't be changed
    """Return a paragraph; whatever its text holds is text."""
    about = made("pPr")
    if look.kept:
        about.append(made("keepNext"))
    about.append(
        made("spacing", before=round(look.before * 20), after=round(look.after * 20), line=240, lineRule="auto")
    )
    if look.first:
        about.append(made("ind", firstLine=twips(look.first)))
    about.append(made("jc", val=look.align))
    if look.outline is not None:
        about.append(made("outlineLvl", val=look.outline))
    return made("p", about, run(text, look))


def run(text: str, look: Look) -> Element:
    """Return some text of one look."""
    about = made("rPr")
    if look.bold:
        about.append(made("b"))
    if look.italic:
        about.append(made("i"))
    about.append(made("sz", val=round(look.size * 2)))
    about.append(made("szCs", val=round(look.size * 2)))
    words = made("t")
    words.text = one_line(text)
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made("r", about, words)


def rule(length: float, room: float, after: float = 0) -> Element:
    """Return a line of some length in the middle of a room, both in millimetres."""
    side = twips(max(room - length, 0) / 2)
    return made(
        "p",
        made(
            "pPr",
            made("pBdr", made("top", val="single", sz=6, space=1, color="000000")),
            made("spacing", before=60, after=round(after * 20), line=40, lineRule="exact"),
            made("ind", left=side, right=side),
        ),
    )


def length_of(text: str, size: float) -> float:
    """Return about how many millimetres bold capitals take."""
    letters = fold(text).upper()
    return sum(_BOLD_WIDTHS.get(letter, 500) for letter in letters) / 1000 * size * 25.4 / 72


def frame(widths: Sequence[float], cells: Sequence[Iterable[Element]]) -> Element:
    """Return one row of cells without lines, each with paragraphs."""
    row = made("tr", made("trPr", made("cantSplit")))
    for width, paragraphs in zip(widths, cells, strict=True):
        row.append(made("tc", made("tcPr", made("tcW", w=twips(width), type="dxa")), *paragraphs))
    return _table(widths, [row], lines=False)


class Head(NamedTuple):
    """A column of a table: what it is called, how wide it is in millimetres, and how its cells are aligned."""

    name: str
    width: float
    align: str = "left"


def grid(heads: Sequence[Head], rows: Iterable[Sequence[str]], size: float = 12) -> Element:
    """Return a table with lines; its head stands on each page, and no row is split."""
    widths = [head.width for head in heads]
    bold = Look(size=size, bold=True, align="center", first=0, after=0)
    first = made("tr", made("trPr", made("cantSplit"), made("tblHeader")))
    like = made("tr", made("trPr", made("cantSplit")))
    for head in heads:
        first.append(_cell(head.width, paragraph(head.name, bold)))
        like.append(_cell(head.width, paragraph("", Look(size=size, align=head.align, first=0, after=0))))
    return _table(widths, [first, *_copies(like, rows)], lines=True)


def _copies(like: Element, rows: Iterable[Sequence[str]]) -> Iterator[Element]:
    words = qn("w:t")
    for texts in rows:
        row = deepcopy(like)
        for place, text in zip(row.iter(words), texts, strict=True):
            place.text = one_line(text)
        yield row


def _cell(width: float, inner: Element) -> Element:
    return made("tc", made("tcPr", made("tcW", w=twips(width), type="dxa")), inner)


def _table(widths: Sequence[float], rows: Iterable[Element], *, lines: bool) -> Element:
    about = made("tblPr", made("tblW", w=twips(sum(widths)), type="dxa"), made("jc", val="center"))
    if lines:
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        about.append(made("tblBorders", *(made(side, val="single", sz=4, space=0, color="000000") for side in sides)))
    about.append(made("tblLayout", type="fixed"))
    room = twips(1) if lines else 0
    edges = (made("left", w=room, type="dxa"), made("right", w=room, type="dxa"))
    about.append(made("tblCellMar", *edges))
    columns = made("tblGrid", *(made("gridCol", w=twips(width)) for width in widths))
    return made("tbl", about, columns, *rows)


def paper(title: str, day: date, parts: Iterable[Element], annexes: Iterable[Iterable[Element]] = ()) -> bytes:
    """Return a document of some parts, and annexes laid across, each with pages of its own.

    `day` is all that it knows of time.
    """
    document = Document()
    _settle(document, title, day)
    _upright(document.sections[0])
    body = document.element.body
    for part in parts:
        body.sectPr.addprevious(part)
    for annex in annexes:
        _lay_across(document.add_section(WD_SECTION.NEW_PAGE))
        end = body.findall(qn("w:p"))[-1]
        end.pPr.insert(0, _height(1))
        for part in annex:
            body.sectPr.addprevious(part)
    body.sectPr.addprevious(space(1))  # a document does not end with a table
    return packed(document)


def space(points: float) -> Element:
    """Return an empty paragraph of some height."""
    return made("p", made("pPr", _height(points)))


def _height(points: float) -> Element:
    return made("spacing", before=0, after=0, line=round(points * 20), lineRule="exact")


def _settle(document: Word, title: str, day: date) -> None:
    """Set the letters of all text, and say whose work it is: no program's and no clock's."""
    normal = document.styles["Normal"]
    about = normal.element.get_or_add_rPr()
    for old in list(about):
        about.remove(old)
    fonts = dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), FONT)
    about.append(made("rFonts", **fonts))
    about.extend((made("sz", val=TEXT * 2), made("szCs", val=TEXT * 2)))
    about.append(made("lang", val="vi-VN" if current() == "vi" else "en-GB", eastAsia="vi-VN"))
    known = document.core_properties
    known.title, known.author, known.comments, known.keywords = one_line(title)[:255], "", "", ""
    known.created = known.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day, no moment
    known.language = current()


def _upright(section: Section) -> None:
    section.page_width, section.page_height = Mm(_WIDTH), Mm(_LENGTH)
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number.paragraph_format.space_after = Pt(0)
    look = Look(size=13)
    for kind, text in (("begin", None), (None, " PAGE "), ("separate", None), ("", "2"), ("end", None)):
        one = run(text or "", look)
        words = one.find(qn("w:t"))
        if kind is None:
            one.replace(words, made("instrText"))
            one[-1].text = text
        elif kind:
            one.replace(words, made("fldChar", fldCharType=kind))
        number._p.append(one)  # noqa: SLF001 - the element


def _lay_across(section: Section) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(_LENGTH), Mm(_WIDTH)
    own = section._sectPr  # noqa: SLF001 - the library knows no numbers of pages
    if own.find(qn("w:pgNumType")) is None:  # a further annex has those of the one before
        own.find(qn("w:pgMar")).addnext(made("pgNumType", start=1))


def packed(document: Word) -> bytes:
    """Return a document's bytes, the same ones whenever it is made."""
    content, made_once = BytesIO(), BytesIO()
    document.save(content)
    with ZipFile(content) as old, ZipFile(made_once, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = ZipInfo(name, _MADE)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, old.read(name))
    return made_anywhere(made_once.getvalue())
