"""What is loaded into databases is what commands say, on every day; a load is whole or not at all."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given

from made_up import cases
from making import library, programme
from programmes import PARTS_COUNTED, REGISTER, TWO, carried, carried_parts, days
from terminal import REPOSITORY, Terminal
from vpcp_cli.counts import count, count_parts
from vpcp_cli.library import Library
from vpcp_cli.programme import Programme, Unit, Workspace
from vpcp_cli.storage.database.dialect import SQLITE, tables, views
from vpcp_cli.storage.database.load import FAR, Load, Outcome
from vpcp_cli.storage.database.questions import QUESTIONS, question
from vpcp_cli.storage.database.sqlite import SqliteFile
from vpcp_cli.storage.index.relations import TABLES, Facts
from vpcp_cli.vocabulary import Timeliness

DOCS = (REPOSITORY / "docs" / "database.md").read_text(encoding="utf-8")
NAMES = ("done_on_time", "done_late", "done_no_deadline", "in_time", "due_soon", "overdue", "no_deadline", "uncounted")


@pytest.fixture
def example(tmp_path: Path) -> Terminal:
    terminal = Terminal.at(tmp_path)
    terminal.settings = {"VPCP_AS_OF": "2022-11-20", "VPCP_LANG": "en"}
    terminal.take(REPOSITORY / "examples")
    return terminal


def rows(file: Path, statement: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(file)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(statement)]


def everything(file: Path) -> dict[str, list[Any]]:
    return {name: rows(file, f'SELECT * FROM "{name}"') for name, _columns, _key in tables()}


def loaded(both: tuple[Programme, ...], file: Path, day: date | None, units: tuple[Unit, ...] = REGISTER) -> Library:
    made = library(Workspace(both, units))
    assert SqliteFile(file).load(Load("a", Facts(made, frozenset(), 30), {}, day, None)) is Outcome.WRITTEN
    return made


@cases(8)
@given(carried(), days)
def test_every_day_and_month_end_counts_what_the_status_counts(both: tuple[Programme, Programme], day: date) -> None:
    with TemporaryDirectory() as place:
        made = loaded(both, Path(place) / "x.db", day)
        inside = f"since <= '{day}' AND coalesce(until, '{FAR}') > '{day}'"
        asked = f"SELECT timeliness, count(*) AS n FROM state WHERE {inside} AND counted GROUP BY 1"
        cells = {one.value: number for one, number in count(made.tasks(day)).cells.items() if number}
        cells.pop("uncounted", None)
        assert {row["timeliness"]: row["n"] for row in rows(Path(place) / "x.db", asked)} == cells
        asked = f"SELECT timeliness, count(*) AS n FROM part WHERE {inside} AND counted GROUP BY 1"
        parts = {one.value: number for one, number in count_parts(made.tasks(day)).cells.items() if number}
        parts.pop("uncounted", None)
        assert {row["timeliness"]: row["n"] for row in rows(Path(place) / "x.db", asked)} == parts
        for row in rows(Path(place) / "x.db", "SELECT * FROM count_by_month_end"):
            then = count(made.tasks(date.fromisoformat(row["month_end"])))
            assert {name: row[name] for name in NAMES} == {name: then.cell(Timeliness(name)) for name in NAMES}
            assert (row["counted"], row["done"], row["not_done"]) == (then.total, then.done, then.total - then.done)


def test_a_part_that_goes_on_is_counted_once(tmp_path: Path) -> None:
    loaded(carried_parts(), tmp_path / "x.db", date(2023, 4, 1), TWO)

    def counted(on: date) -> tuple[int, int]:
        inside = f"since <= '{on}' AND coalesce(until, '{FAR}') > '{on}' AND counted"
        asked = f"SELECT count(*) AS n, sum(status = 'done') AS done FROM part WHERE {inside}"
        (found,) = rows(tmp_path / "x.db", asked)
        return found["n"], found["done"]

    assert {on: counted(on) for on in PARTS_COUNTED} == PARTS_COUNTED


def test_month_ends_go_from_the_first_task_to_the_day(tmp_path: Path) -> None:
    from making import directive, task

    one = programme(2022, directive("2022-CD01", task("2022-CD01.1", "2022-06"), issued="2021-12-31"))
    loaded((one,), tmp_path / "x.db", date(2022, 3, 31))
    ends = [row["month_end"] for row in rows(tmp_path / "x.db", "SELECT * FROM count_by_month_end")]
    assert ends == ["2021-12-31", "2022-01-31", "2022-02-28", "2022-03-31"]
    loaded((), tmp_path / "none.db", None)
    assert not rows(tmp_path / "none.db", "SELECT * FROM count_by_month_end")
    assert not rows(tmp_path / "none.db", "SELECT * FROM count_now")


@pytest.mark.parametrize("day", ["2022-01-20", "2022-06-30", "2022-11-20", "2023-03-01"])
def test_a_task_stands_as_sql_has_it(example: Terminal, day: str) -> None:
    assert example.vpcp("export", "sqlite", "x.db", "--as-of", day).code == 0
    asked = json.loads(example.vpcp("sql", "SELECT * FROM task", "-f", "json", "--as-of", day).out)
    names = [name for name in asked["columns"] if name != "open"]
    found = rows(example.folder / "x.db", f"SELECT {', '.join(names)} FROM task_now ORDER BY year, id")
    assert found == sorted(
        ({name: row[name] for name in names} for row in asked["rows"]), key=lambda row: (row["year"], row["id"])
    )


def test_the_same_again_changes_nothing_and_what_changed_is_loaded(example: Terminal) -> None:
    file = example.folder / "x.db"
    assert example.vpcp("export", "sqlite", "x.db").out == "ke-hoach-cuc-vi-du: 44 tasks loaded\n"
    before = file.read_bytes()
    assert example.vpcp("export", "sqlite", "x.db").out == "ke-hoach-cuc-vi-du: nothing has changed\n"
    assert file.read_bytes() == before
    assert example.vpcp("note", "2022-CD01.1", "Đã xem", "--on", "2022-11-19").code == 0
    assert example.vpcp("export", "sqlite", "x.db").out == "ke-hoach-cuc-vi-du: 44 tasks loaded\n"
    assert rows(file, "SELECT note FROM entry WHERE date = '2022-11-19'") == [{"note": "Đã xem"}]
    fresh = example.folder / "y.db"
    assert example.vpcp("export", "sqlite", "y.db").code == 0
    assert everything(fresh) == everything(file)


def test_other_workspaces_in_a_file_stay(example: Terminal) -> None:
    assert example.vpcp("export", "sqlite", "x.db").code == 0
    other = example.folder / "Bộ Y tế"
    shutil.copytree(REPOSITORY / "programmes", other / "programmes")
    assert example.vpcp("export", "sqlite", "x.db", "--data", str(other / "programmes")).code == 0
    names = rows(example.folder / "x.db", "SELECT name, tasks FROM workspace ORDER BY name")
    assert [row["name"] for row in names] == ["bo-y-te", "ke-hoach-cuc-vi-du"]
    per = rows(example.folder / "x.db", "SELECT workspace, count(*) AS n FROM task GROUP BY 1 ORDER BY 1")
    assert [row["n"] for row in per] == [row["tasks"] for row in names]


def test_a_correction_strikes_out_what_it_corrects(example: Terminal) -> None:
    assert example.vpcp("export", "sqlite", "x.db").code == 0
    struck = rows(
        example.folder / "x.db",
        "SELECT e.task, e.place, r.corrects IS NOT NULL AS corrects FROM entry e"
        " JOIN entry r ON r.task = e.task AND r.place = e.struck_by WHERE e.struck_by IS NOT NULL",
    )
    assert struck
    assert all(row["corrects"] for row in struck)


@pytest.mark.parametrize("content", [b"not a database, but long enough to be looked at" * 40, None])
def test_what_is_not_ours_stays(example: Terminal, content: bytes | None) -> None:
    file = example.folder / "x.db"
    if content is None:
        with closing(sqlite3.connect(file)) as db:
            db.execute("CREATE TABLE mine(a)")
    else:
        file.write_bytes(content)
    before = file.read_bytes()
    done = example.vpcp("export", "sqlite", "x.db")
    assert done.code == 4
    assert "x.db" in done.err
    assert file.read_bytes() == before


@pytest.mark.parametrize("name", ["programmes/2022.yaml", "vpcp.toml", "nowhere/x.db"])
def test_no_data_is_overwritten_and_no_folder_made(example: Terminal, name: str) -> None:
    done = example.vpcp("export", "sqlite", name)
    assert done.code in (2, 4)
    assert "bug" not in done.err
    assert not (example.folder / "nowhere").exists()


def test_a_load_that_is_killed_leaves_the_old_state(tmp_path: Path) -> None:
    loaded((programme(2022),), tmp_path / "x.db", None)
    before = everything(tmp_path / "x.db")
    script = f"""
