"""What PyYAML says when it can't go on, turned into faults that name the cause and its place.

Its two parsers word the same trouble differently; so a few words of theirs choose a question, and the text answers it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from yaml.error import MarkedYAMLError, YAMLError

from vpcp_cli.storage.yaml.faults import Fault, place_of

_KEY: Final = re.compile(r"[ ]*(?:- +)*[A-Za-z_]+")
_KEY_WITHOUT_SPACE: Final = re.compile(r"[ ]*(?:- +)*[A-Za-z_]+:[^\s/]")
_COMMENT: Final = re.compile(r"(?<![^\s\[\]{},])#.*")
_LONGEST_KEY: Final = 1024
_FAR: Final = 100_000
_PAIRS: Final = {"]": "[", "}": "{"}


def explained(error: YAMLError, text: str) -> Fault:
    """The fault behind an error of PyYAML in a text."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return Fault("bad-yaml", 1, 1)
    said = f"{error.context or ''} | {error.problem or ''}"
    trouble = _Trouble(text, error.problem_mark, error.context_mark or error.problem_mark)
    for words, question in _QUESTIONS:
        if words in said:
            return question(trouble)
    return trouble.at_problem("bad-yaml")


class _Trouble:
    """Where the parser stopped, and where what it was reading began; here lines and columns count from 0."""

    def __init__(self, text: str, problem: Any, context: Any) -> None:  # noqa: ANN401  two classes of marks
        self.lines = text.split("\n")
        self.row, self.column = problem.line, problem.column
        if self.row >= len(self.lines):  # libyaml sees an end of line that is not there
            self.row, self.column = len(self.lines) - 1, len(self.lines[-1])
        self.start_row, self.start_column = context.line, context.column

    @property
    def line(self) -> str:
        line: str = self.lines[self.row]
        return line

    @property
    def before(self) -> str:
        return self.line[: self.column]

    @property
    def rest(self) -> str:
        return self.line[self.column :]

    @property
    def at_end(self) -> bool:
        return not self.rest.strip() and not any(line.strip() for line in self.lines[self.row + 1 :])

    def at_problem(self, code: str, **facts: str) -> Fault:
        return Fault(code, self.row + 1, self.column + 1, facts)

    def at_start(self, code: str, **facts: str) -> Fault:
        return Fault(code, self.start_row + 1, self.start_column + 1, facts)

    def at_text(self, code: str) -> Fault:
        """At the first character of the line."""
        return Fault(code, self.row + 1, _indent(self.line) + 1)

    def open_quote(self) -> Fault | None:
        """The quote of an earlier line that the quote before the problem closed by mistake."""
        quote = self.before.rstrip()[-1:]
        if quote not in ('"', "'") or self.before.count(quote) % 2 == 0:
            return None
        for row in range(self.row - 1, -1, -1):
            if self.lines[row].count(quote) % 2:
                return Fault("open-quote", row + 1, self.lines[row].rindex(quote) + 1, {"quote": quote})
        return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _quoted(trouble: _Trouble) -> Fault:
    quote = trouble.lines[trouble.start_row][trouble.start_column]
    return trouble.at_start("open-quote", quote=quote)


def _escape(trouble: _Trouble) -> Fault:
    column = max(trouble.line.rfind("\\", 0, trouble.column + 2), 0)
    return Fault("bad-escape", trouble.row + 1, column + 1, {"escape": trouble.line[column : column + 2]})


def _line_without_key(trouble: _Trouble) -> Fault:
    line = trouble.lines[trouble.start_row]
    if line.startswith("======="):
        return trouble.at_start("conflict-marker")
    return trouble.at_start("missing-space" if _KEY_WITHOUT_SPACE.match(line) else "missing-colon")


def _second_colon(trouble: _Trouble) -> Fault:
    before = trouble.before
    if not re.search(r":\s", before) and len(before) > _LONGEST_KEY:
        return trouble.at_text("complex-key")
    if not _KEY.fullmatch(before):
        return trouble.at_problem("colon-in-text")
    row = next((row for row in range(trouble.row - 1, -1, -1) if trouble.lines[row].strip()), trouble.row)
    if _KEY_WITHOUT_SPACE.match(trouble.lines[row]):
        return Fault("missing-space", row + 1, _indent(trouble.lines[row]) + 1)
    return trouble.at_text("wrong-indentation")


