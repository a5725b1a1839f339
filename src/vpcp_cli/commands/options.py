"""The options that commands share. `shared` puts them in the place of the parameters of a command that need them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias

import typer

from vpcp_cli.errors import BadWordError
from vpcp_cli.language import N_, _
from vpcp_cli.render.forms import Color, Format

if TYPE_CHECKING:  # help and usage errors need none of it
    from typer._click import Parameter

    from vpcp_cli.commands.session import Session
    from vpcp_cli.render.output import Output

_DATA, _SELECT, _PRINT = N_("Data"), N_("Selection"), N_("Output")
_NO_VIEW: Final = frozenset({"data", "workspace", "output", "view"})
"""A view may come with files that somebody else has made: it names no files, and no other view."""

EachOne = Annotated[
    Literal["lead"] | None,
    typer.Option("--each", help=N_("A file for each unit in charge, in the folder that -o names.")),
]
"""The type of a parameter `each` of what makes files for others."""


_Option: TypeAlias = tuple[object, Any]
"""The type of a parameter, and what typer is told of it as its default: an annotation would cost twice as much."""


_SESSION_OPTIONS: Final[Mapping[str, _Option]] = {
    "data": (
        Path | None,
        typer.Option(
            None, "--data", metavar="DIR", help=N_("The folder with the programmes (VPCP_DATA)."), rich_help_panel=_DATA
        ),
    ),
    "workspace": (
        list[Path] | None,
        typer.Option(
            None,
            "--workspace",
            metavar="DIR",
            help=N_("One of several workspaces that are read together, or a list of them (TOML); may be repeated."),
            rich_help_panel=_DATA,
        ),
    ),
    "year": (
        list[str] | None,
        typer.Option(None, "--year", metavar="YEAR", help=N_("A year, or a span: 2012..2022."), rich_help_panel=_DATA),
    ),
    "as_of": (
        str | None,
        typer.Option(
            None,
            "--as-of",
            metavar="DATE",
            help=N_(
                "The day of the report: later log entries do not exist; `commit`: of the last one (VPCP_AS_OF; today)."
            ),
            rich_help_panel=_DATA,
        ),
    ),
    "known": (
        str | None,
        typer.Option(
            None,
            "--known",
            metavar="DATE",
            help=N_("Only what was written down by the end of this day; without --as-of it is also the report's."),
            rich_help_panel=_DATA,
        ),
    ),
}


def _select(name: str, metavar: str, text: str) -> _Option:
    return list[str] | None, typer.Option(None, name, metavar=metavar, help=text, rich_help_panel=_SELECT)


def _one(name: str, metavar: str, text: str) -> _Option:
    return str | None, typer.Option(None, name, metavar=metavar, help=text, rich_help_panel=_SELECT)


def _flag(name: str, text: str) -> _Option:
    return bool, typer.Option(False, name, help=text, rich_help_panel=_SELECT)


_QUERY_OPTIONS: Final[Mapping[str, _Option]] = {
    "words": (
        list[str] | None,
        typer.Argument(
            None, metavar="[WORD]...", help=N_("Words to search for; marks may be left out."), show_default=False
        ),
    ),
    "unit": _select("--unit", "UNIT", N_("The unit in charge: its code, short name or name.")),
    "role": _one("--role", "ROLE", N_("In which part --unit is looked for: lead (default), support or any.")),
    "status": _select("--status", "STATUS", N_("As reported: done, in_progress, «đang thực hiện» …")),
    "timeliness": _select("--timeliness", "WORD", N_("Against the deadline: overdue, due_soon, done_late …")),
    "open_": _flag("--open", N_("Only tasks that are counted and not closed.")),
    "overdue": _flag("--overdue", N_("Only open tasks past their deadline.")),
    "due_before": _one("--due-before", "DATE", N_("Deadline before a day, or before a period begins.")),
    "due_after": _one("--due-after", "DATE", N_("Deadline after a day, or after a period ends.")),
    "directive": _select("--directive", "ID", N_("Tasks of this directive.")),
    "issuer": _select("--issuer", "NAME", N_("Who gave the directive; a part of the name is enough.")),
    "document_": _select("--document", "NUMBER", N_("The document of the directive: 120/TB-BCT, or 120.")),
    "category": _select(
        "--category", "WORD", N_("The field of work: digital, «thi đua, khen thưởng» …; `vpcp categories` lists them.")
    ),
    "nature": _select("--nature", "WORD", N_("one_off, standing, principle or expectation.")),
    "responsible": _select("--responsible", "NAME", N_("The person in charge; a part of the name is enough.")),
    "tag": _select("--tag", "WORD", N_("Only tasks with this tag.")),
    "running": _flag("--running", N_("Only open tasks whose work was to begin by now.")),
    "priority": _flag("--priority", N_("Only priority tasks.")),
    "obstacle": _flag("--obstacle", N_("Only tasks with an open obstacle.")),
    "id_": _select("--id", "ID", N_("Only the tasks with these ids.")),
    "sort": _select("--sort", "FIELD", N_("Order by id, deadline, days, lead, status …; -FIELD reverses it.")),
    "limit": (
        int | None,
        typer.Option(None, "--limit", min=0, metavar="N", help=N_("Only the first N."), rich_help_panel=_SELECT),
    ),
    "view": _one("--view", "NAME", N_("Options saved in vpcp.toml under this name.")),
}

_OUTPUT_OPTIONS: Final[Mapping[str, _Option]] = {
    "format_": (
        Format | None,
        typer.Option(
            None,
            "--format",
            "-f",
            help=N_(
                "The form of the answer; a table on a terminal, plain lines elsewhere. csv is a sheet for people,"
                " records holds every field as CSV for programs."
            ),
            rich_help_panel=_PRINT,
        ),
    ),
    "output": (
        Path | None,
        typer.Option(
            None,
            "--output",
            "-o",
            metavar="FILE",
            help=N_("Write to a file, whole or not at all."),
            rich_help_panel=_PRINT,
        ),
    ),
    "fields": (
        str | None,
        typer.Option(
            None, "--fields", metavar="A,B", help=N_("Only these fields, in this order."), rich_help_panel=_PRINT
        ),
    ),
    "color": (
        Color,
        typer.Option(Color.AUTO, "--color", help=N_("When to colour; NO_COLOR is heeded."), rich_help_panel=_PRINT),
    ),
}


def shared(
    *,
    without: Collection[str] = (),
    judges: Callable[[Mapping[str, object]], bool] | None = None,
    begins: bool = False,
) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Give a command the options that its parameters of the types `Session`, `Query`, `Output` and `Target` stand for.

    These are told by their names, so that a command's module need not load them for its help. `without` names
    options that would change nothing: a count has no order. `judges` says whether what was
    given makes the command judge: then the programmes have to be somebody's own, and not the shipped ones. One that
    `begins` has an answer where there is a register and no programme yet.
    """
    return partial(_with_options, without=without, judges=judges, begins=begins)


