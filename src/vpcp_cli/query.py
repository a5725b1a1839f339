"""What was asked: which tasks are wanted, and in which order; and the ways in which people name things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Final, TypeAlias, TypeVar

from vpcp_cli.errors import AmbiguousIdError, BadWordError, UnknownIdError
from vpcp_cli.programme import Directive, Document, LogEntry, Programme, Task, Text, Unit, Workspace
from vpcp_cli.standing import DUE_SOON_DAYS, Standing, folded, stand
from vpcp_cli.vietnamese import Search, collation_key, fold, nearest
from vpcp_cli.vocabulary import Category, Nature, Role, Status, Timeliness, Word, labels

W = TypeVar("W", bound=Word)

_NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A selection; an empty field asks nothing. Values in one field mean or, fields mean and.

    `issuers` and `responsible` are folded parts of names; `unit_names` holds what a search knows a lead by. `limit` is
    for whoever shows the tasks: the first so many of them.
    """

    years: frozenset[int] = frozenset()
    units: frozenset[str] = frozenset()
    role: Role = Role.LEAD
    statuses: frozenset[Status] = frozenset()
    timeliness: frozenset[Timeliness] = frozenset()
    open: bool = False
    overdue: bool = False
    due_before: date | None = None
    due_after: date | None = None
    directives: frozenset[str] = frozenset()
    issuers: frozenset[str] = frozenset()
    categories: frozenset[Category] = frozenset()
    natures: frozenset[Nature] = frozenset()
    responsible: frozenset[str] = frozenset()
    priority: bool = False
    obstacle: bool = False
    ids: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    unit_names: Mapping[str, str] = field(default_factory=dict)
    sort: tuple[str, ...] = ()
    limit: int | None = None
    search: Search = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare the words that are looked for."""
        object.__setattr__(self, "search", Search.of(self.words))

    def matches(self, standing: Standing) -> bool:
        """Whether a task, as it stands on its day, is wanted."""
        return self._finds_state(standing) and self.concerns(standing)

    def concerns(self, standing: Standing) -> bool:
        """Whether a task is one of those that are asked about, however it stands."""
        return (
            self._names(standing)
            and self._is_addressed(standing)
            and (not self.search.clauses or self.search.matches(*haystacks(standing, self.unit_names)))
        )

    def _names(self, standing: Standing) -> bool:
        """Whether the task, its directive and its programme are among the named ones."""
        return (
            (not self.years or standing.programme.year in self.years)
            and (not self.ids or standing.task.id in self.ids)
            and (not self.directives or standing.directive.id in self.directives)
            and (not self.categories or standing.task.category in self.categories)
            and (not self.natures or standing.task.nature in self.natures)
            and (not self.priority or standing.task.priority)
        )

    def _finds_state(self, standing: Standing) -> bool:
        """Whether the task stands as asked; one without a deadline is neither before nor after a day."""
        due = standing.deadline.last if standing.deadline else None
        return (
            (not self.statuses or standing.status in self.statuses)
            and (not self.timeliness or standing.timeliness in self.timeliness)
            and (not self.open or standing.open)
            and (not self.overdue or standing.overdue)
            and (not self.obstacle or bool(standing.obstacles))
            and (self.due_before is None or (due is not None and due < self.due_before))
            and (self.due_after is None or (due is not None and due > self.due_after))
        )

    def _is_addressed(self, standing: Standing) -> bool:
        """Whether the right people and units take part."""
        return (
            (not self.units or bool(self.units & _units(standing, self.role)))
            and (not self.issuers or _holds_any(standing.directive.issuer.name, self.issuers))
            and (not self.responsible or _holds_any(standing.task.responsible or "", self.responsible))
        )

    def select(self, tasks: Iterable[Standing]) -> list[Standing]:
        """Return all the wanted ones of some tasks, in the order asked for."""
        found = [standing for standing in tasks if self.matches(standing)]
        if self.sort:
            found.sort(key=self._sort_key)
        return found

    def _sort_key(self, standing: Standing) -> tuple[object, ...]:
        parts: list[object] = []
        for name in self.sort:
            key = SORTS[name.removeprefix("-")](standing)
            parts += [key is None, _Turned(key) if name.startswith("-") else key]
        return tuple(parts)


Key: TypeAlias = "tuple[Any, ...] | None"


@dataclass(frozen=True, slots=True)
class _Turned:
    """A sort key in the opposite order."""

    key: Key

    def __lt__(self, other: _Turned) -> bool:
        return self.key is not None and other.key is not None and other.key < self.key


def _natural(identifier: str) -> Key:
    """Return a key by which .2 stands before .10."""
    stem, _, number = identifier.rpartition(".")
    return stem, int(number) if number.isdecimal() else 0


def _place(words: type[Word], word: Word | None) -> Key:
    return (list(words).index(word),) if word else None


SORTS: Final[Mapping[str, Callable[[Standing], Key]]] = {
    "id": lambda one: _natural(one.task.id),
    "deadline": lambda one: (one.deadline.last, one.deadline.first) if one.deadline else None,
    "days": lambda one: (one.days,) if one.days is not None else None,
    "lead": lambda one: (one.lead,),
    "status": lambda one: _place(Status, one.status),
    "timeliness": lambda one: _place(Timeliness, one.timeliness),
    "category": lambda one: _place(Category, one.task.category),
    "priority": lambda one: (not one.task.priority,),
    "issued": lambda one: (one.directive.issued,) if one.directive.issued else None,
    "last-entry": lambda one: (one.last_entry.date,) if one.last_entry else None,
    "text": lambda one: (collation_key(one.task.text.in_("vi")),),
}
"""What tasks can be sorted by; `-` before a name turns the order, what lacks the value stands last."""


def standings(workspace: Workspace, day: date, due_soon_days: int = DUE_SOON_DAYS) -> Iterator[Standing]:
    """Yield every task that exists on a day as it stands on it, in the order of the programmes."""
    for programme in workspace.programmes:
        for directive, task in programme.tasks():
            standing = stand(programme, directive, task, day, due_soon_days)
            if standing:
                yield standing


def absent(workspace: Workspace, day: date, query: Query) -> int:
    """Count the tasks that a query would take, how they stand apart, but that don't exist yet on a day."""
    number = 0
    for programme in workspace.programmes:
        for directive, task in programme.tasks():
            start = programme.exists_from(directive, task)
            if start > day:
                standing = stand(programme, directive, task, start)
                number += standing is not None and query.concerns(standing)
    return number


