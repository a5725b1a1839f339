"""What may have been meant where a selection finds nothing, or words are searched for that name something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from vpcp_cli.language import _, ngettext
from vpcp_cli.render.door import say
from vpcp_cli.vocabulary import Role

if TYPE_CHECKING:
    from pathlib import Path

    from vpcp_cli.commands.session import Session
    from vpcp_cli.query import Query

_ID: Final = r"(?i:(\d{4}-)?([A-Z0-9]+-)?[A-Z]{2}\d{2,4}(\.\d+)?)"


def advise(lines: Iterable[str]) -> None:
    """Say on standard error what may have been meant."""
    for line in lines:
        say(_("hint: {hint}").format(hint=line))


def on_words(session: Session, words: Iterable[str]) -> Iterator[str]:
    """Yield what to type instead of words that are searched for in texts, but look like a year, an id or a unit."""
    years = {str(programme.year) for programme in session.workspace.programmes}
    codes = {unit.code for unit in session.library.units if "_" in unit.code}
    for word in words:
        if word in years and word not in map(str, session.years):
            yield _("«{word}» is searched for in the texts; --year {word} selects the year.").format(word=word)
        elif re.fullmatch(_ID, word):
            yield _("Ids are not searched: `vpcp show {word}`, or --id or --directive.").format(word=word)
        elif word in codes:
            yield _("«{word}» is searched for in the texts; --unit {word} selects the unit.").format(word=word)


def on_nothing(session: Session, query: Query) -> Iterator[str]:
    """Yield what would have found something where nothing was found."""
    if query.units and query.role is Role.LEAD:
        number = len(replace(query, role=Role.SUPPORT).select(session.tasks()))
        if number:
            said = ngettext(
                "{n} task is to be done with its support: --role support shows it.",
                "{n} tasks are to be done with its support: --role support shows them.",
                number,
            )
            yield said.format(n=number)
    holders = _holders(session, query.issuers) if query.issuers else []
    if holders:
        said = _("--issuer takes names; such a position was held by {names}.")
        yield said.format(names=", ".join(holders))


def _holders(session: Session, positions: Iterable[str]) -> list[str]:
    """Return the names of those whose position holds one of some folded texts."""
    from vpcp_cli.vietnamese import fold

    wanted = tuple(positions)
    names: dict[str, None] = {}
    for programme in session.programmes():
        for directive in session.library.directives(programme.id):
            role = directive.issuer.role
            texts = [fold(text) for text in (role.vi, role.en) if text] if role else []
            if any(one in text for one in wanted for text in texts):
                names[directive.issuer.name] = None
    return list(names)


def tell_of_merging(folder: Path) -> None:
    """Say where a repository wants its programmes merged by vpcp, and this clone does not know how."""
    from vpcp_cli.storage.folder import wants_driver

    if not wants_driver(folder):
        return
    from vpcp_cli.storage.git.driver import missing

    if missing(folder):
        say(_("hint: here git does not yet merge the programmes by vpcp, as .gitattributes wants: `vpcp init --git`."))
