"""Counts and lists that are made from shared cases are those of the tasks, one by one, as they stand."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from test_roll import days, one_by_one, programmes
from vpcp_cli import roll as rolls
from vpcp_cli.case import REASONS, case_of, lasting
from vpcp_cli.facts import Known
from vpcp_cli.ordered import Ordered
from vpcp_cli.programme import LogEntry, Programme
from vpcp_cli.roll import Roll, counted
from vpcp_cli.standing import Standing, stand
from vpcp_cli.summary import BREAKDOWNS, Summary, attention, breakdown, count, postponed_by_lead
from vpcp_cli.vocabulary import Risk, Status, Timeliness


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


def stood(both: tuple[Programme, Programme], day: date) -> tuple[Roll, list[Standing]]:
    return Roll.of(map(Known.of, both), day), [one for programme in both for one in one_by_one(programme, day)]


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


@given(carried(), days)
def test_counts_are_those_of_the_tasks_one_by_one(both: tuple[Programme, Programme], day: date) -> None:
    roll, plain = stood(both, day)
    ids = {one.task.id for one in plain}
    old = [one for one in plain if one.status is Status.CARRIED_OVER and one.carried_to in ids]
    there = [one for one in plain if one not in old]
    whole = count(roll)
    assert whole == count(plain)
    assert whole.cells == Counter(one.timeliness for one in there)
    assert whole.statuses == Counter(one.status for one in there if one.counted)
    assert whole.outside == Counter(one.status or one.task.nature for one in there if not one.counted)
    assert whole.bands == tuple(
        sum(one.timeliness is Timeliness.OVERDUE and first <= (one.days or 0) <= last for one in there)
        for first, last in ((1, 30), (31, 120), (121, 10**6))
    )
    assert whole.apart == len(old)
    assert {by: breakdown(roll, by) for by in BREAKDOWNS} == {by: breakdown(plain, by) for by in BREAKDOWNS}
    assert {group.key: group.count.total for group in breakdown(roll, "lead")} == {
        lead: sum(one.counted for one in there if one.lead == lead) for lead in {one.lead for one in plain}
    }
    assert postponed_by_lead(roll) == postponed_by_lead(plain)


@given(carried(), days, st.booleans())
def test_lists_are_those_of_the_tasks_one_by_one(both: tuple[Programme, Programme], day: date, few: bool) -> None:  # noqa: FBT001
    roll, plain = stood(both, day)
    found = urgent(plain)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rolls, "_FEW", 0 if few else 1000)  # made from their tasks, or fact by fact
        _same_lists(roll, plain, found, day)


def _same_lists(roll: Roll, plain: list[Standing], found: list[Standing], day: date) -> None:
    assert [(one.standing, one.reasons) for one in attention(roll)] == [(one, tuple(reasons(one))) for one in found]
    ahead = [one for one in plain if one.open and one.timeliness is Timeliness.IN_TIME]
    for tasks in (roll, plain):
        summary = Summary.of(tasks, day)
        for reason in REASONS:
            assert list(summary.because(reason)) == [one for one in found if reason in reasons(one)]
        assert list(summary.obstructed) == sorted(
            (one for one in plain if one.obstacles), key=lambda one: one.obstacles[0].since
        )
        assert summary.obstacles == sum(len(one.obstacles) for one in plain)
        assert summary.high_risks == sum(one.risk is not None and one.risk.level is Risk.HIGH for one in plain)
        assert summary.upcoming == (min(ahead, key=lambda one: -(one.days or 0)) if ahead else None)
        assert summary.times == sum(one.postponements for one in plain)


@given(carried(), days, st.integers(-9, 9) | st.none(), st.integers(-9, 9) | st.none())
def test_the_first_of_a_list_are_the_first_of_all(
    both: tuple[Programme, Programme], day: date, start: int | None, stop: int | None
) -> None:
    roll, plain = stood(both, day)
    cases = {case: (len(case.obstacles), -(case.days or 0)) for (case,) in counted(roll, "case") if case.reasons}
    expected = sorted((one for one in plain if any(reasons(one))), key=lambda one: cases[case_of(one)])
    found = Ordered(roll, "case", cases)
    assert found[start:stop] == expected[start:stop]
    assert len(found) == len(expected)
    assert [found[at] for at in range(-len(expected), len(expected))] == expected * 2
    assert list(found) == expected


@given(programmes(), days, st.integers(-1, 60))
def test_what_lasts_after_the_last_entry_says_each_later_case(programme: Programme, day: date, soon: int) -> None:
    for directive, task in programme.tasks():
        last = max([day, programme.exists_from(directive, task), *(entry.date for entry in task.log)])
        standing, end = (stand(programme, directive, task, one, soon) for one in (last, date.max))
        assert standing
        assert end
        assert lasting(end).on(last, soon) == case_of(standing)


@given(carried(), days, st.data(), st.booleans())
def test_tasks_are_found_by_their_ids(
    both: tuple[Programme, Programme],
    day: date,
    data: st.DataObject,
    few: bool,  # noqa: FBT001
) -> None:
    roll, plain = stood(both, day)
    ids = data.draw(st.frozensets(st.sampled_from([*(one.task.id for one in plain), "2022-CD07.1", "2022-CD01"])))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rolls, "_FEW", 0 if few else 1000)  # one by one, or by a look at all
        named = list(roll.named(ids))
    assert named == [one for one in plain if one.task.id in ids]
