"""The records of tasks as JSON, straight from the plain data of files: the texts that those of `records` would make.

Of twenty thousand tasks most values are missing, and most others are alike: what stands in their places is worded once.
How a value is worded follows from its kind, as its record does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any, Final, TypeAlias

from vpcp_cli.deadline import Deadline
from vpcp_cli.kinds import AsWritten, Takes, Text, Written, is_record, item_of, keys_of, kind_of, recorded, restored
from vpcp_cli.programme import Document, LogEntry, Task
from vpcp_cli.render.door import in_json
from vpcp_cli.render.formats import compact
from vpcp_cli.render.records import described, obstacle_value, risk_value, task_model, task_record
from vpcp_cli.standing import Forecast, Obstacle, Standing
from vpcp_cli.told import Told

Tell: TypeAlias = Callable[[Any], str]
"""What makes JSON of plain data."""
Form: TypeAlias = Sequence[str]
"""The pieces of JSON between which values stand."""
_MISSING: Final = "\0"
"""What stands in no JSON."""
_FROM_FILE: Final = ("id", "carried_from")
"""What a record has from the file besides what a task says of itself."""
_CHANGING: Final = ("support", "responsible")
"""What the day says, and of which the record tells nothing else."""
_WORDED: Final[Mapping[Takes, tuple[str, ...]]] = {Text: ("vi", "en"), Document: ("number",)}
"""The keys of a record that a single word stands for."""


def record_texts(tasks: Iterable[Told | Standing]) -> Iterator[str]:
    """Yield the records of tasks."""
    around, asked = "", None
    for one in tasks:
        if isinstance(one, Standing):
            yield compact(task_record(one))
        else:
            if one.directive is not asked:
                around, asked = compact(recorded(one.directive)), one.directive
            yield _told(one, around)


def _told(one: Told, directive: str) -> str:
    data, programme = one.data, one.programme
    form, values_of, tells = _form_of_task(tuple(data))
    values = {name: tell(data[name]) for name, tell in tells}
    values["first_lead"] = values.get("lead", "null")
    values |= {
        "programme": _value(programme.id),
        "year": str(programme.year),
        "directive": directive,
        "lead": _value(one.lead or None),
        "support": _value(one.support),
        "responsible": _value(one.responsible),
        "status": _value(one.status),
        "timeliness": _value(one.timeliness),
        "first_deadline": _deadline(one.first_deadline),
        "deadline": _deadline(one.deadline),
        "pending_deadline": _deadline(one.pending_deadline),
        "postponements": str(one.postponements),
        "value": _value(one.value),
        "done_on": _value(one.done_on),
        "days": "null" if one.days is None else str(one.days),
        "risk": _risk(one.risk),
        "open_obstacles": _obstacles([data["log"][place] for place in one.obstacles]) if one.obstacles else "[]",
        "last_entry": "null" if one.last is None else _teller(LogEntry)(data["log"][one.last]),
        "carried_to": _value(one.carried_to),
        "file": _value(programme.file),
        "line": str(one.line),
    }
    return _filled(form, values_of(values))


@cache
def _form_of_task(given: tuple[str, ...]) -> tuple[Form, Callable[[Any], Sequence[str]], Sequence[tuple[str, Tell]]]:
    """Return the form of the record of a task with some keys, what takes the values in their order, what words some."""
    keys = {name: one for name, one in keys_of(Task).items() if name in (*described(), *_FROM_FILE)}
    nothing = {**task_model(), **{name: recorded(one.default) for name, one in keys.items() if not one.required}}
    tells = [(name, _of_key(keys[name])) for name in given if name in keys and name not in _CHANGING]
    always = nothing.keys() - keys.keys() - {"parts"} | {"lead", *_CHANGING}
    names = [name for name in nothing if name in always or name in given]
    return _form(nothing, names), itemgetter(*names), tells


def _form(nothing: Mapping[str, Any], names: Collection[str]) -> Form:
    """Return JSON in which values are missing; the others are those of what is not known."""
    members = (f"{_value(name)}: {_MISSING if name in names else compact(nothing[name])}" for name in nothing)
    return f"{{{', '.join(members)}}}".split(_MISSING)


def _filled(form: Form, values: Sequence[str]) -> str:
    """Return a form with the values that are missing in it."""
    pieces = [""] * (len(form) + len(values))
    pieces[::2], pieces[1::2] = form, values
    return "".join(pieces)


@cache
def _teller(takes: Takes) -> Tell:
    """Return what words plain data of a type."""
    if is_record(takes):
        return _mapping(takes)
    kind = kind_of(takes)

    def tell(data: Any) -> str:  # noqa: ANN401 - plain data
        return compact(kind.record(kind.restore(data)))

    return _word if takes is str else tell if takes is AsWritten else lru_cache(4096)(tell)


def _word(text: str) -> str:
    worded = encode_basestring(text)
    return worded if worded.isprintable() and "#" not in worded else in_json(worded)


def _of_key(one: Written) -> Tell:
    if item := item_of(one.takes):
        tell, short = _teller(item), one.key.short
        return lambda data: f"[{', '.join(map(tell, [data] if short and isinstance(data, str) else data))}]"
    return _teller(one.takes)


def _mapping(takes: Takes) -> Tell:
    keys = {name: one for name, one in keys_of(takes).items() if one.key.inner}
    nothing = {name: None if one.required else recorded(one.default) for name, one in keys.items()}

    @cache
    def form_of(given: tuple[str, ...]) -> tuple[Form, Sequence[tuple[str, Tell]]]:
        tells = [(name, _of_key(keys[name])) for name in keys if name in given]
        return _form(nothing, given), tells

    worded = _form(nothing, _WORDED[takes]) if takes in _WORDED else None

    def tell(data: Any) -> str:  # noqa: ANN401 - plain data
        if isinstance(data, str):
            return _word(data).join(worded) if worded else compact(recorded(kind_of(takes).restore(data)))
        form, tells = form_of(tuple(data))
        return _filled(form, [tell(data[name]) for name, tell in tells])

    return tell


@lru_cache(4096)
def _value(value: str | float | date | tuple[str, ...] | None) -> str:
    return compact(recorded(value))


@lru_cache(4096)
def _deadline(text: str | None) -> str:
    return _teller(Deadline)(text) if text else "null"


@lru_cache(4096)
def _risk(risk: Forecast | None) -> str:
    return compact(risk_value(risk))


def _obstacles(log: Iterable[Mapping[str, Any]]) -> str:
    entries = (LogEntry(**restored(LogEntry, entry)) for entry in log)
    return compact([obstacle_value(Obstacle(entry=entry, since=entry.date)) for entry in entries])
