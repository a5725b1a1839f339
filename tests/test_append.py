"""Adding to a file: exactly the intended data, by added lines alone, or a refusal; and `undo` gives the bytes back."""

import re
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from vpcp_cli.storage.files import Original
from vpcp_cli.storage.folder import Folder
from vpcp_cli.storage.format.items import Way, ways, with_item
from vpcp_cli.storage.refusals import NoPlaceInFileError
from vpcp_cli.storage.splice import BOM, Splice
from vpcp_cli.storage.writing import append
from vpcp_cli.storage.writing.draft import SMALL, Draft
from vpcp_cli.storage.writing.journal import Change
from vpcp_cli.storage.writing.writer import Writer
from vpcp_cli.storage.yaml import document, events
from vpcp_cli.storage.yaml.emitter import Item
from vpcp_cli.storage.yaml.nodes import Node, tree

NASTY = {path.stem: path for path in sorted((Path(__file__).parent / "nasty").glob("*.yaml"))}
TASK = "2022-CD01.2"

REFUSED = {
    "all-on-one-line": append.IN_BRACES,
    "log-empty-brackets-below": append.IN_BRACES,
    "log-in-brackets": append.IN_BRACES,
    "task-in-braces": append.IN_BRACES,
    "tasks-in-brackets": append.IN_BRACES,
    "literal-note-at-end-no-final-newline": append.UNPROVED,
}
IN_BRACKETS_OVER_LINES = {
    *("json", "log-in-brackets-over-lines", "task-in-braces-over-lines", "task-in-braces-over-lines-no-comma"),
    "tasks-in-brackets-over-lines",
}
NO_FINAL_NEWLINE = {"bom-crlf-no-final-newline", "no-final-newline", "no-final-newline-log"}
BRACKETS = {"log-empty-brackets", "log-empty-brackets-commented", "log-empty-brackets-end"}

DONE: Item = {"date": "2022-05-20", "status": "done", "evidence": "123/QĐ-VPCP", "by": "Vụ Tổng hợp"}
ENTRIES: dict[str, Item] = {
    "done": DONE,
    "remark": {"date": "2022-05-20", "note": "Đã họp: còn #1 – “no”, 'on'; xem [2]"},
    "long": {
        "date": "2022-05-20",
        "obstacle": {"vi": "Chờ ý kiến của các bộ, ngành. " * 8 + "Hết", "en": "Waiting"},
        "note": "dòng một\n\ndòng ba",
    },
    "evidence": {
        "date": "2022-05-20",
        "status": "done",
        "evidence": ["012", {"number": "06/2013/QĐ-TTg", "date": "2013-01-24"}],
        "note": "x" * 120,
    },
}


def way_to(parsed: document.Parsed, name: str) -> Way:
    return dict(ways(parsed.data))[name]


def added(data: bytes, name: str, key: str, item: Item) -> bytes:
    parsed = document.read(data, "2022.yaml")
    assert not parsed.findings
    draft = Draft.of(parsed)
    draft.add(way_to(parsed, name), key, item)
    return (b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b"") + b"".join(draft.finish())


def data_of(content: bytes) -> Any:
    """By PyYAML's own composer, which shares nothing with the editor."""
    return yaml.load(content, yaml.BaseLoader)  # noqa: S506  it makes texts alone


def lines_of(content: bytes) -> list[bytes]:
    return content.split(b"\n")


