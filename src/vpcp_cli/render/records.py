"""Tasks and what belongs to them as records: the contract `vpcp.list/1`, English keys and codes, ISO dates.

Every key of a model is in every record of its kind; adding a key keeps the contract.
"""

from __future__ import annotations

from typing import Final

from vpcp_cli.deadline import Deadline
from vpcp_cli.programme import Directive, Document, LogEntry, Text
from vpcp_cli.render.formats import Record, Value
from vpcp_cli.standing import Forecast, Obstacle, Standing

_TEXT: Final[Record] = {"vi": None, "en": None}
_DEADLINE: Final[Record] = {"text": None, "first": None, "last": None}
ENTRY_MODEL: Final[Record] = {
    "date": None,
    "status": None,
    "evidence": [],
    "to": None,
    "deadline": _DEADLINE,
    "decision": None,
    "obstacle": _TEXT,
    "reported_to": None,
    "resolved": _TEXT,
    "key": None,
    "risk": None,
    "reminder": None,
    "lead": None,
    "by": None,
    "document": None,
    "note": None,
}
DIRECTIVE_MODEL: Final[Record] = {
    "id": None,
    "kind": None,
    "title": _TEXT,
    "issuer": {"name": None, "role": _TEXT},
    "issued": None,
}
TASK_MODEL: Final[Record] = {
    "id": None,
    "programme": None,
    "year": None,
    "directive": DIRECTIVE_MODEL,
    "text": _TEXT,
    "source": None,
    "category": None,
    "nature": None,
    "item": None,
    "lead": None,
    "first_lead": None,
    "support": [],
    "responsible": None,
    "deliverable": _TEXT,
    "measure": _TEXT,
    "urgency": None,
    "priority": None,
    "status": None,
    "timeliness": None,
    "first_deadline": _DEADLINE,
    "deadline": _DEADLINE,
    "pending_deadline": _DEADLINE,
    "postponements": None,
    "done_on": None,
    "days": None,
    "risk": {"level": None, "proposed": None, "by": None},
    "open_obstacles": [],
    "last_entry": ENTRY_MODEL,
    "carried_from": None,
    "carried_to": None,
    "file": None,
    "line": None,
}


def task_record(standing: Standing) -> Record:
    """Return a task as it stands; `days` is the day that counts minus the deadline's last day."""
    task = standing.task
    return {
        "id": task.id,
        "programme": standing.programme.id,
        "year": standing.programme.year,
        "directive": directive_record(standing.directive),
        "text": text_value(task.text),
        "source": task.source,
        "category": task.category.value if task.category else None,
        "nature": task.nature.value,
        "item": task.item.value,
        "lead": standing.lead,
        "first_lead": task.lead,
        "support": list(standing.support),
        "responsible": task.responsible,
        "deliverable": text_value(task.deliverable),
        "measure": text_value(task.measure),
        "urgency": task.urgency.value if task.urgency else None,
        "priority": task.priority,
        **_state_values(standing),
        "carried_from": task.carried_from,
        "carried_to": standing.carried_to,
        "file": standing.programme.file,
        "line": task.line,
    }


def directive_record(directive: Directive) -> Record:
    """Return a directive without its tasks."""
    return {
        "id": directive.id,
        "kind": directive.kind.value,
        "title": text_value(directive.title),
        "issuer": {"name": directive.issuer.name, "role": text_value(directive.issuer.role)},
        "issued": directive.issued.isoformat() if directive.issued else None,
    }


def _state_values(standing: Standing) -> Record:
    return {
        "status": standing.status.value if standing.status else None,
        "timeliness": standing.timeliness.value,
        "first_deadline": deadline_value(standing.first_deadline),
        "deadline": deadline_value(standing.deadline),
        "pending_deadline": deadline_value(standing.pending_deadline),
        "postponements": standing.postponements,
        "done_on": standing.done_on.isoformat() if standing.done_on else None,
        "days": standing.days,
        "risk": _risk_value(standing.risk),
        "open_obstacles": [_obstacle_value(one) for one in standing.obstacles],
        "last_entry": entry_record(standing.last_entry) if standing.last_entry else None,
    }


def entry_record(entry: LogEntry) -> Record:
    """Return a log entry; the action is told by the key that is not null."""
    return {
        "date": entry.date.isoformat(),
        "status": entry.status.value if entry.status else None,
        "evidence": [document_record(one) for one in entry.evidence],
        "to": entry.to,
        "deadline": deadline_value(entry.deadline),
        "decision": entry.decision.value if entry.decision else None,
        "obstacle": text_value(entry.obstacle),
        "reported_to": entry.reported_to,
        "resolved": text_value(entry.resolved),
        "key": entry.key,
        "risk": entry.risk.value if entry.risk else None,
        "reminder": entry.reminder,
        "lead": entry.lead,
        "by": entry.by,
        "document": entry.document,
        "note": entry.note,
    }


def document_record(document: Document) -> Record:
    """Return a document by its number."""
    return {
        "number": document.number,
        "date": document.date.isoformat() if document.date else None,
        "title": text_value(document.title),
        "issuer": text_value(document.issuer),
    }


def text_value(text: Text | None) -> Value:
    """Return a text in both languages."""
    return {"vi": text.vi, "en": text.en} if text else None


def deadline_value(deadline: Deadline | None) -> Value:
    """Return a deadline as it is written, with its first and last day."""
    if deadline is None:
        return None
    return {"text": deadline.text, "first": deadline.first.isoformat(), "last": deadline.last.isoformat()}


def _risk_value(risk: Forecast | None) -> Value:
    return {"level": risk.level.value, "proposed": risk.proposed.value, "by": risk.by} if risk else None


def _obstacle_value(obstacle: Obstacle) -> Value:
    entry = obstacle.entry
    return {
        "since": obstacle.since.isoformat(),
        "text": text_value(entry.obstacle),
        "reported_to": entry.reported_to,
        "key": entry.key,
        "by": entry.by,
        "document": entry.document,
        "note": entry.note,
    }
