"""`vpcp draft`."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from vpcp_cli.commands.lists import MAP, TABLE, drafted_of, read_list, unexplained
from vpcp_cli.commands.writing import DATA, takes
from vpcp_cli.language import N_, _, ngettext

if TYPE_CHECKING:
    from vpcp_cli.sharing.annex import Annex
    from vpcp_cli.storage.folder import Folder

_OPTIONS: Final[Mapping[str, object]] = {
    "output": Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help=N_("Write to a new file, whole or not at all.")),
    ],
    "year": Annotated[
        str | None, typer.Option("--year", metavar="YEAR", help=N_("The programme, where it is known already."))
    ],
    "directive": Annotated[
        str | None,
        typer.Option("--directive", metavar="DIRECTIVE", help=N_("The directive, where it is there already.")),
    ],
    "table": TABLE,
    "map": MAP,
    "data": DATA,
}


@takes(
    _OPTIONS,
    "vpcp draft phu-luc.docx -o phu-luc.yaml",
    "vpcp draft giao-viec.xlsx --map 'Bộ phận=lead' --directive 2023-CD01",
)
def draft(
    given: Mapping[str, Any],
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=N_("The annex or list: .xlsx, .docx or .csv."), show_default=False)
    ],
) -> None:
    """Draft tasks from a list that an office has: an annex or a sheet becomes a skeleton for `vpcp add --from`.

    Every row stands in the skeleton; what the list does not say is asked there, in comments. No programme is changed.
    """
    from vpcp_cli.commands.saving import folder_of, session_in
    from vpcp_cli.commands.session import today
    from vpcp_cli.commands.skeleton import ASKED, Where, day_in, skeleton_lines
    from vpcp_cli.render.door import say

    annex = read_list(file, given)
    session = session_in(folder_of(given), {"year": None, "ids": None}, today(), empty=True)
    directive = session.ids.find(given["directive"], ("directive",)).id if given["directive"] else None
    programme = session.ids.find(given["year"], ("programme",)).programme if given["year"] else None
    day = day_in(annex.before)
    year = int(directive[:4]) if directive else programme.year if programme else day.year if day else None
    years = sorted(session.library.years, key=lambda one: (one == year, one))
    where = Where(directive, programme.id if programme else None, str(years[-1] if years else year or 2023))
    lines = list(skeleton_lines(annex, drafted_of(annex, session.library, year), _head(file, annex), where))
    _put(given["output"], lines, session.folder)
    say(_sum(annex))
    for note in _notes(annex):
        say(note)
    questions = sum(1 for line in lines if ASKED.match(line))
    said = ngettext("{n} question to answer", "{n} questions to answer", questions)
    command = f"vpcp add --from {shlex.quote(str(given['output'])) if given['output'] else _('FILE')} --dry-run"
    say(said.format(n=questions) if questions else _("nothing is asked"))
    say(_("next: {command}").format(command=command))


def _put(path: Path | None, lines: Sequence[str], folder: Folder) -> None:
    """Write a skeleton; raise `SkeletonPlaceError` where it would stand among programmes, or over answers."""
    import sys

    from vpcp_cli.commands.list_refusals import SkeletonPlaceError
    from vpcp_cli.render.cells import write_lines
    from vpcp_cli.storage.beginning import Outcome, made

    if path is None:
        write_lines(lines, sys.stdout, harmless=True)
        return
    if path.resolve().is_relative_to(folder.path.resolve()):
        raise SkeletonPlaceError(str(path), there=False)
    if made(path, "".join(f"{line}\n" for line in lines))[1] is Outcome.THERE:
        raise SkeletonPlaceError(str(path), there=True)


def _head(file: Path, annex: Annex) -> list[str]:
    """Return what stands on top of a skeleton."""
    return [
        _("Drafted from {file}, {table}. {sum}").format(file=file.name, table=annex.table.name, sum=_sum(annex)),
        _("Answer each line that begins with «{mark}», then take it out. What is right as it is stays.").format(
            mark=f"# {_('ASK')}:"
        ),
        *annex.unread,
    ]


def _sum(annex: Annex) -> str:
    """Say what became of the rows: the numbers add up."""
    from vpcp_cli.sharing.annex import Kind

    words = {
        Kind.TASK: ngettext("{n} row of a task", "{n} rows of tasks", annex.count(Kind.TASK)),
        Kind.GROUP: ngettext("{n} heading of a group", "{n} headings of groups", annex.count(Kind.GROUP)),
        Kind.HEAD: ngettext(
            "{n} row of column heads or numbers", "{n} rows of column heads or numbers", annex.count(Kind.HEAD)
        ),
        Kind.BLANK: ngettext("{n} blank row", "{n} blank rows", annex.count(Kind.BLANK)),
        Kind.UNCLEAR: ngettext(
            "{n} row that is asked about", "{n} rows that are asked about", annex.count(Kind.UNCLEAR)
        ),
    }
    counts = {kind: annex.count(kind) for kind in words}
    parts = " + ".join(words[kind].format(n=count) for kind, count in counts.items() if count or kind is Kind.TASK)
    rows = ngettext("{n} row", "{n} rows", sum(counts.values())).format(n=sum(counts.values()))
    return _("{rows} below the heads = {parts}").format(rows=rows, parts=parts)


def _notes(annex: Annex) -> list[str]:
    """Say what was not read, and what goes into comments alone."""
    notes = [
        ngettext(
            "{table} was left out ({n} row): --table chooses it",
            "{table} was left out ({n} rows): --table chooses it",
            len(table.rows),
        ).format(table=table.name, n=len(table.rows))
        for table in annex.left
    ]
    notes = [*annex.unread, *notes]
    if names := unexplained(annex):
        notes.append(_("these columns stand in comments only: {names}; --map says what they are").format(names=names))
    return notes
