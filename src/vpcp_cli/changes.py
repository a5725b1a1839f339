"""What differs in meaning between two sets of programmes. Pure: it returns values; layout and order are no meaning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final, TypeAlias, TypeVar
from unicodedata import normalize

from vpcp_cli.dataclass import dataclass
from vpcp_cli.deadline import Deadline
from vpcp_cli.kinds import keys_of
from vpcp_cli.programme import Directive, LogEntry, Programme, Task, Text, Unit, Workspace
from vpcp_cli.standing import DUE_SOON_DAYS, Standing, stand

Item: TypeAlias = Programme | Directive | Task | Unit
_T = TypeVar("_T")

_APART: Final = frozenset({"id", "code", "file", "line", "schema", "directives", "tasks", "log", "inherited"})
"""Fields that are compared elsewhere, or that only say where something stands or in which version of the format."""
_STATE: Final = (
    *("status", "timeliness", "lead", "responsible", "first_deadline", "deadline", "pending_deadline"),
    *("postponements", "done_on", "carried_to"),
)


class What(StrEnum):
    """What an item is."""

    PROGRAMME = "programme"
    DIRECTIVE = "directive"
    TASK = "task"
    UNIT = "unit"


class How(StrEnum):
    """What happened to an item or a log entry."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that is another: a text, code, day, deadline, log entry or a list's member; None is nothing.

    `name` leads to it as in the file: `text.vi`, `issuer.name`, `context[2022-MT01.1].text.vi`.
    """

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class LogChange:
    """An entry of the log that came, went or was rewritten."""

    before: LogEntry | None
    after: LogEntry | None

    @property
    def how(self) -> How:
        """Whether it came, went, or was rewritten."""
        return _how(self.before, self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An item that came, went or is another: what is written of it, its log, and its state on the day asked for."""

    what: What
    id: str
    programme: str
    before: Item | None
    after: Item | None
    fields: tuple[Difference, ...] = ()
    log: tuple[LogChange, ...] = ()
    state: tuple[Difference, ...] = ()

    @property
    def how(self) -> How:
        """Whether it came, went, or is another."""
        return _how(self.before, self.after)

    @property
    def item(self) -> Item:
        """The item as it is now, or as it was."""
        item = self.after or self.before
        if item is None:
            raise AssertionError
        return item


def compare(
    before: Workspace,
    after: Workspace,
    day: date,
    due_soon_days: int = DUE_SOON_DAYS,
    *,
    since: date | None = None,
) -> tuple[Change, ...]:
    """Return what differs, sorted by programme and id, the register last.

    States are those of one day on both sides, unless the first is as of another one, `since`.
    """
    found = [*_programmes(before, after), *_directives(before, after)]
    found += _tasks(before, after, (since or day, day), due_soon_days)
    found.sort(key=lambda one: (_natural(one.programme), one.what is not What.PROGRAMME, _natural(one.id)))
    units = ({unit.code: unit for unit in one.units} for one in (before, after))
    found += (
        Change(what=What.UNIT, id=code, programme="", before=old, after=new, fields=found_fields)
        for code, old, new in _pairs(*units)
        if (found_fields := differences(old, new)) or old is None or new is None
    )
    return tuple(found)


def _programmes(before: Workspace, after: Workspace) -> Iterator[Change]:
    kept = ({programme.id: programme for programme in one.programmes} for one in (before, after))
    for id_, old, new in _pairs(*kept):
        found, log = differences(old, new), tuple(log_changes(old.log if old else (), new.log if new else ()))
        if found or log or old is None or new is None:
            yield Change(what=What.PROGRAMME, id=id_, programme=id_, before=old, after=new, fields=found, log=log)


def _directives(before: Workspace, after: Workspace) -> Iterator[Change]:
    homes = {
        directive.id: one.id for side in (before, after) for one in side.programmes for directive in one.directives
    }
    kept = (
        {directive.id: directive for programme in one.programmes for directive in programme.directives}
        for one in (before, after)
    )
    for id_, old, new in _pairs(*kept):
        found, log = differences(old, new), tuple(log_changes(old.log if old else (), new.log if new else ()))
        if found or log or old is None or new is None:
            yield Change(
                what=What.DIRECTIVE, id=id_, programme=homes[id_], before=old, after=new, fields=found, log=log
            )


Place: TypeAlias = tuple[Programme, Directive, Task]


def places(workspace: Workspace) -> dict[str, Place]:
    """Return every task by its id, with its programme and directive."""
    return {task.id: (one, directive, task) for one in workspace.programmes for directive, task in one.tasks()}


def _tasks(before: Workspace, after: Workspace, days: tuple[date, date], due_soon_days: int) -> Iterator[Change]:
    for id_, old, new in _pairs(places(before), places(after)):
        if old and new and days[0] == days[1] and _same_task(old, new):
            continue
        was, now = (place and place[2] for place in (old, new))
        found = differences(was, now)
        log = tuple(log_changes(was.log if was else (), now.log if now else ()))
        sides = zip((old, new), days, strict=True)
        state = tuple(_state(*(place and stand(*place, day, due_soon_days) for place, day in sides)))
        if found or log or state or old is None or new is None:
            home = (new or old or (None,))[0]
            programme = home.id if home else ""
            yield Change(
                what=What.TASK, id=id_, programme=programme, before=was, after=now, fields=found, log=log, state=state
            )


def _same_task(old: Place, new: Place) -> bool:
    """Whether nothing that is written differs, so that the state can't either."""
    if old[0].exists_from(*old[1:]) != new[0].exists_from(*new[1:]):
        return False
    return all(getattr(old[2], name) == getattr(new[2], name) for name in _TASK_FIELDS)


