"""The program git: fixed arguments, no shell, nothing run that a repository's own settings name."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from vpcp_cli.storage.git.refusals import NoGitError

_SETTINGS: Final = (
    *("--no-pager", "--no-optional-locks"),
    *("-c", "core.quotepath=off", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}"),
)
_ENVIRONMENT: Final = {
    "LC_ALL": "C",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
}
_MISLEADING: Final = frozenset(
    {
        *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE"),
        *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE"),
        *("GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"),
    }
)
"""What a hook hands down about its own repository; ours is the one around the data."""


def run(
    folder: Path, *arguments: str, said: bytes = b"", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder, away from settings that mislead; raise `NoGitError`."""
    command, surroundings = [_git(), *_SETTINGS, *arguments], _environment(os.environ) | dict(environment or {})
    try:
        return subprocess.run(command, cwd=folder, env=surroundings, input=said, capture_output=True)  # noqa: PLW1510  the caller looks at the code
    except (FileNotFoundError, PermissionError):
        raise NoGitError from None
    except ValueError:  # a NUL among what a person typed
        return subprocess.CompletedProcess(command, 128, b"", b"")


@cache
def _git() -> str:
    """Git's name; on Windows its place on PATH, for a `git.exe` in the working directory would be taken first."""
    if os.name != "nt":
        return "git"
    places = [Path(one, "git.exe") for one in os.get_exec_path() if Path(one).is_absolute()]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise NoGitError
    return str(found)


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if name not in _MISLEADING} | _ENVIRONMENT


def setting(folder: Path, name: str) -> str | None:
    """A setting of git, `user.name` or `core.editor`, as it holds in a folder; None where there is no git or none."""
    try:
        done = run(folder, "config", "--get", name)
    except NoGitError:
        return None
    return done.stdout.decode(errors="replace").strip() or None
