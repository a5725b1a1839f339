"""Plain data and the lists in it: what an addition makes of it, and what taking it back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Way: TypeAlias = tuple[str | int, ...]
"""Keys and indices from the root of a file's data to something in it."""


def ways(data: object) -> Iterator[tuple[str, Way]]:
    """The ids of a programme's directives and tasks, or a register's codes, each with the way to it; "" is the file."""
    yield "", ()
    for place, unit in _mappings(data, "units"):
        yield str(unit.get("code")), ("units", place)
    for place, directive in _mappings(data, "directives"):
        yield str(directive.get("id")), ("directives", place)
        for number, task in _mappings(directive, "tasks"):
            yield str(task.get("id")), ("directives", place, "tasks", number)


def _mappings(holder: object, key: str) -> Iterator[tuple[int, dict[str, object]]]:
    items = holder.get(key) if isinstance(holder, dict) else None
    for place, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield place, item


def at(data: Any, way: Way) -> Any:  # noqa: ANN401  the same
    """What stands at the end of a way."""
    for step in way:
        data = data[step]
    return data


def with_item(data: object, way: Way, key: str, item: object) -> object:
    """The same data with an item at the end of the list `key` of what a way leads to; what is off the way is shared."""
    return with_items(data, way, key, [item])


def with_items(data: Any, way: Way, key: str, items: Sequence[object]) -> Any:  # noqa: ANN401  the same
    """The same data with several."""
    holder = at(data, way)
    return put(data, way, {**holder, key: [*(holder.get(key) or []), *map(as_text, items)]})


def with_value(data: object, way: Way, key: str, value: object) -> Any:  # noqa: ANN401  the same
    """The same data with another value of a key, or none, in what a way leads to; what is off the way is shared."""
    holder = {name: each for name, each in at(data, way).items() if name != key}
    return put(data, way, holder if value is None else {**holder, key: as_text(value)})


def without_item(data: object, way: Way, key: str, item: object) -> list[Any] | None:
    """What the data may have been before `with_item`: an empty list may have been missing. None if it isn't there."""
    holder = at(data, way)
    items = list(holder.get(key) or [])
    if as_text(item) not in items:
        return None
    place = len(items) - 1 - items[::-1].index(as_text(item))
    del items[place]
    if items:
        return [put(data, way, {**holder, key: items})]
    missing = {name: value for name, value in holder.items() if name != key}
    return [put(data, way, before) for before in (missing, {**holder, key: []}, {**holder, key: None})]


def count_item(data: object, holder: str, key: str, item: object) -> int:
    """How often an item stands in the list `key` of what has an id."""
    way = dict(ways(data)).get(holder)
    items = at(data, way).get(key) if way is not None and isinstance(data, dict) else None
    return items.count(as_text(item)) if isinstance(items, list) else 0


def value_in(data: object, holder: str, key: str) -> object:
    """The value of a key of what has an id; None where there is none."""
    way = dict(ways(data)).get(holder)
    return at(data, way).get(key) if way is not None and isinstance(data, dict) else None


def as_text(value: object) -> object:
    """Data as it is read again: every scalar is a text."""
    if isinstance(value, Mapping):
        return {key: as_text(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [as_text(each) for each in value]
    return str(value).lower() if isinstance(value, int | float) else value


def put(data: Any, way: Way, end: Any) -> Any:  # noqa: ANN401  the same
    """The same data with something else at the end of a way."""
    if not way:
        return end
    inner = put(data[way[0]], way[1:], end)
    if isinstance(data, list):
        return [inner if place == way[0] else each for place, each in enumerate(data)]
    return {**data, way[0]: inner}
