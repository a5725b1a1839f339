"""docs/data-format.md and its Vietnamese sister name every key and every code of the format, and say the same."""

import re
from pathlib import Path

import pytest

from vpcp_cli.kinds import keys_of
from vpcp_cli.programme import Directive, Programme, Task
from vpcp_cli.storage.format.schema import RECORDS
from vpcp_cli.vocabulary import (
    Authority,
    Category,
    Decision,
    DirectiveKind,
    Item,
    Nature,
    ProgrammeKind,
    Risk,
    Status,
    Urgency,
    labels,
)

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {name: (DOCS / name).read_text(encoding="utf-8") for name in ("data-format.md", "data-format.vi.md")}
each_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


def named(page: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", page))


@each_page
def test_every_key_is_named(page: str) -> None:
    assert {key for cls in RECORDS for key in keys_of(cls)} <= named(page)


@each_page
def test_the_keys_whose_history_is_kept_are_named(page: str) -> None:
    heading = "### A key that was wrong" if "### A key" in page else "### Khóa ghi sai"
    told = page[page.index(heading) :].partition("```")[0]
    kinds = (Task, Directive, Programme)
    kept = [key.name for kind in kinds for key in keys_of(kind).values() if key.key.history]
    assert re.findall(r"`([a-z_]+)`", told.partition(". ")[0])[: len(kept)] == kept


@each_page
def test_every_code_is_named(page: str) -> None:
    kinds = (Authority, Category, Decision, DirectiveKind, Item, Nature, ProgrammeKind, Risk, Status, Urgency)
    assert {code.value for kind in kinds for code in kind} <= named(page)


@each_page
def test_statuses_are_called_as_on_the_screen(page: str) -> None:
    table = page.partition("| `status` | | |\n")[2].partition("\n\n")[0]
    told = dict(re.findall(r"^\| `([a-z_]+)` \| ([^|`]+) \|", table, re.MULTILINE))
    assert told == {one.value: labels(one)[0] for one in Status if one is not Status.NOT_REPORTED}
    assert f"| {labels(Status.NOT_REPORTED)[0]} |" in page


def test_the_vietnamese_page_calls_codes_as_the_screen_does() -> None:
    page = PAGES["data-format.vi.md"].casefold()
    codes = (
        *Authority,
        *Category,
        *DirectiveKind,
        *Item,
        *ProgrammeKind,
        *Risk,
        *Urgency,
        Nature.STANDING,
        Nature.EXPECTATION,
    )
    assert [one for one in codes if f"`{one.value}` ({labels(one)[0].casefold()}" not in page] == []


def test_both_pages_have_the_same_tables_and_examples() -> None:
    english, vietnamese = PAGES.values()
    assert rows(vietnamese) == rows(english)
    assert examples(vietnamese) == examples(english)
    assert re.findall("^#+ ", vietnamese, re.MULTILINE) == re.findall("^#+ ", english, re.MULTILINE)


def rows(page: str) -> list[list[str]]:
    """Return what stands in backticks in the first cell of each row of the tables, or a year."""
    return [re.findall(r"`[^`]+`|^\| \d{4}", row) for row in re.findall(r"^\| [^|]+\|", page, re.MULTILINE)]


def examples(page: str) -> list[str]:
    return re.findall(r"```yaml\n.*?```", page, re.DOTALL)