def _with_options(
    function: Callable[..., object],
    without: Collection[str],
    judges: Callable[[Mapping[str, object]], bool] | None,
    *,
    begins: bool,
) -> Callable[..., object]:
    """Return what typer gets in the place of a command: it takes options, and makes of them what the command takes."""
    own, needed = _parameters(function)

    def run(**given: Any) -> object:  # noqa: ANN401 - what typer has read
        context = given.pop("context")
        if given.get("view") is not None:
            given = _with_view(context, given)
        values = {one.name: given[one.name] for one in own}
        values |= {needed[kind]: make(given) for kind, make in _MADE.items() if kind in needed}
        if needed.keys().isdisjoint(("Session", "Query")):
            return function(**values)
        session = _session(given, own=bool(judges and judges(given)), begins=begins)
        _advise_on_words(session, given)
        values |= {needed["Session"]: session} if "Session" in needed else {}
        if "Query" in needed:
            from vpcp_cli.commands.asked import query_of

            values[needed["Query"]] = query_of(session, given)
        if session.workspaces:
            from vpcp_cli.render.selection import of_workspaces

            with of_workspaces(session.workspaces):
                return function(**values)
        return function(**values)

    run.__signature__ = _signature(own, needed, without)  # type: ignore[attr-defined]
    run.__doc__, run.__name__, run.__module__ = function.__doc__, function.__name__, function.__module__
    return run


def _parameters(function: Callable[..., object]) -> tuple[list[inspect.Parameter], dict[str, str]]:
    """Return the parameters that a command has for itself, and the names of those that options stand for, by type."""
    names = {name: name for name in _OPTIONS}
    signature = inspect.signature(function, locals=names, eval_str=True)
    parameters = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in signature.parameters.values()]
    needed = {one.annotation: one.name for one in parameters if isinstance(one.annotation, str)}
    return [one for one in parameters if one.name not in needed.values()], needed


def _signature(
    own: Sequence[inspect.Parameter], needed: Collection[str], without: Collection[str]
) -> inspect.Signature:
    """Return the signature from which typer reads the options of a command."""
    asked = {*needed, *(["Session"] if "Query" in needed else [])}
    options = [
        option for name in _OPTIONS if name in asked for option in options_of(name) if option.name not in without
    ]
    context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    words = [option for option in options if option.name == "words"]  # help names arguments first
    rest = [option for option in options if option not in words]
    return inspect.Signature([context, *words, *own, *rest])


