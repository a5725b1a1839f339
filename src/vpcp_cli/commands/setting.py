"""How keys of what is there are put right: what was typed, the record that it makes, the entries that say so."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple, TypeAlias, TypeVar

import typer

from vpcp_cli.commands.described import option_for, value_of
from vpcp_cli.commands.typed_text import text_typed
from vpcp_cli.kinds import Text, Written, as_written, class_of, keys_of, plain
from vpcp_cli.language import N_, _
from vpcp_cli.programme import Directive, Document, Event, Issuer, LogEntry, Programme, Task, Unit

if TYPE_CHECKING:
    from vpcp_cli.commands.session import Session
    from vpcp_cli.storage.writing.writer import Writer

Holder: TypeAlias = Task | Directive | Programme | Unit
Held = TypeVar("Held", bound=Holder)
MAIN: Final = ("text", "title", "name")
"""The keys whose English is given with --en alone."""


class Change(NamedTuple):
    """A record before and after it was put right, with what it stands in."""

    programme: Programme | None
    directive: Directive | None
    before: Holder
    after: Holder

    @property
    def id(self) -> str:
        """Its id or code."""
        return self.before.code if isinstance(self.before, Unit) else self.before.id

    @property
    def keys(self) -> list[Written]:
        """The keys that are others now."""
        every = keys_of(class_of(self.before)).values()
        return [one for one in every if one.name != "log" and self.value(one) != self.former(one)]

    def value(self, key: Written) -> object:
        """What a key holds now."""
        return getattr(self.after, key.field)

    def former(self, key: Written) -> object:
        """What it held."""
        return getattr(self.before, key.field)


def settable(kind: type) -> Iterator[Written]:
    """Yield the keys of a record that can be put right by command."""
    return (one for one in keys_of(kind).values() if one.key.asked or one.key.setting)


def options_to_set(heading: str, *kinds: type) -> dict[str, object]:
    """Return an option for each key that can be put right, annotated for typer; of several records' keys one each."""
    found: dict[str, object] = {}
    for one in (key for kind in kinds for key in settable(kind)):
        found.setdefault(one.field, option_for(one, heading, one.key.setting or one.key.asked))
    helped = N_("The same in English: of the text that is given, else of the title or name itself.")
    found["en"] = Annotated[str | None, typer.Option("--en", metavar="TEXT", help=helped, rich_help_panel=heading)]
    taken = N_("A key that is taken out; may be repeated.")
    found["unset"] = Annotated[
        list[str] | None, typer.Option("--unset", metavar="KEY", help=taken, rich_help_panel=heading)
    ]
    return found


def put_right(record: Held, given: Mapping[str, Any], session: Session, year: int) -> Held:
    """Return a record with the values that were typed; raise what is wrong with them, or `NotItsKeyError`."""
    from vpcp_cli.commands.refusals import NothingToSetError

    keys = {one.field: one for one in settable(class_of(record))}
    asked = [name for name in _ALL if given.get(name)]
    _refuse_others(record, keys, [_OF_OTHERS.get(name, name) for name in asked if name not in ("en", "role", "unset")])
    texts = [name for name in asked if name in keys and keys[name].takes is Text]
    values = {name: _value(keys[name], record, given, session, year) for name in asked if name in keys}
    if given.get("en") and (name := _spoken_of([*texts, *(["event"] if given.get("event") else [])], keys)) != "event":
        values[name] = Text(_vietnamese(values.get(name) or getattr(record, name)), text_typed(given["en"], "--en"))
    if not {"event", *_OF_OTHERS}.isdisjoint(asked) and isinstance(record, Programme):
        values["event"] = _event(record.event, given, session)
    if given.get("role") and "issuer" in keys and "issuer" not in values:
        values["issuer"] = _issuer(getattr(record, "issuer"), None, given)  # noqa: B009 - only a directive has one
    values |= {one.field: one.default for one in _taken_out(keys, given.get("unset") or ())}
    if not values:
        raise NothingToSetError([one.option for one in keys.values()])
    return replace(record, **values)


_OF_OTHERS: Final = dict.fromkeys(("event_start", "event_end", "event_place"), "event")
"""Options that say a part of a key's value, with that key."""
_ALL: Final = dict.fromkeys(
    (
        *(one.field for kind in (Task, Directive, Programme, Unit) for one in settable(kind)),
        *("en", "role", "unset"),
        *_OF_OTHERS,
    )
)


def _refuse_others(record: Holder, keys: Mapping[str, Written], asked: Sequence[str]) -> None:
    from vpcp_cli.commands.refusals import NotItsKeyError

    if other := next((name for name in asked if name not in keys), None):
        id_ = record.code if isinstance(record, Unit) else record.id
        raise NotItsKeyError(id_, f"--{other.replace('_', '-')}", [one.option for one in keys.values()])


