"""The rules over programmes whose shape is right. Pure: each yields findings with paths.

No rule reads the clock: being overdue is a fact for reports, never a fault of the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from vpcp_cli.finding import Finding, Path
from vpcp_cli.kinds import Record, class_of, keys_of, value_as_written, worded
from vpcp_cli.knowing import Corrections, is_amended, put_right, what_stands, written_on
from vpcp_cli.linking import circle, link_of, linked, origin_of, with_history
from vpcp_cli.log_rules import against_log
from vpcp_cli.part_rules import Names, faults
from vpcp_cli.pattern import pattern
from vpcp_cli.programme import Directive, LogEntry, Programme, Task, Unit, Workspace
from vpcp_cli.rulebook.rule import Severity
from vpcp_cli.shelf import Aside, Shelf, bracketed, offer
from vpcp_cli.standing import folded, logs, voided
from vpcp_cli.texts import odd_texts, places_of_texts, sound, texts_of
from vpcp_cli.vietnamese import fold
from vpcp_cli.vocabulary import OUTSIDE, Nature, Status

YEARS_BEFORE: Final = 1
YEARS_AFTER: Final = 5
_TAKES_PART: Final = ("lead", "support")
_SYMBOL: Final = r"[A-ZĐÀ-Ỹ][A-Za-zĐđÀ-ỹ0-9&.]*"
_ADDRESS: Final = pattern(r"https?://[^\s/]+", re.IGNORECASE)
_NUMBER: Final = pattern(rf"\d+[a-zđ]?(?:(?:/\d{{4}})?/|-{_SYMBOL}/){_SYMBOL}(?:-{_SYMBOL})*")


def check(workspace: Workspace) -> Iterator[Finding]:
    """Yield every finding of every rule, programme by programme."""
    known = Workspace(linked(workspace.programmes), workspace.units)
    yield from _check(known, Shelf.of(known))


def check_all(workspace: Workspace, register: str) -> Iterator[Finding]:
    """Yield the findings of all programmes, and those of the register, which stands in a file of that name."""
    yield from check(workspace)
    yield from check_units(workspace.units, register)


class Alone(NamedTuple):
    """What the rules say of a programme's head or of a directive by itself.

    `uses` say in which years it speaks of which units, and whether they take part; `linked` are its tasks that speak
    of other tasks. Whether they do so rightly is decided by the register and the other tasks.
    """

    errors: int
    uses: frozenset[tuple[str, int, bool]]
    linked: frozenset[str]


def alone(programme: Programme, directive: Directive | None = None) -> Alone:
    """Judge a directive of a programme, or the programme's head; texts, whose rules only warn, are not looked at."""
    aside = Aside(set(), set())
    shelf = Shelf({}, {}, frozenset(), texts=False, aside=aside)
    if directive is None:
        found = _check_programme(programme, shelf)
    else:
        tasks = (_check_task(directive, task, _Place(programme, (), task.id), shelf) for task in directive.tasks)
        found = chain(_check_directive(directive, _Place(programme, (), directive.id), shelf), *tasks)
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    return Alone(errors, frozenset(aside.uses), frozenset(aside.linked))


def errors_between(
    heads: Workspace,
    uses: Iterable[tuple[str, int]],
    tasks: Iterable[tuple[Programme, Directive, Task]],
    by_id: Mapping[str, Task],
) -> int:
    """Count the errors that `alone` leaves open, one a cause.

    `uses` say which units are spoken of in a year, `tasks` are those that speak of others.
    """
    units = {unit.code: unit for unit in heads.units}
    shelf = Shelf(units, by_id, frozenset(one.id for one in heads.programmes), offering=False)
    found = [finding for one in heads.programmes for finding in _parent(one, _Place(one, ()), shelf)]
    for code, year in uses if heads.programmes else ():
        found += _unit(code, _Place(heads.programmes[0], ()), shelf, year=year)
    for programme, directive, task in tasks:
        place = _Place(programme, (), task.id)
        found += _links(directive, task, place, shelf)
        if origin_of(task) and task.log and not voided(task):
            found += (one for one in _history_rules(directive, task, place) if one.severity is Severity.ERROR)
    found += _register(heads.units, "", shelf)
    once = {finding.cause() for finding in found if finding.rule.one_cause}
    return len(once) + sum(not finding.rule.one_cause for finding in found)