def haystacks(standing: Standing, unit_names: Mapping[str, str] = _NO_NAMES) -> Iterator[str]:
    """Yield every text of a task in which search words are looked for, its own first."""
    for _name, text in search_fields(standing, unit_names):
        yield text


def search_fields(standing: Standing, unit_names: Mapping[str, str] = _NO_NAMES) -> Iterator[tuple[str, str]]:
    """Yield the name of a field and a text of it, for each text that search looks at."""
    task, directive = standing.task, standing.directive
    fields: list[tuple[str, Iterable[str]]] = [
        ("text", _both(task.text)),
        ("deliverable", _both(task.deliverable)),
        ("measure", _both(task.measure)),
        ("directive", _both(directive.title)),
        ("issuer", (directive.issuer.name, *_both(directive.issuer.role))),
        ("lead", (standing.lead, unit_names.get(standing.lead, ""))),
        ("responsible", (task.responsible or "",)),
        ("basis", (text for basis in task.basis for text in _both(basis))),
    ]
    for name, texts in fields:
        yield from ((name, text) for text in texts if text)
    for entry in folded(task, standing.day):
        yield from _entry_fields(entry)


def _entry_fields(entry: LogEntry) -> Iterator[tuple[str, str]]:
    fields: list[tuple[str, Iterable[str | None]]] = [
        ("evidence", (text for document in entry.evidence for text in _of_document(document))),
        ("document", (entry.document,)),
        ("reminder", (entry.reminder,)),
        ("obstacle", _both(entry.obstacle)),
        ("resolved", _both(entry.resolved)),
        ("note", (entry.note,)),
    ]
    for name, texts in fields:
        yield from ((name, text) for text in texts if text)


def _of_document(document: Document) -> tuple[str | None, ...]:
    return document.number, *_both(document.title)


def _both(text: Text | None) -> tuple[str, ...]:
    """Return a text in each of its languages, once where it is the same."""
    return tuple(dict.fromkeys(one for one in (text.vi, text.en) if one)) if text else ()


def _units(standing: Standing, role: Role) -> frozenset[str]:
    lead = (standing.lead,) if role is not Role.SUPPORT else ()
    support = standing.support if role is not Role.LEAD else ()
    return frozenset((*lead, *support))


def _holds_any(name: str, parts: Iterable[str]) -> bool:
    folded_name = fold(name)
    return any(part in folded_name for part in parts)


# --- The ways in which people name things ---


