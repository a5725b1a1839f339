"""docs/data-format.md names every key and every code of the format."""

import re
from pathlib import Path

from vpcp_cli.kinds import keys_of
from vpcp_cli.storage.schema import RECORDS
from vpcp_cli.vocabulary import Category, Decision, DirectiveKind, Item, Nature, ProgrammeKind, Risk, Status, Urgency

PAGE = (Path(__file__).parent.parent / "docs" / "data-format.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([a-z_]+)`", PAGE))


def test_every_key_is_named() -> None:
    assert {key for cls in RECORDS for key in keys_of(cls)} <= NAMED


def test_every_code_is_named() -> None:
    kinds = (Category, Decision, DirectiveKind, Item, Nature, ProgrammeKind, Risk, Status, Urgency)
    assert {code.value for kind in kinds for code in kind} <= NAMED
