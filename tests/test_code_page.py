"""docs/code.md names each module that no first line of a room explains, and none that there is not."""

import re
from pathlib import Path

from terminal import REPOSITORY
from vpcp_cli.cli import COMMANDS

PACKAGE = REPOSITORY / "src" / "vpcp_cli"
PAGE = (REPOSITORY / "docs" / "code.md").read_text(encoding="utf-8")


def names(folder: Path) -> set[str]:
    """Return the modules of a room, and its packages."""
    rooms = {one.parent.name for one in folder.glob("*/__init__.py")}
    return rooms | {one.stem for one in folder.glob("*.py")} - {"__init__"}


def named(start: str, end: str) -> set[str]:
    """Return what stands between backticks in a part of the page."""
    part = PAGE.partition(start)[2].partition(end)[0]
    assert part
    return set(re.findall(r"`(\w+)`", part))


def rows(start: str, end: str) -> set[str]:
    """Return what stands between backticks in the first column of a table."""
    part = PAGE.partition(start)[2].partition(end)[0]
    return {name for row in re.findall(r"^\|([^|]+)\|", part, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}


def test_the_root_is_whole() -> None:
    rooms = {"commands", "render", "sharing", "storage"}
    assert rows("| module of the root | holds |", "\n\n") == names(PACKAGE) - {"__main__", "cli"} - rooms


def test_what_is_no_command_is_named() -> None:
    commands = {row.name.replace(" ", "_").replace("-", "_") for row in COMMANDS}
    others = {name for name in names(PACKAGE / "commands") if name.rstrip("_") not in commands}
    assert named("these modules are no commands:", "\n\n`sharing`") == others


def test_the_packages_of_storage_are_whole() -> None:
    packages = {one.parent.name for one in (PACKAGE / "storage").glob("*/__init__.py")}
    assert rows("| package | holds |", "\n\n") == packages


def test_the_index_is_whole() -> None:
    found = rows("| module of `storage/index` | answers |", "\n\n")
    assert found == names(PACKAGE / "storage" / "index")
