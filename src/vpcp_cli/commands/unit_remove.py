"""`vpcp unit remove`."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from vpcp_cli.commands.writing import DATA, DRY_RUN, takes
from vpcp_cli.language import N_, _

if TYPE_CHECKING:
    from vpcp_cli.commands.session import Session

_OPTIONS: Final[Mapping[str, object]] = {"dry_run": DRY_RUN, "data": DATA}


@takes(_OPTIONS, "vpcp unit remove PHONG_PHAP_CHE")
def unit_remove(
    given: Mapping[str, Any],
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=N_("The unit."), show_default=False)],
) -> None:
    """Take a unit out of the register that nothing uses; one that has ended is merged, or gets its last day."""
    from vpcp_cli.commands.refusals import UnitUsedError
    from vpcp_cli.commands.saving import finish, folder_of, session_in, told, unit_typed, writer_in
    from vpcp_cli.commands.session import today
    from vpcp_cli.render.door import say, tell
    from vpcp_cli.storage.folder import REGISTER

    folder = folder_of(given)
    with writer_in(folder, shlex.join(["vpcp", "unit", "remove", unit]), dry_run=given["dry_run"]) as writer:
        session = session_in(folder, {"year": None, "ids": None}, today(), writer=writer, empty=True)
        code = unit_typed(session.library, unit, "UNIT")
        if used := list(dict.fromkeys(_uses(session, code))):
            raise UnitUsedError(code, used)
        writer.remove_unit(code)
        finish(writer, dry_run=given["dry_run"])
    if not given["dry_run"]:
        with told():
            tell(_("{id}: removed · {place}").format(id=code, place=folder.shown_file(REGISTER)))
            say(_("take it back: {command}").format(command="vpcp undo"))


def _uses(session: Session, code: str) -> Iterator[str]:
    """Yield the units, programmes and tasks that name a code."""
    whole = session.library.whole()
    for unit in whole.units:
        if unit.code != code and _holds(unit, code):
            yield unit.code
    for programme in whole.programmes:
        yield from (task.id for _directive, task in programme.tasks() if _holds(task, code))
        if _holds(session.library.heads.programmes[whole.programmes.index(programme)], code):
            yield programme.id


def _holds(value: object, code: str) -> bool:
    """Whether a code stands anywhere in a record."""
    from dataclasses import fields, is_dataclass

    from vpcp_cli.kinds import AsWritten

    if isinstance(value, tuple | list):
        return any(_holds(one, code) for one in value)
    if isinstance(value, dict):
        return _holds([*value.values()], code)
    if isinstance(value, AsWritten):
        return _holds(value.data, code)
    if is_dataclass(value):
        return any(_holds(getattr(value, one.name), code) for one in fields(value))
    return type(value) is str and value == code
