"""What is said about one rule that a file can break: its code, its gravity, its words.

A code is a kebab-case noun and stable for ever. Sentences and remedies take the facts of a finding
in braces; `why` is what `vpcp explain` says; `wrong` and `right` are its examples, in YAML.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from vpcp_cli.dataclass import dataclass


class Severity(StrEnum):
    """An error makes `vpcp check` fail; a warning does so only with `--strict`."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is said about one code; the sentences are message ids of the catalogue."""

    code: str
    severity: Severity
    sentence: str
    remedy: str
    why: str
    wrong: str = ""
    right: str = ""
    shape: bool = False
    """Whether the file can't be read while this stands (syntax, shape, duplicate ids)."""
    one_cause: bool = False
    """Whether findings with the same facts have one cause, and are mended at one place."""
    otherwise: str = ""
    """The remedy where nothing is known that its first one would offer as `{form}`."""


ERROR: Final = Severity.ERROR
WARNING: Final = Severity.WARNING
