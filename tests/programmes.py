"""Programmes that Hypothesis makes up: tasks of every nature with logs in any order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from making import directive, programme, task
from vpcp_cli.deadline import Deadline
from vpcp_cli.linking import linked
from vpcp_cli.members import memberships
from vpcp_cli.programme import Due, LogEntry, Member, Programme, Recurs, Task, Text, Unit
from vpcp_cli.vocabulary import Category, Decision, Every, Item, Nature, Risk, Status

FIRST = date(2022, 1, 1)
days = st.integers(0, 400).map(lambda number: FIRST + timedelta(days=number))
units = st.sampled_from(["VPCP", "BO_Y_TE", "BO_CONG_AN"])
deadlines = st.sampled_from(["2022-Q2", "2022-06", "2022-03-15", "2022", "2022-H1"]).map(Deadline.parse)
texts = st.sampled_from([Text.plain("Việc"), Text("Việc", "Work"), Text("Việc", None), Text(None, "Work")])
actions = st.one_of(
    st.fixed_dictionaries({"status": st.sampled_from(list(Status)[1:])}),
    st.just({"status": Status.DONE}),
    st.fixed_dictionaries({"deadline": deadlines, "decision": st.sampled_from(Decision)}),
    st.fixed_dictionaries({"obstacle": texts, "key": st.sampled_from([None, "von"])}),
    st.fixed_dictionaries({"resolved": texts, "key": st.sampled_from([None, "von"])}),
    st.fixed_dictionaries({"risk": st.sampled_from(Risk), "note": st.just("Vì sao")}),
    st.fixed_dictionaries({"lead": units}),
    st.just({"note": "Ghi chú"}),
)
entries = st.builds(lambda day, action: LogEntry(date=day, **action), days, actions)

MANY = Unit(
    code="CAC_BO",
    name=Text.plain("Các bộ"),
    members=(
        Member("BO_Y_TE"),
        Member("BO_CONG_AN", from_=date(2022, 4, 10)),
        Member("BO_CU", to=date(2022, 6, 15)),
        Member("BO_DAU", to=date(2022, 9, 1)),
    ),
)
"""Some of its members come and go; what `BO_CU` leaves open goes to another."""
REGISTER = (
    *(Unit(code=code, name=Text.plain(code)) for code in ("VPCP", "BO_Y_TE", "BO_CONG_AN")),
    Unit(code="BO_CU", name=Text.plain("Bộ cũ"), merged_into="BO_MOI"),
    MANY,
)
_PARTS = ("2022-02", "2022-03", "2022-Q1", "2022-Q3", "2022", "BO_Y_TE", "BO_CONG_AN", "BO_CU", "BO_MOI")
parts = st.sets(st.sampled_from(_PARTS), max_size=2).map(lambda some: tuple(sorted(some)))
recurrences = st.builds(
    Recurs,
    st.sampled_from(Every),
    st.none() | st.sampled_from([Due("15"), Due("last"), Due(days_after=10)]),
    st.none() | st.just(date(2022, 2, 20)),
    st.none() | st.just(date(2022, 8, 31)),
)


@st.composite
def parted(draw: st.DrawFn, one: Task) -> Task:
    """A task with parts: periods, units, or both."""
    recurs = draw(st.none() | recurrences)
    each = draw(st.booleans()) if recurs else True
    log = tuple(
        entry if entry.risk or entry.lead or draw(st.booleans()) else replace(entry, for_=draw(parts))
        for entry in (*one.log, *draw(st.lists(entries, max_size=4)))
    )
    return replace(
        one,
        log=log,
        recurs=recurs,
        each=each,
        deadline=None if recurs else one.deadline,
        lead="CAC_BO" if each else one.lead,
        owing=memberships(REGISTER)["CAC_BO"] if each else (),
    )


@st.composite
def tasks(draw: st.DrawFn, id_: str) -> Task:
    one = replace(
        task(id_, None, *draw(st.lists(entries, max_size=6))),
        text=draw(texts),
        nature=draw(st.sampled_from(Nature)),
        item=draw(st.sampled_from(Item)),
        category=draw(st.none() | st.sampled_from(Category)),
        lead=draw(units),
        support=tuple(draw(st.lists(units, max_size=2, unique=True))),
        tags=tuple(draw(st.lists(st.sampled_from(["PAR Index", "Số"]), max_size=2, unique=True))),
        start=draw(st.none() | days),
        responsible=draw(st.none() | st.sampled_from(["Nguyễn Thị Bình", "Lê Minh"])),
        deadline=draw(st.none() | deadlines),
        added=draw(st.none() | days),
        priority=draw(st.booleans()),
    )
    return draw(parted(one)) if draw(st.integers(0, 3)) == 0 else one


@st.composite
def programmes(draw: st.DrawFn, year: int = 2022) -> Programme:
    directives = [
        directive(name, *(draw(tasks(f"{name}.{at + 1}")) for at in range(draw(st.integers(0, 3)))))
        for name in (f"{year}-CD01", f"{year}-CD02")
    ]
    return programme(year, *directives)


@st.composite
def carried(draw: st.DrawFn) -> tuple[Programme, Programme]:
    """Programmes of two years; some tasks of the first go on as tasks of the second, or as others that are nowhere.

    Some of these say so, and some say it of others. Some of the second were entered by mistake, and others are what
    they should have been.
    """
    first, second = draw(programmes()), draw(programmes(2023))
    ends = [task.id for _directive, task in second.tasks()] + ["2023-CD09.9"]

    def carry(log: tuple[LogEntry, ...]) -> tuple[LogEntry, ...]:
        to = draw(st.none() | st.sampled_from(ends))
        return (*log, LogEntry(date=draw(days), status=Status.CARRIED_OVER, to=to)) if to else log

    first = _each(first, lambda task: replace(task, log=carry(task.log)))
    origins = {entry.to: task.id for _around, task in first.tasks() for entry in task.log}
    others = st.none() | st.sampled_from(ends)
    replaced = {task.id: other for _around, task in second.tasks() if (other := draw(others)) != task.id}
    second = _each(
        second,
        lambda task: replace(
            task,
            carried_from=draw(st.sampled_from([None, "2022-CD01.1", origins.get(task.id)])),
            replaces=replaced.get(task.id),
            log=(*task.log, *_mistake(task.id, replaced)) if draw(st.booleans()) else task.log,
        ),
    )
    first, second = linked([first, second])
    return first, second


TWO: Final = (*REGISTER[:3], replace(MANY, members=(Member("BO_Y_TE"), Member("BO_CONG_AN"))))
"""The register of `carried_parts`."""


def carried_parts() -> tuple[Programme, Programme]:
    """An order to two units and a duty of theirs by quarters, with one and two parts done, and as what both go on."""

    def both(year: int, *logs: tuple[LogEntry, ...], **facts: Any) -> Programme:
        whole = {"lead": "CAC_BO", "each": True, "owing": memberships(TWO)["CAC_BO"]}
        order = task(f"{year}-CD01.1", f"{year}-06-30", *logs[0], **whole)
        duty = task(f"{year}-CD01.2", None, *logs[1], nature=Nature.STANDING, recurs=Recurs(Every.QUARTER), **whole)
        return programme(year, directive(f"{year}-CD01", order, duty, **facts))

    def done(*part: str) -> LogEntry:
        return LogEntry(date=date(2022, 3, 30), status=Status.DONE, for_=part)

    def carry(to: str) -> LogEntry:
        return LogEntry(date=date(2023, 1, 5), status=Status.CARRIED_OVER, to=to)

    ended = (done("2022-Q1", "BO_Y_TE"), done("2022-Q1", "BO_CONG_AN"))
    older = both(2022, (done("BO_Y_TE"), carry("2023-CD01.1")), (*ended, carry("2023-CD01.2")))
    newer = both(2023, (), (), carried=date(2023, 1, 5))
    newer = _each(newer, lambda task: replace(task, carried_from=task.id.replace("2023", "2022")))
    first, second = linked([older, newer])
    return first, second


PARTS_COUNTED: Final = {
    date(2022, 12, 31): (2 + 8, 1 + 2),
    date(2023, 1, 4): (2 + 8, 1 + 2),
    date(2023, 1, 5): (2 + 8 + 2, 1 + 2),
    date(2023, 4, 1): (2 + 8 + 4, 1 + 2),
}
"""How many parts these have that count on a day, and how many of them are done."""


def _mistake(id_: str, replaced: dict[str, str | None]) -> list[LogEntry]:
    heirs = tuple(heir for heir, old in replaced.items() if old == id_)
    return [LogEntry(date=FIRST, status=Status.VOID, replaced_by=heirs)] if heirs else []


def _each(one: Programme, change: Callable[[Task], Task]) -> Programme:
    return replace(
        one, directives=tuple(replace(home, tasks=tuple(map(change, home.tasks))) for home in one.directives)
    )
