"""`vpcp people`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vpcp_cli.commands.options import Session, shared
from vpcp_cli.language import N_

if TYPE_CHECKING:
    from vpcp_cli.render.output import Output


All = Annotated[bool, typer.Option("--all", help=N_("Also people who are only named."))]


@shared()
def people(session: Session, output: Output, all_: All = False) -> None:
    """List the people who spoke, reported or gave awards, by their given names."""
    from vpcp_cli.render.programmes import PeopleListing, by_given_name

    found = [(programme, person) for programme in session.programmes() for person in programme.people]
    shown = [one for one in found if all_ or one[1].part != "named"]
    output.print(PeopleListing(people=by_given_name(shown), left_out=len(found) - len(shown)))
