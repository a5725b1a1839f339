"""An annex becomes a skeleton: every row is in it, and what can't be told is asked."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
import yaml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from annexes import HEADS, add_table, as_csv, as_docx, as_xlsx, saved
from terminal import REPOSITORY, Terminal
from vpcp_cli.sharing.annex import Annex, Kind, understood
from vpcp_cli.sharing.tables import Cell, Row, Table, tables_of
from vpcp_cli.typed import typed_deadline

QUY_CHE = ("1", "Sửa đổi quy chế làm việc", "Phòng Tổng hợp", "Phòng Hành chính", "Quý II/2023", "Quy chế")
DE_AN = ("2", "Xây dựng đề án lưu trữ", "Phòng Hành chính", "", "30/6/2023", "Đề án")


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    """A workspace with an office's units."""
    terminal.take(REPOSITORY / "examples")
    return terminal


def drafted(office: Terminal, name: str, content: bytes, *options: str) -> tuple[str, str]:
    """Return the skeleton of an annex, and what is said of it."""
    (office.folder / name).write_bytes(content)
    answer = office.vpcp("draft", name, *options, VPCP_LANG="en")
    assert answer.code == 0, answer
    return answer.out, answer.err


def tasks(skeleton: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load(skeleton)["directives"][0]["tasks"] or [])


def short(skeleton: str) -> list[tuple[Any, ...]]:
    return [(one["text"], one.get("lead"), one.get("support"), str(one.get("deadline"))) for one in tasks(skeleton)]


EXPECTED = [
    ("Sửa đổi quy chế làm việc", "PHONG_TONG_HOP", ["PHONG_HANH_CHINH"], "Quý II/2023"),
    ("Xây dựng đề án lưu trữ", "PHONG_HANH_CHINH", None, "30/6/2023"),
]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", as_csv([HEADS, QUY_CHE, DE_AN])),
        ("a.tsv", "\n".join("\t".join(row) for row in (HEADS, QUY_CHE, DE_AN)).encode("utf-16")),
        ("a.xlsx", as_xlsx([HEADS, QUY_CHE, DE_AN])),
        ("a.docx", as_docx([HEADS, QUY_CHE, DE_AN])),
    ],
)
def test_one_list_is_read_alike_from_each_kind_of_file(office: Terminal, name: str, content: bytes) -> None:
    skeleton, said = drafted(office, name, content)
    assert short(skeleton) == EXPECTED
    assert "2 rows below the heads = 2 rows of tasks" in said


SUB_HEADS = ("", "", "Chủ trì", "Phối hợp", "", "")
UPPER = ("TT", "Nội dung nhiệm vụ", "Cơ quan thực hiện", "", "Thời gian hoàn thành", "Kết quả cần đạt")


def test_heads_over_two_rows_with_joined_cells(office: Terminal) -> None:
    merged = ["A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2"]
    skeleton, said = drafted(office, "a.xlsx", as_xlsx([UPPER, SUB_HEADS, QUY_CHE, DE_AN], merged))
    assert short(skeleton) == EXPECTED
    assert "2 rows below the heads = 2 rows of tasks" in said

    document = docx.Document()
    table = add_table(document, [UPPER, SUB_HEADS, QUY_CHE, DE_AN])
    for one, other in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((0, 4), (1, 4)), ((0, 5), (1, 5))):
        table.cell(*one).merge(table.cell(*other))
    assert short(drafted(office, "a.docx", saved(document))[0]) == EXPECTED
    assert short(drafted(office, "a.csv", as_csv([UPPER, SUB_HEADS, QUY_CHE, DE_AN]))[0]) == EXPECTED


def test_groups_numbers_of_columns_blank_rows_and_totals_are_no_tasks(office: Terminal) -> None:
    rows = [
        ("PHỤ LỤC", "", "", "", "", ""),
        HEADS,
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        ("I", "VỀ THỂ CHẾ", "", "", "", ""),
        ("A. Quy chế", "", "", "", "", ""),
        QUY_CHE,
        ("", "", "", "", "", ""),
        ("2", "Nhóm việc về đề án", "", "", "", ""),
        ("2.1", *DE_AN[1:]),
        ("Tổng cộng: 2 nhiệm vụ", "", "", "", "", ""),
    ]
    for name, content in (
        ("a.csv", as_csv(rows)),
        ("a.xlsx", as_xlsx(rows, ["A5:F5"])),
        ("a.docx", as_docx(rows)),
    ):
        skeleton, said = drafted(office, name, content)
        assert short(skeleton) == EXPECTED
        assert (
            "8 rows below the heads = 2 rows of tasks + 3 headings of groups + 1 row of column heads or numbers"
            " + 1 blank row + 1 row that is asked about"
        ) in said, said
        assert "# ── I VỀ THỂ CHẾ" in skeleton
        assert re.search(r"# ASK: .*«Tổng cộng: 2 nhiệm vụ»", skeleton)


