"""Where completion is switched on: the scripts for the shells, printed or put in their places."""

from __future__ import annotations

import os
from pathlib import Path
from shlex import quote
from typing import Final

from vpcp_cli.errors import NotWrittenError, VpcpError, reason_of
from vpcp_cli.language import N_, _

_SCRIPTS: Final = Path(__file__).resolve().parents[1] / "shells"
_LOADING: Final = "vpcp --show-completion powershell | Out-String | Invoke-Expression"


class NoHomeError(VpcpError):
    """A user of whom no home is known."""

    exit_code = 4
    says = N_("Your home is not known, so nothing was installed.")
    advises = N_("Set HOME, or take the script from `vpcp --show-completion SHELL`.")


class NotInstalledError(VpcpError):
    """A shell that alone knows which file it reads first."""

    exit_code = 4
    says = N_("Only PowerShell knows where its profile is, so nothing was installed.")

    def hint(self) -> str:
        """Print the line that does it there."""
        return _("Run there: {line}").format(line=f"Add-Content $PROFILE '{_LOADING}'")


def script(shell: str) -> str:
    """The script by which a shell asks the program what fits."""
    return (_SCRIPTS / f"vpcp.{shell}").read_text(encoding="utf-8")


def install(shell: str) -> list[Path]:
    """Put a shell's script into the user's home, and a line that loads it where the shell needs one; the files written.

    Raise `NotWrittenError` or `NotInstalledError`. A second time changes nothing but the script.
    """
    if shell == "powershell":
        raise NotInstalledError
    place, start = _places(shell)
    loading = f"[ -f {quote(str(place))} ] && . {quote(str(place))}"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(script(shell), encoding="utf-8")
        if start is None:
            return [place]
        known = start.read_text(encoding="utf-8", errors="surrogateescape") if start.exists() else ""
        if loading not in known.splitlines():
            with start.open("a", encoding="utf-8") as file:
                file.write(("\n" if known and not known.endswith("\n") else "") + f"# vpcp\n{loading}\n")
    except OSError as error:
        raise NotWrittenError(str(error.filename or place), reason_of(error)) from None
    return [place, start]


def _places(shell: str) -> tuple[Path, Path | None]:
    """Where the script goes, and the file that the shell reads first; fish finds scripts by their names."""
    try:
        home = Path.home()
    except RuntimeError:  # neither HOME nor an entry in the list of users
        raise NoHomeError from None
    if not home.is_absolute():
        raise NoHomeError
    if shell == "fish":
        config = os.environ.get("XDG_CONFIG_HOME") or home / ".config"
        return Path(config) / "fish" / "completions" / "vpcp.fish", None
    data = os.environ.get("XDG_DATA_HOME") or home / ".local" / "share"
    start = Path(os.environ.get("ZDOTDIR") or home) / ".zshrc" if shell == "zsh" else home / ".bashrc"
    return Path(data) / "vpcp" / f"completion.{shell}", start
