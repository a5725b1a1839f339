"""What the columns of a list are: told by their heads, in the words of the offices, over one row or two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from vpcp_cli.errors import BadWordError
from vpcp_cli.sharing.tables import Row
from vpcp_cli.vietnamese import fold, nearest

NONE: Final = "none"
"""What a column is mapped to that is left to the comments."""
_WORDS: Final[Mapping[str, str]] = {
    "number": "tt|stt|so tt|so thu tu|no|nr|item no",
    "ref": "ma|ma so|ma nhiem vu|id|reference",
    "text": (
        "nhiem vu|noi dung|noi dung nhiem vu|nhiem vu duoc giao|"
        "nhiem vu giao|ten nhiem vu|noi dung cong viec|cong viec|"
        "noi dung cong viec can thuc hien|noi dung chi dao|ten de an|de an|nhiem vu cu the|nhiem vu giai phap|"
        "task|tasks|content|description|what is to be done|text"
    ),
    "lead": (
        "chu tri|co quan chu tri|don vi chu tri|co quan thuc hien|don vi thuc hien|co quan don vi chu tri|"
        "co quan don vi thuc hien|don vi|co quan|bo co quan chu tri|don vi dau moi|lead|lead unit|leading unit|"
        "lead agency|unit in charge|in charge|responsible agency|responsible unit"
    ),
    "support": (
        "phoi hop|co quan phoi hop|don vi phoi hop|co quan don vi phoi hop|support|supporting units|supporting unit|"
        "coordinating agency|coordinating unit|with the support of"
    ),
    "deadline": (
        "thoi han|thoi han hoan thanh|thoi gian hoan thanh|thoi gian thuc hien|thoi gian|han hoan thanh|tien do|"
        "ngay hoan thanh|thoi han trinh|thoi gian trinh|hoan thanh|"
        "ket thuc|deadline|due|due date|by when|time limit"
    ),
    "deliverable": (
        "san pham|ket qua|ket qua can dat|san pham dau ra|ket qua san pham|san pham ket qua|san pham hoan thanh|"
        "ket qua du kien|san pham du kien|ket qua dau ra|deliverable|deliverables|product|result|output"
    ),
    "document": (
        "van ban giao|van ban giao nhiem vu|van ban chi dao|"
        "so van ban|so ky hieu van ban|so ky hieu|nguon giao|document"
    ),
    "basis": "can cu|can cu phap ly|co so|basis",
    "start": "bat dau|ngay bat dau|thoi gian bat dau|start",
    "responsible": "nguoi phu trach|can bo phu trach|chuyen vien|can bo theo doi|nguoi thuc hien|responsible",
    "leader": "lanh dao phu trach|lanh dao chi dao|lanh dao|leader",
    "submit_to": "cap trinh|cap co tham quyen|trinh|submit to",
    "monitor": "don vi theo doi|co quan theo doi|monitor",
    "measure": "chi tieu|tieu chi|measure",
    "nature": "loai nhiem vu|tinh chat|nature",
    "details": "ghi chu|note|notes|remarks|details",
    "en": "tieng anh|in english|english|en",
    NONE: "tinh trang|tinh hinh|tinh hinh thuc hien|trang thai|ket qua thuc hien|tien do thuc hien|status|state",
}
"""Fields of a task → what their columns are called, without marks."""
FIELDS: Final = tuple(field for field in _WORDS if field != NONE)
_KNOWN: Final[Mapping[str, str]] = {
    word: field for field, words in _WORDS.items() for word in (*words.split("|"), field.replace("_", " "))
}
_OF_TASKS: Final = ("lead", "deadline", "deliverable")
_SURE: Final = 100
"""How sure a head is that is nothing but the name of a field; one that has the name in it is less."""
_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_LOOKED_AT: Final = 40
"""Rows from the top in which heads are looked for."""


class Heads(NamedTuple):
    """The heads of a table: the rows in which they stand, what each column is called, and which field it is.

    They are `sure` where one is nothing but the name of its field: a task too may have such words in its text.
    """

    first: int
    last: int
    names: tuple[str, ...]
    fields: Mapping[int, str]
    sure: bool

    @property
    def of_tasks(self) -> bool:
        """Whether it is a table of tasks, in which something is said of each."""
        found = self.fields.values()
        return "text" in found and any(field in found for field in _OF_TASKS)

    @property
    def worth(self) -> tuple[bool, int]:
        """How likely these are the heads, against others."""
        return self.sure, len(self.fields)


def heads_of(rows: Sequence[Row], mapped: Mapping[str, str]) -> Heads | None:
    """Return the heads of a table, None where there are none; `mapped` says which field a column is."""
    best: Heads | None = None
    for first in range(min(len(rows), _LOOKED_AT)):
        for depth in (1, 2):
            if first + depth > len(rows) or (depth == 2 and not _is_under(rows[first], rows[first + 1])):  # two rows
                continue
            found = _read(rows, first, first + depth - 1, mapped)
            if found.of_tasks and (best is None or found.worth > best.worth):
                best = found
    return best


def check_mapped(mapped: Mapping[str, str], names: Sequence[str], option: str) -> None:
    """Raise `BadWordError` for a column that is not there."""
    heads = {fold(name) for name in names}
    for name in mapped:
        if fold(name) not in heads:
            raise BadWordError(name, option, [one for one in names if one], nearest(name, names))


def check_field(field: str, option: str) -> str:
    """Return a field, or `none`; raise `BadWordError` for one that there is not."""
    if field not in {*FIELDS, NONE}:
        raise BadWordError(field, option, [*FIELDS, NONE], nearest(field, FIELDS))
    return field


def _read(rows: Sequence[Row], first: int, last: int, mapped: Mapping[str, str]) -> Heads:
    names, claims = [], []
    for column in range(len(rows[first].cells)):
        parts = list(dict.fromkeys(row.cells[column].text for row in rows[first : last + 1]))
        name = " ".join(filter(None, parts))
        names.append(name)
        told = {fold(key): field for key, field in mapped.items()}
        said = next((told[fold(one)] for one in (name, *parts) if one and fold(one) in told), None)
        if said:
            claims.append((_SURE * 10, said, column))
        else:
            claims += [(*claim, column) for claim in _claims([*reversed(parts), name])]
    fields: dict[int, str] = {}
    sure = False
    for strength, field, column in sorted(claims, key=lambda claim: (-claim[0], claim[2])):
        free = field == NONE or field not in fields.values()
        if column not in fields and free and not _goes_left(rows[last], column, fields):
            fields[column] = field
            sure = sure or strength >= _SURE
    return Heads(first, last, tuple(names), {at: field for at, field in fields.items() if field != NONE}, sure)


def _goes_left(row: Row, column: int, fields: Mapping[int, str]) -> bool:
    return row.cells[column].left and column - 1 in fields


def _claims(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the field that a head names, with how sure that is: its own words, else words in it."""
    for text in texts:
        bare = _bare(text)
        if bare in _KNOWN:
            yield len(bare) + (0 if re.search(r"\d", _BRACKETS.sub(" ", text)) else _SURE), _KNOWN[bare]
            return
    for text in texts:
        bare = f" {_bare(text)} "
        within = [word for word in _KNOWN if " " in word and f" {word} " in bare]
        if within:
            word = max(within, key=len)
            yield len(word), _KNOWN[word]
            return


def _bare(text: str) -> str:
    """Return the words of a head, without marks and without what stands in brackets."""
    return " ".join(re.findall(r"[a-z]+", fold(_BRACKETS.sub(" ", text))))


def _is_under(upper: Row, lower: Row) -> bool:
    """Whether a row goes on with the heads of the one above: what it says itself are heads under a wider one."""
    own = [
        (above, below)
        for above, below in zip(upper.cells, lower.cells, strict=True)
        if below.text and not below.above and below.text != above.text
    ]
    said = sum(1 for cell in lower.cells if cell.text and not cell.above)
    return (
        bool(own)
        and said < len(lower.cells)
        and all(next(_claims([below.text, f"{above.text} {below.text}"]), None) for above, below in own)
    )
