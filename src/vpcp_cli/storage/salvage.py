"""What can be read of a text in which something is wrong, with the place of every value."""

from __future__ import annotations

from itertools import accumulate
from typing import Any, Final

from vpcp_cli.finding import Path
from vpcp_cli.storage.careful import Careful, Place
from vpcp_cli.storage.construct import Span
from vpcp_cli.storage.faults import Fault, FaultError, Faults, TooManyError
from vpcp_cli.storage.pieces import Piece, cut

_SPOILERS: Final = frozenset({"conflict-marker", "tab"})
_NOWHERE: Final = Place(1, 1)


class Salvage:
    """One attempt to read a text: whole, else in pieces. Its faults are added to those that are known already.

    `data` is None where nothing could be read. Where a piece could not, an empty mapping stands in `data`, and its path
    among the `gaps`.
    """

    def __init__(self, text: str, faults: Faults) -> None:
        """Read the text."""
        self.data: dict[str, Any] | None = None
        self.place = _NOWHERE
        self.gaps: set[Path] = set()
        self._text, self._faults = text, faults
        self._spoiled = frozenset(fault.line for fault in faults if fault.code in _SPOILERS)
        self._offset = self._lines = 0
        try:
            self._read()
        except TooManyError as error:
            faults.append(error.fault)

    def spans(self) -> tuple[Span, ...]:
        """Where directives and tasks begin, in the order of the text; each ends where the next one begins."""
        offsets = list(accumulate((len(line) + 1 for line in self._text.split("\n")), initial=0))
        found: list[tuple[int, int | None, Place]] = []
        for at, directive in _items(self.place, "directives"):
            found.append((at, None, directive))
            found += [(at, number, task) for number, task in _items(directive, "tasks")]
        starts = [offsets[place.line - 1] + place.column - 1 for _, _, place in found]
        return tuple(
            Span(at, number, place.line, start, end)
            for (at, number, place), start, end in zip(found, starts, [*starts[1:], len(self._text)], strict=False)
        )

    def _read(self) -> None:
        before = len(self._faults)
        whole = Careful(self._text, self._faults)
        try:
            data, self.place = whole.read()
        except TooManyError:
            raise
        except FaultError as error:
            pieces = cut(self._text)
            if pieces:
                del self._faults[before:]
                self.data, self.place = self._mapping(pieces, ())
            if len(self._faults) == before:
                self._report(error.fault, 0, self._text.count("\n"))
            return
        self.gaps = whole.gaps
        if isinstance(data, dict):
            self.data = data
        else:
            self._faults.add("empty-file" if data is None else "not-a-mapping", self.place.line, self.place.column)

    def _mapping(self, piece: Piece, path: Path) -> tuple[dict[str, Any], Place]:
        """The mapping that a piece is, with what was cut out of it; empty, and a gap, where it can't be read."""
        data, place = self._alone(piece, path)
        if not isinstance(data, dict):
            self.gaps.add(path)
            data = {}
        items, places = [], Place(place.line, place.column)
        for at, inner in enumerate(piece.inner):
            item, where = self._item(inner, (*path, piece.key, at))
            items.append(item)
            places.inner[at] = where
            places.keys[at] = (where.line, where.column)
        data[piece.key] = items
        place.inner[piece.key] = places
        place.keys.setdefault(piece.key, (place.line, place.column))
        return data, place

    def _item(self, piece: Piece, path: Path) -> tuple[Any, Place]:
        if piece.inner:
            return self._mapping(piece, path)
        data, place = self._alone(piece, path)
        if path in self.gaps:
            data = {}
        return data, place

    def _alone(self, piece: Piece, path: Path) -> tuple[Any, Place]:
        """What a piece says without its inner ones; None, and a gap, where it can't be read."""
        self._lines += self._text.count("\n", self._offset, piece.start)
        self._offset = piece.start
        shift = self._lines
        text = piece.own(self._text)
        careful = Careful(text, self._faults, shift, depth=max(len(path) - 1, 0))
        try:
            data, place = careful.read()
        except TooManyError:
            raise
        except FaultError as error:
            self._report(error.fault, shift, shift + text.count("\n"))
            self.gaps.add(path)
            return None, Place(shift + 1, 1)
        if path and isinstance(data, list) and data:  # an item stands in a list of its own
            self.gaps.update((*path, *gap[1:]) for gap in careful.gaps)
            return data[0], place.inner[0]
        self.gaps.update(careful.gaps)
        return data, place

    def _report(self, fault: Fault, first: int, last: int) -> None:
        """Note a fault, unless a tab or a conflict in these lines is its likely cause."""
        if not any(first < line <= last + 1 for line in self._spoiled):
            self._faults.add(fault.code, fault.line, fault.column, **fault.facts)


def _items(place: Place, key: str) -> list[tuple[int, Place]]:
    """The places of the items of a list, where a list stands."""
    inner = place.inner.get(key, _NOWHERE).inner
    return [(at, item) for at, item in inner.items() if isinstance(at, int)]
