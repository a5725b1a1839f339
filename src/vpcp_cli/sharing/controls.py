"""An office's own document, of which the content controls are filled: its letterhead and its styles stay.

A control is known by its tag. One of text takes a text in the look that it has; one of paragraphs takes parts of a
paper, tables too, as wide as its page lets them be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from typing import Final, TypeAlias
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as Word
from docx.opc.exceptions import OpcError
from docx.oxml.ns import nsmap, qn

from vpcp_cli.errors import VpcpError
from vpcp_cli.language import _
from vpcp_cli.render.door import one_line
from vpcp_cli.sharing.paper import DOWN, Element, made, packed, space

Blocks: TypeAlias = Mapping[str, Callable[[float], Iterable[Element]]]
"""Parts of a paper by their names, for a width in millimetres."""
_BLOCKS: Final = frozenset({qn("w:p"), qn("w:tbl"), qn("w:sdt")})
_TWIPS: Final = 1440 / 25.4


class BadTemplateError(VpcpError):
    """A template that is no document of Word, or has nothing to be filled."""

    exit_code = 3

    def __init__(self, file: str, *, known: Iterable[str] = (), inline: str = "") -> None:
        """Keep the file, the names that could stand in it, or the control that is too narrow for its content."""
        super().__init__(file)
        self.file, self.known, self.inline = file, tuple(known), inline

    def sentence(self) -> str:
        """Say what is wrong with it."""
        if self.inline:
            words = _("In {file} the content control «{name}» stands within a line, and what it takes are paragraphs.")
            return words.format(file=self.file, name=self.inline)
        if self.known:
            return _("{file} has no content control that could be filled.").format(file=self.file)
        return _("{file} is not a document of Word (.docx).").format(file=self.file)

    def hint(self) -> str:
        """Say how it is mended."""
        if self.inline:
            return _("Put it on a line of its own, with all of the line in it.")
        if self.known:
            return _("Give one of these tags to a control: {names}.").format(names=", ".join(self.known))
        return _("Save it as .docx in the word processor.")


def filled(template: bytes, file: str, texts: Mapping[str, str], blocks: Blocks) -> bytes:
    """Return a template with what its controls are called for; raise `BadTemplateError`."""
    try:
        document = Document(BytesIO(template))
    except (OpcError, BadZipFile, KeyError, ValueError, SyntaxError):
        raise BadTemplateError(file) from None
    found = 0
    for control in list(_controls(document)):
        name = _tag(control)
        if name in texts:
            _write(control, texts[name])
        elif name in blocks:
            if not _holds_blocks(control):
                raise BadTemplateError(file, inline=name)
            _replace(control, blocks[name](_width(document, control)))
        found += name in texts or name in blocks
    if not found:
        raise BadTemplateError(file, known=[*texts, *blocks])
    return packed(document)


def _controls(document: Word) -> Iterator[Element]:
    parts = [document.element.body]
    for section in document.sections:
        edges = (section.header, section.first_page_header, section.footer, section.first_page_footer)
        parts += [edge._element for edge in edges if not edge.is_linked_to_previous]  # noqa: SLF001 - the element
    for part in parts:
        yield from part.iter(qn("w:sdt"))


def _tag(control: Element) -> str:
    tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return "" if tag is None else str(tag.get(qn("w:val")))


def _content(control: Element) -> Element:
    """Return what holds a control's content, with the look of a placeholder taken off."""
    about, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
    for old in about.findall(qn("w:showingPlcHdr")):
        about.remove(old)
    if content is None:
        content = made("sdtContent")
        control.append(content)
    return content


def _holds_blocks(control: Element) -> bool:
    return any(one.tag in _BLOCKS for one in _content(control))


def _write(control: Element, text: str) -> None:
    """Put a text in the place of the first run, in its look; the other ones go."""
    content = _content(control)
    runs = list(content.iter(qn("w:r")))
    first = runs[0] if runs else made("r")
    if not runs:
        inner = next(content.iter(qn("w:p")), content)
        inner.append(first)
    for run in runs[1:]:
        run.getparent().remove(run)
    for old in list(first):
        if old.tag != qn("w:rPr"):
            first.remove(old)
    for style in list(first.iter(qn("w:rStyle"))):  # the grey of a placeholder
        style.getparent().remove(style)
    words = made("t")
    words.text = one_line(text)
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    first.append(words)


def _replace(control: Element, parts: Iterable[Element]) -> None:
    content = _content(control)
    for old in list(content):
        content.remove(old)
    # before: LibreOffice takes the look of the first paragraph off; behind: a cell does not end with a table
    content.extend([space(1), *parts, space(1)])


def _width(document: Word, control: Element) -> float:
    """Return how wide the lines of the page are on which a control stands, in millimetres."""
    found = next(iter(control.xpath("./following::w:sectPr[1]", namespaces=nsmap)), document.sections[-1]._sectPr)  # noqa: SLF001
    page, margins = found.find(qn("w:pgSz")), found.find(qn("w:pgMar"))
    if page is None or margins is None:
        return DOWN
    wide = int(page.get(qn("w:w"))) - sum(int(margins.get(qn(f"w:{side}"))) for side in ("left", "right"))
    return wide / _TWIPS
