"""What a command works on: the programmes that it finds, and the day of the report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import BadYearError, BrokenDataError, NoYearError, VpcpError
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.render.door import say

if TYPE_CHECKING:  # help and usage errors need none of it
    from vpcp_cli.library import Library
    from vpcp_cli.naming import Ids
    from vpcp_cli.programme import Programme, Workspace
    from vpcp_cli.query import Query
    from vpcp_cli.storage.folder import Folder
    from vpcp_cli.storage.settings import Settings
    from vpcp_cli.storage.workspace import Loaded
    from vpcp_cli.tasks import Tasks

_SPAN: Final = ".."


_LONGEST_SPAN: Final = 200


@dataclass(frozen=True, slots=True)
class Session:
    """What a command works on: the programmes of some years, or all, and the day of the report.

    With `known` the library holds only what had been written down by the end of that day. `named` is the day
    where it is not just today's; `digests` are those of the files, by their names; `workspaces` are the names of
    several that are read together.
    """

    folder: Folder
    settings: Settings
    library: Library
    day: date
    years: frozenset[int]
    known: date | None = None
    named: date | None = None
    digests: Mapping[str, str] = field(default_factory=dict, compare=False)
    workspaces: tuple[str, ...] = ()
    now: Library | None = None
    """With `known` all that has been written down since, too."""

    @property
    def workspace(self) -> Workspace:
        """The register, and the programmes without their directives."""
        return self.library.heads

    @property
    def ids(self) -> Ids:
        """The ids as people type them."""
        from vpcp_cli.naming import Ids, Since
        from vpcp_cli.vietnamese import format_date

        if self.known is None or self.now is None:
            return Ids(self.library, self.years)
        since = Since(Ids(self.now, self.years), format_date(self.known, current()))
        return Ids(self.library, self.years, since)

    def programmes(self) -> list[Programme]:
        """Return the programmes of the years that were asked for, without their directives."""
        return [one for one in self.workspace.programmes if not self.years or one.year in self.years]

    def tasks(self, day: date | None = None, due_soon_days: int | None = None, *, void: bool = False) -> Tasks:
        """Return every task that exists on a day, by default that of the report, as it stands on it.

        Those that were entered by mistake are left out but with `void`.
        """
        soon = self.settings.due_soon_days if due_soon_days is None else due_soon_days
        return self.library.tasks(day or self.day, soon, void=void)

    def absent(self, query: Query) -> int:
        """Count the tasks that a query would take, how they stand apart, but that don't exist yet on the day."""
        return len(query.about(self.library.coming(self.day)))


def today() -> date:
    """Return Viet Nam's day: UTC+7, no summer time."""
    from vpcp_cli.deadline import day_in_viet_nam

    return day_in_viet_nam(datetime.now(UTC))


def open_session(
    given: Mapping[str, Any], *, own: bool = False, begins: bool = False, folder: Folder | None = None
) -> Session:
    """Find the folder, if it is not given, and load it; say on standard error what a reader must know about it.

    `given` are the options that a `Session` stands for. With `own` the shipped programmes are none. With `begins` a
    register is enough, where no year is asked for.

    Raise `NoDataError`, `BrokenDataError`, `NoYearError`, `BadYearError`, `BadDateError`.
    """
    from vpcp_cli.render.progress import reading
    from vpcp_cli.storage.folder import REGISTER
    from vpcp_cli.storage.locate import find_folder, find_workspace
    from vpcp_cli.storage.settings import here
    from vpcp_cli.storage.workspace import load

    wanted = years_of(given["year"] or ())
    if folder is None:
        find = find_workspace if own else find_folder
        folder = find(str(given["data"]) if given["data"] else None, os.environ, here())
    if own:
        from vpcp_cli.storage.git.sparse import refuse_left_out

        refuse_left_out(folder.path, wanted)
    known = None if given["known"] is None else _day(given["known"], folder.path)
    with reading(sys.stderr):
        loaded = load(folder, wanted, empty=begins and not wanted and (folder.path / REGISTER).is_file())
    report_on(loaded)
    if wanted and not wanted & loaded.library.years:
        raise NoYearError(sorted(wanted), _years_in(folder.path))
    library = known_at(loaded.library, known)
    named = day_named(given["as_of"], known, folder.path)
    day, now = named or today(), None if known is None else loaded.library
    return Session(folder, folder.settings, library, day, wanted, known, named, loaded.digests, now=now)


