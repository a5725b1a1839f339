"""A skeleton that was answered, or a list, goes into the programmes in one write, whole or not at all."""

from __future__ import annotations

import re

import pytest

from annexes import HEADS, as_csv, as_docx, as_xlsx
from terminal import REPOSITORY, Terminal

UNITS = ("Phòng Tổng hợp", "Phòng Hành chính", "TRUNG_TAM_SO")
ANSWERS = {
    "Which programme": ("programme", "2023"),
    "What is the directive about": ("title", "Giao việc đầu năm"),
    "Who gave it": ("issuer", "Nguyễn Văn Mẫu"),
    "On which day was it given": ("issued", "12/1/2023"),
    "In which document": ("document", "12/TB-CVD"),
    "Several stand in the cell": ("lead", "PHONG_TONG_HOP"),
    "By which day": ("deadline", "+30d"),
    "Counted from which day": ("deadline", "28/2/2023"),
    "No result and no deadline": ("nature", "nguyên tắc"),
}


def annex(tasks: int) -> list[tuple[str, ...]]:
    """An annex with so many tasks in groups, some of which say too little."""
    rows: list[tuple[str, ...]] = [HEADS]
    for number in range(1, tasks + 1):
        if number % 20 == 1:
            rows.append(("I" * (number // 20 + 1), f"NHÓM VIỆC {number // 20 + 1}", "", "", "", ""))
        lead = "Phòng Tổng hợp; TRUNG_TAM_SO" if number % 10 == 4 else UNITS[number % 3]
        deadline = {5: "30 ngày kể từ ngày ký", 6: "Hằng quý", 7: "Cuối tháng", 8: ""}.get(number % 12, "Quý III")
        result = "" if number % 12 == 8 else f"Sản phẩm {number}"
        rows.append((str(number), f"Việc thứ {number}", lead, "", deadline, result))
    return rows


def answered(skeleton: str) -> str:
    """The skeleton as a person leaves it who answers each question."""
    lines: list[str] = []
    answer: tuple[str, str] | None = None
    for line in skeleton.split("\n"):
        if question := re.match(r" *# ASK: (.*)", line):
            answer = next((one for words, one in ANSWERS.items() if question[1].startswith(words)), None)
        elif answer and re.match(rf"(?: *- | *){answer[0]}:", line):
            lines.append(f"{line.partition(':')[0]}: {answer[1]}")
            answer = None
        else:
            lines.append(line)
    return "\n".join(lines)


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    terminal.take(REPOSITORY / "examples")
    return terminal


def run(office: Terminal, *words: str) -> tuple[int, str, str]:
    answer = office.vpcp(*words, VPCP_LANG="en")
    return answer.code, answer.out, answer.err


def content(office: Terminal) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (office.folder / "programmes").glob("*.yaml")}


def test_the_whole_way_of_an_annex_of_sixty_tasks(office: Terminal) -> None:
    (office.folder / "phu-luc.docx").write_bytes(as_docx(annex(40), [("", *row[1:]) for row in annex(60)[43:]]))
    before = content(office)
    code, _out, err = run(office, "draft", "phu-luc.docx", "-o", "phu-luc.yaml")
    assert (code, "= 60 rows of tasks + 3 headings of groups" in err) == (0, True), err
    code, _out, err = run(office, "add", "--from", "phu-luc.yaml")
    questions = (office.folder / "phu-luc.yaml").read_text(encoding="utf-8").count("# ASK: ")
    assert (code, content(office), questions > 20) == (4, before, True)
    skeleton = office.folder / "phu-luc.yaml"
    skeleton.write_text(answered(skeleton.read_text(encoding="utf-8")), encoding="utf-8")

    code, out, err = run(office, "add", "--from", "phu-luc.yaml", "--dry-run")
    assert (code, out.count("+      - id: 2023-"), content(office)) == (0, 60, before), err
    code, out, err = run(office, "add", "--from", "phu-luc.yaml")
    assert code == 0, err
    directive = out.split(":")[0]
    assert f"60 tasks added: {directive}.1 … {directive}.60" in out
    assert run(office, "check")[0] == 0
    _code, listed, _err = run(office, "list", "--directive", directive, "--as-of", "2023-03-01", "-f", "tsv")
    assert len(listed.strip().split("\n")) == 61
    _code, shown, _err = run(office, "show", f"{directive}.5", "--as-of", "2023-03-01")
    assert "2023-02-11" in shown
    assert run(office, "undo")[0] == 0
    assert content(office) == before


@pytest.mark.parametrize(("name", "make"), [("a.csv", as_csv), ("a.xlsx", as_xlsx)])
def test_a_list_with_named_columns_goes_in_at_once(office: Terminal, name: str, make: object) -> None:
    assert callable(make)
    rows = [HEADS, ("1", "Rà soát", "TRUNG_TAM_SO", "", "Quý III", "Báo cáo"), ("2", "Việc", UNITS[0], "", "+5d", "B")]
    (office.folder / name).write_bytes(make(rows[:2]))
    assert run(office, "add", "--from", name)[0] == 2
    code, out, _err = run(office, "add", "2023-CD01", "--from", name)
    assert (code, "1 task added: 2023-CD01." in out) == (0, True)
    before = content(office)
    (office.folder / name).write_bytes(make([*rows, ("3", "Việc nữa", "Cục Lạ", "", "Quý I", "B")]))
    code, _out, err = run(office, "add", "2023-CD01", "--from", name)
    assert (code, content(office)) == (4, before)
    assert re.search(rf"{re.escape(name)}, (row|line) 3: Counted from which day", err)
    assert re.search(rf"{re.escape(name)}, (row|line) 4: There is no unit «Cục Lạ» in the register", err)


SKELETON = """\
programme: 2023
directives:
  - title: Giao việc
    issuer: Nguyễn Văn Mẫu
    issued: 2023-01-12
    tasks:
      - text: Rà soát văn bản
        lead: TRUNG_TAM_SO
        deadline: quý III
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("deadline: quý III", "deadline: một ngày đẹp trời", "a.yaml:9: «một ngày đẹp trời» is not a date."),
        ("lead: TRUNG_TAM_SO", "lead: Cục Lạ", "a.yaml:8: --lead: there is no unit «Cục Lạ» in the register."),
        ("        lead: TRUNG_TAM_SO\n", "", "a.yaml:7: `lead` lacks."),
        ("deadline: quý III", "deadlin: quý III", "a.yaml:9: `deadlin` is no key here."),
        ("issuer: Nguyễn Văn Mẫu", "issuer:", "a.yaml:4: `issuer` lacks."),
        ("programme: 2023", "programme: 2031", "a.yaml:3: "),
        ("- text: Rà soát văn bản", "- text: [a]", "a.yaml:7: "),
        ("    tasks:\n", "    # HỎI: ai?\n    tasks:\n", "a.yaml:6: not answered yet: ai?"),
        ("    tasks:\n", "    #ASK who?\n    tasks:\n", "a.yaml:6: not answered yet: who?"),
        ("issued: 2023-01-12", "issued: 2093-01-12", "a.yaml:3: "),
        ("Rà soát văn bản", "Ban hành danh mục vị trí việc làm", "a.yaml:7: 2023-CD03.1 has the same text as 2023-"),
        ("    tasks:", "   tasks:", "a.yaml:"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_nothing_is_written(
    office: Terminal, old: str, new: str, said: str
) -> None:
    (office.folder / "a.yaml").write_text(SKELETON.replace(old, new), encoding="utf-8")
    before = content(office)
    code, out, err = run(office, "add", "--from", "a.yaml")
    assert (code, out, content(office)) == (4, "", before), err
    assert said in err
    assert "Nothing was written" in err


def test_two_tasks_of_a_list_with_one_text_are_refused(office: Terminal) -> None:
    body = SKELETON.partition("tasks:\n")[2]
    (office.folder / "a.yaml").write_text(SKELETON + body, encoding="utf-8")
    code, _out, err = run(office, "add", "--from", "a.yaml")
    assert (code, "a.yaml:10: 2023-CD03.2 has the same text as 2023-CD03.1." in err) == (4, True), err


def test_all_that_is_wrong_is_named_at_once(office: Terminal) -> None:
    text = SKELETON.replace("TRUNG_TAM_SO", "Cục Lạ").replace("quý III", "hôm nào đó")
    (office.folder / "a.yaml").write_text(text, encoding="utf-8")
    assert len(re.findall(r"a\.yaml:\d+: ", run(office, "add", "--from", "a.yaml")[2])) == 2


def test_two_directives_of_one_file_have_numbers_of_their_own_and_one_that_is_there_takes_more(
    office: Terminal,
) -> None:
    body = SKELETON.partition("directives:\n")[2]
    task = "      - text: Thêm một việc\n        lead: TRUNG_TAM_SO\n        nature: standing\n"
    there = f"  - id: 2023-CD01\n    tasks:\n{task}"
    (office.folder / "a.yaml").write_text(SKELETON + body.replace("Rà soát", "Tổng rà soát") + there, encoding="utf-8")
    code, out, err = run(office, "add", "--from", "a.yaml")
    assert code == 0, err
    new = re.findall(r"^(2023-\w+): added", out, re.MULTILINE)
    assert len(set(new)) == 2
    assert re.search(r"1 task added: 2023-CD01\.\d+", out)
    assert run(office, "check")[0] == 0
    assert run(office, "undo")[0] == 0


def test_a_text_beside_a_list_is_refused_and_so_is_a_list_that_is_not_there(office: Terminal) -> None:
    (office.folder / "a.yaml").write_text(SKELETON, encoding="utf-8")
    assert run(office, "add", "2023-CD01", "Việc", "--from", "a.yaml")[0] == 2
    assert run(office, "add", "--from", "none.yaml")[0] == 3


def test_a_column_that_is_left_out_is_named(office: Terminal) -> None:
    head = ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Sắc màu")
    rows = [head, ("1", "Việc thứ nhất", "TRUNG_TAM_SO", "31/12/2023", "xanh")]
    (office.folder / "a.csv").write_bytes(as_csv(rows))
    code, _out, err = run(office, "add", "2023-CD01", "--from", "a.csv")
    assert (code, "These columns are left out: «Sắc màu»" in err) == (0, True), err
