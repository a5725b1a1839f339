"""Workbooks that come back: what they say, what is refused with its cell, and what is written, all of it or none."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from terminal import REPOSITORY, Answer, Terminal
from vpcp_cli.sharing.form import HEAD_ROW, KEYS, SCHEMA, Field

DAY = "2022-06-24"
LETTERS = {field: chr(ord("A") + column) for column, field in enumerate(Field)}
FIRST = HEAD_ROW + 1

UNITS = """schema: 1
units:
- {code: CUC, name: Cục Thử}
- {code: PHC, name: Phòng Hành chính}
- {code: PTH, name: Phòng Tổng hợp}
"""
PROGRAMME = """schema: 1
year: 2022
kind: work_programme
title: Chương trình
owner: CUC
directives:
- id: 2022-CD01
  kind: directive
  title: Chỉ đạo
  issuer: {name: An}
  issued: 2022-01-10
  tasks:
  - id: 2022-CD01.1
    text: Việc một
    category: reform
    nature: one_off
    lead: PHC
    deadline: 2022-09-30
  - id: 2022-CD01.2
    text: Việc hai
    category: reform
    nature: one_off
    lead: PHC
    deadline: 2022-06-30
  - id: 2022-CD01.3
    text: Việc ba
    category: reform
    nature: one_off
    lead: PHC
    deadline: 2022-12-31
    log:
    - {date: 2022-03-01, status: in_progress}
    - {date: 2022-04-01, obstacle: Thiếu người}
  - id: 2022-CD01.4
    text: Việc bốn
    category: reform
    nature: one_off
    lead: PHC
    item: scheme
  - id: 2022-CD01.5
    text: Việc năm
    category: reform
    nature: one_off
    lead: PHC
    added: 2022-05-01
  - id: 2022-CD01.6
    text: Việc sáu
    category: reform
    nature: one_off
    lead: PTH
    deadline: 2022-12-31
"""
"""The rows of PHC's workbook are 8 to 12, in this order."""


SCHEMA_OF_ANSWERS = json.loads((REPOSITORY / "docs/schema/output.schema.json").read_text(encoding="utf-8"))
ONLY = next(one for one in SCHEMA_OF_ANSWERS["oneOf"] if one["properties"]["schema"]["const"] == "vpcp.import/1")
PROMISED = pytest.importorskip("jsonschema").Draft202012Validator({**ONLY, "$defs": SCHEMA_OF_ANSWERS["$defs"]})


SENT: dict[tuple[str, str], bytes] = {}
"""The workbooks of units, by their languages; each is made once."""


class Office:
    """A workspace, the workbook of a unit, and how it is filled in."""

    def __init__(self, terminal: Terminal, unit: str = "PHC") -> None:
        self.terminal = terminal
        terminal.write("programmes/units.yaml", UNITS)
        terminal.write("programmes/2022.yaml", PROGRAMME)
        made = unit, terminal.settings.get("VPCP_LANG", "")
        if made in SENT:
            terminal.write("x.xlsx", SENT[made])
        else:
            assert self.vpcp("export", "xlsx", "--as-of", DAY, "--unit", unit, "-o", "x.xlsx").code == 0
            SENT[made] = (terminal.folder / "x.xlsx").read_bytes()
        self.sent = SENT[made]

    def vpcp(self, *words: str, **environment: str) -> Answer:
        return self.terminal.vpcp(*words, **environment)

    def fill(self, cells: Mapping[str, Any], name: str = "x.xlsx") -> None:
        """Write values into cells of the workbook as it was sent."""

        def put(book: Workbook) -> None:
            for at, value in cells.items():
                book.worksheets[0][at] = value

        self.change(put, name)

    def change(self, how: Callable[[Workbook], None], name: str = "x.xlsx") -> None:
        book = load_workbook(BytesIO(self.sent))
        how(book)
        path = self.terminal.folder / name
        path.parent.mkdir(exist_ok=True)
        book.save(path)

    def read(self, *more: str, code: int | None = None, file: str = "x.xlsx") -> dict[str, Any]:
        """Import the workbook; the one report of it as programs get it."""
        answer = self.vpcp("import", file, "-f", "json", *more)
        report: dict[str, Any] = json.loads(answer.out)
        assert answer.code == (int(bool(report["refused"])) if code is None else code), answer
        assert [error.message for error in PROMISED.iter_errors(report)] == []
        (found,) = report["books"]
        return {**report, **found}

    def programmes(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.terminal.folder / "programmes").glob("*.yaml")}


@pytest.fixture
def office(terminal: Terminal) -> Office:
    return Office(terminal)


def at(field: Field, row: int = FIRST) -> str:
    return f"{LETTERS[field]}{row}"


