"""Several workspaces read together are what each is by itself, told apart by their names."""

import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from made_up import cases
from making import library
from programmes import REGISTER, carried, days
from terminal import REPOSITORY, Terminal
from vpcp_cli.counts import count
from vpcp_cli.programme import Programme, Workspace
from vpcp_cli.render.formats import compact
from vpcp_cli.render.record_text import record_texts
from vpcp_cli.render.records import task_record
from vpcp_cli.storage.index.apart import told_apart
from vpcp_cli.summary import attention
from vpcp_cli.tasks import FACTS

Both = tuple[Programme, Programme]
WORKSPACES = ("--workspace", "a", "--workspace", "b", "--workspace", "list.toml")


@pytest.fixture
def offices(tmp_path: Path) -> Terminal:
    """Three workspaces: two that differ by one entry, and the shipped programmes without a vpcp.toml."""
    terminal = Terminal.at(tmp_path)
    terminal.settings = {"VPCP_AS_OF": "2022-11-20"}
    for name in ("a", "b"):
        shutil.copytree(REPOSITORY / "examples", terminal.folder / name)
        terminal.write(f"{name}/vpcp.toml", f'workspace = "{name}"\n')
    shutil.copytree(REPOSITORY / "programmes", terminal.folder / "lists" / "Bộ Y tế" / "programmes")
    terminal.write("list.toml", 'workspaces = ["lists/Bộ Y tế"]\n')
    assert terminal.vpcp("done", "2022-CD02.1", "--on", "2022-11-10", "--data", "b").code == 0
    return terminal


@cases(5)
@given(carried(), carried(), days)
def test_facts_are_those_of_standings_and_counts_are_sums(one: Both, other: Both, day: date) -> None:
    given = [(name, library(Workspace(both, REGISTER))) for name, both in (("a", one), ("b", other))]
    tasks = told_apart(given).tasks(day)
    for name in FACTS:
        if name != "around":
            assert list(tasks.fact(name)) == [FACTS[name](standing) for standing in tasks], name
    assert list(record_texts(tasks.told())) == [compact(task_record(standing)) for standing in tasks]
    each = [apart.tasks(day) for _name, apart in given]
    assert list(tasks.fact("id")) == [
        f"{name}:{id_}" for (name, _), some in zip(given, each, strict=True) for id_ in some.fact("id")
    ]
    whole, parts = count(tasks), [count(some) for some in each]
    assert Counter(whole.cells) == sum((Counter(part.cells) for part in parts), Counter())
    assert (whole.apart, whole.closed) == (sum(part.apart for part in parts), sum(part.closed for part in parts))
    assert len(attention(tasks)) == sum(len(attention(some)) for some in each)
    for unit in ("BO_MOI", "BO_Y_TE"):
        theirs = tasks.of_units({f"b:{unit}"}).where("lead", {f"b:{unit}"})
        alone = each[1].of_units({unit}).where("lead", {unit})
        assert list(theirs.fact("id")) == [f"b:{id_}" for id_ in alone.fact("id")]
        assert count(theirs) == count(alone)


@cases(5)
@given(carried())
def test_every_id_and_code_of_a_record_has_its_name(both: Both) -> None:
    whole = told_apart([("a", library(Workspace(both, REGISTER)))])
    for one, plain in zip(whole.whole().programmes, both, strict=True):
        assert (one.id, one.owner, one.year) == (f"a:{plain.id}", f"a:{plain.owner}", plain.year)
        for (around, task), (_around, bare) in zip(one.tasks(), plain.tasks(), strict=True):
            assert (around.id, task.id) == (f"a:{_around.id}", f"a:{bare.id}")
            assert task.support == tuple(f"a:{code}" for code in bare.support)
            assert whole.by_id[task.id].log == task.log
            for entry, before in zip(task.log, bare.log, strict=True):
                assert (entry.date, entry.status, entry.note) == (before.date, before.status, before.note)
                assert entry.lead == (before.lead and f"a:{before.lead}")
                assert entry.to == (before.to and f"a:{before.to}")
                assert entry.for_ == tuple(f"a:{name}" if name.isidentifier() else name for name in before.for_)
    assert {unit.code for unit in whole.units} == {f"a:{unit.code}" for unit in REGISTER}


@pytest.mark.parametrize("day", ["2022-03-01", "2022-11-20", "2023-04-10"])
def test_figures_are_the_sums_of_those_of_each(offices: Terminal, day: str) -> None:
    def figures(*options: str) -> Counter[str]:
        answer = json.loads(offices.vpcp("status", "-f", "json", "--as-of", day, *options).out)
        return Counter({name: value for name, value in answer["whole"].items() if isinstance(value, int)})

    each = [figures("--data", folder) for folder in ("a", "b", "lists/Bộ Y tế/programmes")]
    assert figures(*WORKSPACES) == sum(each, Counter())
    assert len({str(one) for one in each}) == 3 or day == "2022-03-01"


