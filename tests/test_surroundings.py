"""Where a command runs may lack what is usual: it says so in words, and its exit code says what became of the files."""

import errno
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal import REPOSITORY, Terminal
from vpcp_cli.errors import reason_of
from vpcp_cli.language import choose
from vpcp_cli.storage import files, locks
from vpcp_cli.storage.folder import Folder
from vpcp_cli.storage.refusals import LockedError, WriteFailedError
from vpcp_cli.storage.writing.journal import JOURNAL, UNDO
from vpcp_cli.storage.writing.writer import Writer

LETTERS = "AUTHORIZATION: basic SECRET"
DONE = "vpcp done 2022-CD02.3 --on 2022-05-05"
full_disk = pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full disk to offer")


@pytest.fixture
def shipped(terminal: Terminal) -> Terminal:
    """A terminal with the project's own programmes."""
    terminal.take_shipped()
    return terminal


def programmes(terminal: Terminal) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((terminal.folder / "programmes").glob("*.yaml"))}


@full_disk
@pytest.mark.parametrize(
    "line",
    [
        DONE,
        "vpcp add 2022-CD02 'Rà soát' --lead VPCP --nature standing",
        "vpcp new 2023 --owner VPCP",
        "vpcp new 2023 --carry-over --on 2022-12-31",
    ],
)
@pytest.mark.parametrize("stream", ["", "2"])
def test_an_exit_code_says_whether_it_was_written(shipped: Terminal, line: str, stream: str) -> None:
    before = programmes(shipped)
    told = shipped.run(f"VPCP_AS_OF= {line} {stream}>/dev/full")
    assert told.code == 0
    assert ("It has been written, but could not be reported." in told.err) == (stream == "")
    after = programmes(shipped)
    assert after != before
    undone = shipped.run(f"vpcp undo {stream}>/dev/full")
    assert (undone.code, programmes(shipped)) == (0, before)
    assert ("It has been written" in undone.err) == (stream == "")


@full_disk
def test_what_is_not_written_is_no_success(shipped: Terminal) -> None:
    before = programmes(shipped)
    assert shipped.run(f"{DONE} --dry-run >/dev/full").code == 4
    assert shipped.run("vpcp list >/dev/full").code == 4
    assert shipped.run("vpcp list --limit 1 2>/dev/full").code == 0
    assert shipped.run("vpcp init made >/dev/full").code == 0
    assert (programmes(shipped), (shipped.folder / "made/vpcp.toml").exists()) == (before, True)


@pytest.mark.parametrize(
    ("line", "code", "out"),
    [
        ("vpcp done --unit VPCP --open <&-", 2, ""),
        ("vpcp list --limit 1 -f ids <&-", 0, "2022-CD01.1\n"),
        (f"{DONE} <&- >&- 2>&-", 0, ""),
        ("vpcp list --frob <&- >&- 2>&-", 2, ""),
    ],
)
def test_closed_streams_are_no_bug(shipped: Terminal, line: str, code: int, out: str) -> None:
    answer = shipped.run(line.replace("-f ids", "-f ids --year 2022"))
    assert (answer.code, answer.out) == (code, out)
    assert (b"2022-05-05" in programmes(shipped)["2022.yaml"]) == line.startswith(DONE)


@pytest.mark.skipif(not shutil.which("localedef"), reason="no locale can be made here")
def test_what_is_typed_is_utf_8_under_any_locale(shipped: Terminal) -> None:
    made = subprocess.run(
        ["localedef", "-i", "en_US", "-f", "ISO-8859-1", shipped.home / "en_US"], check=False, capture_output=True
    )
    if not (shipped.home / "en_US").exists():
        pytest.skip(made.stderr.decode())
    shipped.settings = {"LOCPATH": str(shipped.home), "LC_ALL": "en_US", "VPCP_BY": "Vụ Tổng hợp"}
    written = shipped.run("vpcp note 2022-CD02.3 'xóa Bộ Tài chính' --on 2022-05-05 | cat")
    assert written.err.endswith("next: vpcp show 2022-CD02.3\n")
    content = programmes(shipped)["2022.yaml"].decode()
    assert "note: xóa Bộ Tài chính" in content
    assert "by: Vụ Tổng hợp" in content
    assert shipped.run("vpcp list 'dịch vụ' -f ids | cat").out == shipped.vpcp("list", "dịch vụ", "-f", "ids").out != ""
    assert shipped.run("vpcp list -f ids -o 'nhiệm vụ.txt' && cat 'nhiệm vụ.txt' | wc -l").out.strip() == "130"
    assert (shipped.folder / "nhiệm vụ.txt").exists()


