"""The three streams of the process, so that what becomes of a stream is told apart from what becomes of files."""

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from vpcp_cli.errors import OutputError, reason_of


class _Answers(io.TextIOWrapper):
    """Standard output: raise `OutputError` for what it does not take, and `BrokenPipeError` where nobody reads it.

    What was refused once is lost, so every later `flush` says so again.
    """

    _refused: Exception | None = None

    def write(self, text: str, /) -> int:
        with self._refusals():
            return super().write(text)

    def flush(self) -> None:
        if self._refused:
            raise self._refused
        with self._refusals():
            super().flush()

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            is_closed = isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)
            self._refused = BrokenPipeError() if is_closed else OutputError(reason_of(error))
            raise self._refused from None


class _Asides(io.TextIOWrapper):
    """Standard error: what can't be said there is not said, and nothing else changes by that.

    What was answered before stands before it, also where both go to one place.
    """

    def write(self, text: str, /) -> int:
        with suppress(OSError, OutputError):
            sys.stdout.flush()
        with suppress(OSError):
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            super().flush()


def prepare() -> None:
    """Let the process read nothing from a closed stream, and write UTF-8 whatever the locale is."""
    if sys.stdin is None:  # each takes the number that the closed stream had
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115  as long as the process
    sys.stdout, sys.stderr = _anew(sys.stdout, _Answers), _anew(sys.stderr, _Asides)


def _anew(old: TextIO | None, kind: type[io.TextIOWrapper]) -> io.TextIOWrapper:
    buffer = old.buffer if old else Path(os.devnull).open("wb")  # noqa: SIM115  as long as the process
    return kind(buffer, "utf-8", "backslashreplace", line_buffering=bool(old and old.isatty()) or kind is _Asides)
