"""What the shells offer at the Tab key: commands, options, and the values of both, with what they mean.

The scripts in `shells/` call the program with `_VPCP_COMPLETE` set and read `value TAB description`, one a line, or one
line that asks for the names of files. Nothing here may fail loudly, load YAML, or offer what a shell could take for
more than a word. Typer's own scripts are not used: the one for zsh evaluates descriptions (docs/decisions.md).
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from typer._click.shell_completion import _is_incomplete_argument, _resolve_context

from vpcp_cli.language import _, current

if TYPE_CHECKING:
    from typer._click import Command, Context, Parameter

    from vpcp_cli.storage.folder import Folder
    from vpcp_cli.vocabulary import Word

_WORD: Final = re.compile(r"[\w.,:=@+/-]+")
"""What is a single word in every shell, without quotes; nothing else is offered."""
_LONGEST: Final = 120
_ESCAPES: Final[Mapping[str, str]] = {"bash": "\\", "powershell": "`"}
"""What takes the next character as it is, in the shells that hand over the line."""
_FILES, _FOLDERS = "\tfiles", "\tfolders"


class Offer(NamedTuple):
    """A value, what it means, and other names by which it can be found."""

    value: str
    about: str = ""
    names: tuple[str, ...] = ()

    def line(self, before: str) -> str:
        """How the shells read it; `before` is what stands in the same word."""
        about = "".join(char for char in " ".join(self.about.split()) if char.isprintable())
        cut = about if len(about) <= _LONGEST else about[: _LONGEST - 1] + "…"
        return f"{before}{self.value}\t{cut}"


class Asked:
    """The parameter that wants a value, and what has been typed of it. A plain class: it is quicker to make."""

    def __init__(self, context: Context, parameter: Parameter, typed: str) -> None:
        """Keep them."""
        self.context, self.parameter, self.typed = context, parameter, typed

    @cached_property
    def folder(self) -> Folder:
        """The folder that the command would read."""
        from vpcp_cli.storage.locate import find_folder
        from vpcp_cli.storage.settings import here

        named = self.context.params.get("data")
        return find_folder(str(named) if named else None, os.environ, here())

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that are named before."""
        from vpcp_cli.commands.session import years_of

        return years_of(self.context.params.get("year") or ())

    def fitting(self, offers: Iterable[Offer]) -> list[Offer]:
        """The offers that begin as typed, else those with a name that does."""
        kept = [offer for offer in offers if _WORD.fullmatch(offer.value)]
        start = _loose(self.typed)
        found = [offer for offer in kept if _loose(offer.value).startswith(start)]
        if found or not any(offer.names for offer in kept):
            return found
        from vpcp_cli.vietnamese import fold

        named = fold(self.typed)
        return [offer for offer in kept if any(fold(name).startswith(named) for name in offer.names)]


def typed_words(shell: str, argv: Sequence[str]) -> list[str]:
    """The words of a command line up to the cursor, without the program; bash and PowerShell hand the line over."""
    if shell not in _ESCAPES:
        return list(argv[1:]) or [""]
    line = "".join(argv) if shell == "bash" else os.environ.get("_VPCP_LINE", "")
    words: list[str] = []
    lexer = shlex.shlex(line, posix=True, punctuation_chars="")
    lexer.whitespace_split, lexer.commenters, lexer.escape = True, "", _ESCAPES[shell]
    try:
        words.extend(lexer)
    except ValueError:  # a quote that is still open
        return [*words, lexer.token][1:]
    return words[1:] if words and not line[-1].isspace() else [*words[1:], ""]


def offers(app: Command, words: Sequence[str]) -> Iterator[str]:
    """Yield the lines for a shell: what fits in the place of the last word."""
    *before, typed = words
    context = _resolve_context(app, {}, "vpcp", list(before))
    start, parameters, typed = _place(context, before, typed)
    for parameter in parameters:
        yield from _values(Asked(context, parameter, typed), start)
    more = hasattr(context.command, "commands") or not context._protected_args + context.args  # noqa: SLF001  typer tells it nowhere else
    if not parameters and more:
        for item in context.command.shell_complete(context, typed):
            yield Offer(item.value, item.help or "").line("")


