"""The editor that a person has chosen, opened at a line."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from vpcp_cli.errors import VpcpError, reason_of
from vpcp_cli.language import N_
from vpcp_cli.storage.git.program import setting

_PLUS: Final = frozenset(
    ["vi", "vim", "nvim", "gvim", "mvim", "nano", "emacs", "emacsclient", "micro", "joe", "kak", "ne", "gedit"]
)
_GOTO: Final = frozenset(["code", "codium", "code-insiders", "cursor"])
_COLON: Final = frozenset(["hx", "helix", "subl", "zed", "kate"])
_WAITING: Final[Mapping[str, str]] = {
    **dict.fromkeys((*_GOTO, "subl", "zed", "gedit"), "--wait"),
    **dict.fromkeys(("gvim", "mvim"), "-f"),
    "kate": "--block",
}
"""How editors that return at once are told to wait until the file is closed."""

_FALLBACKS: Final = ("notepad",) if os.name == "nt" else ("vi", "nano")


class NoEditorError(VpcpError):
    """Nothing says which editor to open."""

    exit_code = 4
    place: str
    says = N_("No editor is set.")
    advises = N_("Set VISUAL or EDITOR (for instance EDITOR=nano), or open {place} yourself.")


class EditorFailedError(VpcpError):
    """An editor that can't be run, or says that it failed."""

    exit_code = 4
    editor: str
    why: str
    """What the system says, or the exit code."""
    says = N_("The editor `{editor}` failed: {why}.")


def open_editor(path: Path, line: int, environ: Mapping[str, str], place: str) -> None:
    """Open a file at a line and wait until it is closed; raise `NoEditorError` or `EditorFailedError`."""
    editor = chosen_editor(path.parent, environ)
    try:
        words = shlex.split(editor, posix=os.name != "nt")
    except ValueError as error:
        raise EditorFailedError(editor, str(error)) from None
    if not words:
        raise NoEditorError(place)
    try:
        name = Path(words[0].strip('"')).stem.lower()
        wait = [word for word in [_WAITING.get(name)] if word and word not in words]
        done = subprocess.run([*words, *wait, *_at(name, path, line)], check=False)
    except OSError as error:
        raise EditorFailedError(editor, reason_of(error)) from None
    if done.returncode:
        raise EditorFailedError(editor, str(done.returncode))


def chosen_editor(folder: Path, environ: Mapping[str, str]) -> str:
    """Return the editor's command line as git finds it: GIT_EDITOR, core.editor, VISUAL, EDITOR, else what is there.

    One that nobody chose is not opened where the terminal can't show it.
    """
    chosen = environ.get("GIT_EDITOR") or setting(folder, "core.editor")
    chosen = chosen or environ.get("VISUAL") or environ.get("EDITOR")
    if chosen or (os.name != "nt" and environ.get("TERM", "dumb") == "dumb"):
        return chosen or ""
    return next((name for name in _FALLBACKS if shutil.which(name, path=environ.get("PATH"))), "")


def _at(editor: str, path: Path, line: int) -> list[str]:
    """Return how an editor is told the file and the line; one that nobody knows gets the file alone."""
    if editor in _PLUS:
        return [f"+{line}", str(path)]
    if editor in _GOTO:
        return ["--goto", f"{path}:{line}"]
    return [f"{path}:{line}" if editor in _COLON else str(path)]
