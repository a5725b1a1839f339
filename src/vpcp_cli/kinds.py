"""What stands behind a key of a file: each kind of value once, and what a key is.

Reading is from the plain data of a file, in which every scalar is a text; it raises `SlipError`. Restoring is the same
of data that were found valid before. Records are what programs get (JSON), words what people read.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from operator import attrgetter
from typing import Annotated, Any, Final, NamedTuple, NoReturn, TypeAlias, get_args, get_origin

from vpcp_cli.dataclass import dataclass
from vpcp_cli.deadline import Deadline, iso_day
from vpcp_cli.errors import BadDateError
from vpcp_cli.figure import NUMBER, figure_words, short
from vpcp_cli.language import _, current
from vpcp_cli.pattern import pattern
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import Category, Word

Day: TypeAlias = date
"""A day, for records that have a field of the name `date`: within them that name is the field."""
Plain: TypeAlias = Any
"""A text, or a list or mapping of plain data, as files hold it."""
Takes: TypeAlias = Any
"""The type that a key takes: one of `KINDS`, a `StrEnum`, a record, or `tuple[…, ...]` of these."""


class AsWritten(str):
    """A value of whichever key, as files hold it: its JSON."""

    __slots__ = ()

    @classmethod
    def of(cls, data: Plain) -> AsWritten:
        """Keep plain data, in which numbers and truths are texts as they are in a file that was read."""
        import json

        return cls(json.dumps(_as_text(data), ensure_ascii=False))

    @property
    def data(self) -> Plain:
        """The plain data."""
        import json

        return json.loads(self)


def _as_text(data: Plain) -> Plain:
    if isinstance(data, Mapping):
        return {key: _as_text(one) for key, one in data.items()}
    if isinstance(data, list | tuple):
        return [_as_text(one) for one in data]
    return str(data).lower() if isinstance(data, int | float) else data


# What reaches a terminal, a table or a report as something else than a letter: controls but the line feed,
# line and paragraph separators, marks that turn the direction of writing, byte-order marks, no characters at all.
CONTROLS: Final = "\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff"
_control: Final = pattern(f"[{CONTROLS}\\ud800-\\udfff]")
_number: Final = pattern(r"[0-9]{1,9}")
_decimal: Final = pattern(NUMBER)
_SPACES: Final = r"[ \n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*"
_YEAR: Final = "(?!0000)[0-9]{4}"
_NOT_BY_FOUR: Final = "([02468][1235679]|[13579][01345789])"
_OF_DAY: Final = f"(?!([0-9]{{2}})?{_NOT_BY_FOUR}(00)?-02-29){_YEAR}"  # a common year has no 29 February
_DAYS: Final = "(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31|02-29"


class SlipError(ValueError):
    """Plain data that a kind can't read; the code is the rulebook's."""

    def __init__(self, code: str, value: object = "-", **facts: str) -> None:
        """An empty value is called so, whatever kind it should have been."""
        super().__init__(code)
        self.code = "empty-value" if value in (None, "", {}) else code
        self.facts = facts


class Given(str):
    """What a file does not hold and its reader adds: its name, and the id in it."""

    __slots__ = ()


class Record:
    """Base of what files hold as mappings. Keys that it does not name are refused; `class_` is written `class`."""

    __slots__ = ()
    __pydantic_config__: Final = {"extra": "forbid", "alias_generator": lambda name: name.rstrip("_")}


class Key(NamedTuple):
    """What one key is. `label`, `description` and `asked` go through the catalogue.

    `pattern`: a regular expression for the whole text. `searched`: words are looked for in it. `beside`: keys of which
    one must stand in the same entry, or `key: value`. `action`: what an entry says. `short`: a document may be its
    number alone, and a list of one that one. `inner`: it is left out where the record stands in another's. `slips`:
    what people write instead. `example`: a value. `asked`: the help of the option of `add` that asks for it. `setting`:
    that of the option of `set`, where it is another or `add` takes it otherwise. `option`: that option's name, where it
    is not the key's. `unit`: the code of a unit. `needed`: it must stand in a file although the dataclass has a
    default. `history`: it filters, groups, counts or dates: who puts it right writes an entry about it. `begins`: the
    key with the first day, or year, of what ends on this one.
    """

    label: str
    description: str
    pattern: str = ""
    searched: bool = False
    beside: tuple[str, ...] = ()
    action: bool = False
    short: bool = False
    inner: bool = True
    slips: str = ""
    example: str = ""
    asked: str = ""
    setting: str = ""
    metavar: str = ""
    option: str = ""
    unit: bool = False
    needed: bool = False
    history: bool = False
    begins: str = ""

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> Any:
        """Tell pydantic, which asks every annotation, how the value is read."""
        return _schema(_without_none(source), handler, short=self.short)


class Placed:
    """What stands beside a field that no file holds."""

    __slots__ = ()

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> Any:
        """Let pydantic refuse what a file gives."""
        return {"type": "function-plain", "function": {"type": "no-info", "function": _given}}


def _given(value: object) -> object:
    if not isinstance(value, Given):
        raise SlipError("unknown-key")
    return str(value)


PLACED: Final = Placed()


class Written(NamedTuple):
    """A key of a mapping: the field that it fills, the type that it takes, and what it is."""

    name: str
    field: str
    takes: Takes
    required: bool
    default: Any
    key: Key

    @property
    def option(self) -> str:
        """The option under which people are asked for it."""
        return f"--{(self.key.option or self.name).replace('_', '-')}"


def _schema(takes: Takes, handler: Any, *, short: bool = False) -> Any:
    if item := item_of(takes):
        items = {"type": "tuple", "items_schema": [_schema(item, handler, short=short)], "variadic_item_index": 0}
        return _wrapped(_one_or_more(item), items) if short else items
    if is_record(takes):
        mapping = handler.generate_schema(takes)
        return _wrapped(_words_or_mapping(takes), mapping) if takes is Text or short else mapping
    return {"type": "function-plain", "function": {"type": "no-info", "function": kind_of(takes).read}}


def _wrapped(function: Callable[..., object], schema: object) -> object:
    return {"type": "function-wrap", "function": {"type": "no-info", "function": function}, "schema": schema}


def _words_or_mapping(takes: Takes) -> Callable[[object, Callable[[object], object]], object]:
    def read(value: object, mapping: Callable[[object], object]) -> object:
        return mapping(value) if isinstance(value, dict) and value else takes.plain(_words(value))

    return read


def _one_or_more(takes: Takes) -> Callable[[object, Callable[[object], object]], object]:
    def read(value: object, items: Callable[[object], object]) -> object:
        return items(value) if isinstance(value, list) else (getattr(takes, "plain", str)(_words(value)),)

    return read


def _words(value: object) -> str:
    """Read a plain text."""
    if not isinstance(value, str):
        raise SlipError("wrong-kind", value)
    if not value or value.isspace():
        raise SlipError("empty-value", value)
    if not value.isprintable() and (found := _control.search(value)):
        raise SlipError("control-character", name=f"U+{ord(found[0]):04X}")
    return value


def _scalar(code: str, read: Callable[[str], Any]) -> Callable[[object], Any]:
    """Return what reads a text by a function that raises for one that it can't read."""

    @lru_cache(4096)
    def known(text: str) -> Any:
        try:
            return read(text)
        except (BadDateError, KeyError):
            raise SlipError(code, text) from None

    def reader(value: object) -> Any:
        if not isinstance(value, str):
            raise SlipError("wrong-kind", value)
        return known(value)

    return reader


