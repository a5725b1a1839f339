"""What three versions of a file make together, part by part. Pure: texts and data come in, texts and clashes go out.

The log of a task takes what both sides wrote. What both changed in one place, and what can't both be true, is a clash.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from enum import Enum, StrEnum
from typing import Final, TypeAlias

from vpcp_cli.contradiction import Data, NewEntries, digest
from vpcp_cli.dataclass import dataclass


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
class Stretch:
    """A stretch of a text and what it means. `text` is `head` and then the inner parts, to the letter."""

    name: str
    text: str
    data: Data
    kind: Kind = Kind.LEAF
    head: str = ""
    inner: tuple[Stretch, ...] = ()


Stretches: TypeAlias = Mapping[str, Stretch]
"""Those of one version, by their names."""


class Cause(StrEnum):
    """Why two versions don't go together."""

    CHANGED_TWICE = "changed_twice"
    SAME_ID = "same_id"
    REMOVED_AND_CHANGED = "removed_and_changed"
    CONTRADICTION = "contradiction"
    CARRIED_APART = "carried_apart"
    """Both sides carried over the same tasks, and gave them different numbers."""
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


@dataclass(frozen=True, slots=True)
class Carried:
    """What both sides carried over, on different days: the id of the task or directive, and the day that holds."""

    id: str
    day: str


@dataclass(slots=True)
class Merged:
    """What came out: stretches of text and clashes in turn, and what it means where nothing clashes in meaning."""

    pieces: list[str | Clash] = field(default_factory=list)
    data: Data = None
    carried: list[Carried] = field(default_factory=list)

    @property
    def clashes(self) -> list[Clash]:
        """All clashes, in the order of the text."""
        return [piece for piece in self.pieces if isinstance(piece, Clash)]

    def text(self, shown: Callable[[Clash], str]) -> str:
        """The text, each clash as the caller shows it."""
        return "".join(piece if isinstance(piece, str) else shown(piece) for piece in self.pieces)


_CARRIED_ON: Final = ("carried", "issued", "added", "recorded")
"""The keys that hold the day on which something was carried over."""


