"""Dataclasses that are quick to define: what those of the standard library have from the start is made when it is used.

`dataclasses.dataclass` compiles up to eight functions for every class, half a millisecond in all. A command imports
fifty classes and calls few of their methods; the rest would cost more than all else of this package at its start. The
fields mean here what they mean in the standard library, which reads them where more than `__init__` is asked for. What
no class here needs is left out: a class is not matched by position, and one with slots has no `ClassVar` or `InitVar`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter, eq, ge, gt, le, lt
from typing import TYPE_CHECKING, Any, Final, TypeAlias

__all__ = ["dataclass"]

Method: TypeAlias = Callable[..., Any]


def _dataclass(
    *, frozen: bool = False, slots: bool = False, kw_only: bool = False, eq: bool = True, order: bool = False
) -> Callable[[type], Any]:
    """Return what makes a dataclass, with options of the standard library."""
    methods = _methods(frozen=frozen, slots=slots, eq=eq, order=order)

    def decorate(given: type) -> type:
        if slots:
            return _slotted(given, methods, kw_only=kw_only)
        own = _own(given)
        made = _read(given, kw_only=kw_only)
        for name in methods.keys() - own.keys():
            setattr(made, name, methods[name])
        return made

    return decorate


def _read(given: type, *, kw_only: bool) -> type:
    """Let the standard library read the fields of a class, and nothing else."""
    return dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(given)


def _slotted(given: type, methods: dict[str, object], *, kw_only: bool) -> type:
    """Return the class with a slot for each of its own fields, and its own methods before others; raise `TypeError`."""
    names = given.__annotations__
    if odd := [name for name in names if "ClassVar" in str(names[name]) or "InitVar" in str(names[name])]:
        raise TypeError(f"{given.__name__}: no field, so it can have no slot: {', '.join(odd)}")
    body = {name: value for name, value in _own(given).items() if name not in ("__dict__", "__weakref__", *names)}
    slots = {"__slots__": tuple(names), "__unread__": (given, kw_only)}
    made = type(given)(given.__name__, given.__bases__, {**methods, **_READ, **body, **slots})
    made.__qualname__ = given.__qualname__
    return made


def _own(given: type) -> dict[str, object]:
    """Return what a class defines itself, without the missing hash that Python gives one that says what is equal."""
    return {name: value for name, value in vars(given).items() if name != "__hash__" or value is not None}


class _Late:
    """An attribute of many classes that each of them gets when it is asked for there."""

    def __init__(self, name: str, make: Callable[[Any], Any]) -> None:
        self._name, self._make = name, make

    def __get__(self, instance: object, owner: type) -> Any:
        cls = next(cls for cls in owner.__mro__ if vars(cls).get(self._name) is self)
        made = self._make(cls)
        setattr(cls, self._name, made)
        return made.__get__(instance, owner) if callable(made) else made


def _of_fields(name: str) -> _Late:
    """Return what the standard library says of a class."""

    def make(cls: Any) -> object:
        given, kw_only = cls.__unread__
        return vars(given).get(name) or vars(_read(given, kw_only=kw_only))[name]

    return _Late(name, make)


_READ: Final = {name: _of_fields(name) for name in ("__dataclass_fields__", "__dataclass_params__")}


_Given: TypeAlias = tuple[Any, Any, bool, bool]
"""What a field says where a record is made: its default, what makes one, whether it is given, and by its name alone."""


def _given(cls: Any) -> dict[str, _Given]:
    """Return the fields of a class and of those that it inherits from.

    The standard library, which looks at much more, is asked where it has read the fields already.
    """
    found: dict[str, _Given] = {}
    for base in reversed(cls.__mro__):
        given, named = vars(base).get("__unread__", (base, False))
        if "__dataclass_fields__" in vars(given):
            found |= {one.name: _of_field(one, named=bool(one.kw_only)) for one in dataclasses.fields(given)}
        elif given is not base:
            missing = dataclasses.MISSING
            found |= {name: _of_field(vars(given).get(name, missing), named=named) for name in given.__annotations__}
    return found


def _of_field(said: object, *, named: bool) -> _Given:
    if not isinstance(said, dataclasses.Field):
        return said, dataclasses.MISSING, True, named
    return said.default, said.default_factory, said.init, said.kw_only is True or named


def _init(cls: Any) -> Method:
    """Return what fills the fields, compiled, for it is called for each of thousands of records."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_missing": dataclasses.MISSING}
    positional, named, lines = ["self"], list[str](), list[str]()
    for name, (said, factory, is_given, by_name) in _given(cls).items():
        made = factory is not dataclasses.MISSING
        default = factory if made else said
        if not is_given and default is dataclasses.MISSING:
            continue
        if default is not dataclasses.MISSING:
            known[f"_{name}"] = default
        if is_given:
            given = "" if default is dataclasses.MISSING else "=_missing" if made else f"=_{name}"
            (named if by_name else positional).append(name + given)
        value = name if is_given else f"_{name}"
        if made:
            value = f"_{name}() if {value} is _missing else {value}" if is_given else f"_{name}()"
        lines.append(f"    _set(self, {name!r}, {value})\n")
    if hasattr(cls, "__post_init__"):
        lines.append("    self.__post_init__()\n")
    parameters = ", ".join([*positional, *(["*", *named] if named else [])])
    exec(f"def __init__({parameters}):\n{''.join(lines) or '    pass'}", known)  # noqa: S102 - of nothing but the names of fields
    init: Method = known["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _values(cls: Any, *, hashed: bool = False) -> Callable[[object], Any]:
    """Return what takes from a record the values of the fields that tell it from others."""
    fields = dataclasses.fields(cls)
    names = [one.name for one in fields if (one.compare if not hashed or one.hash is None else one.hash)]
    return attrgetter(*names) if names else lambda _record: ()


def _repr(cls: Any) -> Method:
    names = [one.name for one in dataclasses.fields(cls) if one.repr]

    def method(self: object) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return method


def _hash(cls: type) -> Method:
    values = _values(cls, hashed=True)

    def method(self: object) -> int:
        return hash(values(self))

    return method


def _compared(compare: Callable[[Any, Any], Any]) -> Callable[[type], Method]:
    def make(cls: type) -> Method:
        values = _values(cls)

        def method(self: object, other: object) -> Any:
            return compare(values(self), values(other)) if type(other) is type(self) else NotImplemented

        return method

    return make


_ORDER: Final = {"__lt__": lt, "__le__": le, "__gt__": gt, "__ge__": ge}
_METHODS: Final = {
    "__init__": _Late("__init__", _init),
    "__repr__": _Late("__repr__", _repr),
    "__hash__": _Late("__hash__", _hash),
    **{name: _Late(name, _compared(compare)) for name, compare in {"__eq__": eq, **_ORDER}.items()},
}


def _refuse_assignment(_self: object, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deletion(_self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    """Return what a copy is made from."""
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _take_state(self: Any, state: list[Any]) -> None:
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)


_FROZEN: Final[Mapping[str, Method]] = {
    "__setattr__": _refuse_assignment,
    "__delattr__": _refuse_deletion,
}
_FROZEN_SLOTS: Final[Mapping[str, Method]] = {**_FROZEN, "__getstate__": _state, "__setstate__": _take_state}


@cache
def _methods(*, frozen: bool, slots: bool, eq: bool, order: bool) -> dict[str, object]:
    """Return the methods of a class."""
    names = ["__init__", "__repr__", *(["__eq__"] if eq else []), *(_ORDER if order else [])]
    found: dict[str, object] = {name: _METHODS[name] for name in names}
    if eq:
        found["__hash__"] = _METHODS["__hash__"] if frozen else None  # what can change has no hash
    return {**found, **(_FROZEN_SLOTS if slots else _FROZEN)} if frozen else found


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass
