"""What typer says is said in the user's language; errors end as sentences with the right exit code."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pytest
import typer

from terminal import Terminal
from vpcp_cli import cli, language
from vpcp_cli.errors import NoDataError
from vpcp_cli.render.help import SpokenHelp
from vpcp_cli.render.usage import SENTENCES, reword


class Colour(StrEnum):
    """A choice."""

    RED = "red"
    BLUE = "blue"


def example(
    ids: Annotated[list[str], typer.Argument(help="The ids.")],
    colour: Annotated[Colour, typer.Option(help="The colour.", rich_help_panel="Read")],
    days: Annotated[int, typer.Option(min=1, envvar="DAYS", show_envvar=True)] = 30,
    part: Annotated[float, typer.Option()] = 0.5,
    span: Annotated[tuple[str, str] | None, typer.Option()] = None,
) -> None:
    """Keep the government's work programmes: what was asked, by whom, of whom, and how far it
    is.

    \b
    $ vpcp example
    """  # noqa: D205, D301


@pytest.fixture
def vietnamese() -> Iterator[None]:
    language.choose("vi")
    yield
    language.choose("en")


def said(*argv: str) -> str:
    """What typer says to a wrong command line, in its own words."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(cls=SpokenHelp)(example)
    with pytest.raises(typer.TyperException) as caught:
        typer.main.get_command(app).main(list(argv), standalone_mode=False)
    return caught.value.format_message()


RIGHT = ("a", "--colour", "red")


@pytest.mark.usefixtures("vietnamese")
@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["--colour", "red"], "Thiếu đối số 'ids'."),
        (["a"], "Thiếu tùy chọn '--colour'. Các giá trị được chọn: red, blue"),
        (["a", "--colour"], "Tùy chọn '--colour' cần có giá trị đi kèm."),
        (["a", "--colour", "x"], "Giá trị của '--colour' không hợp lệ: 'x' không thuộc các giá trị 'red', 'blue'."),
        ([*RIGHT, "--part", "x"], "Giá trị của '--part' không hợp lệ: 'x' không phải là số thập phân hợp lệ."),
        (
            [*RIGHT, "--days", "x"],
            "Giá trị của '--days' (biến môi trường 'DAYS') không hợp lệ: 'x' không phải là số nguyên hợp lệ.",
        ),
        (
            [*RIGHT, "--days", "0"],
            "Giá trị của '--days' (biến môi trường 'DAYS') không hợp lệ: 0 nằm ngoài khoảng x>=1.",
        ),
        ([*RIGHT, "--span", "x"], "Tùy chọn '--span' cần có 2 giá trị đi kèm."),
        ([*RIGHT, "--help=1"], "Tùy chọn '--help' không nhận giá trị."),
        ([*RIGHT, "-x"], "Không có tùy chọn -x"),
    ],
)
def test_a_usage_error_is_reworded(argv: list[str], sentence: str) -> None:
    assert reword(said(*argv)) == sentence


@pytest.mark.usefixtures("vietnamese")
@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_of_typer_is_recognised(sentence: str) -> None:
    spoken = sentence.replace("{reason}", "required").replace("{type}", "float").replace("{", "<").replace("}", ">")
    assert reword(spoken) != spoken


@pytest.mark.usefixtures("vietnamese")
def test_what_the_user_typed_is_not_reworded() -> None:
    assert reword("Got unexpected extra argument(s) (integer required)") == "Thừa đối số: integer required"
    assert reword("Something new.") == "Something new."


@pytest.mark.usefixtures("vietnamese")
def test_the_help_of_a_command_is_in_the_readers_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(cls=SpokenHelp)(example)
    typer.main.get_command(app).main(["--help"], prog_name="vpcp example", standalone_mode=False)
    assert capsys.readouterr().out.splitlines() == [
        "Cách dùng: vpcp example [TÙY CHỌN] {ids}...",
        "",
        "  Theo dõi nhiệm vụ, ý kiến chỉ đạo: giao việc gì, ai giao, đơn vị nào thực",
        "  hiện, tiến độ ra sao.",
        "",
        "  $ vpcp example",
        "",
        "Đối số:",
        "  ids...  The ids.  [bắt buộc]",
        "",
        "Tra cứu:",
        "  --colour <red|blue>  The colour.  [bắt buộc]",
        "",
        "Tùy chọn:",
        "  --days <int range>   [biến môi trường: DAYS; mặc định: 30; x>=1]",
        "  --part <float>       [mặc định: 0.5]",
        "  --span <str str>...",
        "  --help               Hiển thị phần trợ giúp này rồi thoát.",
    ]


@pytest.mark.parametrize(
    ("error", "code", "shown"),
    [
        (NoDataError("x\x1b[31m"), 3, "error: There are no programmes in x\\x1b[31m."),
        (KeyError("x"), 70, "error: This is a bug in vpcp: KeyError: 'x'"),
        (OSError(5, "Input/output error", "x.yaml"), 3, "error: x.yaml can't be opened: Input/output error"),
        (OSError(11, "Resource temporarily unavailable"), 3, "error: The system refuses what is needed: Resource"),
        (KeyboardInterrupt(), 130, ""),
        (typer.Exit(1), 1, ""),
    ],
)
def test_an_error_ends_as_a_sentence_and_an_exit_code(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, shown: str
) -> None:
    def fail() -> Callable[..., object]:
        raise error

    rows = (cli.Row("broken", cli.READ, "Fail."),)
    monkeypatch.setattr(cli, "COMMANDS", rows)
    monkeypatch.setattr(cli.Row, "load", lambda _row: fail())
    answer = terminal.vpcp("broken")
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.startswith(shown)
    assert ("Traceback" in terminal.vpcp("broken", "--debug").err) == (
        code in {3, 70} and not isinstance(error, NoDataError)
    )


def test_a_reader_that_leaves_is_no_error(terminal: Terminal) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "vpcp_cli"],
        env=terminal.environment(),
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full disk to offer")
def test_a_full_disk_is_said_and_no_bug(terminal: Terminal) -> None:
    full = terminal.run("vpcp --help > /dev/full")
    assert (full.code, full.err) == (4, "error: Standard output can't be written: No space left on device\n")


def test_output_is_utf_8_under_any_locale(terminal: Terminal) -> None:
    terminal.settings = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "VPCP_LANG": "vi"}
    assert "Cách dùng" in terminal.run("vpcp | cat").out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full disk to offer")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("vpcp --help >&-", 0),
        ("vpcp list --frob 2>&-", 2),
        ("vpcp list --frob >&- 2>&-", 2),
        ("vpcp list --frob 2>/dev/full", 2),
    ],
)
def test_the_exit_code_holds_where_nobody_listens(terminal: Terminal, line: str, code: int) -> None:
    answer = terminal.run(line)
    assert (answer.code, answer.out, answer.err) == (code, "", "")


def test_what_was_said_before_a_late_refusal_is_not_lost(terminal: Terminal) -> None:
    terminal.take_shipped()
    line = "check --report gitlab=/nowhere/report.json"
    inside = terminal.vpcp(*line.split())
    assert (inside.code, inside.out) == (4, "6 files checked: nothing wrong\n")
    assert terminal.run(f"vpcp {line} 2>/dev/null; echo $?").out == f"{inside.out}4\n"
    assert terminal.run("vpcp --version >/dev/full; echo $?").out == "4\n"
