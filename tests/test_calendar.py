"""Calendars as programs read them."""

from __future__ import annotations

import sys
from datetime import timedelta

import icalendar
import pytest

from terminal import REPOSITORY, Terminal

_LINE = 75
"""Octets in a line at most (RFC 5545, 3.1)."""


def made(terminal: Terminal, day: str, *more: str) -> dict[str, icalendar.Event]:
    """Return the events of the examples' calendar as of a day, by the ids of their tasks."""
    terminal.take(REPOSITORY / "examples")
    answer = terminal.vpcp("export", "ics", "--data", "programmes", "--as-of", day, "-o", "x.ics", *more)
    assert answer.code == 0
    content = (terminal.folder / "x.ics").read_bytes()
    assert all(len(line) <= _LINE for line in content.split(b"\r\n"))
    assert content.count(b"\n") == content.count(b"\r\n")
    (calendar,) = icalendar.Calendar.from_ical(content, multiple=True)
    assert not any(part.errors for part in calendar.walk())
    return {str(event["uid"]).split("@")[0]: event for event in calendar.events}


def test_a_task_is_a_day_of_its_deadline_that_nobody_is_busy_on(terminal: Terminal) -> None:
    events = made(terminal, "2022-06-24")
    assert events
    for event in events.values():
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
        assert (event["transp"], event["x-microsoft-cdo-busystatus"]) == ("TRANSPARENT", "FREE")
        assert not {"attendee", "organizer"} & {key.lower() for key in event}


def test_what_was_postponed_keeps_its_uid_and_raises_its_number(terminal: Terminal) -> None:
    before, after = (made(terminal, day)["2022-CD03.1"] for day in ("2022-06-01", "2022-07-20"))
    assert before["uid"] == after["uid"]
    assert int(str(before["sequence"])) < int(str(after["sequence"]))
    assert before.decoded("dtstamp") < after.decoded("dtstamp")
    assert before.decoded("dtstart") < after.decoded("dtstart")


def test_each_part_of_a_duty_has_its_own_day(terminal: Terminal) -> None:
    events = made(terminal, "2023-04-10")
    months = {id_: event.decoded("dtstart") for id_, event in events.items() if id_.startswith("2023-CD02.1.")}
    assert len(months) > 1
    assert all(id_.endswith(day.strftime("%Y-%m")) for id_, day in months.items())
    assert "2023-CD02.1" not in events


def test_a_reminder_is_for_what_is_open(terminal: Terminal) -> None:
    events = made(terminal, "2022-06-24", "--alarm", "7d")
    reminded = {id_: event.walk("VALARM") for id_, event in events.items()}
    assert all(alarm.decoded("trigger") == timedelta(days=-7) for alarms in reminded.values() for alarm in alarms)
    assert any(reminded.values())
    done = [id_ for id_, event in events.items() if "Done" in str(event["description"])]
    assert done
    assert not any(reminded[id_] for id_ in done)


def test_what_was_entered_by_mistake_is_taken_out_of_calendars(terminal: Terminal) -> None:
    before = made(terminal, "2022-06-24")["2022-CD03.1"]
    assert terminal.vpcp("void", "2022-CD03.1", "--note", "nhập nhầm").code == 0
    assert terminal.vpcp("export", "ics", "--data", "programmes", "--as-of", "2022-06-24", "-o", "x.ics").code == 0
    calendar = icalendar.Calendar.from_ical((terminal.folder / "x.ics").read_bytes())
    (after,) = [event for event in calendar.events if event["uid"] == before["uid"]]
    assert (before["status"], after["status"]) == ("CONFIRMED", "CANCELLED")
    assert int(str(before["sequence"])) < int(str(after["sequence"]))


def test_two_runs_give_the_same_bytes(terminal: Terminal) -> None:
    made(terminal, "2022-06-24")
    first = (terminal.folder / "x.ics").read_bytes()
    made(terminal, "2022-06-24")
    assert (terminal.folder / "x.ics").read_bytes() == first


def test_without_the_extra_it_says_what_to_install(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [one for one in sys.path if "site-packages" not in one])
    monkeypatch.setattr(sys, "modules", {name: one for name, one in sys.modules.items() if name != "icalendar"})
    answer = terminal.vpcp("export", "ics")
    assert answer.code == 3
    assert 'pip install "vpcp-cli[office]"' in answer.err
