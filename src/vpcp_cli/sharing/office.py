"""Who writes a paper, as vpcp.toml settles it; what nobody gave is dots to be filled in by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from vpcp_cli.language import _, current
from vpcp_cli.vietnamese import format_date

DOTS: Final = "……"
LONG: Final = "………………………"
_EARLY: Final = 2


class Office(NamedTuple):
    """The settings of `[office]`, and what a person gave for one paper: its number and its day."""

    body: str = LONG
    above: str = LONG
    symbol: str = DOTS
    drafting: str = DOTS
    place: str = DOTS
    signer: str = LONG
    signer_name: str = LONG
    ground: str = ""
    recipients: tuple[str, ...] = ()
    copies: int | None = None
    number: str = DOTS
    dated: date | None = None

    @classmethod
    def of(cls, settings: Mapping[str, Any], number: str | None = None, dated: date | None = None) -> Office:
        """Return an office as it is settled, for a paper of this number and day."""
        given: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in settings.items()
        }
        return cls(**given, number=number or DOTS, dated=dated)

    def signed(self, kind: str = "") -> str:
        """Return number and symbols; a letter, which has no kind, names who drafted it."""
        return f"{self.number}/{kind}-{self.symbol}" if kind else f"{self.number}/{self.symbol}-{self.drafting}"

    def texts(self, kind: str = "") -> dict[str, str]:
        """Return what a template of the office's own may ask for, by its name."""
        return {
            "above": self.above,
            "body": self.body,
            "number": self.signed(kind),
            "place_and_day": self.place_and_day,
            "signer": " ".join(self.signers),
            "signer_name": self.signer_name,
        }

    def numbered(self, kind: str = "") -> str:
        """Return the line of the number."""
        return _("No.: {number}").format(number=self.signed(kind))

    @property
    def day(self) -> str:
        """Return when the paper was signed; small numbers have a 0 before, which keeps others out."""
        if current() != "vi":
            return format_date(self.dated, current()) if self.dated else DOTS
        if self.dated is None:
            return f"ngày {DOTS} tháng {DOTS} năm {DOTS}"
        day, month = self.dated.day, self.dated.month
        return f"ngày {day:02} tháng {month if month > _EARLY else f'{month:02}'} năm {self.dated.year}"

    @property
    def place_and_day(self) -> str:
        """Return where and when the paper was signed."""
        return f"{self.place}, {self.day}"

    @property
    def signers(self) -> list[str]:
        """Return the lines above the signature: «KT. CỤC TRƯỞNG / PHÓ CỤC TRƯỞNG» are two."""
        return [line.strip().upper() for line in self.signer.split("/")]

    def receivers(self, *first: str) -> list[str]:
        """Return the lines under «Nơi nhận», the file copy last."""
        copies = f" ({self.copies})" if self.copies else ""
        kept = _("Archives: {office}, {drafting}{copies}.").format(office="VT", drafting=self.drafting, copies=copies)
        return [*(f"- {one};" for one in (*first, *self.recipients) or (DOTS,)), f"- {kept}"]
