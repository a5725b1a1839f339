"""The ways in which people name things: codes by their labels, units by any name, ids in any case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import AmbiguousIdError, BadWordError, OtherKindError, UnknownIdError
from vpcp_cli.facts import facts_of
from vpcp_cli.programme import Aim, Directive, Programme, Result, Task, Unit, Workspace
from vpcp_cli.vietnamese import fold, nearest
from vpcp_cli.vocabulary import FORMER, Word, labels

W = TypeVar("W", bound=Word)


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
    known = {name: word.value for word in kind for name in names[word]}
    meant = dict.fromkeys(known[name] for name in nearest(wanted, known))
    raise BadWordError(typed, option, [word.value for word in kind], list(meant))


def _spaced(name: str) -> str:
    """Return a name as a search key in which `-` and `_` are spaces."""
    return fold(name.replace("-", " ").replace("_", " "))


def unit_names(unit: Unit) -> list[str]:
    """Return every name that a unit is known by, its code first."""
    short = unit.short.each() if unit.short else ()
    names = [unit.code, *short, *unit.aliases, *unit.name.each()]
    return list(dict.fromkeys(names))


def searchable_names(workspace: Workspace) -> dict[str, str]:
    """Return for each unit's code all its names as one text."""
    return {unit.code: " · ".join(unit_names(unit)) for unit in workspace.units}


def units_named(workspace: Workspace, typed: str, option: str = "--unit") -> frozenset[str]:
    """Return the codes of the units with a code, short name, alias or name, folded; raise `BadWordError`.

    A name that several units have had means all of them; a code means one.
    """
    wanted = _spaced(typed)
    codes = {unit.code for unit in workspace.units} | _codes_in_use(workspace)
    found = [code for code in codes if _spaced(code) == wanted]
    if found:
        return frozenset(found)
    names = {unit.code: [_spaced(name) for name in unit_names(unit)] for unit in workspace.units}
    found = [code for code in names if wanted in names[code]]
    if found:
        return frozenset(found)
    known = {name: code for code in sorted(codes) for name in names.get(code, [_spaced(code)])}
    meant = dict.fromkeys(known[name] for name in nearest(wanted, known))
    raise BadWordError(typed, option, sorted(codes), list(meant))


def _codes_in_use(workspace: Workspace) -> frozenset[str]:
    """Return the codes that tasks use, also those that the register lacks."""
    return frozenset[str]().union(*(facts_of(programme).leads() for programme in workspace.programmes))


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
    def tasks(self) -> frozenset[str]:
        """The ids of the task that this is, or of all that it holds."""
        if self.aim or self.result:
            return frozenset()
        if self.task:
            return frozenset({self.task.id})
        directives = (self.directive,) if self.directive else self.programme.directives
        return frozenset(task.id for directive in directives for task in directive.tasks)


_WITH_TASKS: Final = ("task", "directive", "programme")
_ALL_KINDS: Final = (*_WITH_TASKS, "context", "result")


class Ids:
    """The ids of a workspace, found as people type them: in any case, and without the year where that is clear."""

    def __init__(self, workspace: Workspace, years: frozenset[int] = frozenset()) -> None:
        """Take the programmes; those of the asked-for years alone count when the year is left out."""
        self._years = years
        self._programmes = workspace.programmes

    def find(self, typed: str, kinds: Sequence[str] = _ALL_KINDS) -> Named:
        """Return what an id names; raise `UnknownIdError`, `OtherKindError` or `AmbiguousIdError`."""
        wanted = typed.strip().upper()
        exact = _named(((one, wanted) for one in self._programmes), kinds)
        if exact:
            return exact[0]
        asked = [one for one in self._programmes if not self._years or one.year in self._years]
        short = _named(((one, f"{one.year}-{wanted}") for one in asked), kinds)
        if len(short) == 1:
            return short[0]
        if short:
            raise AmbiguousIdError(typed, [_id(named) for named in short])
        others = [
            named.kind for one in asked for named in _named(((one, wanted), (one, f"{one.year}-{wanted}")), _ALL_KINDS)
        ]
        if others:
            raise OtherKindError(typed, others[0], kinds)
        raise UnknownIdError(typed, nearest(wanted, list(_known(self._programmes, kinds))))

    def task(self, typed: str) -> Named:
        """Return the task that an id names; raise `UnknownIdError`, `OtherKindError` or `AmbiguousIdError`."""
        return self.find(typed, ("task",))

    def tasks_in(self, typed: str) -> frozenset[str]:
        """Return the ids of the task that an id names, or of all tasks of its directive or programme."""
        return self.find(typed, _WITH_TASKS).tasks


def _named(places: Iterable[tuple[Programme, str]], kinds: Sequence[str]) -> list[Named]:
    """Return what ids in capitals name, each looked for in its programme."""
    found = (_named_in(programme, wanted) for programme, wanted in places)
    return [named for named in found if named and named.kind in kinds]


def _named_in(programme: Programme, wanted: str) -> Named | None:
    if programme.id.upper() == wanted:
        return Named(programme)
    if not wanted.startswith(f"{programme.year}-"):
        return None
    known = facts_of(programme)
    directives = known.directives()
    directive = wanted.rpartition(".")[0] or wanted
    if directive not in directives:
        return _named_beside(programme, wanted)
    number = directives.index(directive)
    if directive == wanted:
        return Named(programme, known.directive(number))
    place = known.place(wanted)
    return None if place is None else Named(programme, known.directive(number), known.task(place))


def _named_beside(programme: Programme, wanted: str) -> Named | None:
    """Return the aim or the result that an id names: what is no task."""
    aim = next((one for one in programme.context if one.id.upper() == wanted), None)
    result = next((one for one in programme.previous_results if one.id.upper() == wanted), None)
    return Named(programme, aim=aim, result=result) if aim or result else None


def _known(programmes: Iterable[Programme], kinds: Sequence[str]) -> Iterator[str]:
    for programme in programmes:
        known = facts_of(programme)
        yield from (programme.id,) if "programme" in kinds else ()
        yield from known.directives() if "directive" in kinds else ()
        yield from known.column("id").values if "task" in kinds else ()
        yield from (one.id for one in programme.context if "context" in kinds)
        yield from (one.id for one in programme.previous_results if "result" in kinds)


def _id(named: Named) -> str:
    return (named.aim or named.result or named.task or named.directive or named.programme).id
