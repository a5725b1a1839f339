"""What a merge left to a person: which task it is about, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vpcp_cli.contradiction import Data
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.merging import Carried, Cause, Clash
from vpcp_cli.render.door import one_line

_MOST_NAMED: Final = 5


def clash_lines(clash: Clash) -> Iterator[str]:
    """Yield what can't stand together, and the way out."""
    where = one_line(f"{clash.id} {clash.name}".strip()) or _("the file")
    match clash.cause:
        case Cause.SAME_ID:
            words = _("{id} was given to two things: «{ours}» on our side, «{theirs}» on theirs.")
            yield words.format(id=one_line(clash.id), ours=_words(clash.data[0]), theirs=_words(clash.data[1]))
            yield _same_id_hint(clash)
        case Cause.CHANGED_TWICE:
            yield _("{where} was changed on both sides.").format(where=where)
            yield _("hint: keep one version, or write one that is true of both.")
        case Cause.REMOVED_AND_CHANGED:
            yield _("{where} was removed on one side and changed on the other.").format(where=where)
            yield _("hint: keep what is between the markers, or take it out.")
        case Cause.CONTRADICTION:
            yield _("{where}: the two sides tell what can't both be true.").format(where=where)
            yield _("hint: keep the entries that hold, in the order in which it happened.")
        case Cause.CARRIED_APART:
            yield _("{where}: both sides carried over the same tasks, under different numbers.").format(where=where)
            yield _("hint: keep what one side carried over, and here and in the old year's log entries the same side.")
        case Cause.LAYOUT:
            yield _("{where}: comments or layout differ; the facts are the same.").format(where=where)
            yield _("hint: keep either.")


def _same_id_hint(clash: Clash) -> str:
    if not clash.free:
        return _("hint: if both are one thing, keep one version; else give one of them an id of its own.")
    words = _("hint: `vpcp renumber {id}` keeps both: the later one gets the next free number, wherever it is named.")
    return words.format(id=one_line(clash.id))


def carried_line(carried: Sequence[Carried]) -> str:
    """Say what both sides had carried over, and which day holds."""
    ids = [one_line(one.id) for one in carried]
    named = ", ".join([*ids[:_MOST_NAMED], *(["…"] if len(ids) > _MOST_NAMED else [])])
    days = sorted({one_line(one.day) for one in carried})
    return ngettext(
        "both sides carried over {n} thing ({ids}); the earlier day holds: {days}.",
        "both sides carried over {n} things ({ids}); the earlier day holds: {days}.",
        len(ids),
    ).format(n=len(ids), ids=named, days=", ".join(days))


def _words(data: Data) -> str:
    """What a person knows a task, directive or unit by."""
    for key in ("text", "title", "name"):
        value = data.get(key) if isinstance(data, dict) else None
        if isinstance(value, dict):
            value = value.get(current()) or next(iter(value.values()), None)
        if isinstance(value, str):
            return one_line(value)
    return "…"
