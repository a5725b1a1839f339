"""Numbers that were ever given to directives and tasks, as far as anything still tells: none is given again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Final

from vpcp_cli.errors import VpcpError
from vpcp_cli.language import _
from vpcp_cli.storage.folder import Folder, listing
from vpcp_cli.storage.git.refusals import NoGitError, NoRepositoryError
from vpcp_cli.storage.git.repository import Repository
from vpcp_cli.storage.regular import content

_MOST: Final = 1 << 27
"""So many bytes of former versions are looked through, the newest first: a second, at the most."""

_OF_AN_ID: Final = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-")


class Numbers:
    """The numbers of a folder, whatever became of what they were given to.

    Looked for wherever a file of the folder mentions them, also in links, remarks and comments, and in all versions
    that the programmes of their year had, in any branch or in this one. `unseen` says why git could not tell all of
    them, if so.
    """

    def __init__(self, folder: Folder, *, every_branch: bool = True) -> None:
        """Look at nothing yet. Where a year begins, another branch that begins it too begins the same one."""
        self._folder, self._every_branch, self.unseen = folder, every_branch, ""
        self._ids = cache(self._found)

    def highest(self, stem: str) -> int:
        """Return the highest number behind a stem such as `2022-CD02.`, or 0."""
        pattern = re.compile(re.escape(stem.encode()) + rb"([0-9]{1,6})(?![0-9])")
        return max((int(number[1]) for id_ in self._ids(stem[:4]) if (number := pattern.match(id_))), default=0)

    def _found(self, year: str) -> frozenset[bytes]:
        """All that looks like an id of a year."""
        pattern = re.compile(year.encode() + rb"-[0-9A-Z-]+(?:\.[0-9]+)?")
        return frozenset(
            one[0]
            for text in self._texts(year)
            for one in pattern.finditer(text)
            if not one.start() or text[one.start() - 1] not in _OF_AN_ID
        )

    def _texts(self, year: str) -> Iterator[bytes]:
        for name in listing(self._folder)[0]:
            with suppress(OSError):
                yield content(self._folder.path / name)
        try:
            yield from self._former(year)
        except (NoGitError, NoRepositoryError):
            return  # there is no more to know
        except VpcpError as error:
            self.unseen = error.sentence()

    def _former(self, year: str) -> Iterator[bytes]:
        """The versions in git of a year's programmes, but for those that belong to other folders today."""
        repository = Repository.around(self._folder.path)
        if repository.partial or repository.shallow:
            self.unseen = _("This clone holds only a part of the history.")
        if repository.partial or not (self._every_branch or repository.has("HEAD")):
            return
        here = repository.relative(self._folder.path.resolve())
        versions = repository.versions(f"**/{year}*.yaml", every_branch=self._every_branch)
        moved = any(_folder(path) != here for path in versions.values())
        others = frozenset(repository.all_names("HEAD")) if moved and repository.has("HEAD") else frozenset[str]()
        mine = [one for one, path in versions.items() if _folder(path) == here or path not in others]
        yield from repository.contents(mine, _MOST)


def _folder(path: str) -> str:
    return path.rpartition("/")[0] or "."
