"""The ways in which people name things: codes by their labels, units by any name, ids in any case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import (
    AmbiguousIdError,
    BadWordError,
    NotKnownYetError,
    OtherKindError,
    UnitNameError,
    UnknownIdError,
)
from vpcp_cli.language import current
from vpcp_cli.library import Library
from vpcp_cli.vietnamese import fold, nearest
from vpcp_cli.vocabulary import FORMER, Word, labels

if TYPE_CHECKING:
    from vpcp_cli.programme import Aim, Directive, Programme, Result, Task, Unit

W = TypeVar("W", bound=Word)
_NEAR: Final = 5


def word_named(kind: type[W], typed: str, option: str) -> W:
    """Return the code that was typed, or whose label was: with or without marks, `-` for `_`.

    A part of a label between commas is enough where no other has it. Raise `BadWordError`.
    """
    wanted = _spaced(typed)
    code = next((word for word in kind if _spaced(word.value) == wanted), None)
    if code:
        return code  # the labels, which are to be folded, are not needed
    names = {word: [_spaced(name) for name in (word.value, *labels(word), *FORMER.get(word, ()))] for word in kind}
    exact = [word for word in kind if wanted in names[word]]
    parts = [word for word in kind if any(wanted == part.strip() for name in names[word] for part in name.split(","))]
    if exact or len(parts) == 1:
        return (exact or parts)[0]
    known = {name: word for word in kind for name in names[word]}
    meant = dict.fromkeys(known[name] for name in nearest(wanted, known))
    raise BadWordError(typed, option, list(map(_spoken, kind)), list(map(_spoken, meant)))


def _spoken(word: Word) -> str:
    """Return a code as a reader may type it: in Vietnamese its label, in quotes where a shell needs them."""
    label = word.label.lower() if current() == "vi" else word.value
    return f'"{label}"' if " " in label else label


def _spaced(name: str) -> str:
    """Return a name as a search key in which `-` and `_` are spaces."""
    return fold(name.replace("-", " ").replace("_", " "))


def unit_names(unit: Unit) -> list[str]:
    """Return every name that a unit is known by, its code first."""
    short = unit.short.each() if unit.short else ()
    names = [unit.code, *short, *unit.aliases, *unit.name.each()]
    return list(dict.fromkeys(names))


def searchable_names(units: Iterable[Unit]) -> dict[str, str]:
    """Return for each unit's code all its names as one text."""
    return {unit.code: " · ".join(unit_names(unit)) for unit in units}


def units_named(library: Library, typed: str, option: str = "--unit") -> frozenset[str]:
    """Return the codes of the units with a code, short name, alias or name, folded; raise `UnitNameError`.

    A name that several units have had means all of them; a code means one, and so does a part of one name alone or its
    initials: «KHTC», «P.KHTC», «kế hoạch».
    """
    if library.leads(typed):
        return frozenset({typed})  # the register, which is to be made, is not needed
    wanted = _spaced(typed)
    units = library.units
    codes = {unit.code for unit in units}
    found = [code for code in codes if _spaced(code) == wanted]
    if not found:
        codes |= library.units_in_use
        found = [code for code in codes if _spaced(code) == wanted]
    if found:
        return frozenset(found)
    names = {unit.code: [_spaced(name) for name in unit_names(unit)] for unit in units}
    found = [code for code in names if wanted in names[code]]
    if found:
        return frozenset(found)
    parts = [code for code in names if any(_is_part(wanted, name) for name in names[code])]
    if len(parts) == 1:
        return frozenset(parts)
    known = {name: code for code in sorted(codes) for name in names.get(code, [_spaced(code)])}
    meant = parts or list(dict.fromkeys(known[name] for name in nearest(wanted, known)))
    shown = {unit.code: f"{unit.name.in_(current())} ({unit.code})" for unit in units}
    near = [shown.get(code, code) for code in meant[:_NEAR]]
    raise UnitNameError(typed, option, near, several=len(parts))


def _is_part(typed: str, name: str) -> bool:
    """Whether what was typed are words of a name, one after the other, begun or by their initials: «p.khtc»."""
    wanted, words = re.findall(r"\w+", typed), re.findall(r"\w+", name)
    return sum(map(len, wanted)) > 1 and any(_follow(wanted, words[place:]) for place in range(len(words)))


def _follow(wanted: Sequence[str], words: Sequence[str]) -> bool:
    if not wanted:
        return True
    first, *rest = wanted
    initials = "".join(word[0] for word in words[: len(first)])
    return bool(words) and (
        (words[0].startswith(first) and _follow(rest, words[1:]))
        or (len(first) > 1 and initials == first and _follow(rest, words[len(first) :]))
    )


@dataclass(frozen=True, slots=True)
class Named:
    """What an id names: a programme, or one of its directives, tasks, aims or results."""

    programme: Programme
    directive: Directive | None = None
    task: Task | None = None
    aim: Aim | None = None
    result: Result | None = None

    @property
    def kind(self) -> str:
        """Which of the five it is."""
        if self.aim or self.result:
            return "context" if self.aim else "result"
        return "task" if self.task else "directive" if self.directive else "programme"

    @property
    def id(self) -> str:
        """The id."""
        return (self.aim or self.result or self.task or self.directive or self.programme).id