def _out_of_block(trouble: _Trouble) -> Fault:
    """Something that neither goes on with the mapping or list before it, nor ends it."""
    last = trouble.before.rstrip()[-1:]
    if trouble.rest[:1] in ("]", "}", ","):
        return trouble.at_problem("stray-bracket", character=trouble.rest[0])
    if last in ('"', "'"):
        return trouble.open_quote() or trouble.at_problem("text-after-quote")
    if last in _PAIRS and _PAIRS[last] in trouble.before:
        column = trouble.before.rindex(_PAIRS[last])
        return Fault("reserved-character", trouble.row + 1, column + 1, {"character": _PAIRS[last]})
    if trouble.rest[:1] == ":":
        return trouble.at_problem("complex-key")
    in_list = trouble.lines[trouble.start_row][trouble.start_column :].startswith("-")
    is_item = re.match(r"-(?:\s|$)", trouble.rest) is not None
    if trouble.column == trouble.start_column and in_list != is_item:
        return trouble.at_problem("list-among-keys")
    return trouble.at_problem("wrong-indentation")


def _out_of_brackets(trouble: _Trouble) -> Fault:
    if trouble.rest[:1] in _PAIRS:
        return trouble.at_problem("stray-bracket", character=trouble.rest[0])
    opening = trouble.lines[trouble.start_row]
    later = trouble.row > trouble.start_row and _indent(trouble.line) <= _indent(opening)
    if trouble.at_end or later:
        return trouble.at_start("open-bracket", character=opening[trouble.start_column])
    return trouble.open_quote() or trouble.at_problem("missing-comma")


def _no_content(trouble: _Trouble) -> Fault:
    if trouble.rest[:1] in ("]", "}", ","):
        return trouble.at_problem("stray-bracket", character=trouble.rest[0])
    if trouble.rest.startswith(("...", "---")):
        return trouble.at_problem("several-documents")
    if not trouble.before.strip() and _KEY.match(trouble.rest):
        return trouble.at_problem("wrong-indentation")
    return _last_open_bracket(trouble) or trouble.at_problem("bad-yaml")


def _last_open_bracket(trouble: _Trouble) -> Fault | None:
    text = "\n".join([*trouble.lines[: trouble.row], trouble.before])
    text = _COMMENT.sub(lambda comment: " " * len(comment[0]), text)  # a bracket in a comment closes nothing
    depth = 0
    for offset in range(len(text) - 1, max(len(text) - _FAR, 0) - 1, -1):
        character = text[offset]
        depth += (character in "]}") - (character in "[{")
        if depth < 0:
            return Fault("open-bracket", *place_of(text, offset), {"character": character})
    return None


def _out_of_document(trouble: _Trouble) -> Fault:
    first = next((line for line in trouble.lines if line.strip() and not line.lstrip().startswith("#")), "")
    if first.startswith("%"):
        return _percent(trouble)
    if any(line.startswith("...") for line in trouble.lines[: trouble.row + 1]):
        return trouble.at_problem("several-documents")
    if _KEY.match(trouble.rest) and (first.startswith(" ") or _KEY.match(first)):
        return trouble.at_text("wrong-indentation")
    return _out_of_block(trouble)


def _percent(trouble: _Trouble) -> Fault:
    row = next((row for row, line in enumerate(trouble.lines) if line.startswith("%")), trouble.row)
    return Fault("yaml-directive", row + 1, 1)


def _reserved(trouble: _Trouble) -> Fault:
    return trouble.at_problem("reserved-character", character=trouble.rest[:1])


def _reserved_start(trouble: _Trouble) -> Fault:
    return trouble.at_start("reserved-character", character=trouble.lines[trouble.start_row][trouble.start_column])


def _tag(trouble: _Trouble) -> Fault:
    written = trouble.lines[trouble.start_row][trouble.start_column :].split()
    return trouble.at_start("tag", tag=written[0] if written else "!")


def _always(code: str) -> Callable[[_Trouble], Fault]:
    return lambda trouble: trouble.at_problem(code)


_QUESTIONS: Final[tuple[tuple[str, Callable[[_Trouble], Fault]], ...]] = (
    ("hexdecimal", _escape),
    ("hexadecimal", _escape),
    ("escape", _escape),
    ("quoted scalar", _quoted),
    ("unexpected ':'", _always("missing-space")),
    ("simple key", _line_without_key),
    ("mapping values are not allowed", _second_colon),
    ("sequence entries are not allowed", _always("list-in-line")),
    ("mapping keys are not allowed", _reserved),
    ("cannot start any token", _reserved),
    ("scanning an alias", _reserved_start),
    ("scanning an anchor", _reserved_start),
    ("block scalar", _always("block-text")),
    ("directive", _percent),
    ("incompatible YAML document", _percent),
    ("duplicate tag handle", _percent),
    ("tag", _tag),
    ("flow sequence", _out_of_brackets),
    ("flow mapping", _out_of_brackets),
    ("node content", _no_content),
    ("document start", _out_of_document),
    ("parsing a block", _out_of_block),
)
"""Words of PyYAML's sentences → who finds the cause. The order matters: the first that fits is asked."""
