"""What the tables of papers tell of a task, column by column: words alone, for there are no colours on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from vpcp_cli.errors import BadWordError
from vpcp_cli.language import N_, _, current, ngettext
from vpcp_cli.render.names import cited_words
from vpcp_cli.render.parts import asked_words, missing_words, moved_words
from vpcp_cli.render.state import due_words, reached_words, state_parts
from vpcp_cli.sharing.paper import Element, Head, grid
from vpcp_cli.standing import Standing, folded
from vpcp_cli.vietnamese import format_date, nearest

Names = Mapping[str, str]
"""Units by their full names."""


class Column(NamedTuple):
    """A column: its head, its share of the width, and what it says of a task; one that is `fixed` has millimetres."""

    head: str
    share: float
    says: Callable[[Standing, Names], str]
    align: str = "left"
    fixed: bool = False


NUMBER_WIDTH: Final = 14.0
"""Millimetres of the first column, which numbers the rows."""


def table(columns: Sequence[str], tasks: Iterable[Standing], names: Names, width: float) -> Element:
    """Return a table of tasks, so many millimetres wide."""
    chosen = [COLUMNS[name] for name in columns]
    left = width - NUMBER_WIDTH - sum(column.share for column in chosen if column.fixed)
    unit = max(left, 0) / (sum(column.share for column in chosen if not column.fixed) or 1)
    heads = [Head(_("Row"), NUMBER_WIDTH, "center")]
    heads += [Head(_(one.head), one.share if one.fixed else one.share * unit, one.align) for one in chosen]
    return grid(heads, _rows(chosen, tasks, names))


def _rows(columns: Sequence[Column], tasks: Iterable[Standing], names: Names) -> Iterator[Sequence[str]]:
    for number, one in enumerate(tasks, start=1):
        yield str(number), *(column.says(one, names) for column in columns)


def columns_named(typed: str | Sequence[str], option: str) -> tuple[str, ...]:
    """Return the columns of a set's name, or of names; raise `BadWordError`."""
    words = [one.strip() for one in (typed.split(",") if isinstance(typed, str) else typed)]
    if len(words) == 1 and words[0] in SETS:
        return SETS[words[0]]
    known = [*SETS, *COLUMNS]
    for word in words:
        if word not in COLUMNS:
            raise BadWordError(word, option, known, nearest(word, known))
    return tuple(words)


def _text(one: Standing, _names: Names) -> str:
    return one.task.text.in_(current())


def _document(one: Standing, _names: Names) -> str:
    document = one.task.document or one.directive.document
    if document:
        return cited_words(document)
    directive = one.directive
    words = f"{directive.title.in_(current())}, {directive.issuer.name}"
    return f"{words}, {format_date(directive.issued, current())}" if directive.issued else words


def _lead(one: Standing, names: Names) -> str:
    return names.get(one.lead, one.lead)


def _support(one: Standing, names: Names) -> str:
    return ", ".join(names.get(code, code) for code in one.support)


def _deadline(one: Standing, _names: Names) -> str:
    return due_words(one.deadline, one.deadline_words, current())


def _state(one: Standing, names: Names) -> str:
    """Return how it stands; of a task with parts also which ones are owed."""
    missing = missing_words(one, names) if one.parts else ""
    return "; ".join(filter(None, (", ".join(state_parts(one)), missing[:1].lower() + missing[1:])))


def _result(one: Standing, _names: Names) -> str:
    """Return the figure that has been reached, and the documents and the remark of the entry that gave the state.

    That of a correction without a reason of its own is about the log.
    """
    figures = [words] if (words := reached_words(one)) else []
    said = next((entry for entry in reversed(folded(one.task, one.day)) if entry.status), None)
    if said is None:
        return "; ".join(figures)
    about_log = said.corrects and not said.reason
    note = [said.note] if said.note and not about_log else []
    return "; ".join([*figures, *map(cited_words, said.evidence), *note])


