"""A log entry in words: what happened, in one line, or with its symbol, its note and who wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Final

from vpcp_cli.figure import figure_words
from vpcp_cli.kinds import AsWritten, keys_of, recorded, value_as_written, worded
from vpcp_cli.knowing import LoggedEntry, written_on
from vpcp_cli.language import LANGUAGES, N_, _, current, in_language, ngettext
from vpcp_cli.programme import Directive, LogEntry, Named, Programme, Task, Text
from vpcp_cli.render.console import Screen, Style
from vpcp_cli.render.door import one_line
from vpcp_cli.render.formats import Record
from vpcp_cli.render.names import cited_words
from vpcp_cli.render.records import entry_model
from vpcp_cli.render.state import DUE_SOON, STATUS_LOOKS, Look, replaced_words
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import Decision, Status

if TYPE_CHECKING:  # a write tells of an entry in a line
    from vpcp_cli.happening import Happening
    from vpcp_cli.render.table import Cell

GOES_ON: Final = N_("goes on as {ids}")
"""What a task that was split or moved says by itself, where nobody gave a remark."""
_MOST: Final = 5
"""So many days are named."""
_STRUCK: Final = Look("×", "x ", Style.STRUCK)
_REMARK: Final = Look("·", ". ")
_OBSTACLE: Final = Look("■", "# ", Style.MAGENTA)
_RESOLVED: Final = Look("□", "+ ", Style.GREEN)


def entry_words(entry: LogEntry, units: Mapping[str, str], measure: str | None = None) -> str:
    """Say what happened, with the documents and the remark; not when, nor who wrote it down.

    `measure` is the unit of the task's figures.
    """
    return one_line("; ".join(part for part in _parts(entry, units, measure) if part))


def _part(entry: LogEntry, units: Mapping[str, str]) -> str:
    from vpcp_cli.render.parts import part_words

    return part_words(entry.for_, units)


def _parts(entry: LogEntry, units: Mapping[str, str], measure: str | None = None) -> Iterator[str]:
    if entry.for_:
        yield _part(entry, units)
    yield action_words(entry, units, measure)
    if entry.corrects and not entry.void:
        yield _("in place of: {words}").format(words=_named(entry.corrects, units))
    yield ", ".join(map(cited_words, entry.evidence))
    yield entry.document or ""
    yield note_of(entry) or ""
    yield entry.reason or ""


def _named(named: Named | None, units: Mapping[str, str]) -> str:
    """Say which entry a correction names."""
    if named is None:
        return ""
    day = format_date(named.date, current()) if named.date else ""
    return " · ".join(part for part in (day, *_parts(named, units)) if part)


def note_of(entry: LogEntry | Named) -> str | None:
    """Return the remark, but for one that commands write by themselves and that says only what `replaced_by` does."""
    ids = ", ".join(entry.replaced_by)
    if ids and entry.note in {in_language(GOES_ON, language).format(ids=ids) for language in LANGUAGES}:
        return None
    return entry.note


def measure_of(task: Task) -> str | None:
    """Return the unit of a task's figures."""
    return task.target.unit if task.target else None


def action_words(entry: LogEntry, units: Mapping[str, str], measure: str | None = None) -> str:
    """Say what happened and nothing else; empty for a remark alone."""
    if entry.status:
        if entry.replaced_by:
            return replaced_words(entry.replaced_by)
        words = f"{entry.status.label} → {entry.to}" if entry.to else entry.status.label
        return ", ".join([words, *instead_words(entry)])
    if entry.deadline:
        return _deadline(entry)
    if entry.obstacle:
        return _told(entry, units)
    if entry.resolved:
        return _("Obstacle resolved: {text}").format(text=_text(entry.resolved))
    if entry.risk:
        return _("Risk: {level}").format(level=entry.risk.label.lower())
    if entry.reminder:
        return _("Reminder {number}").format(number=entry.reminder)
    if entry.void:
        return _("Struck out: {words}").format(words=_named(entry.corrects, units))
    if entry.set_:
        return _set(entry, units)
    return _now(entry, units, measure)


