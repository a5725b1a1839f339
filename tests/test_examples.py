"""The examples use all of the format, and their README speaks of all of their tasks."""

import tomllib
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from terminal import Terminal
from vpcp_cli.counts import count
from vpcp_cli.kinds import AsWritten, is_record, item_of, keys_of
from vpcp_cli.programme import Named, Programme, Register
from vpcp_cli.storage.locate import find_folder
from vpcp_cli.storage.settings import Settings, find_settings
from vpcp_cli.storage.workspace import load
from vpcp_cli.storage.yaml.document import read
from vpcp_cli.vocabulary import Status, Timeliness, unsettle

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
FILES = sorted((EXAMPLES / "programmes").glob("*.yaml"))


@pytest.fixture(autouse=True)
def _no_categories_left() -> Iterator[None]:
    """The workspace's own categories are those of these tests alone."""
    yield
    unsettle()


class Use(NamedTuple):
    """A field that a file fills, and its value there if that is a scalar."""

    owner: type
    field: str
    written: object


def uses(owner: Any, node: dict[str, Any]) -> Iterator[Use]:
    """Every field that a mapping fills, and those below it."""
    for name, value in node.items():
        assert name in keys_of(owner), f"{owner.__name__} has no {name}"
        key = keys_of(owner)[name]
        for item in value if isinstance(value, list) else [value]:
            yield Use(owner, key.field, item)
            if isinstance(item, dict) and key.takes not in (Named, AsWritten):
                yield from uses(item_of(key.takes) or key.takes, item)


def fields_of(owner: Any) -> dict[tuple[type, str], type]:
    """Every key of a record and of those that it is made of, by its field, with its plain type; texts are whole.

    What names another entry has the keys of an entry.
    """
    found: dict[tuple[type, str], type] = {}
    for key in keys_of(owner).values():
        kind = found[owner, key.field] = item_of(key.takes) or key.takes
        if is_record(kind) and kind is not Named:
            found |= fields_of(kind)
    return found


def content(path: Path) -> dict[str, Any]:
    data = read(path.read_bytes(), path.name).data
    assert data is not None
    return data


@pytest.fixture(scope="module")
def used() -> list[Use]:
    found: list[Use] = []
    for path in FILES:
        data = content(path)
        found += uses(Register if "units" in data else Programme, data)
    return found


ALL_FIELDS = fields_of(Programme) | fields_of(Register)


def test_every_field_of_the_format_is_used(used: list[Use]) -> None:
    assert not set(ALL_FIELDS) - {(use.owner, use.field) for use in used}


def test_every_code_that_files_may_hold_is_used(used: list[Use]) -> None:
    written = {(ALL_FIELDS[use.owner, use.field], use.written) for use in used if isinstance(use.written, str)}
    codes = {(kind, str(code)) for kind in ALL_FIELDS.values() if issubclass(kind, StrEnum) for code in kind}
    assert codes - written == {(Status, "not_reported")}


def test_texts_are_plain_or_in_both_languages(used: list[Use]) -> None:
    texts = [use.written for use in used if ALL_FIELDS[use.owner, use.field].__name__ == "Text"]
    assert {tuple(text) if isinstance(text, dict) else str for text in texts} == {("vi", "en"), str}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_says_first_that_it_is_invented(path: Path) -> None:
    assert path.read_text(encoding="utf-8").splitlines()[1:3] == [
        "# VÍ DỤ, KHÔNG CÓ THẬT: mọi cơ quan, người và văn bản trong thư mục này đều được đặt ra để minh họa.",
        "# INVENTED: every body, person and document in this folder was made up for illustration.",
    ]


def test_the_readme_says_what_each_task_shows() -> None:
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    programmes = [content(path) for path in FILES if path.stem != "units"]
    ids = [task["id"] for one in programmes for directive in one["directives"] for task in directive["tasks"]]
    assert [id_ for id_ in ids if f"| {id_} |" not in readme] == []


def test_nothing_in_them_is_wrong_or_odd(terminal: Terminal) -> None:
    answer = terminal.vpcp("check", "--strict", "--data", str(EXAMPLES / "programmes"))
    assert (answer.code, answer.err) == (0, "")


def test_every_setting_is_used() -> None:
    written = tomllib.loads((EXAMPLES / "vpcp.toml").read_text(encoding="utf-8"))
    assert {"folder", *written} == {field.name for field in fields(Settings)}
    assert find_settings(EXAMPLES).views


def test_on_the_day_that_the_readme_names_no_cell_is_empty() -> None:
    loaded = load(find_folder(None, {}, EXAMPLES))
    figures = count(loaded.library.tasks(date(2022, 9, 30)).where("year", {2022}))
    assert set(figures.cells) == set(Timeliness) - {Timeliness.VOID}
    assert 0 not in figures.cells.values()
    assert 0 not in figures.bands
