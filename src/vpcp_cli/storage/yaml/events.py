"""PyYAML's parser: libyaml where PyYAML has it, else the one in Python. Neither builds objects nor recurses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from yaml.error import MarkedYAMLError
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from vpcp_cli.pattern import pattern

MAX_DEPTH: Final = 10
"""So many mappings and lists the format has inside each other, from the file to the title of a task's evidence."""

NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""What YAML takes for nothing, where it stands without quotes."""

CONTROL: Final = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What no text may hold, not even as an escape: "\x1b"."""

Source: TypeAlias = Callable[[], Any]
"""Returns the next event of a text; raises PyYAML's `YAMLError`."""


class PythonParser(Reader, Scanner, Parser):
    """The parser of a PyYAML that was built without libyaml, thirteen times slower."""

    def __init__(self, text: str) -> None:
        """Begin at the start of a text."""
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def get_event(self) -> Any:  # noqa: ANN401  as the class above has it
        """The next event; an escape that names no character is an error of YAML here too."""
        try:
            return super().get_event()  # type: ignore[no-untyped-call]
        except (ValueError, OverflowError):
            mark = self.get_mark()
            raise MarkedYAMLError("while scanning a quoted scalar", mark, "unknown escape", mark) from None


def fastest() -> Callable[[str], Any]:
    """The class of parsers that this machine has, libyaml's before Python's."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        return PythonParser
    return CParser


parser: Callable[[str], Any] = fastest()
"""The class of parsers in use."""


def source(text: str) -> Source:
    """The events of a text, one at each call."""
    events: Source = parser(text).get_event
    return events
