"""`vpcp init`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from vpcp_cli.commands.writing import takes
from vpcp_cli.language import N_, _

_OPTIONS: Final[Mapping[str, Any]] = {
    "copy": Annotated[bool, typer.Option("--copy", help=N_("With the programmes that ship with vpcp, to go on with."))],
    "git": Annotated[
        bool, typer.Option("--git", help=N_("Have git merge programmes by vpcp: what both sides wrote stays."))
    ],
}


@takes(_OPTIONS, "vpcp init", "vpcp init so-theo-doi --copy", "vpcp init --git")
def init(
    given: Mapping[str, Any],
    place: Annotated[Path, typer.Argument(metavar="[DIR]", help=N_("The folder of the workspace."))] = Path(),
) -> int:
    """Begin a workspace: settings, the register of units, schemas for editors; what is there stays as it is.

    Nothing secret belongs into it, no document and no content with a level of secrecy: the files are not encrypted, and
    git keeps all that was ever written.
    """
    from vpcp_cli.commands.saving import told
    from vpcp_cli.render.door import say, tell
    from vpcp_cli.storage.beginning import Outcome, begin
    from vpcp_cli.storage.git.driver import attributes_around, driver, runs, set_up
    from vpcp_cli.storage.settings import here, shown

    cwd = here()
    if given["git"]:
        attributes_around(cwd / place)  # refused before anything is made
    made = list(begin(cwd / place, copy=given["copy"]))
    folder = next(path.parent for path, _outcome in made if path.suffix == ".yaml")
    attributes = shown(set_up(folder), cwd) if given["git"] else None
    merges = attributes is None or runs(driver())
    with told():
        for path, outcome in made:
            tell(_(outcome.value).format(file=shown(path, cwd)))
        if attributes and merges:
            tell(_("{file}: git merges the programmes by vpcp, in this clone").format(file=attributes))
    if any(outcome is Outcome.MADE for _path, outcome in made):
        say(_("nothing secret belongs into these files: they are not encrypted, and git keeps all that was written"))
    if not merges:
        say(_("{file}: git can't run vpcp here, and merges the programmes line by line.").format(file=attributes))
        say(_("hint: put `vpcp` on PATH, then `vpcp init --git` tries again."))
        return 1
    has_programmes = any(folder.glob("[0-9]*.yaml"))
    say(_("next: {command}").format(command="vpcp list" if has_programmes else _("vpcp new YEAR --owner UNIT")))
    return 0
