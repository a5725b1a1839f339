"""A large file that has changed is known again without reading it all: what is known is what a reading would find."""

import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_up import cases
from terminal import REPOSITORY, Terminal
from test_cache import cut, emptied, entries, flipped
from vpcp_cli import __version__
from vpcp_cli.errors import VpcpError
from vpcp_cli.storage.folder import Folder
from vpcp_cli.storage.index import keeper
from vpcp_cli.storage.index.index import Index
from vpcp_cli.storage.index.keeper import Keeper
from vpcp_cli.storage.index.kind import COLUMNS
from vpcp_cli.storage.index.library import IndexLibrary
from vpcp_cli.storage.index.store import Store
from vpcp_cli.storage.locate import find_folder
from vpcp_cli.storage.workspace import load
from vpcp_cli.storage.writing import writer
from vpcp_cli.storage.yaml import document
from vpcp_cli.storage.yaml.emitter import Item

NASTY = REPOSITORY / "tests" / "nasty"
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
    *(
        "withdraw {ids} --note 'Thôi'",
        "start {ids} --on 2022-11-0{day}",
        "assign {ids} --responsible 'Lê Văn A'",
        "set {ids} --lead CO_QUAN_MAU",
        "set {ids} --text 'Đã sửa' --unset deadline",
        "add 2022-CD02 'Việc mới' --lead CO_QUAN_MAU",
        "set 2022-CD02 --title 'Tên khác'",
        "directive add 2022 'Chỉ đạo mới' --issuer 'Lê Văn A' --issued 2022-11-0{day}",
        "add 2022-CD04 'Việc đầu' --lead CO_QUAN_MAU",
    ),
)


def copy(place: Path) -> Terminal:
    """The examples in a place of their own."""
    place.mkdir(exist_ok=True)
    terminal = Terminal.at(place)
    terminal.settings = {"VPCP_AS_OF": "2022-11-20"}
    terminal.take(REPOSITORY / "examples")
    return terminal


def as_if_large(monkeypatch: pytest.MonkeyPatch, size: int = 0) -> None:
    for module in (writer, keeper):
        monkeypatch.setattr(module, "LARGE", size)


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """The examples, none of their files too small to be written to by regions."""
    as_if_large(monkeypatch)
    terminal = copy(tmp_path / "known")
    terminal.run("vpcp list")
    return terminal


def programmes(terminal: Terminal) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (terminal.folder / "programmes").glob("*.yaml")}


def known(terminal: Terminal, environ: dict[str, str]) -> dict[str, Any]:
    """All that the indexes of a folder hold."""
    folder = find_folder(str(terminal.folder / "programmes"), {}, terminal.folder)
    loaded = load(folder, keeper=Keeper(Store(environ, __version__)))
    assert isinstance(loaded.library, IndexLibrary)
    rows = {one.id: held(one) for one in loaded.library.indexes}
    return {**rows, "errors": loaded.rule_errors(), "whole": loaded.library.whole(), "broken": loaded.broken}


def held(index: Index) -> dict[str, Any]:
    """The rows of an index; kinds are numbered as they come, so each stands for its number."""
    index.with_texts()
    tables = ("programme", "directive", "task", "link", "entry", "texts.unit", "texts.record", "texts.told")
    found: dict[str, Any] = {name: set(index.db.execute(f"SELECT * FROM {name}")) for name in tables}
    columns = "s.task, s.since, s.until, s.late, s.lead, s.support, s.deadline, s.postponements, s.carried_to, s.last"
    columns += ", s.responsible"
    kind = ", ".join(f"k.{name}" for name in COLUMNS)
    found["state"] = set(index.db.execute(f"SELECT {columns}, {kind} FROM state s JOIN kind k ON k.number = s.kind"))
    return found


def warm(terminal: Terminal) -> dict[str, Any]:
    return known(terminal, {"XDG_CACHE_HOME": str(terminal.home / "cache")})


def cold(terminal: Terminal) -> dict[str, Any]:
    return known(terminal, {"VPCP_NO_CACHE": "1"})