def test_a_table_that_goes_on_on_the_next_page_is_one_list(office: Terminal) -> None:
    skeleton, said = drafted(office, "a.docx", as_docx([HEADS, QUY_CHE], [DE_AN]))
    assert short(skeleton) == EXPECTED
    assert "2 rows below the heads = 2 rows of tasks" in said
    skeleton, said = drafted(office, "b.docx", as_docx([HEADS, QUY_CHE], [HEADS, DE_AN]))
    assert short(skeleton) == EXPECTED
    assert "3 rows below the heads = 2 rows of tasks + 1 row of column heads or numbers" in said


def test_a_table_that_goes_on_is_no_other_one_for_its_words(office: Terminal) -> None:
    rows = [HEADS, QUY_CHE, DE_AN]
    more = [("3", "Nội dung nhiệm vụ khác", "Phòng Tổng hợp", "", "Quý I", "Sản phẩm 3")]
    skeleton, said = drafted(office, "a.docx", as_docx(rows, more))
    assert [one["text"] for one in tasks(skeleton)][2:] == ["Nội dung nhiệm vụ khác"]
    assert "was left out" not in said


def test_of_several_tables_the_one_with_tasks_is_taken_and_the_others_are_told(office: Terminal) -> None:
    recipients = [("Nơi nhận", "Số lượng"), ("Phòng Tổng hợp", "1")]
    skeleton, said = drafted(office, "a.docx", as_docx(recipients, [HEADS, QUY_CHE, DE_AN], recipients))
    assert short(skeleton) == EXPECTED
    assert said.count("was left out (2 rows)") == 2
    answer = office.vpcp("draft", "a.docx", "--table", "1", VPCP_LANG="en")
    assert (answer.code, "No table of tasks" in answer.err) == (3, True)

    other = [("Công việc", "Chủ trì"), ("Việc khác", "Phòng CNTT")]
    content = as_docx([HEADS, QUY_CHE, DE_AN], other)
    assert short(drafted(office, "b.docx", content)[0]) == EXPECTED
    assert [one["text"] for one in tasks(drafted(office, "b.docx", content, "--table", "2")[0])] == ["Việc khác"]


def test_a_lead_that_is_joined_over_rows_leads_each_and_a_joined_text_is_asked_about(office: Terminal) -> None:
    rows = [HEADS, QUY_CHE, ("2", "Rà soát", "", "", "Quý III/2023", "Báo cáo"), ("", "", "P. CNTT", "", "", "")]
    skeleton, _said = drafted(office, "a.xlsx", as_xlsx(rows, ["C2:C3", "A3:A4", "B3:B4"]))
    assert [one["lead"] for one in tasks(skeleton)] == ["PHONG_TONG_HOP", "PHONG_TONG_HOP", "PHONG_CNTT"]
    assert skeleton.count("is joined with the row above") == 1


def test_several_annexes_of_a_document_have_numbers_of_their_own(office: Terminal) -> None:
    document = docx.Document()
    schemes = [("TT", "Tên đề án", "Cơ quan chủ trì", "Thời hạn trình"), ("1", "Đề án mới", "Phòng CNTT", "Quý I")]
    for title, rows in (
        ("PHỤ LỤC I", [HEADS, QUY_CHE]),
        ("", [DE_AN]),
        ("PHỤ LỤC II: CÁC ĐỀ ÁN", schemes),
        ("", [("2", "Đề án cũ", "Phòng CNTT", "Quý II")]),
        ("Phụ lục số III", [HEADS, ("1", "Việc cuối", "Phòng CNTT", "", "Quý I", "Báo cáo")]),
    ):
        document.add_paragraph(title)
        add_table(document, rows)
    skeleton, said = drafted(office, "a.docx", saved(document))
    assert [(one["ref"], one["text"]) for one in tasks(skeleton)] == [
        ("I.1", QUY_CHE[1]), ("I.2", DE_AN[1]), ("II.1", "Đề án mới"), ("II.2", "Đề án cũ"), ("III.1", "Việc cuối"),
    ]  # fmt: skip
    assert "# table 3: PHỤ LỤC II: CÁC ĐỀ ÁN" in skeleton
    assert "7 rows below the heads = 5 rows of tasks + 2 rows of column heads or numbers" in said
    assert "left out" not in said
    book = Workbook()
    for number in ("I", "II"):
        sheet = book.create_sheet(f"PL {number}")
        for row in (HEADS, ("1", f"Việc {number}", "Phòng CNTT", None, "Quý I", "Báo cáo")):
            sheet.append(row)
    skeleton, _said = drafted(office, "a.xlsx", saved(book))
    assert [(one["ref"], one["text"]) for one in tasks(skeleton)] == [("I.1", "Việc I"), ("II.1", "Việc II")]
    assert "# sheet «PL II», row 2" in skeleton


