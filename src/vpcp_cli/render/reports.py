"""Findings for the machines that run checks: GitHub's annotations, GitLab's Code Quality, JUnit and JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, field
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import VpcpError
from vpcp_cli.finding import Finding, causes
from vpcp_cli.language import N_, _, ngettext
from vpcp_cli.render.door import in_json, one_line
from vpcp_cli.rulebook.rule import Severity

MOST_ANNOTATIONS: Final = 10
"""GitHub shows no more errors, and no more warnings, of one step."""

_DATA: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY: Final = {**_DATA, ":": "%3A", ",": "%2C"}
_LOGGED: Final = re.compile(r"^:(?=:)|#(?=#\[)")
"""What GitHub's runner would take for a command, should such a report go to its log."""
_XML: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\ufffe": "�", "\uffff": "�"})


class Report(StrEnum):
    """The forms of a report for machines."""

    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    JSON = "json"


class BadReportError(VpcpError):
    """What stands after `--report` and asks for no report, or for a second one on standard output."""

    typed: str
    _: KW_ONLY
    second: bool = False
    advises = N_("Write --report github, gitlab=FILE, junit=FILE or json=FILE.")

    def sentence(self) -> str:
        """Say what is wrong with it."""
        if self.second:
            return _("Only one report can go to standard output, and {typed} is a second one.").format(typed=self.typed)
        return _("«{typed}» is not a report.").format(typed=self.typed)


class Order(NamedTuple):
    """One asked-for report and its file; None is standard output."""

    report: Report
    file: Path | None = None


def ordered(typed: Iterable[str]) -> list[Order]:
    """Read `FORM` and `FORM=FILE`; raise `BadReportError`."""
    orders: list[Order] = []
    for text in typed:
        form, _equals, file = text.partition("=")
        if form not in tuple(Report):
            raise BadReportError(text)
        on_screen = file in ("", "-")
        if on_screen and any(one.file is None for one in orders):
            raise BadReportError(text, second=True)
        orders.append(Order(Report(form), None if on_screen else Path(file)))
    return orders


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a check looked at and found. `path` turns a shown file into one that starts at the repository's root.

    `ignored` are the rules that vpcp.toml passes over, with how many findings there are of each.
    """

    files: Sequence[str]
    findings: Sequence[Finding]
    strict: bool = False
    path: Callable[[str], str] = str
    ignored: Mapping[str, int] = field(default_factory=dict)

    def fails(self, finding: Finding) -> bool:
        """Whether a finding makes the check say no."""
        return self.strict or finding.severity is Severity.ERROR

    def lines(self, report: Report) -> Iterator[str]:
        """Yield the lines of a report."""
        forms: Mapping[Report, Callable[[Checkup], Iterator[str]]] = {
            Report.GITHUB: _github,
            Report.GITLAB: _gitlab,
            Report.JUNIT: _junit,
            Report.JSON: _json,
        }
        return forms[report](self)


def between_stops(lines: Iterable[str]) -> Iterator[str]:
    """Yield text for people in such a way that GitHub takes nothing in it for a command.

    The word that ends the pause is a hash of the text, so that no text can hold it.
    """
    text = list(lines)
    word = sha256("\n".join(text).encode("utf-8", "backslashreplace")).hexdigest()
    yield f"::stop-commands::{word}"
    yield from text
    yield f"::{word}::"


def _github(checkup: Checkup) -> Iterator[str]:
    """The worst first; what is beyond GitHub's limit is told in one notice."""
    left = 0
    for severity in Severity:
        told = [(one, places) for one, places in causes(checkup.findings) if one.severity is severity]
        found = sorted(told, key=lambda one: _gravity(one[0]))
        left += len(found[MOST_ANNOTATIONS:])
        for finding, places in found[:MOST_ANNOTATIONS]:
            message = _escaped(_message(finding, places), _DATA)
            yield f"::{severity.value} {_properties(checkup, finding)}::{message}"
    if left:
        words = ngettext(
            "{n} more finding: `vpcp check` lists it.", "{n} more findings: `vpcp check` lists them.", left
        )
        yield f"::notice title=vpcp check::{_escaped(words.format(n=left), _DATA)}"


def _gravity(finding: Finding) -> tuple[object, ...]:
    """What keeps a file from being read comes before all else."""
    return not finding.rule.shape, finding.order()


