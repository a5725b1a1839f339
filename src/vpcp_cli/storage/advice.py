"""What somebody may have meant who wrote something else: the forms that findings offer."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from vpcp_cli.deadline import Deadline, typed_deadline
from vpcp_cli.errors import BadDateError
from vpcp_cli.finding import Phrase
from vpcp_cli.language import N_
from vpcp_cli.programme import LogEntry, Task, Text
from vpcp_cli.storage.shape import Evidence, has_keys, item_of, keys_of
from vpcp_cli.vietnamese import fold, nearest
from vpcp_cli.vocabulary import LABELS, Status, Word

EXAMPLES: Final = {
    "id": "2022-CD01.1",
    "schema": "1",
    "year": "2022",
    "owner": "VPCP",
    "lead": "VPCP",
    "issuer": "{name: Trần Văn Sơn}",
    "directives": "[…]",
    "units": "[…]",
    "to": "2023-CN01.1",
    "deadline": "2022-Q2",
    "date": "2022-05-20",
    "code": "VPCP",
    "evidence": "123/QĐ-VPCP",
}
"""A value for each key that a mapping may lack, where `…` says too little."""

_SLIPS: Final = {
    "lead": "owner, assignee, agency, unit, chu tri, don vi, don vi chu tri, co quan chu tri",
    "support": "coordinating, coordination, supporting, phoi hop, don vi phoi hop, co quan phoi hop",
    "deadline": "due, due date, until, han, thoi han, han xu ly",
    "text": "title, name, content, description, task, noi dung, nhiem vu, ten",
    "title": "text, name, subject, tieu de, ten, noi dung",
    "name": "title, text, full name, ten, ho ten, ho va ten",
    "issuer": "author, speaker, nguoi chi dao, nguoi ban hanh, nguoi ky",
    "issued": "date, day, ngay, ngay ban hanh",
    "date": "day, on, when, ngay",
    "note": "comment, remark, reason, ghi chu, ly do",
    "status": "state, trang thai, tinh trang",
    "evidence": "proof, minh chung, bang chung",
    "document": "van ban, so van ban, cong van",
    "responsible": "person, owner, nguoi phu trach, nguoi chiu trach nhiem",
    "deliverable": "result, output, product, san pham",
    "log": "history, entries, updates, nhat ky",
    "source": "nguon",
    "category": "field, area, linh vuc",
    "nature": "type, tinh chat",
    "kind": "type, loai",
    "obstacle": "problem, blocked, difficulty, vuong mac, kho khan",
    "tasks": "items, nhiem vu, cac nhiem vu",
    "number": "no, so, so hieu",
    "vi": "vn, vie, vietnamese",
    "en": "eng, english",
    "code": "id, ma",
}
_TRUE: Final = ("yes", "y", "on", "1", "co", "dung", "x", "true")
_FALSE: Final = ("no", "n", "off", "0", "khong", "sai", "false")
_DAYS: Final = (date(2001, 3, 5), date(2002, 8, 17))


@lru_cache
def meant_key(key: str, record: type, present: tuple[str, ...]) -> list[str]:
    """Return the keys of a mapping that may have been meant, nearest first, of those that it hasn't yet."""
    words = {name: name for name in _free(record, present)}
    words |= {slip: name for name in words for slip in _SLIPS.get(name, "").split(", ") if slip}
    typed = " ".join(re.split(r"[\s_-]+", fold(key)))
    near = [typed] if typed in words else nearest(typed, words)
    return list(dict.fromkeys(words[word] for word in near))


@lru_cache
def key_form(key: str, record: type, present: tuple[str, ...]) -> str:
    """Return what to write instead of a key that a mapping doesn't have."""
    if record is Task and key in keys_of(LogEntry):
        return f"log: [{{date: 2022-05-20, {key}: …}}]"
    return " | ".join(meant_key(key, record, present) or _free(record, present) or keys_of(record))


def _free(record: type, present: tuple[str, ...]) -> list[str]:
    return [name for name in keys_of(record) if name not in present]


@lru_cache
def code_form(word: str, codes: type[Word | bool]) -> str:
    """Return the code of a word, which may be its label in either language, or all codes."""
    typed = fold(word)
    if codes is bool:
        return "true" if typed in _TRUE else "false" if typed in _FALSE else "true | false"
    known = {code.value: code.value for code in codes if code is not Status.NOT_REPORTED}
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


def value_form(key: str, takes: Any, given: str, *, item: bool) -> str:  # noqa: ANN401 - a type, of any kind
    """Return how a value of a type is written; a single word where a list should be becomes its only item."""
    if has_keys(takes) and takes is not Text:
        first = next((name for name, one in keys_of(takes).items() if one.required), next(iter(keys_of(takes))))
        form = f"{{{first}: …}}"
    elif item_of(takes):
        form = f"[{given}]" if re.fullmatch(r"[\w /.-]{1,60}", given) else "[…]"
    elif takes in (Text, Evidence):
        form = EXAMPLES.get(key, "…")
    elif isinstance(takes, type) and issubclass(takes, StrEnum):
        form = " | ".join(takes)
    else:
        form = EXAMPLES.get(key, "true" if takes is bool else "…")
    return f"- {form}" if item else f"{key}: {form}"


def _typed(text: str, year: int) -> Deadline | None:
    """Read what a person typed; a day counted from today is none, for a file is read on any day."""
    parts = re.split(r"[-/.]", fold(text).replace(" ", ""))
    try:
        if len(parts) == 3 and all(re.fullmatch("[0-9]{1,4}", part) for part in parts):  # noqa: PLR2004
            if len(parts[0]) != 4:  # noqa: PLR2004
                parts.reverse()
            return Deadline.of(date(*map(int, parts))) if len(parts[0]) == 4 else None  # noqa: PLR2004
        found = {typed_deadline(text, day, year or None) for day in _DAYS}
    except (BadDateError, ValueError):
        return None
    return found.pop() if len(found) == 1 else None