def _place(context: Context, before: Sequence[str], typed: str) -> tuple[str, list[Parameter], str]:
    """What stands in the same word before the value, the parameters that may want it, and what is typed of it."""
    parameters = context.command.get_params(context)
    options = {name: one for one in parameters for name in one.opts if one.param_type_name == "option"}
    if "--" not in before:
        waiting = options.get(before[-1]) if before else None
        if waiting and not getattr(waiting, "is_flag", False):
            return "", [waiting], typed
        if typed.startswith("-"):
            name, equals, value = typed.partition("=")
            return (f"{name}=", [options[name]], value) if equals and name in options else ("", [], typed)
    arguments = [one for one in parameters if one.param_type_name == "argument"]
    while arguments and not _is_incomplete_argument(context, arguments[0]):
        del arguments[0]
    several = arguments and arguments[0].nargs == -1 and any(context.params.get(one.name or "") for one in arguments)
    return "", arguments[::-1] if several else arguments[:1], typed


def _values(asked: Asked, start: str) -> Iterator[str]:
    names = [name for name in asked.parameter.opts if name in _BY_OPTION]
    metavar = getattr(asked.parameter, "metavar", None) or (asked.parameter.name or "").upper()
    places = {"FILE": _FILES, "PATH": _FILES, "DIR": _FOLDERS}
    what = metavar.strip("[].")
    if names:
        found = _BY_OPTION[names[0]](asked)
    elif what in places:
        yield places[what]
        return
    elif what in _BY_METAVAR:
        found = _BY_METAVAR[what](asked)
    else:
        found = _choices(asked, what)
    for offer in asked.fitting(found):
        yield offer.line(start)


def _loose(text: str) -> str:
    return text.casefold().replace("_", "-")


def _choices(asked: Asked, metavar: str) -> Iterable[Offer]:
    """The words of a choice, from its type or from a metavar that names them all."""
    choices = getattr(asked.parameter.type, "choices", None) or (metavar.split("|") if "|" in metavar else ())
    return [Offer(str(getattr(one, "value", one))) for one in choices]


def _words(kind: str) -> Callable[[Asked], Iterable[Offer]]:
    """Offer the codes of one of the enumerations of `vocabulary`, with their labels."""

    def offered(_asked: Asked) -> Iterable[Offer]:
        from vpcp_cli import vocabulary
        from vpcp_cli.storage.settings import find_settings, here

        find_settings(here())  # may have categories of its own
        words: type[Word] = getattr(vocabulary, kind)
        return [Offer(word.value, word.label, vocabulary.labels(word)) for word in words]

    return offered


def _these(*values: str) -> Callable[[Asked], Iterable[Offer]]:
    """Offer some values that need no words."""
    return lambda _asked: map(Offer, values)


def _several(offered: Callable[[Asked], Iterable[Offer]]) -> Callable[[Asked], Iterable[Offer]]:
    """Offer the next of several values between commas."""

    def continued(asked: Asked) -> Iterable[Offer]:
        before, comma, _typed = asked.typed.rpartition(",")
        return [Offer(before + comma + offer.value, offer.about) for offer in offered(asked)]

    return continued


def _ids(kinds: str) -> Callable[[Asked], Iterable[Offer]]:
    """Offer the ids of programmes, directives and tasks, of which `kinds` holds the first letters."""

    def offered(asked: Asked) -> Iterable[Offer]:
        from vpcp_cli.storage.outline import Entry, programmes, text_of

        for programme in programmes(asked.folder):
            year, typed = programme[:4], asked.typed.upper()
            short = len(asked.years) == 1 and typed[:1].isalpha()
            start = f"{year}-{typed}" if short else typed
            if (asked.years and int(year) not in asked.years) or start[:4] != year[: len(start)]:
                continue
            text = text_of(asked.folder, programme)
            if "p" in kinds:
                yield Offer(programme, Entry(programme, text).text("title", current()))
            yield from _within(text, start, kinds, len(year) + 1 if short else 0)

    return offered


def _within(text: str, start: str, kinds: str, cut: int) -> Iterator[Offer]:
    from vpcp_cli.storage.outline import directives_and_tasks

    for entry in directives_and_tasks(text, start):
        task = "." in entry.code
        if ("t" if task else "d") in kinds:
            yield Offer(entry.code[cut:], entry.text("text" if task else "title", current()))


