"""Files that git knows and a sparse checkout has not laid out: they are told, and never taken for deleted."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from vpcp_cli.errors import VpcpError
from vpcp_cli.language import N_, _
from vpcp_cli.storage.folder import REGISTER, is_programme, year_of
from vpcp_cli.storage.settings import upwards

_MOST: Final = 4


class LeftOutError(VpcpError):
    """Files that are to be judged and are not here."""

    exit_code = 3
    files: Sequence[str]
    """Named from the top of the repository."""
    command: str
    """What brings them in."""
    advises = N_("`{command}` lays them out.")

    def sentence(self) -> str:
        """Name the files."""
        shown = [*self.files[:_MOST], *(["…"] if len(self.files) > _MOST else [])]
        return _("This sparse checkout leaves out {files}.").format(files=", ".join(shown))


def left_out(folder: Path, years: frozenset[int] = frozenset()) -> LeftOutError | None:
    """What of a folder's programmes (of some years, or all) and its register is left out; the folder itself may be.

    Git is asked only in a sparse checkout.
    """
    if not _is_sparse(folder):
        return None
    from vpcp_cli.storage.git.repository import Repository

    repository = Repository.around(folder)
    named = [(path, path.rpartition("/")[2]) for path in repository.left_out(repository.relative(folder))]
    files = [
        path
        for path, name in named
        if name == REGISTER or (is_programme(name) and (not years or year_of(name) in years))
    ]
    return LeftOutError(files, repository.laying_out(files[0].rpartition("/")[0])) if files else None


def refuse_left_out(folder: Path, years: frozenset[int] = frozenset()) -> None:
    """Raise `LeftOutError` if anything is left out."""
    if error := left_out(folder, years):
        raise error


def _is_sparse(folder: Path) -> bool:
    for around in upwards(folder):
        git = around / ".git"
        with suppress(OSError):  # it may be closed to this user
            if git.is_file():
                git = around / git.read_text(encoding="utf-8", errors="replace").removeprefix("gitdir:").strip()
            if git.is_dir():
                return (git / "info" / "sparse-checkout").is_file()
    return False
