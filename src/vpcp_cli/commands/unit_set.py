"""`vpcp unit set`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

import typer

from vpcp_cli.commands.setting import options_to_set
from vpcp_cli.commands.writing import DATA, DRY_RUN, takes
from vpcp_cli.language import N_, _
from vpcp_cli.programme import Unit

_CODE: Final = N_("The right code, if it was wrong: in the register and wherever a file names the unit.")
_OPTIONS: Final[Mapping[str, object]] = {
    **options_to_set(N_("Unit"), Unit),
    "code": Annotated[str | None, typer.Option("--code", metavar="CODE", help=_CODE, rich_help_panel=N_("Unit"))],
    "dry_run": DRY_RUN,
    "data": DATA,
}


@takes(
    _OPTIONS,
    "vpcp unit set PHONG_PHAP_CHE --short P.PC --alias 'Pháp chế' --alias PC",
    "vpcp unit set PHONG_PHAP_CHE --name 'Phòng Pháp chế' --en 'Legal Division' --unset parent",
    "vpcp unit set PHONG_PHAP_CE --code PHONG_PHAP_CHE",
)
def unit_set(
    given: Mapping[str, Any],
    unit: Annotated[
        str, typer.Argument(metavar="UNIT", help=N_("The unit: its code, short name or name."), show_default=False)
    ],
) -> None:
    """Put right what the register says of a unit, or its code wherever it stands.

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

    if given["code"] is not None:
        _rename(given, unit)
        return
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


def _rename(given: Mapping[str, Any], unit: str) -> None:
    """Give a unit its right code in all files in one write; raise why not."""
    from vpcp_cli.commands.refusals import OneChangeError
    from vpcp_cli.commands.saving import finish, folder_of, session_in, told, unit_typed, writer_in
    from vpcp_cli.commands.session import today
    from vpcp_cli.commands.typed_text import text_typed
    from vpcp_cli.commands.unit_add import code_typed
    from vpcp_cli.render.door import say, tell

    if other := next((name for name in given if given[name] and name not in ("code", "data", "dry_run")), None):
        raise OneChangeError("--code", f"--{other.strip('_').replace('_', '-')}")
    folder, command = folder_of(given), f"vpcp unit set {text_typed(unit, 'UNIT')} --code {given['code']}"
    with writer_in(folder, command, dry_run=given["dry_run"]) as writer:
        session = session_in(folder, {"ids": None, "year": None}, today(), writer=writer, empty=True)
        old, new = unit_typed(session.library, unit, "UNIT"), code_typed(session.workspace, given["code"])
        writer.recode(old, new)
        files = finish(writer, dry_run=given["dry_run"])
    if files:
        with told():
            tell(f"{old} → {new} · {', '.join(files)}")
            say(_("take it back: {command}").format(command="vpcp undo"))
