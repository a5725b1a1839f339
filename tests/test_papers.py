"""Official papers: measured as Decree 30/2020 wants them, equal to the figures of the terminal, and the same twice."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from datetime import date
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt
from openpyxl import load_workbook
from yaml import safe_load

from hostile import take_hostile
from terminal import REPOSITORY, Terminal
from vpcp_cli.sharing.form import HEAD_ROW
from vpcp_cli.typed import typed_deadline

DAY = "2022-09-30"


def report(terminal: Terminal, *more: str, lang: str = "vi") -> Word:
    """Return the report of the examples."""
    terminal.take(REPOSITORY / "examples")
    answer = terminal.vpcp("report", "--as-of", DAY, "-o", "x.docx", *more, VPCP_LANG=lang)
    assert (answer.code, answer.out) == (0, "")
    return Document(str(terminal.folder / "x.docx"))


def control(tag: str, *, block: bool) -> Any:
    """Return a content control with a placeholder: of paragraphs, or of a text in a line."""
    run = (
        f"<w:r><w:rPr><w:rStyle w:val='PlaceholderText'/><w:b/></w:rPr><w:t>[{tag}]</w:t></w:r><w:r><w:t>?</w:t></w:r>"
    )
    inner = f"<w:p>{run}</w:p>" if block else run
    return parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:tag w:val='{tag}'/><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def template(terminal: Terminal, *blocks: str, lines: Sequence[str] = ()) -> None:
    """Make an office's own document, with controls."""
    own = Document()
    own.sections[0].left_margin, own.sections[0].right_margin = Mm(40), Mm(20)
    own.sections[0].page_width = Mm(210)
    own.sections[0].header.paragraphs[0].text = "OUR LETTERHEAD"
    own.sections[0].header.paragraphs[0]._p.append(control("body", block=False))
    for tag in lines:
        own.add_paragraph("Before ")._p.append(control(tag, block=False))
    for tag in blocks:
        own.element.body.sectPr.addprevious(control(tag, block=True))
    own.add_paragraph("The end.")
    own.save(str(terminal.folder / "own.docx"))


def texts(document: Word) -> list[str]:
    """Return all paragraphs in their order, those in tables too."""
    return ["".join(one.itertext(qn("w:t"))) for one in document.element.body.iter(qn("w:p"))]


def looks(document: Word, text: str) -> dict[str, Any]:
    """Return how the paragraph of a text looks."""
    (found,) = (one for one in document.element.body.iter(qn("w:p")) if "".join(one.itertext(qn("w:t"))) == text)
    about = found.find(".//" + qn("w:rPr"))
    return {
        "size": int(about.find(qn("w:sz")).get(qn("w:val"))) / 2,
        "bold": about.find(qn("w:b")) is not None,
        "italic": about.find(qn("w:i")) is not None,
        "align": found.pPr.find(qn("w:jc")).get(qn("w:val")),
    }


def look(size: float, align: str = "center", *, bold: bool = False, italic: bool = False) -> dict[str, Any]:
    """Return what a look is compared with."""
    return {"size": size, "bold": bold, "italic": italic, "align": align}


def millimetres(*lengths: Length | None) -> list[float]:
    """Return lengths, to the tenth: Word keeps them in twentieths of a point."""
    return [round(length.mm, 1) if length is not None else 0 for length in lengths]


def test_pages_are_measured_as_the_decree_says(terminal: Terminal) -> None:
    upright, across = report(terminal, "--annex").sections
    assert millimetres(upright.page_width, upright.page_height) == [210, 297]
    assert millimetres(across.page_width, across.page_height) == [297, 210]
    assert across.orientation is WD_ORIENT.LANDSCAPE
    for one in (upright, across):
        assert millimetres(one.top_margin, one.bottom_margin, one.left_margin, one.right_margin) == [20, 20, 30, 15]
        assert one.different_first_page_header_footer
        assert " PAGE " in "".join(one.header._element.itertext())
        assert not one.first_page_header.paragraphs[0].text
    start = across._sectPr.find(qn("w:pgNumType"))
    assert start.get(qn("w:start")) == "1"
    order = [one.tag for one in start.getparent()]
    assert order.index(qn("w:pgMar")) < order.index(start.tag) < order.index(qn("w:titlePg"))


