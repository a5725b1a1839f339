"""Tasks of indexes: SQL selects, groups and puts in order; how a kind of standing is judged on a day is asked of it.

A fact follows from a few columns. What tells whether it is wanted is asked once for each value that occurs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache, partial
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from vpcp_cli.case import Case
from vpcp_cli.deadline import Deadline
from vpcp_cli.standing import DUE_SOON_DAYS, Standing
from vpcp_cli.storage.index.form import FOREVER, HOLDS, SHIFT
from vpcp_cli.storage.index.index import Index
from vpcp_cli.tasks import BLOCK, Tasks, Wanted, judge
from vpcp_cli.vietnamese import Search, fold
from vpcp_cli.vocabulary import Category

if TYPE_CHECKING:  # few tasks are each unit's, and few answers are for programs
    from vpcp_cli.storage.index.narrowed import Narrowed
    from vpcp_cli.told import Told

Read: TypeAlias = "Callable[..., Any] | None"
"""What makes a fact of the values of its columns; None where it is the value of its one column."""
DIRECTIVE: Final = f"s.task >> {SHIFT} << {SHIFT}"
"""The number of a task's directive."""
_PAST: Final = "r.folded || ifnull((SELECT char(0) || folded FROM temp.past_text p WHERE p.task = s.task), '')"
"""The texts of a task with those of what it goes on from."""
_MANY: Final = 500


class Fact(NamedTuple):
    """The columns from which a fact follows, and how, in a part."""

    columns: tuple[str, ...]
    read: Callable[[Part], Read] = lambda _part: None


def _of_kind(name: str) -> Fact:
    return Fact(
        ("s.kind",), lambda part: {number: getattr(case, name) for number, case in part.cases.items()}.__getitem__
    )


def _of_directive(of: Callable[[Any], Any]) -> Fact:
    return Fact(
        (DIRECTIVE,), lambda part: {number: of(one) for number, one in part.known.directives.items()}.__getitem__
    )


def _if_any(read: Callable[[Any], Any]) -> Callable[[Part], Read]:
    """Return what reads values of which some are missing."""
    known = _Known(lambda value: None if value is None else read(value))
    return lambda _part: known.__getitem__


