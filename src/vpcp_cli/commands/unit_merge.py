"""`vpcp unit merge`."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from vpcp_cli.commands.writing import DATA, DRY_RUN, takes
from vpcp_cli.language import N_, _, ngettext

if TYPE_CHECKING:
    from datetime import date

    from vpcp_cli.commands.session import Session
    from vpcp_cli.programme import Unit

_OPTIONS: Final[Mapping[str, object]] = {
    "on": Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=N_("The first day on which it is so (today)."))
    ],
    "dry_run": DRY_RUN,
    "data": DATA,
}


@takes(_OPTIONS, "vpcp unit merge PHONG_CNTT TRUNG_TAM_SO --on 1/7/2023")
def unit_merge(
    given: Mapping[str, Any],
    old: Annotated[str, typer.Argument(metavar="UNIT", help=N_("The unit that ends."), show_default=False)],
    new: Annotated[
        str, typer.Argument(metavar="UNIT", help=N_("The unit that takes over its work."), show_default=False)
    ],
) -> None:
    """Write down that a unit went into another one: until when it was there, and which one has its work.

    Its tasks stay with it until they are moved, which the answer shows how to do.
    """
    from vpcp_cli.commands.saving import finish, folder_of, session_in, told, unit_typed, writer_in
    from vpcp_cli.commands.session import today
    from vpcp_cli.render.door import say, tell
    from vpcp_cli.typed import typed_deadline

    now, folder = today(), folder_of(given)
    day = now if given["on"] is None else typed_deadline(given["on"], now).first
    with writer_in(folder, shlex.join(["vpcp", "unit", "merge", old, new]), dry_run=given["dry_run"]) as writer:
        session = session_in(folder, {"year": None, "ids": None}, now, writer=writer, empty=True)
        codes = [unit_typed(session.library, typed, "UNIT") for typed in (old, new)]
        ended, heir = (one for code in codes if (one := session.library.unit(code)))
        said = ended.merged_into == heir.code and ended.valid_to == day - timedelta(1)
        if not said:
            _check(ended, heir, day)
            _refuse_errors(session, replace(ended, valid_to=day - timedelta(1), merged_into=heir.code))
            writer.replace(ended.code, "valid_to", (day - timedelta(1)).isoformat())
            writer.replace(ended.code, "merged_into", heir.code)
        finish(writer, dry_run=given["dry_run"])
    if given["dry_run"]:
        return
    with told():
        if said:
            say(_("{id}: says so already; nothing was written").format(id=ended.code))
        else:
            tell(_("{id}: goes on as {to} · {place}").format(id=ended.code, to=heir.code, place=_place(session)))
        _say_open(session, ended, heir, day, written=not said)


def _place(session: Session) -> str:
    from vpcp_cli.storage.folder import REGISTER

    return session.folder.shown_file(REGISTER)


def _check(ended: Unit, heir: Unit, day: date) -> None:
    """Raise `EntryRefusedError` for a merger that can't have been."""
    from vpcp_cli.entry_rules import EntryRefusedError

    if ended.code == heir.code:
        raise EntryRefusedError(
            N_("{id} can't go into itself."), N_("Name two units: the one that ends, then its heir."), id=ended.code
        )
    if ended.merged_into:
        raise EntryRefusedError(
            N_("{id} has gone into {to} already."),
            N_("Where that is wrong, put it right with `vpcp unit set {id}`."),
            id=ended.code,
            to=ended.merged_into,
        )
    if ended.valid_from and day <= ended.valid_from:
        raise EntryRefusedError(
            N_("{id} is there from {date} on: it can't end before."),
            N_("Give a later day with --on, or put `valid_from` right with `vpcp unit set {id}`."),
            id=ended.code,
            date=ended.valid_from,
        )
    if not heir.valid_within(day, day):
        raise EntryRefusedError(
            N_("{to} is not there on {date}."),
            N_("Name a unit that is, or give another day with --on."),
            to=heir.code,
            date=day,
        )


def _refuse_errors(session: Session, ended: Unit) -> None:
    """Raise `NewErrorError` where tasks of years to come would be led by a unit that is not there any more."""
    from vpcp_cli.checks import check_tasks
    from vpcp_cli.commands.refusals import NewErrorError
    from vpcp_cli.rulebook.rule import Severity

    units = session.library.units
    tasks = [(one, *each) for one in session.library.whole().programmes for each in one.tasks()]
    after = tuple(ended if unit.code == ended.code else unit for unit in units)
    found = [
        {(one.code, one.subject, one.path): one for one in check_tasks(register, session.library.by_id, tasks)}
        for register in (units, after)
    ]
    new = [one for key, one in found[1].items() if key not in found[0] and one.severity is Severity.ERROR]
    if new:
        raise NewErrorError(new)


def _say_open(session: Session, ended: Unit, heir: Unit, day: date, *, written: bool) -> None:
    """Say how the tasks that are open go on."""
    from vpcp_cli.render.door import say

    left = len(session.library.tasks(max(day, session.day)).where("lead", {ended.code}).where("open", {True}))
    if left:
        words = ngettext("{n} open task is led by {unit} still", "{n} open tasks are led by {unit} still", left)
        say(words.format(n=left, unit=ended.code))
        command = f"vpcp update --unit {ended.code} --open --lead {heir.code} --on {day.isoformat()}"
        say(_("next: {command}").format(command=command))
    elif written:
        say(_("take it back: {command}").format(command="vpcp undo"))
