"""What is surely a record is one: pydantic, which says what is wrong, finds nothing in it, and reads the same."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_up import cases
from terminal import REPOSITORY
from vpcp_cli.programme import Directive
from vpcp_cli.storage.format.plainly import is_surely
from vpcp_cli.storage.format.schema import faults_of
from vpcp_cli.storage.index.records import directive_of, task_of
from vpcp_cli.storage.yaml.document import read

FILES = [path for at in ("programmes", "examples/programmes") for path in sorted((REPOSITORY / at).glob("2*.yaml"))]
ODD: list[Any] = [
    *(None, "", " ", "x", "2022-06-30", "2022-Q2", "true", "done", "\u202e", [], ["x"], {}, {"vi": "a"}, [{}], [[]]),
]


def directives() -> list[dict[str, Any]]:
    return [one for path in FILES for one in read(path.read_bytes(), path.name).data["directives"]]  # type: ignore[index]


WHOLE = directives()


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for key, value in items for place in places(value, (*path, key)))]


def test_valid_directives_are_surely_ones() -> None:
    assert all(is_surely(Directive, one) for one in WHOLE)


@cases(200)
@given(st.data())
def test_what_is_surely_a_directive_is_one(data: st.DataObject) -> None:
    one = json.loads(json.dumps(data.draw(st.sampled_from(WHOLE))))
    for _time in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from([place for place in places(one) if place]))
        holder = one
        for step in way:
            holder = holder[step]
        change = data.draw(st.sampled_from(["put", "drop", "add"]))
        if change == "put":
            holder[last] = deepcopy(data.draw(st.sampled_from(ODD)))
        elif change == "drop":
            del holder[last]
        elif isinstance(holder, dict):
            holder[data.draw(st.sampled_from(["x", "note", "line", "inherited", "class_", "log"]))] = "x"
    if is_surely(Directive, one):
        assert faults_of(Directive, one, "f") == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_restored_is_what_is_read(path: Any) -> None:
    from vpcp_cli.storage.format.schema import programme_of

    parsed = read(path.read_bytes(), path.name)
    programme, _findings = programme_of(parsed, path.stem)
    assert programme
    assert parsed.data
    for one, data in zip(programme.directives, parsed.data["directives"], strict=True):
        tasks = tuple(task_of(task, each.line) for task, each in zip(data.pop("tasks", ()), one.tasks, strict=True))
        assert directive_of(data, one.line, tasks) == one