def _check(workspace: Workspace, shelf: Shelf) -> Iterator[Finding]:
    for programme in workspace.programmes:
        yield from _check_programme(programme, shelf)
        for at, directive in enumerate(programme.directives):
            place = _Place(programme, ("directives", at), directive.id)
            yield from _check_directive(directive, place, shelf)
            for number, task in enumerate(directive.tasks):
                inner = _Place(programme, (*place.path, "tasks", number), task.id)
                yield from _check_task(directive, task, inner, shelf)


def check_tasks(
    units: Iterable[Unit], by_id: Mapping[str, Task], tasks: Sequence[tuple[Programme, Directive, Task]]
) -> Iterator[Finding]:
    """Yield the findings of some tasks alone, which need not stand among the others as they are given."""
    shelf = Shelf({unit.code: unit for unit in units}, by_id, frozenset())
    for programme, directive, task in tasks:
        known = with_history(task, by_id.get)
        yield from _check_task(directive, known, _Place(programme, (), task.id), shelf)


def check_units(units: tuple[Unit, ...], file: str) -> Iterator[Finding]:
    """Yield the findings of the register: what it lacks or can't be, texts that are odd."""
    yield from _register(units, file, Shelf({unit.code: unit for unit in units}, {}, frozenset()))
    for at, unit in enumerate(units):
        for code, where, facts in odd_texts(unit, ("units", at)):
            yield Finding(code, file, where, facts, subject=unit.code)


def _register(units: tuple[Unit, ...], file: str, shelf: Shelf) -> Iterator[Finding]:
    """Yield the parents, successors and members that the register lacks, and what ends before it begins."""
    for at, unit in enumerate(units):
        path: Path = ("units", at)
        for key, code in (("parent", unit.parent), ("merged_into", unit.merged_into)):
            if code is not None and code not in shelf.units:
                facts = {"code": code, "nearest": shelf.unit_offer(code)}
                yield Finding("unknown-unit", file, (*path, key), facts, subject=unit.code)
        for place, member in enumerate(unit.members):
            if member.code not in shelf.units:
                facts = {"code": member.code, "nearest": shelf.unit_offer(member.code)}
                short = (place,) if member.brief else (place, "code")
                yield Finding("unknown-unit", file, (*path, "members", *short), facts, subject=unit.code)
        members: list[tuple[Record, Path]] = [(one, (*path, "members", at)) for at, one in enumerate(unit.members)]
        for code, where, facts in _backwards((unit, path), *members):
            yield Finding(code, file, where, facts, subject=unit.code)


def _backwards(*records: tuple[Record, Path]) -> Iterator[tuple[str, Path, dict[str, str]]]:
    """Yield what ends before it begins, of records with their paths."""
    for record, path in records:
        keys = keys_of(class_of(record))
        for name, one in keys.items():
            if one.key.begins and (last := getattr(record, one.field)):
                first = getattr(record, keys[one.key.begins].field)
                if first and last < first:
                    yield "ends-before-start", (*path, name), {"first": str(first), "last": str(last)}


class _Place(NamedTuple):
    """Where a rule stands: the programme, the path in its file, the id it speaks of."""

    programme: Programme
    path: Path
    subject: str | None = None

    def within(self, *path: str | int) -> _Place:
        return _Place(self.programme, (*self.path, *path), self.subject)

    def finding(self, code: str, /, *path: str | int, **facts: str) -> Finding:
        return Finding(code, self.programme.file, (*self.path, *path), facts, subject=self.subject)


