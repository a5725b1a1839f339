"""The same files, day and language give the same bytes under any locale, time zone, hash seed and width."""

import pytest

from terminal import REPOSITORY, Terminal

PLACES = (
    "LC_ALL=C TZ=America/Lima PYTHONHASHSEED=7 COLUMNS=60",
    "LC_ALL=vi_VN.UTF-8 TZ=Asia/Tokyo PYTHONHASHSEED=1 COLUMNS=200 NO_COLOR=1",
)


@pytest.mark.parametrize(
    "asked", ["summary", "summary --full -f md", "status --by lead -f md", "due", "list -f json", "show 2022", "log"]
)
def test_an_answer_is_the_same_everywhere(terminal: Terminal, asked: str) -> None:
    terminal.take(REPOSITORY / "examples")
    command = f"vpcp {asked} --as-of 2022-06-30 --lang vi"
    here = terminal.vpcp(*command.split()[1:])
    form = "" if "-f" in asked or "summary" in asked else "-f plain"
    there = terminal.run(f"({PLACES[0]} {command}) && {PLACES[1]} {command} {form} -o there && cat there")
    assert (here.code, there.code, there.err) == (0, 0, "there: đã ghi\n")
    assert len(here.out) > 100
    assert there.out == here.out * 2
