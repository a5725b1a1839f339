"""The skeleton between a list and `vpcp add --from`: every row in it, and what a person must say as a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from vpcp_cli.language import N_, _
from vpcp_cli.render.door import one_line
from vpcp_cli.storage.yaml.emitter import Style, mapping_lines

if TYPE_CHECKING:
    from vpcp_cli.sharing.annex import Annex, Line
    from vpcp_cli.sharing.drafting import Drafted

ASKED: Final = re.compile(r"^\s*#\s*(?:HỎI|ASK)\b[:\s]*(.*)")
"""A line that is a question, in either language."""
_DAY: Final = re.compile(r"ngày\s+(\d{1,2})\s*(?:tháng|/|-)\s*(\d{1,2})\s*(?:năm|/|-)\s*(\d{4})", re.IGNORECASE)
_TASK: Final = 6
"""The column in which the dashes of tasks stand."""


class Where(NamedTuple):
    """Where the tasks of a skeleton go, as far as it is known, and a programme for example."""

    directive: str | None
    programme: str | None
    example: str


def skeleton_lines(annex: Annex, drafted: Mapping[str, Drafted], head: Sequence[str], where: Where) -> Iterator[str]:
    """Yield the lines of a skeleton; `head` are sentences on top."""
    directive = where.directive
    yield from (_comment(one) for one in head)
    yield ""
    if not directive:
        example = _("Which programme? For example {year}.").format(year=where.example)
        yield from () if where.programme else (_question(example),)
        yield f"programme: {where.programme or ''}".rstrip()
    yield "directives:"
    yield from (f"  - id: {directive}",) if directive else _directive(annex.before)
    yield "    tasks:"
    for line in annex.lines:
        yield from _row(line, drafted)


def _directive(before: Sequence[str]) -> Iterator[str]:
    """Yield a directive of which next to nothing is known, with what can be read over the table."""
    from vpcp_cli.sharing.drafting import NUMBER

    said = " ".join(before)
    yield from (_comment(_("over the table: {text}").format(text=one), 2) for one in before)
    yield _comment(_("Where the directive is there already, write `id:` with its id instead of what follows."), 2)
    yield _question(_("What is the directive about (its title)?"), 2)
    yield "  - title:"
    yield _question(_("Who gave it (full name)?"), 4)
    yield "    issuer:"
    yield _comment(_("the office that the person held: {key}").format(key="role: …"), 4)
    day = day_in(before)
    confirm = _("This was read over the table. Is it right?")
    yield _question(confirm if day else _("On which day was it given?"), 4)
    yield f"    issued: {day.isoformat() if day else ''}".rstrip()
    if number := NUMBER.search(said):
        yield _question(confirm, 4)
        yield from mapping_lines({"document": number[0]}, 4, Style())
    else:
        yield _question(_("In which document (its number)? Without one, take out the key too."), 4)
        yield "    document:"


def day_in(texts: Sequence[str]) -> date | None:
    """Return the first day that texts name, as papers do: «ngày 05 tháng 8 năm 2026»."""
    for found in _DAY.finditer(" ".join(texts)):
        with suppress(ValueError):
            return date(int(found[3]), int(found[2]), int(found[1]))
    return None


def _row(line: Line, drafted: Mapping[str, Drafted]) -> Iterator[str]:
    from vpcp_cli.sharing.annex import Kind

    place = f"{line.place}: "
    if line.kind is Kind.TASK:
        yield from _task(drafted[line.place])
    elif line.kind is Kind.GROUP:
        yield from ("", _comment(f"── {line.words} ({line.place})", _TASK))
    elif line.kind is Kind.UNCLEAR:
        words = _("a task, a heading, or a part of the row above? «{text}»").format(text=line.words)
        yield _question(place + words, _TASK)
    elif line.kind is Kind.BETWEEN:
        yield _comment(place + line.words, _TASK)
    else:
        yield _comment(place + _(N_("(blank)") if line.kind is Kind.BLANK else N_("(heads of the columns)")), _TASK)


def _task(one: Drafted) -> Iterator[str]:
    yield _comment(one.place, _TASK)
    yield from (_comment(remark, _TASK) for remark in one.remarks)
    dash = "- "
    for key, value in one.keys.items():
        column = _TASK if dash else _TASK + 2
        yield from (_question(question, column) for question in one.asked.get(key, ()))
        if value:
            first, *others = mapping_lines({key: value}, _TASK + 2, Style())
        else:
            first, *others = (" " * (_TASK + 2) + f"{key}:",)
        yield " " * _TASK + dash + first.lstrip() if dash else first
        yield from others
        dash = ""


def _question(text: str, column: int = 0) -> str:
    return _comment(f"{_('ASK')}: {text}", column)


def _comment(text: str, column: int = 0) -> str:
    return f"{' ' * column}# {one_line(text)}"
