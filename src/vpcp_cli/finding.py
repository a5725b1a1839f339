"""A defect in the data is a value: what, where, with which facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import field
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from vpcp_cli.dataclass import dataclass
from vpcp_cli.language import _, ngettext

if TYPE_CHECKING:  # the rulebook is long, and most commands find nothing
    from vpcp_cli.rulebook.rule import Rule, Severity

Path: TypeAlias = tuple[str | int, ...]


_WHEN = frozenset({"date", "day", "recorded", "issued", "later", "deadline", "is", "before", "after"})
"""Facts that may be days or periods, as files hold them; in a remedy they stay so."""


def _when(fact: str) -> str:
    """Say a day or a period in words; anything else as it is."""
    from vpcp_cli.deadline import Deadline
    from vpcp_cli.errors import BadDateError
    from vpcp_cli.language import current

    with suppress(BadDateError):
        return Deadline.parse(fact).words(current()) if "-" in fact else fact
    return fact


class Phrase(str):
    """A fact that is a sentence of ours, translated when it is shown."""

    __slots__ = ()


class Worded(str):
    """A fact as files hold it, with what says it in the reader's language."""

    __slots__ = ("words",)
    words: Callable[[], str]

    @classmethod
    def of(cls, text: str, words: Callable[[], str]) -> Worded:
        """Return a text with its words."""
        one = cls(text)
        one.words = words
        return one


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file; line and column count from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect. `path` leads to it in the data, `position` in the text, once that is known."""

    code: str
    file: str
    path: Path = ()
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    position: Position | None = None
    excerpt: str | None = None
    subject: str | None = None
    """The id of the task or directive that it is about, where there is one."""
    gravity: Severity | None = None
    """How grave the workspace has settled that it is, where that is not what the rule says."""

    @property
    def rule(self) -> Rule:
        """The rule that this finding breaks."""
        from vpcp_cli.rulebook.rules import RULES

        return RULES[self.code]

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.gravity or self.rule.severity

    def sentence(self) -> str:
        """Say what is wrong in the reader's language, days and periods too."""
        when = {name: _when(fact) for name, fact in self.facts.items() if name in _WHEN}
        when |= {name: fact.words() for name, fact in self.facts.items() if isinstance(fact, Worded)}
        return self._worded(self.rule.sentence, when)

    def remedy(self) -> str:
        """Say how to mend it in the reader's language."""
        rule = self.rule
        return self._worded(rule.otherwise if rule.otherwise and not self.facts.get("form") else rule.remedy)

    def said(self, places: int) -> str:
        """Say what is wrong, and in how many places for this one cause."""
        if places == 1:
            return self.sentence()
        several = ngettext("{sentence} ({n} place)", "{sentence} ({n} places)", places)
        return several.format(sentence=self.sentence(), n=places)

    def _worded(self, message: str, otherwise: Mapping[str, str] = MappingProxyType({})) -> str:
        facts = {name: _(fact) if isinstance(fact, Phrase) else fact for name, fact in self.facts.items()}
        return _(message).format_map({**facts, **otherwise})

    def cause(self) -> object:
        """What is mended when this is: the same for all findings of one cause."""
        if self.rule.one_cause:
            return self.code, tuple(self.facts.items())
        return self.code, self.file, self.path, self.position, self.subject

    def order(self) -> tuple[str, int, int, str]:
        """Sort by file, then by place."""
        place = self.position or Position(0, 0)
        return self.file, place.line, place.column, self.code


def causes(findings: Iterable[Finding]) -> list[tuple[Finding, int]]:
    """Return the first finding of each cause, in their order, and how many there are of it."""
    given = [(finding.cause(), finding) for finding in findings]
    places = Counter(cause for cause, _finding in given)
    first = dict(reversed(given))
    return [(finding, places[cause]) for cause, finding in given if first[cause] is finding]
