"""Where an answer goes and in which form."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Final, Protocol

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import NotWrittenError
from vpcp_cli.render.cells import in_blocks
from vpcp_cli.render.console import Screen
from vpcp_cli.render.door import encoded
from vpcp_cli.render.table import write_lines
from vpcp_cli.vocabulary import Color, Format

_FORMS: Final = {f".{form.value}": form for form in (Format.JSON, Format.JSONL, Format.CSV, Format.TSV, Format.MD)}

_FOR_PROGRAMS: Final = (Format.JSON, Format.JSONL, Format.CSV, Format.TSV)


class Answer(Protocol):
    """What can be printed in any form."""

    def lines(self, form: Format, screen: Screen, fields: Sequence[str] = ()) -> Iterator[str]:
        """Yield the lines of a form; raise `BadWordError` for an unknown field."""


@dataclass(frozen=True, slots=True)
class Output:
    """Standard output, or the file `path`; `form` is what was asked for, or else fits the place."""

    form: Format
    path: Path | None = None
    fields: tuple[str, ...] = ()
    screen: Screen = field(default_factory=Screen)

    @classmethod
    def of(
        cls,
        form: Format | None = None,
        path: Path | None = None,
        fields: tuple[str, ...] = (),
        color: Color = Color.AUTO,
        environ: Mapping[str, str] = os.environ,
    ) -> Output:
        """Take a table on a terminal and plain lines elsewhere, unless the file's name says which form it has."""
        screen = Screen.of(sys.stdout, color, environ)
        if path:
            screen = Screen(colour=color is Color.ALWAYS, width=screen.width)
            return cls(form or _FORMS.get(path.suffix.lower(), Format.PLAIN), path, fields, screen)
        return cls(form or (Format.TABLE if screen.terminal else Format.PLAIN), None, fields, screen)

    def print(self, answer: Answer) -> None:
        """Write an answer; raise `BadWordError` for an unknown field before anything is written."""
        lines = answer.lines(self.form, self.screen, self.fields)
        self.write(lines, harmless=self.form not in _FOR_PROGRAMS)

    def write(self, lines: Iterable[str], *, append: bool = False, harmless: bool = False) -> None:
        """Write lines; a file is replaced as a whole or gets them at its end, or `NotWrittenError` is raised."""
        if self.path is None:
            write_lines(lines, sys.stdout, harmless=harmless)
            return
        content = encoded("".join(in_blocks(lines, harmless=harmless)))
        try:
            if append:
                with self.path.open("ab") as file:
                    file.write(content)
            else:
                _replace(self.path, content)
        except OSError as error:
            raise NotWrittenError(str(self.path), error.strerror or str(error)) from None


def _replace(path: Path, content: bytes) -> None:
    """Put a new file in the place of the old one at one stroke; what is no plain file is written to."""
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        if target.exists():
            beside.chmod(target.stat().st_mode)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
