"""`vpcp units`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.session import Session
from vpcp_cli.language import _

if TYPE_CHECKING:
    from vpcp_cli.render.output import Output


@shared(begins=True)
def units(session: Session, output: Output) -> None:
    """List the units with their codes, and how many tasks each leads and supports."""
    from vpcp_cli.render.units import UnitListing

    years = session.years
    found = [
        unit
        for unit in session.library.units
        if not years or any(unit.valid_within(date(year, 1, 1), date(year, 12, 31)) for year in years)
    ]
    tasks = session.tasks().where("year", years) if years else session.tasks()
    if not session.library.units:
        from vpcp_cli.render.door import say

        say(_("next: {command}").format(command=_("vpcp unit add CODE 'NAME'")))
    output.print(UnitListing(units=found, tasks=tasks, day=session.day, known=session.known))
