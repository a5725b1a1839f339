"""What an entry of the cache becomes when log entries are added to its file: only what they change is made anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from typing import Any, TypeAlias

from vpcp_cli.facts import OWN, SETTLED, Known
from vpcp_cli.programme import Task
from vpcp_cli.standing import Standing, stand
from vpcp_cli.storage.coherence import incoherences
from vpcp_cli.storage.columns import encode, with_values
from vpcp_cli.storage.kept import TROUBLE, Kept, Plain, block_of, built
from vpcp_cli.storage.spans import Spans
from vpcp_cli.storage.splice import Splice

Change: TypeAlias = tuple[Standing, Standing]
"""A task after its last entry, before and after the additions."""


def renewed(known: Known, tasks: Mapping[int, Plain], splices: Iterable[Splice]) -> dict[str, bytes] | None:
    """Return the sections that change, or None where the new entry is better made from the file.

    `tasks` are the plain data of changed tasks by their places, `splices` what led to the new text.
    """
    kept = known.facts
    if not isinstance(kept, Kept):
        return None
    try:
        changes = {place: _change(known, kept, place, data) for place, data in tasks.items()}
        sections = {"spans": reduce(Spans.moved, splices, kept.spans()).content()}
        for place, data in tasks.items():
            section, line = block_of("tasks", place)
            lines = (sections.get(section) or kept.entry.section(section)).split(b"\n")
            lines[line] = encode(data).encode()
            sections[section] = b"\n".join(lines)
        moved = {entry.lead for _before, after in changes.values() for entry in after.task.log if entry.lead}
        if not moved <= kept.leads():
            sections["leads"] = encode(sorted({*kept.leads(), *moved})).encode()
        for name in SETTLED.keys() - OWN:
            if values := _values(name, changes):
                sections[name] = with_values(kept.entry.section(name), values)
    except TROUBLE:
        return None
    return sections


def _change(known: Known, kept: Kept, place: int, data: Plain) -> Change:
    """Return what becomes of a changed task; raise `ValueError` for one that the reader might refuse."""
    directive = kept.directive(kept.column("directive").at(place))
    whole = {"year": str(known.year), "directives": [{"id": directive.id, "tasks": [data]}]}
    before, after = (stand(known, directive, task, date.max) for task in (kept.task(place), built(Task, data)))
    if before is None or after is None or any(True for _finding in incoherences(whole, known.id, known.file)):
        raise ValueError(data)
    return before, after


def _values(name: str, changes: Mapping[int, Change]) -> dict[int, Any]:
    """Return the new values of a fact by the places of the tasks where it is another one now."""
    settled = SETTLED[name]
    return {place: settled(after) for place, (before, after) in changes.items() if settled(before) != settled(after)}