def _check_programme(programme: Programme, shelf: Shelf) -> Iterator[Finding]:
    place = _Place(programme, (), programme.id)
    yield from _unit(programme.owner, place, shelf, "owner")
    for at, theme in enumerate(programme.themes):
        if theme.owner:
            yield from _unit(theme.owner, place, shelf, "themes", at, "owner")
    yield from _parent(programme, place, shelf)
    yield from _put_right(programme, place)
    event: list[tuple[Record, Path]] = [(programme.event, ("event",))] if programme.event else []
    for code, path, facts in _backwards((programme, ()), *event):
        yield place.finding(code, *path, **facts)
    for at, document in enumerate(programme.documents):
        if document.number and _odd_number(document.number):
            yield place.finding("odd-document-number", "documents", at, "number", number=document.number)
    if not shelf.texts:
        return
    for name in places_of_texts(Programme):
        for code, path, facts in odd_texts(getattr(programme, name), (name,)):
            yield place.finding(code, *path, **facts)
    yield from _same_texts(programme)


def _parent(programme: Programme, place: _Place, shelf: Shelf) -> Iterator[Finding]:
    if programme.parent is not None and not shelf.aside and programme.parent not in shelf.programmes:
        near = offer(programme.parent, shelf.programmes)
        yield place.finding("unknown-parent", "parent", id=programme.parent, nearest=near)


def _check_directive(directive: Directive, place: _Place, shelf: Shelf) -> Iterator[Finding]:
    if not directive.tasks:
        yield place.finding("directive-without-task", "id", id=directive.id)
    if directive.recorded:
        yield from _written_on(directive.recorded, place.programme.exists_from(directive), place)
    yield from _put_right(directive, place)
    if directive.document and (number := directive.document.number) and _odd_number(number):
        yield place.finding("odd-document-number", "document", number=number)
    if not shelf.texts:
        return
    yield from _texts(directive, place)


def _check_task(directive: Directive, task: Task, place: _Place, shelf: Shelf) -> Iterator[Finding]:
    yield from _links(directive, task, place, shelf)
    if is_amended(task.log):
        yield from _corrections(task.log, place)
    if void := voided(task):
        yield from _on_void(task.log, void, place)
        return
    yield from _task_units(directive, task, place, shelf)
    yield from _task_facts(task, place)
    if task.recurs or task.each:
        yield from (
            place.finding(code, *path, **facts) for code, path, facts in faults(place.programme, directive, task)
        )
    if shelf.texts:
        yield from _texts(task, place)
    if task.recorded:
        yield from _written_on(task.recorded, place.programme.exists_from(directive, task), place)
    if task.log:
        yield from _check_log(directive, task, place, shelf)


def _check_log(directive: Directive, task: Task, place: _Place, shelf: Shelf) -> Iterator[Finding]:
    exists, amended = place.programme.exists_from(directive, task), is_amended(task.log)
    if amended:
        yield from _put_right(task, place)
    standing = {*map(id, what_stands(task.log))} if amended else None
    for at, entry in enumerate(task.log):
        if standing is None or id(entry) in standing:
            yield from _entry_facts(task, entry, exists, place.within("log", at), shelf)
    if not (shelf.aside and origin_of(task)):
        yield from _history_rules(directive, task, place)


def _texts(one: Task | Directive, place: _Place) -> Iterator[Finding]:
    """Name the texts of a task or directive that are odd."""
    if not sound(texts := texts_of(one)):
        for name, value in zip(places_of_texts(class_of(one)), texts, strict=True):
            for code, path, facts in odd_texts(value, (name,)):
                yield place.finding(code, *path, **facts)


def _task_units(directive: Directive, task: Task, place: _Place, shelf: Shelf) -> Iterator[Finding]:
    if task.lead:
        yield from _unit(task.lead, place, shelf, "lead")
        yield from _ended(directive, task, place, shelf)
    elif task.countable and not any(entry.lead for entry in task.log):
        yield place.finding("missing-lead", "id", id=task.id)
    if task.monitor:
        yield from _unit(task.monitor, place, shelf, "monitor")
    seen: set[str] = set()
    for at, code in enumerate(task.support):
        yield from _unit(code, place, shelf, "support", at)
        if code in seen:
            yield place.finding("duplicate-support", "support", at, code=code)
        elif code == task.lead:
            yield place.finding("lead-also-supports", "support", at, code=code)
        seen.add(code)