_TASK_FIELDS: Final = tuple(one.name for one in fields(Task) if one.name != "line")


def differences(before: object, after: object, name: str = "") -> tuple[Difference, ...]:
    """Return how two values of the same kind differ, field by field; against None, what is not the default."""
    return tuple(_differences(name, before, after))


def _differences(name: str, before: object, after: object) -> Iterator[Difference]:
    if before == after or _composed(before) == _composed(after):
        return
    one = after if before is None else before
    if isinstance(one, Text):
        yield from _texts(name, before, after)
    elif isinstance(one, tuple):
        yield from _lists(name, before or (), after or ())
    elif is_dataclass(one) and not isinstance(one, Deadline):
        yield from _inner(name, one, before, after)
    else:
        yield Difference(name, before, after)


def _inner(name: str, one: object, before: object, after: object) -> Iterator[Difference]:
    for field in fields(one):  # type: ignore[arg-type]  # a dataclass, as its caller made sure
        if field.name in _APART:
            continue
        absent = None if field.default is MISSING else field.default
        values = [absent if side is None else getattr(side, field.name) for side in (before, after)]
        inner = field.name.rstrip("_")
        if values[0] != values[1]:
            shown = [None if side is None else value for side, value in zip((before, after), values, strict=True)]
            yield from _differences(f"{name}.{inner}" if name else inner, *shown)


def _texts(name: str, before: object, after: object) -> Iterator[Difference]:
    """A plain text is one value; of a mapping each language is."""
    given = [one for one in (before, after) if isinstance(one, Text)]
    if all(one.vi == one.en for one in given):
        plain = [one.vi if isinstance(one, Text) else None for one in (before, after)]
        yield Difference(name, *plain)
        return
    for language in ("vi", "en"):
        words = [getattr(one, language) if one else None for one in (before, after)]
        if _composed(words[0]) != _composed(words[1]):
            yield Difference(f"{name}.{language}", *words)


def _lists(name: str, before: object, after: object) -> Iterator[Difference]:
    """Members with an id are compared one by one; of others, those that only one side has. Order is no meaning."""
    if not isinstance(before, tuple) or not isinstance(after, tuple):
        raise TypeError
    if all(hasattr(one, "id") for one in (*before, *after)):
        for id_, old, new in _pairs(*({one.id: one for one in side} for side in (before, after))):
            yield from _differences(f"{name}[{id_}]", old, new)
        return
    yield from (Difference(name, one, None) for one in _without(before, after))
    yield from (Difference(name, None, one) for one in _without(after, before))


def log_changes(before: tuple[LogEntry, ...], after: tuple[LogEntry, ...]) -> Iterator[LogChange]:
    """Pair what only one side has: same day and action are one entry rewritten, so is all else same but the day."""
    if before == after:
        return
    gone, new = _without(before, after), _without(after, before)
    for kind in (_day_and_action, _all_but_the_day):
        for entry in tuple(gone):
            successor = next((one for one in new if kind(one) == kind(entry)), None)
            if successor:
                gone.remove(entry)
                new.remove(successor)
                yield LogChange(entry, successor)
    yield from (LogChange(entry, None) for entry in gone)
    yield from (LogChange(None, entry) for entry in new)


@cache
def actions() -> tuple[str, ...]:
    """Return the fields of an entry that say something besides a note."""
    return tuple(one.field for one in keys_of(LogEntry).values() if one.key.action)


def action(entry: LogEntry) -> str:
    """Name the one thing that an entry tells."""
    return next((name for name in actions() if getattr(entry, name) not in (None, False)), "note")


def _day_and_action(entry: LogEntry) -> tuple[object, ...]:
    return entry.date, action(entry)


def _all_but_the_day(entry: LogEntry) -> tuple[object, ...]:
    return tuple(getattr(entry, one.name) for one in fields(entry) if one.name != "date")


def _state(before: Standing | None, after: Standing | None) -> Iterator[Difference]:
    for name in _STATE:
        old, new = (getattr(one, name) if one else None for one in (before, after))
        if old != new and (old or new):
            yield Difference(name, old, new)
    levels = [one.risk.level if one and one.risk else None for one in (before, after)]
    if levels[0] != levels[1]:
        yield Difference("risk", *levels)
    open_ = [tuple(each.entry for each in one.obstacles) if one else () for one in (before, after)]
    yield from (Difference("obstacle", entry, None) for entry in _without(open_[0], open_[1]))
    yield from (Difference("obstacle", None, entry) for entry in _without(open_[1], open_[0]))


def _pairs(before: Mapping[str, _T], after: Mapping[str, _T]) -> Iterator[tuple[str, _T | None, _T | None]]:
    for key in dict.fromkeys((*before, *after)):
        yield key, before.get(key), after.get(key)


def _without(some: Iterable[_T], others: Iterable[_T]) -> list[_T]:
    """What some have more often than others, in their order."""
    left = Counter(others)
    found = []
    for one in some:
        left[one] -= 1
        if left[one] < 0:
            found.append(one)
    return found


def _composed(value: object) -> object:
    return normalize("NFC", value) if isinstance(value, str) and not isinstance(value, StrEnum) else value


def _how(before: object, after: object) -> How:
    return How.ADDED if before is None else How.REMOVED if after is None else How.CHANGED


def _natural(name: str) -> tuple[tuple[int, str], ...]:
    """Sort numbers inside ids as numbers."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"([0-9]+)", name))
