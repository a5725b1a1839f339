"""`vpcp export ics`."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from vpcp_cli.commands.options import EachOne, shared
from vpcp_cli.commands.session import Session
from vpcp_cli.errors import BadWordError
from vpcp_cli.language import N_, _, ngettext
from vpcp_cli.query import Query
from vpcp_cli.render.door import say
from vpcp_cli.render.output import Target, form_named

Alarm = Annotated[
    str | None,
    typer.Option("--alarm", metavar="DAYS", help=N_("Remind so many days before the deadline: 7d.")),
]


@shared(without=("limit", "sort"))
def export_ics(
    session: Session,
    query: Query,
    target: Target,
    each: EachOne = None,
    alarm: Alarm = None,
) -> None:
    """Make a calendar of deadlines, a day for each task, that calendar programs keep up to date."""
    from vpcp_cli.render.names import short_names
    from vpcp_cli.sharing.extra import need

    need("icalendar")
    from vpcp_cli.sharing.calendar import Calendar

    days = None if alarm is None else _days(alarm)
    if target.path and not each:
        form_named(target.path, {".ics": None}, None)
    tasks = query.select(session.tasks(void=True))
    names = short_names(session.library)
    calendar = Calendar(_("Work programme"), names, session.settings.workspace, days)
    if each:
        leads = dict.fromkeys(tasks.fact("lead"))
        target.save_each(
            {
                f"{lead}.ics": calendar._replace(name=names.get(lead, lead)).content(tasks.where("lead", {lead}))
                for lead in leads
            }
        )
    else:
        target.save(calendar.content(tasks))
    without = sum(1 for one in tasks.where("deadline", {None}) if not one.parts)
    if without:
        said = ngettext(
            "{n} task has no deadline and stands in no calendar.",
            "{n} tasks have no deadline and stand in no calendar.",
            without,
        )
        say(said.format(n=without))


def _days(typed: str) -> int:
    found = re.fullmatch(r"(\d{1,3})\s*d?", typed.strip().lower())
    if not found:
        raise BadWordError(typed, "--alarm", ["1d", "7d", "14d"], ())
    return int(found[1])
