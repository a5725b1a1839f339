"""What was asked: which tasks are wanted, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vpcp_cli.programme import Workspace
from vpcp_cli.standing import DUE_SOON_DAYS, Standing, stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A selection; an empty field asks nothing. Values in one field mean or, fields mean and."""

    years: frozenset[int] = frozenset()

    def matches(self, standing: Standing) -> bool:
        """Whether a task, as it stands on its day, is wanted."""
        return not self.years or standing.programme.year in self.years


def standings(workspace: Workspace, day: date, due_soon_days: int = DUE_SOON_DAYS) -> Iterator[Standing]:
    """Yield every task that exists on a day as it stands on it, in the order of the programmes."""
    for programme in workspace.programmes:
        for directive, task in programme.tasks():
            standing = stand(programme, directive, task, day, due_soon_days)
            if standing:
                yield standing
