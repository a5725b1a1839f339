"""The options that commands share. `shared` puts them in the place of the parameters of a command that need them."""

from __future__ import annotations

import inspect
import os
import shlex
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from copy import copy
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar, get_type_hints

import typer

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import BadWordError, BadYearError, BrokenDataError, NoYearError, VpcpError
from vpcp_cli.language import N_, _, ngettext
from vpcp_cli.render.door import say
from vpcp_cli.vocabulary import Category, Color, Format, Nature, Role, Status, Timeliness, Word

if TYPE_CHECKING:  # help and usage errors need none of it
    from typer._click import Parameter

    from vpcp_cli.library import Library
    from vpcp_cli.naming import Ids
    from vpcp_cli.programme import Programme, Workspace
    from vpcp_cli.query import Query
    from vpcp_cli.render.output import Output
    from vpcp_cli.storage.folder import Folder
    from vpcp_cli.storage.settings import Settings
    from vpcp_cli.storage.workspace import Loaded
    from vpcp_cli.tasks import Tasks

_VIET_NAM: Final = timedelta(hours=7)
_DATA, _SELECT, _PRINT = N_("Data"), N_("Selection"), N_("Output")
_SPAN: Final = ".."
_LONGEST_SPAN: Final = 200
_NO_VIEW: Final = frozenset({"data", "output", "view"})
"""A view may come with files that somebody else has made: it names no files, and no other view."""

Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="[WORD]...", help=N_("Words to search for; marks may be left out."), show_default=False),
]
"""The type of a parameter `words`: what is searched for, part of the `Query`."""


@dataclass(frozen=True, slots=True)
class Session:
    """What a command works on: the programmes of some years, or all, and the day of the report."""

    folder: Folder
    settings: Settings
    library: Library
    day: date
    years: frozenset[int]

    @property
    def workspace(self) -> Workspace:
        """The register, and the programmes without their directives."""
        return self.library.heads

    @property
    def ids(self) -> Ids:
        """The ids as people type them."""
        from vpcp_cli.naming import Ids

        return Ids(self.library, self.years)

    def programmes(self) -> list[Programme]:
        """Return the programmes of the years that were asked for, without their directives."""
        return [one for one in self.workspace.programmes if not self.years or one.year in self.years]

    def tasks(self, day: date | None = None, due_soon_days: int | None = None) -> Tasks:
        """Return every task that exists on a day, by default that of the report, as it stands on it."""
        soon = self.settings.due_soon_days if due_soon_days is None else due_soon_days
        return self.library.tasks(day or self.day, soon)

    def absent(self, query: Query) -> int:
        """Count the tasks that a query would take, how they stand apart, but that don't exist yet on the day."""
        return len(query.about(self.library.coming(self.day)))


def today() -> date:
    """Return Viet Nam's day: UTC+7, no summer time."""
    return _in_viet_nam(datetime.now(UTC))


def _in_viet_nam(moment: datetime) -> date:
    return (moment.astimezone(UTC) + _VIET_NAM).date()


_SESSION_OPTIONS: Final[Mapping[str, Any]] = {
    "data": Annotated[
        Path | None,
        typer.Option(
            "--data", metavar="DIR", help=N_("The folder with the programmes (VPCP_DATA)."), rich_help_panel=_DATA
        ),
    ],
    "year": Annotated[
        list[str] | None,
        typer.Option("--year", metavar="YEAR", help=N_("A year, or a span: 2012..2022."), rich_help_panel=_DATA),
    ],
    "as_of": Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help=N_(
                "The day of the report: later log entries do not exist; `commit`: of the last one (VPCP_AS_OF; today)."
            ),
            rich_help_panel=_DATA,
        ),
    ],
}


def _select(name: str, metavar: str, text: str) -> Any:  # noqa: ANN401 - an annotation for typer
    return Annotated[list[str] | None, typer.Option(name, metavar=metavar, help=text, rich_help_panel=_SELECT)]


def _one(name: str, metavar: str, text: str) -> Any:  # noqa: ANN401 - an annotation for typer
    return Annotated[str | None, typer.Option(name, metavar=metavar, help=text, rich_help_panel=_SELECT)]


def _flag(name: str, text: str) -> Any:  # noqa: ANN401 - an annotation for typer
    return Annotated[bool, typer.Option(name, help=text, rich_help_panel=_SELECT)]


