"""All rules by their codes, in the order in which `vpcp explain` lists them."""

from __future__ import annotations

from typing import Final

from vpcp_cli.rulebook import files, history, log, shape, syntax, tasks, wording
from vpcp_cli.rulebook.rule import Rule

_FAMILIES: Final = (files, syntax, shape, tasks, log, wording, history)
RULES: Final[dict[str, Rule]] = {rule.code: rule for family in _FAMILIES for rule in family.RULES}
