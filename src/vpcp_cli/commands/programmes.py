"""`vpcp programmes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.session import Session

if TYPE_CHECKING:
    from vpcp_cli.render.output import Output


@shared()
def programmes(session: Session, output: Output) -> None:
    """List the programmes: what years there are, and how far they are."""
    from vpcp_cli.counts import count
    from vpcp_cli.render.programmes import ProgrammeListing

    tasks = session.tasks()
    found = [
        (one, session.library.directives(one.id), count(tasks.where("programme", {one.id})))
        for one in session.programmes()
    ]
    output.print(ProgrammeListing(programmes=found, day=session.day, known=session.known))
