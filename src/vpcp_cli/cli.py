"""The command line: the table of commands, and `main`, the only place that turns errors into exit codes."""

import builtins
import importlib
import keyword
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, TypeAlias

import typer
from typer.core import TyperGroup

from vpcp_cli import language, version_line
from vpcp_cli.errors import BadWordError, LostFolderError, SystemRefusalError, VpcpError
from vpcp_cli.language import N_, _
from vpcp_cli.render.door import guard, say, tell
from vpcp_cli.render.help import SpokenGroupHelp, SpokenHelp, translated
from vpcp_cli.render.usage import usage_error, word_quotes

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter, Parameter
    from typer._click.shell_completion import CompletionItem

WRONG, BUG, INTERRUPTED = 2, 70, 130
EVERYWHERE = frozenset({"lang", "debug"})
"""The options that stand before a command and after it alike; `main` reads them before typer does."""

PURPOSE = N_("Keep the government's work programmes: what was asked, by whom, of whom, and how far it is.")

READ, WRITE, CHECK, SHARE = N_("Read"), N_("Write"), N_("Check"), N_("Share")


Shell: TypeAlias = Literal["bash", "zsh", "fish", "powershell"]


class Row(NamedTuple):
    """A command: its name, the section of the help where it stands, and what it does (its docstring's first line)."""

    name: str
    section: str
    does: str

    @property
    def module(self) -> str:
        """The command's module; a keyword of Python gets an underscore, and so does what stands between two words."""
        name = self.name.replace("-", "_").replace(" ", "_")
        return "vpcp_cli.commands." + (name + "_" if keyword.iskeyword(name) else name)

    def load(self) -> Callable[..., object]:
        """The command's function, named as its module; a name that Python has itself gets an underscore."""
        name = self.module.rpartition(".")[2]
        function: Callable[..., object] = getattr(
            importlib.import_module(self.module), name + "_" if hasattr(builtins, name) else name
        )
        return function


