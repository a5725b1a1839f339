"""The help of commands in the reader's language. typer lays it out; here are the words and the order."""

import inspect
from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperGroup

from vpcp_cli.language import N_, _
from vpcp_cli.render.usage import in_words, reword

if TYPE_CHECKING:  # typer's own copy of click has no public name
    from typer._click import Context, HelpFormatter, Parameter
    from typer._click.shell_completion import CompletionItem

ARGUMENTS, OPTIONS = N_("Arguments"), N_("Options")


class SpokenHelp(TyperCommand):
    """A command whose help is translated when it is shown."""

    def format_usage(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """The line that shows how to call the command."""
        write_usage(ctx, formatter, self.collect_usage_pieces(ctx))

    def format_help_text(self, ctx: "Context", formatter: "HelpFormatter") -> None:  # noqa: ARG002  typer's signature
        """The command's docstring."""
        write_text(formatter, self.help or "")

    def format_options(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Arguments, then the options under their headings."""
        write_parameters(ctx, formatter, self.get_params(ctx))

    def shell_complete(self, ctx: "Context", incomplete: str) -> "list[CompletionItem]":
        """The options, as completion shows them."""
        return translated(super().shell_complete(ctx, incomplete))


class SpokenGroupHelp(TyperGroup):
    """A group of commands whose help is translated when it is shown."""

    def format_usage(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """The line that shows how to call a command."""
        write_usage(ctx, formatter, self.collect_usage_pieces(ctx))

    def format_help_text(self, ctx: "Context", formatter: "HelpFormatter") -> None:  # noqa: ARG002  typer's signature
        """What the program is for."""
        write_text(formatter, self.help or "")

    def format_options(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """The commands, then the options that come before a command."""
        self.format_commands(ctx, formatter)
        write_parameters(ctx, formatter, self.get_params(ctx))


def translated(items: "list[CompletionItem]") -> "list[CompletionItem]":
    """What completion offers, with its help in the reader's language."""
    for item in items:
        item.help = item.help and _(item.help)
    return items


def write_usage(ctx: "Context", formatter: "HelpFormatter", pieces: list[str]) -> None:
    """Write the usage line of a command."""
    formatter.write_usage(ctx.command_path, spoken_usage(pieces), prefix=_("Usage:") + " ")


def spoken_usage(pieces: list[str]) -> str:
    """What follows a command's name, in the reader's language."""
    return " ".join(in_words(reword(piece)) for piece in pieces)


def write_text(formatter: "HelpFormatter", text: str) -> None:
    """Write a docstring, paragraph by paragraph."""
    for paragraph in paragraphs(text):
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(paragraph)


def joined(lines: str) -> str:
    """Lines of source as one sentence, which is how the catalogue has it."""
    return " ".join(lines.split())


def write_parameters(ctx: "Context", formatter: "HelpFormatter", parameters: "list[Parameter]") -> None:
    """Write what each argument and option is for, under the heading that it names as its `rich_help_panel`."""
    for title, rows in parameter_sections(ctx, parameters).items():
        with formatter.section(title):
            formatter.write_dl(rows)


def parameter_sections(ctx: "Context", parameters: "list[Parameter]") -> dict[str, list[tuple[str, str]]]:
    """Headings → arguments and options as they are typed, each with what it is for."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for parameter in parameters:
        record = parameter.get_help_record(ctx)
        if record is None:
            continue
        usual = ARGUMENTS if parameter.param_type_name == "argument" else OPTIONS
        title = getattr(parameter, "rich_help_panel", None) or usual
        text = getattr(parameter, "help", None) or ""
        sections.setdefault(_(title), []).append((in_words(record[0]), _spoken(text, record[1].removeprefix(text))))
    return sections


def paragraphs(text: str) -> list[str]:
    """A docstring in paragraphs, translated; one that begins with a backspace is an example and stays as it is."""
    found = inspect.cleandoc(text).split("\n\n")
    return [paragraph if paragraph.startswith("\b") else _(joined(paragraph)) for paragraph in found]


def _spoken(text: str, extras: str) -> str:
    """A help text and what typer adds to it, as in `[default: 30; required]`."""
    known = [reword(extra) for extra in extras.strip()[1:-1].split("; ") if extra and extra != "x>=0"]
    return "  ".join(filter(None, [_(text), f"[{'; '.join(known)}]" if known else ""]))
