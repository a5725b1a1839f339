"""vpcp.toml: what a workspace has settled. Every setting is optional.

Each run of the program looks here for the language, so this module loads little.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import LostFolderError, VpcpError
from vpcp_cli.language import LANGUAGES, _, language_named
from vpcp_cli.pattern import pattern
from vpcp_cli.storage.regular import content

NAME: Final = "vpcp.toml"
PROGRAMMES: Final = "programmes"


@dataclass(frozen=True, slots=True)
class Settings:
    """What vpcp.toml says, or else holds by default; `folder` is where it stands.

    `views` are names of saved options; a file of more than `max_file_mib` MiB is not read.
    """

    folder: Path | None = None
    data: str = PROGRAMMES
    lang: str | None = None
    due_soon_days: int = 30
    max_file_mib: int = 64
    views: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class BadSettingsError(VpcpError):
    """A vpcp.toml that can't be read, or holds what it should not."""

    exit_code = 3

    def __init__(self, file: str, *, line: int = 0, key: str = "") -> None:
        """Keep the file and the line that is no TOML, or the key that is wrong."""
        super().__init__(file)
        self.file, self.line, self.key = file, line, key

    def sentence(self) -> str:
        """Name the place."""
        if not self.key:
            return _("{file} can't be read: line {line} is not TOML.").format(file=self.file, line=self.line)
        if self.key.split(".")[0] not in _FORMS:
            return _("{file} has the unknown setting `{key}`.").format(file=self.file, key=self.key)
        return _("`{key}` in {file} has a value that it can't have.").format(file=self.file, key=self.key)

    def hint(self) -> str:
        """Show how it is written, or what is meant."""
        from vpcp_cli.vietnamese import nearest

        name = self.key.split(".")[0]
        if not self.key:
            return _("Write `key = value`, texts between double quotes, and save the file as UTF-8.")
        if name in _FORMS:
            return _("Write it in this form: {form}").format(form=_FORMS[name])
        return _("Known settings: {words}.").format(words=", ".join(nearest(name, _FORMS) or _FORMS))


_PLAIN: Final = pattern(r"[^\x00-\x1f\x7f-\x9f;$&|<>*?\"'`]+")
"""A path without what a shell or git's files take for more than a name."""
_FORMS: Final = {
    "data": 'data = "programmes"',
    "lang": 'lang = "vi"',
    "due_soon_days": "due_soon_days = 30",
    "max_file_mib": "max_file_mib = 64",
    "views": 'views.urgent = "--overdue --sort deadline"',
}
_RIGHT: Final[Mapping[str, Callable[[Any], bool]]] = {
    "data": lambda value: isinstance(value, str) and bool(_PLAIN.fullmatch(value)),
    "lang": lambda value: value in LANGUAGES,
    "due_soon_days": lambda value: type(value) is int and 0 <= value <= 366,  # noqa: PLR2004  a year
    "max_file_mib": lambda value: type(value) is int and value > 0,
    "views": lambda value: isinstance(value, dict),
}


def upwards(start: Path) -> Iterator[Path]:
    """A folder and those around it, up to the root of its repository or of the file system."""
    for folder in (start, *start.parents):
        yield folder
        if (folder / ".git").exists():
            return


def here() -> Path:
    """The working directory; raise `LostFolderError` where there is none any more."""
    try:
        return Path.cwd()
    except OSError as error:
        raise LostFolderError("", error.strerror or str(error)) from None


def find_settings(cwd: Path) -> Settings:
    """The settings of the workspace around a folder; raise `BadSettingsError` where they can't be read."""
    for folder in upwards(cwd):
        if (folder / NAME).is_file():
            return _read(folder, shown(folder / NAME, cwd))
    return Settings()


def settled_language(cwd: Path) -> str | None:
    """The language that vpcp.toml names; None too where it can't be read, for that is told later, in some language."""
    try:
        return language_named(find_settings(cwd).lang)
    except (VpcpError, OSError):
        return None


def shown(path: Path, cwd: Path) -> str:
    """A path as people see it: from the working directory where that is possible, with slashes."""
    try:
        return Path(os.path.relpath(path, cwd)).as_posix()
    except ValueError:  # another drive of Windows
        return path.as_posix()


def _read(folder: Path, file: str) -> Settings:
    return settings_in(content(folder / NAME), file, folder)


def settings_in(given: bytes, file: str, folder: Path | None = None) -> Settings:
    """The settings that a vpcp.toml holds, called `file` in a folder; raise `BadSettingsError`."""
    import tomllib

    try:
        text = given.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadSettingsError(file, line=1) from None
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also a number of too many digits
        line = re.search(r"at line (\d+)", str(error))
        last = text.count("\n") + 1 if "end of document" in str(error) else 1
        raise BadSettingsError(file, line=int(line[1]) if line else last) from None
    for key, value in values.items():
        if key not in _FORMS or not _RIGHT[key](value):
            raise BadSettingsError(file, key=key)
    for name, options in values.get("views", {}).items():
        if not isinstance(options, str):
            raise BadSettingsError(file, key=f"views.{name}")
    return Settings(folder, **values)
