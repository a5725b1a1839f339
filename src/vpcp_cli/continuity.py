"""The rules over a history: an id means one thing, logs only grow, first deadlines stay. Pure: they yield findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, TypeVar

from vpcp_cli.changes import action, log_changes
from vpcp_cli.dataclass import dataclass
from vpcp_cli.deadline import Deadline
from vpcp_cli.finding import Finding, Path
from vpcp_cli.kinds import AsWritten, as_written, class_of, keys_of, worded
from vpcp_cli.programme import Directive, LogEntry, Programme, Task, Text, Workspace
from vpcp_cli.vietnamese import fold

Record = TypeVar("Record", Task, Directive, Programme)
_Place: TypeAlias = tuple[Programme, Path, Directive, Task | None]


@dataclass(frozen=True, slots=True)
class History:
    """What is compared: the files as they are, as another revision has them, and where the two went apart.

    `name` is what the other revision was called.
    """

    base: Workspace
    theirs: Workspace
    ours: Workspace
    name: str


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
                yield from _overwritten(was, programme, programme.file, ())
    homes = {directive: place for directive, place in ours.items() if place[3] is None}
    programmes = {programme.id: programme for programme in history.ours.programmes}
    for id_, (programme, _path, directive, task) in base.items():
        if id_ in ours or (task and directive.id not in homes):
            continue  # a directive that is gone stands for its tasks
        home, path = homes[directive.id][:2] if task else (programmes.get(programme.id, programme), ("directives",))
        yield Finding("id-vanished", home.file, path, {"id": id_, "ref": history.name}, subject=id_)


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
        yield from _overwritten(old[2], directive, programme.file, path)
        return
    if _another(before, task):
        yield _taken(new, old, name)
        return
    for change in log_changes(before.log, task.log):
        if change.before is None:
            continue
        facts = {"id": task.id, "date": change.before.date.isoformat(), "before": _told(change.before)}
        if change.after is None:
            yield Finding("entry-vanished", programme.file, (*path, "log"), facts, subject=task.id)
        else:
            facts["after"] = _told(change.after)
            where = (*path, "log", task.log.index(change.after))
            yield Finding("entry-rewritten", programme.file, where, facts, subject=task.id)
    yield from _overwritten(before, task, programme.file, path)


def _overwritten(old: Record, new: Record, file: str, path: Path) -> Iterator[Finding]:
    """Yield the keys with a history that are others now, without an entry that says so."""
    told = {(entry.set_, entry.is_) for entry in new.log if entry.set_ and entry not in old.log}
    for key in (one for one in keys_of(class_of(new)).values() if one.key.history):
        before, after = (as_written(one, key) for one in (old, new))
        if getattr(old, key.field) != getattr(new, key.field) and (key.name, after) not in told:
            code = "deadline-overwritten" if key.name == "deadline" and before else "key-overwritten"
            facts = {"id": new.id, "key": key.name, "before": _written(before), "after": _written(after)}
            yield Finding(code, file, (*path, key.name), facts, subject=new.id)


def _written(value: AsWritten | None) -> str:
    return worded(value) if value else "—"


def _another(before: Task, now: Task) -> bool:
    """Whether a number was given away again: what was asked, of whom, and where or when it came from are others.

    A text alone may be reworded and a lead alone change. A task that keeps its log, or says in it what was put right,
    is the same, whatever it says now.
    """
    keys = keys_of(Task)
    if any(entry.set_ in keys and entry.was == as_written(before, keys[entry.set_]) for entry in now.log):
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
    """An entry as the file has it, on one line."""
    names = (action(entry), *(name for name in ("was", "is_", "decision", "to", "by", "note") if name != action(entry)))
    said = ((name.rstrip("_"), _value(entry, name)) for name in names if getattr(entry, name) is not None)
    return "; ".join(f"{name}: {value}" for name, value in said)


def _value(entry: LogEntry, name: str) -> str:
    value = getattr(entry, name)
    if isinstance(value, Deadline):
        return value.text
    return value.in_("vi") if isinstance(value, Text) else worded(value) if isinstance(value, AsWritten) else str(value)