def _figure(text: str) -> float:
    if not _decimal.fullmatch(text):
        raise KeyError(text)
    return float(text)


def _whole(text: str) -> int:
    if not _number.fullmatch(text):
        raise KeyError(text)
    return int(text)


def _any(value: object) -> AsWritten:
    """Read a value of any kind but none; whether its key takes it is judged elsewhere."""
    if value in (None, "", {}, []):
        raise SlipError("empty-value", value)
    if isinstance(value, str):
        _words(value)
    return AsWritten.of(value)


class Kind(NamedTuple):
    """One kind of value: how it is read, restored, written back, told to programs and to people, and its JSON Schema.

    `words` speak the reader's language. `model` is what a record of nothing looks like.
    """

    read: Callable[[object], Any]
    restore: Callable[[Any], Any]
    write: Callable[[Any], Plain]
    record: Callable[[Any], Any]
    words: Callable[[Any], str]
    name: str
    schema: Mapping[str, Any]
    metavar: str = "TEXT"
    model: Any = None


def _same(value: object) -> Any:
    return value


def _plain_words(data: Plain) -> str:
    """Say plain data of which the key is not known."""
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return ", ".join(map(_plain_words, inner)) if inner else str(data)


def _deadline_record(one: Deadline) -> dict[str, str]:
    return {"text": one.text, "first": one.first.isoformat(), "last": one.last.isoformat()}