def _spoken_of(texts: Sequence[str], keys: Collection[str]) -> str:
    """Return the key whose English was given: the text that was given, else the record's name."""
    from vpcp_cli.commands.refusals import OneChangeError

    if len(texts) > 1:
        raise OneChangeError(*(f"--{name.replace('_', '-')}" for name in texts[:2]))
    return texts[0] if texts else next(name for name in MAIN if name in keys)


def _vietnamese(text: Text) -> str:
    return text.vi or text.en or ""


def _value(one: Written, record: Holder, given: Mapping[str, Any], session: Session, year: int) -> Any:  # noqa: ANN401 - any value
    """Return what was typed for a key; of what is there that stays of which nothing was said."""
    from vpcp_cli.entry_rules import check_past

    typed, old = given[one.field], getattr(record, one.field)
    if one.field == "issuer":
        return _issuer(old, typed, given)
    value = value_of(one, typed, session, year, session.day)
    if one.takes is date and not isinstance(record, Unit):
        check_past(value, session.day, one.option)
    if one.takes is Text and isinstance(old, Text) and old.vi != old.en:
        return Text(value.vi, old.en)
    if isinstance(old, Document) and isinstance(value, Document):
        told = {one.field: said for one in keys_of(Document).values() if (said := getattr(value, one.field))}
        same = value.number in (None, old.number)
        return replace(old if same else replace(old, date=None), **told)
    return value


def _issuer(old: Issuer, name: str | None, given: Mapping[str, Any]) -> Issuer:
    role = text_typed(given.get("role"), "--role")
    named = text_typed(name, "--issuer") or old.name
    return Issuer(named, Text.plain(role) if role else old.role if named == old.name else None)


def _event(old: Event | None, given: Mapping[str, Any], session: Any) -> Event:  # noqa: ANN401
    """Return the meeting as it is after what was typed; of what was not, what is there stays."""
    from vpcp_cli.typed import typed_day

    told: dict[str, Any] = {}
    for name, field in (("event", "name"), ("event_place", "place")):
        if words := text_typed(given.get(name), f"--{name.replace('_', '-')}"):
            was = getattr(old, field, None)
            told[field] = Text(words, was.en) if was and was.vi != was.en else Text.plain(words)
    if (english := text_typed(given.get("en"), "--en")) and "name" in told:
        told["name"] = Text(told["name"].vi, english)
    for name in ("start", "end"):
        if typed := given.get(f"event_{name}"):
            told[name] = typed_day(typed, session.day)
    return replace(old or Event(), **told)


def _taken_out(keys: Mapping[str, Written], typed: Sequence[str]) -> Iterator[Written]:
    """Yield the keys that are to go; raise `BadWordError`, or `NeededKeyError` for one that must stand."""
    from vpcp_cli.commands.refusals import NeededKeyError
    from vpcp_cli.errors import BadWordError
    from vpcp_cli.vietnamese import nearest

    names = {spelt: one for one in keys.values() for spelt in (one.name, one.option.removeprefix("--"))}
    for word in typed:
        one = names.get(word.strip().lower().removeprefix("--"))
        if one is None:
            free = [each.name for each in keys.values() if not each.required]
            raise BadWordError(word, "--unset", free, nearest(word, free))
        if one.required:
            raise NeededKeyError(one.name)
        yield one


def entries_of(change: Change, day: date, by: str | None, note: str | None) -> Iterator[LogEntry]:
    """Yield an entry for each key with a history that is another now."""
    for key in change.keys:
        if key.key.history:
            was, now = as_written(change.before, key), as_written(change.after, key)
            yield LogEntry(date=day, set_=key.name, was=was, is_=now, by=by, note=note)


def write(writer: Writer, change: Change, entries: Sequence[LogEntry]) -> None:
    """Put the values in their places, and the entries into the log."""
    written = plain(change.after)
    for key in change.keys:
        writer.replace(change.id, key.name, written.get(key.name))
    for entry in entries:
        writer.append(change.id, plain(entry))


def tell(change: Change, place: str, units: Mapping[str, str]) -> None:
    """Say what was put right, key by key, and what stays as it was."""
    from vpcp_cli.render import door
    from vpcp_cli.render.console import Screen
    from vpcp_cli.render.written import changed_words

    screen = Screen.of(sys.stdout)
    dot, arrow = ("·", "→") if screen.symbols else ("-", "->")
    if not change.keys:
        door.tell(_("{id}: says so already; nothing was written").format(id=change.id) + f" {dot} {place}")
    for key in change.keys:
        for label, was, now in changed_words(key, change.former(key), change.value(key), units):
            door.tell(f"{change.id}: {label}: {was} {arrow} {now} {dot} {place}")
        value, old = (one.name if isinstance(one, Event) else one for one in (change.value(key), change.former(key)))
        if isinstance(value, Text) and isinstance(old, Text) and value.en == old.en != value.vi and value.vi != old.vi:
            door.say(_("note: the English stays: «{text}»; --en gives another").format(text=value.en))
