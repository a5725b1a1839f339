"""Plain data of a file → a programme or the register of units, or the findings that stand in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter, ValidationError

from vpcp_cli.finding import Finding, Path, Phrase
from vpcp_cli.kinds import Given, keys_of, written_at
from vpcp_cli.language import N_
from vpcp_cli.programme import (
    FORMATS,
    Admission,
    Aim,
    Award,
    Directive,
    Document,
    Due,
    Event,
    Issuer,
    LogEntry,
    Member,
    Named,
    Person,
    Programme,
    Recurs,
    Register,
    Result,
    Source,
    Target,
    Task,
    Text,
    Theme,
    Unit,
)
from vpcp_cli.storage.format.advice import code_form, day_form, deadline_form, key_form, meant_key, value_form
from vpcp_cli.storage.format.coherence import Plain, incoherences, unit_incoherences
from vpcp_cli.storage.yaml.document import Parsed, Span
from vpcp_cli.storage.yaml.faults import MOST
from vpcp_cli.vocabulary import Category

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

RECORDS: Final[dict[type, str]] = {
    Programme: N_("The programme"),
    Register: N_("The register"),
    Directive: N_("The directive"),
    Task: N_("The task"),
    LogEntry: N_("The log entry"),
    Named: N_("The corrected entry"),
    Text: N_("The text"),
    Unit: N_("The unit"),
    Member: N_("The member"),
    Recurs: N_("The recurrence"),
    Due: N_("The due day"),
    Issuer: N_("The issuer"),
    Event: N_("The event"),
    Theme: N_("The theme"),
    Aim: N_("The aim"),
    Result: N_("The result"),
    Person: N_("The person"),
    Award: N_("The award"),
    Target: N_("The target"),
    Document: N_("The document"),
    Source: N_("The source"),
    Admission: N_("The admission"),
}
"""What findings call each mapping, at the start of a sentence."""

_KINDS: Final[dict[type, str]] = {
    dict: N_("keys with values"),
    list: N_("a list"),
    str: N_("a text"),
    type(None): "",
}
_LONGEST_QUOTE: Final = 60


def programme_of(parsed: Parsed, stem: str) -> tuple[Programme | None, list[Finding]]:
    """Return the programme of a file, whose stem is its id, or None and what is wrong with its shape."""
    programme, findings = _read(parsed, Programme, stem)
    if programme:
        _set_lines(programme, parsed.tasks)
    return programme, findings


def faults_of(record: type, data: Plain, file: str) -> list[Finding]:
    """Find what keeps plain data from being a record of a file: a task, a directive."""
    try:
        _reader(record).validate_python(data)
    except ValidationError as refused:
        found = [_finding(error, file) for error in refused.errors(include_url=False)]
        return [completed(one, record, data) for one in _one_a_cause(found, record, data)]
    return []


def units_of(parsed: Parsed) -> tuple[tuple[Unit, ...], list[Finding]]:
    """Return the units of the register's file; none of them where anything is wrong with its shape."""
    register, findings = _read(parsed, Register, "")
    return (register.units if register else ()), findings


def get_ready() -> None:
    """Make both readers, which takes longer than to read a file."""
    _reader(Programme)
    _reader(Register)


@cache
def _reader(file: type) -> TypeAdapter[Any]:
    """Return what reads the plain data of a file as a record, or raises pydantic's `ValidationError`."""
    return TypeAdapter(file)


def _read(parsed: Parsed, file: type, stem: str) -> tuple[Any, list[Finding]]:
    """Return the record that a file is, or None where it can't be read, and the findings."""
    data = parsed.data
    if data is None:
        return None, []
    whole = None
    found = list(_version(data, parsed.file))
    if not found or found[0].code != "newer-schema":
        given = {"id": Given(stem), "file": Given(parsed.file)} if file is Programme else {}
        try:
            whole = _reader(file).validate_python({**given, **data})
        except ValidationError as refused:
            found += (_finding(error, parsed.file) for error in refused.errors(include_url=False))
        found += incoherences(data, stem, parsed.file) if file is Programme else unit_incoherences(data, parsed.file)
    found = [finding for finding in found if not parsed.gap(finding.path)]
    findings = [completed(finding, file, data) for finding in _one_a_cause(found[:MOST], file, data)]
    if found[MOST:]:
        findings.append(Finding("too-many-faults", parsed.file, found[MOST].path, {"number": str(MOST)}))
    return (None if findings or parsed.findings else whole), findings


