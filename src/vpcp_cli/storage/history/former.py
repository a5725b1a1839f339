"""Where the programmes of a workspace stand in a commit or tree: where its own vpcp.toml says, wherever that stood."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Final

from vpcp_cli.errors import VpcpError
from vpcp_cli.language import N_, _
from vpcp_cli.storage.folder import REGISTER, Folder, is_programme
from vpcp_cli.storage.git.refusals import NoRepositoryError
from vpcp_cli.storage.git.repository import Repository
from vpcp_cli.storage.settings import NAME, Settings, find_settings, settings_in, settle_former

_MOST: Final = 5


class NoneThereError(VpcpError):
    """A revision without the programmes that something is to be held against; `elsewhere` may be theirs."""

    exit_code = 3
    revision: str
    folder: str
    elsewhere: Sequence[str] = ()
    """Folders with programmes that are gone since."""
    says = N_("{revision} has no programmes that {folder} could be held against.")

    def hint(self) -> str:
        """Say what can be compared instead."""
        if self.elsewhere:
            return _(
                "There were some in {folders}. Move folders in commits of their own, one each, and compare with the "
                "commit after the move."
            ).format(folders=", ".join(self.elsewhere[:_MOST]))
        return _("Name a later revision; programmes that nobody had before are checked without --against.")


class NotStagedError(VpcpError):
    """A folder of which nothing would be in the next commit."""

    exit_code = 3
    folder: str
    """Named from the top of the repository."""
    says = N_("No programmes are staged in {folder}.")
    advises = N_("`git add` stages them; the folder is the one that the staged vpcp.toml names.")


def place_staged(repository: Repository, tree: str, folder: Folder) -> str:
    """The folder, named from the root, in which the next commit would have its programmes; raise `NotStagedError`."""
    place = next(_settled(repository, tree, folder, ""), "")
    if not any(map(is_programme, repository.names(tree, place))):
        raise NotStagedError(place or ".")
    return place


def place_in(repository: Repository, tree: str, folder: Folder, name: str) -> str | None:
    """The folder, named from the root, where the programmes of `folder` stand in a commit or tree; None: nowhere.

    First where the vpcp.toml of that time says, then where they stand today. Where neither holds programmes, the
    workspace has been moved: a folder that has its programmes there and is gone today is the one, and if there are
    several, the one whose path ends alike. Raise `NoneThereError` where that is not one either.
    """
    for place in dict.fromkeys(_settled(repository, tree, folder, name)):
        if any(map(is_programme, repository.names(tree, place))):
            return place
    gone = [place for place in _all(repository, tree) if not (repository.root / place / REGISTER).exists()]
    here = _relative(repository, folder.path) or ""
    alike = max((_alike(here, place) for place in gone), default=0)
    nearest = [place for place in gone if _alike(here, place) == alike]
    if len(nearest) > 1:
        raise NoneThereError(name, folder.shown, nearest)
    return next(iter(nearest), None)


def categories_in(repository: Repository, tree: str, folder: Folder) -> Mapping[str, object]:
    """The categories of its own that a workspace has in a commit or tree; those of today where that can't be told."""
    _top, former = _former(repository, tree, folder, "")
    return folder.settings.categories if former is None else former.categories


def _former(repository: Repository, tree: str, folder: Folder, name: str) -> tuple[str, Settings | None]:
    """Where a workspace stands in its repository, and what it has settled in a commit or tree, if that can be told."""
    settings = find_settings(folder.path.parent)
    root = settings.folder or folder.path.parent
    top = _relative(repository, root)
    if top is None or (root / settings.data).resolve() != folder.path.resolve():
        return "", None
    content = repository.blob(tree, _join(top, NAME))
    return top, Settings() if content is None else settings_in(content, f"{name}:{_join(top, NAME)}")


def _settled(repository: Repository, tree: str, folder: Folder, name: str) -> Iterator[str]:
    """Where the programmes would stand if the workspace stood where it stands today."""
    top, former = _former(repository, tree, folder, name)
    if former is not None:
        settle_former(former.categories)
        settled = _join(top, former.data)
        if not settled.startswith(("/", "..")):
            yield settled
    if (today := _relative(repository, folder.path)) is not None:
        yield today


def _all(repository: Repository, tree: str) -> list[str]:
    """All folders of a commit or tree with a register and a programme."""
    paths = [path.rpartition("/") for path in repository.all_names(tree)]
    registers = {folder for folder, _slash, name in paths if name == REGISTER}
    return sorted(registers & {folder for folder, _slash, name in paths if is_programme(name)})


def _relative(repository: Repository, path: Path) -> str | None:
    """A folder as git names it, "" being the root; None where it lies outside."""
    try:
        place = repository.relative(path.resolve())
    except NoRepositoryError:
        return None
    return "" if place == "." else place


def _join(top: str, path: str) -> str:
    joined = posixpath.normpath(posixpath.join(top, path.replace("\\", "/")))
    return "" if joined == "." else joined


def _alike(one: str, other: str) -> int:
    """How many parts two paths have in common at their ends."""
    pairs = zip(reversed(one.split("/")), reversed(other.split("/")), strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
