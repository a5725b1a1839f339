"""What a new year takes over from an old one: unfinished tasks, each under its directive (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace
from datetime import date
from typing import Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.knowing import recorded_late
from vpcp_cli.programme import Directive, Programme, Task
from vpcp_cli.standing import Standing
from vpcp_cli.vocabulary import Nature

_MIDDLE: Final = re.compile(r"[0-9]{4}-((?:[A-Z0-9]+-)?)[A-Z]{2}[0-9]+")
"""A directive's id, in which a unit's plan has its own letters in the middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """An unfinished task, what goes on of it, and the new directive (without tasks) under which it stands."""

    origin: Standing
    directive: Directive
    task: Task


def unfinished(tasks: Iterable[Standing], *, standing: bool = False) -> list[Standing]:
    """Return the open tasks that a new year takes over: one-off ones, with `standing` also those."""
    natures = (Nature.ONE_OFF, Nature.STANDING) if standing else (Nature.ONE_OFF,)
    return [one for one in tasks if one.open and one.task.nature in natures]


@dataclass(slots=True)
class Carrier:
    """Gives ids in a year to what is carried over on a day; `highest` knows the highest number that was ever given.

    `today` it is written down. `target` is the year's programme, where there is one already: what it has taken over
    from a directive before stands together with what it takes over now.
    """

    year: int
    day: date
    today: date
    highest: Callable[[str], int]
    target: Programme | None = None
    _last: dict[str, int] = field(default_factory=dict)

    def carry(self, tasks: Sequence[Standing]) -> list[Carried]:
        """Return what is carried over, in the order of the tasks."""
        directives = self._known()
        there = set(directives)
        carried = []
        for origin in tasks:
            old = origin.directive
            if old.id not in directives:
                directives[old.id] = self._begun(old)
            directive = directives[old.id]
            task = self._going_on(origin, directive, added=self.day if old.id in there else None)
            carried.append(Carried(origin=origin, directive=directive, task=task))
        return carried

    def _known(self) -> dict[str, Directive]:
        """Return the directives of the target by those that they were carried over from."""
        found = self.target.tasks() if self.target else ()
        return {
            task.carried_from.rpartition(".")[0]: replace(directive, tasks=())
            for directive, task in found
            if task.carried_from
        }

    def _begun(self, old: Directive) -> Directive:
        named = _MIDDLE.fullmatch(old.id)
        number = self._next(f"{self.year}-{named[1] if named else ''}CN")
        return replace(
            old,
            id=number,
            carried=self.day,
            recorded=recorded_late(self.day, self.today),
            source=None,
            log=(),
            tasks=(),
            line=0,
        )

    def _going_on(self, origin: Standing, directive: Directive, added: date | None) -> Task:
        """Return the new task: what the old one is, in whose charge it is now; what has happened stays there.

        A deadline that is written besides in the document's words goes along with these.
        """
        return replace(
            origin.task,
            id=self._next(f"{directive.id}."),
            lead=origin.lead,
            support=origin.support,
            responsible=origin.responsible,
            deadline=origin.deadline if origin.deadline_words else None,
            deadline_words=origin.deadline_words,
            added=added,
            carried_from=origin.task.id,
            replaces=None,
            recorded=recorded_late(added, self.today) if added else None,
            log=(),
            line=0,
            inherited=None,
        )

    def _next(self, stem: str) -> str:
        """Return the next id that begins so; directives have two digits."""
        number = self._last[stem] = self._last.get(stem, self.highest(stem)) + 1
        return f"{stem}{number}" if stem.endswith(".") else f"{stem}{number:02d}"


def middle_of(directives: Iterable[Directive]) -> str:
    """Return a unit's own letters in the middle of the ids of its plan, with their `-`; nothing in other programmes."""
    named = (_MIDDLE.fullmatch(one.id) for one in directives)
    return next((one[1] for one in named if one and one[1]), "")


def grown(programme: Programme, carried: Sequence[Carried]) -> Programme:
    """Return the new programme with what it takes over: at the end of directives that it has, and in new ones."""
    tasks: dict[str, list[Task]] = {}
    for one in carried:
        tasks.setdefault(one.directive.id, []).append(one.task)
    there = [replace(one, tasks=(*one.tasks, *tasks.get(one.id, ()))) for one in programme.directives]
    known = {one.id for one in there}
    begun = {one.directive.id: one.directive for one in carried if one.directive.id not in known}
    new = (replace(one, tasks=tuple(tasks[id_])) for id_, one in begun.items())
    return replace(programme, directives=(*there, *new))
