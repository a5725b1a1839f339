"""Plain data that have been found valid before → domain values, the same as `values` makes, without its engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, Final, TypeAlias

from vpcp_cli.deadline import Deadline
from vpcp_cli.programme import Document, Text
from vpcp_cli.storage.shape import Evidence, item_of, keys_of

Reader: TypeAlias = Callable[[Any], Any]


@cache
def reader(takes: Any) -> Reader:  # noqa: ANN401 - a type, of any kind
    """Return what reads plain data as a type that files hold."""
    if takes in _READERS:
        return _READERS[takes]
    if item := item_of(takes):
        read = reader(item)
        return lambda items: tuple(map(read, items))
    if issubclass(takes, StrEnum):
        return {one.value: one for one in takes}.__getitem__
    return lambda data: takes(**values(takes, data))


def values(cls: type, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a record by their names."""
    found = {}
    for name, plain in data.items():
        field, read = _read_into(cls, name)
        found[field] = read(plain)
    return found


@cache
def _read_into(cls: type, name: str) -> tuple[str, Reader]:
    """Return the field of a key and what reads it; keys that don't occur are never looked into."""
    key = keys_of(cls)[name]
    return key.field, reader(key.takes)


def _text(data: str | dict[str, str]) -> Text:
    return Text.plain(data) if isinstance(data, str) else Text(data.get("vi"), data.get("en"))


def _evidence(data: str | list[str | dict[str, Any]]) -> tuple[Document, ...]:
    items = [data] if isinstance(data, str) else data
    return tuple(Document(one) if isinstance(one, str) else Document(**values(Document, one)) for one in items)


def _same(text: str) -> str:
    return text


_READERS: Final[dict[Any, Reader]] = {
    str: _same,
    int: int,
    bool: "true".__eq__,
    date: lru_cache(4096)(date.fromisoformat),
    Deadline: lru_cache(4096)(Deadline.parse),
    Text: _text,
    Evidence: _evidence,
}
