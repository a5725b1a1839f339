"""Bytes into text: what would make our lines differ from those of git and the editor is refused."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from vpcp_cli.storage.faults import Fault, FaultError, Faults

BOM: Final = b"\xef\xbb\xbf"
_ODD: Final = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")
_MARKER: Final = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?")
_BREAKS: Final = frozenset("\r\x85\u2028\u2029")


class Decoded(NamedTuple):
    """A file's text without its byte-order mark.

    `readable` has the same length and lines; what was refused is blank there, so that the rest can be read.
    """

    text: str
    bom: bool
    readable: str


def decode(data: bytes, faults: Faults) -> Decoded:
    """Decode strictly; raise `FaultError` where the bytes are no text at all."""
    bom = data.startswith(BOM)
    content = data.removeprefix(BOM)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise FaultError(_not_utf8(content, error.start)) from None
    return Decoded(text, bom, readable(text, faults))


def readable(text: str, faults: Faults) -> str:
    """Note odd characters and conflicts, and blank them; of a conflict's versions the first stays.

    Raise `FaultError` where this is no text at all.
    """
    plain = text.replace("\n", "").isprintable() or not _ODD.search(text)  # the first is ten times as fast
    if plain and "<<<<<<<" not in text and ">>>>>>>" not in text:
        return text
    lines = text.split("\n")
    conflict = ""
    for number, line in enumerate(lines, 1):
        _note_characters(line if number == len(lines) else line.removesuffix("\r"), number, faults)
        marker = _MARKER.fullmatch(line.removesuffix("\r"))
        sign = marker[1][0] if marker else ""
        if sign == "<" or (sign in ("|", ">") and not conflict):
            faults.add("conflict-marker", number, 1)
        elif sign == "=" and not conflict:
            sign = ""
        conflict = sign or conflict
        lines[number - 1] = " " * len(line) if sign or conflict in ("|", "=") else _ODD.sub(" ", line)
        conflict = "" if conflict == ">" else conflict
    return "\n".join(lines)


def _note_characters(line: str, number: int, faults: Faults) -> None:
    """Note the first odd character of each kind; raise `FaultError` for those that only files of another kind hold."""
    noted = set()
    for match in _ODD.finditer(line):
        character = match.group()
        code = "tab" if character == "\t" else "odd-line-break" if character in _BREAKS else "control-character"
        if character in ("\0", "\r"):
            raise FaultError(Fault(code, number, match.start() + 1, {"name": f"U+{ord(character):04X}"}))
        if code not in noted:
            faults.add(code, number, match.start() + 1, name=f"U+{ord(character):04X}")
        noted.add(code)


def _not_utf8(content: bytes, offset: int) -> Fault:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Fault("not-utf8", 1, 1, {"what": "UTF-16"})
    line = content.rfind(b"\n", 0, offset) + 1
    column = len(content[line:offset].decode(errors="replace")) + 1
    return Fault("not-utf8", content.count(b"\n", 0, offset) + 1, column, {"what": f"0x{content[offset]:02X}"})