def is_kept_in(old: list[bytes], new: list[bytes]) -> bool:
    """Whether all old lines are among the new ones, in their order."""
    rest = iter(new)
    return all(line in rest for line in old)


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("name", [name for name in NASTY if name not in REFUSED])
def test_an_entry_is_added_to_a_nasty_file_by_added_lines_alone(name: str, entry: str) -> None:
    old = NASTY[name].read_bytes()
    new = added(old, TASK, "log", ENTRIES[entry])
    before = data_of(old)
    assert data_of(new) == with_item(before, dict(ways(before))[TASK], "log", ENTRIES[entry])
    lines = lines_of(old)
    if name in NO_FINAL_NEWLINE or name == "log-empty-brackets-end":
        assert not new.endswith(b"\n")
        lines[-1] += b"\r" if b"\r" in old else b""
    if name in BRACKETS:
        lines = [re.sub(rb"(log:) *\[ ?\]", rb"\1", line) for line in lines]
    assert is_kept_in(lines, lines_of(new))
    assert (b"\r" in old) == (b"\r" in new)


def test_python_s_own_parser_leads_to_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {name: added(NASTY[name].read_bytes(), TASK, "log", DONE) for name in NASTY if name not in REFUSED}
    monkeypatch.setattr(events, "parser", events.PythonParser)
    assert {name: added(NASTY[name].read_bytes(), TASK, "log", DONE) for name in wanted} == wanted


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_by_added_lines_is_refused_with_the_lines_to_add(name: str) -> None:
    old = NASTY[name].read_bytes()
    with pytest.raises(NoPlaceInFileError) as refusal:
        added(old, TASK, "log", DONE)
    assert refusal.value.reason == REFUSED[name]
    line = int(refusal.value.place.removeprefix("2022.yaml:"))
    assert re.search(rb"2022-CD01|log:|\[\]", lines_of(old)[line - 1])
    assert TASK in refusal.value.sentence()
    in_braces = "{date: 2022-05-20, status: done, evidence: 123/QĐ-VPCP, by: Vụ Tổng hợp}"
    by_hand = {
        "log-in-brackets": in_braces,
        "literal-note-at-end-no-final-newline": "log:\n  - date: 2022-05-20\n    status: done\n"
        "    evidence: 123/QĐ-VPCP\n    by: Vụ Tổng hợp",
    }
    assert refusal.value.hint() == "Add by hand:\n" + by_hand.get(name, f"log: [{in_braces}]")


@pytest.mark.parametrize("name", [name for name in NASTY if name not in REFUSED])
def test_undo_gives_the_bytes_back(tmp_path: Path, name: str) -> None:
    old = NASTY[name].read_bytes()
    path = tmp_path / "2022.yaml"
    path.write_bytes(old)

    with Writer(Folder(tmp_path, "."), "test", pytest.fail) as writer:
        writer.append(TASK, DONE)
        writer.append(TASK, ENTRIES["remark"])
        writer.save()
    before = data_of(old)
    way = dict(ways(before))[TASK]
    assert data_of(path.read_bytes()) == with_item(with_item(before, way, "log", DONE), way, "log", ENTRIES["remark"])
    with Writer(Folder(tmp_path, "."), "test", pytest.fail) as writer:
        writer.undo()
        writer.save()
    assert path.read_bytes() == old


@pytest.mark.parametrize("name", [name for name in NASTY if name not in REFUSED])
def test_several_at_once_are_as_exact_as_one_after_the_other(name: str) -> None:
    old, several = NASTY[name].read_bytes(), [*ENTRIES.values()] * 2
    parsed = document.read(old, "2022.yaml")
    draft = Draft.of(parsed)
    draft.extend(way_to(parsed, TASK), "log", several)
    new = b"".join(draft.finish())
    wanted = data_of(old)
    for entry in several:
        wanted = with_item(wanted, dict(ways(wanted))[TASK], "log", entry)
    assert data_of(new) == wanted
    assert len(draft.additions) == len(several)
    assert len(draft.splices) == (len(several) if name in IN_BRACKETS_OVER_LINES else 2)
    text = new
    for addition in reversed(draft.additions):  # each of them can be found alone, and taken out
        splice = addition.undone(text, addition.start)
        assert splice
        text = splice.applied(text)
    assert text == old.removeprefix(BOM)


