"""What was asked: which tasks are wanted, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import cache
from typing import Any, Final, TypeAlias, TypeVar

from vpcp_cli.dataclass import dataclass
from vpcp_cli.deadline import Deadline
from vpcp_cli.standing import Standing, of_units
from vpcp_cli.tasks import FACTS, Tasks, Wanted, judge, tasks_of
from vpcp_cli.vietnamese import Search, collation_key, fold
from vpcp_cli.vocabulary import Category, Nature, Role, Status, Timeliness, Word

W = TypeVar("W", bound=Word)

Conditions: TypeAlias = Mapping[str, Wanted]
"""For each fact that is asked about, by its name in `tasks.FACTS`, which of its values are wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A selection; an empty field asks nothing. Values in one field mean or, fields mean and.

    `issuers` and `responsible` are folded parts of names, `tags` folded words, `documents` beginnings of numbers;
    `unit_names` holds what a search knows a lead by. `limit` is for whoever shows the tasks: the first so many of them.
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
    documents: frozenset[str] = frozenset()
    categories: frozenset[Category] = frozenset()
    natures: frozenset[Nature] = frozenset()
    responsible: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    running: bool = False
    priority: bool = False
    obstacle: bool = False
    ids: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    unit_names: Mapping[str, str] = field(default_factory=dict)
    sort: tuple[str, ...] = ()
    limit: int | None = None
    search: Search = field(init=False, compare=False, repr=False)
    subjects: Conditions = field(init=False, compare=False, repr=False)
    states: Conditions = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare the words that are looked for and the conditions."""
        object.__setattr__(self, "search", Search.of(self.words))
        object.__setattr__(self, "subjects", {**dict(self._named()), **dict(self._addressed())})
        object.__setattr__(self, "states", dict(self._in_state()))

    @property
    def names_void(self) -> bool:
        """Whether tasks are asked about that were entered by mistake: by that word, or by their ids."""
        return bool(self.ids) or Status.VOID in self.statuses or Timeliness.VOID in self.timeliness

    def matches(self, standing: Standing) -> bool:
        """Whether a task, as it stands on its day, is wanted."""
        standing = self._own(standing)
        return _meets(standing, self.states) and self.concerns(standing)

    def concerns(self, standing: Standing) -> bool:
        """Whether a task is one of those that are asked about, however it stands."""
        standing = self._own(standing)
        return _meets(standing, self.subjects) and self._finds(standing)

    def _own(self, standing: Standing) -> Standing:
        return of_units(standing, self.units) if self.units and self.role is not Role.SUPPORT else standing

    def _finds(self, standing: Standing) -> bool:
        from vpcp_cli.searched import haystacks

        return not self.search.clauses or self.search.matches(*haystacks(standing, self.unit_names))

    def _named(self) -> Iterator[tuple[str, Wanted]]:
        """Yield what the task, its directive and its programme must be."""
        named: Mapping[str, frozenset[Any]] = {
            "year": self.years,
            "id": self.ids,
            "directive": self.directives,
            "category": self.categories,
            "nature": self.natures,
        }
        yield from ((name, wanted) for name, wanted in named.items() if wanted)
        if self.priority:
            yield "priority", bool
        if self.tags:
            yield "tags", lambda tags: any(fold(tag) in self.tags for tag in tags)

    def _in_state(self) -> Iterator[tuple[str, Wanted]]:
        """Yield how the task must stand; one without a deadline is neither before nor after a day."""
        if self.statuses:
            yield "status", self.statuses
        if self.timeliness or self.overdue:
            asked = [self.timeliness] if self.timeliness else []
            yield "timeliness", frozenset.intersection(*asked, *([_OVERDUE] if self.overdue else []))
        if self.open or self.overdue or self.running:
            yield "open", bool
        if self.running:
            yield "awaited", frozenset({None})
        if self.obstacle:
            yield "obstacle", bool
        if self.due_before or self.due_after:
            yield "deadline", self._is_due

    def _is_due(self, deadline: Deadline | None) -> bool:
        return deadline is not None and (
            (self.due_before is None or deadline.last < self.due_before)
            and (self.due_after is None or deadline.last > self.due_after)
        )

    def _addressed(self) -> Iterator[tuple[str, Wanted]]:
        """Yield which people and units must take part."""
        if self.units and self.role is Role.LEAD:
            yield "lead", self.units
        elif self.units:
            parts = "support" if self.role is Role.SUPPORT else "units"
            yield parts, lambda codes: not self.units.isdisjoint(codes)
        if self.issuers:
            yield "issuer", lambda name: _holds_any(name, self.issuers)
        if self.documents:
            yield "document", lambda number: _begins_with_any(number or "", self.documents)
        if self.responsible:
            yield "responsible", lambda name: _holds_any(name or "", self.responsible)

    def select(self, tasks: Iterable[Standing]) -> Tasks:
        """Return all the wanted ones of some tasks, in the order asked for."""
        found = self._among(tasks_of(tasks), {**self.subjects, **self.states})
        return self._sorted(found) if self.sort else found

    def about(self, tasks: Tasks) -> Tasks:
        """Return those of some tasks that are asked about, however they stand."""
        return self._among(tasks, self.subjects)

    def _among(self, tasks: Tasks, conditions: Conditions) -> Tasks:
        if self.units and self.role is not Role.SUPPORT:
            tasks = tasks.of_units(self.units)
        for name, wanted in conditions.items():
            tasks = tasks.where(name, wanted)
        return tasks.matching(self.search, self.unit_names) if self.search.clauses else tasks

    def _sorted(self, tasks: Tasks) -> Tasks:
        named = [SORTS[name.removeprefix("-")] for name in self.sort]
        columns = zip(*tasks.rows(*(fact for fact, _key in named)), strict=True)
        keys: list[list[Any]] = []
        for name, (_fact, key_of), column in zip(self.sort, named, columns, strict=False):
            key = cache(key_of)
            values = list(map(key, column))
            keys += [
                [value is None for value in values],
                list(map(_Turned, values)) if name.startswith("-") else values,
            ]
        order = list(zip(*keys, strict=True))
        return tasks.picked(sorted(range(len(order)), key=order.__getitem__))


def _meets(standing: Standing, conditions: Conditions) -> bool:
    return all(judge(wanted)(FACTS[name](standing)) for name, wanted in conditions.items())


_OVERDUE: Final = frozenset({Timeliness.OVERDUE})


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


SORTS: Final[Mapping[str, tuple[str, Callable[[Any], Key]]]] = {
    "id": ("id", _natural),
    "deadline": ("deadline", lambda deadline: (deadline.last, deadline.first) if deadline else None),
    "days": ("days", lambda days: (days,) if days is not None else None),
    "lead": ("lead", lambda lead: (lead,)),
    "status": ("status", lambda status: _place(Status, status)),
    "timeliness": ("timeliness", lambda timeliness: _place(Timeliness, timeliness)),
    "category": ("category", lambda category: _place(Category, category)),
    "priority": ("priority", lambda priority: (not priority,)),
    "issued": ("issued", lambda issued: (issued,) if issued else None),
    "last-entry": ("settled", lambda day: (day,) if day else None),
    "text": ("vi", lambda text: (collation_key(text),)),
}
"""What tasks can be sorted by, a fact and its key; `-` before a name turns the order, no value comes last."""


def _begins_with_any(number: str, starts: Iterable[str]) -> bool:
    """Whether the number of a document is a typed one, or that and more behind a sign: 120 of 120/TB-BCT."""
    folded = fold(number)
    return any(folded.startswith(one) and not folded[len(one) : len(one) + 1].isalnum() for one in map(fold, starts))


def _holds_any(name: str, parts: Iterable[str]) -> bool:
    folded_name = fold(name)
    return any(part in folded_name for part in parts)
