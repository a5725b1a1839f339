"""Two times: what of a log stands after all corrections, and what had been written down by a day. Pure.

A log holds entries and what corrects them. An entry and all that corrects it, directly or through one another, are a
chain, of which only the correction that was written last stands: in the place of the entry, or, where it is `void`, not
even that. Whoever folds a log asks `what_stands`; whoever wants to know what was known on an earlier day takes
`known_at` first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final, TypeAlias, TypeVar

from vpcp_cli.dataclass import dataclass
from vpcp_cli.kinds import Written, class_of, keys_of, value_as_written
from vpcp_cli.programme import Directive, LogEntry, Named, Programme, Task

Held = TypeVar("Held", Task, Directive, Programme)
"""What has a log."""
Log: TypeAlias = tuple[LogEntry, ...]
WRITING: Final = frozenset({"corrects", "recorded", "by", "reason"})
"""Keys that say how an entry came to be written, and not what happened."""


def what_stands(log: Log) -> Log:
    """Return what of a log stands, in the order of folding: by date, by the day of writing, as in the file.

    A correction that leaves the date alone takes the place of what it corrects. What was put right of the definition is
    no event: such entries are only asked for what was known.
    """
    if is_amended(log):
        return Corrections(log).standing()
    return tuple(sorted(log, key=_date)) if len(log) > 1 else log


def is_amended(log: Log) -> bool:
    """Whether an entry was written down later, corrects another one, or puts a key right; few logs have one."""
    for entry in log:  # twice as fast as `any`, and asked several times of each task  # noqa: SIM110
        if entry.recorded or entry.corrects or entry.set_:
            return True
    return False


def known_at(task: Task, known: date) -> Task:
    """Return a task as it had been written down by a day: its keys and the entries of its log."""
    return _former(task, known)


def programme_known_at(programme: Programme, known: date) -> Programme:
    """Return a programme as it had been written down by a day: directives, tasks, keys and entries."""
    then = _former(programme, known)
    directives = []
    for now in programme.directives:
        directive = _former(now, known)
        if (directive.recorded or then.exists_from(directive)) <= known:
            given = (known_at(task, known) for task in directive.tasks)
            tasks = tuple(task for task in given if (task.recorded or then.exists_from(directive, task)) <= known)
            directives.append(replace(directive, tasks=tasks))
    return replace(then, directives=tuple(directives))


def _former(one: Held, known: date) -> Held:
    """Return a record with the keys that it had by a day: a key that was put right later `was` what its entry says."""
    log = tuple(entry for entry in one.log if written_on(entry) <= known)
    if len(log) == len(one.log):
        return one
    kind = class_of(one)
    keys = keys_of(kind)
    later = sorted((entry for entry in one.log if entry.set_ and written_on(entry) > known), key=written_on)
    was = {entry.set_: entry.was for entry in reversed(later) if entry.set_ in keys}
    values = {keys[name].field: value_as_written(kind, name, value) for name, value in was.items()}
    return replace(one, **values, log=log)


def put_right(one: Task | Directive | Programme, key: Written) -> LogEntry | None:
    """Return the entry that says last what stands at a key of a record, if it was put right."""
    said = [entry for entry in one.log if entry.set_ == key.name]
    return max(reversed(said), key=written_on) if said else None


def written_on(entry: LogEntry) -> date:
    """Return the day on which an entry was written down."""
    return entry.recorded or entry.date


def recorded_on(happened: date, today: date) -> date | None:
    """Return the day of writing where it has to be noted: what happens today is written down today."""
    return None if happened == today else today


def recorded_late(exists: date, today: date) -> date | None:
    """Return the day of writing of a task or directive that was there before."""
    return today if exists < today else None


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """An entry of a log with its number in the file, from 1.

    `struck_by` is the correction after which it holds no more, `corrects` the number of the entry that it corrects.
    """

    number: int
    entry: LogEntry
    struck_by: LoggedEntry | None = None
    corrects: int | None = None

    @property
    def why(self) -> str | None:
        """Why it holds no more: the reason of the correction, else its note, if that is not the entry's own."""
        if self.struck_by is None:
            return None
        by = self.struck_by.entry
        return by.reason or (None if by.note == self.entry.note else by.note)