def test_the_time_for_many_tasks_grows_with_their_number_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def counted(text: str) -> Node:
        read.append(len(text))
        return tree(text)

    monkeypatch.setattr("vpcp_cli.storage.writing.draft.tree", counted)
    sums = []
    for count in (50, 100):
        read.clear()
        parsed = document.read(NASTY["comments"].read_bytes(), "2022.yaml")
        draft = Draft.of(parsed)
        draft.extend(
            way_to(parsed, "2022-CD01"),
            "tasks",
            [{"id": f"2022-CD01.{n}", "text": "Việc"} for n in range(9, 9 + count)],
        )
        sums.append(sum(read))
    assert sums[1] < 2 * sums[0]


def test_the_diff_of_a_dry_run_is_exact(tmp_path: Path) -> None:
    diffs, wanted = [], {}
    for name, path in NASTY.items():
        if name not in REFUSED:
            folder = tmp_path / name
            folder.mkdir()
            (folder / "2022.yaml").write_bytes(path.read_bytes())
            with Writer(Folder(folder, "."), "test", pytest.fail, dry_run=True) as writer:
                writer.append(TASK, DONE)
                writer.append(TASK, ENTRIES["remark"])
                diffs.append(writer.diff().replace("/2022.yaml", f"/{name}/2022.yaml"))
            wanted[name] = added(added(path.read_bytes(), TASK, "log", DONE), TASK, "log", ENTRIES["remark"])
    subprocess.run(["git", "apply", "--whitespace=nowarn"], input="".join(diffs).encode(), cwd=tmp_path, check=True)
    assert {name: (tmp_path / name / "2022.yaml").read_bytes() for name in wanted} == wanted


def test_a_task_and_a_directive_are_added_in_the_file_s_own_dress() -> None:
    old = NASTY["empty-line-between-tasks"].read_bytes()
    task: Item = {"id": "2022-CD01.4", "text": {"vi": "mới, mới", "en": "New"}, "support": ["A", "B"]}
    new = added(old, "2022-CD01", "tasks", task)
    place = old.index(b"\n  - id: 2022-CD02")
    assert new[:place] == old[:place]
    assert (
        new[place:]
        == (
            b"\n      - id: 2022-CD01.4\n        text:\n          vi: m\xe1\xbb\x9bi, m\xe1\xbb\x9bi\n"
            b"          en: New\n        support:\n          - A\n          - B\n"
        )
        + old[place:]
    )
    newer = added(new, "", "directives", {"id": "2022-CD03", "tasks": []})
    assert newer.endswith(b"\n  - id: 2022-CD03\n    tasks: []\n")


def test_what_is_no_list_takes_no_items() -> None:
    with pytest.raises(NoPlaceInFileError, match=r"^2022.yaml:11: `issuer:` of 2022-CD01 is no list; nothing"):
        added(NASTY["plain"].read_bytes(), "2022-CD01", "issuer", DONE)


def test_a_large_file_is_proved_by_the_neighbourhood_alone() -> None:
    old = NASTY["comments"].read_bytes() + b"# " + b"x" * SMALL + b"\n"
    new = added(old, TASK, "log", DONE)
    assert len(new) - len(old) == 136
    assert data_of(new)["directives"][0]["tasks"][1]["log"] == [DONE]


@pytest.mark.parametrize("start", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
@pytest.mark.parametrize("mark", [b"", BOM])
def test_the_digest_of_a_changed_file_is_that_of_its_bytes(start: int, mark: bytes) -> None:
    old = mark + bytes(range(256)) * (3 << 12)
    splices = [Splice(start, start, b"x" * 5), Splice(start + 2, start + 3, b"")]
    new = old.removeprefix(BOM)
    for splice in splices:
        new = splice.applied(new)
    change = Change("2022.yaml", Original(Path("2022.yaml"), old), (mark, new), tuple(splices))
    assert (change.digest, change.original.digest) == (sha256(mark + new).hexdigest(), sha256(old).hexdigest())
