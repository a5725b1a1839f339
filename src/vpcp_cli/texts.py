"""Texts that can't be found as they stand: of old fonts, of look-alike letters, with odd spaces, in one language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from enum import EnumType
from functools import cache
from operator import attrgetter
from typing import Final, TypeAlias
from unicodedata import is_normalized

from vpcp_cli.deadline import Deadline
from vpcp_cli.finding import Path
from vpcp_cli.kinds import Takes, class_of, is_record, item_of, keys_of
from vpcp_cli.pattern import pattern
from vpcp_cli.programme import Directive, Document, Issuer, LogEntry, Programme, Task, Text
from vpcp_cli.script import garbled, is_usual, look_alike

_ODD_SPACES: Final = pattern("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]| {2}|^ | $", re.MULTILINE)
_Odd: TypeAlias = tuple[str, Path, dict[str, str]]

_WORDLESS: Final = (bool, date, float, Deadline)


@cache
def places_of_texts(kind: Takes) -> tuple[str, ...]:
    """Return the fields in which words are looked for, and a task's log; of a programme all that hold texts."""
    keys = keys_of(kind).values()
    if kind is Programme:
        holding = (one for one in keys if one.takes is Text or is_record(item_of(one.takes) or one.takes))
        return tuple(one.field for one in holding if one.field not in ("log", "directives"))
    return tuple(one.field for one in keys if one.key.searched or (kind is Task and one.field == "log"))


def texts_of(one: Task | Directive) -> tuple[object, ...]:
    """Return the values of these fields."""
    return _taker(class_of(one))(one)


@cache
def _taker(kind: Takes) -> Callable[[object], tuple[object, ...]]:
    return attrgetter(*places_of_texts(kind))


@cache
def _inner_taker(kind: Takes) -> Callable[[object], tuple[object, ...]] | None:
    """Return what takes from a record of a task or directive whatever may hold texts; None for any other value."""
    if kind not in (LogEntry, Document, Issuer):
        return None
    keys = (one for one in keys_of(kind).values() if one.takes not in _WORDLESS and one.name != "corrects")
    return attrgetter(*(one.field for one in keys if not isinstance(one.takes, EnumType)))


def sound(values: tuple[object, ...]) -> bool:
    """Whether `odd_texts` would find nothing; nearly always so, and far quicker to say than what and where."""
    words: list[str] = []
    unseen = [value for value in values if value]
    while unseen:
        value = unseen.pop()
        if isinstance(value, str):
            words.append(value)
        elif isinstance(value, Text):
            if value.vi is None or value.en is None:
                return False
            words += (value.vi,) if value.vi is value.en else (value.vi, value.en)
        elif isinstance(value, tuple):
            unseen += value
        elif take := _inner_taker(class_of(value)):
            unseen += filter(None, take(value))
    lines = "\n".join(("", *words, ""))
    spaced = "  " in lines or "\n " in lines or " \n" in lines
    return not spaced and (is_usual(lines) or not any(_odd_words(one) for one in words if not is_usual(one)))


def odd_texts(value: object, path: Path) -> Iterator[_Odd]:
    """Yield the code, path and facts of each text below a value that can't be found, or lacks a language."""
    if value is None or isinstance(value, (date, int, float)):
        return
    if isinstance(value, str):
        yield from ((code, path, facts) for code, facts in _odd_words(value))
    elif isinstance(value, Text):
        yield from _odd_text(value, path)
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from odd_texts(item, (*path, at))
    elif is_dataclass(value):
        for each in fields(value):
            if each.name == "corrects":
                continue  # it has to say what the other entry says, however that is written
            yield from odd_texts(getattr(value, each.name), (*path, each.name.rstrip("_")))


def _odd_text(text: Text, path: Path) -> Iterator[_Odd]:
    if text.vi is text.en:
        yield from odd_texts(text.vi, path)
        return
    for lang, words in (("vi", text.vi), ("en", text.en)):
        if words is None:
            yield "missing-translation", path, {}
        else:
            yield from odd_texts(words, (*path, lang))


def _odd_words(words: str) -> list[tuple[str, dict[str, str]]]:
    """Return the one thing that is odd about a text, with its facts."""
    if found := garbled(words):
        return [("garbled-text", {"text": found})]
    if found := look_alike(words):
        return [("look-alike", {"text": found, "code": ", ".join(f"U+{ord(char):04X}" for char in found)})]
    return [] if _normalised(words) else [("not-normalised", {})]


def _normalised(text: str) -> bool:
    return is_normalized("NFC", text) and not _ODD_SPACES.search(text)
