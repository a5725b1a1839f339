"""What an entry can't say of a task as it stands, and the command lines that put it right. Refusals are raised."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from vpcp_cli.errors import VpcpError
from vpcp_cli.knowing import same, told, written_on
from vpcp_cli.language import N_, _, current
from vpcp_cli.linking import carrying_entry
from vpcp_cli.programme import Directive, Document, LogEntry, Programme, Task
from vpcp_cli.standing import Standing, voided
from vpcp_cli.vietnamese import fold, format_date
from vpcp_cli.vocabulary import CLOSING, OUTSIDE, Decision, Status

_REOPENABLE: Final = (Status.DONE, Status.NOT_DONE, Status.DEFERRED, *OUTSIDE)


class EntryRefusedError(VpcpError):
    """An entry that would say something untrue or meaningless; nothing was written."""

    exit_code = 4

    def __init__(self, reason: str, remedy: str, **facts: str | date) -> None:
        """Keep two message ids and the facts that they name in braces."""
        super().__init__(reason)
        self.reason, self.remedy, self.facts = reason, remedy, facts

    def sentence(self) -> str:
        """Say why."""
        return self._worded(self.reason)

    def hint(self) -> str:
        """Say what can be done instead."""
        return self._worded(self.remedy)

    def _worded(self, message: str) -> str:
        lang = current()
        facts = {name: format_date(fact, lang) if isinstance(fact, date) else fact for name, fact in self.facts.items()}
        return _(message).format_map(facts)


class CarriedOverError(EntryRefusedError):
    """What would have closed a task before it was carried over; `carrying` is the entry that carries it."""

    def __init__(self, task: Task, carrying: LogEntry, entry: LogEntry) -> None:
        """Name the line that takes the carry back, and the new task, where it may be written down as well."""
        super().__init__(
            N_("{id} was carried over on {date} and goes on as {to}; {status} by {day}, it would not have been."),
            N_("If it should not have been, `{command}` takes that and {to} back as well. Else write it down at {to}."),
            id=task.id,
            to=carrying.to or "—",
            date=carrying.date,
            day=entry.date,
            status=entry.status.label.lower() if entry.status else "—",
            command=_closing_line(task, entry),
        )
        self.carrying = carrying


def check_not_void(task: Task) -> None:
    """Raise `EntryRefusedError` for a task that was entered by mistake, or was split or moved."""
    if (void := voided(task)) and void.replaced_by:
        raise EntryRefusedError(
            N_("{id} stands no more, as its log says on {date}: what holds is {to}."),
            N_("Name what holds: {to}. If {id} stands after all, take that back: `{command} --void --reason …`."),
            id=task.id,
            date=void.date,
            to=", ".join(void.replaced_by),
            command=line_of(task, task.log.index(void) + 1, {}),
        )
    if void:
        raise EntryRefusedError(
            N_("{id} was entered by mistake, as its log says on {date}: nothing more is written about it."),
            N_("If it holds after all, take that back first: `vpcp correct {id} {number} --void --reason …`."),
            id=task.id,
            date=void.date,
            number=str(task.log.index(void) + 1),
        )


def check_struck(task: Task, entry: LogEntry) -> None:
    """Raise `EntryRefusedError` for an entry that was written before and has been put right since."""
    for one in told(task.log):
        if one.struck_by and same(one.entry, entry):
            raise EntryRefusedError(
                N_("{id} had this very entry, number {n}; it was put right on {date} by entry {by}."),
                N_("If it holds of this part as well, say what with --note: entry {by} is about another one.")
                if one.struck_by.entry.void and one.struck_by.entry.for_
                else N_("`vpcp log {id}` shows both. If it holds after all: `{command}`."),
                command=line_of(task, one.number, {} if one.struck_by.entry.void else completion_options(entry)),
                id=task.id,
                n=str(one.number),
                by=str(one.struck_by.number),
                date=written_on(one.struck_by.entry),
            )


def correct_line(task: Task, number: int, entry: LogEntry) -> str:
    """Return the command line by which an entry of a number says what another one does."""
    return line_of(task, number, completion_options(entry))


def completion_options(entry: LogEntry) -> dict[str, list[str]]:
    """Return the options by which `vpcp correct` is told what an entry says of a completion."""
    return {
        "--on": [entry.date.isoformat()],
        "--evidence": [cited(one) for one in entry.evidence],
        "--document": [entry.document] if entry.document else [],
        "--note": [entry.note] if entry.note else [],
    }


def cited(document: Document) -> str:
    """Return a document as it may be typed, with all that is known of it."""
    day = f"ngày {format_date(document.date, 'vi')}" if document.date else None
    title, issuer = (one.in_("vi") if one else None for one in (document.title, document.issuer))
    if not (document.number and day):
        return " ".join(filter(None, (document.number or title, day)))
    about = title if title and fold(title).startswith("ve ") else None
    words = (None if about else title, f"số {document.number}", day, f"của {issuer}" if issuer else None, about)
    return " ".join(filter(None, words))


def line_of(task: Task, number: int, options: Mapping[str, Sequence[str]]) -> str:
    """Return the command line that puts right an entry."""
    words = [word for name, values in options.items() for value in values for word in (name, value)]
    return shlex.join(["vpcp", "correct", task.id, str(number), *words])


def not_done(task: Task, entry: LogEntry, later: LogEntry) -> EntryRefusedError:
    """Return why a task would not be done: a later entry says otherwise."""
    return EntryRefusedError(
        N_("{id} would not be done: its log says «{status}» on {date}, later than {day}."),
        N_("Give the day of completion with --on {date} or later, or correct the log."),
        id=task.id,
        status=later.status.label if later.status else "",
        date=later.date,
        day=entry.date,
    )


def check_past(day: date, today: date, option: str = "--on") -> None:
    """Raise `EntryRefusedError` for a day that is still to come; `option` is where it was typed."""
    if day > today:
        raise EntryRefusedError(
            N_("{date} is still to come; only what has happened is written down."),
            N_("Give today ({today}) or an earlier day with {option}."),
            date=day,
            today=today,
            option=option,
        )


_AT_OLD_END: Final = (
    N_("On {date} the task {id} was not yet given: it goes on from {origin} since {exists}."),
    N_("What happened before belongs to {origin}; name that one. Else give {exists} or a later day with --on."),
)


_NOT_YET: Final = (
    N_("On {date} the task {id} was not yet given: it exists from {exists}."),
    N_("Give {exists} or a later day with --on."),
)


_LATER: Final = (
    N_("On {date} the task {id} was not yet given: its `added` is {exists}, its directive's day {given}."),
    N_("Give {exists} or a later day with --on; where its directive gave it, take `added` out: `vpcp edit {id}`."),
)


def check_day(programme: Programme, directive: Directive, task: Task, entry: LogEntry, today: date) -> None:
    """Raise `EntryRefusedError` for a day that is still to come, or on which the task was not yet given."""
    if not (entry.lead or entry.responsible):  # who leads or answers from a day on is decided before
        check_past(entry.date, today)
    exists, given = programme.exists_from(directive, task), programme.exists_from(directive)
    if entry.date >= exists:
        return
    reason, remedy = _LATER if task.added and given < exists else _NOT_YET
    reason, remedy = _AT_OLD_END if task.inherited else (reason, remedy)
    raise EntryRefusedError(
        reason,
        remedy,
        id=task.id,
        date=entry.date,
        exists=exists,
        given=given,
        origin=task.inherited.origin.id if task.inherited else "",
    )


def check_countable(task: Task, entry: LogEntry) -> None:
    """Raise `EntryRefusedError` for what is said of a principle or an expectation as if it were a task."""
    state = entry.status is not None and entry.status not in OUTSIDE
    if task.countable or not (state or entry.deadline or entry.risk or entry.reminder):
        return
    raise EntryRefusedError(
        N_("{id} is a principle or an expectation («{nature}»): it is kept to, never completed, and has no progress."),
        N_("Write down what happened with `vpcp note {id} …`."),
        id=task.id,
        nature=task.nature.label,
    )


def check_state(then: Standing, entry: LogEntry, *, reopens: bool) -> None:
    """Raise `EntryRefusedError` for what a task at its state on that day can't take."""
    task = then.task
    moves = entry.status or entry.deadline or entry.risk or entry.reminder or entry.obstacle
    if then.status in CLOSING and moves and not (reopens and then.status in _REOPENABLE):
        _refuse_closed(then)
    if reopens and then.status not in _REOPENABLE:
        raise EntryRefusedError(
            N_("{id} is not closed: it stands at «{status}»."),
            N_("Go on with `vpcp start {id}` or `vpcp update {id}`."),
            id=task.id,
            status=then.status.label if then.status else "—",
        )
    if entry.decision is Decision.REJECTED and then.pending_deadline is None:
        raise EntryRefusedError(
            N_("{id} has no request to postpone that could be rejected."),
            N_("Write the request down first: `vpcp postpone {id} DATE`."),
            id=task.id,
        )
    _check_later(then, entry)
    _check_obstacle(then, entry)


