"""The workbook that a unit fills in: what is locked, what is offered, and what the reader will go by."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from terminal import REPOSITORY, Terminal
from vpcp_cli.sharing.form import FILLED, HEAD_ROW, KNOWN, REPORTABLE, Field

DAY = "2022-06-24"
UNIT = "PHONG_HANH_CHINH"


def book(terminal: Terminal, *more: str, lang: str = "en") -> Workbook:
    """Return the workbook of a unit of the examples."""
    terminal.take(REPOSITORY / "examples")
    answer = terminal.vpcp(
        "export", "xlsx", "--as-of", DAY, "--unit", UNIT, "-o", "x.xlsx", *more, VPCP_LANG=lang
    )  # fmt: skip
    assert (answer.code, answer.out) == (0, "")
    return load_workbook(terminal.folder / "x.xlsx")


def rows(made: Workbook) -> list[tuple[Any, ...]]:
    """Return the cells of the tasks."""
    page = made.worksheets[0]
    return [row for row in page.iter_rows(min_row=HEAD_ROW + 1, max_col=len(Field)) if row[0].value]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_it_holds_the_open_tasks_of_the_unit(terminal: Terminal, lang: str) -> None:
    made = book(terminal, lang=lang)
    listed = terminal.vpcp("list", "--as-of", DAY, "--unit", UNIT, "--open", "-f", "json")
    tasks = {one["id"]: one["text"][lang] for one in json.loads(listed.out)["tasks"]}
    assert {row[0].value: row[1].value for row in rows(made)} == tasks


def test_what_is_known_is_locked_and_what_is_wanted_is_text(terminal: Terminal) -> None:
    made = book(terminal)
    assert made.worksheets[0].protection.sheet
    for row in rows(made):
        assert all(cell.protection.locked and cell.data_type == "s" for cell in row[: len(KNOWN)])
        wanted = row[len(KNOWN) :]
        assert len(wanted) == len(FILLED)
        assert all(not cell.protection.locked and cell.number_format == "@" and cell.value is None for cell in wanted)


def test_states_are_offered_from_a_range(terminal: Terminal) -> None:
    made = book(terminal)
    offered = {str(one.sqref): one.formula1 for one in made.worksheets[0].data_validations.dataValidation}
    assert len(offered) >= 1
    for source in offered.values():
        sheet, _mark, cells = str(source).replace("'", "").partition("!")
        found = [cell.value for (cell,) in made[sheet][cells.replace("$", "")]]
        assert found == [status.label for status in REPORTABLE]


def test_people_see_three_sheets_and_the_reader_finds_its_own(terminal: Terminal) -> None:
    made = book(terminal, "--reply-by", "2022-07-05")
    assert [page.sheet_state for page in made.worksheets] == ["visible", "visible", "visible", "hidden", "veryHidden"]
    assert "2022-07-05" in str(made.worksheets[0]["A2"].value)
    cells = list(made["vpcp"].iter_rows(values_only=True))
    known = {str(name): value for name, value, *_rest in cells if name}
    assert (known["schema"], known["workspace"], known["unit"], known["as_of"]) == (
        "vpcp.form/1", "ke-hoach-cuc-vi-du", UNIT, DAY,
    )  # fmt: skip
    assert {row[0].value for row in rows(made)} <= known.keys()
    assert {f"vpcp_{field.value}" for field in Field} <= set(made.defined_names)


def test_tokens_are_the_same_in_every_language_and_change_with_the_task(terminal: Terminal) -> None:
    def tokens(lang: str) -> dict[str, object]:
        made = book(terminal, lang=lang) if lang == "en" else load_workbook(terminal.folder / "vi.xlsx")
        return {str(row[0]): row[1] for row in made["vpcp"].iter_rows(values_only=True) if row[0]}

    before = tokens("en")
    id_ = next(name for name in before if name.startswith("2022-"))
    command = ("export", "xlsx", "--as-of", DAY, "--unit", UNIT, "-o", "vi.xlsx")
    assert terminal.vpcp(*command, VPCP_LANG="vi").code == 0
    assert {**tokens("vi"), "language": "en"} == before
    assert terminal.vpcp("note", id_, "x", "--on", DAY).code == 0
    assert terminal.vpcp(*command).code == 0
    changed = {name for name, token in tokens("vi").items() if token != before[name]}
    assert changed == {id_}


def test_a_workbook_for_each_unit_with_open_tasks(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    assert terminal.vpcp("export", "xlsx", "--as-of", DAY, "--each", "lead", "-o", "forms").code == 0
    listed = json.loads(terminal.vpcp("list", "--as-of", DAY, "--open", "-f", "json").out)["tasks"]
    assert {path.stem for path in (terminal.folder / "forms").iterdir()} == {one["lead"] for one in listed}


def test_two_runs_give_the_same_bytes(terminal: Terminal) -> None:
    first = (book(terminal), (terminal.folder / "x.xlsx").read_bytes())[1]
    assert (book(terminal), (terminal.folder / "x.xlsx").read_bytes())[1] == first


def test_a_unit_that_has_ended_is_not_asked_and_that_is_said(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    assert terminal.vpcp("unit", "set", "PHONG_HANH_CHINH", "--valid-to", "2022-06-01").code == 0
    answer = terminal.vpcp("export", "xlsx", "--each", "lead", "-o", "forms", "--as-of", "2022-06-24")
    assert "PHONG_HANH_CHINH.xlsx" not in {one.name for one in (terminal.folder / "forms").iterdir()}
    assert re.search(r"PHONG_HANH_CHINH was there until 2022-06-01 and is not asked: \d+ rows?\.", answer.err)
    assert "`vpcp update --unit PHONG_HANH_CHINH --open --lead UNIT`" in answer.err
    one = terminal.vpcp("export", "xlsx", "--unit", "PHONG_HANH_CHINH", "-o", "x.xlsx", "--as-of", "2022-06-24")
    assert (one.code, "is not asked" in one.err, (terminal.folder / "x.xlsx").exists()) == (2, True, False)
    assert terminal.vpcp("export", "xlsx", "--each", "lead", "-o", "then", "--as-of", "2022-06-01").code == 0
    assert (terminal.folder / "then/PHONG_HANH_CHINH.xlsx").exists()


def test_without_a_unit_it_says_what_there_is(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    answer = terminal.vpcp("export", "xlsx", "-o", "x.xlsx")
    assert answer.code == 2
    assert "vpcp list -o tasks.xlsx" in answer.err


def test_a_unit_that_has_gone_is_never_told_to_hand_over_what_many_do(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    id_ = "2023-CD02.3"  # each member does it
    assert terminal.vpcp("unit", "set", "PHONG_HANH_CHINH", "--valid-to", "2023-06-01").code == 0
    answer = terminal.vpcp("export", "xlsx", "--each", "lead", "-o", "forms", "--as-of", "2023-06-24")
    assert f"Its parts of {id_} are nobody's" in answer.err
    assert "--unit PHONG_HANH_CHINH --open" not in answer.err
    assert "vpcp update 2023-CD" in answer.err
    assert not re.search(rf"vpcp update [^`]*{re.escape(id_)}\b", answer.err)
    before = (terminal.folder / "programmes/2023.yaml").read_bytes()
    wrong = terminal.vpcp("update", "--unit", "PHONG_HANH_CHINH", "--open", "--lead", "PHONG_TONG_HOP", "--yes")
    assert (wrong.code, "has only a part of" in wrong.err) == (4, True), wrong.err
    assert (terminal.folder / "programmes/2023.yaml").read_bytes() == before
