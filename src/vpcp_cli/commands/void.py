"""`vpcp void`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vpcp_cli.commands.writing import Write, writes
from vpcp_cli.language import N_, _
from vpcp_cli.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vpcp_cli.commands.session import Session
    from vpcp_cli.standing import Standing

DuplicateOf = Annotated[
    str | None, typer.Option("--duplicate-of", metavar="ID", help=N_("The task that says the same and stays."))
]
ReplacedBy = Annotated[
    list[str] | None,
    typer.Option("--replaced-by", metavar="ID", help=N_("A task that says it rightly; may be repeated.")),
]


@writes(
    "vpcp void 2023-CD01.3 --duplicate-of 2023-CD01.1 --note 'nhập hai lần'",
    "vpcp void 2023-CD01.3 --replaced-by 2023-CD02.1 --note 'nhầm chỉ đạo'",
    without=("on",),
)
def void(write: Write, duplicate_of: DuplicateOf = None, replaced_by: ReplacedBy = None) -> None:
    """Say that tasks were entered by mistake: they never were, and their ids stay taken.

    They are in no count and no list of any day, but for `vpcp list --all`. What was asked and given up is
    `vpcp withdraw`.
    """
    from vpcp_cli.commands.refusals import OneChangeError
    from vpcp_cli.render.door import say

    if duplicate_of and replaced_by:
        raise OneChangeError("--duplicate-of", "--replaced-by")

    left: list[str] = []

    def facts(task: Standing, session: Session) -> dict[str, object]:
        left.extend(_carried(task, session, write.given["ids"] or ()))
        named = _named(session, write.given["ids"] or ())
        _check_new_end(task, session, named)
        stays = _named(session, [duplicate_of] if duplicate_of else replaced_by or ())
        for id_ in stays:
            _check_stays(id_, session, named)
        return {
            "status": Status.VOID,
            "duplicate_of": stays[0] if duplicate_of else None,
            "replaced_by": tuple(stays) if replaced_by else (),
        }

    write.append_each(facts)
    for line in left:
        say(line)


def _carried(task: Standing, session: Session, typed: Sequence[str]) -> Iterator[str]:
    """Say which older end goes on as this one, and how that is taken back."""
    from vpcp_cli.linking import carrying_entry
    from vpcp_cli.standing import voided

    old = session.library.by_id.get(task.task.carried_from) if task.task.carried_from else None
    entry = carrying_entry(old) if old and not voided(old) and old.id not in _named(session, typed) else None
    if old and entry and entry.to == task.task.id:
        words = _("{old} still says that it goes on as {new}: `vpcp correct {old} {number} --void --reason …`")
        yield words.format(old=old.id, new=task.task.id, number=old.log.index(entry) + 1)


def _named(session: Session, typed: Sequence[str]) -> list[str]:
    """Return the ids of the tasks that were typed, each once."""
    tasks = (session.ids.task(one).task for one in typed)
    return list(dict.fromkeys(task.id for task in tasks if task))


def _check_new_end(task: Standing, session: Session, named: Sequence[str]) -> None:
    """Raise `EntryRefusedError` where the task goes on as another one that holds."""
    from vpcp_cli.entry_rules import EntryRefusedError
    from vpcp_cli.standing import voided

    to = task.carried_to
    going_on = session.library.by_id.get(to) if to and task.status is Status.CARRIED_OVER else None
    if going_on and going_on.id not in named and not voided(going_on):
        raise EntryRefusedError(
            N_("{id} was carried over and goes on as {to}."),
            N_("If both were entered by mistake: `vpcp void {id} {to} --note …`."),
            id=task.task.id,
            to=going_on.id,
        )


def _check_stays(id_: str, session: Session, named: Sequence[str]) -> None:
    """Raise `EntryRefusedError` where the task that is to stay goes itself."""
    from vpcp_cli.entry_rules import EntryRefusedError
    from vpcp_cli.standing import voided

    if id_ in named or voided(session.library.by_id[id_]):
        raise EntryRefusedError(
            N_("{id} was entered by mistake itself."),
            N_("Name the task that stays; `vpcp show {id}` tells what became of that one."),
            id=id_,
        )
