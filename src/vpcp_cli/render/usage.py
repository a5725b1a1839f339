"""What typer says about a command line, in the reader's language: its English sentences are patterns to be reworded."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from vpcp_cli.language import N_, _

if TYPE_CHECKING:
    import typer
    from typer._click import Context

SENTENCES = (
    N_("No such option: {option}"),
    N_("Missing command."),
    N_("Missing argument {name}. {more}"),
    N_("Missing argument {name}."),
    N_("Missing option {name}. {more}"),
    N_("Missing option {name}."),
    N_("Invalid value for {name} (env var: {variable}): {reason}"),
    N_("Invalid value for {name}: {reason}"),
    N_("Invalid value: {reason}"),
    N_("{value} is not one of {choices}."),
    N_("{value} is not a valid {type}."),
    N_("{value} is not in the range {range}."),
    N_("Option {name} requires an argument."),
    N_("Option {name} requires {number} arguments."),
    N_("Option {name} does not take a value."),
    N_("Got unexpected extra argument(s) ({words})"),
    N_("Choose from: {choices}"),
    N_("default: {value}"),
    N_("env var: {value}"),
    N_("required"),
    N_("integer"),
    N_("int range"),
    N_("float"),
    N_("Show this message and exit."),
    N_("[OPTIONS]"),
    N_("COMMAND [ARGS]..."),
)
"""All that typer says to the users of this program; a test provokes each."""

_OPENING, _CLOSING = tuple("“„‘"), tuple("”’")
OWN_WORDS = {"more", "reason", "type"}
"""The places of these sentences that hold typer's words again; in the others stands what the user typed."""

PLACEHOLDERS = {
    N_("ADDRESS"), N_("BOUND"), N_("CODE"), N_("DATE"), N_("DAYS"), N_("DIR"), N_("DIRECTIVE"), N_("ENTRY"),
    N_("FIELD"), N_("FIGURE"), N_("FILE"), N_("FORM"), N_("HEAD"), N_("ID"), N_("KEY"), N_("LEVEL"), N_("NAME"),
    N_("NUMBER"), N_("PART"), N_("PATH"), N_("PLACE"), N_("REF"), N_("ROLE"), N_("STATEMENT"), N_("STATUS"),
    N_("SYMBOL"), N_("TEXT"), N_("TITLE"), N_("UNIT"), N_("WORD"), N_("YEAR"),
}  # fmt: skip
"""What stands in the help for something to be typed."""

TEXTS = {"TEXT", "NUMBER", "DATE", "WORD"}
"""Which of them are texts that may begin with anything."""

OPTION_SYNONYMS = {
    "agency": "unit", "ministry": "unit", "department": "unit", "owner": "unit", "lead": "unit", "support": "role",
    "person": "responsible", "assignee": "responsible", "leader": "issuer", "from": "issuer",
    "state": "status", "done": "status", "late": "overdue", "deadline": "due-before", "due": "due-before",
    "before": "due-before", "after": "due-after", "from-date": "since", "to": "until",
    "date": "as-of", "today": "as-of", "day": "as-of", "years": "year", "y": "year",
    "json": "format", "csv": "format", "out": "output", "file": "output", "dir": "data", "folder": "data",
    "order": "sort", "order-by": "sort", "group": "group-by", "columns": "fields", "field": "fields",
    "max": "limit", "top": "limit", "n": "limit", "colour": "color", "no-color": "color", "language": "lang",
    "document": "evidence", "proof": "evidence", "when": "on", "at": "on", "comment": "note", "message": "note",
    "reason": "note", "m": "note", "author": "by", "who": "by", "force": "yes",
}  # fmt: skip
"""What people call an option who come from elsewhere → its name."""


