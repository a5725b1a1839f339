"""A task shown whole, with its log up to the day."""

from __future__ import annotations

from collections.abc import Iterator

from vpcp_cli.language import _, current, ngettext
from vpcp_cli.programme import Task, Workspace
from vpcp_cli.render.console import Screen
from vpcp_cli.render.details import Detail, Section, fact, facts, there, unit_words
from vpcp_cli.render.entries import entry_cell
from vpcp_cli.render.formats import Record
from vpcp_cli.render.groups import origin
from vpcp_cli.render.names import short_names
from vpcp_cli.render.records import entry_record, task_record, text_value
from vpcp_cli.render.state import deadline_words, look, state, state_words
from vpcp_cli.render.table import Row, Words
from vpcp_cli.standing import Standing, folded
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import Risk


def task_detail(standing: Standing, workspace: Workspace, screen: Screen) -> Detail:
    """Return a task as it stands, with its log up to the day."""
    task, lang, names = standing.task, current(), short_names(workspace)
    log = folded(task, standing.day)
    rows = [
        fact(
            _("Directive"), f"{standing.directive.id}  {standing.directive.title.in_(lang)}", origin(standing.directive)
        ),
        fact(_("Programme"), f"{standing.programme.id}  {standing.programme.title.in_(lang)}"),
        fact(_("State"), *_state_lines(standing)),
        fact(_("Deadline"), *_deadline_lines(standing)),
        fact(_("Lead"), unit_words(standing.lead, workspace), *_former_lead(standing, workspace)),
        facts(_("Support"), (unit_words(code, workspace) for code in standing.support)),
        fact(_("Responsible"), task.responsible),
        *_described(task),
        fact(_("Carried from"), task.carried_from),
        fact(_("Carried to"), standing.carried_to),
        fact(_("Source"), task.source),
    ]
    obstacles = [
        fact(format_date(one.since, lang), one.entry.obstacle.in_(lang) if one.entry.obstacle else None)
        for one in standing.obstacles
    ]
    entries = [((Words(format_date(one.date, lang)),), entry_cell(one, names, screen)) for one in log]
    record: Record = {
        "kind": "task",
        **task_record(standing),
        "basis": [text_value(one) for one in task.basis],
        "log": [entry_record(one) for one in log],
    }
    return Detail(
        task.id,
        task.text.in_(lang),
        Words(state(standing, screen), look(standing).style),
        f"{standing.programme.file}:{task.line}",
        [Section("", there(rows)), Section(_("Open obstacles"), there(obstacles)), Section(_("Log"), entries)],
        record,
    )


def _state_lines(standing: Standing) -> Iterator[str]:
    """Say how a task stands in the words of the report, and what is expected of it."""
    yield state_words(standing)
    if standing.status and standing.status.label != state_words(standing):
        yield _("Reported: {status}").format(status=standing.status.label)
    if standing.done_on:
        yield _("Done on {day}").format(day=format_date(standing.done_on, current()))
    if standing.kept_after_postponement:
        yield _("On time only because the deadline was moved")
    if standing.risk and (standing.risk.by or standing.risk.level is not Risk.LOW):
        level = _("Risk: {level}").format(level=standing.risk.level.label)
        if standing.risk.by or standing.risk.reason:
            why = " · ".join(one for one in (standing.risk.by, standing.risk.reason) if one)
            level = f"{level} ({why})"
        yield level


def _deadline_lines(standing: Standing) -> Iterator[str]:
    lang = current()
    if standing.deadline:
        words = deadline_words(standing, lang)
        last = format_date(standing.deadline.last, lang)
        yield words if words == last else _("{period}, until {day}").format(period=words, day=last)
    if standing.first_deadline and standing.first_deadline != standing.deadline:
        yield _("at first {deadline}").format(deadline=standing.first_deadline.words(lang))
    if standing.postponements:
        number = standing.postponements
        yield ngettext("postponed {n} time", "postponed {n} times", number).format(n=number)
    if standing.pending_deadline:
        yield _("asked for: {deadline}").format(deadline=standing.pending_deadline.words(lang))


def _former_lead(standing: Standing, workspace: Workspace) -> Iterator[str]:
    if standing.lead != standing.task.lead:
        yield _("at first {unit}").format(unit=unit_words(standing.task.lead, workspace))


def _described(task: Task) -> Iterator[Row | None]:
    """Yield what the task itself says beside its text."""
    lang = current()
    yield fact(_("Deliverable"), task.deliverable.in_(lang) if task.deliverable else None)
    yield fact(_("Measure"), task.measure.in_(lang) if task.measure else None)
    yield fact(_("Category"), task.category.label if task.category else None)
    yield fact(_("Nature"), task.nature.label)
    yield fact(_("Item"), task.item.label if task.item.value != "task" else None)
    yield fact(_("Urgency"), task.urgency.label if task.urgency else None)
    yield fact(_("Priority"), _("yes") if task.priority else None)
    yield facts(_("Basis"), (one.in_(lang) for one in task.basis))
    if task.admission:
        answers = {True: _("yes"), False: _("no"), None: None}
        yield fact(_("Ready"), answers[task.admission.ready])
        yield fact(_("Within authority"), answers[task.admission.within_authority])
