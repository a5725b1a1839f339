"""The official count in words: the two-by-two table with its third column, both rates with their bases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from vpcp_cli.counts import BANDS, Count, Rate
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.render.console import Screen, Style
from vpcp_cli.render.formats import md_lines
from vpcp_cli.render.state import DONE, DUE_SOON, OVERDUE, Look
from vpcp_cli.render.table import Cell, Column, Row, Words, table_lines
from vpcp_cli.vietnamese import format_number, format_percent
from vpcp_cli.vocabulary import Nature, Status, Timeliness

_DONE_LATE: Final = replace(DONE, style=Style.MAGENTA)
_LOOKS: Final[Sequence[Sequence[Look | None]]] = (
    (DONE, _DONE_LATE, DONE, None),
    (None, OVERDUE, None, None),
    (None, None, None, None),
)


def number(value: int) -> str:
    """Write a number of tasks for the reader."""
    return format_number(value, current())


def fraction(rate: Rate) -> str:
    """Write a rate with its fraction: «4/5 = 80,0%»; without a base «—»."""
    if not rate.base:
        return "—"
    return f"{number(rate.part)}/{number(rate.base)} = {percent(rate)}"


def percent(rate: Rate) -> str:
    """Write a rate alone, rounded half up; without a base «—»."""
    return format_percent(rate.part, rate.base, current())


class Line(NamedTuple):
    """One row of the official table: its name and its four numbers."""

    name: str
    kept: int
    passed: int
    undated: int

    @property
    def total(self) -> int:
        """The sum of the row."""
        return self.kept + self.passed + self.undated

    @property
    def numbers(self) -> tuple[int, int, int, int]:
        """The row from left to right."""
        return self.kept, self.passed, self.undated, self.total


def official_titles() -> tuple[str, str, str, str, str]:
    """Return the heads of the official table."""
    return "", _("On time / in time"), _("Late / overdue"), _("No deadline"), _("Total")


def official_lines(count: Count) -> tuple[Line, Line, Line]:
    """Return the rows of the official table; they add up by construction."""
    done = Line(
        _("Done"),
        count.cell(Timeliness.DONE_ON_TIME),
        count.cell(Timeliness.DONE_LATE),
        count.cell(Timeliness.DONE_NO_DEADLINE),
    )
    not_done = Line(
        _("Not done"),
        count.cell(Timeliness.IN_TIME, Timeliness.DUE_SOON),
        count.cell(Timeliness.OVERDUE),
        count.cell(Timeliness.NO_DEADLINE),
    )
    return done, not_done, Line(_("Total"), *(a + b for a, b in zip(done[1:], not_done[1:], strict=True)))


def official_table(count: Count, screen: Screen, *, soon: bool = True) -> Iterator[str]:
    """Yield the official table for a screen; what is due `soon` stands under the cell that it is part of."""
    columns = [Column(title, right=place > 0, whole=place in (0, 4)) for place, title in enumerate(official_titles())]
    rows: list[Row] = [
        ((Words(line.name),), *(_cell(value, look, screen) for value, look in zip(line.numbers, looks, strict=True)))
        for line, looks in zip(official_lines(count), _LOOKS, strict=True)
    ]
    near = count.cell(Timeliness.DUE_SOON)
    if soon and near:
        words = f"{DUE_SOON.sign(screen).strip()} " + _("due soon {n}").format(n=number(near))
        rows[1] = (rows[1][0], (*rows[1][1], Words(words, DUE_SOON.style)), *rows[1][2:])
    yield from table_lines(columns, rows, screen)


def _cell(value: int, look: Look | None, screen: Screen) -> Cell:
    if look is None or not value:
        return (Words(number(value)),)
    return (Words(f"{look.sign(screen).strip()} {number(value)}", look.style),)


def official_md(count: Count) -> Iterator[str]:
    """Yield the official table in Markdown."""
    rows = ([line.name, *map(number, line.numbers)] for line in official_lines(count))
    yield from md_lines(official_titles(), rows, range(1, 5))


def rate_lines(count: Count, *, parts: bool = False) -> tuple[str, str]:
    """Return both rates, each with its fraction and its base in words."""
    due = count.rate_of_due
    words = _("Done of the parts that fell due: {rate}") if parts else _("Done of the tasks that fell due: {rate}")
    of_due = words.format(rate=fraction(due))
    if due.base:
        base = _("base: {done} done + {overdue} overdue")
        of_due += f" ({base.format(done=number(due.part), overdue=number(due.base - due.part))})"
    else:
        of_due += f" ({_('no part has fallen due') if parts else _('no task has fallen due')})"
    words = _("Done of all counted parts: {rate}") if parts else _("Done of all counted tasks: {rate}")
    return words.format(rate=fraction(count.rate_of_all)), of_due


def _bands(count: Count) -> str:
    """Say how many days the overdue tasks are late, band by band."""
    bands = zip(BANDS, count.bands, strict=True)
    return " · ".join(f"{_band(first, last)}: {number(tasks)}" for (first, last), tasks in bands)


def _bands_in_words(count: Count) -> str:
    """Say it in a sentence, without those bands in which there is none."""
    bands = ((first, last, number(n)) for (first, last), n in zip(BANDS, count.bands, strict=True) if n)
    return " · ".join(
        _("by {first} to {last} days: {n}").format(first=first, last=last, n=n)
        if last
        else _("by more than {days} days: {n}").format(days=first - 1, n=n)
        for first, last, n in bands
    )


def _band(first: int, last: int | None) -> str:
    return _("{first}–{last}").format(first=first, last=last) if last else _("over {n}").format(n=first - 1)


def remark_lines(count: Count, *, commands: bool = True) -> Iterator[str]:
    """Yield what the six cells don't tell: bands, statuses, what is outside the count, old ends of carry-overs.

    With `commands` it is for somebody who can type them.
    """
    if count.cell(Timeliness.OVERDUE) and not commands:
        yield _("Overdue {bands}").format(bands=_bands_in_words(count))
    elif count.cell(Timeliness.OVERDUE):
        yield _("Days overdue — {bands}").format(bands=_bands(count))
    if count.closed and not commands:
        yield _("Overdue and closed: {n}").format(n=number(count.closed))
    elif count.closed:
        yield ngettext(
            "Overdue and closed: {n}; `--overdue` and `vpcp due` show the open ones alone",
            "Overdue and closed: {n}; `--overdue` and `vpcp due` show the open ones alone",
            count.closed,
        ).format(n=number(count.closed))
    statuses = [(status, n) for status in Status if status is not Status.DONE and (n := count.statuses.get(status, 0))]
    if statuses:
        words = " · ".join(f"{status.label.lower()} {number(n)}" for status, n in statuses)
        yield _("Not done: {statuses}").format(statuses=words)
    if count.uncounted:
        order: tuple[Status | Nature, ...] = (*Nature, *Status)
        reasons = [(reason, n) for reason in order if (n := count.outside.get(reason, 0))]
        words = " · ".join(f"{reason.label.lower()} {number(n)}" for reason, n in reasons)
        yield _("Outside the count: {n} ({reasons})").format(n=number(count.uncounted), reasons=words)
    if count.apart:
        yield ngettext(
            "Apart: {n} task carried over, counted once, as the task that it became",
            "Apart: {n} tasks carried over, counted once, as the tasks that they became",
            count.apart,
        ).format(n=number(count.apart))


def count_sentences(count: Count) -> Iterator[str]:
    """Yield the count in sentences, for a paper: the six cells, both rates with their bases, and what else there is."""
    done, not_done, total = official_lines(count)
    yield ngettext(
        "{n} task is counted: {done} done, {open} not done.",
        "{n} tasks are counted: {done} done, {open} not done.",
        total.total,
    ).format(n=number(total.total), done=number(done.total), open=number(not_done.total))
    yield _("Done: {n}, of which {kept} on time, {passed} late{undated}.").format(**_in_words(done))
    soon = number(count.cell(Timeliness.DUE_SOON))
    yield _("Not done: {n}, of which {kept} in time ({soon} of them due soon), {passed} overdue{undated}.").format(
        soon=soon, **_in_words(not_done)
    )
    for line in (*rate_lines(count), *remark_lines(count, commands=False)):
        yield line.replace(" · ", "; ") + "."


def _in_words(line: Line) -> dict[str, str]:
    undated = _("{n} without a deadline").format(n=number(line.undated)) if line.undated else ""
    return {
        "kept": number(line.kept),
        "passed": number(line.passed),
        "undated": f", {undated}" if undated else "",
        "n": number(line.total),
    }
