"""What was typed after the selecting options, as the question that it asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from vpcp_cli.errors import BadWordError
from vpcp_cli.vocabulary import Category, Nature, Role, Status, Timeliness, Word

if TYPE_CHECKING:
    from vpcp_cli.commands.session import Session
    from vpcp_cli.naming import Ids
    from vpcp_cli.query import Query


def query_of(session: Session, given: Mapping[str, Any]) -> Query:
    """Read what was typed after the selecting options; raise `BadWordError`, `UnknownIdError`, `BadDateError`."""
    from vpcp_cli.query import Query

    words = tuple(given.get("words") or ())
    return Query(
        years=session.years,
        units=frozenset(code for typed in given["unit"] or () for code in _units(session, typed)),
        role=_word(Role, given["role"], "--role") if given["role"] is not None else Role.LEAD,
        statuses=frozenset(_standing(Status, typed, "--status") for typed in given["status"] or ()),
        timeliness=frozenset(_standing(Timeliness, typed, "--timeliness") for typed in given["timeliness"] or ()),
        open=given["open_"],
        overdue=given["overdue"],
        due_before=_due(session, given["due_before"], "first"),
        due_after=_due(session, given["due_after"], "last"),
        directives=frozenset(_directive(session.ids, typed) for typed in given["directive"] or ()),
        issuers=frozenset(_part(typed, "--issuer") for typed in given["issuer"] or ()),
        documents=frozenset(_number(typed) for typed in given.get("document_") or ()),
        categories=frozenset(_word(Category, typed, "--category") for typed in given["category"] or ()),
        natures=frozenset(_word(Nature, typed, "--nature") for typed in given["nature"] or ()),
        responsible=frozenset(_part(typed, "--responsible") for typed in given["responsible"] or ()),
        tags=frozenset(_part(typed, "--tag") for typed in given["tag"] or ()),
        running=given["running"],
        priority=given["priority"],
        obstacle=given["obstacle"],
        ids=frozenset(_task(session.ids, typed) for typed in given["id_"] or ()),
        words=words,
        unit_names=_names(session) if words else {},
        sort=tuple(_sort(name) for typed in given.get("sort") or () for name in typed.split(",")),
        limit=given.get("limit"),
    )


_S = TypeVar("_S", Status, Timeliness)
_W = TypeVar("_W", bound=Word)


def _units(session: Session, typed: str) -> frozenset[str]:
    from vpcp_cli.naming import units_named

    return units_named(session.library, typed)


def _names(session: Session) -> Mapping[str, str]:
    from vpcp_cli.naming import searchable_names

    return searchable_names(session.library.units)


def _word(kind: type[_W], typed: str, option: str) -> _W:
    from vpcp_cli.naming import word_named

    return word_named(kind, typed, option)


def _due(session: Session, typed: str | None, end: str) -> date | None:
    """Return the first or last day of a deadline that was typed."""
    if typed is None:
        return None
    from vpcp_cli.typed import typed_deadline

    year = min(session.years) if len(session.years) == 1 else None
    found: date = getattr(typed_deadline(typed, session.day, year), end)
    return found


def _standing(kind: type[_S], typed: str, option: str) -> _S:
    """Return the code that was typed; one of the other kind is answered with the option that takes it."""
    from vpcp_cli.naming import word_named

    try:
        return word_named(kind, typed, option)
    except BadWordError as refused:
        meant = _other_option(Timeliness if option == "--status" else Status, typed)
        raise BadWordError(typed, option, refused.known, meant) if meant else refused from None


def _other_option(kind: type[Word], typed: str) -> list[str]:
    """Return how a word of another kind is asked for, if it is one."""
    from vpcp_cli.naming import word_named

    option = "--timeliness" if kind is Timeliness else "--status"
    try:
        word = word_named(kind, typed, option)
    except BadWordError:
        return []
    return ["--overdue" if word is Timeliness.OVERDUE else f"{option} {word.value}"]


def _part(typed: str, option: str) -> str:
    """Return a part of a name, folded; none at all is no part of any."""
    from vpcp_cli.vietnamese import fold

    if not (part := fold(typed)):
        raise BadWordError(typed, option, (), ())
    return part


def _number(typed: str) -> str:
    """Return the number of a document, or how it begins; none at all is no beginning of any."""
    if not typed.strip():
        raise BadWordError(typed, "--document", (), ())
    return typed


def _directive(ids: Ids, typed: str) -> str:
    directive = ids.find(typed, ("directive",)).directive
    return directive.id if directive else typed


def _task(ids: Ids, typed: str) -> str:
    task = ids.task(typed).task
    return task.id if task else typed


def _sort(typed: str) -> str:
    """Return the name of an order as `SORTS` has it, with its `-`."""
    from vpcp_cli.query import SORTS
    from vpcp_cli.vietnamese import nearest

    turned = "-" if typed.startswith("-") else ""
    name = typed.removeprefix("-").lower().replace("_", "-")
    if name not in SORTS:
        raise BadWordError(typed, "--sort", list(SORTS), nearest(name, SORTS))
    return turned + name
