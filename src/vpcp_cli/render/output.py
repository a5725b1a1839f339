"""Where an answer goes and in which form."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, TypeVar

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import BadEndingError, NoPlaceError, NotAReportError, NotWrittenError, reason_of
from vpcp_cli.language import _, ngettext
from vpcp_cli.pattern import pattern
from vpcp_cli.render.cells import in_blocks, write_lines
from vpcp_cli.render.console import Screen
from vpcp_cli.render.door import encoded, say
from vpcp_cli.render.forms import Color, Format

if TYPE_CHECKING:
    from vpcp_cli.render.formats import Flat

T = TypeVar("T")

_FORMS: Final = {
    **{f".{form.value}": form for form in (Format.JSON, Format.JSONL, Format.CSV, Format.TSV, Format.MD)},
    ".txt": Format.PLAIN,
    ".xlsx": Format.CSV,
}
_STANDARD_OUTPUT: Final = Path("-")
_NO_REPORT: Final = pattern(r".*\.(ya?ml|toml)|\.(vpcp|git).*", re.IGNORECASE | re.DOTALL)
"""Names that answers never have: programmes, settings, and what vpcp and git keep for themselves."""
_DEVICES: Final = pattern(r"con|prn|aux|nul|(com|lpt)[0-9]", re.IGNORECASE)
_OPENING: Final = pattern(r"(?:<\?xml.*\n|[\s{\[\ufeff])*(.*)")
_KIND: Final = pattern(r'"(?!schema)\w+": |.*?(?= · |\t)|.*')

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_FOR_PROGRAMS: Final = (Format.JSON, Format.JSONL, Format.CSV, Format.TSV, Format.RECORDS)


class Answer(Protocol):
    """What can be printed in any form."""

    @property
    def name(self) -> str:
        """What its rows are called."""

    def sheet_rows(self, fields: Sequence[str] = ()) -> Iterable[Sequence[Flat]]:
        """Yield the rows of a spreadsheet, the titles first; raise `BadWordError` for an unknown field."""

    def lines(self, form: Format, screen: Screen, fields: Sequence[str] = ()) -> Iterator[str]:
        """Yield the lines of a form; raise `BadWordError` for an unknown field."""


@dataclass(frozen=True, slots=True)
class Output:
    """Standard output, or the file `path`; `form` is what was asked for, or else fits the place.

    `tracked` tells whether git keeps a file: one that is no answer of ours is not overwritten.
    """

    form: Format
    path: Path | None = None
    fields: tuple[str, ...] = ()
    screen: Screen = field(default_factory=Screen)
    tracked: Callable[[Path], bool] = field(default=lambda _path: False, compare=False)
    workbook: Callable[[Iterable[Sequence[Flat]], str], bytes] | None = field(default=None, compare=False)
    """What makes the rows of a sheet a workbook, where that is wanted."""

    @classmethod
    def of(
        cls,
        form: Format | None = None,
        path: Path | None = None,
        fields: tuple[str, ...] = (),
        color: Color = Color.AUTO,
        environ: Mapping[str, str] = os.environ,
        tracked: Callable[[Path], bool] = lambda _path: False,
        workbook: Callable[[Iterable[Sequence[Flat]], str], bytes] | None = None,
    ) -> Output:
        """Take a table on a terminal and plain lines elsewhere, unless the file's name says which form it has."""
        screen = Screen.of(sys.stdout, color, environ)
        if path and path != _STANDARD_OUTPUT:
            screen = Screen(colour=color is Color.ALWAYS, width=screen.width)
            wanted = workbook if form is None and path.suffix.lower() == ".xlsx" else None
            form = form or form_named(path, _FORMS, Format.PLAIN)
            return cls(form, path, fields, screen, tracked, wanted)
        return cls(form or (Format.TABLE if screen.terminal else Format.PLAIN), None, fields, screen)

    def print(self, answer: Answer) -> None:
        """Write an answer; raise `BadWordError` for an unknown field before anything is written."""
        if self.workbook:
            self.save(self.workbook(answer.sheet_rows(self.fields), answer.name))
            return
        lines = answer.lines(self.form, self.screen, self.fields)
        self.write(lines, harmless=self.form not in _FOR_PROGRAMS)

    def write(self, lines: Iterable[str], *, append: bool = False, harmless: bool = False) -> None:
        """Write lines; a file is replaced as a whole or gets them at its end, or `NotWrittenError` is raised."""
        if self.path is None or self.path == _STANDARD_OUTPUT:
            write_lines(lines, sys.stdout, harmless=harmless)
            return
        self.refuse_data()
        content = encoded("".join(in_blocks(lines, harmless=harmless)))
        try:
            if append:
                with self.path.open("ab") as file:
                    file.write(content)
            else:
                self._replace(self.path, content)
        except OSError as error:
            raise NotWrittenError(str(self.path), reason_of(error)) from None
        _say_written(self.path)

    def save(self, content: bytes, *, told: bool = True) -> None:
        """Write what is no text to look at, as `write` writes lines; a terminal gets none of it."""
        if self.path is None or self.path == _STANDARD_OUTPUT:
            if sys.stdout.isatty():
                raise NoPlaceError
            sys.stdout.buffer.write(content)
            return
        self.refuse_data()
        try:
            self._replace(self.path, content)
        except OSError as error:
            raise NotWrittenError(str(self.path), reason_of(error)) from None
        if told:
            _say_written(self.path)

    def save_each(self, files: Mapping[str, bytes], *, told: bool = True) -> None:
        """Write files into a folder, which is made where it is not there; each is replaced whole.

        Without `told` whoever asks for it says so in words of its own.
        """
        if self.path is None:
            raise NoPlaceError(folder=True)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotWrittenError(str(self.path), reason_of(error)) from None
        for name, content in files.items():
            replace(self, path=self.path / _lasting(name)).save(content, told=False)
        if told and files:
            words = ngettext("{file}: {n} file written", "{file}: {n} files written", len(files))
            say(words.format(file=self.path, n=len(files)))

    def refuse_data(self) -> None:
        """Raise `NotAReportError` where the name is one that no answer has; a link counts as what it leads to."""
        if self.path and self.path != _STANDARD_OUTPUT:
            names = (self.path.name, *self.path.resolve().parts[1:])
            if any(map(_NO_REPORT.fullmatch, (names[0], names[-1]))) or ".git" in names:
                raise NotAReportError(str(self.path))

    def _replace(self, path: Path, content: bytes) -> None:
        """Put a new file in the place of the old one at one stroke; what is no plain file is written to."""
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        target = path.resolve()
        if target.exists() and not _alike(target.read_bytes(), content) and self.tracked(target):
            raise NotAReportError(str(path), tracked=True)
        _put(target, content)


