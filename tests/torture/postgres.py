"""Sixty workspaces in a real PostgreSQL, in SQLite and in DuckDB over Parquet: figures, kills, times, memory.

`PYTHONPATH=tests:tests/torture:benchmarks python tests/torture/postgres.py [FOLDER]` starts a server of its own (as
another user where this one is root; a unix socket only, in a temporary folder) and stops it at the end; plans of
queries are left in FOLDER.
VPCP_WORKSPACES, VPCP_TASKS and VPCP_ROWS make it smaller. Exit 1 if anything went wrong.
"""

import json
import os
import pwd
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from time import perf_counter, sleep
from typing import IO, Any, Final, TypeAlias

import duckdb
import psycopg

import workspaces as made
from torture import expect, troubles
from vpcp_cli.counts import count
from vpcp_cli.storage.database.questions import QUESTIONS, question
from vpcp_cli.storage.index.relations import TABLES
from vpcp_cli.storage.locate import folder_named
from vpcp_cli.storage.settings import Settings
from vpcp_cli.storage.workspace import load
from vpcp_cli.vocabulary import Timeliness

WORKSPACES: Final = int(os.environ.get("VPCP_WORKSPACES", "60"))
TASKS: Final = int(os.environ.get("VPCP_TASKS", "3000"))
ROWS: Final = int(os.environ.get("VPCP_ROWS", "10000000"))
AT_ONCE: Final = 4
MOST_MIB: Final = 300
DAY: Final = date(made.LAST_YEAR, 12, 31)
FIRST: Final = f"{DAY.year}-CD0001.1"
CELLS: Final = ("done_on_time", "done_late", "done_no_deadline", "in_time", "due_soon", "overdue", "no_deadline")
PROGRAM: Final = [sys.executable, "-m", "vpcp_cli"]
Ask: TypeAlias = Callable[[str], list[tuple[Any, ...]]]
Answers: TypeAlias = dict[str, list[tuple[Any, ...]]]
Figures: TypeAlias = dict[tuple[str, str], list[int]]


@dataclass
class Server:
    """A server of PostgreSQL in a folder of its own."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What says where it is."""
        return {"PGHOST": str(self.folder), "PGUSER": "vpcp", "PGDATABASE": "postgres"}

    def run(self, name: str, *arguments: str) -> None:
        """Run one of its programs, as another user where this one is root."""
        found = shutil.which(name) or max(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), default=name)
        user = _other_user() if os.geteuid() == 0 else None
        subprocess.run([str(found), *arguments], check=True, user=user, stdout=subprocess.DEVNULL, cwd=self.folder)

    def start(self) -> None:
        """Make a cluster and start it."""
        if os.geteuid() == 0:
            shutil.chown(self.folder, _other_user())
        self.run("initdb", "-D", f"{self.folder}/data", "-A", "trust", "-U", "vpcp", "-N")
        settings = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c max_wal_size=4GB"
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o", settings, "start")

    def stop(self) -> None:
        """Stop it at once."""
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")

    def connect(self) -> psycopg.Connection[Any]:
        """Open a connection that sees our schema."""
        options = "-c search_path=vpcp -c jit=off"
        return psycopg.connect(host=str(self.folder), user="vpcp", dbname="postgres", autocommit=True, options=options)


def _other_user() -> str:
    names = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def make_workspaces(place: Path) -> list[Path]:
    """Make workspaces of two years each, no two alike."""
    found = []
    for number in range(1, WORKSPACES + 1):
        folder = place / f"office-{number:02d}"
        script = [sys.executable, made.__file__, str(folder), f"--tasks={TASKS // 2 - number % 7}", "--years=2"]
        subprocess.run(script, check=True)
        found.append(folder)
    return found


