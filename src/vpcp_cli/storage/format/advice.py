"""What somebody may have meant who wrote something else: the forms that findings offer."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from vpcp_cli.deadline import Deadline
from vpcp_cli.errors import BadDateError
from vpcp_cli.finding import Phrase
from vpcp_cli.kinds import Key, Takes, Text, is_record, item_of, keys_of
from vpcp_cli.language import N_
from vpcp_cli.programme import LogEntry, Task
from vpcp_cli.typed import typed_deadline
from vpcp_cli.vietnamese import fold, nearest
from vpcp_cli.vocabulary import LABELS, Status, Word

_TRUE: Final = ("yes", "y", "on", "1", "co", "dung", "x", "true")
_FALSE: Final = ("no", "n", "off", "0", "khong", "sai", "false")
_DAYS: Final = (date(2001, 3, 5), date(2002, 8, 17))


@lru_cache
def meant_key(key: str, record: type, present: tuple[str, ...]) -> list[str]:
    """Return the keys of a mapping that may have been meant, nearest first, of those that it hasn't yet."""
    words = {name: name for name in _free(record, present)}
    words |= {slip: name for name in words for slip in keys_of(record)[name].key.slips.split(", ") if slip}
    typed = " ".join(re.split(r"[\s_-]+", fold(key)))
    near = [typed] if typed in words else nearest(typed, words)
    return list(dict.fromkeys(words[word] for word in near))


@lru_cache
def key_form(key: str, record: type, present: tuple[str, ...]) -> str:
    """Return what to write instead of a key that a mapping doesn't have; nothing where nothing is near."""
    if record is Task and key in keys_of(LogEntry):
        return f"log: [{{date: 2022-05-20, {key}: …}}]"
    return " | ".join(meant_key(key, record, present))


def _free(record: type, present: tuple[str, ...]) -> list[str]:
    return [name for name in keys_of(record) if name not in present]


def code_form(word: str, codes: type[Word | bool]) -> str:
    """Return the code of a word, which may be its label in either language, or all codes."""
    if codes is bool:
        typed = fold(word)
        return "true" if typed in _TRUE else "false" if typed in _FALSE else "true | false"
    return _code_form(word, codes, tuple(code.value for code in codes if code is not Status.NOT_REPORTED))


@lru_cache
def _code_form(word: str, codes: type[Word], every: tuple[str, ...]) -> str:
    typed = fold(word)
    known = {code: code for code in every}
    labels = {label: code for code in known for label in LABELS[codes][code]}
    exact = {code for label, code in labels.items() if fold(label) == typed}
    near = exact or {(known | labels)[name]: None for name in nearest(word, [*known, *labels])}
    return " | ".join(near or known)


@lru_cache
def day_form(text: str) -> str:
    """Return the day that a text means beyond doubt in the form that files hold, or what that form is."""
    found = _typed(text, 0)
    if found and found.first == found.last:
        return found.last.isoformat()
    return Phrase(N_("a day that exists, as year-month-day: 2022-06-30"))


@lru_cache
def deadline_form(text: str, year: int) -> str:
    """Return the deadline that a text means beyond doubt, a quarter without a year being of `year`."""
    found = _typed(text, year)
    return found.text if found else Phrase(N_("2022-06-30, 2022-06, 2022-Q2, 2022-H1 or 2022"))


def value_form(key: Key | None, name: str, takes: Takes, given: str, *, item: bool) -> str:
    """Return how a value of a type is written; a single word where a list should be becomes its only item."""
    example = key.example if key else ""
    if key and key.short and not item:
        form = example or "…"
    elif is_record(takes) and takes is not Text:
        first = next((name for name, one in keys_of(takes).items() if one.required), next(iter(keys_of(takes))))
        form = f"{{{first}: …}}"
    elif item_of(takes):
        form = f"[{given}]" if re.fullmatch(r"[\w /.-]{1,60}", given) else "[…]"
    elif takes is Text:
        form = example or "…"
    elif isinstance(takes, type) and issubclass(takes, StrEnum):
        form = " | ".join(takes)
    else:
        form = example or ("true" if takes is bool else "…")
    return f"- {form}" if item else f"{name}: {form}"


def _typed(text: str, year: int) -> Deadline | None:
    """Read what a person typed; a day counted from today is none, for a file is read on any day."""
    parts = re.split(r"[-/.]", fold(text).replace(" ", ""))
    try:
        if len(parts) == 3 and all(re.fullmatch("[0-9]{1,4}", part) for part in parts):
            if len(parts[0]) != 4:
                parts.reverse()
            return Deadline.of(date(*map(int, parts))) if len(parts[0]) == 4 else None
        found = {typed_deadline(text, day, year or None) for day in _DAYS}
    except (BadDateError, ValueError):
        return None
    return found.pop() if len(found) == 1 else None
