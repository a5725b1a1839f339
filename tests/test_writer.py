"""A write is made whole or not at all, one at a time, and can be taken back while nobody has built on it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from vpcp_cli.errors import BrokenDataError, UnknownIdError
from vpcp_cli.storage.files import LOCK, FolderLock
from vpcp_cli.storage.folder import Folder
from vpcp_cli.storage.refusals import (
    ChangedMeanwhileError,
    ChangedSinceError,
    CommittedError,
    FileThereError,
    HalfWrittenError,
    LockedError,
    NothingToUndoError,
    ShippedFolderError,
    WriteFailedError,
    WrittenEarlierError,
)
from vpcp_cli.storage.writing.journal import JOURNAL, UNDO, load
from vpcp_cli.storage.writing.writer import Writer
from vpcp_cli.storage.yaml.emitter import Item, UnwritableTextError

NASTY = Path(__file__).parent / "nasty"
DONE: Item = {"date": "2022-05-20", "status": "done", "evidence": ["1/QĐ-VPCP", "2/QĐ-VPCP"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two programmes, with what is not ours beside them."""
    path = tmp_path / "programmes"
    path.mkdir()
    (path / "2022.yaml").write_bytes((NASTY / "comments.yaml").read_bytes())
    other = (NASTY / "comments.yaml").read_text(encoding="utf-8")
    (path / "2022-vth.yaml").write_text(other.replace("2022-CD", "2022-VTH-CD"), encoding="utf-8")
    return path


def write(folder: Path, what: Callable[[Writer], object]) -> list[str]:
    """Make a write; what was told."""
    told: list[str] = []
    with Writer(Folder(folder, "."), "vpcp test", told.append) as writer:
        what(writer)
        writer.save()
    return told


def both(writer: Writer) -> None:
    writer.append("2022-CD01.2", DONE)
    writer.append("2022-VTH-CD01.2", DONE)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def programmes(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in contents(folder).items() if not name.startswith(".")}


def test_a_write_changes_the_files_it_names_and_undo_gives_all_back(folder: Path) -> None:
    before = programmes(folder)
    with Writer(Folder(folder, "."), "vpcp test", pytest.fail) as writer:
        both(writer)
        assert writer.save() == ("2022-vth.yaml", "2022.yaml")
    after = programmes(folder)
    assert all(after[name].count(b"1/Q") == 1 for name in before)
    assert set(contents(folder)) - set(after) == {LOCK, UNDO}
    with Writer(Folder(folder, "."), "vpcp undo", pytest.fail) as writer:
        assert writer.undo().command == "vpcp test"
        writer.save()
    assert programmes(folder) == before
    with pytest.raises(NothingToUndoError):
        write(folder, Writer.undo)


BOTH = ("2022-CD01.2", "2022-VTH-CD01.2")


def noting(note: str, ids: Sequence[str]) -> Callable[[Writer], object]:
    def all_of_them(writer: Writer) -> None:
        for id_ in ids:
            writer.append(id_, {"date": "2022-05-20", "note": note})

    return all_of_them


def test_twenty_writes_are_taken_back_one_after_the_other(folder: Path) -> None:
    states = [programmes(folder)]
    for number in range(1, 23):
        write(folder, noting(str(number), BOTH[: 1 + number % 2]))
        states.append(programmes(folder))
    for _number in range(20):
        states.pop()
        write(folder, Writer.undo)
        assert programmes(folder) == states[-1]
    with pytest.raises(NothingToUndoError):
        write(folder, Writer.undo)
    assert not (folder / UNDO).exists()


def test_a_write_between_two_undos_is_the_next_to_go(folder: Path) -> None:
    states = [programmes(folder)]
    for note in "abc":
        write(folder, noting(note, BOTH[:1]))
        states.append(programmes(folder))
    write(folder, Writer.undo)
    write(folder, both)
    for state in states[2::-1]:
        write(folder, Writer.undo)
        assert programmes(folder) == state