def _task_facts(task: Task, place: _Place) -> Iterator[Finding]:
    programme = place.programme
    if task.nature is Nature.ONE_OFF and task.deliverable is None:
        yield place.finding("missing-deliverable", "nature", id=task.id)
    if programme.source and task.source is None and task.added is None:
        yield place.finding("missing-source", "id", id=task.id)
    if task.document and (number := task.document.number) and _odd_number(number):
        yield place.finding("odd-document-number", "document", number=number)
    if task.deadline is None:
        return
    if not task.countable:
        yield place.finding("state-of-uncountable", "deadline", id=task.id)
    elif (
        not programme.year <= task.deadline.last.year <= (programme.until or programme.year)
        and task.carried_from is None
    ):
        yield place.finding("deadline-outside-year", "deadline", deadline=task.deadline.text, year=str(programme.year))


def _links(directive: Directive, task: Task, place: _Place, shelf: Shelf) -> Iterator[Finding]:
    """Judge the tasks that a task names: each must be there, and must not say otherwise."""
    for id_, key, where in _named(task, place):
        if shelf.aside:
            shelf.aside.linked.add(task.id)
        elif other := shelf.tasks.get(id_):
            if key == "to" and other.carried_from != task.id:
                yield where.finding("carry-mismatch", old=task.id, new=id_)
            elif key == "replaces" and not ((void := voided(other)) and task.id in void.replaced_by):
                yield where.finding("replace-mismatch", old=id_, new=task.id)
            elif key == "replaces" and not task.carried_from and task.id in circle(task, shelf.tasks.get):
                yield where.finding("link-cycle", id=task.id, origin=id_)
            elif key == "carried_from":
                yield from _origin(directive, task, other, where, shelf)
        else:
            yield where.finding("unknown-task", id=id_, nearest=shelf.task_offer(id_))


def _named(task: Task, place: _Place) -> Iterator[tuple[str, str, _Place]]:
    """Yield the tasks that a task and its log name, by which key, and where."""
    for key, id_ in (("carried_from", task.carried_from), ("replaces", task.replaces)):
        if id_:
            yield id_, key, place.within(key)
    naming = [one for one in what_stands(task.log) if one.to or one.duplicate_of or one.replaced_by]
    at = {id(entry): number for number, entry in enumerate(task.log)} if naming else {}
    for entry in naming:
        where = place.within("log", at[id(entry)])
        for key, id_ in (("to", entry.to), ("duplicate_of", entry.duplicate_of)):
            if id_:
                yield id_, key, where.within(key)
        alone = len(entry.replaced_by) == 1  # then it need not be a list
        for number, id_ in enumerate(entry.replaced_by):
            yield id_, "replaced_by", where.within("replaced_by", *([] if alone else [number]))


def _origin(directive: Directive, task: Task, origin: Task, where: _Place, shelf: Shelf) -> Iterator[Finding]:
    """Judge a task that goes on from another one: the log of that one says so, of the same day, and not in a circle."""
    if not voided(task) and all(entry.to != task.id for entry in folded(origin, date.max)):
        yield where.finding("carry-mismatch", old=origin.id, new=task.id)
    elif task.id in circle(task, shelf.tasks.get):
        yield where.finding("link-cycle", id=task.id, origin=origin.id)
    elif _another_day(directive, task, shelf):
        yield where.finding("carry-mismatch", old=origin.id, new=task.id)


def _another_day(directive: Directive, task: Task, shelf: Shelf) -> bool:
    """Whether the old end says another day than a directive that names the day of carrying."""
    link = link_of(task, shelf.tasks.get) if directive.carried else None
    return link is not None and link[1] != (task.added or directive.carried)


