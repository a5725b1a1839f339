"""A large file as its index knows it, for changing tasks and directives: only their regions are parsed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol

from vpcp_cli.programme import Task
from vpcp_cli.storage.format.coherence import incoherences
from vpcp_cli.storage.format.items import Way, at
from vpcp_cli.storage.index.changed import put
from vpcp_cli.storage.index.fill import Chapter, Spans, digest, numbering
from vpcp_cli.storage.index.form import SHIFT
from vpcp_cli.storage.index.index import Index, holder, way_to
from vpcp_cli.storage.index.records import Plain, directive_of, plain_of, task_of, text_of
from vpcp_cli.storage.splice import Bytes, Splice, stretch_of
from vpcp_cli.storage.yaml.construct import Span

_MANY: Final = 500
"""Of a file in which more directives have changed the whole is read sooner than these are put in their places."""


class Edit(Protocol):
    """What is done to a task or a directive."""

    def made(self, data: object, way: Way) -> Any:  # noqa: ANN401  a file's data may have any shape
        """Return the data with it."""


class IndexHeld:
    """What the index knows of a file: the plain data of its directives and tasks, and where all parts stand."""

    def __init__(self, index: Index) -> None:
        """Begin with the file as it is known."""
        self._index = index
        self._changed: dict[int, Plain] = {}
        self._directives: dict[int, Plain] = {}

    def knows(self, id_: str) -> bool:
        """Whether it is known what has an id: not where a task may be new, nor of a directive without tasks.

        Of the file itself it is known how it ends.
        """
        if id_ == self._index.id:
            return not self._directives and len(self._index.directive_ids) > 1
        if "." in id_:
            return not self._directives or self.way(id_) is not None
        number = self._number_of(id_)
        return number is not None and any(self._tasks(number))

    def way(self, id_: str) -> Way | None:
        """Return the way to a task or a directive."""
        number = self._number_of(id_)
        return None if number is None else way_to(number)

    def _number_of(self, id_: str) -> int | None:
        return self._index.number_of("task" if "." in id_ else "directive", id_)

    def at(self, way: Way) -> Any:  # noqa: ANN401  as `Held` has it
        """Return the plain data of a task or a directive."""
        number = _number(way)
        if number != (directive := holder(number)) and directive not in self._directives:
            return self._plain(number)
        return at(self._whole(directive), way[2:])

    def _whole(self, directive: int) -> Plain:
        if directive not in self._directives:
            (text,) = self._index.db.execute("SELECT data FROM directive WHERE number = ?", (directive,)).fetchone()
            tasks = [self._plain(task) for task in self._tasks(directive)]
            return {**plain_of(text), "tasks": tasks} if tasks else plain_of(text)
        return self._directives[directive]

    def _plain(self, number: int) -> Plain:
        if number in self._changed:
            return self._changed[number]
        return plain_of(self._index.record(number)[0])

    def _tasks(self, directive: int) -> Iterable[int]:
        asked = "SELECT number FROM task WHERE number BETWEEN ? AND ? ORDER BY number"
        return (task for (task,) in self._index.db.execute(asked, _within(directive)))

    def ending(self) -> tuple[Plain, int]:
        """Return what the file holds without its directives but the last two, and the place of the first of these."""
        (head,) = self._index.db.execute("SELECT head FROM programme").fetchone()
        *_others, before, last = self._index.directive_ids
        return {**plain_of(head), "directives": [self._whole(before), self._whole(last)]}, before >> SHIFT

    def take(self, way: Way, edit: Edit) -> None:
        """Let a task or a directive be as an edit makes it; what else the file gets is a directive at its end."""
        if not way:
            place = len(self._index.directive_ids)
            self._directives[place << SHIFT] = edit.made({}, ())["directives"][0]
            return
        number = _number(way)
        if number != (directive := holder(number)) and directive not in self._directives:
            self._changed[number] = edit.made(self._plain(number), ())
        else:
            self._directives[directive] = edit.made(self._whole(directive), way[2:])

    def span(self, directive: int, task: int | None) -> Span | None:
        """Return where a directive stands, or one of its tasks."""
        number = directive << SHIFT
        found = dict(self._spans(number)).get((directive, task)) if directive >= 0 else None
        return Span(directive, task, *found) if found else None

    def _spans(self, number: int) -> Iterable[tuple[tuple[int, int | None], tuple[int, int, int]]]:
        """Yield where a directive and its tasks stand."""
        asked = "SELECT line, start, stop FROM directive WHERE number = ?"
        for line, start, stop in self._index.db.execute(asked, (number,)):
            yield (number >> SHIFT, None), (line, start, stop)
            for task, _text, its_line, its_start, its_stop in self._index.records(*_within(number)):
                place = number >> SHIFT, task - number - 1
                yield place, (line + its_line, start + its_start, start + its_stop)

    @property
    def renews(self) -> bool:
        """Whether its index can follow: whoever has changed more than tasks that were there has it read."""
        return not self._directives

    @property
    def index(self) -> Index:
        """The index of the file as it was."""
        return self._index

    def renew(self, index: Index, splices: Sequence[Splice], pieces: Sequence[Bytes], *, second: bool = False) -> bool:
        """Let another index of the file be as all additions leave it, of the `second` version if it became of that one.

        The file's bytes are given in pieces. Return whether that could be.
        """
        if index.has_members or any(True for number in self._changed for _finding in self._faults(number)):
            return False
        self._index = index
        numbers = sorted({holder(number) for number in self._changed})
        if len(numbers) > _MANY:
            return False
        known = {number: dict(self._spans(number)) for number in numbers}
        spans = {number: _moved(known[number], splices) for number in numbers}
        (size,) = index.db.execute("SELECT size FROM programme").fetchone()
        kinds = numbering(index.db)
        for number in numbers:
            place = number >> SHIFT
            _line, before, behind = known[number][place, None]
            _line, start, stop = spans[number][place, None]
            size += stop - start - (behind - before)
            content = stretch_of(pieces, start, self._next_start(number, size) or sum(map(len, pieces)))
            put(index, [self._chapter(number, content)], spans[number], size, content.count(b"\n"), kinds)
        if second:
            self._raise_version(pieces)
        return True

    def _raise_version(self, pieces: Sequence[Bytes]) -> None:
        """Let the head say that the file is of the second version."""
        db = self._index.db
        (head,) = db.execute("SELECT head FROM programme").fetchone()
        (start,) = db.execute("SELECT min(start) FROM directive").fetchone()
        said = text_of({**plain_of(head), "schema": "2"}), digest(stretch_of(pieces, 0, start))
        db.execute("UPDATE programme SET head = ?, front = ?", said)
        self._index.forget()

    def _next_start(self, number: int, size: int) -> int | None:
        """Return where the next directive starts when the file has grown to a size."""
        asked = "SELECT start + ? - (SELECT size FROM programme) FROM directive WHERE number = ?"
        row = self._index.db.execute(asked, (size, number + (1 << SHIFT))).fetchone()
        return row and int(row[0])

    def _chapter(self, number: int, content: bytes) -> Chapter:
        """Return a directive with its tasks as they are now."""
        db = self._index.db
        text, line = db.execute("SELECT data, line FROM directive WHERE number = ?", (number,)).fetchone()
        tasks = [self._plain(task) for task in self._tasks(number)]
        plain = plain_of(text)
        made: tuple[Task, ...] = tuple(task_of(one, 0) for one in tasks)
        return Chapter(number >> SHIFT, directive_of(plain, line, made), {**plain, "tasks": tasks}, content)

    def _faults(self, number: int) -> Iterable[object]:
        """Yield what the reader might refuse in a changed task."""
        index = self._index
        directive = {"id": index.directive_ids[holder(number)], "tasks": [self._changed[number]]}
        return incoherences({"year": str(index.year), "directives": [directive]}, index.id, index.file)


def _within(number: int) -> tuple[int, int]:
    """Return between which numbers, these included, the tasks of a directive are."""
    return number + 1, number + (1 << SHIFT) - 1


def _number(way: Way) -> int:
    place, task = int(way[1]), int(way[3]) + 1 if len(way) > 2 else 0
    return (place << SHIFT) + task


def _moved(spans: Spans, splices: Iterable[Splice]) -> Spans:
    """Return spans as splices leave them: the parts that one lies in have grown, those behind it are further on."""
    first, last = (
        min(start for _line, start, _stop in spans.values()),
        max(stop for _line, _start, stop in spans.values()),
    )
    lines = growth = 0  # of the splices before all of them
    for splice in splices:
        place, more, grown = splice.start - growth, splice.text.count(b"\n"), splice.growth
        if place <= first:
            lines, growth = lines + more, growth + grown
        elif place <= last:
            last += grown
            spans = {
                name: (line + more, start + grown, stop + grown)
                if start >= place
                else (line, start, stop + grown if stop >= place else stop)
                for name, (line, start, stop) in spans.items()
            }
    return {name: (line + lines, start + growth, stop + growth) for name, (line, start, stop) in spans.items()}
