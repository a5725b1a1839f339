"""Records as the texts that an index holds: JSON of the plain data that files hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, TypeAlias
from zlib import crc32

from vpcp_cli.kinds import restored
from vpcp_cli.programme import Directive, Programme, Task, Unit

Plain: TypeAlias = Mapping[str, Any]
"""A mapping as it was read from YAML: scalars are text."""

_encode: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_decode: Final = json.JSONDecoder().raw_decode  # the texts are our own: nothing stands around them


def text_of(plain: Plain, *without: str) -> str:
    """Return the text of a mapping that has been found valid, but for some of its keys."""
    return _encode({key: value for key, value in plain.items() if key not in without} if without else plain)


def plain_of(text: str) -> dict[str, Any]:
    """Return the mapping of a text."""
    plain: dict[str, Any] = _decode(text)[0]
    return plain


def checksum_of(text: str, *place: int) -> int:
    """Return what tells that the text of a record and its place are as they were kept."""
    return crc32(text.encode(), crc32(b"%d %d %d" % place))


def task_of(plain: Plain, line: int) -> Task:
    """Return a task."""
    return Task(**restored(Task, plain), line=line)


def directive_of(plain: Plain, line: int, tasks: tuple[Task, ...] = ()) -> Directive:
    """Return a directive with some tasks."""
    return Directive(**restored(Directive, plain), line=line, tasks=tasks)


def programme_of(plain: Plain, id_: str, file: str, directives: tuple[Directive, ...] = ()) -> Programme:
    """Return a programme with some directives."""
    return Programme(id=id_, file=file, directives=directives, **restored(Programme, plain))


def units_of(plain: Plain) -> tuple[Unit, ...]:
    """Return the register."""
    return tuple(Unit(**restored(Unit, one)) for one in plain["units"])
