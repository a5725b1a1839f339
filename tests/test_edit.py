"""`vpcp edit` where somebody sits before it."""

import os
import pty
import subprocess
import sys

import pytest

from terminal import Terminal, on_screen

BREAKS_THEN_MENDS = """#!/bin/sh
if grep -q 2022-CD02.3x "$1"; then sed -i.bak s/2022-CD02.3x/2022-CD02.3/ "$1"; else sed -i.bak "$CHANGE" "$1"; fi
rm "$1.bak"
"""


@pytest.mark.parametrize(("answer", "code"), [("\n", 0), ("y\n", 0), ("n\n", 1), ("không\n", 1)])
def test_after_an_error_the_editor_is_offered_again(terminal: Terminal, answer: str, code: int) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    editor = terminal.write("editor", BREAKS_THEN_MENDS)
    editor.chmod(0o755)
    screen, keyboard = pty.openpty()
    os.write(screen, answer.encode())
    change = {"EDITOR": str(editor), "CHANGE": "s/id: 2022-CD02.3$/id: 2022-CD02.3x/"}
    done = subprocess.Popen(
        [sys.executable, "-m", "vpcp_cli", "edit", "2022-CD02.3"],
        cwd=terminal.folder,
        env=terminal.environment() | change,
        stdin=keyboard,
        stdout=keyboard,
        stderr=keyboard,
    )
    os.close(keyboard)
    seen = b"".join(on_screen(screen)).decode()
    os.close(screen)

    assert done.wait() == code
    assert "2022-CD02.3x" in seen
    assert "Open the editor again? [Y/n]" in seen
    assert ("2022-CD02.3x" in (terminal.folder / "programmes/2022.yaml").read_text(encoding="utf-8")) is bool(code)
