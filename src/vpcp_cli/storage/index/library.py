"""The library of a folder: its register, and an index for each programme."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vpcp_cli.library import Library, Place
from vpcp_cli.standing import DUE_SOON_DAYS
from vpcp_cli.storage.index.form import SHIFT
from vpcp_cli.storage.index.index import Index, holder
from vpcp_cli.storage.index.links import with_layers
from vpcp_cli.tasks import Tasks

if TYPE_CHECKING:
    from vpcp_cli.programme import Directive, Owing, Programme, Task, Unit, Workspace


class IndexLibrary(Library):
    """Programmes as their indexes know them."""

    def __init__(self, indexes: Sequence[Index], register: Callable[[], tuple[Unit, ...]]) -> None:
        """Take them in the order of their years and files; the register is read when it is asked for."""
        self.indexes, self._register = indexes, register
        self._known = {one.id: one for one in indexes}
        for one in indexes:
            one.owing, one.find = self._owing, self._alone

    def _owing(self, lead: str) -> tuple[Owing, ...]:
        """Return who must do their parts of what is each unit's."""
        return self._members.get(lead, ())

    @cached_property
    def _members(self) -> Mapping[str, tuple[Owing, ...]]:
        from vpcp_cli.members import memberships

        return memberships(self.units)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units of the register."""
        return self._register()

    @property
    def years(self) -> frozenset[int]:
        """The years of the programmes."""
        return frozenset(one.year for one in self.indexes)

    @cached_property
    def heads(self) -> Workspace:
        """The register, and the programmes without their directives."""
        from vpcp_cli.programme import Workspace

        return Workspace(tuple(one.head for one in self.indexes), self.units)

    def whole(self) -> Workspace:
        """Return every programme with all that it holds, and the register: for what asks no index."""
        from vpcp_cli.programme import Workspace

        return Workspace(tuple(one.whole() for one in self.indexes), self.units)

    def programme(self, id_: str) -> Programme:
        """Return a programme with all that it holds."""
        return self._known[id_].whole()

    def find(self, id_: str) -> Place | None:
        """Return the directive or task of an id."""
        for index, number in self._places(id_):
            task = index.task(number) if "." in id_ else None
            return Place(index.head, index.directive(holder(number)), task)
        return None

    def _alone(self, id_: str) -> Task | None:
        """Return the task of an id without what it goes on from."""
        return next((index.alone(number) for index, number in self._places(id_) if "." in id_), None)

    def _places(self, id_: str) -> Iterator[tuple[Index, int]]:
        """Yield where a directive or task of an id stands."""
        for index in self.indexes:
            if id_.startswith(index.era):
                number = index.number_of("task" if "." in id_ else "directive", id_)
                if number is not None:
                    yield index, number

    def directives(self, programme: str) -> Sequence[Directive]:
        """Return a programme's directives, without their tasks."""
        return list(self._known[programme].directives.values())

    def sizes(self, programme: str) -> Mapping[str, int]:
        """Return how many tasks each directive holds, on whichever day."""
        from vpcp_cli.storage.index.slice import DIRECTIVE, Slice

        (index,) = (one for one in with_layers(self.indexes) if one.id == programme)
        numbers = dict(Slice.ever(index).select([DIRECTIVE, "count(*)"], "GROUP BY 1"))
        return {id_: numbers.get(number, 0) for number, id_ in index.directive_ids.items()}

    def task_ids(self, within: str = "") -> Sequence[str]:
        """Return the ids of the tasks of a programme or directive."""
        index = self._known.get(within)
        if index:
            return [id_ for (id_,) in index.db.execute("SELECT id FROM task ORDER BY number")]
        for index in self.indexes:
            number = index.number_of("directive", within)
            if number is not None:
                asked = "SELECT id FROM task WHERE number > ? AND number < ? ORDER BY number"
                return [id_ for (id_,) in index.db.execute(asked, (number, number + (1 << SHIFT)))]
        return ()

    @property
    def by_id(self) -> Mapping[str, Task]:
        """Every task by its id."""
        return _ById(self)

    def leads(self, code: str) -> bool:
        """Whether a unit of this code ever was the lead of a task."""
        asked = "SELECT 1 FROM state WHERE lead = ? LIMIT 1"
        return code.isascii() and any(one.db.execute(asked, (code,)).fetchone() for one in with_layers(self.indexes))

    @property
    def units_in_use(self) -> frozenset[str]:
        """The codes of all units that ever were lead or support of a task."""
        asked = "SELECT DISTINCT code FROM texts.unit WHERE takes_part"
        return frozenset(code for index in self.indexes for (code,) in index.with_texts().execute(asked))

    def tasks(self, day: date, due_soon_days: int = DUE_SOON_DAYS, *, void: bool = False) -> Tasks:
        """Return every task that exists on a day."""
        from vpcp_cli.storage.index.selected import Selected
        from vpcp_cli.storage.index.slice import Slice

        return Selected([Slice.on(index, day, due_soon_days, void=void) for index in with_layers(self.indexes)])

    def coming(self, day: date) -> Tasks:
        """Return every task that does not exist yet on a day."""
        from vpcp_cli.storage.index.selected import Selected
        from vpcp_cli.storage.index.slice import Slice

        later = (one for one in with_layers(self.indexes) if one.last > day.toordinal())
        return Selected([Slice.ever(index).but(f"t.exists_from > {day.toordinal()}") for index in later])

    def rule_errors(self) -> int:
        """Count the errors that the rules find, those of one cause as one."""
        from vpcp_cli.checks import errors_between

        number = 0
        uses: list[tuple[str, int]] = []
        tasks: list[tuple[Programme, Directive, Task]] = []
        for index in self.indexes:
            (own,) = index.db.execute(
                "SELECT errors + (SELECT ifnull(sum(errors), 0) FROM directive) FROM programme"
            ).fetchone()
            number += own
            uses += index.with_texts().execute("SELECT DISTINCT code, year FROM texts.unit")
            numbers = (task for (task,) in index.db.execute("SELECT task FROM link"))
            tasks += ((index.head, index.directive(holder(task)), index.task(task)) for task in numbers)
        return number + errors_between(self.heads, uses, tasks, self.by_id)


class _ById(Mapping[str, "Task"]):
    """The tasks of a library by their ids."""

    def __init__(self, library: IndexLibrary) -> None:
        self._library = library

    def __getitem__(self, id_: str) -> Task:
        place = self._library.find(id_) if "." in id_ else None
        if place is None or place.task is None:
            raise KeyError(id_)
        return place.task

    def __iter__(self) -> Iterator[str]:
        return (id_ for index in self._library.indexes for id_ in self._library.task_ids(index.id))

    def __len__(self) -> int:
        return sum(1 for _id in self)


def library_known_at(library: Library, known: date) -> IndexLibrary:
    """Return what had been written down by the end of a day, with the register as it is."""
    from vpcp_cli.linking import known_on

    there = library.whole()
    then = known_on(there.programmes, known, lambda: there.units)
    return IndexLibrary(list(map(index_of, then)), lambda: there.units)


def index_of(programme: Programme) -> Index:
    """Return the index of a programme as no file holds it; what it says of places is where the file has them."""
    from vpcp_cli.kinds import plain
    from vpcp_cli.storage.format.items import as_text
    from vpcp_cli.storage.index.fill import built

    data: Any = as_text(plain(programme))
    spans = {
        (at, number): (holder.line if task is None else task.line, 0, 0)
        for at, holder in enumerate(programme.directives)
        for number, task in ((None, None), *enumerate(holder.tasks))
    }
    return Index(built(programme, data, spans, b""), programme.id, programme.file)
