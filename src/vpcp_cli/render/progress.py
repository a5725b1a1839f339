"""A bar on the terminal while something takes its time; nothing where nobody looks, and nothing for what is quick."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TextIO

from vpcp_cli.language import _
from vpcp_cli.render.console import Screen
from vpcp_cli.render.door import unguarded

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE: Final = 0.5
"""Seconds of silence."""


@contextmanager
def reading(stream: TextIO, patience: float = PATIENCE) -> Iterator[None]:
    """Say on a terminal that programmes are being read, if that takes more than `patience`; wipe it out afterwards."""
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    from threading import Timer

    shown: list[Progress] = []
    timer = Timer(patience, lambda: shown.append(_bar(stream)))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        for bar in shown:
            bar.stop()


def _bar(stream: TextIO) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    screen = Screen.of(stream)
    console = Console(
        file=unguarded(stream), width=screen.width, force_terminal=True, no_color=not screen.colour, _environ={}
    )
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    bar.add_task(_("Reading the programmes …"), total=None)
    bar.start()
    return bar
