"""A task as it stands on a day for programs that get it as a text: its plain data beside what the day makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # nothing but a report needs records
    from vpcp_cli.programme import Directive, Programme
    from vpcp_cli.standing import Forecast
    from vpcp_cli.vocabulary import Status, Timeliness


class Told(NamedTuple):
    """A task without parts that goes on from no other. Deadlines are as files have them.

    `last` and `obstacles` are the places of entries in its log: of the last one, and of those whose obstacles are open.
    """

    programme: Programme
    directive: Directive
    data: Mapping[str, Any]
    line: int
    status: Status | None
    timeliness: Timeliness
    days: int | None
    lead: str
    support: tuple[str, ...]
    responsible: str | None
    deadline: str | None
    postponements: int
    carried_to: str | None
    risk: Forecast | None
    first_deadline: str | None
    pending_deadline: str | None
    done_on: date | None
    value: float | None
    obstacles: Sequence[int]
    last: int | None