def test_what_is_not_read_of_a_file_is_said(office: Terminal) -> None:
    rows = [(*HEADS, *[""] * 70), (*QUY_CHE, *[""] * 69, "xa")]
    for name, content in (("a.xlsx", as_xlsx(rows)), ("a.csv", as_csv(rows))):
        skeleton, said = drafted(office, name, content)
        assert "has something to the right of its column 64, which is not read." in said
        assert "# " in skeleton.split("column 64")[0]
        assert (office.folder / name).exists()
    document = docx.Document()
    add_table(document, [HEADS, QUY_CHE])
    for _twice in range(2):  # as Word does, for programs of two ages
        box = OxmlElement("w:txbxContent")
        paragraph = OxmlElement("w:p")
        run, words = OxmlElement("w:r"), OxmlElement("w:t")
        words.text = "MẬT – chỉ trong khung"
        run.append(words)
        paragraph.append(run)
        box.append(paragraph)
        document.tables[0].cell(1, 1).paragraphs[0].runs[0]._r.append(box)
    skeleton, said = drafted(office, "a.docx", saved(document))
    assert said.count("A text box is not read: «MẬT – chỉ trong khung»") == 1
    assert tasks(skeleton)[0]["text"] == QUY_CHE[1]


def test_numbers_that_word_counts_by_itself_are_no_blank_cells(office: Terminal) -> None:
    document = docx.Document()
    table = add_table(document, [HEADS, ("", *QUY_CHE[1:]), ("", *DE_AN[1:])])
    for row in table.rows[1:]:
        row.cells[0].paragraphs[0].style = "List Number"
        row.cells[0].paragraphs[0]._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 1
    skeleton, _said = drafted(office, "a.docx", saved(document))
    assert short(skeleton) == EXPECTED


def test_a_table_in_fields_to_be_filled_in_or_in_marks_of_an_office_is_read(office: Terminal) -> None:
    document = docx.Document()
    table = add_table(document, [HEADS, QUY_CHE, DE_AN])
    for wrap, wrapped in (("w:customXml", table._tbl), ("w:customXml", table.rows[2]._tr)):
        holder = OxmlElement(wrap)
        wrapped.addprevious(holder)
        holder.append(wrapped)
    assert short(drafted(office, "a.docx", saved(document))[0]) == EXPECTED


def test_formulas_are_told(office: Terminal) -> None:
    content = as_xlsx([HEADS, QUY_CHE, DE_AN])
    book = load_workbook(BytesIO(content))
    sheet = book.active
    assert sheet is not None
    sheet["E3"] = '="30/6/"&2023'
    skeleton, _said = drafted(office, "a.xlsx", saved(book))
    assert [one["text"] for one in tasks(skeleton)] == [QUY_CHE[1], DE_AN[1]]
    assert '# ASK: A formula stands in the cell (="30/6/"&2023); what it showed last is «». Is that right?' in skeleton


def test_days_of_a_spreadsheet_are_days_and_months_are_months(office: Terminal) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADS)
    sheet.append([1.0, "Việc", "Phòng CNTT", None, date(2023, 5, 4), "Báo cáo"])
    sheet.append([2, "Việc khác", "Phòng CNTT", None, date(2023, 6, 1), "Báo cáo"])
    sheet["E3"].number_format = "mm/yyyy"
    skeleton, _said = drafted(office, "a.xlsx", saved(book))
    assert [one["deadline"] for one in tasks(skeleton)] == ["04/05/2023", "06/2023"]
    assert [one["ref"] for one in tasks(skeleton)] == ["1", "2"]


