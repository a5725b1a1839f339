"""`vpcp summary`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.reported import report_of
from vpcp_cli.commands.session import Session
from vpcp_cli.commands.targets import tracked
from vpcp_cli.counts import count
from vpcp_cli.errors import EmptySpanError, NoYearError, OneYearError
from vpcp_cli.language import N_, _, current
from vpcp_cli.query import Query
from vpcp_cli.render.console import Screen
from vpcp_cli.render.forms import Format, ReportFormat
from vpcp_cli.render.output import Output, form_named
from vpcp_cli.summary import Comparison, Movement, Summary, movement, same_point
from vpcp_cli.vietnamese import format_date

if TYPE_CHECKING:
    from vpcp_cli.render.summary import SummaryReport
    from vpcp_cli.tasks import Tasks
    from vpcp_cli.threshold import Threshold

_FORMS: Final = {".txt": ReportFormat.TEXT, ".md": ReportFormat.MD, ".json": ReportFormat.JSON}

Form = Annotated[
    ReportFormat | None,
    typer.Option("--format", "-f", help=N_("Text for e-mail and logs, Markdown for a job's page, JSON for programs.")),
]
File = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help=N_("Write to a file."))]
Append = Annotated[bool, typer.Option("--append", help=N_("Write behind what the file already holds."))]
Full = Annotated[bool, typer.Option("--full", help=N_("All of it, not only what fits into 20 lines."))]
MaxBytes = Annotated[
    int | None,
    typer.Option("--max-bytes", min=0, metavar="N", help=N_("Cut Markdown to so many bytes, by whole rows (900000).")),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help=N_("Also say what changed from this day on."))
]
Compare = Annotated[
    int | None, typer.Option("--compare", metavar="YEAR", help=N_("Also say how another year stood at the same point."))
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on", metavar="BOUND", help=N_("Exit with 1 if crossed: overdue>0, rate<80 … May be repeated.")
    ),
]


@shared(without=("sort", "limit"), judges=lambda given: bool(given["fail_on"]))
def summary(
    session: Session,
    query: Query,
    format_: Form = None,
    output: File = None,
    append: Append = False,
    full: Full = False,
    max_bytes: MaxBytes = None,
    since: Since = None,
    compare: Compare = None,
    fail_on: FailOn = None,
) -> int:
    """Sum up a day for e-mail and CI: the count, what is late, due soon and obstructed, and what changed."""
    bounds = _bounds(fail_on) if fail_on else ()
    tasks = _tasks(session, query, session.day)
    moved = _moved(session, query, tasks, since) if since is not None else None
    compared = _compared(session, query, compare) if compare else None
    report = report_of(session, query, tasks, moved, compared)
    form = format_ or (form_named(output, _FORMS, ReportFormat.TEXT) if output else ReportFormat.TEXT)
    lines = _lines(report, form, full, max_bytes, Screen() if output else Screen.of(sys.stdout))
    Output(Format.PLAIN, output, tracked=tracked).write(lines, append=append, harmless=form is ReportFormat.TEXT)
    crossed = [bound for bound in bounds if _trips(bound, report.summary)]
    return int(bool(crossed))


def _bounds(typed: Sequence[str]) -> list[Threshold]:
    from vpcp_cli.threshold import Threshold

    return list(map(Threshold.parse, typed))


def _tasks(session: Session, query: Query, day: date) -> Tasks:
    """The wanted tasks, as they stand on a day."""
    return query.select(session.tasks(day))


def _moved(session: Session, query: Query, now: Tasks, since: str) -> Movement:
    from vpcp_cli.typed import typed_span

    first = typed_span(since, session.day)[0]
    if first > session.day:
        raise EmptySpanError(*(format_date(day, current()) for day in (first, session.day)), of_report=True)
    before = _tasks(session, query, first - timedelta(1)) if first > date.min else ()
    return movement(before, now, first, session.day, query.select(session.tasks(void=True)))


def _compared(session: Session, query: Query, year: int) -> Comparison:
    """Count another year on the day that lies as far in it; raise `OneYearError`, `NoYearError`."""
    if len(query.years) != 1:
        raise OneYearError("--compare")
    known = sorted({one.year for one in session.workspace.programmes})
    if year not in known:
        raise NoYearError([year], known)
    day = same_point(session.day, year - min(query.years))
    return Comparison(year, day, count(_tasks(session, replace(query, years=frozenset({year})), day)))


def _lines(
    report: SummaryReport, form: ReportFormat, full: bool, max_bytes: int | None, screen: Screen
) -> Iterator[str]:
    if form is ReportFormat.MD:
        from vpcp_cli.render.summary_md import MAX_BYTES, markdown

        return markdown(report, MAX_BYTES if max_bytes is None else max_bytes)
    if form is ReportFormat.JSON:
        from vpcp_cli.render.summary_json import summary_json

        return summary_json(report)
    from vpcp_cli.render.summary_text import WIDTH, full_text, short_text

    return (full_text if full else short_text)(report, min(screen.width, WIDTH) if screen.terminal else WIDTH)


def _trips(bound: Threshold, found: Summary) -> bool:
    """Whether a bound is crossed; on standard error, say so with the figure, or that it can't be judged."""
    from vpcp_cli.render.count import fraction, number
    from vpcp_cli.render.door import say

    crossed = bound.tripped(found)
    value = bound.measured(found)
    figure = number(value) if isinstance(value, int) else fraction(value)
    if crossed is None:
        say(_("Not judged: --fail-on {bound} (no task has fallen due).").format(bound=bound.text))
    elif crossed:
        say(_("Crossed: --fail-on {bound} (now {figure}).").format(bound=bound.text, figure=figure))
    return bool(crossed)
