"""What no value shows by itself: that ids fit together, and that a log entry says exactly one thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias

from vpcp_cli.finding import Finding, Path
from vpcp_cli.kinds import keys_of
from vpcp_cli.programme import Aim, Directive, LogEntry, Programme, Result, Task, Unit
from vpcp_cli.vocabulary import Status

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Plain: TypeAlias = Mapping[str, object]
_EntryFault: TypeAlias = tuple[str, str, Mapping[str, str]]

NEED_NOTE: Final = (Status.DEFERRED, Status.RETURNED, Status.WITHDRAWN, Status.NOT_DONE, Status.VOID)
_STATUSES: Final = frozenset(Status)


def incoherences(data: Plain, stem: str, file: str) -> Iterator[Finding]:
    """Yield what is wrong between the parts of a programme's plain data; `stem` is that of its file's name."""
    yield from _year(data, stem, file)
    years = {year for year in (str(data.get("year")), stem[:4]) if year.isdecimal()}
    sample = min(years, default="2022")
    for name, cls, number in (("context", Aim, "MT01.1"), ("previous_results", Result, "KQ1")):
        for path, item in _mappings(data, (name,)):
            yield from _id(cls, item, path, file, f"{sample}-{number}", years)
    yield from log_incoherences(Programme, data, (), file)
    for path, directive in _mappings(data, ("directives",)):
        yield from _id(Directive, directive, path, file, f"{sample}-CD01", years)
        yield from log_incoherences(Directive, directive, path, file)
        parent = _parent(directive.get("id"), years)
        for at, task in _mappings(directive, (*path, "tasks")):
            yield from _task_id(parent, task, at, file)
            if "log" in task:
                yield from log_incoherences(Task, task, at, file)


def log_incoherences(record: type, holder: Plain, path: Path, file: str) -> Iterator[Finding]:
    """Yield what is wrong with the entries of a log; `record` is what has it."""
    for spot, entry in _mappings(holder, (*path, "log")):
        status = entry.get("status")
        for code, key, facts in _entry(tuple(entry), status if isinstance(status, str) else None):
            yield Finding(code, file, (*spot, key) if key else spot, facts)
        if entry.get("corrects") == {}:
            yield Finding("empty-value", file, (*spot, "corrects"))
        if "set" in entry:
            yield from _set(record, entry, spot, file)
        elif record is not Task:
            yield Finding("only-set-here", file, spot)


def _set(record: type, entry: Plain, spot: Path, file: str) -> Iterator[Finding]:
    """Judge what an entry says of a key that was put right."""
    name = entry["set"]
    known = [key.name for key in keys_of(record).values() if key.key.history]
    if isinstance(name, str) and name and name not in known:
        yield Finding("unknown-set", file, (*spot, "set"), {"name": name, "known": " | ".join(known)})
    elif isinstance(name, str) and name:
        for key in ("was", "is"):
            if entry.get(key) and not _takes(record, name, entry[key]):
                code = "unknown-category" if name == "category" else "bad-set-value"
                yield Finding(code, file, (*spot, key), {"name": name})


def _takes(record: type, name: str, value: object) -> bool:
    """Whether a key of a record takes a value."""
    from pydantic import ValidationError

    try:
        _reader(record, name).validate_python(value)
    except ValidationError:
        return False
    return True


@cache
def _reader(record: type, name: str) -> TypeAdapter[object]:
    from pydantic import TypeAdapter

    found = keys_of(record)[name]
    takes: Any = Annotated[found.takes, found.key]
    return TypeAdapter(takes)


def unit_incoherences(data: Plain, file: str) -> Iterator[Finding]:
    """Yield the codes of the register's plain data that are none, or stand there a second time."""
    seen = set()
    for path, unit in _mappings(data, ("units",)):
        code = unit.get("code")
        if isinstance(code, str) and code:
            if not _matcher(Unit, "code")(code):
                yield Finding("bad-id", file, (*path, "code"), {"form": "VU_TONG_HOP"})
            elif code in seen:
                yield Finding("duplicate-unit", file, (*path, "code"))
            seen.add(code)


