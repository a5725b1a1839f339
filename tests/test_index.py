"""An index says of each task on any day what its log, folded on that day, says; one by one or all together."""

import atexit
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from operator import eq
from tempfile import mkdtemp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_up import cases
from making import indexed, stood
from programmes import REGISTER, carried, days, programmes
from vpcp_cli import checks
from vpcp_cli.case import REASONS, case_of, lasting
from vpcp_cli.counts import BREAKDOWNS, breakdown, count
from vpcp_cli.finding import causes
from vpcp_cli.happening import happenings
from vpcp_cli.programme import Programme
from vpcp_cli.query import SORTS, Query
from vpcp_cli.render.formats import compact
from vpcp_cli.render.record_text import record_texts
from vpcp_cli.render.records import task_record
from vpcp_cli.rulebook.rule import Severity
from vpcp_cli.standing import Standing, intervals, stand, voided
from vpcp_cli.storage.index import selected
from vpcp_cli.storage.index import slice as slices
from vpcp_cli.storage.index.form import IMAGES
from vpcp_cli.storage.index.index import Index
from vpcp_cli.storage.index.library import IndexLibrary
from vpcp_cli.storage.index.store import Image, Store
from vpcp_cli.summary import Summary, attention, postponed_by_lead
from vpcp_cli.tasks import FACTS, TaskList, Tasks
from vpcp_cli.vocabulary import Category, Nature, Risk, Role, Status, Timeliness

Both = tuple[Programme, Programme]


@cache
def store() -> Store:
    """A store in a folder of its own."""
    place = mkdtemp()
    atexit.register(shutil.rmtree, place)
    return Store({"XDG_CACHE_HOME": place}, "1")


def kept(one: Programme) -> Index:
    """The index of a programme, kept and opened again."""
    index = opened(indexed(one))
    assert index
    return index


def opened(index: Index, again: Callable[[], Index] = pytest.fail) -> Index | None:
    store().keep_images("a" * 64, index.images())
    return Index.opened({name: Image(store(), "a" * 64, name) for name in IMAGES}, index.id, index.file, again)


def known(both: Both) -> IndexLibrary:
    return IndexLibrary([indexed(both[0]), kept(both[1])], lambda: REGISTER)


def pair(both: Both, day: date) -> tuple[Tasks, TaskList]:
    return known(both).tasks(day), TaskList(one for one in stood(*both, day=day) if one.status is not Status.VOID)


@cases(15)
@given(carried(), days)
def test_an_index_holds_what_each_log_says(both: Both, day: date) -> None:
    tasks, plain = pair(both, day)
    assert list(tasks) == list(plain)
    assert len(tasks) == len(plain)
    for name in FACTS:
        assert list(tasks.fact(name)) == list(plain.fact(name)), name
    assert list(tasks.rows(*FACTS)) == list(plain.rows(*FACTS))


@cases(15)
@given(carried(), days)
def test_programs_get_the_same_of_each_task_with_and_without_its_records(both: Both, day: date) -> None:
    tasks = known(both).tasks(day, void=True)
    texts = [compact(task_record(one)) for one in stood(*both, day=day)]
    assert list(record_texts(tasks.told())) == texts
    assert list(record_texts(tasks.picked(range(len(texts))[::-2]).told())) == texts[::-2]


@cases(15)
@given(carried(), days)
def test_what_was_entered_by_mistake_is_left_out_on_every_day_unless_it_is_asked_for(both: Both, day: date) -> None:
    every, void = stood(*both, day=day), {task.id for one in both for _around, task in one.tasks() if voided(task)}
    assert list(known(both).tasks(day, void=True)) == every
    assert {one.task.id for one in every if one.status is Status.VOID} <= void
    assert void.isdisjoint(known(both).tasks(day).fact("id"))
    assert void.isdisjoint(known(both).coming(day).fact("id"))
    assert void.isdisjoint(attention(known(both).tasks(day, void=True)).fact("id"))
    assert count(known(both).tasks(day, void=True)) == replace(
        count(known(both).tasks(day)), void=len(void & ids(every))
    )