_QUERY_OPTIONS: Final[Mapping[str, Any]] = {
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
    "category": _select("--category", "WORD", N_("The field of work: digital, policy, «thi đua, khen thưởng» …")),
    "nature": _select("--nature", "WORD", N_("one_off, standing, principle or expectation.")),
    "responsible": _select("--responsible", "NAME", N_("The person in charge; a part of the name is enough.")),
    "priority": _flag("--priority", N_("Only priority tasks.")),
    "obstacle": _flag("--obstacle", N_("Only tasks with an open obstacle.")),
    "id_": _select("--id", "ID", N_("These tasks.")),
    "sort": _select("--sort", "FIELD", N_("Order by id, deadline, days, lead, status …; -FIELD turns it.")),
    "limit": Annotated[
        int | None,
        typer.Option("--limit", min=0, metavar="N", help=N_("Only the first N."), rich_help_panel=_SELECT),
    ],
    "view": _one("--view", "NAME", N_("Options saved in vpcp.toml under this name.")),
}

_OUTPUT_OPTIONS: Final[Mapping[str, Any]] = {
    "format_": Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            help=N_("The form of the answer; a table on a terminal, plain lines elsewhere."),
            rich_help_panel=_PRINT,
        ),
    ],
    "output": Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help=N_("Write to a file, whole or not at all."), rich_help_panel=_PRINT
        ),
    ],
    "fields": Annotated[
        str | None,
        typer.Option("--fields", metavar="A,B", help=N_("Only these fields, in this order."), rich_help_panel=_PRINT),
    ],
    "color": Annotated[
        Color,
        typer.Option("--color", help=N_("When to colour; NO_COLOR is heeded."), rich_help_panel=_PRINT),
    ],
}

_DEFAULTS: Final[Mapping[str, object]] = {
    "open_": False, "overdue": False, "priority": False, "obstacle": False, "color": Color.AUTO,
}  # fmt: skip


