"""The rules over a history: an id means one thing, logs only grow, first deadlines stay. Pure: they yield findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, TypeAlias, TypeVar

from vpcp_cli.changes import action, log_changes
from vpcp_cli.dataclass import dataclass
from vpcp_cli.deadline import Deadline
from vpcp_cli.finding import Finding, Path, Worded
from vpcp_cli.kinds import AsWritten, as_written, class_of, keys_of, value_as_written, worded
from vpcp_cli.knowing import written_on
from vpcp_cli.language import _
from vpcp_cli.programme import Directive, LogEntry, Programme, Task, Text, Workspace
from vpcp_cli.vietnamese import fold

Record = TypeVar("Record", Task, Directive, Programme)
_Place: TypeAlias = tuple[Programme, Path, Directive, Task | None]


@dataclass(frozen=True, slots=True)
class History:
    """What is compared: the files as they are, as another revision has them, and where the two went apart.

    `name` is what the other revision was called, `day` that of the commit where the two went apart.
    """

    base: Workspace
    theirs: Workspace
    ours: Workspace
    name: str
    day: date | None = None


def check_continuity(history: History) -> Iterator[Finding]:
    """Yield what another revision gave to something else, and what of the common past is gone or rewritten."""
    base, theirs, ours = (_places(one) for one in (history.base, history.theirs, history.ours))
    for id_, place in ours.items():
        if id_ in base:
            yield from _kept(base[id_], place, history.name)
        elif id_ in theirs and _differ(theirs[id_], place):
            yield _taken(place, theirs[id_], history.name)
    for programme in history.ours.programmes:
        for was in history.base.programmes:
            if was.id == programme.id:
                yield from _entries(was, programme, programme.file, ())
                yield from _overwritten(was, programme, programme.file, ())
    homes = {directive: place for directive, place in ours.items() if place[3] is None}
    programmes = {programme.id: programme for programme in history.ours.programmes}
    for id_, (programme, _path, directive, task) in base.items():
        if id_ in ours or (task and directive.id not in homes):
            continue  # a directive that is gone stands for its tasks
        home, path = homes[directive.id][:2] if task else (programmes.get(programme.id, programme), ("directives",))
        yield Finding("id-vanished", home.file, path, {"id": id_, "ref": history.name}, subject=id_)
    yield from _backdated(history)


def _backdated(history: History) -> Iterator[Finding]:
    """Yield what is new and claims to have been written down before the day of the common past, which lacks it."""
    if history.day is None:
        return
    base, theirs = _places(history.base), _places(history.theirs)
    programmes = {one.id for one in (*history.base.programmes, *history.theirs.programmes)}
    for programme in history.ours.programmes:
        news = _news(programme, base, theirs, new=programme.id not in programmes)
        for id_, path, day in news:
            if day < history.day:
                facts = {"id": id_, "recorded": day.isoformat(), "day": history.day.isoformat(), "ref": history.name}
                yield Finding("backdated-entry", programme.file, path, facts, subject=id_)


def _news(
    programme: Programme, base: Mapping[str, _Place], theirs: Mapping[str, _Place], *, new: bool
) -> Iterator[tuple[str, Path, date]]:
    """Yield what neither side had: the outermost thing, its path, and the day on which it claims to be written down."""
    days = {one.id: one.recorded or programme.exists_from(one) for one in programme.directives}
    if new:
        if days:
            yield programme.id, ("directives",), min(days.values())
        return
    for at, directive in enumerate(programme.directives):
        path: Path = ("directives", at)
        if directive.id not in base and directive.id not in theirs:
            yield directive.id, path, days[directive.id]
            continue
        for number, task in enumerate(directive.tasks):
            where = (*path, "tasks", number)
            written = max(days[directive.id], task.recorded or programme.exists_from(directive, task))
            sides = [one for side in (base, theirs) if task.id in side and (one := side[task.id][3])]
            if not sides:
                yield task.id, where, written
                continue
            known = {entry for one in sides for entry in one.log}
            added = (one.after for one in log_changes(sides[0].log, task.log) if one.before is None)
            for entry in (one for one in added if one and one not in known):
                yield task.id, (*where, "log", task.log.index(entry)), max(written, written_on(entry))


def _places(workspace: Workspace) -> dict[str, _Place]:
    """Every directive and task with where it stands."""
    found: dict[str, _Place] = {}
    for programme in workspace.programmes:
        for at, directive in enumerate(programme.directives):
            found[directive.id] = programme, ("directives", at), directive, None
            for number, task in enumerate(directive.tasks):
                found[task.id] = programme, ("directives", at, "tasks", number), directive, task
    return found


def _kept(old: _Place, new: _Place, name: str) -> Iterator[Finding]:
    """Compare what stood before the two went apart with what stands now."""
    (programme, path, directive, task), before = new, old[3]
    if before is None or task is None:
        yield from _entries(old[2], directive, programme.file, path)
        yield from _overwritten(old[2], directive, programme.file, path)
        return
    if _another(before, task):
        yield _taken(new, old, name)
        return
    yield from _entries(before, task, programme.file, path)
    yield from _overwritten(before, task, programme.file, path)


def _entries(old: Record, new: Record, file: str, path: Path) -> Iterator[Finding]:
    """Yield the entries of a log that are gone, or others now, or stand behind what they stood before on one day."""
    changes = [one for one in log_changes(old.log, new.log) if one.before]
    for before, after in ((one.before, one.after) for one in changes):
        if before is None:
            continue
        facts = {"id": new.id, "date": before.date.isoformat(), "before": _told(before)}
        if after is None:
            where = (*path, "log") if new.log else path
            yield Finding("entry-vanished", file, where, facts, subject=new.id)
        else:
            facts["after"] = _told(after)
            yield Finding("entry-rewritten", file, (*path, "log", new.log.index(after)), facts, subject=new.id)
    kept = [entry for entry in new.log if entry in old.log]
    for day in {} if changes else dict.fromkeys((one.date, one.recorded) for one in old.log):
        was, now = ([one for one in log if (one.date, one.recorded) == day] for log in (old.log, kept))
        if was != now:
            facts = {"id": new.id, "date": day[0].isoformat()}
            yield Finding("entries-reordered", file, (*path, "log", new.log.index(now[0])), facts, subject=new.id)


def _overwritten(old: Record, new: Record, file: str, path: Path) -> Iterator[Finding]:
    """Yield the keys with a history that are others now, without an entry that says so."""
    kind = class_of(new)
    told = [entry for entry in new.log if entry.set_ and entry not in old.log]
    for name in _FIXED:
        facts = {"id": new.id, "key": name, "before": _fixed(old, name), "after": _fixed(new, name)}
        if facts["before"] != facts["after"]:
            yield Finding("fixed-overwritten", file, (*path, name), facts, subject=new.id)
    for key in (one for one in keys_of(kind).values() if one.key.history):
        before, after = (as_written(one, key) for one in (old, new))
        now = getattr(new, key.field)
        said = (value_as_written(kind, key.name, entry.is_) == now for entry in told if entry.set_ == key.name)
        if getattr(old, key.field) != now and not any(said):
            code = "deadline-overwritten" if key.name == "deadline" and before else "key-overwritten"
            facts = {"id": new.id, "key": key.name, "before": _written(before), "after": _written(after)}
            yield Finding(code, file, (*path, key.name), facts, subject=new.id)


_FIXED: Final = ("recorded", "carried", "carried_from", "replaces")
"""What was said once for all."""


def _fixed(record: Record, name: str) -> str:
    value = getattr(record, name, None)
    return "—" if value is None else str(value)


def _written(value: AsWritten | None) -> str:
    return worded(value) if value else "—"


def _another(before: Task, now: Task) -> bool:
    """Whether a number was given away again: what was asked, of whom, and where or when it came from are others.

    A text alone may be reworded and a lead alone change. A task that keeps its log, or says in it what was put right,
    is the same, whatever it says now.
    """
    told = [(keys_of(Task)[entry.set_], entry.was) for entry in now.log if entry.set_ in keys_of(Task)]
    if any(value_as_written(Task, key.name, was) == getattr(before, key.field) for key, was in told):
        return False
    if _words(before) == _words(now) or (before.log and all(entry in now.log for entry in before.log)):
        return False
    strange = not _words(before) & _words(now)
    replaced = before.lead != now.lead and before.deliverable != now.deliverable
    if before.added != now.added and (strange or replaced):
        return True
    return strange and (before.source != now.source or replaced)


def _words(task: Task) -> frozenset[str]:
    return frozenset(word for text in (task.text.vi, task.text.en) for word in fold(text or "").split())


def _differ(one: _Place, other: _Place) -> bool:
    return fold(_text(one).in_("vi")) != fold(_text(other).in_("vi"))


def _taken(place: _Place, other: _Place, name: str) -> Finding:
    programme, path, directive, task = place
    id_ = task.id if task else directive.id
    facts = {"id": id_, "ref": name, "other": _text(other).in_("vi")}
    return Finding("id-taken", programme.file, (*path, "id"), facts, subject=id_)


def _text(place: _Place) -> Text:
    return place[3].text if place[3] else place[2].title


def _told(entry: LogEntry) -> str:
    """An entry as the file has it, on one line; people read it in their language."""
    besides = ("was", "is_", "decision", "to", "by", "note", "reason")
    names = (action(entry), *(name for name in besides if name != action(entry)))
    given = [name.rstrip("_") for name in names if getattr(entry, name) is not None]
    keys = [keys_of(LogEntry)[name] for name in given]
    text = "; ".join(f"{key.name}: {_value(entry, key.field)}" for key in keys)
    return Worded.of(
        text, lambda: "; ".join(f"{_(key.key.label)}: {worded(getattr(entry, key.field))}" for key in keys)
    )


def _value(entry: LogEntry, name: str) -> str:
    value = getattr(entry, name)
    if isinstance(value, Deadline):
        return value.text
    if value is True:
        return "true"
    return value.in_("vi") if isinstance(value, Text) else worded(value) if isinstance(value, AsWritten) else str(value)
