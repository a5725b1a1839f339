"""Git merges by `vpcp merge-file`; what a person has to decide is said, and named in the file."""

import shutil
import subprocess
from pathlib import Path

import pytest

from terminal import Terminal
from vpcp_cli.storage.merger import set_up

BASE = """\
schema: 1
year: 2022
directives:
  - id: 2022-CD02
    tasks:
      - id: 2022-CD02.1
        text: Một
        lead: VPCP
"""
LOG = "        log:\n"
NOTE = "          - date: 2022-06-{day}\n            note: {note}\n"
MINE, THEIRS = LOG + NOTE.format(day="01", note="Của ta"), LOG + NOTE.format(day="02", note="Của họ")


@pytest.fixture
def programmes(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a repository in which both sides have changed one file."""
    for name, value in terminal.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(terminal.folder)
    git("init", "-q", "-b", "main")
    return terminal.write("chương trình/2022.yaml", BASE).parent


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], check=False, capture_output=True, text=True)


def diverge(file: Path, mine: str, theirs: str) -> None:
    git("add", "-A")
    git("commit", "-qm", "x")
    for branch, content in (("theirs", theirs), ("ours", mine)):
        git("checkout", "-q", "-b", branch, "main")
        file.write_text(content, encoding="utf-8")
        git("commit", "-qam", branch)


def test_git_merges_log_entries_on_one_task(programmes: Path) -> None:
    attributes = set_up(programmes)
    assert attributes.read_text(encoding="utf-8") == '"/chương trình/*.yaml" merge=vpcp\n'
    diverge(programmes / "2022.yaml", BASE + MINE, BASE + THEIRS)
    assert git("merge", "theirs", "-m", "x").returncode == 0
    assert (programmes / "2022.yaml").read_text(encoding="utf-8") == BASE + MINE + THEIRS.removeprefix(LOG)


def test_git_leaves_a_contradiction_with_the_name_of_the_task(programmes: Path) -> None:
    set_up(programmes)
    diverge(programmes / "2022.yaml", BASE.replace("Một", "Hai"), BASE.replace("Một", "Ba"))
    merge = git("merge", "theirs", "-m", "x")
    assert merge.returncode == 1
    assert "chương trình/2022.yaml: 2022-CD02.1 text was changed on both sides." in merge.stderr
    assert "<<<<<<< ours: 2022-CD02.1 text\n" in (programmes / "2022.yaml").read_text(encoding="utf-8")
    assert git("ls-files", "--unmerged").stdout.count("\n") == 3


def test_a_clone_without_vpcp_merges_as_git_does(programmes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(programmes)
    diverge(programmes / "2022.yaml", BASE + MINE, BASE + THEIRS)
    alone = programmes.parent.parent / "bin"
    alone.mkdir()
    for program in ("git", "sh"):
        (alone / program).symlink_to(str(shutil.which(program)))
    monkeypatch.setenv("PATH", str(alone))
    assert git("merge", "theirs", "-m", "x").returncode == 1
    text = (programmes / "2022.yaml").read_text(encoding="utf-8")
    assert "Của ta" in text
    assert "Của họ" in text


def test_setting_up_twice_adds_nothing_and_keeps_other_lines(programmes: Path) -> None:
    Path(".gitattributes").write_bytes(b"*.png binary")
    assert set_up(programmes).read_bytes() == set_up(programmes).read_bytes()
    assert Path(".gitattributes").read_bytes().startswith(b"*.png binary\n")


@pytest.mark.parametrize("name", ["đơn [x]", "a*b", 'a"b', "a?b", "#x", "!y", "plain"])
def test_attributes_name_a_folder_literally(programmes: Path, name: str) -> None:
    folder = programmes.rename(name)
    set_up(folder)
    found = git("check-attr", "-z", "merge", "--", f"{name}/2022.yaml", "axb/2022.yaml").stdout.split("\0")
    assert (found[2], found[5]) == ("vpcp", "unspecified")


def written(terminal: Terminal, *versions: str) -> list[str]:
    names = ["base", "ours", "theirs"]
    for name, content in zip(names, versions, strict=True):
        terminal.write(name, content)
    return names


def test_one_id_drawn_twice_names_both_and_the_next_number(terminal: Terminal) -> None:
    def with_task(text: str) -> str:
        return f"{BASE}      - id: 2022-CD02.2\n        text:\n          en: {text}\n"

    answer = terminal.vpcp("merge-file", *written(terminal, BASE, with_task("Mine"), with_task("Theirs")))
    assert answer.code == 1
    assert answer.out == ""
    assert answer.err.splitlines() == [
        "ours: 2022-CD02.2 was given to two things: «Mine» on our side, «Theirs» on theirs.",
        "hint: give one of them the number 2022-CD02.3, with all that names it.",
        "hint: mend ours, then `vpcp check` and `git add`.",
    ]


def test_other_conflicts_are_said_in_the_reader_s_language(terminal: Terminal) -> None:
    def said(*versions: str, **environment: str) -> list[str]:
        return terminal.vpcp("merge-file", *written(terminal, *versions), **environment).err.splitlines()[:-1]

    two_states = [
        BASE + LOG + f"          - date: 2022-06-01\n            status: {one}\n" for one in ("done", "deferred")
    ]
    removed = BASE.replace("        lead: VPCP\n", ""), BASE.replace("lead: VPCP", "lead: A\x9b")
    assert said(BASE, *two_states)[0] == "ours: 2022-CD02.1 log: the two sides tell what can't both be true."
    assert said(BASE, removed[0], BASE.replace("lead: VPCP", "lead: A"))[0] == (
        "ours: 2022-CD02.1 lead was removed on one side and changed on the other."
    )
    layout = [BASE.replace("year: 2022", f"year: 2022 # {words}") for words in ("a", "b")]
    assert said(BASE, *layout)[0] == "ours: year: comments or layout differ; the facts are the same."
    assert said(BASE, *removed)[0].startswith("ours: git merged this line by line")
    assert said(BASE, *two_states, VPCP_LANG="vi")[0].startswith("ours: 2022-CD02.1 log:")


def test_markers_are_as_long_as_git_asks(terminal: Terminal) -> None:
    names = written(terminal, BASE, BASE.replace("Một", "Hai"), BASE.replace("Một", "Ba"))
    assert terminal.vpcp("merge-file", *names, "--marker-size", "9", "--path", "x\x1b.yaml").code == 1
    assert "\n<<<<<<<<< ours" in (terminal.folder / "ours").read_text(encoding="utf-8")


def test_a_version_that_is_not_there_is_a_wrong_command_line(terminal: Terminal) -> None:
    written(terminal, BASE, BASE, BASE)
    assert terminal.vpcp("merge-file", "base", "ours", "nowhere").code == 2
