"""A terminal for tests, away from the machine's settings: `vpcp` runs in this process, other commands in a shell."""

import ast
import atexit
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from vpcp_cli import cli, vocabulary
from vpcp_cli.render import streams

REPOSITORY = Path(__file__).resolve().parent.parent
FOREIGN = re.compile(
    r"NO_COLOR|FORCE_COLOR|CLICOLOR.*|CI|GITHUB_.*|GITLAB_.*|LANG|LANGUAGE|LC_.*|COLUMNS|LINES|TERM|TZ|_?VPCP_.*|XDG_.*"
    r"|GIT_.*|EDITOR|VISUAL|PYTHONDONTWRITEBYTECODE"
)
FOR_THE_SHELL = re.compile(r"[|&;<>$`*?~#\\]")
CALM_QUOTES = re.compile(r"""'[^']*'|"[^"$`\\]*\"""")
PIPED = re.compile(r"((?:\w+=\S* )*vpcp (?!edit )[^|&;<>$`*?~#\\]*?)( 2>/dev/null| 2>&1)?(?: \| (.+))?")


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str


@dataclass
class Terminal:
    """A folder to work in, with a home of its own. `run` takes a command line as it is typed."""

    folder: Path
    home: Path
    settings: dict[str, str] = field(default_factory=dict)
    screen: bool = False
    """Whether `vpcp` writes to a terminal's screen, without colours."""
    joined: bool = False
    """Whether what it says on standard error goes where its answer goes."""

    @classmethod
    def at(cls, place: Path) -> "Terminal":
        """A terminal in a new folder of `place`."""
        terminal = cls(place / "work", place / "home")
        terminal.folder.mkdir()
        terminal.home.mkdir()
        return terminal

    def environment(self) -> dict[str, str]:
        """The same on every machine; `settings` overrides it."""
        kept = {name: value for name, value in os.environ.items() if not FOREIGN.fullmatch(name)}
        return kept | {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", "")]),
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": str(self.home / "gitconfig"),
            "GIT_AUTHOR_NAME": "Nguyễn Thị Minh",
            "GIT_AUTHOR_EMAIL": "minh@example.vn",
            "GIT_AUTHOR_DATE": "2022-06-24T08:00:00+07:00",
            "GIT_COMMITTER_NAME": "Nguyễn Thị Minh",
            "GIT_COMMITTER_EMAIL": "minh@example.vn",
            "GIT_COMMITTER_DATE": "2022-06-24T08:00:00+07:00",
            "COLUMNS": "80",
            "TERM": "dumb",
            "VPCP_AS_OF": "2022-06-24",
            "VPCP_LANG": "en",
            "VPCP_BY": "Vụ Tổng hợp",
            **self.settings,
        }

    def run(self, line: str) -> Answer:
        """Run a command line: `[NAME=value…] vpcp …` and `cat FILE` in this process, all else in a shell."""
        if FOR_THE_SHELL.search(CALM_QUOTES.sub("", line)):
            return self._shell(line)
        match shlex.split(line):
            case ["cat", name]:
                return Answer(0, (self.folder / name).read_bytes().decode(), "")
            case words:
                place = next((place for place, word in enumerate(words) if not re.match(r"\w+=", word)), 0)
        if words[place] != "vpcp":
            return self._shell(line)
        return self.vpcp(*words[place + 1 :], **dict(word.split("=", 1) for word in words[:place]))

    def play(self, line: str) -> Answer:
        """Do the same, but for `vpcp … [2>/dev/null|2>&1] [| …]`: what it prints is given to the rest of the line."""
        found = PIPED.fullmatch(CALM_QUOTES.sub(lambda quoted: "Q" * len(quoted[0]), line))
        if not found or not (found[2] or found[3]):
            return self.run(line)
        printed = replace(self, screen=False, joined=found[2] == " 2>&1").run(line[: found.end(1)])
        err = "" if found[2] else printed.err
        if not found[3]:
            return replace(printed, err=err)
        answer = self._shell(line[found.start(3) :], printed.out.encode())
        return replace(answer, err=err + answer.err)

    def vpcp(self, *arguments: str, **environment: str) -> Answer:
        """Run `vpcp` with these arguments in this process, with these variables besides."""
        out = _stream(screen=self.screen)
        err = _stream(joined=out) if self.joined else _stream()
        with self._inside(self.environment() | environment), redirect_stdout(out), redirect_stderr(err):
            vocabulary.unsettle()  # a process begins
            code = cli.main(arguments)
            vocabulary.unsettle()  # and ends: the next test knows no workspace's categories
        return Answer(code, _text(out), "" if self.joined else _text(err))

    def write(self, name: str, content: str | bytes) -> Path:
        """Put a file into the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def take_shipped(self, names: Sequence[str] = ()) -> None:
        """Copy the project's own programmes (all, or those named) into the folder."""
        for path in sorted((REPOSITORY / "programmes").glob("*.yaml")):
            if not names or path.name in names:
                self.write(f"programmes/{path.name}", path.read_bytes())
        self._remember(REPOSITORY / "programmes")

    def take(self, workspace: Path) -> None:
        """Copy a workspace into the folder."""
        shutil.copytree(workspace, self.folder, dirs_exist_ok=True)
        if workspace == REPOSITORY / "examples":
            self._remember(workspace / "programmes")

    def _remember(self, programmes: Path) -> None:
        """Keep what is known of programmes that many tests begin with, which is found once."""
        shutil.copytree(_known(programmes), self.home / "cache", dirs_exist_ok=True)

    def _shell(self, line: str, given: bytes = b"") -> Answer:
        done = subprocess.run(  # noqa: S602  the transcripts are the project's own
            line,
            shell=True,
            cwd=self.folder,
            env=self.environment(),
            input=given,
            capture_output=True,
            check=False,
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    @contextmanager
    def _inside(self, environment: Mapping[str, str]) -> Iterator[None]:
        """Be in the folder with this environment and nothing to read; afterwards all is as before."""
        folder, outside, typed = Path.cwd(), dict(os.environ), sys.stdin
        os.chdir(self.folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.stdin = _stream()
        try:
            yield
        finally:
            sys.stdin = typed
            os.environ.clear()
            os.environ.update(outside)
            os.chdir(folder)


@cache
def _known(programmes: Path) -> Path:
    """A cache in which some programmes are known."""
    place = Path(mkdtemp(prefix="vpcp-"))
    atexit.register(shutil.rmtree, place)
    terminal = Terminal.at(place)
    for command in (("list", "x"), ("check",)):
        terminal.vpcp(*command, "--data", str(programmes))
    return terminal.home / "cache"


def on_screen(screen: int) -> Iterator[bytes]:
    """What comes to a terminal's screen until all who write to it are gone."""
    try:
        while piece := os.read(screen, 4096):
            yield piece
    except OSError:  # how Linux says so
        return


def typed(terminal: Terminal, command: str, *lines: str) -> tuple[int, str, str]:
    """Run a command in front of somebody who types these lines; the exit code, what it printed, what was asked."""
    ours, theirs = os.openpty()
    os.write(ours, "".join(f"{line}\n" for line in lines).encode())
    done = subprocess.run(
        [sys.executable, "-m", "vpcp_cli", *shlex.split(command)],
        cwd=terminal.folder,
        env=terminal.environment(),
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        check=False,
    )
    os.close(theirs)
    asked = b"".join(on_screen(ours)).decode()
    os.close(ours)
    return done.returncode, done.stdout, asked


def file_content(kind: str, lines: Sequence[str]) -> bytes:
    """What a fence puts into a file: its lines, or with `python-bytes` the bytes literals that they are."""
    if kind == "python-bytes":
        return b"".join(ast.literal_eval(line) for line in lines if line)
    return "".join(f"{line}\n" for line in lines).encode()


class _Screen(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def _stream(*, screen: bool = False, joined: io.TextIOWrapper | None = None) -> io.TextIOWrapper:
    if joined:
        return streams._Asides(joined.buffer, encoding="ascii", newline="\n", line_buffering=True)
    return (_Screen if screen else io.TextIOWrapper)(io.BytesIO(), encoding="ascii", newline="\n")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()