def ids(some: list[Standing]) -> set[str]:
    return {one.task.id for one in some}


@cases(15)
@given(carried())
def test_a_programme_is_what_was_put_in(both: Both) -> None:
    assert known(both).whole().programmes == both
    assert [known(both).programme(one.id) for one in both] == list(both)
    held = known(both)
    for one in both:
        assert [replace(around, tasks=()) for around in one.directives] == held.directives(one.id)
        sizes = {around.id: sum(not voided(task) for task in around.tasks) for around in one.directives}
        assert sizes == held.sizes(one.id)
        for around, task in one.tasks():
            place = held.find(task.id)
            assert place == (replace(one, directives=()), replace(around, tasks=()), task)
            assert held.by_id[task.id] == task
    assert list(held.by_id) == [task.id for one in both for _around, task in one.tasks()]
    tasks = [task for one in both for _around, task in one.tasks() if not voided(task)]
    moved = {(entry.lead,) for task in tasks for entry in task.log if entry.lead}
    first = {(task.lead, *task.support) for task in tasks}
    assert held.units_in_use == {code for codes in moved | first for code in codes}


@cases(15)
@given(carried(), days, st.integers(-9, 9), st.integers(-9, 9))
def test_tasks_are_a_sequence(both: Both, day: date, start: int, stop: int) -> None:
    tasks, plain = pair(both, day)
    assert list(tasks[start:stop]) == list(plain)[start:stop]
    assert list(tasks[: abs(stop)]) == list(plain)[: abs(stop)]
    assert [tasks[at] for at in range(-len(plain), len(plain))] == [*plain, *plain]
    with pytest.raises(IndexError):
        tasks[len(plain)]


@cases(15)
@given(carried(), days)
def test_tasks_are_selected_and_counted_by_any_of_their_facts(both: Both, day: date) -> None:
    tasks, plain = pair(both, day)
    for name, fact in FACTS.items():
        assert tasks.counted(name) == plain.counted(name)
        assert list(tasks.counted(name, "year", "case")) == list(plain.counted(name, "year", "case"))
        for value in set(map(fact, plain)):
            wanted = [one for one in plain if fact(one) == value]
            for some in (tasks.where(name, partial(eq, value)), tasks.where(name, {value})):
                assert list(some) == wanted
                assert (len(some), list(some.fact("id"))) == (len(wanted), [one.task.id for one in wanted])


@cases(15)
@given(carried(), days, days)
def test_new_tasks_are_those_that_were_not_there_on_another_day(both: Both, day: date, other: date) -> None:
    held = known(both)
    new = {one.task.id for one in held.tasks(day)} - {one.task.id for one in held.tasks(other)}
    assert held.tasks(day).beyond(held.tasks(other)) == len(new)
    assert TaskList(held.tasks(day)).beyond(TaskList(held.tasks(other))) == len(new)


@cases(15)
@given(carried(), days, st.data())
def test_tasks_in_another_order_are_the_same_tasks(both: Both, day: date, data: st.DataObject) -> None:
    tasks, plain = pair(both, day)
    order = data.draw(st.permutations(range(len(plain))))
    with pytest.MonkeyPatch.context() as patch:
        for module in (selected, slices):
            patch.setattr(module, "MANY", data.draw(st.sampled_from([0, 500])))
        turned, shuffled = plain.picked(order), tasks.picked(order)
        assert list(shuffled) == list(turned)
        assert list(shuffled[1:3]) == list(turned)[1:3]
        assert list(shuffled.rows(*FACTS)) == list(turned.rows(*FACTS))
        assert count(shuffled) == count(tasks)
        assert list(shuffled.where("case", lambda case: case.open)) == [one for one in turned if one.open]


