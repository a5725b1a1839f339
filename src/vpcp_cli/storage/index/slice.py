"""Some tasks of one index: SQL selects and puts in order; how a kind of standing is judged on a day is asked of it.

A fact follows from a few columns. What tells whether it is wanted is asked once for each value that occurs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice, repeat
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from vpcp_cli.case import Case
from vpcp_cli.deadline import Deadline
from vpcp_cli.standing import DUE_SOON_DAYS, Standing
from vpcp_cli.storage.index.form import HOLDS, RARE, SHIFT
from vpcp_cli.storage.index.index import Index
from vpcp_cli.storage.index.kind import Known
from vpcp_cli.tasks import BLOCK, Wanted, judge
from vpcp_cli.vocabulary import Category, Status

if TYPE_CHECKING:  # few tasks are each unit's, and few answers are for programs
    from vpcp_cli.storage.index.narrowed import Narrowed
    from vpcp_cli.told import Told

Read: TypeAlias = "Callable[..., Any] | None"
"""What makes a fact of the values of its columns; None where it is the value of its one column."""
DIRECTIVE: Final = f"s.task >> {SHIFT} << {SHIFT}"
"""The number of a task's directive."""
MANY: Final = 500


class Fact(NamedTuple):
    """The columns from which a fact follows, and how, in a slice."""

    columns: tuple[str, ...]
    read: Callable[[Slice], Read] = lambda _piece: None


def _of_case(read: Callable[[Case], Any]) -> Fact:
    def of(piece: Slice) -> Read:
        cases = piece.cases
        return Known(lambda number: read(cases[number])).__getitem__

    return Fact(("s.kind",), of)


def _of_directive(of: Callable[[Any], Any]) -> Fact:
    return Fact(
        (DIRECTIVE,), lambda piece: {number: of(one) for number, one in piece.known.directives.items()}.__getitem__
    )


def _if_any(read: Callable[[Any], Any]) -> Callable[[Slice], Read]:
    """Return what reads values of which some are missing."""
    known = Known(lambda value: None if value is None else read(value))
    return lambda _piece: known.__getitem__


def _days(piece: Slice) -> Read:
    cases = piece.cases
    return lambda kind, late: cases[kind].days if late is None else late


@lru_cache(4096)
def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@lru_cache(4096)
def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def _awaited(piece: Slice) -> Read:
    day = piece.day.toordinal() if piece.day else date.max.toordinal()
    return Known(lambda start: date.fromordinal(start) if start and start > day else None).__getitem__


FACTS: Final[Mapping[str, Fact]] = {
    "id": Fact(("t.id",)),
    "vi": Fact(("t.vi",)),
    "en": Fact(("ifnull(t.en, t.vi)",)),
    "programme": Fact((), lambda piece: lambda: piece.known.id),
    "year": Fact((), lambda piece: lambda: piece.known.year),
    "directive": Fact((DIRECTIVE,), lambda piece: piece.known.directive_ids.__getitem__),
    "issuer": _of_directive(lambda one: one.issuer.name),
    "issued": _of_directive(lambda one: one.issued),
    "document": _of_directive(lambda one: one.number),
    "around": Fact(
        (DIRECTIVE,), lambda piece: Known(lambda number: (piece.known.head, piece.known.directive(number))).__getitem__
    ),
    "category": Fact(("t.category",), _if_any(Category)),
    "priority": Fact(("t.priority",), lambda _piece: bool),
    "responsible": Fact(("s.responsible",)),
    "tags": Fact(("t.tags",), lambda _piece: _lines),
    "parted": Fact(("t.parted",), lambda _piece: bool),
    "awaited": Fact(("t.start",), _awaited),
    "status": Fact(("s.kind",), lambda piece: piece.statuses.__getitem__),
    **{name: _of_case(attrgetter(name)) for name in ("nature", "timeliness", "open")},
    "obstacle": _of_case(lambda case: bool(case.obstacles)),
    "case": Fact(("s.kind",), lambda piece: piece.cases.__getitem__),
    "days": Fact(("s.kind", "s.late"), _days),
    "lead": Fact(("s.lead",)),
    "support": Fact(("s.support",), lambda _piece: _codes),
    "units": Fact(("s.lead", "s.support"), lambda _piece: lambda lead, support: (lead, *_codes(support))),
    "deadline": Fact(("s.deadline",), _if_any(Deadline.parse)),
    "deadline_words": Fact(("CASE WHEN t.words_of IS s.deadline THEN t.deadline_words END",)),
    "settled": Fact(("s.last",), _if_any(date.fromordinal)),
    "carried_to": Fact(("s.carried_to",)),
    "replaces": Fact(("t.replaces",)),
    "postponements": Fact(("s.postponements",)),
}
"""Each fact of `tasks.FACTS`."""