def _entry_facts(task: Task, entry: LogEntry, exists: date, place: _Place, shelf: Shelf) -> Iterator[Finding]:
    year = place.programme.year
    if not year - YEARS_BEFORE <= entry.date.year <= year + YEARS_AFTER:
        yield place.finding("odd-entry-date", "date", date=entry.date.isoformat(), year=str(year))
    elif entry.date < exists:
        yield place.finding("entry-before-issue", "date", date=entry.date.isoformat(), issued=exists.isoformat())
    if entry.lead:
        yield from _unit(entry.lead, place, shelf, "lead", year=entry.date.year)
    elif entry.recorded and not entry.responsible:
        yield from _written_on(entry.recorded, entry.date, place)
    if entry.reported_to:
        yield from _unit(entry.reported_to, place, shelf, "reported_to")
    if not task.countable and _changes_state(entry):
        action = "status" if entry.status else "deadline" if entry.deadline else "risk" if entry.risk else "reminder"
        yield place.finding("state-of-uncountable", action, id=task.id)
    if entry.value is not None and task.target is None:
        yield place.finding("value-without-target", "value", id=task.id)
    numbers: list[tuple[Path, str | None]] = [(("document",), entry.document), (("reminder",), entry.reminder)]
    alone = len(entry.evidence) == 1  # then it need not be a list
    numbers += [(("evidence",) if alone else ("evidence", at), one.number) for at, one in enumerate(entry.evidence)]
    for path, number in numbers:
        if number and _odd_number(number):
            yield place.finding("odd-document-number", *path, number=number)


def _on_void(log: tuple[LogEntry, ...], void: LogEntry, place: _Place) -> Iterator[Finding]:
    """Yield what was written down later in the log of a task that was entered by mistake."""
    at = {id(entry): (written_on(entry), number) for number, entry in enumerate(log)}
    for entry in what_stands(log):
        if at[id(entry)] > at[id(void)] and entry.status is not Status.VOID and not entry.corrects:
            days = {"date": entry.date.isoformat(), "day": written_on(void).isoformat()}
            yield place.finding("entry-on-void", "log", at[id(entry)][1], id=place.subject or "", **days)


def _changes_state(entry: LogEntry) -> bool:
    return bool((entry.status and entry.status not in OUTSIDE) or entry.deadline or entry.risk or entry.reminder)


def _written_on(recorded: date, happened: date, place: _Place) -> Iterator[Finding]:
    if recorded < happened:
        days = {"recorded": recorded.isoformat(), "date": happened.isoformat()}
        yield place.finding("recorded-before-date", "recorded", **days)


def _put_right(one: Task | Directive | Programme, place: _Place) -> Iterator[Finding]:
    """Compare the keys that were put right with what the last entry about each says."""
    if not any(entry.set_ for entry in one.log):
        return
    kind = class_of(one)
    for key in keys_of(kind).values():
        entry = put_right(one, key)
        if entry and value_as_written(kind, key.name, entry.is_) != getattr(one, key.field):
            facts = {"key": key.name, "is": worded(entry.is_) if entry.is_ else "—", "date": entry.date.isoformat()}
            yield place.finding("set-mismatch", "log", one.log.index(entry), "set", **facts)


def _corrections(log: tuple[LogEntry, ...], place: _Place) -> Iterator[Finding]:
    """Apply the rules about what entries correct."""
    if not any(entry.corrects for entry in log):
        return
    corrections = Corrections(log)
    for at, named in corrections.named.items():
        if at in corrections.ambiguous:
            yield place.finding("ambiguous-correction", "log", at, "corrects")
        elif not named:
            yield place.finding("corrects-nothing", "log", at, "corrects", day=written_on(log[at]).isoformat())
    for at, later in corrections.lost():
        days = {"day": written_on(log[at]).isoformat(), "later": written_on(log[later]).isoformat()}
        yield place.finding("corrected-twice", "log", at, "corrects", **days)


