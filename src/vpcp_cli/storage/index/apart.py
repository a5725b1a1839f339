"""Several workspaces in one library: every id and code begins with the name of its workspace, `btc:2026-CD01.1`."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from sqlite3 import Connection
from typing import Any, Final

from vpcp_cli.kinds import keys_of
from vpcp_cli.library import Library
from vpcp_cli.programme import TASK_ID, Directive, LogEntry, Member, Programme, Task, Text, Theme, Unit
from vpcp_cli.recoding import speaks_of_unit
from vpcp_cli.storage.index.index import Index
from vpcp_cli.storage.index.library import IndexLibrary, index_of

_IDS: Final = frozenset({"id", "parent", "duplicate_of", "replaced_by", "carried_from", "replaces", "to"})
_NAMES: Final = _IDS | {
    name
    for kind in (Programme, Theme, Directive, Task, LogEntry)
    for name, one in keys_of(kind).items()
    if speaks_of_unit(name, one.key)
}
"""The keys whose values are ids, or codes of units."""
_MIXED: Final = frozenset({"to", "for"})
"""Those whose values may be days and periods too."""
_TIME: Final = re.compile(rf"(?!{TASK_ID})[0-9]{{4}}.*")
_COLUMNS: Final = {
    "main": (
        "task.id",
        "task.replaces",
        "directive.id",
        "state.lead",
        "state.carried_to",
        "member.code",
        "link.origin",
    ),
    "texts": ("unit.code",),
}


class Apart(Index):
    """A copy of an index whose ids and codes begin with the name of a workspace."""

    def __init__(self, index: Index, name: str) -> None:
        """Copy what lists need; the texts follow when they are asked for."""
        super().__init__(sqlite3.connect(":memory:", isolation_level=None), f"{name}:{index.id}", index.file)
        self._of, self._name, self._has_texts, self.keep = index, name, False, index.keep
        self._take(index.db, "main")

    def with_texts(self) -> Connection:
        """Return the tables with those of the texts."""
        if not self._has_texts:
            self._has_texts = True
            self.db.execute("ATTACH ':memory:' AS texts")
            self._take(self._of.with_texts(), "texts")
        return self.db

    def _take(self, db: Connection, image: str) -> None:
        self.db.deserialize(db.serialize(name=image), name=image)
        for column in _COLUMNS[image]:
            table, name = column.split(".")
            self.db.execute(f"UPDATE {image}.{table} SET {name} = ? || {name} WHERE {name} <> ''", (f"{self._name}:",))
        if image == "main":
            codes = {code for (code,) in self.db.execute("SELECT DISTINCT support FROM state WHERE support <> ''")}
            several = [(" ".join(map(self._named, code.split())), code) for code in codes]
            self.db.executemany("UPDATE state SET support = ? WHERE support = ?", several)

    def _named(self, code: str) -> str:
        return f"{self._name}:{code}"

    def told(self, plain: dict[str, Any]) -> dict[str, Any]:
        """Return plain data with the names that its ids and codes have here; what was set is named by its key."""
        named = str(plain.get("set"))
        return {key: self._value(named if key in ("was", "is") else key, value) for key, value in plain.items()}

    def _value(self, key: str, value: Any) -> Any:  # noqa: ANN401 - plain data
        if isinstance(value, dict):
            return self.told(value)
        if isinstance(value, list):
            return [self._value(key, one) for one in value]
        time = key in _MIXED and _TIME.fullmatch(value)
        return self._named(value) if key in _NAMES and value and not time else value


def told_apart(given: Sequence[tuple[str, Library]]) -> IndexLibrary:
    """Return libraries as one; each goes by the name of its workspace."""
    indexes = [Apart(index, name) for name, library in given for index in _indexes(library)]
    return IndexLibrary(indexes, lambda: tuple(unit for name, one in given for unit in _units(name, one)))


def _indexes(library: Library) -> Sequence[Index]:
    return (
        library.indexes if isinstance(library, IndexLibrary) else [index_of(one) for one in library.whole().programmes]
    )


def _units(name: str, library: Library) -> Iterator[Unit]:
    """Yield the units of a register, which are still found by their own codes and short names."""
    for one in library.units:
        short = one.short or one.name
        yield replace(
            one,
            code=f"{name}:{one.code}",
            short=Text(*(text and f"{text} ({name})" for text in (short.vi, short.en))),
            aliases=(*one.aliases, one.code, *(one.short.each() if one.short else ())),
            parent=one.parent and f"{name}:{one.parent}",
            merged_into=one.merged_into and f"{name}:{one.merged_into}",
            members=tuple(Member(f"{name}:{member.code}", member.from_, member.to) for member in one.members),
        )