def test_an_earlier_day_is_not_taken_back(folder: Path) -> None:
    def on(day: int, do: Callable[[Writer], object]) -> None:
        with Writer(Folder(folder, "."), "vpcp test", pytest.fail, date(2022, 5, day)) as writer:
            do(writer)
            writer.save()

    on(19, both)
    on(20, lambda writer: writer.append("2022-CD01.2", DONE))
    after = programmes(folder)
    on(20, Writer.undo)
    assert programmes(folder) != after
    with pytest.raises(WrittenEarlierError, match="was written on 2022-05-19, not today"):
        on(20, Writer.undo)


def test_the_record_of_the_only_last_write_is_still_taken(folder: Path) -> None:
    before = programmes(folder)
    write(folder, both)
    record = json.loads((folder / UNDO).read_bytes())
    old = {key: value for key, value in record.items() if key not in {"day", "earlier"}} | {"format": 2}
    (folder / UNDO).write_text(json.dumps(old), encoding="utf-8")
    write(folder, Writer.undo)
    assert programmes(folder) == before


@pytest.mark.parametrize("rename", [1, 2, 3, 4])
def test_an_undo_that_is_killed_is_dropped_or_finished_and_the_others_stay(folder: Path, rename: int) -> None:
    states = [programmes(folder)]
    for note in "ab":
        write(folder, noting(note, BOTH))
        states.append(programmes(folder))
    done = subprocess.run([sys.executable, "-c", UNDO_KILLED, str(folder), str(rename)], check=False)
    assert done.returncode == 9
    write(folder, lambda _writer: None)
    assert programmes(folder) == states[1 if rename > 2 else 2]
    for _left in range(1 if rename > 2 else 2):
        write(folder, Writer.undo)
    assert programmes(folder) == states[0]
    with pytest.raises(NothingToUndoError):
        write(folder, Writer.undo)


def test_a_dry_run_leaves_no_trace(folder: Path) -> None:
    before = contents(folder)
    with Writer(Folder(folder, "."), "vpcp test", pytest.fail, dry_run=True) as writer:
        both(writer)
        assert writer.diff().count("\n+            status: done\n") == 2
        assert writer.save() == ("2022-vth.yaml", "2022.yaml")
    assert contents(folder) == before


def test_the_diff_names_files_as_people_see_them(folder: Path) -> None:
    with Writer(Folder(folder, "programmes"), "vpcp test", pytest.fail, dry_run=True) as writer:
        writer.append("2022-CD01.2", DONE)
        assert writer.diff().startswith("--- a/programmes/2022.yaml\n+++ b/programmes/2022.yaml\n@@ -20,6 +20,12 @@\n")
        assert writer.save() == ("programmes/2022.yaml",)


def everything(writer: Writer) -> None:
    both(writer)
    writer.append("2022-CD01.2", {"date": "2022-06-01", "note": "hai"})
    writer.append("2022-CD02.1", DONE)
    for number in range(2, 9):
        writer.add_task("2022-CD02", {"id": f"2022-CD02.{number}", "text": "Mới"})
    writer.append("2022-VTH-CD02.1", DONE)
    writer.create("2023", {"schema": 1, "directives": []})
    writer.create("2024", {"schema": 1})


def test_the_diffs_of_a_write_and_of_its_undo_are_exact(folder: Path, tmp_path: Path) -> None:
    with Writer(Folder(folder, "programmes"), "vpcp test", pytest.fail) as writer:
        everything(writer)
        there = writer.diff()
        writer.save()
    after = programmes(folder)
    with Writer(Folder(folder, "programmes"), "vpcp undo", pytest.fail) as writer:
        writer.undo()
        back = writer.diff()
        writer.save()
    before = programmes(folder)
    for diff, wanted in ((there, after), (back, before)):
        subprocess.run(["git", "apply", "--whitespace=nowarn"], input=diff.encode(), cwd=tmp_path, check=True)
        assert programmes(folder) == wanted


