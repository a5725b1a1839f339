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
    from vpcp_cli.finding import Finding
    from vpcp_cli.storage.checking import Checked
    from vpcp_cli.storage.folder import Folder

_OPTIONS: Final[Mapping[str, object]] = {
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
    from vpcp_cli.render.door import say
    from vpcp_cli.storage.checking import check_folder
    from vpcp_cli.storage.editor import open_editor
    from vpcp_cli.storage.files import read
    from vpcp_cli.storage.refusals import ShippedFolderError

    folder = folder_of(given)
    if folder.shipped:
        raise ShippedFolderError
    name, line, subject = _place(folder, id_, given["year"] or ())
    path = folder.path / name
    before, known = read(path).data, set(map(_told, check_folder(folder, frozenset({name})).findings))
    while True:
        open_editor(path, line, os.environ, f"{folder.shown_file(name)}:{line}")
        if read(path).data == before:
            say(_("{file} is as it was.").format(file=folder.shown_file(name)))
            say(_("If the editor is still open, run `vpcp check` when it is closed."))
            return 0
        checked = check_folder(folder, frozenset({name}))
        wanted = [one for one in checked.findings if _told(one) not in known or _concerns(one, subject)]
        if not _show(wanted, checked):
            return 0
        if not _again():
            return 1
        line = next((one.position.line for one in wanted if one.position), line)


def _told(finding: Finding) -> tuple[str, str, str]:
    """Return what a finding says, wherever it stands now."""
    return finding.code, finding.subject or "", finding.sentence()


def _concerns(finding: Finding, subject: str) -> bool:
    """Whether a finding is one of the task or directive that was named, or of a task of it; "" is the whole file."""
    return not subject or f"{finding.subject or ''}.".startswith(f"{subject}.")


def _show(wanted: Sequence[Finding], checked: Checked) -> bool:
    """Print findings, with how many more there were before; whether there are errors among them."""
    from vpcp_cli.render.console import Screen
    from vpcp_cli.render.findings import findings_text, tally
    from vpcp_cli.rulebook.rule import Severity

    for shown in findings_text(wanted, Screen.of(sys.stdout)):
        print(shown)
    if wanted:
        print()
    print(tally(wanted, len(checked.files), len(checked.findings) - len(wanted)))
    return any(finding.severity is Severity.ERROR for finding in wanted)


def _again() -> bool:
    """Ask whether to open the editor again, where somebody is there."""
    from vpcp_cli.vietnamese import fold

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(_("Open the editor again? [Y/n] "), end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    return bool(answer) and fold(answer) in ("", "y", "yes", "c", "co")


def _place(folder: Folder, typed: str, years: Sequence[str]) -> tuple[str, int, str]:
    """Return the name of the file, the line and the id of what was named, "" for the whole file.

    In a broken file it is the first place that is wrong.
    """
    from vpcp_cli.commands.refusals import NoRegisterError
    from vpcp_cli.commands.session import years_of
    from vpcp_cli.errors import UnknownIdError
    from vpcp_cli.naming import Ids
    from vpcp_cli.storage.folder import REGISTER
    from vpcp_cli.storage.workspace import load

    if typed.strip().lower() == "units":
        if not (folder.path / REGISTER).exists():
            raise NoRegisterError(folder.shown_file(REGISTER))
        return REGISTER, 1, ""
    loaded = load(folder)
    try:
        named = Ids(loaded.library, years_of(years)).find(typed)
    except UnknownIdError:
        broken = [one for one in loaded.findings if one.file.rpartition("/")[2].startswith(typed.strip()[:4])]
        if not broken:
            raise
        return broken[0].file.rpartition("/")[2], broken[0].position.line if broken[0].position else 1, ""
    one = named.task or named.directive
    return f"{named.programme.id}.yaml", one.line if one else 1, one.id if one else ""