import os, sys
sys.path.insert(0, {str(REPOSITORY / "tests")!r})
from pathlib import Path
from making import directive, library, programme, task, workspace
from vpcp_cli.storage.database.load import Load
from vpcp_cli.storage.database.sqlite import SqliteFile
from vpcp_cli.storage.index.relations import Facts
one = programme(2022, directive("2022-CD01", *(task(f"2022-CD01.{{n}}", "2022-06") for n in range(1, 400))))
facts = Facts(library(workspace(one)), frozenset(), 30)
class Killed(Load):
    def head(self):
        os.kill(os.getpid(), 9)
SqliteFile(Path({str(tmp_path / "x.db")!r})).load(Killed("a", facts, {{"2022.yaml": "other"}}, None, None))
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == -9
    assert everything(tmp_path / "x.db") == before
    assert rows(tmp_path / "x.db", "PRAGMA integrity_check") == [{"integrity_check": "ok"}]


def blocks() -> Iterator[tuple[str, str]]:
    """The questions of the document: what is asked, and the statement."""
    return iter(re.findall(r"^\d+\. ([^\n]+)\n\n```sql\n(.*?)```", DOCS, re.MULTILINE | re.DOTALL))


def test_the_document_asks_the_ten_questions() -> None:
    assert list(blocks()) == [(asked, question(name)) for name, asked in QUESTIONS.items()]


