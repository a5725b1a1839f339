"""A value takes the place of another: exactly the intended data, all other bytes as they were, or a refusal."""

import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from made_up import cases
from test_append import NASTY, TASK, data_of, lines_of
from test_styles import MANY, TEXTS, files
from vpcp_cli.kinds import keys_of
from vpcp_cli.programme import Directive, Task
from vpcp_cli.storage.folder import Folder
from vpcp_cli.storage.format.items import ways, with_value
from vpcp_cli.storage.refusals import NoPlaceInFileError, NotReplacedError
from vpcp_cli.storage.writing.draft import SMALL, Draft
from vpcp_cli.storage.writing.replace import steps
from vpcp_cli.storage.writing.writer import Writer
from vpcp_cli.storage.yaml import document, events

ORDER = ("id", "text", "source", "lead", "support", "measure", "deadline", "priority", "log")
NONE = st.none()
MAPPINGS = st.dictionaries(st.sampled_from(["vi", "en"]), TEXTS.filter(bool), min_size=1)
SHIPPED = Path(__file__).parents[1] / "programmes"
VALUES: dict[str, tuple[str, Any]] = {
    "words": ("text", "Ban hành: quy chế #2"),
    "languages": ("text", {"vi": "Việc " * 30 + "hết", "en": "Task"}),
    "lines": ("text", "một\n\nhai"),
    "new": ("deadline", "2022-Q3"),
    "flag": ("priority", True),
    "list": ("support", ["BCA", "BTC"]),
    "gone": ("text", None),
    "no log": ("log", None),
}


def replaced(data: bytes, name: str, key: str, value: Any, order: tuple[str, ...] = ORDER) -> tuple[bytes, Draft]:
    parsed = document.read(data, "2022.yaml")
    assert not parsed.findings
    draft = Draft.of(parsed)
    draft.replace(dict(ways(parsed.data))[name], key, value, order)
    return (b"\xef\xbb\xbf" if parsed.bom else b"") + b"".join(draft.finish()), draft


def undone(new: bytes, draft: Draft) -> bytes:
    """What taking the changes back gives."""
    bom = new[: len(new) - len(new.removeprefix(b"\xef\xbb\xbf"))]
    text = new.removeprefix(bom)
    for addition in reversed(draft.additions):
        splice = addition.undone(text, addition.start)
        assert splice
        text = splice.applied(text)
    return bom + text


def comments(data: bytes) -> list[bytes]:
    return [line[line.index(b"#") :].strip() for line in lines_of(data) if b"# " in line]


REFUSED = {
    ("colon-without-value-space", "list"),
    ("comments-in-log", "no log"),
    ("log-of-braces", "no log"),
    ("task-in-braces-over-lines", "gone"),
}
"""What would lose a comment that stands between two parts of a value."""


@pytest.mark.parametrize("name", NASTY)
def test_a_value_takes_the_place_of_another_in_a_nasty_file(name: str) -> None:
    old = NASTY[name].read_bytes()
    before = data_of(old)
    way = dict(ways(before))[TASK]
    for value, (key, wanted) in VALUES.items():
        if (name, value) in REFUSED:
            with pytest.raises(NotReplacedError, match=f"a comment stands inside of `{key}:` of {TASK}"):
                replaced(old, TASK, key, wanted)
            continue
        new, draft = replaced(old, TASK, key, wanted)
        assert data_of(new) == with_value(before, way, key, wanted), value
        assert undone(new, draft) == old
        assert all(comment in new for comment in comments(old)), value
        assert (b"\r" in old) == (b"\r" in new)


def test_python_s_own_parser_leads_to_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_of_them() -> dict[str, bytes]:
        return {name: replaced(path.read_bytes(), TASK, "text", "Ban hành")[0] for name, path in NASTY.items()}

    wanted = all_of_them()
    monkeypatch.setattr(events, "parser", events.PythonParser)
    assert all_of_them() == wanted


def test_the_remedy_is_what_is_to_stand_there() -> None:
    with pytest.raises(NotReplacedError) as refusal:
        replaced(NASTY["colon-without-value-space"].read_bytes(), TASK, "support", ["BCA"])
    assert refusal.value.place == "2022.yaml:21"
    assert refusal.value.hint() == "Write by hand:\nsupport:\n  - BCA"
    with pytest.raises(NotReplacedError) as refusal:
        replaced(NASTY["comments-in-log"].read_bytes(), TASK, "log", None)
    assert refusal.value.hint() == "Take `log:` out by hand."


