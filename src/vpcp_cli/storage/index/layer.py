"""The second layer of an index: what follows from tasks of other files, laid over what its own file says.

The images hold of tasks that go on from others only what they say themselves. How they stand is rows of temporary
tables over these, kept under the name of the file's content and the digests of all tasks behind: what is written to
another task of an old file changes nothing here, and a file without links has nothing laid over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from vpcp_cli.programme import Task
from vpcp_cli.storage.index.index import Index, holder
from vpcp_cli.storage.index.kind import COLUMNS, row_of
from vpcp_cli.storage.index.records import Plain
from vpcp_cli.storage.index.tables import STATE, insert
from vpcp_cli.vietnamese import fold

_KIND: Final = [one.name for one in STATE].index("kind")
_TABLES: Final = {
    "linked": ", ".join(one.name for one in STATE),
    "linked_kind": ", ".join(["number", *COLUMNS]),
    "past_day": "day, task",
    "past_text": "task INTEGER PRIMARY KEY, folded",
}
_VIEWS: Final = {"state": "linked", "kind": "linked_kind"}
"""Tables of the image under whose name more is found: what is in another table besides."""
_STATES: Final = {"kinds": len(COLUMNS), "states": len(STATE)}
_TEXTS: Final = {"past_day": 2, "past_text": 2}
"""What is kept of it: lists of rows, and how wide these are."""
_ROWS: Final = "SELECT task FROM link WHERE origin IS NOT NULL"


class Layer:
    """What lies over one index."""

    def __init__(self, index: Index, behind: str) -> None:
        """Lay the states; the texts follow when they are asked for."""
        self._index, self._keep, self.behind = index, index.keep, behind
        self._has_texts = False
        db = index.db
        for table, columns in _TABLES.items():
            db.execute(f"CREATE TEMP TABLE {table}({columns})")
        for view, table in _VIEWS.items():
            db.execute(f"CREATE TEMP VIEW {view} AS SELECT * FROM main.{view} UNION ALL SELECT * FROM temp.{table}")
        rows = self._keep(f"states {behind}", self._states, _STATES)
        (offset,) = db.execute("SELECT ifnull(max(number), 0) + 1 FROM main.kind").fetchone()
        kinds = ((offset + at, *kind) for at, kind in enumerate(rows["kinds"]))
        db.executemany(insert("temp.linked_kind", 1 + len(COLUMNS)), kinds)
        db.executemany(insert("temp.linked", len(STATE)), (_moved(row, offset) for row in rows["states"]))

    def remove(self) -> None:
        """Leave the index as it was."""
        for view in _VIEWS:
            self._index.db.execute(f"DROP VIEW temp.{view}")
        for table in _TABLES:
            self._index.db.execute(f"DROP TABLE temp.{table}")

    def with_texts(self) -> None:
        """Lay the days and the texts of what is inherited."""
        if not self._has_texts:
            self._has_texts = True
            rows = self._keep(f"texts {self.behind}", self._texts, _TEXTS)
            for table, width in _TEXTS.items():
                self._index.db.executemany(insert(f"temp.{table}", width), rows[table])

    def _states(self) -> Plain:
        from vpcp_cli.storage.index.fill import states  # a list is given what was kept of it

        index, kinds = self._index, dict[tuple[Any, ...], int]()
        rows = [
            row
            for number, task in _linked(index)
            for row in states(
                number,
                index.head,
                index.directive(holder(number)),
                task,
                lambda kind: kinds.setdefault(row_of(kind), len(kinds)),
            )
        ]
        return {"kinds": list(kinds), "states": rows}

    def _texts(self) -> Plain:
        from vpcp_cli.knowing import written_on
        from vpcp_cli.linking import whole_log

        tasks = list(_linked(self._index))
        entries = [(number, told.entry) for number, task in tasks for _end, told in whole_log(task)]
        days = {(day.toordinal(), number) for number, one in entries for day in (one.date, written_on(one))}
        return {"past_day": sorted(days), "past_text": [(number, _folded(task)) for number, task in tasks]}


def _moved(row: Sequence[Any], offset: int) -> list[Any]:
    return [*row[:_KIND], row[_KIND] + offset, *row[_KIND + 1 :]]


def _linked(index: Index) -> Iterable[tuple[int, Task]]:
    return ((number, index.task(number)) for (number,) in index.db.execute(_ROWS).fetchall())


def _folded(task: Task) -> str:
    """Return the texts of what is inherited, as search looks at them."""
    from vpcp_cli.kinds import searched

    log = task.inherited.log if task.inherited else ()
    return fold("\0".join(text for entry in log for _key, text in searched(entry)))
