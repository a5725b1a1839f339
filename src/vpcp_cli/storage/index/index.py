"""The index of one programme's file: opened from its image, or made anew where there is none."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import cached_property
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias
from urllib.parse import quote

from vpcp_cli.case import Case, Lasting
from vpcp_cli.standing import Standing, stand
from vpcp_cli.storage.index.form import IMAGES, SHIFT
from vpcp_cli.storage.index.kind import Known, kind_of, status_of
from vpcp_cli.storage.index.store import Image
from vpcp_cli.vocabulary import Status

if TYPE_CHECKING:
    from vpcp_cli.linking import Find
    from vpcp_cli.programme import Directive, Owing, Programme, Task
    from vpcp_cli.storage.index.records import Plain

Images: TypeAlias = Mapping[str, Image]
_LISTS, _TEXTS = IMAGES
_LOOK: Final = "SELECT 1 FROM {}.sqlite_master"
"""What fails where a file is no database."""


Keep: TypeAlias = "Callable[[str, Callable[[], Plain], Mapping[str, int]], Plain]"
"""What recalls lists of rows by a name, or makes and keeps them; it is told how wide the rows of each list are."""


class Over(Protocol):
    """What lies over an index; `behind` tells the tasks of other files from which it was made."""

    behind: str

    def remove(self) -> None:
        """Leave the index as it was."""

    def with_texts(self) -> None:
        """Add what its texts need."""


class Index:
    """One programme as tables, and as records that are made when they are asked for.

    The texts are an image of their own, read when something asks for them; where it turns out to be damaged then,
    `again` makes the whole index from the file, and its texts are taken: the connection stays, with all that is laid
    over it, and what was selected by its numbers.
    """

    def __init__(
        self,
        db: Connection,
        id_: str,
        file: str,
        images: Images | None = None,
        again: Callable[[], Index] | None = None,
    ) -> None:
        """Without images, the texts are there."""
        self._db, self.id, self.file = db, id_, file
        self._images, self._again = images, again
        self.find: Find = _nowhere
        self.keep: Keep = _made
        self.layer: Over | None = None
        self._has_texts = images is None
        self._has_doubtful = False
        self._directives: dict[int, Directive] = {}
        self._cases: dict[tuple[date, int], Mapping[int, Case]] = {}
        self.owing: Callable[[str], tuple[Owing, ...]] = lambda _lead: ()
        """Who must do their parts of what is each unit's, by the lead; from the register."""

    @classmethod
    def opened(cls, images: Images, id_: str, file: str, again: Callable[[], Index]) -> Index | None:
        """Return the index of some images, if they can be trusted; it is not to be changed."""
        uri = images[_LISTS].uri()
        db = _connected(uri) if uri else None
        return cls(db, id_, file, images, again) if db else None

    @property
    def db(self) -> Connection:
        """Its tables: one connection as long as it lives, so that what is laid over them stays."""
        return self._db

    @property
    def kept(self) -> bool:
        """Whether it is one that is kept, which is not to be changed."""
        return self._images is not None

    @classmethod
    @contextmanager
    def changeable(cls, paths: Sequence[str], id_: str, file: str) -> Iterator[Index]:
        """Open copies of images that may be changed; raise `sqlite3.Error`."""
        main, texts = (f"file:{quote(path)}?mode=rw" for path in paths)
        with closing(sqlite3.connect(main, uri=True, isolation_level=None)) as db:
            db.execute("ATTACH ? AS texts", (texts,))
            for name in IMAGES:
                db.execute(f"PRAGMA {name}.journal_mode = OFF")
                db.execute(f"PRAGMA {name}.synchronous = OFF")
            yield cls(db, id_, file)

    def images(self) -> dict[str, bytes]:
        """Return what is to be kept of it."""
        return {name: self.db.serialize(name=name) for name in IMAGES}

    @property
    def has_members(self) -> bool:
        """Whether any task is each unit's: then the register decides what the tables say."""
        return self.db.execute("SELECT 1 FROM member LIMIT 1").fetchone() is not None

    def with_texts(self) -> Connection:
        """Return the tables with those of the texts."""
        if not self._has_texts and self._images and self._again:
            uri = self._images[_TEXTS].uri()
            if not (uri and (self._has_doubtful or _attached(self.db, uri))):
                _put(self.db, self._again().db.serialize(name=_TEXTS))
            self._has_texts = True
        return self.db

    def record(self, number: int) -> tuple[str, int]:
        """Return the text of a task's record, and its line."""
        _number, text, line, _start, _stop = self.records(number, number)[0]
        return text, line

    def records(self, first: int, last: int) -> list[tuple[int, str, int, int, int]]:
        """Return the tasks from one number to another: the texts of their records, their lines, starts and ends.

        For these few, the texts are not looked at as a whole.
        """
        columns = "t.number, r.data, r.line, r.start, r.stop"
        asked = f"SELECT {columns}, t.checksum FROM main.task t LEFT JOIN texts.record r ON r.task = t.number"
        asked += " WHERE t.number BETWEEN ? AND ?"
        with suppress(sqlite3.Error):
            rows = self._with_doubtful_texts().execute(asked, (first, last)).fetchall()
            if self._has_texts or all(_is_whole(*row) for row in rows):
                return [row[:-1] for row in rows]
        return [row[:-1] for row in self.with_texts().execute(asked, (first, last))]

    def _with_doubtful_texts(self) -> Connection:
        """Return the tables with texts of which every record has to be looked at."""
        if not (self._has_texts or self._has_doubtful) and self._images:
            uri = self._images[_TEXTS].doubtful_uri()
            self._has_doubtful = uri is not None and _attached(self.db, uri)
        return self.db

    def forget(self) -> None:
        """Make no use of what is known of tables that have changed since."""
        self._directives.clear()
        for name in ("head", "last", "directives", "directive_ids", "links"):
            self.__dict__.pop(name, None)
        self.lay(None)

    @cached_property
    def links(self) -> Mapping[str, tuple[str | None, bytes]]:
        """The tasks that speak of others: from which each goes on, and the digest of all that it says."""
        rows = self.db.execute("SELECT t.id, l.origin, l.digest FROM link l CROSS JOIN task t ON t.number = l.task")
        return {id_: (origin, digest) for id_, origin, digest in rows}

    def lay(self, layer: Over | None) -> None:
        """Take a layer in the place of the one that there may be."""
        if self.layer:
            self.layer.remove()
        self.layer = layer
        self._cases.clear()
        for name in ("_kinds", "kinds", "statuses", "void"):
            self.__dict__.pop(name, None)

    def with_past(self) -> bool:
        """Add the days and the texts of what is inherited; whether anything is."""
        if self.layer:
            self.layer.with_texts()
        return self.layer is not None

    @cached_property
    def head(self) -> Programme:
        """All that the programme says of itself, without its directives."""
        (text,) = self.db.execute("SELECT head FROM programme").fetchone()
        return self._programme(text)

    @property
    def year(self) -> int:
        """The programme's year."""
        return int(self.era[-4:])

    @property
    def era(self) -> str:
        """How the ids of all that it holds begin: with its year."""
        return self.id[: self.id.find(":") + 5]

    @cached_property
    def last(self) -> int:
        """The day from which on all tasks are there."""
        (day,) = self.db.execute("SELECT last FROM programme").fetchone()
        return int(day)

    def directive(self, number: int) -> Directive:
        """Return a directive without its tasks."""
        if number not in self._directives:
            asked = "SELECT data, line FROM directive WHERE number = ?"
            text, line = self.db.execute(asked, (number,)).fetchone()
            self._directives[number] = self._directive(text, line)
        return self._directives[number]

    @cached_property
    def directives(self) -> Mapping[int, Directive]:
        """All directives by their numbers, without their tasks."""
        for number, text, line in self.db.execute("SELECT number, data, line FROM directive ORDER BY number"):
            self._directives.setdefault(number, self._directive(text, line))
        return dict(sorted(self._directives.items()))

    @cached_property
    def directive_ids(self) -> Mapping[int, str]:
        """The ids of all directives by their numbers."""
        return dict(self.db.execute("SELECT number, id FROM directive ORDER BY number"))

    def ids(self) -> Iterator[tuple[str, tuple[str | int, ...]]]:
        """Yield the ids of all directives and tasks, with the ways that lead to them in the file."""
        rows = self.db.execute("SELECT number, id FROM directive UNION ALL SELECT number, id FROM task ORDER BY number")
        return ((id_, way_to(number)) for number, id_ in rows)

    def number_of(self, table: str, id_: str) -> int | None:
        """Return the number of the directive or task of an id."""
        if not id_.isascii():
            return None
        row = self.db.execute(f"SELECT number FROM {table} WHERE id = ?", (id_,)).fetchone()
        return row and int(row[0])

    def task(self, number: int) -> Task:
        """Return a task."""
        from vpcp_cli.linking import with_history

        return with_history(self.alone(number), self.find)

    def alone(self, number: int) -> Task:
        """Return a task without what it goes on from."""
        return self._own(number, *self.record(number))

    def made(self, number: int, text: str, line: int) -> Task:
        """Return the task of a row."""
        from vpcp_cli.linking import with_history

        return with_history(self._own(number, text, line), self.find)

    def _own(self, number: int, text: str, line: int) -> Task:
        from vpcp_cli.storage.index.records import plain_of, task_of

        task = task_of(self.told(plain_of(text)), self.directive(holder(number)).line + line)
        return replace(task, owing=self.owing(task.lead)) if task.each else task

    def tasks(self, first: int = 0, last: int = -1) -> Iterator[tuple[int, Task]]:
        """Yield all tasks from one number to another with their numbers."""
        asked = "SELECT task, data, line FROM texts.record WHERE task >= ? AND (task <= ? OR ? < 0) ORDER BY task"
        for number, text, line in self.with_texts().execute(asked, (first, last, last)):
            yield number, self.made(number, text, line)

    def standing(
        self, number: int, text: str, line: int, day: date, due_soon_days: int, units: Collection[str] = ()
    ) -> Standing:
        """Return a task of a row as it stands on a day on which it is there, or the parts of some units."""
        task = self.made(number, text, line)
        if units and task.each:
            from vpcp_cli.members import narrowed

            task = narrowed(task, units)
        found = stand(self.head, self.directive(holder(number)), task, day, due_soon_days)
        if found is None:
            raise LookupError(number)
        return found

    @cached_property
    def statuses(self) -> Mapping[int, Status | None]:
        """The status of each kind of standing, by the numbers of all kinds."""
        return {number: status_of(row) for number, row in self._kinds.items()}

    @cached_property
    def _kinds(self) -> Mapping[int, tuple[Any, ...]]:
        return {row[0]: row[1:] for row in self.db.execute("SELECT * FROM kind")}

    @cached_property
    def kinds(self) -> Mapping[int, Lasting]:
        """The kinds of standing by their numbers, each made when it is asked for."""
        return Known(lambda number: kind_of(self._kinds[number]))

    @cached_property
    def void(self) -> tuple[int, ...]:
        """The kinds that are of tasks entered by mistake."""
        return tuple(number for number, status in self.statuses.items() if status is Status.VOID)

    def cases(self, day: date, due_soon_days: int) -> Mapping[int, Case]:
        """Return what each kind of standing is on a day, judged when it is asked for."""
        key = day, due_soon_days
        if key not in self._cases:
            self._cases[key] = Known(lambda number: self.kinds[number].on(day, due_soon_days))
        return self._cases[key]

    def whole(self) -> Programme:
        """Return the programme with all that it holds."""
        tasks: dict[int, list[Task]] = {number: [] for number in self.directives}
        for number, task in self.tasks():
            tasks[holder(number)].append(task)
        rows = self.db.execute("SELECT number, data, line FROM directive ORDER BY number")
        every = (self._directive(text, line, tuple(tasks[number])) for number, text, line in rows)
        (head,) = self.db.execute("SELECT head FROM programme").fetchone()
        return self._programme(head, tuple(every))

    def _programme(self, text: str, directives: tuple[Directive, ...] = ()) -> Programme:
        from vpcp_cli.storage.index.records import plain_of, programme_of

        return programme_of(self.told(plain_of(text)), self.id, self.file, directives)

    def _directive(self, text: str, line: int, tasks: tuple[Task, ...] = ()) -> Directive:
        from vpcp_cli.storage.index.records import directive_of, plain_of

        return directive_of(self.told(plain_of(text)), line, tasks)

    def told(self, plain: dict[str, Any]) -> dict[str, Any]:
        """Return plain data as records are made of them."""
        return plain