class _Known(dict[Any, Any]):
    """What values mean, each read once."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, value: Any) -> Any:  # noqa: ANN401 - values of any column
        self[value] = self._read(value)
        return self[value]


def _days(part: Part) -> Read:
    days = {number: case.days for number, case in part.cases.items()}
    return lambda kind, late: days[kind] if late is None else late


@lru_cache(4096)
def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@lru_cache(4096)
def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def _awaited(day: date | None, start: int | None) -> date | None:
    return date.fromordinal(start) if start and day and start > day.toordinal() else None


FACTS: Final[Mapping[str, Fact]] = {
    "id": Fact(("t.id",)),
    "vi": Fact(("t.vi",)),
    "en": Fact(("ifnull(t.en, t.vi)",)),
    "programme": Fact((), lambda part: lambda: part.known.id),
    "year": Fact((), lambda part: lambda: part.known.year),
    "directive": Fact((DIRECTIVE,), lambda part: part.known.directive_ids.__getitem__),
    "issuer": _of_directive(lambda one: one.issuer.name),
    "issued": _of_directive(lambda one: one.issued),
    "document": _of_directive(lambda one: one.number),
    "around": Fact((DIRECTIVE,), lambda part: lambda number: (part.known.head, part.known.directive(number))),
    "category": Fact(("t.category",), _if_any(Category)),
    "priority": Fact(("t.priority",), lambda _part: bool),
    "responsible": Fact(("s.responsible",)),
    "tags": Fact(("t.tags",), lambda _part: _lines),
    "parted": Fact(("t.parted",), lambda _part: bool),
    "awaited": Fact(("t.start",), lambda part: partial(_awaited, part.day)),
    **{name: _of_kind(name) for name in ("nature", "status", "timeliness", "open")},
    "obstacle": Fact(
        ("s.kind",), lambda part: {number: bool(one.obstacles) for number, one in part.cases.items()}.__getitem__
    ),
    "case": Fact(("s.kind",), lambda part: part.cases.__getitem__),
    "days": Fact(("s.kind", "s.late"), _days),
    "lead": Fact(("s.lead",)),
    "support": Fact(("s.support",), lambda _part: _codes),
    "units": Fact(("s.lead", "s.support"), lambda _part: lambda lead, support: (lead, *_codes(support))),
    "deadline": Fact(("s.deadline",), _if_any(Deadline.parse)),
    "deadline_words": Fact(("CASE WHEN t.words_of IS s.deadline THEN t.deadline_words END",)),
    "settled": Fact(("s.last",), _if_any(date.fromordinal)),
    "carried_to": Fact(("s.carried_to",)),
    "postponements": Fact(("s.postponements",)),
}
"""Each fact of `tasks.FACTS`."""


class Part(NamedTuple):
    """Some tasks of one index on a day: those rows of `state`, named s, for which all conditions hold.

    `day` is None where each task stands as on its first day; then `cases` are not to be asked for.
    """

    known: Index
    day: date | None
    due_soon_days: int
    conditions: tuple[str, ...]
    values: tuple[Any, ...] = ()
    narrowed: Narrowed | None = None

    @classmethod
    def on(cls, index: Index, day: date, due_soon_days: int, *, void: bool = False) -> Part:
        """Return all tasks that are there on a day; with `void` also those that were entered by mistake."""
        found = cls(index, day, due_soon_days, (HOLDS.format(day=day.toordinal()),))
        return found if void else found.not_void()

    @classmethod
    def ever(cls, index: Index) -> Part:
        """Return all tasks, each as on its first day."""
        return cls(index, None, DUE_SOON_DAYS, ("s.since = t.exists_from",)).not_void()

    def not_void(self) -> Part:
        """Return those that were not entered by mistake."""
        void = self.known.void
        return self.but(f"s.kind NOT IN ({', '.join(map(str, void))})") if void else self

    @property
    def cases(self) -> Mapping[int, Case]:
        """What each kind of standing is on the day."""
        cases = self.known.cases(self.day or date.max, self.due_soon_days)
        if self.narrowed is None:
            return cases
        day = self.day or date.max
        return {**cases, **{number: kind.on(day, self.due_soon_days) for number, kind in self.narrowed.kinds.items()}}

    def of_units(self, units: Collection[str]) -> Part:
        """Return the same tasks; what each of some units must do stands as their parts do."""
        if not self.known.has_members:
            return self
        from vpcp_cli.storage.index.narrowed import of_units

        return self._replace(narrowed=of_units(self.known, units))

    @property
    def _states(self) -> str:
        return self.narrowed.source if self.narrowed else "state"

    def but(self, condition: str, *values: Any) -> Part:  # noqa: ANN401 - values of any column
        """Return those for which a further condition holds."""
        return self._replace(conditions=(*self.conditions, condition), values=(*self.values, *values))

    def select(
        self, columns: Sequence[str], rest: str = "", *, texts: bool = False, joined: str = ""
    ) -> Iterator[tuple[Any, ...]]:
        """Yield some columns of each; those of its texts are named r."""
        where = " AND ".join(self.conditions)
        task = any("t." in one for one in (*columns, where))
        joins = " JOIN task t ON t.number = s.task" * task + " JOIN texts.record r ON r.task = s.task" * texts + joined
        db = self.known.with_texts() if texts else self.known.db
        return db.execute(f"SELECT {', '.join(columns)} FROM {self._states} s{joins} WHERE {where} {rest}", self.values)

    def rows(self, names: Sequence[str], also: Sequence[str] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield some columns of each task, and then some of its facts."""
        return (row for columns in self.columns(names, also) for row in zip(*columns, strict=True))

    def columns(self, names: Sequence[str], also: Sequence[str] = ()) -> Iterator[list[Iterable[Any]]]:
        """Yield the same of many tasks at a time, column by column."""
        facts = [FACTS[name] for name in names]
        columns = list(dict.fromkeys([*also, *(column for fact in facts for column in fact.columns)])) or ["1"]
        reads = [([columns.index(column) for column in fact.columns], fact.read(self)) for fact in facts]
        places = [columns.index(column) for column in also]
        selected = self.select(columns, "ORDER BY s.task")
        while block := list(islice(selected, BLOCK)):
            given = list(zip(*block, strict=True))
            yield [
                *(given[at] for at in places),
                *(_read(read, [given[at] for at in of], len(block)) for of, read in reads),
            ]

    def where(self, name: str, wanted: Wanted) -> Part | None:
        """Return those of which a fact is wanted, if any may be."""
        fact, is_wanted = FACTS[name], judge(wanted)
        read = fact.read(self)
        if not fact.columns:
            return self if read and is_wanted(read()) else None
        (column,) = fact.columns
        if read is None and not callable(wanted):
            chosen = list(wanted)
        else:
            occurring = self.occurring(column)
            chosen = [value for value in occurring if is_wanted(read(value) if read else value)]
            if len(chosen) == len(occurring):
                return self
        return self._among(column, chosen) if chosen else None

    def occurring(self, column: str) -> list[Any]:
        """Return the values of a column, of these tasks and others."""
        if column == "s.kind":
            return list(self.cases)
        if column == DIRECTIVE:
            return list(self.known.directive_ids)
        of_state, of_task = "s." in column, "t." in column
        table = (
            f"{self._states} s JOIN task t ON t.number = s.task"
            if of_state and of_task
            else "task t"
            if of_task
            else f"{self._states} s"
        )
        return [value for (value,) in self.known.db.execute(f"SELECT DISTINCT {column} FROM {table}")]

    def _among(self, column: str, values: Sequence[Any]) -> Part:
        """Return those of which a column is one of some values."""
        given = [value for value in values if value is not None]
        if len(given) > _MANY:
            inside, given = f"{column} IN {self._table(given)}", []
        else:
            inside = f"{column} IN ({', '.join('?' * len(given))})"
        if column == "t.id":
            inside = f"s.task IN (SELECT number FROM task t WHERE {inside})"
        return self.but(f"({inside} OR {column} IS NULL)" if None in values else inside, *given)

    def _table(self, values: Sequence[Any]) -> str:
        """Return a new table of many values."""
        db = self.known.db
        (number,) = db.execute("SELECT count(*) FROM temp.sqlite_master").fetchone()
        db.execute(f"CREATE TEMP TABLE wanted{number}(value)")
        db.executemany(f"INSERT INTO temp.wanted{number} VALUES(?)", ((value,) for value in values))
        return f"(SELECT value FROM temp.wanted{number})"

    def standing(self, number: int, text: str, line: int) -> Standing:
        """Return a task of a row as it stands."""
        day = self.day or date.fromordinal(self._first_day(number))
        units = self.narrowed.units if self.narrowed else ()
        return self.known.standing(number, text, line, day, self.due_soon_days, units)

    def told(self, rest: str = "") -> Iterator[tuple[int, Told | Standing]]:
        """Yield each task for programs, with its number."""
        from vpcp_cli.storage.index.telling import COLUMNS, JOINED, told

        rows = self.select(COLUMNS, rest, texts=True, joined=JOINED)
        return told(self.known, self.cases, self.day or date.max, rows, self.standing)

    def _first_day(self, number: int) -> int:
        (day,) = self.known.db.execute("SELECT exists_from FROM task WHERE number = ?", (number,)).fetchone()
        return int(day)


