"""The cache changes nothing but the time: not when it is warm, not when it is damaged, not when it can't be written."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_up import cases
from terminal import REPOSITORY, Answer, Terminal
from vpcp_cli import __version__
from vpcp_cli.counts import BREAKDOWNS
from vpcp_cli.kinds import plain
from vpcp_cli.programme import Task
from vpcp_cli.storage.folder import Folder
from vpcp_cli.storage.format import schema
from vpcp_cli.storage.index.fill import built
from vpcp_cli.storage.index.held import IndexHeld
from vpcp_cli.storage.index.index import Index
from vpcp_cli.storage.index.keeper import Keeper
from vpcp_cli.storage.index.store import PREFIX, VERSIONS, Store
from vpcp_cli.storage.workspace import load
from vpcp_cli.storage.yaml import document

FILES = [*REPOSITORY.glob("programmes/2*.yaml"), *REPOSITORY.glob("examples/programmes/2*.yaml")]
MOST = 40
COMMANDS = (
    "list",
    "list -f json",
    "list --open --sort -deadline,lead -f table",
    "list --unit PHONG_TONG_HOP --role any -f md",
    "list vi du",
    "list --group-by lead -f table --year 2022",
    "show 2022-CD01.1 2022-CD02 2022",
    "status --by category",
    "summary",
    "summary --full",
    "summary --open -f json",
    "due",
    "due --unit VAN_PHONG -f json",
    "log",
    "directives",
    "programmes",
    "people",
    "units",
    "check",
    "check programmes/2022.yaml programmes/units.yaml",
    "check --strict --report json",
)


def example(place: Path) -> Terminal:
    terminal = Terminal.at(place)
    for path in REPOSITORY.glob("examples/programmes/*.yaml"):
        terminal.write(f"programmes/{path.name}", path.read_bytes())
    return terminal


def entries(terminal: Terminal) -> list[Path]:
    """The files of the cache, the largest first."""
    found = [path for path in (terminal.home / "cache").rglob("*") if path.is_file()]
    return sorted(found, key=lambda path: -path.stat().st_size)


def uncached(terminal: Terminal, line: str) -> Answer:
    return terminal.run(f"VPCP_NO_CACHE=1 vpcp {line}")


@cases(6)
@given(st.lists(st.sampled_from(COMMANDS), min_size=1, max_size=2), st.integers(0, 900), st.sampled_from(["vi", "en"]))
def test_cold_and_warm_and_without_it_the_answers_are_the_same(lines: list[str], after: int, lang: str) -> None:
    with TemporaryDirectory() as place:
        terminal = example(Path(place).resolve())
        terminal.settings = {"VPCP_AS_OF": str(date(2021, 1, 1) + timedelta(days=after)), "VPCP_LANG": lang}
        for line in lines:
            told = uncached(terminal, line)
            assert [terminal.run(f"vpcp {line}") for _time in range(2)] == [told, told]
        assert entries(terminal)


REPORTS = (
    *(f"status --by {by} -f json" for by in BREAKDOWNS),
    *("status", "due -f json", "list -f json", "list --open --sort days", "log -f json", "show 2021-CD01.2 2022-CD01"),
    *("summary", "summary --full", "summary -f md", "summary -f json", "summary --unit BO_Y_TE --since 2021-06-01"),
)


@pytest.mark.parametrize(
    ("seed", "days"), [(0, ("2020-12-31", "2021-07-15")), (1, ("2022-01-01", "2022-09-30")), (2, ("2024-02-29",))]
)
def test_generated_programmes_are_reported_in_the_same_bytes_on_any_day(
    tmp_path: Path, seed: int, days: tuple[str, ...]
) -> None:
    chance = Random(seed)  # noqa: S311
    terminal = Terminal.at(tmp_path)
    units = ", ".join(f"{{code: {code}, name: {code}}}" for code in UNITS)
    terminal.write("programmes/units.yaml", f"schema: 1\nunits: [{units}]\n".encode())
    for year in (2021, 2022):
        terminal.write(f"programmes/{year}.yaml", json.dumps(generated(year, chance), ensure_ascii=False).encode())
    for day in days:
        terminal.settings = {"VPCP_AS_OF": day}
        told = [uncached(terminal, line) for line in REPORTS]
        assert told[REPORTS.index("summary")].code == 0
        assert [terminal.run(f"vpcp {line}") for line in REPORTS] == told
    assert entries(terminal)


UNITS = ("VPCP", "BO_Y_TE", "BO_CONG_AN")


def generated(year: int, chance: Random) -> dict[str, object]:
    """A programme with some tasks of every fate; those of the first year may go on in the second."""
    directives = []
    for number in range(1, 5):
        ids = [f"{year}-CD0{number}.{at}" for at in range(1, 7)]
        tasks = [generated_task(id_, year, chance) for id_ in ids]
        issuer = {"name": chance.choice(["Trần Văn Sơn", "Nguyễn Thị Bình"])}
        head = {"id": f"{year}-CD0{number}", "kind": "directive", "title": "Quy chế", "issuer": issuer}
        directives.append({**head, "tasks": tasks})
    head = {"kind": "work_programme", "title": f"Năm {year}", "owner": "VPCP"}
    return {"schema": 1, "year": year, **head, "directives": directives}


def generated_task(id_: str, year: int, chance: Random) -> dict[str, object]:
    actions: list[dict[str, str]] = [
        {"status": "done"},
        {"status": "in_progress"},
        {"status": chance.choice(["deferred", "not_done", "withdrawn", "returned"]), "note": "Lý do"},
        {"deadline": f"{year}-{chance.randint(6, 12):02}", "decision": chance.choice(["requested", "approved"])},
        {"obstacle": "Thiếu kinh phí", "key": "von"},
        {"obstacle": "Chờ ý kiến", "reported_to": "VPCP"},
        {"resolved": "Đã có", "key": "von"},
        {"risk": chance.choice(["low", "medium", "high"]), "note": "Lý do"},
        {"lead": chance.choice(UNITS)},
    ]
    log = [
        {"date": f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}", **chance.choice(actions)}
        for _entry in range(chance.randint(0, 4))
    ]
    if year == 2021 and chance.random() < 0.3:
        log.append({"date": "2021-12-31", "status": "carried_over", "to": id_.replace("2021", "2022")})
    nature = chance.choice(["one_off", "one_off", "standing", "principle"])
    task = {"id": id_, "text": f"Việc {id_}", "nature": nature, "lead": chance.choice(UNITS)}
    due = {"deadline": chance.choice([f"{year}", f"{year}-Q3", f"{year}-04-15", f"{year}-10"])}
    return {**task, **(due if chance.random() < 0.8 else {}), "log": log}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_what_is_kept_is_what_was_read(path: Path, tmp_path: Path) -> None:
    content = path.read_bytes()
    parsed = document.read(content, "x.yaml")
    programme, _findings = schema.programme_of(parsed, path.stem)
    assert programme
    assert parsed.data
    spans = {(one.directive, one.task): (one.line, one.start, one.end) for one in parsed.places()}
    keeper = Keeper(Store({"XDG_CACHE_HOME": str(tmp_path)}, "1"))
    digest = sha256(content).hexdigest()
    keeper.learn(digest, path.name, Index(built(programme, parsed.data, spans, content), path.stem, "x.yaml"))
    another = Keeper(Store({"XDG_CACHE_HOME": str(tmp_path)}, "1"))
    known = another.index(digest, path.name, "x.yaml", lambda: pytest.fail("the entry is whole"))
    assert known is not None
    assert known.whole() == programme
    held = IndexHeld(known)
    assert all(held.span(*one[:2]) == one for one in parsed.places())


@pytest.mark.parametrize("tasks", ["", "{id: 2022-CD01.1, text: Quy chế, nature: standing, lead: A}"])
def test_a_programme_of_one_plain_text_or_of_no_task_is_remembered(tmp_path: Path, tasks: str) -> None:
    terminal = Terminal.at(tmp_path)
    terminal.write("programmes/units.yaml", b"schema: 1\nunits: [{code: A, name: A}]\n")
    directive = f"{{id: 2022-CD01, kind: directive, title: T, issuer: {{name: B}}, tasks: [{tasks}]}}"
    head = "schema: 1\nyear: 2022\nkind: action_plan\ntitle: P\nowner: A\n"
    terminal.write("programmes/2022.yaml", f"{head}directives: [{directive}]\n".encode())
    for line in ("list", "list quy", "status", "directives", "show 2022"):
        told = uncached(terminal, line)
        assert [terminal.run(f"vpcp {line}") for _time in range(2)] == [told, told]


def cut(content: bytes, at: int) -> bytes:
    return content[:at]


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def emptied(content: bytes, at: int) -> bytes:
    return content[:at] + b"\0" * (len(content) - at)


@cases(9)
@given(
    st.data(), st.sampled_from([cut, flipped, emptied]), st.sampled_from(["list -f json", "show 2022-CD01.1", "list"])
)
def test_a_damaged_entry_is_as_none(data: st.DataObject, damage: Callable[[bytes, int], bytes], line: str) -> None:
    with TemporaryDirectory() as place:
        terminal = example(Path(place).resolve())
        told = terminal.run(f"vpcp {line}")
        for path in entries(terminal):
            content = path.read_bytes()
            path.write_bytes(damage(content, data.draw(st.integers(0, len(content) - 1))))
        assert terminal.run(f"vpcp {line}") == told
        assert terminal.run(f"vpcp {line}") == told


@pytest.mark.parametrize("damage", ["rm {0}; mkfifo {0}", "rm {0}; mkdir {0}", "chmod 000 {0}", "> {0}"])
def test_whatever_stands_in_the_place_of_an_entry_is_as_none(tmp_path: Path, damage: str) -> None:
    terminal = example(tmp_path)
    told = terminal.run("vpcp list")
    for path in entries(terminal):
        terminal.run(damage.format(path))
    assert [terminal.run("timeout 20 vpcp list | cat; exit ${PIPESTATUS[0]}").out for _time in range(2)] == [
        told.out
    ] * 2


def test_entries_that_changed_places_are_as_none(tmp_path: Path) -> None:
    terminal = example(tmp_path)
    told = terminal.run("vpcp list")
    first, second, *_rest = entries(terminal)
    both = first.read_bytes(), second.read_bytes()
    first.write_bytes(both[1])
    second.write_bytes(both[0])
    assert terminal.run("vpcp list") == told


def test_a_link_or_a_file_that_others_may_write_is_not_read(tmp_path: Path) -> None:
    terminal = example(tmp_path)
    told = terminal.run("vpcp list")
    linked, open_to_all, *_rest = entries(terminal)
    linked.rename(tmp_path / "elsewhere")
    linked.symlink_to(tmp_path / "elsewhere")
    open_to_all.chmod(0o666)
    assert terminal.run("vpcp list") == told


@pytest.mark.parametrize("mode", [0o777, 0o770])
def test_a_folder_that_others_may_write_is_not_used(tmp_path: Path, mode: int) -> None:
    terminal = example(tmp_path)
    terminal.run("vpcp list")
    for path in entries(terminal):
        path.unlink()
    next((terminal.home / "cache").rglob("*-*")).chmod(mode)
    assert terminal.run("vpcp list").code == 0
    assert entries(terminal) == []


@pytest.mark.parametrize("place", ["programmes/units.yaml", "/dev/full", "/proc/nowhere", "relative", ""])
def test_where_no_folder_can_be_made_the_answer_comes_all_the_same(tmp_path: Path, place: str) -> None:
    terminal = example(tmp_path)
    told = uncached(terminal, "list")
    terminal.settings = {"XDG_CACHE_HOME": place and str(terminal.folder / place) if place != "relative" else place}
    assert [terminal.run("vpcp list") for _time in range(2)] == [told, told]
    assert not (terminal.folder / "relative").exists()


def test_a_full_disk_is_no_trouble(tmp_path: Path) -> None:
    terminal = example(tmp_path)
    told = uncached(terminal, "list")
    assert terminal.run("ulimit -f 1; vpcp list | cat") == told
    assert all(path.stat().st_size <= 1024 for path in entries(terminal))


def test_only_the_user_may_read_it(tmp_path: Path) -> None:
    terminal = example(tmp_path)
    terminal.run("vpcp list")
    assert {path.stat().st_mode & 0o777 for path in entries(terminal)} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (terminal.home / "cache").rglob("*") if path.is_dir()} == {0o700}


def test_it_can_be_turned_off(tmp_path: Path) -> None:
    terminal = example(tmp_path)
    uncached(terminal, "list")
    assert entries(terminal) == []


def test_versions_keep_apart_and_what_is_old_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vpcp_cli.storage.index.store.FILES", MOST)
    one, other = (Store({"XDG_CACHE_HOME": str(tmp_path)}, version) for version in ("1", "2"))
    keys = [f"{number:016x}{number:048x}" for number in range(MOST + 5)]
    for number, key in enumerate(keys):
        one.keep(key, "content")
        os.utime(next(tmp_path.rglob(key)), ns=(number, number))
    assert one.recall(keys[-1]) == "content"
    assert one.recall(keys[0]) is None
    assert other.recall(keys[-1]) is None
    assert len(list(tmp_path.rglob("0*"))) == MOST


def test_of_one_file_a_few_states_are_kept(tmp_path: Path) -> None:
    store = Store({"XDG_CACHE_HOME": str(tmp_path)}, "1")
    keys = ["a" * PREFIX + f"{number:048x}" for number in range(VERSIONS + 5)]
    store.keep("b" * 64, "another file")
    for number, key in enumerate(keys):
        store.keep_images(key, {"main": bytes(100), "texts": bytes(100)})
        for path in tmp_path.rglob(f"{key}.*"):
            os.utime(path, ns=(number, number))
    assert store.relatives(keys[0], "main") == keys[: -VERSIONS // 2 - 1 : -1]
    assert store.recall("b" * 64)


def test_a_programme_of_another_name_is_another_one(tmp_path: Path) -> None:
    terminal = example(tmp_path)
    terminal.run("vpcp list")
    (terminal.folder / "programmes/2021.yaml").rename(terminal.folder / "programmes/2020.yaml")
    assert terminal.run("vpcp list") == uncached(terminal, "list")
    assert terminal.run("vpcp list").code == 3


def test_ids_that_stand_twice_are_found_in_kept_programmes_too(tmp_path: Path) -> None:
    terminal = example(tmp_path)
    terminal.run("vpcp list")
    first = terminal.folder / "programmes/2022.yaml"
    terminal.write("programmes/2022-x.yaml", first.read_bytes())
    told = uncached(terminal, "list --year 2022")
    assert "2022-x.yaml seems to be a copy of 2022.yaml" in told.err
    assert [terminal.run("vpcp list --year 2022") for _time in range(2)] == [told, told]


def _damage(terminal: Terminal) -> None:
    for path in entries(terminal):
        path.write_bytes(path.read_bytes()[:-1] + b"\n")


def _rename(terminal: Terminal) -> None:
    (terminal.folder / "programmes/2023.yaml").rename(terminal.folder / "programmes/2024.yaml")


CHANGES: dict[str, Callable[[Terminal], object]] = {
    "none": lambda _terminal: None,
    "damage": _damage,
    "another text": lambda terminal: terminal.run("sed -i '47s/done/don/' programmes/2021.yaml"),
    "another name": _rename,
    "one more": lambda terminal: terminal.run("cp programmes/2021.yaml programmes/2020.yaml"),
    "a wrong name": lambda terminal: terminal.run("cp programmes/2021.yaml programmes/2020.yml"),
    "one less": lambda terminal: terminal.run("rm programmes/2021.yaml"),
    "no register": lambda terminal: terminal.run("rm programmes/units.yaml"),
    "a register alone": lambda terminal: terminal.run("rm programmes/2*.yaml"),
    "unreadable": lambda terminal: terminal.run("rm programmes/2021.yaml; mkdir programmes/2021.yaml"),
    "another limit": lambda terminal: terminal.write("vpcp.toml", "max_file_mib = 0"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize(
    "line", ["check", "check programmes/2022.yaml", "check programmes/2022.yaml programmes/2021.yaml"]
)
def test_that_nothing_was_wrong_holds_for_just_these_files(
    tmp_path: Path, change: Callable[[Terminal], object], line: str
) -> None:
    terminal = example(tmp_path)
    first = terminal.run("vpcp check")
    assert (first.code, first.out) == (0, "5 files checked: nothing wrong\n")
    change(terminal)
    assert [terminal.run(f"vpcp {line}") for _time in range(2)] == [uncached(terminal, line)] * 2


def test_what_was_wrong_is_looked_for_again(tmp_path: Path) -> None:
    terminal = example(tmp_path)
    terminal.run("sed -i '47s/done/don/' programmes/2021.yaml")
    assert [terminal.run("vpcp check").code for _time in range(2)] == [1, 1]


WRITES = (
    "new 2024 --carry-over --standing --owner CUC_VI_DU --dry-run",
    "new 2024 --carry-over --from 2022 --owner CUC_VI_DU --dry-run",
    "done 2022-CD03.1 2022-NV01.1 --on 2022-09-30 --dry-run",
    "add 2022-CD01 Một --lead PHONG_CNTT --on 2022-09-30 --dry-run",
    "postpone 2022-CD03.4 2022-12 --approved --on 2022-09-30 --dry-run",
)


@pytest.mark.parametrize("line", WRITES)
def test_what_is_written_is_the_same_with_the_cache_and_without(tmp_path: Path, line: str) -> None:
    terminal = example(tmp_path)
    terminal.settings = {"VPCP_AS_OF": "2022-09-30"}
    told = uncached(terminal, line)
    assert [terminal.run(f"vpcp {line}") for _time in range(2)] == [told, told]
    assert told.code != 2, told.err


def test_tasks_are_written_alike_wherever_they_come_from(tmp_path: Path) -> None:
    terminal = example(tmp_path)
    terminal.run("vpcp list")
    kept, read = (
        load(Folder(terminal.folder / "programmes", "."), keeper=Keeper(Store(environ, __version__))).library.whole()
        for environ in (terminal.environment(), {"VPCP_NO_CACHE": "1"})
    )
    both = zip(kept.programmes, read.programmes, strict=True)
    for warm, cold in both:
        assert list(plain(warm)) == list(plain(cold))
        for one, other in zip(warm.directives, cold.directives, strict=True):
            assert list(plain(one)) == list(plain(other))
            for task, same in zip(one.tasks, other.tasks, strict=True):
                assert json.dumps(plain(task)) == json.dumps(plain(same))
                assert json.dumps(plain(replace(task, line=0))) == json.dumps(plain(same))
                assert (type(same), task.line) == (Task, same.line)


def test_a_changed_program_takes_nothing_from_what_another_one_kept(tmp_path: Path) -> None:
    terminal = example(tmp_path)
    copied = shutil.copytree(REPOSITORY / "src/vpcp_cli", tmp_path / "copy/vpcp_cli")
    terminal.settings = {"PYTHONPATH": str(copied.parent)}
    unmeasured = "env -u COVERAGE_PROCESS_START -u COVERAGE_PROCESS_CONFIG"  # the copy is no part of what is covered
    check, listed = (
        f"{unmeasured} {sys.executable} -m vpcp_cli {name} | cat" for name in ("check", "list --year 2022")
    )
    assert terminal.run(check).out == terminal.run(check).out == "5 files checked: nothing wrong\n"
    assert terminal.run(listed).err == terminal.run(listed).err == ""
    with (copied / "checks.py").open("a", encoding="utf-8") as file:
        file.write("\n\ndef check(workspace):\n    raise ValueError('new rules')\n")
        file.write("\n\ndef alone(programme, directive=None):\n    return Alone(1, frozenset(), frozenset())\n")
    assert "new rules" in terminal.run(check).err
    assert "errors in the data" in terminal.run(listed).err