def _remark(one: Standing, names: Names) -> str:
    """Return how often the deadline moved, and what stands in the way."""
    parts = [*moved_words(one, names), *asked_words(one, names)]
    if one.postponements and one.first_deadline and not one.parts:
        times = ngettext("postponed once", "postponed {n} times", one.postponements).format(n=one.postponements)
        first = one.first_deadline.words(current())
        parts.append(_("{times}, first deadline {deadline}").format(times=times, deadline=first))
    return "; ".join([*parts, *([obstacles(one, names)] if one.obstacles else [])])


def obstacles(one: Standing, names: Names) -> str:
    """Return what stands in the way of a task, since when, and to whom it was reported."""
    found = []
    for obstacle in one.obstacles:
        words = obstacle.entry.obstacle.in_(current()) if obstacle.entry.obstacle else ""
        since = _("since {day}").format(day=format_date(obstacle.since, current()))
        unit = obstacle.entry.reported_to
        told_to = f", {_('reported to {unit}').format(unit=names.get(unit, unit))}" if unit else ""
        found.append(f"{words} ({since}{told_to})")
    return "; ".join(found)


def _late(one: Standing, _names: Names) -> str:
    """Return how many days a task is overdue, or is left."""
    days = one.days or 0
    if days > 0:
        return ngettext("{n} day overdue", "{n} days overdue", days).format(n=days)
    return ngettext("{n} day left", "{n} days left", -days).format(n=-days) if days else _("due today")


def _reminders(one: Standing, _names: Names) -> str:
    """Return the letters that urged before."""
    return "; ".join(
        _("{document} of {day}").format(document=entry.reminder, day=format_date(entry.date, current()))
        for entry in folded(one.task, one.day)
        if entry.reminder
    )


def _leader(one: Standing, _names: Names) -> str:
    return one.task.leader.name if one.task.leader else ""


def _monitor(one: Standing, names: Names) -> str:
    return names.get(one.task.monitor, one.task.monitor) if one.task.monitor else ""


COLUMNS: Final[Mapping[str, Column]] = {
    "id": Column(N_("Id"), 27, lambda one, _names: one.task.id, fixed=True),
    "text": Column(N_("What is to be done"), 44, _text),
    "scheme": Column(N_("Scheme to be submitted"), 80, _text),
    "document": Column(N_("Document that gave it"), 27, _document),
    "lead": Column(N_("Unit in charge"), 27.5, _lead),
    "support": Column(N_("Supporting units"), 26.5, _support),
    "responsible": Column(N_("Responsible"), 23, lambda one, _names: one.responsible or ""),
    "deadline": Column(N_("Deadline"), 25, _deadline, "center", fixed=True),
    "submission": Column(N_("To be submitted by"), 25, _deadline, "center", fixed=True),
    "deliverable": Column(
        N_("Deliverable"), 23, lambda one, _names: one.task.deliverable.in_(current()) if one.task.deliverable else ""
    ),
    "status": Column(N_("How it stands"), 24, _state),
    "result": Column(N_("Result of the work"), 22, _result),
    "note": Column(N_("Remarks"), 19, _remark),
    "obstacle": Column(N_("Obstacle"), 50, obstacles),
    "late": Column(N_("Days overdue"), 22, _late),
    "reminders": Column(N_("Earlier reminders"), 30, _reminders),
    "submit_to": Column(
        N_("Submitted to"), 30, lambda one, _names: one.task.submit_to.label if one.task.submit_to else ""
    ),
    "leader": Column(N_("Leader in charge"), 32, _leader),
    "monitor": Column(N_("Monitored by"), 23, _monitor),
}
"""The columns by the names under which they are asked for."""
SETS: Final[Mapping[str, tuple[str, ...]]] = {
    "tasks": ("text", "document", "lead", "support", "deadline", "deliverable", "status", "result", "note"),
    "programme": ("scheme", "lead", "submit_to", "submission", "leader"),
}
"""Columns that belong together: of tasks that were given, and of a programme of schemes."""
