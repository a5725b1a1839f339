"""Bytes into text: what would make our lines differ from those of git and the editor is refused."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from vpcp_cli.storage.splice import BOM
from vpcp_cli.storage.yaml.faults import Fault, FaultError, Faults

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
    if not text.replace("\n", "").isprintable() and _ODD.search(text):  # the first is ten times as fast
        _note_characters(text, faults)
        text = _ODD.sub(" ", text)
    return _without_conflicts(text, faults) if "<<<<<<<" in text or ">>>>>>>" in text else text


def _note_characters(text: str, faults: Faults) -> None:
    """Note the first odd character of each line; raise `FaultError` for those that only files of another kind hold."""
    line, at = 1, 0
    while at >= 0 and (match := _ODD.search(text, at)):
        offset, character = match.start(), match.group()
        line += text.count("\n", at, offset)
        column = offset - text.rfind("\n", 0, offset)
        code = "tab" if character == "\t" else "odd-line-break" if character in _BREAKS else "control-character"
        if character in ("\0", "\r"):
            raise FaultError(Fault(code, line, column, {"name": f"U+{ord(character):04X}"}))
        faults.add(code, line, column, name=f"U+{ord(character):04X}")
        at = text.find("\n", offset)


def _without_conflicts(text: str, faults: Faults) -> str:
    lines = text.split("\n")
    conflict = ""
    for number, line in enumerate(lines, 1):
        marker = _MARKER.fullmatch(line.removesuffix("\r"))
        sign = marker[1][0] if marker else ""
        if sign == "<" or (sign in ("|", ">") and not conflict):
            faults.add("conflict-marker", number, 1)
        elif sign == "=" and not conflict:
            sign = ""
        conflict = sign or conflict
        if sign or conflict in ("|", "="):
            lines[number - 1] = " " * len(line)
        conflict = "" if conflict == ">" else conflict
    return "\n".join(lines)


def _not_utf8(content: bytes, offset: int) -> Fault:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Fault("not-utf8", 1, 1, {"what": "UTF-16"})
    line = content.rfind(b"\n", 0, offset) + 1
    column = len(content[line:offset].decode(errors="replace")) + 1
    return Fault("not-utf8", content.count(b"\n", 0, offset) + 1, column, {"what": f"0x{content[offset]:02X}"})
