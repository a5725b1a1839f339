"""Tasks and what belongs to them as records: the contract `vpcp.list/1`, English keys and codes, ISO dates.

What is written follows from the definition of the format; how a task stands is added here. Every key of a model is in
every record of its kind; adding a key keeps the contract.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from vpcp_cli.kinds import keys_of, model_of, recorded
from vpcp_cli.programme import Directive, LogEntry, Task
from vpcp_cli.render.formats import Record, Value
from vpcp_cli.standing import Forecast, Obstacle, Standing

if TYPE_CHECKING:  # few tasks have parts
    from vpcp_cli.parts import Part

_LATER: Final = ("deadline", "carried_from")
"""Keys of a task that its record has further down, with how it stands."""


@cache
def entry_model() -> Record:
    """Return a log entry of which nothing is known."""
    return model_of(LogEntry)  # type: ignore[no-any-return]  # as JSON has it


@cache
def directive_model() -> Record:
    """Return a directive of which nothing is known, without its tasks."""
    return model_of(Directive)  # type: ignore[no-any-return]


@cache
def task_model() -> Record:
    """Return a task of which nothing is known."""
    written, deadline = model_of(Task), model_of(Task)["deadline"]
    return {
        "id": None,
        "programme": None,
        "year": None,
        "directive": directive_model(),
        **{name: written[name if name != "first_lead" else "lead"] for name in described()},
        "status": None,
        "timeliness": None,
        "first_deadline": deadline,
        "deadline": deadline,
        "pending_deadline": deadline,
        "postponements": None,
        "value": None,
        "done_on": None,
        "days": None,
        "risk": {"level": None, "proposed": None, "by": None},
        "open_obstacles": [],
        "parts": [],
        "last_entry": entry_model(),
        "carried_from": None,
        "carried_to": None,
        "file": None,
        "line": None,
    }


@cache
def described() -> tuple[str, ...]:
    """Return what a task says of itself, as far as a day does not change it, and the lead and support at first."""
    names = [name for name, one in keys_of(Task).items() if one.key.inner and name not in ("id", *_LATER)]
    place = names.index("lead") + 1
    return (*names[:place], "first_lead", *names[place:])


def task_record(standing: Standing) -> Record:
    """Return a task as it stands; `days` is the day that counts minus the deadline's last day."""
    task = standing.task
    written: Record = recorded(task)
    stands: Record = {
        "lead": standing.lead or None,
        "first_lead": task.first_lead or None,
        "support": list(standing.support),
        "responsible": standing.responsible,
    }
    return {
        "id": task.id,
        "programme": standing.programme.id,
        "year": standing.programme.year,
        "directive": recorded(standing.directive),
        **{name: stands[name] if name in stands else written[name] for name in described()},
        **_state_values(standing),
        "carried_from": task.carried_from,
        "carried_to": standing.carried_to,
        "file": standing.programme.file,
        "line": task.line,
    }


def _state_values(standing: Standing) -> Record:
    return {
        "status": recorded(standing.status),
        "timeliness": recorded(standing.timeliness),
        "first_deadline": recorded(standing.first_deadline),
        "deadline": recorded(standing.deadline),
        "pending_deadline": recorded(standing.pending_deadline),
        "postponements": standing.postponements,
        "value": recorded(standing.values[-1][1]) if standing.values else None,
        "done_on": recorded(standing.done_on),
        "days": standing.days,
        "risk": risk_value(standing.risk),
        "open_obstacles": [obstacle_value(one) for one in standing.obstacles],
        "parts": [_part_value(one) for one in standing.parts],
        "last_entry": recorded(standing.last_entry),
    }


def _part_value(part: Part) -> Value:
    """Return a part as it stands; `for` is what entries call it."""
    return {
        "for": list(part.name),
        "status": recorded(part.status),
        "timeliness": recorded(part.timeliness),
        "deadline": recorded(part.fate.found.deadline),
        "done_on": recorded(part.done_on),
        "days": part.days,
        "begun": part.begun,
    }


def risk_value(risk: Forecast | None) -> Value:
    """Return how likely an open task misses its deadline, and who says so."""
    return {"level": risk.level.value, "proposed": risk.proposed.value, "by": risk.by} if risk else None


def obstacle_value(obstacle: Obstacle) -> Value:
    """Return an open obstacle with what its entry says."""
    entry: Record = recorded(obstacle.entry)
    return {
        "since": recorded(obstacle.since),
        "text": entry["obstacle"],
        **{name: entry[name] for name in ("reported_to", "key", "by", "document", "note")},
    }
