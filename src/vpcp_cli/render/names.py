"""Units and documents by the names that readers know them by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from vpcp_cli.language import _, current
from vpcp_cli.vietnamese import format_date

if TYPE_CHECKING:
    from vpcp_cli.library import Units
    from vpcp_cli.programme import Document


def short_names(register: Units) -> Mapping[str, str]:
    """Return for each code the unit's short name, or its name, in the reader's language; «—» for none."""
    lang = current()
    return {"": "—", **{unit.code: (unit.short or unit.name).in_(lang) for unit in register.units}}


def full_names(register: Units) -> Mapping[str, str]:
    """Return for each code the unit's name, for papers; «—» for none."""
    lang = current()
    return {"": "—", **{unit.code: unit.name.in_(lang) for unit in register.units}}


def document_words(document: Document) -> str:
    """Name a document by its number, else by its title."""
    return document.number or (document.title.in_(current()) if document.title else "")


def cited_words(document: Document) -> str:
    """Name a document, and say of which day it is."""
    words = document_words(document)
    if document.date:
        return _("{document} of {day}").format(document=words, day=format_date(document.date, current()))
    return words
