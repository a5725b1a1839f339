"""What a stream can show."""

import io

import pytest

from vpcp_cli.render.console import Screen, Style
from vpcp_cli.render.forms import Color


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("color", "environ", "terminal", "pipe"),
    [
        (Color.AUTO, {}, True, False),
        (Color.AUTO, {"NO_COLOR": "1"}, False, False),
        (Color.AUTO, {"NO_COLOR": ""}, True, False),
        (Color.AUTO, {"FORCE_COLOR": "1"}, True, True),
        (Color.AUTO, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        (Color.AUTO, {"TERM": "dumb"}, False, False),
        (Color.ALWAYS, {"NO_COLOR": "1", "TERM": "dumb"}, True, True),
        (Color.NEVER, {"FORCE_COLOR": "1"}, False, False),
    ],
)
def test_colour_is_what_was_asked_for(color: Color, environ: dict[str, str], *, terminal: bool, pipe: bool) -> None:
    assert Screen.of(Tty(), color, environ).colour is terminal
    assert Screen.of(io.StringIO(), color, environ).colour is pipe


def test_the_width_is_that_of_columns_else_eighty() -> None:
    assert Screen.of(io.StringIO(), environ={"COLUMNS": "120"}).width == 120
    assert Screen.of(io.StringIO(), environ={"COLUMNS": "wide"}).width == 80
    assert Screen.of(io.StringIO(), environ={"COLUMNS": "3"}).width == 20


def test_symbols_go_into_files_under_any_locale() -> None:
    assert Screen.of(io.StringIO(), environ={}).symbols


def test_paint_needs_colour() -> None:
    assert Screen(colour=True).paint("x", Style.BOLD) == "\x1b[1mx\x1b[0m"
    assert Screen().paint("x", Style.BOLD) == Screen(colour=True).paint("x", Style.PLAIN) == "x"
