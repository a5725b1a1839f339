"""What programmes mean as tables that anybody's SQL can ask: each column said once, with its type.

`question` puts them into memory for `vpcp sql`, `storage.database` into files and servers for other programs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeAlias

from vpcp_cli.deadline import Deadline
from vpcp_cli.kinds import Takes, keys_of, plain
from vpcp_cli.knowing import every
from vpcp_cli.library import Library
from vpcp_cli.linking import linked, origin_of
from vpcp_cli.parts import Fate, names_of_all
from vpcp_cli.programme import Directive, LogEntry, Programme, Task, Text
from vpcp_cli.standing import Folded, clock, intervals, soon_at_most, stands, voided
from vpcp_cli.vocabulary import CLOSED, Status, Timeliness

Value: TypeAlias = "str | int | float | None"
Row: TypeAlias = "Sequence[Any]"
Held: TypeAlias = "tuple[Fate, bool]"
"""What has become of a part, and whether it is counted as one of another task."""

_OUTSIDE: Final = (Timeliness.UNCOUNTED, Timeliness.VOID)


class Column(NamedTuple):
    """A column: `type` is text, date, integer, number or boolean."""

    name: str
    type: str


class Table(NamedTuple):
    """A table: its columns, how many of them tell a row from the others, and what makes its rows."""

    columns: Sequence[Column]
    key: int
    rows: Callable[[Facts], Iterable[Row]]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(one.name for one in self.columns)


class Facts:
    """What tables are made of: the programmes of some years, or of all."""

    def __init__(self, library: Library, years: frozenset[int], due_soon_days: int) -> None:
        """Take a library; which tasks are due soon is settled by its workspace."""
        self.library, self.years, self.soon = library, years, due_soon_days

    def wanted(self, year: int) -> bool:
        """Whether a year was asked for."""
        return not self.years or year in self.years

    @cached_property
    def programmes(self) -> tuple[Programme, ...]:
        """The programmes, whose tasks know what they go on from."""
        return tuple(one for one in linked(self.library.whole().programmes) if self.wanted(one.year))

    def tasks(self) -> Iterator[tuple[Programme, Directive, Task]]:
        """Yield every task with what it stands in."""
        return ((one, *both) for one in self.programmes for both in one.tasks())

    @cached_property
    def there(self) -> Mapping[str, date]:
        """From which day on each task is there, or something as which it was entered again, split or moved.

        One that was entered by mistake is not there itself.
        """
        days: dict[str, date] = {}
        heirs: list[tuple[str, str]] = []
        for one, directive, task in self.tasks():
            if voided(task) is None:
                days[task.id] = one.exists_from(directive, task)
            if task.replaces:
                heirs.append((task.replaces, task.id))
        while earlier := [pair for pair in heirs if days.get(pair[1], date.max) < days.get(pair[0], date.max)]:
            for old, heir in earlier:
                days[old] = min(days[heir], days.get(old, date.max))
        return days

    @cached_property
    def parts(self) -> Mapping[str, Collection[tuple[str, ...]]]:
        """The names of the parts of tasks, none of which was entered by mistake or split or moved itself."""
        return names_of_all(one for one in self.tasks() if voided(one[-1]) is None)


class Stretch(NamedTuple):
    """A time in which nothing changes of how a task, or a part of one, stands against its deadline."""

    since: date
    until: date | None
    timeliness: Timeliness
    days: int | None


def _stretches(
    kept: date | tuple[Timeliness, int | None], since: date, until: date | None, soon: int
) -> Iterator[Stretch]:
    """Cut the time between two entries where a deadline comes near and where it has passed.

    The days past a deadline are said only where they don't grow.
    """
    if isinstance(kept, tuple):
        yield Stretch(since, until, *kept)
        return
    last = kept.toordinal()
    stop = (until or date.max).toordinal() + (until is None)
    days = [since, *(date.fromordinal(day) for day in (last - soon, last + 1) if since.toordinal() < day < stop)]
    for first, end in zip(days, (*days[1:], until), strict=True):
        yield Stretch(first, end, stands(kept, first, soon)[0], None)


def _columns(given: str) -> list[Column]:
    """Read names of columns; what follows a colon is the type of one that holds no text."""
    pairs = (one.partition(":") for one in given.split())
    return [Column(name, kind or "text") for name, _colon, kind in pairs]


_TYPES: Final[Mapping[Any, str]] = {date: "date", bool: "boolean", float: "number", int: "integer"}


def of_keys(takes: Takes, without: Sequence[str]) -> Iterator[Column]:
    """Yield the columns of the keys of a record: a text has one in English too, a deadline one for its last day."""
    for name, key in keys_of(takes).items():
        if name not in without:
            yield Column(name, _TYPES.get(key.takes, "text"))
            if key.takes is Text:
                yield Column(f"{name}_en", "text")
            if key.takes is Deadline:
                yield Column(f"{name}_last", "date")


def values_of(record: LogEntry | Task, takes: Takes, without: Sequence[str]) -> Iterator[Any]:
    """Yield what a record holds in these columns."""
    given = plain(record)
    for name, key in keys_of(takes).items():
        if name not in without:
            value = getattr(record, key.field)
            if key.takes is Text:
                yield from (value and value.in_("vi"), value and value.in_("en"))
            elif key.takes is Deadline:
                yield from (value, value and value.last)
            else:
                yield value if key.takes in _TYPES else given.get(name)


_OWN: Final = ("id", "log", "corrects")


def _tasks(facts: Facts) -> Iterator[Row]:
    for programme, directive, task in facts.tasks():
        found = programme.exists_from(directive, task)
        yield task.id, programme.id, programme.year, directive.id, found, *values_of(task, Task, _OWN)


def _states(facts: Facts) -> Iterator[Row]:
    for programme, directive, task in facts.tasks():
        most = soon_at_most(task)
        soon = facts.soon if most is None else min(most, facts.soon)
        for since, until, found in intervals(programme, directive, task):
            for one in _stretches(clock(task, found), since, until, soon):
                yield from _state(facts, task, found, one)


def _state(facts: Facts, task: Task, found: Folded, one: Stretch) -> Iterator[Row]:
    """Yield the row of a stretch; two where it is counted as another task from a day within it."""
    apart = facts.there.get(found.carried_to) if found.carried_to else None
    if apart is not None and one.since < apart and (one.until is None or apart < one.until):
        yield _state_row(task, found, one._replace(until=apart), apart=False)
        yield _state_row(task, found, one._replace(since=apart), apart=True)
    else:
        yield _state_row(task, found, one, apart=apart is not None and apart <= one.since)


def _state_row(task: Task, found: Folded, one: Stretch, *, apart: bool) -> Row:
    due = found.deadline
    inside = one.timeliness not in _OUTSIDE
    return (
        *(task.id, one.since, one.until, found.status, one.timeliness, one.days),
        *(inside and not apart, inside and found.status not in CLOSED, apart),
        *(found.lead, found.support, found.responsible, due, due and due.last, found.postponements),
        *(len(found.obstacles), found.completed if found.status is Status.DONE else None),
        *(found.last_entry and found.last_entry.date, found.carried_to),
    )


def _parts(facts: Facts) -> Iterator[Row]:
    for programme, directive, task in facts.tasks():
        if task.parted:
            yield from _parts_of(facts, programme, directive, task)


def _parts_of(facts: Facts, programme: Programme, directive: Directive, task: Task) -> Iterator[Row]:
    """Yield how each part of a task stood, from the day on on which its period has begun."""
    most = soon_at_most(task)
    soon = facts.soon if most is None else min(most, facts.soon)
    open_: dict[tuple[str, ...], tuple[date, Held]] = {}
    for since, until, found in _cut_apart(facts, intervals(programme, directive, task)):
        newer = _newer(facts, found, since)
        there = {fate.cell.name: (fate, newer is not None and fate.goes_on(newer)) for fate in found.fates}
        for name in [name for name in open_ if there.get(name) != open_[name][1]]:
            yield from _part_rows(task, *open_.pop(name), since, soon)
        for name, held in there.items():
            open_.setdefault(name, (since, held))
        if until is None:
            for first, held in open_.values():
                yield from _part_rows(task, first, held, None, soon)


def _cut_apart(
    facts: Facts, given: Iterable[tuple[date, date | None, Folded]]
) -> Iterator[tuple[date, date | None, Folded]]:
    """Cut a time where the new end of a carry-over is there from a day within it."""
    for since, until, found in given:
        apart = facts.there.get(found.carried_to) if found.carried_to else None
        if apart is not None and since < apart and (until is None or apart < until):
            yield since, apart, found
            yield apart, until, found
        else:
            yield since, until, found


def _newer(facts: Facts, found: Folded, day: date) -> Collection[tuple[str, ...]] | None:
    """Return the names of the parts of the task that goes on with one, if that is there on a day."""
    apart = facts.there.get(found.carried_to) if found.carried_to else None
    return facts.parts.get(found.carried_to or "", ()) if apart is not None and apart <= day else None


def _part_rows(task: Task, since: date, held: Held, until: date | None, soon: int) -> Iterator[Row]:
    fate, apart = held
    cell = fate.cell
    since = max(since, cell.period.first) if cell.period else since
    if until is not None and until <= since:
        return
    due, done = fate.found.deadline, fate.found.completed if fate.status is Status.DONE else None
    for one in _stretches(fate.waits, since, until, soon):
        yield (
            *(task.id, " ".join(cell.name), one.since, one.until, cell.period and cell.period.name, cell.unit),
            *(fate.status, one.timeliness, one.days),
            *(one.timeliness not in _OUTSIDE and not apart, fate.open),
            *(due, due and due.last, done),
        )


def _entries(facts: Facts) -> Iterator[Row]:
    for _programme, _directive, task in facts.tasks():
        for told in every(task.log):
            struck = told.struck_by and told.struck_by.number
            yield task.id, told.number, struck, *values_of(told.entry, LogEntry, ())


def _supports(facts: Facts) -> Iterator[Row]:
    return ((task.id, code) for *_rest, task in facts.tasks() for code in dict.fromkeys(task.support))


def _links(facts: Facts) -> Iterator[Row]:
    known = facts.library.by_id
    for *_rest, task in facts.tasks():
        origin = origin_of(task)
        if origin:
            holds = task.inherited is not None
            yield task.id, origin, "carried_from" if task.carried_from == origin else "replaces", origin in known, holds


def _directives(facts: Facts) -> Iterator[Row]:
    for programme in facts.programmes:
        for one in programme.directives:
            role = one.issuer.role
            yield (
                *(one.id, programme.id, one.kind, one.title.in_("vi"), one.title.in_("en")),
                *(one.issuer.name, role and role.in_("vi"), one.issued, one.number),
            )


def _programmes(facts: Facts) -> Iterator[Row]:
    for one in facts.library.heads.programmes:
        if facts.wanted(one.year):
            yield one.id, one.year, one.kind, one.title.in_("vi"), one.title.in_("en"), one.owner, one.parent


def _units(facts: Facts) -> Iterator[Row]:
    first = {one.code: one for one in reversed(facts.library.units)}
    for one in facts.library.units:
        if first[one.code] is one:
            yield (
                *(one.code, one.name.in_("vi"), one.name.in_("en"), one.short and one.short.in_("vi"), one.type),
                *(one.parent, one.valid_from, one.valid_to, one.merged_into),
            )


TABLES: Final[Mapping[str, Table]] = {
    "programme": Table(_columns("id year:integer kind title title_en owner parent"), 1, _programmes),
    "directive": Table(_columns("id programme kind title title_en issuer role issued:date document"), 1, _directives),
    "task": Table([*_columns("id programme year:integer directive exists_from:date"), *of_keys(Task, _OWN)], 1, _tasks),
    "state": Table(
        _columns(
            "task since:date until:date status timeliness days:integer counted:boolean open:boolean apart:boolean"
            " lead support responsible deadline last_day:date postponements:integer obstacles:integer done_on:date"
            " last_entry:date carried_to"
        ),
        2,
        _states,
    ),
    "part": Table(
        _columns(
            "task part since:date until:date period unit status timeliness days:integer counted:boolean open:boolean"
            " deadline last_day:date done_on:date"
        ),
        3,
        _parts,
    ),
    "entry": Table([*_columns("task place:integer struck_by:integer"), *of_keys(LogEntry, ())], 2, _entries),
    "support": Table(_columns("task unit"), 2, _supports),
    "link": Table(_columns("task origin kind there:boolean holds:boolean"), 2, _links),
    "unit": Table(_columns("code name name_en short type parent valid_from:date valid_to:date merged_into"), 1, _units),
}
"""What can be asked about; docs/database.md says what the columns hold."""


def kept(value: Any) -> Value:  # noqa: ANN401 - any value
    """Return a value as a table holds it: days and deadlines as files write them, lists of codes with spaces."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Deadline):
        return value.text
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value