queries = st.builds(
    Query,
    years=st.frozensets(st.sampled_from([2022, 2023]), max_size=1),
    units=st.frozensets(st.sampled_from(["VPCP", "BO_Y_TE", "BO_MOI", "CAC_BO"]), max_size=2),
    role=st.sampled_from(Role),
    statuses=st.frozensets(st.sampled_from(Status), max_size=3),
    timeliness=st.frozensets(st.sampled_from(Timeliness), max_size=3),
    open=st.booleans(),
    obstacle=st.booleans(),
    priority=st.booleans(),
    running=st.booleans(),
    tags=st.frozensets(st.just("par index"), max_size=1),
    categories=st.frozensets(st.sampled_from(Category), max_size=2),
    natures=st.frozensets(st.sampled_from(Nature), max_size=2),
    directives=st.frozensets(st.just("2022-CD01"), max_size=1),
    ids=st.frozensets(st.sampled_from(["2022-CD01.1", "2023-CD02.2"]), max_size=2),
    issuers=st.frozensets(st.just("van son"), max_size=1),
    responsible=st.frozensets(st.just("binh"), max_size=1),
    due_before=st.none() | days,
    due_after=st.none() | days,
    sort=st.lists(st.sampled_from([*SORTS, *(f"-{name}" for name in SORTS)]), max_size=2).map(tuple),
    words=st.lists(
        st.sampled_from(["viec", "việc", "work", "y te", "tran", "ghi chu", "von", "\udcff"]), max_size=2
    ).map(tuple),
    unit_names=st.sampled_from([{}, {"VPCP": "Văn phòng", "BO_Y_TE": "Bộ Y tế"}]),
)
few = st.sampled_from(
    ["words", "units", "statuses", "timeliness", "sort", "open", "due_before", "responsible", "ids", "tags", "running"]
)


@cases(15)
@given(carried(), days, queries, st.frozensets(few, max_size=3))
def test_a_query_finds_what_it_finds_one_by_one(both: Both, day: date, query: Query, asked: frozenset[str]) -> None:
    tasks, plain = pair(both, day)
    some = Query(**{name: getattr(query, name) for name in asked}, role=query.role, unit_names=query.unit_names)
    for one in (query, some):
        matching = TaskList(standing for standing in plain if one.matches(standing))
        assert list(one.select(tasks)) == list(
            replace(one, sort=()).select(plain) if not one.sort else one.select(plain)
        )
        assert sorted(one.select(tasks).fact("id")) == sorted(matching.fact("id"))


@cases(15)
@given(carried(), days, queries, st.frozensets(few, max_size=2))
def test_what_is_not_there_yet_is_found_as_it_will_stand(
    both: Both, day: date, query: Query, asked: frozenset[str]
) -> None:
    some = Query(**{name: getattr(query, name) for name in asked}, role=query.role, unit_names=query.unit_names)
    firsts = [
        stand(replace(one, directives=()), replace(around, tasks=()), task, one.exists_from(around, task))
        for one in both
        for around, task in one.tasks()
        if one.exists_from(around, task) > day and not voided(task)
    ]
    coming = known(both).coming(day)
    assert list(coming) == firsts
    assert len(some.about(coming)) == sum(some.concerns(one) for one in firsts if one)


@cases(15)
@given(carried(), days, days)
def test_what_happened_is_what_the_logs_say(both: Both, first: date, last: date) -> None:
    tasks, plain = pair(both, last)
    assert happenings(tasks, first, last) == happenings(plain, first, last)


@given(programmes(), days, st.integers(-1, 60))
def test_what_lasts_after_the_last_entry_says_each_later_case(one: Programme, day: date, soon: int) -> None:
    for directive, task in one.tasks():
        *_earlier, (since, _until, found) = intervals(one, directive, task)
        last = max(day, since)
        standing = stand(one, directive, task, last, soon)
        assert standing
        assert lasting(task, found)[0].on(last, soon) == case_of(standing)


def reasons(one: Standing) -> Iterator[str]:
    """Why a task needs attention, in so many words."""
    if one.overdue:
        yield "overdue"
    if one.open and one.timeliness is Timeliness.DUE_SOON:
        yield "due_soon"
    if one.open and one.obstacles:
        yield "obstacle"
    if one.risk and one.risk.level is Risk.HIGH and not one.overdue:
        yield "high_risk"
    if one.open and one.pending_deadline:
        yield "pending_request"