def _now(entry: LogEntry, units: Mapping[str, str], measure: str | None) -> str:
    """Say who leads or answers for the task from that day on, or which figure it has reached."""
    if entry.lead:
        return _("Now led by {unit}").format(unit=units.get(entry.lead, entry.lead))
    if entry.responsible:
        return _("Now answered for by {name}").format(name=entry.responsible)
    return "" if entry.value is None else _("Reached: {figure}").format(figure=figure_words(entry.value, measure))


def _set(entry: LogEntry, units: Mapping[str, str]) -> str:
    """Say which key of a task, directive or programme was put right, and what stood there."""
    name = entry.set_ or ""
    kinds = [kind for kind in (Task, Directive, Programme) if name in keys_of(kind)]
    label = _(keys_of(kinds[0])[name].key.label) if kinds else name
    was, now = (_value(kinds, name, value, units) if value else "—" for value in (entry.was, entry.is_))
    return _("Put right: {key}: {was} → {now}").format(key=label, was=was, now=now)


def _value(kinds: Sequence[type], name: str, value: AsWritten, units: Mapping[str, str]) -> str:
    """Say a value as the first of some records does whose key takes it."""
    for kind in kinds:
        with suppress(LookupError, ValueError, TypeError):
            known = value_as_written(kind, name, value)
            if keys_of(kind)[name].key.unit:
                return ", ".join(units.get(code, code) for code in (known if isinstance(known, tuple) else (known,)))
            return worded(known)
    return worded(value)


def instead_words(entry: LogEntry) -> Iterator[str]:
    """Say which tasks stay where one was entered by mistake."""
    if entry.duplicate_of:
        yield _("duplicate of {id}").format(id=entry.duplicate_of)
    if entry.replaced_by:
        yield _("replaced by {ids}").format(ids=", ".join(entry.replaced_by))


def _deadline(entry: LogEntry) -> str:
    deadline = entry.deadline.words(current()) if entry.deadline else ""
    sentence = {
        Decision.REQUESTED: _("Postponement to {deadline} requested"),
        Decision.APPROVED: _("Deadline {deadline} approved"),
        Decision.REJECTED: _("Deadline {deadline} rejected"),
    }[entry.decision or Decision.APPROVED]
    return sentence.format(deadline=deadline)


def _told(entry: LogEntry, units: Mapping[str, str]) -> str:
    words = _("Obstacle: {text}").format(text=_text(entry.obstacle))
    unit = entry.reported_to
    return f"{words} ({_('reported to {unit}').format(unit=units.get(unit, unit))})" if unit else words


def _text(text: Text | None) -> str:
    return text.in_(current()) if text else ""


def entry_look(entry: LogEntry) -> Look:
    """Return the symbol of what happened."""
    if entry.status:
        return STATUS_LOOKS[entry.status]
    if entry.obstacle:
        return _OBSTACLE
    if entry.resolved:
        return _RESOLVED
    return DUE_SOON if entry.reminder else _REMARK


def happened(entry: LogEntry, units: Mapping[str, str], measure: str | None = None) -> str:
    """Say what happened, with its evidence; a remark alone is what it says."""
    words = action_words(entry, units, measure) or note_of(entry) or ""
    if entry.for_:
        words = f"{_part(entry, units)}: {words}"
    evidence = "; ".join(map(cited_words, entry.evidence))
    return one_line(f"{words} ({evidence})" if evidence else words)


def told_words(told: LoggedEntry, units: Mapping[str, str], measure: str | None = None) -> str:
    """Say what happened, or that it never did or was put right."""
    words = happened(told.entry, units, measure)
    if told.struck_by is None:
        return words
    return void_words(words) if told.struck_by.entry.void else _("[struck out] {words}").format(words=words)


def void_words(words: str) -> str:
    """Mark what never was."""
    return _("[void] {words}").format(words=words)


