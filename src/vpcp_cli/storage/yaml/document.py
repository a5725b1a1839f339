"""Text ↔ plain data ↔ positions: what a file says before anyone asks what it means."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import accumulate, pairwise
from typing import Any

from yaml.error import YAMLError

from vpcp_cli.dataclass import dataclass
from vpcp_cli.finding import Finding, Path
from vpcp_cli.storage.yaml.characters import decode
from vpcp_cli.storage.yaml.construct import IrregularError, Span, construct
from vpcp_cli.storage.yaml.faults import FaultError, Faults, findings_of
from vpcp_cli.storage.yaml.pieces import Piece, exact
from vpcp_cli.storage.yaml.positions import Positions, locate_in
from vpcp_cli.storage.yaml.salvage import Salvage

__all__ = ["Parsed", "Positions", "Span", "locate", "positions", "read"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file as it was read.

    `data` holds dict, list, str, and None for an empty value; it is None where nothing could be read. `findings` are
    located and of syntax only; where there are any, `data` is what could be read, and `gaps` are the paths of what
    could not. `tasks` are the places of directives and tasks in the order of `text`, which has no byte-order mark; they
    are known where there is no finding.
    """

    file: str
    text: str
    data: dict[str, Any] | None
    findings: tuple[Finding, ...] = ()
    tasks: tuple[Span, ...] = ()
    gaps: frozenset[Path] = frozenset()
    bom: bool = False
    clean: str = ""
    """The text with blanks for what no text may hold."""
    piece: Piece | None = None
    """The pieces in which it was read, where it could not be read whole."""

    def gap(self, path: Path) -> bool:
        """Whether a path is a gap, or directly below one: why it is empty has been reported."""
        return any(path[: len(gap)] == gap and len(path) <= len(gap) + 1 for gap in self.gaps)

    def places(self) -> list[Span]:
        """The places of directives and tasks in bytes; a byte-order mark counts for nothing."""
        places = sorted([*(span.start for span in self.tasks), *(span.end for span in self.tasks)])
        lengths = [len(self.text[before:place].encode()) for before, place in pairwise((0, *places))]
        found = dict(zip(places, accumulate(lengths), strict=True))
        return [
            Span(directive, task, line, found[start], found[end]) for directive, task, line, start, end in self.tasks
        ]

    def positions(self) -> Positions:
        """Where its values and keys stand."""
        return Positions(self.clean, self.piece or exact(self.text, self.tasks))

    def locate(self, findings: Iterable[Finding]) -> list[Finding]:
        """Give place and line to the findings that have only a path; the others stay as they are."""
        return locate_in(self.positions(), findings, self.text)


def read(data: bytes, file: str) -> Parsed:
    """Read the bytes of a file; whatever is wrong with them is a finding."""
    faults = Faults()
    try:
        text, bom, clean = decode(data, faults)
    except FaultError as error:
        text = "" if error.fault.facts.get("what") == "UTF-16" else data.decode("utf-8-sig", errors="replace")
        return Parsed(file, text, None, findings_of([*faults, error.fault], file, text))
    with _collector_off():
        syntax_error = False
        try:
            root, spans = construct(clean)
        except IrregularError:
            root, spans = None, []
        except YAMLError:
            root, spans, syntax_error = None, [], True
        if isinstance(root, dict):
            found = findings_of(faults, file, text) if faults else ()
            return Parsed(file, text, root, found, tuple(spans), bom=bom, clean=clean)
        rest = Salvage(clean, faults, syntax_error=syntax_error)
    found = findings_of(faults, file, text)
    return Parsed(file, text, rest.data, found, (), frozenset(rest.gaps), bom, clean, rest.piece)


def positions(text: str) -> Positions:
    """Where the values and keys of a text stand."""
    return read(text.encode(), "").positions()


def locate(findings: Iterable[Finding], text: str) -> list[Finding]:
    """Give place and line to the findings that have only a path; the others stay as they are."""
    return read(text.encode(), "").locate(findings)


@contextmanager
def _collector_off() -> Iterator[None]:
    """Nothing that is read here is garbage, and looking for some takes longer than the reading."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
