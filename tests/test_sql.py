"""`vpcp sql`: what its tables hold is what commands say, and nothing that it is given can write."""

import json
import re
import signal
from pathlib import Path

import pytest

from terminal import REPOSITORY, Terminal
from vpcp_cli.storage.index.question import COLUMNS
from vpcp_cli.storage.index.relations import TABLES

DOCS = (REPOSITORY / "docs" / "database.md").read_text(encoding="utf-8")


@pytest.fixture
def example(tmp_path: Path) -> Terminal:
    terminal = Terminal.at(tmp_path)
    terminal.settings = {"VPCP_AS_OF": "2022-11-20", "VPCP_LANG": "en"}
    terminal.take(REPOSITORY / "examples")
    return terminal


def asked(terminal: Terminal, statement: str, *more: str) -> list[dict[str, object]]:
    done = terminal.vpcp("sql", statement, "-f", "json", *more)
    assert done.code == 0, done.err
    rows: list[dict[str, object]] = json.loads(done.out)["rows"]
    return rows


@pytest.mark.parametrize("day", ["2022-01-20", "2022-06-30", "2022-11-20", "2023-03-01"])
def test_a_task_stands_as_the_list_has_it(example: Terminal, day: str) -> None:
    listed = json.loads(example.vpcp("list", "-f", "json", "--as-of", day).out)["tasks"]
    rows = {row["id"]: row for row in asked(example, "SELECT * FROM task", "--as-of", day)}
    assert list(rows) == [one["id"] for one in listed]
    for one in listed:
        row = rows[one["id"]]
        names = ("programme", "year", "nature", "category", "lead", "status", "timeliness", "days", "postponements")
        assert {name: row[name] for name in names} == {name: one[name] for name in names}
        assert row["directive"] == one["directive"]["id"]
        assert row["support"] == " ".join(one["support"])
        assert row["deadline"] == (one["deadline"] and one["deadline"]["text"])
        assert row["last_day"] == (one["deadline"] and one["deadline"]["last"])


def test_a_task_has_what_files_say_of_it(example: Terminal) -> None:
    """The columns are those of the exported table; where it stands otherwise on the day it has its own."""
    own = {"deadline_last", "deadline_words"}
    assert not set(TABLES["task"].names) - own - set(COLUMNS["task"])
    listed = json.loads(example.vpcp("list", "-f", "json").out)["tasks"]
    for row, one in zip(asked(example, "SELECT *, count(*) OVER () AS n FROM task"), listed, strict=True):
        names = ("ref", "monitor", "urgency")
        assert {name: row[name] for name in names} == {name: one[name] for name in names}
        assert json.loads(str(row["tags"] or "[]")) == one["tags"]
    assert asked(example, "SELECT count(*) AS n FROM task") == [{"n": len(listed)}]
    within = "WITH x AS (SELECT * FROM task) SELECT ref FROM x WHERE ref IS NOT NULL ORDER BY 1"
    found = asked(example, "SELECT T.REF FROM TASK T WHERE REF IS NOT NULL ORDER BY 1")
    assert [[*row.values()] for row in found] == [[*row.values()] for row in asked(example, within)] != []


@pytest.mark.parametrize("day", ["2022-01-20", "2022-06-30", "2022-11-20"])
def test_the_states_of_a_day_are_those_of_its_tasks(example: Terminal, day: str) -> None:
    names = "status, lead, support, deadline, postponements"
    inside = f"since <= '{day}' AND coalesce(until, '9999') > '{day}'"
    states = asked(example, f"SELECT task AS id, {names} FROM state WHERE {inside} AND status IS NOT 'void' ORDER BY 1")
    assert states == asked(example, f"SELECT id, {names} FROM task ORDER BY 1", "--as-of", day)


def test_some_years_are_those_of_all_tables(example: Terminal) -> None:
    for table, year in {"task": "year", "programme": "year", "state": "substr(task, 1, 4)"}.items():
        rows = asked(example, f"SELECT DISTINCT {year} AS y FROM {table}", "--year", "2022")
        assert [str(row["y"]) for row in rows] == ["2022"], table


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM task",
        "INSERT INTO task(id) VALUES('x')",
        "UPDATE task SET id = 1",
        "DROP TABLE task",
        "CREATE TABLE x(y)",
        "CREATE TEMP TABLE x AS SELECT 1",
        "ATTACH '{folder}/x.db' AS x",
        "VACUUM INTO '{folder}/x.db'",
        "PRAGMA writable_schema = 1",
        "PRAGMA journal_mode",
        "SELECT load_extension('x')",
        "BEGIN",
        "WITH a AS (SELECT 1) DELETE FROM task",
    ],
)
def test_what_would_write_is_refused(example: Terminal, statement: str) -> None:
    before = {path: path.read_bytes() for path in example.folder.rglob("*") if path.is_file()}
    done = example.vpcp("sql", statement.replace("{folder}", str(example.folder)))
    assert (done.code, done.out) == (2, "")
    assert {path: path.read_bytes() for path in example.folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "statement", ["", ";", "SELEC 1", "SELECT 1; SELECT 2", "SELECT nothing FROM task", "SELECT ?", "\0", "\ud800"]
)
def test_what_sqlite_cannot_answer_is_a_sentence(example: Terminal, statement: str) -> None:
    done = example.vpcp("sql", statement)
    assert done.code in (0, 2)
    assert "bug" not in done.err


def test_hostile_texts_do_nothing(example: Terminal) -> None:
    done = example.vpcp("sql", "SELECT char(27) || '[2J' AS \"x\u202e\", '::error::y' AS y")
    assert done.code == 0
    assert "\x1b[2J" not in done.out
    assert "\u202e" not in done.out
    assert not any(line.startswith("::") for line in done.out.splitlines())
    rows = asked(example, "SELECT 1 AS a, 2 AS a, x'00ff' AS b, 9e999 AS c, NULL AS d")
    assert rows == [{"a": 1, "a_2": 2, "b": "00ff", "c": "inf", "d": None}]


def test_the_document_names_every_column() -> None:
    for name, columns in COLUMNS.items():
        assert re.search(rf"\b{name}\b", DOCS)
        if name != "entry":
            assert not [column for column in columns if f"`{column}`" not in DOCS], name


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no such signal")
def test_a_question_that_is_interrupted_is_no_wrong_question(terminal: Terminal) -> None:
    terminal.take_shipped()

    def interrupt(*_facts: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    signal.setitimer(signal.ITIMER_REAL, 2)
    try:
        assert terminal.vpcp("sql", endless).code == 130
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
