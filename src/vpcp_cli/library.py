"""What a command works on: programmes and the register, of which as much is read as is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

from vpcp_cli.standing import DUE_SOON_DAYS
from vpcp_cli.tasks import Tasks

if TYPE_CHECKING:
    from vpcp_cli.programme import Directive, Programme, Task, Unit, Workspace


class Place(NamedTuple):
    """A directive, or one of its tasks, and the programme that it stands in; the outer ones without what they hold."""

    programme: Programme
    directive: Directive
    task: Task | None = None


class Units(Protocol):
    """The register."""

    @property
    def units(self) -> tuple[Unit, ...]:
        """Its units."""

    def unit(self, code: str) -> Unit | None:
        """Return the unit of a code."""


class Library(Units, Protocol):
    """The programmes in the order of their years and files, and the register."""

    def unit(self, code: str) -> Unit | None:
        """Return the unit of a code."""
        return next((unit for unit in self.units if unit.code == code), None)

    @property
    def years(self) -> frozenset[int]:
        """The years of the programmes."""

    @property
    def heads(self) -> Workspace:
        """The register, and all that a programme says of itself: without its directives."""

    def whole(self) -> Workspace:
        """Return every programme with all that it holds, and the register."""

    def programme(self, id_: str) -> Programme:
        """Return a programme with all that it holds."""

    def find(self, id_: str) -> Place | None:
        """Return the directive or task of an id."""

    def directives(self, programme: str) -> Sequence[Directive]:
        """Return a programme's directives, without their tasks."""

    def sizes(self, programme: str) -> Mapping[str, int]:
        """Return how many tasks each directive holds, on whichever day, those entered by mistake left out."""

    def task_ids(self, within: str) -> Sequence[str]:
        """Return the ids of the tasks of a programme or directive."""

    @property
    def by_id(self) -> Mapping[str, Task]:
        """Every task by its id, made when it is asked for."""

    def leads(self, code: str) -> bool:
        """Whether a unit of this code ever was the lead of a task."""

    @property
    def units_in_use(self) -> frozenset[str]:
        """The codes of all units that ever were lead or support of a task."""

    def tasks(self, day: date, due_soon_days: int = DUE_SOON_DAYS, *, void: bool = False) -> Tasks:
        """Return every task that exists on a day as it stands on it, in the order of the programmes.

        Those that were entered by mistake are left out but with `void`, and so everywhere below.
        """

    def coming(self, day: date) -> Tasks:
        """Return every task that does not exist yet on a day, as it stands on its first one."""
