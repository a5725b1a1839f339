"""The format as JSON Schema, for editors: draft 7, which the YAML language server reads best.

Editors turn `2022` and `true` into numbers and booleans before they look at the schema, so wherever a text
may stand it lets these pass; what only the whole file shows (ids that fit together) is left to `vpcp check`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from vpcp_cli.deadline import Deadline
from vpcp_cli.language import in_language
from vpcp_cli.programme import Document, LogEntry, Programme, Text
from vpcp_cli.storage.coherence import ACTIONS, NEED_NOTE
from vpcp_cli.storage.descriptions import DESCRIPTIONS
from vpcp_cli.storage.shape import CONTROLS, FORMAT, PATTERNS, Evidence, Key, UnitsFile, has_keys, item_of, keys_of
from vpcp_cli.vocabulary import Status, Word, labels

Schema: TypeAlias = dict[str, Any]

_SPACES: Final = r"[ \n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*"
_YEAR: Final = "(?!0000)[0-9]{4}"
_DAYS: Final = "(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31|02-29"
_TITLES: Final[Mapping[str, tuple[type, str]]] = {
    "programme": (Programme, "Chương trình công tác (vpcp) · Work programme"),
    "units": (UnitsFile, "Danh mục đơn vị (vpcp) · Register of units"),
}

_SIMPLE: Final[dict[type, tuple[str, Schema]]] = {
    str: (
        "PlainText",
        {
            "type": ["string", "number", "boolean"],
            "pattern": f"^{_SPACES}[^{CONTROLS}\\s][^{CONTROLS}]*$",
        },
    ),
    int: ("Year", {"type": ["integer", "string"], "minimum": 1, "maximum": 9999, "pattern": f"^{_YEAR}$"}),
    bool: ("Flag", {"enum": [True, False, "true", "false"]}),
    date: ("Day", {"type": "string", "format": "date", "pattern": f"^{_YEAR}-({_DAYS})$"}),
    Deadline: (
        "Deadline",
        {
            "type": ["string", "integer"],
            "minimum": 1,
            "maximum": 9999,
            "pattern": f"^{_YEAR}(-(Q[1-4]|H[12]|0[1-9]|1[0-2]|{_DAYS}))?$",
        },
    ),
}


def json_schema(file: Literal["programme", "units"]) -> Schema:
    """Return the schema of a programme's file or of the register, with descriptions in both languages."""
    cls, title = _TITLES[file]
    definitions: dict[str, Schema] = {}
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title}
    whole = _mapping(cls, definitions)
    return head | whole | {"definitions": dict(sorted(definitions.items()))}


def _mapping(cls: type, definitions: dict[str, Schema]) -> Schema:
    keys = keys_of(cls)
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: _property(cls, key, definitions) for key in keys.values()},
    }
    if required := [key.name for key in keys.values() if key.required]:
        schema["required"] = required
    if cls is LogEntry:
        schema |= _entry_rules()
    return schema


def _property(cls: type, key: Key, definitions: dict[str, Schema]) -> Schema:
    english = DESCRIPTIONS[cls][key.name]
    schema: Schema = {"description": f"{in_language(english, 'vi')}\n\n{english}"} | _value(key.takes, definitions)
    if key.name == "schema":
        schema = {"description": schema["description"], "enum": [FORMAT, str(FORMAT)]}
    if pattern := PATTERNS.get((cls, key.name)):
        schema = {"description": schema["description"], "type": "string", "pattern": f"^{pattern}$"}
    if key.name == "support":
        schema["uniqueItems"] = True
    return schema


def _value(takes: Any, definitions: dict[str, Schema]) -> Schema:  # noqa: ANN401 - a type, of any kind
    if takes is Evidence:
        number = _reference(str, definitions)
        items = {"anyOf": [number, _reference(Document, definitions)]}
        return {"anyOf": [number, {"type": "array", "items": items}]}
    if item := item_of(takes):
        return {"type": "array", "items": _value(item, definitions)}
    if takes in _SIMPLE or has_keys(takes):
        return {"allOf": [_reference(takes, definitions)]}
    return _codes(takes)


def _reference(cls: type, definitions: dict[str, Schema]) -> Schema:
    """Refer to a definition; beside a bare `$ref`, draft 7 passes over everything else."""
    name, simple = _SIMPLE.get(cls) or (cls.__name__, None)
    if name not in definitions:
        definitions[name] = simple or _mapping(cls, definitions)
        if cls is Text:
            definitions[name] = {"anyOf": [_reference(str, definitions), definitions[name] | {"minProperties": 1}]}
    return {"$ref": f"#/definitions/{name}"}


def _codes(codes: type[Word]) -> Schema:
    written = [code for code in codes if code is not Status.NOT_REPORTED]
    return {
        "enum": [code.value for code in written],
        "enumDescriptions": [" · ".join(labels(code)) for code in written],
    }


def _entry_rules() -> Schema:
    """Say that an entry has one action, and what that one needs and no other may have."""
    needs = [{"required": [action]} for action in ACTIONS]
    remark = {"required": ["note"], "not": {"anyOf": needs}}
    return {
        "oneOf": [*needs, remark],
        "dependencies": {
            "deadline": ["decision"],
            "decision": ["deadline"],
            "risk": ["note"],
            "reported_to": ["obstacle"],
            "key": {"anyOf": [{"required": ["obstacle"]}, {"required": ["resolved"]}]},
            "evidence": _with_status(Status.DONE),
            "to": _with_status(Status.CARRIED_OVER),
        },
        "allOf": [
            {"if": _with_status(*NEED_NOTE), "then": {"required": ["note"]}},
            {"if": _with_status(Status.CARRIED_OVER), "then": {"required": ["to"]}},
        ],
    }


def _with_status(*statuses: Status) -> Schema:
    return {"required": ["status"], "properties": {"status": {"enum": [status.value for status in statuses]}}}