def word_named(kind: type[W], typed: str, option: str) -> W:
    """Return the code that was typed, or whose label was: with or without marks, `-` for `_`.

    A part of a label between commas is enough where no other has it. Raise `BadWordError`.
    """
    wanted = _spaced(typed)
    names = {word: [_spaced(name) for name in (word.value, *labels(word))] for word in kind}
    exact = [word for word in kind if wanted in names[word]]
    parts = [word for word in kind if any(wanted == part.strip() for name in names[word] for part in name.split(","))]
    if exact or len(parts) == 1:
        return (exact or parts)[0]
    known = {name: word.value for word in kind for name in names[word]}
    meant = dict.fromkeys(known[name] for name in nearest(wanted, known))
    raise BadWordError(typed, option, [word.value for word in kind], list(meant))


def _spaced(name: str) -> str:
    """Return a name as a search key in which `-` and `_` are spaces."""
    return fold(name.replace("-", " ").replace("_", " "))


def unit_names(unit: Unit) -> list[str]:
    """Return every name that a unit is known by, its code first."""
    names = [unit.code, *_both(unit.short), *unit.aliases, *_both(unit.name)]
    return list(dict.fromkeys(names))


def searchable_names(workspace: Workspace) -> dict[str, str]:
    """Return for each unit's code all its names as one text."""
    return {unit.code: " · ".join(unit_names(unit)) for unit in workspace.units}


def units_named(workspace: Workspace, typed: str, option: str = "--unit") -> frozenset[str]:
    """Return the codes of the units with a code, short name, alias or name, folded; raise `BadWordError`.

    A name that several units have had means all of them; a code means one.
    """
    wanted = _spaced(typed)
    codes = {unit.code for unit in workspace.units} | _codes_in_use(workspace)
    names = {unit.code: [_spaced(name) for name in unit_names(unit)] for unit in workspace.units}
    found = [code for code in codes if _spaced(code) == wanted] or [code for code in names if wanted in names[code]]
    if found:
        return frozenset(found)
    known = {name: code for code in sorted(codes) for name in names.get(code, [_spaced(code)])}
    meant = dict.fromkeys(known[name] for name in nearest(wanted, known))
    raise BadWordError(typed, option, sorted(codes), list(meant))


def _codes_in_use(workspace: Workspace) -> set[str]:
    """Return the codes that tasks use, also those that the register lacks."""
    codes: set[str] = set()
    for programme in workspace.programmes:
        for _directive, task in programme.tasks():
            codes.update((task.lead, *task.support), (entry.lead for entry in task.log if entry.lead))
    return codes


@dataclass(frozen=True, slots=True)
class Named:
    """What an id names: a programme, one of its directives, or one of its tasks."""

    programme: Programme
    directive: Directive | None = None
    task: Task | None = None


class Ids:
    """The ids of a workspace, found as people type them: in any case, and without the year where that is clear."""

    def __init__(self, workspace: Workspace, years: frozenset[int] = frozenset()) -> None:
        """Keep every id; those of the asked-for years are looked at first when the year is left out."""
        self._years = years
        self._named: dict[str, Named] = {}
        for programme in workspace.programmes:
            self._named[programme.id.upper()] = Named(programme)
            for directive in programme.directives:
                self._named[directive.id.upper()] = Named(programme, directive)
                for task in directive.tasks:
                    self._named[task.id.upper()] = Named(programme, directive, task)

    def find(self, typed: str, kinds: Sequence[str] = ("task", "directive", "programme")) -> Named:
        """Return what an id names; raise `UnknownIdError` or `AmbiguousIdError`."""
        wanted = typed.strip().upper()
        exact = self._named.get(wanted)
        if exact and _kind(exact) in kinds:
            return exact
        short = {
            name: named
            for name, named in self._named.items()
            if name.partition("-")[2] == wanted
            and _kind(named) in kinds
            and (not self._years or named.programme.year in self._years)
        }
        if len(short) == 1:
            return next(iter(short.values()))
        if short:
            raise AmbiguousIdError(typed, [_id(named) for named in short.values()])
        known = [_id(named) for named in self._named.values() if _kind(named) in kinds]
        raise UnknownIdError(typed, nearest(wanted, known))

    def task(self, typed: str) -> Named:
        """Return the task that an id names; raise `UnknownIdError` or `AmbiguousIdError`."""
        return self.find(typed, ("task",))

    def tasks_in(self, typed: str) -> frozenset[str]:
        """Return the ids of the task that an id names, or of all tasks of its directive or programme."""
        named = self.find(typed)
        if named.task:
            return frozenset({named.task.id})
        directives = (named.directive,) if named.directive else named.programme.directives
        return frozenset(task.id for directive in directives for task in directive.tasks)


def _kind(named: Named) -> str:
    return "task" if named.task else "directive" if named.directive else "programme"


def _id(named: Named) -> str:
    return (named.task or named.directive or named.programme).id
