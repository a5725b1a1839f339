"""What an entry of the cache becomes when log entries are added to its file: only what they change is made anew."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from vpcp_cli.facts import OWN, SETTLED, Column, Known
from vpcp_cli.programme import Task
from vpcp_cli.standing import Standing, stand
from vpcp_cli.storage.coherence import incoherences
from vpcp_cli.storage.columns import bytes_of, encode
from vpcp_cli.storage.kept import TROUBLE, Kept, Plain, block_of, built
from vpcp_cli.storage.splice import Splice


def renewed(known: Known, tasks: Mapping[int, Plain], splices: Iterable[Splice]) -> dict[str, bytes] | None:
    """Return the sections of the new entry, or None where it is better made from the file.

    `tasks` are the plain data of changed tasks by their places, `splices` what led to the new text.
    """
    kept = known.facts
    if not isinstance(kept, Kept):
        return None
    try:
        standings = {place: _standing(known, kept, place, data) for place, data in tasks.items()}
        sections = {name: kept.entry.section(name) for name in kept.entry.names()}
        for place, data in tasks.items():
            section, line = block_of("tasks", place)
            lines = sections[section].split(b"\n")
            lines[line] = encode(data).encode()
            sections[section] = b"\n".join(lines)
        sections["spans"] = _moved(sections["spans"], splices)
        sections["head"] = _head(sections["head"], standings.values())
        for name in SETTLED.keys() - OWN:
            sections[name] = _column(kept.column(name), name, standings) or sections[name]
    except TROUBLE:
        return None
    return sections


def _standing(known: Known, kept: Kept, place: int, data: Plain) -> Standing:
    """Return a changed task after its last entry; raise `ValueError` for one that the reader might refuse."""
    number = kept.column("directive").all()[place]
    directive = kept.directive(number)
    whole = {"year": str(known.year), "directives": [{"id": directive.id, "tasks": [data]}]}
    standing = stand(known, directive, built(Task, data), date.max)
    if standing is None or any(True for _finding in incoherences(whole, known.id, known.file)):
        raise ValueError(data)
    return standing


def _moved(spans: bytes, splices: Iterable[Splice]) -> bytes:
    """Return the places of all parts after some additions: line, start and end of each in turn."""
    lines, starts, ends = (array("I", spans)[first::3] for first in range(3))
    for splice in splices:
        growth, at = splice.growth, splice.start
        below = splice.text.count("\n")
        lines = array("I", (line + below * (start >= at) for line, start in zip(lines, starts, strict=True)))
        starts, ends = (array("I", (n + growth if n >= at else n for n in numbers)) for numbers in (starts, ends))
    return array("I", (n for span in zip(lines, starts, ends, strict=True) for n in span)).tobytes()


def _head(head: bytes, standings: Iterable[Standing]) -> bytes:
    data, leads = json.loads(head)
    moved = {entry.lead for one in standings for entry in one.task.log if entry.lead}
    return encode([data, sorted({*leads, *moved})]).encode()


def _column(column: Column[Any], name: str, standings: Mapping[int, Standing]) -> bytes | None:
    """Return a column with the changed tasks' values, or None where it stays."""
    values, numbers = list(column.values), list(column.numbers or ())
    changed = False
    for place, standing in standings.items():
        value = SETTLED[name](standing)
        if value != values[numbers[place]]:
            values += [] if value in values else [value]
            numbers[place], changed = values.index(value), True
    return bytes_of(Column(values, numbers)) if changed else None
