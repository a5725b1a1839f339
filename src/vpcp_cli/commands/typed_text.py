"""Texts as people type them on a command line, as they are to be written."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from vpcp_cli.errors import BadDocumentError, BadTextError
from vpcp_cli.language import N_
from vpcp_cli.vietnamese import tidy

if TYPE_CHECKING:
    from vpcp_cli.programme import Document

_BREAKS: Final = str.maketrans("\t\n\r", "   ")


def worded(text: str, argument: str, missing: str, command: str) -> str:
    """Return a text that stands behind ids; raise `TextMissingError` where it is an id itself, `BadTextError`."""
    from vpcp_cli.commands.refusals import TextMissingError
    from vpcp_cli.programme import DIRECTIVE_ID, TASK_ID

    typed = text.strip().upper()
    if any(
        re.fullmatch(f"{TASK_ID}|{DIRECTIVE_ID}", each) for each in (typed, f"2000-{typed}")
    ):  # with its year or without
        raise TextMissingError(text.strip(), missing, command)
    return text_typed(text, argument) or ""


def text_typed(text: str | None, option: str) -> str | None:
    """Return a text as it is to be written, composed and on one line; raise `BadTextError`."""
    from vpcp_cli.kinds import CONTROLS

    if text is None:
        return None
    found = re.search(f"[{CONTROLS}\ud800-\udfff]", text.translate(_BREAKS))
    tidied = tidy(text)
    if found or not tidied:
        raise BadTextError(text, option, found[0] if found else "")
    return tidied


def document_typed(typed: str, option: str, today: date) -> Document:
    """Return a document as people cite it, its number and day apart; what can't be told apart is asked for.

    Raise `BadTextError`, `BadDateError`, and where nobody is there to be asked `BadDocumentError`.
    """
    from vpcp_cli.entry_rules import check_past
    from vpcp_cli.typed import typed_document

    try:
        found = typed_document(text_typed(typed, option) or "", today)
    except BadDocumentError as error:
        from vpcp_cli.commands.prompts import at_terminal

        if not at_terminal():
            raise
        found = _document_asked(error, option, today)
    if found.date:
        check_past(found.date, today, option)
    return found


def _document_asked(error: BadDocumentError, option: str, today: date) -> Document:
    """Ask for the parts of a document one by one, with what may be meant."""
    from vpcp_cli.commands.prompts import Wanted, asked
    from vpcp_cli.commands.refusals import NotToldError
    from vpcp_cli.programme import Document, Text
    from vpcp_cli.render.door import say
    from vpcp_cli.typed import typed_day

    def text(answer: str) -> str | None:
        return text_typed(answer, option)

    read_day = partial(typed_day, today=today)
    say(error.sentence())
    wanted = {
        "number": Wanted(option, N_("What is its number?"), [error.number] if error.number else [], read=text),
        "date": Wanted(option, N_("On which day was it signed?"), [error.day], needed=False, read=read_day),
        "title": Wanted(option, N_("What is it about?"), [error.rest] if error.rest else [], needed=False, read=text),
    }
    try:
        said = asked({}, wanted, option)
    except NotToldError:
        raise error from None
    title = text_typed(said["title"], option)
    return Document(
        text(said["number"]), read_day(said["date"]) if said["date"] else None, Text.plain(title) if title else None
    )


def number_typed(typed: str | None, option: str, today: date, note: str | None = None) -> tuple[str | None, str | None]:
    """Return the number of a document that was typed for an entry, which keeps no more of it, and the entry's note.

    Words that say more than the number, such as its day, stand in the note.
    """
    if typed is None:
        return None, note
    document, text = document_typed(typed, option, today), text_typed(typed, option)
    if document.number is None or document.brief:
        return document.number or text, note
    return document.number, with_words(note, text)


def with_words(note: str | None, words: str | None) -> str | None:
    """Return a note with the words of a document behind it."""
    return f"{note} ({words})" if note and words else words or note
