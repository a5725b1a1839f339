"""A log entry in words: what happened, in one line, or with its symbol, its note and who wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from vpcp_cli.language import _, current
from vpcp_cli.programme import Document, LogEntry, Text
from vpcp_cli.render.console import Screen, Style
from vpcp_cli.render.door import one_line
from vpcp_cli.render.state import DUE_SOON, STATUS_LOOKS, Look
from vpcp_cli.render.table import Cell, Words
from vpcp_cli.vocabulary import Decision

_REMARK: Final = Look("·", ". ")
_OBSTACLE: Final = Look("■", "# ", Style.MAGENTA)
_RESOLVED: Final = Look("□", "+ ", Style.GREEN)


def entry_words(entry: LogEntry, units: Mapping[str, str]) -> str:
    """Say what happened, with the documents and the remark; not when, nor who wrote it down."""
    return one_line("; ".join(part for part in _parts(entry, units) if part))


def _parts(entry: LogEntry, units: Mapping[str, str]) -> Iterator[str]:
    yield action_words(entry, units)
    yield ", ".join(map(document_words, entry.evidence))
    yield entry.document or ""
    yield entry.note or ""


def action_words(entry: LogEntry, units: Mapping[str, str]) -> str:
    """Say what happened and nothing else; empty for a remark alone."""
    if entry.status:
        return f"{entry.status.label} → {entry.to}" if entry.to else entry.status.label
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
    if entry.lead:
        return _("Now led by {unit}").format(unit=units.get(entry.lead, entry.lead))
    return ""


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


def document_words(document: Document) -> str:
    """Name a document by its number, else by its title."""
    return document.number or _text(document.title)


def entry_look(entry: LogEntry) -> Look:
    """Return the symbol of what happened."""
    if entry.status:
        return STATUS_LOOKS[entry.status]
    if entry.obstacle:
        return _OBSTACLE
    if entry.resolved:
        return _RESOLVED
    return DUE_SOON if entry.reminder else _REMARK


def happened(entry: LogEntry, units: Mapping[str, str]) -> str:
    """Say what happened, with its evidence; a remark alone is what it says."""
    words = action_words(entry, units) or entry.note or ""
    evidence = "; ".join(map(document_words, entry.evidence))
    return one_line(f"{words} ({evidence})" if evidence else words)


def entry_cell(entry: LogEntry, units: Mapping[str, str], screen: Screen) -> Cell:
    """Return what happened, then its note, then who wrote it and on which document."""
    look = entry_look(entry)
    rest = [one_line(entry.note)] if entry.note and action_words(entry, units) else []
    signed = " · ".join(one for one in (entry.by, entry.document) if one)
    words = Words(f"{look.sign(screen)} {happened(entry, units)}", look.style)
    return (words, *(Words(one) for one in rest), *((Words(signed, Style.DIM),) if signed else ()))
