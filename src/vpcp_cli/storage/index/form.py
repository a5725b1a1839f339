"""What must be known of an index to ask it; how its tables are made stands in `tables`."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

IMAGES: Final = ("main", "texts")
"""The databases of an index: what lists need; what they don't need."""
SHIFT: Final = 20
"""A task's number is that of its directive, which leaves room for so many bits, and then its own, from 1."""
FOREVER: Final = date.max.toordinal() + 1
"""The day before which an interval ends that has not ended."""
HOLDS: Final = "s.since <= {day} AND {day} < s.until"
"""Which rows of `state`, named s, hold on a day."""


class Rare(NamedTuple):
    """A column's table, the value that it has in nearly all rows, and what tells the others."""

    table: str
    usual: Any
    others: str


RARE: Final[Mapping[str, Rare]] = {
    "carried_to": Rare("state", None, "IS NOT NULL"),
    "postponements": Rare("state", 0, "> 0"),
    "parted": Rare("task", 0, "> 0"),
    "replaces": Rare("task", None, "IS NOT NULL"),
}
