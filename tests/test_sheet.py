"""A list as a workbook: the rows of the CSV form, with real days, and never a formula."""

from __future__ import annotations

import csv
from datetime import datetime
from io import StringIO

import pytest
from openpyxl import load_workbook

from terminal import REPOSITORY, Terminal

DAY = "2022-06-24"


def shown(value: object, form: str) -> str:
    """Return a cell's value as CSV has it."""
    return value.strftime(form) if isinstance(value, datetime) else str("" if value is None else value)


@pytest.mark.parametrize("command", [("list",), ("due",), ("log",), ("directives",), ("units",), ("people",)])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_it_holds_the_rows_of_csv(terminal: Terminal, command: tuple[str, ...], lang: str) -> None:
    terminal.take(REPOSITORY / "examples")
    assert terminal.vpcp(*command, "--as-of", DAY, "-o", "x.xlsx", VPCP_LANG=lang).code == 0
    plain = terminal.vpcp(*command, "--as-of", DAY, "-f", "csv", VPCP_LANG=lang).out.removeprefix("\ufeff")
    rows = [[cell.removeprefix("'") for cell in row] for row in csv.reader(StringIO(plain, newline=""))]
    page = load_workbook(terminal.folder / "x.xlsx").active
    assert page is not None
    form = "%d/%m/%Y" if lang == "vi" else "%Y-%m-%d"
    found = [[shown(cell.value, form) for cell in row] for row in page.iter_rows()]
    assert found == [[cell.replace("true", "True") for cell in row] for row in rows]
    assert (page.freeze_panes, page.auto_filter.ref is not None) == ("A2", True)


@pytest.mark.parametrize(("lang", "titles"), [("vi", ["Nhiệm vụ", "Nhật ký"]), ("en", ["Tasks", "Log"])])
def test_the_sheet_is_named_in_the_readers_language(terminal: Terminal, lang: str, titles: list[str]) -> None:
    terminal.take(REPOSITORY / "examples")
    for command, title in zip(("list", "log"), titles, strict=True):
        said = terminal.vpcp(command, "--as-of", DAY, "-o", "x.xlsx", VPCP_LANG=lang)
        assert said.err.splitlines()[-1] == {"vi": "x.xlsx: đã ghi", "en": "x.xlsx: written"}[lang]
        assert load_workbook(terminal.folder / "x.xlsx").sheetnames == [title]


def test_days_are_days_and_no_text_is_a_formula_or_a_link(terminal: Terminal) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    assert terminal.vpcp("add", "2022-CD01", "=HYPERLINK(1)", "--lead", "VPCP", "--deadline", "2022-12-01").code == 0
    assert terminal.vpcp("add", "2022-CD01", "https://example.vn", "--lead", "VPCP").code == 0
    assert terminal.vpcp("list", "--directive", "2022-CD01", "-o", "x.xlsx").code == 0
    page = load_workbook(terminal.folder / "x.xlsx").active
    assert page is not None
    cells = [cell for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert {"=HYPERLINK(1)", "https://example.vn", datetime(2022, 12, 1)} <= {cell.value for cell in cells}  # noqa: DTZ001 - a day


def test_two_runs_give_the_same_bytes(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    assert {terminal.vpcp("list", "--as-of", DAY, "-o", name).code for name in ("a.xlsx", "b.xlsx")} == {0}
    assert (terminal.folder / "a.xlsx").read_bytes() == (terminal.folder / "b.xlsx").read_bytes()


def test_a_form_that_is_named_outweighs_the_ending(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    assert terminal.vpcp("list", "-f", "json", "-o", "x.xlsx").code == 0
    assert (terminal.folder / "x.xlsx").read_bytes().startswith(b"{")