def test_sqlite_answers_the_ten_questions(example: Terminal) -> None:
    assert example.vpcp("export", "sqlite", "x.db", "--as-of", "2023-04-10").code == 0
    (duties, *_others) = rows(example.folder / "x.db", question("duties"))
    assert duties["parts"] > 1
    assert example.vpcp("export", "sqlite", "x.db").code == 0
    answers = {name: rows(example.folder / "x.db", question(name)) for name in QUESTIONS if name != "duties"}
    assert all(answers.values()), [name for name, found in answers.items() if not found]
    whole = json.loads(example.vpcp("status", "-f", "json").out)["whole"]
    (rates,) = answers["rates"]
    assert [rates[name] for name in ("counted", "done", "overdue")] == [
        whole[name] for name in ("counted", "done", "overdue")
    ]
    assert [rates["of_all"], rates["of_due"]] == [whole["rate_of_all"]["percent"], whole["rate_of_due"]["percent"]]
    assert sum(row["overdue"] for row in answers["overdue-units"]) == whole["overdue"]
    assert len(answers["due-soon"]) == whole["due_soon"]


def test_today_is_viet_nams_day(tmp_path: Path) -> None:
    from making import directive, task

    one = programme(2022, directive("2022-CD01", task("2022-CD01.1", "2022-06")))
    loaded((one,), tmp_path / "x.db", None)
    (row,) = rows(tmp_path / "x.db", "SELECT day, date('now', '+7 hours') AS now FROM day_now")
    assert row["day"] == row["now"]
    (task_,) = rows(
        tmp_path / "x.db", "SELECT timeliness, days, last_day, date(last_day, days || ' days') AS d FROM task_now"
    )
    assert (task_["timeliness"], task_["last_day"], task_["d"]) == ("overdue", "2022-06-30", row["day"])


def test_datasette_is_told_the_questions(example: Terminal) -> None:
    assert example.vpcp("export", "sqlite", "x.db").code == 0
    beside = example.folder / "x.metadata.json"
    told = json.loads(beside.read_text())["databases"]["x"]
    assert {name: one["sql"] for name, one in told["queries"].items()} == {name: question(name) for name in QUESTIONS}
    for name, one in told["tables"].items():
        assert set(one["columns"]) >= {"text" if name == "task" else "date"}
    beside.write_text("{}")
    assert example.vpcp("export", "sqlite", "x.db").code == 0
    assert beside.read_text() == "{}"


def test_the_document_names_every_table_view_and_column() -> None:
    for name, table in TABLES.items():
        assert f"`{name}`" in DOCS or f"## {name}" in DOCS, name
        if name not in ("task", "entry"):
            assert not [one for one in table.names if f"`{one}`" not in DOCS], name
    assert not [name for name in views(SQLITE) if f"`{name}`" not in DOCS]


@contextmanager
def duck(folder: Path) -> Iterator[Callable[[str], list[tuple[Any, ...]]]]:
    """What DuckDB answers that is asked in a folder of Parquet."""
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    with duckdb.connect() as db:
        db.execute("SET file_search_path = ?", [str(folder)])
        db.execute((folder / "vpcp.sql").read_text())
        yield lambda statement: db.execute(statement).fetchall()


def test_parquet_answers_as_sqlite_does(example: Terminal) -> None:
    pytest.importorskip("duckdb", reason="DuckDB is not installed")
    for kind, place in (("sqlite", "x.db"), ("parquet", "pq")):
        done = example.vpcp("export", kind, place, "--as-of", "2023-04-10")
        assert done.out == "ke-hoach-cuc-vi-du: 44 tasks loaded\n"
    statements = {name: question(name) for name in QUESTIONS}
    statements |= {name: f"SELECT * FROM {name} ORDER BY 1, 2" for name in views(SQLITE)}
    for name, _columns, key in tables():
        statements[name] = f'SELECT * FROM "{name}" ORDER BY {", ".join(map(str, range(1, key + 1)))}'
    with duck(example.folder / "pq") as asked:
        for name, statement in statements.items():
            lite = [list(row.values()) for row in rows(example.folder / "x.db", statement)]
            assert [[_plain(value) for value in row] for row in asked(statement)] == lite, name


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else float(value) if type(value).__name__ == "Decimal" else value