def _documents(asked: Asked) -> Iterable[Offer]:
    """Offer the numbers of the documents in which directives were given, where tasks are selected by them."""
    from vpcp_cli.storage.outline import directives_and_tasks, programmes, text_of

    if asked.parameter.name != "document_":
        return
    for programme in programmes(asked.folder):
        if not asked.years or int(programme[:4]) in asked.years:
            for entry in directives_and_tasks(text_of(asked.folder, programme)):
                number = "" if "." in entry.code else entry.text("document", "number")
                yield from [Offer(number, entry.text("title", current()))] if number else ()


def _units(asked: Asked) -> Iterable[Offer]:
    from vpcp_cli.storage.outline import units

    for unit in units(asked.folder):
        names = tuple(filter(None, (unit.text(key, lang) for key in ("name", "short") for lang in ("vi", "en"))))
        yield Offer(unit.code, unit.text("name", current()), names)


def _years(asked: Asked) -> Iterable[Offer]:
    from vpcp_cli.storage.outline import Entry, programmes, text_of

    titles: dict[str, str] = {}
    for programme in programmes(asked.folder):
        year = programme[:4]
        if year not in titles:
            titles[year] = Entry(programme, text_of(asked.folder, programme)).text("title", current())
    if asked.context.command.name == "new" and asked.parameter.param_type_name == "argument":
        return [Offer(str(int(max(titles)) + 1))] if titles else ()
    return [Offer(year, title) for year, title in titles.items()]


def _views(_asked: Asked) -> Iterable[Offer]:
    from vpcp_cli.storage.settings import find_settings, here

    return [Offer(name, options) for name, options in find_settings(here()).views.items()]


def _rules(_asked: Asked) -> Iterable[Offer]:
    from vpcp_cli.rulebook.rules import RULES

    return [Offer(code, re.sub(r"\{\w+\}", "…", _(rule.sentence))) for code, rule in RULES.items()]


def _sorts(asked: Asked) -> Iterable[Offer]:
    from vpcp_cli.query import SORTS

    turned = "-" if asked.typed.rpartition(",")[2].startswith("-") else ""
    return [Offer(turned + name) for name in SORTS]


def _fields(asked: Asked) -> Iterable[Offer]:
    from importlib import import_module

    from vpcp_cli.render.formats import flattened

    module, name = _LISTINGS.get(asked.context.command.name or "", _LISTINGS["list"])
    model: Mapping[str, Any] = getattr(import_module(f"vpcp_cli.render.{module}"), name).model()
    return [Offer(field) for field in dict.fromkeys([*model, *flattened(model)])]


def _whatever(asked: Asked) -> Iterable[Offer]:
    """Offer ids of all that a reading command takes, and of tasks alone where something is written about them."""
    return _ids("pdt" if asked.context.command.name in {"show", "log"} else "t")(asked)


_LISTINGS: Final[Mapping[str, tuple[str, str]]] = {
    "list": ("tasks", "TaskListing"),
    "due": ("due", "DueListing"),
    "programmes": ("programmes", "ProgrammeListing"),
    "directives": ("programmes", "DirectiveListing"),
    "people": ("programmes", "PeopleListing"),
    "units": ("units", "UnitListing"),
    "categories": ("categories", "CategoryListing"),
    "log": ("log", "LogListing"),
}
_BY_OPTION: Final[Mapping[str, Callable[[Asked], Iterable[Offer]]]] = {
    "--year": _years,
    "--unit": _units,
    "--role": _words("Role"),
    "--status": _words("Status"),
    "--timeliness": _words("Timeliness"),
    "--directive": _ids("d"),
    "--document": _documents,
    "--kind": _words("DirectiveKind"),
    "--category": _words("Category"),
    "--nature": _words("Nature"),
    "--id": _ids("t"),
    "--item": _words("Item"),
    "--urgency": _words("Urgency"),
    "--as-of": _these("today", "commit"),
    "--known": _these("today", "commit"),
    "--report": _these("github", "gitlab", "junit", "json"),
    "--sort": _several(_sorts),
    "--view": _views,
    "--fields": _several(_fields),
    "--columns": _these("tasks", "programme"),
}
_BY_METAVAR: Final[Mapping[str, Callable[[Asked], Iterable[Offer]]]] = {
    "ID": _whatever,
    "UNIT": _units,
    "YEAR": _years,
    "DIRECTIVE": _ids("d"),
    "LEVEL": _words("Risk"),
    "CODE": _rules,
}
