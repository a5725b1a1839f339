"""A large file as the cache knows it, for adding log entries: only the regions of their tasks are parsed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vpcp_cli.facts import Known
from vpcp_cli.storage.cache import Entry
from vpcp_cli.storage.construct import Span
from vpcp_cli.storage.emitter import Item
from vpcp_cli.storage.items import Way, with_item
from vpcp_cli.storage.kept import TROUBLE, Kept, Plain
from vpcp_cli.storage.renewal import renewed
from vpcp_cli.storage.splice import Splice


class KeptHeld:
    """What the cache knows of a file: the plain data of its tasks, and where all parts stand."""

    def __init__(self, known: Known, kept: Kept) -> None:
        """Begin with the programme as it was kept."""
        self._known, self._kept = known, kept
        self._changed: dict[int, Plain] = {}

    @classmethod
    def of(cls, known: Known | None) -> KeptHeld | None:
        """Return it where the programme is known from the cache."""
        return cls(known, known.facts) if known and isinstance(known.facts, Kept) else None

    def knows(self, task: str) -> bool:
        """Whether all that is asked about a task can be told, be it that it stands elsewhere."""
        try:
            way = self.way(task)
            whole = way is None or bool(self.at(way) and self._kept.spans())
        except TROUBLE:
            return False
        return whole and self._kept.whole

    def way(self, task: str) -> Way | None:
        """Return the way to a task."""
        place = self._kept.place(task)
        if place is None:
            return None
        number = self._kept.column("directive").at(place)
        return "directives", number, "tasks", place - self._kept.places(number).start

    def at(self, way: Way) -> Any:  # noqa: ANN401  as `Held` has it
        """Return the plain data of a task."""
        place = self._place(way)
        return self._changed.get(place) or self._kept.plain_task(place)

    def add(self, way: Way, key: str, item: Item) -> None:
        """Take an item into the list `key` of a task."""
        self._changed[self._place(way)] = with_item(self.at(way), (), key, item)

    def span(self, directive: int, task: int | None) -> Span | None:
        """Return where a directive stands, or one of its tasks."""
        directives = len(self._kept.directives())
        if not 0 <= directive < directives:
            return None
        places = self._kept.places(directive)
        if task is None:
            return Span(directive, None, *self._kept.span(directive))
        if not 0 <= task < len(places):
            return None
        return Span(directive, task, *self._kept.span(directives + places[task]))

    @property
    def entry(self) -> Entry:
        """The cache's entry."""
        return self._kept.entry

    def renewed(self, splices: Iterable[Splice]) -> dict[str, bytes] | None:
        """Return the sections of the cache's entry that all additions change, where they can be made from the old."""
        return renewed(self._known, self._changed, splices)

    def _place(self, way: Way) -> int:
        _directives, number, _tasks, task = way
        return self._kept.places(int(number))[int(task)]