def test_what_was_written_is_known_without_reading_it(example: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    for line in WRITES:
        example.run(f"vpcp {line}")
        with monkeypatch.context() as without:
            without.setattr(document, "read", pytest.fail)
            told = example.run("vpcp list -f json")
        assert told == example.run("VPCP_NO_CACHE=1 vpcp list -f json")


def test_a_file_that_becomes_of_the_second_version_is_known_without_reading_it(
    example: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = example.folder / "programmes" / "2022-phong-tong-hop.yaml"
    assert b"\nschema: 1\n" in path.read_bytes()
    assert example.run("vpcp note 2022-PTH-NV01.1 'Đã họp' --on 2022-11-01").code == 0
    assert b"\nschema: 2\n" in path.read_bytes()
    with monkeypatch.context() as without:
        without.setattr(document, "read", pytest.fail)
        example.run("vpcp list")
    assert warm(example) == cold(example)


@st.composite
def lines(draw: st.DrawFn) -> str:
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True))
    return "vpcp " + draw(st.sampled_from(LINES)).format(ids=" ".join(ids), day=draw(st.integers(1, 9)))


@cases(5)
@given(st.lists(lines(), min_size=1, max_size=4))
def test_whatever_is_written_to_a_known_file_is_what_is_written_without_the_cache(written: list[str]) -> None:
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as monkeypatch:
        as_if_large(monkeypatch)
        sides = copy(Path(place).resolve() / "known"), copy(Path(place).resolve() / "unknown")
        sides[1].settings["VPCP_NO_CACHE"] = "1"
        warm(sides[0])
        for line in written:
            for each in (f"{line} --dry-run", line):
                assert sides[0].run(each) == sides[1].run(each)
            assert programmes(sides[0]) == programmes(sides[1])
            assert warm(sides[0]) == cold(sides[0])


def edited(text: str, name: str, at: int, word: str) -> str:
    """A text after something that people do to it in an editor, behind a place."""
    before, rest = text[:at], text[at:]
    start, line, below = before.rfind("\n") + 1, rest.find("\n") + 1, rest.find("\n", rest.find("\n") + 1) + 1
    new = "    tasks:\n      - {id: 2022-CD09.9, text: Mới, nature: standing, lead: CUC_VI_DU}\n"
    return {
        "a word": before + word + rest,
        "a line less": before + rest[:line] + rest[below:],
        "a remark": before + rest[:line] + "# một ghi chú\n\n" + rest[line:],
        "a line twice": before + rest[:line] + text[start:],
        "another day": before + rest.replace("2022-0", "2022-1", 1),
        "another id": before + rest.replace("2022-CD02.1", "2022-CD02.2", 1),
        "a task more": before + rest.replace("    tasks:\n", new, 1),
        "the rest": before,
    }[name]


NAMES = ("a word", "a line less", "a remark", "a line twice", "another day", "another id", "a task more", "the rest")
edits = st.tuples(st.sampled_from(NAMES), st.floats(0, 1), st.sampled_from(["x", " ", "'", "[", "ế", "\n", "&a "]))


@cases(20)
@given(st.lists(edits, min_size=1, max_size=4))
def test_whatever_is_edited_by_hand_is_known_as_if_read_anew(changes: list[tuple[str, float, str]]) -> None:
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as monkeypatch:
        as_if_large(monkeypatch)
        terminal = copy(Path(place).resolve())
        file = terminal.folder / "programmes/2022.yaml"
        warm(terminal)
        for name, where, word in changes:
            text = file.read_text(encoding="utf-8")
            file.write_text(edited(text, name, int(where * len(text)), word), encoding="utf-8")
            assert warm(terminal) == cold(terminal)