def _set_lines(programme: Programme, spans: tuple[Span, ...]) -> None:
    """Fill in where directives and tasks begin: the data don't know it, and the programme is still being made."""
    for span in spans:
        directive = programme.directives[span.directive]
        owner = directive if span.task is None else directive.tasks[span.task]
        object.__setattr__(owner, "line", span.line)


def _version(data: Plain, file: str) -> Iterator[Finding]:
    written = data.get("schema")
    if "schema" not in data:
        yield Finding("missing-key", file, ("schema",))
    if isinstance(written, str) and re.fullmatch("[0-9]+", written) and written not in map(str, FORMATS):
        digits, last = written.lstrip("0"), str(FORMATS[-1])
        newer = (len(digits), digits) > (len(last), last)
        yield Finding("newer-schema" if newer else "bad-number", file, ("schema",))


def _finding(error: ErrorDetails, file: str) -> Finding:
    """Say in the rulebook's terms what pydantic found; only these few types of error are its own."""
    kind, path, given = error["type"], error["loc"], error["input"]
    if kind == "missing":
        return Finding("empty-value", file, path[:-1]) if not given and path[1:] else Finding("missing-key", file, path)
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        return Finding("unknown-key", file, path)
    if kind in ("dataclass_type", "tuple_type"):
        return Finding("wrong-kind" if given else "empty-value", file, path)
    slip = error["ctx"]["error"]
    return Finding(slip.code, file, path, slip.facts)


def _one_a_cause(found: list[Finding], file: type, data: Plain) -> list[Finding]:
    """Leave out what only follows from another finding: a second one of a value, and a key that was misspelt."""
    meant = set()
    for finding in found:
        if finding.code == "unknown-key":
            record, key = finding.path[:-1], str(finding.path[-1])
            meant |= {
                (*record, name)
                for name in meant_key(key, written_at(file, record)[0], _present(file, data, record))[:1]
            }
    first = {finding.path: finding for finding in reversed(found)}
    return [
        finding
        for finding in found
        if first[finding.path] is finding
        and not (finding.code in ("missing-key", "missing-note") and finding.path in meant)
    ]


def completed(finding: Finding, file: type, data: Plain) -> Finding:
    """Add the facts that its sentence and its remedy take, and the task or directive that it is about."""
    path = finding.path
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    record = written_at(file, path[:-1])[0] if path else file
    given = _at(data, path)
    facts = {
        "key": _quoted(key),
        "record": Phrase(RECORDS.get(record, RECORDS[Programme])),
        "text": _quoted(given) if isinstance(given, str) else "",
        "found": Phrase(_KINDS[type(given)]),
        "form": _form(finding, file, data, key),
    }
    if finding.code == "unknown-key" and not facts["form"]:
        facts["known"] = ", ".join(keys_of(record))
    facts |= finding.facts
    if finding.code == "wrong-kind" and key == "lead" and isinstance(given, list):
        return replace(finding, code="several-leads", facts=facts, subject=_subject(data, path))
    return replace(finding, facts=facts, subject=_subject(data, path))


def _form(finding: Finding, file: type, data: Plain, key: str) -> str:
    """Return what to write instead."""
    path, given = finding.path, str(_at(data, finding.path) or "")
    takes, known = written_at(file, path)
    if finding.code == "unknown-category":
        return code_form(given, Category)
    match finding.code:
        case "unknown-key":
            return key_form(key, written_at(file, path[:-1])[0], _present(file, data, path[:-1]))
        case "unknown-code":
            return code_form(given, takes)
        case "bad-date":
            return day_form(given)
        case "bad-deadline":
            year = data.get("year")
            return deadline_form(given, int(year) if isinstance(year, str) and re.fullmatch("[0-9]{4}", year) else 0)
        case "missing-key" | "wrong-kind" | "bad-number":
            return value_form(known, key, takes, given, item=isinstance(path[-1], int))
        case _:
            return ""


def _present(file: type, data: Plain, path: Path) -> tuple[str, ...]:
    """Return the keys that a mapping has of those that it takes."""
    given = _at(data, path)
    return tuple(key for key in keys_of(written_at(file, path)[0]) if key in given)


def _at(data: Any, path: Path) -> Any:  # noqa: ANN401 - plain data of any kind
    """Return what stands at a path, or None."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _subject(data: Plain, path: Path) -> str | None:
    """Return the id of the task or directive in which a path ends, where it has one."""
    places = [path[:length] for length in (4, 2) if path[:1] == ("directives",) and len(path) >= length]
    if len(path) > 2 and path[2] != "tasks":
        places = places[1:]
    ids = (_at(data, (*place, "id")) for place in places)
    return next((given for given in ids if isinstance(given, str) and given), None)


def _quoted(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
