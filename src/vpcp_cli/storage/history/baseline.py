"""The findings of old data that are known: by rule and id, never by line. A baseline only shrinks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import VpcpError
from vpcp_cli.finding import Finding
from vpcp_cli.language import N_
from vpcp_cli.storage.regular import content

_SCHEMA: Final = "vpcp.baseline/1"


class BadBaselineError(VpcpError):
    """A file that is no baseline, or can't be read."""

    file: str
    says = N_("{file} is no baseline.")
    advises = N_("`vpcp check --write-baseline FILE` makes one where there is no file yet.")


@dataclass(frozen=True, slots=True)
class Baseline:
    """How many findings of each rule on each id are known."""

    known: Counter[tuple[str, str]]

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Baseline:
        """Take note of findings; what keeps a file from being read can't be got used to."""
        return cls(Counter(_key(finding) for finding in findings if not finding.rule.shape))

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Read a file that `lines` made; raise `BadBaselineError`."""
        try:
            given: Any = json.loads(content(path))
            known = Counter({(str(row["code"]), str(row["id"])): int(row["count"]) for row in given["findings"]})
            right = given["schema"] == _SCHEMA
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            right, known = False, Counter()
        if not right:
            raise BadBaselineError(str(path))
        return cls(known)

    def new(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that are not known. If there are more of one rule on one id than known, all of these are new."""
        given = list(findings)
        there = Baseline.of(given).known
        return [one for one in given if one.rule.shape or there[_key(one)] > self.known[_key(one)]]

    def mended(self, findings: Iterable[Finding]) -> int:
        """How many of the known findings are there no more."""
        return (self.known - Baseline.of(findings).known).total()

    def shrunk(self, findings: Iterable[Finding]) -> Baseline:
        """What of it is still there; nothing is ever added."""
        return Baseline(self.known & Baseline.of(findings).known)

    def lines(self) -> Iterator[str]:
        """The file, one finding a line, so that git shows what was mended."""
        rows = [{"code": code, "id": id_, "count": number} for (code, id_), number in sorted(self.known.items())]
        yield "{"
        yield f'  "schema": "{_SCHEMA}",'
        yield '  "findings": ['
        yield from (f"    {json.dumps(row)}{',' * (row is not rows[-1])}" for row in rows)
        yield "  ]"
        yield "}"


def _key(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.subject or finding.file.rpartition("/")[2]
