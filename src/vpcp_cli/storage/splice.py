"""A change to a file as a value: what takes the place of which stretch."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from vpcp_cli.dataclass import dataclass

BOM: Final = b"\xef\xbb\xbf"
"""A byte-order mark: what a file begins with may stand before all that counts."""
Bytes: TypeAlias = bytes | bytearray | memoryview


@dataclass(frozen=True, slots=True)
class Splice:
    """What takes the place of a stretch of a file; offsets in bytes."""

    start: int
    end: int
    text: bytes

    @classmethod
    def of(cls, text: str, start: int, end: int, new: str) -> "Splice":
        """Put something in the place of some characters of a text."""
        before = len(text[:start].encode())
        return cls(before, before + len(text[start:end].encode()), new.encode())

    @property
    def growth(self) -> int:
        """By how many bytes the file gets longer."""
        return len(self.text) - (self.end - self.start)

    def applied(self, data: bytes) -> bytes:
        """The bytes with the stretch replaced."""
        return b"".join(self.pieces(data))

    def pieces(self, data: Bytes) -> tuple[Bytes, ...]:
        """The same without putting it together."""
        whole = memoryview(data)
        return whole[: self.start], self.text, whole[self.end :]

    def shifted(self, by: int) -> "Splice":
        """The same splice where everything stands later."""
        return Splice(self.start + by, self.end + by, self.text)


def stretch_of(pieces: Iterable[Bytes], start: int, end: int) -> bytes:
    """What stands between two places of what stands in pieces."""
    found = []
    for piece in pieces:
        found.append(memoryview(piece)[max(start, 0) : max(end, 0)])
        start, end = start - len(piece), end - len(piece)
    return b"".join(found)


def place_after(splices: Iterable[Splice], place: int) -> int:
    """Where a place is after splices that were made one after the other; inside of what went, at its end."""
    for splice in splices:
        if splice.end <= place:
            place += splice.growth
        elif splice.start < place:
            place = splice.start + len(splice.text)
    return place


def at_once(splices: Iterable[Splice]) -> list[Splice]:
    """Splices that were made one after the other, as changes of the first state that don't overlap, in its order."""
    merged: list[Splice] = []
    for splice in splices:
        before = [one for one, _start, end in _now(merged) if end <= splice.start]
        after = [one for one, start, end in _now(merged) if start >= splice.end and end > splice.start]
        growth = sum(one.growth for one in before)
        touched = merged[len(before) : len(merged) - len(after)]
        merged = [*before, _united(touched, splice, growth), *after]
    return merged


def _now(splices: Iterable[Splice]) -> Iterator[tuple[Splice, int, int]]:
    """Splices with where their texts begin and end in the changed state."""
    growth = 0
    for splice in splices:
        yield splice, splice.start + growth, splice.start + growth + len(splice.text)
        growth += splice.growth


def _united(touched: Sequence[Splice], splice: Splice, growth: int) -> Splice:
    """One splice of the first state for those whose texts a later splice touches, and that one."""
    start, end = splice.start - growth, splice.end - growth - sum(one.growth for one in touched)
    text = splice.text
    if touched and (kept := start - touched[0].start) > 0:
        start, text = touched[0].start, touched[0].text[:kept] + text
    if touched and (kept := touched[-1].end - end) > 0:
        end, text = touched[-1].end, text + touched[-1].text[-kept:]
    return Splice(start, end, text)


def all_applied(data: bytes, splices: Iterable[Splice]) -> bytes:
    """The bytes with splices of them made, which don't overlap; at one place, in their order."""
    pieces, place = [], 0
    for splice in sorted(splices, key=lambda splice: splice.start):
        pieces += [data[place : splice.start], splice.text]
        place = splice.end
    return b"".join((*pieces, data[place:]))


def differing(old: bytes, new: bytes) -> Iterator[Splice]:
    """The splices that lead from some bytes to others, line by line, each after those before it are made."""
    from difflib import SequenceMatcher

    lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    start = _alike(*lines)
    rest = [side[start:] for side in lines]
    end = _alike(*(side[::-1] for side in rest))
    place = sum(map(len, lines[0][:start]))
    before, after = (side[: len(side) - end] for side in rest)
    for tag, first, last, begin, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, text = (b"".join(side) for side in (before[first:last], after[begin:stop]))
        if tag != "equal":
            yield Splice(place, place + len(gone), text)
        place += len(text)


def _alike(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    """How many lines two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))
