"""`vpcp postpone`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vpcp_cli.commands.writing import Write, writes
from vpcp_cli.language import N_
from vpcp_cli.vocabulary import Decision

if TYPE_CHECKING:
    from vpcp_cli.commands.session import Session
    from vpcp_cli.standing import Standing

NewDeadline = Annotated[str, typer.Argument(metavar="DATE", help=N_("The new deadline: a day, month, quarter …"))]
Approved = Annotated[bool, typer.Option("--approved", help=N_("It has been approved, and holds from now on."))]
Rejected = Annotated[bool, typer.Option("--rejected", help=N_("It has been rejected."))]


@writes(
    "vpcp postpone 2023-CD01.1 'tháng 12' --document 210/CVD-TH --note 'Chờ nghị định mới'",
    "vpcp postpone 2023-CD01.1 2023-12 --approved --document 15/TB-CQM",
)
def postpone(write: Write, date: NewDeadline, approved: Approved = False, rejected: Rejected = False) -> None:
    """Write down a request for a later deadline, or its decision; only an approved one moves the deadline."""
    from vpcp_cli.commands.refusals import OneChangeError
    from vpcp_cli.typed import typed_deadline

    if approved and rejected:
        raise OneChangeError("--approved", "--rejected")
    decision = Decision.APPROVED if approved else Decision.REJECTED if rejected else Decision.REQUESTED

    def facts(task: Standing, session: Session) -> dict[str, object]:
        deadline = typed_deadline(date, session.day, task.programme.year, start=task.day)
        return {"deadline": deadline, "decision": decision}

    write.append_each(facts)