@pytest.mark.parametrize("restored", [True, False])
def test_a_write_that_fails_half_way_is_taken_back_or_else_finished(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, restored: bool
) -> None:
    before, replace = programmes(folder), os.replace
    failing, calls = ({3} if restored else {3, 4}), count(1)

    def replace_or_fail(*names: str) -> None:
        if next(calls) in failing:
            raise OSError(5, "Input/output error")
        replace(*names)

    monkeypatch.setattr(os, "replace", replace_or_fail)
    with pytest.raises(WriteFailedError if restored else HalfWrittenError, match="Input/output error") as failed:
        write(folder, both)
    assert failed.value.exit_code == (4 if restored else 5)
    assert (programmes(folder) == before) == restored
    told = write(folder, lambda _writer: None)
    if restored:
        assert told == []
        assert set(contents(folder)) - set(before) == {LOCK}
    else:
        assert told == ["`vpcp test` was interrupted; it is finished now (2022-vth.yaml, 2022.yaml)."]
        write(folder, Writer.undo)
    assert programmes(folder) == before


def test_the_shipped_programmes_are_not_written_to(folder: Path) -> None:
    with pytest.raises(ShippedFolderError):
        Writer(Folder(folder, "vpcp:programmes", shipped=True), "vpcp test", pytest.fail, dry_run=True).__enter__()


def test_a_write_without_changes_writes_nothing(folder: Path) -> None:
    write(folder, lambda _writer: None)
    assert not (folder / UNDO).exists()


def test_a_new_programme_is_a_new_file_and_undo_removes_it(folder: Path) -> None:
    new: Item = {"schema": 1, "year": 2023, "directives": []}
    before = programmes(folder)
    write(folder, lambda writer: writer.create("2023", new, "ghi chú"))
    assert (folder / "2023.yaml").read_text(encoding="utf-8") == "# ghi chú\nschema: 1\nyear: 2023\ndirectives: []\n"
    with pytest.raises(FileThereError):
        write(folder, lambda writer: writer.create("2023", new))
    write(folder, Writer.undo)
    assert programmes(folder) == before


def test_a_programme_takes_directives_and_a_directive_tasks(folder: Path) -> None:
    def add(writer: Writer) -> None:
        writer.add_task("2022-CD02", {"id": "2022-CD02.2", "text": "Mới"})
        writer.add_directive("2022", {"id": "2022-CD03", "tasks": [{"id": "2022-CD03.1"}]})

    before = programmes(folder)
    write(folder, add)
    assert programmes(folder)["2022.yaml"].endswith(
        b"      - id: 2022-CD02.2\n        text: M\xe1\xbb\x9bi\n"
        b"  - id: 2022-CD03\n    tasks:\n      - id: 2022-CD03.1\n# h\xe1\xba\xbft\n"
    )
    write(folder, Writer.undo)
    assert programmes(folder) == before


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        (lambda writer: writer.append("2022-CD01.9", DONE), UnknownIdError),
        (lambda writer: writer.append("2031-CD01.1", DONE), UnknownIdError),
        (lambda writer: writer.add_directive("2023", {"id": "2023-CD01"}), UnknownIdError),
        (lambda writer: writer.append("2022-CD01.1", {"date": "2022-05-20", "note": "\x1b[31m"}), UnwritableTextError),
    ],
)
def test_what_is_refused_changes_nothing(
    folder: Path, what: Callable[[Writer], object], refusal: type[Exception]
) -> None:
    before = programmes(folder)

    def both_and_that(writer: Writer) -> None:
        both(writer)
        what(writer)

    with pytest.raises(refusal) as refused:
        write(folder, both_and_that)
    assert str(refused.value).isprintable()
    assert programmes(folder) == before
    assert set(contents(folder)) - set(before) == {LOCK}


