"""What is made from the program and committed is what the program says now."""

import os
import shutil
import subprocess

import pytest

import picture
import reference
from terminal import REPOSITORY
from vpcp_cli import cli

STALE = "run `make docs` and commit what it writes"


def test_the_reference_says_what_the_commands_say() -> None:
    pages = reference.pages().items()
    stale = [path.name for path, content in pages if path.read_text(encoding="utf-8") != content]
    assert stale == [], STALE


def test_the_reference_has_every_command() -> None:
    text = (REPOSITORY / "docs/commands.md").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("## vpcp ")] == [
        f"## vpcp {row.name}" for row in cli.COMMANDS
    ]


@pytest.mark.parametrize("lang", picture.PICTURES)
def test_the_picture_shows_what_is_printed(lang: str) -> None:
    drawn = picture.words(picture.PICTURES[lang].read_text(encoding="utf-8"))
    assert drawn == picture.words(picture.printed(lang)), STALE


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
@pytest.mark.parametrize("page", ["vpcp.1", "vpcp.vi.1"])
def test_the_manual_is_good_roff(page: str) -> None:
    command = ["groff", "-k", "-man", "-Tutf8", "-ww", str(REPOSITORY / "docs" / page)]
    done = subprocess.run(command, capture_output=True, check=False, text=True, env=os.environ | {"LC_ALL": "C.UTF-8"})
    assert (done.returncode, done.stderr) == (0, "")
