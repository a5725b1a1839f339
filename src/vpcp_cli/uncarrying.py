"""How a carry-over is taken back by what closed the task before it (pure)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from vpcp_cli.entry_rules import EntryRefusedError
from vpcp_cli.knowing import correction, what_stands
from vpcp_cli.language import N_, _, current
from vpcp_cli.linking import carrying_entry
from vpcp_cli.programme import LogEntry, Task
from vpcp_cli.proposal import Proposal
from vpcp_cli.standing import voided
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import Status


def uncarried(
    task: Task,
    newer: Task | None,
    entry: LogEntry,
    today: date,
    weighed: Callable[[Task, LogEntry], Proposal],
) -> tuple[Proposal, ...]:
    """Weigh an entry at the old end of a task as if it had not been carried over.

    It takes the carry back, and what `newer` end there is was never given, which is a second proposal. Raise
    `EntryRefusedError` where something is told there. `weighed` weighs an entry of a task.
    """
    carrying = carrying_entry(task)
    if carrying is None:
        raise AssertionError(task.id)  # such an entry is only asked about at an old end
    closed = format_date(entry.date, current())
    reason = _("closed on {date}, before it was carried over").format(date=closed)
    void = LogEntry(date=today, void=True, reason=reason)
    taken_back = correction(task.log, task.log.index(carrying), void, today, entry.by)
    found = replace(weighed(replace(task, log=(*task.log, taken_back)), entry), takes_back=taken_back)
    if newer is None or newer.carried_from != task.id:
        return (found,)
    _check_nothing_told(newer)
    if voided(newer):
        return (found,)
    gone = LogEntry(date=today, status=Status.VOID, duplicate_of=task.id, by=entry.by, note=reason)
    return found, weighed(newer, gone)


def _check_nothing_told(newer: Task) -> None:
    """Raise `EntryRefusedError` where the new end has entries of its own, or goes on as others."""
    told = [one for one in what_stands(newer.log) if one.status is not Status.VOID or one.replaced_by]
    if told:
        raise EntryRefusedError(
            N_("{to} has entries of its own, the last one of {date}: it can't be taken back with the carry-over."),
            N_("`vpcp log {to}` lists them. Write down what happened at {to}, or take them back first."),
            to=newer.id,
            date=max(one.date for one in told),
        )
