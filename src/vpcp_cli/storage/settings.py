"""vpcp.toml: what a workspace has settled. Every setting is optional.

Each run of the program looks here for the language, so this module loads little.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import KW_ONLY, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import LostFolderError, VpcpError, reason_of
from vpcp_cli.language import LANGUAGES, _, language_named
from vpcp_cli.pattern import pattern
from vpcp_cli.storage.regular import content

NAME: Final = "vpcp.toml"
PROGRAMMES: Final = "programmes"


@dataclass(frozen=True, slots=True)
class Settings:
    """What vpcp.toml says, or else holds by default; `folder` is where it stands.

    `views` are names of saved options; a file of more than `max_file_mib` MiB is not read. `workspace` is a name that
    stays when the folder moves. `check` says which rules are passed over or are graver or lighter; `office` what
    reports and letters say of who writes them, `annex` which columns theirs have, `workbook` what units fill in.
    `categories` are labels of categories of its own.
    """

    folder: Path | None = None
    data: str = PROGRAMMES
    lang: str | None = None
    due_soon_days: int = 30
    max_file_mib: int = 64
    views: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    workspace: str | None = None
    check: Mapping[str, list[str]] = field(default_factory=lambda: MappingProxyType({}))
    office: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    annex: Mapping[str, list[str]] = field(default_factory=lambda: MappingProxyType({}))
    workbook: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    categories: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


class BadSettingsError(VpcpError):
    """A vpcp.toml that can't be read, or holds what it should not."""

    exit_code = 3
    file: str
    _: KW_ONLY
    line: int = 0
    """The line that is no TOML."""
    key: str = ""
    """The key that is wrong."""
    taken: bool = False
    """Whether a category has that code already."""

    def sentence(self) -> str:
        """Name the place."""
        if not self.key:
            return _("{file} can't be read: line {line} is not TOML.").format(file=self.file, line=self.line)
        if not _is_known(self.key):
            return _("{file} has the unknown setting `{key}`.").format(file=self.file, key=self.key)
        if self._is_no_code():
            return _("`{key}` in {file} is no code of a category.").format(file=self.file, key=self.key)
        if self.taken:
            return _("`{key}` in {file} is a category that every workspace has.").format(file=self.file, key=self.key)
        return _("`{key}` in {file} has a value that it can't have.").format(file=self.file, key=self.key)

    def _is_no_code(self) -> bool:
        name, point, code = self.key.partition(".")
        return name == "categories" and bool(point) and not _is_code(code)

    def hint(self) -> str:
        """Show how it is written, or what is meant."""
        from vpcp_cli.vietnamese import nearest

        name = self.key.split(".")[0]
        if self._is_no_code():
            code = _as_code(self.key.partition(".")[2])
            return _("A code is of small letters a–z, digits and “_”: {code}.").format(code=code)
        if not self.key:
            return _("Write `key = value`, texts between double quotes, and save the file as UTF-8.")
        if _is_known(self.key):
            if self.taken:
                return _("Choose another code: this one and its name stay as they are.")
            return _("Write it in this form: {form}").format(form=_FORMS.get(self.key) or _FORMS[name])
        known = [f"{name}.{one}" for one in _TABLES[name]] if name in _TABLES else list(_FORMS)
        return _("Known settings: {words}.").format(words=", ".join(nearest(self.key, known) or known))


_PLAIN: Final = pattern(r"[^\x00-\x1f\x7f-\x9f;$&|<>*?\"'`]+")
"""A path without what a shell or git's files take for more than a name."""
_FORMS: Final = {
    "data": 'data = "programmes"',
    "lang": 'lang = "vi"',
    "due_soon_days": "due_soon_days = 30",
    "max_file_mib": "max_file_mib = 64",
    "workspace": 'workspace = "ke-hoach-vpcp"',
    "check": 'check.ignore = ["missing-deliverable"]',
    "office": 'office.body = "VĂN PHÒNG CHÍNH PHỦ"',
    "office.recipients": 'office.recipients = ["Các bộ, cơ quan ngang bộ"]',
    "office.copies": "office.copies = 2",
    "annex": 'annex.columns = ["id", "text", "lead", "deadline"]',
    "workbook": "workbook.reply_days = 10",
    "workbook.require_evidence": "workbook.require_evidence = true",
    "views": 'views.urgent = "--overdue --sort deadline"',
    "categories": 'categories.giao_thong = {vi = "Giao thông", en = "Transport"}',
}
_Right: TypeAlias = Callable[[Any], bool]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.isprintable()


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_code(name: str) -> bool:
    return bool(re.fullmatch("[a-z][a-z0-9_]*", name))


