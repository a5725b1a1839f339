"""What a person wants to write into a task's log, weighed before it is written (pure)."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import VpcpError
from vpcp_cli.knowing import correction, same, told, written_on
from vpcp_cli.language import N_, _, current
from vpcp_cli.linking import carrying_entry
from vpcp_cli.parts import alone, cells
from vpcp_cli.programme import Directive, Document, LogEntry, Programme, Task
from vpcp_cli.standing import DUE_SOON_DAYS, Standing, folded, stand, voided
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An entry and what it makes of a task, both as they stand today.

    `already` is set where the task says so already and nothing is to be written;
    `outweighed_by` is a later entry of the same kind, which goes on to hold; `adds_to` is the number of the entry of
    which this one says more. `part` is the same of the part of the task that the entry is about, as a task of its own.
    `takes_back` is written before it: that the task was not carried over.
    """

    before: Standing
    after: Standing
    entry: LogEntry
    already: bool = False
    outweighed_by: LogEntry | None = None
    adds_to: int | None = None
    part: Proposal | None = None
    takes_back: LogEntry | None = None

    @property
    def entries(self) -> tuple[LogEntry, ...]:
        """What is to be written, in its order."""
        return tuple(one for one in (self.takes_back, None if self.already else self.entry) if one)


def propose(
    programme: Programme,
    directive: Directive,
    task: Task,
    entry: LogEntry,
    today: date,
    *,
    reopens: bool = False,
    due_soon_days: int = DUE_SOON_DAYS,
) -> Proposal:
    """Weigh an entry; raise `EntryRefusedError` for one that must not be written."""
    if entry.status is Status.VOID:
        return _voiding(programme, directive, task, entry, max(today, programme.exists_from(directive, task)))
    check_day(programme, directive, task, entry, today)
    _check_not_void(task)
    _check_old_end(task, entry)
    _check_countable(task, entry)
    if part := _part(programme, directive, task, entry):
        weighed = propose(programme, directive, part, entry, today, reopens=reopens, due_soon_days=due_soon_days)
        return _of_whole(task, weighed, due_soon_days)
    _check_not_closed_before(task, entry)
    before = stand(programme, directive, task, today, due_soon_days)
    then = stand(programme, directive, task, entry.date, due_soon_days)
    if before is None or then is None:
        raise AssertionError(task.id)  # check_day has refused it
    outweighed_by = _outweighing(task, entry)
    _check_struck(task, entry)
    if entry.status is Status.DONE and before.status is Status.DONE:
        again = _completed_again(before, entry, today)
        if again:
            return again
    elif entry.status is Status.DONE and then.status is Status.DONE and outweighed_by:
        raise _not_done(task, entry, outweighed_by)
    if _says_nothing_new(then, entry) and not reopens:
        return Proposal(before=before, after=before, entry=entry, already=True)
    _check_state(then, entry, reopens=reopens)
    longer = replace(task, log=(*task.log, entry))
    after = stand(programme, directive, longer, today, due_soon_days)
    if after is None:
        raise AssertionError(task.id)  # the entry can't take the task away
    if entry.status is Status.DONE and after.status is not Status.DONE and outweighed_by:
        raise _not_done(task, entry, outweighed_by)
    return Proposal(before=before, after=after, entry=entry, outweighed_by=outweighed_by)


def _part(programme: Programme, directive: Directive, task: Task, entry: LogEntry) -> Task | None:
    """Return the one part that an entry is about, as a task of its own."""
    if not (task.parted and entry.for_):
        return None
    names, then = frozenset(entry.for_), stand(programme, directive, task, entry.date)
    shown = (one.fate.cell for one in (then.parts if then else ()))
    every = (*shown, *cells(programme, directive, task))
    cell = next((one for one in every if frozenset(one.name) == names), None)
    return cell and alone(_uncarried(task), cell)


def _uncarried(task: Task) -> Task:
    """Return an old end as if it had not been carried over: what is told of a part is of days before."""
    log = (replace(one, status=None, to=None, note="…") if one.to else one for one in task.log)
    return replace(task, log=tuple(log)) if carrying_entry(task) else task


def _of_whole(task: Task, part: Proposal, due_soon_days: int) -> Proposal:
    """Return what was weighed for one part of a task as what it makes of the task."""
    one = part.before
    longer = task if part.already else replace(task, log=(*task.log, part.entry))
    before, after = (stand(one.programme, one.directive, its, one.day, due_soon_days) for its in (task, longer))
    if before is None or after is None:
        raise AssertionError(task.id)  # its part is there
    if before.status is Status.CARRIED_OVER and after.status is not before.status and not task.recurs:
        _check_not_closed_before(task, part.entry)
    return replace(part, before=before, after=after, part=part)