@pytest.mark.parametrize(
    ("cell", "keys", "question"),
    [
        ("Quý III", {"deadline": "Quý III"}, None),
        ("Trước ngày 15/5/2023", {"deadline": "Trước ngày 15/5/2023"}, None),
        ("hằng quý", {"recurs": "hằng quý", "nature": "standing"}, None),
        ("Định kỳ hằng quý", {"recurs": "Định kỳ hằng quý", "nature": "standing"}, None),
        ("Thường xuyên", {"nature": "standing"}, None),
        ("Cả năm", {"nature": "standing"}, None),
        ("Thường xuyên, hằng tháng", {"recurs": "hằng tháng", "nature": "standing"}, None),
        ("Cuối tháng", {"deadline_words": "Cuối tháng", "deadline": None}, "Counted from which day is «Cuối tháng»?"),
        (
            "30 ngày kể từ ngày ký",
            {"deadline_words": "30 ngày kể từ ngày ký", "deadline": None},
            "By which day is «30 ngày kể từ ngày ký»? Write a day, or +30d for 30 days from the directive's day.",
        ),
        (
            "2023-2025",
            {"deadline_words": "2023-2025", "deadline": None},
            "By which day is «2023-2025»? Write a day, or +30d for 30 days from the directive's day.",
        ),
    ],
)
def test_deadlines_that_hang_on_another_day_are_asked(
    office: Terminal, cell: str, keys: dict[str, str | None], question: str | None
) -> None:
    rows = [HEADS, ("1", "Việc", "Phòng CNTT", "", cell, "Báo cáo")]
    skeleton, _said = drafted(office, "a.csv", as_csv(rows), "--directive", "2023-CD01")
    (found,) = tasks(skeleton)
    assert {key: found.get(key) for key in ("deadline", "deadline_words", "recurs") if key in found or key in keys} == {
        key: value for key, value in keys.items() if key != "nature"
    }
    assert found["nature"] == keys.get("nature", "one_off")
    assert re.findall("# ASK: (.*)", skeleton) == ([question] if question else [])


def test_a_deadline_of_another_year_is_asked_back(office: Terminal) -> None:
    rows = [HEADS, ("1", "Việc", "Phòng CNTT", "", "15/6/2023", "Báo cáo")]
    for directive, questions in (("2023-CD01", []), ("2022-CD01", ["«15/6/2023» is not in the year of the programme"])):
        skeleton, _said = drafted(office, "a.csv", as_csv(rows), "--directive", directive)
        assert [one.split(",")[0] for one in re.findall("# ASK: (.*)", skeleton)] == questions
        assert tasks(skeleton)[0]["deadline"] == "15/6/2023"
    skeleton, _said = drafted(office, "a.docx", as_docx(rows, before="Kèm theo văn bản ngày 3 tháng 2 năm 2022"))
    assert "# ASK: Which programme? For example 2022." in skeleton
    assert "# ASK: «15/6/2023» is not in the year of the programme, 2022. Is it right?" in skeleton


@pytest.mark.parametrize(
    ("lead", "support", "question"),
    [
        ("Phòng Tổng hợp; P. CNTT", "", "One is in charge, the others support: which of PHONG_TONG_HOP, PHONG_CNTT?"),
        ("Phòng Tổng hợp, Phòng CNTT", "", "which of PHONG_TONG_HOP, PHONG_CNTT?"),
        ("Phòng Tổng hợp và Phòng CNTT", "", "which of PHONG_TONG_HOP, PHONG_CNTT?"),
        ("P. Tổng hợp (chủ trì); Phòng CNTT (phối hợp)", "", "Is PHONG_TONG_HOP in charge, and do the others support?"),
        ("P. CNTT chủ trì; phối hợp với P. Tổng hợp", "", "Is PHONG_CNTT in charge, and do the others support?"),
        ("Chủ trì: P. CNTT; phối hợp: P. Tổng hợp", "", "Is PHONG_CNTT in charge, and do the others support?"),
        ("Phòng CNTT - chủ trì, Cục Lạ", "", "which of PHONG_CNTT, «Cục Lạ»?"),
        ("Cục Lạ", "", "There is no unit «Cục Lạ» in the register"),
        ("", "Phòng CNTT", "Which unit is in charge?"),
        ("Phòng CNTT", "Vụ Chưa Có", "There is no unit «Vụ Chưa Có» in the register"),
        ("Phòng CNTT", "Các sở, ngành, Phòng Hành chính", "There is no unit «Các sở, ngành» in"),
        ("Phòng CNTT", "Các sở, ban, ngành và địa phương", "«Các sở, ban, ngành và địa phương» in the register"),
    ],
)
def test_units_that_can_not_be_told_are_asked(office: Terminal, lead: str, support: str, question: str) -> None:
    rows = [HEADS, ("1", "Việc", lead, support, "Quý I", "Báo cáo")]
    skeleton, _said = drafted(office, "a.csv", as_csv(rows), "--directive", "2023-CD01")
    (asked,) = re.findall("# ASK: (.*)", skeleton)
    assert question in asked


