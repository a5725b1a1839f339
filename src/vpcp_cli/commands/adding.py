"""A task that is to be added, from what was typed: on a command line, or in a skeleton."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from vpcp_cli.commands.described import values_of
from vpcp_cli.commands.typed_text import text_typed
from vpcp_cli.knowing import recorded_late
from vpcp_cli.language import N_
from vpcp_cli.programme import Task, Text
from vpcp_cli.vocabulary import Nature

if TYPE_CHECKING:
    from vpcp_cli.commands.session import Session
    from vpcp_cli.naming import Named


def new_task(session: Session, named: Named, given: Mapping[str, Any], number: str, start: date | None = None) -> Task:
    """Return the task that was described; raise why it can't be added.

    Without --on it is there from the day of its directive, which it then need not say itself. `+30d` counts from
    `start`, or that day.
    """
    from vpcp_cli.typed import typed_day

    day = None if given["on"] is None else typed_day(given["on"], session.day)
    later = day and _check_day(session, named, day)
    text = Text(given["text"], text_typed(given["en"], "--en") or given["text"])
    described = values_of(Task, given, session, named.programme.year, start or day or session.day)
    usual = Nature.STANDING if described.get("recurs") else Nature.ONE_OFF
    task = Task(id=number, text=text, added=later, **{"nature": usual, **described})
    if task.each:
        from vpcp_cli.members import memberships, with_its_members

        task = with_its_members(task, memberships(session.library.units))
    if named.directive is None:
        return task
    return replace(task, recorded=recorded_late(named.programme.exists_from(named.directive, task), session.day))


def _check_day(session: Session, named: Named, day: date) -> date | None:
    """Return a day later than the directive's first, if it is; raise `EntryRefusedError` for one to come or before."""
    from vpcp_cli.entry_rules import EntryRefusedError, check_past

    check_past(day, session.day)
    if named.directive is None:
        return day
    exists = named.programme.exists_from(named.directive)
    if day < exists:
        raise EntryRefusedError(
            N_("On {date} the directive {id} was not yet given: it exists from {exists}."),
            N_("Give {exists} or a later day with --on."),
            id=named.directive.id,
            date=day,
            exists=exists,
        )
    return day if day > exists else None
