"""Git merges by `vpcp merge-file`; what a person has to decide is said, and named in the file."""

import errno
import re
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

from terminal import REPOSITORY, Terminal
from vpcp_cli.storage.git.driver import driver, runs, set_up

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


def only(programs: dict[str, str], monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let PATH hold `git`, `sh` and what is found on it elsewhere, and these scripts."""
    folder.mkdir()
    for program in ("git", "sh", "grep", "mv", "cat"):
        (folder / program).symlink_to(str(shutil.which(program)))
    for name, script in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


BROKEN = {
    "not there": {},
    "a shim without its program": {"vpcp": "echo 'pyenv: vpcp: command not found' >&2; exit 127"},
    "a version without the command": {"vpcp": "exit 2"},
    "a crash, which Python ends with 1": {"vpcp": "echo Traceback >&2; exit 1"},
    "killed": {"vpcp": "kill -9 $$"},
}


@pytest.mark.parametrize("what", BROKEN)
def test_where_vpcp_cant_be_run_git_merges_alone(what: str, programmes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(programmes)
    git("config", "merge.vpcp.driver", driver("/nowhere/vpcp"))
    diverge(programmes / "2022.yaml", BASE + MINE, BASE + THEIRS)
    only(BROKEN[what], monkeypatch, programmes.parent.parent / "bin")
    assert git("merge", "theirs", "-m", "x").returncode == 1
    text = (programmes / "2022.yaml").read_text(encoding="utf-8")
    assert [text.count(word) for word in ("Của ta", "Của họ", "<<<<<<< ours\n", ">>>>>>> theirs\n")] == [1, 1, 1, 1]


@pytest.mark.parametrize("what", BROKEN)
def test_the_second_try_is_the_program_that_set_it_up(
    what: str, programmes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(programmes)
    diverge(programmes / "2022.yaml", BASE + MINE, BASE + THEIRS)
    Path("vpcp_cli").mkdir()
    Path("vpcp_cli/__init__.py").write_text("raise SystemExit(0)", encoding="utf-8")
    only(BROKEN[what], monkeypatch, programmes.parent.parent / "bin")
    assert git("merge", "theirs", "-m", "x").returncode == 0
    assert (programmes / "2022.yaml").read_text(encoding="utf-8") == BASE + MINE + THEIRS.removeprefix(LOG)


@pytest.mark.parametrize("program", ["", "/nowhere/vpcp"])
def test_what_nobody_can_merge_by_lines_stands_whole(
    program: str, programmes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(programmes)
    git("config", "merge.vpcp.driver", driver(program))
    diverge(programmes / "2022.yaml", BASE + MINE + "\0", BASE + THEIRS)
    only({}, monkeypatch, programmes.parent.parent / "bin")
    assert git("merge", "theirs", "-m", "x").returncode == 1
    text = (programmes / "2022.yaml").read_text(encoding="utf-8")
    assert text.startswith("<<<<<<< ours\n" + BASE + MINE + "\0\n")
    assert "=======\n" + BASE + THEIRS in text


def test_that_git_can_run_it_is_proved(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in terminal.environment().items():
        monkeypatch.setenv(name, value)
    assert runs(driver())
    assert not runs("true")
    assert not runs("exit 3")
    assert not runs("git merge-file %A %O %B")


def test_a_clone_that_lacks_the_driver_is_told_by_check_diff_and_writes(terminal: Terminal) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    hint = "hint: here git does not yet merge the programmes by vpcp, as .gitattributes wants: `vpcp init --git`."
    terminal.run("git init -q && git add -A && git commit -qm x")
    commands = ["vpcp check", "vpcp diff HEAD", "vpcp note 2022-CD02.3 Xem --dry-run", "vpcp note 2022-CD02.3 Xem"]
    assert not any(hint in terminal.run(line).err for line in commands)
    terminal.write(".gitattributes", "/programmes/*.yaml merge=vpcp\n")
    assert [hint in terminal.run(line).err for line in commands] == [True, True, False, True]
    assert not any(hint in terminal.run(line).err for line in ("vpcp list", "vpcp check --quiet"))
    terminal.run("git config merge.vpcp.driver true")
    assert not any(hint in terminal.run(line).err for line in commands)


def test_ours_is_replaced_whole_or_not_at_all(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    names = written(terminal, BASE, BASE + MINE, BASE + THEIRS)
    monkeypatch.setattr("os.fsync", full)
    answer = terminal.vpcp("merge-file", *names)
    assert answer.code == 4
    assert (terminal.folder / "ours").read_text(encoding="utf-8") == BASE + MINE
    assert sorted(path.name for path in terminal.folder.iterdir()) == ["base", "ours", "theirs"]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_nul_bytes_are_named(at: int, terminal: Terminal) -> None:
    versions = [BASE, BASE + MINE, BASE + THEIRS]
    versions[at] += "\0"
    answer = terminal.vpcp("merge-file", *written(terminal, *versions))
    assert answer.code == 1
    assert answer.err.startswith("ours holds NUL bytes on a side and is no text: both versions stand in it whole.\n")


ODD = {
    ".gitignore": "vpcp init",
    ".gitattributes": "vpcp init --git",
    ".git/info/exclude": "vpcp note 2022-CD02.3 Xem",
}


@pytest.mark.parametrize("name", ODD)
def test_nothing_is_written_through_a_link_that_leaves_the_folder(name: str, terminal: Terminal) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    terminal.run("git init -q")
    target = terminal.home / "rc"
    target.write_text("echo hi\n", encoding="utf-8")
    file = terminal.folder / name
    file.unlink(missing_ok=True)
    file.symlink_to(target)
    answer = terminal.run(ODD[name])
    assert target.read_text(encoding="utf-8") == "echo hi\n"
    if "init" in ODD[name]:
        assert answer.code == 4
        assert "it is a link that leads out of" in answer.err
        assert not (terminal.folder / "vpcp.toml").exists()
    else:
        assert answer.code == 0


@pytest.mark.parametrize("name", ODD)
def test_a_git_file_that_is_no_text_is_added_to_and_a_folder_is_refused(name: str, terminal: Terminal) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    terminal.run("git init -q")
    file = terminal.folder / name
    file.write_bytes(b"\xff\r\n*.bak")
    assert terminal.run(ODD[name]).code == 0
    assert file.read_bytes().startswith(b"\xff\r\n*.bak\r\n")
    assert file.read_bytes().endswith(b"merge=vpcp\r\n" if "attributes" in name else b".vpcp-*.tmp\r\n")
    file.unlink()
    file.mkdir()
    answer = terminal.run(ODD[name].replace("Xem", "Lại"))
    assert answer.code == (4 if "init" in ODD[name] else 0)


def test_a_link_within_the_folder_is_followed(terminal: Terminal) -> None:
    terminal.write("ignored", "*.bak\n")
    (terminal.folder / ".gitignore").symlink_to("ignored")
    assert terminal.run("vpcp init").code == 0
    assert (terminal.folder / ".gitignore").is_symlink()
    assert (terminal.folder / "ignored").read_text(encoding="utf-8").startswith("*.bak\n.vpcp.lock\n")


@pytest.mark.parametrize("data", [";touch${IFS}X;#", "a\\nb", "x`id`", "a|b", "so*", ""])
def test_a_data_that_is_no_plain_path_is_refused(data: str, terminal: Terminal) -> None:
    terminal.write("vpcp.toml", f'data = "{data}"\n')
    terminal.run("git init -q")
    answer = terminal.vpcp("init", "--git")
    assert answer.code == 3
    assert "`data` in vpcp.toml has a value that it can't have." in answer.err
    assert not (terminal.folder / ".gitattributes").exists()


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
        "hint: `vpcp renumber 2022-CD02.2` keeps both: the later one gets the next free number, wherever it is named.",
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


def test_a_year_that_two_branches_of_one_clone_begin_is_one_programme(terminal: Terminal) -> None:
    shutil.copytree(REPOSITORY / "examples" / "programmes", terminal.folder / "programmes")
    shutil.copy(REPOSITORY / "examples" / "vpcp.toml", terminal.folder)
    terminal.settings["VPCP_AS_OF"] = "2024-01-31"
    for line in (
        "git init -q -b main .",
        "vpcp init --git",
        "git add -A",
        "git commit -qm base",
        "git checkout -q -b n1",
        "vpcp new 2024 --carry-over --on 2024-01-02",
        "git add -A",
        "git commit -qm n1",
        "git checkout -q -b n2 main",
        "vpcp new 2024 --carry-over --on 2024-01-03",
        "git add -A",
        "git commit -qm n2",
        "git merge -q -m both n1",
    ):
        answer = terminal.run(line)
        assert answer.code == 0, (line, answer)
    text = (terminal.folder / "programmes" / "2024.yaml").read_text(encoding="utf-8")
    assert text.count("carried_from: ") == len(set(re.findall("carried_from: (.*)", text))) > 0
    assert terminal.vpcp("check", "--strict").code == 0
