"""What three versions of a file make together, part by part. Pure: texts and data come in, texts and clashes go out.

The log of a task takes what both sides wrote. What both changed in one place, and what can't both be true, is a clash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from enum import Enum, StrEnum
from typing import Final, TypeAlias

from vpcp_cli.dataclass import dataclass

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"


class Kind(Enum):
    """What the inner parts of a part are."""

    LEAF = "leaf"
    """There are none: the part is taken whole."""
    KEYS = "keys"
    """The keys of a mapping."""
    NAMED = "named"
    """Members of a list that have an id or a code."""
    MEMBERS = "members"
    """Members that are told apart by what they hold: log entries, supporting units."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text and what it means. `text` is `head` and then the inner parts, to the letter."""

    name: str
    text: str
    data: Data
    kind: Kind = Kind.LEAF
    head: str = ""
    inner: tuple[Part, ...] = ()


class Cause(StrEnum):
    """Why two versions don't go together."""

    CHANGED_TWICE = "changed_twice"
    SAME_ID = "same_id"
    REMOVED_AND_CHANGED = "removed_and_changed"
    CONTRADICTION = "contradiction"
    LAYOUT = "layout"
    """Comments or layout alone differ; what it means is not in doubt."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two versions of one place. `id` names the task, directive or unit around it, `name` the field.

    `data` is what both mean, where each is one thing; `free` the next number where both drew the same.
    """

    cause: Cause
    id: str
    name: str
    ours: str
    theirs: str
    data: tuple[Data, Data] = (None, None)
    free: str = ""


@dataclass(slots=True)
class Merged:
    """What came out: stretches of text and clashes in turn, and what it means where nothing clashes in meaning."""

    pieces: list[str | Clash] = field(default_factory=list)
    data: Data = None

    @property
    def clashes(self) -> list[Clash]:
        """All clashes, in the order of the text."""
        return [piece for piece in self.pieces if isinstance(piece, Clash)]

    def text(self, shown: Callable[[Clash], str]) -> str:
        """The text, each clash as the caller shows it."""
        return "".join(piece if isinstance(piece, str) else shown(piece) for piece in self.pieces)


