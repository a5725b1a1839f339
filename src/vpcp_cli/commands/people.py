"""`vpcp people`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.session import Session
from vpcp_cli.language import N_

if TYPE_CHECKING:
    from vpcp_cli.library import Library
    from vpcp_cli.render.output import Output


All = Annotated[bool, typer.Option("--all", help=N_("Also people who are only named."))]


@shared()
def people(session: Session, output: Output, all_: All = False) -> None:
    """List the people who spoke, reported or gave awards, by their given names."""
    from vpcp_cli.render.programmes import PeopleListing, by_given_name

    found = [(programme, person) for programme in session.programmes() for person in programme.people]
    shown = [one for one in found if all_ or one[1].part != "named"]
    given = {one.id: _given(session.library, one.id) for one in session.programmes()}
    output.print(
        PeopleListing(people=by_given_name(shown), given=given, left_out=len(found) - len(shown), known=session.known)
    )


def _given(library: Library, programme: str) -> dict[str, list[int]]:
    """Return for each issuer of a programme how many tasks each of their directives holds."""
    sizes = library.sizes(programme)
    found: dict[str, list[int]] = {}
    for one in library.directives(programme):
        found.setdefault(one.issuer.name, []).append(sizes[one.id])
    return found
