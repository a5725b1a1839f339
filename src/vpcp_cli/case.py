"""What counts and the order of urgency ask of a task. Thousands of tasks share some hundred cases."""

from datetime import date
from functools import cache
from itertools import compress
from typing import TYPE_CHECKING, Final, NamedTuple

from vpcp_cli.standing import Folded, Spoken, Standing, clock, forecast, soon_at_most, stands
from vpcp_cli.vocabulary import Nature, Risk, Status, Timeliness

if TYPE_CHECKING:
    from vpcp_cli.parts import Clock
    from vpcp_cli.programme import Task

REASONS: Final = ("overdue", "due_soon", "obstacle", "high_risk", "pending_request")
"""Why an open task needs attention, gravest first."""


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
    judged, since = (one.timeliness, one.days), tuple(obstacle.since for obstacle in one.obstacles)
    level = one.risk.level if one.risk else None
    return _case(one.task.nature, one.status, judged, since, level, one.pending_deadline is not None)


class Lasting(NamedTuple):
    """What decides a case on every day until the next entry.

    `postponements` and `quiet`, the last day of a task in progress, are kept where a request waits: they may raise its
    risk from low to medium, which every other reason for attention does by itself. `soon` is how many days before its
    deadline a task that recurs is due soon, at most.
    """

    nature: Nature
    status: Status | None
    clock: "Clock"
    obstacles: tuple[date, ...]
    spoken: Risk | None
    asks: bool
    postponements: int
    quiet: date | None
    soon: int | None = None

    def on(self, day: date, due_soon_days: int) -> Case:
        """Return the case on a day."""
        judged = stands(self.clock, day, due_soon_days if self.soon is None else min(self.soon, due_soon_days))
        hindered = bool(self.obstacles)
        level = _level(self.status, judged[0], self.postponements, hindered, self.quiet, day, self.spoken)
        return _case(self.nature, self.status, judged, self.obstacles, level, self.asks)


@cache
def _level(
    status: Status | None,
    timeliness: Timeliness,
    postponements: int,
    obstacle: bool,
    quiet: date | None,
    day: date,
    spoken: Risk | None,
) -> Risk | None:
    """Return the risk of an open task; many kinds of standing share one."""
    said = Spoken(spoken, None, None) if spoken else None
    risk = forecast(status, timeliness, postponements, obstacle, quiet, day, said)
    return risk.level if risk else None


def lasting(task: "Task", found: Folded) -> tuple[Lasting, int | None]:
    """Return what decides the case, and the days past the deadline of a task that is done, which are left out there."""
    kept, status, asks = clock(task, found), found.status, found.pending_deadline is not None
    late = None
    if status is Status.DONE and isinstance(kept, tuple):
        kept, late = (kept[0], None), kept[1]
    last = found.last_entry
    kind = Lasting(
        nature=task.nature,
        status=status,
        clock=kept,
        obstacles=tuple(obstacle.since for obstacle in found.obstacles),
        spoken=found.spoken.level if found.spoken else None,
        asks=asks,
        postponements=found.postponements if asks else 0,
        quiet=last.date if last and asks and status is Status.IN_PROGRESS else None,
        soon=soon_at_most(task),
    )
    return kind, late


def _case(
    nature: Nature,
    status: Status | None,
    judged: tuple[Timeliness, int | None],
    obstacles: tuple[date, ...],
    level: Risk | None,
    asks: bool,
) -> Case:
    """Return a case; only an open task has a level of risk."""
    timeliness, days = judged
    reasons = _reasons(timeliness, bool(obstacles), level, asks) if level else ()
    late = None if status is Status.DONE else days
    return Case(nature, status, timeliness, late, level is not None, obstacles, reasons, level if reasons else None)


@cache
def _reasons(timeliness: Timeliness, obstacle: bool, level: Risk, asks: bool) -> tuple[str, ...]:
    """Return why an open task needs attention."""
    overdue = timeliness is Timeliness.OVERDUE
    holds = (overdue, timeliness is Timeliness.DUE_SOON, obstacle, level is Risk.HIGH and not overdue, asks)
    return tuple(compress(REASONS, holds))
