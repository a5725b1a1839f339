"""What takes its time says so on a terminal, and leaves no trace."""

import io

import pytest

from vpcp_cli import language
from vpcp_cli.render.progress import reading


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def watched(stream: io.StringIO, patience: float) -> str:
    with reading(stream, patience):
        for _look in range(10_000_000 if patience == 0 else 0):
            if "Reading" in stream.getvalue():
                break
    return stream.getvalue()


@pytest.fixture(autouse=True)
def _a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    language.choose("en")


def test_what_is_slow_shows_a_bar_and_wipes_it_out() -> None:
    shown = watched(Screen(), 0)
    assert "Reading the programmes" in shown
    assert shown.endswith("\x1b[2K")


def test_what_is_quick_shows_nothing() -> None:
    assert watched(Screen(), 60) == ""


def test_nothing_is_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    with reading(stream := io.StringIO(), 0):
        pass
    assert stream.getvalue() == ""
    monkeypatch.setenv("TERM", "dumb")
    with reading(stream := Screen(), 0):
        pass
    assert stream.getvalue() == ""
