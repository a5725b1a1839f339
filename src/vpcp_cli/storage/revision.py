"""A folder of programmes as it was at a revision: laid out anew and read like any other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from vpcp_cli.continuity import History, check_continuity
from vpcp_cli.errors import NoDataError
from vpcp_cli.finding import Finding
from vpcp_cli.programme import Workspace
from vpcp_cli.storage.document import locate, read
from vpcp_cli.storage.git import Repository
from vpcp_cli.storage.workspace import Folder, Loaded, load

_PLAIN_NAME: Final = re.compile(r"[^./\\:\0\n][^/\\:\0\n]*\.ya?ml", re.IGNORECASE)
"""Names that make files in no other folder, on any system."""


def load_at(
    repository: Repository, commit: str, folder: Folder, years: frozenset[int] = frozenset(), name: str = ""
) -> Loaded:
    """Load a folder as a commit has it; findings call it `name`. Without programmes there it is empty."""
    place = repository.relative(folder.path.resolve())
    within = "" if place == "." else f"{place}/"
    names = [one for one in repository.names(commit, within.rstrip("/")) if _PLAIN_NAME.fullmatch(one)]
    contents = repository.blobs(commit, [within + one for one in names])
    with TemporaryDirectory(prefix="vpcp-") as there:
        for path, content in contents.items():
            Path(there, path.rpartition("/")[2]).write_bytes(content)
        laid_out = replace(folder, path=Path(there), shown=f"{name or commit[:10]}:{folder.shown}")
        try:
            return load(laid_out, years)
        except NoDataError:
            return Loaded(Workspace((), ()), laid_out)


class Compared(NamedTuple):
    """What holding a folder against a revision found, and the files of either side that can't be read."""

    findings: tuple[Finding, ...]
    unread: tuple[str, ...]


def check_against(folder: Folder, revision: str) -> Compared:
    """Find what a revision gave to something else, and what of the common past is gone or rewritten.

    Raise the refusals of `Repository`. A programme that can't be read on one side is left out, and named.
    """
    repository = Repository.around(folder.path)
    commit = repository.commit(revision)
    start = repository.merge_base(revision)
    other = load_at(repository, commit, folder, name=revision)
    common = other if start == commit else load_at(repository, start, folder)
    sides = common, other, load(folder)
    unread = {file.rpartition("/")[2].removesuffix(".yaml") for side in sides for file in side.broken}
    base, theirs, ours = (
        Workspace(tuple(one for one in side.workspace.programmes if one.id not in unread), side.workspace.units)
        for side in sides
    )
    found: dict[str, list[Finding]] = {}
    for finding in check_continuity(History(base, theirs, ours, revision)):
        name = finding.file.rpartition("/")[2]
        found.setdefault(name, []).append(replace(finding, file=folder.shown_file(name)))
    located = [finding for name, ones in found.items() for finding in _located(folder, name, ones)]
    return Compared(tuple(located), tuple(dict.fromkeys((*common.broken, *other.broken))))


def _located(folder: Folder, name: str, findings: list[Finding]) -> Iterable[Finding]:
    path = folder.path / name
    return locate(findings, read(path.read_bytes(), name).text) if path.is_file() else findings
