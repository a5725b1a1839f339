"""Finds the tasks in whose texts words occur: SQL leaves few texts over that are looked at in earnest."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from vpcp_cli.storage.index.form import FOREVER
from vpcp_cli.storage.index.slice import Slice
from vpcp_cli.vietnamese import Search, fold

_PAST: Final = "r.folded || ifnull((SELECT char(0) || folded FROM temp.past_text p WHERE p.task = s.task), '')"
"""The texts of a task with those of what it goes on from."""


class Finder:
    """A search among the tasks of slices."""

    def __init__(self, search: Search, unit_names: Mapping[str, str]) -> None:
        self._search, self._units = search, unit_names
        self._names = cache(lambda lead: fold(f"{lead}\0{unit_names.get(lead, '')}"))
        needles = [needle for clause in search.clauses for way in clause for needle in way]
        self._plain = not any(needle.marked for needle in needles)

    def among(self, piece: Slice) -> list[int]:
        """Return the numbers of the tasks that are found."""
        values: list[str] = []
        leads = {code: self._names(code) for code in piece.occurring("s.lead")}
        folded = _PAST if piece.known.with_past() else "r.folded"

        def likely(key: str) -> str:
            if key != key.encode(errors="ignore").decode():
                return "0"  # half a character stands nowhere
            named = [code for code, names in leads.items() if key in names]
            values.extend([key, *named])
            return f"(instr({folded}, ?) OR s.lead IN ({', '.join('?' * len(named))}))"

        ways = [
            [" AND ".join(likely(fold(one.key)) for one in way) for way in clause] for clause in self._search.clauses
        ]
        some = piece.but(" AND ".join(f"({' OR '.join(f'({way})' for way in clause)})" for clause in ways), *values)
        columns = ["s.task", "s.lead", "s.until", folded, "r.data", "r.line"]
        return [row[0] for row in some.select(columns, "ORDER BY s.task", texts=True) if self._holds(piece, *row)]

    def _holds(self, piece: Slice, number: int, lead: str, until: int, folded: str, text: str, line: int) -> bool:
        if not (self._plain and until == FOREVER):
            from vpcp_cli.searched import haystacks

            return self._search.matches(*haystacks(piece.standing(number, text, line), self._units))
        whole = f"{folded}\0{self._names(lead)}"
        return all(
            any(all(next(needle.places(whole), None) is not None for needle in way) for way in clause)
            for clause in self._search.clauses
        )
