"""The door through which every text leaves: no character in it acts on a terminal, in a log or in a report.

Standard output and standard error speak an encoding of ours (`guard`), and files are written in it (`encoded`), so that
a text that somebody forgot to look at can do nothing either. What such a character is, is said here alone.
"""

from __future__ import annotations

import codecs
import io
import re
import sys
from typing import Final, TextIO

from vpcp_cli.pattern import pattern

ENCODING: Final = "utf-8-inert"

_TAB: Final = "\t"
# Control characters, what turns the direction of a line, what separates lines, lone surrogates, invisible tags, and
# all that fills no cell although it is no mark on a letter.
_UNSEEN: Final = "\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f"
_ALWAYS: Final = (
    f"\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\xad\u034f\u061c{_UNSEEN}\u200b\u200c\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
)
# A joiner and a style belong to emoji; anywhere else nobody sees them.
_EMOJI: Final = "©®‼-㊙\U0001f000-\U0001faff"
_LOOSE: Final = f"\u200d(?![{_EMOJI}])|(?<![{_EMOJI}\ufe0f])\u200d|(?<![#*0-9{_EMOJI}])[\ufe00-\ufe0f]"
_CALM: Final = bytes({*range(256)} - {*range(9), *range(11, 32), 0x7F, 0xCD, 0xD8, 0xE3, 0xEF, 0xF3})
"""The bytes of UTF-8 with which nothing begins that acts, but for what `_LED` finds, and for what is `_UNSEEN`: letters
of Vietnamese begin with the same byte."""
_BREAKS: Final = pattern(r"\s*\n\s*")


_ACTIVE: Final = pattern(f"[{_ALWAYS}\x1b\t\r\ufeff]|{_LOOSE}")
_LEAVING: Final = pattern(f"[{_ALWAYS}]|\x1b(?!\\[[0-9;]*m)|\r(?!\n)|(?!\\A)\ufeff|{_LOOSE}")
"""What must not leave: our colours may, the end of a line of CSV, and the mark at its beginning."""
_LED: Final = {
    b"\xc2": pattern(rb"\xc2[\x80-\x9f\xad]"),
    b"\xe2": pattern(rb"\xe2(?:\x80[\x8b-\x8f\xa8-\xae]|\x81[\xa0-\xaf])"),
    b"\x1b": pattern(rb"\x1b(?!\[[0-9;]*m)"),
}
"""What begins with bytes with which other signs begin, too."""


def literal(text: str) -> str:
    r"""Return a text in which no character acts on a terminal: `\x1b` is shown, a tab is a space, line ends stay."""
    return text if text.isprintable() else _ACTIVE.sub(_shown, text)


def one_line(text: str) -> str:
    """Return a literal text with each line end and the spaces around it as one space."""
    text = literal(text)
    return _BREAKS.sub(" ", text).strip() if "\n" in text else text


def inert(line: str) -> str:
    r"""Return a line that GitHub's runner does not take for a command: `\x3a:error::` and `\x23#[error]` are none.

    The runner trims a line, then looks for `::` at its start, or for `##[` anywhere.
    """
    start = len(line) - len(line.lstrip())
    if line.startswith("::", start):
        line = f"{line[:start]}{code(':')}{line[start + 1 :]}"
    return line.replace("##[", f"{code('#')}#[")


def in_json(text: str) -> str:
    r"""Return JSON in which nothing acts either: `\u202e` means the same there, and so does `\u0023#[`."""
    if not text.isprintable():
        text = _ACTIVE.sub(_escape, text)
    return text.replace("##[", "\\u0023#[")


def _shown(match: re.Match[str]) -> str:
    return " " if match[0] == _TAB else code(match[0])


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def code(char: str) -> str:
    r"""Return the code of a character as a text shows it: `\x1b`, `\u202e`."""
    number = ord(char)
    if number > 0xFFFF:
        return f"\\U{number:08x}"
    return f"\\u{number:04x}" if number > 0xFF else f"\\x{number:02x}"


def encoded(text: str) -> bytes:
    """Return a text as it leaves, in UTF-8."""
    data = text.encode("utf-8", "backslashreplace")
    seen = data.replace(b"\r\n", b"\n") if b"\r" in data else data
    odd = seen.translate(None, _CALM).strip(b"\x1b")  # of colours there are many, and they are quickly told
    led = any(start in seen and led.search(seen) for start, led in _LED.items())
    if odd or led or any(sign in text for sign in _UNSEEN):
        data = _LEAVING.sub(lambda found: code(found[0]), text).encode("utf-8", "backslashreplace")
    return data


class _Encoder(codecs.IncrementalEncoder):
    def encode(self, text: str, final: bool = False) -> bytes:  # noqa: ARG002, FBT001, FBT002  the base's signature
        return encoded(text)


def _codec(name: str) -> codecs.CodecInfo | None:
    if name.replace("_", "-") != ENCODING:
        return None
    utf8 = codecs.lookup("utf-8")
    return codecs.CodecInfo(
        lambda text, _errors="": (encoded(text), len(text)),
        utf8.decode,
        incrementalencoder=_Encoder,
        incrementaldecoder=utf8.incrementaldecoder,
        name=ENCODING,
    )


codecs.register(_codec)


def guard(stream: TextIO) -> None:
    """Let a stream write what leaves by the door, whatever the locale is."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=ENCODING)


def unguarded(stream: TextIO) -> TextIO:
    """Return a way to a guarded stream for what moves the cursor; only words of our own may go there."""
    if isinstance(stream, io.TextIOWrapper):
        return open(stream.fileno(), "w", encoding="utf-8", closefd=False)
    return stream


def tell(sentence: str) -> None:
    """Print a sentence of the answer, on a line of its own."""
    print(inert(one_line(sentence)))


def say(sentence: str) -> None:
    """Print a sentence beside the answer, on standard error."""
    print(inert(one_line(sentence)), file=sys.stderr)
