"""A log entry in words: what happened, in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vpcp_cli.language import _, current
from vpcp_cli.programme import Document, LogEntry, Text
from vpcp_cli.render.cells import one_line
from vpcp_cli.vocabulary import Decision


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