def again(session: Session) -> Session:
    """Return a session as its files are now; raise `BrokenDataError` where they can't be read."""
    from vpcp_cli.storage.workspace import load

    loaded = load(session.folder, session.years)
    if loaded.broken:
        raise BrokenDataError(loaded.broken, loaded.behind)
    library = known_at(loaded.library, session.known)
    now = None if session.known is None else loaded.library
    return replace(session, library=library, digests=loaded.digests, now=now)


def known_at(library: Library, known: date | None) -> Library:
    """Return what had been written down by a day; all of it where none is named."""
    if known is None:
        return library
    from vpcp_cli.storage.index.library import library_known_at

    return library_known_at(library, known)


def day_named(as_of: str | None, known: date | None, folder: Path) -> date | None:
    """Return the day of the report where one is named: as typed, else that of --known, else VPCP_AS_OF."""
    if as_of is None and known is not None:
        return known
    named = os.environ.get("VPCP_AS_OF") or None if as_of is None else as_of
    return None if named is None else _day(named, folder)


def _day(typed: str, folder: Path) -> date:
    """Read a day; `commit` is that of the last one."""
    from vpcp_cli.deadline import day_in_viet_nam
    from vpcp_cli.typed import typed_day

    if typed == "commit":
        from vpcp_cli.storage.git.repository import Repository

        return day_in_viet_nam(Repository.around(folder).commit_time("HEAD"))
    return typed_day(typed, today())


def years_of(typed: Iterable[str]) -> frozenset[int]:
    """Read years and spans of years; raise `BadYearError`."""
    years: set[int] = set()
    for text in typed:
        first, span, last = text.strip().partition(_SPAN)
        ends = (first, last if span else first)
        if not all(len(end) == 4 and end.isascii() and end.isdecimal() for end in ends):
            raise BadYearError(text)
        start, stop = map(int, ends)
        if not 0 <= stop - start <= _LONGEST_SPAN:
            raise BadYearError(text)
        years.update(range(start, stop + 1))
    return frozenset(years)


def _years_in(folder: Path) -> list[int]:
    stems = {path.stem[:4] for path in folder.glob("*.yaml")}
    return sorted(int(stem) for stem in stems if stem.isascii() and stem.isdecimal())


def report_on(loaded: Loaded) -> None:
    """Say which programmes these are and what of them can't be read; raise `BrokenDataError` where that matters."""
    from vpcp_cli.storage.git.sparse import refuse_left_out

    refuse_broken(loaded)
    if loaded.folder.shipped:
        say(_("These are the programmes that ship with vpcp; `vpcp init` begins a folder of your own."))
    try:
        refuse_left_out(loaded.folder.path)
    except VpcpError as error:  # what is here can be read all the same
        say(f"{error.sentence()} {error.hint()}")
    if not say_set_aside(loaded):
        report_rules(loaded.rule_errors())


def say_set_aside(loaded: Loaded) -> bool:
    """Say which files are passed over, for they can't be read and nobody has asked for them; whether there are any."""
    if loaded.set_aside:
        files = ", ".join(loaded.set_aside)
        say(_("Set aside, for it can't be read: {files}. `vpcp check` says why.").format(files=files))
    return bool(loaded.set_aside)


def refuse_broken(loaded: Loaded) -> None:
    """Say what is wrong with files that had to be whole, and raise `BrokenDataError`, if there are any."""
    if loaded.broken:
        from vpcp_cli.render.cells import write_lines
        from vpcp_cli.render.console import Screen
        from vpcp_cli.render.findings import findings_text

        write_lines(findings_text(loaded.findings, Screen.of(sys.stderr)), sys.stderr)
        raise BrokenDataError(loaded.broken, loaded.behind)


def report_rules(number: int) -> None:
    """Say in one line that the rules find errors, which does not stop a report; warnings are for `vpcp check`."""
    if number:
        words = ngettext(
            "{n} error in the data; the report is made all the same. `vpcp check` names it.",
            "{n} errors in the data; the report is made all the same. `vpcp check` names them.",
            number,
        )
        say(words.format(n=number))
