"""Two branches draw one number: one command gives the later one another, through git itself; nothing is lost."""

import re
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from lives import tasks_of
from terminal import Answer, Terminal
from vpcp_cli.storage.git.driver import set_up

UNITS = "schema: 1\nunits:\n  - code: VPCP\n    name: Văn phòng Chính phủ\n"
HEAD = "schema: 1\nyear: 2022\nkind: work_programme\ntitle: Năm 2022\nowner: VPCP\ndirectives:\n"
DIRECTIVE = """\
  - id: {id}
    kind: directive
    title: Chỉ đạo {id}
    issuer: {{name: Trần Văn Sơn}}
    issued: 2022-01-10
    tasks:
      - id: {id}.1
        text: Việc đầu của {id}
        nature: standing
        lead: VPCP
"""
FILE = "programmes/2022.yaml"
Setting = Callable[[Path], object]


def without(_folder: Path) -> None:
    """Leave the merge to git alone."""


@pytest.fixture(params=[set_up, without], ids=["driver", "git alone"])
def office(terminal: Terminal, request: pytest.FixtureRequest) -> Terminal:
    """A repository with a programme, on `main`."""
    terminal.write("programmes/units.yaml", UNITS)
    terminal.write(FILE, HEAD + "".join(DIRECTIVE.format(id=id_) for id_ in ("2022-CD01", "2022-CD02")))
    git(terminal, "init", "-q", "-b", "main")
    setting: Setting = request.param
    setting(terminal.folder / "programmes")
    commit(terminal)
    return terminal


def git(terminal: Terminal, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["git", *words], cwd=terminal.folder, env=terminal.environment(), check=False, capture_output=True
    )


def commit(terminal: Terminal) -> None:
    git(terminal, "add", "-A")
    git(terminal, "commit", "-qm", "x", "--allow-empty")


def done(terminal: Terminal, *words: str) -> Answer:
    answer = terminal.vpcp(*words)
    assert answer.code == 0, answer
    return answer


def branch(terminal: Terminal, name: str, *commands: tuple[str, ...]) -> dict[str, str]:
    """Make a branch off `main`, of which no other one knows until they meet; the texts of its tasks."""
    git(terminal, "checkout", "-q", "-f", "-b", name, "main")
    for command in commands:
        done(terminal, *command)
    commit(terminal)
    found = texts(terminal)
    kept = terminal.folder / ".git/kept" / name
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(git(terminal, "rev-parse", "HEAD").stdout)
    git(terminal, "checkout", "-q", "-f", "main")
    git(terminal, "branch", "-qD", name)
    return found


def meet(terminal: Terminal) -> None:
    """Let the branches know of one another, as after a fetch; ours is the one that is checked out."""
    for kept in (terminal.folder / ".git/kept").iterdir():
        git(terminal, "branch", "-q", kept.name, kept.read_text().strip())
    git(terminal, "checkout", "-q", "mine")


def texts(terminal: Terminal) -> dict[str, str]:
    found = [(id_, task.text) for id_, task in tasks_of((terminal.folder / FILE).read_bytes())]
    assert len(found) == len(dict(found))
    return dict(found)


def add(text: str, directive: str = "2022-CD01") -> tuple[str, ...]:
    return "add", directive, text, "--lead", "VPCP", "--nature", "standing", "--on", "2022-02-01"


def settled(terminal: Terminal, id_: str, *options: str) -> Answer:
    answer = done(terminal, "renumber", id_, *options)
    assert b"<<<<" not in (terminal.folder / FILE).read_bytes()
    assert terminal.vpcp("check").code == 0, terminal.vpcp("check")
    commit(terminal)
    return answer


@pytest.mark.parametrize("number", range(6))
def test_whatever_else_was_noted_a_merge_of_two_adds_is_settled_by_one_command(office: Terminal, number: int) -> None:
    note = ("note", "2022-CD01.2", f"như việc 2022-CD01.2, lần {number}", "--on", "2022-03-01")
    also = [("note", "2022-CD01.1", "xem 2022-CD01.2", "--on", f"2022-04-0{side}") for side in (1, 2)]
    mine = branch(office, "mine", add(f"Của ta {number}"), *([note] if number % 2 else []), *also[: number % 3])
    theirs = branch(office, "theirs", add(f"Của họ {number}"), *([note] if number % 3 else []), *also[number % 2 :])
    meet(office)
    assert git(office, "merge", "-q", "theirs").returncode
    assert "vpcp renumber ID" in office.vpcp("check").out
    settled(office, "2022-CD01.2")
    found = texts(office)
    assert found == {**theirs, **mine, "2022-CD01.3": theirs["2022-CD01.2"]}
    entries = {id_: task.log for id_, task in tasks_of((office.folder / FILE).read_bytes())}
    assert len(entries["2022-CD01.2"]) == number % 2
    assert len(entries["2022-CD01.3"]) == bool(number % 3)
    named = Counter(re.findall(r"2022-CD01\.[23]", str([entries["2022-CD01.1"], entries["2022-CD01.3"]])))
    ours, others = min(number % 3, 2), len(also[number % 2 :])
    assert named == +Counter({"2022-CD01.2": ours, "2022-CD01.3": others + bool(number % 3)})