def test_after_an_edit_only_what_has_changed_is_read(example: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    read = document.read
    sizes = []

    def noted(data: bytes, file: str) -> document.Parsed:
        sizes.append(len(data))
        return read(data, file)

    monkeypatch.setattr(document, "read", noted)
    warm(example)
    whole = sizes[:]
    file = example.folder / "programmes/2022.yaml"
    file.write_bytes(file.read_bytes().replace(b"    tasks:\n", b"    tasks:\n      # mot ghi chu\n", 1))
    warm(example)
    assert sizes[len(whole) :] == [size for size in sizes[len(whole) :] if size < file.stat().st_size / 2]
    assert len(sizes) == len(whole) + 1


@pytest.mark.parametrize("day", ["2022-01-05", "2022-12-30"])
def test_from_which_day_on_all_tasks_are_there_follows_an_edit(example: Terminal, day: str) -> None:
    file = example.folder / "programmes/2022.yaml"
    text = file.read_text(encoding="utf-8")
    last = max(re.findall(r"issued: (\S+)", text))
    for changed in (text.replace(f"issued: {last}", f"issued: {day}"), text):
        file.write_text(changed, encoding="utf-8")
        assert warm(example) == cold(example)


def test_a_damaged_entry_is_not_written_by(example: Terminal) -> None:
    for path in (example.home / "cache").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b'"id":"2022-CD02.2"', b'"ix":"2022-CD02.2"'))
    assert example.run("vpcp done 2022-CD01.1").code == 0
    before = programmes(example)["2022.yaml"]
    assert example.run("vpcp note 2022-CD02.2 'Một ghi chú'").code == 0
    assert len(programmes(example)["2022.yaml"].splitlines()) == len(before.splitlines()) + 3
    assert example.run("vpcp list") == example.run("VPCP_NO_CACHE=1 vpcp list")


@cases(12)
@given(st.floats(0, 1), st.sampled_from([cut, flipped, emptied]), st.sampled_from([".texts", ".main"]))
def test_whichever_damage_an_image_has_the_same_is_written(
    where: float, damage: Callable[[bytes, int], bytes], image: str
) -> None:
    line = "vpcp note 2022-CD02.3 2022-NV01.1 'Đã họp' --on 2022-11-01"
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as monkeypatch:
        as_if_large(monkeypatch)
        damaged, other = copy(Path(place).resolve() / "damaged"), copy(Path(place).resolve() / "other")
        damaged.run("vpcp list")
        for path in entries(damaged):
            if path.suffix == image:
                content = path.read_bytes()
                path.write_bytes(damage(content, int(where * (len(content) - 1))))
        assert damaged.run(line) == other.run(f"VPCP_NO_CACHE=1 {line}")
        assert programmes(damaged) == programmes(other)
        assert warm(damaged) == cold(damaged)


@pytest.mark.parametrize("name", sorted(path.stem for path in NASTY.glob("*.yaml")))
@pytest.mark.parametrize("added", ["directive", "tasks"])
def test_in_any_style_the_same_is_added_to_a_known_file(
    name: str, added: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_if_large(monkeypatch)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    tasks: list[Item] = [{"id": f"2022-CD01.{number}", "text": f"Việc {number}: mới"} for number in (8, 9)]
    written: list[bytes | str] = []
    for off in ("", "1"):
        monkeypatch.setenv("VPCP_NO_CACHE", off)
        folder = Folder(tmp_path / f"without{off}", ".")
        folder.path.mkdir()
        (folder.path / "2022.yaml").write_bytes((NASTY / f"{name}.yaml").read_bytes())
        load(folder)
        try:
            with writer.Writer(folder, "vpcp test", pytest.fail) as several:
                several.load(frozenset({2022}))
                if added == "tasks":
                    several.add_tasks("2022-CD01", tasks)
                else:
                    several.add_directive("2022", {"id": "2022-CD09", "title": "Mới", "tasks": tasks})
                several.save()
            written.append((folder.path / "2022.yaml").read_bytes())
        except VpcpError as refused:
            written.append(f"{refused.sentence()} {refused.hint()}")
    assert written[0] == written[1]


def test_additions_by_regions_stay_where_the_whole_file_is_needed_after_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_if_large(monkeypatch)
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
            several.replace("2022-CD02.1", "text", "Việc đã sửa")
            several.replace("2022-CD01.1", "deadline", None)
            several.add_task("2022-CD02", {"id": "2022-CD02.9", "text": "Ba"})
            several.save()
        written.append(programmes(terminal))
    assert written[0] == written[1] != programmes(copy(tmp_path / "before"))


def test_nothing_is_kept_where_there_is_no_cache() -> None:
    nowhere = Keeper(Store({"VPCP_NO_CACHE": "1"}, "1"))
    nowhere.learn_units("", {"units": []})
    assert nowhere.units("") is None