def _as_code(name: str) -> str:
    """Return the code that is meant by a name."""
    from vpcp_cli.vietnamese import fold

    words = re.findall("[a-z0-9]+", fold(name))
    return "_".join(words).lstrip("0123456789_") or "giao_thong"


def _is_label(value: object) -> bool:
    return _is_text(value) or (
        isinstance(value, dict) and {} != value.keys() <= set(LANGUAGES) and all(map(_is_text, value.values()))
    )


def _is_number(value: object) -> bool:
    return type(value) is int and 0 <= value <= 366  # a year


_TABLES: Final[Mapping[str, Mapping[str, _Right]]] = {
    "check": dict.fromkeys(("ignore", "error", "warn"), _is_texts),
    "office": {
        **dict.fromkeys(("body", "above", "symbol", "drafting", "place", "signer", "signer_name", "ground"), _is_text),
        "recipients": _is_texts,
        "copies": _is_number,
    },
    "annex": {"columns": _is_texts},
    "workbook": {"require_evidence": lambda value: isinstance(value, bool), "reply_days": _is_number},
}
"""Settings that are tables, with what may stand in each."""


def _is_known(key: str) -> bool:
    name, _point, inner = key.partition(".")
    return name in _FORMS and (not inner or name not in _TABLES or inner in _TABLES[name])


_RIGHT: Final[Mapping[str, Callable[[Any], bool]]] = {
    "data": lambda value: isinstance(value, str) and bool(_PLAIN.fullmatch(value)),
    "lang": lambda value: value in LANGUAGES,
    "due_soon_days": lambda value: type(value) is int and 0 <= value <= 366,  # a year
    "max_file_mib": lambda value: type(value) is int and value > 0,
    "workspace": lambda value: isinstance(value, str) and bool(re.fullmatch(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", value)),
    **dict.fromkeys(("views", "categories", *_TABLES), lambda value: isinstance(value, dict)),
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
        raise LostFolderError("", reason_of(error)) from None


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
    settings = settings_in(content(folder / NAME), file, folder)
    if settings.categories:
        _settle(settings.categories, file, folder)
    return settings


def _settle(categories: Mapping[str, Any], file: str, folder: Path) -> None:
    """Let the workspace have its own categories; raise `BadSettingsError` where there is one of that code already."""
    from vpcp_cli import vocabulary

    own = vocabulary.own_categories()
    if taken := next((one for one in vocabulary.Category if one not in own and one.value in categories), None):
        raise BadSettingsError(file, key=f"categories.{taken.value}", taken=True)
    vocabulary.settle({code: _both(labels) for code, labels in categories.items()}, str(folder.resolve()))


def settle_former(categories: Mapping[str, Any]) -> None:
    """Let files of a former day have the categories that the workspace had then and has no more."""
    from vpcp_cli import vocabulary

    known = {one.value for one in vocabulary.Category}
    vocabulary.settle({code: _both(labels) for code, labels in categories.items() if code not in known})


def _both(labels: str | Mapping[str, str]) -> tuple[str, str]:
    if isinstance(labels, str):
        return labels, labels
    only = next(iter(labels.values()))
    return labels.get("vi", only), labels.get("en", only)


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
    if wrong := next(_wrong(values), None):
        raise BadSettingsError(file, key=wrong)
    return Settings(folder, **values)


def _wrong(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the settings that there are not, or that have a value that they can't have."""
    yield from (key for key, value in values.items() if key not in _RIGHT or not _RIGHT[key](value))
    for name, table in _TABLES.items():
        inner = values.get(name, {}).items()
        yield from (f"{name}.{key}" for key, value in inner if key not in table or not table[key](value))
    categories = values.get("categories", {}).items()
    yield from (f"categories.{code}" for code, labels in categories if not (_is_code(code) and _is_label(labels)))
    views = values.get("views", {}).items()
    yield from (f"views.{name}" for name, options in views if not isinstance(options, str))
