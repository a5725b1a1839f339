"""Tasks as a list: under the directives that asked for them, in every form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, TypeAlias

from vpcp_cli.dataclass import dataclass
from vpcp_cli.deadline import Deadline
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.library import Units
from vpcp_cli.query import Query
from vpcp_cli.render.cells import cells
from vpcp_cli.render.console import Screen, Style
from vpcp_cli.render.door import literal, one_line
from vpcp_cli.render.formats import Flat, Record
from vpcp_cli.render.groups import Grouping, grouped
from vpcp_cli.render.lines import PLAIN_FIELDS, plain_tasks
from vpcp_cli.render.listing import Listing
from vpcp_cli.render.names import short_names
from vpcp_cli.render.selection import as_of, days_record, selection_words
from vpcp_cli.render.state import STATE_FACTS, Stands, due_words, look, state, state_parts, state_words
from vpcp_cli.render.table import (
    GAP,
    Cell,
    Cells,
    Column,
    Given,
    Heading,
    Row,
    Run,
    Texts,
    Words,
    heading_lines,
    long_table_lines,
    natural_width,
    shared_widths,
)
from vpcp_cli.standing import Standing
from vpcp_cli.tasks import Tasks
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import Status, Timeliness

if TYPE_CHECKING:
    from vpcp_cli.counts import Count

NARROW: Final = 60
"""Below so many cells a task takes two lines."""
_ROOM: Final = 36
"""So many cells the text of a task should have, else state, deadline and lead stand under each other."""
_ROOM_STACKED: Final = 32
_LEAST_ROOM: Final = 26
"""So many it must have, else a task takes two lines."""
_LEAD: Final = 16
_DUE: Final = 20
_TEXT: Final = 110
_INDENT: Final = 2
_AROUND: Final = 60


_Numbered: TypeAlias = tuple[Sequence[tuple[Any, ...]], Sequence[int]]
"""Some facts as they occur together, which many tasks share, and for each task the number of its own."""


class _Facts(NamedTuple):
    """What stands in the columns of a table, for each task, and by what it is in its group."""

    group: Sequence[Any]
    id: Sequence[str]
    deadline: Sequence[Deadline | None]
    deadline_words: Sequence[str | None]
    lead: Sequence[str]
    responsible: Sequence[str | None]
    text: Sequence[str]
    stands: _Numbered


@dataclass(frozen=True, kw_only=True)
class TaskListing(Listing):
    """The wanted tasks, the first ones of all those `found`; `absent` is how many don't exist yet on the day."""

    register: Units
    query: Query
    day: date
    tasks: Tasks
    found: Tasks
    absent: int = 0
    known: date | None = None
    group_by: str = "directive"

    schema: ClassVar[str] = "vpcp.list/1"
    name: ClassVar[str] = "tasks"
    sheet_fields: ClassVar[Sequence[str]] = ()
    plain_fields: ClassVar[Sequence[str]] = PLAIN_FIELDS

    @staticmethod
    def model() -> Record:
        """Return one of which nothing is known."""
        from vpcp_cli.render.records import task_model

        return task_model()

    def head(self) -> Record:
        """Return the day and the number of tasks."""
        return {**days_record(self.day, self.known), "count": len(self.tasks)}

    def records(self) -> Iterator[Record]:
        """Yield every task with all its facts."""
        from vpcp_cli.render.records import task_record

        return map(task_record, self.tasks)

    def texts(self) -> Iterator[str]:
        """Yield the same as JSON."""
        from vpcp_cli.render.record_text import record_texts

        return record_texts(self.tasks.told())

    def ids(self) -> Iterator[str]:
        """Yield the ids."""
        return self.tasks.fact("id")

    def plain(self) -> Iterator[str]:
        """Yield the six fields that answer most questions."""
        return plain_tasks(self.tasks)

    def sheet(self) -> Iterator[Sequence[Flat]]:
        """Yield what lists of tasks have in offices: whose, until when, how it stands, who asked for it where."""
        yield (
            _("Id"),
            _("Task"),
            _("Lead"),
            _("Support"),
            _("Responsible"),
            _("Deadline"),
            _("Last day"),
            _("State"),
            *((_("Directive"), _("Given in document"), _("Issuer"), _("Issued on"))),
        )
        lang, unit = current(), self._units
        day = cache(lambda day: format_date(day, lang) if day else None)
        due = cache(lambda one, words: (due_words(one, words, lang) or None, day(one.last if one else None)))
        stands = cache(lambda facts: state_words(Stands(*facts)))
        support = cache(lambda codes: "; ".join(unit.get(code, code) for code in codes))
        names = ("id", lang, "lead", "support", "responsible", "deadline", "deadline_words", "around", *STATE_FACTS)
        rows = zip(self.tasks.rows(*names), _replacing(self.tasks), strict=True)
        for (id_, text, lead, others, person, deadline, words, around, *facts), instead in rows:
            directive = around[1]
            whose = unit.get(lead, lead) if lead else None, support(others), person
            asked = directive.title.in_(lang), directive.number, directive.issuer.name, day(directive.issued)
            yield id_, text, *whose, *due(deadline, words), stands((*facts, instead)), *asked

    def title(self) -> Cell:
        """Say how many tasks these are, of which selection and day, and how they stand."""
        selected = selection_words(self.query, self._units)
        number = self._number()
        if len(self.tasks) < len(self.found):
            number = _("the first {n} of {all} tasks").format(n=len(self.tasks), all=len(self.found))
        counts = " · ".join(self._counts())
        first = Words(f"{number} · {selected} · {as_of(self.day, self.known)}", Style.BOLD)
        return (first, Words(counts, Style.DIM)) if counts else (first,)

    def _number(self) -> str:
        return ngettext("{n} task", "{n} tasks", len(self.found)).format(n=len(self.found))

    def _counts(self) -> Iterator[str]:
        from vpcp_cli.counts import count

        counted = count(self.found)
        overdue, soon = counted.cell(Timeliness.OVERDUE), counted.cell(Timeliness.DUE_SOON)
        parts = (
            (counted.total, ngettext("{n} counted", "{n} counted", counted.total)),
            (counted.done, ngettext("{n} done", "{n} done", counted.done)),
            (overdue, ngettext("{n} overdue", "{n} overdue", overdue)),
            (counted.closed, _closed(counted)),
            (soon, ngettext("{n} due soon", "{n} due soon", soon)),
            (counted.uncounted, ngettext("{n} outside the count", "{n} outside the count", counted.uncounted)),
            (counted.apart, ngettext("{n} counted as carried over", "{n} counted as carried over", counted.apart)),
            (counted.void, _("{n} entered by mistake or replaced by others")),
            (self.absent, ngettext("{n} not there yet on that day", "{n} not there yet on that day", self.absent)),
        )
        return (words.format(n=number) for number, words in parts if number)

    def columns(self, *, worded: bool = False) -> Sequence[Column]:
        """Return the columns of the widest layout, which Markdown has too; there may be words beside deadlines."""
        return [
            Column(_("Id"), whole=True),
            Column(_("State"), whole=True),
            *([Column(_("Deadline"), whole=not worded, most=_DUE if worded else None)] if self._dated else []),
            Column(_("Lead"), most=_LEAD),
            Column(_("Task"), most=_TEXT),
        ]

    def items(self, screen: Screen) -> Sequence[Row | Heading]:
        """Return a row for each task under the heading of its group."""
        groups = self._grouped()
        facts = _facts(groups)
        rows = zip(*(cells.each(lambda cell: cell) for cells in self._wide(groups.tasks, facts, screen)), strict=True)
        items: list[Row | Heading] = []
        for heading, number in groups.runs(facts.group):
            items += [heading] if heading else []
            items += islice(rows, number)
        return items

    def table(self, screen: Screen) -> Iterator[str]:
        """Yield the layout that fits: all columns, deadlines and leads under states, or two lines a task."""
        if not self.tasks:
            return
        groups = self._grouped()
        facts, tasks = _facts(groups), groups.tasks
        runs = groups.runs(facts.group)
        columns, content = self.columns(worded=any(facts.deadline_words)), self._wide(tasks, facts, screen)
        room = screen.width - _INDENT if screen.width >= NARROW else 0
        if _left(columns, content, room) < _ROOM:
            content[1] = self._states(facts, screen, 0)
        if _left(columns, content, room) < _ROOM:
            taken = natural_width(columns[0], [content[0]]) + GAP * 2
            states = content[1:-2] if self._dated else content[1:2]
            state_width = max(natural_width(columns[1], states), min(self._beside(facts), room - taken - _ROOM_STACKED))
            if room - taken - state_width < _LEAST_ROOM:
                yield from self._narrow(tasks, facts, runs, screen)
                return
            columns = [columns[0], Column(_("State"), most=state_width), columns[-1]]
            stacked = [self._states(facts, screen, state_width), self._stacked(facts, state_width)]
            parts = [[content[0]], stacked, [content[-1]]]
        else:
            parts = [[cells] for cells in content]
        yield ""
        yield from long_table_lines(columns, parts, runs, screen, _INDENT)

    def _grouped(self) -> Grouping:
        return grouped(self.tasks, self.group_by, self.register, self.query.search)

    @cached_property
    def _dated(self) -> bool:
        return any(self.tasks.fact("deadline"))

    def names_of_units(self) -> Mapping[str, str]:
        """Return the short names of units."""
        return self._units

    @cached_property
    def _units(self) -> Mapping[str, str]:
        return short_names(self.register)

    def _wide(self, tasks: Tasks, facts: _Facts, screen: Screen) -> list[Cells]:
        """Return what stands in the columns."""
        due = _alike(_numbered(facts.deadline, facts.deadline_words), self._due)
        return [
            self._ids(facts.id),
            self._states(facts, screen),
            *([due] if self._dated else []),
            _alike(_numbered(facts.lead, facts.responsible), self._who),
            self._texts(tasks, facts.text),
        ]

    def _states(self, facts: _Facts, screen: Screen, room: int | None = None) -> Cells:
        """Return how the tasks stand, with what their deadlines say: on one line where there is `room`."""

        def cell(*facts: Any) -> Cell:  # noqa: ANN401 - the facts of a `Stands`
            one = Stands(*facts)
            style, whole = look(one).style, state(one, screen)
            if room is None or cells(whole) <= room:
                return (Words(whole, style),)
            sign = look(one).sign(screen)
            first, *others = state_parts(one)
            under = " " * (cells(sign) + 1)
            return (Words(f"{sign} {first}", style), *(Words(under + other, style) for other in others))

        return _alike(facts.stands, cell)

    def _due(self, deadline: Deadline | None, words: str | None) -> Cell:
        """Return the deadline, and under it the document's words for it."""
        due = [Words(deadline.words(current()))] if deadline else []
        return (*due, *([self._marked(words, Style.DIM)] if words else [])) or (Words("—"),)

    def _who(self, lead: str, person: str | None) -> Cell:
        """Return who answers for a task: the unit, and under it the person."""
        return (self._lead(lead), self._marked(person, Style.DIM)) if person else (self._lead(lead),)

    def _under(self, deadline: Deadline | None, words: str | None, lead: str, person: str | None) -> list[str]:
        """Return what stands under the state of a task where there is no room for more columns."""
        due = [deadline.words(current())] if deadline else []
        return [*due, *(one_line(one) for one in (words, self._units.get(lead, lead), person) if one)]

    def _beside(self, facts: _Facts) -> int:
        """Return how wide deadlines with their leads are."""
        parts = (self._under(due, None, lead, None) for due, lead in set(zip(facts.deadline, facts.lead, strict=True)))
        return max(cells(" · ".join(one)) for one in parts)

    def _stacked(self, facts: _Facts, room: int) -> Cells:
        """Return what stands under the states: deadline, lead and person, as many on a line as fit."""

        def cell(*facts: Any) -> Cell:  # noqa: ANN401 - what stands under a state
            lines: list[str] = []
            for part in self._under(*facts):
                together = f"{lines[-1]} · {part}" if lines else part
                lines[-1:] = [together] if cells(together) <= room else [*lines[-1:], part]
            return tuple(self._marked(line, Style.DIM) for line in lines)

        return _alike(_numbered(facts.deadline, facts.deadline_words, facts.lead, facts.responsible), cell)

    def _narrow(self, tasks: Tasks, facts: _Facts, runs: Iterable[Run], screen: Screen) -> Iterator[str]:
        rows = zip(
            facts.id,
            self._states(facts, screen).each(lambda cell: cell[0]),
            (deadline.words(current()) if deadline else "" for deadline in facts.deadline),
            (
                " · ".join(self._under(None, *one))
                for one in zip(facts.deadline_words, facts.lead, facts.responsible, strict=True)
            ),
            self._texts(tasks, facts.text).each(lambda cell: cell),
            strict=True,
        )
        for heading, number in runs:
            if heading:
                yield from heading_lines(heading, screen)
            for row in islice(rows, number):
                yield from self._two_lines(*row, screen)

    def _two_lines(
        self, identifier: str, stands: Words, deadline: str, lead: str, texts: Cell, screen: Screen
    ) -> Iterator[str]:
        """Yield id, state and deadline, then lead and text under them."""
        head = f"{identifier}  {screen.paint(stands.text, stands.style)}"
        if deadline and cells(f"{identifier}  {stands.text}  {deadline}") <= screen.width:
            head += f"  {deadline}"
        elif deadline:
            lead = f"{deadline} · {lead}"
        yield head
        text, *contexts = texts
        for words in (self._marked(f"{lead}: {text.text}"), *contexts):
            yield from (f"  {line}" for line, _filled in words.lines(screen.width - 2, screen))

    def _lead(self, lead: str) -> Words:
        return self._marked(self._units.get(lead, lead), Style.DIM)

    def _ids(self, ids: Iterable[str]) -> Cells:
        if self._searched:
            return Given([(self._marked(identifier),) for identifier in ids])
        return Texts.of(ids, lambda identifier: (Words(identifier),))

    def _texts(self, tasks: Tasks, texts: Iterable[str]) -> Cells:
        if self._searched:
            return Given(list(map(self._text, tasks)))
        return Texts.of(texts, lambda text: (Words(one_line(text)),))

    def _text(self, one: Standing) -> Cell:
        text = one_line(one.task.text.in_(current()))
        return (self._marked(text), *self._contexts(one, text)) if self._searched else (Words(text),)

    @property
    def _searched(self) -> bool:
        return bool(self.query.search.clauses)

    def _marked(self, text: str, style: Style = Style.PLAIN) -> Words:
        text = literal(text)
        return Words(text, style, tuple(self.query.search.spans(text)) if self._searched else ())

    def _contexts(self, one: Standing, shown: str) -> Iterator[Words]:
        """Yield what a search found in fields that the list does not show."""
        from vpcp_cli.searched import search_fields

        seen = {shown, one.deadline_words}
        for key, text in search_fields(one):
            if key is None or text in seen:
                continue
            seen.add(text)
            spans = self.query.search.spans(text)
            if spans:
                label = _("In Vietnamese") if key.name == "text" else _(key.key.label)
                yield self._marked(f"{label}: {_around(text, spans[0])}", Style.DIM)


