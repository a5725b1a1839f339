"""Units whose codes were wrong: told from two states of the register, and read as if they had been right before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from vpcp_cli.kinds import AsWritten, Key, class_of, is_record, keys_of
from vpcp_cli.programme import Directive, LogEntry, Programme, Task, Unit, Workspace

_AMONG_OTHERS = frozenset({"for", "members", "reported_to"})


def speaks_of_unit(name: str, key: Key | None) -> bool:
    """Whether what stands at a key is a unit's code, or may be one among others."""
    return name in _AMONG_OTHERS or bool(key and key.unit)


def was_of_unit(name: object) -> bool:
    """Whether the key that an entry puts right has units' codes."""
    found = (keys_of(kind).get(str(name)) for kind in (Task, Directive, Programme))
    return any(one and one.key.unit for one in found)


def renamed(before: Iterable[Unit], now: Iterable[Unit]) -> dict[str, str]:
    """Return the codes that only a former register has, of units that the present one has under other codes."""
    old, new = ({one.code: one for one in units} for units in (before, now))
    come = [one for code, one in new.items() if code not in old]
    found = {}
    for code in old.keys() - new.keys():
        twins = [one.code for one in come if _called(one) == _called(old[code])]
        if len(twins) == 1:
            found[code] = twins[0]
    return found


def _called(unit: Unit) -> tuple[object, ...]:
    return unit.name, unit.short, unit.type, unit.valid_from, unit.valid_to


def recoded(workspace: Workspace, codes: Mapping[str, str]) -> Workspace:
    """Return a workspace in which units have other codes."""
    if not codes:
        return workspace
    programmes = tuple(_record(one, codes) for one in workspace.programmes)
    units = tuple(replace(_record(one, codes), code=codes.get(one.code, one.code)) for one in workspace.units)
    return replace(workspace, programmes=programmes, units=units)


def _record(one: Any, codes: Mapping[str, str]) -> Any:  # noqa: ANN401 - whichever record
    put_right = isinstance(one, LogEntry) and was_of_unit(one.set_)
    changed = {}
    for key in keys_of(class_of(one)).values():
        was = getattr(one, key.field)
        now = _value(was, codes, put_right if isinstance(was, AsWritten) else speaks_of_unit(key.name, key.key))
        if now != was:
            changed[key.field] = now
    return replace(one, **changed) if changed else one


def _value(value: object, codes: Mapping[str, str], speaks: bool) -> object:  # noqa: FBT001 - whatever records hold
    if isinstance(value, AsWritten):
        return AsWritten.of(_value(value.data, codes, speaks)) if speaks else value
    if isinstance(value, tuple | list):
        return type(value)(_value(each, codes, speaks) for each in value)
    if is_record(class_of(value)):
        return _record(value, codes)
    return codes.get(value, value) if speaks and isinstance(value, str) else value