def _check_later(then: Standing, entry: LogEntry) -> None:
    """Raise `EntryRefusedError` for a wish that is no later deadline; who decides may bring a deadline forward."""
    wanted, now = entry.deadline, then.deadline
    if wanted is None or entry.decision not in (Decision.REQUESTED, Decision.APPROVED):
        return
    if now and wanted.last <= now.last and entry.decision is Decision.REQUESTED:
        raise EntryRefusedError(
            N_("{date} is not later than the deadline that holds: {deadline}."),
            N_("Give a later day."),
            date=wanted.last,
            deadline=now.last,
        )
    exists = then.programme.exists_from(then.directive, then.task)
    if wanted.last < exists:
        raise EntryRefusedError(
            N_("{date} is before the task {id} was given: it exists from {exists}."),
            N_("Give a later day."),
            id=then.task.id,
            date=wanted.last,
            exists=exists,
        )


def check_old_end(task: Task, entry: LogEntry) -> None:
    """Raise `EntryRefusedError` for what belongs to the task as which one goes on."""
    carrying = carrying_entry(task)
    if carrying and entry.date > carrying.date:
        _refuse_carried(task.id, carrying)


def check_not_closed_before(task: Task, entry: LogEntry) -> None:
    """Raise `CarriedOverError` for what would have closed a task before it was carried over."""
    carrying = carrying_entry(task)
    if carrying and entry.status in CLOSING:
        raise CarriedOverError(task, carrying, entry)


