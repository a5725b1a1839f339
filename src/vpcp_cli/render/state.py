"""How a task stands, for a glance: a symbol, a word and a colour that never stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from vpcp_cli.dataclass import dataclass
from vpcp_cli.deadline import Deadline
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.render.console import Screen, Style
from vpcp_cli.render.door import one_line
from vpcp_cli.standing import Standing
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import Nature, Status, Timeliness


@dataclass(frozen=True, slots=True)
class Look:
    """A symbol of one cell, its form in ASCII, and a style."""

    symbol: str
    ascii: str
    style: Style = Style.PLAIN

    def sign(self, screen: Screen) -> str:
        """Return the symbol that the screen can show."""
        return self.symbol if screen.symbols else self.ascii


OVERDUE: Final = Look("▲", "!!", Style.BOLD_RED)
DUE_SOON: Final = Look("△", "! ", Style.BOLD_MAGENTA)
DONE: Final = Look("✓", "ok", Style.GREEN)
_DONE_LATE: Final = Look("✓", "ok", Style.MAGENTA)
_UNCOUNTED: Final = Look("–", "- ", Style.DIM)
STATUS_LOOKS: Final = {
    Status.NOT_REPORTED: Look("·", ". ", Style.DIM),
    Status.NOT_STARTED: Look("○", "o "),
    Status.IN_PROGRESS: Look("●", "* "),
    Status.SUBMITTED: Look("◆", "> "),
    Status.PARTLY_DONE: Look("◐", "% "),
    Status.DONE: DONE,
    Status.DEFERRED: Look("‖", "= ", Style.DIM),
    Status.RETURNED: Look("←", "< ", Style.DIM),
    Status.WITHDRAWN: _UNCOUNTED,
    Status.CARRIED_OVER: Look("→", "->", Style.DIM),
    Status.NOT_DONE: Look("✗", "x ", Style.RED),
    Status.VOID: Look("×", "x ", Style.DIM),
}


class Stands(NamedTuple):
    """The facts of a task from which its state follows."""

    open: bool
    timeliness: Timeliness
    status: Status | None
    days: int | None
    nature: Nature
    awaited: date | None = None
    replaced_by: tuple[str, ...] = ()


STATE_FACTS: Final = Stands._fields[:-1]
"""What every list knows of its tasks; what stands in the place of one is asked of those alone that are void."""


def look(standing: Standing | Stands) -> Look:
    """Return the symbol and the colour of a task: its timeliness where that calls for attention, else its status."""
    if standing.open and standing.timeliness in _URGENT:
        return _URGENT[standing.timeliness]
    if standing.timeliness is Timeliness.DONE_LATE:
        return _DONE_LATE
    return STATUS_LOOKS[standing.status] if standing.status else _UNCOUNTED


_URGENT: Final = {Timeliness.OVERDUE: OVERDUE, Timeliness.DUE_SOON: DUE_SOON}


def state_parts(standing: Standing | Stands) -> tuple[str, ...]:
    """Say how a task stands, and then what its days say of it: late by so many days, or not due to begin yet."""
    if standing.awaited is None or not standing.open:
        return _parts(standing)
    day = format_date(standing.awaited, current())
    return (*_parts(standing), _("not due to begin until {day}").format(day=day))


def _parts(standing: Standing | Stands) -> tuple[str, ...]:
    if standing.status is Status.VOID and standing.replaced_by:
        return (replaced_words(standing.replaced_by),)
    days = standing.days or 0
    if standing.status and standing.open and standing.timeliness is Timeliness.OVERDUE:
        late = ngettext("{n} day overdue", "{n} days overdue", days).format(n=days)
        return standing.status.label, late
    if standing.status and standing.timeliness is Timeliness.DUE_SOON:
        left = ngettext("{n} day left", "{n} days left", -days).format(n=-days) if days else _("due today")
        return standing.status.label, left
    if standing.timeliness is Timeliness.DONE_LATE:
        return (ngettext("Done {n} day late", "Done {n} days late", days).format(n=days),)
    if standing.timeliness is Timeliness.DONE_ON_TIME:
        return (standing.timeliness.label,)
    if standing.status:
        return (standing.status.label,)
    return (standing.nature.label.split(",")[0],)


def reached_words(standing: Standing) -> str:
    """Say which figure has been reached, of which target; empty where none was reported."""
    from vpcp_cli.figure import figure_words

    target, values = standing.task.target, standing.values
    if not values:
        return ""
    reached = figure_words(values[-1][1], target.unit if target else None)
    return f"{reached} / {target.words()}" if target else reached


def replaced_words(ids: Sequence[str]) -> str:
    """Say which tasks stand in the place of one."""
    return _("Replaced by {ids}").format(ids=", ".join(ids))


def state_words(standing: Standing | Stands) -> str:
    """Say on one line how a task stands: «In progress · 151 days overdue»."""
    return " · ".join(state_parts(standing))


def state(standing: Standing | Stands, screen: Screen) -> str:
    """Return the symbol and the words."""
    return f"{look(standing).sign(screen)} {state_words(standing)}"


def deadline_words(standing: Standing, lang: str) -> str:
    """Name the deadline in force, with the document's words for it, or «—»."""
    return due_words(standing.deadline, standing.deadline_words, lang) or "—"


def due_words(deadline: Deadline | None, words: str | None, lang: str) -> str:
    """Name a deadline, with the document's words for it; nothing where there is neither."""
    due, words = deadline.words(lang) if deadline else "", one_line(words or "")
    return f"{due} ({words})" if due and words else due or words
