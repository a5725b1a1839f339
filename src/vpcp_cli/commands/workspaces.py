"""Several workspaces: read together as one, or one after the other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vpcp_cli.commands.refusals import OneChangeError
from vpcp_cli.commands.session import (
    Session,
    day_named,
    known_at,
    open_session,
    report_rules,
    say_set_aside,
    today,
    years_of,
)
from vpcp_cli.errors import BrokenDataError, NoYearError, VpcpError
from vpcp_cli.language import N_, _, ngettext
from vpcp_cli.render.door import say
from vpcp_cli.storage.folder import Folder

if TYPE_CHECKING:
    from vpcp_cli.storage.workspace import Loaded

_NAMED: Final = 10
"""So many workspaces are said by their names."""


class SameNameError(VpcpError):
    """Two workspaces of one name."""

    name: str
    one: str
    other: str
    advises = N_('Give one of them a name in its vpcp.toml: workspace = "…"')

    def sentence(self) -> str:
        """Name both."""
        said = _("{one} and {other} are both called {name}: their ids could not be told apart.")
        return said.format(one=self.one, other=self.other, name=self.name)


class BadListError(VpcpError):
    """A list of workspaces that is none."""

    exit_code = 3
    file: str
    says = N_("{file} is no list of workspaces.")
    advises = N_('A list is TOML, its folders as seen from it: workspaces = ["../btc", "../byt"]')


class OwnFolderError(VpcpError):
    """What hangs on one folder, asked of several."""

    says = N_("`--as-of commit` is the day of one repository, and these are several workspaces.")
    advises = N_("Name the day: --as-of DATE.")


def folders(named: Iterable[Path]) -> dict[str, Folder]:
    """Return the folders of workspaces by their names; raise `SameNameError`, `BadListError`, `NoDataError`."""
    from vpcp_cli.storage.settings import here

    found: dict[str, Folder] = {}
    for folder in (_folder(path, here()) for path in _listed(named, here())):
        name = folder.workspace
        if name in found and found[name].path.resolve() != folder.path.resolve():
            raise SameNameError(name, found[name].shown, folder.shown)
        found[name] = folder
    return found


def _listed(named: Iterable[Path], cwd: Path) -> Iterator[Path]:
    """Yield the paths of workspaces; a file is a list of them."""
    for path in named:
        if (cwd / path).is_file():
            yield from ((cwd / path).parent / one for one in _in_list(cwd / path, str(path)))
        else:
            yield cwd / path


def _in_list(file: Path, shown: str) -> list[str]:
    import tomllib

    try:
        with file.open("rb") as opened:
            found = tomllib.load(opened).get("workspaces")
    except (OSError, ValueError, RecursionError):
        raise BadListError(shown) from None
    if not isinstance(found, list) or not found or not all(isinstance(one, str) for one in found):
        raise BadListError(shown)
    return found


def _folder(path: Path, cwd: Path) -> Folder:
    from vpcp_cli.storage.locate import folder_named
    from vpcp_cli.storage.settings import NAME, PROGRAMMES, Settings

    inner = path / PROGRAMMES
    return folder_named(inner if inner.is_dir() and not (path / NAME).is_file() else path, cwd, Settings())


def open_many(given: Mapping[str, Any]) -> Session:
    """Return several workspaces as one session; raise what `open_session` raises, and `SameNameError`."""
    from vpcp_cli.render.progress import reading
    from vpcp_cli.storage.index.apart import told_apart
    from vpcp_cli.storage.settings import find_settings, here
    from vpcp_cli.storage.workspace import load

    if given["data"] is not None:
        raise OneChangeError("--data", "--workspace")
    if "commit" in (given["as_of"], given["known"]):
        raise OwnFolderError
    years, there = years_of(given["year"] or ()), folders(given["workspace"])
    with reading(sys.stderr):
        loaded = {name: load(folder, years) for name, folder in there.items()}
    _report(loaded)
    if years and not any(years & one.library.years for one in loaded.values()):
        raise NoYearError(sorted(years), sorted({year for one in loaded.values() for year in one.library.years}))
    settings, first = find_settings(here()), next(iter(there.values()))
    known = None if given["known"] is None else day_named(given["known"], None, first.path)
    libraries = [(name, known_at(one.library, known)) for name, one in loaded.items()]
    named = day_named(given["as_of"], known, first.path)
    _tell(there, settings.due_soon_days)
    return Session(
        first, settings, told_apart(libraries), named or today(), years, known, named, workspaces=tuple(there)
    )


def _report(loaded: Mapping[str, Loaded]) -> None:
    """Say what can't be read; raise `BrokenDataError` where that matters."""
    from vpcp_cli.commands.session import refuse_broken

    broken: list[str] = []
    for one in loaded.values():
        try:
            refuse_broken(one)
        except BrokenDataError as error:
            broken += error.files
    if broken:
        raise BrokenDataError(broken)
    for one in loaded.values():
        say_set_aside(one)
    report_rules(sum(one.rule_errors() for one in loaded.values() if not one.set_aside))


def _tell(there: Mapping[str, Folder], soon: int) -> None:
    """Say which workspaces these are, and where one measures otherwise than is done here."""
    number = len(there)
    said = ngettext("{n} workspace", "{n} workspaces", number).format(n=number)
    say(f"{said}: {', '.join(there)}" if number <= _NAMED else said)
    others = [f"{name}: {one.settings.due_soon_days}" for name, one in there.items()]
    differ = [other for other, one in zip(others, there.values(), strict=True) if one.settings.due_soon_days != soon]
    if differ:
        words = _("due soon means {days} days here; by their own settings {others}")
        say(words.format(days=soon, others=", ".join(differ)))


class Sessions:
    """Workspaces of which one after the other is opened."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        """Take the options that a session stands for."""
        self._given = given

    @property
    def several(self) -> bool:
        """Whether they were named one by one."""
        return bool(self._given.get("workspace"))

    def openers(self) -> Iterator[Callable[[], Session]]:
        """Yield what opens each; raise `SameNameError`, `BadListError`, `NoDataError`."""
        if not self.several:
            yield partial(open_session, self._given)
            return
        if self._given["data"] is not None:
            raise OneChangeError("--data", "--workspace")
        for folder in folders(self._given["workspace"]).values():
            yield partial(open_session, self._given, folder=folder)