COMMANDS: tuple[Row, ...] = (
    Row("list", READ, N_("List tasks under the directives that asked for them; words search in all their texts.")),
    Row("show", READ, N_("Show a task, directive or programme whole: its texts, people, deadlines, log and place.")),
    Row("programmes", READ, N_("List the programmes: what years there are, and how far they are.")),
    Row("directives", READ, N_("List directives with who gave them, when, and how far their tasks are.")),
    Row("people", READ, N_("List the people who spoke, reported or gave awards, by their given names.")),
    Row(
        "status",
        READ,
        N_("Print the official count: done or not, deadline kept or passed, and both rates with their bases."),
    ),
    Row("due", READ, N_("List what needs attention, the most urgent first, with the reasons and the lead.")),
    Row("log", READ, N_("List what happened, newest first.")),
    Row(
        "summary",
        READ,
        N_("Sum up a day for e-mail and CI: the count, what is late, due soon and obstructed, and what changed."),
    ),
    Row(
        "sql",
        READ,
        N_("Answer a question in SQL about tasks, their states, log entries, directives, programmes and units."),
    ),
    Row("done", WRITE, N_("Mark tasks as done.")),
    Row("start", WRITE, N_("Report that work on tasks has begun.")),
    Row(
        "update",
        WRITE,
        N_("Report how far tasks are, which figure they have reached, or that another unit leads them from now on."),
    ),
    Row("assign", WRITE, N_("Say who answers for tasks from a day on.")),
    Row("note", WRITE, N_("Write a remark into the logs of tasks.")),
    Row("block", WRITE, N_("Write down what stands in the way of tasks; it is open until `vpcp unblock`.")),
    Row("unblock", WRITE, N_("Write down that what stood in the way of tasks is resolved.")),
    Row(
        "postpone",
        WRITE,
        N_("Write down a request for a later deadline, or its decision; only an approved one moves the deadline."),
    ),
    Row("remind", WRITE, N_("Write down that an urging letter about tasks went out.")),
    Row("risk", WRITE, N_("Say how likely tasks will miss their deadlines, and why.")),
    Row("withdraw", WRITE, N_("Take tasks out of the programme, with the reason; they are no longer counted.")),
    Row(
        "renumber",
        WRITE,
        N_("Give the later of two tasks or directives with one number the next free one, wherever it is named."),
    ),
    Row("split", WRITE, N_("Let a task go on as several, each with a text of its own and the history until today.")),
    Row("move", WRITE, N_("Let a task go on under another directive of its programme, with its history until today.")),
    Row("void", WRITE, N_("Say that tasks were entered by mistake: they never were, and their ids stay taken.")),
    Row(
        "return",
        WRITE,
        N_("Send tasks back that are not ready or not within authority, with the reason; they are no longer counted."),
    ),
    Row(
        "reopen",
        WRITE,
        N_("Let work on closed tasks go on, with the reason: done, not done, deferred, returned or withdrawn ones."),
    ),
    Row(
        "correct",
        WRITE,
        N_("Put a log entry right: the old one stays, struck out, and the new one stands in its place."),
    ),
    Row(
        "set",
        WRITE,
        N_("Put right what a task, a directive or a programme is: what was written down wrongly."),
    ),
    Row(
        "directive add",
        WRITE,
        N_("Add a directive to a programme, under the next number: who asked for what, when, in which document."),
    ),
    Row("add", WRITE, N_("Add a task to a directive, under the next number; a number is never given twice.")),
    Row(
        "new",
        WRITE,
        N_("Begin the programme of a year; with --carry-over unfinished tasks go on in it, noted at both ends."),
    ),
    Row("unit add", WRITE, N_("Add a unit to the register, under a code that programmes use.")),
    Row("unit set", WRITE, N_("Put right what the register says of a unit, or its code wherever it stands.")),
    Row(
        "unit merge",
        WRITE,
        N_("Write down that a unit went into another one: until when it was there, and which one has its work."),
    ),
    Row(
        "unit remove",
        WRITE,
        N_("Take a unit out of the register that nothing uses; one that has ended is merged, or gets its last day."),
    ),
    Row(
        "edit",
        WRITE,
        N_("Open the editor (VISUAL, EDITOR) at a task, directive or programme, and check the file afterwards."),
    ),
    Row(
        "init",
        WRITE,
        N_("Begin a workspace: settings, the register of units, schemas for editors; what is there stays as it is."),
    ),
    Row("undo", WRITE, N_("Take back the last write of today, then the one before, as long as it is not in git yet.")),
    Row("check", CHECK, N_("Name everything that is wrong with the files, where it is and how to mend it.")),
    Row(
        "explain",
        CHECK,
        N_(
            "Say what a finding of `vpcp check` means, why it matters and how to mend it;"
            " without a code, list them all."
        ),
    ),
    Row("schema", CHECK, N_("Print the JSON Schema of the files, from which editors know their keys and values.")),
    Row("units", CHECK, N_("List the units with their codes, and how many tasks each leads and supports.")),
    Row(
        "categories",
        CHECK,
        N_("List the categories with their codes, the workspace's own last, and how many tasks each has."),
    ),
    Row(
        "cache path",
        CHECK,
        N_("Print the folder in which vpcp keeps what it has read, and say how much that is; it may go at any time."),
    ),
    Row(
        "cache clean",
        CHECK,
        N_("Remove what vpcp of any version keeps of files that it has read; it is made again when it is needed."),
    ),
    Row(
        "draft",
        SHARE,
        N_("Draft tasks from a list that an office has: an annex or a sheet becomes a skeleton for `vpcp add --from`."),
    ),
    Row(
        "export html",
        SHARE,
        N_("Make a page that can be mailed: the count, what is urgent, and every task, to be searched in any browser."),
    ),
    Row(
        "serve", SHARE, N_("Show the page in a browser of this machine, read only, until Ctrl-C; it follows the files.")
    ),
    Row(
        "export xlsx",
        SHARE,
        N_("Make a workbook of open tasks that a unit fills in and sends back for `vpcp import`."),
    ),
    Row(
        "import",
        SHARE,
        N_("Read the workbooks of `vpcp export xlsx` that units have filled in; with --yes, write what they say."),
    ),
    Row(
        "export ics",
        SHARE,
        N_("Make a calendar of deadlines, a day for each task, that calendar programs keep up to date."),
    ),
    Row(
        "export sqlite",
        SHARE,
        N_("Put what workspaces mean into a SQLite file, for SQL and dashboards; again, only what has changed."),
    ),
    Row(
        "export postgres",
        SHARE,
        N_("Load what workspaces mean into PostgreSQL, into the schema vpcp; again, only what has changed."),
    ),
    Row(
        "export parquet",
        SHARE,
        N_("Write what workspaces mean as Parquet files, with views for DuckDB; again, only what has changed."),
    ),
    Row(
        "report",
        SHARE,
        N_("Write the report of a day as an official paper of Decree 30/2020: the count, what is urgent, an annex."),
    ),
    Row(
        "letter",
        SHARE,
        N_("Write letters that urge units about tasks overdue or due soon; they are only written, nothing is noted."),
    ),
    Row(
        "diff",
        SHARE,
        N_("Say what changed in meaning since a git revision or a day: tasks, texts, leads, logs, states, totals."),
    ),
    Row(
        "instructions",
        SHARE,
        N_("Print a page for an assistant or somebody who writes scripts: commands, contracts, exit codes, rules."),
    ),
    Row(
        "merge-file",
        SHARE,
        N_("Merge two versions of a file into OURS, as git asks for it: `vpcp init --git` sets it up."),
    ),
)
"""In the order of the help. A test compares each line with its module."""

