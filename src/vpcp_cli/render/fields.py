"""The fields of records as a table shows them to people: their names and values in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final

from vpcp_cli.deadline import Deadline, iso_day
from vpcp_cli.errors import BadDateError
from vpcp_cli.kinds import Written, item_of, keys_of, restored, worded
from vpcp_cli.language import N_, _, current
from vpcp_cli.pattern import pattern
from vpcp_cli.programme import (
    Directive,
    Document,
    Due,
    Event,
    Issuer,
    LogEntry,
    Person,
    Programme,
    Recurs,
    Target,
    Task,
    Unit,
)
from vpcp_cli.render.formats import Flat
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import Risk, Status, Timeliness

_STANDS: Final = {
    "programme": N_("Programme"),
    "directive": N_("Directive"),
    "status": N_("State"),
    "timeliness": N_("Timeliness"),
    "first_lead": N_("First lead"),
    "first_deadline": N_("First deadline"),
    "pending_deadline": N_("Requested deadline"),
    "postponements": N_("Postponements"),
    "done_on": N_("Done on"),
    "days": N_("Days"),
    "risk": N_("Risk"),
    "open_obstacles": N_("Open obstacles"),
    "last_entry": N_("Last entry"),
    "carried_to": N_("Carried over as"),
    "file": N_("File"),
    "line": N_("Line"),
    "leads": N_("Leads"),
    "supports": N_("Supports"),
    "tasks": N_("Tasks"),
    "counted": N_("Counted"),
    "done": N_("Done"),
    "overdue": N_("Overdue"),
    "reasons": N_("Needs attention because"),
    "parts": N_("Parts"),
    "task": N_("Task"),
    "stands_at": N_("In the log of"),
    "struck_by": N_("Struck out by"),
    "uncounted": N_("Outside the count"),
    "own": N_("Of this workspace"),
}
"""What records say besides what files hold."""
_PARTS: Final = {
    "vi": N_("Vietnamese"),
    "en": N_("English"),
    "text": N_("as in files"),
    "first": N_("First day"),
    "last": N_("Last day"),
    "level": N_("level"),
    "proposed": N_("derived"),
}
"""Parts of values that no file holds so, or that belong to several keys."""
_CODES: Final[Mapping[str, type[StrEnum]]] = {
    "status": Status,
    "timeliness": Timeliness,
    "level": Risk,
    "proposed": Risk,
}
_WHOLE: Final = frozenset({"id", "code", "done_on", "first_deadline", "pending_deadline"})
"""Besides days and deadlines of files, what is never broken."""
_UNITS: Final = frozenset({"first_lead"})
_DAY: Final = pattern(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def heading(name: str) -> str:
    """Name a field, or what it is part of and the part: «Risk · level»."""
    if name in _STANDS:
        return _(_STANDS[name])
    if one := _written(name):
        return _(one.key.label)
    words = name.split("_")
    for at in range(1, len(words)):  # the longest part that has a name
        whole, part = "_".join(words[:at]), "_".join(words[at:])
        head, rest = heading(whole), _(_PARTS[part]) if part in _PARTS else heading(part)
        if head != whole and (rest != part or part in _PARTS):
            return f"{head} · {rest}"
    return name


def is_whole(name: str) -> bool:
    """Whether a field is never broken: ids and days."""
    one = _written(name)
    return name in _WHOLE or bool(one and one.takes in (Deadline, date))


def is_unit(name: str) -> bool:
    """Whether a field holds codes of units."""
    one = _written(name)
    return name in _UNITS or bool(one and one.key.unit)


def worded_field(name: str, value: Flat, units: Mapping[str, str]) -> str:
    """Say a value: codes by their labels, units by their names, days as readers write them."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if not isinstance(value, str):
        return str(value)
    return "; ".join(_one(name, part, units) for part in value.split("; "))


def record_words(name: str, value: object) -> str:
    """Say a mapping of which words are known: a leader, a target, a document; nothing for anything else."""
    one = _written(name)
    if not (one and isinstance(value, dict) and one.takes in (Target, Issuer, Document)):
        return ""
    return worded(one.takes(**restored(one.takes, {key: item for key, item in value.items() if item is not None})))


def _one(name: str, value: str, units: Mapping[str, str]) -> str:
    one = _written(name)
    for codes in _codes(name):
        if value in list(codes):
            return str(getattr(codes(value), "label", value))
    if is_unit(name):
        return units.get(value, value)
    if (one and one.takes is Deadline) or name.endswith("deadline"):
        return _deadline(value)
    return format_date(iso_day(value), current()) if _DAY.fullmatch(value) else value


def _deadline(value: str) -> str:
    try:
        return Deadline.parse(value).words(current())
    except BadDateError:
        return value


@cache
def _codes(name: str) -> tuple[type[StrEnum], ...]:
    """Return the codes that a field may hold."""
    last = name.rpartition("_")[2]
    takes = [_CODES.get(last), *(item_of(one.takes) or one.takes for one in _keys(name))]
    return tuple(one for one in takes if isinstance(one, type) and issubclass(one, StrEnum))


@cache
def _written(name: str) -> Written | None:
    """Return the key of files that a field is, of a task first."""
    return next(_keys(name), None)


def _keys(name: str) -> Iterator[Written]:
    records = (Task, Directive, Unit, Programme, LogEntry, Issuer, Document, Recurs, Due, Target, Event, Person)
    return (keys_of(record)[name] for record in records if name in keys_of(record))