def merge(base: Part | None, ours: Part, theirs: Part) -> Merged:
    """Merge two versions that began as one; `base` is None where both began anew."""
    return _merge(base, ours, theirs, _Place("", ""))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the merging stands: the innermost id, and the names from there."""

    id: str
    name: str

    def at(self, part: Part, kind: Kind) -> _Place:
        if kind is Kind.NAMED:
            return _Place(part.name, "")
        if kind is Kind.MEMBERS:
            return self
        return _Place(self.id, f"{self.name}.{part.name}" if self.name else part.name)

    def clash(self, cause: Cause, ours: str, theirs: str) -> Clash:
        return Clash(cause, self.id, self.name, ours, theirs)

    def two(self, cause: Cause, ours: Part, theirs: Part, free: str = "") -> Clash:
        return Clash(cause, self.id, self.name, ours.text, theirs.text, (ours.data, theirs.data), free)


def _merge(base: Part | None, ours: Part, theirs: Part, place: _Place) -> Merged:
    if ours.text == theirs.text or (base and theirs.text == base.text):
        return Merged([ours.text], ours.data)
    if base and ours.text == base.text:
        return Merged([theirs.text], theirs.data)
    if ours.kind is theirs.kind is not Kind.LEAF and ours.head == theirs.head:
        return _merge_inner(base, ours, theirs, place)
    if ours.data == theirs.data and "#" not in ours.text + theirs.text:
        return Merged([ours.text], ours.data)
    return _doubt(base, ours, theirs, place)


def _doubt(base: Part | None, ours: Part, theirs: Part, place: _Place) -> Merged:
    """Both sides changed a part that has no inner parts, or its head."""
    known = (ours.data == theirs.data, base is not None and base.data in (ours.data, theirs.data))
    data = theirs.data if base and ours.data == base.data else ours.data
    return Merged([place.two(Cause.LAYOUT if any(known) else Cause.CHANGED_TWICE, ours, theirs)], data)


def _merge_inner(base: Part | None, ours: Part, theirs: Part, place: _Place) -> Merged:
    kind = ours.kind
    old, mine, other = (_by_name(one.inner if one and one.kind is kind else ()) for one in (base, ours, theirs))
    clashing = _contradicting(old, mine, other) if kind is Kind.MEMBERS else frozenset()
    merged = Merged([ours.head])
    values: dict[str, Data] = {}
    for name in _order(old, mine, other, kind):
        if name in clashing:
            continue
        at = place.at(mine.get(name) or other[name], kind)
        one = mine.get(name), other.get(name)
        if name not in old and kind is Kind.NAMED and one[0] and one[1] and one[0].data != one[1].data:
            free = _next_number(name, (*mine, *other))
            found = Merged([at.two(Cause.SAME_ID, one[0], one[1], free)], one[0].data)
        else:
            found = _merge_one(old.get(name), *one, at, kind)
        merged.pieces += found.pieces
        if found.pieces:
            values[name] = found.data
    if clashing:
        texts = ("".join(side[name].text for name in side if name in clashing) for side in (mine, other))
        merged.pieces.append(place.clash(Cause.CONTRADICTION, *texts))
    merged.data = dict(values) if kind is Kind.KEYS else list(values.values())
    return merged


def _merge_one(base: Part | None, ours: Part | None, theirs: Part | None, place: _Place, kind: Kind) -> Merged:
    """Merge one name of a mapping or list; nothing comes out where it is to go."""
    if ours and theirs:
        return _merge(base, ours, theirs, place)
    left = ours or theirs
    if left is None:
        return Merged()
    if base is None:
        return Merged([left.text], left.data)
    if left.text == base.text or (kind is Kind.MEMBERS and left.data == base.data):
        return Merged()
    if left.kind is base.kind is Kind.MEMBERS:
        emptied = replace(left, text=left.head, data=[], inner=())
        merged = _merge_inner(base, ours or emptied, theirs or emptied, place)
        return merged if merged.data or merged.clashes else Merged()
    texts = (one.text if one else "" for one in (ours, theirs))
    return Merged([place.clash(Cause.REMOVED_AND_CHANGED, *texts)], left.data)


def _next_number(taken: str, names: Sequence[str]) -> str:
    """The id behind the highest that the same beginning has; nothing for a name without a number."""
    start, number = _split(taken)
    highest = max((int(other[1]) for name in names if (other := _split(name))[0] == start and other[1]), default=0)
    return f"{start}{highest + 1:0{len(number)}}" if number else ""


def _split(name: str) -> tuple[str, str]:
    start = name.rstrip("0123456789")
    return start, name[len(start) :]


def _order(old: Mapping[str, Part], mine: Mapping[str, Part], other: Mapping[str, Part], kind: Kind) -> list[str]:
    """Ours in its order; what only theirs has goes behind what precedes it there, and behind what ours put there."""
    order = list(mine)
    at = {name: number for number, name in enumerate(order)}
    behind = -1
    added: list[tuple[int, str]] = []
    for name in other:
        if name in at:
            behind = at[name]
        else:
            place = behind + 1
            while place < len(order) and order[place] not in other and order[place] not in old:
                if kind is Kind.NAMED and _natural(order[place]) > _natural(name):
                    break
                place += 1
            added.append((place, name))
    merged: list[str] = []
    for number in range(len(order) + 1):
        merged += [name for place, name in added if place == number]
        merged += order[number : number + 1]
    return merged


def _by_name(parts: Sequence[Part]) -> dict[str, Part]:
    """Parts by their names; the second member that holds the same is another."""
    found: dict[str, Part] = {}
    for part in parts:
        name, number = part.name, 1
        while name in found:
            number += 1
            name = f"{part.name} #{number}"
        found[name] = part
    return found


def _contradicting(old: Mapping[str, Part], mine: Mapping[str, Part], other: Mapping[str, Part]) -> frozenset[str]:
    """The members that the sides added and that can't both stand."""
    ours, theirs = ({name for name in side if name not in old} for side in (mine, other))
    ours, theirs = ours - theirs, theirs - ours
    if any(name not in mine and name not in other for name in old) and ours and theirs:
        return frozenset(ours | theirs)  # both wrote something else in the place of one member
    pairs = ((one, two) for one in ours for two in theirs if contradict(mine[one].data, other[two].data))
    return frozenset(name for pair in pairs for name in pair)


_ONE_A_DAY: Final = ("status", "lead", "risk")


def contradict(one: Data, other: Data) -> bool:
    """Whether two log entries can't both hold.

    Two approved deadlines, an approval and a refusal, or two states, leads or risks on one day of which nobody can
    say which came last.
    """
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    decided = [entry.get("decision") for entry in (one, other)]
    if all(decision in ("approved", "rejected") for decision in decided):
        return decided[0] != decided[1] or (decided[0] == "approved" and one.get("deadline") != other.get("deadline"))
    same_day = one.get("date") == other.get("date")
    return same_day and any(key in one and key in other and one[key] != other[key] for key in _ONE_A_DAY)


def same(one: Data, other: Data) -> bool:
    """Whether two versions hold the same; the order of keys and of members is no meaning."""
    return _sorted(one) == _sorted(other)


def _sorted(data: Data) -> Data:
    if isinstance(data, dict):
        return {key: _sorted(value) for key, value in data.items()}
    if isinstance(data, list):
        return sorted((_sorted(value) for value in data), key=digest)
    return data


def digest(data: Data) -> str:
    """A name for data by what it holds."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def name_of(data: Data) -> str:
    """What a list's member is known by: its id or code, else what it holds."""
    if isinstance(data, dict):
        for key in ("id", "code"):
            name = data.get(key)
            if isinstance(name, str):
                return name
    return digest(data)


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"([0-9]+)", name)]
