"""Whether plain data are surely a record, told without pydantic: loading it takes as long as half a short answer.

What is not surely one is left to `schema`, which says what is wrong, or that nothing is.
"""

from __future__ import annotations

from vpcp_cli.kinds import SlipError, Takes, is_record, item_of, keys_of, kind_of
from vpcp_cli.programme import Text


def is_surely(takes: Takes, data: object, *, short: bool = False) -> bool:
    """Whether data are surely what a key takes; with `short` a text may stand for a record, or for a list of one."""
    if item := item_of(takes):
        if short and isinstance(data, str):
            return _is_read(str, data)
        return isinstance(data, list) and all(is_surely(item, one, short=short) for one in data)
    if not is_record(takes):
        return _is_read(takes, data)
    if isinstance(data, str):
        return (takes is Text or short) and _is_read(str, data)
    keys = keys_of(takes)
    return (
        isinstance(data, dict)
        and bool(data)
        and data.keys() <= keys.keys()
        and all(name in data for name, key in keys.items() if key.required)
        and all(is_surely(keys[name].takes, value, short=keys[name].key.short) for name, value in data.items())
    )


def _is_read(takes: Takes, data: object) -> bool:
    try:
        kind_of(takes).read(data)
    except SlipError:
        return False
    return True
