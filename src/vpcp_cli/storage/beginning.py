"""A workspace of one's own is begun: what is missing is made, and nothing that is there is changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import Final

from vpcp_cli.kinds import plain
from vpcp_cli.language import N_
from vpcp_cli.programme import Register, Unit
from vpcp_cli.storage.files import failures, with_lines
from vpcp_cli.storage.folder import REGISTER, shipped_folder
from vpcp_cli.storage.format.json_schema import json_schema
from vpcp_cli.storage.settings import NAME, find_settings
from vpcp_cli.storage.writing.draft import new_file
from vpcp_cli.storage.writing.journal import OWN_FILES

_SETTINGS: Final = """\
# Settings of this workspace. All of them are optional.
# Cài đặt của thư mục làm việc này; mục nào cũng có thể bỏ.

data = "{data}"   # where the files are, from here / nơi để các tệp, tính từ đây
# lang = "vi"         # the language of what people read / ngôn ngữ hiển thị
# due_soon_days = 30  # from so many days before its deadline a task is due soon / số ngày coi là sắp đến hạn

# Saved options: `vpcp list --view red` is `vpcp list --overdue --sort deadline`.
# Tùy chọn đặt sẵn tên.
views.red = "--overdue --sort deadline"
"""
_SCHEMAS: Final = ("programme", "units")
_MODELINE: Final = ("$schema=../docs/schema/", "$schema=")
"""Where the shipped files say their schema is, and where it is in a workspace: beside them."""


_REGISTER_LINE: Final = "yaml-language-server: $schema=units.schema.json"


class Outcome(Enum):
    """What has become of a file."""

    MADE = N_("{file}: made")
    THERE = N_("{file}: is there already")
    EXTENDED = N_("{file}: lines added")


def register_of(place: Path) -> Path:
    """Return where the register of a workspace stands, or will; raise `BadSettingsError`."""
    settings = find_settings(place) if (place / NAME).exists() else None
    return (place / settings.data if settings else place / "programmes") / REGISTER


def begin(place: Path, shipped: Sequence[str], units: Sequence[Unit]) -> Iterator[tuple[Path, Outcome]]:
    """Make what a workspace lacks, with copies of shipped files; yield each file and what has become of it.

    The register has these units where it is none of the copies. Raise `WriteFailedError`, `BadSettingsError`.
    """
    folder, ignored = register_of(place).parent, place / ".gitignore"
    if place.is_dir():
        with_lines(ignored, (), place)  # refused before anything is made
    with failures(folder):
        folder.mkdir(parents=True, exist_ok=True)
    yield made(place / NAME, _SETTINGS.format(data="programmes"))
    for name in shipped:
        yield made(folder / name, (shipped_folder() / name).read_text(encoding="utf-8").replace(*_MODELINE))
    if REGISTER not in shipped:
        yield made(folder / REGISTER, new_file(plain(Register(units=tuple(units))), _REGISTER_LINE))
    for kind in _SCHEMAS:
        schema = json.dumps(json_schema(kind), ensure_ascii=False, indent=2)
        yield made(folder / f"{kind}.schema.json", f"{schema}\n")
    yield _extended(ignored, OWN_FILES)


def made(path: Path, text: str) -> tuple[Path, Outcome]:
    """Make a file where there is none; raise `WriteFailedError`."""
    with failures(path):
        try:
            with path.open("x", encoding="utf-8", newline="") as file:
                file.write(text)
        except FileExistsError:
            return path, Outcome.THERE
    return path, Outcome.MADE


def _extended(path: Path, lines: Sequence[str]) -> tuple[Path, Outcome]:
    original, lacked = with_lines(path, lines, path.parent)
    return path, (Outcome.THERE if not lacked else Outcome.EXTENDED if original.data else Outcome.MADE)
