"""The parts of an official paper, as Decree 30/2020/ND-CP lays them out: its head, its end, the head of an annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vpcp_cli.language import _, current
from vpcp_cli.sharing.office import Office
from vpcp_cli.sharing.paper import CENTRED, DOWN, Element, Look, frame, length_of, paragraph, rule, space

_HEAD: Final = (65, 100)
"""Millimetres: in 100 the name of the nation stands in one line of 12 points."""
_END: Final = (82, 83)
_MOTTO: Final = 58.8
"""Millimetres of «Độc lập - Tự do - Hạnh phúc», bold, of 13 points."""
_SHORT: Final = 0.4
"""How long a line is under a name, of the name's length: between a third and a half."""
HEADING: Final = Look(bold=True, before=6, outline=0, kept=True)


def head(office: Office, number: str, subject: str = "") -> Iterator[Element]:
    """Yield who writes, the nation, the number with a letter's subject, and where and when."""
    name = CENTRED._replace(size=13, bold=True)
    left = [
        paragraph(office.above.upper(), CENTRED._replace(size=13)),
        paragraph(office.body.upper(), name),
        rule(min(length_of(office.body, 13), _HEAD[0]) * _SHORT, _HEAD[0], after=4),
        paragraph(number, CENTRED._replace(size=13)),
    ]
    if subject:
        left.append(paragraph(subject, CENTRED._replace(size=12)))
    right = [paragraph(office.place_and_day, CENTRED._replace(size=13, italic=True))]
    if current() == "vi":
        right = [
            paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", CENTRED._replace(size=12, bold=True)),
            paragraph("Độc lập - Tự do - Hạnh phúc", name),
            rule(_MOTTO, _HEAD[1], after=4),
            *right,
        ]
    yield frame(_HEAD, (left, right))


def title(name: str, subject: str) -> Iterator[Element]:
    """Yield what a paper is and what it is about, with a line under it."""
    bold = CENTRED._replace(bold=True)
    yield paragraph(name.upper(), bold._replace(before=18))
    yield paragraph(subject, bold)
    yield rule(min(length_of(subject, 14) * 0.75, DOWN) * _SHORT, DOWN, after=12)


def addressed(name: str) -> Element:
    """Return to whom a letter goes."""
    return paragraph(_("To: {name}.").format(name=name), CENTRED._replace(before=18, after=12))


def end(office: Office, *first: str) -> Iterator[Element]:
    """Yield who gets the paper, those named `first` before those that are settled, and room for who signs it."""
    small = Look(size=11, align="left", first=0, after=0)
    left = [paragraph(_("Recipients:"), small._replace(size=12, bold=True, italic=True))]
    left += [paragraph(line, small) for line in office.receivers(*first)]
    bold = CENTRED._replace(bold=True)
    right = [paragraph(line, bold) for line in office.signers]
    right.append(paragraph(office.signer_name, bold._replace(before=72)))
    yield space(8)
    yield frame(_END, (left, right))


def annex_head(name: str, of: str, number: str = "") -> Iterator[Element]:
    """Yield the head of an annex: that it is one, which one of several, its name, and to which paper it belongs."""
    yield paragraph(f"{_('Annex')} {number}".rstrip(), CENTRED._replace(bold=True, outline=0))
    yield paragraph(name.upper(), CENTRED._replace(bold=True))
    yield paragraph(of, CENTRED._replace(size=13, italic=True, after=6))


def closed(texts: Sequence[str]) -> Iterator[str]:
    """Yield paragraphs; the last one ends as the text of a paper does."""
    yield from texts[:-1]
    yield texts[-1].rstrip(".;, ") + "./."
