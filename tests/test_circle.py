"""The whole circle of an office: its annex, answered, added; workbooks filled in with mistakes, mended, written, shown.

At each step the rows that go in are the rows that are accounted for.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook, load_workbook

from annexes import add_table, saved
from terminal import Answer, Terminal
from vpcp_cli.sharing.form import HEAD_ROW

UNITS = {
    "VU_KH": ("Vụ Kế hoạch", "Vụ KH"),
    "VU_PC": ("Vụ Pháp chế", "Vụ PC"),
    "CUC_KS": ("Cục Kiểm soát thủ tục", "Cục KS"),
    "VU_TH": ("Vụ Tổng hợp", "Vụ TH"),
    "TT_TH": ("Trung tâm Tin học", "TTTH"),
    "VP_BCS": ("Văn phòng Ban cán sự", "VPBCS"),
}
NAMES = [name for name, _short in UNITS.values()]
HEADS = (
    ("TT", "Nhiệm vụ được giao", "Đơn vị thực hiện", "", "Thời gian hoàn thành", "Kết quả cần đạt", "Ghi chú"),
    ("", "", "Chủ trì", "Phối hợp", "", "", ""),
    tuple(f"({number})" for number in range(1, 8)),
)
"""Heads over two rows, and the columns numbered."""
BEFORE = ("PHỤ LỤC", "(Kèm theo Công văn số 45/TB-VPCP ngày 05 tháng 8 năm 2022)")
ODD = (
    (
        "Sửa đổi Quy chế\u00a0làm việc",
        unicodedata.normalize("NFD", "Vụ Tổng hợp"),
        "Vụ PC ",
        "Quý IV năm 2022",
        "Quy chế",
    ),
    ("Xây dựng quy trình tiếp nhận  \n và trả kết quả ", "Vụ PC", "Vụ KH, TTTH", "trước ngày 15/12/2022", "Quy trình"),
    ("Lập kế hoạch kiểm tra", "Vụ Kế hoạch; Vụ Pháp chế", "", "31/12/2022", "Kế hoạch"),
    ("Theo dõi thi hành pháp luật", "Vụ Pháp chế (chủ trì), Vụ Tổng hợp", "", "31/12/2022", "Báo cáo"),
    ("Trình đề án tổ chức lại", "Vụ TH", "Các bộ, ngành liên quan", "60 ngày kể từ ngày ký", "Đề án"),
    ("Báo cáo an toàn thông tin", "TTTH", "", "Định kỳ hằng quý", "Báo cáo quý"),
    ("Bảo đảm vận hành thông suốt", "TTTH", "", "Thường xuyên", ""),
    ("Nêu cao trách nhiệm người đứng đầu", "VPBCS", "", "", ""),
    ("Phối hợp quản lý", "Cục Lạ", "", "Quý IV/2022", "Văn bản"),
    ("Kiểm kê tài sản", "Vụ KH", "", "15/11/2021", "Biên bản"),
    ("Rà soát nhân sự", "Vụ KH", "", "Quý I và Quý II", "Danh sách"),
)
"""Texts in odd letters, several in a cell, days that hang on others, natures that nobody says."""
ANSWERS = {
    "Which programme": ("programme", "2022"),
    "What is the directive about": ("title", "Giao nhiệm vụ cuối năm"),
    "Who gave it": ("issuer", "Nguyễn Văn Mẫu"),
    "This was read over the table": None,
    "a task, a heading": None,
    "Several stand in the cell: «Vụ Kế hoạch": ("lead", "VU_KH"),
    "Several stand in the cell: «Vụ Pháp chế": None,
    "By which day is «60": ("deadline", "+60d"),
    "By which day is «Quý": ("deadline", "31/12/2022"),
    "No result and no deadline": ("nature", "principle"),
    "«Cục Lạ»": ("lead", "VU_PC"),
    "«15/11/2021»": ("deadline", "15/11/2022"),
}


def annex() -> Iterator[tuple[str, ...]]:
    """Sixty tasks under groups; the first cell of a task is its number."""
    number = 0

    def task(text: str, lead: str, support: str, deadline: str, result: str) -> tuple[str, ...]:
        nonlocal number
        number += 1
        return (str(number), text, lead, support, deadline, result, "")

    yield ("A", "XÂY DỰNG THỂ CHẾ", *[""] * 5)
    yield from (task(*one) for one in ODD)
    yield ("B", "CÔNG TÁC KHÁC", *[""] * 5)
    yield ("I", "Việc thường kỳ", *[""] * 5)
    while number < 60:
        yield task(f"Nhiệm vụ thường kỳ số {number}", NAMES[number % 6], "", "30/9/2022", f"Sản phẩm {number}")


def as_document(rows: Sequence[tuple[str, ...]]) -> bytes:
    """The list as a document: a table of the letterhead, one that goes on without heads, numbers counted by Word."""
    document = docx.Document()
    add_table(document, [("VĂN PHÒNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")])
    for line in BEFORE:
        document.add_paragraph(line)
    parts = (*HEADS, *rows[:40]), (*rows[40:], ("", "Tổng cộng: 60 nhiệm vụ", *[""] * 5))
    for part in parts:
        table = add_table(document, part)
        for row, values in zip(table.rows, part, strict=True):
            if values[0].isdigit():
                _count(row.cells[0])
        if part[0] == HEADS[0]:
            table.cell(0, 2).merge(table.cell(0, 3))
            for column in (0, 1, 4, 5, 6):
                table.cell(0, column).merge(table.cell(1, column))
        document.add_paragraph("")
    add_table(document, [("Nơi nhận:", "KT. BỘ TRƯỞNG")])
    return saved(document)


def _count(cell: Any) -> None:
    cell.text = ""
    cell.paragraphs[0].style = "List Number"
    numbered = cell.paragraphs[0]._p.get_or_add_pPr().get_or_add_numPr()
    for name, value in (("ilvl", "0"), ("numId", "1")):
        one = OxmlElement(f"w:{name}")
        one.set(qn("w:val"), value)
        numbered.append(one)


def as_sheet(rows: Sequence[tuple[str, ...]]) -> bytes:
    """The list as a workbook: a cover, joined heads and groups, real days, numbers with a point, heads once more."""
    book = Workbook()
    cover, sheet = book.active, book.create_sheet("PL 1")
    assert cover is not None
    cover["A1"] = "Văn phòng"
    for line in (*[(one,) for one in BEFORE], *HEADS, *rows[:30], *HEADS[:2], *rows[30:]):
        sheet.append([_typed(value, at) for at, value in enumerate(line)])
        if line[0] in {"A", "B"}:
            sheet.cell(sheet.max_row, 1, f"{line[0]}. {line[1]}")
            sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=7)
        if line == HEADS[1]:
            sheet.merge_cells(f"C{sheet.max_row - 1}:D{sheet.max_row - 1}")
            for column in "ABEFG":
                sheet.merge_cells(f"{column}{sheet.max_row - 1}:{column}{sheet.max_row}")
    sheet.append([None, "Tổng cộng: 60 nhiệm vụ"])
    return saved(book)


def _typed(value: str, column: int) -> object:
    if column == 0 and value.isdigit():
        return float(value)
    if re.fullmatch(r"\d+/\d+/\d{4}", value):
        return datetime.strptime(value, "%d/%m/%Y")  # noqa: DTZ007 - a day
    return value or None


def answered(skeleton: str) -> tuple[str, int]:
    """The skeleton as a person leaves it, and how many questions it had; each of them has an answer."""
    lines: list[str] = []
    answer: tuple[str, str] | None = None
    count = 0
    for line in skeleton.split("\n"):
        if question := re.match(r" *# ASK: (.*)", line):
            count += 1
            (answer,) = [one for words, one in ANSWERS.items() if words in question[1]]
        elif answer and re.match(rf"(?: *- | *){answer[0]}:", line):
            lines.append(f"{line.partition(':')[0]}: {answer[1]}")
            answer = None
        else:
            lines.append(line)
    return "\n".join(lines), count


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    units = [{"code": code, "name": name, "short": short} for code, (name, short) in UNITS.items()]
    register = {"schema": 1, "units": [{"code": "VP", "name": "Văn phòng"}, *units]}
    terminal.write("programmes/units.yaml", yaml.safe_dump(register, allow_unicode=True))
    terminal.write("vpcp.toml", "[workbook]\nrequire_evidence = true\nreply_days = 10\n")
    assert terminal.vpcp("new", "2022", "--owner", "VP").code == 0
    rows = list(annex())
    terminal.write("phu-luc.docx", as_document(rows))
    terminal.write("phu-luc.xlsx", as_sheet(rows))
    return terminal


def run(office: Terminal, *words: str, code: int = 0) -> Answer:
    answer = office.vpcp(*words)
    assert answer.code == code, answer
    return answer


def skeleton(office: Terminal, ending: str) -> tuple[str, int]:
    """Draft an annex and answer what it asks; the sum of its rows is right."""
    said = run(office, "draft", f"phu-luc.{ending}", "-o", f"{ending}.yaml").err
    rows, *parts = map(int, re.findall(r"(\d+) (?:row|heading|blank)", said.split("\n", maxsplit=1)[0]))
    assert (rows, parts[:2]) == (sum(parts), [60, 3]), said
    text, count = answered((office.folder / f"{ending}.yaml").read_text(encoding="utf-8"))
    office.write(f"{ending}.yaml", text)
    assert f"{count} questions to answer" in said
    return text, count


MISTAKES: Mapping[str, tuple[Mapping[str, Any], str, Mapping[str, Any]]] = {
    "a day to come": ({"F8": "Done", "G8": "1/6/2099", "H8": "1/BC"}, "G8", {"G8": "1/9/2022"}),
    "a day before the task": ({"F9": "Done", "G9": "1/8/2022", "H9": "1/BC"}, "G9", {"G9": "5.9.2022"}),
    "no day": ({"F10": "Done", "G10": "hôm nọ", "H10": "1/BC"}, "G10", {"G10": "05-09-2022"}),
    "a state that is none": ({"F11": "Gần xong"}, "F11", {"F11": "In progress"}),
    "a locked text": ({"B12": "Việc khác", "I12": "Tốt"}, "B12", {"B12": None}),
    "no document": ({"F13": "Done", "G13": "1/9/2022"}, "H13", {"H13": "7/BC-VKH"}),
    "no reason": ({"K14": "30/6/2023"}, "L14", {"L14": "Chờ vốn"}),
    "a reason alone": ({"L15": "Chờ vốn"}, "L15", {"K15": "30/6/2023"}),
    "no later day": ({"K16": "30/9/2022", "L16": "Chờ"}, "K16", {"K16": "15/1/2023"}),
    "a formula": ({"I17": "=1+1"}, "I17", {"I17": "Hai việc"}),
}
"""What VU_KH fills in wrongly, the cell that is named, and how it is mended: None is as it was sent."""
OTHERS: Mapping[str, tuple[Mapping[str, Any], str, Mapping[str, Any]]] = {
    "an unknown id": ({"A8": "2022-CD09.9", "I8": "Tốt"}, "A8", {"A8": None}),
    "another unit's id": ({"A9": "2022-CD01.13", "F9": "Done"}, "A9", {"A9": None, "F9": "In progress"}),
    "an error": ({"F10": "#N/A"}, "F10", {"F10": "In progress"}),
    "a difficulty of what is done": (
        {"F11": "Done", "G11": "1/9/2022", "H11": "2/BC", "J11": "Thiếu người"},
        "J11",
        {"J11": ""},
    ),
}
"""The same of VU_PC; joined cells and doubled rows come on top."""


THEN = ("--as-of", "2022-11-28")
DONE = ("Done", "2/9/2022", "9/BB")


def fill(path: Path, cells: Mapping[str, Any], as_sent: Path) -> None:
    """Write into a workbook; None puts back what was sent."""
    book, original = load_workbook(path), load_workbook(as_sent).worksheets[0]
    for at, value in cells.items():
        book.worksheets[0][at] = original[at].value if value is None else value or None
    book.save(path)


def added(office: Terminal) -> None:
    """Both annexes are read as the same sixty tasks, and these stand in the programme."""
    both = [skeleton(office, ending) for ending in ("docx", "xlsx")]
    keys = ("text", "lead", "support", "nature", "recurs", "deadline_words", "deliverable")
    read = [
        [[one.get(key) for key in keys] for one in yaml.safe_load(text)["directives"][0]["tasks"]] for text, _n in both
    ]
    assert (read[0], both[0][1]) == (read[1], both[1][1])
    run(office, "add", "--from", "docx.yaml")
    run(office, "undo")
    assert "60 tasks added: 2022-CD01.1 … 2022-CD01.60" in run(office, "add", "--from", "xlsx.yaml").out
    assert len(run(office, "list", "-f", "ids", *THEN).out.split()) == 60
    assert run(office, "check").out.endswith("nothing wrong\n")


def sent(office: Terminal) -> dict[str, int]:
    """Workbooks for six units: how many rows each has."""
    said = run(office, "export", "xlsx", "--each", "lead", "-o", "forms", *THEN).err
    forms = {path.stem: load_workbook(path).worksheets[0] for path in (office.folder / "forms").iterdir()}
    rows = {
        unit: sum(1 for (one,) in page.iter_rows(HEAD_ROW + 1, max_col=1) if one.value) for unit, page in forms.items()
    }
    assert f"6 workbooks · {sum(rows.values())} rows for 59 open tasks" in said
    assert (set(rows), "wanted back by 2022-12-08" in str(forms["VU_KH"]["A2"].value)) == (set(UNITS), True)
    return rows


def filled_in(office: Terminal, end: int) -> None:
    """Let the units fill in what they have, with their mistakes; `end` is the row below those of VU_PC."""
    done = {f"{letter}{row}": value for row in (8, 9) for letter, value in zip("FGH", DONE, strict=True)}
    for path in (office.folder / "forms").iterdir():
        office.write(f"in/{path.name}", path.read_bytes())
        wrong = {"VU_KH": MISTAKES, "VU_PC": OTHERS}.get(path.stem, {})
        cells = {at: value for cells, _at, _mended in wrong.values() for at, value in cells.items()}
        fill(office.folder / "in" / path.name, done if path.stem == "TT_TH" else cells, path)
    path = office.folder / "in/VU_PC.xlsx"
    book = load_workbook(path)
    page = book.worksheets[0]
    page["I12"] = "Cả hai"
    page.merge_cells("I12:I13")
    for column in range(1, 6):
        page.cell(end, column, page.cell(14, column).value)
    page["I14"], page[f"I{end}"], page[f"B{end + 1}"] = "Đã trình", "Đã duyệt", "Việc mới"
    book.save(path)


def mended(office: Terminal, end: int) -> None:
    """Let the units mend the workbooks that went back, and send them again."""
    for unit, wrong in (("VU_KH", MISTAKES), ("VU_PC", OTHERS)):
        path = office.folder / f"back/{unit}.xlsx"
        cells = {at: value for _cells, _at, cells in wrong.values() for at, value in cells.items()}
        fill(path, cells, office.folder / f"forms/{unit}.xlsx")
        if unit == "VU_PC":
            book = load_workbook(path)
            book.worksheets[0].unmerge_cells("I12:I13")
            book.worksheets[0]["I13"] = "Đang làm"
            book.worksheets[0].delete_rows(end)
            book.save(path)
        office.write(f"in/{unit}.xlsx", path.read_bytes())


def test_from_the_annex_to_the_page(office: Terminal) -> None:
    added(office)
    end = HEAD_ROW + sent(office)["VU_PC"] + 1
    filled_in(office, end)
    before = (office.folder / "programmes/2022.yaml").read_bytes()
    report = json.loads(run(office, "import", "in", "--errors", "back", "-f", "json", code=1).out)
    cells = {Path(book["file"]).stem: [one["cell"] for one in book["refused"]] for book in report["books"]}
    named = {
        "VU_KH": [at for _cells, at, _mended in MISTAKES.values()],
        "VU_PC": [*(at for _cells, at, _mended in OTHERS.values()), "I12", "I13", "A14", f"A{end}"],
    }
    assert cells == {unit: named.get(unit, []) for unit in UNITS}
    assert all(one["reason"] and one["remedy"] for book in report["books"] for one in book["refused"])
    assert [one["text"] for book in report["books"] for one in book["new"]] == ["Việc mới"]
    assert sorted(one.name for one in (office.folder / "back").iterdir()) == ["VU_KH.xlsx", "VU_PC.xlsx"]
    run(office, "import", "in", "--yes", code=4)
    assert (office.folder / "programmes/2022.yaml").read_bytes() == before

    mended(office, end)
    entries = len(MISTAKES) + len(OTHERS) + len(("I12", "I13", "I14")) + len(("TT_TH 8", "TT_TH 9"))
    assert run(office, "import", "in", "--yes").out.startswith(
        f"6 workbooks · {entries} entries written · 1 new task?\n"
    )
    assert run(office, "import", "in").out.startswith(f"6 workbooks · 0 entries · {entries} already there")
    run(office, "check")
    done = run(office, "list", "--status", "done", "-f", "ids", "--as-of", "today").out.split()
    status = json.loads(run(office, "status", "-f", "json", "--as-of", "today").out)
    assert (len(done), status["whole"]["done"]) == (4 + 1 + 1, len(done))  # and a quarter of a duty that recurs
    summary = run(office, "summary", "--since", "2022-08-01", "--as-of", "today").out
    assert re.search(rf"{entries} log entries on {entries - 1} tasks", summary), summary
    run(office, "export", "html", "-o", "page.html", "--as-of", "today")
    page = (office.folder / "page.html").read_text(encoding="utf-8")
    assert [number for number in range(1, 61) if f"2022-CD01.{number}<" not in page] == []
    assert "7/BC-VKH" in page
