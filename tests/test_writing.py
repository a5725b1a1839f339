"""Every writing command adds lines and nothing else, and `undo` takes them away to the last byte."""

import os
import re

import pytest

from terminal import Terminal, typed
from vpcp_cli import cli

COMMANDS = {
    "done": "vpcp done 2022-CD02.3 --on 2022-05-20 --evidence 123/QĐ-VPCP",
    "start": "vpcp start 2022-CD02.3 2019-CD03.1 --on 2022-05-20",
    "update": "vpcp update 2022-CD02.3 --status partly_done --note 'Xong một nửa' --on 2022-05-20",
    "assign": "vpcp assign 2022-CD02.3 --responsible 'Lê Văn A' --on 2022-05-20",
    "note": "vpcp note 2022-CD02.3 2019-CD02.2 'Đã họp' --on 2022-05-20",
    "block": "vpcp block 2022-CD02.3 'Thiếu kinh phí' --key von --reported-to VPCP --on 2022-05-20",
    "unblock": "vpcp unblock 2022-CD02.2 'Đã bố trí' --on 2022-05-20",
    "postpone": "vpcp postpone 2022-CD02.3 2022-Q4 --on 2022-05-20",
    "remind": "vpcp remind 2022-CD02.3 12/VPCP-TH --on 2022-05-20",
    "risk": "vpcp risk 2022-CD02.3 high --note 'Chậm' --on 2022-05-20",
    "withdraw": "vpcp withdraw 2022-CD02.3 --note 'Trùng' --on 2022-05-20",
    "return": "vpcp return 2022-CD02.3 --note 'Không thuộc thẩm quyền' --on 2022-05-20",
    "reopen": "vpcp reopen 2022-CD03.1 --note 'Làm lại' --on 2022-05-20",
    "add": "vpcp add 2022-CD02 'Rà soát' --en Review --lead VPCP --nature standing --on 2022-05-20",
    "directive add": "vpcp directive add 2022 'Kết luận' --issuer 'Trần Văn Sơn' --document 12/TB-VPCP",
    "unit add": "vpcp unit add PHONG_X 'Phòng X' --en 'X Division' --alias PX --parent VPCP",
    "new": "vpcp new 2023 --carry-over --standing --on 2022-12-31",
}
"""A command line for each; the task that `unblock` and `reopen` need is made first."""

FIRST = (
    "vpcp block 2022-CD02.2 'Thiếu người' --on 2022-05-19",
    "vpcp withdraw 2022-CD03.1 --note 'Thôi' --on 2022-05-19",
)


@pytest.fixture
def shipped(terminal: Terminal) -> Terminal:
    """A copy of the shipped programmes in git, with what some commands build on."""
    terminal.take_shipped()
    terminal.write(".gitignore", ".vpcp.*\n")
    for line in FIRST:
        assert terminal.run(line).code == 0
    terminal.run("git init -q && git add -A && git commit -qm Programmes")
    return terminal


def test_only_lines_are_added_but_for_the_version_and_undo_takes_them_away(shipped: Terminal) -> None:
    for line in COMMANDS.values():
        rehearsed = shipped.run(f"{line} --dry-run")
        removed = re.findall(r"^-(?!--)(.*)", rehearsed.out, re.MULTILINE)
        assert (rehearsed.code, {*removed} - {"schema: 1"}) == (0, set()), rehearsed

        answer = shipped.run(line)
        numbers = shipped.run("git add -AN . && git diff --numstat").out.splitlines()
        assert (answer.code, sum(int(number.split("\t")[1]) for number in numbers)) == (0, len(removed)), answer
        added = sum(int(number.split("\t")[0]) for number in numbers)
        assert added == len(re.findall(r"^\+(?!\+\+)", rehearsed.out, re.MULTILINE))
        assert shipped.vpcp("check").code == 0

        assert shipped.vpcp("undo").code == 0
        assert shipped.run("git reset -q && git status --porcelain").out == "", line


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
@pytest.mark.parametrize(("answer", "code", "written"), [("c", 0, 2), ("Y", 0, 2), ("", 2, 0), ("n", 2, 0)])
def test_a_selection_is_confirmed_on_a_terminal(terminal: Terminal, answer: str, code: int, written: int) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    found, out, said = typed(terminal, "done --directive 2022-CD02 --nature one_off --on 2022-05-20", answer)
    assert "Write to 2 tasks (2022-CD02.2, 2022-CD02.3)? [y/N]" in said
    assert (found, out.count("Done")) == (code, written)


def test_every_writing_command_is_among_them() -> None:
    writing = {row.name for row in cli.COMMANDS if row.section == cli.WRITE}
    transcripts = {"correct", "set", "unit set", "unit merge", "unit remove", "void", "split", "move", "renumber"}
    assert writing - set(COMMANDS) == {"undo", "edit", "init", *transcripts}


def test_the_work_of_two_clones_merges_by_itself(shipped: Terminal) -> None:
    shipped.run("git clone -q . ../one && git clone -q . ../two")
    for clone, task in (("one", "2022-CD02.2"), ("two", "2022-CD02.3")):
        branch = f"cd ../{clone} && git checkout -qb {clone}"
        assert shipped.run(f"{branch} && vpcp done {task} --on 2022-05-20 && git commit -qam {clone}").code == 0
    merged = shipped.run("cd ../one && git pull -q --no-rebase --no-edit ../two two && vpcp check")
    assert merged.code == 0, merged
    done = shipped.run("cd ../one && vpcp list --status done --as-of 2022-06-01 -f ids")
    assert done.out.split() == ["2022-CD02.2", "2022-CD02.3"]
