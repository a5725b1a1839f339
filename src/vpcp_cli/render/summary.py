"""The report of a day in words: its title, its lines, and its sections, which each form lays out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, overload

from vpcp_cli.counts import Count
from vpcp_cli.dataclass import dataclass
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.query import Query
from vpcp_cli.render.count import fraction, number, percent, rate_lines, remark_lines
from vpcp_cli.render.door import one_line
from vpcp_cli.render.names import short_names
from vpcp_cli.render.selection import selection_words, with_known
from vpcp_cli.render.state import deadline_words, state_words
from vpcp_cli.standing import Standing
from vpcp_cli.summary import Comparison, Movement, Summary
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import Timeliness

if TYPE_CHECKING:  # where nothing happened no entry is put into words
    from vpcp_cli.happening import Happening
    from vpcp_cli.library import Units
    from vpcp_cli.programme import Programme


@dataclass(frozen=True, slots=True)
class Section:
    """A list of the report, gravest rows first; the columns at the places in `right` hold numbers."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: tuple[int, ...] = ()


class _Rows(Sequence[Sequence[str]]):
    """Rows that are worded when they are asked for, of each task one or more: a short report shows few of many."""

    def __init__(
        self, number: int, tasks: Sequence[Standing], rows: Callable[[Standing], Iterable[Sequence[str]]]
    ) -> None:
        self._number, self._tasks, self._rows = number, tasks, rows

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[Sequence[str]]:
        return chain.from_iterable(map(self._rows, self._tasks))

    @overload
    def __getitem__(self, at: int) -> Sequence[str]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[str]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[str] | Sequence[Sequence[str]]:
        """Return one row, or some; so many rows are of as many tasks at most."""
        places = range(self._number)[at]
        if isinstance(places, int):
            return self[places : places + 1][0]
        first = list(chain.from_iterable(map(self._rows, self._tasks[: max(places, default=-1) + 1])))
        return [first[place] for place in places]


