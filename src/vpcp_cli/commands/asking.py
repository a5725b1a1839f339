"""Asking at a terminal for what a command was not told; elsewhere it is refused, and all that lacks is named."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from vpcp_cli.commands.refusals import NotToldError
from vpcp_cli.errors import VpcpError
from vpcp_cli.language import _
from vpcp_cli.render.door import literal, say


class Wanted(NamedTuple):
    """Something to be told: its argument or option, the question, what is known and may be meant, how it is read."""

    option: str
    question: str
    offers: Sequence[str] = ()
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
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise NotToldError(needed, command)
    return {**given, **{name: _answer(one, command) for name, one in lacking.items()}}


def _answer(wanted: Wanted, command: str) -> str | None:
    """Ask until the answer can be used; a number takes what was offered under it, nothing leaves out what may lack."""
    for number, offer in enumerate(wanted.offers, 1):
        say(f"{number}  {offer}")
    while True:
        question = (
            _(wanted.question) if wanted.needed else _("{question} (Enter: none)").format(question=_(wanted.question))
        )
        print(literal(question), end=" ", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise NotToldError([wanted.option], command)
        typed = line.strip()
        if typed.isdecimal() and 0 < int(typed) <= len(wanted.offers):
            return wanted.offers[int(typed) - 1]
        if not typed and not wanted.needed:
            return None
        try:
            wanted.read(typed)
        except VpcpError as error:
            say(" ".join(filter(None, (error.sentence(), error.hint()))))
        else:
            if typed:
                return typed
