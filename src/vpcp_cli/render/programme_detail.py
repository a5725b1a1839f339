"""A directive or a programme shown whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from vpcp_cli.counts import count
from vpcp_cli.kinds import model_of, recorded
from vpcp_cli.knowing import told
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.programme import (
    Aim,
    Award,
    Directive,
    Document,
    Event,
    Issuer,
    LogEntry,
    Person,
    Programme,
    Result,
    Source,
    Text,
    Workspace,
)
from vpcp_cli.render.console import Screen, Style
from vpcp_cli.render.details import Detail, Section, described, fact, facts, there, unit_words
from vpcp_cli.render.entries import entry_cell, told_record
from vpcp_cli.render.formats import Record
from vpcp_cli.render.groups import origin
from vpcp_cli.render.names import cited_words, short_names
from vpcp_cli.render.programmes import PARTS
from vpcp_cli.render.records import task_record
from vpcp_cli.render.state import look, state
from vpcp_cli.render.table import Row, Words
from vpcp_cli.standing import Standing
from vpcp_cli.vietnamese import format_date, quoted
from vpcp_cli.vocabulary import DirectiveKind, Timeliness

_ISSUERS: Final = {
    DirectiveKind.DIRECTIVE: lambda: _("Directed by"),
    DirectiveKind.SELF_SET: lambda: _("Set by"),
    DirectiveKind.OBJECTIVE: lambda: _("Objective of"),
    DirectiveKind.REQUEST: lambda: _("Requested by"),
    DirectiveKind.COMMITMENT: lambda: _("Committed by"),
}
"""What the person is to the tasks."""
_APART: Final[Mapping[type, Sequence[str]]] = {
    Directive: ("id", "kind", "title", "issuer", "issued", "carried", "document", "source", "log", "tasks"),
    Programme: (
        *("schema", "year", "kind", "title", "owner", "parent", "event", "themes", "context", "previous_results"),
        *("people", "awards", "documents", "source", "log", "directives"),
    ),
    Aim: ("id", "text", "issuer", "source"),
    Result: ("id", "text", "year", "author", "source"),
}
"""Keys that stand elsewhere."""


def directive_detail(programme: Programme, directive: Directive, tasks: Sequence[Standing], screen: Screen) -> Detail:
    """Return a directive with its tasks as they stand."""
    lang = current()
    facts = [
        fact(_ISSUERS[directive.kind](), origin(directive)),
        _more_of(directive.document) if directive.document else None,
        fact(_("Programme"), f"{programme.id}  {programme.title.in_(lang)}"),
        *described(directive, _APART[Directive]),
        fact(_("Source"), directive.source),
    ]
    rows = [_task_row(one, screen) for one in tasks]
    record: Record = {
        **recorded(directive),
        "kind": "directive",
        "directive_kind": directive.kind.value,
        "source": directive.source,
        "programme": programme.id,
        "tasks": [task_record(one) for one in tasks],
        "log": [told_record(one, directive.id) for one in told(directive.log)],
        "file": programme.file,
        "line": directive.line,
    }
    return Detail(
        directive.id,
        directive.title.in_(lang),
        Words(""),
        f"{programme.file}:{directive.line}",
        [
            Section("", there(facts)),
            Section(_("Tasks") if any(one.task.countable for one in tasks) else _("Items"), rows),
            Section(_("Log"), _log_rows(directive.log, {}, screen)),
        ],
        record,
    )


def programme_detail(
    programme: Programme,
    directives: Sequence[Directive],
    workspace: Workspace,
    tasks: Sequence[Standing],
    screen: Screen,
) -> Detail:
    """Return a programme: what it is, its event and people, its directives with their tasks and how far they are."""
    lang = current()
    rows = [
        fact(_("Kind"), programme.kind.label),
        fact(_("Owner"), unit_words(programme.owner, workspace)),
        fact(_("Part of"), programme.parent),
        fact(_("Event"), *_event_lines(programme)),
        facts(_("Themes"), (_theme(one.text, one.owner, workspace) for one in programme.themes)),
        *described(programme, _APART[Programme]),
        fact(_("Source"), *_source_lines(programme)),
    ]
    sections = [
        Section("", there(rows)),
        Section(_("Directives"), list(_directive_rows(directives, tasks, screen))),
        Section(_("Aims that are not this owner's tasks"), [_aim_row(one) for one in programme.context]),
        Section(_("Results of the year before"), [_aim_row(one) for one in programme.previous_results]),
        Section(_("People"), [_person_row(one) for one in programme.people]),
        Section(_("Plans of units for it"), [_plan_row(one, workspace) for one in plans_of(programme, workspace)]),
        Section(_("Awards"), there([fact("", *_award_lines(one)) for one in programme.awards])),
        Section(_("Documents"), there([_document_row(one) for one in programme.documents])),
        Section(_("Log"), _log_rows(programme.log, short_names(workspace), screen)),
    ]
    return Detail(
        programme.id,
        programme.title.in_(lang),
        Words(""),
        programme.file,
        sections,
        _programme_record(programme, directives, workspace, tasks),
    )


def _log_rows(log: tuple[LogEntry, ...], units: Mapping[str, str], screen: Screen) -> list[Row]:
    """Return what was put right, and when."""
    lang = current()
    return [((Words(format_date(one.entry.date, lang)),), entry_cell(one, units, screen)) for one in told(log)]


def aim_detail(programme: Programme, aim: Aim) -> Detail:
    """Return an aim that is quoted as context."""
    rows = [
        fact(_("Kind"), _("Aim of the context; not counted")),
        fact(_("Issuer"), _issuer(aim.issuer) if aim.issuer else None),
    ]
    return _beside_detail(programme, aim, rows, {"kind": "context", **recorded(aim)})


def result_detail(programme: Programme, result: Result) -> Detail:
    """Return what the year before is reported to have reached."""
    rows = [
        fact(_("Kind"), _("Result of the year before; not counted")),
        fact(_("Year"), str(result.year) if result.year else None),
        fact(_("Author"), _issuer(result.author) if result.author else None),
    ]
    return _beside_detail(programme, result, rows, {"kind": "result", **recorded(result)})


def _beside_detail(programme: Programme, one: Aim | Result, rows: Sequence[Row | None], record: Record) -> Detail:
    lang = current()
    facts = [
        *rows,
        *described(one, _APART[type(one)]),
        fact(_("Programme"), f"{programme.id}  {programme.title.in_(lang)}"),
        fact(_("Source"), one.source),
    ]
    return Detail(
        one.id,
        one.text.in_(lang),
        Words(""),
        programme.file,
        [Section("", there(facts))],
        {**record, "programme": programme.id, "file": programme.file},
    )


def plans_of(programme: Programme, workspace: Workspace) -> list[Programme]:
    """Return the plans that units made for a programme, as far as they are kept here."""
    return [one for one in workspace.programmes if one.parent == programme.id]


def _plan_row(plan: Programme, workspace: Workspace) -> Row:
    return (Words(plan.id),), (Words(plan.title.in_(current())), Words(unit_words(plan.owner, workspace), Style.DIM))


def _programme_record(
    programme: Programme, directives: Sequence[Directive], workspace: Workspace, tasks: Sequence[Standing]
) -> Record:
    written: Record = recorded(programme)
    for name, cls in (("event", Event), ("source", Source)):
        written[name] = written[name] or model_of(cls)
    head: Record = {
        "kind": "programme",
        "id": programme.id,
        "year": programme.year,
        "programme_kind": written["kind"],
        "title": written["title"],
        "owner": programme.owner,
        "parent": programme.parent,
        "plans": [one.id for one in plans_of(programme, workspace)],
    }
    rest = {name: value for name, value in written.items() if name not in ("schema", *head)}
    return {
        **head,
        **rest,
        "directives": [recorded(one) for one in directives],
        "tasks": [task_record(one) for one in tasks],
        "log": [told_record(one, programme.id) for one in told(programme.log)],
        "file": programme.file,
    }


def _event_lines(programme: Programme) -> Iterator[str]:
    lang, event = current(), programme.event
    if event is None:
        return
    if event.name:
        yield event.name.in_(lang)
    days = [format_date(day, lang) for day in (event.start, event.end) if day]
    where = [event.place.in_(lang)] if event.place else []
    if days or where:
        yield " · ".join(["–".join(days), *where] if days else where)


def _theme(text: Text, owner: str | None, workspace: Workspace) -> str:
    unit = workspace.unit(owner) if owner else None
    words = quoted(text.in_(current()), current())
    return f"{words} — {unit.name.in_(current()) if unit else owner}" if owner else words


def _source_lines(programme: Programme) -> Iterator[str]:
    lang, source = current(), programme.source
    if source is None:
        return
    if source.title:
        yield source.title.in_(lang)
    published = format_date(source.published, lang) if source.published else None
    publisher = source.publisher.in_(lang) if source.publisher else None
    if publisher or published:
        yield " · ".join(one for one in (publisher, published) if one)
    yield from (one.in_(lang) for one in source.notes)


def _task_row(one: Standing, screen: Screen) -> Row:
    stands = " · ".join(part for part in (state(one, screen), one.task.source) if part)
    return (Words(one.task.id),), (Words(one.task.text.in_(current())), Words(stands, look(one).style))


def _directive_rows(directives: Sequence[Directive], tasks: Sequence[Standing], screen: Screen) -> Iterator[Row]:
    """Yield a row for each directive, and after it one for each of its tasks."""
    of: dict[str, list[Standing]] = {directive.id: [] for directive in directives}
    for one in tasks:
        of[one.directive.id].append(one)
    for directive in directives:
        yield _directive_row(directive, of[directive.id])
        yield from (_task_row(one, screen) for one in of[directive.id])


def _directive_row(directive: Directive, tasks: Sequence[Standing]) -> Row:
    counted = count(tasks)
    overdue = counted.cell(Timeliness.OVERDUE)
    words = _("{done} of {total} done").format(done=counted.done, total=counted.total)
    if overdue:
        words += " · " + ngettext("{n} overdue", "{n} overdue", overdue).format(n=overdue)
    far = f"{origin(directive)} · {words}" if counted.total else origin(directive)
    title = Words(directive.title.in_(current()), Style.BOLD)
    return (Words(directive.id, Style.BOLD),), (title, Words(far, Style.DIM))


def _aim_row(aim: Aim | Result) -> Row:
    issuer = aim.issuer if isinstance(aim, Aim) else aim.author
    words = (Words(_issuer(issuer), Style.DIM),) if issuer else ()
    return (Words(aim.id),), (Words(aim.text.in_(current())), *words)


def _issuer(issuer: Issuer) -> str:
    return f"{issuer.name}, {issuer.role.in_(current())}" if issuer.role else issuer.name


def _person_row(person: Person) -> Row:
    part = _(PARTS[person.part]) if person.part and person.part in PARTS else person.part
    role = (Words(person.role.in_(current())),) if person.role else ()
    return (Words(person.name),), (*role, *((Words(part, Style.DIM),) if part else ()))


def _award_lines(award: Award) -> Iterator[str]:
    lang = current()
    yield " · ".join(one.in_(lang) for one in (award.name, award.class_) if one)
    yield from (one.in_(lang) for one in (award.recipient, award.giver) if one)
    yield from (one for one in (award.note,) if one)


def _more_of(document: Document) -> Row | None:
    """Return what is known of the document of a directive besides its number."""
    if document.title is None and document.issuer is None:
        return fact(_("Document"), cited_words(document)) if document.date else None
    row = _document_row(document)
    return ((Words(_("Document"), Style.DIM),), row[1]) if row and any(words.text for words in row[1]) else None


def _document_row(document: Document) -> Row | None:
    lang = current()
    title = document.title.in_(lang) if document.title else None
    dated = " · ".join(
        one
        for one in (
            document.issuer.in_(lang) if document.issuer else "",
            format_date(document.date, lang) if document.date else "",
        )
        if one
    )
    return fact(document.number or "", title, dated)
