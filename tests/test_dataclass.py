"""Dataclasses that are made when they are used do what those of the standard library do."""

import copy
import dataclasses
import inspect
import pickle
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError, field, fields, replace
from importlib import import_module
from typing import Any, ClassVar

import pytest

import vpcp_cli
from vpcp_cli.dataclass import _init, dataclass


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day of a month."""

    month: int
    day: int = 1

    def __str__(self) -> str:
        return f"{self.day}/{self.month}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is planned, with a note that does not make another plan of it."""

    day: Day
    items: list[str] = field(default_factory=list, hash=False)
    note: str = field(default="", compare=False)
    length: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.items))


@dataclass(frozen=True)
class Feast(Day):
    """A day with a name."""

    name: str = ""


@dataclass(slots=True)
class Draft:
    """What may change."""

    text: str = ""


def test_defaults_and_positions() -> None:
    assert (Day(3).day, Day(3, 4), Day(day=4, month=3)) == (1, Day(3, 4), Day(3, 4))
    assert Plan(day=Day(1), items=["a", "b"]).length == 2
    assert Plan(day=Day(1)).items is not Plan(day=Day(1)).items
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'month'"):
        Day()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Plan(Day(1))  # type: ignore[call-arg]


def test_equality_hash_and_order_by_the_fields() -> None:
    assert Day(3, 4) == Day(3, 4) != Day(3, 5)
    assert Day(3, 4) != Feast(3, 4)
    assert len({Day(3), Day(3), Day(4)}) == 2
    assert Plan(day=Day(1), note="a") == Plan(day=Day(1), note="b")
    assert hash(Plan(day=Day(1), items=["a"], note="a")) == hash(Plan(day=Day(1), items=["b"], note="b"))
    assert sorted([Day(4), Day(3, 2), Day(3)]) == [Day(3), Day(3, 2), Day(4)]


def test_what_it_shows() -> None:
    assert repr(Day(3, 4)) == "Day(month=3, day=4)"
    assert str(Day(3, 4)) == "4/3"


@pytest.mark.parametrize("act", [lambda day: setattr(day, "day", 2), lambda day: delattr(day, "day")])
def test_frozen(act: Callable[[Day], None]) -> None:
    day = Day(3, 4)
    with pytest.raises(FrozenInstanceError):
        act(day)
    assert day == Day(3, 4)


def test_slots() -> None:
    assert not hasattr(Day(3), "__dict__")
    assert Day.__slots__ == ("month", "day")


def test_what_may_change_has_no_hash() -> None:
    draft = Draft()
    draft.text = "a"
    assert draft == Draft("a")
    with pytest.raises(TypeError, match="unhashable"):
        hash(draft)


def test_inheritance() -> None:
    assert Feast(9, 2, "Quốc khánh") == Feast(9, 2, name="Quốc khánh")
    assert [one.name for one in fields(Feast)] == ["month", "day", "name"]
    assert repr(Feast(9)) == "Feast(month=9, day=1, name='')"


def test_a_class_that_calls_what_it_replaces() -> None:
    @dataclass(frozen=True, slots=True)
    class Fresh:
        """A day of which nothing has been called yet."""

        month: int
        day: int = 1

    class Own(Fresh):
        def __init__(self, *given: int) -> None:
            super().__init__(*given)

        def __eq__(self, other: object) -> bool:
            return super().__eq__(other) is True

        def __hash__(self) -> int:
            return super().__hash__()

    assert Own(3, 4) == Own(3, 4) != Own(3, 5)
    assert len({Own(3), Own(3)}) == 1


def test_a_copy_with_another_value() -> None:
    assert replace(Day(3, 4), day=5) == Day(3, 5)


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])  # noqa: S301 - our own bytes
def test_copies(copied: Callable[[Any], Any]) -> None:
    day = Day(3, 4)
    assert copied(day) == day


def _all_dataclasses() -> Iterator[type]:
    for module in pkgutil.walk_packages(vpcp_cli.__path__, "vpcp_cli."):
        if not module.name.endswith("__main__"):
            yield from (one for one in vars(import_module(module.name)).values() if _is_defined_in(one, module.name))


def _is_defined_in(one: object, module: str) -> bool:
    return isinstance(one, type) and dataclasses.is_dataclass(one) and one.__module__ == module


@pytest.mark.parametrize("cls", list(_all_dataclasses()), ids=lambda cls: f"{cls.__module__}.{cls.__name__}")
def test_each_class_takes_what_one_of_the_standard_library_takes(cls: Any) -> None:
    given = [(one.name, one.type, copy.copy(one)) for one in fields(cls)]
    twin = dataclasses.make_dataclass(cls.__name__, given, kw_only=any(one.kw_only for one in fields(cls)))
    made, known = inspect.signature(_init(cls)), inspect.signature(vars(twin)["__init__"])
    assert [(one.name, one.kind) for one in made.parameters.values()] == [
        (one.name, one.kind) for one in known.parameters.values()
    ]
    plain = {one.name for one in fields(cls) if one.default_factory is dataclasses.MISSING}
    assert [made.parameters[name].default for name in plain & made.parameters.keys()] == [
        known.parameters[name].default for name in plain & made.parameters.keys()
    ]


def test_what_can_have_no_slot_is_refused() -> None:
    with pytest.raises(TypeError, match="Odd: no field, so it can have no slot: kind"):

        @dataclass(frozen=True, slots=True)
        class Odd:
            """A class with a constant among its fields."""

            kind: ClassVar[str] = "odd"
            name: str = ""


def test_no_fields_at_all() -> None:
    @dataclass(frozen=True, slots=True)
    class Nothing:
        """Nothing."""

    assert Nothing() == Nothing()
    assert len({Nothing(), Nothing()}) == 1
    assert repr(Nothing()).endswith("Nothing()")


def test_what_says_itself_what_is_equal_keeps_its_hash() -> None:
    @dataclass(frozen=True, slots=True)
    class Word:  # noqa: PLW1641 - that is the question
        """A word, whatever its case."""

        text: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Word) and other.text.lower() == self.text.lower()

    assert Word("a") == Word("A")
    assert hash(Word("a")) == hash(Word("a"))


def test_a_copy_keeps_what_is_no_field() -> None:
    @dataclass(frozen=True)
    class Roomy:
        """A class without slots."""

        name: str

    roomy = Roomy("a")
    vars(roomy)["note"] = "kept"
    assert vars(copy.copy(roomy)) == {"name": "a", "note": "kept"}