@dataclass(frozen=True, kw_only=True)
class SummaryReport:
    """All that is said. `found` tasks were selected, `absent` don't exist yet, `within` days ahead count as soon.

    `programmes` are those of the year, where one was asked for.
    """

    register: Units
    programmes: Sequence[Programme]
    query: Query
    summary: Summary
    found: int
    absent: int
    within: int
    known: date | None = None

    @cached_property
    def units(self) -> Mapping[str, str]:
        """Units by the names that readers know them by."""
        return short_names(self.register)

    def title(self) -> str:
        """Name the report and its day."""
        words = _("Summary of the work programme as of {day}").format(day=_day(self.summary.day))
        return with_known(words, self.known)

    def subject(self) -> str:
        """Say what was selected, and the programme's title where it is one."""
        tasks = ngettext("{n} task", "{n} tasks", self.found).format(n=number(self.found))
        words = f"{tasks} · {selection_words(self.query, self.units if self.query.units else {})}"
        if len(self.programmes) != 1:
            return words
        return f"{words} · {one_line(self.programmes[0].title.in_(current()))}"

    def rates(self) -> Iterator[str]:
        """Yield both rates, each with its fraction and base; and those of the parts, where tasks have some."""
        yield from rate_lines(self.summary.count)
        if parts := self.summary.parts:
            yield _("Parts, counted apart: done {rate} · of those that fell due {due}").format(
                rate=fraction(parts.rate_of_all), due=fraction(parts.rate_of_due)
            )

    def remarks(self, *, commands: bool = True) -> Iterator[str]:
        """Yield what the table does not tell, a line each; with `commands` for somebody who can type them."""
        yield from remark_lines(self.summary.count, commands=commands)
        if self.absent:
            yield _("Tasks that do not exist yet on that day: {n}").format(n=number(self.absent))

    def risks(self) -> str:
        """Say in one line how many tasks are at risk, wait for a decision, were postponed, and how often by lead."""
        summary = self.summary
        parts = [_("At high risk: {n}").format(n=number(summary.high_risks))]
        pending = len(summary.because("pending_request"))
        if pending:
            parts.append(_("requests to postpone that wait: {n}").format(n=number(pending)))
        parts.append(self._postponed())
        return " · ".join(parts)

    def _postponed(self) -> str:
        times, tasks = self.summary.times, sum(one.tasks for one in self.summary.postponed)
        if not times:
            return _("postponements: 0")
        words = ngettext("postponements: {times} on {tasks} task", "postponements: {times} on {tasks} tasks", tasks)
        leads = ", ".join(f"{self.units.get(one.lead, one.lead)} {number(one.times)}" for one in self.summary.postponed)
        return f"{words.format(times=number(times), tasks=number(tasks))} ({leads})"

    def changes(self) -> Iterator[str]:
        """Yield what moved since a day, and how another year stood at the same point."""
        if self.summary.movement:
            yield from _movement(self.summary.movement, self.summary.count)
        if self.summary.comparison:
            yield _comparison(self.summary.comparison)

    def urgent(self) -> tuple[Section, Section, Section]:
        """Return the lists that every form has: what is overdue, due soon, obstructed."""
        overdue, soon = self.summary.because("overdue"), self.summary.because("due_soon")
        late = f"{_('Overdue and open')}: {number(len(overdue))}"
        within = ngettext("Due within {n} day", "Due within {n} days", self.within).format(n=self.within)
        near = f"{within}: {number(len(soon))}"
        if not soon and self.summary.upcoming:
            one = self.summary.upcoming
            near += f"; {_('the next is {id}, {deadline}').format(id=one.task.id, deadline=_deadline(one))}"
        return self._tasks(late, overdue), self._tasks(near, soon), self._obstacles()

    def all(self) -> Iterator[Section]:
        """Yield the lists of the long forms: counts by lead, then the more urgent first; most are left out if empty."""
        others = (self._risky(), self._pending(), self._postponements(), self._happenings(), self._reported())
        yield self._leads()
        yield from self.urgent()
        yield from (section for section in others if section.rows)

    def _tasks(self, title: str, tasks: Sequence[Standing]) -> Section:
        columns = (_("Id"), _("State"), _("Deadline"), _("Lead"), _("Task"))
        return Section(title, columns, _Rows(len(tasks), tasks, self._task))

    def _task(self, one: Standing) -> Iterator[Sequence[str]]:
        yield one.task.id, state_words(one), _deadline(one), self._lead(one), _text(one)

    def _obstacles(self) -> Section:
        number_of, tasks = self.summary.obstacles, self.summary.obstructed
        title = f"{_('Open obstacles')}: {number(number_of)}"
        columns = (_("Id"), _("Open for"), _("Reported to"), _("Lead"), _("Obstacle"))
        return Section(title, columns, _Rows(number_of, tasks, self._obstacles_of))

    def _obstacles_of(self, one: Standing) -> Iterator[Sequence[str]]:
        for obstacle in one.obstacles:
            unit = obstacle.entry.reported_to
            yield (
                one.task.id,
                _days((one.day - obstacle.since).days),
                self.units.get(unit, unit) if unit else "—",
                self._lead(one),
                one_line(obstacle.entry.obstacle.in_(current())) if obstacle.entry.obstacle else "",
            )

    def _risky(self) -> Section:
        tasks = self.summary.because("high_risk")
        rows = [(one.task.id, self._lead(one), _text(one), _reason(one)) for one in tasks]
        title = f"{_('At high risk, not overdue')}: {number(len(rows))}"
        return Section(title, (_("Id"), _("Lead"), _("Task"), _("Reason")), rows)

    def _pending(self) -> Section:
        rows = [
            (one.task.id, one.pending_deadline.words(current()), _deadline(one), self._lead(one), _text(one))
            for one in self.summary.because("pending_request")
            if one.pending_deadline
        ]
        title = f"{_('Requests to postpone that wait')}: {number(len(rows))}"
        return Section(title, (_("Id"), _("Asked for"), _("Deadline"), _("Lead"), _("Task")), rows)

    def _postponements(self) -> Section:
        rows = [
            (
                one.standing.task.id,
                _day(one.entry.date),
                one.entry.deadline.words(current()) if one.entry.deadline else "",
                number(one.standing.postponements),
                self._lead(one.standing),
                one_line(one.entry.document or ""),
            )
            for one in self.summary.postponements
        ]
        title = f"{_('Postponements')}: {number(len(rows))}"
        columns = (_("Id"), _("Approved on"), _("New deadline"), _("Times"), _("Lead"), _("Document"))
        return Section(title, columns, rows, (3,))

    def _happenings(self) -> Section:
        movement = self.summary.movement
        found = movement.happenings if movement else ()
        since = _("What happened since {day}").format(day=_day(movement.since)) if movement else ""
        return self._entries(f"{since}: {number(len(found))}", found)

    def _reported(self) -> Section:
        from vpcp_cli.render.entries import reported_words

        found = self.summary.movement.reported if self.summary.movement else ()
        return self._entries(reported_words(found), found)

    def _entries(self, title: str, found: Sequence[Happening]) -> Section:
        from vpcp_cli.render.entries import entry_words, measure_of

        rows = [
            (
                _day(one.entry.date),
                one.end.id,
                entry_words(one.entry, self.units, measure_of(one.end)),
                one_line(one.entry.by or ""),
            )
            for one in found
        ]
        return Section(title, (_("Date"), _("Id"), _("What happened"), _("By")), rows)

    def _leads(self) -> Section:
        rows = [
            (
                one_line(self.units.get(group.key or "", group.key or "")),
                number(group.count.total),
                number(group.count.done),
                number(group.count.cell(Timeliness.IN_TIME, Timeliness.DUE_SOON)),
                number(group.count.cell(Timeliness.OVERDUE)),
                number(group.count.cell(Timeliness.NO_DEADLINE)),
                fraction(group.count.rate_of_due),
            )
            for group in self.summary.leads
        ]
        columns = (_("Lead"), _("Total"), _("Done"), _("In time"), _("Overdue"), _("No date"), _("Rate of due"))
        return Section(_("By lead"), columns, rows, (1, 2, 3, 4, 5, 6))

    def _lead(self, one: Standing) -> str:
        return one_line(self.units.get(one.lead, one.lead))


