"""The format as JSON Schema, for editors: draft 7, which the YAML language server reads best.

Editors turn `2022` and `true` into numbers and booleans before they look at the schema, so wherever a text
may stand it lets these pass; what only the whole file shows (ids that fit together) is left to `vpcp check`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from vpcp_cli.kinds import KINDS, Takes, Text, Written, is_record, item_of, keys_of
from vpcp_cli.language import in_language
from vpcp_cli.programme import FORMATS, Document, LogEntry, Named, Programme, Register
from vpcp_cli.storage.format.coherence import NEED_NOTE, actions_of
from vpcp_cli.vocabulary import Status, Word, labels

Schema: TypeAlias = dict[str, object]

_TITLES: Final[Mapping[str, tuple[type, str]]] = {
    "programme": (Programme, "Chương trình công tác (vpcp) · Work programme"),
    "units": (Register, "Danh mục đơn vị (vpcp) · Register of units"),
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
        "properties": {key.name: _property(key, definitions) for key in keys.values()},
    }
    if required := [key.name for key in keys.values() if key.required]:
        schema["required"] = required
    if cls is LogEntry:
        schema |= _entry_rules()
    if cls in (Document, Named):
        schema["minProperties"] = 1
    return schema


def _property(key: Written, definitions: dict[str, Schema]) -> Schema:
    english = key.key.description
    described: Schema = {"description": f"{in_language(english, 'vi')}\n\n{english}"}
    if key.name == "schema":
        return {**described, "enum": [*FORMATS, *map(str, FORMATS)]}
    if pattern := key.key.pattern:
        return {**described, "type": "string", "pattern": f"^{pattern}$"}
    schema = described | (_short if key.key.short else _value)(key.takes, definitions)
    if key.name == "support":
        schema["uniqueItems"] = True
    return schema


def _short(takes: Takes, definitions: dict[str, Schema]) -> Schema:
    """Describe what may be a plain text, or a list of which each item may be one and a single one may stand alone."""
    alone = _reference(str, definitions)
    if not item_of(takes):
        return {"anyOf": [alone, _reference(takes, definitions)]}
    item = item_of(takes)
    items = {"anyOf": [alone, _reference(item, definitions)]} if is_record(item) else {"allOf": [alone]}
    return {"anyOf": [alone, {"type": "array", "items": items}]}


def _value(takes: Takes, definitions: dict[str, Schema]) -> Schema:
    if item := item_of(takes):
        return {"type": "array", "items": _value(item, definitions)}
    if takes in KINDS or is_record(takes):
        return {"allOf": [_reference(takes, definitions)]}
    return _codes(takes)


def _reference(cls: type, definitions: dict[str, Schema]) -> Schema:
    """Refer to a definition; beside a bare `$ref`, draft 7 passes over everything else."""
    name = KINDS[cls].name if cls in KINDS else cls.__name__
    if name not in definitions:
        definitions[name] = {}  # what it holds may refer to it
        definitions[name] = dict(KINDS[cls].schema) if cls in KINDS else _mapping(cls, definitions)
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
    needs = [{"required": [action]} for action in actions_of()]
    remark = {"required": ["note"], "not": {"anyOf": needs}}
    return {
        "oneOf": [*needs, remark],
        "dependencies": {
            "deadline": ["decision"],
            "decision": ["deadline"],
            "risk": ["note"],
            "void": {"required": ["corrects"], "anyOf": [{"required": ["note"]}, {"required": ["reason"]}]},
            **{
                name: _beside(one.key.beside)
                for name, one in keys_of(LogEntry).items()
                if one.key.beside and name != "void"
            },
        },
        "allOf": [
            {"if": _with_status(*NEED_NOTE), "then": {"required": ["note"]}},
            {"if": _with_status(Status.CARRIED_OVER), "then": {"required": ["to"]}},
        ],
    }


def _beside(places: Sequence[str]) -> Schema | list[str]:
    """Say which other key must stand in the entry: one of several, or a status."""
    status = [Status(place.removeprefix("status: ")) for place in places if place.startswith("status: ")]
    if status:
        return _with_status(*status)
    return list(places) if len(places) == 1 else {"anyOf": [{"required": [place]} for place in places]}


def _with_status(*statuses: Status) -> Schema:
    return {"required": ["status"], "properties": {"status": {"enum": [status.value for status in statuses]}}}
