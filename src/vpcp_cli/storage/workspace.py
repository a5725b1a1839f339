"""All programmes of a folder and its register, loaded for reports."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from vpcp_cli import __version__
from vpcp_cli.dataclass import dataclass
from vpcp_cli.finding import Finding
from vpcp_cli.library import Library
from vpcp_cli.storage.folder import REGISTER, Folder, year_of
from vpcp_cli.storage.index.keeper import Keeper
from vpcp_cli.storage.index.library import IndexLibrary
from vpcp_cli.storage.index.store import Store
from vpcp_cli.storage.reading import FileRead, no_programme, read_folder


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reports work on.

    `broken` are the files that had to be whole and are not, `findings` what is wrong with their shape: a report must
    not be made from the rest. `set_aside` are broken files of years that nobody asked for. None of these programmes is
    in `library`. `rule_errors` counts the errors that the rules find in it; `digests` are those of all files that were
    read.
    """

    library: Library
    folder: Folder
    findings: tuple[Finding, ...] = ()
    broken: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    rule_errors: Callable[[], int] = field(default=lambda: 0, compare=False)
    digests: Mapping[str, str] = field(default_factory=dict, compare=False)


def load(
    folder: Folder, years: frozenset[int] = frozenset(), *, empty: bool = False, keeper: Keeper | None = None
) -> Loaded:
    """Read a folder for a report on some years, or on all.

    Raise `NoDataError` where it holds no programme, unless it may be `empty`.
    """
    keeper = keeper or Keeper(Store(os.environ, __version__))
    reading = read_folder(folder, keeper)
    if not empty and all(file.name == REGISTER for file in reading.files):
        raise no_programme(folder)
    broken = [file for file in reading.files if file.findings]
    wanted = _behind(reading.files, years) if broken and years else years
    needed = [file for file in broken if not years or file.name == REGISTER or year_of(file.name) in wanted]
    library = IndexLibrary([file.index for file in reading.files if file.index], lambda: reading.units)
    return Loaded(
        library,
        folder,
        tuple(finding for file in needed for finding in file.findings),
        tuple(file.shown for file in needed),
        tuple(file.shown for file in broken if file not in needed),
        lambda: keeper.errors(library.rule_errors),
        {file.name: file.digest for file in reading.files},
    )


def _behind(files: Iterable[FileRead], years: frozenset[int]) -> frozenset[int]:
    """Return some years with those in which the tasks stand that theirs go on from: these are needed too."""
    indexes = [file.index for file in files if file.index]
    links = [(one.year, int(origin[:4])) for one in indexes for origin, _digest in one.links.values() if origin]
    while more := {older for year, older in links if year in years} - years:
        years |= more
    return years
