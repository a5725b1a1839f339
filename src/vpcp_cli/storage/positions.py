"""Where the values and keys of a text stand; made only when something has to be pointed at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from vpcp_cli.finding import Finding, Path, Position
from vpcp_cli.storage.careful import Place
from vpcp_cli.storage.characters import readable
from vpcp_cli.storage.faults import FaultError, Faults, Lines
from vpcp_cli.storage.salvage import Salvage

_ABOUT_KEYS: Final = frozenset({"misplaced-key", "unknown-key"})


class Positions:
    """The places of one text."""

    def __init__(self, root: Place) -> None:
        """Keep the place of the outermost mapping."""
        self._root = root

    def of(self, path: Path) -> Position:
        """Where the value at a path stands; for what isn't there, the nearest mapping or list around it."""
        place = self._root
        for key in path:
            if key not in place.inner:
                break
            place = place.inner[key]
        return Position(place.line, place.column)

    def key(self, path: Path) -> Position:
        """Where the key stands that ends a path, or the item of a list."""
        place = self._root
        for key in path[:-1]:
            if key not in place.inner:
                return self.of(path)
            place = place.inner[key]
        return Position(*place.keys[path[-1]]) if path and path[-1] in place.keys else self.of(path)


def positions(text: str) -> Positions:
    """Read a text once more for its places; where it can't be read at all, all is at its start."""
    try:
        return Positions(Salvage(readable(text, Faults()), Faults()).place)
    except FaultError:
        return Positions(Place(1, 1))


def locate(findings: Iterable[Finding], text: str) -> list[Finding]:
    """Give place and line to the findings that have only a path; the others stay as they are."""
    given = list(findings)
    if all(finding.position for finding in given):
        return given
    places, lines = positions(text), Lines(text)
    located = []
    for finding in given:
        if finding.position is None:
            about_key = finding.code in _ABOUT_KEYS
            position = places.key(finding.path) if about_key else places.of(finding.path)
            located.append(replace(finding, position=position, excerpt=lines.at(position.line)))
        else:
            located.append(finding)
    return located
