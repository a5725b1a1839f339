"""Windows, by a stand-in: it answers and writes as here, waits for its locks, and needs nothing that it lacks."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from terminal import REPOSITORY, Answer, Terminal
from vpcp_cli.storage.files import LOCK

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="who has a file open can't be seen here")

LINES = (
    "vpcp list --year 2022 -f ids",
    "vpcp --lang vi list -f table --year 2022",
    "vpcp status --by lead",
    "vpcp summary --as-of commit",
    "vpcp check --against HEAD",
    "vpcp show 2022-CD01.3",
    "vpcp export html -o page.html",
    "vpcp note 2022-CD01.3 'Đã có ý kiến'",
    "vpcp done 2022-CD02.1 --on 2022-06-20",
    "vpcp add 2022-CD01 'Rà soát' --lead VAN_PHONG --deadline 2022-Q4",
    "vpcp unit add CON 'Côn Đảo'",
    "vpcp update 2022-NV01.5 --lead CON --on 2022-06-20",
    "vpcp export xlsx --each lead -o forms",
    "vpcp letter --each lead --reply-by 2022-07-01 -o letters",
    "vpcp diff HEAD",
    "vpcp undo --list",
    "vpcp undo",
    "vpcp new 2024 --carry-over",
    "vpcp undo",
    "vpcp cache clean",
    "vpcp init made --owner X 'Đơn vị X'",
    "vpcp edit 2022 --debug",
)


def there(place: Path) -> Terminal:
    """A workspace with a history, its editor one that changes nothing."""
    place.mkdir()
    terminal = Terminal.at(place)
    shutil.copytree(REPOSITORY / "examples/programmes", terminal.folder / "programmes")
    shutil.copy(REPOSITORY / "examples/vpcp.toml", terminal.folder)
    terminal.run("git init -q -b main && git add -A && git commit -qm 1")
    (terminal.home / "bin").mkdir()
    (terminal.home / "bin/git.exe").symlink_to(shutil.which("git") or "")
    path = os.pathsep.join([str(terminal.home / "bin"), os.environ["PATH"]])
    terminal.settings = {"PATH": path, "VPCP_NO_CACHE": "1", "EDITOR": "true", "VPCP_LANG": "en"}
    return terminal


@contextmanager
def as_windows(terminal: Terminal, *lines: str) -> Iterator[IO[str]]:
    """A process that answers these lines; what it prints."""
    command = [sys.executable, str(REPOSITORY / "tests/windows.py"), str(terminal.folder)]
    environment = terminal.environment() | {"SETTINGS": json.dumps(terminal.settings)}
    with subprocess.Popen(command, stdin=-1, stdout=-1, env=environment, text=True, encoding="utf-8") as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("\n".join(lines))
        process.stdin.close()
        yield process.stdout
    assert process.returncode == 0


def answers(said: IO[str]) -> list[Answer]:
    return [Answer(*json.loads(line)) for line in said]


def files(terminal: Terminal) -> dict[str, bytes]:
    found = [path for path in terminal.folder.rglob("*") if path.is_file() and ".git" not in path.parts]
    kept = [path for path in found if not path.name.startswith((".vpcp.", "."))]
    return {str(path.relative_to(terminal.folder)): path.read_bytes() for path in kept}


def test_all_is_answered_and_written_as_here(tmp_path: Path) -> None:
    here, away = there(tmp_path / "here"), there(tmp_path / "away")
    with as_windows(away, *LINES) as process:
        expected = [here.run(line) for line in LINES]
        answered = answers(process)
    for line, told, said in zip(LINES, expected, answered, strict=True):
        plain = json.loads(json.dumps([told.code, told.out, told.err]).replace(str(here.folder), str(away.folder)))
        assert [line, said.code, said.out, said.err] == [line, *plain]
    assert [name for name, content in files(here).items() if files(away).get(name) != content] == []
    assert set(files(away)) == set(files(here))
    assert "CON_.xlsx" in {path.name for path in (away.folder / "forms").iterdir()}


def test_a_writer_waits_for_the_lock_of_another_and_says_who_has_it(tmp_path: Path) -> None:
    away = there(tmp_path / "away")
    lock = (away.folder / "programmes" / LOCK).open("w+")
    lock.write("4711: vpcp first\n")
    lock.flush()
    fcntl.lockf(lock, fcntl.LOCK_EX, 1, 1 << 30)
    with as_windows(away, "LOCK") as said:
        waiting = said.readline()
        lock.close()
        assert json.loads(waiting) == [3, "4711: vpcp first", ""]
        assert answers(said) == [Answer(0, "taken", "")]


def test_a_file_that_somebody_has_open_is_replaced_when_it_is_closed(tmp_path: Path) -> None:
    away = there(tmp_path / "away")
    away.settings["BUSY"] = "2022.yaml:3"
    with as_windows(away, "vpcp done 2022-CD02.1 --on 2022-06-20") as said:
        (done,) = answers(said)
    assert (done.code, "2022-06-20" in done.out) == (0, True), done.err
    assert not list(away.folder.rglob("*.tmp"))


def test_line_ends_as_git_makes_them_on_windows_stay_and_are_no_change(tmp_path: Path) -> None:
    origin = there(tmp_path / "origin")
    origin.run("git -c core.autocrlf=true clone -q . ../clone && git -C ../clone config core.autocrlf true")
    clone = Terminal(origin.folder.parent / "clone", origin.home, origin.settings)
    assert clone.run("vpcp check --against origin/main").code == 0
    assert clone.run("vpcp done 2022-CD02.1 --on 2022-06-20").code == 0
    content = (clone.folder / "programmes/2022.yaml").read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert clone.run("git diff --stat").out.splitlines()[-1] == " 1 file changed, 4 insertions(+)"
    assert clone.run("git commit -qam 2").code == 0
    assert clone.run("vpcp check --against origin/main").code == 0
