"""`vpcp check`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from vpcp_cli.language import N_, _
from vpcp_cli.vocabulary import Color


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help=N_("Files or folders; without them the folder of the programmes.")),
    ] = None,
    data: Annotated[
        str | None, typer.Option("--data", metavar="DIR", help=N_("The folder with the programmes (VPCP_DATA)."))
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help=N_("Let warnings fail as well."))] = False,
    color: Annotated[Color, typer.Option("--color", help=N_("When to colour; NO_COLOR is heeded."))] = Color.AUTO,
) -> int:
    """Name everything that is wrong with the files, where it is and how to mend it."""
    from vpcp_cli.render.console import Screen
    from vpcp_cli.render.findings import findings_text, tally
    from vpcp_cli.rulebook import Severity
    from vpcp_cli.storage.workspace import check_folder, check_paths, find_folder

    cwd = Path.cwd()
    if paths:
        checked = check_paths(paths, cwd)
    else:
        folder = find_folder(data, os.environ, cwd)
        if folder.shipped:
            note = _("These are the programmes that ship with vpcp; `vpcp init` begins a folder of your own.")
            print(note, file=sys.stderr)
        checked = check_folder(folder)
    for line in findings_text(checked.findings, Screen.of(sys.stdout, color)):
        print(line)
    if checked.findings:
        print()
    print(tally(checked.findings, len(checked.files)))
    fails = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return int(any(finding.severity in fails for finding in checked.findings))