def test_the_diff_of_a_dry_run_is_exact(tmp_path: Path) -> None:
    diffs, wanted = [], {}
    for name, path in NASTY.items():
        folder = tmp_path / name
        folder.mkdir()
        (folder / "2022.yaml").write_bytes(path.read_bytes())
        with Writer(Folder(folder, "."), "test", pytest.fail, dry_run=True) as writer:
            writer.replace(TASK, "text", {"vi": "Ban hành", "en": "Issue"})
            writer.replace(TASK, "deadline", "2022-Q3")
            diffs.append(writer.diff().replace("/2022.yaml", f"/{name}/2022.yaml"))
        half = replaced(path.read_bytes(), TASK, "text", {"vi": "Ban hành", "en": "Issue"})[0]
        wanted[name] = replaced(half, TASK, "deadline", "2022-Q3", tuple(keys_of(Task)))[0]
    subprocess.run(["git", "apply", "--whitespace=nowarn"], input="".join(diffs).encode(), cwd=tmp_path, check=True)
    assert {name: (tmp_path / name / "2022.yaml").read_bytes() for name in wanted} == wanted


@pytest.mark.parametrize("name", NASTY)
def test_undo_gives_the_bytes_back_also_where_the_rest_has_changed(tmp_path: Path, name: str) -> None:
    old = NASTY[name].read_bytes()
    path = tmp_path / "2022.yaml"
    path.write_bytes(old)
    with Writer(Folder(tmp_path, "."), "test", pytest.fail) as writer:
        writer.replace(TASK, "text", "Ban hành")
        writer.replace(TASK, "measure", "Đo")
        writer.save()
    new, record = path.read_bytes(), path.with_name(".vpcp.undo").read_bytes()
    for change in ((), (b"V\xc4\x83n S\xc6\xa1n", b"V\xc4\x83n H\xe1\xba\xa3i")):
        path.write_bytes(new.replace(*change) if change else new)
        with Writer(Folder(tmp_path, "."), "test", pytest.fail) as writer:
            writer.undo()
            writer.save()
        assert path.read_bytes() == (old.replace(*change) if change else old)
        path.with_name(".vpcp.undo").write_bytes(record)


def test_a_large_file_is_proved_by_the_neighbourhood_alone() -> None:
    old = NASTY["comments"].read_bytes() + b"# " + b"x" * SMALL + b"\n"
    new, _draft = replaced(old, TASK, "lead", "BCA")
    assert new == old.replace(b"lead: VPCP      # ch", b"lead: BCA      # ch")


@MANY
@given(files(), st.data())
def test_in_any_style_a_value_is_replaced_rightly_or_not_at_all(content: bytes, data: st.DataObject) -> None:
    parsed = document.read(content, "2022.yaml")
    assume(not parsed.findings)
    names = [name for name in dict(ways(parsed.data)) if "." in name]
    name, key = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(["text", "measure", "deadline", "log"]))
    value = data.draw(st.one_of(NONE, TEXTS.filter(bool), MAPPINGS, st.lists(TEXTS.filter(bool), min_size=1)))
    before = data_of(content)
    try:
        new, draft = replaced(content, name, key, value)
    except NoPlaceInFileError:
        assert b"#" in content or b"{" in content
        return
    assert data_of(new) == with_value(before, dict(ways(before))[name], key, value)
    assert undone(new, draft) == content


@cases(15)
@given(st.sampled_from(sorted(SHIPPED.glob("[0-9]*.yaml"))), st.data())
def test_of_the_shipped_files_any_value_can_be_set_and_given_back(path: Path, data: st.DataObject) -> None:
    old = path.read_bytes()
    parsed = document.read(old, path.name)
    name, way = data.draw(st.sampled_from(list(ways(parsed.data))[1:]))
    record = Task if "." in name else Directive
    key = data.draw(st.sampled_from([key for key in keys_of(record) if key not in {"id", "log", "tasks"}]))
    value = data.draw(st.one_of(NONE, TEXTS.filter(bool), MAPPINGS, st.lists(TEXTS.filter(bool), min_size=1)))
    new, draft = replaced(old, name, key, value, tuple(keys_of(record)))
    assert data_of(new) == with_value(data_of(old), way, key, value)
    assert undone(new, draft) == old
    assert all(comment in new for comment in comments(old))


def test_keys_go_in_the_order_in_which_they_stood() -> None:
    old: Any = {key: key for key in ("stays", *"bcadfe")}
    every: list[Any] = [old, *steps(old, {"stays": "stays"})]
    gone = [next(key for key in one if key not in other) for one, other in pairwise(every)]
    assert gone == [*"bcadfe"]
