"""A task shown whole, with its log up to the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from vpcp_cli.figure import figure_words
from vpcp_cli.kinds import recorded
from vpcp_cli.knowing import LoggedEntry, written_on
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.library import Units
from vpcp_cli.linking import whole_log
from vpcp_cli.render.console import Screen
from vpcp_cli.render.details import Detail, Section, described, fact, facts, there, unit_words
from vpcp_cli.render.entries import entry_cell, measure_of, told_record
from vpcp_cli.render.formats import Record
from vpcp_cli.render.groups import origin
from vpcp_cli.render.names import short_names
from vpcp_cli.render.records import task_record
from vpcp_cli.render.state import due_words, look, reached_words, state, state_parts, state_words
from vpcp_cli.render.table import Cell, Row, Words
from vpcp_cli.standing import Standing
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import Risk, Status

_APART: Final = (
    "id",
    "text",
    "source",
    "lead",
    "support",
    "responsible",
    "deadline",
    "deadline_words",
    "added",
    "carried_from",
    "replaces",
    "monitor",
    "target",
    "log",
)
"""Keys that stand elsewhere, or as what has become of them."""


def task_detail(standing: Standing, register: Units, screen: Screen) -> Detail:
    """Return a task as it stands, with its log up to the day."""
    task, lang, names = standing.task, current(), short_names(register)
    log = _log_up_to(standing)

    def words(one: LoggedEntry, id_: str) -> Cell:
        return entry_cell(one, names, screen, id_ if id_ != task.id else "", measure=measure_of(task))

    obstacles = (
        fact(format_date(one.since, lang), one.entry.obstacle.in_(lang) if one.entry.obstacle else None)
        for one in standing.obstacles
    )
    entries = [((Words(format_date(one.entry.date, lang)),), words(one, id_)) for id_, one in log]
    record: Record = {
        "kind": "task",
        **task_record(standing),
        "basis": [recorded(one) for one in task.basis],
        "log": [told_record(one, id_) for id_, one in log],
    }
    return Detail(
        task.id,
        task.text.in_(lang),
        Words(state(standing, screen), look(standing).style),
        f"{standing.programme.file}:{task.line}",
        [
            Section("", there(_rows(standing, register, names))),
            Section(_parts_title(standing), _part_rows(standing, names, screen)),
            Section(_("Open obstacles"), there(obstacles)),
            Section(_("Log"), entries),
        ],
        record,
    )


def _log_up_to(standing: Standing) -> list[tuple[str, LoggedEntry]]:
    """Return the entries up to the day and those of no day, with the ids of the tasks in whose logs they stand."""
    told = (
        (end.id, one)
        for end, one in whole_log(standing.task)
        if one.entry.date <= standing.day or one.entry.status is Status.VOID or one.entry.set_
    )
    return sorted(told, key=lambda one: (one[1].entry.date, written_on(one[1].entry)))


def _rows(standing: Standing, register: Units, names: Mapping[str, str]) -> Iterator[Row | None]:
    """Yield what a task says of itself, and how it stands."""
    task, directive, programme, lang = standing.task, standing.directive, standing.programme, current()
    yield fact(_("Directive"), f"{directive.id}  {directive.title.in_(lang)}", origin(directive))
    yield fact(_("Programme"), f"{programme.id}  {programme.title.in_(lang)}")
    yield fact(_("State"), *_state_lines(standing))
    yield fact(_("Deadline"), *_deadline_lines(standing, names))
    yield fact(_("Lead"), unit_words(standing.lead, register) or "—", *_former_lead(standing, register))
    yield facts(_("Support"), (unit_words(code, register) for code in standing.support))
    yield fact(_("Monitored by"), unit_words(task.monitor, register) if task.monitor else None)
    yield fact(_("Responsible"), standing.responsible, *_former_person(standing))
    yield fact(_("Target"), *_target_lines(standing))
    yield from described(task, _APART)
    yield fact(_("Carried from"), task.carried_from)
    yield fact(_("Replaces"), task.replaces)
    yield fact(_("Carried to"), standing.carried_to)
    yield fact(_("Source"), task.source)


def _parts_title(standing: Standing) -> str:
    if not standing.parts:
        return ""
    from vpcp_cli.render.parts import progress_words

    words = progress_words(standing)
    return words[:1].upper() + words[1:]


def _part_rows(standing: Standing, units: Mapping[str, str], screen: Screen) -> list[Row]:
    if not standing.parts:
        return []
    from vpcp_cli.render.parts import part_rows

    return list(part_rows(standing, units, screen))


def _state_lines(standing: Standing) -> Iterator[str]:
    """Say how a task stands in the words of the report, and what is expected of it."""
    first = state_parts(standing)[0]
    yield state_words(standing)
    if standing.status and standing.status.label != first and not standing.replaced_by:
        yield _("Reported: {status}").format(status=standing.status.label)
    if standing.status is Status.NOT_REPORTED and standing.values:
        figure = figure_words(standing.values[-1][1], measure_of(standing.task))
        yield _("Reported: {status}").format(status=figure)
    if standing.done_on:
        yield _("Done on {day}").format(day=format_date(standing.done_on, current()))
    if standing.kept_after_postponement:
        yield _("On time only because the deadline was moved")
    if standing.risk and (standing.risk.by or standing.risk.level is not Risk.LOW):
        why = " · ".join(one for one in (standing.risk.by, standing.risk.reason) if one) or _("derived, nobody said so")
        yield f"{_('Risk: {level}').format(level=standing.risk.level.label)} ({why})"


def _deadline_lines(standing: Standing, units: Mapping[str, str]) -> Iterator[str]:
    lang = current()
    if standing.deadline:
        words = standing.deadline.words(lang)
        last = format_date(standing.deadline.last, lang)
        yield words if words == last else _("{period}, until {day}").format(period=words, day=last)
    if standing.deadline_words:
        yield standing.deadline_words
    if standing.parts:
        yield from _part_deadlines(standing, units)
        return
    if standing.first_deadline and standing.first_deadline != standing.deadline:
        said = standing.task.deadline_words if standing.first_deadline == standing.task.deadline else None
        yield _("at first {deadline}").format(deadline=due_words(standing.first_deadline, said, lang))
    if standing.postponements:
        number = standing.postponements
        yield ngettext("postponed {n} time", "postponed {n} times", number).format(n=number)
    if standing.pending_deadline:
        yield _("asked for: {deadline}").format(deadline=standing.pending_deadline.words(lang))


def _part_deadlines(standing: Standing, units: Mapping[str, str]) -> Iterator[str]:
    from vpcp_cli.render.parts import asked_words, moved_words

    yield from moved_words(standing, units)
    yield from asked_words(standing, units)


def _target_lines(standing: Standing) -> Iterator[str]:
    """Say what has been reached of the figure, and how it came to that."""
    target, values, lang = standing.task.target, standing.values, current()
    unit = target.unit if target else None
    if target and values:
        yield reached_words(standing)
    elif target:
        yield target.words()
    if values and (len(values) > 1 or not target):
        yield " · ".join(f"{format_date(day, lang)}: {figure_words(value, unit)}" for day, value in values)


def _former_lead(standing: Standing, register: Units) -> Iterator[str]:
    if standing.lead != standing.task.first_lead:
        yield _("at first {unit}").format(unit=unit_words(standing.task.first_lead, register) or "—")


def _former_person(standing: Standing) -> Iterator[str]:
    first = standing.task.first_responsible
    if first and standing.responsible != first:
        yield _("at first {unit}").format(unit=first)