def test_parquet_changes_where_a_workspace_has_changed(example: Terminal) -> None:
    pytest.importorskip("duckdb", reason="DuckDB is not installed")
    assert example.vpcp("export", "parquet", "pq").code == 0
    before = {path: path.read_bytes() for path in (example.folder / "pq").rglob("*") if path.is_file()}
    assert example.vpcp("export", "parquet", "pq").out == "ke-hoach-cuc-vi-du: nothing has changed\n"
    assert {path: path.read_bytes() for path in (example.folder / "pq").rglob("*") if path.is_file()} == before
    for number in range(2):
        assert example.vpcp("note", "2022-CD01.1", f"Lần {number}", "--on", "2022-11-19").code == 0
        (example.folder / "pq" / "ke-hoach-cuc-vi-du" / ".new").mkdir()
        assert example.vpcp("export", "parquet", "pq").code == 0
        with duck(example.folder / "pq") as asked:
            assert asked("SELECT count(*) FROM entry WHERE date = '2022-11-19'") == [(number + 1,)]
        left = [one for one in (example.folder / "pq" / "ke-hoach-cuc-vi-du").iterdir() if one.is_dir()]
        assert len(left) == 2


def test_a_folder_of_something_else_stays(example: Terminal) -> None:
    pytest.importorskip("duckdb", reason="DuckDB is not installed")
    example.write("mine/x.txt", "x")
    done = example.vpcp("export", "parquet", "mine")
    assert (done.code, [one.name for one in (example.folder / "mine").iterdir()]) == (4, ["x.txt"])
    example.write("other/vpcp.sql", "-- vpcp {}\n")
    assert example.vpcp("export", "parquet", "other").code == 4


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://vpcp:geheim@localhost/x",
        "postgres://:geheim@/x",
        "host=x password = geheim",
        "x?sslpassword=geheim",
    ],
)
def test_a_password_on_the_command_line_is_refused_and_not_repeated(example: Terminal, address: str) -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    done = example.vpcp("export", "postgres", address)
    assert (done.code, done.out) == (2, "")
    assert "geheim" not in done.err
    assert "PGPASSWORD" in done.err


def test_an_address_that_is_none_is_not_repeated(example: Terminal) -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    done = example.vpcp("export", "postgres", "postgresql://host/db?passwort=geheim")
    assert done.code == 2
    assert "geheim" not in done.err


def test_a_server_that_is_not_there_is_told(example: Terminal) -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    done = example.vpcp("export", "postgres", f"host={example.folder} dbname=x", PGPASSWORD="geheim")
    assert done.code == 4
    assert "geheim" not in done.err


@pytest.mark.parametrize("library", ["duckdb", "psycopg"])
def test_without_the_extra_it_says_what_to_install(example: Terminal, library: str) -> None:
    script = f"import sys; sys.modules[{library!r}] = None; from vpcp_cli.__main__ import main; sys.exit(main())"
    kind = "parquet" if library == "duckdb" else "postgres"
    done = subprocess.run(
        [sys.executable, "-c", script, "export", kind, "x"],
        cwd=example.folder,
        env=example.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert 'pip install "vpcp-cli[data]"' in done.stderr


def test_the_dashboards_ask_what_is_there(example: Terminal) -> None:
    assert example.vpcp("export", "sqlite", "offices.db").code == 0
    dashboard = REPOSITORY / "examples" / "dashboard"
    statements = [path.read_text(encoding="utf-8") for path in dashboard.glob("*/*.sql")]
    told = json.loads((dashboard / "datasette.json").read_text(encoding="utf-8"))
    statements += [one["sql"] for one in told["databases"]["offices"]["queries"].values()]
    places = {"{{day}}": "'2022-06-30'", "{{workspace}}": "'ke-hoach-cuc-vi-du'", "$__timeFilter(month_end)": "1"}
    places |= {":day": "'2022-06-30'", ":unit": "'PHONG_TONG_HOP'"}
    assert len(statements) == 8
    assert [
        (dashboard / path).read_text(encoding="utf-8") for path in ("metabase/rates.sql", "grafana/silent.sql")
    ] == [
        question("rates"),
        question("silent"),
    ]
    for statement in statements:
        for place, value in places.items():
            statement = statement.replace(place, value)  # noqa: PLW2901
        assert rows(example.folder / "offices.db", statement), statement
