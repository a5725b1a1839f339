"""How a task goes on as others: these are added and it is void, in one write, and told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from vpcp_cli.commands.entries import parts
from vpcp_cli.commands.saving import (
    finish,
    folder_of,
    places,
    refuse_errors,
    say_unseen,
    session_in,
    signed,
    told,
    writer_in,
)
from vpcp_cli.commands.session import Session, today
from vpcp_cli.commands.typed_text import number_typed, text_typed
from vpcp_cli.entry_rules import EntryRefusedError
from vpcp_cli.kinds import Text, plain
from vpcp_cli.knowing import recorded_late
from vpcp_cli.language import N_, _, current
from vpcp_cli.naming import Named
from vpcp_cli.programme import Directive, LogEntry, Programme, Task
from vpcp_cli.proposal import propose
from vpcp_cli.render.door import say, tell
from vpcp_cli.render.entries import GOES_ON
from vpcp_cli.standing import Standing, stand
from vpcp_cli.storage.history.numbers import Numbers
from vpcp_cli.storage.writing.proof import proved
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import CLOSING, Status

Aim: TypeAlias = tuple[Directive, str | None, str | None]
"""A directive under which a task goes on; with which text and lead, where these are others."""


def replace_task(
    given: Mapping[str, Any], command: str, typed: str, aims: Callable[[Session, Named], Sequence[Aim]]
) -> None:
    """Write what a task goes on as; raise why not, and then nothing is written."""
    now, folder = today(), folder_of(given)
    by, note = signed(given["by"], folder), text_typed(given["note"], "--note")
    document, note = number_typed(given["document"], "--document", now, note)
    with writer_in(folder, command, dry_run=given["dry_run"]) as writer:
        session = session_in(folder, {**given, "ids": [typed]}, now, writer=writer)
        programme, directive, task = parts(found := session.ids.task(typed))
        numbers = Numbers(folder)
        standing = _going_on(programme, directive, task, now)
        new = _tasks(standing, aims(session, found), numbers, now)
        entry = LogEntry(
            date=now,
            status=Status.VOID,
            replaced_by=tuple(one.id for _home, one in new),
            by=by,
            document=document,
            note=note or _(GOES_ON).format(ids=", ".join(one.id for _home, one in new)),
        )
        old = propose(programme, directive, task, entry, now).after.task
        changed = [(programme, home, one) for home, one in new]
        refuse_errors(
            session.library,
            [*changed, (programme, directive, old)],
            known=[(programme, directive, task)],
            changed=[old, *(one for _home, one in new)],
        )
        for home, one in new:
            writer.add_task(home.id, proved(Task, plain(one), home.id))
        writer.append(task.id, plain(entry))
        finish(writer, dry_run=given["dry_run"])
    say_unseen(numbers)
    if not given["dry_run"]:
        with told():
            where = places(session, {one.id for _home, one in new})
            for _home, one in new:
                tell(_("{old} goes on as {new}: {place}").format(old=task.id, new=one.id, place=where[one.id]))
            for line in filter(None, (_older_line(programme, home, one) for home, one in new)):
                say(line)
            say(_("take it back: {command}").format(command="vpcp undo"))


def _going_on(programme: Programme, directive: Directive, task: Task, day: date) -> Standing:
    """Return a task that can go on as others; raise `EntryRefusedError` for one that can't."""
    standing = stand(programme, directive, task, max(day, programme.exists_from(directive, task)))
    if standing is None:
        raise AssertionError(task.id)  # on such a day it is there
    if standing.status in CLOSING:
        raise EntryRefusedError(
            N_("{id} is closed: it stands at «{status}»."),
            N_(
                "If only the rest was entered wrongly: take that entry back (`vpcp correct {id} --void --reason …`), do"
                " this again, and write it down at the new task, with its day (--on). If all was: `vpcp void {id}`."
            )
            if standing.status is not Status.CARRIED_OVER
            else N_("Only what goes on can go on as something else: name {to}."),
            id=task.id,
            status=standing.status.label,
            to=standing.carried_to or "—",
        )
    if task.parted:
        raise EntryRefusedError(
            N_("{id} has parts, each with its own history."),
            N_("Add the new tasks with `vpcp add`, and `vpcp withdraw {id}`."),
            id=task.id,
        )
    return standing


def _older_line(programme: Programme, home: Directive, task: Task) -> str | None:
    """Say of a task that it is there before the directive under which it goes on."""
    exists, given = programme.exists_from(home, task), programme.exists_from(home)
    if exists >= given:
        return None
    since, day = (format_date(one, current()) for one in (exists, given))
    return _(
        "note: {id} is there from {date} on, as {old} was, before {directive} of {given}; if it was given then:"
        " `vpcp set {id} --added {iso}`"
    ).format(id=task.id, date=since, old=task.replaces, directive=home.id, given=day, iso=given.isoformat())


def _tasks(standing: Standing, aims: Sequence[Aim], numbers: Numbers, now: date) -> list[tuple[Directive, Task]]:
    """Return the new tasks: what the old one is, from its first day on, in whose charge it is now.

    A deadline that follows from the history of the old one does so of the new ones.
    """
    follows = standing.task.inherited and standing.task.deadline is None
    task, exists = standing.task, standing.programme.exists_from(standing.directive, standing.task)
    found: list[tuple[Directive, Task]] = []
    for home, text, lead in aims:
        highest = numbers.highest(f"{home.id}.") + sum(one.id == home.id for one, _task in found)
        new = replace(
            task,
            id=f"{home.id}.{highest + 1}",
            text=task.text if text is None else Text.plain(text),
            lead=lead or standing.lead,
            support=tuple(code for code in standing.support if code != lead),
            responsible=standing.responsible,
            deadline=None if follows else standing.deadline,
            added=None if exists == standing.programme.exists_from(home) else exists,
            recorded=recorded_late(exists, now),
            carried_from=None,
            replaces=task.id,
            log=(),
            line=0,
            inherited=None,
        )
        found.append((home, new))
    return found
