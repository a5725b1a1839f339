"""`vpcp undo`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from vpcp_cli.commands.writing import DATA, DRY_RUN, takes
from vpcp_cli.language import N_, _, ngettext

if TYPE_CHECKING:
    from vpcp_cli.errors import VpcpError
    from vpcp_cli.storage.folder import Folder
    from vpcp_cli.storage.writing.journal import Record

LIST: Final = Annotated[
    bool,
    typer.Option("--list", help=N_("List the last writes: which can be taken back, and which no more; write nothing.")),
]
FIX: Final = "vpcp check --fix"
_SHOWN: Final = 3
"""Of so many additions the list of writes tells."""


@takes({"list_": LIST, "dry_run": DRY_RUN, "data": DATA}, "vpcp undo --dry-run", "vpcp undo", "vpcp undo --list")
def undo(given: Mapping[str, Any]) -> None:
    """Take back the last write of today, then the one before, as long as it is not in git yet."""
    from vpcp_cli.commands.saving import finish, folder_of, refuse_left_errors, told, writer_in
    from vpcp_cli.render.door import tell

    folder = folder_of(given)
    if given["list_"]:
        _list(folder)
        return
    with writer_in(folder, "vpcp undo", dry_run=given["dry_run"]) as writer:
        record = writer.undo()
        if record.command != FIX:  # which takes errors away, so that its undo brings them back
            refuse_left_errors(writer)
        files = finish(writer, dry_run=given["dry_run"], judged=True)
    if files:
        with told():
            tell(_("Taken back: {command} · {files}").format(command=record.command, files=", ".join(files)))
            for line in dict.fromkeys(_additions(record)):
                tell(f"  {line}")


def _list(folder: Folder) -> None:
    """Say what can be taken back, the last one first, and what no more, with the reason."""
    from vpcp_cli.commands.session import today
    from vpcp_cli.render.door import say, tell
    from vpcp_cli.storage.writing.undo import hindrance, writes

    records, stays = writes(folder), ""
    for number, record in enumerate(records, 1):
        stays = _reason(hindrance(folder, records[number - 1 :], today())) or (
            stays and _("stands before one that stays")
        )
        tell(
            " · ".join(
                filter(
                    None,
                    [f"-  {record.command}" if stays else f"{number}. {record.command}", *_when(folder, record), stays],
                )
            )
        )
        lines = list(dict.fromkeys(_additions(record)))
        for line in lines[:_SHOWN]:
            tell(f"   {line}")
        if more := len(lines[_SHOWN:]):
            tell("   " + ngettext("and {n} more", "and {n} more", more).format(n=more))
    if not records:
        say(_("There is no write to take back."))
    elif stays:
        say(_("What is marked with - can't be taken back any more; put it right by a later entry: `vpcp correct`."))


def _when(folder: Folder, record: Record) -> Iterator[str]:
    """Yield the day of a write, and its files."""
    from datetime import date

    from vpcp_cli.language import current
    from vpcp_cli.vietnamese import format_date

    if record.day:
        yield format_date(date.fromisoformat(record.day), current())
    yield ", ".join(folder.shown_file(file.name) for file in record.files)


def _reason(refusal: VpcpError | None) -> str:
    """Say in some words why a write stays."""
    from vpcp_cli.storage.refusals import CommittedError, WrittenEarlierError

    if refusal is None:
        return ""
    if isinstance(refusal, CommittedError):
        return _("committed to git already")
    return _("written on an earlier day") if isinstance(refusal, WrittenEarlierError) else _("its file is gone")


def _additions(record: Record) -> Iterator[str]:
    """Say what a write has added or set."""
    from vpcp_cli.render.written import addition_words

    for one in (one for file in record.files for one in file.additions if one.key != "schema"):
        if one.sets and one.key == "units":
            yield from (addition_words("", "units", unit) for unit in one.was if unit not in one.item)
        else:
            yield addition_words(one.id, one.key, one.item)
