"""Rules for people: the page of one code, and the list of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from vpcp_cli.language import _
from vpcp_cli.render.cells import cells, pad, wrap
from vpcp_cli.render.console import Screen, Style
from vpcp_cli.rulebook.rule import Rule, Severity

_FACT: Final = re.compile(r"\{\w+\}")
_INDENT: Final = "  "


def rule_page(rule: Rule, screen: Screen) -> Iterator[str]:
    """Yield the page of one rule: what it says, why, what to do, an example of each."""
    yield f"{screen.paint(rule.code, Style.BOLD)} ({_severity(rule, screen)})"
    yield from _wrapped(_general(rule.sentence), screen)
    yield ""
    for heading, message in ((_("Why"), rule.why), (_("What to do"), rule.remedy)):
        yield screen.paint(heading, Style.BOLD)
        yield from _wrapped(_general(message), screen)
        if message == rule.remedy and rule.otherwise:
            yield from _wrapped(_general(rule.otherwise), screen)
        yield ""
    for heading, example in ((_("Wrong"), rule.wrong), (_("Right"), rule.right)):
        if example:
            yield screen.paint(heading, Style.BOLD)
            yield from (_INDENT + line for line in _shown(example).splitlines())
            yield ""
    if rule.severity is Severity.ERROR:
        yield from _wrapped(_("An error: `vpcp check` ends with exit code 1 until it is mended."), screen)
    else:
        yield from _wrapped(_("A warning: it fails only with `vpcp check --strict`."), screen)


def rule_list(rules: Iterable[Rule], screen: Screen) -> Iterator[str]:
    """Yield a line for each rule: code, gravity, what it says."""
    rows = [(rule.code, _severity(rule, Screen()), _general(rule.sentence)) for rule in rules]
    widths = [max(cells(row[column]) for row in rows) for column in (0, 1)]
    for code, severity, sentence in rows:
        start = f"{pad(code, widths[0])}  {pad(severity, widths[1])}  "
        spans = wrap(sentence, max(screen.width - cells(start), 20)) if screen.terminal else [(0, len(sentence))]
        for number, (first, last) in enumerate(spans):
            yield (start if not number else " " * cells(start)) + sentence[first:last]


def _severity(rule: Rule, screen: Screen) -> str:
    if rule.severity is Severity.ERROR:
        return screen.paint(_("error"), Style.BOLD_RED)
    return screen.paint(_("warning"), Style.BOLD_MAGENTA)


def _general(message: str) -> str:
    """The sentence of a rule without the facts of a case."""
    return _FACT.sub("…", _(message).replace("{nearest}", ""))


def _shown(example: str) -> str:
    """An example with what can't be seen written as an escape."""
    return "".join(one if one == "\n" or one.isprintable() else ascii(one)[1:-1] for one in example)


def _wrapped(text: str, screen: Screen) -> Iterator[str]:
    for first, last in wrap(text, min(screen.width, 100) - len(_INDENT)):
        yield _INDENT + text[first:last]