SYNONYMS = {
    "complete": "done", "finish": "done", "mark": "done", "close": "done",
    "ls": "list", "task": "list", "tasks": "list", "search": "list", "find": "list",
    "validate": "check", "lint": "check", "verify": "check",
    "cat": "show", "view": "show", "get": "show", "info": "show",
    "stats": "status", "count": "status",
    "overdue": "due", "late": "due", "urgent": "due", "today": "due",
    "history": "log", "begin": "start", "comment": "note", "remark": "note",
    "delay": "postpone", "defer": "postpone", "extend": "postpone",
    "create": "add", "changes": "diff", "compare": "diff",
    "revert": "undo", "remove": "withdraw", "delete": "withdraw", "rm": "withdraw",
    "years": "programmes", "departments": "units", "ministries": "units", "agencies": "units",
    "category": "categories",
    "xong": "done", "hoan-thanh": "done", "danh-sach": "list", "liet-ke": "list", "tim": "list", "nhiem-vu": "list",
    "xem": "show", "chi-tiet": "show", "chuong-trinh": "programmes", "chi-dao": "directives", "nguoi": "people",
    "thong-ke": "status", "tinh-hinh": "status", "qua-han": "due", "den-han": "due", "tre-han": "due",
    "nhat-ky": "log", "tong-hop": "summary", "bao-cao": "report", "kiem-tra": "check", "giai-thich": "explain",
    "don-vi": "units", "linh-vuc": "categories",
    "so-sanh": "diff", "thay-doi": "diff", "bat-dau": "start", "cap-nhat": "update",
    "ghi-chu": "note", "vuong-mac": "block", "go-vuong": "unblock", "xin-lui": "postpone", "gia-han": "postpone",
    "lui-han": "postpone", "gian": "postpone", "gian-tien-do": "postpone",
    "don-doc": "remind", "rui-ro": "risk", "rut": "withdraw", "tra-lai": "return",
    "mo-lai": "reopen", "hoan-tac": "undo", "them": "add", "moi": "new", "sua": "edit",
}  # fmt: skip
"""What people type who come from elsewhere, or who think in Vietnamese, without marks → the command they mean."""

_HELP = {"help_option_names": ["-h", "--help"]}


class UnknownCommandError(VpcpError):
    """A word where a command should stand."""

    word: str
    nearest: Sequence[str]
    says = N_("There is no command «{word}».")

    def hint(self) -> str:
        """Offer the nearest commands, or point to all of them."""
        if not self.nearest:
            return _("`vpcp --help` lists the commands.")
        return _("Did you mean {words}?").format(words=", ".join(f"`vpcp {name}`" for name in self.nearest))


class Commands(dict[str, Any]):
    """Names of commands → commands, each loaded when it is asked for."""

    def __init__(self, rows: Sequence[Row], everywhere: "Sequence[Parameter]") -> None:
        """All names are there from the start: typer looks at them for completion; each takes options `everywhere`."""
        super().__init__(dict.fromkeys(row.name for row in rows))
        self._rows, self._everywhere = {row.name: row for row in rows}, everywhere

    def get(self, name: str, default: object = None) -> Any:  # noqa: ANN401  a dict of typer's private type
        """The command, built on first use."""
        if name in self and self[name] is None:
            self[name] = _command(self._rows[name], self._everywhere)
        return super().get(name, default)


