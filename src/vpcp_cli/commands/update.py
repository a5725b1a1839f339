"""`vpcp update`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from vpcp_cli.commands.writing import Write, writes
from vpcp_cli.language import N_
from vpcp_cli.vocabulary import Status

if TYPE_CHECKING:
    from vpcp_cli.commands.session import Session
    from vpcp_cli.standing import Standing

_UNDER_WAY: Final = (Status.IN_PROGRESS, Status.PARTLY_DONE, Status.SUBMITTED)
_STATES: Final = (Status.NOT_STARTED, *_UNDER_WAY, Status.DEFERRED, Status.NOT_DONE)
_ELSEWHERE: Final = {
    Status.DONE: "done",
    Status.WITHDRAWN: "withdraw",
    Status.RETURNED: "return",
    Status.CARRIED_OVER: "new",
    Status.VOID: "void",
}

NewStatus = Annotated[
    str | None,
    typer.Option(
        "--status", metavar="STATUS", help=N_("The new status; without it, and without --note, work goes on.")
    ),
]
NewLead = Annotated[
    str | None, typer.Option("--lead", metavar="UNIT", help=N_("The unit that leads the tasks from this day on."))
]
NewValue = Annotated[
    str | None, typer.Option("--value", metavar="FIGURE", help=N_("The figure that has been reached, of the target."))
]


@writes(
    "vpcp update 2023-CD01.2 --status submitted --note 'Đã lấy ý kiến các đơn vị'",
    "vpcp update 2023-CD01.2 --status partly_done --note 'Ban hành 2 trên 3 quy chế'",
    "vpcp update 2023-CD01.2 --value 65%",
    "vpcp update 2023-CD01.2 --lead 'Phòng Tổng hợp' --document 45/QĐ-CVD",
    closes=True,
)
def update(write: Write, status: NewStatus = None, lead: NewLead = None, value: NewValue = None) -> None:
    """Report how far tasks are, which figure they have reached, or that another unit leads them from now on."""
    from vpcp_cli.commands.refusals import OneChangeError, OtherCommandError
    from vpcp_cli.commands.saving import unit_typed
    from vpcp_cli.errors import BadWordError
    from vpcp_cli.figure import figure_typed, figure_words
    from vpcp_cli.naming import word_named

    given = [f"--{name}" for name, typed in (("status", status), ("lead", lead), ("value", value)) if typed is not None]
    if len(given) > 1:
        raise OneChangeError(*given[:2])
    figure = figure_typed(value) if value is not None else None
    chosen = word_named(Status, status, "--status") if status else None
    if chosen in _ELSEWHERE:
        raise OtherCommandError(chosen.label, _ELSEWHERE[chosen])
    if chosen and chosen not in _STATES:
        raise BadWordError(status or "", "--status", list(_STATES), ())

    def facts(task: Standing, session: Session) -> dict[str, object]:
        if figure:
            unit = task.task.target.unit if task.task.target else None
            if figure[1] and figure[1] != unit:
                raise BadWordError(value or "", "--value", [figure_words(figure[0], unit)], ())
            return {"value": figure[0]}
        if lead:
            _refuse_part(task, session, write.given["unit"] or ())
            return {"lead": unit_typed(session.library, lead, "--lead")}
        if write.note and not chosen:
            return {}
        going_on = task.status if task.status in _UNDER_WAY else Status.IN_PROGRESS
        return {"status": chosen or going_on}

    write.append_each(facts)


def _refuse_part(task: Standing, session: Session, units: Sequence[str]) -> None:
    """Raise `EntryRefusedError` where the units that were named have only a part of what many must do."""
    from vpcp_cli.commands.saving import unit_typed
    from vpcp_cli.entry_rules import EntryRefusedError

    named = [unit_typed(session.library, one, "--unit") for one in units]
    if named and task.task.each and task.lead not in named:
        raise EntryRefusedError(
            N_("{unit} has only a part of {id}, which each of {lead} does: the whole gets no other lead by it."),
            N_("Who has the part now is said with `vpcp unit merge`; the others go by their ids, or one by one."),
            unit=", ".join(named),
            id=task.task.id,
            lead=task.lead,
        )
