"""What the heading of a report says: what was asked for, as of which day, known by which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from vpcp_cli.language import _, current, ngettext
from vpcp_cli.query import Query
from vpcp_cli.render.formats import Record
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import Role, Word

_workspaces: list[str] = []


@contextmanager
def of_workspaces(names: Iterable[str]) -> Iterator[None]:
    """Let every answer say that it is of several workspaces; of one it says nothing."""
    _workspaces[:] = names
    try:
        yield
    finally:
        _workspaces.clear()


def selection_words(query: Query, units: Mapping[str, str]) -> str:
    """Name what was selected, or say that it is everything."""
    return " · ".join(_parts(query, units)) or _("all years")


def as_of(day: date, known: date | None) -> str:
    """Name the day of a report."""
    return with_known(_("as of {day}").format(day=format_date(day, current())), known)


def with_known(words: str, known: date | None) -> str:
    """Add to words the day up to which what had been written down counts, and how many workspaces it is of."""
    if known is not None:
        words = _("{words}, as known on {known}").format(words=words, known=format_date(known, current()))
    number = len(_workspaces)
    of = ngettext("{n} workspace", "{n} workspaces", number).format(n=number) if number else ""
    return f"{words} · {of}" if of else words


def days_record(day: date, known: date | None) -> Record:
    """Return both days as programs get them, and the workspaces where they are several."""
    return {"as_of": day.isoformat(), **known_record(known)}


def known_record(known: date | None) -> Record:
    """Return the day up to which what had been written down counts, as programs get it."""
    found: Record = {"known": known.isoformat() if known else None}
    return {**found, "workspaces": list(_workspaces)} if _workspaces else found


def _parts(query: Query, units: Mapping[str, str]) -> Iterator[str]:
    if query.years:
        yield _("year {years}").format(years=", ".join(_spans(sorted(query.years))))
    if query.units:
        names = ", ".join(units.get(code, code) for code in sorted(query.units))
        yield _ROLES[query.role]().format(units=names)
    yield from _words(query)
    if query.open:
        yield _("open")
    if query.overdue:
        yield _("overdue")
    if query.running:
        yield _("running")
    if query.priority:
        yield _("priority")
    if query.obstacle:
        yield _("with an open obstacle")
    yield from _named(query)
    if query.words:
        yield _("search: «{words}»").format(words=" ".join(query.words))


_ROLES = {
    Role.LEAD: lambda: _("lead: {units}"),
    Role.SUPPORT: lambda: _("support: {units}"),
    Role.ANY: lambda: _("lead or support: {units}"),
}


def _words(query: Query) -> Iterator[str]:
    """Yield the codes that were asked for by their labels, in the order of the vocabulary."""
    asked: tuple[Iterable[Word], ...] = (query.statuses, query.timeliness, query.categories, query.natures)
    for words in asked:
        chosen = sorted(words, key=_place)
        if chosen:
            yield ", ".join(word.label for word in chosen)
    lang = current()
    if query.due_before:
        yield _("due before {day}").format(day=format_date(query.due_before, lang))
    if query.due_after:
        yield _("due after {day}").format(day=format_date(query.due_after, lang))


def _place(word: Word) -> int:
    return list(word.__class__).index(word)


def _named(query: Query) -> Iterator[str]:
    yield from sorted(query.directives)
    if query.issuers:
        yield _("issuer: {names}").format(names=", ".join(sorted(query.issuers)))
    if query.documents:
        yield _("document: {numbers}").format(numbers=", ".join(sorted(query.documents)))
    if query.responsible:
        yield _("responsible: {names}").format(names=", ".join(sorted(query.responsible)))
    if query.tags:
        yield _("tags: {words}").format(words=", ".join(sorted(query.tags)))
    yield from sorted(query.ids)


def _spans(years: list[int]) -> Iterator[str]:
    """Yield single years and, where three or more follow on each other, spans of them."""
    start = 0
    for place in range(len(years)):
        if place + 1 < len(years) and years[place + 1] == years[place] + 1:
            continue
        run = years[start : place + 1]
        yield from (f"{run[0]}–{run[-1]}",) if len(run) > 2 else map(str, run)
        start = place + 1