def _numbered(*columns: Iterable[object]) -> _Numbered:
    places: dict[tuple[object, ...], int] = {}
    numbers = [places.setdefault(facts, len(places)) for facts in zip(*columns, strict=True)]
    return list(places), numbers


def _alike(numbered: _Numbered, cell: Callable[..., Cell]) -> Cells:
    """Return cells that follow from a few facts of each task."""
    occurring, numbers = numbered
    return Given([cell(*facts) for facts in occurring], numbers)


def _facts(groups: Grouping) -> _Facts:
    tasks = groups.tasks
    names = (groups.fact, "id", "deadline", "deadline_words", "lead", "responsible", current(), *STATE_FACTS)
    every: list[list[Any]] = [[] for _name in names]
    for columns in tasks.columns(*names):
        for one, values in zip(every, columns, strict=True):
            one.extend(values)
    group, ids, deadlines, words, leads, people, texts, *stands = every
    return _Facts(group, ids, deadlines, words, leads, people, texts, _numbered(*stands, _replacing(tasks)))


def _replacing(tasks: Tasks) -> Sequence[tuple[str, ...]]:
    """Return for each task what stands in its place: only of those that are void anything is looked up."""
    void = {one.task.id: one.replaced_by for one in tasks.where("status", {Status.VOID})}
    return [void.get(id_, ()) for id_ in tasks.fact("id")] if void else [()] * len(tasks)


def _closed(counted: Count) -> str:
    """Say how many of the overdue nobody works on any more; that they go on elsewhere, where that holds of all."""
    if counted.carried == counted.closed:
        return ngettext("{n} of these carried over", "{n} of these carried over", counted.closed)
    return ngettext("{n} of these closed", "{n} of these closed", counted.closed)


def _left(columns: Sequence[Column], content: Sequence[Cells], room: int) -> int:
    """Return how many cells are left for the last column."""
    both = zip(columns[:-1], content, strict=False)
    widths = shared_widths(columns[:-1], [natural_width(column, [cells]) for column, cells in both], room)
    return room - sum(widths) - GAP * len(widths)


def _around(text: str, span: tuple[int, int]) -> str:
    """Return the part of a text around a hit, broken at spaces."""
    text = one_line(text)
    first, last = max(span[0] - _AROUND, 0), min(span[1] + _AROUND, len(text))
    start = text.find(" ", first, span[0]) + 1 if first else 0
    end = text.rfind(" ", span[1], last) if last < len(text) else len(text)
    return f"{'… ' if start else ''}{text[start : end if end >= 0 else last]}{' …' if 0 <= end < len(text) else ''}"