def usage_error(error: "typer.TyperException") -> tuple[str, str]:
    """The sentence and the hint for a command line that typer doesn't understand."""
    said = error.format_message().partition(" (Possible options: ")[0]
    context = getattr(error, "ctx", None)
    hint = _("`{command} --help` shows how to call it.").format(command=context.command_path if context else "vpcp")
    typed = getattr(error, "option_name", "")
    if typed and context and said.startswith("No such option"):
        known = [name for one in context.command.get_params(context) for name in one.opts if name.startswith("--")]
        if typed == "--workspace":
            hint = _("Only what reads takes several workspaces; name one with --data DIR, or go into it.")
            return reword(said), hint
        meant = _options_meant(typed.lstrip("-"), known)
        if _may_be_text(typed, context):
            hint = _("Put `--` before a text that begins with `-`: `{command} … -- '- …'`").format(
                command=context.command_path
            )
        return reword(said), _("Did you mean {words}?").format(words=", ".join(meant)) if meant else hint
    years = re.fullmatch(r"Got unexpected extra argument\(?s?\)? \(([12]\d{3}(?:\.\.[12]\d{3})?)\)", said)
    if years and context and any("--year" in one.opts for one in context.command.get_params(context)):
        return reword(said), _("Did you mean {words}?").format(words=f"--year {years[1]}")
    chosen = re.search(r": '(.*)' is not one of '", said)
    parameter = getattr(error, "param", None)
    choices = [str(getattr(one, "value", one)) for one in getattr(getattr(parameter, "type", None), "choices", ())]
    if chosen and parameter and choices:
        from vpcp_cli.errors import BadWordError
        from vpcp_cli.vietnamese import nearest

        option = parameter.opts[0] if parameter.param_type_name == "option" else parameter.make_metavar(context)
        wrong = BadWordError(chosen[1], option, choices, nearest(chosen[1], choices))
        return wrong.sentence(), wrong.hint() or hint
    return reword(said), hint


def _may_be_text(typed: str, context: "Context") -> bool:
    """Whether what typer takes for an option may be a text; it names the first sign of it alone, as a short option."""
    wordy = any((one.metavar or "").strip("[].") in TEXTS for one in context.command.params)
    return wordy and not re.match("--?[a-z]", typed)


def _options_meant(typed: str, known: list[str]) -> list[str]:
    """The long options that a name without dashes may stand for."""
    from vpcp_cli.vietnamese import nearest

    synonym = "--" + OPTION_SYNONYMS.get(typed.lower(), "")
    if synonym in known:
        return [synonym]
    return ["--" + name for name in nearest(typed, [name.removeprefix("--") for name in known])]


def word_quotes(argv: Sequence[str]) -> str | None:
    """The hint for a text between a word processor's quotation marks, which a shell takes apart; None without them."""
    parts = [word for word in argv if word[:1] in _OPENING and word[-1:] not in _CLOSING]
    parts += [word for word in argv if word[-1:] in _CLOSING and word[:1] not in _OPENING]
    if not parts:
        return None
    return _("“ ” and ‘ ’ come from a word processor and quote nothing here; type \" or '.")


def reword(said: str) -> str:
    """What typer `said`, in the reader's language; unchanged where it is none of the known sentences."""
    text = " ".join(said.split())
    if text in SENTENCES:
        return _(text)
    for sentence in SENTENCES:
        found = all(part in text for part in _parts(sentence)) and re.fullmatch(_pattern(sentence), text)
        if found:
            places = found.groupdict()
            own = {place: reword(places[place]) for place in OWN_WORDS & places.keys()}
            named = {"name": in_words(places["name"])} if "name" in places else {}
            return _(sentence).format(**places | own | named)
    return said


def in_words(usage: str) -> str:
    """How something is typed, with its placeholders in the reader's language; what is required has no braces."""
    bare = re.sub(r"^\{(.*)\}$", r"\1", usage)
    return re.sub(r"\b[A-Z]{2,}\b", lambda found: _(found[0]) if found[0] in PLACEHOLDERS else found[0], bare)


@cache
def _parts(sentence: str) -> list[str]:
    """What stands between the {places}: where a part is missing, no pattern need be looked at."""
    return re.split(r"\{\w+\}", sentence)


def _pattern(sentence: str) -> str:
    """A regular expression for a sentence with {places}; in typer's own sentences no place is empty."""
    return re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(sentence))
