"""What of a log stands after corrections, on each day and as known on each day."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growing import MEMBERS, Growing
from making import directive, entry, library, programme, task
from programmes import REGISTER
from vpcp_cli.counts import count
from vpcp_cli.deadline import iso_day
from vpcp_cli.kinds import AsWritten
from vpcp_cli.knowing import Corrections, known_at, name_of, programme_known_at, told, what_stands, written_on
from vpcp_cli.linking import linked
from vpcp_cli.programme import Document, LogEntry, Named, Workspace
from vpcp_cli.standing import Standing, stand
from vpcp_cli.storage.index.library import IndexLibrary, library_known_at
from vpcp_cli.tasks import FACTS
from vpcp_cli.vocabulary import Decision, Nature, Status, Timeliness

Log = tuple[LogEntry, ...]


def correcting(log: Log, place: int, day: str, recorded: str, **facts: Any) -> Log:
    """A log with a correction of the entry at a place."""
    return (*log, entry(day, corrects=name_of(log, place), recorded=iso_day(recorded), **facts))


def standing(log: Log, as_of: str, known: str, *, principle: bool = False) -> Standing:
    """A task of the deadline 31 May, or a principle, as it stands on a day, by what was known on a day."""
    only = task("2022-CD01.1", None if principle else "2022-05", *log)
    only = replace(only, nature=Nature.PRINCIPLE) if principle else only
    home = programme_known_at(programme(2022, directive("2022-CD01", only)), iso_day(known))
    ((one, its),) = [(one, each) for one in home.directives for each in one.tasks]
    found = stand(home, one, its, iso_day(as_of))
    assert found
    return found


DONE: Log = (entry("2022-06-10", status=Status.DONE, by="An"),)
AGAIN = correcting(
    correcting(DONE, 0, "2022-05-10", "2022-07-03", status=Status.DONE, note="gõ nhầm tháng"),
    1, "2022-05-20", "2022-08-01", status=Status.DONE, evidence=(Document("9/BC-HT"),),
)  # fmt: skip
VOID = correcting(DONE, 0, "2022-07-03", "2022-07-03", void=True, note="ghi nhầm sang việc này")


def test_correcting_a_void_brings_the_entry_back() -> None:
    back = correcting(VOID, 1, "2022-06-10", "2022-09-01", status=Status.DONE)
    assert [one.date for one in what_stands(back)] == [date(2022, 6, 10)]


def test_a_correction_of_the_same_day_takes_the_place_and_of_another_its_own() -> None:
    log = (entry("2022-05-20", note="a"), entry("2022-05-20", note="b"), entry("2022-05-21", note="c"))
    assert notes(correcting(log, 0, "2022-05-20", "2022-06-01", note="A")) == "A b c"
    assert notes(correcting(log, 0, "2022-05-21", "2022-06-01", note="A")) == "b c A"
    assert notes((*log, entry("2022-05-20", recorded=date(2022, 5, 19), note="z"))) == "z a b c"


def notes(log: Log) -> str:
    return " ".join(one.note or "?" for one in what_stands(log))


def test_fewer_keys_will_do_and_an_exact_fit_goes_first() -> None:
    log = (entry("2022-05-20", note="a"), entry("2022-05-20", note="a", by="An"), entry("2022-05-21", note="b"))
    assert struck(log, Named(date=date(2022, 5, 21))) == [3]
    assert struck(log, Named(date=date(2022, 5, 20), note="a")) == [1]
    assert struck(log, Named(date=date(2022, 5, 20), by="An")) == [2]
    assert struck(log, Named(date=date(2022, 5, 20))) == []  # which one can't be told
    assert struck(log, Named(date=date(2022, 5, 19))) == []


def struck(log: Log, named: Named) -> list[int]:
    longer = (*log, entry("2022-05-22", corrects=named, note="c", recorded=date(2022, 6, 1)))
    return [one.number for one in told(longer) if one.struck_by]


def test_equal_entries_are_struck_together_and_one_written_later_what_stands() -> None:
    log = correcting((DONE[0], DONE[0]), 0, "2022-05-10", "2022-07-03", note="x")
    assert notes(log) == "x"
    again = (*log, entry("2022-06-10", status=Status.DONE, by="An", recorded=date(2022, 7, 4)))
    assert len(what_stands(again)) == 2


def test_of_two_that_correct_one_the_later_stands_and_the_other_is_lost() -> None:
    one = correcting(DONE, 0, "2022-05-10", "2022-07-03", note="x")
    both = (*one, *correcting(DONE, 0, "2022-05-11", "2022-07-04", note="y")[1:])
    swapped = (both[0], both[2], both[1])
    assert notes(both) == notes(swapped) == "y"
    assert list(Corrections(both).lost()) == [(1, 2)]
    assert list(Corrections(swapped).lost()) == [(2, 1)]
    assert list(Corrections((*one, one[1])).lost()) == []
    assert list(Corrections((*one, replace(one[1], reason="vì sao"))).lost()) == [], "why is no other fact"
    assert list(Corrections(AGAIN).lost()) == []


def test_two_voids_with_the_same_words_are_told_apart() -> None:
    log: Log = (entry("2022-05-20", note="a"), entry("2022-05-21", note="b"))
    for place in (0, 1):
        log = correcting(log, place, "2022-06-01", "2022-06-01", void=True, note="nhầm")
    assert notes(log) == ""
    assert notes(correcting(log, 2, "2022-05-20", "2022-06-02", note="a")) == "a"


def test_who_struck_an_entry_out_is_told() -> None:
    assert [(one.number, one.corrects, one.struck_by and one.struck_by.number) for one in told(AGAIN)] == [
        (1, None, 2), (2, 1, 3), (3, 2, None),
    ]  # fmt: skip


FIRST = date(2022, 1, 11)
ACTIONS: tuple[dict[str, Any], ...] = (
    {"status": Status.IN_PROGRESS}, {"status": Status.DONE}, {"note": "a"}, {"note": "b"},
    {"deadline": "2022-07", "decision": Decision.APPROVED},
)  # fmt: skip


@st.composite
def written(draw: st.DrawFn) -> Log:
    """A log as it grew day by day: backdated entries, and corrections of whatever was there."""
    log: Log = ()
    day = FIRST
    for _number in range(draw(st.integers(1, 9))):
        day += timedelta(draw(st.integers(0, 3)))
        happened = day - timedelta(draw(st.integers(0, min(6, (day - FIRST).days))))
        facts: dict[str, Any] = draw(st.sampled_from(ACTIONS))
        if draw(st.booleans()) and log:
            corrects = name_of(log, draw(st.integers(0, len(log) - 1)))
            if draw(st.booleans()):
                facts, happened = {"void": True, "note": draw(st.sampled_from("xy"))}, day
            facts = {**facts, "corrects": corrects}
        log = (*log, entry(happened.isoformat(), recorded=None if day == happened else day, **facts))
    return log


@given(written(), st.integers(-1, 30))
def test_what_was_known_on_a_day_is_what_the_file_said_then(log: Log, days: int) -> None:
    known = FIRST + timedelta(days)
    then = tuple(one for one in log if written_on(one) <= known)
    assert log[: len(then)] == then  # it grew day by day
    assert known_at(task("2022-CD01.1", None, *log), known).log == then


@pytest.mark.parametrize("seed", range(3))
def test_published_figures_come_out_again_after_fifty_later_writes(seed: int) -> None:
    life = Growing(seed)
    life.grow(30)
    published = max(life.evenings)
    before = linked_library(life.evenings[published]).tasks(published)
    life.day = published + timedelta(1)
    life.grow(50)
    after = linked_library(life.evenings[max(life.evenings)])
    again = library_known_at(after, published).tasks(published)
    assert (count(again), list(again)) == (count(before), list(before))
    assert list(after.tasks(published)) != list(before)


STATE = ("status", "timeliness", "days", "deadline", "postponements", "done_on", "obstacles", "last_entry", "risk")


@pytest.mark.parametrize("seed", range(8))
def test_a_library_of_a_day_is_that_of_the_files_of_that_day(seed: int) -> None:
    life = Growing(seed)
    life.grow(40)
    whole = linked_library(life.evenings[max(life.evenings)])
    for known in life.chance.sample(sorted(life.evenings), 2):
        now, then = library_known_at(whole, known), linked_library(life.evenings[known])
        for day in (known - timedelta(15), known, known + timedelta(60)):
            assert rows(now, day) == rows(then, day)
            assert rows(now, day, void=True) == rows(then, day, void=True)
            assert count(now.tasks(day)) == count(then.tasks(day))
            assert list(now.tasks(day)) == list(then.tasks(day))
    assert library_known_at(whole, date(2022, 1, 10)).task_ids("2022") == []
    assert rows(library_known_at(whole, date.max), life.day) == rows(whole, life.day)


def test_who_had_to_do_a_part_is_known_though_the_lead_was_put_right() -> None:
    months = entry("2022-04-20", status=Status.DONE, for_=("BO_Y_TE",))
    then = task("2022-CD01.1", "2022-06", months, lead="CAC_BO", each=True, owing=MEMBERS["CAC_BO"])
    was, now = (AsWritten.of(code) for code in ("CAC_BO", "VPCP"))
    put_right = LogEntry(date=date(2022, 7, 1), set_="lead", was=was, is_=now)
    later = replace(then, log=(months, put_right), lead="VPCP", owing=())
    before, after = (
        linked_library(Workspace((programme(2022, directive("2022-CD01", one)),), REGISTER)) for one in (then, later)
    )
    day = date(2022, 6, 30)
    assert rows(library_known_at(after, day), day) == rows(before, day) != rows(after, day)


def linked_library(one: Workspace) -> IndexLibrary:
    return library(replace(one, programmes=linked(one.programmes)))


def rows(one: IndexLibrary, day: date, *, void: bool = False) -> list[tuple[object, ...]]:
    return list(one.tasks(day, void=void).rows(*(name for name in FACTS if name != "around")))


@given(written())
def test_one_of_each_chain_stands_at_most_and_nothing_is_made_up(log: Log) -> None:
    corrections = Corrections(log)
    assert not corrections.ambiguous
    standing_ = what_stands(log)
    assert all(any(one is each for each in log) for one in standing_)
    places = [next(at for at, each in enumerate(log) if each is one) for one in standing_]
    corrected = [corrections.chain(at) for at in places if len(corrections.chain(at)) > 1]
    assert len(corrected) == len(set(corrected))
    assert [one.date for one in standing_] == sorted(one.date for one in standing_)


def test_what_was_written_down_later_is_not_there_before() -> None:
    early, late = task("2022-CD01.1"), task("2022-CD01.2", recorded=date(2022, 3, 1))
    home = programme(2022, directive("2022-CD01", early, late), directive("2022-CD02", recorded=date(2022, 4, 1)))
    for day, tasks, directives in (
        ("2022-01-10", 0, 0),
        ("2022-02-28", 1, 1),
        ("2022-03-01", 2, 1),
        ("2022-04-01", 2, 2),
    ):
        known = programme_known_at(home, iso_day(day))
        assert (sum(1 for _one in known.tasks()), len(known.directives)) == (tasks, directives)


@given(written(), st.integers(0, 40), st.data())
def test_a_task_entered_by_mistake_never_was_from_the_day_on_which_that_is_known(
    log: Log, days: int, data: st.DataObject
) -> None:
    written_down = max(map(written_on, log)) + timedelta(1)
    void = entry(written_down.isoformat(), status=Status.VOID, note="nhập hai lần")
    place = data.draw(st.integers(0, len(log)))
    longer = (*log[:place], void, *log[place:])  # it outweighs what comes after it, too
    as_of = (FIRST + timedelta(days)).isoformat()
    principle = data.draw(st.booleans())
    found = [standing(one, as_of, written_down.isoformat(), principle=principle) for one in (log, longer)]
    assert (found[1].status, found[1].timeliness) == (Status.VOID, Timeliness.VOID)
    assert not any((found[1].counted, found[1].open, found[1].overdue, found[1].obstacles, found[1].risk))
    assert found[1].last_entry == found[0].last_entry
    before = (written_down - timedelta(1)).isoformat()
    assert [state(standing(one, as_of, before)) for one in (log, longer)] == [state(standing(log, as_of, before))] * 2
    back = correcting(longer, place, "2022-12-31", "2022-12-31", void=True, note="có thật")
    assert state(standing(back, as_of, "2022-12-31")) == state(standing(log, as_of, "2022-12-31"))


def state(one: Standing) -> list[object]:
    return [getattr(one, name) for name in STATE]