def _read(read: Read, columns: Sequence[Sequence[Any]], number: int) -> Iterable[Any]:
    """Return a fact of each of some tasks."""
    if read is None:
        return columns[0]
    return map(read, *columns) if columns else repeat(read(), number)


class Selected(Tasks):
    """Tasks in the order of their programmes."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """Take those of some parts."""
        self._parts = parts
        self._counted: dict[tuple[str, ...], Counter[tuple[Any, ...]]] = {}
        self._number: int | None = None

    def __len__(self) -> int:
        if self._number is None:
            self._number = sum(next(part.select(["count(*)"]))[0] for part in self._parts)
        return self._number

    def __iter__(self) -> Iterator[Standing]:
        for part in self._parts:
            for row in part.select(["s.task", "r.data", "r.line"], "ORDER BY s.task", texts=True):
                yield part.standing(*row)

    def told(self) -> Iterator[Told | Standing]:
        """Yield each task for programs: without its records where these are not needed."""
        return (one for part in self._parts for _number, one in part.told("ORDER BY s.task"))

    def of_units(self, units: Collection[str]) -> Tasks:
        """Return the same tasks; what each of some units must do stands as their parts do."""
        return Selected([part.of_units(units) for part in self._parts])

    def rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Yield some facts of each task."""
        for part in self._parts:
            yield from part.rows(names)

    def columns(self, *names: str) -> Iterator[Sequence[Iterable[Any]]]:
        """Yield some facts of many tasks at a time."""
        return chain.from_iterable(part.columns(names) for part in self._parts)

    def picked(self, places: Sequence[int]) -> Tasks:
        """Return the tasks at some places."""
        every = list(self._references())
        return _Picked(self._parts, [every[place] for place in places])

    def _references(self) -> Iterator[Reference]:
        for at, part in enumerate(self._parts):
            yield from ((at, number) for (number,) in part.select(["s.task"], "ORDER BY s.task"))

    def where(self, name: str, wanted: Wanted) -> Tasks:
        """Return the tasks of which a fact is wanted."""
        if len(FACTS[name].columns) > 1:
            return super().where(name, wanted)
        found = (part.where(name, wanted) for part in self._parts)
        return Selected([part for part in found if part])

    def matching(self, search: Search, unit_names: Mapping[str, str]) -> Tasks:
        """Return the tasks in whose texts all words occur."""
        found = _Finder(search, unit_names)
        return _Picked(
            self._parts, [(at, number) for at, part in enumerate(self._parts) for number in found.among(part)]
        )

    def with_entries(self, since: date, until: date) -> Tasks:
        """Return the tasks in whose logs an entry is of one day or another between two."""
        days = f"day BETWEEN {since.toordinal()} AND {until.toordinal()}"
        asked = [f"SELECT task FROM {table} WHERE {days}" for table in ("texts.entry", "temp.past_day")]
        return Selected(
            [part.but(f"s.task IN ({' UNION ALL '.join(asked[: 1 + part.known.with_past()])})") for part in self._parts]
        )

    def counted(self, *names: str) -> Counter[tuple[Any, ...]]:
        """Count the tasks that share some facts, in the order of their first ones."""
        if names not in self._counted:
            found = self._counted[names] = Counter()
            facts = [FACTS[name] for name in names]
            columns = [column for fact in facts for column in fact.columns]
            groups = f"GROUP BY {', '.join(columns)}" if columns else ""
            for part in self._parts:
                rows = sorted(row for row in part.select(["min(s.task)", "count(*)", *columns], groups) if row[1])
                if rows:
                    _firsts, numbers, *given = zip(*rows, strict=True)
                    each = iter(given)
                    read = [_read(fact.read(part), list(islice(each, len(fact.columns))), len(rows)) for fact in facts]
                    for key, number in zip(zip(*read, strict=True), numbers, strict=True):
                        found[key] += number
        return self._counted[names]

    def ordered(self, name: str, keys: Mapping[Any, Any]) -> Tasks:
        """Return those of which a fact is one of some values, in the order of their keys."""
        found: list[tuple[Any, int, int]] = []
        parts = [some for part in self._parts if (some := part.where(name, keys))]
        for at, part in enumerate(parts):
            found += [(keys[value], at, number) for number, value in part.rows([name], ["s.task"])]
        found.sort()
        return _Picked(parts, [(at, number) for _key, at, number in found])