def _movement(moved: Movement, now: Count) -> Iterator[str]:
    entries = ngettext("{n} log entry", "{n} log entries", len(moved.happenings)).format(
        n=number(len(moved.happenings))
    )
    tasks = len({one.standing.task.id for one in moved.happenings})
    on = ngettext("on {n} task", "on {n} tasks", tasks).format(n=number(tasks))
    new = ngettext("{n} new task", "{n} new tasks", moved.new).format(n=number(moved.new))
    yield f"{_('Since {day}').format(day=_day(moved.since))}: {entries} {on} · {new}"
    pairs = [
        (_("done"), number(moved.before.done), number(now.done)),
        (_("overdue"), *(number(one.cell(Timeliness.OVERDUE)) for one in (moved.before, now))),
        (_("due soon"), *(number(one.cell(Timeliness.DUE_SOON)) for one in (moved.before, now))),
        (_("counted"), number(moved.before.total), number(now.total)),
        (_("done of due"), percent(moved.before.rate_of_due), percent(now.rate_of_due)),
    ]
    yield "  " + " · ".join(f"{name} {before} → {after}" for name, before, after in pairs)
    if moved.reported:
        from vpcp_cli.render.entries import reported_words

        yield f"  {reported_words(moved.reported)}"


def _comparison(other: Comparison) -> str:
    one = other.count
    words = _("{year} at the same point ({day}): counted {n} · done {done} · done of due {due} · overdue {overdue}")
    return words.format(
        year=other.year,
        day=_day(other.day),
        n=number(one.total),
        done=fraction(one.rate_of_all),
        due=fraction(one.rate_of_due),
        overdue=number(one.cell(Timeliness.OVERDUE)),
    )


def _reason(one: Standing) -> str:
    if one.risk and one.risk.reason:
        return one_line(one.risk.reason)
    return _("due soon with an open obstacle")


def _days(days: int) -> str:
    return ngettext("{n} day", "{n} days", days).format(n=number(days))


def _deadline(one: Standing) -> str:
    return deadline_words(one, current())


def _text(one: Standing) -> str:
    return one_line(one.task.text.in_(current()))


def _day(day: date) -> str:
    return format_date(day, current())
