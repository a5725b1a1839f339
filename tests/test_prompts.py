"""At a terminal, commands ask for what they were not told, with what is known, and again for what can't be used."""

import os

import pytest

from terminal import Terminal, typed

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")


def test_a_directive_is_asked_for_field_by_field(terminal: Terminal) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    answers = ["2022", "Kết luận giao ban", "1", "", "self_set", "120/TB-VPCP", "hôm nào", "9/3/2022"]
    code, out, asked = typed(terminal, "directive add --lang en", *answers)
    assert (code, out) == (0, "2022-NV01: added · programmes/2022.yaml\n"), asked
    assert "1  2022" in asked
    assert "What is the directive about?" in asked
    assert "1  Trần Văn Sơn" in asked
    assert "Which office did that person hold? (Enter: none)" in asked
    assert asked.count("On which day? Without an answer: the document's. (Enter: none)") == 2, (
        "a day that can't be read is asked for once more"
    )
    assert "«hôm nào» is not a date." in asked
    written = (terminal.folder / "programmes" / "2022.yaml").read_text(encoding="utf-8")
    assert written.partition("    recorded: ")[0].endswith(
        "    kind: self_set\n    title: Kết luận giao ban\n    issuer:\n      name: Trần Văn Sơn\n      role:\n"
        "        vi: Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ\n"
        "        en: Minister-Chairman of the Office of the Government\n"
        "    issued: 2022-03-09\n    document: 120/TB-VPCP\n"
    )
    assert terminal.vpcp("undo").code == 0


def test_only_what_lacks_is_asked_for(terminal: Terminal) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    code, _out, asked = typed(terminal, "unit add PHONG_X --short PX --lang vi", "Phòng X", "X Division", "VPCP")
    assert code == 0, asked
    assert "Tên đầy đủ của đơn vị?" in asked
    assert "Mã của đơn vị" not in asked
    register = (terminal.folder / "programmes" / "units.yaml").read_text(encoding="utf-8")
    assert register.endswith(
        "  - code: PHONG_X\n    name:\n      vi: Phòng X\n      en: X Division\n    short: PX\n    parent: VPCP\n"
    )


def test_choices_are_offered_in_the_language_of_the_reader(terminal: Terminal) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    answers = ["2022", "Kết luận giao ban", "1", "", "2", "9/3/2022", ""]
    code, out, asked = typed(terminal, "directive add --lang vi", *answers)
    assert (code, out) == (0, "2022-NV01: đã bổ sung · programmes/2022.yaml\n"), asked
    assert [line for line in ("1  Chỉ đạo", "2  Nhiệm vụ tự xác định") if line not in asked] == []
    assert "self_set" not in asked
    code, _out, asked = typed(terminal, "add 2022-NV01 'Soạn quy chế' --lang vi", "1", "1", "", "", "")
    assert code == 0, asked
    assert "one_off" not in asked


def test_an_empty_answer_to_what_is_needed_names_what_enter_could_take(terminal: Terminal) -> None:
    terminal.take_shipped(["units.yaml"])
    code, out, asked = typed(terminal, "unit add --lang vi", "", "Phòng Nghiệp vụ", "", "1", "", "", "")
    assert (code, out) == (0, "PHONG_NGHIEP_VU: đã bổ sung · programmes/units.yaml\n"), asked
    assert "Phần này phải trả lời" in asked
    assert "Gõ 1 để lấy PHONG_NGHIEP_VU." in asked


def test_where_nothing_can_be_chosen_the_command_that_comes_before_is_named(terminal: Terminal) -> None:
    terminal.take_shipped(["units.yaml"])
    assert terminal.vpcp("new", "2026", "--owner", "VPCP").code == 0
    code, out, asked = typed(terminal, "add --lang vi", "")
    assert (code, out) == (3, ""), asked
    assert "Chưa có nhóm nhiệm vụ nào." in asked
    assert "`vpcp directive add`" in asked
    assert "DIRECTIVE" in terminal.vpcp("add", "--lang", "en").err, "a script is told what it left out"


def test_a_code_that_is_taken_is_asked_for_again(terminal: Terminal) -> None:
    terminal.take_shipped(["units.yaml"])
    code, out, asked = typed(terminal, "unit add --lang en", "Phòng X", "phòng x", "VPCP", "PHONG_X", "", "", "")
    assert (code, out) == (0, "PHONG_X: added · programmes/units.yaml\n"), asked
    assert "Did you mean PHONG_X?" in asked
    assert "VPCP is there already: Office of the Government." in asked


@pytest.mark.parametrize("lines", [(), ("2022", "Kết luận")], ids=["at once", "halfway"])
def test_whoever_says_no_more_writes_nothing(terminal: Terminal, lines: tuple[str, ...]) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    before = (terminal.folder / "programmes" / "2022.yaml").read_bytes()
    code, out, asked = typed(terminal, "directive add --lang en", *lines, "\x04")
    assert (code, out) == (2, ""), asked
    assert "vpcp directive add needs more" in asked
    assert (terminal.folder / "programmes" / "2022.yaml").read_bytes() == before


def test_a_workspace_begins_with_the_unit_whose_work_is_kept(terminal: Terminal) -> None:
    code, out, asked = typed(terminal, "init --lang vi", "Cục Ví dụ", "1")
    assert (code, out.count("đã tạo")) == (0, 5), asked
    assert "Theo dõi công việc của đơn vị nào (tên đầy đủ)?" in asked
    assert "1  CUC_VI_DU" in asked
    assert "tiếp theo: vpcp new NĂM --owner CUC_VI_DU" in asked
    register = (terminal.folder / "programmes" / "units.yaml").read_text(encoding="utf-8")
    assert register.endswith("units:\n  - code: CUC_VI_DU\n    name: Cục Ví dụ\n")
    code, out, asked = typed(terminal, "init --lang en")
    assert (code, out.count("is there already")) == (0, 5), "what is there is not asked for again"


