"""The rulebook: every code has its page in both languages and a minimal file that provokes it."""

import re
from pathlib import Path

import pytest

from vpcp_cli.rulebook.rule import Rule
from vpcp_cli.rulebook.rules import RULES

GALLERY = Path(__file__).parent / "findings"


def test_the_gallery_is_complete() -> None:
    assert {page.stem for page in GALLERY.glob("*.md")} == set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_page_of_the_gallery_shows_its_code_and_nothing_else(rule: Rule) -> None:
    shown = re.findall(r" \[([a-z0-9-]+)\]$", (GALLERY / f"{rule.code}.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert set(shown) == {rule.code}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_codes_are_nouns_in_kebab_case_and_sentences_end(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+[0-9]?(-[a-z0-9]+)*", rule.code)
    for text in (rule.sentence, rule.remedy, rule.why, rule.otherwise or "."):
        assert text.endswith((".", ")", "?")), text
    assert bool(rule.wrong) >= bool(rule.right)
