"""Programmes that Hypothesis makes up: tasks of every nature with logs in any order."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from making import directive, programme, task
from vpcp_cli.deadline import Deadline
from vpcp_cli.programme import LogEntry, Programme, Task, Text
from vpcp_cli.vocabulary import Category, Decision, Item, Nature, Risk, Status

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


@st.composite
def tasks(draw: st.DrawFn, id_: str) -> Task:
    return replace(
        task(id_, None, *draw(st.lists(entries, max_size=6))),
        text=draw(texts),
        nature=draw(st.sampled_from(Nature)),
        item=draw(st.sampled_from(Item)),
        category=draw(st.none() | st.sampled_from(Category)),
        lead=draw(units),
        support=tuple(draw(st.lists(units, max_size=2, unique=True))),
        responsible=draw(st.none() | st.sampled_from(["Nguyễn Thị Bình", "Lê Minh"])),
        deadline=draw(st.none() | deadlines),
        added=draw(st.none() | days),
        priority=draw(st.booleans()),
    )


@st.composite
def programmes(draw: st.DrawFn, year: int = 2022) -> Programme:
    directives = [
        directive(name, *(draw(tasks(f"{name}.{at + 1}")) for at in range(draw(st.integers(0, 3)))))
        for name in (f"{year}-CD01", f"{year}-CD02")
    ]
    return programme(year, *directives)


@st.composite
def carried(draw: st.DrawFn) -> tuple[Programme, Programme]:
    """Programmes of two years; some tasks of the first go on as tasks of the second, or as others that are nowhere."""
    first, second = draw(programmes()), draw(programmes(2023))
    ends = [task.id for _directive, task in second.tasks()] + ["2023-CD09.9"]

    def carry(log: tuple[LogEntry, ...]) -> tuple[LogEntry, ...]:
        to = draw(st.none() | st.sampled_from(ends))
        return (*log, LogEntry(date=draw(days), status=Status.CARRIED_OVER, to=to)) if to else log

    directives = tuple(
        replace(one, tasks=tuple(replace(task, log=carry(task.log)) for task in one.tasks)) for one in first.directives
    )
    return replace(first, directives=directives), second
