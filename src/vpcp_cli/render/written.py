"""What a write has made of a task, in one line, and the command that is likely to come next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from shlex import quote
from typing import Any, Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.kinds import Text, Written, item_of, keys_of, restored, worded
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.programme import Directive, LogEntry, Programme, Task, Unit
from vpcp_cli.render.console import Screen
from vpcp_cli.render.door import one_line
from vpcp_cli.render.entries import action_words, entry_words, instead_words, measure_of
from vpcp_cli.render.names import cited_words
from vpcp_cli.render.parts import part_words, progress_words
from vpcp_cli.render.state import deadline_words, look
from vpcp_cli.standing import Standing, folded, spoken_risk, voided
from vpcp_cli.vietnamese import format_date, quoted
from vpcp_cli.vocabulary import Decision, Nature, Risk, Status, Timeliness


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An entry, and its task before and after it as it stands on the entry's day.

    `already` is set where nothing was written; `outweighed_by` is a later entry that goes on to hold; `adds_to` the
    number of the one of which it says more. `whole` is the task, where the entry is about a part of it.
    """

    entry: LogEntry
    before: Standing
    after: Standing
    already: bool = False
    outweighed_by: LogEntry | None = None
    whole: Standing | None = None
    adds_to: int | None = None


def step_line(step: Step, place: str, units: Mapping[str, str], screen: Screen) -> str:
    """Say what a write has made of a task: state before → state after, the day, and where it stands."""
    id_, dot = step.after.task.id, "·" if screen.symbols else "-"
    if step.entry.for_:
        id_ = f"{id_} ({part_words(step.entry.for_, units)})"
    if step.already:
        return f"{_sign(step.before, screen)} {id_}: {_already(step)} {dot} {place}"
    words = one_line(", ".join(_all_words(step, units, "→" if screen.symbols else "->")))
    day = format_date(step.entry.date, current())
    return f"{_sign(step.after, screen)} {id_}: {words} {dot} {day} {dot} {place}"


def _sign(standing: Standing, screen: Screen) -> str:
    seen = look(standing)
    return screen.paint(seen.sign(screen), seen.style)


def _already(step: Step) -> str:
    if step.before.parts:
        return _("all parts that have begun are closed; another one is named with --for")
    status, day = step.entry.status, step.entry.date
    log = (*folded(step.before.task, date.max), *filter(None, [voided(step.before.task)]))
    same = [one.date for one in log if status and one.status is status and one.date <= day]
    since = (step.before.done_on if status is Status.DONE else None) or (same[-1] if same else None)
    if since is None:
        return _("says so already; nothing was written")
    label = status.label if status else ""
    return _("«{status}» since {date} already; nothing was written").format(
        status=label, date=format_date(since, current())
    )


def _all_words(step: Step, units: Mapping[str, str], arrow: str) -> Iterator[str]:
    yield from _words(step, units, arrow)
    if step.whole and step.entry.status:
        yield progress_words(step.whole)


def _words(step: Step, units: Mapping[str, str], arrow: str) -> Iterator[str]:
    before, after, entry = step.before, step.after, step.entry
    if step.adds_to:
        known = before.task.log[step.adds_to - 1]
        words = "; ".join(_more(known, entry))
        yield _("added to entry {n}, «{status}»: {words}").format(n=step.adds_to, status=_status(after), words=words)
    elif entry.status:
        kept = _status(before) == _status(after)
        yield (
            _("stays {status}").format(status=_status(after)) if kept else f"{_status(before)} {arrow} {_status(after)}"
        )
        yield from _timing(after)
        yield from instead_words(entry)
    elif entry.decision is Decision.APPROVED:
        yield from _approved(before, after, arrow)
    elif entry.decision:
        yield action_words(entry, units)
        stays = _("the deadline stays {deadline}").format(deadline=deadline_words(after, current()))
        yield stays if after.deadline else _("it has no deadline yet")
    elif entry.risk:
        yield _risk(before, entry.risk, arrow)
    elif entry.lead:
        yield f"{_('lead')} {units.get(before.lead, before.lead)} {arrow} {units.get(entry.lead, entry.lead)}"
    elif entry.responsible:
        yield f"{_('in charge')} {before.responsible or '—'} {arrow} {entry.responsible}"
    else:
        yield action_words(entry, units, measure_of(after.task)) or _("note written down")
        if entry.resolved and (left := len(after.obstacles)):
            yield ngettext("{n} obstacle still open", "{n} obstacles still open", left).format(n=left)


def _approved(before: Standing, after: Standing, arrow: str) -> Iterator[str]:
    """Say how a deadline has moved, or that it has not."""
    lang = current()
    old, new = (one.deadline.last if one.deadline else None for one in (before, after))
    if old == new:
        yield _("the deadline stays {deadline}").format(deadline=deadline_words(after, lang))
    else:
        yield f"{_('deadline')} {deadline_words(before, lang)} {arrow} {deadline_words(after, lang)}"
    if after.postponements:
        times = after.postponements
        yield ngettext("postponed {n} time", "postponed {n} times", times).format(n=times)


def _risk(before: Standing, now: Risk, arrow: str) -> str:
    """Say how likely somebody finds it that the deadline is missed; what nobody had said does not stay."""
    said = spoken_risk(folded(before.task, before.day))
    if said is None:
        return _("risk noted: {level}").format(level=now.label)
    words = (
        _("stays {level}").format(level=now.label) if said.level is now else f"{said.level.label} {arrow} {now.label}"
    )
    return f"{_('risk')} {words}"


