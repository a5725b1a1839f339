"""A file in which a command writes what the first version of the format lacks says that it is of the second."""

from pathlib import Path
from typing import Any

import pytest

from terminal import REPOSITORY
from vpcp_cli.kinds import keys_of
from vpcp_cli.programme import Directive, LogEntry, Programme, Result, Task, Unit
from vpcp_cli.storage.writing.writer import is_second
from vpcp_cli.storage.yaml.document import read
from vpcp_cli.vocabulary import Category, own_categories, settle, unsettle

FIRST: dict[Any, str] = {
    Programme: "schema year kind title parent owner event source people context awards previous_results themes"
    " documents directives",
    Result: "id text year source",
    Directive: "id kind title issuer issued source tasks",
    Task: "id text source category nature item lead support responsible deliverable measure urgency priority deadline"
    " basis admission added carried_from log",
    LogEntry: "date status evidence to deadline decision obstacle reported_to resolved key risk reminder lead by"
    " document note",
    Unit: "code name short aliases parent type valid_from valid_to merged_into",
}
"""The keys of the first version, by what has them."""
BESIDE = {"was", "is", "duplicate_of", "replaced_by", "log"}
"""Keys that stand only where another one says it: `set`, `status: void`, or an entry of theirs."""
SAMPLES: dict[Any, dict[str, Any]] = {
    Directive: {"id": "2022-CD01"},
    Task: {"id": "2022-CD01.1", "nature": "one_off", "lead": "VPCP"},
    LogEntry: {"date": "2022-05-20"},
}


@pytest.mark.parametrize("record", FIRST, ids=lambda record: record.__name__)
def test_every_key_that_is_newer_raises_the_version(record: Any) -> None:
    first, sample = set(FIRST[record].split()), SAMPLES.get(record, {})
    assert first <= keys_of(record).keys()
    assert not is_second(dict.fromkeys(first, "x") | sample)
    newer = keys_of(record).keys() - first - BESIDE
    assert {key for key in newer if not is_second({**sample, key: "x"})} == set()


def test_a_lead_that_is_not_known_and_a_task_entered_by_mistake_raise_it() -> None:
    assert is_second({"id": "2022-CD01.1", "nature": "one_off"})
    assert is_second({"date": "2022-05-20", "status": "void"})


def test_a_category_of_the_workspace_alone_raises_it() -> None:
    task = {"id": "2022-CD01.1", "nature": "one_off", "lead": "VPCP"}
    settle({"giao_thong": ("Giao thông", "Transport")})
    try:
        assert is_second({**task, "category": "giao_thong"})
        assert not any(is_second({**task, "category": one.value}) for one in Category if one not in own_categories())
    finally:
        unsettle()


SHIPPED = sorted(REPOSITORY.glob("programmes/*.yaml")) + sorted(REPOSITORY.glob("examples/programmes/*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_what_is_shipped_says_its_version(path: Path) -> None:
    data = read(path.read_bytes(), path.name).data
    assert data
    assert data["schema"] == "2" or not is_second(data)