class Group(SpokenGroupHelp):
    """All commands, of which only the one that is asked for is loaded."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  typer's own settings
        """Take the commands from the table."""
        super().__init__(**settings)
        self.commands = Commands(COMMANDS, [one for one in self.params if one.name in EVERYWHERE])

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:  # noqa: ARG002  typer's signature
        """The commands under the heading of their section, from the table alone."""
        for section in (READ, WRITE, CHECK, SHARE):
            rows = [(row.name, _(row.does)) for row in COMMANDS if row.section == section]
            if rows:
                with formatter.section(_(section)):
                    formatter.write_dl(rows)

    def shell_complete(self, ctx: "Context", incomplete: str) -> "list[CompletionItem]":
        """The names of commands from the table, and this group's options."""
        from typer._click.shell_completion import CompletionItem

        before = " ".join(ctx._protected_args + ctx.args)  # noqa: SLF001  typer tells it nowhere else
        words = _next_words(before)
        found = [CompletionItem(word, help=does) for word, does in words.items() if word.startswith(incomplete)]
        return found if before else found + translated(super(TyperGroup, self).shell_complete(ctx, incomplete))

    def resolve_command(self, ctx: "Context", args: list[str]) -> "tuple[str | None, Command | None, list[str]]":
        """The command that the first word names, or a refusal with the nearest ones."""
        if args[0] == "help":
            args = [*(word for word in args[1:] if word[:1] != "-" and word not in language.LANGUAGES), "--help"]
        if args[0] == "--help":
            print(ctx.get_help())
            raise typer.Exit
        if " ".join(args[:2]) in self.commands:
            args = [" ".join(args[:2]), *args[2:]]
        if ctx.params.get("data"):
            args = [args[0], "--data", ctx.params["data"], *args[1:]]
        word = args[0]
        if word in self.commands or word.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        from vpcp_cli.vietnamese import fold, nearest

        meant = SYNONYMS.get(fold(word).replace(" ", "-").replace("_", "-"))
        longer = [name for name in self.commands if name.startswith(f"{word} ")]
        near = [meant] if meant and meant in self.commands else nearest(word, self.commands)
        raise UnknownCommandError(word, list(dict.fromkeys([*longer, *near])))


def _next_words(before: str) -> dict[str, str]:
    """Return the words that go on from a command's first one, or begin one; what it does behind the last of a name."""
    start = f"{before} " if before else ""
    rest = {row.name.removeprefix(start): row.does for row in COMMANDS if row.name.startswith(start)}
    return {name.partition(" ")[0]: "" if " " in name else _(does) for name, does in rest.items()}


def _command(row: Row, everywhere: "Sequence[Parameter]") -> "Command":
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(row.name, cls=SpokenHelp, context_settings=_HELP)(row.load())
    command = typer.main.get_command(app)
    command.params.extend(everywhere)
    return command


def _print_version(value: bool) -> None:
    if value:
        print(version_line())
        raise typer.Exit


LangOption = Annotated[
    Literal["vi", "en"] | None, typer.Option("--lang", help=N_("Speak Vietnamese or English."), expose_value=False)
]
DebugOption = Annotated[
    bool, typer.Option("--debug", help=N_("Show where in the program an error arose."), expose_value=False)
]
DataOption = Annotated[
    str | None, typer.Option("--data", metavar="DIR", help=N_("The folder with the programmes (VPCP_DATA)."))
]
VersionOption = Annotated[
    bool,
    typer.Option(
        "--version", help=N_("Print the version and exit."), is_eager=True, callback=_print_version, expose_value=False
    ),
]


def _show_completion(shell: Shell | None) -> None:
    if shell:
        from vpcp_cli.commands.shells import script

        print(script(shell), end="")
        raise typer.Exit


def _install_completion(shell: Shell | None) -> None:
    if shell:
        from vpcp_cli.commands.shells import install

        for path in install(shell):
            tell(str(path))
        print(_("Completion works in every new terminal."), file=sys.stderr)
        raise typer.Exit


ShowCompletionOption = Annotated[
    Shell | None,
    typer.Option(
        "--show-completion",
        help=N_("Print the completion script for a shell."),
        callback=_show_completion,
        expose_value=False,
    ),
]
InstallCompletionOption = Annotated[
    Shell | None,
    typer.Option(
        "--install-completion",
        help=N_("Let a shell complete commands, options, ids and codes at the Tab key."),
        callback=_install_completion,
        expose_value=False,
    ),
]


