"""Where the values and keys of a text stand; found out only when something has to be pointed at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from vpcp_cli.finding import Finding, Path, Position
from vpcp_cli.storage.yaml.careful import Careful, Place
from vpcp_cli.storage.yaml.faults import FaultError, Faults, Lines
from vpcp_cli.storage.yaml.pieces import Piece

_ABOUT_KEYS: Final = frozenset({"misplaced-key", "unknown-key"})


class Positions:
    """The places of one text. Only the pieces that are asked about are read once more, each at most once."""

    def __init__(self, text: str, piece: Piece) -> None:
        """Keep a text, and all of it as a piece."""
        self._text, self._piece = text, piece
        self._read: dict[tuple[int, int], Place] = {}

    def of(self, path: Path) -> Position:
        """Where the value at a path stands; for what isn't there, the nearest mapping or list around it."""
        place, rest = self._nearest(path)
        for key in rest:
            if key not in place.inner:
                break
            place = place.inner[key]
        return Position(place.line, place.column)

    def key(self, path: Path) -> Position:
        """Where the key stands that ends a path, or the item of a list."""
        place, rest = self._nearest(path)
        for key in rest[:-1]:
            if key not in place.inner:
                return self.of(path)
            place = place.inner[key]
        return Position(*place.keys[rest[-1]]) if rest and rest[-1] in place.keys else self.of(path)

    def _nearest(self, path: Path) -> tuple[Place, Path]:
        """The place of the smallest piece around a path, and the way from there."""
        piece, rest = self._piece, path
        while piece.inner and len(rest) > 1 and rest[0] == piece.key:
            if not isinstance(rest[1], int) or rest[1] >= len(piece.inner):
                break
            piece, rest = piece.inner[rest[1]], rest[2:]
        known = self._read.get((piece.start, piece.end))
        if known is None:
            known = self._read[piece.start, piece.end] = self._place(piece)
        return known, rest

    def _place(self, piece: Piece) -> Place:
        for text in (piece.own(self._text), piece.whole(self._text)):
            try:
                return Careful(text, Faults(), piece.line).read()[1]
            except FaultError:
                pass
        return Place(piece.line + 1, piece.column + 1)


def locate_in(positions: Positions, findings: Iterable[Finding], text: str) -> list[Finding]:
    """Give place and line to the findings that have only a path; the others stay as they are."""
    lines, located = Lines(text), []
    for finding in findings:
        if finding.position is None:
            about_key = finding.code in _ABOUT_KEYS
            position = positions.key(finding.path) if about_key else positions.of(finding.path)
            located.append(replace(finding, position=position, excerpt=lines.at(position.line)))
        else:
            located.append(finding)
    return located
