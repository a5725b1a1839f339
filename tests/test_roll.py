"""A roll of tasks says of each what its log, folded on the day, says; in columns or one by one."""

from dataclasses import fields
from datetime import date, timedelta
from functools import partial
from operator import eq
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import directive, programme, task
from vpcp_cli.deadline import Deadline
from vpcp_cli.facts import Known
from vpcp_cli.programme import LogEntry, Programme, Task, Text
from vpcp_cli.query import SORTS, Query
from vpcp_cli.roll import FACTS, Roll, alike, facts, picked
from vpcp_cli.standing import Standing, stand
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
    made = task(id_, None, *draw(st.lists(entries, max_size=6)))
    facts: dict[str, Any] = {one.name: getattr(made, one.name) for one in fields(Task)}
    return Task(
        **facts
        | {
            "text": draw(texts),
            "nature": draw(st.sampled_from(Nature)),
            "item": draw(st.sampled_from(Item)),
            "category": draw(st.none() | st.sampled_from(Category)),
            "lead": draw(units),
            "support": tuple(draw(st.lists(units, max_size=2, unique=True))),
            "deadline": draw(st.none() | deadlines),
            "added": draw(st.none() | days),
            "priority": draw(st.booleans()),
        }
    )


@st.composite
def programmes(draw: st.DrawFn, year: int = 2022) -> Programme:
    directives = [
        directive(name, *(draw(tasks(f"{name}.{at + 1}")) for at in range(draw(st.integers(0, 3)))))
        for name in (f"{year}-CD01", f"{year}-CD02")
    ]
    return programme(year, *directives)


def one_by_one(programme: Programme, day: date) -> list[Standing]:
    found = (stand(programme, one, task, day) for one, task in programme.tasks())
    return [standing for standing in found if standing]


@given(programmes(), programmes(2023), days)
def test_a_roll_holds_what_each_log_says(first: Programme, second: Programme, day: date) -> None:
    plain = one_by_one(first, day) + one_by_one(second, day)
    roll = Roll.of([Known.of(first), Known.of(second)], day)
    assert list(roll) == plain
    assert [[getattr(one, field.name) for field in fields(Standing)] for one in roll] == [
        [getattr(one, field.name) for field in fields(Standing)] for one in plain
    ]
    assert {name: list(roll.facts(name)) for name in FACTS} == {name: list(facts(plain, name)) for name in FACTS}


@given(programmes(), programmes(2023), days, st.integers(-9, 9), st.integers(-9, 9))
def test_a_roll_is_a_sequence(first: Programme, second: Programme, day: date, start: int, stop: int) -> None:
    plain = one_by_one(first, day) + one_by_one(second, day)
    roll = Roll.of([first, second], day)
    assert len(roll) == len(plain)
    assert list(roll[start:stop]) == plain[start:stop]
    assert list(roll[: stop if stop >= 0 else None]) == plain[: stop if stop >= 0 else None]
    for at in range(-len(plain), len(plain)):
        assert roll[at] == plain[at]
    for at in (len(plain), -len(plain) - 1):
        with pytest.raises(IndexError):
            roll[at]


@given(programmes(), days)
def test_tasks_are_selected_by_any_of_their_facts(programme: Programme, day: date) -> None:
    plain, roll = one_by_one(programme, day), Roll.of([programme], day)
    for name, fact in FACTS.items():
        for value in map(fact, plain):
            assert list(roll.where(name, partial(eq, value))) == [one for one in plain if fact(one) == value]


@given(programmes(), programmes(2023), days, st.data())
def test_a_roll_in_another_order_is_the_same_tasks(
    first: Programme, second: Programme, day: date, data: st.DataObject
) -> None:
    plain, roll = one_by_one(first, day) + one_by_one(second, day), Roll.of([first, second], day)
    order = data.draw(st.permutations(range(len(plain))))
    turned, shuffled = picked(plain, order), picked(roll, order)
    assert list(shuffled) == turned
    assert [shuffled[at] for at in range(len(plain))] == turned
    assert list(shuffled[1:3]) == turned[1:3]
    for name, fact in FACTS.items():
        assert list(facts(shuffled, name)) == list(map(fact, turned))
        assert list(facts(shuffled, name, str)) == [str(fact(one)) for one in turned]


@given(programmes(), programmes(2023), days, st.lists(st.sampled_from(list(FACTS)), min_size=1, max_size=4))
def test_of_tasks_that_share_facts_one_stands_for_all(
    first: Programme, second: Programme, day: date, names: list[str]
) -> None:
    plain, roll = one_by_one(first, day) + one_by_one(second, day), Roll.of([first, second], day)
    for tasks in (plain, roll):
        column = alike(tasks, names)
        assert [[FACTS[name](one) for name in names] for one in column.all()] == [
            [FACTS[name](one) for name in names] for one in plain
        ]


@given(programmes(), programmes(2023), days, st.lists(st.sampled_from(list(SORTS)), min_size=1, max_size=2))
def test_a_roll_is_sorted_as_a_list_is(first: Programme, second: Programme, day: date, names: list[str]) -> None:
    plain, roll = one_by_one(first, day) + one_by_one(second, day), Roll.of([first, second], day)
    for sort in (tuple(names), tuple(f"-{name}" for name in names)):
        assert list(Query(sort=sort).select(roll)) == list(Query(sort=sort).select(plain))