def origin_words(entry: LogEntry, older: str) -> str:
    """Say at the new end what an entry of the older task says by which it was replaced."""
    sentence = _("Split off from {id}") if len(entry.replaced_by) > 1 else _("Moved from {id}")
    return sentence.format(id=older)


def entry_cell(
    told: LoggedEntry,
    units: Mapping[str, str],
    screen: Screen,
    elsewhere: str = "",
    *,
    void: bool = False,
    measure: str | None = None,
) -> Cell:
    """Return what happened, then its note, then who wrote it and on which document, and why it holds no more.

    `elsewhere` is the task in whose log it stands, where that is an older one; `void`: the task never was.
    """
    from vpcp_cli.render.table import Words

    entry = told.entry
    said = origin_words(entry, elsewhere) if elsewhere and entry.replaced_by else told_words(told, units, measure)
    look = _STRUCK if told.struck_by or void else entry_look(entry)
    rest = [one_line(note)] if (note := note_of(entry)) and action_words(entry, units) else []
    signed = " · ".join(one for one in (entry.by, entry.document, written_words(told)) if one)
    said = void_words(said) if void and not told.struck_by and entry.status is not Status.VOID else said
    words = Words(f"{look.sign(screen)} {said}", look.style)
    stands = _("in the log of {id}").format(id=elsewhere) if elsewhere else ""
    last = [one for one in (signed, struck_words(told), stands) if one]
    return (words, *(Words(one) for one in rest), *(Words(one, Style.DIM) for one in last))


def written_words(told: LoggedEntry) -> str:
    """Say in the place of which entry one stands, and when it was written down, where that was another day."""
    day = format_date(told.entry.recorded, current()) if told.entry.recorded else ""
    if told.corrects:
        written = format_date(written_on(told.entry), current())
        words = _("in place of entry {n}, written down on {day}").format(n=told.corrects, day=written)
        return one_line(" · ".join(one for one in (words, told.entry.reason) if one))
    return _("written down on {day}").format(day=day) if day else ""


def struck_words(told: LoggedEntry) -> str:
    """Say who struck an entry out, when and why."""
    if told.struck_by is None:
        return ""
    by = told.struck_by.entry
    sentence = _("void since {day} by entry {n}") if by.void else _("struck out on {day} by entry {n}")
    words = sentence.format(day=format_date(written_on(by), current()), n=told.struck_by.number)
    return one_line(" · ".join(one for one in (words, by.by, told.why) if one))


def _about(entry: LogEntry) -> date:
    """Return the day of which an entry speaks: that something never held is of the day of that."""
    return (entry.void and entry.corrects and entry.corrects.date) or entry.date


def reported_words(found: Sequence[Happening]) -> str:
    """Say how much was written down about earlier days, and about which."""
    days = sorted({_about(one.entry) for one in found if not one.entry.set_})
    shown = ", ".join(format_date(day, current()) for day in days[:_MOST])
    words = ngettext(
        "Reported in this period about earlier days, or put right: {n} entry",
        "Reported in this period about earlier days, or put right: {n} entries",
        len(found),
    ).format(n=len(found))
    return f"{words} ({shown}{' …' if len(days) > _MOST else ''})" if days else words


def told_record(told: LoggedEntry, at: str) -> Record:
    """Return an entry as programs get it: the task in whose log it stands, its number there, what corrects it."""
    struck: Record | None = None
    if by := told.struck_by:
        day = recorded(written_on(by.entry))
        struck = {"number": by.number, "recorded": day, "by": by.entry.by, "note": by.entry.note, "reason": told.why}
    return {
        "stands_at": at,
        "number": told.number,
        **recorded(told.entry),
        "corrects": told.corrects,
        "struck_by": struck,
    }


def told_model() -> Record:
    """Return such a record of which nothing is known."""
    struck: Record = dict.fromkeys(("number", "recorded", "by", "note", "reason"))
    return {"stands_at": None, "number": None, **entry_model(), "corrects": None, "struck_by": struck}
