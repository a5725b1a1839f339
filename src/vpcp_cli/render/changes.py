"""The answer of `vpcp diff`: what changed in meaning, as text for people, Markdown and JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass
from datetime import date
from functools import cached_property
from typing import Final

from vpcp_cli.changes import Change, Difference, How, LogChange, What
from vpcp_cli.counts import Count
from vpcp_cli.dataclass import dataclass
from vpcp_cli.deadline import Deadline
from vpcp_cli.kinds import recorded
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.programme import Directive, LogEntry, Programme, Task, Text, Unit, Workspace
from vpcp_cli.render.cells import cells
from vpcp_cli.render.count import fraction, number
from vpcp_cli.render.door import one_line
from vpcp_cli.render.entries import entry_words
from vpcp_cli.render.fields import heading, is_unit
from vpcp_cli.render.formats import Record, Value, html_text, json_lines, md_lines, md_row, md_text
from vpcp_cli.render.forms import ReportFormat
from vpcp_cli.render.names import short_names
from vpcp_cli.render.selection import days_record, with_known
from vpcp_cli.render.status import count_record
from vpcp_cli.vietnamese import format_date, quoted
from vpcp_cli.vocabulary import Status, Timeliness, Word

SIGNS: Final = {How.ADDED: "+", How.REMOVED: "-", How.CHANGED: "~"}
FOLDED_FROM: Final = 20
"""Markdown lists with more rows are folded."""

_SHOWN_STATE: Final = (
    *("status", "timeliness", "lead", "responsible", "deadline", "pending_deadline", "postponements"),
    *("risk", "obstacle"),
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared: its name as it was asked for, and its commit; None is the working tree.

    With a day it is the working tree as it stood and was known on that day.
    """

    name: str | None
    commit: str | None = None
    day: date | None = None

    def words(self) -> str:
        """Name it for a reader."""
        if self.day:
            return format_date(self.day, current())
        if self.commit is None:
            return _("working tree")
        return one_line(self.name or "") + f" ({self.commit[:10]})"