def test_a_broken_file_and_an_id_that_stands_twice_are_not_written_to(folder: Path) -> None:
    (folder / "2022-x.yaml").write_bytes((folder / "2022.yaml").read_bytes())
    with pytest.raises(BrokenDataError) as twice:
        write(folder, both)
    assert twice.value.files == ["2022-x.yaml", "2022.yaml"]
    (folder / "2022-x.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(BrokenDataError) as broken:
        write(folder, both)
    assert broken.value.files == ["2022-x.yaml"]


def test_mode_attributes_and_links_are_kept(folder: Path) -> None:
    (folder / "store").mkdir()
    target = (folder / "2022.yaml").rename(folder / "store" / "elsewhere.yaml")
    (folder / "2022.yaml").symlink_to("store/elsewhere.yaml")
    target.chmod(0o640)
    if sys.platform == "linux":
        os.setxattr(target, "user.note", b"1")
    if os.getuid() == 0:
        os.chown(target, 65534, 65534)
    before = target.stat()
    write(folder, both)
    after = target.stat()
    assert (folder / "2022.yaml").is_symlink()
    assert b"1/Q" in target.read_bytes()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    if sys.platform == "linux":
        assert os.getxattr(target, "user.note") == b"1"
    assert [path.name for path in target.parent.iterdir()] == ["elsewhere.yaml"]


def test_what_another_program_saved_meanwhile_stays(folder: Path) -> None:
    with Writer(Folder(folder, "."), "vpcp test", pytest.fail) as writer:
        both(writer)
        with (folder / "2022.yaml").open("ab") as file:
            file.write(b"# by hand\n")
        by_hand = programmes(folder)
        with pytest.raises(ChangedMeanwhileError):
            writer.save()
    assert programmes(folder) == by_hand
    assert set(contents(folder)) - set(by_hand) == {LOCK}


def test_what_the_system_refuses_is_said_with_its_words(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(WriteFailedError, match=r"nowhere.*No such file or directory"):
        write(tmp_path / "nowhere", both)
    (folder / "2022-fifo.yaml").symlink_to(tmp_path)
    with pytest.raises(WriteFailedError, match=r"can't be written: it is a link that leads out of "):
        write(folder, lambda writer: writer.create("2022-fifo", {}))
    (folder / "2022-fifo.yaml").unlink()
    if os.getuid():
        before = contents(folder)
        folder.chmod(0o555)
        with pytest.raises(WriteFailedError, match="Permission denied"):
            write(folder, both)
        folder.chmod(0o755)
        assert contents(folder) == before


def test_who_waits_is_told_for_whom_and_then_gets_the_lock(folder: Path) -> None:
    told: list[str] = []
    first = FolderLock(folder, "vpcp first", pytest.fail, unlocked=pytest.fail).__enter__()

    def waiting(holder: str) -> None:
        told.append(holder)
        first.__exit__(None, None, None)

    with FolderLock(folder, "vpcp second", waiting, unlocked=pytest.fail, patience=0.01):
        assert (folder / LOCK).read_text(encoding="utf-8") == f"{os.getpid()}: vpcp second\n"
        with pytest.raises(LockedError, match=r"over 0 seconds \(\d+: vpcp second\)"):
            FolderLock(folder, "vpcp third", told.append, unlocked=pytest.fail, patience=0.01, limit=0.02).__enter__()
    assert told == [f"{os.getpid()}: vpcp first", f"{os.getpid()}: vpcp second"]


UNDO_KILLED = """
import os, sys
from pathlib import Path
from vpcp_cli.storage.folder import Folder
from vpcp_cli.storage.writing.writer import Writer
left, replace = int(sys.argv[2]), os.replace
def killed(*names, **more):
    global left
    left -= 1
    replace(*names, **more) if left else os._exit(9)
os.replace = killed
with Writer(Folder(Path(sys.argv[1]), "."), "vpcp undo", print) as writer:
    writer.undo()
    writer.save()
"""
KILLED = """
import os, sys
from pathlib import Path
from vpcp_cli.storage.folder import Folder
from vpcp_cli.storage.writing.writer import Writer
left, replace = int(sys.argv[2]), os.replace
def killed(*names, **more):
    global left
    left -= 1
    replace(*names, **more) if left else os._exit(9)
os.replace = killed
with Writer(Folder(Path(sys.argv[1]), "."), "vpcp done", print) as writer:
    for task in sys.argv[3:]:
        writer.append(task, {"date": "2022-05-20", "status": "done"})
    writer.save()
"""


def killed_at(folder: Path, rename: int) -> None:
    """Make a write to both files in a process that dies just before one of its four renames."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), str(rename), "2022-CD01.2", "2022-VTH-CD01.2"], check=False
    )
    assert done.returncode == 9


@pytest.mark.parametrize("rename", [1, 2, 3, 4])
def test_a_write_that_is_killed_is_dropped_or_finished_by_the_next_one(folder: Path, rename: int) -> None:
    before = programmes(folder)
    killed_at(folder, rename)
    told = write(folder, lambda _writer: None)
    now = programmes(folder)
    if rename == 1:
        assert told == []
    elif rename == 2:
        assert told == ["`vpcp done` was interrupted before it had written anything; nothing of it was kept."]
    else:
        assert told == ["`vpcp done` was interrupted; it is finished now (2022-vth.yaml, 2022.yaml)."]
    assert [b"2022-05-20" in now[name] for name in before] == [rename > 2] * 2
    assert set(contents(folder)) - set(now) == ({LOCK, UNDO} if rename > 2 else {LOCK})
    if rename > 2:
        write(folder, Writer.undo)
        assert programmes(folder) == before
    assert write(folder, lambda _writer: None) == []


def test_a_killed_write_does_not_overwrite_what_was_changed_since(folder: Path) -> None:
    killed_at(folder, 3)
    with (folder / "2022.yaml").open("ab") as file:
        file.write(b"# by hand\n")
    by_hand = programmes(folder)
    told = write(folder, lambda _writer: None)
    assert told == [
        "`vpcp done` was interrupted; 2022-vth.yaml has been written, 2022.yaml not: it has been changed since."
    ]
    assert programmes(folder) == by_hand
    assert set(contents(folder)) - set(by_hand) == {LOCK, UNDO}
    write(folder, Writer.undo)
    assert not any(b"2022-05-20" in content for content in programmes(folder).values())


def test_an_entry_is_taken_back_from_a_file_that_has_changed_elsewhere(folder: Path) -> None:
    def twice(writer: Writer) -> None:
        both(writer)
        writer.append("2022-CD01.2", {"date": "2022-06-01", "note": "hai"})
        writer.append("2022-CD01.3", DONE)

    path = folder / "2022.yaml"
    changed = path.read_bytes().replace(b"# h\xe1\xba\xbft", b"# end").replace(b"schema: 1", b"# top\nschema: 1")
    write(folder, twice)
    path.write_bytes(
        path.read_bytes().replace(b"# h\xe1\xba\xbft", b"# end").replace(b"schema: 1", b"# top\nschema: 1")
    )
    write(folder, Writer.undo)
    assert path.read_bytes() == changed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"            status: done\n", b"            status: done\n            note: x\n"),
        (b"            status: done\n", b"            status: not_done\n"),
        (b"2022-CD01.2", b"2022-CD01.9"),
        (b"schema: 1", b"schema: ["),
    ],
)
def test_what_was_changed_since_is_not_taken_back(folder: Path, old: bytes, new: bytes) -> None:
    write(folder, both)
    path = folder / "2022.yaml"
    path.write_bytes(path.read_bytes().replace(old, new))
    after = programmes(folder)
    with pytest.raises(ChangedSinceError):
        write(folder, Writer.undo)
    assert programmes(folder) == after
    path.unlink()
    with pytest.raises(ChangedSinceError):
        write(folder, Writer.undo)


def git(folder: Path, *arguments: str) -> None:
    who = {"GIT_AUTHOR_NAME": "M", "GIT_AUTHOR_EMAIL": "m@example.vn"}
    who |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in who.items()}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(["git", *arguments], cwd=folder, env=environment | who, check=True, capture_output=True)


def test_what_was_committed_is_not_taken_back(folder: Path) -> None:
    git(folder, "init", "-q")
    git(folder, "add", "2022-vth.yaml")
    git(folder, "commit", "-qm", "one")
    write(folder, both)
    write(folder, Writer.undo)
    write(folder, both)
    (folder / "2022.yaml").write_bytes((folder / "2022.yaml").read_bytes() + b"# more\n")
    git(folder, "add", "2022.yaml")
    git(folder, "commit", "-qm", "two")
    after = programmes(folder)
    with pytest.raises(CommittedError, match=r"2022\.yaml has been committed") as refused:
        write(folder, Writer.undo)
    assert "vpcp correct" in str(refused.value.hint())
    write(folder, lambda writer: writer.append("2022-CD01.2", DONE))
    write(folder, Writer.undo)
    assert programmes(folder) == after
    write(folder, lambda writer: writer.create("2023", {"schema": 1}))
    git(folder, "add", "2023.yaml")
    git(folder, "commit", "-qm", "three")
    with pytest.raises(CommittedError):
        write(folder, Writer.undo)


@pytest.mark.parametrize(
    "forged",
    [
        {"name": "../2022.yaml"},
        {"name": "2022.txt"},
        {"name": "C:\\2022.yaml"},
        {"temporary": "../../.vpcp-2022.yaml-1.tmp"},
        {"temporary": "2022-vth.yaml"},
    ],
)
def test_a_record_that_came_from_elsewhere_names_no_other_files(folder: Path, forged: dict[str, str]) -> None:
    write(folder, both)
    record = json.loads((folder / UNDO).read_bytes())
    assert load(folder / UNDO)
    (folder / UNDO).write_text(json.dumps(record | {"files": [record["files"][1] | forged]}), encoding="utf-8")
    assert load(folder / UNDO) is None
    (folder / UNDO).write_text(json.dumps(record | {"format": 4}), encoding="utf-8")
    assert load(folder / UNDO) is None


def test_what_killed_runs_left_goes_with_the_next_write(folder: Path) -> None:
    (folder / ".vpcp-2022.yaml-0123abcd.tmp").write_bytes(b"half")
    (folder / ".vpcp.journal").write_bytes(b"half")
    write(folder, both)
    assert set(contents(folder)) == {"2022.yaml", "2022-vth.yaml", LOCK, UNDO}


@pytest.mark.parametrize("rename", [2, 3, 4])
def test_a_write_of_an_earlier_version_is_finished_too(folder: Path, rename: int) -> None:
    killed_at(folder, rename)
    journal = folder / JOURNAL
    journal.write_text(journal.read_text(encoding="utf-8").replace('"format": 3', '"format": 1'), encoding="utf-8")
    told = write(folder, lambda _writer: None)
    assert told == [
        "`vpcp done` was interrupted before it had written anything; nothing of it was kept."
        if rename == 2
        else "`vpcp done` was interrupted; it is finished now (2022-vth.yaml, 2022.yaml)."
    ]
    assert [b"2022-05-20" in content for content in programmes(folder).values()] == [rename > 2] * 2
    assert set(contents(folder)) - set(programmes(folder)) == {LOCK}


@pytest.mark.parametrize("between", [b"", b"# edited elsewhere\n"])
def test_a_write_to_a_file_with_a_byte_order_mark_is_taken_back(folder: Path, between: bytes) -> None:
    path = folder / "2022.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    before = path.read_bytes()
    write(folder, lambda writer: writer.append("2022-CD01.2", {"date": "2022-05-20", "status": "done"}))
    path.write_bytes(path.read_bytes() + between)
    assert b"2022-05-20" in path.read_bytes()
    write(folder, Writer.undo)
    assert path.read_bytes() == before + between


def test_only_what_older_programs_do_not_read_raises_the_version(folder: Path) -> None:
    task: Item = {"id": "2022-CD01.9", "text": "x", "nature": "one_off", "lead": "VPCP", "responsible": "An"}
    assert write(folder, lambda writer: writer.add_task("2022-CD01", task)) == []
    told = write(folder, lambda writer: writer.append("2022-CD01.9", {"date": "2022-05-20", "responsible": "An"}))
    assert len(told) == 1, "an entry that says who answers from a day on is new"
