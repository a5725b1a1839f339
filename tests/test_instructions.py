"""The page for assistants: what it recommends can be typed as it stands."""

import re
import shlex
from datetime import date

from terminal import REPOSITORY, Terminal
from vpcp_cli.entry_rules import cited
from vpcp_cli.typed import typed_document

WRONG = 2
"""The exit code of a command line that is wrong."""


def test_every_command_line_of_the_page_parses(terminal: Terminal) -> None:
    terminal.take_shipped()
    lines = re.findall(r"^- `vpcp ([^`]+)`: ", terminal.vpcp("instructions").out, re.MULTILINE)
    codes = {line: terminal.vpcp(*shlex.split(line)).code for line in lines}
    assert len(codes) >= 7
    assert WRONG not in codes.values(), codes


def test_a_document_is_suggested_with_all_that_is_known_of_it() -> None:
    for text in (
        "số 5/A ngày 1/12/2025 của Bộ X về y",
        "số 5/A ngày 1/12/2025 về y",
        "Báo cáo số 5/A ngày 1/12/2025",
        "5/A",
    ):
        one = typed_document(text, date(2026, 11, 28))
        assert typed_document(cited(one), date(2026, 11, 28)) == one


def test_a_deadline_that_is_no_later_is_refused_and_an_obstacle_is_written_once(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    added = terminal.vpcp(
        *("add", "2023-CD01", "Rà soát hồ sơ", "--lead", "TRUNG_TAM_SO", "--nature", "one_off"),
        *("--on", "2023-05-02", "--deadline", "2023-09-30"),
    )
    (id_,) = set(re.findall(r"2023-CD01\.\d+", added.out))
    on = ("--on", "2023-06-01")
    before = (terminal.folder / "programmes/2023.yaml").read_bytes()
    for words in (("2023-09-29",), ("2023-09-30",), ("2023-06-30",)):
        answer = terminal.vpcp("postpone", id_, *words, *on)
        assert (answer.code, "is not later than the deadline that holds" in answer.err) == (4, True), answer.err
    assert (terminal.folder / "programmes/2023.yaml").read_bytes() == before
    assert terminal.vpcp("postpone", id_, "2023-10-31", *on).code == 0
    assert terminal.vpcp("postpone", id_, "2023-09-15", "--approved", *on).code == 0
    assert terminal.vpcp("block", id_, "Thiếu người", *on).code == 0
    once = (terminal.folder / "programmes/2023.yaml").read_bytes()
    assert terminal.vpcp("block", id_, "thiếu  người", *on).code == 0
    assert (terminal.folder / "programmes/2023.yaml").read_bytes() == once


def test_a_file_that_is_given_its_right_name_is_mended_and_checked_under_it(terminal: Terminal) -> None:
    terminal.write("programmes/units.yaml", "schema: 1\nunits:\n- {code: CUC, name: Cục Thử}\n")
    text = "schema: 1\nyear: 2022\nkind: work_programme\ntitle: Chương trình\nowner: CUC\ndirectives:\n"
    text += "- {id: 2022-CD01, kind: directive, title: Chỉ đạo, issuer: {name: An}, issued: 10/1/2022, tasks: []}\n"
    terminal.write("programmes/2022.yml", text)
    answer = terminal.vpcp("check", "--fix", "programmes/2022.yml")
    assert "There is no" not in answer.err
    assert answer.code in (0, 1), answer.err
    assert "issued: 2022-01-10" in (terminal.folder / "programmes/2022.yaml").read_text(encoding="utf-8")
