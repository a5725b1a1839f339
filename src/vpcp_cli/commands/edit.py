"""`vpcp edit`."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from vpcp_cli.commands.writing import DATA, takes
from vpcp_cli.language import N_, _

if TYPE_CHECKING:
    from vpcp_cli.storage.folder import Folder

_OPTIONS: Final[Mapping[str, Any]] = {
    "data": DATA,
    "year": Annotated[
        list[str] | None, typer.Option("--year", metavar="YEAR", help=N_("A year, or a span: 2012..2022."))
    ],
}


@takes(_OPTIONS, "vpcp edit 2023-CD01.2", "vpcp edit 2022", "vpcp edit units", "EDITOR='code' vpcp edit 2023-CD01.2")
def edit(
    given: Mapping[str, Any],
    id_: Annotated[str, typer.Argument(metavar="ID", help=N_("A task, a directive, a programme, or units."))],
) -> int:
    """Open the editor (VISUAL, EDITOR) at a task, directive or programme, and check the file afterwards."""
    from vpcp_cli.commands.saving import folder_of
    from vpcp_cli.render.console import Screen
    from vpcp_cli.render.door import say
    from vpcp_cli.render.findings import findings_text, tally
    from vpcp_cli.rulebook import Severity
    from vpcp_cli.storage.editor import open_editor
    from vpcp_cli.storage.files import read
    from vpcp_cli.storage.refusals import ShippedFolderError
    from vpcp_cli.storage.workspace import check_folder

    folder = folder_of(given)
    if folder.shipped:
        raise ShippedFolderError
    name, line = _place(folder, id_, given["year"] or ())
    path = folder.path / name
    before = read(path).data
    open_editor(path, line, os.environ, f"{folder.shown_file(name)}:{line}")
    if read(path).data == before:
        say(_("{file} is as it was.").format(file=folder.shown_file(name)))
        say(_("If the editor is still open, run `vpcp check` when it is closed."))
        return 0
    checked = check_folder(folder, frozenset({name}))
    for shown in findings_text(checked.findings, Screen.of(sys.stdout)):
        print(shown)
    if checked.findings:
        print()
    print(tally(checked.findings, len(checked.files)))
    return int(any(finding.severity is Severity.ERROR for finding in checked.findings))


def _place(folder: Folder, typed: str, years: Sequence[str]) -> tuple[str, int]:
    """Return the name of the file and the line of an id; in a broken file the first place that is wrong."""
    from vpcp_cli.commands.options import years_of
    from vpcp_cli.commands.refusals import NoRegisterError
    from vpcp_cli.errors import UnknownIdError
    from vpcp_cli.naming import Ids
    from vpcp_cli.storage.folder import REGISTER
    from vpcp_cli.storage.workspace import load

    if typed.strip().lower() == "units":
        if not (folder.path / REGISTER).exists():
            raise NoRegisterError(folder.shown_file(REGISTER))
        return REGISTER, 1
    loaded = load(folder)
    try:
        named = Ids(loaded.library, years_of(years)).find(typed)
    except UnknownIdError:
        broken = [one for one in loaded.findings if one.file.rpartition("/")[2].startswith(typed.strip()[:4])]
        if not broken:
            raise
        return broken[0].file.rpartition("/")[2], broken[0].position.line if broken[0].position else 1
    line = named.task.line if named.task else named.directive.line if named.directive else 1
    return f"{named.programme.id}.yaml", line
