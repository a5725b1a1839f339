"""At a terminal, commands ask for what they were not told, with what is known, and again for what can't be used."""

import os
import shlex
import subprocess
import sys

import pytest

from terminal import Terminal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")


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
    asked = os.read(ours, 1 << 16).decode()
    os.close(ours)
    os.close(theirs)
    return done.returncode, done.stdout, asked


def test_a_directive_is_asked_for_field_by_field(terminal: Terminal) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    answers = ["2022", "Kết luận giao ban", "1", "", "self_set", "hôm nào", "9/3/2022", "120/TB-VPCP"]
    code, out, asked = typed(terminal, "directive add --lang en", *answers)
    assert (code, out) == (0, "2022-NV01: added · programmes/2022.yaml\n"), asked
    assert "1  2022" in asked
    assert "What is the directive about?" in asked
    assert "1  Trần Văn Sơn" in asked
    assert "Which office did that person hold? (Enter: none)" in asked
    assert asked.count("On which day? (Enter: none)") == 2, "a day that can't be read is asked for once more"
    assert "«hôm nào» is not a date." in asked
    written = (terminal.folder / "programmes" / "2022.yaml").read_text(encoding="utf-8")
    assert written.endswith(
        "    kind: self_set\n    title: Kết luận giao ban\n    issuer:\n      name: Trần Văn Sơn\n      role:\n"
        "        vi: Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ\n"
        "        en: Minister-Chairman of the Office of the Government\n"
        "    issued: 2022-03-09\n    document: 120/TB-VPCP\n"
    )
    assert terminal.vpcp("undo").code == 0


def test_only_what_lacks_is_asked_for(terminal: Terminal) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    code, _out, asked = typed(terminal, "unit add PHONG_X --short PX --lang vi", "Phòng X", "X Division", "VPCP")
    assert code == 0, asked
    assert "Tên đầy đủ của đơn vị?" in asked
    assert "Mã của đơn vị" not in asked
    register = (terminal.folder / "programmes" / "units.yaml").read_text(encoding="utf-8")
    assert register.endswith(
        "  - code: PHONG_X\n    name:\n      vi: Phòng X\n      en: X Division\n    short: PX\n    parent: VPCP\n"
    )


def test_a_code_that_is_taken_is_asked_for_again(terminal: Terminal) -> None:
    terminal.take_shipped(["units.yaml"])
    code, out, asked = typed(terminal, "unit add --lang en", "Phòng X", "phòng x", "VPCP", "PHONG_X", "", "", "")
    assert (code, out) == (0, "PHONG_X: added · programmes/units.yaml\n"), asked
    assert "Did you mean PHONG_X?" in asked
    assert "VPCP is there already: Office of the Government." in asked


@pytest.mark.parametrize("lines", [(), ("2022", "Kết luận")], ids=["at once", "halfway"])
def test_whoever_says_no_more_writes_nothing(terminal: Terminal, lines: tuple[str, ...]) -> None:
    terminal.take_shipped(["2022.yaml", "units.yaml"])
    before = (terminal.folder / "programmes" / "2022.yaml").read_bytes()
    code, out, asked = typed(terminal, "directive add --lang en", *lines, "\x04")
    assert (code, out) == (2, ""), asked
    assert "vpcp directive add needs more" in asked
    assert (terminal.folder / "programmes" / "2022.yaml").read_bytes() == before