def test_as_above_is_what_stands_above(office: Terminal) -> None:
    rows = [HEADS, ("1", "Một", "Phòng CNTT", "Phòng Hành chính", "Quý I", "Báo cáo")]
    rows += [("2", "Hai", "nt", "-nt-", "Như trên", '"'), ("3", "Ba", "n.t", "", "Quý II", "NT")]
    skeleton, _said = drafted(office, "a.csv", as_csv(rows), "--directive", "2023-CD01")
    found = tasks(skeleton)
    assert [one["lead"] for one in found] == ["PHONG_CNTT"] * 3
    assert [one.get("support") for one in found] == [["PHONG_HANH_CHINH"], ["PHONG_HANH_CHINH"], None]
    assert [one["deadline"] for one in found] == ["Quý I", "Quý I", "Quý II"]
    assert [one["deliverable"] for one in found] == ["Báo cáo"] * 3
    assert "# ASK: " not in skeleton


def test_whoever_is_concerned_is_no_unit_and_stays_as_a_remark(office: Terminal) -> None:
    rows = [HEADS, ("1", "Việc", "Phòng CNTT", "Phòng Hành chính, các đơn vị liên quan", "Quý I", "Báo cáo")]
    skeleton, _said = drafted(office, "a.csv", as_csv(rows), "--directive", "2023-CD01")
    assert tasks(skeleton)[0]["support"] == ["PHONG_HANH_CHINH"]
    assert "# Cơ quan phối hợp: các đơn vị liên quan" in skeleton
    assert "# ASK: " not in skeleton


def test_a_column_can_be_named_and_what_is_no_field_stays_as_a_remark(office: Terminal) -> None:
    rows = [("Số", "Việc phải làm", "Bộ phận", "Màu"), ("1", "Rà soát", "Phòng CNTT", "xanh")]
    (office.folder / "a.csv").write_bytes(as_csv(rows))
    assert office.vpcp("draft", "a.csv").code == 3
    options = ("--map", "Việc phải làm=text", "--map", "bộ phận=lead")
    skeleton, said = drafted(office, "a.csv", as_csv(rows), *options)
    assert (tasks(skeleton)[0]["text"], tasks(skeleton)[0]["lead"]) == ("Rà soát", "PHONG_CNTT")
    assert "# Màu: xanh" in skeleton
    assert "«Số», «Màu»" in said
    assert office.vpcp("draft", "a.csv", "--map", "Việc phải làm=text", "--map", "Bộ phận=leed").code == 2


def test_a_skeleton_is_never_written_over_answers_nor_among_programmes(office: Terminal) -> None:
    office.folder.joinpath("a.csv").write_bytes(as_csv([HEADS, QUY_CHE]))
    assert office.vpcp("draft", "a.csv", "-o", "a.yaml").code == 0
    first = (office.folder / "a.yaml").read_bytes()
    assert office.vpcp("draft", "a.csv", "-o", "a.yaml").code == 2
    assert office.vpcp("draft", "a.csv", "-o", "programmes/a.yaml").code == 2
    assert (office.folder / "a.yaml").read_bytes() == first
    assert office.vpcp("draft", "a.csv", "-o", "b.yaml").code == 0
    assert (office.folder / "b.yaml").read_bytes() == first


