"""Text on a grid of cells: measured and wrapped, never cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Final, TextIO, TypeVar

from vpcp_cli.pattern import pattern
from vpcp_cli.render.door import inert

# Latin with precomposed Vietnamese, and the usual signs: one cell a character. None of them acts on a terminal.
_ONE_CELL: Final = pattern("[ -~\u00a0-\u00ac\u00ae-\u02ff\u1e00-\u1eff‐-‧′″‹›←-⇿①-◼◿✓✗]*")
_WORDS: Final = pattern(r"[^ \n]+")
_BLOCK: Final = 500
_AT_ONCE: Final = 1 << 15
"""So many characters are written at once: a pipe or a terminal takes them without waiting for who reads there."""
T = TypeVar("T")
_DOT: Final = " · "
_HELD: Final = "\xa0"
_SOFT_HYPHEN: Final = "\xad"
_ZWJ: Final = "\u200d"
_EMOJI_STYLE: Final = "\ufe0f"
_HANGUL_TAIL: Final = range(0x1160, 0x1200)
_SKIN: Final = range(0x1F3FB, 0x1F400)


def together(texts: Iterable[T]) -> Iterator[list[T]]:
    """Yield so many texts at a time that to look at them together is worth the while."""
    rest = iter(texts)
    return iter(lambda: list(islice(rest, _BLOCK)), [])


def in_blocks(lines: Iterable[str], *, harmless: bool = False) -> Iterator[str]:
    """Yield the text of lines, or of several at once, much at a time; if it shall be `harmless`, with inert ones."""
    rest, number = iter(lines), 1
    while block := list(islice(rest, number)):
        text = "\n".join([*block, ""])
        acts = harmless and ((":" in text and "::" in text) or ("#" in text and "##[" in text))  # a sign is found fast
        yield "\n".join(map(inert, text.split("\n"))) if acts else text
        number = max(min(number * _AT_ONCE // len(text), number * 4), 1)  # as long as those before, on the whole


def write_lines(lines: Iterable[str], stream: TextIO, *, harmless: bool = False) -> None:
    """Write lines in blocks; `harmless` ones are no commands to GitHub's runner."""
    stream.writelines(in_blocks(lines, harmless=harmless))


@lru_cache(maxsize=1 << 14)
def cells(text: str) -> int:
    """Return how many cells a text fills: marks none, wide letters two, an emoji joined of several two."""
    if _ONE_CELL.fullmatch(text):
        return len(text)
    return sum(_widths(text))


def _widths(text: str) -> list[int]:
    """Return what each character adds to the width of the text before it."""
    widths: list[int] = []
    base = 0
    joined = False
    for char in text:
        if char == _ZWJ:
            width, joined = 0, base == 2
        elif char == _EMOJI_STYLE:
            width, base = (1, 2) if base == 1 else (0, base)
        else:
            width = _width(char)
            if base == 2 and (joined or ord(char) in _SKIN):
                width = 0
            elif width:
                base = width
            joined = False
        widths.append(width)
    return widths


@lru_cache(maxsize=4096)
def _width(char: str) -> int:
    from unicodedata import category, east_asian_width

    if char != _SOFT_HYPHEN and (category(char) in ("Mn", "Me", "Cf") or ord(char) in _HANGUL_TAIL):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def pad(text: str, width: int) -> str:
    """Return a text filled with spaces to a width in cells."""
    return text + " " * (width - cells(text))


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Return where the lines of a text begin and end, each at most `width` cells.

    Lines break at spaces and line ends; only a word that is wider than a line is broken inside. No-break spaces hold.
    """
    return [(start, end) for start, end, _filled in measured_lines(text, width)]


def measured_lines(text: str, width: int) -> list[tuple[int, int, int]]:
    """Wrap a text, and return with each line how many cells it fills."""
    if simple(text):
        return [(0, len(text), len(text))] if len(text) <= width else _simple_spans(text, width)
    if "\n" not in text and (filled := cells(text)) <= width:
        return [(0, len(text), filled)]
    lines: list[tuple[int, int, int]] = []
    offset = 0
    for paragraph in text.split("\n"):
        wrapped = _wrapped(paragraph, width)
        lines += [(start + offset, end + offset, cells(paragraph[start:end])) for start, end in wrapped]
        offset += len(paragraph) + 1
    return lines


def simple(text: str) -> bool:
    """Whether a text is words with one space between them, of letters that all fill one cell: nearly every text is."""
    return bool(_ONE_CELL.fullmatch(text)) and "  " not in text and text.strip(" ") == text


def simple_lines(text: str, width: int) -> list[str]:
    """Return the lines of a simple text, each at most `width` cells."""
    return _simple_line(width).findall(text)


@lru_cache
def _simple_line(width: int) -> re.Pattern[str]:
    """Return what a line of a simple text is: as many words as fit, or as much of one that is wider."""
    return re.compile(f"[^ ].{{0,{width - 1}}}(?![^ ])|[^ ]{{{width}}}")


def wrap_parts(text: str, width: int) -> list[tuple[int, int]]:
    """Wrap a line of parts with dots between them: it breaks behind a dot, long parts at spaces too."""
    parts = (part if cells(part) > width // 2 else part.replace(" ", _HELD) for part in text.split(_DOT))
    return wrap(f"{_HELD}· ".join(parts), width)


def _wrapped(paragraph: str, width: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    start = end = -1
    for word in _WORDS.finditer(paragraph):
        if start >= 0 and cells(paragraph[start : word.end()]) <= width:
            end = word.end()
            continue
        if start >= 0:
            lines.append((start, end))
        start, end = word.span()
        while cells(paragraph[start:end]) > width:
            cut = _cut(paragraph, start, end, width)
            lines.append((start, cut))
            start = cut
    if start >= 0 or not lines:
        lines.append((max(start, 0), max(end, 0)))
    return lines


def _simple_spans(text: str, width: int) -> list[tuple[int, int, int]]:
    spans: list[tuple[int, int, int]] = []
    start = 0
    for line in simple_lines(text, width):
        end = start + len(line)
        spans.append((start, end, len(line)))
        start = end + text.startswith(" ", end)
    return spans


def _cut(text: str, start: int, end: int, width: int) -> int:
    """Return where a word that is too wide is broken: behind at least one character, never before a mark."""
    filled = 0
    for place, step in enumerate(_widths(text[start:end])):
        filled += step
        if filled > width and place and step:
            return start + place
    return end
