"""What a task is split into, or moved to, has its history; both ends must agree on it."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from making import directive, entry, programme
from programmes import days, tasks
from vpcp_cli.counts import count
from vpcp_cli.linking import linked
from vpcp_cli.programme import Programme, Task
from vpcp_cli.standing import Standing, stand
from vpcp_cli.vocabulary import CLOSING, Status

OLD, NEW, NAMES = "2022-CD01.1", "2023-CN01.1", ("2023-CN01.8", "2023-CN01.9")
CARRIED = date(2022, 12, 30)


def of(*some: Task) -> Programme:
    return programme(2022, directive("2022-CD01", *some, issued="2022-01-01"))


def of_next(*some: Task) -> Programme:
    return programme(2023, directive("2023-CN01", *some, issued="2022-01-01", carried=CARRIED))


def standing(programmes: tuple[Programme, ...], id_: str, day: date) -> Standing:
    (found,) = [stand(one, *both, day) for one in programmes for both in one.tasks() if both[1].id == id_]
    assert found
    return found


@given(tasks(OLD), days, st.integers(0, 500))
def test_what_a_task_is_split_into_has_its_history_up_to_the_day_on_which_that_was_written(
    drawn: Task, written: date, later: int
) -> None:
    elsewhere = (Status.VOID, Status.CARRIED_OVER)
    log = tuple(one for one in drawn.log if one.status not in elsewhere and one.date <= written and not one.for_)
    old = replace(drawn, log=log, added=None, recurs=None, each=False)
    before = (of(old),)
    then = standing(before, OLD, written)
    assume(then.status not in CLOSING)
    names = ("2022-CD01.8", "2022-CD01.9")
    void = entry(written.isoformat(), status=Status.VOID, replaced_by=names, note="tách")
    new = [
        replace(old, id=one, replaces=OLD, log=(), lead=then.lead, support=then.support, deadline=then.deadline)
        for one in names
    ]
    after = linked((of(replace(old, log=(*log, void)), *new),))
    day = date(2022, 1, 1) + timedelta(later)
    known, found = standing(before, OLD, day), [standing(after, one, day) for one in names]
    assert standing(after, OLD, day).status is Status.VOID
    assert [facts(one) for one in found] == [facts(known)] * len(names)
    assert [one.lead for one in found if day >= written] == [known.lead] * (2 if day >= written else 0)
    alone = linked((of(replace(old, log=(*log, replace(void, replaced_by=()))), *new),))
    assert not any(standing(alone, one, day).last_entry for one in names)  # the two ends do not agree


@given(tasks(OLD), st.integers(1, 300), st.integers(0, 700))
def test_what_was_carried_over_and_then_split_has_the_history_of_both(drawn: Task, written: int, later: int) -> None:
    elsewhere = (Status.VOID, Status.CARRIED_OVER)
    log = tuple(one for one in drawn.log if one.status not in elsewhere and not one.for_ and one.date < CARRIED)
    carry = entry(CARRIED.isoformat(), status=Status.CARRIED_OVER, to=NEW)
    old = replace(drawn, log=(*log, carry), added=None, recurs=None, each=False)
    carried = replace(old, id=NEW, log=(), deadline=None, lead=drawn.lead, carried_from=OLD)
    void = entry((CARRIED + timedelta(written)).isoformat(), status=Status.VOID, replaced_by=NAMES, note="tách")
    new = [replace(carried, id=one, carried_from=None, replaces=NEW) for one in NAMES]
    unsplit = linked((of(old), of_next(carried)))
    after = linked((of(old), of_next(replace(carried, log=(void,)), *new)))
    day = CARRIED + timedelta(later)
    known = standing(unsplit, NEW, day)
    found = [standing(after, one, day) for one in NAMES]
    assert [(facts(one), one.lead) for one in found] == [(facts(known), known.lead)] * len(NAMES)
    given = [one for programme in after for both in programme.tasks() if (one := stand(programme, *both, day))]
    if standing(after, OLD, day).status is Status.CARRIED_OVER:
        assert (count(given).apart, count(given).void) == (1, 1)
        assert count(given).total == (2 if known.counted else 0)


def facts(one: Standing) -> list[object]:
    names = ("status", "timeliness", "days", "first_deadline", "deadline", "postponements", "obstacles", "last_entry")
    return [getattr(one, name) for name in names]
