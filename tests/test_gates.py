"""Each gate in each surroundings, as the tables of gates.md have it: what was not seen is never said to be right."""

import re
import shlex
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from terminal import Answer, Terminal

TABLES = Path(__file__).with_name("gates.md").read_text(encoding="utf-8").split("\n\n")
GATES: Mapping[str, Sequence[str]] = {
    "check": ("check",),
    "staged": ("check", "--staged"),
    "against": ("check", "--against", "origin/main"),
    "fail-on": ("summary", "--fail-on", "overdue>0"),
    "diff": ("diff", "--exit-code", "origin/main"),
}
UNITS = "schema: 1\nunits:\n  - code: VPCP\n    name: Văn phòng\n"
HEAD = "schema: 1\nyear: {year}\nkind: work_programme\ntitle: Chương trình\nowner: VPCP\ndirectives:\n"
DIRECTIVE = """\
  - id: {id}
    kind: directive
    title: Quy chế
    issuer:
      name: Trần Văn Sơn
    tasks:
      - id: {id}.1
        text: Rà soát văn bản
        nature: one_off
        lead: {lead}
        deadline: {year}-03
"""


def rows(first: str) -> list[dict[str, str]]:
    """The rows of the table whose first column has this name, without the signs of code."""
    table = next(table for table in TABLES if table.startswith(f"| {first} |")).strip().split("\n")
    cells = [[cell.strip().strip("`") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table]
    return [{name: cell.replace("\\|", "|") for name, cell in zip(cells[0], row, strict=True)} for row in cells[2:]]


WORDS = {row["word"]: row for row in rows("word")}


def programme(year: int, *ids: str, lead: str = "VPCP") -> str:
    return HEAD.format(year=year) + "".join(DIRECTIVE.format(id=f"{year}-{id_}", year=year, lead=lead) for id_ in ids)


@pytest.fixture
def origin(terminal: Terminal, repositories: Path) -> Terminal:
    """A terminal beside the repositories."""
    shutil.copytree(repositories, terminal.folder, dirs_exist_ok=True)
    return terminal


@pytest.fixture(scope="module")
def repositories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Repositories with `main` and `work`: `origin`, `two` with two workspaces, `bare-folder` with programmes alone."""
    terminal = Terminal.at(tmp_path_factory.mktemp("gates"))
    for name, folders in (
        ("origin", ["programmes/"]),
        ("two", ["a/programmes/", "b/programmes/"]),
        ("bare-folder", [""]),
    ):
        lines = [
            "git init -q -b empty",
            "git config receive.denyCurrentBranch ignore",
            "git config uploadpack.allowFilter 1",
        ]
        git(terminal, name, *lines, "git commit -qm 0 --allow-empty", "git checkout -qb main")
        for folder in folders:
            if folder:
                terminal.write(f"{name}/{folder}../vpcp.toml", 'data = "programmes"\n')
            terminal.write(f"{name}/{folder}units.yaml", UNITS)
            terminal.write(f"{name}/{folder}2021.yaml", programme(2021, "CD01"))
            terminal.write(f"{name}/{folder}2022.yaml", programme(2022, "CD01", "CD02"))
        git(terminal, name, "git add -A", "git commit -qm 1", "git checkout -qb other")
        git(terminal, name, "git commit -qm 2 --allow-empty", "git checkout -qb work")
        for folder in folders:
            terminal.write(f"{name}/{folder}2022.yaml", programme(2022, "CD01", lead="NOBODY"))
        git(terminal, name, "git commit -qam 3", "git checkout -q other")
        for folder in folders:
            terminal.write(f"{name}/{folder}2022.yaml", programme(2022, "CD01", lead="NOBODY_ELSE"))
        git(terminal, name, "git commit -qam 4", "git checkout -q main", "git commit -qm 5 --allow-empty")
    return terminal.folder


def git(terminal: Terminal, folder: str, *lines: str) -> None:
    (terminal.folder / folder).mkdir(exist_ok=True)
    for line in lines:
        done = terminal.run(f"cd {folder} && {line}")
        assert done.code == 0, (line, done)


@pytest.mark.parametrize("row", rows("surroundings"), ids=lambda row: row["surroundings"])
def test_a_gate_sees_all_or_says_that_it_does_not(origin: Terminal, row: Mapping[str, str]) -> None:
    made = origin.run(row["made by"].replace("$PWD", str(origin.folder)) + " && true")
    assert made.code == 0, made
    given = dict(word.split("=", 1) for word in shlex.split(row["with"]))
    there = Terminal(origin.folder / row["in"], origin.home)
    for gate, command in GATES.items():
        code, _space, word = row[gate].partition(" ")
        answer = there.vpcp(*command, **given)
        assert answer.code == int(code), (gate, answer)
        assert not word or told(answer, word), (gate, answer)
    if row["then"]:
        moved = origin.run(f"{row['then']} && pwd")
        assert moved.code == 0, moved
        there = Terminal(Path(moved.out.strip()), origin.home)
        answers = {gate: there.vpcp(*command) for gate, command in GATES.items()}
        assert {gate: answer.code for gate, answer in answers.items()} == dict.fromkeys(GATES, 1), answers


def told(answer: Answer, word: str) -> bool:
    error, hint = answer.err.split("\nhint: ")[0].split("\n")[-1], answer.err.partition("\nhint: ")[2]
    return WORDS[word]["says"] in error and WORDS[word]["remedy"] in hint


def test_no_gate_is_ever_green_here_and_each_word_is_used() -> None:
    cells = [row[gate] for row in rows("surroundings") for gate in GATES]
    assert {cell[0] for cell in cells} == {"1", "3"}
    assert {cell[2:] for cell in cells} - {""} == set(WORDS)