def test_each_part_has_its_letters(terminal: Terminal) -> None:
    document = report(terminal, "--annex")
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
    assert looks(document, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == look(12, bold=True)
    assert looks(document, "Độc lập - Tự do - Hạnh phúc") == look(13, bold=True)
    assert looks(document, "CƠ QUAN MẪU") == look(13)
    assert looks(document, "CỤC VÍ DỤ") == look(13, bold=True)
    assert looks(document, "Số: ……/BC-CVD") == look(13)
    assert looks(document, "Hà Nội, ngày …… tháng …… năm ……") == look(13, italic=True)
    assert looks(document, "BÁO CÁO") == look(14, bold=True)
    assert looks(document, "CỤC TRƯỞNG") == look(14, bold=True)
    assert looks(document, "Nguyễn Văn Mẫu") == look(14, bold=True)
    assert looks(document, "Nơi nhận:") == look(12, "left", bold=True, italic=True)
    assert looks(document, "- Lưu: VT, TH (2).") == look(11, "left")
    assert looks(document, "Phụ lục") == look(14, bold=True)
    assert [text for text in texts(document) if text.endswith("./.")] == ["………………" * 3 + "./."]


def test_widths_stand_in_the_grid_and_heads_are_repeated(terminal: Terminal) -> None:
    tables = list(report(terminal, "--annex", "--columns", "tasks").element.body.iter(qn("w:tbl")))
    grids = [[int(one.get(qn("w:w"))) for one in table.iter(qn("w:gridCol"))] for table in tables]
    assert grids[0] == [round(65 / 25.4 * 1440), round(100 / 25.4 * 1440)]
    assert all(abs(sum(grid) - 165 / 25.4 * 1440) < len(grid) for grid in grids[:-1])
    assert abs(sum(grids[-1]) - 252 / 25.4 * 1440) < len(grids[-1])
    assert len(grids[-1]) == 10
    for table in tables:
        assert all(row.find(".//" + qn("w:cantSplit")) is not None for row in table.iter(qn("w:tr")))
    lined = [table for table in tables if table.find(".//" + qn("w:tblBorders")) is not None]
    assert len(lined) == 4
    for table in lined:
        headed = [row.find(".//" + qn("w:tblHeader")) is not None for row in table.iter(qn("w:tr"))]
        assert headed[0]
        assert not any(headed[1:])


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_its_figures_are_those_of_status(terminal: Terminal, lang: str) -> None:
    document = report(terminal, "--annex", lang=lang)
    whole = json.loads(terminal.vpcp("status", "--as-of", DAY, "-f", "json").out)["whole"]
    said = [list(map(int, re.findall(r"\d+", text))) for text in texts(document)]
    names = ("done", "done_on_time", "done_late", "done_no_deadline")
    assert [whole["counted"], whole["done"], whole["counted"] - whole["done"]] in said
    assert [whole[name] for name in names] in said
    not_done = [whole["counted"] - whole["done"], whole["in_time"] + whole["due_soon"], whole["due_soon"]]
    assert [*not_done, whole["overdue"], whole["no_deadline"]] in said
    overdue = json.loads(terminal.vpcp("list", "--overdue", "--as-of", DAY, "-f", "json").out)["tasks"]
    listed = [[cell.text for cell in row.cells] for row in document.tables[1].rows[1:]]
    assert {row[1] for row in listed} == {one["text"][lang] for one in overdue}
    every = json.loads(terminal.vpcp("list", "--as-of", DAY, "-f", "json").out)["tasks"]
    assert [row.cells[1].text for row in document.tables[-1].rows[1:]] == [one["id"] for one in every]


def test_english_has_no_national_heading(terminal: Terminal) -> None:
    found = texts(report(terminal, "--number", "15", "--dated", "2022-10-03", lang="en"))
    assert "No.: 15/BC-CVD" in found
    assert "Hà Nội, 2022-10-03" in found
    assert not any("CỘNG HÒA" in text for text in found)


def test_a_number_and_a_day_that_are_given_stand_there(terminal: Terminal) -> None:
    found = texts(report(terminal, "--annex", "--number", "15", "--dated", "5/2/2023"))
    assert "Số: 15/BC-CVD" in found
    assert "Hà Nội, ngày 05 tháng 02 năm 2023" in found
    assert "(Kèm theo Báo cáo số 15/BC-CVD ngày 05 tháng 02 năm 2023 của CỤC VÍ DỤ)" in found


def test_what_nobody_gave_is_dots(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    (terminal.folder / "vpcp.toml").unlink()
    assert terminal.vpcp("report", "--as-of", DAY, "-o", "x.docx", VPCP_LANG="vi").code == 0
    found = texts(Document(str(terminal.folder / "x.docx")))
    assert {"Số: ……/BC-……", "……, ngày …… tháng …… năm ……", "- ……;", "- Lưu: VT, ……."} <= set(found)
    assert found.count("………………………") == 4


def test_hostile_texts_are_only_texts(terminal: Terminal) -> None:
    hostile = ["<w:p/>", "]]>&amp;<!--", "{{ 7*7 }}", "=1+1", "${x}", "MERGEFIELD x", "</w:t></w:r>", "%s {0} \\n"]
    take_hostile(terminal, hostile)
    assert terminal.vpcp("report", "--annex", "-o", "x.docx", "--as-of", DAY, VPCP_LANG="vi").code == 0
    rows = Document(str(terminal.folder / "x.docx")).tables[-1].rows[1:]
    assert [(row.cells[1].text, row.cells[3].text) for row in rows] == [(one, "<b>") for one in hostile]


def test_the_same_paper_twice_is_the_same_bytes(terminal: Terminal) -> None:
    report(terminal, "--annex")
    first = (terminal.folder / "x.docx").read_bytes()
    report_again = terminal.run(
        f"TZ=Asia/Tokyo PYTHONHASHSEED=7 vpcp --lang vi report --as-of {DAY} --annex -o y.docx && cmp x.docx y.docx"
    )
    assert (report_again.code, report_again.out) == (0, "")
    assert first == (terminal.folder / "y.docx").read_bytes()


def letter(terminal: Terminal, *more: str, lang: str = "vi") -> Word:
    """Return the letter to a unit of the examples."""
    terminal.take(REPOSITORY / "examples")
    command = ("letter", "--as-of", DAY, "--unit", "TRUNG_TAM_SO", "-o", "x.docx")
    answer = terminal.vpcp(*command, *more, VPCP_LANG=lang)
    assert (answer.code, answer.out) == (0, "")
    return Document(str(terminal.folder / "x.docx"))


def test_a_letter_has_its_form(terminal: Terminal) -> None:
    document = letter(terminal)
    assert looks(document, "Số: ……/CVD-TH") == look(13)
    assert looks(document, "V/v đôn đốc thực hiện nhiệm vụ được giao") == look(12)
    assert looks(document, "Kính gửi: Trung tâm Chuyển đổi số.") == look(14)
    found = texts(document)
    assert found.index("Nơi nhận:") + 1 == found.index("- Như trên;")
    assert len(document.sections) == 1


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_letter_tells_the_days_and_the_reminders_before(terminal: Terminal, lang: str) -> None:
    terminal.take(REPOSITORY / "examples")
    assert terminal.vpcp("remind", "2022-CD03.2", "70/CVD-TH", "--on", "2022-09-01", "--by", "X").code == 0
    before = (terminal.folder / "programmes/2022.yaml").read_bytes()
    answer = terminal.vpcp(
        "letter", "--as-of", DAY, "--each", "lead", "--reply-by", "10/10/2022", "-o", "d", VPCP_LANG=lang
    )  # fmt: skip
    assert (answer.code, (terminal.folder / "programmes/2022.yaml").read_bytes()) == (0, before)
    listed = json.loads(
        terminal.vpcp(
            "list", "--timeliness", "overdue", "--timeliness", "due_soon", "--open", "--as-of", DAY, "-f", "json"
        ).out
    )["tasks"]
    leads = {one["lead"] for one in listed}
    assert {path.name for path in (terminal.folder / "d").iterdir()} == {f"{lead}.docx" for lead in leads}
    for lead in leads:
        document = Document(str(terminal.folder / "d" / f"{lead}.docx"))
        rows = {row.cells[1].text: [cell.text for cell in row.cells] for row in document.tables[1].rows[1:]}
        own = [one for one in listed if one["lead"] == lead]
        assert rows.keys() == {one["text"][lang] for one in own}
        for one in own:
            assert str(abs(one["days"])) in rows[one["text"][lang]][4]
            assert ("70/CVD-TH" in rows[one["text"][lang]][5]) == (one["id"] == "2022-CD03.2")
            assert one["id"] in answer.err
        assert any(("10/10/2022" if lang == "vi" else "2022-10-10") in text for text in texts(document))


def test_a_letter_asks_each_unit_for_its_own_parts_and_names_each_period(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    terminal.write("d/OLD.docx", "")
    command = ("letter", "--as-of", "2023-06-20", "--each", "lead", "--reply-by", "25/6/2023", "-o", "d")
    answer = terminal.vpcp(*command, VPCP_LANG="vi")
    assert answer.code == 0
    assert {path.stem for path in (terminal.folder / "d").iterdir()} == {
        "OLD", "PHONG_HANH_CHINH", "PHONG_TONG_HOP", "TRUNG_TAM_SO",
    }  # fmt: skip
    assert "d/OLD.docx" in answer.err
    assert "vpcp remind 2023-CD02.3 SỐ_HIỆU --on NGÀY --for PHONG_HANH_CHINH" in answer.err
    document = Document(str(terminal.folder / "d/PHONG_HANH_CHINH.docx"))
    named = [row.cells[1].text for row in document.tables[1].rows[1:]]
    assert named[:2] == [
        "Giao ban tuần trong đợt cao điểm (tuần 9/2023)",
        "Giao ban tuần trong đợt cao điểm (tuần 10/2023)",
    ]
    assert "Từng đơn vị gửi số liệu quý (quý I/2023, Phòng Hành chính)" in named
    assert not any("Phòng Tổng hợp" in one for one in named)
    found = " ".join(texts(document))
    assert "còn 2 nhiệm vụ (10 phần việc) đã quá hạn và 1 nhiệm vụ sắp đến hạn" in found
    assert "chậm nhất ngày 25/06/2023" in found
    only = letter(terminal, "--overdue")
    assert not any("đúng hạn" in text or " 0 nhiệm vụ" in text for text in texts(only))


def test_a_report_names_the_parts_that_are_owed_and_those_postponed(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    for more in (("--approved",), ()):
        day = "2023-05-31" if more else "2023-06-30"
        answer = terminal.vpcp(
            "postpone", "2023-CD02.1", day, *more, "--for", "2023-04", "--on", "2023-05-04", "--note", "a", "--by", "X"
        )  # fmt: skip
        assert answer.code == 0, answer
    command = ("report", "--as-of", "2023-06-20", "--columns", "tasks", "-o", "x.docx")
    assert terminal.vpcp(*command, VPCP_LANG="vi").code == 0
    document = Document(str(terminal.folder / "x.docx"))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    owed = [row[4] for row in rows if row[1] == "Giao ban tuần trong đợt cao điểm" and len(row) == 5]
    assert "; còn thiếu: tuần 9/2023, tuần 10/2023" in owed[0]
    notes = " ".join(cell for row in rows for cell in row)
    assert "riêng tháng 4/2023 được lùi đến 31/05/2023; riêng tháng 4/2023 đang xin lùi đến 30/06/2023" in notes
    for shown in (("show", "2023-CD02.1"), ("due", "-f", "table")):
        words = terminal.vpcp(*shown, "--as-of", "2023-06-20", VPCP_LANG="vi", COLUMNS="250").out
        assert "riêng tháng 4/2023 đang xin lùi đến 30/06/2023" in words


def test_a_unit_that_has_ended_gets_no_letter(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    assert terminal.vpcp("unit", "merge", "TRUNG_TAM_SO", "PHONG_TONG_HOP", "--on", "2023-06-01").code == 0
    for day in ("2023-05-31", "2023-06-20"):
        answer = terminal.vpcp("letter", "--as-of", day, "--each", "lead", "-o", day, VPCP_LANG="vi")
        there = day < "2023-06-01"
        assert (answer.code, (terminal.folder / day / "TRUNG_TAM_SO.docx").exists()) == (0, there)
        assert ("31/05/2023" in answer.err) is not there
    one = terminal.vpcp("letter", "--as-of", "2023-06-20", "--unit", "TRUNG_TAM_SO", "-o", "x.docx")
    assert (one.code, (terminal.folder / "x.docx").exists()) == (2, False)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_draft_is_read_back_as_it_was_made(terminal: Terminal, lang: str) -> None:
    letter(terminal, lang=lang)
    command = ("letter", "--as-of", DAY, "--unit", "TRUNG_TAM_SO", "--eml")
    assert terminal.vpcp(*command, "-o", "x.eml", VPCP_LANG=lang).code == 0
    content = (terminal.folder / "x.eml").read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 78
    mail = message_from_bytes(content, policy=default)
    subject = {"vi": "V/v đôn đốc thực hiện nhiệm vụ được giao", "en": "Re: tasks that are overdue or due soon"}[lang]
    assert (mail["X-Unsent"], mail["Subject"], mail["To"]) == ("1", subject, "ttcds@vidu.gov.vn")
    assert mail["Date"] is None
    text, *files = mail.iter_parts()
    assert text.get_content().count("\n") > 3
    assert [one.get_filename() for one in files] == ["TRUNG_TAM_SO.docx", "TRUNG_TAM_SO.xlsx"]
    paper, workbook = (one.get_content() for one in files)
    assert paper == (terminal.folder / "x.docx").read_bytes()
    rows = load_workbook(BytesIO(workbook)).worksheets[0]
    assert {row[0].value for row in rows.iter_rows(min_row=HEAD_ROW + 1, max_row=HEAD_ROW + 2)} == {
        "2022-CD03.1", "2022-CD03.2",
    }  # fmt: skip
    assert terminal.vpcp(*command, "-o", "y.eml", VPCP_LANG=lang).code == 0
    assert (terminal.folder / "y.eml").read_bytes() == content


def test_a_template_keeps_its_letterhead_and_gets_what_it_asks_for(terminal: Terminal) -> None:
    template(terminal, "count", "overdue", "unknown", "annex", lines=["number", "day"])
    document = report(terminal, "--template", "own.docx", "--number", "7")
    found = texts(document)
    assert found[:2] == ["Before 7/BC-CVD", "Before 30/09/2022"]
    assert found[-1] == "The end."
    assert "[unknown]?" in found
    assert "Số nhiệm vụ được thống kê: 27; đã hoàn thành 9, chưa hoàn thành 18." in found
    assert not any("[" in text for text in found if "unknown" not in text)
    head = document.sections[0].header.paragraphs[0]
    assert "".join(head._p.itertext(qn("w:t"))) == "OUR LETTERHEADCỤC VÍ DỤ"
    assert not list(head._p.iter(qn("w:rStyle")))
    assert list(head._p.iter(qn("w:b")))
    for table in document.element.body.iter(qn("w:tbl")):
        wide = sum(int(one.get(qn("w:w"))) for one in table.iter(qn("w:gridCol")))
        assert wide == pytest.approx(150 / 25.4 * 1440, abs=10)
    first = (terminal.folder / "x.docx").read_bytes()
    report_again = terminal.vpcp(
        "report", "--as-of", DAY, "-o", "y.docx", "--template", "own.docx", "--number", "7", VPCP_LANG="vi"
    )  # fmt: skip
    assert (report_again.code, (terminal.folder / "y.docx").read_bytes()) == (0, first)


def test_a_letter_fills_a_template_too(terminal: Terminal) -> None:
    template(terminal, "text", lines=["addressee", "subject"])
    found = texts(letter(terminal, "--template", "own.docx"))
    assert found[:2] == ["Before Trung tâm Chuyển đổi số", "Before V/v đôn đốc thực hiện nhiệm vụ được giao"]
    assert found[2] == ""  # which LibreOffice takes the look of
    assert "Số hóa hồ sơ lưu từ năm 2015 đến năm 2018" in found


def test_a_template_that_can_t_be_filled_is_refused(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")

    def answer() -> str:
        told = terminal.vpcp("report", "-o", "x.docx", "--template", "own.docx")
        assert told.code == 3
        assert not (terminal.folder / "x.docx").exists()
        return told.err

    assert "can't be read: No such file" in answer()
    terminal.write("own.docx", "no document")
    assert "is not a document of Word" in answer()
    Document().save(str(terminal.folder / "own.docx"))
    assert "Give one of these tags to a control: above, body, number" in answer()
    template(terminal, lines=["count"])
    assert "«count» stands within a line" in answer()


SOFFICE = """#!/bin/sh
for one; do case $one in *.docx) test -n "$FAILS" && echo "no room" >&2 || cp "$one" "${one%.docx}.pdf";; esac; done
"""
"""What stands in for LibreOffice, which need not be there: its PDF is the paper itself."""


def test_pdf_is_made_beside_by_libreoffice_where_it_is_installed(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    command = f"report --as-of {DAY} --pdf -o x.docx".split()
    none = terminal.vpcp(*command, PATH=str(terminal.folder))
    assert (none.code, "no `soffice` is found" in none.err) == (3, True)
    assert not (terminal.folder / "x.docx").exists()
    terminal.write("bin/soffice", SOFFICE).chmod(0o755)
    path = f"{terminal.folder / 'bin'}:/usr/bin:/bin"
    failed = terminal.run(f"PATH={path}:$PATH FAILS=1 vpcp {' '.join(command)}")
    assert (failed.code, "no room" in failed.err) == (4, True)
    assert not (terminal.folder / "x.docx").exists()
    assert terminal.run(f"PATH={path}:$PATH vpcp {' '.join(command)}").code == 0
    assert (terminal.folder / "x.pdf").read_bytes() == (terminal.folder / "x.docx").read_bytes()
    many = terminal.run(f"PATH={path}:$PATH vpcp letter --as-of {DAY} --each lead --pdf -o d; ls d")
    assert many.out.split() == [
        f"{lead}.{ending}"
        for lead in ("PHONG_HANH_CHINH", "PHONG_TONG_HOP", "TRUNG_TAM_SO")
        for ending in ("docx", "pdf")
    ]


def test_an_annex_is_read_back_by_draft(terminal: Terminal) -> None:
    report(terminal, "--year", "2022", "--annex", "--columns", "id,text,lead,support,deadline")
    drafted = terminal.vpcp("draft", "x.docx", "--year", "2022", VPCP_LANG="vi")
    assert drafted.code == 0
    listed = json.loads(terminal.vpcp("list", "--year", "2022", "--as-of", DAY, "-f", "json").out)["tasks"]
    read = {}
    for task in safe_load(drafted.out)["directives"][0]["tasks"]:
        due = str(task.get("deadline") or "").partition(" (")[0]
        read[task["ref"]] = (task["text"], task["lead"], due and typed_deadline(due, date(2022, 9, 30)).text)
    assert read == {
        one["id"]: (one["text"]["vi"], one["lead"], one["deadline"]["text"] if one["deadline"] else "")
        for one in listed
    }


@pytest.mark.parametrize("command", ["report", "letter"])
def test_without_the_extra_it_says_what_to_install(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(sys, "path", [one for one in sys.path if "site-packages" not in one])
    monkeypatch.setattr(sys, "modules", {name: one for name, one in sys.modules.items() if name != "docx"})
    answer = terminal.vpcp(command, "-o", "x.docx")
    assert answer.code == 3
    assert 'pip install "vpcp-cli[office]"' in answer.err


CARRIED = """\
schema: 2
year: {year}
kind: work_programme
title: Chương trình
owner: VPCP
directives:
  - id: {directive}
    kind: directive
    title: Quy chế
    issuer:
      name: Trần Văn Sơn
    issued: 2022-01-11
    tasks:
      - id: {directive}.1
        text: Sửa đổi quy chế
        nature: standing
        lead: VPCP
        responsible: Ông A
"""
HISTORY = """\
        deadline: 2022-05
        log:
          - date: 2022-04-01
            responsible: Bà B
          - date: 2022-05-02
            reminder: 9/VP
          - date: 2022-06-10
            status: in_progress
            note: xong phần đầu
          - date: 2022-03-10
            status: not_started
            note: chưa làm
          - date: 2022-12-30
            status: carried_over
            to: 2023-CD01.1
"""


@pytest.mark.parametrize("carried", [False, True])
def test_an_annex_tells_of_the_whole_history_and_who_answers_now(terminal: Terminal, *, carried: bool) -> None:
    terminal.write("programmes/units.yaml", "schema: 1\nunits:\n  - code: VPCP\n    name: Văn phòng\n")
    terminal.write("programmes/2022.yaml", CARRIED.format(year=2022, directive="2022-CD01") + HISTORY)
    new = CARRIED.format(year=2023, directive="2023-CD01").replace("responsible: Ông A", "responsible: Bà B")
    terminal.write("programmes/2023.yaml", f"{new}        carried_from: 2022-CD01.1\n")
    year, day = ("2023", "2023-02-01") if carried else ("2022", "2022-09-30")
    columns = "id,responsible,result,reminders"
    answer = terminal.vpcp(
        "report", "--year", year, "--as-of", day, "--annex", "--columns", columns, "-o", "x.docx", VPCP_LANG="vi"
    )
    assert answer.code == 0, answer.err
    rows = [[cell.text for cell in row.cells] for row in Document(str(terminal.folder / "x.docx")).tables[-1].rows]
    assert rows[-1][1:] == [f"{year}-CD01.1", "Bà B", "xong phần đầu", "9/VP ngày 02/05/2022"]
    page = terminal.vpcp("export", "html", "--year", year, "--as-of", day, "-o", "x.html", VPCP_LANG="vi")
    assert page.code == 0, page.err
    written = (terminal.folder / "x.html").read_text(encoding="utf-8")
    assert "9/VP" in written
    assert ("(trong nhật ký của 2022-CD01.1)" in written) == carried


def test_several_annexes_have_numbers_and_pages_of_their_own(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    command = ("report", "--as-of", DAY, "--year", "2022", "-o", "x.docx")
    assert terminal.vpcp(*command, "--columns", "id,text,lead,deadline", "--columns", "programme").code == 0
    document = Document(str(terminal.folder / "x.docx"))
    texts = [one.text for one in document.paragraphs]
    assert [one for one in texts if one.startswith("Annex")] == ["Annex I", "Annex II"]
    assert [one._sectPr.xpath("./w:pgNumType/@w:start") for one in document.sections] == [[], ["1"], ["1"]]
    first, second = document.tables[-2:]
    assert [table.cell(1, 0).text for table in (first, second)] == ["1", "1"]
    assert len(first.rows) == len(second.rows)