def shared(
    *,
    without: Collection[str] = (),
    judges: Callable[[Mapping[str, Any]], bool] | None = None,
    begins: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the options that its parameters of the types `Session`, `Query` and `Output` stand for.

    The three are told by their names, so that a command's module need not load them for its help. `without` names
    options that would change nothing: a count has no order. `judges` says whether what was
    given makes the command judge: then the programmes have to be somebody's own, and not the shipped ones. One that
    `begins` has an answer where there is a register and no programme yet.
    """
    return partial(_with_options, without=without, judges=judges, begins=begins)


def _with_options(
    function: Callable[..., Any],
    without: Collection[str],
    judges: Callable[[Mapping[str, Any]], bool] | None,
    *,
    begins: bool,
) -> Callable[..., Any]:
    places = {name: type(name, (), {}) for name in _OPTIONS}
    annotations = get_type_hints(function, localns=places, include_extras=True)
    kinds = {kind: name for name, kind in places.items()}
    parameters = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=annotations[parameter.name])
        for parameter in inspect.signature(function).parameters.values()
    ]
    needed = {kinds[one.annotation]: one.name for one in parameters if one.annotation in kinds}
    own = [parameter for parameter in parameters if parameter.annotation not in kinds]

    def run(**given: Any) -> Any:  # noqa: ANN401 - what the command returns
        context = given.pop("context")
        if given.get("view") is not None:
            given = _with_view(context, given)
        values = {parameter.name: given[parameter.name] for parameter in own}
        if "Output" in needed:
            values[needed["Output"]] = _output(given)
        if "Session" in needed or "Query" in needed:
            session = open_session(
                given["data"], given["year"] or (), given["as_of"], own=bool(judges and judges(given)), begins=begins
            )
            if given.get("words"):
                from vpcp_cli.commands.advice import advise, on_words

                advise(on_words(session, given["words"]))
            values |= {needed["Session"]: session} if "Session" in needed else {}
            values |= {needed["Query"]: query_of(session, given)} if "Query" in needed else {}
        return function(**values)

    asked = {*needed, *(["Session"] if "Query" in needed else [])}
    options = [
        option for name in _OPTIONS if name in asked for option in options_of(name) if option.name not in without
    ]
    context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    run.__signature__ = inspect.Signature([context, *own, *options])  # type: ignore[attr-defined]
    run.__doc__, run.__name__, run.__module__ = function.__doc__, function.__name__, function.__module__
    return run


_OPTIONS: Final[Mapping[str, Mapping[str, Any]]] = {
    "Query": _QUERY_OPTIONS,
    "Session": _SESSION_OPTIONS,
    "Output": _OUTPUT_OPTIONS,
}


def options_of(kind: str) -> list[inspect.Parameter]:
    """Return the options that stand for a `Session`, a `Query` or an `Output`."""
    return [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=_DEFAULTS.get(name))
        for name, annotation in _OPTIONS[kind].items()
    ]


def _with_view(context: typer.Context, given: Mapping[str, Any]) -> dict[str, Any]:
    """Add the options that a view of vpcp.toml holds; those of the command line go before them."""
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


def open_session(
    data: Path | None, years: Iterable[str], as_of: str | None, *, own: bool = False, begins: bool = False
) -> Session:
    """Find the folder and load it; say on standard error what a reader must know about it.

    With `own` the shipped programmes are none. With `begins` a register is enough, where no year is asked for.

    Raise `NoDataError`, `BrokenDataError`, `NoYearError`, `BadYearError`, `BadDateError`.
    """
    from vpcp_cli.render.progress import reading
    from vpcp_cli.storage.folder import REGISTER
    from vpcp_cli.storage.settings import here
    from vpcp_cli.storage.workspace import find_folder, find_workspace, load

    wanted = years_of(years)
    folder = (find_workspace if own else find_folder)(str(data) if data else None, os.environ, here())
    if own:
        from vpcp_cli.storage.sparse import refuse_left_out

        refuse_left_out(folder.path, wanted)
    day = day_of(as_of, folder.path)
    with reading(sys.stderr):
        loaded = load(folder, wanted, empty=begins and not wanted and (folder.path / REGISTER).is_file())
    report_on(loaded)
    if wanted and not any(programme.year in wanted for programme in loaded.library.heads.programmes):
        raise NoYearError(sorted(wanted), _years_in(folder.path))
    return Session(folder, folder.settings, loaded.library, day, wanted)


def day_of(as_of: str | None, folder: Path) -> date:
    """Return the day of the report: as typed, else VPCP_AS_OF, else today; `commit` is the day of the last one."""
    from vpcp_cli.typed import typed_day

    named = os.environ.get("VPCP_AS_OF") or None if as_of is None else as_of
    if named == "commit":
        from vpcp_cli.storage.git import Repository

        return _in_viet_nam(Repository.around(folder).commit_time("HEAD"))
    return today() if named is None else typed_day(named, today())


def years_of(typed: Iterable[str]) -> frozenset[int]:
    """Read years and spans of years; raise `BadYearError`."""
    years: set[int] = set()
    for text in typed:
        first, span, last = text.strip().partition(_SPAN)
        ends = (first, last if span else first)
        if not all(len(end) == 4 and end.isascii() and end.isdecimal() for end in ends):  # noqa: PLR2004
            raise BadYearError(text)
        start, stop = map(int, ends)
        if not 0 <= stop - start <= _LONGEST_SPAN:
            raise BadYearError(text)
        years.update(range(start, stop + 1))
    return frozenset(years)


def _years_in(folder: Path) -> list[int]:
    stems = {path.stem[:4] for path in folder.glob("*.yaml")}
    return sorted(int(stem) for stem in stems if stem.isascii() and stem.isdecimal())


def query_of(session: Session, given: Mapping[str, Any]) -> Query:
    """Read what was typed after the selecting options; raise `BadWordError`, `UnknownIdError`, `BadDateError`."""
    from vpcp_cli.naming import searchable_names, units_named, word_named
    from vpcp_cli.query import Query
    from vpcp_cli.typed import typed_deadline

    library, ids = session.library, session.ids
    year = min(session.years) if len(session.years) == 1 else None
    before = typed_deadline(given["due_before"], session.day, year).first if given["due_before"] is not None else None
    after = typed_deadline(given["due_after"], session.day, year).last if given["due_after"] is not None else None
    words = tuple(given.get("words") or ())
    return Query(
        years=session.years,
        units=frozenset(code for typed in given["unit"] or () for code in units_named(library, typed)),
        role=word_named(Role, given["role"], "--role") if given["role"] is not None else Role.LEAD,
        statuses=frozenset(_standing(Status, typed, "--status") for typed in given["status"] or ()),
        timeliness=frozenset(_standing(Timeliness, typed, "--timeliness") for typed in given["timeliness"] or ()),
        open=given["open_"],
        overdue=given["overdue"],
        due_before=before,
        due_after=after,
        directives=frozenset(_directive(ids, typed) for typed in given["directive"] or ()),
        issuers=frozenset(_part(typed, "--issuer") for typed in given["issuer"] or ()),
        documents=frozenset(given.get("document_") or ()),
        categories=frozenset(word_named(Category, typed, "--category") for typed in given["category"] or ()),
        natures=frozenset(word_named(Nature, typed, "--nature") for typed in given["nature"] or ()),
        responsible=frozenset(_part(typed, "--responsible") for typed in given["responsible"] or ()),
        priority=given["priority"],
        obstacle=given["obstacle"],
        ids=frozenset(_task(ids, typed) for typed in given["id_"] or ()),
        words=words,
        unit_names=searchable_names(library.units) if words else {},
        sort=tuple(_sort(name) for typed in given.get("sort") or () for name in typed.split(",")),
        limit=given.get("limit"),
    )


_S = TypeVar("_S", Status, Timeliness)


def _standing(kind: type[_S], typed: str, option: str) -> _S:
    """Return the code that was typed; one of the other kind is answered with the option that takes it."""
    from vpcp_cli.naming import word_named

    try:
        return word_named(kind, typed, option)
    except BadWordError as refused:
        meant = _other_option(Timeliness if option == "--status" else Status, typed)
        raise BadWordError(typed, option, refused.known, meant) if meant else refused from None


def _other_option(kind: type[Word], typed: str) -> list[str]:
    """Return how a word of another kind is asked for, if it is one."""
    from vpcp_cli.naming import word_named

    option = "--timeliness" if kind is Timeliness else "--status"
    try:
        word = word_named(kind, typed, option)
    except BadWordError:
        return []
    return ["--overdue" if word is Timeliness.OVERDUE else f"{option} {word.value}"]


def _part(typed: str, option: str) -> str:
    """Return a part of a name, folded; none at all is no part of any."""
    from vpcp_cli.vietnamese import fold

    if not (part := fold(typed)):
        raise BadWordError(typed, option, (), ())
    return part


def _directive(ids: Ids, typed: str) -> str:
    directive = ids.find(typed, ("directive",)).directive
    return directive.id if directive else typed


def _task(ids: Ids, typed: str) -> str:
    task = ids.task(typed).task
    return task.id if task else typed


def _sort(typed: str) -> str:
    """Return the name of an order as `SORTS` has it, with its `-`."""
    from vpcp_cli.query import SORTS
    from vpcp_cli.vietnamese import nearest

    turned = "-" if typed.startswith("-") else ""
    name = typed.removeprefix("-").lower().replace("_", "-")
    if name not in SORTS:
        raise BadWordError(typed, "--sort", list(SORTS), nearest(name, SORTS))
    return turned + name


def _output(given: Mapping[str, Any]) -> Output:
    from vpcp_cli.commands.targets import tracked
    from vpcp_cli.render.output import Output

    named = given["fields"]
    fields = () if named is None else tuple(name.strip() for name in named.split(",") if name.strip()) or ("",)
    return Output.of(given["format_"], given["output"], fields, given["color"], tracked=tracked)


def report_on(loaded: Loaded) -> None:
    """Say which programmes these are and what of them can't be read; raise `BrokenDataError` where that matters."""
    from vpcp_cli.storage.sparse import refuse_left_out

    refuse_broken(loaded)
    if loaded.folder.shipped:
        say(_("These are the programmes that ship with vpcp; `vpcp init` begins a folder of your own."))
    try:
        refuse_left_out(loaded.folder.path)
    except VpcpError as error:  # what is here can be read all the same
        say(f"{error.sentence()} {error.hint()}")
    if loaded.set_aside:
        files = ", ".join(loaded.set_aside)
        say(_("Set aside, for it can't be read: {files}. `vpcp check` says why.").format(files=files))
    else:
        _report_rules(loaded)


def refuse_broken(loaded: Loaded) -> None:
    """Say what is wrong with files that had to be whole, and raise `BrokenDataError`, if there are any."""
    if loaded.broken:
        from vpcp_cli.render.console import Screen
        from vpcp_cli.render.findings import findings_text
        from vpcp_cli.render.table import write_lines

        write_lines(findings_text(loaded.findings, Screen.of(sys.stderr)), sys.stderr)
        raise BrokenDataError(loaded.broken)


def _report_rules(loaded: Loaded) -> None:
    """Say in one line that the rules find errors, which does not stop a report; warnings are for `vpcp check`."""
    number = loaded.rule_errors()
    if number:
        words = ngettext(
            "{n} error in the data; the report is made all the same. `vpcp check` names it.",
            "{n} errors in the data; the report is made all the same. `vpcp check` names them.",
            number,
        )
        say(words.format(n=number))