@pytest.mark.parametrize("line", ["list", "done 2022-CD02.3", "check", "init", "undo", "--help", "explain --lang vi"])
def test_a_working_directory_that_has_gone_is_named(terminal: Terminal, line: str) -> None:
    answer = terminal.run(f"mkdir gone && cd gone && rmdir ../gone && vpcp {line} 2>&1 >/dev/null; echo $?")
    if line.startswith(("--help", "explain")):
        assert answer.out == "0\n"
    else:
        assert answer.out.startswith("error: The working directory can't be found: No such file or directory\nhint: ")
        assert answer.out.endswith("\n3\n")


def test_without_a_home_nothing_is_kept(shipped: Terminal) -> None:
    shipped.settings = {"XDG_CACHE_HOME": "", "HOME": "~"}
    assert shipped.run("vpcp list --limit 1 | wc -l").out.strip() == "1"
    told = shipped.vpcp("--install-completion", "bash")
    assert (told.code, told.err.splitlines()[0]) == (4, "error: Your home is not known, so nothing was installed.")
    assert [path.name for path in shipped.folder.iterdir()] == ["programmes"]


def write(folder: Path) -> list[str]:
    told: list[str] = []
    with Writer(Folder(folder, "."), "vpcp test", told.append) as writer:
        writer.append("2022-CD02.3", {"date": "2022-05-20", "status": "done"})
        writer.save()
    return told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one programme."""
    path = tmp_path / "programmes"
    path.mkdir()
    shutil.copy(REPOSITORY / "programmes/2022.yaml", path)
    return path


def failing(number: int) -> Callable[..., None]:
    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_drive_without_locks_is_written_to_with_a_warning(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(locks, "take", failing(number))
    (told,) = write(folder)
    assert told.startswith(f"This drive has no locks ({os.strerror(number)})")
    assert b"2022-05-20" in (folder / "2022.yaml").read_bytes()


def test_a_lock_of_another_user_on_a_network_drive_is_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / files.LOCK).touch()
    first, lock = (folder / files.LOCK).stat().st_ino, locks.take
    kept = (folder / files.LOCK).open()  # so that its number is not given again

    def flock(handle: int, *, wait: bool) -> None:
        if os.fstat(handle).st_ino == first:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        lock(handle, wait=wait)

    monkeypatch.setattr(locks, "take", flock)
    assert write(folder) == []
    assert (folder / files.LOCK).stat().st_ino != first
    kept.close()


def test_a_lock_is_open_to_all_who_may_write_in_the_folder(folder: Path) -> None:
    folder.chmod(0o770)
    write(folder)
    assert (folder / files.LOCK).stat().st_mode & 0o777 == 0o660


def test_a_file_that_is_mounted_by_itself_gets_a_hint(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def replace_but(source: str, target: str) -> None:
        if Path(target).name == "2022.yaml":
            failing(errno.EBUSY)()
        replace(source, target)

    monkeypatch.setattr(os, "replace", replace_but)
    before = (folder / "2022.yaml").read_bytes()
    with pytest.raises(WriteFailedError, match="busy") as refused:
        write(folder)
    assert "mount its folder" in (refused.value.hint() or "")
    assert (folder / "2022.yaml").read_bytes() == before
    assert {path.name for path in folder.iterdir()} == {"2022.yaml", files.LOCK}


def test_a_folder_in_the_place_of_the_record_is_left_alone(folder: Path) -> None:
    (folder / UNDO).mkdir()
    (folder / UNDO / "x").touch()
    assert write(folder) == []
    assert not (folder / JOURNAL).exists()
    assert {path.name for path in folder.iterdir()} == {"2022.yaml", files.LOCK, UNDO}


@pytest.fixture
def bound(shipped: Terminal) -> Terminal:
    """A terminal whose commands may open no more than their user may, also where that is root."""
    if os.getuid() or not shutil.which("setpriv"):
        pytest.skip("needs root, to give files to somebody else, and setpriv")
    return shipped


@pytest.mark.parametrize(
    ("closed", "mode", "line", "code", "words"),
    [
        ("programmes", 0o700, "vpcp done 2022-CD02.3", 3, "can't be opened: Permission denied"),
        ("programmes", 0o700, "vpcp list", 3, "The folder programmes can't be opened: Permission denied"),
        ("programmes", 0o711, "vpcp check", 3, "The folder programmes can't be opened: Permission denied"),
        ("programmes", 0o700, "EDITOR=true vpcp edit units", 3, "can't be opened: Permission denied"),
        ("programmes", 0o755, "vpcp done 2022-CD02.3", 4, ".vpcp.lock can't be written: Permission denied"),
        (".", 0o700, "vpcp list", 3, "can't be opened: Permission denied"),
        ("vpcp.toml", 0o600, "vpcp list", 3, "vpcp.toml can't be opened: Permission denied"),
        ("programmes/2022.yaml", 0o600, "vpcp list", 3, "you may not open it"),
        ("programmes/2022.yaml", 0o600, "EDITOR=true vpcp edit 2022", 4, "can't be written: Permission denied"),
    ],
)
def test_what_one_may_not_open_is_named(
    bound: Terminal, closed: str, mode: int, line: str, code: int, words: str
) -> None:
    bound.write("vpcp.toml", "due_soon_days = 7\n")
    bound.run("git init -q")
    path = bound.folder / closed
    path.chmod(mode)
    os.chown(path, 65534, 65534)
    less = "setpriv --inh-caps=-all --bounding-set=-dac_override,-dac_read_search"
    answer = bound.run(f"{less} env {line} $NOTHING")
    os.chown(path, 0, 0)
    path.chmod(0o755)
    assert (answer.code, answer.out) == (code, "")
    assert words in answer.err


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("list -o khong/co.csv", 4, "Không ghi được khong/co.csv: không có tệp hoặc thư mục này"),
        ("list -o vpcp.toml/co.csv", 4, "đó không phải là thư mục"),
        ("export html -o programmes", 4, "đó là thư mục"),
        ("add 2022-CD01 --from khong-co.csv", 3, "khong-co.csv: không có tệp hoặc thư mục này"),
        ("edit 2022", 4, "không có tệp hoặc thư mục này"),
        pytest.param("list -f csv > /dev/full", 4, "ổ đĩa đã hết chỗ trống", marks=full_disk),
    ],
)
def test_what_the_system_refuses_is_said_in_vietnamese(shipped: Terminal, line: str, code: int, words: str) -> None:
    shipped.write("vpcp.toml", 'data = "programmes"\n')
    answer = shipped.run(f"EDITOR=no-such-editor vpcp --lang vi {line}")
    assert words in answer.err
    assert answer.code == code


@pytest.mark.skipif(os.strerror(errno.ENOENT) != "No such file or directory", reason="another system's words")
def test_the_words_of_the_system_are_its_own_in_english_and_vietnamese_otherwise() -> None:
    common = (
        "ENOENT",
        "EACCES",
        "EPERM",
        "EISDIR",
        "ENOTDIR",
        "ENOSPC",
        "EROFS",
        "EEXIST",
        "EDQUOT",
        "EMFILE",
        "ELOOP",
    )
    for number in (getattr(errno, name) for name in common):
        error = OSError(number, os.strerror(number))
        said = reason_of(error)
        choose("vi")
        assert said == os.strerror(number) != reason_of(error)
        assert reason_of(OSError(number, "as we say it")) == "as we say it"
        choose("en")


@pytest.mark.parametrize("name", ["2022.yaml", "units.yaml", "2023.yaml"])
@pytest.mark.parametrize("through", [False, True])
def test_no_link_that_leaves_the_folder_is_followed(shipped: Terminal, name: str, *, through: bool) -> None:
    secret = shipped.write("secret", f"[core]\n\ta = 1\n\textraheader = {LETTERS}\n")
    link = shipped.folder / "programmes" / name
    link.unlink(missing_ok=True)
    if through:
        (shipped.folder / "programmes/between").symlink_to("../secret")
    link.symlink_to("between" if through else "../secret")
    for line, code in (("check", 1), ("list", 3), ("done 2022-CD02.3", 4), ("edit units", 4), ("edit 2022", 4)):
        answer = shipped.vpcp(*line.split(), EDITOR="true")
        assert LETTERS not in answer.out + answer.err
        if line in ("check", "list") or (name, line) in (("units.yaml", "edit units"), ("2022.yaml", "edit 2022")):
            assert answer.code == code, (line, answer)
    told = shipped.vpcp("check")
    assert f"{name} can't be read: it is a link that leads out of its folder." in told.out
    assert secret.read_text().endswith(f"{LETTERS}\n")


def test_a_link_inside_the_folder_is_followed(shipped: Terminal) -> None:
    (shipped.folder / "programmes/store").mkdir()
    (shipped.folder / "programmes/2022.yaml").rename(shipped.folder / "programmes/store/22")
    (shipped.folder / "programmes/2022.yaml").symlink_to("store/22")
    assert shipped.vpcp("check").code == shipped.run(DONE).code == 0
    assert b"2022-05-05" in (shipped.folder / "programmes/store/22").read_bytes()


def test_settings_behind_a_link_that_leaves_the_folder_are_not_read(shipped: Terminal) -> None:
    shipped.write("secret", f"{LETTERS.split(':', maxsplit=1)[0]} = 1\n")
    (shipped.folder / "here").mkdir()
    (shipped.folder / "here/vpcp.toml").symlink_to("../secret")
    answer = shipped.run("cd here && vpcp list")
    assert (answer.code, "leads out of" in answer.err, "AUTHORIZATION" in answer.err) == (3, True, False)


@pytest.mark.parametrize("name", ["2022.yaml", "units.yaml", UNDO, JOURNAL, files.LOCK])
@pytest.mark.parametrize("line", ["list", "done 2022-CD02.3", "undo", "add 2019-CD03 x --lead VPCP --nature standing"])
def test_nothing_waits_for_what_never_comes(shipped: Terminal, name: str, line: str) -> None:
    path = shipped.folder / "programmes" / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    answer = shipped.run(f"timeout 60 vpcp {line}")
    assert "bug" not in answer.err
    assert answer.code in {0, 3, 4}


@pytest.mark.parametrize("line", ["check --baseline", "check --write-baseline", "check --strict --baseline"])
@pytest.mark.parametrize("what", ["/dev/zero", "fifo", "programmes"])
def test_a_baseline_is_a_regular_file(shipped: Terminal, line: str, what: str) -> None:
    os.mkfifo(shipped.folder / "fifo")
    answer = shipped.vpcp(*line.split(), what)
    assert (answer.code, answer.err.splitlines()[0]) == (2, f"error: {what} is no baseline.")


def test_a_fifo_in_git_s_folder_holds_nobody_up(shipped: Terminal) -> None:
    shipped.run("git init -q")
    (shipped.folder / ".git/info/exclude").unlink(missing_ok=True)
    (shipped.folder / ".git/info").mkdir(exist_ok=True)
    os.mkfifo(shipped.folder / ".git/info/exclude")
    assert shipped.run(f"timeout 60 {DONE} | cat").err.endswith("take it back: vpcp undo\n")


MANY = "9" * 5000


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("list --as-of 0001-01-01 --due-before 2022", 0),
        ("list --as-of 9999-12-31 --due-before 2022", 0),
        ("due --as-of 9999-12-31", 0),
        ("list --as-of tomorrow", 0),
        ("summary --as-of 9999-12-31 --since 0001-01-01", 0),
        ("summary --as-of 9999-12-31 --since 0001-01-02", 0),
        ("list --as-of=-9999w", 0),
        (f"list --as-of +{MANY}d", 2),
        (f"list --due-before {MANY}/{MANY}/2022", 2),
        (f"list --due-before {MANY}/2022", 2),
        (f"list --due-before 'tháng {MANY}'", 2),
        (f"list --limit {MANY}", 2),
        (f"list --year {MANY}", 2),
        (f"list --view {MANY}", 2),
        (f"list --data {MANY}", 3),
        (f"list -o {MANY}", 4),
        (f"check {MANY}", 3),
        (f"summary --fail-on overdue>{MANY}", 2),
        (f"summary --fail-on rate<1,{MANY}", 2),
        (f"show {MANY}", 2),
        ("new 0000 --owner VPCP", 2),
        ("new 0000-vth --owner VPCP", 2),
        (f"new 2023-{MANY} --owner VPCP", 4),
        (f"new 2023-{'a' * 300} --owner VPCP", 4),
        ("done \udcff", 2),
        ("show \udcff", 2),
        ("add \udcff x --lead VPCP", 4),
        ("note 2022-CD02.3 \udcff", 4),
        ("edit \udcff", 2),
    ],
)
def test_what_lies_at_the_edge_is_refused_with_words(shipped: Terminal, line: str, code: int) -> None:
    words = line.replace("'tháng ", "tháng_").replace("'", "").split()
    answer = shipped.vpcp(*(word.replace("tháng_", "tháng ") for word in words))
    assert answer.code == code, answer
    assert "bug" not in answer.err
    assert shipped.vpcp("check").code == 0


@pytest.mark.parametrize("setting", [f"due_soon_days = {MANY}", f"max_file_mib = {MANY}"])
def test_settings_at_the_edge_are_refused_with_words(shipped: Terminal, setting: str) -> None:
    shipped.write("vpcp.toml", setting)
    answer = shipped.vpcp("list")
    assert (answer.code, "vpcp.toml" in answer.err) == (3, True)
    assert shipped.vpcp("--help", COLUMNS=MANY).code == 0


@pytest.mark.parametrize("options", ["-o x.csv", "--output=x.csv", "--data elsewhere", "--view red"])
def test_a_view_names_no_files(shipped: Terminal, options: str) -> None:
    shipped.write("vpcp.toml", f'[views]\nred = "{options}"\n')
    answer = shipped.vpcp("list", "--view", "red")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: The view «red» of vpcp.toml can't be used: No such option: ")


def test_a_view_leaves_the_place_of_the_answer_alone(shipped: Terminal) -> None:
    shipped.write("vpcp.toml", '[views]\nsome = "--limit 2"\n')
    assert shipped.vpcp("list", "--view", "some", "-f", "ids", "-o", "x").code == 0
    assert (shipped.folder / "x").read_text().count("\n") == 2


def test_a_register_that_is_not_there_can_not_be_edited(shipped: Terminal) -> None:
    (shipped.folder / "programmes/units.yaml").unlink()
    answer = shipped.vpcp("edit", "units", EDITOR="true")
    assert answer.err == "error: There is no programmes/units.yaml.\nhint: `vpcp init` makes it.\n"
    assert answer.code == 3


def test_an_answer_in_a_closed_file_stays_closed(shipped: Terminal) -> None:
    closed = shipped.write("closed.csv", "")
    closed.chmod(0o600)
    assert shipped.vpcp("list", "-o", "closed.csv").code == 0
    assert (closed.stat().st_mode & 0o777, closed.stat().st_size > 0) == (0o600, True)
    assert [path.name for path in shipped.folder.iterdir() if path.is_file()] == ["closed.csv"]


@pytest.mark.parametrize(
    ("editor", "told"),
    [
        ("subl", "--wait PATH:LINE"),
        ("kate", "--block PATH:LINE"),
        ("gvim", "-f +LINE PATH"),
        ("code", "--wait --goto PATH:LINE"),
        ("code --wait", "--wait --goto PATH:LINE"),
        ("vim", "+LINE PATH"),
    ],
)
def test_an_editor_is_told_to_wait(shipped: Terminal, editor: str, told: str) -> None:
    stub = shipped.write(editor.split(maxsplit=1)[0], '#!/bin/sh\necho "$@" > told\n')
    stub.chmod(0o755)
    answer = shipped.vpcp("edit", "2022-CD02.3", EDITOR=f"{shipped.folder}/{editor}")
    assert answer.code == 0
    seen = (shipped.folder / "told").read_text()
    before = programmes(shipped)["2022.yaml"].partition(b"id: 2022-CD02.3\n")[0]
    line = str(before.count(b"\n") + 1)
    assert seen.replace(f"{shipped.folder}/programmes/2022.yaml", "PATH") == f"{told.replace('LINE', line)}\n"


def test_who_must_wait_gets_ready_first(folder: Path) -> None:
    done: list[str] = []
    with files.FolderLock(folder, "vpcp first", pytest.fail, unlocked=pytest.fail):
        second = files.FolderLock(
            *(folder, "vpcp second", lambda _holder: done.append("told")),
            unlocked=pytest.fail,
            before_waiting=lambda: done.append("ready"),
            patience=0.01,
            limit=0.02,
        )
        with pytest.raises(LockedError):
            second.__enter__()
    assert done == ["ready", "told"]


def test_a_file_that_somebody_has_open_is_replaced_when_it_is_closed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, refused = os.replace, [failing(errno.EACCES)] * 3

    def replace_later(source: str, target: str) -> None:
        (refused.pop() if refused else replace)(source, target)

    monkeypatch.setattr(os, "replace", replace_later)
    monkeypatch.setattr(files, "_TRIES", 3)
    monkeypatch.setattr(files, "_PAUSE", 0)
    assert write(folder) == []
    assert b"2022-05-20" in (folder / "2022.yaml").read_bytes()
