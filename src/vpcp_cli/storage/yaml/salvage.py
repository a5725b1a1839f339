"""What can be read of a text in which something is wrong."""

from __future__ import annotations

from typing import Final

from yaml.error import YAMLError

from vpcp_cli.finding import Path
from vpcp_cli.storage.yaml.careful import Careful
from vpcp_cli.storage.yaml.construct import IrregularError, construct
from vpcp_cli.storage.yaml.faults import Fault, FaultError, Faults, TooManyError
from vpcp_cli.storage.yaml.pieces import Piece, cut

_SPOILERS: Final = frozenset({"conflict-marker", "tab"})


class Salvage:
    """One attempt to read a text: whole, else in pieces. Its faults are added to those that are known already.

    `data` is None where nothing could be read. Where a piece could not, an empty mapping stands in `data`, and its path
    among the `gaps`. `piece` is all of the text, with its pieces where these had to be read on their own.
    """

    def __init__(self, text: str, faults: Faults, *, syntax_error: bool) -> None:
        """Read the text, of which it may be known that it is no YAML."""
        self.data: dict[str, object] | None = None
        self.gaps: set[Path] = set()
        self.piece = Piece(0, len(text))
        self._text, self._faults = text, faults
        self._spoiled = frozenset(fault.line for fault in faults if fault.code in _SPOILERS)
        try:
            self._read(syntax_error=syntax_error)
        except TooManyError as error:
            self.data = None
            faults.append(error.fault)

    def _read(self, *, syntax_error: bool) -> None:
        before = len(self._faults)
        if not syntax_error:
            if self._whole() is None:
                return
            del self._faults[before:]
        self.piece = cut(self._text)
        if self.piece.inner:
            data = self._piece(self.piece, ())
            self.data = data if isinstance(data, dict) else None
        if len(self._faults) == before:  # nothing could be cut, or each piece is right by itself
            fault = self._whole()
            if fault:
                self._report(fault, 0, self._text.count("\n"))

    def _whole(self) -> Fault | None:
        """Read all at once; where that breaks off, return why."""
        careful = Careful(self._text, self._faults)
        try:
            data, place = careful.read()
        except TooManyError:
            raise
        except FaultError as error:
            return error.fault
        self.gaps = careful.gaps
        if isinstance(data, dict):
            self.data = data
        elif not self._spoiled:
            self._faults.add("empty-file" if data is None else "not-a-mapping", place.line, place.column)
        return None

    def _piece(self, piece: Piece, path: Path) -> object:
        """What a piece says: read whole if nothing is wrong in it, else its own part and each inner piece."""
        try:
            return construct(piece.whole(self._text), len(path))[0]
        except (IrregularError, YAMLError):
            data = self._own(piece, path)
        if not piece.inner:
            return data
        if not isinstance(data, dict):
            self.gaps.add(path)
            data = {}
        data[piece.key] = [self._piece(inner, (*path, piece.key, at)) for at, inner in enumerate(piece.inner)]
        return data

    def _own(self, piece: Piece, path: Path) -> object:
        """What a piece says without its inner ones; an empty mapping, and a gap, where it can't be read."""
        text = piece.own(self._text)
        careful = Careful(text, self._faults, piece.line, len(path))
        try:
            data, _ = careful.read()
        except TooManyError:
            raise
        except FaultError as error:
            self._report(error.fault, piece.line, piece.line + text.count("\n"))
            self.gaps.add(path)
            return {}
        self.gaps.update((*path, *gap) for gap in careful.gaps)
        return data

    def _report(self, fault: Fault, first: int, last: int) -> None:
        """Note a fault, unless a tab or a conflict in these lines is its likely cause."""
        if not any(first < line <= last + 1 for line in self._spoiled):
            self._faults.add(fault.code, fault.line, fault.column, **fault.facts)
