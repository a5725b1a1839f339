"""Writes of every kind, over several files, are taken back one after the other, and every byte is as it was."""

import pytest

from terminal import REPOSITORY, Terminal
from vpcp_cli import checks
from vpcp_cli.storage.folder import Folder
from vpcp_cli.storage.writing.undo import taken_back
from vpcp_cli.storage.yaml import document

WRITES = (
    "vpcp done 2023-CD01.1 --on 2023-02-10 --evidence 12/QĐ-CVD",
    "vpcp correct 2023-CD01.1 1 --on 2023-02-12 --note 'gõ nhầm ngày'",
    "vpcp note 2022-CD03.2 2023-CD02.1 'Đã họp' --on 2023-06-01",
    "vpcp set 2022-CD03.2 --deadline 2022-08 --text 'Số hóa hồ sơ' --unset deliverable",
    "vpcp void 2022-NV01.6 --note 'nhập hai lần'",
    "vpcp split 2022-CD02.1 'Phần một' 'Phần hai'",
    "vpcp move 2022-MT01.2 2022-NV01",
    "vpcp assign 2023-CD02.1 --responsible 'Vũ Giả Thử' --on 2023-05-05",
    "vpcp add 2023-CD01 'Việc sót' --lead PHONG_TONG_HOP --deliverable 'Báo cáo'",
    "vpcp directive add 2023 'Chỉ đạo sót' --issuer 'Nguyễn Văn Ví Dụ' --issued 2023-01-20",
    "vpcp unit add TO_MOI 'Tổ mới' --email to@vidu.example",
    "vpcp unit set TO_MOI --short TM",
    "vpcp new 2024 --carry-over --standing --on 2023-06-20",
    "vpcp check --fix",
)


def files(terminal: Terminal) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (terminal.folder / "programmes").glob("*.yaml")}


def test_writes_of_every_kind_are_taken_back_byte_for_byte(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    register = (terminal.folder / "programmes/units.yaml").read_bytes()
    odd = register.replace("Cục Ví dụ".encode(), "Cục  Ví dụ".encode(), 1)
    assert odd != register
    terminal.write("programmes/units.yaml", odd)
    states = [files(terminal)]
    for line in WRITES:
        answer = terminal.run(line)
        assert answer.code == 0, (line, answer)
        states.append(files(terminal))
        assert states[-1] != states[-2], line
    for line, before in zip(reversed(WRITES), states[-2::-1], strict=True):
        answer = terminal.vpcp("undo")
        assert answer.code == 0, (line, answer)
        assert files(terminal) == before, line
    assert terminal.vpcp("undo").code == 4


def test_writes_that_git_has_not_seen_are_told_without_reading_the_files(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.take(REPOSITORY / "examples")
    terminal.run("git init -q && git add -A && git commit -qm Programmes")
    for day in (1, 2, 3):
        assert terminal.vpcp("note", "2022-CD03.2", "Đã họp", "--on", f"2022-11-0{day}").code == 0
    with monkeypatch.context() as without:
        without.setattr(document, "read", pytest.fail)
        assert taken_back(Folder(terminal.folder / "programmes", "."))[0].command.startswith("vpcp note")
    terminal.run("git commit -qam 'Two notes'")
    assert terminal.vpcp("undo").code == 4


def test_what_is_known_to_be_right_is_not_checked_again(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal.take_shipped()
    assert terminal.vpcp("list").code == 0
    assert terminal.vpcp("note", "2022-CD02.3", "Đã họp", "--on", "2022-11-01").code == 0
    with monkeypatch.context() as without:
        without.setattr(checks, "check", pytest.fail)
        assert terminal.vpcp("undo").code == 0
