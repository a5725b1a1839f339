"""What the place where an answer goes can show: colour, width, symbols."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TextIO

from vpcp_cli.dataclass import dataclass
from vpcp_cli.render.forms import Color

if TYPE_CHECKING:
    from rich.console import Console

WIDTH: Final = 80
_LEAST_WIDTH: Final = 20
_LONGEST_WIDTH: Final = 6
"""Digits of what a width can be."""


class Style(StrEnum):
    """Codes of the sixteen colours that can be read on light and on dark: no yellow, white, blue or cyan."""

    PLAIN = ""
    BOLD = "1"
    DIM = "2"
    RED = "31"
    GREEN = "32"
    MAGENTA = "35"
    BOLD_RED = "1;31"
    BOLD_MAGENTA = "1;35"
    HIT = "1;4"
    STRUCK = "2;9"


@dataclass(frozen=True, slots=True)
class Screen:
    """What a stream can show; `width` in cells."""

    terminal: bool = False
    colour: bool = False
    width: int = WIDTH
    symbols: bool = True

    @classmethod
    def of(cls, stream: TextIO, color: Color = Color.AUTO, environ: Mapping[str, str] = os.environ) -> Screen:
        """Look at a stream and at what the environment asks for; `NO_COLOR`, `FORCE_COLOR`, `COLUMNS`, `TERM`."""
        terminal = stream.isatty()
        return cls(
            terminal=terminal,
            colour=_colour(color, environ, terminal=terminal),
            width=_width(stream, environ),
            # A file takes UTF-8 under any locale; a terminal shows what its locale says.
            symbols=not terminal or os.name == "nt" or _speaks_utf8(),
        )

    def paint(self, text: str, style: Style) -> str:
        """Return a text in a style, where there is colour."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and style and text else text

    def rich(self, stream: TextIO) -> Console:
        """Return rich's console with this screen's policy; data must come to it as `Text`."""
        from rich.console import Console

        return Console(
            file=stream,
            width=self.width,
            height=25,
            force_terminal=self.colour,
            no_color=not self.colour,
            color_system="standard" if self.colour else None,
            force_interactive=False,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            safe_box=not self.symbols,
            _environ={},
        )


def _speaks_utf8() -> bool:
    import locale

    return locale.getencoding().lower() in ("utf-8", "utf8")


def _colour(color: Color, environ: Mapping[str, str], *, terminal: bool) -> bool:
    if color is not Color.AUTO:
        return color is Color.ALWAYS
    if environ.get("NO_COLOR"):
        return False
    if forced := environ.get("FORCE_COLOR"):
        return forced != "0"
    return terminal and environ.get("TERM") != "dumb"


def _width(stream: TextIO, environ: Mapping[str, str]) -> int:
    columns = environ.get("COLUMNS", "")
    if columns.isdecimal() and len(columns) <= _LONGEST_WIDTH and int(columns):
        return max(int(columns), _LEAST_WIDTH)
    try:
        return max(os.get_terminal_size(stream.fileno()).columns or WIDTH, _LEAST_WIDTH)
    except (OSError, ValueError):
        return WIDTH
