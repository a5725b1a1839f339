"""What counts and the order of urgency ask of a task. Thousands of tasks share some hundred cases."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import compress
from typing import Final, NamedTuple, TypeAlias

from vpcp_cli.deadline import Deadline
from vpcp_cli.standing import Spoken, Standing, folded, forecast, spoken_risk, waiting
from vpcp_cli.vocabulary import Nature, Risk, Status, Timeliness

REASONS: Final = ("overdue", "due_soon", "obstacle", "high_risk", "pending_request")
"""Why an open task needs attention, gravest first."""

Clock: TypeAlias = Deadline | tuple[Timeliness, int | None]
"""A deadline that is waited for, or a timeliness for good, with its days."""


class Case(NamedTuple):
    """How a task stands on a day. `obstacles` are the days since when its obstacles are open.

    `days` past the deadline are left out once it is done, and the risk's `level` where no reason calls for attention:
    nobody asks, and more tasks share a case.
    """

    nature: Nature
    status: Status | None
    timeliness: Timeliness
    days: int | None
    open: bool
    obstacles: tuple[date, ...]
    reasons: tuple[str, ...]
    level: Risk | None

    @property
    def urgency(self) -> tuple[int, int, bool, int]:
        """What puts tasks in order that need attention: the gravest reason, the risk, the nearest deadline."""
        level = (Risk.HIGH, Risk.MEDIUM, Risk.LOW).index(self.level) if self.level else 3
        return REASONS.index(self.reasons[0]), level, self.days is None, -(self.days or 0)


def case_of(one: Standing) -> Case:
    """Return the case of a task."""
    stands, since = (one.timeliness, one.days), tuple(obstacle.since for obstacle in one.obstacles)
    level = one.risk.level if one.risk else None
    return _case(one.task.nature, one.status, stands, since, level, one.pending_deadline is not None)


class Lasting(NamedTuple):
    """What decides a case from the day of the last entry on.

    `clock` is the last day of a deadline that is waited for, or a timeliness for good, with its days. `postponements`
    and `quiet`, the last day of a task in progress, are kept where a request waits: they may raise its risk from low to
    medium, which every other reason for attention does by itself.
    """

    nature: Nature
    status: Status | None
    clock: date | tuple[Timeliness, int | None]
    obstacles: tuple[date, ...]
    spoken: Risk | None
    asks: bool
    postponements: int
    quiet: date | None

    def on(self, day: date, due_soon_days: int) -> Case:
        """Return the case on a day."""
        stands = waiting(self.clock, day, due_soon_days) if isinstance(self.clock, date) else self.clock
        said = Spoken(self.spoken, None, None) if self.spoken else None
        hindered = bool(self.obstacles)
        risk = forecast(self.status, stands[0], self.postponements, hindered, self.quiet, day, said)
        return _case(self.nature, self.status, stands, self.obstacles, risk.level if risk else None, self.asks)


def lasting(one: Standing) -> Lasting:
    """Return what decides the case, from a standing on the last of all days."""
    kept, said = clock(one), spoken(one)
    asks = one.pending_deadline is not None
    return Lasting(
        nature=one.task.nature,
        status=one.status,
        clock=kept.last if isinstance(kept, Deadline) else (kept[0], None if one.status is Status.DONE else kept[1]),
        obstacles=tuple(obstacle.since for obstacle in one.obstacles),
        spoken=said.level if said else None,
        asks=asks,
        postponements=one.postponements if asks else 0,
        quiet=one.last_entry.date if one.last_entry and asks and one.status is Status.IN_PROGRESS else None,
    )


def clock(one: Standing) -> Clock:
    """Return what decides the timeliness, from a standing on the last of all days."""
    deadline = one.deadline
    waits = deadline and one.timeliness is Timeliness.OVERDUE and one.days == (one.day - deadline.last).days
    return deadline if deadline and waits else (one.timeliness, one.days)


def spoken(one: Standing) -> Spoken | None:
    """Return a person's word on the risk that still holds."""
    if not any(entry.risk for entry in one.task.log):
        return None
    return spoken_risk(folded(one.task, one.day))


def _case(
    nature: Nature,
    status: Status | None,
    stands: tuple[Timeliness, int | None],
    obstacles: tuple[date, ...],
    level: Risk | None,
    asks: bool,  # noqa: FBT001
) -> Case:
    """Return a case; only an open task has a level of risk."""
    timeliness, days = stands
    reasons = _reasons(timeliness, bool(obstacles), level, asks) if level else ()
    late = None if status is Status.DONE else days
    return Case(nature, status, timeliness, late, level is not None, obstacles, reasons, level if reasons else None)


@cache
def _reasons(timeliness: Timeliness, obstacle: bool, level: Risk, asks: bool) -> tuple[str, ...]:  # noqa: FBT001
    """Return why an open task needs attention."""
    overdue = timeliness is Timeliness.OVERDUE
    holds = (overdue, timeliness is Timeliness.DUE_SOON, obstacle, level is Risk.HIGH and not overdue, asks)
    return tuple(compress(REASONS, holds))