def _voiding(programme: Programme, directive: Directive, task: Task, entry: LogEntry, day: date) -> Proposal:
    """Weigh the entry that a task was entered by mistake, which holds on every day."""
    void = voided(task)
    longer = task if void else replace(task, log=(*task.log, entry))
    before, after = (stand(programme, directive, one, day) for one in (task, longer))
    if before is None or after is None:
        raise AssertionError(task.id)  # on such a day it is there
    given = (entry.duplicate_of, entry.replaced_by)
    if void and any(given) and given != (void.duplicate_of, void.replaced_by):
        _check_not_void(task)
    return Proposal(before=before, after=after, entry=entry, already=bool(void))


def _check_not_void(task: Task) -> None:
    """Raise `EntryRefusedError` for a task that was entered by mistake, or was split or moved."""
    if (void := voided(task)) and void.replaced_by:
        raise EntryRefusedError(
            N_("{id} stands no more, as its log says on {date}: what holds is {to}."),
            N_("Name what holds: {to}. If {id} stands after all, take that back: `{command} --void --reason …`."),
            id=task.id,
            date=void.date,
            to=", ".join(void.replaced_by),
            command=_line(task, task.log.index(void) + 1, {}),
        )
    if void:
        raise EntryRefusedError(
            N_("{id} was entered by mistake, as its log says on {date}: nothing more is written about it."),
            N_("If it holds after all, take that back first: `vpcp correct {id} {number} --void --reason …`."),
            id=task.id,
            date=void.date,
            number=str(task.log.index(void) + 1),
        )


def _check_struck(task: Task, entry: LogEntry) -> None:
    """Raise `EntryRefusedError` for an entry that was written before and has been put right since."""
    for one in told(task.log):
        if one.struck_by and same(one.entry, entry):
            raise EntryRefusedError(
                N_("{id} had this very entry, number {n}; it was put right on {date} by entry {by}."),
                N_("If it holds of this part as well, say what with --note: entry {by} is about another one.")
                if one.struck_by.entry.void and one.struck_by.entry.for_
                else N_("`vpcp log {id}` shows both. If it holds after all: `{command}`."),
                command=_line(task, one.number, {} if one.struck_by.entry.void else _options(entry)),
                id=task.id,
                n=str(one.number),
                by=str(one.struck_by.number),
                date=written_on(one.struck_by.entry),
            )


def _completed_again(before: Standing, entry: LogEntry, today: date) -> Proposal | None:
    """Weigh the word that a task is done which is done: nothing new, or more about the entry that says so.

    Today says nothing of the day. Raise `EntryRefusedError` for what says otherwise.
    """
    log, dated = before.task.log, entry.date != today
    place = _completing(before.task)
    if place is None:
        return None
    said = [one for one in folded(before.task, date.max) if one.status is Status.DONE]
    if any(_says_all(one, entry) and (one.date == entry.date or not dated) for one in said):
        return Proposal(before=before, after=before, entry=entry, already=True)
    known = log[place]
    _refuse_other(before.task, place, entry, dated=dated)
    fuller = replace(
        known,
        evidence=(*known.evidence, *(one for one in entry.evidence if one not in known.evidence)),
        document=known.document or entry.document,
        note=known.note or entry.note,
    )
    put_right = correction(log, place, fuller, today, entry.by)
    after = replace(before, task=replace(before.task, log=(*log, put_right)))
    return Proposal(before=before, after=after, entry=put_right, adds_to=place + 1)


def _completing(task: Task) -> int | None:
    """Return the place of the entry by which a done task is done: the first of its last unbroken run."""
    first: LogEntry | None = None
    for one in folded(task, date.max):
        if one.status is Status.DONE:
            first = first or one
        elif one.status:
            first = None
    return next((place for place, one in enumerate(task.log) if one is first), None)


def _refuse_other(task: Task, place: int, entry: LogEntry, *, dated: bool) -> None:
    """Raise `EntryRefusedError` where an entry says something else than the one at a place."""
    known = task.log[place]
    differs = {
        "--on": dated and entry.date != known.date,
        "--evidence": entry.evidence and not {*known.evidence} <= {*entry.evidence},
        "--document": known.document and entry.document not in (None, known.document),
        "--note": known.note and entry.note not in (None, known.note),
    }
    other = [name for name, says in differs.items() if says]
    if not other:
        return
    typed = {name: values for name, values in _options(entry).items() if name != "--on" or differs["--on"]}
    more = other == ["--on"] and (entry.evidence or entry.document)
    raise EntryRefusedError(
        N_("{id} is done since {date}; entry {n} of its log gives {options}."),
        N_("To add a document only, leave --on out. If the day was wrong, put it right: `{command}`.")
        if more
        else N_("If that entry was wrong, put it right: `{command}`."),
        id=task.id,
        date=known.date,
        n=str(place + 1),
        options=", ".join(_(_NAMED[name]) for name in other),
        command=_line(task, place + 1, typed),
    )


