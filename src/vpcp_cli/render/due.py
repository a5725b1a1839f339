"""The answer of `vpcp due`: what needs attention, reddest first, with the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import ClassVar

from vpcp_cli.case import REASONS, Case, case_of
from vpcp_cli.dataclass import dataclass
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.render.console import Style
from vpcp_cli.render.door import one_line
from vpcp_cli.render.formats import Flat, Record, jsonl_lines, plain_line
from vpcp_cli.render.groups import Grouping, ungrouped
from vpcp_cli.render.records import task_record
from vpcp_cli.render.table import Cell, Cells, Given, Heading, Run, Words
from vpcp_cli.render.tasks import TaskListing
from vpcp_cli.standing import Obstacle, Standing
from vpcp_cli.tasks import Tasks
from vpcp_cli.vocabulary import Timeliness


def attention_records(tasks: Iterable[Standing]) -> Iterator[Record]:
    """Yield tasks with all their facts, and why they need attention, the gravest reason first."""
    for one in tasks:
        yield {**task_record(one), "reasons": list(case_of(one).reasons)}


@dataclass(frozen=True, kw_only=True)
class DueListing(TaskListing):
    """Tasks that need attention, in their order; `within` says what soon means."""

    within: int

    schema: ClassVar[str] = "vpcp.due/1"
    plain_fields: ClassVar[Sequence[str]] = ("id", "reasons", "days", "deadline", "lead", "text")

    @staticmethod
    def model() -> Record:
        """Return one of which nothing is known."""
        return {**TaskListing.model(), "reasons": []}

    def head(self) -> Record:
        """Return the day, what soon means, and the number of tasks."""
        return {**super().head(), "within": self.within}

    def records(self) -> Iterator[Record]:
        """Yield every task with all its facts and the reasons, gravest first."""
        return attention_records(self.tasks)

    def texts(self) -> Iterator[str]:
        """Yield the same as JSON."""
        return jsonl_lines(self.records())

    def plain(self) -> Iterator[str]:
        """Yield the fields that say what is wrong, and whose task it is."""
        rows = self.tasks.rows("id", "case", "days", "deadline", "lead", current())
        for identifier, case, days, deadline, lead, text in rows:
            due = deadline.text if deadline else None
            yield plain_line((identifier, ",".join(case.reasons), days, due, lead, text))

    def sheet(self) -> Iterator[Sequence[Flat]]:
        """Yield what the list has, and why each task needs attention."""
        rows = super().sheet()
        yield *next(rows), _("Needs attention because")
        for row, case in zip(rows, self.tasks.fact("case"), strict=True):
            yield *row, "; ".join(map(self._heading, case.reasons))

    def title(self) -> Cell:
        """Say how many tasks need attention; none is an answer, too."""
        first, *rest = super().title()
        none = () if self.tasks else (Words(_("Nothing is overdue, due soon, obstructed, at high risk or pending.")),)
        return first, *rest, *none

    def _number(self) -> str:
        return ngettext("{n} task needs attention", "{n} tasks need attention", len(self.found)).format(
            n=len(self.found)
        )

    def _grouped(self) -> Grouping:
        return ungrouped(self.tasks) if self.query.sort else Grouping(self.tasks, "case", self._by_reason)

    def _by_reason(self, cases: Iterable[Case]) -> Iterator[Run]:
        numbers: Counter[str] = Counter()
        for (case,), number in self.found.counted("case").items():
            numbers[case.reasons[0]] += number
        for reason, run in groupby(case.reasons[0] for case in cases):
            heading = Words(f"{self._heading(reason)} ({numbers[reason]})", Style.BOLD)
            yield Heading((heading,)), sum(1 for _one in run)

    def _heading(self, reason: str) -> str:
        within = ngettext("Due within {n} day", "Due within {n} days", self.within).format(n=self.within)
        names = (
            Timeliness.OVERDUE.label,
            within,
            _("With an open obstacle"),
            _("At high risk"),
            _("Postponement requested"),
        )
        return dict(zip(REASONS, names, strict=True))[reason]

    def _texts(self, tasks: Tasks, texts: Iterable[str]) -> Cells:  # noqa: ARG002 - as the list has it
        return Given(list(map(self._text, tasks)))

    def _text(self, one: Standing) -> Cell:
        lines = dict.fromkeys(self._reason_lines(one))
        return (*super()._text(one), *(Words(line, Style.MAGENTA) for line in lines))

    def _reason_lines(self, one: Standing) -> Iterator[str]:
        """Yield what the state doesn't say: obstacles, a person's forecast, a request that waits."""
        reasons = case_of(one).reasons
        if one.parts and (missing := _missing(one, self._units)):
            yield missing
        if "obstacle" in reasons:
            yield from (obstacle_words(obstacle, one, self._units) for obstacle in one.obstacles)
        if "high_risk" in reasons and one.risk and one.risk.reason:
            by = f" ({one.risk.by})" if one.risk.by else ""
            yield _("High risk: {reason}").format(reason=one_line(one.risk.reason) + by)
        if one.parts and one.pending_deadline:
            yield from _asked(one, self._units)
        elif one.pending_deadline:
            yield _("Postponement to {deadline} requested").format(deadline=one.pending_deadline.words(current()))


def _missing(one: Standing, units: Mapping[str, str]) -> str:
    from vpcp_cli.render.parts import missing_words

    return missing_words(one, units)


def _asked(one: Standing, units: Mapping[str, str]) -> Iterator[str]:
    from vpcp_cli.render.parts import asked_words

    return asked_words(one, units)


def obstacle_words(obstacle: Obstacle, one: Standing, units: Mapping[str, str]) -> str:
    """Say what hinders a task, for how long, and who has been told."""
    age = (one.day - obstacle.since).days
    days = (
        ngettext("Obstacle for {n} day", "Obstacle for {n} days", age).format(n=age)
        if age
        else _("Obstacle from today on")
    )
    text = one_line(obstacle.entry.obstacle.in_(current())) if obstacle.entry.obstacle else ""
    unit = obstacle.entry.reported_to
    told = _("reported to {unit}").format(unit=units.get(unit, unit)) if unit else _("not reported upward")
    return f"{days} ({told}): {text}"