def test_every_answer_for_programs_names_its_base(offices: Terminal) -> None:
    for command in ("list", "status", "due", "log", "summary", "programmes", "directives", "units", "people"):
        done = offices.vpcp(command, "-f", "json", *WORKSPACES)
        assert done.code == 0, command
        assert json.loads(done.out)["workspaces"] == ["a", "b", "bo-y-te"], command
        alone = json.loads(offices.vpcp(command, "-f", "json", "--data", "a").out)
        assert "workspaces" not in alone
    for command in ("list", "status", "due", "log", "summary", "programmes", "directives", "units", "people"):
        form = "text" if command == "summary" else "table"
        assert "3 workspaces" in offices.vpcp(command, "-f", form, *WORKSPACES).out, command


def test_a_list_is_one_of_all(offices: Terminal) -> None:
    ids = offices.vpcp("list", "-f", "ids", *WORKSPACES).out.splitlines()
    assert Counter(id_.partition(":")[0] for id_ in ids) == {"a": 32, "b": 32, "bo-y-te": 130}
    overdue = offices.vpcp("list", "-f", "ids", "--overdue", *WORKSPACES).out.splitlines()
    assert overdue == ["a:2022-CD03.4", "b:2022-CD03.4"]
    found = offices.vpcp("list", "-f", "ids", "--unit", "PHONG_TONG_HOP", *WORKSPACES).out.splitlines()
    assert {id_[:2] for id_ in found} == {"a:", "b:"}
    alone = offices.vpcp("list", "-f", "ids", "--unit", "b:PHONG_TONG_HOP", *WORKSPACES).out.splitlines()
    assert alone == [id_ for id_ in found if id_.startswith("b:")]


def test_a_database_of_several_is_what_each_loads(offices: Terminal) -> None:
    done = offices.vpcp("export", "sqlite", "x.db", *WORKSPACES)
    assert done.out.splitlines() == ["a: 44 tasks loaded", "b: 44 tasks loaded", "bo-y-te: 130 tasks loaded"]
    assert "nothing has changed" in offices.vpcp("export", "sqlite", "x.db", "--data", "b").out
    offices.write("b/programmes/2022.yaml", "year: [")
    done = offices.vpcp("export", "sqlite", "x.db", *WORKSPACES)
    assert done.code == 5
    assert "b/programmes/2022.yaml" in done.err
    assert done.out.splitlines() == ["a: nothing has changed", "bo-y-te: nothing has changed"]
    assert offices.vpcp("status", *WORKSPACES).code == 3


CARRIED = """
schema: 1
year: 2022
kind: work_programme
title: Chương trình năm 2022
owner: VPCP
directives:
  - id: 2022-CD01
    kind: directive
    title: Nhiệm vụ trọng tâm
    issuer: {name: Trần Văn Sơn}
    issued: 2022-01-11
    tasks:
      - id: 2022-CD01.1
        text: Ban hành quy chế
        nature: one_off
        lead: VPCP
        deliverable: Quy chế
        deadline: 2022-Q2
"""


SPLIT = ("split", "2023-CN01.1", "Phần một", "Phần hai")
MOVED = ("move", "2023-CN01.1", "2023-CD01")


@pytest.mark.parametrize(
    ("commands", "counted"),
    [
        ([SPLIT], 2),
        ([MOVED], 1),
        ([MOVED, ("move", "2023-CD01.1", "2023-CD02")], 1),
        ([SPLIT, ("split", "2023-CN01.2", "a", "b", "c"), ("move", "2023-CN01.3", "2023-CD02")], 4),
    ],
)
def test_what_was_carried_and_then_split_or_moved_counts_alike_everywhere(
    tmp_path: Path, commands: list[tuple[str, ...]], counted: int
) -> None:
    office = Terminal.at(tmp_path)
    office.settings = {"VPCP_AS_OF": "2023-01-31"}
    office.write("programmes/units.yaml", "schema: 1\nunits:\n  - {code: VPCP, name: Văn phòng Chính phủ}\n")
    office.write("programmes/2022.yaml", CARRIED)
    for words in (
        ("new", "2023", "--carry-over", "--on", "2022-12-30"),
        ("directive", "add", "2023", "Giao ban", "--issuer", "Trần Văn Sơn", "--issued", "2023-01-05"),
        ("directive", "add", "2023", "Sơ kết", "--issuer", "Trần Văn Sơn", "--issued", "2023-01-06"),
        *commands,
    ):
        assert office.vpcp(*words).code == 0
    where = {"status": (), "workspace": ("--workspace", ".")}
    found = {name: json.loads(office.vpcp("status", "-f", "json", *more).out)["whole"] for name, more in where.items()}
    assert found["workspace"] == found["status"]
    assert (found["status"]["counted"], found["status"]["carried_over_apart"]) == (counted, 1)
    asked = office.vpcp("sql", "SELECT sum(counted) AS n FROM state WHERE until IS NULL", "-f", "json")
    assert json.loads(asked.out)["rows"] == [{"n": counted}]