def _bare(id_: str) -> str:
    """An id as it is compared where somebody wrote its numbers with other zeros in front: CD1.01 is CD01.1."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", id_.upper())


_WITH_TASKS: Final = ("task", "directive", "programme")
_ALL_KINDS: Final = (*_WITH_TASKS, "context", "result")


class Since(NamedTuple):
    """The ids as they are now, and the day by whose end less had been written down, in the reader's form."""

    ids: Ids
    day: str


class Ids:
    """The ids of a workspace, found as people type them: in any case, and without the year where that is clear."""

    def __init__(self, library: Library, years: frozenset[int] = frozenset(), since: Since | None = None) -> None:
        """Take a library; programmes of the asked-for years alone count when the year is left out.

        `since` are the ids of today, where the library holds only what had been written down by some day.
        """
        self._library, self._years, self._since = library, years, since

    @property
    def _programmes(self) -> tuple[Programme, ...]:
        return self._library.heads.programmes

    def find(self, typed: str, kinds: Sequence[str] = _ALL_KINDS) -> Named:
        """Return what an id names; raise `UnknownIdError`, `OtherKindError` or `AmbiguousIdError`."""
        workspace, colon, bare = typed.strip().rpartition(":")
        wanted = f"{workspace.lower()}{colon}{bare.upper()}"
        exact = self._named([wanted], kinds)
        if exact:
            return exact[0]
        there = [one for one in self._programmes if not self._years or one.year in self._years]
        asked = dict.fromkeys(one.year for one in there)
        longer = list(dict.fromkeys(self._longer(there, workspace.lower(), bare.upper())))
        short = self._named(longer, kinds)
        if len(short) == 1:
            return short[0]
        if short:
            raise AmbiguousIdError(typed, [named.id for named in short])
        others = [one for one in self._named([wanted, *longer], _ALL_KINDS) if one.programme.year in asked]
        if others:
            raise OtherKindError(typed, others[0].kind, kinds)
        if self._since:
            with suppress(UnknownIdError, AmbiguousIdError):
                raise NotKnownYetError(self._since.ids.find(typed, kinds).id, self._since.day)
        known = list(self._known(kinds))
        meant = [id_ for id_ in known if _bare(id_) in {_bare(each) for each in (wanted, *longer)}]
        if len(meant) == 1:
            return self._named(meant, kinds)[0]
        short_forms = {
            id_.removeprefix(f"{year}-"): id_ for year in asked for id_ in known if id_.startswith(f"{year}-")
        }
        raise UnknownIdError(
            typed, meant or nearest(wanted, known) or [short_forms[id_] for id_ in nearest(wanted, short_forms)]
        )

    @staticmethod
    def _longer(programmes: Iterable[Programme], workspace: str, bare: str) -> Iterator[str]:
        """Yield what an id may be that was typed without its year, or without the workspace that it is of."""
        for one in programmes:
            name, colon, _id = one.id.rpartition(":")
            if workspace in ("", name):
                yield f"{name}{colon}{one.year}-{bare}"
                if colon and not workspace:
                    yield f"{name}{colon}{bare}"

    def task(self, typed: str) -> Named:
        """Return the task that an id names; raise `UnknownIdError`, `OtherKindError` or `AmbiguousIdError`."""
        return self.find(typed, ("task",))

    def tasks_in(self, typed: str) -> frozenset[str]:
        """Return the ids of the task that an id names, or of all tasks of its directive or programme."""
        return self.tasks_of(self.find(typed, _WITH_TASKS))

    def tasks_of(self, named: Named) -> frozenset[str]:
        """Return the ids of the task that something is, or of all that it holds."""
        if named.aim or named.result:
            return frozenset()
        return frozenset([named.task.id] if named.task else self._library.task_ids(named.id))

    def _named(self, ids: Iterable[str], kinds: Sequence[str]) -> list[Named]:
        """Return what ids in capitals name."""
        found = (named for id_ in ids for named in self._named_by(id_))
        return [named for named in found if named.kind in kinds]

    def _named_by(self, wanted: str) -> Iterator[Named]:
        if place := self._library.find(wanted):
            yield Named(*place)
        for one in self._programmes:
            if one.id.upper() == wanted.upper():
                yield Named(one)
            elif f"{one.year}-" in wanted:
                yield from (Named(one, aim=aim) for aim in one.context if aim.id == wanted)
                yield from (Named(one, result=result) for result in one.previous_results if result.id == wanted)

    def _known(self, kinds: Sequence[str]) -> Iterator[str]:
        for one in self._programmes:
            yield from (one.id,) if "programme" in kinds else ()
            yield from (directive.id for directive in self._library.directives(one.id) if "directive" in kinds)
            yield from self._library.task_ids(one.id) if "task" in kinds else ()
            yield from (aim.id for aim in one.context if "context" in kinds)
            yield from (result.id for result in one.previous_results if "result" in kinds)
