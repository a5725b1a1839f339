"""What is kept: programmes, their directives, tasks and logs, and the register of units."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vpcp_cli.dataclass import dataclass
from vpcp_cli.deadline import Deadline
from vpcp_cli.vocabulary import (
    Category,
    Decision,
    DirectiveKind,
    Item,
    Nature,
    ProgrammeKind,
    Risk,
    Status,
    Urgency,
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one or both languages; a plain one is the same in both."""

    vi: str | None
    en: str | None

    @classmethod
    def plain(cls, text: str) -> Text:
        """Return a text that serves for every language."""
        return cls(text, text)

    def in_(self, lang: str) -> str:
        """Return the text in a language, or in the other one where it lacks."""
        return (self.vi or self.en or "") if lang == "vi" else (self.en or self.vi or "")

    def each(self) -> tuple[str, ...]:
        """Return the text in each of its languages, once where it is the same."""
        return tuple(dict.fromkeys(one for one in (self.vi, self.en) if one))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An entry of the register. A name is valid from one day to another, both included."""

    code: str
    name: Text
    short: Text | None = None
    aliases: tuple[str, ...] = ()
    type: str | None = None
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    merged_into: str | None = None

    def valid_within(self, first: date, last: date) -> bool:
        """Whether the unit existed on any day of a period."""
        return (self.valid_from is None or self.valid_from <= last) and (
            self.valid_to is None or self.valid_to >= first
        )


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who gave a directive."""

    name: str
    role: Text | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document by its number, kept exactly as it is written: 123/QĐ-VPCP; a cited text may have none."""

    number: str | None = None
    date: date | None = None
    title: Text | None = None
    issuer: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """What happened on a day: one action, told by the field that is not None."""

    date: date
    status: Status | None = None
    evidence: tuple[Document, ...] = ()
    to: str | None = None
    deadline: Deadline | None = None
    decision: Decision | None = None
    obstacle: Text | None = None
    reported_to: str | None = None
    resolved: Text | None = None
    key: str | None = None
    risk: Risk | None = None
    reminder: str | None = None
    lead: str | None = None
    by: str | None = None
    document: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a task may stand in a programme at all; None where nobody has judged."""

    ready: bool | None = None
    within_authority: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task as it is written; `line` counts from 1, log entries stand in file order."""

    id: str
    text: Text
    nature: Nature
    lead: str
    source: str | None = None
    category: Category | None = None
    item: Item = Item.TASK
    support: tuple[str, ...] = ()
    responsible: str | None = None
    deliverable: Text | None = None
    measure: Text | None = None
    deadline: Deadline | None = None
    urgency: Urgency | None = None
    priority: bool = False
    basis: tuple[Text, ...] = ()
    admission: Admission | None = None
    added: date | None = None
    carried_from: str | None = None
    log: tuple[LogEntry, ...] = ()
    line: int = 0

    @property
    def countable(self) -> bool:
        """Whether it can be done at all: principles and expectations can't."""
        return self.nature in (Nature.ONE_OFF, Nature.STANDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """What one person asked for, with its tasks."""

    id: str
    kind: DirectiveKind
    title: Text
    issuer: Issuer
    tasks: tuple[Task, ...] = ()
    issued: date | None = None
    source: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """The meeting at which a programme was made."""

    name: Text | None = None
    start: date | None = None
    end: date | None = None
    place: Text | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """A slogan of the year, kept letter for letter, with the unit whose it is."""

    text: Text
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim that is not this owner's task; shown, never counted."""

    id: str
    text: Text
    issuer: Issuer | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What the year before is reported to have reached."""

    id: str
    text: Text
    year: int | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the source names, and the part they had."""

    name: str
    role: Text | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """An award that the source reports."""

    name: Text
    class_: Text | None = None
    giver: Text | None = None
    recipient: Text | None = None
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The published document that a programme was taken from."""

    title: Text | None = None
    publisher: Text | None = None
    published: date | None = None
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """One file: a year's programme. `id` is the file's stem, `file` its path as it is shown."""

    id: str
    file: str
    year: int
    kind: ProgrammeKind
    title: Text
    owner: str
    directives: tuple[Directive, ...]
    parent: str | None = None
    event: Event | None = None
    themes: tuple[Theme, ...] = ()
    context: tuple[Aim, ...] = ()
    previous_results: tuple[Result, ...] = ()
    people: tuple[Person, ...] = ()
    awards: tuple[Award, ...] = ()
    documents: tuple[Document, ...] = ()
    source: Source | None = None

    def exists_from(self, directive: Directive, task: Task | None = None) -> date:
        """Return the day from which a directive, or one of its tasks, is there."""
        if task and task.added:
            return task.added
        if directive.issued:
            return directive.issued
        if self.event and self.event.start:
            return self.event.start
        return date(self.year, 1, 1)

    def tasks(self) -> Iterator[tuple[Directive, Task]]:
        """Yield every task with its directive, in the order of the file."""
        for directive in self.directives:
            for task in directive.tasks:
                yield directive, task


@dataclass(frozen=True, slots=True)
class Workspace:
    """All programmes, in the order of their years and files, and the register."""

    programmes: tuple[Programme, ...]
    units: tuple[Unit, ...]

    def unit(self, code: str) -> Unit | None:
        """Return the register's entry for a code."""
        return next((unit for unit in self.units if unit.code == code), None)
