"""Copies that programs which keep folders in step, editors and people leave beside a file, told by their names."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from vpcp_cli.vietnamese import fold

_MARKS: Final = frozenset(
    {
        *("conflict", "conflicted", "copy", "backup", "bak", "base", "local", "remote", "orig", "old", "version"),
        *("sao", "xung", "cu"),  # bản sao, xung đột, cũ
    }
)


def original_of(name: str, wanted: str, names: Collection[str]) -> str | None:
    """Return the file of which another one is a copy by its name; `wanted` is what that one should be called."""
    if wanted in names:
        return wanted
    words = _words(name)
    found = [one for one in names if _is_copy(words, _words(one))]
    return max(found, key=len, default=None)


def _is_copy(words: list[str], known: list[str]) -> bool:
    """Whether the words of a name are those of a known one, and the others say that it is a copy, or are a number."""
    number = len(known)
    if words[:number] == known:
        rest = words[number:]
    elif words[-number:] == known:
        rest = words[:-number]
    else:
        return False
    return not _MARKS.isdisjoint(rest) or all(word.isdecimal() and len(word) == 1 for word in rest)


def _words(name: str) -> list[str]:
    stem = re.sub(r"(\.ya?ml)?(\.[A-Za-z]+)?$", "", name, count=1, flags=re.IGNORECASE)
    return re.findall(r"[a-z0-9]+", fold(stem))