def _vpcp(
    context: typer.Context,
    lang: LangOption = None,
    version: VersionOption = False,
    debug: DebugOption = False,
    data: DataOption = None,
    install_completion: InstallCompletionOption = None,
    show_completion: ShowCompletionOption = None,
) -> None:
    """Print the help where no command follows."""
    if context.invoked_subcommand is None:
        print(context.get_help())


def _app() -> "Command":
    app = typer.Typer(
        cls=Group, help=PURPOSE, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
    )
    app.callback(invoke_without_command=True, context_settings=_HELP)(_vpcp)
    return typer.main.get_command(app)


def main(argv: Sequence[str]) -> int:
    """Run one command line; the exit code. Every error ends here as a sentence on standard error."""
    _speak_utf8()
    shell = os.environ.get("_VPCP_COMPLETE")
    if shell:
        return _complete(shell, argv)
    try:
        _choose_language(argv)
        code = _run(list(argv))
        sys.stdout.flush()
    except VpcpError as error:
        hint = _quoted(error.exit_code, argv) or error.hint()
        return _refuse(error.exit_code, error.sentence(), hint, in_lines=error.in_lines)
    except typer.TyperException as error:
        sentence, hint = usage_error(error)
        return _refuse(error.exit_code, sentence, _quoted(error.exit_code, argv) or hint)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return 0
    except Exception as error:  # noqa: BLE001  whatever it is, it must not look like an answer
        if "--debug" in argv:
            traceback.print_exc()
        if isinstance(error, OSError):
            refusal = SystemRefusalError.of(error)
            return _refuse(refusal.exit_code, refusal.sentence(), refusal.hint())
        return _refuse(BUG, *_bug(error))
    return code


def _complete(shell: str, argv: Sequence[str]) -> int:
    """Print what a shell may offer. Whatever is wrong, whoever types must not see it: then nothing is offered."""
    from vpcp_cli.commands.completion import offers, typed_words

    with suppress(Exception, SystemExit):
        words = typed_words(shell, argv)
        language.choose(language.language_of(words, os.environ, _settled_language))
        sys.stdout.writelines(f"{line}\n" for line in offers(_app(), words))
        sys.stdout.flush()
    return 0


def _choose_language(argv: Sequence[str]) -> None:
    language.choose(language.language_of(argv, os.environ, _settled_language))
    named = os.environ.get("VPCP_LANG")
    if named and language.language_named(named) is None:
        raise BadWordError(named, "VPCP_LANG", language.LANGUAGES, ())


def _settled_language() -> str | None:
    from vpcp_cli.storage.settings import here, settled_language

    try:
        return settled_language(here())
    except LostFolderError:
        return None


def _run(argv: list[str]) -> int:
    app = _app()
    try:
        with app.make_context("vpcp", argv) as context:
            answer = app.invoke(context)
    except typer.Exit as leaving:
        return leaving.exit_code
    return answer if isinstance(answer, int) else 0


def _quoted(code: int, argv: Sequence[str]) -> str | None:
    """The hint for a wrong command line that a word processor's quotation marks have taken apart."""
    return word_quotes(argv) if code == WRONG else None


def _bug(error: Exception) -> tuple[str, str]:
    """The sentence and the hint for what nobody has thought of."""
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    return (
        _("This is a bug in vpcp: {what}").format(what=what),
        _("Please report it with what `--debug` shows."),
    )


def _refuse(code: int, sentence: str, hint: str | None, *, in_lines: bool = False) -> int:
    """Say on standard error what is wrong and what to do about it; the exit code."""
    with suppress(OSError):  # nobody can be told; the code says it
        _say(_("error: {sentence}").format(sentence=sentence), in_lines=in_lines)
        if hint:
            _say(_("hint: {hint}").format(hint=hint), in_lines=in_lines)
    return code


def _say(text: str, *, in_lines: bool) -> None:
    for line in text.split("\n") if in_lines else [text]:
        say(line)


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale is; what can't be encoded is shown as its code."""
    for stream in (sys.stdout, sys.stderr):
        guard(stream)


def _drop_output() -> None:
    """Let what is still to be written go nowhere, also when Python flushes at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
