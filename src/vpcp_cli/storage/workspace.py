"""All programmes of a folder and its register, loaded for reports."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import field

from vpcp_cli import __version__
from vpcp_cli.dataclass import dataclass
from vpcp_cli.finding import Finding, causes
from vpcp_cli.library import Library
from vpcp_cli.storage.folder import REGISTER, Folder, year_of
from vpcp_cli.storage.index.keeper import Keeper
from vpcp_cli.storage.index.library import IndexLibrary
from vpcp_cli.storage.index.store import Store
from vpcp_cli.storage.reading import Chain, chains_from, links_of, no_programme, reached, read_folder
from vpcp_cli.vocabulary import only_with


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reports work on.

    `broken` are the files that had to be whole and are not, `findings` what is wrong with their shape: a report must
    not be made from the rest. `set_aside` are broken files of years that nobody asked for; `behind` says of those that
    are needed all the same by which tasks they are reached. None of these programmes is in `library`. `rule_errors`
    counts the errors that the rules find in it; `digests` are those of all files that were read.
    """

    library: Library
    folder: Folder
    findings: tuple[Finding, ...] = ()
    broken: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    rule_errors: Callable[[], int] = field(default=lambda: 0, compare=False)
    digests: Mapping[str, str] = field(default_factory=dict, compare=False)
    behind: Mapping[str, Chain] = field(default_factory=dict, compare=False)


def load(
    folder: Folder, years: frozenset[int] = frozenset(), *, empty: bool = False, keeper: Keeper | None = None
) -> Loaded:
    """Read a folder for a report on some years, or on all.

    Raise `NoDataError` where it holds no programme, unless it may be `empty`.
    """
    keeper = keeper or Keeper(Store(os.environ, __version__))
    with only_with(folder.settings.categories):
        reading = read_folder(folder, keeper)
    if not empty and all(file.name == REGISTER for file in reading.files):
        raise no_programme(folder)
    broken = [file for file in reading.files if file.findings]
    links = links_of(reading.files) if broken and years else {}
    chains = chains_from(links, [id_ for id_ in links if int(id_[:4]) in years])
    wanted = years | chains.keys()
    needed = [file for file in broken if not years or file.name == REGISTER or year_of(file.name) in wanted]
    library = IndexLibrary([file.index for file in reading.files if file.index], lambda: reading.units)
    return Loaded(
        library,
        folder,
        tuple(finding for file in needed for finding in file.findings),
        tuple(file.shown for file in needed),
        tuple(file.shown for file in broken if file not in needed),
        lambda: _rule_errors(library, folder, keeper),
        {file.name: file.digest for file in reading.files},
        reached([file for file in needed if years and year_of(file.name) not in years], chains),
    )


def _rule_errors(library: IndexLibrary, folder: Folder, keeper: Keeper) -> int:
    """Count the errors that the rules find, as grave as `[check]` says they are."""
    check = folder.settings.check
    if not check:
        return keeper.errors(library.rule_errors)

    def judged() -> int:
        from vpcp_cli.checks import check_all
        from vpcp_cli.rulebook.rule import Severity
        from vpcp_cli.storage.severities import settled

        found = settled(check_all(library.whole(), folder.shown_file(REGISTER)), check).findings
        return len(causes(one for one in found if one.severity is Severity.ERROR))

    return keeper.errors(judged, *(f"{setting}: {rule}" for setting in sorted(check) for rule in check[setting]))