def _mappings(parent: Plain, path: Path) -> Iterator[tuple[Path, Plain]]:
    """Yield the mappings of the list that the last step of a path names, each with its own path."""
    items = parent.get(str(path[-1]))
    for place, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield (*path, place), item


def _year(data: Plain, stem: str, file: str) -> Iterator[Finding]:
    year = data.get("year")
    if isinstance(year, str) and year.isdecimal() and stem[:4].isdecimal() and year != stem[:4]:
        yield Finding("year-mismatch", file, ("year",), {"year": year, "stem": stem})


def _id(cls: type, item: Plain, path: Path, file: str, form: str, years: set[str]) -> Iterator[Finding]:
    given = item.get("id")
    if not isinstance(given, str) or not given:
        return
    if not _matcher(cls)(given):
        yield Finding("bad-id", file, (*path, "id"), {"form": form})
    elif years and given[:4] not in years:
        yield Finding("bad-id", file, (*path, "id"), {"form": form[:4] + given[4:]})


def _parent(directive: object, years: set[str]) -> str | None:
    """Return the id of a directive, unless it is wrong."""
    if not (isinstance(directive, str) and _matcher(Directive)(directive)):
        return None
    return directive if not years or directive[:4] in years else None


def _task_id(parent: str | None, task: Plain, path: Path, file: str) -> Iterator[Finding]:
    """Judge a task's id by its directive's, where that is known."""
    given = task.get("id")
    if not isinstance(given, str) or not given:
        return
    if not _matcher(Task)(given) or (parent and given.rpartition(".")[0] != parent):
        number = re.search("[1-9][0-9]*$", given)
        form = f"{parent or '2022-CD01'}.{number[0] if number else int(path[-1]) + 1}"
        yield Finding("bad-id", file, (*path, "id"), {"form": form})


@cache
def actions_of() -> tuple[str, ...]:
    """Return the keys of which an entry has one; a remark alone has none."""
    return tuple(name for name, one in keys_of(LogEntry).items() if one.key.action)


@cache
def _places() -> Mapping[str, tuple[str, ...]]:
    """Return the keys of a log entry that need another one beside them."""
    return {name: one.key.beside for name, one in keys_of(LogEntry).items() if one.key.beside}


@cache
def _matcher(cls: type, key: str = "id") -> Callable[[str], object]:
    return re.compile(keys_of(cls)[key].key.pattern).fullmatch


@cache
def _entry(keys: tuple[str, ...], status: str | None) -> tuple[_EntryFault, ...]:
    """Judge an entry by its keys and its status alone; few combinations occur, so each is judged once."""
    actions = [key for key in actions_of() if key in keys or (key == "deadline" and "decision" in keys)]
    if len(actions) > 1:
        return (("several-actions", actions[1], {"actions": ", ".join(actions)}),)
    if not actions and "note" not in keys:
        return () if any(key not in keys_of(LogEntry) for key in keys) else (("missing-action", "", {}),)
    return (*_missing(actions, keys, status), *_misplaced(keys, status))


def _missing(actions: list[str], keys: tuple[str, ...], status: str | None) -> Iterator[_EntryFault]:
    if "deadline" in actions:
        for key in ("deadline", "decision"):
            if key not in keys:
                yield "missing-key", key, {}
    if status == Status.NOT_REPORTED:
        yield "unreported-status", "status", {}
    if status == Status.CARRIED_OVER and "to" not in keys:
        yield "missing-key", "to", {}
    if "note" not in keys and (
        status in NEED_NOTE or "risk" in actions or ("void" in actions and "reason" not in keys)
    ):
        yield "missing-note", "note", {"action": f"status: {status}" if status else actions[0]}


def _misplaced(keys: tuple[str, ...], status: str | None) -> Iterator[_EntryFault]:
    said = {*keys, f"status: {status}"}
    for key, places in _places().items():
        unknown = status is not None and status not in _STATUSES and places[0].startswith("status")
        if key in keys and said.isdisjoint(places) and not unknown:
            yield "misplaced-key", key, {"key": key, "place": " | ".join(places)}
