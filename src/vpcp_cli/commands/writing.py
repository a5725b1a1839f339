"""How commands write to the logs of tasks: one entry each, weighed first, all of them or none."""

from __future__ import annotations

import inspect
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias
from unicodedata import category

import typer

from vpcp_cli.commands.options import options_of
from vpcp_cli.errors import BadTextError
from vpcp_cli.language import N_
from vpcp_cli.vietnamese import tidy

if TYPE_CHECKING:  # help and usage errors need none of it
    from vpcp_cli.commands.options import Session
    from vpcp_cli.standing import Standing

Facts: TypeAlias = "Callable[[Standing, Session], Mapping[str, object]]"
"""What an entry says of a task, as the task stands on the entry's day."""

_BREAKS: Final = "\t\n\r"
_OF_ENTRIES: Final[Mapping[str, Any]] = {
    "on": Annotated[str | None, typer.Option("--on", metavar="DATE", help=N_("The day on which it happened (today)."))],
    "by": Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", help=N_("Who says so (VPCP_BY; git's user.name; the login).")),
    ],
    "note": Annotated[str | None, typer.Option("--note", metavar="TEXT", help=N_("A remark, or the reason."))],
    "document": Annotated[
        str | None, typer.Option("--document", metavar="NUMBER", help=N_("The document that says so."))
    ],
    "dry_run": Annotated[bool, typer.Option("--dry-run", help=N_("Print the exact change; write nothing."))],
    "yes": Annotated[bool, typer.Option("--yes", "-y", help=N_("Write to all selected tasks without asking."))],
}
_DEFAULTS: Final = {"dry_run": False, "yes": False}
_IDS: Final = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID]...", help=N_("Tasks; or select them with options."), show_default=False),
]


@dataclass(frozen=True, slots=True)
class Write:
    """What a writing command was told besides its own parameters; `command` is the command line's name and ids."""

    given: Mapping[str, Any]
    command: str

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

        write_entries(self, facts, reopens=reopens)


def writes(*examples: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command whose first parameter is a `Write` the ids and options that all such commands share.

    An own parameter of the command takes the place of a shared one of the same name.
    """

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        names = {parameter.name for parameter in own}

        def run(**given: Any) -> None:  # noqa: ANN401 - what typer has read
            context = given.pop("context")
            values = {name: given.pop(name) for name in names}
            words = ["vpcp", context.info_name, *(given["ids"] or ())]
            function(Write({"as_of": None, **given}, tidy(shlex.join(words))), **values)

        keyword = inspect.Parameter.KEYWORD_ONLY
        ids, *entries = [
            inspect.Parameter(name, keyword, annotation=annotation, default=_DEFAULTS.get(name))
            for name, annotation in {"ids": _IDS, **_OF_ENTRIES}.items()
        ]
        selecting = [option for kind in ("Session", "Query") for option in options_of(kind)]
        context = inspect.Parameter("context", keyword, annotation=typer.Context)
        parameters = [context, ids, *(one.replace(kind=keyword) for one in own)]
        parameters += [one for one in (*entries, *selecting) if one.name not in {*names, "as_of", "view"}]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__name__, run.__module__ = function.__name__, function.__module__
        run.__doc__ = with_examples(function.__doc__, examples)
        return run

    return decorate


def with_examples(doc: str | None, examples: Sequence[str]) -> str:
    """Return a docstring with examples as its last paragraph, which the help shows as they are."""
    return "\n\n".join(
        filter(None, [inspect.cleandoc(doc or ""), "\n".join(["\b", *(f"$ {one}" for one in examples)])])
    )


def text_typed(text: str | None, option: str) -> str | None:
    """Return a text as it is to be written, composed and on one line; raise `BadTextError`."""
    if text is None:
        return None
    tidied = tidy(text)
    if not tidied or any(category(char) in ("Cc", "Cs") for char in text if char not in _BREAKS):
        raise BadTextError(text, option)
    return tidied