@dataclass
class Load:
    """A load that is running; what it says goes into a file, and its peak is its own."""

    process: subprocess.Popen[bytes]
    said: IO[bytes]

    @classmethod
    def of(cls, kind: str, target: Sequence[str], folders: Sequence[Path], more: Mapping[str, str]) -> "Load":
        """Start a load of some workspaces."""
        named = [word for folder in folders for word in ("--workspace", str(folder))]
        environment = {**os.environ, **more, "VPCP_LANG": "en", "VPCP_AS_OF": DAY.isoformat()}
        said = TemporaryFile()  # noqa: SIM115  it is read when the process has ended
        arguments = [*PROGRAM, "export", kind, *target, *named]
        return cls(subprocess.Popen(arguments, env=environment, stdout=said, stderr=said), said)

    def end(self) -> tuple[int, float, str]:
        """Wait for it; return its exit code, its peak in MiB, and what it said."""
        _pid, status, used = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self.said.seek(0)
        return self.process.returncode, used.ru_maxrss / 1024, self.said.read().decode()


def load_all(kind: str, target: Sequence[str], folders: Sequence[Path], more: Mapping[str, str], at_once: int) -> str:
    """Load workspaces in some processes at once; return what they say."""
    began, at_once = perf_counter(), min(at_once, len(folders))
    running = [Load.of(kind, target, folders[at::at_once], more) for at in range(at_once)]
    ended = [one.end() for one in running]
    said, mib = "".join(one[2] for one in ended), max(one[1] for one in ended)
    expect(all(one[0] == 0 for one in ended), f"{kind}: {said[-500:]}")
    seconds = perf_counter() - began
    print(f"{kind}: {len(folders)} workspaces in {at_once} loads, {seconds:.1f} s; the largest process {mib:.0f} MiB")
    expect(mib <= MOST_MIB, f"{kind}: {mib:.0f} MiB")
    return said


def rows_of(ask: Ask, mark: str = "0") -> dict[str, Any]:
    """Return of each table how many rows it has, and what tells that none was written anew."""
    return {name: ask(f'SELECT count(*), sum({mark}) FROM "{name}"') for name in ("workspace", *TABLES)}


MARK: Final = "xmin::text::bigint"


