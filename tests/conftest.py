"""Transcripts are tests: each `##` section of tests/{transcripts,findings}/*.md runs in a folder of its own.

A fence with a name, as in ```` ```yaml programmes/2022.yaml ````, makes that file (```` ```python-bytes NAME ```` from
bytes literals); ```` ```shipped ```` brings the project's own programmes, or those that its lines name. A `console`
fence holds `$ vpcp …` lines with all that they print: standard output, then each line of standard error after `! `,
then `[exit 2]` where the code is not 0. Fences before the first `##` are for every section; a file without sections is
one. `pytest --update` writes what it sees.

A file `NAME.vi.md` is in Vietnamese.

In the READMEs (links to them stand in tests/transcripts/) the answers are those of a terminal, and
```` ```console shipped ```` or ```` ```console examples ```` says in a copy of which programmes the commands run.
"""

import gc
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis
import pytest

from made_up import cases
from terminal import REPOSITORY, Answer, Terminal, file_content
from vpcp_cli import language
from vpcp_cli.commands.session import today

hypothesis.settings.register_profile("vpcp", cases(50))
hypothesis.settings.load_profile("vpcp")

DAY_OF_READMES = date(2023, 6, 20)
"""Stands in the READMEs for the day on which the test runs; elsewhere it is DAY-OF-RUN."""
OPENING = re.compile(r"(`{3,})(\S+)(?: (.+))?")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write into the transcripts what the commands print")


def pytest_configure(config: pytest.Config) -> None:
    os.environ["VPCP_NO_CACHE"] = "1"  # outside of a `Terminal`, which has a home of its own
    sys.dont_write_bytecode = False  # each worker would compile every test anew
    if config.getoption("--update") and config.getoption("numprocesses", default=None):
        message = "--update writes files: run it without -n"
        raise pytest.UsageError(message)


@pytest.fixture(autouse=True)
def _english() -> None:
    """What a command in this process has chosen before is forgotten."""
    language.choose("en")


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A terminal in an empty folder."""
    return Terminal.at(tmp_path)


@dataclass
class Fence:
    """A fenced block: where its first line stands in the file, and what it is for."""

    kind: str
    name: str
    start: int
    lines: list[str] = field(default_factory=list)

    def prepare(self, terminal: Terminal) -> None:
        """Make the file that the fence describes, or bring the shipped programmes."""
        if self.kind == "shipped":
            terminal.take_shipped(self.lines)
        elif self.name:
            terminal.write(self.name, file_content(self.kind, self.lines))

    def play(self, terminal: Terminal) -> Iterator[str]:
        """Run the commands of a console fence; the lines that it should hold."""
        if self.name == "shipped":
            terminal.take_shipped()
        elif self.name:
            terminal.take(REPOSITORY / self.name)
        for line in self.lines:
            if line.startswith("$ "):
                yield line
                yield from seen(terminal.play(line[2:]), terminal)


def seen(answer: Answer, terminal: Terminal) -> Iterator[str]:
    """What a transcript shows of an answer: signs for escapes, returns and a missing last end of line."""
    for mark, text in (("", answer.out), ("! ", answer.err)):
        visible = text.replace(str(terminal.folder), "/work").replace(str(terminal.home), "/home")
        for form in ("%Y-%m-%d", "%d/%m/%Y"):  # `recorded` is the day of the clock
            shown = f"{DAY_OF_READMES:{form}}" if terminal.screen else "DAY-OF-RUN"
            visible = visible.replace(f"{today():{form}}", shown)
        for line in re.findall(r"[^\n]*\n|[^\n]+$", visible.replace("\x1b", "␛").replace("\r", "␍")):
            yield mark + (line[:-1] if line.endswith("\n") else line + "␄")
    if answer.code:
        yield f"[exit {answer.code}]"


def sections(lines: list[str]) -> list[tuple[str, list[Fence]]]:
    """Titles with their fences; the first has no title: what stands before any section."""
    found: list[tuple[str, list[Fence]]] = [("", [])]
    closing = ""
    for number, line in enumerate(lines, 1):
        opening = OPENING.fullmatch(line)
        if closing:
            if line == closing:
                closing = ""
            else:
                found[-1][1][-1].lines.append(line)
        elif opening:
            closing = opening[1]
            found[-1][1].append(Fence(opening[2], opening[3] or "", number))
        elif line.startswith("## "):
            found.append((line[3:], []))
    assert not closing, "a fence is not closed"
    return found


def pytest_collection_finish() -> None:
    """What is there by now stays: the garbage collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.File | None:
    if file_path.suffix == ".md" and file_path.parent.name in {"transcripts", "findings"}:
        return Transcript.from_parent(parent, path=file_path)
    return None


class Transcript(pytest.File):
    """A Markdown file of transcripts."""

    def collect(self) -> Iterable[pytest.Item]:
        titles = [title for title, _fences in self.sections()][1:] or [self.path.stem]
        assert len(titles) == len(set(titles)), f"{self.path}: two sections have the same title"
        for title in titles:
            yield Section.from_parent(self, name=title)

    def lines(self) -> list[str]:
        return self.path.read_text(encoding="utf-8").split("\n")

    def sections(self) -> list[tuple[str, list[Fence]]]:
        return sections(self.lines())


class Section(pytest.Item):
    """One section of a transcript."""

    parent: Transcript

    def runtest(self) -> None:
        (_untitled, common), *titled = self.parent.sections()
        played: list[tuple[Fence, list[str]]] = []
        with TemporaryDirectory(prefix="vpcp-") as place:
            terminal = Terminal.at(Path(place).resolve())
            if self.parent.path.name.startswith("README"):
                terminal.screen = True
                terminal.settings["VPCP_LANG"] = "en"
            if self.parent.path.stem.endswith(".vi"):
                terminal.settings["VPCP_LANG"] = "vi"
            for fence in [*common, *dict(titled).get(self.name, [])]:
                if fence.kind == "console":
                    played.append((fence, list(fence.play(terminal))))
                else:
                    fence.prepare(terminal)
        changed = [(fence, lines) for fence, lines in played if fence.lines != lines]
        if changed and not self.config.getoption("--update"):
            raise DifferentError(self.parent.path, changed)
        self.rewrite(changed)

    def rewrite(self, changed: list[tuple[Fence, list[str]]]) -> None:
        """Put into the file what the commands print now."""
        lines = self.parent.lines()
        for fence, now in reversed(changed):
            lines[fence.start : fence.start + len(fence.lines)] = now
        if changed:
            self.parent.path.write_text("\n".join(lines), encoding="utf-8")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str | object:  # type: ignore[override]  # noqa: ARG002
        """The difference alone, without the way through pytest."""
        different = isinstance(excinfo.value, DifferentError)
        return str(excinfo.value) if different else super().repr_failure(excinfo, "short")

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.path.stem}: {self.name}"


class DifferentError(AssertionError):
    """The commands print something else than the transcript says."""

    def __init__(self, path: Path, changed: list[tuple[Fence, list[str]]]) -> None:
        shown = []
        for fence, lines in changed:
            shown.append(f"{path}:{fence.start}")
            shown += unified_diff(fence.lines, lines, "the transcript", "printed now", lineterm="", n=2)
        super().__init__("\n".join(shown))