def merge(base: Stretch | None, ours: Stretch, theirs: Stretch) -> Merged:
    """Merge two versions that began as one; `base` is None where both began anew."""
    return _merge(base, ours, theirs, _Place("", ""))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the merging stands: the innermost id, and the names from there."""

    id: str
    name: str
    carried: bool = False
    """Whether both sides began the innermost thing by carrying over the same tasks."""

    def at(self, part: Stretch, kind: Kind, *, carried: bool = False) -> _Place:
        if kind is Kind.NAMED:
            return _Place(part.name, "", carried)
        if kind is Kind.MEMBERS:
            return self
        return _Place(self.id, f"{self.name}.{part.name}" if self.name else part.name, self.carried)

    def clash(self, cause: Cause, ours: str, theirs: str) -> Clash:
        return Clash(cause, self.id, self.name, ours, theirs)

    def two(self, cause: Cause, ours: Stretch, theirs: Stretch, free: str = "") -> Clash:
        return Clash(cause, self.id, self.name, ours.text, theirs.text, (ours.data, theirs.data), free)


def _merge(base: Stretch | None, ours: Stretch, theirs: Stretch, place: _Place) -> Merged:
    if ours.text == theirs.text or (base and theirs.text == base.text):
        return Merged([ours.text], ours.data)
    if base and ours.text == base.text:
        return Merged([theirs.text], theirs.data)
    if ours.kind is theirs.kind is not Kind.LEAF and ours.head == theirs.head:
        return _merge_inner(base, ours, theirs, place)
    if ours.data == theirs.data and "#" not in ours.text + theirs.text:
        return Merged([ours.text], ours.data)
    if place.carried and place.name in _CARRIED_ON:
        return _earlier(ours, theirs, place)
    return _doubt(base, ours, theirs, place)


def _earlier(ours: Stretch, theirs: Stretch, place: _Place) -> Merged:
    """The day on which both sides carried something over: the first one."""
    kept = min(ours, theirs, key=lambda part: str(part.data))
    told = [] if place.name == "recorded" else [Carried(place.id, str(kept.data))]
    return Merged([kept.text], kept.data, told)


def _doubt(base: Stretch | None, ours: Stretch, theirs: Stretch, place: _Place) -> Merged:
    """Both sides changed a part that has no inner parts, or its head."""
    known = (ours.data == theirs.data, base is not None and base.data in (ours.data, theirs.data))
    data = theirs.data if base and ours.data == base.data else ours.data
    return Merged([place.two(Cause.LAYOUT if any(known) else Cause.CHANGED_TWICE, ours, theirs)], data)


def _merge_inner(base: Stretch | None, ours: Stretch, theirs: Stretch, place: _Place) -> Merged:
    kind = ours.kind
    old, mine, other = (_by_name(one.inner if one and one.kind is kind else ()) for one in (base, ours, theirs))
    merged = Merged([ours.head])
    if kind is Kind.MEMBERS:
        merged.carried = _carried_twice(old, mine, other, place)
        cause, clashing = Cause.CONTRADICTION, _contradicting(old, mine, other)
    else:
        cause, clashing = Cause.CARRIED_APART, _carried_apart(old, mine, other)
    number = _Numbers({*mine, *other}).next
    values: dict[str, Data] = {}
    for name in _order(old, mine, other, kind):
        if name in clashing:
            continue
        one = mine.get(name), other.get(name)
        twice = kind is Kind.NAMED and name not in old and one[0] and one[1] and (one[0].data, one[1].data)
        carried = bool(twice and _origins(twice[0]) & _origins(twice[1]))
        at = place.at(mine.get(name) or other[name], kind, carried=carried)
        if one[0] and one[1] and twice and not carried and twice[0] != twice[1]:
            free = "" if _one_thing(*twice) else number(name)
            found = Merged([at.two(Cause.SAME_ID, one[0], one[1], free)], twice[0])
        else:
            found = _merge_one(old.get(name), *one, at, kind)
        merged.pieces += found.pieces
        merged.carried += found.carried
        if found.pieces:
            values[name] = found.data
    if clashing:
        texts = ("".join(side[name].text for name in side if name in clashing) for side in (mine, other))
        merged.pieces.append(place.clash(cause, *texts))
    merged.data = dict(values) if kind is Kind.KEYS else list(values.values())
    return merged


def _merge_one(base: Stretch | None, ours: Stretch | None, theirs: Stretch | None, place: _Place, kind: Kind) -> Merged:
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


class _Numbers:
    """The numbers that are free behind those of a list, each given once."""

    def __init__(self, names: Iterable[str]) -> None:
        self._highest: dict[str, int] = {}
        for start, number in map(_split, names):
            self._highest[start] = max(self._highest.get(start, 0), int(number or 0))

    def next(self, taken: str) -> str:
        """The id behind the highest that the same beginning has; nothing for a name without a number."""
        start, number = _split(taken)
        if not number:
            return ""
        self._highest[start] += 1
        return f"{start}{self._highest[start]:0{len(number)}}"


def _split(name: str) -> tuple[str, str]:
    start = name.rstrip("0123456789")
    return start, name[len(start) :]


def _order(old: Stretches, mine: Stretches, other: Stretches, kind: Kind) -> list[str]:
    """Ours in its order; what only theirs has goes behind what precedes it there, and behind what ours put there."""
    order = list(mine)
    at = {name: number for number, name in enumerate(order)}
    place = 0
    added: dict[int, list[str]] = {}
    for name in other:
        if name in at:
            place = at[name] + 1
            continue
        while place < len(order) and order[place] not in other and order[place] not in old:
            if kind is Kind.NAMED and _natural(order[place]) > _natural(name):
                break
            place += 1
        added.setdefault(place, []).append(name)
    merged: list[str] = []
    for number in range(len(order) + 1):
        merged += added.get(number, ())
        merged += order[number : number + 1]
    return merged


def _origins(data: Data) -> set[str]:
    """From which tasks a task, or the tasks of a directive, were carried over."""
    if not isinstance(data, dict):
        return set()
    tasks = data.get("tasks")
    inner = (_origins(task) for task in tasks) if isinstance(tasks, list) else ()
    own = data.get("carried_from")
    return set().union(*inner) | ({own} if isinstance(own, str) else set())


def _one_thing(one: Data, other: Data) -> bool:
    """Whether two people wrote down the same thing twice: another number would double it."""
    return isinstance(one, dict) and isinstance(other, dict) and _words(one) == _words(other)


def _words(data: Mapping[str, Data]) -> Data:
    words = next((data[key] for key in ("text", "title", "name") if key in data), None)
    return words.get("vi", words) if isinstance(words, dict) else words


def _carried_apart(old: Stretches, mine: Stretches, other: Stretches) -> frozenset[str]:
    """What both sides added to a list, where they gave different ids to what they carried over from one task."""
    sides = [[part for name, part in side.items() if name not in old] for side in (mine, other)]
    homes = [{origin: part.name for part in side for origin in _origins(part.data)} for side in sides]
    if all(homes[0][origin] == homes[1][origin] for origin in homes[0].keys() & homes[1].keys()):
        return frozenset()
    return frozenset(part.name for side in sides for part in side)


def _carried_twice(old: Stretches, mine: dict[str, Stretch], other: dict[str, Stretch], place: _Place) -> list[Carried]:
    """Of two new entries that carry a task over to the same place, the later one goes; say so.

    Only where nothing but the day and who wrote it would be lost.
    """
    found = []
    new = [{_carrying(part.data): name for name, part in side.items() if name not in old} for side in (mine, other)]
    for key in new[0].keys() & new[1].keys():
        one, two = new[0][key], new[1][key]
        if key and one != two:
            days = [str(side[name].data["date"]) for side, name in ((mine, one), (other, two))]  # type: ignore[call-overload,index]
            late = (other, two) if days[0] <= days[1] else (mine, one)
            del late[0][late[1]]
            found.append(Carried(place.id, min(days)))
    return found


def _carrying(data: Data) -> str:
    """What an entry that carries a task over says besides its day and author; nothing for another entry."""
    if not isinstance(data, dict) or data.get("status") != "carried_over" or "date" not in data:
        return ""
    return digest({key: value for key, value in data.items() if key not in ("date", "recorded", "by")})


def _by_name(parts: Sequence[Stretch]) -> dict[str, Stretch]:
    """Parts by their names; the second member that holds the same is another."""
    found: dict[str, Stretch] = {}
    numbers: dict[str, int] = {}
    for part in parts:
        number = numbers[part.name] = numbers.get(part.name, 0) + 1
        found[part.name if number == 1 else f"{part.name} #{number}"] = part
    return found


def _contradicting(old: Stretches, mine: Stretches, other: Stretches) -> frozenset[str]:
    """The members that the sides added and that can't both stand."""
    ours, theirs = ({name for name in side if name not in old} for side in (mine, other))
    ours, theirs = ours - theirs, theirs - ours
    if any(name not in mine and name not in other for name in old) and ours and theirs:
        return frozenset(ours | theirs)  # both wrote something else in the place of one member
    told_here, told_there = (
        NewEntries(side[name].data for name in new) for side, new in ((mine, ours), (other, theirs))
    )
    here = {name for name in ours if told_there.against(mine[name].data)}
    return frozenset(here | {name for name in theirs if told_here.against(other[name].data)})


def same(one: Data, other: Data) -> bool:
    """Whether two versions hold the same; the order of keys and of members is no meaning."""
    return _sorted(one) == _sorted(other)


def _sorted(data: Data) -> Data:
    if isinstance(data, dict):
        return {key: _sorted(value) for key, value in data.items()}
    if isinstance(data, list):
        return sorted((_sorted(value) for value in data), key=digest)
    return data


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