_NAMED: Final = {
    "--on": N_("another day"),
    "--evidence": N_("other evidence"),
    "--document": N_("another document"),
    "--note": N_("another note"),
}
"""What of a completion an option says otherwise."""


def correct_line(task: Task, number: int, entry: LogEntry) -> str:
    """Return the command line by which an entry of a number says what another one does."""
    return _line(task, number, _options(entry))


def _options(entry: LogEntry) -> dict[str, list[str]]:
    """Return the options by which `vpcp correct` is told what an entry says of a completion."""
    return {
        "--on": [entry.date.isoformat()],
        "--evidence": [_cited(one) for one in entry.evidence],
        "--document": [entry.document] if entry.document else [],
        "--note": [entry.note] if entry.note else [],
    }


def _cited(document: Document) -> str:
    """Return a document as it may be typed, with all that is known of it."""
    day = f"ngày {format_date(document.date, 'vi')}" if document.date else None
    title, issuer = (one.in_("vi") if one else None for one in (document.title, document.issuer))
    if not (document.number and day):
        return " ".join(filter(None, (document.number or title, day)))
    about = title if title and fold(title).startswith("ve ") else None
    words = (None if about else title, f"số {document.number}", day, f"của {issuer}" if issuer else None, about)
    return " ".join(filter(None, words))


def _line(task: Task, number: int, options: Mapping[str, Sequence[str]]) -> str:
    """Return the command line that puts right an entry."""
    words = [word for name, values in options.items() for value in values for word in (name, value)]
    return shlex.join(["vpcp", "correct", task.id, str(number), *words])


def _says_all(known: LogEntry, entry: LogEntry) -> bool:
    """Whether an entry that is there says all that another one would say of why and by which document."""
    dated = {(one.number or one.title, day) for one in known.evidence for day in (None, one.date)}
    return (
        dated.issuperset((one.number or one.title, one.date) for one in entry.evidence)
        and entry.note in (None, known.note)
        and entry.document in (None, known.document)
    )


def _not_done(task: Task, entry: LogEntry, later: LogEntry) -> EntryRefusedError:
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


def _check_countable(task: Task, entry: LogEntry) -> None:
    state = entry.status is not None and entry.status not in OUTSIDE
    if task.countable or not (state or entry.deadline or entry.risk or entry.reminder):
        return
    raise EntryRefusedError(
        N_("{id} is a principle or an expectation («{nature}»): it is kept to, never completed, and has no progress."),
        N_("Write down what happened with `vpcp note {id} …`."),
        id=task.id,
        nature=task.nature.label,
    )


def _says_nothing_new(then: Standing, entry: LogEntry) -> bool:
    if any(same(one, entry) for one in folded(then.task, date.max)):
        return True
    bare = not (entry.note or entry.document)
    if entry.status:
        return bare and entry.status is then.status and entry.to is None
    if entry.obstacle:
        words = fold(entry.obstacle.in_("vi"))
        known = (one.entry.obstacle for one in then.obstacles)
        return (
            bare and not (entry.key or entry.reported_to) and any(one and fold(one.in_("vi")) == words for one in known)
        )
    if entry.decision is Decision.APPROVED:
        return bare and entry.deadline == then.deadline
    if entry.responsible:
        return bare and entry.responsible == then.responsible
    return entry.lead is not None and bare and entry.lead == then.lead


def _check_state(then: Standing, entry: LogEntry, *, reopens: bool) -> None:
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


def _check_old_end(task: Task, entry: LogEntry) -> None:
    """Raise `EntryRefusedError` for what belongs to the task as which one goes on."""
    carrying = carrying_entry(task)
    if carrying and entry.date > carrying.date:
        _refuse_carried(task.id, carrying)


def _check_not_closed_before(task: Task, entry: LogEntry) -> None:
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
    typed = [word for name, values in _options(entry).items() for value in values for word in (name, value)]
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


_KINDS: Final[tuple[Callable[[LogEntry], object], ...]] = (
    lambda entry: entry.status,
    lambda entry: entry.decision,
    lambda entry: entry.lead,
    lambda entry: entry.responsible,
    lambda entry: entry.risk,
)


def _outweighing(task: Task, entry: LogEntry) -> LogEntry | None:
    """Return the latest entry of the same kind that is dated later."""
    kind = next((kind for kind in _KINDS if kind(entry)), None)
    later = [one for one in folded(task, date.max) if kind and kind(one) and one.date > entry.date]
    return max(later, key=lambda one: one.date, default=None)
