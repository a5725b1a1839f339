"""What is each unit's, as it stands for some units alone: rows in the place of those of the table of states."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from vpcp_cli.case import Lasting
from vpcp_cli.members import narrowed
from vpcp_cli.storage.index.fill import states
from vpcp_cli.storage.index.index import Index, holder
from vpcp_cli.storage.index.tables import STATE, insert


class Narrowed(NamedTuple):
    """Where the states are selected from, the kinds that are only there, and the units whose parts are left."""

    source: str
    kinds: Mapping[int, Lasting]
    units: frozenset[str]


def of_units(index: Index, units: Collection[str]) -> Narrowed | None:
    """Return the states of an index in which tasks that each of some units must do stand as their parts do."""
    asked = f"SELECT DISTINCT task FROM member WHERE code IN ({', '.join('?' * len(units))})"
    numbers = [number for (number,) in index.db.execute(asked, tuple(units))]
    if not numbers:
        return None
    known = {index.kinds[number]: number for number in index.statuses}
    added: dict[int, Lasting] = {}

    def kind_number(kind: Lasting) -> int:
        number = known.setdefault(kind, -len(added) - 1)
        if number < 0:
            added[number] = kind
        return number

    rows = [
        row
        for number in numbers
        for row in states(
            number,
            index.head,
            index.directive(holder(number)),
            narrowed(index.task(number), units),
            kind_number,
        )
    ]
    (tables,) = index.db.execute("SELECT count(*) FROM temp.sqlite_master").fetchone()
    name = f"temp.narrowed{tables}"
    index.db.execute(f"CREATE TABLE {name}({', '.join(one.name for one in STATE)})")
    index.db.executemany(insert(name, len(STATE)), rows)
    given = ", ".join(map(str, numbers))
    rest = f"SELECT * FROM state WHERE task NOT IN ({given})"
    return Narrowed(f"({rest} UNION ALL SELECT * FROM {name})", added, frozenset(units))
