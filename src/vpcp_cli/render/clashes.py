"""What a merge left to a person: which task it is about, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from vpcp_cli.language import _, current
from vpcp_cli.merging import Cause, Clash, Data
from vpcp_cli.render.cells import one_line


def clash_lines(clash: Clash) -> Iterator[str]:
    """Yield what can't stand together, and the way out."""
    where = one_line(f"{clash.id} {clash.name}".strip()) or _("the file")
    match clash.cause:
        case Cause.SAME_ID:
            words = _("{id} was given to two things: «{ours}» on our side, «{theirs}» on theirs.")
            yield words.format(id=one_line(clash.id), ours=_words(clash.data[0]), theirs=_words(clash.data[1]))
            if clash.free:
                yield _("hint: give one of them the number {id}, with all that names it.").format(
                    id=one_line(clash.free)
                )
        case Cause.CHANGED_TWICE:
            yield _("{where} was changed on both sides.").format(where=where)
            yield _("hint: keep one version, or write one that is true of both.")
        case Cause.REMOVED_AND_CHANGED:
            yield _("{where} was removed on one side and changed on the other.").format(where=where)
            yield _("hint: keep what is between the markers, or take it out.")
        case Cause.CONTRADICTION:
            yield _("{where}: the two sides tell what can't both be true.").format(where=where)
            yield _("hint: keep the entries that hold, in the order in which it happened.")
        case Cause.LAYOUT:
            yield _("{where}: comments or layout differ; the facts are the same.").format(where=where)
            yield _("hint: keep either.")


def _words(data: Data) -> str:
    """What a person knows a task, directive or unit by."""
    for key in ("text", "title", "name"):
        value = data.get(key) if isinstance(data, dict) else None
        if isinstance(value, dict):
            value = value.get(current()) or next(iter(value.values()), None)
        if isinstance(value, str):
            return one_line(value)
    return "…"
