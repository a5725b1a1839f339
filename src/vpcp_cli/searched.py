"""The texts in which words are looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from vpcp_cli.kinds import Written, searched
from vpcp_cli.programme import Task
from vpcp_cli.standing import Standing, folded

_NO_NAMES: Final[Mapping[str, str]] = {}


def haystacks(standing: Standing, unit_names: Mapping[str, str] = _NO_NAMES) -> Iterator[str]:
    """Yield every text of a task in which search words are looked for, its own first."""
    for _key, text in search_fields(standing, unit_names):
        yield text


def search_fields(
    standing: Standing, unit_names: Mapping[str, str] = _NO_NAMES
) -> Iterator[tuple[Written | None, str]]:
    """Yield each text that search looks at, with its key where the task or an entry holds it."""
    task = standing.task
    yield from searched(task)
    yield from ((None, text) for _key, text in searched(standing.directive))
    yield from ((None, text) for text in (standing.lead, unit_names.get(standing.lead, "")) if text)
    for entry in folded(task, standing.day):
        yield from searched(entry)


def searched_on_any_day(task: Task) -> Iterator[str]:
    """Yield every text of a task that search looks at on any day, without the lead and its names."""
    records = (task, *folded(task, date.max)) if task.log or task.inherited else (task,)
    return (text for one in records for _key, text in searched(one))
