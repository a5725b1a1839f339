"""A write to a large file that the cache knows parses one region; the cache then holds what a reading would find."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal import REPOSITORY, Terminal
from vpcp_cli.facts import SETTLED
from vpcp_cli.storage import document, kept, writer
from vpcp_cli.storage.cache import Cache
from vpcp_cli.storage.folder import Folder
from vpcp_cli.storage.kept import Kept
from vpcp_cli.storage.memo import Memo
from vpcp_cli.storage.workspace import load

WRITES = (
    "done 2022-CD02.1 --evidence 9/QĐ-CVD",
    "start 2022-CD02.3 2022-CD03.4",
    "note 2022-NV01.1 2022-CD02.1 'Một ghi chú: có dấu hai chấm'",
    "block 2022-CD03.4 'Thiếu kinh phí' --reported-to CUC_VI_DU",
    "postpone 2022-NV01.2 2023-01-31 --approved",
    "risk 2022-NV01.3 high --note 'Chậm'",
    "update 2022-NV01.5 --lead CO_QUAN_MAU",
    "reopen 2022-CD02.1 --note 'Còn việc'",
)
IDS = ("2022-CD01.1", "2022-CD02.1", "2022-CD02.3", "2022-CD03.4", "2022-NV01.1", "2022-NV01.5", "2022-DN01.2")
LINES = (
    *("start {ids}", "done {ids} --evidence 9/QĐ-CVD", "done {ids}", "note {ids} 'Một ghi chú 😀: dài'", "undo"),
    *("block {ids} 'Thiếu kinh phí' --key a", "unblock {ids} --key a", "postpone {ids} 2023-01-31 --approved"),
    *("risk {ids} high --note 'Chậm'", "update {ids} --lead CO_QUAN_MAU", "reopen {ids} --note 'Còn việc'"),
    *("withdraw {ids} --note 'Thôi'", "start {ids} --on 2022-11-0{day}", "add 2022-CD02 'Việc mới' --lead CO_QUAN_MAU"),
)


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """The examples, none of their files too small to be written to by regions."""
    monkeypatch.setattr(writer, "SMALL", 0)
    terminal = Terminal.at(tmp_path)
    for path in REPOSITORY.glob("examples/programmes/*.yaml"):
        terminal.write(f"programmes/{path.name}", path.read_bytes())
    terminal.settings = {"VPCP_AS_OF": "2022-11-20"}
    terminal.run("vpcp list")
    return terminal


def written(terminal: Terminal) -> int:
    """Run what can be run of the writes; how many changed the files."""
    return sum(terminal.run(f"vpcp {line}").code == 0 for line in WRITES)


def test_what_is_written_by_regions_is_what_is_written_by_whole_files(
    example: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert written(example) > 2
    by_regions = {path.name: path.read_bytes() for path in (example.folder / "programmes").glob("*.yaml")}
    monkeypatch.setattr(writer, "SMALL", 1 << 18)
    (tmp_path / "other").mkdir()
    other = Terminal.at(tmp_path / "other")
    other.settings = example.settings
    for path in REPOSITORY.glob("examples/programmes/*.yaml"):
        other.write(f"programmes/{path.name}", path.read_bytes())
    written(other)
    assert by_regions == {path.name: path.read_bytes() for path in (other.folder / "programmes").glob("*.yaml")}


def test_the_renewed_entry_is_the_one_that_reading_makes(example: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    for line in WRITES:
        example.run(f"vpcp {line}")
        with monkeypatch.context() as without:
            without.setattr(document, "read", pytest.fail)  # what was written is known without reading it
            warm = example.run("vpcp list -f json")
        assert warm == example.run("VPCP_NO_CACHE=1 vpcp list -f json")
    assert remembered(example, monkeypatch) == read(example, monkeypatch)


@st.composite
def lines(draw: st.DrawFn) -> str:
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True))
    return "vpcp " + draw(st.sampled_from(LINES)).format(ids=" ".join(ids), day=draw(st.integers(1, 9)))


@settings(max_examples=30, deadline=None)
@given(st.lists(lines(), min_size=1, max_size=5))
def test_whatever_is_written_to_a_known_file_is_what_is_written_without_the_cache(written: list[str]) -> None:
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(writer, "SMALL", 0)
        monkeypatch.setattr(kept, "_BLOCK", 4)
        known, unknown = (copy(Path(place).resolve() / name) for name in ("known", "unknown"))
        unknown.settings["VPCP_NO_CACHE"] = "1"
        known.run("vpcp list")
        for line in written:
            for each in (f"{line} --dry-run", line):
                assert known.run(each) == unknown.run(each)
            assert programmes(known) == programmes(unknown)
            assert remembered(known, monkeypatch) == read(known, monkeypatch)


def copy(place: Path) -> Terminal:
    """The examples in a place of their own."""
    place.mkdir()
    terminal = Terminal.at(place)
    terminal.settings = {"VPCP_AS_OF": "2022-11-20"}
    terminal.take(REPOSITORY / "examples")
    return terminal


def programmes(terminal: Terminal) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (terminal.folder / "programmes").glob("*.yaml")}


def remembered(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.delenv("VPCP_NO_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(terminal.home / "cache"))
    return facts(terminal)


def read(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(terminal.home / "another"))
    shutil.rmtree(terminal.home / "another", ignore_errors=True)
    facts(terminal)
    return facts(terminal)


def facts(terminal: Terminal) -> dict[str, Any]:
    """All that the cache holds of the programmes of 2022."""
    from vpcp_cli.storage.workspace import find_folder

    loaded = load(find_folder(str(terminal.folder / "programmes"), {}, terminal.folder))
    return {one.id: sections(one) for one in loaded.workspace.programmes if one.year == 2022}


def sections(known: Any) -> dict[str, Any]:
    held = known.facts
    if not isinstance(held, Kept):
        return {}
    columns = {name: list(held.column(name).all()) for name in (*SETTLED, "directive")}
    tasks = [held.plain_task(place) for place in range(len(columns["id"]))]
    heads = [held.directive(number) for number in range(len(held.directives()))]
    spans = [held.span(number) for number in range(len(heads) + len(tasks))]
    more = {"tasks": tasks, "directive ids": list(held.directives()), "heads": heads, "spans": spans}
    return {**columns, **more, "leads": held.leads(), "programme": known}


def test_a_damaged_entry_is_not_written_by(example: Terminal) -> None:
    for path in (example.home / "cache").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            place = content.find(b'"id":"2022-CD02.2"')
            path.write_bytes(content if place < 0 else content[:place] + b'"ix' + content[place + 3 :])
    assert example.run("vpcp done 2022-CD01.1 --evidence 9/QĐ-CVD").code == 0
    before = programmes(example)["2022.yaml"]
    assert example.run("vpcp note 2022-CD02.2 'Một ghi chú'").code == 0
    assert len(programmes(example)["2022.yaml"].splitlines()) == len(before.splitlines()) + 3
    assert example.run("vpcp list") == example.run("VPCP_NO_CACHE=1 vpcp list")


def test_additions_by_regions_stay_where_the_whole_file_is_needed_after_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "SMALL", 0)
    written = []
    for name in ("known", "unknown"):
        terminal = copy(tmp_path / name)
        terminal.run("vpcp list")
        monkeypatch.setenv("XDG_CACHE_HOME", str(terminal.home / "cache"))
        monkeypatch.setenv("VPCP_NO_CACHE", "" if name == "known" else "1")
        with writer.Writer(Folder(terminal.folder / "programmes", "."), "vpcp test", pytest.fail) as several:
            several.load(frozenset({2022}))
            several.append("2022-CD02.1", {"date": "2022-11-01", "note": "Một"})
            several.append("2022-CD01.1", {"date": "2022-11-01", "note": "Hai"})
            several.add_task("2022-CD02", {"id": "2022-CD02.9", "text": "Ba"})
            several.save()
        written.append(programmes(terminal))
    assert written[0] == written[1] != programmes(copy(tmp_path / "before"))


def test_the_memo_keeps_nothing_where_there_is_no_cache() -> None:
    memo = Memo(Cache({"VPCP_NO_CACHE": "1"}, "1"))
    memo.learn_units("", {"units": []})
    assert memo.units("") is None