@dataclass(frozen=True, kw_only=True)
class ChangesReport:
    """The changes between two sides, and how the count of all tasks of a day moves."""

    before: Side
    after: Side
    day: date
    changes: tuple[Change, ...]
    totals: tuple[Count, Count]
    workspace: Workspace
    most_bytes: int
    known: date | None = None

    @cached_property
    def _units(self) -> Mapping[str, str]:
        return short_names(self.workspace)

    def lines(self, form: ReportFormat) -> Iterator[str]:
        """Yield the lines of one form."""
        forms = {ReportFormat.TEXT: self.text, ReportFormat.MD: self.md, ReportFormat.JSON: self.json}
        return forms[form]()

    def text(self) -> Iterator[str]:
        """Yield the lines of a text for a terminal, a log or a letter."""
        yield self._title()
        yield from self._sentences()
        programme = None
        for change in self.changes:
            if change.programme != programme:
                programme = change.programme
                yield from ("", self._heading(programme))
            yield f"  {SIGNS[change.how]} {self._item(change)}"
            yield from (f"      {line}" for line in self._details(change))
        if not self.changes:
            return
        yield from ("", _("Totals"))
        rows = list(self._totals())
        width = max(cells(row[0]) for row in rows)
        yield from (f"  {name}{' ' * (width - cells(name))}  {moved}" for name, moved in rows)

    def json(self) -> Iterator[str]:
        """Yield the document `vpcp.diff/1`; every key is always there."""
        head: Record = {
            **days_record(self.day, self.known),
            "from": _side(self.before),
            "to": _side(self.after),
            "totals": {"before": count_record(self.totals[0]), "after": count_record(self.totals[1])},
            "count": len(self.changes),
        }
        return json_lines("vpcp.diff/1", head, "changes", map(change_record, self.changes))

    def md(self) -> Iterator[str]:
        """Yield Markdown for a job's summary: the totals first, long lists folded, whole rows cut off at the end."""
        head = [f"### {md_text(self._title())}", ""]
        head += [f"- {md_text(line)}" for line in self._sentences()]
        head += ["", *md_lines(("", _("Before → after")), self._totals()), ""]
        yield from head
        room = self.most_bytes - _size(head) - 400
        left = len(self.changes)
        for programme in dict.fromkeys(change.programme for change in self.changes):
            changes = [change for change in self.changes if change.programme == programme]
            frame = self._frame(programme, len(changes))
            rows = [self._row(change) for change in changes]
            kept = _fitting(rows, room - _size(frame))
            if kept:
                yield from (*frame[:-1], *rows[:kept], frame[-1])
            room -= _size(frame) + _size(rows[:kept])
            left -= kept
            if kept < len(rows):
                break
        if left:
            yield from (_cut_words(left), "")

    def _frame(self, programme: str, rows: int) -> list[str]:
        """The heading of a programme, the head of its table, and what stands below."""
        title = self._heading(programme)
        folded = rows > FOLDED_FROM
        opening = (
            f"<details><summary>{html_text(title)} ({number(rows)})</summary>" if folded else f"#### {md_text(title)}"
        )
        return [
            opening,
            "",
            *md_lines((_("Id"), _("What it is"), _("Change")), ()),
            "\n</details>\n" if folded else "",
        ]

    def _row(self, change: Change) -> str:
        head = md_row((f"{SIGNS[change.how]} {change.id}", _title_of(change)))
        return f"{head} {'<br>'.join(map(md_text, self._details(change))) or _HOW[change.how]()} |"

    def _title(self) -> str:
        if self.before.day:
            words = _("Changes from {before} to {after}, each day as it was known then")
            return words.format(before=self.before.words(), after=self.after.words())
        words = _("Changes from {before} to {after}, as of {day}")
        day = format_date(self.day, current())
        return with_known(words.format(before=self.before.words(), after=self.after.words(), day=day), self.known)

    def _sentences(self) -> Iterator[str]:
        if not self.changes:
            yield _("Nothing has changed in meaning.")
            return
        yield " · ".join(_items_words(self.changes))
        log = " · ".join(_log_words(self.changes))
        if log:
            yield log

    def _heading(self, programme: str) -> str:
        if not programme:
            return _("Register of units")
        found = next((one for one in self.workspace.programmes if one.id == programme), None)
        return f"{programme} · {one_line(found.title.in_(current()))}" if found else programme

    def _item(self, change: Change) -> str:
        words = f"{change.id}  {_title_of(change)}"
        if isinstance(change.item, Task) and change.how is How.ADDED:
            words += f" ({_label('lead')}: {self._unit(change.item.lead)}"
            if change.item.deadline:
                words += f"; {_label('deadline')}: {change.item.deadline.words(current())}"
            words += ")"
        return words

    def _details(self, change: Change) -> Iterator[str]:
        """What changed, a line each; of what came or went only its log and state."""
        if change.how is How.CHANGED:
            yield from map(self._field, change.fields)
        yield from map(self._log, change.log)
        if change.how is not How.REMOVED:
            written = {one.name for one in change.fields}
            told = [one.after for one in change.log]
            yield from (
                self._field(one)
                for one in change.state
                if one.name in _SHOWN_STATE
                if change.how is How.CHANGED or _worth_telling(one)
                if not (one.name in ("lead", "responsible", "deadline") and one.name in written)
                if not (one.name == "obstacle" and one.after in told)
            )

    def _field(self, one: Difference) -> str:
        before, after = (self._words(one.name, value) for value in (one.before, one.after))
        return f"{_label(one.name)}: {before} → {after}"

    def _log(self, change: LogChange) -> str:
        entries = [self._entry(entry) for entry in (change.before, change.after) if entry]
        return f"{_('Log')} {SIGNS[change.how]} {' → '.join(entries)}"

    def _entry(self, entry: LogEntry) -> str:
        words = f"{format_date(entry.date, current())} {entry_words(entry, self._units)}"
        return f"{words} — {one_line(entry.by)}" if entry.by else words

    def _unit(self, code: str) -> str:
        return one_line(self._units.get(code, code))

    def _words(self, name: str, value: object) -> str:
        """A value for a reader; nothing is «—»."""
        if value is None or value == ():
            return "—"
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, Word):
            return value.label
        if isinstance(value, Deadline):
            return value.words(current())
        if isinstance(value, date):
            return format_date(value, current())
        if isinstance(value, LogEntry):
            return self._entry(value)
        if isinstance(value, str) and is_unit(name.partition(".")[0]):
            return self._unit(value)
        if isinstance(value, str):
            return quoted(one_line(value), current())
        return one_line(json.dumps(recorded(value), ensure_ascii=False)) if is_dataclass(value) else str(value)

    def _totals(self) -> Iterator[tuple[str, str]]:
        before, after = self.totals
        yield _("Counted tasks"), _moved(before.total, after.total)
        for cell in Timeliness:
            numbers = before.cell(cell), after.cell(cell)
            if numbers[0] != numbers[1]:
                yield cell.label, _moved(*numbers)
        rates = fraction(before.rate_of_due), fraction(after.rate_of_due)
        yield _("Done of due"), " → ".join(dict.fromkeys(rates))


def _side(one: Side) -> Value:
    day = one.day.isoformat() if one.day else None
    return {"revision": one.name, "commit": one.commit, "day": day}