class Corrections:
    """How the entries of a log correct one another. Entries are named by their places in it."""

    def __init__(self, log: Log) -> None:
        """Find what each correction names, in the order of writing."""
        self.log = log
        self.named: dict[int, tuple[int, ...]] = {}
        """What each correction names; nothing where no entry fits."""
        self.ambiguous: list[int] = []
        """The corrections that name several entries, which differ and belong to several chains; they correct none."""
        self._chain = list(range(len(log)))
        self._order = sorted(range(len(log)), key=self._written)
        for place in self._order:
            if log[place].corrects:
                self._take(place)

    def _written(self, place: int) -> tuple[date, int]:
        return written_on(self.log[place]), place

    def _take(self, place: int) -> None:
        found = self._matching(place)
        if len({self.log[one] for one in found}) > 1 and len({self._root(one) for one in found}) > 1:
            self.ambiguous.append(place)
            found = ()
        self.named[place] = found
        for one in found:
            self._chain[self._root(one)] = self._root(place)

    def _matching(self, place: int) -> tuple[int, ...]:
        """Return the entries that a correction names, with all that equal them.

        It names what stands before it and says just that, else what says that in place of another, else what says that
        wherever it stands, else what says that and more.
        """
        named, written = self.log[place].corrects, written_on(self.log[place])
        found = [
            one
            for one, entry in enumerate(self.log)
            if one != place and not entry.set_ and written_on(entry) <= written and named and _fits(named, entry)
        ]
        exact = [one for one in found if named and _keys(self.log[one]) == _keys(named)]
        before = [one for one in exact if one < place]
        just = [one for one in before if named and bool(self.log[one].corrects) == bool(named.corrects)]
        meant = {self.log[one] for one in just or before or exact or found}
        return tuple(one for one in found if self.log[one] in meant)

    def _root(self, place: int) -> int:
        while self._chain[place] != place:
            place = self._chain[place]
        return place

    def chain(self, place: int) -> tuple[int, ...]:
        """Return the chain of an entry, in the order of writing."""
        root = self._root(place)
        return tuple(one for one in self._order if self._root(one) == root)

    def last(self, place: int) -> int:
        """Return the entry of a chain that stands, or that says that none does."""
        chain = self.chain(place)
        return next((one for one in reversed(chain) if self.named.get(one)), chain[-1])

    def standing(self) -> Log:
        """Return the entries that stand, in the order of folding."""
        found: list[tuple[tuple[date, date, int], LogEntry]] = []
        for place, entry in enumerate(self.log):
            if not entry.void and not entry.set_ and (not self._corrected(place) or self.last(place) == place):
                at = self._first(place) if self.named.get(place) else place
                at = at if self.log[at].date == entry.date else place
                found.append(((entry.date, *self._written(at)), entry))
        return tuple(entry for _key, entry in sorted(found, key=_key))

    def _corrected(self, place: int) -> bool:
        """Whether an entry belongs to a chain with a correction."""
        return bool(self.named.get(place)) or any(place in named for named in self.named.values())

    def _first(self, place: int) -> int:
        chain = self.chain(place)
        return next((one for one in chain if not self.named.get(one)), chain[0])

    def told(self) -> Iterator[LoggedEntry]:
        """Yield every entry but those that only say that another never held, as it stands or struck out."""
        for place, entry in enumerate(self.log):
            if not entry.void:
                named = self.named.get(place)
                yield LoggedEntry(place + 1, entry, self._striking(place), min(named) + 1 if named else None)

    def _striking(self, place: int) -> LoggedEntry | None:
        """Return the correction that struck an entry out: the first that names it, else the one that stands."""
        if not self._corrected(place) or self.last(place) == place:
            return None
        naming = next((one for one in self._order if place in self.named.get(one, ())), self.last(place))
        return LoggedEntry(naming + 1, self.log[naming])

    def lost(self) -> Iterator[tuple[int, int]]:
        """Yield each correction that another one outweighs which knew nothing of it, and that other one."""
        for at, place in enumerate(self._order):
            for later in self._order[at + 1 :]:
                shared = set(self.named.get(place, ())) & set(self.named.get(later, ()))
                if shared and place not in self._known_to(later) and _says(self.log[place]) != _says(self.log[later]):
                    yield place, later
                    break

    def _known_to(self, place: int) -> set[int]:
        """Return what a correction names, directly or through corrections."""
        found: set[int] = set()
        unseen = list(self.named.get(place, ()))
        while unseen:
            one = unseen.pop()
            if one not in found:
                found.add(one)
                unseen += self.named.get(one, ())
        return found


def every(log: Log) -> Iterator[LoggedEntry]:
    """Yield the entries of a log in its order, also those that only say that another never held."""
    there = {one.number: one for one in told(log)}
    return (there.get(number) or LoggedEntry(number, entry) for number, entry in enumerate(log, start=1))


def told(log: Log) -> Iterator[LoggedEntry]:
    """Yield the entries of a log in its order, struck ones too; without those that only say that another never held."""
    if any(entry.corrects for entry in log):
        return Corrections(log).told()
    return (LoggedEntry(number, entry) for number, entry in enumerate(log, start=1))


def name_of(log: Log, place: int) -> Named:
    """Return the keys by which a correction names an entry of a log, so that it is no other."""
    entry = log[place]
    values = {name: value for name, value in _values(entry).items() if name != "corrects"}
    named = _named(values)
    others = (one for one in log if one != entry and _fits(named, one) and _keys(one) == _keys(named))
    if entry.corrects and any(others):
        inner = {name: value for name, value in _values(entry.corrects).items() if name != "corrects"}
        named = replace(named, corrects=_named(inner))
    return named


def correction(log: Log, place: int, entry: LogEntry, today: date, by: str | None) -> LogEntry:
    """Return what corrects an entry of a log: what holds instead, written down today by somebody."""
    return replace(entry, corrects=name_of(log, place), recorded=recorded_on(entry.date, today), by=by)


def same(one: LogEntry, other: LogEntry) -> bool:
    """Whether two entries say the same, whoever wrote them down and when."""
    return _says(one) == _says(other)


def _named(values: dict[str, Any]) -> Named:
    return Named(**values)


_FIELDS: Final = tuple(fields(LogEntry))


def _values(entry: LogEntry) -> dict[str, object]:
    """Return what an entry says: its keys with their values."""
    pairs = ((one.name, getattr(entry, one.name), one.default) for one in _FIELDS)
    return {name: value for name, value, default in pairs if value != default and value is not None}


def _keys(entry: LogEntry) -> frozenset[str]:
    return frozenset(_values(entry)) - {"corrects"}


def _says(entry: LogEntry) -> dict[str, object]:
    if entry.void:
        return {"void": True}
    return {name: value for name, value in _values(entry).items() if name not in WRITING}


def _fits(named: Named, entry: LogEntry | None) -> bool:
    """Whether an entry says what some keys name."""
    return entry is not None and all(
        _fits(value, entry.corrects) if isinstance(value, Named) else getattr(entry, name) == value
        for name, value in _values(named).items()
    )


def _date(entry: LogEntry) -> date:
    return entry.date


def _key(found: tuple[tuple[date, date, int], LogEntry]) -> tuple[date, date, int]:
    return found[0]