def said(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the entries of a report say, without what they don't say, and without who wrote when."""
    kept = [
        {key: value for key, value in one["entry"].items() if value not in (None, [], False)}
        for one in report["entries"]
    ]
    return [{key: value for key, value in one.items() if key not in ("by", "recorded")} for one in kept]


def reasons(report: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(one["cell"], one["reason"]) for one in report["refused"]]


# What rows say


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_untouched_workbook_says_nothing(terminal: Terminal, lang: str) -> None:
    terminal.settings["VPCP_LANG"] = lang
    report = Office(terminal).read()
    assert (report["entries"], report["refused"], report["new"], report["failed"]) == ([], [], [], None)


def test_each_column_says_its_own(office: Office) -> None:
    before = office.programmes()
    office.fill({
        at(Field.STATUS, 8): "Hoàn thành", at(Field.DAY, 8): "20/06/2022", at(Field.NUMBER, 8): "12/BC-HC; 13/BC-HC",
        at(Field.RESULT, 8): "Đã ban hành",
        at(Field.RESULT, 9): "Đang lấy ý kiến",
        at(Field.OBSTACLE, 10): "Thiếu kinh phí", at(Field.DAY, 10): "2022-06-21",
        at(Field.ASKED, 11): "31/12/2026", at(Field.REASON, 11): "Chờ nghị định", at(Field.DAY, 11): "22/6/2022",
        at(Field.STATUS, 12): "In progress", at(Field.NUMBER, 12): 112.0, at(Field.DAY, 12): "1/6/2022",
    })  # fmt: skip
    report = office.read()
    assert report["refused"] == []
    done, note, obstacle, request, state = said(report)
    today = note.pop("date")
    assert done["status"] == "done"
    assert done["date"] == "2022-06-20"
    assert [one["number"] for one in done["evidence"]] == ["12/BC-HC", "13/BC-HC"]
    assert done["note"] == "Đã ban hành"
    assert note == {"note": "Đang lấy ý kiến"}
    assert obstacle == {"date": "2022-06-21", "obstacle": {"vi": "Thiếu kinh phí", "en": "Thiếu kinh phí"}}
    assert request["decision"] == "requested"
    assert request["deadline"]["last"] == "2026-12-31"
    assert request["note"] == "Chờ nghị định"
    assert state == {"date": "2022-06-01", "status": "in_progress", "document": "112"}
    for one in report["entries"]:
        assert one["entry"]["by"] == "Phòng Hành chính"
        assert one["entry"]["recorded"] == (None if one["entry"]["date"] == today else today)
    assert office.programmes() == before


def test_what_update_takes_the_workbook_offers_and_no_more(office: Office) -> None:
    office.fill({
        at(Field.STATUS, 11): "Đã trình", at(Field.DAY, 11): "1/6/2022",
        at(Field.STATUS, 10): "Đã trình", at(Field.DAY, 10): "1/6/2022", at(Field.STATUS, 8): "Đã hủy",
    })  # fmt: skip
    report = office.read()
    assert [one["status"] for one in said(report)] == ["submitted", "submitted"]
    assert reasons(report) == [("F8", "It is no state of the list.")]


def test_what_goes_back_to_a_unit_names_no_command(office: Office) -> None:
    assert office.vpcp("done", "2022-CD01.1", "--on", "2022-05-02", "--evidence", "9/BC-PHC", "--by", "X").code == 0
    office.fill({at(Field.STATUS): "Hoàn thành", at(Field.DAY): "3/5/2022", at(Field.NUMBER): "10/BC-PHC"}, "in/a.xlsx")
    answer = office.vpcp("import", "in", "--errors", "back", VPCP_LANG="vi")
    assert (answer.code, "`vpcp correct" in answer.out) == (1, True)
    said_to_them = str(load_workbook(office.terminal.folder / "back/a.xlsx").worksheets[0]["M8"].value)
    assert "đề nghị ghi rõ ở cột “Kết quả”" in said_to_them
    assert "vpcp" not in said_to_them


def test_a_day_of_the_spreadsheet_is_told_as_people_write_it(office: Office) -> None:
    office.fill({at(Field.STATUS): "Hoàn thành", at(Field.DAY): date(2099, 3, 11)})
    answer = office.vpcp("import", "x.xlsx", VPCP_LANG="vi")
    assert "“11/03/2099”" in answer.out
    assert "2099-03-11" not in answer.out


@pytest.mark.parametrize(
    "typed", ["Hoàn thành", "hoàn thành ", "Hoa\u0300n tha\u0300nh", "Hoàn\u00a0thành", "Done", " DONE"]
)
def test_states_are_known_however_they_are_typed(office: Office, typed: str) -> None:
    office.fill({at(Field.STATUS): typed, at(Field.DAY): "1/6/2022"})
    assert said(office.read()) == [{"date": "2022-06-01", "status": "done"}]


def test_texts_are_kept_tidy(office: Office) -> None:
    office.fill({at(Field.RESULT): " Đa\u0303\u00a0xong \n phần  một ", at(Field.DAY): "01/06/2022\u00a0"})
    assert said(office.read()) == [{"date": "2022-06-01", "note": "Đã xong phần một"}]


def test_the_same_open_difficulty_changes_nothing(office: Office) -> None:
    office.fill({at(Field.OBSTACLE, 10): "thiếu  người", at(Field.OBSTACLE, 9): "Thiếu người"})
    report = office.read()
    assert [(one["id"], one["already"]) for one in report["entries"]] == [("2022-CD01.2", False), ("2022-CD01.3", True)]


def test_what_is_asked_for_is_never_approved(office: Office) -> None:
    office.fill({at(Field.ASKED): "30/11/2022", at(Field.REASON): "Chờ"})
    assert office.vpcp("import", "x.xlsx", "--yes").code == 0
    shown = json.loads(office.vpcp("list", "--id", "2022-CD01.1", "--as-of", "today", "-f", "json").out)["tasks"][0]
    assert (shown["deadline"]["last"], shown["pending_deadline"]["last"]) == ("2022-09-30", "2022-11-30")
    report = office.read()
    assert [one["already"] for one in report["entries"]] == [True]


def test_columns_are_found_by_their_heads_and_names_wherever_they_stand(office: Office) -> None:
    def move(book: Workbook) -> None:
        page = book.worksheets[0]
        rows = [
            [cell.value for cell in row] for row in page.iter_rows(min_row=HEAD_ROW, max_row=12, max_col=len(Field))
        ]
        order = [*range(5, 12), 3, 4, 2, 1, 0]
        for number, row in enumerate(rows, HEAD_ROW):
            for column, old in enumerate(order, 1):
                page.cell(number, column).value = row[old]
        page.cell(8, 1, "Done")
        page.cell(8, 2, "1/6/2022")
        page["E7"] = "Vướng ở đâu?"
        page["E9"] = "Thiếu tiền"
        book.defined_names["vpcp_obstacle"].value = f"'{page.title}'!$E$7"
        book.move_sheet(page, 2)
        page.title = "Bản của chúng tôi"
        book.defined_names["vpcp_obstacle"].value = "'Bản của chúng tôi'!$E$7"

    office.change(move)
    report = office.read()
    assert report["refused"] == []
    assert [(one["id"], one["cell"]) for one in report["entries"]] == [("2022-CD01.1", "A8"), ("2022-CD01.2", "E9")]


def test_rows_may_be_sorted_and_left_out(office: Office) -> None:
    def sort(book: Workbook) -> None:
        page = book.worksheets[0]
        rows = [[cell.value for cell in row[:5]] for row in page.iter_rows(min_row=8, max_row=12)]
        page.delete_rows(8, 5)
        for number, row in enumerate([rows[3], rows[0]], 8):
            for column, value in enumerate(row, 1):
                page.cell(number, column, value)
        page["F9"], page["G9"] = "Done", "1/6/2022"

    office.change(sort)
    report = office.read()
    assert (report["refused"], [(one["id"], one["cell"]) for one in report["entries"]]) == ([], [("2022-CD01.1", "F9")])


def test_rows_without_an_id_are_told_and_never_entered(office: Office) -> None:
    office.fill({"B15": "Việc mới của phòng", "I17": "Kết quả của ai?", "C19": "   "})
    report = office.read("--yes")
    assert report["new"] == [{"row": 15, "text": "Việc mới của phòng"}, {"row": 17, "text": "Kết quả của ai?"}]
    assert not report["written"]


def test_a_real_day_that_could_be_swapped_is_warned_about(office: Office) -> None:
    for row, day in ((8, datetime(2022, 3, 4)), (9, datetime(2022, 5, 5)), (10, datetime(2022, 6, 20))):  # noqa: DTZ001
        office.sent = office.sent if row == 8 else (office.terminal.folder / "x.xlsx").read_bytes()
        office.fill({at(Field.STATUS, row): "In progress", at(Field.NUMBER, row): "1", at(Field.DAY, row): day})
    report = office.read()
    assert [one["date"] for one in said(report)] == ["2022-03-04", "2022-05-05", "2022-06-20"]
    assert [(one["cell"], one["read"]) for one in report["warnings"]] == [("G8", "2022-03-04")]


# What is refused, with its cell


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "a day to come": ({"F8": "Done", "G8": "1/6/2099"}, "G8", "still to come"),
    "a day before the task": ({"F12": "Done", "G12": "30/4/2022"}, "G12", "exists from 2022-05-01"),
    "no day": ({"F8": "Done", "G8": "hôm nào đó"}, "G8", "no day that can be read"),
    "a day without its year": ({"F8": "Done", "G8": "1/6"}, "G8", "no day that can be read"),
    "a short year": ({"F8": "Done", "G8": "1/6/22"}, "G8", "no day that can be read"),
    "a number for a day": ({"F8": "Done", "G8": 44713}, "G8", "no day that can be read"),
    "a month for a day": ({"F8": "Done", "G8": "6/2022"}, "G8", "no day that can be read"),
    "a state that is none": ({"F8": "Xong rồi"}, "F8", "no state of the list"),
    "a state of the office": ({"F8": "Rút"}, "F8", "no state of the list"),
    "a formula": ({"F8": "Done", "I8": "=A1"}, "I8", "formula"),
    "an error": ({"F8": "Done", "G8": "#N/A"}, "G8", "error"),
    "not done without a reason": ({"F8": "Not done"}, "I8", "needs a reason"),
    "a number alone": ({"H8": "12/BC"}, "H8", "without a new state or a result"),
    "a day alone": ({"G8": "1/6/2022"}, "G8", "Alone it says nothing"),
    "a reason alone": ({"L8": "Chờ"}, "L8", "without the day"),
    "a day asked for without reason": ({"K8": "1/12/2022"}, "L8", "without a reason"),
    "a day asked for that is no later": ({"K8": "30/9/2022", "L8": "Chờ"}, "K8", "not later"),
    "a day asked for that is none": ({"K8": "sớm", "L8": "Chờ"}, "K8", "no day that can be read"),
    "a locked text": ({"B8": "Việc khác"}, "B8", "locked cell"),
    "a locked deadline": ({"D8": "31/12/2022"}, "D8", "locked cell"),
    "a locked text that is a formula now": ({"B8": "=B9"}, "B8", "locked cell"),
    "an unknown id": ({"A8": "2022-CD09.9"}, "A8", "no such task"),
    "no id": ({"A8": "một"}, "A8", "no such task"),
    "an id that is a formula": ({"A8": '="2022-CD01.1"'}, "A8", "formula"),
    "another unit's id": ({"A8": "2022-CD01.6", "F8": "Done"}, "A8", "PTH is in charge"),
    "an id that was not sent": ({"A8": "2022-CD01.6"}, "A8", "not in the workbook that was sent"),
    "a control character": ({"I8": "x\u202ey"}, "I8", "U+202E"),
    "done with a difficulty": ({"F8": "Done", "G8": "1/6/2022", "J8": "Thiếu tiền"}, "J8", "is closed"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cant_be_taken_is_refused_with_its_cell(office: Office, name: str) -> None:
    cells, cell, reason = REFUSED[name]
    before = office.programmes()
    office.fill(cells)
    report = office.read("--yes", code=4)
    assert [one["cell"] for one in report["refused"]] == [cell]
    (refused,) = report["refused"]
    assert reason in refused["reason"]
    assert refused["remedy"]
    assert (report["entries"], report["written"]) == ([], False)
    assert office.programmes() == before


def test_a_refused_day_is_quoted_as_its_reader_writes_days(office: Office) -> None:
    office.fill({"F8": "Done", "G8": datetime(2099, 3, 11)})  # noqa: DTZ001
    answer = office.vpcp("import", "x.xlsx", "--lang", "vi")
    assert "“11/03/2099”" in answer.out
    assert "2099-03-11" not in answer.out + answer.err
    assert office.read()["refused"][0]["value"] == "2099-03-11", "programs get what the cell holds"


def test_all_that_is_wrong_in_a_row_is_said_at_once(office: Office) -> None:
    office.fill({"F8": "Xong rồi", "G8": "hôm nọ", "K8": "1/12/2022", "F9": "Not done", "G9": "1/6/2099"})
    assert [one["cell"] for one in office.read()["refused"]] == ["G8", "F8", "L8", "G9", "I9"]


def test_nothing_is_done_without_a_document_where_that_is_settled(office: Office) -> None:
    office.fill({"F8": "Done", "G8": "1/6/2022", "F9": "Done", "G9": "1/6/2022", "H9": "12/BC"})
    assert office.read()["refused"] == []
    office.terminal.write("vpcp.toml", "[workbook]\nrequire_evidence = true\n")
    assert reasons(office.read()) == [("H8", "«Done» needs the number of a document.")]


def test_another_units_slip_does_not_keep_a_report_back(office: Office) -> None:
    office.fill({"F8": "Done", "G8": "1/6/2022"}, "in/a.xlsx")
    assert office.vpcp("export", "xlsx", "--as-of", DAY, "--unit", "PTH", "-o", "in/b.xlsx").code == 0
    book = load_workbook(office.terminal.folder / "in/b.xlsx")
    book.worksheets[0]["A8"], book.worksheets[0]["F8"] = "2022-CD01.1", "In progress"
    book.save(office.terminal.folder / "in/b.xlsx")
    report = json.loads(office.vpcp("import", "in", "-f", "json").out)
    assert [[one["cell"] for one in book["refused"]] for book in report["books"]] == [[], ["A8"]]
    assert [[one["id"] for one in book["entries"]] for book in report["books"]] == [["2022-CD01.1"], []]


def test_doubled_rows_are_both_refused(office: Office) -> None:
    office.fill({**{f"{LETTERS[field]}13": value for field, value in zip(
        Field, (cell.value for cell in load_workbook(BytesIO(office.sent)).worksheets[0][8][:5]), strict=False
    )}, "F13": "Done"})  # fmt: skip
    assert reasons(office.read()) == [("A8", "It stands in several rows."), ("A13", "It stands in several rows.")]


def test_joined_cells_are_refused(office: Office) -> None:
    def join(book: Workbook) -> None:
        book.worksheets[0]["I8"] = "Xong cả hai"
        book.worksheets[0].merge_cells("I8:I9")

    office.change(join)
    report = office.read()
    assert reasons(report) == [("I8", "It is joined with other cells."), ("I9", "It is joined with other cells.")]


def test_a_row_is_taken_whole_or_not_at_all(office: Office) -> None:
    office.fill({"F8": "In progress", "G8": "1/6/2022", "K8": "1/1/2020", "L8": "Chờ", "F9": "Done", "G9": "1/6/2022"})
    report = office.read()
    assert [one["id"] for one in report["entries"]] == ["2022-CD01.2"]
    assert [one["id"] for one in report["refused"]] == ["2022-CD01.1"]
    written = office.read("--yes", "--skip-refused", code=1)
    assert written["written"]
    done = json.loads(office.vpcp("list", "--status", "done", "--as-of", "today", "-f", "json").out)["tasks"]
    assert [one["id"] for one in done] == ["2022-CD01.2"]


# What is there already, and what stands against it


def test_twice_is_already_there(office: Office) -> None:
    office.fill({
        "F8": "Done", "G8": "1/6/2022", "H8": "12/BC", "F9": "Done", "H9": "13/BC", "I10": "Nghe báo cáo",
        "J11": "Thiếu tiền", "K12": "1/12/2022", "L12": "Chờ",
    })  # fmt: skip
    assert office.vpcp("import", "x.xlsx", "--yes").code == 0
    after = office.programmes()
    report = office.read("--yes")
    assert [one["already"] for one in report["entries"]] == [True] * 5
    assert not report["written"]
    assert office.programmes() == after


def test_what_was_put_right_is_not_entered_again(office: Office) -> None:
    office.fill({"F8": "In progress", "G8": "1/6/2022", "I8": "x"})
    assert office.vpcp("import", "x.xlsx", "--yes").code == 0
    assert office.vpcp("correct", "2022-CD01.1", "1", "--void", "--note", "nhầm").code == 0
    (refused,) = office.read()["refused"]
    assert refused["cell"] == "F8"
    assert "put right on" in refused["reason"]


def test_a_document_is_added_to_what_is_done_on_that_day_and_nothing_else(office: Office) -> None:
    assert office.vpcp("done", "2022-CD01.1", "--on", "2022-06-01", "--evidence", "1/BC").code == 0
    office.fill({"F8": "Done", "G8": "1/6/2022", "H8": "1/BC; 2/BC"})
    (entry,) = office.read()["entries"]
    assert entry["adds_to"] == 1
    assert entry["moved"]
    assert [one["number"] for one in entry["entry"]["evidence"]] == ["1/BC", "2/BC"]
    for cells in (
        {"F8": "Done", "G8": "2/6/2022", "H8": "2/BC"},
        {"F8": "Done", "H8": "1/BC; 2/BC"},
        {"F8": "Done", "G8": "1/6/2022", "I8": "Thêm lời"},
    ):
        office.fill(cells)
        (refused,) = office.read()["refused"]
        assert refused["cell"] == "F8"
        assert "vpcp correct 2022-CD01.1 1" in refused["remedy"]


def test_a_task_that_has_changed_without_contradiction_is_told(office: Office) -> None:
    assert office.vpcp("note", "2022-CD01.1", "đã gọi điện").code == 0
    office.fill({"F8": "Done", "G8": "1/6/2022", "F9": "Done", "G9": "1/6/2022"})
    assert [one["moved"] for one in office.read()["entries"]] == [True, False]
    text = office.vpcp("import", "x.xlsx").out
    assert text.count("the task has changed since the workbook was made") == 1


def test_two_workbooks_that_say_different_things_are_both_refused(office: Office) -> None:
    office.fill({"F8": "Done", "G8": "1/6/2022"}, "in/a.xlsx")
    office.fill({"F8": "Done", "G8": "2/6/2022"}, "in/b.xlsx")
    office.fill({"F8": "Done", "G8": "2/6/2022"}, "in/c.xlsx")
    report = json.loads(office.vpcp("import", "in", "-f", "json").out)
    assert [[one["cell"] for one in book["refused"]] for book in report["books"]] == [["A8"]] * 3
    (office.terminal.folder / "in/a.xlsx").unlink()
    report = json.loads(office.vpcp("import", "in", "-f", "json").out)
    assert [[one["already"] for one in book["entries"]] for book in report["books"]] == [[False], [True]]


# Files


def test_a_folder_is_read_whole_in_one_write_and_one_undo(terminal: Terminal) -> None:
    units = [f"P{number:02}" for number in range(30)]
    tasks = [
        f"  - id: 2022-CD01.{number}\n    text: Việc {number}\n    category: reform\n    nature: one_off\n"
        f"    lead: {unit}\n"
        for number, unit in enumerate(units, 1)
    ]
    terminal.write("programmes/units.yaml", UNITS + "".join(f"- {{code: {one}, name: Phòng {one}}}\n" for one in units))
    terminal.write("programmes/2022.yaml", PROGRAMME.partition("  - id")[0] + "".join(tasks))
    before = (terminal.folder / "programmes/2022.yaml").read_bytes()
    assert terminal.vpcp("export", "xlsx", "--as-of", DAY, "--each", "lead", "-o", "in").code == 0
    for path in (terminal.folder / "in").iterdir():
        book = load_workbook(path)
        book.worksheets[0]["F8"], book.worksheets[0]["G8"] = "Done", "1/6/2022"
        book.save(path)
    terminal.write("in/~$P01.xlsx", b"")
    terminal.write("in/readme.txt", b"")
    answer = terminal.vpcp("import", "in", "--yes")
    assert answer.code == 0
    assert answer.out.startswith("30 workbooks · 30 entries written\n")
    assert "Not read in in: readme.txt, ~$P01.xlsx." in answer.err
    listed = json.loads(terminal.vpcp("list", "--status", "done", "--as-of", "today", "-f", "json").out)
    assert listed["count"] == len(units)
    assert terminal.vpcp("undo").code == 0
    assert (terminal.folder / "programmes/2022.yaml").read_bytes() == before


def test_workbooks_go_back_with_what_is_to_be_mended(office: Office) -> None:
    office.fill({"F8": "Xong", "G8": "1/6/2022", "F9": "Done", "G9": "hôm kia", "I10": "Tốt"}, "in/a.xlsx")
    answer = office.vpcp("import", "in", "--errors", "back")
    assert answer.code == 1
    first = (office.terminal.folder / "back/a.xlsx").read_bytes()
    page = load_workbook(BytesIO(first)).worksheets[0]
    assert page["M7"].value == "To be mended"
    assert "no state of the list" in str(page["M8"].value)
    assert "no day" in str(page["M9"].value)
    assert page["M10"].value is None
    coloured = [
        cell.coordinate for row in page.iter_rows(min_row=8) for cell in row if cell.fill.fgColor.rgb == "FFF4B6B6"
    ]
    assert coloured == ["F8", "G9"]
    assert [page[cell].font.b for cell in ("F8", "G9", "G8")] == [True, True, False]
    assert (page["I10"].value, page.protection.sheet, len(page.data_validations.dataValidation)) == ("Tốt", True, 5)
    assert office.vpcp("import", "in", "--errors", "back").code == 1
    assert (office.terminal.folder / "back/a.xlsx").read_bytes() == first
    again = load_workbook(BytesIO(first))  # mended, and sent again
    again.worksheets[0]["F8"] = "Done"
    again.save(office.terminal.folder / "in/a.xlsx")
    assert office.vpcp("import", "in", "--errors", "back", VPCP_LANG="vi").code == 1
    page = load_workbook(office.terminal.folder / "back/a.xlsx").worksheets[0]
    assert [page[cell].value is None for cell in ("M7", "N7", "M8", "M9")] == [False, True, True, False]
    assert (page["F8"].fill.fgColor.rgb != "FFF4B6B6", page["F8"].font.b, page["F8"].font.sz) == (True, False, 11)
    assert office.vpcp("import", "in", "--errors", "in").code == 2


def bomb(size: int = 33 * 2**20, names: int = 2) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        for number in range(names):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b" " * size)
    return made.getvalue()


def replaced(content: bytes, name: str, how: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part changed."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            new.writestr(part.filename, how(data) if part.filename == name else data)
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def lying(content: bytes) -> bytes:
    """A workbook of which a part says that it is small."""
    made = replaced(content, SHEET, lambda data: data + b" " * 2**20)
    size = struct.pack("<L", len(ZipFile(BytesIO(made)).read(SHEET)))
    return made.replace(size, struct.pack("<L", 1000))


def added(content: bytes, name: str, data: bytes = b"x", compression: int = ZIP_DEFLATED) -> bytes:
    made = BytesIO(content)
    with ZipFile(made, "a") as archive:
        archive.writestr(name, data, compression)
    return made.getvalue()


def rekeyed(content: bytes, old: str, new: str) -> bytes:
    return replaced(content, "xl/sharedStrings.xml", lambda data: data.replace(old.encode(), new.encode()))


FILES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "no zip": (lambda _sent: b"Id;Task\n", "no workbook, or a damaged one"),
    "half of it": (lambda sent: sent[: len(sent) // 2], "no workbook, or a damaged one"),
    "another zip": (lambda _sent: added(b"", "mimetype", b"application/vnd.oasis"), "no workbook, or a damaged one"),
    "old or encrypted": (lambda _sent: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted"),
    "macros": (lambda sent: added(sent, "xl/vbaProject.bin"), "macros"),
    "too large": (lambda sent: sent + bytes(10 * 2**20), "larger than 10 MiB"),
    "a bomb": (lambda _sent: bomb(), "too large"),
    "a bomb of tags": (lambda sent: replaced(sent, SHEET, lambda data: data + b"<c/>" * 2_000_000), "too large"),
    "a bomb of cells that are joined": (
        lambda sent: replaced(sent, SHEET, lambda data: data.replace(
            b"</worksheet>", b'<mergeCells><mergeCell a=">" ref="A1:XFD1048576"/></mergeCells></worksheet>'
        )), "too large",
    ),
    "a bomb of strings": (
        lambda sent: replaced(sent, "xl/sharedStrings.xml", lambda data: data + b"<si><t/></si>" * 900_000),
        "too large",
    ),
    "a part that lies": (lying, "damaged"),
    "another way of packing": (lambda sent: added(sent, "xl/media/x", b"x", ZIP_LZMA), "damaged"),
    "entities": (
        lambda sent: replaced(sent, SHEET, lambda data: data.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)),
        "no program of an office",
    ),
    "another encoding": (
        lambda sent: replaced(sent, SHEET, lambda data: data.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
        "no program of an office",
    ),
    "another workspace": (lambda sent: rekeyed(sent, ">CUC<", ">BO_KHAC<"), "made for the programmes of «BO_KHAC»"),
    "another schema": (lambda sent: rekeyed(sent, SCHEMA, "abc/1"), "no workbook for reports"),
    "a newer version": (lambda sent: rekeyed(sent, SCHEMA, "vpcp.form/2"), "another version of the form"),
    "an unknown unit": (lambda sent: rekeyed(sent, ">PHC<", ">PXX<"), "unit «PXX», which is not known"),
    "no day": (lambda sent: rekeyed(sent, DAY, "gần đây"), "damaged"),
    "rows without end": (
        lambda sent: replaced(sent, SHEET, lambda data: data.replace(b'<row r="9"', b'<row r="2000000000"', 1)),
        "damaged",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_none_of_ours_is_refused(office: Office, name: str) -> None:
    how, reason = FILES[name]
    before = office.programmes()
    office.terminal.write("x.xlsx", how(office.sent))
    began = time.process_time()
    report = office.read("--yes", code=4)
    assert time.process_time() - began < 2  # the promise is of what it costs
    assert reason in report["failed"]["reason"]
    assert report["failed"]["remedy"]
    assert office.programmes() == before


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no way to ask for the peak of one program")
@pytest.mark.parametrize("name", ["a bomb", "a bomb of tags", "a bomb of cells that are joined", "a bomb of strings"])
def test_a_bomb_takes_no_room(office: Office, name: str) -> None:
    office.terminal.write("x.xlsx", FILES[name][0](office.sent))
    script = (
        "from vpcp_cli.cli import main\ncode = main(['import', 'x.xlsx'])\n"
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"  # not the parent's
        "print(code, int(peak.split()[1]) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=office.terminal.folder, env=office.terminal.environment(),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    code, mebibytes = map(int, done.stdout.splitlines()[-1].split())
    assert code == 1
    assert mebibytes < 200


def test_a_workbook_without_the_hidden_sheet_is_none_of_ours(office: Office) -> None:
    office.change(lambda book: book.remove(book[KEYS]))
    assert "no workbook for reports" in office.read()["failed"]["reason"]


def test_a_column_that_is_gone_or_there_twice_is_named(office: Office) -> None:
    def drop(book: Workbook) -> None:
        book.worksheets[0].delete_cols(10)
        del book.defined_names["vpcp_obstacle"]

    office.change(drop)
    assert "«Difficulty» is missing" in office.read()["failed"]["reason"]
    office.fill({"J7": "Result"})
    assert "«Result» is missing" in office.read()["failed"]["reason"]
    office.fill(dict.fromkeys(f"{letter}7" for letter in LETTERS.values()))
    assert "heads of its columns are gone" in office.read()["failed"]["reason"]


@pytest.mark.parametrize(("name", "code"), [("nothing.xlsx", 3), ("empty", 3)])
def test_where_there_is_no_workbook_it_says_so(office: Office, name: str, code: int) -> None:
    (office.terminal.folder / "empty").mkdir()
    answer = office.vpcp("import", name)
    assert answer.code == code
    assert name in answer.err


# Tasks with parts


def test_parts_have_rows_of_their_own(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    assert terminal.vpcp("export", "xlsx", "--as-of", "2023-06-20", "--each", "lead", "-o", "in").code == 0
    keys = {
        path.stem: [str(row[0].value) for row in load_workbook(path).worksheets[0].iter_rows(min_row=8) if row[0].value]
        for path in sorted((terminal.folder / "in").iterdir())
    }
    assert "2023-CD02.2 PHONG_TONG_HOP" in keys["PHONG_TONG_HOP"]
    assert "2023-CD02.1 2023-04" in keys["PHONG_TONG_HOP"]
    assert "2023-CD02.3 2023-Q1 PHONG_HANH_CHINH" in keys["PHONG_HANH_CHINH"]
    assert not any(
        " " in key and unit not in key.split(" ") for unit, own in keys.items() for key in own if "CD02.3" in key
    )
    assert "CAC_PHONG" not in keys
    page = load_workbook(terminal.folder / "in/PHONG_HANH_CHINH.xlsx").worksheets[0]
    words = {row[0].value: row[1].value for row in page.iter_rows(min_row=8, values_only=False)}
    assert str(words["2023-CD02.3 2023-Q1 PHONG_HANH_CHINH"]).endswith("(Q1 2023, Administration Division)")
    report = json.loads(terminal.vpcp("import", "in", "-f", "json").out)
    assert [(book["entries"], book["refused"], book["failed"]) for book in report["books"]] == [([], [], None)] * len(
        keys
    )


def test_a_row_of_a_part_is_written_to_it(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    assert terminal.vpcp(
        "export", "xlsx", "--as-of", "2023-06-20", "--unit", "PHONG_HANH_CHINH", "-o", "x.xlsx"
    ).code == 0  # fmt: skip
    book = load_workbook(terminal.folder / "x.xlsx")
    page = book.worksheets[0]
    row = next(row[0].row for row in page.iter_rows(min_row=8) if str(row[0].value).startswith("2023-CD02.3 2023-Q1"))
    page[f"F{row}"], page[f"G{row}"], page[f"H{row}"] = "Hoàn thành", "5/4/2023", "7/BC-HC"
    book.save(terminal.folder / "x.xlsx")
    assert terminal.vpcp("import", "x.xlsx", "--yes").code == 0
    text = (terminal.folder / "programmes/2023.yaml").read_text(encoding="utf-8")
    assert re.search(r"date: 2023-04-05\n +status: done\n +evidence: 7/BC-HC\n +for:? ?\[?", text)
    again = json.loads(terminal.vpcp("import", "x.xlsx", "-f", "json").out)["books"][0]
    assert [one["already"] for one in again["entries"]] == [True]
    assert again["entries"][0]["for"] == ["2023-Q1", "PHONG_HANH_CHINH"]
    assert terminal.vpcp("check").code == 0


def test_a_sheet_of_another_kind_in_a_folder_is_refused_and_a_folder_in_it_is_named(terminal: Terminal) -> None:
    terminal.write("programmes/units.yaml", UNITS)
    terminal.write("programmes/2022.yaml", PROGRAMME)
    assert terminal.vpcp("export", "xlsx", "--as-of", DAY, "--unit", "PHC", "-o", "x.xlsx").code == 0
    (terminal.folder / "in/more").mkdir(parents=True)
    (terminal.folder / "x.xlsx").rename(terminal.folder / "in/x.xlsx")
    terminal.write("in/old.xls", b"\xd0\xcf\x11\xe0")
    terminal.write("in/macros.XLSM", b"PK")
    answer = terminal.vpcp("import", "in")
    assert (answer.code, answer.out.splitlines()[0]) == (1, "3 workbooks · 0 entries · 2 refused")
    assert "Not read in in: more/." in answer.err


def report(path: Path, *states: str) -> None:
    """Fill in the new state of the first tasks of a workbook."""
    book = load_workbook(path)
    for row, state in enumerate(states, FIRST):
        book.worksheets[0][f"{LETTERS[Field.STATUS]}{row}"] = state
    book.save(path)


def test_a_completion_without_a_day_says_which_day_is_taken(terminal: Terminal) -> None:
    terminal.write("programmes/units.yaml", UNITS)
    terminal.write("programmes/2022.yaml", PROGRAMME)
    assert terminal.vpcp("export", "xlsx", "--as-of", DAY, "--unit", "PHC", "-o", "x.xlsx").code == 0
    report(terminal.folder / "x.xlsx", "Done")
    words = "no day is given: "
    assert terminal.vpcp("import", "x.xlsx", "--yes").out.count(words) == 1
    assert words not in terminal.vpcp("import", "x.xlsx").out


def test_a_new_workbook_is_never_put_over_one_that_was_filled_in(terminal: Terminal) -> None:
    terminal.write("programmes/units.yaml", UNITS)
    terminal.write("programmes/2022.yaml", PROGRAMME)
    one = ("export", "xlsx", "--as-of", DAY, "--unit", "PHC", "-o", "forms/PHC.xlsx")
    each = ("export", "xlsx", "--as-of", DAY, "--each", "lead", "-o", "forms")
    assert terminal.vpcp(*each).code == 0
    assert (terminal.vpcp(*each).err.count("Not of this run"), terminal.vpcp(*one).code) == (0, 0)
    terminal.write("forms/OLD.xlsx", b"")
    assert "Not of this run: forms/OLD.xlsx." in terminal.vpcp(*each).err.replace("\\", "/")
    path = terminal.folder / "forms/PHC.xlsx"
    report(path, "Done")
    filled = path.read_bytes()
    for command in (one, each):
        answer = terminal.vpcp(*command)
        assert (answer.code, "has been filled in" in answer.err, path.read_bytes() == filled) == (4, True, True)


def test_what_goes_back_already_is_not_recommended(terminal: Terminal) -> None:
    terminal.write("programmes/units.yaml", UNITS)
    terminal.write("programmes/2022.yaml", PROGRAMME)
    assert terminal.vpcp("export", "xlsx", "--as-of", DAY, "--unit", "PHC", "-o", "x.xlsx").code == 0
    report(terminal.folder / "x.xlsx", "Done", "Lost")
    assert "--errors DIR" in terminal.vpcp("import", "x.xlsx").err
    answer = terminal.vpcp("import", "x.xlsx", "--errors", "back")
    assert (answer.code, "--errors DIR" in answer.err, "--skip-refused" in answer.err) == (1, False, True)
