"""`vpcp explain`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from vpcp_cli.errors import UnknownRuleError
from vpcp_cli.language import N_
from vpcp_cli.render.forms import Color


def explain(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help=N_("The code in brackets behind a finding: unknown-unit."))
    ] = None,
    color: Annotated[Color, typer.Option("--color", help=N_("When to colour; NO_COLOR is heeded."))] = Color.AUTO,
) -> None:
    """Say what a finding of `vpcp check` means, why it matters and how to mend it; without a code, list them all."""
    from vpcp_cli.render.cells import write_lines
    from vpcp_cli.render.console import Screen
    from vpcp_cli.render.rules import rule_list, rule_page
    from vpcp_cli.rulebook.rules import RULES
    from vpcp_cli.vietnamese import nearest

    screen = Screen.of(sys.stdout, color)
    if code is None:
        write_lines(rule_list(RULES.values(), screen), sys.stdout)
        return
    asked = code.strip().strip("[]").lower().replace("_", "-")
    if asked not in RULES:
        raise UnknownRuleError(code, nearest(asked, RULES))
    write_lines(rule_page(RULES[asked], screen), sys.stdout)
