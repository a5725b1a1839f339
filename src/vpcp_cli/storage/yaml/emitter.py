"""Plain data → YAML text that means the same under YAML 1.1 and 1.2, and the same as text to every reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from types import MappingProxyType
from typing import TypeAlias

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import VpcpError
from vpcp_cli.kinds import CONTROLS
from vpcp_cli.language import _
from vpcp_cli.pattern import pattern

Value: TypeAlias = "str | float | Sequence[Value] | Mapping[str, Value]"
Item: TypeAlias = "Mapping[str, Value]"

WIDTH = 100
"""Texts that would make a longer line are folded."""

_DAY = pattern(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
_NUMBER = pattern(r"0[xob][0-9a-f_]+|[0-9][0-9_]*(\.[0-9_]*)?(e[-+]?[0-9]+)?", re.IGNORECASE)
_WORDS = frozenset(["y", "yes", "n", "no", "on", "off", "true", "false", "null", "none", "nan", "inf"])
_FORBIDDEN = pattern(f"[{CONTROLS}\ud800-\udfff]")
_INSIDE = pattern(r"[:#]|[^\S ]")
_INSIDE_FLOW = pattern(r"[:#?,\[\]{}]|[^\S ]")


class UnwritableTextError(VpcpError):
    """A text with a character that no file may hold."""

    exit_code = 4
    text: str
    character: str

    def sentence(self) -> str:
        """Name the character by its code; show the text without it."""
        return _("A file may not hold the character U+{code} («{text}»).").format(
            code=f"{ord(self.character):04X}", text=_FORBIDDEN.sub("�", self.text)
        )


@dataclass(frozen=True, slots=True)
class Style:
    """How the people who keep a file write: what is added is written alike."""

    offset: int = 2
    """Columns from a key to the dashes of its list."""
    gap: int = 2
    """Columns from a dash to what follows it."""
    quotes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Keys → the quotation mark around their values; "" stands for all other keys."""
    flow: bool = False
    """Whether an item stands in braces on one line."""
    apart: bool = False
    """Whether an empty line stands between items."""
    line_end: str = "\n"
    """How lines end in the file."""

    def quote(self, key: str) -> str:
        """The quotation mark for the value of a key."""
        return self.quotes.get(key, self.quotes.get("", ""))


def scalar(value: str | float, quote: str = "", *, flow: bool = False) -> str:
    """A text or number on one line; `flow`: inside of brackets. Raises UnwritableTextError."""
    if isinstance(value, int | float):
        return str(value).lower()
    if found := _FORBIDDEN.search(value):
        raise UnwritableTextError(value, found[0])
    if not quote and _is_plain(value, flow=flow):
        return value
    if "\n" not in value and (quote == "'" or (not quote and ("\\" in value or '"' in value))):
        return "'" + value.replace("'", "''") + "'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def flow(value: Value, quote: str = "") -> str:
    """Any data on one line."""
    if isinstance(value, str | int | float):
        return scalar(value, quote, flow=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key, flow=True)}: {flow(each, quote)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(flow(each, quote) for each in value) + "]"


def item_lines(item: Value, column: int, style: Style) -> list[str]:
    """A list item whose dash stands in `column`; lines without their ends."""
    dash = " " * column + "-" + " " * (style.gap - 1)
    if style.flow and isinstance(item, Mapping):
        pairs = (f"{scalar(key, flow=True)}: {flow(value, style.quote(key))}" for key, value in item.items())
        return [f"{dash}{{{', '.join(pairs)}}}"]
    if isinstance(item, Mapping) and item:
        first, *others = mapping_lines(item, column + style.gap, style)
        return [dash + first.lstrip(" "), *others]
    if isinstance(item, str):
        return list(_text_lines(dash, item, column + 2, style.quote("")))
    return [dash + flow(item, style.quote(""))]


def mapping_lines(mapping: Item, column: int, style: Style) -> Iterator[str]:
    """The lines of a mapping whose keys stand in `column`, without their ends."""
    for key, value in mapping.items():
        head = " " * column + scalar(key)
        if isinstance(value, str):
            yield from _text_lines(head + ": ", value, column + 2, style.quote(key))
        elif isinstance(value, int | float) or not value:
            yield f"{head}: {flow(value)}"
        elif isinstance(value, Mapping):
            yield head + ":"
            yield from mapping_lines(value, column + 2, style)
        else:
            yield head + ":"
            for item in value:
                yield from item_lines(item, column + style.offset, style)


def _text_lines(head: str, text: str, column: int, quote: str) -> Iterator[str]:
    """A text behind its key or dash: on that line, or below it where it is long or has several lines."""
    line = head + scalar(text, quote)
    if "\n" in text and _keeps_lines(text):
        yield head + "|-"
        yield from (" " * column + each if each else "" for each in text.split("\n"))
    elif len(line) > WIDTH and _folds(text):
        yield head + ">-"
        yield from _folded(text, column)
    else:
        yield line


def _folded(text: str, column: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and column + len(line) + 1 + len(word) > WIDTH:
            yield " " * column + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield " " * column + line


def _folds(text: str) -> bool:
    """Whether line ends may take the place of single spaces and be read as spaces again."""
    return "\n" not in text and "  " not in text and text == text.strip() and " " in text


def _keeps_lines(text: str) -> bool:
    """Whether the lines of a text can stand below each other as they are."""
    lines = text.split("\n")
    return bool(lines[0] and lines[-1]) and all(line == line.strip() for line in lines)


def _is_plain(text: str, *, flow: bool) -> bool:
    """Whether a text needs no quotation marks anywhere: begins harmlessly, holds no sign of YAML, is no other type."""
    inside = _INSIDE_FLOW if flow else _INSIDE
    return bool(
        text
        and text == text.strip()
        and (text[0].isalnum() or text[0] in "(«“…")
        and not inside.search(text)
        and text.lower() not in _WORDS
        and (_DAY.fullmatch(text) or not _NUMBER.fullmatch(text))
    )