KINDS: Final[Mapping[type, Kind]] = {
    str: Kind(
        name="PlainText",
        read=_words,
        restore=_same,
        write=str,
        record=_same,
        words=str,
        schema={"type": ["string", "number", "boolean"], "pattern": f"^{_SPACES}[^{CONTROLS}\\s][^{CONTROLS}]*$"},
    ),
    int: Kind(
        name="Year",
        read=_scalar("bad-number", _whole),
        restore=int,
        write=_same,
        record=_same,
        words=str,
        schema={"type": ["integer", "string"], "minimum": 1, "maximum": 9999, "pattern": f"^{_YEAR}$"},
        metavar="YEAR",
    ),
    float: Kind(
        name="Number",
        read=_scalar("bad-number", _figure),
        restore=float,
        write=short,
        record=short,
        words=figure_words,
        schema={"type": ["number", "string"], "pattern": f"^{NUMBER}$"},
        metavar="FIGURE",
    ),
    bool: Kind(
        name="Flag",
        read=_scalar("unknown-code", {"true": True, "false": False}.__getitem__),
        restore=lambda data: data in (True, "true"),
        write=_same,
        record=_same,
        words=lambda yes: _("yes") if yes else _("no"),
        schema={"enum": [True, False, "true", "false"]},
        metavar="",
    ),
    date: Kind(
        name="Day",
        read=_scalar("bad-date", iso_day),
        restore=lru_cache(4096)(date.fromisoformat),
        write=date.isoformat,
        record=date.isoformat,
        words=lambda day: format_date(day, current()),
        schema={"type": "string", "format": "date", "pattern": f"^{_OF_DAY}-({_DAYS})$"},
        metavar="DATE",
    ),
    Deadline: Kind(
        name="Deadline",
        read=_scalar("bad-deadline", Deadline.parse),
        restore=lru_cache(4096)(Deadline.parse),
        write=lambda one: one.text,
        record=_deadline_record,
        words=lambda one: one.words(current()),
        schema={
            "type": ["string", "integer"],
            "minimum": 1,
            "maximum": 9999,
            "pattern": f"^{_OF_DAY}(-(Q[1-4]|H[12]|0[1-9]|1[0-2]|{_DAYS}))?$",
        },
        metavar="DATE",
        model={"text": None, "first": None, "last": None},
    ),
    AsWritten: Kind(
        name="AnyValue",
        read=_any,
        restore=AsWritten.of,
        write=lambda one: True if one.data == "true" else one.data,
        record=lambda one: one.data,
        words=lambda one: _plain_words(one.data),
        schema={"type": ["string", "number", "boolean", "array", "object"]},
    ),
}
"""The kinds of single values; codes and records have theirs made by `kind_of`."""


@cache
def kind_of(takes: Takes) -> Kind:
    """Return the kind of a type that is no list."""
    if takes in KINDS:
        return KINDS[takes]
    if issubclass(takes, StrEnum):
        return _codes(takes)
    return Kind(
        name=takes.__name__,
        read=_nothing,
        restore=_restorer(takes),
        write=_writer(takes),
        record=_recorder(takes),
        words=_wording(takes),
        schema={},
    )


def _nothing(_value: object) -> NoReturn:
    raise NotImplementedError  # pydantic reads mappings


def _codes(codes: type[StrEnum]) -> Kind:
    if codes is Category:  # a workspace may have more of them, and another one others
        return Kind(_category, Category, str, str, lambda one: one.label, codes.__name__, {}, "WORD")
    members = {one.value: one for one in codes}
    label: Callable[[Any], str] = (lambda one: one.label) if issubclass(codes, Word) else str
    code = {one: one.value for one in codes}.__getitem__
    return Kind(
        _scalar("unknown-code", members.__getitem__), members.__getitem__, code, code, label, codes.__name__, {}, "WORD"
    )


def _category(value: object) -> Category:
    if not isinstance(value, str):
        raise SlipError("wrong-kind", value)
    try:
        return Category(value)
    except ValueError:
        raise SlipError("unknown-category", value) from None


def _restorer(cls: type) -> Callable[[Any], Any]:
    def restore(data: Any) -> Any:
        if isinstance(data, str):
            return cls.plain(data)  # type: ignore[attr-defined]  # only these may stand so
        return cls(**restored(cls, data))

    return _text if cls is Text else restore


