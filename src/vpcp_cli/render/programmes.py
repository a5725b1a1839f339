"""Programmes, directives and people: what there is, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import ClassVar, Final

from vpcp_cli.counts import Count
from vpcp_cli.dataclass import dataclass
from vpcp_cli.kinds import recorded
from vpcp_cli.language import N_, _, current, ngettext
from vpcp_cli.library import Units
from vpcp_cli.programme import Directive, Person, Programme
from vpcp_cli.query import Query
from vpcp_cli.render.bars import bar
from vpcp_cli.render.console import Style
from vpcp_cli.render.formats import Record
from vpcp_cli.render.listing import Listing, dash
from vpcp_cli.render.names import document_words, short_names
from vpcp_cli.render.records import directive_model
from vpcp_cli.render.selection import as_of, days_record, known_record, selection_words, with_known
from vpcp_cli.render.table import Cell, Column, Heading, Row, Words
from vpcp_cli.vietnamese import format_date, name_key
from vpcp_cli.vocabulary import DirectiveKind, Timeliness

_COUNT_MODEL: Final[Record] = {"tasks": None, "counted": None, "done": None, "overdue": None, "uncounted": None}


def _count_values(counted: Count) -> Record:
    return {
        "tasks": counted.total + counted.uncounted + counted.apart,
        "counted": counted.total,
        "done": counted.done,
        "overdue": counted.cell(Timeliness.OVERDUE),
        "uncounted": counted.uncounted,
    }


def _progress(counted: Count, largest: int) -> tuple[Cell, Cell]:
    """Return «done of counted» and its bar; nothing where nothing is counted."""
    if not counted.total:
        return dash(None), ()
    return (Words(f"{counted.done}/{counted.total}"),), (bar(counted, largest),)


@dataclass(frozen=True, kw_only=True)
class ProgrammeListing(Listing):
    """All programmes with their directives, and their tasks as they stand on a day."""

    programmes: Sequence[tuple[Programme, Sequence[Directive], Count]]
    day: date
    known: date | None = None

    schema: ClassVar[str] = "vpcp.programmes/1"
    name: ClassVar[str] = "programmes"
    plain_fields: ClassVar[Sequence[str]] = ("id", "kind", "tasks", "counted", "done", "overdue", "title")
    sheet_fields: ClassVar[Sequence[str]] = (
        *("id", "year", "kind", "title", "owner", "directives", "tasks", "counted", "done", "overdue"),
    )

    @staticmethod
    def model() -> Record:
        """Return one of which nothing is known."""
        return {
            "id": None, "year": None, "kind": None, "title": {"vi": None, "en": None}, "owner": None, "parent": None,
            "start": None, "end": None, "directives": None, **_COUNT_MODEL, "file": None,
        }  # fmt: skip

    def head(self) -> Record:
        """Return the day and the number of programmes."""
        return {**days_record(self.day, self.known), "count": len(self.programmes)}

    def records(self) -> Iterator[Record]:
        """Yield every programme with its count."""
        for programme, directives, counted in self.programmes:
            event = programme.event
            yield {
                "id": programme.id,
                "year": programme.year,
                "kind": programme.kind.value,
                "title": recorded(programme.title),
                "owner": programme.owner,
                "parent": programme.parent,
                "start": event.start.isoformat() if event and event.start else None,
                "end": event.end.isoformat() if event and event.end else None,
                "directives": len(directives),
                **_count_values(counted),
                "file": programme.file,
            }

    def title(self) -> Cell:
        """Say how many programmes there are, on which day."""
        number = len(self.programmes)
        words = ngettext("{n} programme", "{n} programmes", number).format(n=number)
        return (Words(f"{words} · {as_of(self.day, self.known)}", Style.BOLD),)

    def columns(self) -> Sequence[Column]:
        """Return the columns."""
        return [
            Column(_("Id"), whole=True),
            Column(_("Programme")),
            Column(_("Done"), whole=True, right=True),
            Column("", most=12),
        ]

    def rows(self) -> Sequence[Row | Heading]:
        """Return a row for each programme; its day and size stand under its title."""
        largest = max((counted.total for _programme, _directives, counted in self.programmes), default=1)
        rows: list[Row | Heading] = []
        for programme, directives, counted in self.programmes:
            size = _size(programme, directives, counted, self.day)
            title = (Words(programme.title.in_(current())), Words(size, Style.DIM))
            rows.append(((Words(programme.id, Style.BOLD),), title, *_progress(counted, largest)))
        return rows


def _size(programme: Programme, directives: Sequence[Directive], counted: Count, day: date) -> str:
    """Say when a programme was made, and how many directives and tasks it has on a day."""
    start = programme.event.start if programme.event else None
    there = sum(programme.exists_from(one) <= day for one in directives)
    tasks = counted.total + counted.uncounted + counted.apart
    if directives and not there and not tasks:
        return _("not there yet on that day")
    parts = [
        format_date(start, current()) if start else "",
        ngettext("{n} directive", "{n} directives", there).format(n=there),
        ngettext("{n} task", "{n} tasks", tasks).format(n=tasks),
    ]
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True, kw_only=True)
class DirectiveListing(Listing):
    """Directives with the wanted ones of their tasks; `found` counts also those beyond a limit."""

    register: Units
    query: Query
    directives: Sequence[tuple[Programme, Directive, Count]]
    found: int
    day: date
    known: date | None = None

    schema: ClassVar[str] = "vpcp.directives/1"
    name: ClassVar[str] = "directives"
    plain_fields: ClassVar[Sequence[str]] = ("id", "kind", "issued", "tasks", "counted", "done", "issuer_name", "title")
    sheet_fields: ClassVar[Sequence[str]] = (
        *("id", "title", "kind", "issuer_name", "issuer_role", "issued", "document_number"),
        *("tasks", "counted", "done", "overdue"),
    )

    @staticmethod
    def model() -> Record:
        """Return one of which nothing is known."""
        return {
            **directive_model(),
            **dict.fromkeys(("source", "programme", "year")),
            **_COUNT_MODEL,
            **dict.fromkeys(("file", "line")),
        }

    def head(self) -> Record:
        """Return the day and the number of directives."""
        return {**days_record(self.day, self.known), "count": len(self.directives)}

    def records(self) -> Iterator[Record]:
        """Yield every directive with the count of its tasks."""
        for programme, directive, counted in self.directives:
            yield {
                **recorded(directive),
                "source": directive.source,
                "programme": programme.id,
                "year": programme.year,
                **_count_values(counted),
                "file": programme.file,
                "line": directive.line,
            }

    def title(self) -> Cell:
        """Say how many directives these are, of which selection and day."""
        words = ngettext("{n} directive", "{n} directives", self.found).format(n=self.found)
        if len(self.directives) < self.found:
            words = _("the first {n} of {all} directives").format(n=len(self.directives), all=self.found)
        selected = selection_words(self.query, short_names(self.register))
        return (Words(f"{words} · {selected} · {as_of(self.day, self.known)}", Style.BOLD),)

    def columns(self) -> Sequence[Column]:
        """Return the columns."""
        return [
            Column(_("Id"), whole=True),
            Column(_("Directive")),
            Column(_("Issuer"), most=40),
            Column(_("Date"), whole=True),
            Column(_("Done"), whole=True, right=True),
        ]

    def rows(self) -> Sequence[Row | Heading]:
        """Return a row for each directive, under its programme where there are several."""
        lang = current()
        several = len({programme.id for programme, _directive, _count in self.directives}) > 1
        items: list[Row | Heading] = []
        before = None
        for programme, directive, counted in self.directives:
            if several and programme.id != before:
                items.append(Heading((Words(programme.title.in_(lang), Style.BOLD),)))
            before = programme.id
            kind = () if directive.kind is DirectiveKind.DIRECTIVE else (Words(directive.kind.label, Style.DIM),)
            document = (Words(document_words(directive.document), Style.DIM),) if directive.document else ()
            role = (Words(directive.issuer.role.in_(lang), Style.DIM),) if directive.issuer.role else ()
            items.append(
                (
                    (Words(directive.id),),
                    (Words(directive.title.in_(lang)), *kind, *document),
                    (Words(directive.issuer.name), *role),
                    dash(format_date(directive.issued, lang) if directive.issued else None),
                    _progress(counted, 1)[0],
                )
            )
        return items


PARTS: Final[Mapping[str, str]] = {
    "speaker": N_("spoke"),
    "reporter": N_("reported"),
    "award_giver": N_("gave awards"),
    "attendee": N_("attended"),
    "named": N_("is named"),
}
"""What people do in a programme, as far as the format has words for it."""


@dataclass(frozen=True, kw_only=True)
class PeopleListing(Listing):
    """People by their given names, as Vietnamese lists have them.

    `given` says, for each programme and issuer, how many tasks each of their directives holds.
    """

    people: Sequence[tuple[Programme, Person]]
    given: Mapping[str, Mapping[str, Sequence[int]]]
    left_out: int = 0
    known: date | None = None

    schema: ClassVar[str] = "vpcp.people/1"
    name: ClassVar[str] = "people"
    key: ClassVar[str] = "name"
    plain_fields: ClassVar[Sequence[str]] = ("name", "year", "part", "directives", "role")
    sheet_fields: ClassVar[Sequence[str]] = ("name", "role", "part", "programme", "directives", "tasks")

    @staticmethod
    def model() -> Record:
        """Return one of which nothing is known."""
        return {
            "name": None, "role": {"vi": None, "en": None}, "part": None, "programme": None, "year": None,
            "directives": None, "tasks": None,
        }  # fmt: skip

    def head(self) -> Record:
        """Return the number of people."""
        return {**known_record(self.known), "count": len(self.people)}

    def records(self) -> Iterator[Record]:
        """Yield every person with the number of directives that are theirs."""
        for programme, person in self.people:
            given = self.given[programme.id].get(person.name, ())
            yield {
                "name": person.name,
                "role": recorded(person.role),
                "part": person.part,
                "programme": programme.id,
                "year": programme.year,
                "directives": len(given),
                "tasks": sum(given),
            }

    def title(self) -> Cell:
        """Say how many people these are."""
        number = len(self.people)
        words = ngettext("{n} person", "{n} people", number).format(n=number)
        people = Words(with_known(words, self.known), Style.BOLD)
        if not self.left_out:
            return (people,)
        more = ngettext("{n} more is only named: --all", "{n} more are only named: --all", self.left_out)
        return (people, Words(more.format(n=self.left_out), Style.DIM))

    def columns(self) -> Sequence[Column]:
        """Return the columns."""
        return [
            Column(_("Name"), whole=True),
            Column(_("Programme"), whole=True),
            Column(_("Part"), whole=True),
            Column(_("Directives given"), whole=True, right=True),
            Column(_("Position")),
        ]

    def rows(self) -> Sequence[Row | Heading]:
        """Return a row for each person."""
        rows: list[Row | Heading] = []
        for (programme, person), record in zip(self.people, self.records(), strict=True):
            part = _(PARTS[person.part]) if person.part and person.part in PARTS else person.part
            role = person.role.in_(current()) if person.role else None
            number = str(record["directives"] or "—")
            rows.append(
                ((Words(person.name),), (Words(programme.id),), dash(part), (Words(number),), dash(role)),
            )
        return rows


def by_given_name(people: Iterable[tuple[Programme, Person]]) -> list[tuple[Programme, Person]]:
    """Sort people as Vietnamese lists do, those of one name by year."""
    return sorted(people, key=lambda one: (name_key(one[1].name), one[0].year, one[0].id))
