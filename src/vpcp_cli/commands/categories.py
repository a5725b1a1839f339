"""`vpcp categories`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.session import Session

if TYPE_CHECKING:
    from vpcp_cli.render.output import Output


@shared()
def categories(session: Session, output: Output) -> None:
    """List the categories with their codes, the workspace's own last, and how many tasks each has."""
    from vpcp_cli.render.categories import CategoryListing

    years = session.years
    tasks = session.tasks().where("year", years) if years else session.tasks()
    output.print(CategoryListing(tasks=tasks, day=session.day, known=session.known))
