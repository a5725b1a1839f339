"""Whether a file of an office may be opened at all: looked at before a library unpacks it.

What is unpacked here is counted and thrown away, so that no file takes more room than a workbook for reports can need,
whatever it says of its own size.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from vpcp_cli.entry_rules import EntryRefusedError
from vpcp_cli.language import N_

MOST_BYTES: Final = 10 * 2**20
_MOST_UNPACKED: Final = 64 * 2**20
_MOST_PARTS: Final = 500
_MOST_TAGS: Final = 1_000_000
_MOST_JOINED: Final = 100_000
"""So many cells may be merged or linked together: a library makes each of them."""
_CHUNK: Final = 2**18
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AREA: Final = re.compile(rb"<(?:\w+:)?(mergeCell|hyperlink)\s[^<]*?\bref\s*=\s*[\"']([^\"']*)[\"']")
_CELLS: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")
_OTHER_CODE: Final = re.compile(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8[\"']|us-ascii[\"'])", re.IGNORECASE)
_MACROS: Final = re.compile(r"vbaproject|macrosheets/|\.bin$", re.IGNORECASE)

_AGAIN: Final = N_("Ask the unit for the workbook that was sent to it, saved as .xlsx.")


class FileRefusedError(EntryRefusedError):
    """A file that is not read as a workbook for reports."""


class Form(NamedTuple):
    """A kind of file: its part that tells all others, and what is said of one that is none, or can't be opened."""

    main: str
    none: str
    old: str
    mended: str


WORKBOOK: Final = Form(
    "xl/workbook.xml",
    N_("It is no workbook, or a damaged one."),
    N_("It is encrypted with a password, or saved in the old format .xls."),
    N_("Take the password away and save it as .xlsx."),
)
DOCUMENT: Final = Form(
    "word/document.xml",
    N_("It is no document of Word, or a damaged one."),
    N_("It is encrypted with a password, or saved in the old format .doc."),
    N_("Take the password away and save it as .docx."),
)


def check_container(content: bytes, form: Form = WORKBOOK) -> dict[str, list[str]]:
    """Return the merged ranges of each part of a file; raise `FileRefusedError` for what must not be opened."""
    if len(content) > MOST_BYTES:
        raise FileRefusedError(N_("It is larger than {n} MiB."), _AGAIN, n=str(MOST_BYTES // 2**20))
    if content.startswith(_OLE):
        raise FileRefusedError(form.old, form.mended)
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _Scan(archive).ranges(form.main)
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise FileRefusedError(form.none, _AGAIN) from None


class _Scan:
    """All parts of an archive, looked at one after the other."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._unpacked = self._tags = self._joined = 0

    def ranges(self, main: str) -> dict[str, list[str]]:
        parts = self._archive.infolist()
        names = [one.filename for one in parts]
        if main not in names or len(set(names)) != len(names):
            raise BadZipFile
        if sum(one.file_size for one in parts) > _MOST_UNPACKED or len(parts) > _MOST_PARTS:
            raise _too_much()
        if any(_MACROS.search(name) and "printersettings" not in name.lower() for name in names):
            raise FileRefusedError(
                N_("It holds macros, or other programs."), N_("Have it saved as .xlsx without them.")
            )
        return {one.filename: list(self._merged(one)) for one in parts}

    def _merged(self, part: ZipInfo) -> Iterator[str]:
        """Yield the merged ranges of a part; raise for what is too much, or could be more than it seems."""
        if part.flag_bits & 1 or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise BadZipFile
        markup = part.filename.endswith((".xml", ".rels", ".vml"))
        before = b""
        with self._archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                self._unpacked += len(chunk)
                if self._unpacked > _MOST_UNPACKED:
                    raise _too_much()
                if markup:
                    yield from self._looked_at(before, chunk)
                    seen = before + chunk
                    before = seen[max(seen.rfind(b"<"), 0) :]
                    if len(before) > _CHUNK:  # no tag is as long
                        raise _too_much()

    def _looked_at(self, before: bytes, chunk: bytes) -> Iterator[str]:
        seen = before + chunk
        if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen or b"\0" in chunk or (not before and _OTHER_CODE.match(chunk)):
            raise FileRefusedError(N_("Its parts declare what no program of an office writes."), _AGAIN)
        self._tags += chunk.count(b"<")
        if self._tags > _MOST_TAGS:
            raise _too_much()
        for found in _AREA.finditer(seen):
            if found.end() > len(before):
                yield from self._joined_in(found[1], found[2].decode(errors="replace"))

    def _joined_in(self, kind: bytes, text: str) -> Iterator[str]:
        cells = _CELLS.fullmatch(text)
        if cells is None:
            raise BadZipFile
        if cells[3]:
            columns = abs(_number(cells[3]) - _number(cells[1])) + 1
            self._joined += columns * (abs(int(cells[4]) - int(cells[2])) + 1)
            if self._joined > _MOST_JOINED:
                raise _too_much()
        if kind == b"mergeCell":
            yield text


def _too_much() -> FileRefusedError:
    return FileRefusedError(N_("It holds more than a list or a report can: unpacked, it is too large."), _AGAIN)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
