"""Values for tests, made with as few words as a test needs."""

from dataclasses import replace
from datetime import date
from typing import Any

from vpcp_cli.deadline import Deadline, iso_day
from vpcp_cli.programme import Directive, Issuer, LogEntry, Programme, Task, Text, Unit, Workspace
from vpcp_cli.standing import Standing, stand
from vpcp_cli.storage.index.index import Index
from vpcp_cli.storage.index.library import IndexLibrary, index_of
from vpcp_cli.vocabulary import DirectiveKind, Nature, ProgrammeKind


def entry(day: str, **facts: Any) -> LogEntry:
    """A log entry; a deadline is given as a text."""
    if "deadline" in facts:
        facts["deadline"] = Deadline.parse(facts["deadline"])
    return LogEntry(date=iso_day(day), **facts)


def task(id_: str, deadline: str | None = None, *log: LogEntry, **facts: Any) -> Task:
    """A one-off task of the Office unless told otherwise."""
    settings: dict[str, Any] = {"nature": Nature.ONE_OFF, "lead": "VPCP", "text": Text.plain(f"Việc {id_}")}
    due = Deadline.parse(deadline) if deadline else None
    return Task(id=id_, deadline=due, log=log, **(settings | facts))


def directive(id_: str, *tasks: Task, issued: str | None = "2022-01-11", **facts: Any) -> Directive:
    """A directive of the Minister-Chairman unless told otherwise."""
    settings: dict[str, Any] = {
        "kind": DirectiveKind.DIRECTIVE,
        "title": Text.plain(f"Chỉ đạo {id_}"),
        "issuer": Issuer("Trần Văn Sơn"),
        "issued": iso_day(issued) if issued else None,
    }
    return Directive(id=id_, tasks=tasks, **(settings | facts))


def programme(year: int, *directives: Directive, **facts: Any) -> Programme:
    """The Office's programme of a year."""
    settings: dict[str, Any] = {
        "id": str(year),
        "file": f"programmes/{year}.yaml",
        "kind": ProgrammeKind.WORK_PROGRAMME,
        "title": Text.plain(f"Chương trình {year}"),
        "owner": "VPCP",
    }
    return Programme(year=year, directives=directives, **(settings | facts))


def workspace(*programmes: Programme, units: tuple[str, ...] = ("VPCP",)) -> Workspace:
    """Programmes with a register of units that were always there."""
    return Workspace(programmes, tuple(Unit(code=code, name=Text.plain(code)) for code in units))


def standing(one: Task, day: str | date, year: int = 2022, issued: str = "2022-01-11") -> Standing | None:
    """A lone task as it stands on a day."""
    only = directive(one.id.rpartition(".")[0], one, issued=issued)
    return stand(programme(year, only), only, one, iso_day(day) if isinstance(day, str) else day)


def stood(*programmes: Programme, day: date) -> list[Standing]:
    """Every task as it stands on a day, one by one; those that they stand in do without what they hold."""
    return [
        found
        for one in programmes
        for around, task in one.tasks()
        if (found := stand(replace(one, directives=()), replace(around, tasks=()), task, day))
    ]


def indexed(one: Programme) -> Index:
    """The index of a programme that stands in no file."""
    return index_of(one)


def library(known: Workspace) -> IndexLibrary:
    """A library of programmes that stand in no file."""
    return IndexLibrary(list(map(indexed, known.programmes)), lambda: known.units)
