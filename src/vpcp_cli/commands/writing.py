"""How commands write to the logs of tasks: one entry each, weighed first, all of them or none."""

from __future__ import annotations

import inspect
import shlex
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias, TypeVar

import typer

from vpcp_cli.commands.options import options_of
from vpcp_cli.commands.typed_text import text_typed, worded
from vpcp_cli.dataclass import dataclass
from vpcp_cli.language import N_
from vpcp_cli.vietnamese import tidy

if TYPE_CHECKING:  # help and usage errors need none of it
    from vpcp_cli.commands.entries import Facts

Command: TypeAlias = "Callable[..., int | None]"
R = TypeVar("R")


DRY_RUN: Final = Annotated[bool, typer.Option("--dry-run", help=N_("Print the exact change; write nothing."))]
ON: Final = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help=N_("The day on which it happened (today)."))
]
DATA: Final = Annotated[
    Path | None, typer.Option("--data", metavar="DIR", help=N_("The folder with the programmes (VPCP_DATA)."))
]
OF_ENTRIES: Final[Mapping[str, Any]] = {
    "on": ON,
    "by": Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", help=N_("Who says so (VPCP_BY; git's user.name; the login).")),
    ],
    "for_": Annotated[
        list[str] | None,
        typer.Option(
            "--for",
            metavar="PART",
            help=N_("The part of the task that it is about: a period (2023-03) or a unit; for both give it twice."),
        ),
    ],
    "note": Annotated[str | None, typer.Option("--note", metavar="TEXT", help=N_("A remark, or the reason."))],
    "document": Annotated[
        str | None, typer.Option("--document", metavar="NUMBER", help=N_("The document that says so."))
    ],
    "dry_run": DRY_RUN,
    "yes": Annotated[bool, typer.Option("--yes", "-y", help=N_("Write to all selected tasks without asking."))],
}
_OF_CLOSING: Final[Mapping[str, Any]] = {
    "before_carry": Annotated[
        bool,
        typer.Option(
            "--before-carry",
            help=N_(
                "It happened before the task was carried over, and closed it: take that back as well, with the task as"
                " which it goes on."
            ),
        ),
    ]
}
"""The option of commands that may close a task."""
OF_ONE: Final[Mapping[str, Any]] = {
    **{name: OF_ENTRIES[name] for name in ("note", "document", "by", "dry_run")},
    "data": DATA,
    "year": Annotated[
        list[str] | None, typer.Option("--year", metavar="YEAR", help=N_("A year, or a span: 2012..2022."))
    ],
}
"""The options of a command that writes about one task, whichever day it is."""
_DEFAULTS: Final = dict.fromkeys(
    ("dry_run", "yes", "skip_refused", "priority", "carry_over", "standing", "before_carry"), False
)
_IDS: Final = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID]...", help=N_("Tasks; or select them with options."), show_default=False),
]


@dataclass(frozen=True, slots=True)
class Write:
    """What a writing command was told besides its own parameters; `command` is the command line's name and ids."""

    given: Mapping[str, Any]
    command: str

    def text(self, text: str, argument: str, missing: str) -> str:
        """Return what stands behind the ids; `missing` says that an id stands there. Raise `BadTextError`."""
        return worded(text, argument, missing, self.command)

    @property
    def note(self) -> str | None:
        """What was given with --note; raises `BadTextError`."""
        return text_typed(self.given.get("note"), "--note")

    def append(self, **facts: object) -> None:
        """Write an entry that says the same of every task; raises why not, and then nothing is written."""
        self.append_each(lambda _task, _session: facts)

    def append_each(self, facts: Facts, *, reopens: bool = False) -> None:
        """Write an entry to every task that was named or selected; raises the same."""
        from vpcp_cli.commands.entries import write_entries

        write_entries(self.given, self.command, self.note, facts, reopens=reopens)


def writes(
    *examples: str, without: Collection[str] = (), closes: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command whose first parameter is a `Write` the ids and options that all such commands share.

    An own parameter of the command takes the place of a shared one of the same name; `without` names shared ones that
    would mean nothing. One that `closes` tasks can take back that they were carried over.
    """

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        own = _own(function)
        names = {parameter.name for parameter in own}

        def run(**given: Any) -> None:  # noqa: ANN401 - what typer has read
            context = given.pop("context")
            values = {name: given.pop(name) for name in names}
            words = ["vpcp", context.info_name, *(given["ids"] or ())]
            function(Write({"as_of": None, **dict.fromkeys(without), **given}, tidy(shlex.join(words))), **values)

        of_entries = {**OF_ENTRIES, **(_OF_CLOSING if closes else {})}
        shared = [*_parameters(of_entries), *(option for kind in ("Session", "Query") for option in options_of(kind))]
        first = _parameters({"context": typer.Context, "ids": _IDS})
        others = [
            one
            for one in shared
            if one.name not in {*names, *without, "as_of", "known", "view", "document_", "words", "workspace"}
        ]
        return _spoken(run, function, [*first, *own, *others], examples)

    return decorate


def takes(
    options: Mapping[str, Any], *examples: str
) -> Callable[[Callable[..., int | None]], Callable[..., int | None]]:
    """Give a command options besides its own parameters; their values are its first parameter, by their names."""

    def decorate(function: Command) -> Command:
        own = _own(function)

        def run(**given: object) -> int | None:
            values = {one.name: given.pop(one.name) for one in own}
            return function(given, **values)

        return _spoken(run, function, [*own, *_parameters(options)], examples)

    return decorate


def _own(function: Callable[..., object]) -> list[inspect.Parameter]:
    """Return the parameters of a command but its first."""
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    return [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]


def _parameters(options: Mapping[str, Any]) -> list[inspect.Parameter]:
    return [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=_DEFAULTS.get(name))
        for name, annotation in options.items()
    ]


def _spoken(
    run: Callable[..., R],
    function: Callable[..., R],
    parameters: Sequence[inspect.Parameter],
    examples: Sequence[str],
) -> Callable[..., R]:
    """Return `run` as typer shall see it: the function's names and docstring, with examples that stay as they are."""
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__name__, run.__module__ = function.__name__, function.__module__
    run.__doc__ = "\n".join([inspect.cleandoc(function.__doc__ or ""), "", "\b", *(f"$ {one}" for one in examples)])
    return run
