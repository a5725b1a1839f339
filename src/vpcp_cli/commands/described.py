"""The options that describe a record, as the definition of the format has them, and the values that were typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vpcp_cli.commands.refusals import DeadlineWordsError, RecursError
from vpcp_cli.commands.typed_text import document_typed, text_typed
from vpcp_cli.deadline import Deadline
from vpcp_cli.errors import BadAddressError, BadDateError, BadRecurrenceError
from vpcp_cli.kinds import Written, is_record, item_of, keys_of, kind_of
from vpcp_cli.programme import Document, Recurs
from vpcp_cli.typed import typed_day, typed_deadline, typed_recurrence

if TYPE_CHECKING:
    from vpcp_cli.commands.session import Session


def options_of(cls: type, heading: str) -> dict[str, Any]:
    """Return an option for each key of a record that people are asked for, annotated for typer."""
    return {one.field: option_for(one, heading, one.key.asked) for one in keys_of(cls).values() if one.key.asked}


def option_for(one: Written, heading: str, text: str) -> Any:  # noqa: ANN401 - an annotation for typer
    """Return the option for a key, annotated for typer."""
    name = one.option
    if one.takes is bool:
        return Annotated[bool, typer.Option(name, help=text, rich_help_panel=heading)]
    takes = list[str] if item_of(one.takes) else str
    option = typer.Option(name, metavar=_metavar(one), help=text, rich_help_panel=heading)
    return Annotated[takes | None, option]


def documents_told(given: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return what was told, with its document's number and day apart; who is asked for them is asked once."""
    document = given["document"]
    return {**given, "document": document and document_typed(document, "--document", today)}


def _metavar(one: Written) -> str:
    return one.key.metavar or ("UNIT" if one.key.unit else kind_of(item_of(one.takes) or one.takes).metavar)


def values_of(cls: type, given: Mapping[str, Any], session: Session, year: int, day: date) -> dict[str, Any]:
    """Return the fields that were described; raise what is wrong with what was typed.

    A quarter or month without a year is one of `year`; `+30d` counts from `day`.
    """
    asked = (one for one in keys_of(cls).values() if one.key.asked and given.get(one.field))
    return {one.field: value_of(one, given[one.field], session, year, day) for one in asked}


def deadline_typed(typed: str, today: date, year: int | None = None, start: date | None = None) -> Deadline:
    """Return the deadline that was typed for a task; raise `DeadlineWordsError`, `BadDateError`."""
    try:
        return typed_deadline(typed, today, year, start=start)
    except BadDateError as error:
        with suppress(BadRecurrenceError):
            typed_recurrence(typed)
            raise RecursError(typed, error.year) from None
        if not error.absent and len(typed.split()) > 1 and any(map(str.isalpha, typed)):
            raise DeadlineWordsError(typed, error.year) from None
        raise


def value_of(one: Written, typed: Any, session: Session, year: int, day: date) -> Any:  # noqa: ANN401 - what typer has read
    """Return the value of a key that was typed; raise what is wrong with it."""
    from vpcp_cli.commands.saving import unit_typed
    from vpcp_cli.naming import word_named

    if item := item_of(one.takes):
        each = one._replace(takes=item)
        return tuple(dict.fromkeys(value_of(each, part, session, year, day) for part in typed))
    option = one.option
    if one.key.unit:
        return unit_typed(session.library, typed, option)
    if one.takes is Deadline:
        return deadline_typed(typed, session.day, year, day)
    if one.takes is Recurs:
        return typed_recurrence(typed)
    if one.takes is date:
        return typed_day(typed, session.day)
    if one.takes is bool:
        return typed
    if issubclass(one.takes, StrEnum):
        return word_named(one.takes, typed, option)
    if one.takes is Document:
        return typed if isinstance(typed, Document) else document_typed(typed, option, session.day)
    text = text_typed(typed, option)
    if one.name == "email" and not re.fullmatch(r"[^@\s<>]+@[^@\s<>.]+(?:\.[^@\s<>.]+)+", text or ""):
        raise BadAddressError(typed, option)
    return one.takes.plain(text or "") if is_record(one.takes) else text