def change_record(change: Change) -> Record:
    """Return one change with all its values as the files have them."""
    return {
        "what": change.what.value,
        "how": change.how.value,
        "id": change.id,
        "programme": change.programme or None,
        "title": recorded(_text_of(change)),
        "fields": [_difference_record(one) for one in change.fields],
        "log": [
            {
                "how": one.how.value,
                "before": recorded(one.before) if one.before else None,
                "after": recorded(one.after) if one.after else None,
            }
            for one in change.log
        ],
        "state": [_difference_record(one) for one in change.state],
    }


def _difference_record(one: Difference) -> Value:
    return {"name": one.name, "before": recorded(one.before), "after": recorded(one.after)}


_HOW: Final = {How.ADDED: lambda: _("added"), How.REMOVED: lambda: _("removed"), How.CHANGED: lambda: _("changed")}


def _text_of(change: Change) -> Text:
    item = change.item
    if isinstance(item, Task):
        return item.text
    return item.name if isinstance(item, Unit) else item.title


def _title_of(change: Change) -> str:
    words = one_line(_text_of(change).in_(current()))
    kinds = ((Programme, _("programme")), (Directive, _("directive")), (Unit, _("unit")))
    kind = next((words for kind, words in kinds if isinstance(change.item, kind)), None)
    return f"{words} [{kind}]" if kind else words


def _label(name: str) -> str:
    """A field's name for a reader: `text.vi` is «Text (vi)»; a place that has no words of its own stays."""
    first, _dot, rest = name.partition(".")
    label = heading(first)
    if label == first:
        return one_line(name)
    return f"{label} ({rest})" if rest else label


def _worth_telling(one: Difference) -> bool:
    """Whether a new task's state says more than that it is new."""
    return one.name == "obstacle" or (one.name == "status" and one.after is not Status.NOT_REPORTED)


def _moved(before: int, after: int) -> str:
    if before == after:
        return number(after)
    sign = "+" if after > before else "−"
    return f"{number(before)} → {number(after)} ({sign}{number(abs(after - before))})"


def _items_words(changes: Iterable[Change]) -> Iterator[str]:
    """How many tasks came, went and changed, and how many of them are done now."""
    tasks = [change for change in changes if change.what is What.TASK]
    done = [one for one in tasks if _becomes_done(one)]
    counts = {how: sum(one.how is how for one in tasks) for how in How}
    if done:
        ends = Counter(one.after for change in done for one in change.state)
        words = ngettext(
            "{n} task done, {on_time} of them on time", "{n} tasks done, {on_time} of them on time", len(done)
        ).format(n=number(len(done)), on_time=number(ends[Timeliness.DONE_ON_TIME]))
        if free := ends[Timeliness.DONE_NO_DEADLINE]:
            words += " " + ngettext("({n} had no deadline)", "({n} had no deadline)", free).format(n=number(free))
        yield words
    if counts[How.ADDED]:
        yield ngettext("{n} task added", "{n} tasks added", counts[How.ADDED]).format(n=number(counts[How.ADDED]))
    if counts[How.REMOVED]:
        yield ngettext("{n} task removed", "{n} tasks removed", counts[How.REMOVED]).format(
            n=number(counts[How.REMOVED])
        )
    if counts[How.CHANGED]:
        yield ngettext("{n} task changed", "{n} tasks changed", counts[How.CHANGED]).format(
            n=number(counts[How.CHANGED])
        )
    others = sum(change.what is not What.TASK for change in changes)
    if others:
        words = ngettext(
            "{n} change to programmes, directives, units", "{n} changes to programmes, directives, units", others
        )
        yield words.format(n=number(others))


def _becomes_done(change: Change) -> bool:
    return any(
        one.name == "timeliness" and str(one.after).startswith("done") and not str(one.before).startswith("done")
        for one in change.state
    )


def _log_words(changes: Iterable[Change]) -> Iterator[str]:
    counts = {how: sum(one.how is how for change in changes for one in change.log) for how in How}
    if new := counts[How.ADDED]:
        yield ngettext("{n} new log entry", "{n} new log entries", new).format(n=number(new))
    if gone := counts[How.REMOVED]:
        yield ngettext("{n} log entry gone", "{n} log entries gone", gone).format(n=number(gone))
    if other := counts[How.CHANGED]:
        yield ngettext("{n} log entry rewritten", "{n} log entries rewritten", other).format(n=number(other))


def _size(lines: Iterable[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)


def _fitting(rows: list[str], room: int) -> int:
    """How many rows there is room for, in bytes."""
    kept = 0
    for row in rows:
        room -= len(row.encode()) + 1
        if room < 0:
            break
        kept += 1
    return kept


def _cut_words(left: int) -> str:
    words = ngettext("{n} more change: `vpcp diff` lists it.", "{n} more changes: `vpcp diff` lists them.", left)
    return words.format(n=number(left))