def _text(data: str | dict[str, str]) -> Text:
    return Text(data, data) if isinstance(data, str) else Text(data.get("vi"), data.get("en"))


def _writer(cls: type) -> Callable[[Any], Plain]:
    return lambda one: one.vi if cls is Text and one.vi == one.en else plain(one)


def _recorder(cls: type) -> Callable[[Any], Any]:
    def record(one: object) -> dict[str, Any]:
        names, values = _taken(cls)
        return {
            name: value if value.__class__ in _AS_THEY_ARE else _RECORDERS[value.__class__](value)
            for name, value in zip(names, values(one), strict=True)
        }

    return record


_AS_THEY_ARE: Final = frozenset({type(None), str, int, bool})
"""The classes of values that records hold as they are."""


@cache
def _taken(cls: Takes) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """Return the names of what a record holds of itself, and what takes the values from it."""
    names, fields = zip(*_inner(cls), strict=True)
    take = attrgetter(*fields)
    return names, take if len(fields) > 1 else lambda one: (take(one),)


def _wording(cls: type) -> Callable[[Any], str]:
    if cls is Text:
        return lambda one: one.in_(current())
    if hasattr(cls, "words"):
        return lambda one: one.words()
    return lambda one: " · ".join(worded(getattr(one, field)) for _name, field in _inner(cls) if getattr(one, field))


@cache
def _model(cls: Takes) -> dict[str, Any]:
    return {name: model_of(keys_of(cls)[name].takes) for name, _field in _inner(cls)}


@cache
def _inner(cls: Takes) -> tuple[tuple[str, str], ...]:
    """Return the keys of a record that stand in records of others, with their fields."""
    return tuple((one.name, one.field) for one in keys_of(cls).values() if one.key.inner)


def restored(cls: Takes, data: Mapping[str, Plain]) -> dict[str, Any]:
    """Return the fields of a record, by their names, from plain data that were found valid before."""
    found = {}
    for name, value in data.items():
        field, restore = _restoring(cls, name)
        found[field] = restore(value)
    return found


@cache
def _restoring(cls: Takes, name: str) -> tuple[str, Callable[[Plain], Any]]:
    """Return the field of a key and what restores it; keys that don't occur are never looked into."""
    field = f"{name}_" if any(f"{name}_" in vars(one).get("__annotations__", ()) for one in cls.__mro__) else name
    takes, key = _annotated(cls, field)
    if item := item_of(takes):
        one = kind_of(item).restore
        return field, lambda items: tuple(map(one, [items] if key and key.short and isinstance(items, str) else items))
    return field, kind_of(takes).restore


def plain(one: object) -> dict[str, Plain]:
    """Return a record as files hold it: what is set, and what must be there; texts, numbers and truths as they are."""
    return {
        key.name: _written(key, value)
        for key in keys_of(class_of(one)).values()
        if (value := getattr(one, key.field)) is not None and (key.required or key.key.needed or value != key.default)
    }


def as_written(one: object, key: Written) -> AsWritten | None:
    """Return what a file holds for a key of a record; None where it holds nothing."""
    value = getattr(one, key.field)
    missing = value is None or (value == key.default and not key.required)
    return None if missing else AsWritten.of(_written(key, value))


def value_as_written(cls: Takes, name: str, value: AsWritten | None) -> Any:
    """Return the value of a record's key that stands in a file in some way; without one, what the key has then."""
    return keys_of(cls)[name].default if value is None else restored(cls, {name: value.data})[keys_of(cls)[name].field]


def _written(key: Written, value: object) -> Plain:
    takes = item_of(key.takes) or key.takes
    write = kind_of(takes).write
    short = _shortest(write) if key.key.short and is_record(takes) else write
    if not isinstance(value, tuple):
        return short(value)
    written = list(map(short, value))
    return written[0] if key.key.short and len(written) == 1 and isinstance(written[0], str) else written


def _shortest(write: Callable[[Any], Plain]) -> Callable[[Any], Plain]:
    """Write what may stand as one word so, where that is all that is known of it."""
    return lambda one: one.brief or write(one)


def recorded(value: object) -> Any:
    """Return a value as programs get it: English codes, ISO days, every key of a mapping."""
    return value if value.__class__ in _AS_THEY_ARE else _RECORDERS[value.__class__](value)


class _Recorders(dict[Takes, Callable[[Any], Any]]):
    """What makes records of the values of a class."""

    def __missing__(self, kind: Takes) -> Callable[[Any], Any]:
        self[kind] = kind_of(kind).record
        return self[kind]