def urgency(one: Standing) -> tuple[int, int, bool, int]:
    level = [Risk.HIGH, Risk.MEDIUM, Risk.LOW].index(one.risk.level) if one.risk else 3
    return REASONS.index(next(reasons(one))), level, one.days is None, -(one.days or 0)


def urgent(tasks: Sequence[Standing]) -> list[Standing]:
    return sorted((one for one in tasks if any(reasons(one))), key=urgency)


@cases(15)
@given(carried(), days)
def test_counts_are_those_of_the_tasks_one_by_one(both: Both, day: date) -> None:
    tasks, plain = pair(both, day)
    ids = {one.task.id for one in plain}
    every = [task for one in both for _around, task in one.tasks()]
    while more := {one.replaces for one in every if one.id in ids and one.replaces} - ids:
        ids |= more
    old = [one for one in plain if one.carried_to in ids]
    there = [one for one in plain if one not in old]
    whole, all_ = count(tasks), TaskList(stood(*both, day=day))
    assert whole == replace(count(all_), void=0)
    assert whole.cells == Counter(one.timeliness for one in there)
    assert whole.statuses == Counter(one.status for one in there if one.counted)
    assert whole.outside == Counter(one.status or one.task.nature for one in there if not one.counted)
    assert whole.bands == tuple(
        sum(one.timeliness is Timeliness.OVERDUE and first <= (one.days or 0) <= last for one in there)
        for first, last in ((1, 30), (31, 120), (121, 10**6))
    )
    assert whole.apart == len(old)
    with_void = known(both).tasks(day, void=True)
    assert {by: breakdown(with_void, by) for by in BREAKDOWNS} == {by: breakdown(all_, by) for by in BREAKDOWNS}
    assert {group.key: group.count.total for group in breakdown(tasks, "lead")} == {
        lead: sum(one.counted for one in there if one.lead == lead) for lead in {one.lead for one in plain}
    }
    assert postponed_by_lead(tasks) == postponed_by_lead(plain)


def in_full(tasks: Tasks) -> list[Standing]:
    """All of some tasks, of which the first ones are asked for before the others."""
    first = [*tasks[:2], *tasks[2:3]]
    assert list(tasks)[:3] == first
    assert list(tasks[1:]) == list(tasks)[1:]
    assert len(tasks) == len(list(tasks))
    return list(tasks)


@cases(15)
@given(carried(), days)
def test_lists_of_which_little_is_looked_up_at_first_are_the_same(both: Both, day: date) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(selected, "FEW", 1)
        tasks, plain = pair(both, day)
        assert in_full(attention(tasks)) == urgent(plain)


@cases(15)
@given(carried(), days)
def test_lists_are_those_of_the_tasks_one_by_one(both: Both, day: date) -> None:
    tasks, plain = pair(both, day)
    found = urgent(plain)
    assert in_full(attention(tasks)) == found
    assert [case.reasons for case in attention(tasks).fact("case")] == [tuple(reasons(one)) for one in found]
    ahead = [one for one in plain if one.open and one.timeliness is Timeliness.IN_TIME]
    for some in (tasks, plain):
        summary = Summary.of(some, day)
        for reason in REASONS:
            assert in_full(summary.because(reason)) == [one for one in found if reason in reasons(one)]
        assert in_full(summary.obstructed) == sorted(
            (one for one in plain if one.obstacles), key=lambda one: one.obstacles[0].since
        )
        assert summary.obstacles == sum(len(one.obstacles) for one in plain)
        assert summary.high_risks == sum(one.risk is not None and one.risk.level is Risk.HIGH for one in plain)
        assert summary.upcoming == (min(ahead, key=lambda one: -(one.days or 0)) if ahead else None)
        assert summary.times == sum(one.postponements for one in plain)


@cases(15)
@given(carried())
def test_errors_are_counted_without_the_whole(both: Both) -> None:
    held = known(both)
    found = checks.check_all(held.whole(), "units.yaml")
    assert held.rule_errors() == len(causes(one for one in found if one.severity is Severity.ERROR))
