"""The register of units as a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from vpcp_cli.dataclass import dataclass
from vpcp_cli.kinds import model_of, recorded
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.programme import Unit
from vpcp_cli.render.console import Style
from vpcp_cli.render.formats import Record
from vpcp_cli.render.listing import Listing, dash
from vpcp_cli.render.selection import as_of, days_record
from vpcp_cli.render.table import Cell, Column, Heading, Row, Words
from vpcp_cli.tasks import Tasks
from vpcp_cli.vietnamese import format_date


@dataclass(frozen=True, kw_only=True)
class UnitListing(Listing):
    """The register, with the number of tasks that each unit leads and supports on a day."""

    units: Sequence[Unit]
    tasks: Tasks
    day: date
    known: date | None = None

    schema: ClassVar[str] = "vpcp.units/1"
    name: ClassVar[str] = "units"
    key: ClassVar[str] = "code"
    plain_fields: ClassVar[Sequence[str]] = ("code", "short", "name", "leads", "supports")
    sheet_fields: ClassVar[Sequence[str]] = (
        *("code", "name", "short", "aliases", "type", "parent", "valid_from", "valid_to", "leads", "supports"),
    )

    @staticmethod
    def model() -> Record:
        """Return one of which nothing is known."""
        return {**model_of(Unit), "leads": None, "supports": None}

    def head(self) -> Record:
        """Return the day and the number of units."""
        return {**days_record(self.day, self.known), "count": len(self.units)}

    def records(self) -> Iterator[Record]:
        """Yield every unit with its numbers of tasks."""
        leads: Counter[str] = Counter()
        supports: Counter[str] = Counter()
        for (lead, support), number in self.tasks.counted("lead", "support").items():
            leads[lead] += number
            supports.update(dict.fromkeys(support, number))
        for unit in self.units:
            yield {
                **recorded(unit),
                "leads": leads[unit.code],
                "supports": supports[unit.code],
            }

    def title(self) -> Cell:
        """Say how many units these are, on which day."""
        words = ngettext("{n} unit", "{n} units", len(self.units)).format(n=len(self.units))
        return (Words(f"{words} · {as_of(self.day, self.known)}", Style.BOLD),)

    def columns(self) -> Sequence[Column]:
        """Return the columns."""
        return [
            Column(_("Code"), whole=True),
            Column(_("Short name"), most=18),
            Column(_("Name")),
            Column(_("Leads"), whole=True, right=True),
            Column(_("Supports"), whole=True, right=True),
        ]

    def rows(self) -> Sequence[Row | Heading]:
        """Return a row for each unit; when it was there stands under its name."""
        rows: list[Row | Heading] = []
        for unit, record in zip(self.units, self.records(), strict=True):
            there = _validity(unit)
            name = (Words(unit.name.in_(current())), *((Words(there, Style.DIM),) if there else ()))
            numbers = (str(record["leads"] or "—"), str(record["supports"] or "—"))
            short = unit.short.in_(current()) if unit.short else None
            rows.append(((Words(unit.code),), dash(short), name, *((Words(number),) for number in numbers)))
        return rows


def _validity(unit: Unit) -> str:
    """Say from when to when a unit is there, and what it went into."""
    lang = current()
    parts = []
    if unit.valid_from:
        parts.append(_("from {day}").format(day=format_date(unit.valid_from, lang)))
    if unit.valid_to:
        parts.append(_("until {until}").format(until=format_date(unit.valid_to, lang)))
    if unit.merged_into:
        parts.append(_("merged into {unit}").format(unit=unit.merged_into))
    return " · ".join(parts)
