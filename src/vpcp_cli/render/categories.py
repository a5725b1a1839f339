"""The categories as a list: the thirteen of every workspace, and its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from vpcp_cli.dataclass import dataclass
from vpcp_cli.language import _, ngettext
from vpcp_cli.render.console import Style
from vpcp_cli.render.formats import Record
from vpcp_cli.render.listing import Listing
from vpcp_cli.render.selection import as_of, days_record
from vpcp_cli.render.table import Cell, Column, Heading, Row, Words
from vpcp_cli.tasks import Tasks
from vpcp_cli.vocabulary import Category, labels, own_categories


@dataclass(frozen=True, kw_only=True)
class CategoryListing(Listing):
    """All categories in the order of the reports, with the number of tasks that each has on a day."""

    tasks: Tasks
    day: date
    known: date | None = None

    schema: ClassVar[str] = "vpcp.categories/1"
    name: ClassVar[str] = "categories"
    key: ClassVar[str] = "code"
    plain_fields: ClassVar[Sequence[str]] = ("code", "name", "tasks")
    sheet_fields: ClassVar[Sequence[str]] = ("code", "name", "own", "tasks")

    @staticmethod
    def model() -> Record:
        """Return one of which nothing is known."""
        return {"code": None, "name": {"vi": None, "en": None}, "own": None, "tasks": None}

    def head(self) -> Record:
        """Return the day and the number of categories."""
        return {**days_record(self.day, self.known), "count": len(list(Category))}

    def records(self) -> Iterator[Record]:
        """Yield every category with both names, whether it is the workspace's own, and its number of tasks."""
        own = own_categories()
        for one, number in self._numbers():
            vi, en = labels(one)
            yield {"code": one.value, "name": {"vi": vi, "en": en}, "own": one in own, "tasks": number}

    def _numbers(self) -> Iterator[tuple[Category, int]]:
        numbers = {key: number for (key,), number in self.tasks.counted("category").items()}
        for one in Category:
            yield one, numbers.get(one, 0)

    def title(self) -> Cell:
        """Say how many there are, on which day."""
        number = len(list(Category))
        words = ngettext("{n} category", "{n} categories", number).format(n=number)
        return (Words(f"{words} · {as_of(self.day, self.known)}", Style.BOLD),)

    def columns(self) -> Sequence[Column]:
        """Return the columns."""
        return [Column(_("Code"), whole=True), Column(_("Name")), Column(_("Tasks"), whole=True, right=True)]

    def rows(self) -> Sequence[Row | Heading]:
        """Return a row for each category."""
        return [
            ((Words(one.value),), (Words(one.label),), (Words(str(number or "—")),)) for one, number in self._numbers()
        ]