def _properties(checkup: Checkup, finding: Finding) -> str:
    given = {"file": one_line(checkup.path(finding.file))}
    if finding.position:
        given |= {"line": str(finding.position.line), "col": str(finding.position.column)}
    given["title"] = finding.code
    return ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in given.items())


def _message(finding: Finding, places: int = 1) -> str:
    return f"{one_line(finding.said(places))} {one_line(finding.remedy())}".strip()


def _escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(character, character) for character in text)


def _gitlab(checkup: Checkup) -> Iterator[str]:
    seen: Counter[str] = Counter()
    records = []
    for finding in checkup.findings:
        mark = _mark(checkup, finding)
        seen[mark] += 1
        records.append(
            {
                "description": _message(finding),
                "check_name": finding.code,
                "fingerprint": sha256(f"{mark}#{seen[mark]}".encode("utf-8", "backslashreplace")).hexdigest(),
                "severity": _gitlab_severity(finding),
                "location": {
                    "path": checkup.path(finding.file),
                    "lines": {"begin": finding.position.line if finding.position else 1},
                },
            }
        )
    yield _dumped(records, indent=2)


def _gitlab_severity(finding: Finding) -> str:
    if finding.severity is Severity.WARNING:
        return "minor"
    return "critical" if finding.rule.shape else "major"


def _mark(checkup: Checkup, finding: Finding) -> str:
    """What a finding is about, without lines and places in lists, which move."""
    keys = [step for step in finding.path if isinstance(step, str)]
    about = finding.subject or ("" if keys else (finding.excerpt or "").strip())
    return json.dumps([finding.code, checkup.path(finding.file), about, keys, sorted(finding.facts.items())])


def _junit(checkup: Checkup) -> Iterator[str]:
    """One case for each finding and for each file without any; a warning fails only if the check is strict."""
    by_file: dict[str, list[Finding]] = {file: [] for file in checkup.files}
    for finding in checkup.findings:
        by_file.setdefault(finding.file, []).append(finding)
    cases = [line for file, findings in by_file.items() for line in _cases(checkup, file, findings)]
    number = sum(max(1, len(findings)) for findings in by_file.values())
    failures = sum(map(checkup.fails, checkup.findings))
    counts = f'tests="{number}" failures="{failures}" errors="0"'
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="vpcp" {counts}>'
    yield f'  <testsuite name="vpcp check" {counts} skipped="0">'
    yield from cases
    yield "  </testsuite>"
    yield "</testsuites>"


def _cases(checkup: Checkup, file: str, findings: Sequence[Finding]) -> Iterator[str]:
    path = _xml(checkup.path(file))
    if not findings:
        yield f'    <testcase classname="{path}" name="{path}"/>'
    for finding in findings:
        name = _xml(f"{finding.code} {finding.subject or ''}".strip())
        place = f"{path}:{finding.position.line}:{finding.position.column}" if finding.position else path
        yield f'    <testcase classname="{path}" name="{name}">'
        told = f"{place}: {_xml(finding.sentence())}\n{_xml(finding.remedy())}"
        if checkup.fails(finding):
            yield f'      <failure message="{_xml(_message(finding))}" type="{finding.code}">{told}</failure>'
        else:
            yield f"      <system-out>{told}</system-out>"
        yield "    </testcase>"


def _xml(text: str) -> str:
    return _LOGGED.sub(lambda found: f"&#{ord(found[0])};", one_line(text).translate(_XML))


def _json(checkup: Checkup) -> Iterator[str]:
    severities = Counter(finding.severity for finding in checkup.findings)
    yield _dumped(
        {
            "schema": "vpcp.check/1",
            "files": [checkup.path(file) for file in checkup.files],
            "errors": severities[Severity.ERROR],
            "warnings": severities[Severity.WARNING],
            "ignored": dict(checkup.ignored),
            "passed": not any(map(checkup.fails, checkup.findings)),
            "findings": [_record(checkup, finding) for finding in checkup.findings],
        },
        indent=2,
    )


def _record(checkup: Checkup, finding: Finding) -> dict[str, object]:
    place = finding.position
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": checkup.path(finding.file),
        "line": place.line if place else None,
        "column": place.column if place else None,
        "id": finding.subject,
        "path": list(finding.path),
        "message": finding.sentence(),
        "hint": finding.remedy() or None,
        "facts": dict(finding.facts),
        "excerpt": finding.excerpt,
    }


def _dumped(value: object, indent: int) -> str:
    return in_json(json.dumps(value, ensure_ascii=False, indent=indent))
