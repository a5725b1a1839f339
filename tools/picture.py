"""Draw the table of tasks for the README: docs/list.svg, and docs/list.vi.svg in Vietnamese.

`python tools/picture.py` runs `vpcp` on examples/ on a fixed day, at a fixed width, and draws what it prints. A picture
whose words are still true stays as it is, so that another version of rich does not redraw it.
"""

import html
import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.style import Style
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

REPOSITORY = Path(__file__).resolve().parent.parent
COMMAND = ("list", "--year", "2022", "--limit", "12")
WIDTH = 96
PICTURES = {"en": REPOSITORY / "docs/list.svg", "vi": REPOSITORY / "docs/list.vi.svg"}


def printed(lang: str) -> str:
    """What the command prints on a terminal, with its colours."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "SYSTEMROOT", "HOME"}}
    done = subprocess.run(
        [sys.executable, "-m", "vpcp_cli", *COMMAND, "--format", "table", "--color", "always"],
        env=kept | {"VPCP_LANG": lang, "VPCP_AS_OF": "2022-09-30", "COLUMNS": str(WIDTH), "TERM": "xterm-256color"},
        cwd=REPOSITORY / "examples",
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def drawn(ansi: str) -> str:
    """The picture of what was printed."""
    console = Console(width=WIDTH, record=True, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    text = Text.from_ansi(ansi)
    # Columns and symbols are drawn each at its own place, whatever the widths of the reader's letters are.
    text.highlight_regex(r" {2,}(\S (?=\S))?", Style(meta={"apart": True}))
    console.print(text, no_wrap=True, crop=True)
    return console.export_svg(title=" ".join(["vpcp", *COMMAND]), theme=DIMMED_MONOKAI, unique_id="vpcp")


def words(text: str) -> list[str]:
    """The words of a picture, or of what was printed."""
    if "<svg" in text:
        behind_title = text[text.index('<g class="vpcp-matrix">') :]
        text = html.unescape(re.sub(r"<[^>]+>", " ", behind_title))
    return re.sub(r"\x1b\[[\d;]*m", "", text).split()


def main() -> int:
    """Draw the pictures that are no longer true."""
    for lang, path in PICTURES.items():
        ansi = printed(lang)
        if not path.exists() or words(path.read_text(encoding="utf-8")) != words(ansi):
            path.write_text(drawn(ansi), encoding="utf-8")
            print(path.relative_to(REPOSITORY))
    return 0


if __name__ == "__main__":
    sys.exit(main())