def _history_rules(directive: Directive, task: Task, place: _Place) -> Iterator[Finding]:
    """Apply the rules that look at all that stands of a log, and name what the task itself says against them."""
    at = {id(entry): number for number, entry in enumerate(task.log)}
    log = folded(task, date.max)
    if task.parted or any(entry.for_ for entry in log):
        yield from _part_rules(directive, task, log, at, place)
    else:
        yield from _log_rules(task, log, at, place)


def _log_rules(task: Task, log: tuple[LogEntry, ...], at: Mapping[int, int], place: _Place) -> Iterator[Finding]:
    """Apply the rules about a log, or that of a part, which is named as the entry names it.

    `at` tells the places of the entries that are the task's own.
    """
    for entry, code, key, facts in against_log(task, log):
        if id(entry) in at:
            named = f"{task.id} ({', '.join(entry.for_)})" if entry.for_ else task.id
            yield place.finding(code, "log", at[id(entry)], key, id=named, **facts)


def _part_rules(
    directive: Directive, task: Task, log: tuple[LogEntry, ...], at: Mapping[int, int], place: _Place
) -> Iterator[Finding]:
    """Apply the rules about the parts that entries name, and those about the log of each part."""
    names = Names(place.programme, directive, task)
    for entry in log:
        if id(entry) in at and (fault := names.fault(entry)):
            code, path, facts = fault
            yield place.finding(code, "log", at[id(entry)], *path, **facts)
    seen = set()
    for part, its in logs(place.programme, directive, task, log):
        for finding in _log_rules(part, its, at, place):
            if (finding.code, finding.path) not in seen:
                seen.add((finding.code, finding.path))
                yield finding


def _unit(code: str, place: _Place, shelf: Shelf, *path: str | int, year: int | None = None) -> Iterator[Finding]:
    year = year or place.programme.year
    if shelf.aside:
        shelf.aside.uses.add((code, year, path[0] in _TAKES_PART))
    elif (code, year) in shelf.there:
        return
    elif (unit := shelf.units.get(code)) is None:
        yield place.finding("unknown-unit", *path, code=code, nearest=shelf.unit_offer(code))
    elif unit.valid_within(date(year, 1, 1), date(year, 12, 31)):
        shelf.there.add((code, year))
    else:
        yield place.finding("unit-not-valid", *path, code=code, year=str(year), nearest=shelf.unit_offer(code, year))


def _ended(directive: Directive, task: Task, place: _Place, shelf: Shelf) -> Iterator[Finding]:
    """Yield a lead that was there in the year, but no more when the task was given, and never gave it on."""
    unit = shelf.units.get(task.lead)
    if unit is None or unit.valid_to is None or any(entry.lead for entry in task.log):
        return
    exists = place.programme.exists_from(directive, task)
    if unit.valid_to < exists and unit.valid_to.year >= place.programme.year:
        facts = {"id": task.id, "code": unit.code, "day": unit.valid_to.isoformat(), "issued": exists.isoformat()}
        yield place.finding("unit-ended", "lead", **facts, nearest=bracketed(unit.merged_into or ""))


def _odd_number(number: str) -> bool:
    """Whether a text tries to be a document number and fails; a title in words is none."""
    if _NUMBER.fullmatch(number) or _ADDRESS.match(number):
        return False
    return "/" in number or " " not in number


def same_text(programme: Programme, texts: Iterable[tuple[str, str]], task: Task) -> Finding | None:
    """Return the finding for a task that is to be added, if another one of the programme has its text.

    `texts` are the ids of its tasks with their texts.
    """
    wanted = fold(task.text.in_("vi"))
    first = next((id_ for id_, text in texts if fold(text) == wanted), None)
    return _Place(programme, (), task.id).finding("same-text", id=task.id, first=first) if first else None


def _same_texts(programme: Programme) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for at, directive in enumerate(programme.directives):
        for number, task in enumerate(directive.tasks):
            first = task.id if voided(task) else seen.setdefault(fold(task.text.in_("vi")), task.id)
            if first != task.id:
                place = _Place(programme, ("directives", at, "tasks", number), task.id)
                yield place.finding("same-text", "text", id=task.id, first=first)
