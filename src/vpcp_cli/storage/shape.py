"""What a file may hold, read off the dataclasses: the keys of each mapping, and what stands behind them."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Final, NamedTuple, TypeAlias, get_args, get_origin, get_type_hints

from vpcp_cli.dataclass import dataclass
from vpcp_cli.deadline import Deadline
from vpcp_cli.finding import Path
from vpcp_cli.programme import Aim, Directive, Document, LogEntry, Programme, Result, Task, Text, Unit

FORMAT: Final = 1
"""The version of the format that this program reads and writes."""


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """A programme's file: the programme under its version. Never made, only read off."""

    schema: int


@dataclass(frozen=True, slots=True)
class UnitsFile:
    """The register's file."""

    schema: int
    units: tuple[Unit, ...]


class Evidence(tuple[Document, ...]):
    """A number, or a list of numbers and documents."""

    __slots__ = ()


class Key(NamedTuple):
    """One key of a mapping: the field that it fills and the type that it takes."""

    name: str
    field: str
    takes: Any
    required: bool


Keys: TypeAlias = dict[str, Key]

_NOT_WRITTEN: Final = {(Programme, "id"), (Programme, "file"), (Directive, "line"), (Task, "line")}
_READ_AS: Final[dict[tuple[type, str], type]] = {(LogEntry, "evidence"): Evidence}

DIRECTIVE_ID: Final = r"[0-9]{4}-([A-Z0-9]+-)?[A-Z]{2}[0-9]{2,4}"
TASK_ID: Final = DIRECTIVE_ID + r"\.[1-9][0-9]*"
UNIT_CODE: Final = r"[A-Z][A-Z0-9_]*"
PATTERNS: Final[dict[tuple[type, str], str]] = {
    (Directive, "id"): DIRECTIVE_ID,
    (Task, "id"): TASK_ID,
    (Aim, "id"): r"[0-9]{4}-MT[0-9]{2,4}\.[1-9][0-9]*",
    (Result, "id"): r"[0-9]{4}-KQ[1-9][0-9]*",
    (Unit, "code"): UNIT_CODE,
}
"""Ids, as regular expressions that must match the whole text."""

# What reaches a terminal, a table or a report as something else than a letter: controls but the line feed,
# line and paragraph separators, marks that turn the direction of writing, byte-order marks, no characters at all.
CONTROLS: Final = "\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff"


@cache
def keys_of(cls: type) -> Keys:
    """Return the keys of the mapping that becomes a dataclass, in the order of its fields."""
    hints = get_type_hints(cls)
    keys = {
        field.name.rstrip("_"): Key(
            field.name.rstrip("_"),
            field.name,
            _READ_AS.get((cls, field.name)) or _without_none(hints[field.name]),
            field.default is MISSING and cls is not Text,
        )
        for field in fields(cls)
        if (cls, field.name) not in _NOT_WRITTEN
    }
    return keys_of(ProgrammeFile) | keys if cls is Programme else keys


def has_keys(takes: object) -> bool:
    """Whether a type may be written as a mapping; of these only a text may be written otherwise too."""
    return is_dataclass(takes) and takes is not Deadline


def item_of(takes: object) -> Any:  # noqa: ANN401 - a type, of any kind
    """Return what the items of a list type are, or None if it is no list."""
    return get_args(takes)[0] if get_origin(takes) is tuple else None


def taken_at(file: type, path: Path) -> Any:  # noqa: ANN401 - a type, of any kind
    """Return the type that a file takes at a path, or None if nothing may stand there."""
    takes: Any = file
    for step in path:
        if isinstance(step, int):
            takes = Document if takes is Evidence else item_of(takes)
        else:
            key = keys_of(takes).get(step) if has_keys(takes) else None
            takes = key and key.takes
    return takes


def _without_none(hint: Any) -> Any:  # noqa: ANN401 - a type, of any kind
    kinds = [kind for kind in get_args(hint) if kind is not type(None)]
    return kinds[0] if len(kinds) < len(get_args(hint)) else hint
