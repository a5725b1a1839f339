"""`vpcp renumber`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vpcp_cli.commands.writing import DATA, DRY_RUN, takes
from vpcp_cli.language import N_, _, current, ngettext

if TYPE_CHECKING:
    from vpcp_cli.storage.history.renumbering import Renumbered

_KEEP = Annotated[
    str | None,
    typer.Option(
        "--keep", metavar="REF", help=N_("Who has it there keeps the number (the upstream branch)."), show_default=False
    ),
]


@takes(
    {"keep": _KEEP, "dry_run": DRY_RUN, "data": DATA},
    "vpcp renumber 2023-CD01.4",
    "vpcp renumber 2023-CD01.4 --keep origin/main",
)
def renumber(
    given: Mapping[str, Any],
    id_: Annotated[str, typer.Argument(metavar="ID", help=N_("The number that two tasks, or two directives, have."))],
) -> None:
    """Give the later of two tasks or directives with one number the next free one, wherever it is named.

    Two people who each add a task draw the same number. The one that the upstream branch has keeps it, else the first
    in the file. Git's conflict about it is settled with that; if there are others, they stay.
    """
    from vpcp_cli.commands.saving import finish, folder_of, told, writer_in
    from vpcp_cli.errors import UnknownIdError
    from vpcp_cli.programme import DIRECTIVE_ID, TASK_ID
    from vpcp_cli.render.door import tell
    from vpcp_cli.storage.git.repository import Repository
    from vpcp_cli.storage.history.renumbering import renumbered
    from vpcp_cli.vietnamese import quoted

    folder, typed, id_ = folder_of(given), id_, id_.strip().upper()
    if not re.fullmatch(f"{TASK_ID}|{DIRECTIVE_ID}", id_):
        raise UnknownIdError(typed, ())
    with writer_in(folder, f"vpcp renumber {id_}", dry_run=given["dry_run"]) as writer:
        found = renumbered(folder, id_, given["keep"])
        for name, data in found.files.items():
            writer.rewrite(name, data, id_, found.new)
        files = finish(writer, dry_run=given["dry_run"])
        if files and found.staged and found.left:
            Repository.around(folder.path).restage(*found.staged)
    if files:
        with told():
            tell(f"{id_} → {found.new}: {quoted(found.goes, current())} · {', '.join(files)}")
            _say(id_, found)


def _say(id_: str, found: Renumbered) -> None:
    """Say what keeps the number, what is left to look at, and what comes next."""
    from vpcp_cli.render.door import say

    say(_("{id} stays: «{words}»").format(id=id_, words=found.stays))
    if found.unseen:
        say(found.unseen)
    if found.named:
        number = len(found.named)
        words = ngettext(
            "{n} place names {id}, and nothing tells which of the two: {places}",
            "{n} places name {id}, and nothing tells which of the two: {places}",
            number,
        )
        say(words.format(n=number, id=id_, places=", ".join(found.named)))
    if found.left:
        say(_("other conflicts are left in the file; `vpcp check` names them"))
    elif found.staged:
        say(_("next: {command}").format(command=f"vpcp check && git add {found.staged[0]}"))
    else:
        say(_("next: {command}").format(command="vpcp check"))
