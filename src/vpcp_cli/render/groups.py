"""Tasks under headings: the directive that asked for them, or whatever they are grouped by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from vpcp_cli.language import _, current, ngettext
from vpcp_cli.render.console import Style
from vpcp_cli.render.names import document_words
from vpcp_cli.render.table import Heading, Run, Words
from vpcp_cli.tasks import Tasks
from vpcp_cli.vietnamese import Search, format_date
from vpcp_cli.vocabulary import Category, DirectiveKind, Status, Word

if TYPE_CHECKING:
    from vpcp_cli.library import Units
    from vpcp_cli.programme import Directive, Programme

Around: TypeAlias = "tuple[Programme, Directive]"


class Grouping(NamedTuple):
    """Tasks group by group; `runs` makes the groups that they form of a fact of each."""

    tasks: Tasks
    fact: str
    runs: Callable[[Iterable[Any]], Iterable[Run]]


def grouped(tasks: Tasks, by: str, register: Units, search: Search) -> Grouping:
    """Return the tasks group by group; categories and statuses stand in their own order."""
    if by == "none":
        return ungrouped(tasks)
    if by == "directive":
        several = len(tasks.counted("programme")) > 1
        return Grouping(tasks, "around", lambda arounds: _by_directive(arounds, search, several=several))
    return _by_key(tasks, by, register)


def ungrouped(tasks: Tasks) -> Grouping:
    """Return tasks as they come."""
    return Grouping(tasks, "id", lambda _ids: [(None, len(tasks))])


def _by_directive(arounds: Iterable[Around], search: Search, *, several: bool) -> Iterator[Run]:
    before = None
    for _id, run in groupby(arounds, key=lambda around: around[1].id):
        (programme, directive), *others = run
        new = several and programme.id != before
        before = programme.id
        words = (
            _marked(f"{directive.id}  {directive.title.in_(current())}", Style.BOLD, search),
            _marked(origin(directive), Style.DIM, search),
        )
        yield Heading(words, programme.title.in_(current()) if new else ""), len(others) + 1


def origin(directive: Directive) -> str:
    """Say who gave a directive, when, in which document, and what it is where it is no plain directive."""
    lang = current()
    issuer = directive.issuer
    by = f"{issuer.name}, {issuer.role.in_(lang)}" if issuer.role else issuer.name
    parts = [by]
    if directive.issued:
        parts.append(format_date(directive.issued, lang))
    if directive.document:
        parts.append(document_words(directive.document))
    if directive.carried:
        parts.append(_("carried over on {day}").format(day=format_date(directive.carried, lang)))
    if directive.kind is not DirectiveKind.DIRECTIVE:
        parts.append(directive.kind.label)
    return " · ".join(parts)


def _marked(text: str, style: Style, search: Search) -> Words:
    return Words(text, style, tuple(search.spans(text)) if search.clauses else ())


def _by_key(tasks: Tasks, by: str, register: Units) -> Grouping:
    groups: dict[str | None, list[int]] = {}
    for place, key in enumerate(map(_key, tasks.fact(by))):
        groups.setdefault(key, []).append(place)
    order: Mapping[str, int] = {word.value: place for kind in (Category, Status) for place, word in enumerate(kind)}
    known = sorted((name for name in groups if name), key=lambda name: order.get(name, 0))
    names = [*known, *([None] if None in groups else [])]
    runs = [(_heading(_title(name, by, register), len(groups[name])), len(groups[name])) for name in names]
    return Grouping(tasks.picked(list(chain.from_iterable(map(groups.__getitem__, names)))), by, lambda _keys: runs)


def _key(value: Word | str | int | None) -> str | None:
    return None if value in (None, "") else value.value if isinstance(value, Word) else str(value)


def _heading(title: str, number: int) -> Heading:
    words = ngettext("{n} task", "{n} tasks", number).format(n=number)
    return Heading((Words(title, Style.BOLD), Words(words, Style.DIM)))


def _title(name: str | None, by: str, register: Units) -> str:
    if by == "category":
        return Category(name).label if name else _("No category")
    if by == "status":
        return Status(name).label if name else _("No status: not to be counted")
    unit = register.unit(name) if name and by == "lead" else None
    return f"{unit.name.in_(current())} ({unit.code})" if unit else name or "—"
