"""A fault of a text, before it is known in which file it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from types import MappingProxyType
from typing import Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.finding import Finding, Position

MOST: Final = 1000
"""So many faults of one file are reported; hostile files have millions."""

_NO_FACTS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Fault:
    """A code of the rulebook, a place (line and column from 1) and facts."""

    code: str
    line: int
    column: int
    facts: Mapping[str, str] = field(default_factory=lambda: _NO_FACTS)

    def below(self, lines: int) -> Fault:
        """The same fault where its text follows so many lines."""
        return replace(self, line=self.line + lines)


class FaultError(Exception):
    """A fault behind which nothing can be read."""

    def __init__(self, fault: Fault) -> None:
        """Keep the fault."""
        super().__init__(fault.code)
        self.fault = fault


class TooManyError(FaultError):
    """The fault that is one too many."""


class Faults(list[Fault]):
    """The faults of one file; `add` raises `TooManyError` when there are too many."""

    def add(self, code: str, line: int, column: int, /, **facts: str) -> None:
        """Note a fault."""
        if len(self) >= MOST:
            raise TooManyError(Fault("too-many-faults", line, column, {"number": str(MOST)}))
        self.append(Fault(code, line, column, facts))


class Lines:
    """The lines of a text; each is made once, for one of many megabytes may hold many findings."""

    def __init__(self, text: str) -> None:
        """Only the line feed ends a line."""
        self._lines = text.split("\n")

    def at(self, number: int) -> str:
        """The line of a number from 1, without its end; empty behind the last."""
        return self._lines[number - 1].removesuffix("\r") if number <= len(self._lines) else ""


def findings_of(faults: Iterable[Fault], file: str, text: str) -> tuple[Finding, ...]:
    """The findings in the order of the text, each with its line."""
    lines = Lines(text)
    found = (
        Finding(fault.code, file, (), fault.facts, Position(fault.line, fault.column), lines.at(fault.line))
        for fault in faults
    )
    return tuple(sorted(found, key=Finding.order))


def place_of(text: str, offset: int) -> tuple[int, int]:
    """The line and column of an offset, both from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
