"""`vpcp unit set`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

import typer

from vpcp_cli.commands.setting import options_to_set
from vpcp_cli.commands.writing import DATA, DRY_RUN, takes
from vpcp_cli.language import N_, _
from vpcp_cli.programme import Unit

_OPTIONS: Final[Mapping[str, Any]] = {**options_to_set(N_("Unit"), Unit), "dry_run": DRY_RUN, "data": DATA}


@takes(
    _OPTIONS,
    "vpcp unit set PHONG_PHAP_CHE --short P.PC --alias 'Pháp chế' --alias PC",
    "vpcp unit set PHONG_PHAP_CHE --name 'Phòng Pháp chế' --en 'Legal Division' --unset parent",
)
def unit_set(
    given: Mapping[str, Any],
    unit: Annotated[
        str, typer.Argument(metavar="UNIT", help=N_("The unit: its code, short name or name."), show_default=False)
    ],
) -> None:
    """Put right what the register says of a unit; its code stays.

    What the unit is called from a day on, or what becomes of it, is no correction: give the old one its last day with
    --valid-to and add the new one.
    """
    from vpcp_cli.commands.saving import finish, folder_of, refuse_unit_errors, session_in, told, unit_typed, writer_in
    from vpcp_cli.commands.session import today
    from vpcp_cli.commands.setting import Change, put_right, tell, write
    from vpcp_cli.commands.typed_text import text_typed
    from vpcp_cli.errors import UnitNameError
    from vpcp_cli.render.door import say
    from vpcp_cli.render.names import short_names

    now, folder = today(), folder_of(given)
    with writer_in(folder, f"vpcp unit set {text_typed(unit, 'UNIT')}", dry_run=given["dry_run"]) as writer:
        session = session_in(folder, {**given, "ids": None, "year": None}, now, writer=writer, empty=True)
        before = session.library.unit(unit_typed(session.library, unit, "UNIT"))
        if before is None:  # a code that only programmes use
            raise UnitNameError(unit, "UNIT", (), several=0)
        after = put_right(before, given, session, now.year)
        change = Change(None, None, before, after)
        refuse_unit_errors(session, after)
        write(writer, change, ())
        finish(writer, dry_run=given["dry_run"])
    if not given["dry_run"]:
        with told():
            tell(change, folder.shown_file("units.yaml"), short_names(session.library))
            if change.keys:
                say(_("take it back: {command}").format(command="vpcp undo"))