def _sessions(given: Mapping[str, Any]) -> object:
    from vpcp_cli.commands.workspaces import Sessions

    return Sessions(given)


def _advise_on_words(session: Session, given: Mapping[str, Any]) -> None:
    if given.get("words"):
        from vpcp_cli.commands.advice import advise, on_words

        advise(on_words(session, given["words"]))


_OPTIONS: Final[Mapping[str, Mapping[str, _Option]]] = {
    "Query": _QUERY_OPTIONS,
    "Session": _SESSION_OPTIONS,
    "Sessions": _SESSION_OPTIONS,
    "Output": _OUTPUT_OPTIONS,
    "Target": {"output": _OUTPUT_OPTIONS["output"]},
}


def options_of(kind: str) -> list[inspect.Parameter]:
    """Return the options that stand for a `Session`, a `Query`, an `Output` or a `Target`."""
    return [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=said)
        for name, (annotation, said) in _OPTIONS[kind].items()
    ]


def _session(given: Mapping[str, object], *, own: bool, begins: bool) -> Session:
    if given.get("workspace"):
        from vpcp_cli.commands.workspaces import open_many

        return open_many(given)
    from vpcp_cli.commands.session import open_session

    return open_session(given, own=own, begins=begins)


def _with_view(context: typer.Context, given: Mapping[str, Any]) -> dict[str, Any]:
    """Add the options that a view of vpcp.toml holds; those of the command line go before them."""
    import shlex

    from vpcp_cli.commands.refusals import BadViewError
    from vpcp_cli.render.usage import usage_error
    from vpcp_cli.storage.settings import find_settings, here
    from vpcp_cli.vietnamese import nearest

    views = find_settings(here()).views
    name = given["view"]
    if name not in views:
        raise BadWordError(name, "--view", list(views), nearest(name, views))
    reader = copy(context.command)
    known = {parameter.name for parameter in reader.params}
    reader.params = [one for one in reader.params if one.name not in _NO_VIEW]
    reader.params += [one for one in _arrangement() if one.name not in known]
    try:
        saved = reader.make_context(context.info_name, shlex.split(views[name]), parent=context.parent)
    except typer.TyperException as error:
        raise BadViewError(name, *usage_error(error)) from None
    except ValueError:
        raise BadViewError(name, _("a quotation mark is not closed"), None) from None
    return {
        key: value if key in _NO_VIEW or _typed(context, key) else saved.params[key]
        for key, value in given.items()
        if key in _NO_VIEW or key in saved.params
    }


@cache
def _arrangement() -> list[Parameter]:
    """The options that a view may hold though not every command takes them: they arrange tasks and select none."""

    def options(
        sort: Annotated[list[str] | None, typer.Option("--sort")] = None,
        limit: Annotated[int | None, typer.Option("--limit")] = None,
        group_by: Annotated[str | None, typer.Option("--group-by")] = None,
    ) -> None:
        """Carry the options."""

    app = typer.Typer(add_completion=False)
    app.command()(options)
    return typer.main.get_command(app).params


def _typed(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _output(given: Mapping[str, Any]) -> Output:
    from vpcp_cli.commands.targets import tracked
    from vpcp_cli.render.output import Output

    named = given["fields"]
    fields = () if named is None else tuple(name.strip() for name in named.split(",") if name.strip()) or ("",)
    return Output.of(given["format_"], given["output"], fields, given["color"], tracked=tracked, workbook=_workbook)


_SHEETS: Final = {
    "tasks": N_("Tasks"),
    "directives": N_("Directives"),
    "programmes": N_("Programmes"),
    "people": N_("People"),
    "units": N_("Units"),
    "entries": N_("Log"),
}
"""What a sheet is called, by what its rows are."""


def _workbook(rows: Iterable[Sequence[Any]], name: str) -> bytes:
    from vpcp_cli.sharing.extra import need

    need("xlsxwriter")
    from vpcp_cli.sharing.sheet import sheet

    return sheet(rows, _(_SHEETS.get(name, name)))


def _target(given: Mapping[str, Any]) -> Output:
    from vpcp_cli.commands.targets import tracked
    from vpcp_cli.render.output import Output

    return Output(Format.PLAIN, given["output"], tracked=tracked)


_MADE: Final[Mapping[str, Callable[[Mapping[str, Any]], object]]] = {
    "Output": _output,
    "Target": _target,
    "Sessions": _sessions,
}
"""What is made of options alone."""