_RECORDERS: Final = _Recorders({tuple: lambda values: [recorded(one) for one in values] if values else []})


def model_of(takes: Takes) -> Any:
    """Return what a record holds where nothing is known: every key, with None or an empty list."""
    if is_record(takes):
        return _model(takes)
    return [] if item_of(takes) else kind_of(takes).model


def worded(value: object) -> str:
    """Return a value as people read it, in the reader's language."""
    if isinstance(value, tuple):
        return ", ".join(map(worded, value))
    return kind_of(class_of(value)).words(value)


def class_of(one: object) -> Takes:
    """Return the class of a value, without what mypy knows of classes that Python's cache takes too."""
    return type(one)


@cache
def keys_of(cls: Takes) -> dict[str, Written]:
    """Return the keys of the mapping that becomes a record, in the order of its fields, which is that of files."""
    return {
        one.name: one
        for field in fields(cls)
        for takes, key in [_annotated(cls, field.name)]
        if key
        for one in [_of_field(field.name, takes, key, field.default)]
    }


def _of_field(name: str, takes: Takes, key: Key, default: object) -> Written:
    return Written(name.rstrip("_"), name, takes, default is MISSING or key.needed, default, key)


@cache
def _annotated(cls: Takes, field: str) -> tuple[Takes, Key | None]:
    """Return the type of a field and its key; one without is not written in files. Others are not evaluated."""
    owner = next(one for one in cls.__mro__ if field in vars(one).get("__annotations__", {}))
    hint: Takes = owner.__annotations__[field]
    if isinstance(hint, str):
        hint = eval(hint, vars(sys.modules[owner.__module__]))  # noqa: S307 - an annotation of this package
    origin: Takes = get_origin(hint)
    if origin is not Annotated:
        return _without_none(hint), None
    takes, key, *_more = get_args(hint)
    return _without_none(takes), key if isinstance(key, Key) else None


def _without_none(hint: Takes) -> Takes:
    kinds = [kind for kind in get_args(hint) if kind is not type(None)]
    return kinds[0] if len(kinds) < len(get_args(hint)) else hint


def is_record(takes: Takes) -> bool:
    """Whether a type is written as a mapping; a text, and a document here and there, may be written otherwise too."""
    return is_dataclass(takes) and takes is not Deadline


def item_of(takes: Takes) -> Takes:
    """Return what the items of a list type are, or None if it is no list."""
    origin: Takes = get_origin(takes)
    return get_args(takes)[0] if origin is tuple else None


def written_at(file: Takes, path: tuple[str | int, ...]) -> tuple[Takes, Key | None]:
    """Return the type that a file takes at a path, with its key; None if nothing may stand there."""
    takes: Takes = file
    key: Key | None = None
    for step in path:
        if isinstance(step, int):
            takes = item_of(takes)
        else:
            found = keys_of(takes).get(step) if is_record(takes) else None
            takes, key = (found.takes, found.key) if found else (None, None)
    return takes, key


@dataclass(frozen=True, slots=True)
class Text(Record):
    """A text in one or both languages; a plain one is the same in both."""

    vi: Annotated[str | None, Key("Vietnamese", "The text in Vietnamese.", slips="vn, vie, vietnamese")] = None
    en: Annotated[str | None, Key("English", "The text in English.", slips="eng, english")] = None

    @classmethod
    def plain(cls, text: str) -> Text:
        """Return a text that serves for every language."""
        return cls(text, text)

    def in_(self, lang: str) -> str:
        """Return the text in a language, or in the other one where it lacks."""
        return (self.vi or self.en or "") if lang == "vi" else (self.en or self.vi or "")

    def each(self) -> tuple[str, ...]:
        """Return the text in each of its languages, once where it is the same."""
        if self.vi is self.en:
            return (self.vi,) if self.vi else ()
        return tuple(dict.fromkeys(one for one in (self.vi, self.en) if one))


def searched(one: object) -> Iterator[tuple[Written, str]]:
    """Yield the texts of a record in which words are looked for, each with its key."""
    for key in _searched_keys(class_of(one)):
        if value := getattr(one, key.field):
            for text in _texts(value):
                yield key, text


@cache
def _searched_keys(cls: Takes) -> tuple[Written, ...]:
    return tuple(key for key in keys_of(cls).values() if key.key.searched)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Text):
        yield from value.each()
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    else:
        yield from (text for _name, text in searched(value))
