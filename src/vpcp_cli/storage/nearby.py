"""Where programmes are, for somebody who looked for them where there are none; looked at only to word a refusal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from vpcp_cli.errors import NoDataError, VpcpError
from vpcp_cli.storage.folder import REGISTER, is_programme
from vpcp_cli.storage.git.sparse import left_out
from vpcp_cli.storage.settings import shown

_BARE: Final = ("HEAD", "objects", "refs")
"""What a git repository holds where it has no work tree."""
_DEPTH: Final = 4
_MOST: Final = 3
_PATIENCE: Final = 2000
"""So many folders are looked into at most."""


def no_data(path: Path, cwd: Path, *, around: bool = False) -> VpcpError:
    """The refusal for a folder without programmes, or `around` which there are none: it names those near it.

    It is `LeftOutError` where git has them and a sparse checkout leaves them out.
    """
    if error := left_out(path):
        return error
    start = next(one for one in (path, *path.parents) if one.is_dir())
    found = [shown(one, cwd) for one in islice(_below(start), _MOST)] if start in {path, cwd} else []
    bare = all((path / name).exists() for name in _BARE)
    name = str(path) if around or path == cwd else shown(path, cwd)
    return NoDataError(name, found, around=around, bare=bare, begun=(path / REGISTER).is_file())


def _below(start: Path) -> Iterator[Path]:
    """Folders below one, itself among them, that hold a register and programmes."""
    depth = len(start.parts) + _DEPTH
    for folder, below, files in islice(os.walk(start), _PATIENCE):
        below[:] = sorted(name for name in below if name[0] != ".") if len(Path(folder).parts) < depth else []
        if REGISTER in files and any(map(is_programme, files)):
            yield Path(folder)
