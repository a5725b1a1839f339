"""What can't stand in a log beside the other entries that stand. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from vpcp_cli.programme import LogEntry, Task
from vpcp_cli.standing import approvals, obstacles_open
from vpcp_cli.vocabulary import CLOSING, Nature, Status

_ACTIVE: Final = (Status.IN_PROGRESS, Status.SUBMITTED, Status.PARTLY_DONE, Status.DONE)
Against: TypeAlias = tuple[LogEntry, str, str, dict[str, str]]
"""An entry that breaks a rule, the rule's code, the key that is wrong, and facts."""


def against_log(task: Task, log: tuple[LogEntry, ...]) -> Iterator[Against]:
    """Yield the entries that break a rule, with the code, the key that is wrong, and facts."""
    last = next((entry for entry in reversed(log) if entry.status), None)
    if last and last.status in _ACTIVE and _barred(task):
        yield last, "not-admissible", "status", {}
    if len(log) > 1:
        yield from ((entry, "done-again", "status", {}) for entry in _repeated_done(log))
        yield from _after_closing(log)
        yield from _after_carry(log)
    yield from ((entry, code, "deadline", {}) for entry, code in _postponements(task, log))
    if last is None or last.status is not Status.DONE:
        return
    run = _last_done_run(log)
    if task.nature is Nature.ONE_OFF and not any(entry.evidence for entry in run):
        yield run[0], "missing-evidence", "status", {}
    if obstacles_open(log):
        yield run[0], "done-with-obstacle", "status", {}


def _barred(task: Task) -> bool:
    return bool(task.admission and False in (task.admission.ready, task.admission.within_authority))


def _repeated_done(log: tuple[LogEntry, ...]) -> Iterator[LogEntry]:
    before: Status | None = None
    for entry in log:
        if entry.status:
            if entry.status is Status.DONE and before is Status.DONE:
                yield entry
            before = entry.status


def _after_closing(log: tuple[LogEntry, ...]) -> Iterator[Against]:
    """Yield the entries that give a closed task another state without reopening it, and the state that closed it.

    One that was carried over lives on elsewhere, which is another rule.
    """
    before: Status | None = None
    for entry in log:
        if entry.status and before is not Status.CARRIED_OVER:
            reopens = entry.status is Status.IN_PROGRESS and entry.note
            if before is Status.DONE and entry.status is Status.CARRIED_OVER:
                yield entry, "carried-though-done", "status", {"to": entry.to or "—"}
            elif before in CLOSING and before and entry.status is not before and not reopens:
                yield entry, "status-after-closing", "status", {"before": before.value}
        before = entry.status or before


def _after_carry(log: tuple[LogEntry, ...]) -> Iterator[Against]:
    """Yield what is written at an old end after it was carried over, and where it was carried over once more."""
    carried: LogEntry | None = None
    for entry in log:
        if entry.to and entry.status is Status.CARRIED_OVER and carried is None:
            carried = entry
        elif carried and entry.to and entry.to != carried.to:
            yield entry, "carried-twice", "to", {"to": carried.to or "", "other": entry.to}
        elif carried and (entry.date > carried.date or entry.status) and entry.to != carried.to:
            yield entry, "entry-after-carry", "date", {"to": carried.to or "", "date": carried.date.isoformat()}


def _last_done_run(log: tuple[LogEntry, ...]) -> list[LogEntry]:
    run: list[LogEntry] = []
    for entry in log:
        if entry.status is Status.DONE:
            run.append(entry)
        elif entry.status:
            run = []
    return run


def _postponements(task: Task, log: tuple[LogEntry, ...]) -> Iterator[tuple[LogEntry, str]]:
    """Yield approvals that come too late, and the second one that moves the date."""
    if not any(entry.decision for entry in log):
        return
    given = list(approvals(task, log))
    yield from ((approval.entry, "decision-after-done") for approval in given if not approval.moves)
    yield from ((approval.entry, "postponed-twice") for approval in [one for one in given if one.later][1:2])