_CLOSING_COMMANDS: Final = {
    Status.DONE: ["done"],
    Status.WITHDRAWN: ["withdraw"],
    Status.RETURNED: ["return"],
    Status.NOT_DONE: ["update", "--status", Status.NOT_DONE.value],
}


def _closing_line(task: Task, entry: LogEntry) -> str:
    """Return the command line that closes a task before it was carried over."""
    command, *options = _CLOSING_COMMANDS.get(entry.status or Status.DONE, ["done"])
    typed = [word for name, values in completion_options(entry).items() for value in values for word in (name, value)]
    named = [word for one in entry.for_ for word in ("--for", one)]
    return shlex.join(["vpcp", command, task.id, *options, *named, *typed, "--before-carry"])


def _refuse_carried(id_: str, carrying: LogEntry) -> None:
    raise EntryRefusedError(
        N_("{id} was carried over and goes on as {to}."),
        N_("Name the new task: {to}."),
        id=id_,
        to=carrying.to or "—",
    )


def _refuse_closed(then: Standing) -> None:
    if then.status is Status.CARRIED_OVER and (carrying := carrying_entry(then.task)):
        _refuse_carried(then.task.id, carrying)
    raise EntryRefusedError(
        N_("{id} is closed: it stands at «{status}»."),
        N_("If it goes on after all: `vpcp reopen {id} --note …`. A remark: `vpcp note {id} …`."),
        id=then.task.id,
        status=then.status.label if then.status else "—",
    )


def _check_obstacle(then: Standing, entry: LogEntry) -> None:
    keys = [one.entry.key for one in then.obstacles]
    if entry.obstacle and entry.key and entry.key in keys:
        raise EntryRefusedError(
            N_("{id} has an open obstacle «{key}» already."),
            N_("Choose another --key, or clear that one first: `vpcp unblock {id} --key {key} …`."),
            id=then.task.id,
            key=entry.key,
        )
    if entry.resolved and not keys:
        raise EntryRefusedError(
            N_("{id} has no open obstacle on {date}."),
            N_("`vpcp log {id}` shows what has been written down. A remark: `vpcp note {id} …`."),
            id=then.task.id,
            date=entry.date,
        )
    if entry.resolved and entry.key and entry.key not in keys:
        raise EntryRefusedError(
            N_("{id} has no open obstacle «{key}»."),
            N_("`vpcp show {id}` lists its obstacles, each with its word; without --key all are resolved."),
            id=then.task.id,
            key=entry.key,
        )
