"""Whatever the package defines is used in it."""

import ast
import re
from collections import Counter

from terminal import REPOSITORY
from vpcp_cli.cli import COMMANDS

PACKAGE = REPOSITORY / "src" / "vpcp_cli"
HOOKS = {"_missing_", "do_GET", "log_message", "format_usage", "format_help_text", "format_options"}
"""What the standard library and typer call."""
OF_A_PROCESS = {"unsettle"}
"""What a process that ends leaves behind anyway: tests run many in one."""


def test_each_name_that_is_defined_is_used() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    templates = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.j2")]
    words = Counter(word for text in (*texts.values(), *templates) for word in re.findall(r"\w+", text))
    defined: Counter[str] = Counter()
    for text in texts.values():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                defined[node.name] += 1
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                defined[node.target.id] += 1
    modules = {row.module.rpartition(".")[2] for row in COMMANDS}
    commands = modules | {f"{name}_" for name in modules}  # a name that Python has itself
    unused = {name for name, times in defined.items() if words[name] <= times and not name.startswith("__")}
    assert unused - commands - HOOKS - OF_A_PROCESS == set()