def test_what_the_upstream_branch_has_keeps_its_number(office: Terminal) -> None:
    mine = branch(office, "mine", add("Của ta"))
    theirs = branch(office, "theirs", add("Của họ"))
    meet(office)
    git(office, "branch", "-q", "--set-upstream-to=theirs")
    git(office, "merge", "-q", "theirs")
    settled(office, "2022-CD01.2")
    assert texts(office) == {**theirs, "2022-CD01.3": mine["2022-CD01.2"]}


def test_two_directives_of_one_number_take_their_tasks_along(office: Terminal) -> None:
    words = ("--issuer", "Trần Văn Sơn", "--issued", "2022-02-01")
    for name in ("mine", "theirs"):
        branch(office, name, ("directive", "add", "2022", f"Chỉ đạo {name}", *words), add(f"Việc {name}", "2022-CD03"))
    meet(office)
    assert git(office, "merge", "-q", "theirs").returncode
    settled(office, "2022-CD03", "--keep", "theirs")
    assert {id_: text for id_, text in texts(office).items() if id_ > "2022-CD03"} == {
        "2022-CD03.1": "Việc theirs", "2022-CD04.1": "Việc mine",
    }  # fmt: skip


def test_two_numbers_are_settled_one_after_the_other(office: Terminal) -> None:
    mine = branch(office, "mine", add("Ta 1"), add("Ta 2", "2022-CD02"))
    theirs = branch(office, "theirs", add("Họ 1"), add("Họ 2", "2022-CD02"))
    meet(office)
    git(office, "merge", "-q", "theirs")
    assert done(office, "renumber", "2022-CD01.2").code == 0
    settled(office, "2022-CD02.2")
    assert texts(office) == {
        **mine, "2022-CD01.3": theirs["2022-CD01.2"], "2022-CD02.3": theirs["2022-CD02.2"]
    }  # fmt: skip


def test_a_merged_file_in_which_it_stands_twice(office: Terminal) -> None:
    mine = branch(office, "mine", add("Của ta"), ("note", "2022-CD01.1", "xem 2022-CD01.2", "--on", "2022-04-01"))
    theirs = branch(office, "theirs", add("Của họ"), ("note", "2022-CD02.1", "xem 2022-CD01.2", "--on", "2022-04-02"))
    meet(office)
    git(office, "merge", "-q", "theirs")
    file = office.folder / FILE
    file.write_bytes(re.sub(rb"(?m)^(<<<<<<<|=======|>>>>>>>).*\n", b"", file.read_bytes()))
    for staged in (False, True):
        if staged:
            commit(office)
        assert "vpcp renumber 2022-CD01.2" in office.vpcp("check").out
        before = file.read_bytes()
        done(office, "renumber", "2022-CD01.2")
        assert texts(office) == {**mine, "2022-CD01.3": theirs["2022-CD01.2"]}
        entries = {id_: str(task.log) for id_, task in tasks_of(file.read_bytes())}
        assert "2022-CD01.2" in entries["2022-CD01.1"]
        assert "2022-CD01.3" in entries["2022-CD02.1"]
        assert office.vpcp("undo").code == 4  # it would stand twice again
        file.write_bytes(before)


def test_a_number_that_another_branch_gave_to_something_else(office: Terminal) -> None:
    branch(office, "theirs", add("Của họ"))
    mine = branch(office, "mine", add("Của ta"), ("note", "2022-CD01.1", "xem 2022-CD01.2", "--on", "2022-04-01"))
    meet(office)
    before = (office.folder / FILE).read_bytes()
    done(office, "renumber", "2022-CD01.2", "--keep", "theirs")
    done(office, "undo")
    assert (office.folder / FILE).read_bytes() == before
    assert "vpcp renumber 2022-CD01.2 --keep theirs" in office.vpcp("check", "--against", "theirs").out
    settled(office, "2022-CD01.2", "--keep", "theirs")
    assert texts(office) == {"2022-CD01.1": mine["2022-CD01.1"], "2022-CD02.1": mine["2022-CD02.1"],
                             "2022-CD01.3": mine["2022-CD01.2"]}  # fmt: skip
    assert "xem 2022-CD01.3" in (office.folder / FILE).read_text(encoding="utf-8")


def test_what_is_refused(office: Terminal) -> None:
    branch(office, "mine", add("Một việc"))
    branch(office, "theirs", add("Một việc"))
    meet(office)
    assert office.vpcp("renumber", "2022-CD01.2").code == 4
    assert office.vpcp("renumber", "việc").code == 2
    done(office, "note", "2022-CD01.2", "khác")
    commit(office)
    git(office, "merge", "-q", "theirs")
    file = office.folder / FILE
    before = file.read_bytes()
    answer = office.vpcp("renumber", "2022-CD01.2")
    assert (answer.code, file.read_bytes()) == (4, before)


def test_what_was_mended_by_hand_is_not_lost(office: Terminal) -> None:
    branch(office, "mine", add("Của ta"))
    branch(office, "theirs", add("Của họ"))
    meet(office)
    git(office, "merge", "-q", "theirs")
    file = office.folder / FILE
    mended = file.read_bytes().replace("Việc đầu".encode(), "Việc thứ nhất".encode())
    file.write_bytes(mended)
    answer = office.vpcp("renumber", "2022-CD01.2")
    assert (answer.code, file.read_bytes()) == (4, mended)
    assert "git checkout --conflict=merge -- programmes/2022.yaml" in answer.err
    git(office, "checkout", "-q", "--conflict=merge", "--", FILE)
    settled(office, "2022-CD01.2")