def _say_written(path: Path) -> None:
    """Say on standard error that a file was written; of a device there is nothing to say."""
    if path.is_file():
        say(_("{file}: written").format(file=path))


def _lasting(name: str) -> str:
    """Return a file's name, changed where Windows means a device by it, for folders are handed on."""
    stem, dot, ending = name.partition(".")
    return f"{stem}_{dot}{ending}" if _DEVICES.fullmatch(stem) else name


Target: TypeAlias = Output
"""Where a file goes that has one form only."""


def form_named(path: Path, forms: Mapping[str, T], unnamed: T) -> T:
    """Return the form that a file's ending names; one without an ending is `unnamed`. Raise `BadEndingError`."""
    ending = path.suffix.lower()
    if ending and ending not in forms and not _NO_REPORT.fullmatch(path.name):
        raise BadEndingError(str(path), list(forms))
    return forms.get(ending, unnamed)


def _alike(old: bytes, new: bytes) -> bool:
    """Whether what is there begins like what replaces it, so that it is an answer of the same kind; empty is one."""
    kinds = [_KIND.match(re.sub(r"\d+", "0", _opening(text))) for text in (old, new)]
    return not old or bool(kinds[0] and kinds[1] and kinds[0][0] == kinds[1][0])


def _opening(content: bytes) -> str:
    found = _OPENING.match(content[:10_000].decode(errors="replace"))
    return found[1] if found else ""


def _put(target: Path, content: bytes) -> None:
    beside = target.with_name(f".vpcp-{os.urandom(8).hex()}.tmp")
    old = target.stat() if target.exists() else None
    made = os.open(beside, _NEW, 0o600 if old else 0o666)  # of a closed file nobody sees more meanwhile
    try:
        with os.fdopen(made, "wb") as file:
            file.write(content)
        if old:
            beside.chmod(stat.S_IMODE(old.st_mode))
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
