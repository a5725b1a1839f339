"""Values of a programme as the plain data that files hold: the way back from what `schema` reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from typing import Any, Final

from vpcp_cli.deadline import Deadline
from vpcp_cli.programme import Directive, Document, LogEntry, Programme, Task, Text
from vpcp_cli.storage.emitter import Item, Value
from vpcp_cli.storage.shape import FORMAT

_ORDER: Final = {
    Task: (
        *("id", "text", "source", "category", "nature", "item", "lead", "support", "responsible", "deliverable"),
        *("measure", "deadline", "urgency", "priority", "basis", "admission", "added", "carried_from", "log"),
    ),
    Directive: ("id", "kind", "title", "issuer", "issued", "source", "tasks"),
    Programme: (
        *("year", "kind", "title", "owner", "parent", "event", "themes", "context", "previous_results", "people"),
        *("awards", "documents", "source", "directives"),
    ),
}
"""Keys in the order in which people write them, where it is not that of the fields."""


def plain(record: Programme | Directive | Task | LogEntry) -> Item:
    """Return a record as files hold it: only what is set, keys in their usual order."""
    pairs = dict(_pairs(record))
    return {"schema": FORMAT, **pairs} if isinstance(record, Programme) else pairs


def _pairs(record: Any) -> Iterator[tuple[str, Value]]:  # noqa: ANN401 - any dataclass of `programme`
    known = {field.name: field for field in fields(record)}
    for name in next((order for kind, order in _ORDER.items() if isinstance(record, kind)), tuple(known)):
        value = getattr(record, name)
        if name == "directives" or not (value is None or _is_default(known[name], value)):
            yield name.rstrip("_"), _evidence(value) if name == "evidence" else _plain(value)


def _is_default(field: Field[Any], value: object) -> bool:
    return field.default is not MISSING and value == field.default


def _plain(value: object) -> Value:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Deadline):
        return value.text
    if isinstance(value, Text) and value.vi == value.en:
        return value.vi or ""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return dict(_pairs(value))
    return value if isinstance(value, int) else str(value)


def _evidence(documents: tuple[Document, ...]) -> Value:
    """A number alone stands for itself."""
    numbers = [one.number if one.number and one == Document(one.number) else _plain(one) for one in documents]
    return numbers[0] if len(numbers) == 1 and isinstance(numbers[0], str) else numbers
