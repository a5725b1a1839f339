"""What all writing commands share: the folder, who signs, what is loaded under the lock, and how it is saved."""

from __future__ import annotations

import os
import sys
from collections import ChainMap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast

from vpcp_cli.checks import check, check_tasks, check_units
from vpcp_cli.commands.advice import tell_of_merging
from vpcp_cli.commands.refusals import BrokenForWritingError, NewErrorError, UntoldError
from vpcp_cli.commands.session import Session, refuse_broken, today, years_of
from vpcp_cli.commands.typed_text import text_typed
from vpcp_cli.errors import BadWordError, BrokenDataError, VpcpError
from vpcp_cli.language import _
from vpcp_cli.naming import units_named
from vpcp_cli.programme import Directive, Workspace
from vpcp_cli.render.cells import write_lines
from vpcp_cli.render.door import say
from vpcp_cli.rulebook.rule import Severity
from vpcp_cli.storage.folder import REGISTER
from vpcp_cli.storage.locate import find_folder
from vpcp_cli.storage.settings import here
from vpcp_cli.storage.workspace import load
from vpcp_cli.storage.writing.writer import Writer

if TYPE_CHECKING:
    from vpcp_cli.finding import Finding
    from vpcp_cli.library import Library
    from vpcp_cli.programme import Programme, Task, Unit
    from vpcp_cli.storage.folder import Folder
    from vpcp_cli.storage.history.numbers import Numbers


def folder_of(given: Mapping[str, object]) -> Folder:
    """Return the folder that a command writes to; raise `NoDataError`."""
    return find_folder(str(given["data"]) if given["data"] else None, os.environ, here())


def signed(by: str | None, folder: Folder) -> str | None:
    """Return who signs: as typed, else VPCP_BY, else git's user.name, else the login; raise `BadTextError`."""
    if by is not None:
        return text_typed(by, "--by")
    if named := os.environ.get("VPCP_BY"):
        return text_typed(named, "VPCP_BY")

    from getpass import getuser

    from vpcp_cli.storage.git.program import setting

    if named := setting(folder.path, "user.name"):
        return text_typed(named, _("git's user.name"))
    try:
        return text_typed(getuser(), _("the login's name"))
    except (OSError, KeyError, ImportError):  # a user without a name; Windows has no list of users
        return None


def session_in(
    folder: Folder, given: Mapping[str, Any], day: date, *, writer: Writer | None = None, empty: bool = False
) -> Session:
    """Load what a write may touch: the years of the ids, or those asked for; raise `BrokenForWritingError`.

    Raise `NoDataError` where there is nothing yet, but if `empty`.
    """
    years = years_of(given["year"] or ())
    typed = [str(id_)[:4] for id_ in given["ids"] or ()]
    whole = bool(typed) and all(year.isascii() and year.isdecimal() for year in typed)
    touched = years | frozenset(map(int, typed)) if whole else years
    loaded = writer.load(touched, empty=empty) if writer else load(folder, touched, empty=empty)
    try:
        refuse_broken(loaded)
    except BrokenDataError as error:
        raise BrokenForWritingError(error.files, error.behind) from None
    return Session(folder, folder.settings, loaded.library, day, years)


def writer_in(folder: Folder, command: str, *, dry_run: bool) -> Writer:
    """Return what writes in a folder."""
    if not dry_run:
        tell_of_merging(folder.path)
    return Writer(folder, command, say, today(), dry_run=dry_run)


@contextmanager
def told() -> Iterator[None]:
    """Say what a write has done: should that fail, it is written all the same; raise `UntoldError` then."""
    try:
        yield
        sys.stdout.flush()
    except VpcpError as error:
        raise UntoldError(error) from None


def finish(writer: Writer, *, dry_run: bool, judged: bool = False) -> tuple[str, ...]:
    """Save what was added, or print the difference that it would make; the files.

    Raise `NewErrorError` for what the workspace alone calls an error, unless that was `judged` before, as what always
    is one was.
    """
    raised = writer.folder.settings.check.get("error")
    if raised and not judged:
        refuse_left_errors(writer, raised)
    if not dry_run:
        return writer.save()
    write_lines(writer.diff().removesuffix("\n").split("\n"), sys.stdout, harmless=True)
    say(_("Dry run: nothing was written."))
    return ()


_ON_THE_WAY: Final = frozenset({"directive-without-task"})
"""What is so between two commands."""


