"""Five histories worked out by hand, on five days by what was known on three: each as the commands tell it."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from terminal import Terminal

REGISTER = "schema: 1\nunits:\n  - {code: VPCP, name: Văn phòng Chính phủ}\n"
PROGRAMME = """\
schema: 2
year: 2022
kind: work_programme
title: Chương trình năm 2022
owner: VPCP
directives:
  - id: 2022-CD01
    kind: directive
    title: Quy chế làm việc
    issuer: {name: Trần Văn Sơn}
    issued: 2022-01-11
    tasks:
      - id: 2022-CD01.1   # a wrong day, put right, and put right again
        text: Việc một
        nature: standing
        lead: VPCP
        deadline: 2022-05
        log:
          - {date: 2022-06-10, status: done, by: An}
          - corrects: {date: 2022-06-10, status: done, by: An}
            date: 2022-05-10
            status: done
            recorded: 2022-07-03
            note: gõ nhầm tháng
          - corrects: {date: 2022-05-10, status: done, recorded: 2022-07-03, note: gõ nhầm tháng}
            date: 2022-05-20
            status: done
            recorded: 2022-08-01
      - id: 2022-CD01.2   # it never was
        text: Việc hai
        nature: standing
        lead: VPCP
        deadline: 2022-05
        log:
          - {date: 2022-06-10, status: done}
          - {corrects: {date: 2022-06-10, status: done}, void: true, date: 2022-07-03, note: ghi nhầm sang việc này}
      - id: 2022-CD01.3   # evidence that came later
        text: Việc ba
        nature: standing
        lead: VPCP
        deadline: 2022-05
        log:
          - {date: 2022-06-10, status: done}
          - corrects: {date: 2022-06-10, status: done}
            date: 2022-06-10
            status: done
            evidence: 12/QĐ
            recorded: 2022-07-03
      - id: 2022-CD01.4   # the deadline was mistyped
        text: Việc bốn
        nature: standing
        lead: VPCP
        deadline: 2022-06
        log:
          - {date: 2022-06-20, status: done}
          - {date: 2022-07-15, set: deadline, was: 2022-05, is: 2022-06}
  - id: 2022-CD02   # of May, typed in July
    kind: directive
    title: Hội nghị sơ kết
    issuer: {name: Trần Văn Sơn}
    issued: 2022-05-20
    recorded: 2022-07-05
    tasks:
      - id: 2022-CD02.1
        text: Việc năm
        nature: standing
        lead: VPCP
        deadline: 2022-06
        log:
          - {date: 2022-06-01, status: in_progress}
"""
DAYS = ("2022-05-09", "2022-05-10", "2022-05-20", "2022-06-10", "2022-12-31")
KNOWN = ("2022-06-30", "2022-07-31", "2022-12-31")
TABLE = {
    "2022-CD01.1": (
        "soon22   soon21   soon11   late10   late10",
        "soon22   on       on       on       on",
        "soon22   soon21   on       on       on",
    ),
    "2022-CD01.2": (
        "soon22   soon21   soon11   late10   late10",
        "soon22   soon21   soon11   over10   over214",
        "soon22   soon21   soon11   over10   over214",
    ),
    "2022-CD01.3": (
        "soon22   soon21   soon11   late10   late10",
        "soon22   soon21   soon11   late10*  late10*",
        "soon22   soon21   soon11   late10*  late10*",
    ),
    "2022-CD01.4": (
        "soon22   soon21   soon11   over10   late20",
        "in52     in51     in41     soon20   on",
        "in52     in51     in41     soon20   on",
    ),
    "2022-CD02.1": (
        "-        -        -        -        -",
        "-        -        in41     soon20   over184",
        "-        -        in41     soon20   over184",
    ),
}
"""By task and by what was known: how it stands on each day, with the days; * with its evidence, - not there."""
SHORT = {"due_soon": "soon", "in_time": "in", "overdue": "over", "done_late": "late", "done_on_time": "on"}


def cells(terminal: Terminal, day: str, known: str) -> dict[str, str]:
    """The tasks of a list."""
    answer = terminal.vpcp("list", "-f", "json", "--as-of", day, "--known", known)
    assert answer.code == 0, answer
    return {one["id"]: cell(one) for one in json.loads(answer.out)["tasks"]}


def cell(one: dict[str, Any]) -> str:
    evidence = one["last_entry"] and one["last_entry"]["evidence"]
    days = "" if one["timeliness"] == "done_on_time" else abs(one["days"])
    return f"{SHORT[one['timeliness']]}{days}{'*' if evidence else ''}"


def worked(day: str, known: str) -> dict[str, str]:
    rows = {id_: table[KNOWN.index(known)].split()[DAYS.index(day)] for id_, table in TABLE.items()}
    return {id_: one for id_, one in rows.items() if one != "-"}


def combinations() -> Iterator[tuple[str, str]]:
    return ((day, known) for day in DAYS for known in KNOWN)


@pytest.mark.parametrize("kept", ["cold", "warm", "without a cache"])
def test_each_history_stands_as_worked_out_by_hand(terminal: Terminal, kept: str) -> None:
    terminal.write("programmes/units.yaml", REGISTER)
    terminal.write("programmes/2022.yaml", PROGRAMME)
    if kept == "without a cache":
        terminal.settings["VPCP_NO_CACHE"] = "1"
    for day, known in combinations():
        if kept == "cold":
            shutil.rmtree(terminal.home / "cache", ignore_errors=True)
        assert cells(terminal, day, known) == worked(day, known)


def test_the_official_count_adds_up_what_was_worked_out(terminal: Terminal) -> None:
    terminal.write("programmes/units.yaml", REGISTER)
    terminal.write("programmes/2022.yaml", PROGRAMME)
    for day, known in combinations():
        total = json.loads(terminal.vpcp("status", "-f", "json", "--as-of", day, "--known", known).out)["whole"]
        short = Counter(one.rstrip("0123456789*") for one in worked(day, known).values())
        wanted = {
            "counted": short.total(),
            "done": short["on"] + short["late"],
            "done_on_time": short["on"],
            "done_late": short["late"],
            "in_time": short["in"],
            "due_soon": short["soon"],
            "overdue": short["over"],
        }
        assert wanted.items() <= total.items(), (day, known)