def tracked(tag: str) -> bytes:
    document = docx.Document()
    add_table(document, [HEADS, QUY_CHE])
    change = OxmlElement(f"w:{tag}")
    change.set(qn("w:author"), "A")
    document.paragraphs[0]._p.append(change) if document.paragraphs else document.element.body.insert(0, change)
    return saved(document)


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    made = BytesIO(content)
    with ZipFile(made, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.docx", tracked("ins"), "tracked changes"),
        ("a.docx", tracked("del"), "tracked changes"),
        ("a.docx", with_part(as_docx([HEADS, QUY_CHE]), "word/vbaProject.bin", b"x"), "macros"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "the old format .doc."),
        ("a.docx", as_xlsx([HEADS, QUY_CHE]), "It is no document of Word, or a damaged one."),
        ("a.xlsx", as_docx([HEADS, QUY_CHE]), "It is no workbook, or a damaged one."),
        ("a.xlsx", with_part(as_xlsx([HEADS, QUY_CHE]), "x.xml", b"<!DOCTYPE a>"), "declare"),
        ("a.xlsx", with_part(as_xlsx([HEADS, QUY_CHE]), "x.xml", b" " * 65 * 2**20), "too large"),
        ("a.xlsx", b"not a workbook", "damaged"),
        ("a.csv", "Việc".encode("utf-16-le")[1:], "UTF-8"),
        ("a.csv", b"x" * (11 * 2**20), "larger than 10 MiB"),
        ("a.pdf", b"%PDF", ".xlsx, .docx and .csv"),
        ("a.csv", b"", "No table of tasks"),
    ],
)
def test_what_is_no_list_is_refused_and_named(office: Terminal, name: str, content: bytes, why: str) -> None:
    (office.folder / name).write_bytes(content)
    answer = office.vpcp("draft", name, VPCP_LANG="en")
    assert (answer.code, answer.out, why in answer.err) == (3, "", True), answer
    assert name in answer.err
    assert "Ask the unit" not in answer.err


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_annex_of_a_report_is_read_as_the_tasks_that_it_lists(office: Terminal, lang: str) -> None:
    day = ("--year", "2022", "--as-of", "2022-09-30")
    assert office.vpcp("report", "--annex", *day, "-o", "r.docx", VPCP_LANG=lang).code == 0
    answer = office.vpcp("draft", "r.docx", "--directive", "2022-CD01", VPCP_LANG=lang)
    listed = json.loads(office.vpcp("list", *day, "-f", "json").out)["tasks"]
    found = {one["ref"]: one for one in tasks(answer.out)}
    assert list(found) == [one["id"] for one in listed]
    for one in listed:
        draft = found[one["id"]]
        assert draft["lead"] == one["lead"]
        deadline = typed_deadline(str(draft["deadline"]), date(2022, 1, 1)).text if draft.get("deadline") else None
        assert deadline == (one["deadline"] and one["deadline"]["text"]), draft


def test_a_file_that_is_not_there_is_named(office: Terminal) -> None:
    answer = office.vpcp("draft", "none.xlsx")
    assert (answer.code, "none.xlsx" in answer.err) == (3, True)


def annex_of(rows: Sequence[Sequence[str]]) -> Annex:
    return understood(tables_of(as_csv([HEADS, *rows])), {})


CELLS = st.sampled_from([
    *("", "", "", "1", "2.1", "I", "A", "(1)", "TT", "Tổng cộng", "Phòng Tổng hợp", "VỀ THỂ CHẾ", "I. CHUNG"),
    *("Việc; khác", "30/6/2023", "# ASK: x", "- a: [b", "Nội dung nhiệm vụ", "'", "\u00a0"),
])  # fmt: skip


@given(st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=8))
def test_every_row_of_a_list_is_accounted_for(rows: list[list[str]]) -> None:
    annex = annex_of(rows)
    said = tables_of(as_csv([HEADS, *rows]))[0].rows[1:]
    counted = [line for line in annex.lines if line.kind is not Kind.BETWEEN]
    assert [line.place for line in counted] == [row.place for row in said]
    for line, row in zip(counted, said, strict=True):
        texts = [text for text in row.texts if text]
        assert (line.kind is Kind.BLANK) == (not texts)
        if line.kind is Kind.TASK:
            held = [cell.text for cell in line.cells.values()] + list(line.others.values())
            assert sorted(text for text in held if text) == sorted(texts)
        elif line.kind in {Kind.GROUP, Kind.UNCLEAR}:
            assert all(text in line.words for text in texts)


def test_a_row_that_goes_on_with_the_one_above_in_every_cell_is_blank() -> None:
    row = Row("row 1", tuple(map(Cell, HEADS)))
    task = tuple(map(Cell, QUY_CHE))
    table = Table("t", (row, Row("row 2", task), Row("row 3", tuple(cell._replace(above=True) for cell in task))))
    assert [line.kind for line in understood([table], {}).lines] == [Kind.TASK, Kind.BLANK]