def month_ends() -> list[date]:
    """Return the last 24 month ends up to the day."""
    firsts = [date(DAY.year - back // 12, 12 - back % 12, 1) for back in range(24)]
    return [(first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1) for first in firsts]


def figures_of(folders: Sequence[Path]) -> dict[tuple[str, str], list[int]]:
    """Return the figures of each workspace at each month end, as `vpcp status --as-of` counts them."""
    found = {}
    for folder in folders:
        library = load(folder_named(folder / "programmes", folder, Settings())).library
        for day in month_ends():
            counted = count(library.tasks(day))
            found[folder.name, day.isoformat()] = [counted.total, *(counted.cell(Timeliness(one)) for one in CELLS)]
    return found


def compare(name: str, ask: Ask, wanted: Mapping[tuple[str, str], list[int]]) -> None:
    """Hold the figures of every month end against those of the programmes."""
    began = perf_counter()
    ends = ", ".join(f"'{day}'" for day in month_ends())
    rows = ask(
        f"SELECT workspace, month_end, counted, {', '.join(CELLS)} FROM count_by_month_end WHERE month_end IN ({ends})"
    )
    found = {(row[0], str(row[1])): list(row[2:]) for row in rows}
    expect(found == wanted, f"{name}: {[key for key in wanted if found.get(key) != wanted[key]][:5]}")
    print(f"{name}: {len(found)} month ends of {WORKSPACES} workspaces are right ({perf_counter() - began:.2f} s)")


def compare_commands(folder: Path, wanted: Mapping[tuple[str, str], list[int]]) -> None:
    """Ask the command itself of one workspace."""
    for day in month_ends():
        asked = [*PROGRAM, "status", "-f", "json", "--as-of", day.isoformat(), "--data", f"{folder}/programmes"]
        whole = json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)["whole"]
        figures = [whole["counted"], *(whole[one] for one in CELLS)]
        expect(figures == wanted[folder.name, day.isoformat()], f"vpcp status of {folder.name}, {day}")
    print(f"`vpcp status --as-of` of {folder.name} says the same on 24 days")


def ask_ten(name: str, ask: Ask, explain: str, plans: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Time the ten questions and keep their plans."""
    answers, times = {}, []
    for asked in QUESTIONS:
        began = perf_counter()
        answers[asked] = ask(question(asked))
        times.append(f"{asked} {perf_counter() - began:.2f}")
        plan = "\n".join(str(row[-1]) for row in ask(f"{explain} {question(asked)}"))
        (plans / f"{name}-{asked}.txt".replace(" ", "-")).write_text(plan + "\n", encoding="utf-8")
    print(f"{name}, seconds: {' · '.join(times)}")
    return answers


def plain(answers: Mapping[str, list[tuple[Any, ...]]]) -> dict[str, list[list[str]]]:
    """Return answers as every engine gives them."""
    return {name: [[_plain(value) for value in row] for row in rows] for name, rows in answers.items()}


def _plain(value: object) -> str:
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return f"{value:.1f}" if number else str(value)


def kill_one(server: Server, folder: Path, ask: Ask) -> None:
    """Kill a load in the middle of its rows, where it waits for us; what was there is there."""
    before = rows_of(ask, MARK)
    enter(folder, "note", "Đã xem lại")
    key = f"workspace = '{folder.name}' AND task = '{FIRST}'"
    with server.connect() as other, other.transaction(force_rollback=True):
        place = f"(SELECT coalesce(max(place), 0) + 1 FROM entry WHERE {key})"
        other.execute(f"INSERT INTO entry(workspace, task, place) VALUES('{folder.name}', '{FIRST}', {place})".encode())
        running = Load.of("postgres", [], [folder], server.environment)
        mine = "FROM pg_stat_activity WHERE application_name = 'vpcp'"
        ended = os.WEXITED | os.WNOHANG | os.WNOWAIT
        while not ask(f"SELECT 1 {mine} AND wait_event_type = 'Lock' AND query LIKE 'COPY%entry%'"):
            if os.waitid(os.P_PID, running.process.pid, ended):
                break
            sleep(0.01)
        os.kill(running.process.pid, signal.SIGKILL)
        code, _mib, said = running.end()
        expect(code == -signal.SIGKILL, f"the load was done before it could be killed: {said}")
    while ask(f"SELECT 1 {mine}"):
        sleep(0.05)
    expect(rows_of(ask, MARK) == before, "a killed load has left something")
    print("one killed in the middle: the old state")


def enter(folder: Path, *words: str) -> None:
    """Write something about a workspace's first task of which something can be said."""
    command, *rest = words
    environment = {**os.environ, "VPCP_AS_OF": DAY.isoformat(), "VPCP_BY": "Vụ Tổng hợp"}
    asked = [*PROGRAM, command, FIRST, *rest, "--data", f"{folder}/programmes"]
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)
    expect(done.returncode == 0, f"{' '.join(words)}: {done.stderr}")


def correct_one(server: Server, folder: Path, ask: Ask) -> None:
    """Load what was corrected: the old entry is struck out, and the figures are those of the files."""
    entries = f"SELECT count(*), count(struck_by) FROM entry WHERE workspace = '{folder.name}'"
    others = f"SELECT count(*), sum({MARK}) FROM state WHERE workspace <> '{folder.name}'"
    (before, kept) = ask(entries), ask(others)
    last = ask(f"SELECT max(place) + 1 FROM entry WHERE workspace = '{folder.name}' AND task = '{FIRST}'")[0][0] or 1
    enter(folder, "correct", str(last), "--void", "--note", "Ghi nhầm")
    load_all("postgres", [], [folder], server.environment, 1)
    after = ask(entries)
    expect(
        (after[0][0] - before[0][0], after[0][1] - before[0][1]) in ((2, 1), (1, 1)), f"a correction: {before} {after}"
    )
    expect(ask(others) == kept, "a load has touched others")
    print("one corrected: its rows are new, the others' are not")


MORE: Final = {
    "postgres": (
        "INSERT INTO state SELECT s.workspace, s.task, s.since - 7 * k, s.since - 7 * (k - 1), {same}"
        " FROM (SELECT DISTINCT ON (workspace, task) * FROM state ORDER BY workspace, task, since) s,"
        " generate_series(1, {k}) k"
    ),
    "sqlite": (
        "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < {k}) INSERT INTO state"
        " SELECT s.workspace, s.task, date(s.since, (-7 * k) || ' days'), date(s.since, (-7 * (k - 1)) || ' days'),"
        " {same} FROM (SELECT *, min(since) FROM state GROUP BY workspace, task) s, n"
    ),
    "duckdb": (
        "INSERT INTO state SELECT s.workspace, s.task, CAST(s.since - INTERVAL 7 DAY * k AS DATE),"
        " CAST(s.since - INTERVAL 7 DAY * (k - 1) AS DATE), {same} FROM (SELECT DISTINCT ON (workspace, task) *"
        " FROM state ORDER BY workspace, task, since) s, range(1, {k} + 1) r(k)"
    ),
}
"""What makes a table of states as large as is wanted: weeks before the first of each task."""


def enlarge(kind: str, ask: Ask) -> None:
    """Make the table of states as large as is wanted, for times."""
    (tasks,), (states,) = ask("SELECT count(*) FROM task"), ask("SELECT count(*) FROM state")
    columns = ", ".join(f's."{name}"' for name in TABLES["state"].names[3:])
    began = perf_counter()
    ask(MORE[kind].format(k=max(1, (ROWS - states[0]) // tasks[0] + 1), same=columns))
    (now,) = ask("SELECT count(*) FROM state")
    print(f"{kind}: {now[0]} rows of states ({perf_counter() - began:.0f} s to make them)")


def asking(db: Any) -> Ask:
    """Return what asks a connection."""

    def ask(statement: str) -> list[tuple[Any, ...]]:
        found = db.execute(statement)
        return found.fetchall() if found.description else []

    return ask


def serve_it(file: Path) -> None:
    """Let Datasette serve a file, and get tables, views and questions."""
    program = Path(sys.executable).with_name("datasette")
    if not program.exists():
        print("Datasette is not installed: not looked at")
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = [str(program), str(file), "-m", str(file.with_name(f"{file.stem}.metadata.json")), "-p", str(port)]
    running = subprocess.Popen(
        [*told, "--setting", "sql_time_limit_ms", "20000"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        answers = {
            path: got(port, f"{file.stem}/{path}.json?_shape=array")
            for path in ("task_now", "state", "count_by_month_end", *QUESTIONS)
        }
    finally:
        running.terminate()
        said = running.communicate()[1]
    expect("Traceback" not in said and "Error" not in said, f"Datasette: {said[-500:]}")
    row = next(row for row in answers["task_now"] if row["last_day"])
    expect(date.fromisoformat(row["last_day"]) is not None, "a day that is none")
    needed = ("task_now", "state", "count_by_month_end", "rates", "months")
    expect(
        all(answers[name] for name in needed), f"Datasette: nothing of {[one for one in needed if not answers[one]]}"
    )
    print(f"Datasette served {len(answers)} tables, views and questions; a day is {row['last_day']}")


def got(port: int, path: str) -> list[dict[str, Any]]:
    """Get rows; a server that has just begun is waited for."""
    for _attempt in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}") as answer:
                found: list[dict[str, Any]] = json.loads(answer.read())
                return found
        except ConnectionError:
            sleep(0.1)
        except urllib.error.HTTPError as error:
            expect(False, f"Datasette: {path}: {error}")  # noqa: FBT003
            return []
        except urllib.error.URLError:
            sleep(0.1)
    return []


@contextmanager
def started(place: Path) -> Iterator[Server]:
    """A server that is stopped at the end."""
    server = Server(place / "server")
    server.folder.mkdir()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def in_postgres(server: Server, folders: Sequence[Path], plans: Path) -> tuple[Answers, Figures]:
    """Load into PostgreSQL, again, killed, corrected; ask it."""
    load_all("postgres", [], folders, server.environment, AT_ONCE)
    with server.connect() as db:
        ask = asking(db)
        before = rows_of(ask, MARK)
        said = load_all("postgres", [], folders, server.environment, AT_ONCE)
        expect(said.count("nothing has changed") == len(folders), said[-300:])
        expect(rows_of(ask, MARK) == before, "loaded again, something has changed")
        print(f"again: nothing has changed in {sum(one[0][0] for one in before.values())} rows")
        kill_one(server, folders[0], ask)
        correct_one(server, folders[0], ask)
        ask("ANALYZE")
        wanted = figures_of(folders)
        compare("postgres", ask, wanted)
        compare_commands(folders[-1], wanted)
        answers = ask_ten("postgres", ask, "EXPLAIN (ANALYZE, BUFFERS)", plans)
        enlarge("postgres", ask)
        ask("VACUUM ANALYZE")
        ask_ten("postgres grown", ask, "EXPLAIN (ANALYZE, BUFFERS)", plans)
    return answers, wanted


def digest(path: Path) -> str:
    """Return what tells a file from others, read bit by bit: what this process grows to would count for a load."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def in_sqlite(place: Path, folders: Sequence[Path], wanted: Figures, plans: Path) -> Answers:
    """Load into SQLite, in turns; ask it."""
    file = place / "offices.db"
    load_all("sqlite", [str(file)], folders, {}, 2)
    with sqlite3.connect(file, isolation_level=None) as db:
        ask = asking(db)
        expect(ask("PRAGMA integrity_check") == [("ok",)], "integrity")
        before = digest(file), file.stat().st_mtime_ns
        load_all("sqlite", [str(file)], folders, {}, 2)
        expect((digest(file), file.stat().st_mtime_ns) == before, "loaded again, the file has changed")
        compare("sqlite", ask, wanted)
        answers = ask_ten("sqlite", ask, "EXPLAIN QUERY PLAN", plans)
        serve_it(file)
        enlarge("sqlite", ask)
        ask("ANALYZE")
        ask_ten("sqlite grown", ask, "EXPLAIN QUERY PLAN", plans)
        expect(ask("PRAGMA quick_check") == [("ok",)], "integrity")
    return answers


def in_duckdb(place: Path, folders: Sequence[Path], wanted: Figures, plans: Path) -> Answers:
    """Write Parquet; ask DuckDB over it."""
    lake = place / "lake"
    load_all("parquet", [str(lake)], folders, {}, 2)
    said = load_all("parquet", [str(lake)], folders, {}, 2)
    expect(said.count("nothing has changed") == len(folders), said[-300:])
    with duckdb.connect(config={"threads": 2, "memory_limit": "1GB", "temp_directory": str(place / "spill")}) as db:
        db.execute("SET file_search_path = ?", [str(lake)])
        db.execute((lake / "vpcp.sql").read_text(encoding="utf-8"))
        ask = asking(db)
        compare("duckdb", ask, wanted)
        answers = ask_ten("duckdb", ask, "EXPLAIN", plans)
        ask("CREATE TABLE more AS SELECT * FROM state")
        ask("DROP VIEW state")
        ask("ALTER TABLE more RENAME TO state")
        enlarge("duckdb", ask)
        big = lake / "state-of-all.parquet"
        ask(f"COPY state TO '{big}' (FORMAT parquet)")
        ask("DROP TABLE state")
        ask(f"CREATE VIEW state AS SELECT * FROM read_parquet('{big}')")
        ask_ten("duckdb grown", ask, "EXPLAIN", plans)
    return answers


def main() -> None:
    """Do all of it."""
    plans = Path(sys.argv[1] if len(sys.argv) > 1 else "plans").resolve()
    plans.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="vpcp-") as name:
        place = Path(name)
        place.chmod(0o755)
        os.environ["XDG_CACHE_HOME"] = str(place / "cache")
        folders = make_workspaces(place / "offices")
        with started(place) as server:
            found, wanted = in_postgres(server, folders, plans)
        answers = plain(found)
        expect(plain(in_sqlite(place, folders, wanted, plans)) == answers, "SQLite answers otherwise")
        expect(plain(in_duckdb(place, folders, wanted, plans)) == answers, "DuckDB answers otherwise")
        print("the three engines give the same answers")
    sys.exit(bool(troubles))


if __name__ == "__main__":
    main()
