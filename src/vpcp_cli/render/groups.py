"""Tasks under headings: the directive that asked for them, or whatever they are grouped by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.programme import Directive, Workspace
from vpcp_cli.render.console import Style
from vpcp_cli.render.table import Heading, Words
from vpcp_cli.standing import Standing
from vpcp_cli.vietnamese import Search, format_date
from vpcp_cli.vocabulary import Category, DirectiveKind, Status


@dataclass(frozen=True, slots=True)
class Group:
    """Some tasks, and what stands above them."""

    heading: Heading | None
    tasks: Sequence[Standing]


def grouped(tasks: Sequence[Standing], by: str, workspace: Workspace, search: Search) -> Iterator[Group]:
    """Yield the tasks group by group; categories and statuses in their own order, the rest as they come."""
    if by == "none":
        yield Group(None, tasks)
    elif by == "directive":
        yield from _by_directive(tasks, search)
    else:
        yield from _by_key(tasks, by, workspace)


def _by_directive(tasks: Sequence[Standing], search: Search) -> Iterator[Group]:
    several = len({one.programme.id for one in tasks}) > 1
    before = None
    for _id, run in groupby(tasks, key=lambda one: one.directive.id):
        members = list(run)
        programme = members[0].programme
        new = several and programme.id != before
        before = programme.id
        words = (
            _marked(f"{members[0].directive.id}  {members[0].directive.title.in_(current())}", Style.BOLD, search),
            _marked(origin(members[0].directive), Style.DIM, search),
        )
        yield Group(Heading(words, programme.title.in_(current()) if new else ""), members)


def origin(directive: Directive) -> str:
    """Say who gave a directive, when, and what it is where it is no plain directive."""
    lang = current()
    issuer = directive.issuer
    by = f"{issuer.name}, {issuer.role.in_(lang)}" if issuer.role else issuer.name
    parts = [by]
    if directive.issued:
        parts.append(format_date(directive.issued, lang))
    if directive.kind is not DirectiveKind.DIRECTIVE:
        parts.append(directive.kind.label)
    return " · ".join(parts)


def _marked(text: str, style: Style, search: Search) -> Words:
    return Words(text, style, tuple(search.spans(text)) if search.clauses else ())


def _by_key(tasks: Sequence[Standing], by: str, workspace: Workspace) -> Iterator[Group]:
    key = _KEYS[by]
    groups: dict[str | None, list[Standing]] = {}
    for one in tasks:
        groups.setdefault(key(one), []).append(one)
    order: Mapping[str, int] = {word.value: place for kind in (Category, Status) for place, word in enumerate(kind)}
    known = sorted((name for name in groups if name), key=lambda name: order.get(name, 0))
    for name in [*known, *([None] if None in groups else [])]:
        number = ngettext("{n} task", "{n} tasks", len(groups[name])).format(n=len(groups[name]))
        words = (Words(_title(name, by, workspace), Style.BOLD), Words(number, Style.DIM))
        yield Group(Heading(words), groups[name])


_KEYS: Final[Mapping[str, Callable[[Standing], str | None]]] = {
    "lead": lambda one: one.lead,
    "category": lambda one: one.task.category.value if one.task.category else None,
    "status": lambda one: one.status.value if one.status else None,
    "year": lambda one: str(one.programme.year),
}


def _title(name: str | None, by: str, workspace: Workspace) -> str:
    if by == "category":
        return Category(name).label if name else _("No category")
    if by == "status":
        return Status(name).label if name else _("No status: not to be counted")
    unit = workspace.unit(name) if name and by == "lead" else None
    return f"{unit.name.in_(current())} ({unit.code})" if unit else name or ""