class Slice(NamedTuple):
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
    def on(cls, index: Index, day: date, due_soon_days: int, *, void: bool = False) -> Slice:
        """Return all tasks that are there on a day; with `void` also those that were entered by mistake."""
        found = cls(index, day, due_soon_days, (HOLDS.format(day=day.toordinal()),))
        return found if void else found.not_void()

    @classmethod
    def ever(cls, index: Index) -> Slice:
        """Return all tasks, each as on its first day."""
        return cls(index, None, DUE_SOON_DAYS, ("s.since = t.exists_from",)).not_void()

    def not_void(self) -> Slice:
        """Return those that were not entered by mistake."""
        void = self.known.void
        return self.but(f"s.kind NOT IN ({', '.join(map(str, void))})") if void else self

    @property
    def cases(self) -> Mapping[int, Case]:
        """What each kind of standing is on the day."""
        day = self.day or date.max
        cases = self.known.cases(day, self.due_soon_days)
        if self.narrowed is None:
            return cases
        kinds = self.narrowed.kinds
        return Known(lambda number: kinds[number].on(day, self.due_soon_days) if number in kinds else cases[number])

    @property
    def statuses(self) -> Mapping[int, Status | None]:
        """The status of each kind of standing, by the numbers of all kinds."""
        added = self.narrowed.kinds if self.narrowed else {}
        return {**self.known.statuses, **{number: kind.status for number, kind in added.items()}}

    def of_units(self, units: Collection[str]) -> Slice:
        """Return the same tasks; what each of some units must do stands as their parts do."""
        if not self.known.has_members:
            return self
        from vpcp_cli.storage.index.narrowed import of_units

        return self._replace(narrowed=of_units(self.known, units))

    @property
    def _states(self) -> str:
        return self.narrowed.source if self.narrowed else "state"

    def but(self, condition: str, *values: object) -> Slice:
        """Return those for which a further condition holds."""
        return self._replace(conditions=(*self.conditions, condition), values=(*self.values, *values))

    def of(self, numbers: Sequence[int]) -> Slice:
        """Return some of these by their numbers: of the conditions only the day is left, to ask by nothing else."""
        return self._replace(conditions=(self.conditions[0], f"s.task IN ({', '.join(map(str, numbers))})"), values=())

    def select(
        self, columns: Sequence[str], rest: str = "", *, texts: bool = False, joined: str = ""
    ) -> Iterator[tuple[Any, ...]]:
        """Yield some columns of each; those of its texts are named r."""
        db = self.known.with_texts() if texts else self.known.db
        also = " JOIN texts.record r ON r.task = s.task" * texts + joined
        return db.execute(f"{self.asked(columns, also)} {rest}", self.values)

    def asked(self, columns: Sequence[str], joined: str = "") -> str:
        """Return the question for some columns of each; its values are those of the slice."""
        where = " AND ".join(self.conditions)
        task = any("t." in one for one in (*columns, where))
        joins = " JOIN task t ON t.number = s.task" * task + joined
        return f"SELECT {', '.join(columns)} FROM {self._states} s{joins} WHERE {where}"

    def beyond(self, others: Slice | None) -> int:
        """Count those that are not among others of the same index: in order, so that SQLite need not keep any."""
        pieces = [self, others] if others else [self]
        numbers = " EXCEPT ".join(piece.asked(["s.task"]) for piece in pieces)
        values = [value for piece in pieces for value in piece.values]
        (found,) = self.known.db.execute(f"SELECT count(*) FROM ({numbers} ORDER BY 1)", values).fetchone()
        return int(found)

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
                *(read_of(read, [given[at] for at in of], len(block)) for of, read in reads),
            ]

    def where(self, name: str, wanted: Wanted) -> Slice | None:
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
            return list(self.statuses)
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
        rare = RARE.get(column[2:])
        where = f"WHERE {column} {rare.others}" if rare else ""
        found = [value for (value,) in self.known.db.execute(f"SELECT DISTINCT {column} FROM {table} {where}")]
        return [rare.usual, *found] if rare else found

    def _among(self, column: str, values: Sequence[Any]) -> Slice:
        """Return those of which a column is one of some values."""
        given = [value for value in values if value is not None]
        if len(given) > MANY:
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

    def standings(self, numbers: Sequence[int]) -> Iterator[tuple[int, Standing]]:
        """Yield some of these tasks by their numbers; few are asked for one by one."""
        if len(numbers) <= MANY:
            for number in numbers:
                yield number, self.standing(number, *self.known.record(number))
        else:
            for row in self.select(["s.task", "r.data", "r.line"], "ORDER BY s.task", texts=True):
                yield row[0], self.standing(*row)

    def numbers(self) -> list[int]:
        """Return the numbers of these tasks."""
        return [number for (number,) in self.select(["s.task"], "ORDER BY s.task")]

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


def read_of(read: Read, columns: Sequence[Sequence[Any]], number: int) -> Iterable[Any]:
    """Return a fact of each of some tasks."""
    if read is None:
        return columns[0]
    return map(read, *columns) if columns else repeat(read(), number)
