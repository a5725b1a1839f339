"""Ten questions in SQL that every engine answers, and what Datasette is told of a file."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Final

from vpcp_cli.kinds import keys_of
from vpcp_cli.language import N_, _
from vpcp_cli.programme import LogEntry, Task

QUESTIONS: Final = {
    "rates": N_("How far is each workspace, and what is the rate that reports publish?"),
    "months": N_("How many tasks were done and overdue at the end of each of the last 24 months?"),
    "past-day": N_("How did things stand on 30 June 2022?"),
    "overdue-units": N_("Which units have most overdue tasks?"),
    "due-soon": N_("What falls due soon?"),
    "silent": N_("Which open tasks have been silent longest?"),
    "postponed": N_("Whose deadlines are postponed most?"),
    "obstacles": N_("What stands in the way, and since when?"),
    "duties": N_("How many parts of recurring and shared duties are open and overdue?"),
    "corrections": N_("How much was corrected, or written down later than it happened?"),
}
"""The names of the questions, and what each asks."""


def question(name: str) -> str:
    """Return the statement of a question."""
    return (files(__package__) / "questions" / f"{name}.sql").read_text(encoding="utf-8")


def metadata(database: str) -> str:
    """Return what Datasette shows of a database: what its columns mean, and the questions to click on."""
    columns = {
        name: {key.name: _(key.key.description) for key in keys_of(takes).values()}
        for name, takes in (("task", Task), ("entry", LogEntry))
    }
    queries = {name: {"title": _(asked), "sql": question(name)} for name, asked in QUESTIONS.items()}
    told: dict[str, object] = {
        "title": _("Work programmes and directives"),
        "databases": {
            database: {"queries": queries, "tables": {name: {"columns": given} for name, given in columns.items()}}
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
