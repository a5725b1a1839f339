"""Text ↔ plain data ↔ positions: what a file says before anyone asks what it means."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from yaml.error import YAMLError

from vpcp_cli.finding import Finding, Path
from vpcp_cli.storage.characters import decode
from vpcp_cli.storage.construct import IrregularError, Span, construct
from vpcp_cli.storage.faults import FaultError, Faults, findings_of
from vpcp_cli.storage.positions import Positions, locate, positions
from vpcp_cli.storage.salvage import Salvage

__all__ = ["Parsed", "Positions", "Span", "locate", "positions", "read"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file as it was read.

    `data` holds dict, list, str, and None for an empty value; it is None where nothing could be read. `findings` are
    located and of syntax only; where there are any, `data` is what could be read, and `gaps` are the paths of what
    could not. `tasks` are the places of directives and tasks in the order of `text`, which has no byte-order mark.
    """

    file: str
    text: str
    data: dict[str, Any] | None
    findings: tuple[Finding, ...] = ()
    tasks: tuple[Span, ...] = ()
    gaps: frozenset[Path] = frozenset()
    bom: bool = False

    def gap(self, path: Path) -> bool:
        """Whether a path is a gap, or directly below one: why it is empty has been reported."""
        return any(path[: len(gap)] == gap and len(path) <= len(gap) + 1 for gap in self.gaps)


def read(data: bytes, file: str) -> Parsed:
    """Read the bytes of a file; whatever is wrong with them is a finding."""
    faults = Faults()
    try:
        text, bom, clean = decode(data, faults)
    except FaultError as error:
        text = "" if error.fault.facts.get("what") == "UTF-16" else data.decode("utf-8-sig", errors="replace")
        return Parsed(file, text, None, findings_of([*faults, error.fault], file, text))
    with _collector_off():
        if not faults:
            try:
                root, spans = construct(text)
            except (IrregularError, YAMLError):
                pass
            else:
                return Parsed(file, text, root, tasks=tuple(spans), bom=bom)
        rest = Salvage(clean, faults)
    findings = findings_of(faults, file, text)
    return Parsed(file, text, rest.data, findings, rest.spans(), frozenset(rest.gaps), bom)


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
