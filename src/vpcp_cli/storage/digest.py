"""SHA-256: the name under which the cache knows what was read, and what tells one state of a file from another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vpcp_cli.storage.regular import opened
from vpcp_cli.storage.splice import Bytes

if TYPE_CHECKING:
    from hashlib import _Hash

_LARGE: Final = 1 << 20
_CHUNK: Final = 1 << 18


def sha256(*pieces: Bytes) -> str:
    """Return the SHA-256 of some pieces of bytes one after the other, as hexadecimal digits."""
    return _fed(pieces, sum(map(len, pieces)))


def sha256_of_file(path: Path, size: int) -> str:
    """Return that of a file of about so many bytes; raise `OSError`."""
    with opened(path) as file:
        return _fed(iter(lambda: file.read(_CHUNK), b""), size)


def _fed(pieces: Iterable[Bytes], size: int) -> str:
    made = _begun(size)
    for piece in pieces:
        made.update(piece)
    return made.hexdigest()


def _begun(size: int) -> _Hash:
    """Return a new SHA-256 for so many bytes."""
    if size < _LARGE:
        return _small()()
    import hashlib

    return hashlib.sha256()


@cache
def _small() -> Callable[[], _Hash]:
    """Return the SHA-256 for little: OpenSSL's is six times as fast, but takes longer to load than files to be read.

    This one has no public name; the standard library's `random` looks for it in the same way.
    """
    for name in ("_sha2", "_sha256"):
        with suppress(ImportError):
            found: Callable[[], _Hash] = import_module(name).sha256
            return found
    import hashlib

    return hashlib.sha256
