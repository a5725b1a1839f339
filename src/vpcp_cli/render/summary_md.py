"""The report in Markdown for a job's page: counts first, long lists folded, cut by whole rows to a number of bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.language import _, ngettext
from vpcp_cli.render.count import number, official_md
from vpcp_cli.render.formats import md_lines, md_row, md_text
from vpcp_cli.render.summary import Section, SummaryReport

MAX_BYTES: Final = 900_000
"""GitHub refuses a job summary of over 1 MiB as a whole, and shows nothing."""
_UNFOLDED: Final = 10
"""A list of more rows is folded."""


def markdown(report: SummaryReport, max_bytes: int = MAX_BYTES) -> Iterator[str]:
    """Yield the report; of what is too long whole rows are left out, the least urgent first, never a count."""
    head = list(_head(report))
    lists = list(map(_List.of, report.all()))
    note = _("Shortened; `vpcp summary --full` prints all of it.")
    left = max_bytes - _size([*head, "", note, ""]) - sum(_size(one.closed()) for one in lists)
    shown = []
    for one in lists:
        kept = one.fitting(left)
        if kept:
            left -= _size(one.opened(kept)) - _size(one.closed())
        if kept < len(one.rows):
            left = 0  # nothing less urgent stays where this had to go
        shown.append(kept)
    yield from head
    for one, kept in zip(lists, shown, strict=True):
        yield from one.opened(kept) if kept else one.closed()
    if any(kept < len(one.rows) for one, kept in zip(lists, shown, strict=True)):
        yield ""
        yield note
    yield ""  # what is appended begins anew


def _head(report: SummaryReport) -> Iterator[str]:
    yield f"## {report.title()}"
    yield ""
    yield md_text(report.subject())
    yield ""
    yield from official_md(report.summary.count)
    yield ""
    yield from (f"- **{rate}**" for rate in report.rates())
    yield f"- {md_text(report.risks())}"
    yield from (_bullet(line) for line in (*report.remarks(), *report.changes()))


def _bullet(line: str) -> str:
    """A line as an item; one that is set in belongs to the item above."""
    text = line.lstrip()
    return f"{line.removesuffix(text)}- {text}"


@dataclass(frozen=True, slots=True)
class _List:
    """A section as lines: what stands before and behind its rows, and the rows."""

    title: str
    top: Sequence[str]
    rows: Sequence[str]
    bottom: Sequence[str]

    @classmethod
    def of(cls, section: Section) -> _List:
        table = list(md_lines(section.columns, [], section.right))
        rows = [md_row(row) for row in section.rows]
        title = section.title
        if len(rows) > _UNFOLDED:
            return cls(title, ["", f"<details><summary>{title}</summary>", "", *table], rows, ["", "</details>"])
        return cls(title, ["", f"### {title}", "", *table], rows, [])

    def closed(self) -> list[str]:
        """The title alone."""
        return ["", f"### {self.title}"]

    def opened(self, kept: int) -> list[str]:
        """The list with some of its rows, and how many more there are."""
        more = len(self.rows) - kept
        words = ngettext("… and {n} more", "… and {n} more", more).format(n=number(more))
        return [*self.top, *self.rows[:kept], *(["", words] if more else []), *self.bottom]

    def fitting(self, room: int) -> int:
        """How many rows fit into so many bytes besides the title."""
        if not self.rows or _size(self.opened(len(self.rows))) - _size(self.closed()) <= room:
            return len(self.rows)
        left = room + _size(self.closed()) - _size(self.opened(0))
        kept = 0
        for row in self.rows:
            left -= _size([row])
            if left < 0:
                break
            kept += 1
        return kept


def _size(lines: Sequence[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)