def _more(known: LogEntry, entry: LogEntry) -> Iterator[str]:
    """Yield what an entry says besides what another one has said."""
    yield from (cited_words(one) for one in entry.evidence if one not in known.evidence)
    yield from (new for new, old in ((entry.document, known.document), (entry.note, known.note)) if new and not old)


def _status(standing: Standing) -> str:
    return standing.status.label if standing.status else standing.task.nature.label.split(",")[0]


def _timing(standing: Standing) -> Iterator[str]:
    """Say how the task stands against its deadline, where it has one that counts."""
    days = standing.late_days
    if standing.timeliness is Timeliness.DONE_ON_TIME:
        yield _("on time")
    elif days and standing.status is Status.DONE:
        yield ngettext("{n} day late", "{n} days late", days).format(n=days)
    elif days:
        yield ngettext("{n} day overdue", "{n} days overdue", days).format(n=days)
    if standing.counted and standing.deadline:
        yield _("deadline {deadline}").format(deadline=deadline_words(standing, current()))


_ADDED: Final = {
    "tasks": (Task, "id", "text"),
    "directives": (Directive, "id", "title"),
    "units": (Unit, "code", "name"),
}


def addition_words(holder: str, key: str, item: Any) -> str:  # noqa: ANN401 - plain data of any shape
    """Say what was added to a task's log, a directive or a programme, as it stands in a file; or which key was set."""
    if key not in ("log", *_ADDED):
        known = (keys_of(kind).get(key) for kind in (Task, Directive, Programme, Unit))
        label = next((_(one.key.label) for one in known if one), key)
        return f"{holder}: {label}" if holder else label
    if key != "log":
        record, id_, name = _ADDED[key]
        text: Text = restored(record, {name: item[name]})[name]
        return f"{item[id_]}: {one_line(text.in_(current()))}"
    entry = LogEntry(**restored(LogEntry, item[0] if isinstance(item, list) else item))
    holder = holder or _("the programme")
    return f"{holder}: {format_date(entry.date, current())} · {entry_words(entry, {})}"


def changed_words(key: Written, was: object, now: object, units: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield what was put right of a key: its name, what it held and what it holds; of a text each language alone."""
    if not isinstance(now, Text) or not isinstance(was, Text) or (was.vi == was.en and now.vi == now.en):
        yield _(key.key.label), _held(key, was, units), _held(key, now, units)
        return
    for one in keys_of(Text).values():
        old, new = getattr(was, one.field), getattr(now, one.field)
        if old != new:
            label = f"{_(key.key.label)} ({_(one.key.label)})"
            yield label, _quoted(old), _quoted(new)


def _quoted(text: str | None) -> str:
    return quoted(one_line(text), current()) if text else "—"


def _held(key: Written, value: object, units: Mapping[str, str]) -> str:
    """Say what a key holds."""
    if value is None or value == ():
        return "—"
    if key.key.unit:
        return ", ".join(units.get(code, code) for code in (value if isinstance(value, tuple) else (str(value),)))
    words = one_line(worded(value))
    return quoted(words, current()) if item_of(key.takes) is Text or key.takes is Text else words


def outweighed_line(step: Step, units: Mapping[str, str]) -> str | None:
    """Say which later entry goes on to hold, if there is one."""
    return later_line(step.after.task.id, step.outweighed_by, units) if step.outweighed_by else None


def later_line(id_: str, later: LogEntry, units: Mapping[str, str]) -> str:
    """Say which later entry of a task goes on to hold."""
    return _("note: {id} has a later entry of {date}, which goes on to hold: {words}").format(
        id=id_, date=format_date(later.date, current()), words=one_line(action_words(later, units))
    )


def ahead_line(step: Step, today: date) -> str | None:
    """Say of what was decided for a day to come that it holds from then on."""
    if step.already or step.entry.date <= today:
        return None
    return _("note: for {id} this holds from {date} on; until then all stays as it is").format(
        id=step.after.task.id, date=format_date(step.entry.date, current())
    )


def standing_line(step: Step) -> str | None:
    """Say of a standing duty that was done that nothing is left of it for the year, and how it would recur."""
    task = step.after.task
    if step.already or step.adds_to or step.entry.status is not Status.DONE or step.whole:
        return None
    if task.nature is not Nature.STANDING or step.after.parts:
        return None
    return _(
        "{id} is a standing duty: this closes it for {year}. If it recurs, take this back (`vpcp undo`) and write"
        " `recurs: {{every: month}}` into the task."
    ).format(id=task.id, year=step.after.programme.year)


def next_line(steps: Sequence[Step]) -> str | None:
    """Say what is likely to come next."""
    written = [step for step in steps if not step.already]
    if len(written) == 1 and (command := _next_command(written[0])):
        return _("next: {command}").format(command=command)
    return _("take it back: {command}").format(command="vpcp undo") if written else None


def _next_command(step: Step) -> str | None:
    id_, entry = step.after.task.id, step.entry
    part = "".join(f"--for {quote(one)} " for one in entry.for_)
    if entry.status is Status.DEFERRED:
        return f"vpcp start {id_} {part}".rstrip()
    if entry.status and not step.after.open:
        return None
    if entry.status:
        return f"vpcp done {id_} {part}--evidence …"
    if entry.obstacle:
        return f"vpcp unblock {id_} {part}{f'--key {quote(entry.key)} ' if entry.key else ''}…"
    if entry.decision is Decision.REQUESTED and entry.deadline:
        return f"vpcp postpone {id_} {entry.deadline.text} --approved --document …"
    return f"vpcp show {id_}"
