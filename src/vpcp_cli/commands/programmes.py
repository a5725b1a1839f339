"""`vpcp programmes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpcp_cli.commands.options import Session, shared

if TYPE_CHECKING:
    from vpcp_cli.render.output import Output


@shared()
def programmes(session: Session, output: Output) -> None:
    """List the programmes: what years there are, and how far they are."""
    from vpcp_cli.render.programmes import ProgrammeListing, counted_by_programme

    tasks = list(session.standings())
    output.print(ProgrammeListing(programmes=counted_by_programme(session.programmes(), tasks), day=session.day))