Reference: TypeAlias = tuple[int, int]
"""A part's place, and the number of a task in it."""


class _Picked(Tasks):
    """Tasks of some parts in any order."""

    def __init__(self, parts: Sequence[Part], references: Sequence[Reference]) -> None:
        self._parts, self._references = parts, references

    def __len__(self) -> int:
        return len(self._references)

    def __iter__(self) -> Iterator[Standing]:
        found = {
            (at, row[0]): row
            for at, part in self._needed()
            for row in part.select(["s.task", "r.data", "r.line"], texts=True)
        }
        return (self._parts[one[0]].standing(*found[one]) for one in self._references)

    def told(self) -> Iterator[Told | Standing]:
        """Yield each task for programs: without its records where these are not needed."""
        found = {(at, number): one for at, part in self._needed() for number, one in part.told()}
        return map(found.__getitem__, self._references)

    def rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Yield some facts of each task."""
        found = {(at, row[0]): row[1:] for at, part in self._needed() for row in part.rows(names, ["s.task"])}
        return map(found.__getitem__, self._references)

    def of_units(self, units: Collection[str]) -> Tasks:
        """Return the same tasks; what each of some units must do stands as their parts do."""
        return _Picked([part.of_units(units) for part in self._parts], self._references)

    def picked(self, places: Sequence[int]) -> Tasks:
        """Return the tasks at some places."""
        return _Picked(self._parts, list(map(self._references.__getitem__, places)))

    def _needed(self) -> Iterator[tuple[int, Part]]:
        """Yield the parts with what is needed of them: few of many are asked for by their numbers."""
        numbers: dict[int, list[int]] = {}
        for at, number in self._references:
            numbers.setdefault(at, []).append(number)
        for at, wanted in numbers.items():
            few = len(wanted) <= _MANY
            yield at, self._parts[at].but(f"s.task IN ({', '.join(map(str, wanted))})") if few else self._parts[at]


class _Finder:
    """Finds the tasks in whose texts words occur: SQL leaves few texts over that are looked at in earnest."""

    def __init__(self, search: Search, unit_names: Mapping[str, str]) -> None:
        self._search, self._units = search, unit_names
        self._names = cache(lambda lead: fold(f"{lead}\0{unit_names.get(lead, '')}"))
        needles = [needle for clause in search.clauses for way in clause for needle in way]
        self._plain = not any(needle.marked for needle in needles)

    def among(self, part: Part) -> list[int]:
        """Return the numbers of the tasks that are found."""
        values: list[str] = []
        leads = {code: self._names(code) for code in part.occurring("s.lead")}
        folded = _PAST if part.known.with_past() else "r.folded"

        def likely(key: str) -> str:
            if key != key.encode(errors="ignore").decode():
                return "0"  # half a character stands nowhere
            named = [code for code, names in leads.items() if key in names]
            values.extend([key, *named])
            return f"(instr({folded}, ?) OR s.lead IN ({', '.join('?' * len(named))}))"

        ways = [
            [" AND ".join(likely(fold(one.key)) for one in way) for way in clause] for clause in self._search.clauses
        ]
        some = part.but(" AND ".join(f"({' OR '.join(f'({way})' for way in clause)})" for clause in ways), *values)
        columns = ["s.task", "s.lead", "s.until", folded, "r.data", "r.line"]
        return [row[0] for row in some.select(columns, "ORDER BY s.task", texts=True) if self._holds(part, *row)]

    def _holds(self, part: Part, number: int, lead: str, until: int, folded: str, text: str, line: int) -> bool:
        if not (self._plain and until == FOREVER):
            from vpcp_cli.searched import haystacks

            return self._search.matches(*haystacks(part.standing(number, text, line), self._units))
        whole = f"{folded}\0{self._names(lead)}"
        return all(
            any(all(next(needle.places(whole), None) is not None for needle in way) for way in clause)
            for clause in self._search.clauses
        )
