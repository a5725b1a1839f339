"""What typer says about a command line, in the reader's language: its English sentences are patterns to be reworded."""

import re

from vpcp_cli.language import N_, _

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

OWN_WORDS = {"more", "reason", "type"}
"""The places of these sentences that hold typer's words again; in the others stands what the user typed."""


def reword(said: str) -> str:
    """What typer `said`, in the reader's language; unchanged where it is none of the known sentences."""
    text = " ".join(said.split())
    for sentence in SENTENCES:
        found = re.fullmatch(_pattern(sentence), text)
        if found:
            places = found.groupdict()
            return _(sentence).format(**places | {place: reword(places[place]) for place in OWN_WORDS & places.keys()})
    return said


def _pattern(sentence: str) -> str:
    """A regular expression for a sentence with {places}; in typer's own sentences no place is empty."""
    return re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(sentence))
