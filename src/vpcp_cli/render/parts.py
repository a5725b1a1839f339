"""The parts of a task in words: periods and units, and a row that shows at a glance how each stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from vpcp_cli.deadline import Deadline
from vpcp_cli.errors import BadDateError
from vpcp_cli.language import _, current, ngettext
from vpcp_cli.render.console import Screen
from vpcp_cli.render.state import Stands, look, state_parts
from vpcp_cli.standing import Standing
from vpcp_cli.vocabulary import Nature, Status, Timeliness

if TYPE_CHECKING:  # few tasks have parts
    from vpcp_cli.parts import Part
    from vpcp_cli.render.table import Row

_MOST: Final = 12


def part_words(names: Sequence[str], units: Mapping[str, str]) -> str:
    """Name a part as people do: «tháng 3/2026», «BTC», or both."""
    return " · ".join(_one(name, units) for name in names)


def _one(name: str, units: Mapping[str, str]) -> str:
    if name in units:
        return units[name]
    year, _dash, week = name.partition("-W")
    if week.isdecimal():
        return _("week {n} of {year}").format(n=int(week), year=year)
    try:
        return Deadline.parse(name).words(current())
    except BadDateError:
        return name


def progress_words(standing: Standing) -> str:
    """Say how many parts of a task are done."""
    done = sum(part.status is Status.DONE for part in standing.parts)
    total = len(standing.parts)
    return ngettext("{done} of {n} part done", "{done} of {n} parts done", total).format(done=done, n=total)


def part_rows(standing: Standing, units: Mapping[str, str], screen: Screen) -> Iterator[Row]:
    """Yield a line for each period or unit; where the task has both, one for each period with all units."""
    from vpcp_cli.render.table import Words

    if standing.task.recurs and standing.task.each:
        periods: dict[str, list[Part]] = {}
        for part in standing.parts:
            periods.setdefault(part.name[0], []).append(part)
        for name, own in periods.items():
            signs = "  ".join(f"{_sign(part, screen)} {_one(part.name[1], units)}" for part in own)
            yield (Words(_one(name, units)),), (Words(signs),)
        return
    for part in standing.parts:
        seen = look(_stands(part))
        yield (Words(part_words(part.name, units)),), (Words(f"{seen.sign(screen)} {part_state(part)}", seen.style),)


def _sign(part: Part, screen: Screen) -> str:
    return look(_stands(part)).sign(screen).strip()


def _stands(part: Part) -> Stands:
    return Stands(part.open, part.timeliness, part.status, part.days, Nature.STANDING)


def part_state(part: Part) -> str:
    """Say on one line how a part stands."""
    return " · ".join(state_parts(_stands(part)))


def moved_words(standing: Standing, units: Mapping[str, str]) -> Iterator[str]:
    """Say of which part the deadline was moved, and to when."""
    for part in standing.parts:
        if part.fate.found.postponements and part.fate.found.deadline:
            words = _("{part} postponed to {deadline}")
            yield _of_part(words, part, part.fate.found.deadline, units)


def asked_words(standing: Standing, units: Mapping[str, str]) -> Iterator[str]:
    """Say for which part a later day is asked for, and which."""
    for part in standing.parts:
        if part.open and part.fate.found.pending_deadline:
            words = _("{part}: postponement to {deadline} requested")
            yield _of_part(words, part, part.fate.found.pending_deadline, units)


def _of_part(words: str, part: Part, deadline: Deadline, units: Mapping[str, str]) -> str:
    return words.format(part=part_words(part.name, units), deadline=deadline.words(current()))


def missing_words(standing: Standing, units: Mapping[str, str]) -> str:
    """Name the parts that fell due and are not done; nothing where there is none."""
    late = [part for part in standing.parts if part.open and part.timeliness is Timeliness.OVERDUE]
    if not late:
        return ""
    named = ", ".join(part_words(part.name, units) for part in late[:_MOST])
    more = len(late) - _MOST
    if more > 0:
        named = f"{named}, {ngettext('{n} more', '{n} more', more).format(n=more)}"
    return _("Missing: {parts}").format(parts=named)
