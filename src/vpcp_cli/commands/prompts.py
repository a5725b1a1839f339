"""Asking at a terminal for what a command was not told; elsewhere it is refused, and all that lacks is named."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from vpcp_cli.commands.refusals import NotToldError
from vpcp_cli.errors import VpcpError
from vpcp_cli.language import _
from vpcp_cli.render.door import literal, say

Offers: TypeAlias = Mapping[str, str]
"""What may be answered, with what a reader is told of it."""


class Wanted(NamedTuple):
    """Something to be told: its argument or option, the question, what is known and may be meant, how it is read.

    What may be meant can hang on what has been answered before.
    """

    option: str
    question: str
    offers: Sequence[str] | Offers | Callable[[Mapping[str, Any]], Sequence[str] | Offers] = ()
    needed: bool = True
    read: Callable[[str], object] = str


def told_or_asked(given: Mapping[str, Any], wanted: Mapping[str, Wanted], command: str) -> dict[str, Any]:
    """Return what was told, and where something needed lacks, what is answered; raise `NotToldError`.

    `wanted` goes by the names in `given`. Whoever is asked at all is asked for everything that was not told.
    """
    lacking = {name: one for name, one in wanted.items() if not given.get(name)}
    needed = [one.option for one in lacking.values() if one.needed]
    if not needed:
        return dict(given)
    if not at_terminal():
        raise NotToldError(needed, command)
    return asked(given, lacking, command)


def at_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def asked(given: Mapping[str, Any], wanted: Mapping[str, Wanted], command: str) -> dict[str, Any]:
    """Return what was told, and what is answered to one question after the other; raise `NotToldError`."""
    known = dict(given)
    for name, one in wanted.items():
        known[name] = _answer(one, one.offers(known) if callable(one.offers) else one.offers, command)
    return known


def _answer(wanted: Wanted, offered: Sequence[str] | Offers, command: str) -> str | None:
    """Ask until the answer can be used; a number takes what was offered under it, nothing leaves out what may lack."""
    offers = offered if isinstance(offered, Mapping) else dict.fromkeys(offered, "")
    for number, (offer, words) in enumerate(offers.items(), 1):
        say(f"{number}  {offer}  {words}".rstrip())
    while True:
        question = (
            _(wanted.question) if wanted.needed else _("{question} (Enter: none)").format(question=_(wanted.question))
        )
        print(literal(question), end=" ", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise NotToldError([wanted.option], command)
        typed = line.strip()
        if typed.isdecimal() and 0 < int(typed) <= len(offers):
            return list(offers)[int(typed) - 1]
        if not typed and not wanted.needed:
            return None
        if not typed:
            first = next(iter(offers), None)
            say(_("Type 1 for {offer}.").format(offer=first) if first else _("This has to be said; Ctrl+C ends."))
            continue
        try:
            wanted.read(typed)
        except VpcpError as error:
            say(" ".join(filter(None, (error.sentence(), error.hint()))))
        else:
            return typed
