"""What the rules look up, and what they offer for a slip. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Final, NamedTuple

from vpcp_cli.dataclass import dataclass
from vpcp_cli.programme import Task, Unit, Workspace
from vpcp_cli.vietnamese import nearest

MOST_OFFERS: Final = 100
"""For so many different words the nearest ones are looked for; more are no slips, but a register that lacks."""


class Aside(NamedTuple):
    """What is noted where a rule looks elsewhere, instead of looking."""

    uses: set[tuple[str, int, bool]]
    linked: set[str]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the rules look up: units, tasks and programmes by their ids."""

    units: Mapping[str, Unit]
    tasks: Mapping[str, Task]
    programmes: frozenset[str]
    offers: dict[tuple[str, int | None], str] = field(default_factory=dict)
    """What was offered for a slip; the same one often stands in many places."""
    there: set[tuple[str, int]] = field(default_factory=set)
    """The units that were found to be there in a year; the same ones stand in thousands of tasks."""
    texts: bool = True
    offering: bool = True
    aside: Aside | None = None

    @classmethod
    def of(cls, workspace: Workspace) -> Shelf:
        """Return all of a workspace."""
        tasks = {task.id: task for one in workspace.programmes for _, task in one.tasks()}
        units = {unit.code: unit for unit in workspace.units}
        return cls(units, tasks, frozenset(one.id for one in workspace.programmes))

    def unit_offer(self, code: str, year: int | None = None) -> str:
        """Offer codes of the register; of those valid in a year, first the unit that a former one became."""
        if not self.offering:
            return ""
        if (code, year) not in self.offers:
            if len(self.offers) >= MOST_OFFERS:
                return ""
            first, last = (date(year, 1, 1), date(year, 12, 31)) if year else (date.min, date.max)
            valid = {one.code for one in self.units.values() if not year or one.valid_within(first, last)}
            unit = self.units.get(code)
            heir = unit.merged_into if unit and unit.merged_into in valid else None
            self.offers[code, year] = bracketed(heir) if heir else offer(code, valid)
        return self.offers[code, year]

    def task_offer(self, given: str) -> str:
        """Offer ids of the year's tasks."""
        if not self.offering:
            return ""
        if (given, None) not in self.offers:
            if len(self.offers) >= MOST_OFFERS:
                return ""
            self.offers[given, None] = offer(given, {known for known in self.tasks if known[:4] == given[:4]})
        return self.offers[given, None]


def offer(given: str, known: Mapping[str, object] | frozenset[str] | set[str]) -> str:
    """Name the nearest codes in brackets, behind a space; nothing where none is near."""
    return bracketed(", ".join(nearest(given, sorted(known))))


def bracketed(words: str) -> str:
    """Put words that are offered in brackets, behind a space."""
    return f" ({words})" if words else ""