def _nowhere(_id: str) -> None:
    """Find no task: an index by itself knows no others."""


def _made(_name: str, make: Callable[[], Plain], _widths: Mapping[str, int]) -> Plain:
    """Make what nobody keeps."""
    return make()


def holder(number: int) -> int:
    """Return the number of the directive that holds a task."""
    return number >> SHIFT << SHIFT


def way_to(number: int) -> tuple[str | int, ...]:
    """Return the way to a directive or task from the root of a file's data."""
    place, task = number >> SHIFT, number - holder(number)
    return ("directives", place, "tasks", task - 1) if task else ("directives", place)


def _is_whole(_number: int, text: object, *rest: object) -> bool:
    """Whether a record is as it was kept: its text, its place, and the checksum of both."""
    from vpcp_cli.storage.index.records import checksum_of

    *place, checksum = [one for one in rest if isinstance(one, int)]
    return isinstance(text, str) and len(place) == len(rest) - 1 and checksum_of(text, *place) == checksum


def _connected(uri: str) -> Connection | None:
    with suppress(sqlite3.Error):
        db = sqlite3.connect(uri, uri=True, isolation_level=None)
        db.execute(_LOOK.format(_LISTS))
        return db
    return None


def _attached(db: Connection, uri: str) -> bool:
    with suppress(sqlite3.Error):
        db.execute("ATTACH ? AS texts", (uri,))
        db.execute(_LOOK.format(_TEXTS))
        return True
    return False


def _put(db: Connection, texts: bytes) -> None:
    """Attach texts that have been made anew."""
    with suppress(sqlite3.Error):  # what was attached is no database
        db.execute("DETACH texts")
    db.execute("ATTACH ':memory:' AS texts")
    db.deserialize(texts, name=_TEXTS)
