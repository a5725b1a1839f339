"""What was put right of a definition: what had been known of it on an earlier day, and where its entries may stand."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from making import directive, entry, programme, task
from vpcp_cli.deadline import Deadline
from vpcp_cli.kinds import AsWritten, as_written, class_of, keys_of, value_as_written
from vpcp_cli.knowing import known_at, programme_known_at
from vpcp_cli.programme import LogEntry, Programme, Task
from vpcp_cli.standing import fold, folded
from vpcp_cli.vocabulary import Category, Status

FIRST = date(2022, 2, 1)
DAYS = st.integers(0, 20).map(lambda days: FIRST + timedelta(days=days))
VALUES: dict[str, list[object]] = {
    "deadline": [None, "2022-Q2", "2022-12"],
    "lead": ["VPCP", "BTC"],
    "support": [None, ["BTC"], ["BTC", "BCA"]],
    "category": [None, "policy"],
    "priority": [None, "true"],
}


def put_right(day: date, key: str, was: object, now: object) -> LogEntry:
    return LogEntry(
        date=day,
        set_=key,
        was=None if was is None else AsWritten.of(was),
        is_=None if now is None else AsWritten.of(now),
    )


def with_value(one: Task, key: str, value: object) -> Task:
    known = value_as_written(Task, key, None if value is None else AsWritten.of(value))
    return replace(one, **{keys_of(Task)[key].field: known})


@given(st.lists(st.tuples(DAYS, st.sampled_from(sorted(VALUES)), st.integers(0, 2)), max_size=6), DAYS)
def test_a_day_is_known_by_what_stood_there_on_it(changes: list[tuple[date, str, int]], known: date) -> None:
    now = then = task("2022-CD01.1")
    log: list[LogEntry] = []
    for day, key, at in sorted(changes):
        value = VALUES[key][at % len(VALUES[key])]
        was = as_written(now, keys_of(Task)[key])
        log.append(put_right(day, key, was.data if was else None, value))
        now = with_value(now, key, value)
        then = now if day <= known else then
    found = known_at(replace(now, log=tuple(log)), known)
    assert replace(found, log=()) == then
    assert found.log == tuple(one for one in log if one.date <= known)


def test_what_was_put_right_is_no_event() -> None:
    done = entry("2022-03-01", status=Status.DONE)
    one = task("2022-CD01.1", "2022-03", done, put_right(date(2022, 5, 1), "deadline", "2022-02", "2022-03"))
    assert folded(one, date.max) == (done,)
    found = fold(one, folded(one, date.max))
    assert (found.last_entry, found.first_deadline) == (done, Deadline.parse("2022-03"))


def test_a_directive_and_a_programme_are_known_as_they_were() -> None:
    later = put_right(date(2022, 5, 1), "issued", "2022-03-01", "2022-01-11")
    owner = put_right(date(2022, 5, 2), "owner", "BTC", "VPCP")
    one = programme(2022, directive("2022-CD01", task("2022-CD01.1"), log=(later,)), log=(owner,))
    assert programme_known_at(one, date(2022, 2, 1)).directives == ()
    then = programme_known_at(one, date(2022, 4, 1))
    assert (then.owner, then.directives[0].issued) == ("BTC", date(2022, 3, 1))
    assert programme_known_at(one, date(2022, 5, 2)) == one


def test_a_category_is_restored_as_the_word_that_it_was() -> None:
    one = task("2022-CD01.1", category=Category.POLICY)
    one = replace(one, log=(put_right(date(2022, 5, 1), "category", "digital", "policy"),))
    assert known_at(one, date(2022, 4, 1)).category is Category.DIGITAL


def test_every_key_with_a_history_can_be_written_down_and_restored() -> None:
    one = programme(2022, directive("2022-CD01", task("2022-CD01.1", "2022-Q2", support=("BTC",))))
    for record in (one, one.directives[0], one.directives[0].tasks[0]):
        for key in keys_of(class_of(record)).values():
            if key.key.history:
                written = as_written(record, key)
                assert value_as_written(class_of(record), key.name, written) == getattr(record, key.field)
    assert isinstance(one, Programme)
