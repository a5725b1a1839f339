"""Findings for people: the place, the sentence, the line with a caret below the fault, the remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from vpcp_cli.finding import Finding, causes
from vpcp_cli.language import _, ngettext
from vpcp_cli.render.cells import cells
from vpcp_cli.render.console import WIDTH, Screen, Style
from vpcp_cli.render.door import inert, literal, one_line
from vpcp_cli.rulebook.rule import Severity

_GUTTER: Final = "  | "
_SIGHT: Final = 1000
"""A line is not looked at farther than so many characters from the caret: one of megabytes may hold many findings."""
MOST: Final = 20
"""Of one rule so many findings are shown, unless all are asked for."""
_AHEAD: Final = 20
"""So many cells behind the caret stay in sight where a long line is cut."""


def findings_text(findings: Iterable[Finding], screen: Screen, *, whole: bool = False) -> Iterator[str]:
    """Yield the lines of the findings, an empty one between two.

    One of several with one cause stands for all, and of a rule that is broken many times the first stand there; the
    `whole` list has every one.
    """
    shown: Counter[str] = Counter()
    for number, (finding, places) in enumerate(((one, 1) for one in findings) if whole else causes(findings)):
        shown[finding.code] += 1
        if not whole and shown[finding.code] > MOST:
            continue
        if number:
            yield ""
        yield from map(inert, _finding(finding, places, screen))
    for code, number in shown.items():
        if not whole and number > MOST:
            yield ""
            left = number - MOST
            more = ngettext("{n} more of [{code}]: `{command}`", "{n} more of [{code}]: `{command}`", left)
            yield f"… {more.format(n=left, code=code, command='vpcp check --all')}"


def tally(
    findings: Sequence[Finding], files: int, known: int = 0, ignored: Mapping[str, int] = MappingProxyType({})
) -> str:
    """Say how much was looked at and how much was found; what has one cause counts once.

    `known` are findings of a baseline, `ignored` those of rules that vpcp.toml passes over; neither are shown.
    """
    severities = [finding.severity for finding, _places in causes(findings)]
    errors, warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
    looked_at = ngettext("{number} file checked", "{number} files checked", files).format(number=files)
    parts = [
        ngettext("{number} error", "{number} errors", errors).format(number=errors) if errors else "",
        ngettext("{number} warning", "{number} warnings", warnings).format(number=warnings) if warnings else "",
        "" if findings or not known else _("nothing new"),
        ngettext("{number} known finding", "{number} known findings", known).format(number=known) if known else "",
    ]
    if number := sum(ignored.values()):
        words = ngettext(
            "{number} passed over by vpcp.toml ({rules})", "{number} passed over by vpcp.toml ({rules})", number
        )
        parts += ["" if findings else _("nothing else wrong"), words.format(number=number, rules=", ".join(ignored))]
    found = ", ".join(part for part in parts if part) or _("nothing wrong")
    return f"{looked_at}: {found}"


def _finding(finding: Finding, places: int, screen: Screen) -> Iterator[str]:
    place = finding.file
    if finding.position:
        place += f":{finding.position.line}:{finding.position.column}"
    error = finding.severity is Severity.ERROR
    word = screen.paint(_("error") if error else _("warning"), Style.BOLD_RED if error else Style.BOLD_MAGENTA)
    code = screen.paint(f"[{finding.code}]", Style.DIM)
    yield f"{screen.paint(one_line(place), Style.BOLD)}: {word}: {one_line(finding.said(places))} {code}"
    if finding.position and finding.excerpt and finding.excerpt.strip():
        line, width = _excerpt(finding.excerpt, finding.position.column, screen.width if screen.terminal else WIDTH)
        yield f"{_GUTTER}{line}"
        yield f"{_GUTTER}{' ' * width}{screen.paint('^', Style.BOLD_RED if error else Style.BOLD_MAGENTA)}"
    remedy = one_line(finding.remedy())
    if remedy:
        yield "  " + _("hint: {hint}").format(hint=remedy)


def _excerpt(line: str, column: int, width: int) -> tuple[str, int]:
    """Make a line literal, cut it around a column where it is too wide, and return in which cell the caret is."""
    room = width - len(_GUTTER) - 2  # for the marks of the cuts
    from_ = max(column - 1 - _SIGHT, 0)
    before, after = line[from_ : column - 1], line[column - 1 : column - 1 + _SIGHT]
    kept = _fitting(reversed(before), room - _AHEAD)
    start = "" if not from_ and kept == len(before) else "…"
    shown = start + literal(before[len(before) - kept :])
    end = _fitting(after, room - cells(shown))
    return shown + literal(after[:end]) + ("" if column - 1 + end >= len(line) else "…"), cells(shown)


def _fitting(characters: Iterable[str], room: int) -> int:
    """How many characters fill no more than so many cells."""
    number = 0
    for number, character in enumerate(characters, 1):
        room -= cells(literal(character))
        if room < 0:
            return number - 1
    return number