def test_a_register_may_begin_empty(terminal: Terminal) -> None:
    code, _out, asked = typed(terminal, "init --lang en", "")
    assert code == 0, asked
    assert "next: vpcp unit add CODE 'NAME'" in asked
    register = (terminal.folder / "programmes" / "units.yaml").read_text(encoding="utf-8")
    assert register.endswith("units: []\n")


def test_a_year_and_its_owner_are_asked_for(terminal: Terminal) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    code, out, asked = typed(terminal, "new --lang en", "1")
    assert (code, out) == (0, "programmes/2023.yaml: begun\n"), asked
    assert "1  2023" in asked
    assert "Whose programme is it?" not in asked, "it is as the year before"
    (terminal.folder / "programmes" / "2022.yaml").unlink()
    (terminal.folder / "programmes" / "2023.yaml").unlink()
    code, out, asked = typed(terminal, "new --lang en 2024", "nobody", "VPCP")
    assert (code, out) == (0, "programmes/2024.yaml: begun\n"), asked
    assert "--owner: there is no unit «nobody» in the register." in asked
    programme = (terminal.folder / "programmes" / "2024.yaml").read_text(encoding="utf-8")
    assert "owner: VPCP\n" in programme


def test_a_task_is_asked_for_field_by_field(terminal: Terminal) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    answers = ["cd02", "Soạn quy chế", "1", "", "Quy chế", "trước kỳ họp", "cuối quý II", "Lê Văn An"]
    code, out, asked = typed(terminal, "add --lang en --priority", *answers)
    assert (code, out.partition(" · ")[0]) == (0, "2022-CD02.6: added"), asked
    assert "1  2022-CD11  Work of the tra" in asked
    assert "1  VPCP  Office of the Government" in asked
    assert asked.count("By when? (Enter: none)") == 2, "a deadline that can't be read is asked for once more"
    written = (terminal.folder / "programmes" / "2022.yaml").read_text(encoding="utf-8")
    assert (
        "text: Soạn quy chế\n        nature: one_off\n        lead: VPCP\n        responsible: Lê Văn An\n"
        "        deliverable: Quy chế\n        deadline: 2022-06-30\n        priority: true\n"
    ) in written


CARRIED = """schema: 1
year: 2022
kind: work_programme
title: {vi: Chương trình, en: Programme}
owner: VPCP
directives:
  - id: 2022-CD01
    kind: directive
    title: {vi: Nhiệm vụ, en: Tasks}
    issuer: {name: Trần Văn Sơn}
    issued: 2022-01-11
    tasks:
      - id: 2022-CD01.1
        text: {vi: Trình đề án, en: Submit the scheme}
        nature: one_off
        lead: VPCP
"""


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("c", 0), ("n", 4), ("", 4)])
def test_whether_a_carry_over_is_taken_back_is_asked(terminal: Terminal, answer: str, code: int) -> None:
    terminal.take_shipped(["units.yaml"])
    terminal.write("programmes/2022.yaml", CARRIED.encode())
    assert terminal.vpcp("new", "2023", "--carry-over", "--on", "2022-12-30").code == 0
    files = [terminal.folder / "programmes" / name for name in ("2022.yaml", "2023.yaml")]
    before = [one.read_bytes() for one in files]
    found, _out, asked = typed(terminal, "done 2022-CD01.1 --on 2022-12-20 --lang en", answer)
    assert found == code, asked
    assert "2022-CD01.1 was carried over on 2022-12-30 and goes on as 2023-CN01.1" in asked
    assert "Take that back, and 2023-CN01.1? [y/N]" in asked
    assert [one.read_bytes() != old for one, old in zip(files, before, strict=True)] == [code == 0] * 2
    if code == 0:
        assert terminal.vpcp("undo").code == 0
    assert [one.read_bytes() for one in files] == before


def test_which_entry_is_wrong_is_asked_for_by_a_list(terminal: Terminal) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    for day in ("2022-03-01", "2022-04-01"):
        assert terminal.vpcp("note", "2022-CD01.1", f"on {day}", "--on", day).code == 0
    code, out, asked = typed(terminal, "correct 2022-CD01.1 --on 2022-04-02 --lang en", "9", "2")
    assert code == 0, asked
    assert "2  «on 2022-04-01» 2022-04-01" in asked
    assert asked.count("Which entry is wrong?") == 2, "a number that is not in the list is asked for once more"
    assert "«on 2022-04-01» 2022-04-01 → «on 2022-04-01» 2022-04-02" in out
    script = terminal.vpcp("correct", "2022-CD01.1", "--on", "2022-04-03")
    assert script.code == 2
    assert "1  «on 2022-03-01» 2022-03-01\n  3  «on 2022-04-01» 2022-04-02" in script.err


def test_a_document_that_can_not_be_told_apart_is_asked_for_part_by_part(terminal: Terminal) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    command = "done 2022-CD02.1 --on 2022-05-20 --lang en --evidence 'số 5 thông báo ngày 5/3/2022'"
    code, _out, asked = typed(terminal, command, "1", "", "Thông báo")
    assert code == 0, asked
    assert "What is its number?" in asked
    written = (terminal.folder / "programmes" / "2022.yaml").read_text(encoding="utf-8")
    assert "              - number: 5\n                title: Thông báo\n" in written.replace('"5"', "5"), written
