"""`vpcp diff`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.session import Session, report_on
from vpcp_cli.commands.targets import tracked
from vpcp_cli.language import N_, current
from vpcp_cli.programme import Workspace
from vpcp_cli.render.forms import Format, ReportFormat
from vpcp_cli.render.output import Output, form_named
from vpcp_cli.vietnamese import format_date

if TYPE_CHECKING:
    from vpcp_cli.counts import Count
    from vpcp_cli.render.changes import Side
    from vpcp_cli.storage.git.repository import Repository

MAX_BYTES: Final = 900_000
_FORMS: Final = {".txt": ReportFormat.TEXT, ".md": ReportFormat.MD, ".json": ReportFormat.JSON}

Revision = Annotated[
    str | None,
    typer.Argument(
        metavar="[REF]",
        help=N_(
            "A git revision, compared with the files as they are; A..B compares two; without one, where this"
            " branch left main."
        ),
        show_default=False,
    ),
]
Form = Annotated[
    ReportFormat | None,
    typer.Option("--format", "-f", help=N_("Text for people and logs, Markdown for a job's page, JSON for programs.")),
]
File = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help=N_("Write to a file."))]
Append = Annotated[bool, typer.Option("--append", help=N_("Write behind what the file already holds."))]
MaxBytes = Annotated[
    int,
    typer.Option("--max-bytes", min=0, metavar="N", help=N_("Cut Markdown to so many bytes, by whole rows (900000).")),
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help=N_("Compare two days instead: each as it stood and was known on it.")),
]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help=N_("The second day (the day of the report)."))]
ExitCode = Annotated[bool, typer.Option("--exit-code", help=N_("Exit with 1 if anything has changed."))]


@shared(without=("workspace",), judges=lambda _given: True)
def diff(
    session: Session,
    revision: Revision = None,
    format_: Form = None,
    output: File = None,
    append: Append = False,
    max_bytes: MaxBytes = MAX_BYTES,
    exit_code: ExitCode = False,
    from_: From = None,
    to: To = None,
) -> int:
    """Say what changed in meaning since a git revision or a day: tasks, texts, leads, logs, states, totals."""
    from vpcp_cli.changes import compare
    from vpcp_cli.commands.advice import tell_of_merging
    from vpcp_cli.render.changes import ChangesReport
    from vpcp_cli.storage.git.repository import Repository

    if from_ or to:
        before, after = _days(session, revision, from_, to)
        old, new = (_known(session, side.day or session.day) for side in (before, after))
    else:
        repository = Repository.around(session.folder.path)
        before, after = sides(repository, revision)
        old, new = (_workspace(session, repository, side) for side in (before, after))
    day = after.day or session.day
    changes = compare(old, new, day, session.settings.due_soon_days, since=before.day)
    totals = _count(session, old, before.day or day), _count(session, new, day)
    report = ChangesReport(
        before=before,
        after=after,
        day=day,
        known=after.day or session.known,
        changes=changes,
        totals=totals,
        workspace=Workspace((*new.programmes, *old.programmes), (*old.units, *new.units)),
        most_bytes=max_bytes,
    )
    form = format_ or (form_named(output, _FORMS, ReportFormat.TEXT) if output else ReportFormat.TEXT)
    lines = report.lines(form)
    Output(Format.PLAIN, output, tracked=tracked).write(lines, append=append, harmless=form is ReportFormat.TEXT)
    tell_of_merging(session.folder.path)
    return int(exit_code and bool(changes))


def _days(session: Session, revision: str | None, first: str | None, last: str | None) -> tuple[Side, Side]:
    """Return the two days to compare; raise `OneChangeError`, `BadSpanError`, `BadDateError`."""
    from vpcp_cli.commands.refusals import BadSpanError, OneChangeError
    from vpcp_cli.render.changes import Side
    from vpcp_cli.typed import typed_day

    if other := "REF" if revision is not None else "--known" if session.known else None:
        raise OneChangeError("--from" if first else "--to", other)
    days = [typed_day(typed, session.day) if typed else session.day for typed in (first, last)]
    if first is None or days[0] > days[1]:
        raise BadSpanError(*(format_date(day, current()) for day in days), begins=first is not None)
    return Side(None, day=days[0]), Side(None, day=days[1])


def _known(session: Session, day: date) -> Workspace:
    """Return the files as they stood and were known on a day."""
    from vpcp_cli.linking import known_on

    there = session.library.whole()
    then = known_on(there.programmes, day, lambda: there.units)
    return Workspace(tuple(one for one in then if not session.years or one.year in session.years), there.units)


def sides(repository: Repository, typed: str | None) -> tuple[Side, Side]:
    """Return what to compare: REF and the files, `A..B`, or `A...B` (B and where it left A); nothing typed is main."""
    from vpcp_cli.render.changes import Side

    if typed is None:
        branch = repository.default_branch()
        name = branch.removeprefix("refs/heads/").removeprefix("refs/remotes/")
        return Side(f"{name}...HEAD", repository.merge_base(branch)), Side(None)
    for dots in ("...", ".."):
        first, found, second = typed.partition(dots)
        if found:
            one, other = first or "HEAD", second or "HEAD"
            start = repository.merge_base(one, other) if dots == "..." else repository.commit(one)
            return Side(one, start), Side(other, repository.commit(other))
    return Side(typed, repository.commit(typed)), Side(None)


def _workspace(session: Session, repository: Repository, side: Side) -> Workspace:
    """Load one side, as far as it was known; raise `BrokenDataError` where it can't be read."""
    library = session.library
    if side.commit is not None:
        from vpcp_cli.commands.session import known_at
        from vpcp_cli.storage.history.revision import load_at

        loaded = load_at(repository, side.commit, session.folder, session.years, side.name or "")
        report_on(loaded)
        library = known_at(loaded.library, session.known)
    heads = library.heads
    asked = (one.id for one in heads.programmes if not session.years or one.year in session.years)
    return Workspace(tuple(library.programme(one) for one in asked), heads.units)


def _count(session: Session, workspace: Workspace, day: date) -> Count:
    from vpcp_cli.counts import count
    from vpcp_cli.standing import stand

    soon = session.settings.due_soon_days
    found = (stand(one, *task, day, soon) for one in workspace.programmes for task in one.tasks())
    return count(one for one in found if one)
