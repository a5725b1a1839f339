"""`vpcp init`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from vpcp_cli.commands.writing import takes
from vpcp_cli.language import N_, _

if TYPE_CHECKING:
    from vpcp_cli.programme import Unit
    from vpcp_cli.storage.beginning import Outcome

_COMMAND: Final = "vpcp init"
_SHIPPED: Final = "vpcp"
_OPTIONS: Final[Mapping[str, object]] = {
    "owner": Annotated[
        tuple[str, str] | None,
        typer.Option("--owner", metavar="CODE NAME", help=N_("The first unit of the register: whose work is kept.")),
    ],
    "units": Annotated[
        str | None,
        typer.Option("--units", metavar=_SHIPPED, help=N_("With the register of units that ships with vpcp.")),
    ],
    "copy": Annotated[bool, typer.Option("--copy", help=N_("With the programmes that ship with vpcp, to go on with."))],
    "git": Annotated[
        bool, typer.Option("--git", help=N_("Have git merge programmes by vpcp: what both sides wrote stays."))
    ],
}


@takes(
    _OPTIONS, "vpcp init", "vpcp init --owner CUC_VI_DU 'Cục Ví dụ'", "vpcp init so-theo-doi --copy", "vpcp init --git"
)
def init(
    given: Mapping[str, object],
    place: Annotated[Path, typer.Argument(metavar="[DIR]", help=N_("The folder of the workspace."))] = Path(),
) -> int:
    """Begin a workspace: settings, the register of units, schemas for editors; what is there stays as it is.

    At a terminal, the unit whose work is kept is asked for.

    Nothing secret belongs into it, no document and no content with a level of secrecy: the files are not encrypted, and
    git keeps all that was ever written.
    """
    from vpcp_cli.commands.saving import told
    from vpcp_cli.render.door import say, tell
    from vpcp_cli.storage.beginning import Outcome, begin
    from vpcp_cli.storage.folder import REGISTER
    from vpcp_cli.storage.git.driver import attributes_around, driver, runs, set_up
    from vpcp_cli.storage.settings import here, shown

    cwd = here()
    if given["git"]:
        attributes_around(cwd / place)  # refused before anything is made
    units, shipped = _units(cwd / place, given), _shipped(given)
    made = list(begin(cwd / place, shipped, units))
    folder = next(path.parent for path, _outcome in made if path.suffix == ".yaml")
    attributes = shown(set_up(folder), cwd) if given["git"] else None
    merges = attributes is None or runs(driver())
    with told():
        for path, outcome in made:
            tell(_(outcome.value).format(file=shown(path, cwd)))
        if attributes and merges:
            tell(_("{file}: git merges the programmes by vpcp, in this clone").format(file=attributes))
    _say_secret(made)
    if not merges:
        say(_("{file}: git can't run vpcp here, and merges the programmes line by line.").format(file=attributes))
        say(_("hint: put `vpcp` on PATH, then `vpcp init --git` tries again."))
        return 1
    empty = (folder / REGISTER, Outcome.MADE) in made and not (units or shipped)
    say(_("next: {command}").format(command=_next(folder, units, empty=empty)))
    return 0


def _say_secret(made: Sequence[tuple[Path, Outcome]]) -> None:
    """Say what does not belong into files that were made."""
    from vpcp_cli.render.door import say
    from vpcp_cli.storage.beginning import Outcome

    if any(outcome is Outcome.MADE for _path, outcome in made):
        say(_("nothing secret belongs into these files: they are not encrypted, and git keeps all that was written"))


def _shipped(given: Mapping[str, Any]) -> list[str]:
    """Return the names of the shipped files that are to be copied; raise `BadWordError`."""
    from vpcp_cli.errors import BadWordError
    from vpcp_cli.storage.folder import REGISTER, shipped_folder

    if given["units"] not in (None, _SHIPPED):
        raise BadWordError(given["units"], "--units", [_SHIPPED], [])
    if given["copy"]:
        return sorted(path.name for path in shipped_folder().glob("*.yaml"))
    return [REGISTER] if given["units"] else []


def _units(place: Path, given: Mapping[str, Any]) -> tuple[Unit, ...]:
    """Return the first unit of a new register, as it was told or is answered.

    Raise `OneChangeError`, `RegisterThereError`, `BadCodeError`, `BadTextError`.
    """
    from vpcp_cli.commands.prompts import at_terminal
    from vpcp_cli.commands.refusals import OneChangeError, RegisterThereError
    from vpcp_cli.commands.typed_text import text_typed
    from vpcp_cli.commands.unit_add import code_typed
    from vpcp_cli.programme import Text, Unit, Workspace
    from vpcp_cli.storage.beginning import register_of
    from vpcp_cli.storage.settings import here, shown

    copied = "--copy" if given["copy"] else "--units" if given["units"] else ""
    if given["owner"] and copied:
        raise OneChangeError("--owner", copied)
    register = register_of(place)
    if given["owner"] and register.exists():
        raise RegisterThereError(shown(register, here()), given["owner"][0])
    asks = not (copied or register.exists()) and at_terminal()
    owner = given["owner"] or (_asked() if asks else None)
    if not owner:
        return ()
    code, name = owner
    return (Unit(code=code_typed(Workspace((), ()), code), name=Text.plain(text_typed(name, "--owner") or "")),)


def _asked() -> tuple[str, str] | None:
    """Ask for the code and the name of the unit whose work is kept."""
    from vpcp_cli.commands.prompts import asked
    from vpcp_cli.commands.unit_add import named_by
    from vpcp_cli.programme import Workspace

    questions = named_by(Workspace((), ()))
    whose = questions["name"]._replace(question=N_("Whose work is kept (the unit's full name)?"), needed=False)
    told = asked({}, {"name": whose}, _COMMAND)
    if not told["name"]:
        return None
    told = asked(told, {"code": questions["code"]}, _COMMAND)
    return told["code"], told["name"]


def _next(folder: Path, units: Sequence[Unit], *, empty: bool) -> str:
    """Return the command that comes next; the register may be empty."""
    if any(folder.glob("[0-9]*.yaml")):
        return "vpcp list"
    if empty:
        return _("vpcp unit add CODE 'NAME'")
    if units:
        return _("vpcp new YEAR --owner {unit}").format(unit=units[0].code)
    return _("vpcp new YEAR --owner UNIT")
