"""Plain data → domain values, by pydantic's engine; what it refuses are errors named by a code of the rulebook.

The engine is driven directly: the dataclasses of the subject stay free of it, and loading it takes a
third of the time that loading all of pydantic does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, Final, NoReturn

from pydantic_core import CoreSchema, PydanticCustomError, SchemaValidator, core_schema

from vpcp_cli.deadline import Deadline, iso_day
from vpcp_cli.errors import BadDateError
from vpcp_cli.programme import Document, Text
from vpcp_cli.storage.shape import CONTROLS, Evidence, Key, item_of, keys_of

_Handler = core_schema.ValidatorFunctionWrapHandler

_control: Final = re.compile(f"[{CONTROLS}\\ud800-\\udfff]").search
_number: Final = re.compile(r"[0-9]{1,9}").fullmatch


@cache
def validator(file: type) -> SchemaValidator:
    """Return what reads the plain data of a file as a dictionary of fields, or raises pydantic's `ValidationError`."""
    members = {
        key.field: core_schema.typed_dict_field(_value(key.takes), required=key.required)
        for key in keys_of(file).values()
    }
    return SchemaValidator(core_schema.typed_dict_schema(members, extra_behavior="forbid"))


def _record(cls: type) -> CoreSchema:
    keys = {key.field: key for key in keys_of(cls).values()}
    members = [_member(field.name, field.default, keys.get(field.name)) for field in fields(cls)]
    arguments = core_schema.dataclass_args_schema(cls.__name__, members, extra_behavior="forbid")
    return core_schema.dataclass_schema(cls, arguments, [field.name for field in fields(cls)], slots=True)


def _member(name: str, default: object, key: Key | None) -> core_schema.DataclassField:
    """Describe one field of a dataclass; one without a key is not written in files and keeps its default."""
    schema = _value(key.takes) if key else core_schema.any_schema()
    if key is None or not key.required:
        schema = core_schema.with_default_schema(schema, default=None if default is MISSING else default)
    alias = key.name if key and key.name != name else None
    return core_schema.dataclass_field(name, schema, kw_only=True, init=bool(key), validation_alias=alias)


def _value(takes: Any) -> CoreSchema:  # noqa: ANN401 - a type, of any kind
    if takes in _READERS:
        return core_schema.no_info_plain_validator_function(_READERS[takes])
    if takes is Text:
        return core_schema.no_info_wrap_validator_function(_text, _record(Text))
    if takes is Evidence:
        document = core_schema.no_info_wrap_validator_function(_document, _record(Document))
        return core_schema.no_info_wrap_validator_function(_evidence, core_schema.tuple_variable_schema(document))
    if item := item_of(takes):
        return core_schema.tuple_variable_schema(_value(item))
    if issubclass(takes, StrEnum):
        return core_schema.no_info_plain_validator_function(_code(takes))
    return _record(takes)


def _words(value: object) -> str:
    """Read a plain text."""
    if not isinstance(value, str):
        _refuse("wrong-kind", value)
    if not value or value.isspace():
        _refuse("empty-value", value)
    if not value.isprintable() and (found := _control(value)):
        raise PydanticCustomError("control-character", "", {"name": f"U+{ord(found[0]):04X}"})
    return value


def _text(value: object, mapping: _Handler) -> Text:
    if isinstance(value, dict) and value:
        text: Text = mapping(value)
        return text
    return Text.plain(_words(value))


def _document(value: object, mapping: _Handler) -> Document:
    if isinstance(value, dict) and value:
        document: Document = mapping(value)
        return document
    return Document(_words(value))


def _evidence(value: object, items: _Handler) -> tuple[Document, ...]:
    if isinstance(value, list):
        documents: tuple[Document, ...] = items(value)
        return documents
    return (Document(_words(value)),)


def _code(codes: type[StrEnum]) -> Callable[[object], StrEnum]:
    members = {member.value: member for member in codes}

    def read(value: object) -> StrEnum:
        if isinstance(value, str):
            if member := members.get(value):
                return member
            _refuse("unknown-code", value)
        _refuse("wrong-kind", value)

    return read


def _flag(value: object) -> bool:
    if value not in ("true", "false"):
        _refuse("unknown-code" if isinstance(value, str) else "wrong-kind", value)
    return value == "true"


def _whole(value: object) -> int:
    if not isinstance(value, str):
        _refuse("wrong-kind", value)
    if not _number(value):
        _refuse("bad-number", value)
    return int(value)


def _day(value: object) -> date:
    if not isinstance(value, str):
        _refuse("wrong-kind", value)
    return _day_of(value)


def _period(value: object) -> Deadline:
    if not isinstance(value, str):
        _refuse("wrong-kind", value)
    return _period_of(value)


@lru_cache(4096)
def _day_of(text: str) -> date:
    try:
        return iso_day(text)
    except BadDateError:
        _refuse("bad-date", text)


@lru_cache(4096)
def _period_of(text: str) -> Deadline:
    try:
        return Deadline.parse(text)
    except BadDateError:
        _refuse("bad-deadline", text)


def _refuse(code: str, value: object) -> NoReturn:
    raise PydanticCustomError("empty-value" if value in (None, "", {}) else code, "")


_READERS: Final[dict[type, Callable[[object], object]]] = {
    str: _words,
    int: _whole,
    bool: _flag,
    date: _day,
    Deadline: _period,
}