def refuse_left_errors(writer: Writer, rules: Collection[str] | None = None) -> None:
    """Raise `NewErrorError` where the files would have errors, of some rules or of all, that they do not have now."""
    from collections import Counter

    from vpcp_cli.storage.checking import check_folder
    from vpcp_cli.storage.severities import settled

    def key(one: Finding) -> tuple[str, str, str | None]:
        return one.code, one.file, one.subject

    def errors(where: Folder) -> list[Finding]:
        found = settled(check_folder(where).findings, where.settings.check).findings
        wanted = {one.code for one in found if rules is None or one.code in rules} - _ON_THE_WAY
        return [one for one in found if one.severity is Severity.ERROR and one.code in wanted]

    with writer.laid_out() as there:
        if not rules and writer.leads_back and _is_surely_right(there):
            return
        found = errors(there)
    left = Counter(map(key, found)) - Counter(map(key, errors(writer.folder))) if found else None
    if left:
        raise NewErrorError([one for one in found if key(one) in left])


def _is_surely_right(folder: Folder) -> bool:
    """Whether nothing is an error in the programmes of a folder, by what is kept of them and of like ones."""
    if folder.settings.check.get("error"):  # of which no index knows
        return False
    loaded = load(folder)
    return not loaded.broken and not loaded.rule_errors()


def refuse_errors(
    library: Library,
    tasks: Sequence[tuple[Programme, Directive, Task]],
    known: Sequence[tuple[Programme, Directive, Task]] = (),
    changed: Iterable[Task] = (),
) -> None:
    """Raise `NewErrorError` for errors of some tasks that they did not have as they were known.

    `changed` are the tasks that are others now for whoever looks them up.
    """
    units, by_id = library.units, ChainMap({task.id: task for task in changed}, cast("Any", library.by_id))
    old = {(one.code, one.subject, one.path) for one in check_tasks(units, by_id, known)}
    errors = [one for one in check_tasks(units, by_id, tasks) if one.severity is Severity.ERROR]
    new = [one for one in errors if (one.code, one.subject, one.path) not in old]
    if new:
        raise NewErrorError(new)


def refuse_unit_errors(session: Session, unit: Unit) -> None:
    """Raise `NewErrorError` for errors that a unit of the register has, a new one or as it is now."""
    others = tuple(one for one in session.workspace.units if one.code != unit.code)
    found = check_units((*others, unit), session.folder.shown_file(REGISTER))
    if new := [one for one in found if one.subject == unit.code and one.severity is Severity.ERROR]:
        raise NewErrorError(new)


def refuse_programme_errors(library: Library, id_: str, after: Directive | Programme) -> None:
    """Raise `NewErrorError` for errors that a programme has with its head, or one directive, as it is now."""
    from dataclasses import replace

    whole = library.programme(id_)
    if isinstance(after, Directive):
        inside = (replace(after, tasks=one.tasks) if one.id == after.id else one for one in whole.directives)
        new = replace(whole, directives=tuple(inside))
    else:
        new = replace(after, directives=whole.directives)
    old = {(one.code, one.subject) for one in _errors(library, whole)}
    if found := [one for one in _errors(library, new) if (one.code, one.subject) not in old]:
        raise NewErrorError(found)


def _errors(library: Library, programme: Programme) -> list[Finding]:
    heads = library.heads
    others = tuple(one for one in heads.programmes if one.id != programme.id)
    found = check(Workspace((programme, *others), heads.units))
    return [one for one in found if one.severity is Severity.ERROR and one.file == programme.file]


def say_unseen(numbers: Numbers) -> None:
    """Say where numbers that were given and taken out again could not all be told."""
    if numbers.unseen:
        words = _("A number that was given and taken out again may have been given once more: {why}")
        say(words.format(why=numbers.unseen))


def unit_typed(library: Library, typed: str, option: str) -> str:
    """Return the code of the one unit that a code or name means; raise `BadWordError`."""
    codes = sorted(units_named(library, typed, option))
    if len(codes) > 1:
        raise BadWordError(typed, option, codes, codes)
    return codes[0]


def places(session: Session, ids: Collection[str]) -> dict[str, str]:
    """Return file:line of some tasks as the files are now."""
    library = load(session.folder, frozenset(int(id_[:4]) for id_ in ids)).library
    found = {id_: library.find(id_) for id_ in ids}
    return {id_: f"{one.programme.file}:{one.task.line}" for id_, one in found.items() if one and one.task}
