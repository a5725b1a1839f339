"""Every rule that a file can break: its code, its gravity, and what is said about it.

A code is a kebab-case noun and stable for ever. Sentences and remedies take the facts of a finding
in braces; `why` is what `vpcp explain` says; `wrong` and `right` are its examples, in YAML.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vpcp_cli.language import N_


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


_ERROR: Final = Severity.ERROR
_WARNING: Final = Severity.WARNING

_ALL: Final[tuple[Rule, ...]] = (
    Rule(
        "unknown-task",
        _ERROR,
        N_("{id} is not the id of any task."),
        N_("Write an id that exists: {nearest}."),
        N_("A link between two tasks must lead somewhere, or the history of a task breaks off."),
        "carried_from: 2021-CD99.1",
        "carried_from: 2021-CD01.1",
    ),
)

RULES: Final[dict[str, Rule]] = {rule.code: rule for rule in _ALL}
