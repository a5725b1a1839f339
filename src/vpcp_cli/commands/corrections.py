"""How a correction is written: the entry found, what holds instead weighed, and told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from vpcp_cli.commands.entries import parts
from vpcp_cli.commands.for_part import part_named
from vpcp_cli.commands.prompts import Wanted, asked, at_terminal
from vpcp_cli.commands.refusals import EntryNotNamedError
from vpcp_cli.commands.saving import finish, folder_of, refuse_errors, session_in, signed, told, writer_in
from vpcp_cli.commands.session import Session, today
from vpcp_cli.commands.typed_text import text_typed
from vpcp_cli.entry_rules import EntryRefusedError, check_day
from vpcp_cli.errors import BadWordError
from vpcp_cli.kinds import plain
from vpcp_cli.knowing import Corrections, correction, same
from vpcp_cli.knowing import told as history
from vpcp_cli.language import N_, _, current
from vpcp_cli.programme import Directive, LogEntry, Programme, Task
from vpcp_cli.render.console import Screen
from vpcp_cli.render.door import say, tell
from vpcp_cli.render.entries import happened, measure_of
from vpcp_cli.render.names import short_names
from vpcp_cli.render.state import state_words
from vpcp_cli.standing import stand
from vpcp_cli.vietnamese import format_date, quoted

Replaced: TypeAlias = Callable[[Session, LogEntry, int, date], LogEntry]
"""What says instead of an entry what holds, by the year of its programme and the day of writing."""


def chosen(given: Mapping[str, object], typed: str) -> int:
    """Ask which entry of a task is wrong; raise `EntryNotNamedError` where nobody is there to be asked."""
    session = session_in(folder_of(given), {**given, "ids": [typed]}, today())
    _programme, _directive, task = parts(session.ids.task(typed))
    units = short_names(session.workspace)
    standing = {one.number: _entry_words(one.entry, units, task) for one in history(task.log) if not one.struck_by}
    if not (standing and at_terminal()):
        raise EntryNotNamedError(task.id, standing)
    by_words = {words: number for number, words in standing.items()}

    def read(answer: str) -> int:
        if answer not in by_words:
            raise BadWordError(answer, "ENTRY", list(by_words), ())
        return by_words[answer]

    question = N_("Which entry is wrong? Type its number in this list.")
    wanted = Wanted("ENTRY", question, tuple(by_words), read=read)
    return by_words[asked({}, {"entry": wanted}, "vpcp correct")["entry"]]


def write_correction(given: Mapping[str, Any], typed: str, number: int, replaced: Replaced) -> None:
    """Write a correction of one entry of a task; raise why not, and then nothing is written."""
    now, folder = today(), folder_of(given)
    command = f"vpcp correct {text_typed(typed, 'ID')} {number}"
    by = signed(given["by"], folder)
    with writer_in(folder, command, dry_run=given["dry_run"]) as writer:
        session = session_in(folder, {**given, "ids": [typed]}, now, writer=writer)
        programme, directive, task = parts(session.ids.task(typed))
        place = _place(task, number)
        chain = Corrections(task.log).chain(place)
        old = next(task.log[one] for one in reversed(chain) if not task.log[one].void)
        entry = replaced(session, old, programme.year, now)
        if given["for_"]:
            entry = replace(entry, for_=_parts(session, (programme, directive, task), old, given["for_"]))
        corrected = replace(task, log=(*task.log, correction(task.log, place, entry, now, by)))
        already = same(task.log[place], entry)
        if not already:
            if not entry.void:
                check_day(programme, directive, task, entry, now)
            refuse_errors(session.library, [(programme, directive, corrected)], known=[(programme, directive, task)])
            writer.append(task.id, plain(corrected.log[-1]))
        finish(writer, dry_run=given["dry_run"])
    if not given["dry_run"]:
        with told():
            after = task if already else corrected
            _tell(session, (programme, directive, task, after), place)


def _parts(
    session: Session, found: tuple[Programme, Directive, Task], old: LogEntry, typed: Sequence[str]
) -> tuple[str, ...]:
    """Return the name of the part that an entry is really about: of period and unit, what was not typed stays.

    Raise `EntryRefusedError` for one that is none.
    """
    programme, directive, task = found
    standing = stand(programme, directive, task, max(session.day, programme.exists_from(directive, task)))
    if standing is None:
        return ()
    named = [part_named(standing, session, one) for one in typed]
    if not (task.recurs and task.each):
        return tuple(named)
    units = {one.code for one in session.library.units}
    kinds = {one in units for one in named}
    return tuple(sorted([*(one for one in old.for_ if (one in units) not in kinds), *named], key=units.__contains__))


def _place(task: Task, number: int) -> int:
    """Return the place of what stands for an entry of a number; raise `EntryRefusedError` where there is none."""
    if number > len(task.log):
        raise EntryRefusedError(
            N_("The log of {id} has no entry {number}."),
            N_("`vpcp log {id}` lists its entries with their numbers."),
            id=task.id,
            number=str(number),
        )
    return Corrections(task.log).last(number - 1)


def _tell(session: Session, found: tuple[Programme, Directive, Task, Task], place: int) -> None:
    """Say what stood, what stands now, and where the task stands today."""
    programme, directive, before, after = found
    units, where, screen = short_names(session.workspace), f"{programme.file}:{before.line}", Screen.of(sys.stdout)
    dot, arrow = ("·", "→") if screen.symbols else ("-", "->")
    old = _entry_words(before.log[place], units, before)
    if after is before:
        tell(
            _("{id}: entry {n} says so already; nothing was written").format(id=before.id, n=place + 1)
            + f" {dot} {where}"
        )
        return
    new = after.log[-1]
    instead = _("nothing") if new.void else _entry_words(new, units, after)
    tell(f"{before.id}: {old} {arrow} {instead} {dot} {where}")
    days = (stand(programme, directive, one, session.day, session.settings.due_soon_days) for one in (before, after))
    words = [one.status.label if one.status else state_words(one) for one in days if one]
    if len(words) == len(found) // 2 and words[0] != words[1]:
        say(f"{words[0]} {arrow} {words[1]}")
    say(_("take it back: {command}").format(command="vpcp undo"))


def _entry_words(entry: LogEntry, units: Mapping[str, str], task: Task) -> str:
    return f"{quoted(happened(entry, units, measure_of(task)), current())} {format_date(entry.date, current())}"
