"""How grave a workspace has settled that findings are: `[check]` in vpcp.toml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from vpcp_cli.errors import VpcpError
from vpcp_cli.finding import Finding
from vpcp_cli.language import _
from vpcp_cli.rulebook.rule import Severity
from vpcp_cli.vietnamese import nearest

_PAST: Final = frozenset(
    {
        *("id-taken", "id-vanished", "entry-vanished", "entry-rewritten", "entries-reordered"),
        *("fixed-overwritten", "key-overwritten", "deadline-overwritten"),
    }
)
"""Without these nobody could trust the common past."""


class BadRuleError(VpcpError):
    """A rule in `[check]` that there is not, or of which that can't be settled."""

    exit_code = 3
    setting: str
    rule: str
    other: str = ""
    """The other setting that has it too."""

    def sentence(self) -> str:
        """Say what is wrong with it."""
        from vpcp_cli.rulebook.rules import RULES

        facts = {"setting": f"check.{self.setting}", "rule": self.rule, "other": f"check.{self.other}"}
        if self.rule not in RULES:
            return _("`{setting}` in vpcp.toml names the unknown rule «{rule}».").format(**facts)
        if self.other:
            return _("`{setting}` and `{other}` in vpcp.toml both name {rule}.").format(**facts)
        if self.setting == "ignore":
            return _("`{setting}` in vpcp.toml names {rule}, which is an error: it can't be passed over.").format(
                **facts
            )
        return _("`{setting}` in vpcp.toml names {rule}, without which nothing can be counted or trusted.").format(
            **facts
        )

    def hint(self) -> str:
        """Name the near ones, or say what can be settled."""
        from vpcp_cli.rulebook.rules import RULES

        if self.rule not in RULES:
            near = nearest(self.rule, RULES)
            if near:
                return _("Did you mean {words}?").format(words=", ".join(near))
            return _("`vpcp explain` lists all rules.")
        if self.other:
            return _("Keep it in one of the two.")
        if self.setting == "ignore" and can_be_lighter(self.rule):
            return _('It can be made a warning: `warn = ["{rule}"]`.').format(rule=self.rule)
        return _("Mend the files; `vpcp explain {rule}` says how.").format(rule=self.rule)


class Settled(NamedTuple):
    """Findings as a workspace has settled them, and how many of which rules were passed over."""

    findings: list[Finding]
    ignored: Counter[str]


def can_be_lighter(rule: str) -> bool:
    """Whether an error may be called a warning: not where the file can't be read, or the common past is lost."""
    from vpcp_cli.rulebook.rules import RULES

    return not RULES[rule].shape and rule not in _PAST


def settled(findings: Iterable[Finding], check: Mapping[str, list[str]]) -> Settled:
    """Take what `[check]` says into account; raise `BadRuleError`."""
    if not check:
        return Settled(list(findings), Counter())
    from vpcp_cli.rulebook.rules import RULES

    gravity: dict[str, str] = {}
    for setting, rules in check.items():
        for rule in rules:
            if rule not in RULES:
                raise BadRuleError(setting, rule)
            if gravity.setdefault(rule, setting) != setting:
                raise BadRuleError(setting, rule, gravity[rule])
            is_error = RULES[rule].severity is Severity.ERROR
            if is_error and (setting == "ignore" or (setting == "warn" and not can_be_lighter(rule))):
                raise BadRuleError(setting, rule)
    kept, ignored = [], Counter[str]()
    for one in findings:
        here = gravity.get(one.code)
        if here == "ignore":
            ignored[one.code] += 1
        else:
            kept.append(replace(one, gravity=_SEVERITIES[here]) if here else one)
    return Settled(kept, ignored)


_SEVERITIES: Final = {"error": Severity.ERROR, "warn": Severity.WARNING}
