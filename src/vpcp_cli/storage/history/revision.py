"""A folder of programmes as it was at a revision, or as it is staged: laid out anew and read like any other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from vpcp_cli.continuity import History, check_continuity
from vpcp_cli.deadline import day_in_viet_nam
from vpcp_cli.errors import NoDataError, VpcpError
from vpcp_cli.finding import Finding
from vpcp_cli.language import N_
from vpcp_cli.library import Library
from vpcp_cli.programme import Workspace
from vpcp_cli.recoding import recoded, renamed
from vpcp_cli.storage.folder import REGISTER, Folder
from vpcp_cli.storage.git.repository import Repository
from vpcp_cli.storage.history.former import NoneThereError, categories_in, place_in, place_staged
from vpcp_cli.storage.index.library import IndexLibrary
from vpcp_cli.storage.regular import content
from vpcp_cli.storage.settings import here, shown
from vpcp_cli.storage.workspace import Loaded, load
from vpcp_cli.storage.yaml.document import locate, read

_PLAIN_NAME: Final = re.compile(r"[^./\\:\0\n][^/\\:\0\n]*\.ya?ml", re.IGNORECASE)
"""Names that make files in no other folder, on any system."""


class NotComparedError(VpcpError):
    """Files of the revision that something was to be held against, and that can't be read there."""

    exit_code = 3
    files: Sequence[str]
    says = N_("Not compared, for it can't be read there: {files}.")
    advises = N_("Compare with a revision in which it can be read: an earlier one, or one in which it was mended.")


@contextmanager
def staged(folder: Folder) -> Iterator[Folder]:
    """Lay out a folder as it is staged, as the next commit would have it; raise `NotStagedError`."""
    repository = Repository.around(folder.path)
    with repository.staged() as (there, tree), TemporaryDirectory(prefix="vpcp-") as laid_out:
        place = place_staged(there, tree, folder)
        _lay_out(there, tree, place, Path(laid_out))
        settings = replace(folder.settings, categories=categories_in(there, tree, folder))
        yield replace(folder, path=Path(laid_out), shown=_shown(there, place), settings=settings)


def load_at(
    repository: Repository, commit: str, folder: Folder, years: frozenset[int] = frozenset(), name: str = ""
) -> Loaded:
    """Load a folder as a commit has it; findings call it `name`. Without programmes there it is empty."""
    called = name or commit[:10]
    place = place_in(repository, commit, folder, called)
    with TemporaryDirectory(prefix="vpcp-") as there:
        laid_out = replace(folder, path=Path(there), shown=f"{called}:{folder.shown}")
        if place is not None:
            _lay_out(repository, commit, place, laid_out.path)
            both = {**categories_in(repository, commit, folder), **folder.settings.categories}
            settings = replace(folder.settings, categories=both)
            laid_out = replace(laid_out, shown=f"{called}:{_shown(repository, place)}", settings=settings)
        try:
            return load(laid_out, years)
        except NoDataError:
            return Loaded(IndexLibrary((), tuple), laid_out)


def _lay_out(repository: Repository, tree: str, place: str, there: Path) -> None:
    within = f"{place}/" if place else ""
    names = [one for one in repository.names(tree, place) if _PLAIN_NAME.fullmatch(one)]
    for path, held in repository.blobs(tree, [within + one for one in names]).items():
        (there / path.rpartition("/")[2]).write_bytes(held)


def _shown(repository: Repository, place: str) -> str:
    return shown(repository.root / place, here().resolve())


class Compared(NamedTuple):
    """What holding a folder against a revision found, and the files of the revision that can't be read there."""

    findings: tuple[Finding, ...]
    unread: tuple[str, ...]


def check_against(folder: Folder, revision: str, now: Folder) -> Compared:
    """Find what a revision gave to something else, and what of the common past is gone or rewritten.

    `now` is the folder, or where it is laid out as it is staged. Raise the refusals of `Repository`, `NoneThereError`.
    A programme that can't be read on one side is left out, and named if it is the revision's.
    """
    repository = Repository.around(folder.path)
    commit = repository.commit(revision)
    start = repository.merge_base(revision)
    other = load_at(repository, commit, folder, name=revision)
    if not other.library.heads.programmes and not other.broken:
        raise NoneThereError(revision, folder.shown)
    common = other if start == commit else load_at(repository, start, folder)
    sides = common, other, load(now)
    unread = {file.rpartition("/")[2].removesuffix(".yaml") for side in sides for file in side.broken}
    base, theirs, ours = (_without(side.library, unread) for side in sides)
    base, theirs = (recoded(side, renamed(side.units, ours.units)) for side in (base, theirs))
    found: dict[str, list[Finding]] = {}
    for finding in check_continuity(History(base, theirs, ours, revision, _day_of(repository, start))):
        name = finding.file.rpartition("/")[2]
        found.setdefault(name, []).append(replace(finding, file=now.shown_file(name)))
    located = [finding for name, ones in found.items() for finding in _located(now, name, ones)]
    files = dict.fromkeys((*common.broken, *other.broken))
    return Compared(tuple(located), tuple(file for file in files if file.rpartition("/")[2] != REGISTER))


def _day_of(repository: Repository, commit: str) -> date | None:
    """Return the day of a commit; None of one that somebody has made up."""
    try:
        return day_in_viet_nam(repository.commit_time(commit))
    except VpcpError:
        return None


def _without(library: Library, ids: Collection[str]) -> Workspace:
    """Return all programmes but some."""
    heads = library.heads
    return Workspace(tuple(library.programme(one.id) for one in heads.programmes if one.id not in ids), heads.units)


def _located(folder: Folder, name: str, findings: list[Finding]) -> Iterable[Finding]:
    path = folder.path / name
    return locate(findings, read(content(path), name).text) if path.is_file() else findings
