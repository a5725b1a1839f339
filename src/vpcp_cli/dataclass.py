"""Dataclasses that are quick to define: what those of the standard library have from the start is made when it is used.

`dataclasses.dataclass` compiles up to eight functions for every class, half a millisecond in all. A command imports
fifty classes and calls few of their methods; the rest would cost more than all else of this package at its start. The
fields are read by the standard library, so they mean here what they mean there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from operator import attrgetter, eq, ge, gt, le, lt
from typing import TYPE_CHECKING, Any, Final, TypeAlias

__all__ = ["dataclass"]

Method: TypeAlias = Callable[..., Any]


def _dataclass(
    *, frozen: bool = False, slots: bool = False, kw_only: bool = False, eq: bool = True, order: bool = False
) -> Callable[[type], Any]:
    """Return what makes a dataclass, with options of the standard library; it is not matched by position."""

    def decorate(given: type) -> Any:  # noqa: ANN401 - a class with attributes of a dataclass
        @cache
        def read() -> type:
            return dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(given)

        made: Any = _slotted(given) if slots else given
        methods = dict(_methods(made, frozen=frozen, eq=eq, order=order))
        for name in methods.keys() - vars(given).keys():
            setattr(made, name, methods[name])
        for name in ("__dataclass_fields__", "__dataclass_params__"):
            setattr(made, name, _WhenRead(name, read))
        return made

    return decorate


class _WhenRead:
    """What the standard library says of a class, once it is asked for."""

    def __init__(self, name: str, read: Callable[[], type]) -> None:
        self._name, self._read = name, read

    def __get__(self, instance: object, owner: type) -> object:
        return vars(self._read())[self._name]


def _slotted(given: type) -> type:
    """Return the class with a slot for each of its own fields."""
    names = given.__annotations__
    body = {name: value for name, value in vars(given).items() if name not in ("__dict__", "__weakref__", *names)}
    made = type(given)(given.__name__, given.__bases__, {**body, "__slots__": tuple(names)})
    made.__qualname__ = given.__qualname__
    return made


def _methods(cls: type, *, frozen: bool, eq: bool, order: bool) -> Iterator[tuple[str, Method | None]]:
    equal = (("__eq__", "__hash__") if frozen else ("__eq__",)) if eq else ()
    for name in ("__init__", "__repr__", *equal, *(_ORDER if order else ())):
        yield name, _first_call(cls, name)
    if eq and not frozen:
        yield "__hash__", None  # what can change has no hash
    if frozen:
        yield from _FROZEN.items()


def _first_call(cls: type, name: str) -> Method:
    """Return the method that stands there until it is called."""

    def method(self: object, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - a method of any form
        made = _MAKERS[name](cls)
        setattr(cls, name, made)
        return made(self, *arguments, **named)

    return method


def _init(cls: Any) -> Method:  # noqa: ANN401 - a dataclass
    """Return what fills the fields, compiled, for it is called for each of thousands of records."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_missing": dataclasses.MISSING}
    positional, named, lines = ["self"], list[str](), list[str]()
    for one in dataclasses.fields(cls):
        made = one.default_factory is not dataclasses.MISSING
        default = one.default_factory if made else one.default
        if not one.init and default is dataclasses.MISSING:
            continue
        if default is not dataclasses.MISSING:
            known[f"_{one.name}"] = default
        if one.init:
            given = "" if default is dataclasses.MISSING else "=_missing" if made else f"=_{one.name}"
            (named if one.kw_only else positional).append(one.name + given)
        value = one.name if one.init else f"_{one.name}"
        if made:
            value = f"_{one.name}() if {value} is _missing else {value}" if one.init else f"_{one.name}()"
        lines.append(f"    _set(self, {one.name!r}, {value})\n")
    if hasattr(cls, "__post_init__"):
        lines.append("    self.__post_init__()\n")
    parameters = ", ".join([*positional, *(["*", *named] if named else [])])
    exec(f"def __init__({parameters}):\n{''.join(lines)}", known)  # noqa: S102 - of nothing but the names of fields
    init: Method = known["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _values(cls: Any, *, hashed: bool = False) -> Callable[[object], Any]:  # noqa: ANN401 - a dataclass
    """Return what takes from a record the values of the fields that tell it from others."""
    fields = dataclasses.fields(cls)
    return attrgetter(*(one.name for one in fields if (one.compare if not hashed or one.hash is None else one.hash)))


def _repr(cls: Any) -> Method:  # noqa: ANN401 - a dataclass
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

        def method(self: object, other: object) -> Any:  # noqa: ANN401 - a truth, or NotImplemented
            return compare(values(self), values(other)) if type(other) is type(self) else NotImplemented

        return method

    return make


_ORDER: Final = {"__lt__": lt, "__le__": le, "__gt__": gt, "__ge__": ge}
_MAKERS: Final[Mapping[str, Callable[[type], Method]]] = {
    "__init__": _init,
    "__repr__": _repr,
    "__hash__": _hash,
    **{name: _compared(compare) for name, compare in {"__eq__": eq, **_ORDER}.items()},
}


def _refuse_assignment(_self: object, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deletion(_self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:  # noqa: ANN401 - a dataclass
    """Return what a copy is made from."""
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _take_state(self: Any, state: list[Any]) -> None:  # noqa: ANN401 - a dataclass
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)


_FROZEN: Final[Mapping[str, Method]] = {
    "__setattr__": _refuse_assignment,
    "__delattr__": _refuse_deletion,
    "__getstate__": _state,
    "__setstate__": _take_state,
}

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass
