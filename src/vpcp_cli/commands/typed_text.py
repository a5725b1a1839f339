"""Texts as people type them on a command line, as they are to be written."""

from __future__ import annotations

import re
from typing import Final

from vpcp_cli.errors import BadTextError
from vpcp_cli.vietnamese import tidy

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
