"""What a command loads, and that the table of commands tells the truth."""

import inspect
import json
import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

from terminal import Terminal
from vpcp_cli import cli, commands
from vpcp_cli.render.help import joined

LIGHT = [
    ["--version"],
    ["--help"],
    [],
    ["frobnicate"],
    ["--frobnicate"],
    ["list", "--help"],
    *([row.name, "--help"] for row in cli.COMMANDS),
    *([row.name, "--frobnicate"] for row in cli.COMMANDS),
]
WATCH = """
import json, sys
from vpcp_cli import cli
for argv in json.loads(sys.argv[1]):
    cli.main(argv)
    heavy = sorted({"rich", "pydantic", "pydantic_core", "yaml"} & set(sys.modules))
    if heavy:
        sys.exit(f"{argv} loads {heavy}")
"""


def test_help_and_usage_errors_load_nothing_heavy(terminal: Terminal) -> None:
    command = [sys.executable, "-c", WATCH, json.dumps(LIGHT)]
    done = subprocess.run(command, env=terminal.environment(), capture_output=True, check=False, text=True)
    assert (done.returncode, done.stderr.splitlines()[-1:]) == (0, done.stderr.splitlines()[-1:])


def test_only_the_command_that_is_asked_for_is_loaded(terminal: Terminal) -> None:
    show = "from vpcp_cli import cli; cli.main(['--help']); import sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", show], env=terminal.environment(), capture_output=True, check=True, text=True
    )
    assert "vpcp_cli.cli" in done.stdout.split()
    assert [name for name in done.stdout.split() if name.startswith("vpcp_cli.commands.")] == []


def test_completion_loads_nothing_heavy(terminal: Terminal) -> None:
    terminal.take_shipped()
    lines = [["vpcp", *words] for words in (["--l"], ["sh"], ["list", "--fields", ""], ["due", "--unit", "v"])]
    lines += [["vpcp", *words] for words in (["show", "2022"], ["list", "--year", ""], ["explain", ""], ["check", ""])]
    command = [sys.executable, "-c", WATCH, json.dumps(lines)]
    environment = terminal.environment() | {"_VPCP_COMPLETE": "zsh"}
    done = subprocess.run(command, cwd=terminal.folder, env=environment, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert {"--lang", "show", "timeliness", "VPCP", "2022-CD02.3", "2012", "not-utf8", ""} <= {
        line.partition("\t")[0] for line in done.stdout.splitlines()
    }


WARM = (
    ["list"],
    ["list", "--year", "2022", "--unit", "VPCP", "--sort", "deadline", "-f", "json"],
    ["list", "quy chế"],
    ["show", "2022-CD02.3"],
    ["status", "--by", "lead"],
    ["due"],
    ["summary"],
    ["log"],
    ["directives"],
    ["people"],
    ["check"],
)


def test_a_warm_answer_loads_neither_yaml_nor_pydantic_nor_rich(terminal: Terminal) -> None:
    terminal.take_shipped()
    assert [terminal.vpcp(*argv).code for argv in WARM] == [0] * len(WARM)
    command = [sys.executable, "-c", WATCH, json.dumps(WARM)]
    done = subprocess.run(
        command, cwd=terminal.folder, env=terminal.environment(), capture_output=True, check=False, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "without"),
    [
        ("list --help", {"dataclasses", "vpcp_cli.query", "vpcp_cli.vocabulary"}),
        ("list", {"_hashlib", "json", "vpcp_cli.programme", "vpcp_cli.rulebook"}),
        ("list -f table", {"_hashlib", "vpcp_cli.knowing", "vpcp_cli.render.entries", "vpcp_cli.render.records"}),
        ("summary", {"_hashlib", "json", "vpcp_cli.knowing", "vpcp_cli.programme"}),
    ],
)
def test_a_short_answer_loads_only_what_it_says(terminal: Terminal, words: str, without: set[str]) -> None:
    terminal.take_shipped()
    assert terminal.vpcp(*words.split()).code == 0
    show = "import sys; from vpcp_cli import cli; cli.main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", show, *words.split()],
        cwd=terminal.folder,
        env=terminal.environment(),
        capture_output=True,
        check=True,
        text=True,
    )
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "vpcp_cli.cli" in loaded
    assert loaded.isdisjoint(without)


def test_the_table_of_commands_says_what_the_modules_say() -> None:
    first = {row.name: joined((inspect.getdoc(row.load()) or "").split("\n\n")[0]) for row in cli.COMMANDS}
    assert first == {row.name: row.does for row in cli.COMMANDS}


def test_every_command_stands_in_the_table() -> None:
    modules = [import_module(f"vpcp_cli.commands.{found.name}") for found in pkgutil.iter_modules(commands.__path__)]
    named = {
        module.__name__
        for module in modules
        for name in [module.__name__.rpartition(".")[2]]
        if callable(getattr(module, name, None)) or callable(getattr(module, name + "_", None))
    }
    assert named == {row.module for row in cli.COMMANDS}
    assert {row.section for row in cli.COMMANDS} <= {cli.READ, cli.WRITE, cli.CHECK, cli.SHARE}


def test_the_installed_command_runs(terminal: Terminal) -> None:
    assert terminal.run("vpcp --version | cat").out.startswith("vpcp ")
    assert terminal.run("python -m vpcp_cli --version; true").out.startswith("vpcp ")
