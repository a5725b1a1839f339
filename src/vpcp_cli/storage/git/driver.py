"""How git comes to merge programmes by `vpcp`: the command that it runs, the settings that name it, and the proof."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from typing import Final

from vpcp_cli.errors import VpcpError
from vpcp_cli.storage.files import with_lines
from vpcp_cli.storage.folder import MERGED_BY_VPCP
from vpcp_cli.storage.git.repository import Repository
from vpcp_cli.storage.git.versions import merge_by

_ATTRIBUTES: Final = ".gitattributes"
_DRIVER: Final = (
    'merged() { command -v "$1" >/dev/null 2>&1 || return 1; '
    '"$@" merge-file --marker-size=%L --path=%P %O %A %B; code=$?; '
    "test $code = 0 || { test $code = 1 && grep -q '<\\{%L\\} ours' %A; }; }; "
    "merged vpcp || merged {program} || { "
    "git merge-file -L ours -L base -L theirs --marker-size=%L %A %O %B; code=$?; test $code -le 127 || { "
    "{ echo '<<<<<<< ours'; cat %A; echo; echo =======; cat %B; echo; echo '>>>>>>> theirs'; } >%A.both && "
    "mv %A.both %A; code=1; }; }; exit $code"
)
"""What git runs: `vpcp` as it is called, by its full path, or git's own merge. Whoever ends neither clean nor with
markers has not merged; what git can't merge by lines stands whole between markers."""

_TASK: Final = "directives:\n  - id: 2022-CD01\n    tasks:\n      - id: 2022-CD01.1\n        log:\n"
_ENTRY: Final = "          - date: 2022-01-0{day}\n            note: {day}\n"


def driver(program: str = "") -> str:
    """The command by which git merges; `program` is the second try, by default what runs now, by its full path."""
    return _DRIVER.replace("{program}", program or _this_program().replace("%", "%%"))


def _this_program() -> str:
    """Words of a shell; no module of the folder in which git runs is taken for ours (`-P`)."""
    return f"{shlex.quote(Path(sys.executable).as_posix())} -P -m vpcp_cli"


def attributes_around(place: Path) -> Path:
    """The `.gitattributes` of the repository around a place, be it there or not.

    Raise the refusals of `Repository.around`, and `WriteFailedError` where lines could not be added to it.
    """
    root = Repository.around(place).root
    with_lines(root / _ATTRIBUTES, (), root)
    return root / _ATTRIBUTES


def set_up(folder: Path) -> Path:
    """Have git merge the programmes of a folder by `vpcp`, in this clone; the path of `.gitattributes`.

    Raise what `attributes_around` raises. Other lines of the file stay.
    """
    repository, attributes = Repository.around(folder), attributes_around(folder)
    with_lines(attributes, [f"{_pattern(repository.relative(folder))} {MERGED_BY_VPCP}"], repository.root)
    repository.configure("merge.vpcp.name", "vpcp: log entries of both sides stay")
    repository.configure("merge.vpcp.driver", driver())
    return attributes


def runs(command: str) -> bool:
    """Whether git merges by a driver: proved by a merge of two small files that it can't merge itself."""
    base, ours, theirs = (_TASK + "".join(_ENTRY.format(day=day) for day in days) for days in ((1,), (1, 2), (1, 3)))
    wanted = ours + _ENTRY.format(day=3)
    return merge_by(command, base.encode(), ours.encode(), theirs.encode()) == wanted.encode()


def missing(folder: Path) -> bool:
    """Whether the settings of a clone, of its user and of its machine all lack the driver."""
    try:
        return not Repository.around(folder).setting("merge.vpcp.driver")
    except VpcpError:
        return False


def _pattern(folder: str) -> str:
    """The files of a folder as `.gitattributes` names them; signs that have a meaning there are taken literally."""
    top = "" if folder == "." else "/" + re.sub(r"([\\*?\[\]])", r"\\\1", folder)
    pattern = f"{top}/*.yaml"
    if re.search(r"[^\w/.*?\[\]\\-]", pattern):
        return '"' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return pattern
