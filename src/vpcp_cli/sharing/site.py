"""A folder of pages: the whole, a page for each unit in charge and for each directive, and the data for programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final, TypeAlias

from vpcp_cli.language import _, current
from vpcp_cli.query import Query
from vpcp_cli.render.formats import json_lines
from vpcp_cli.render.records import task_record
from vpcp_cli.render.selection import days_record
from vpcp_cli.render.summary import SummaryReport
from vpcp_cli.sharing.page import INTERNAL, Page
from vpcp_cli.tasks import Tasks

Report: TypeAlias = "Callable[[Tasks, Query], SummaryReport]"
"""What reports on a part of the tasks."""
_PLAIN: Final = re.compile(r"[^A-Za-z0-9._-]")
_OF_THE_OFFICE: Final = INTERNAL | {"file", "line", "open_obstacles", "recorded", "was", "is"}
"""Keys of a record that the public does not get."""


def site(page: Page, report: Report) -> dict[str, bytes]:
    """Return the files of a folder by their names; each page leads to the others."""
    report_of_all = page.report
    tasks, units = report_of_all.summary.tasks, report_of_all.units
    parts = [
        *(
            (f"unit-{_file(lead)}.html", units.get(lead, lead), "lead", lead)
            for lead in dict.fromkeys(tasks.fact("lead"))
        ),
        *((f"directive-{_file(id_)}.html", f"{id_} {titles}", "directive", id_) for id_, titles in _directives(page)),
    ]
    links = [(name, title) for name, title, _fact, _value in parts]
    files = {"index.html": replace(page, links=[*links, ("tasks.json", _("Data for programs"))]).content()}
    for name, title, fact, value in parts:
        of_part = report(tasks.where(fact, {value}), report_of_all.query)
        files[name] = replace(page, report=of_part, heading=title, links=[("index.html", _("All tasks"))]).content()
    return {**files, "tasks.json": _data(page)}


def _directives(page: Page) -> Iterator[tuple[str, str]]:
    asked = dict.fromkeys(page.report.summary.tasks.fact("directive"))
    for programme in page.library.heads.programmes:
        for one in page.library.directives(programme.id):
            if one.id in asked:
                yield one.id, one.title.in_(current())


def _data(page: Page) -> bytes:
    summary = page.report.summary
    records = (task_record(one) for one in summary.tasks)
    shown = map(_without, records) if page.public else records
    return "".join(
        f"{line}\n" for line in json_lines("vpcp.list/1", days_record(summary.day, page.report.known), "tasks", shown)
    ).encode()


def _without(value: object) -> Any:  # noqa: ANN401 - any part of a record
    """Return a record without what is for the office alone, at whatever depth."""
    if isinstance(value, dict):
        return {key: _without(one) for key, one in value.items() if key not in _OF_THE_OFFICE}
    return [_without(one) for one in value] if isinstance(value, list) else value


def _file(code: str) -> str:
    return _PLAIN.sub("_", code)
