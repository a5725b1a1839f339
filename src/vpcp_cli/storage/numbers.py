"""Numbers that were ever given to directives and tasks, as far as anything still tells: none is given again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from vpcp_cli.errors import VpcpError
from vpcp_cli.storage.folder import Folder, listing
from vpcp_cli.storage.git import Repository


def highest(folder: Folder, stem: str) -> int:
    """Return the highest number behind a stem such as `2022-CD02.`, or 0.

    Looked for wherever a file of the folder mentions it, also in links, remarks and comments, and in the last commit.
    """
    pattern = re.compile(rb"(?<![0-9A-Z-])" + re.escape(stem.encode()) + rb"([0-9]{1,6})(?![0-9])")
    return max((int(number) for text in _texts(folder) for number in pattern.findall(text)), default=0)


def _texts(folder: Folder) -> Iterator[bytes]:
    paths = [folder.path / name for name in listing(folder)[0]]
    for path in paths:
        with suppress(OSError):
            yield path.read_bytes()
    with suppress(VpcpError):  # without git there is no more to know
        repository = Repository.around(folder.path)
        if repository.has("HEAD"):
            yield from repository.blobs("HEAD", [repository.relative(path) for path in paths]).values()
