"""The statements that make tables and views, and what each engine says in words of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from vpcp_cli.storage.database.load import FAR, WORKSPACE
from vpcp_cli.storage.index.question import DEFINED
from vpcp_cli.storage.index.relations import TABLES, Column


class Dialect(NamedTuple):
    """An engine's own words; `x`, `a` and `b` stand for days.

    `today` is Viet Nam's day, `month` what days of a month have in common, `month_end` its last day, `days` the number
    of days from `b` to `a`.
    """

    types: Mapping[str, str]
    today: str
    month: str
    month_end: str
    next_day: str
    days: str


SQLITE: Final = Dialect(
    {"text": "TEXT", "date": "DATE", "integer": "INTEGER", "number": "REAL", "boolean": "BOOLEAN"},
    "date('now', '+7 hours')",
    "substr({x}, 1, 7)",
    "date({x}, 'start of month', '+1 month', '-1 day')",
    "date({x}, '+1 day')",
    "CAST(julianday({a}) - julianday({b}) AS INTEGER)",
)
POSTGRES: Final = Dialect(
    {"text": "text", "date": "date", "integer": "integer", "number": "double precision", "boolean": "boolean"},
    "CAST(now() AT TIME ZONE 'UTC' + INTERVAL '7 hours' AS date)",
    "date_trunc('month', {x})",
    "CAST(date_trunc('month', {x}) + INTERVAL '1 month - 1 day' AS date)",
    "({x} + 1)",
    "({a} - {b})",
)
DUCKDB: Final = POSTGRES._replace(
    types={"text": "VARCHAR", "date": "DATE", "integer": "INTEGER", "number": "DOUBLE", "boolean": "BOOLEAN"},
    today="CAST(epoch_ms(epoch_ms(now()) + 25200000) AS DATE)",
    month_end="last_day({x})",
)

_TASK: Final = "id programme year directive text text_en nature category priority"
_STATE: Final = "responsible lead support deadline last_day status timeliness"
_REST: Final = "counted open apart postponements last_entry done_on carried_to"
_CELLS: Final = {
    "counted": "counted",
    **{f"done{one}": f"counted AND timeliness = 'done{one}'" for one in ("_on_time", "_late", "_no_deadline")},
    **{one: f"counted AND timeliness = '{one}'" for one in ("in_time", "due_soon", "overdue", "no_deadline")},
    "uncounted": "NOT apart AND timeliness = 'uncounted'",
}
_DONE: Final = "done_on_time + done_late + done_no_deadline"


def tables() -> Iterator[tuple[str, list[Column], int]]:
    """Yield every table, with its columns and how many of them tell its rows apart."""
    yield "workspace", list(WORKSPACE), 1
    for name, table in TABLES.items():
        yield name, [Column("workspace", "text"), *table.columns], 1 + table.key


def quoted(name: str) -> str:
    """Return a name as SQL takes any."""
    return f'"{name}"'


def table_statement(dialect: Dialect, name: str, columns: list[Column], key: int, end: str = "") -> str:
    """Return what makes a table."""
    needed = [" NOT NULL" if at < key else "" for at in range(len(columns))]
    given = (f"{quoted(one.name)} {dialect.types[one.type]}{more}" for one, more in zip(columns, needed, strict=True))
    names = ", ".join(quoted(one.name) for one in columns[:key])
    return f"CREATE TABLE {quoted(name)}({', '.join(given)}, PRIMARY KEY({names})){end}"


INDEXES: Final = (
    f"CREATE INDEX state_until ON state(workspace, (coalesce(until, '{FAR}')))",
    "CREATE INDEX entry_date ON entry(workspace, date)",
)


def views(dialect: Dialect) -> dict[str, str]:
    """Return the queries that are the views, by their names, in the order in which they are made."""
    return {
        "day_now": f"SELECT name AS workspace, coalesce(as_of, {dialect.today}) AS day FROM workspace",
        "task_now": _task_now(dialect),
        "month_end": _month_end(dialect),
        "count_now": _count_now(),
        "count_by_month_end": _count_by_month_end(dialect),
    }


def _task_now(dialect: Dialect) -> str:
    days = dialect.days.format(a="d.day", b="s.last_day")
    own, state, rest, defined = (
        ", ".join(f"{table}.{quoted(name)}" for name in names)
        for table, names in zip("tsst", (_TASK.split(), _STATE.split(), _REST.split(), DEFINED), strict=True)
    )
    return (
        f"SELECT t.workspace, {own}, {state}, CASE WHEN s.timeliness IN ('in_time', 'due_soon', 'overdue')"
        f" AND s.days IS NULL THEN {days} ELSE s.days END AS days, s.obstacles > 0 AS obstacle, {rest}, {defined}"
        " FROM day_now d JOIN state s ON s.workspace = d.workspace AND s.since <= d.day"
        f" AND coalesce(s.until, '{FAR}') > d.day JOIN task t ON t.workspace = s.workspace AND t.id = s.task"
        " WHERE s.timeliness <> 'void'"
    )


def _month_end(dialect: Dialect) -> str:
    following = dialect.month_end.format(x=dialect.next_day.format(x="day"))
    return (
        f"WITH RECURSIVE m(workspace, day, last) AS (SELECT w.name, {dialect.month_end.format(x='w.first_day')}, d.day"
        " FROM workspace w JOIN day_now d ON d.workspace = w.name WHERE w.first_day IS NOT NULL"
        f" UNION ALL SELECT workspace, {following}, last FROM m WHERE {following} <= last)"
        " SELECT workspace, day FROM m WHERE day <= last"
    )


def _count_now() -> str:
    cells = ", ".join(f"sum(CASE WHEN {cell} THEN 1 ELSE 0 END) AS {name}" for name, cell in _CELLS.items())
    return (
        f"SELECT c.*, {_DONE} AS done, counted - ({_DONE}) AS not_done FROM (SELECT workspace, {cells} FROM task_now"
        " GROUP BY workspace) c"
    )


def _count_by_month_end(dialect: Dialect) -> str:
    """Return a query that looks twice at each state, where it begins and ends, however many months there are."""
    month = {x: dialect.month.format(x=x) for x in ("since", "until", "m.day")}
    change = " UNION ALL ".join(
        f"SELECT workspace, {day} AS month, counted, apart, timeliness, {number} AS n FROM state{where}"
        " GROUP BY 1, 2, 3, 4, 5"
        for day, number, where in (
            (month["since"], "count(*)", ""),
            (month["until"], "-count(*)", " WHERE until IS NOT NULL"),
        )
    )
    moved = ", ".join(f"sum(CASE WHEN {cell} THEN n ELSE 0 END) AS {name}" for name, cell in _CELLS.items())
    summed = ", ".join(f"CAST(sum(coalesce(c.{name}, 0)) OVER months AS integer) AS {name}" for name in _CELLS)
    return (
        f"WITH change AS ({change}), moved AS (SELECT workspace, month, {moved} FROM change GROUP BY workspace, month),"
        f" summed AS (SELECT m.workspace, m.day AS month_end, {summed} FROM month_end m LEFT JOIN moved c"
        f" ON c.workspace = m.workspace AND c.month = {month['m.day']}"
        " WINDOW months AS (PARTITION BY m.workspace ORDER BY m.day))"
        f" SELECT s.*, {_DONE} AS done, counted - ({_DONE}) AS not_done FROM summed s"
    )
