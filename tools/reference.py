"""Make the reference of the commands from the commands: docs/commands.md, docs/vpcp.1 and both in Vietnamese.

`python tools/reference.py` writes; a test says when that is to be done. The same tables of exit codes and variables go
into README.md and README.vi.md, between `<!-- exit codes -->` or `<!-- variables -->` and the next empty comment.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vpcp_cli import __version__, cli, language
from vpcp_cli.commands import instructions
from vpcp_cli.language import _, in_language
from vpcp_cli.render.help import paragraphs, parameter_sections, spoken_usage
from vpcp_cli.render.usage import reword

if TYPE_CHECKING:
    from typer._click import Command

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = ("Data", "Selection", "Output")
"""The headings of options that many commands share; they are described once."""

DATED = "2026-11-22"
"""The day on which the manual says that it was made: that of the version."""

Rows = list[tuple[str, str]]

WORDS = {
    "title": ("Các lệnh của vpcp", "The commands of vpcp"),
    "made": (
        "Trang này được tạo từ chính chương trình (`make docs`); không sửa trực tiếp.",
        "Made from the program itself (`make docs`); not to be edited.",
    ),
    "other": ("[In English](commands.md)", "[Tiếng Việt](commands.vi.md)"),
    "also": ("Có thêm", "Also takes"),
    "shared": ("Tùy chọn dùng chung", "Shared options"),
    "everywhere": ("Với mọi lệnh", "With every command"),
    "exit": ("Mã thoát", "Exit codes"),
    "variables": ("Biến môi trường", "Environment"),
    "name": ("TÊN", "NAME"),
    "synopsis": ("CÁCH DÙNG", "SYNOPSIS"),
    "description": ("MÔ TẢ", "DESCRIPTION"),
    "commands": ("CÁC LỆNH", "COMMANDS"),
    "files": ("TỆP", "FILES"),
    "manual": ("Hướng dẫn vpcp", "vpcp manual"),
    "code": ("mã", "code"),
    "meaning": ("ý nghĩa", "meaning"),
    "variable": ("biến", "variable"),
    "for": ("dùng để", "for"),
}
EXIT_CODES = tuple((str(code), in_language(text, "vi"), text) for code, text in instructions.EXIT_CODES)
VARIABLES = (
    ("VPCP_DATA", "thư mục chứa các chương trình, như `--data`", "the folder with the programmes, as `--data`"),
    ("VPCP_LANG", "ngôn ngữ: `vi` hoặc `en`, như `--lang`", "the language: `vi` or `en`, as `--lang`"),
    ("VPCP_AS_OF", "ngày của báo cáo, như `--as-of`", "the day of the report, as `--as-of`"),
    (
        "VPCP_BY",
        "người ghi nhật ký, như `--by`; nếu không có thì là `user.name` của git, rồi tên đăng nhập",
        "who signs log entries, as `--by`; else git's `user.name`, else the login",
    ),
    ("VPCP_NO_CACHE", "đặt là `1` thì không dùng bộ nhớ đệm, `0` thì có dùng", "`1` turns the cache off, `0` does not"),
    ("NO_COLOR, FORCE_COLOR", "tắt hoặc bắt buộc dùng màu", "no colour, or colour also where none is usual"),
    ("COLUMNS", "số cột của bảng", "how wide tables are"),
    ("GIT_EDITOR", "trình soạn thảo mà `vpcp edit` mở", "the editor that `vpcp edit` opens"),
    ("VISUAL, EDITOR", "như trên, khi git không đặt `core.editor`", "the same, where git's `core.editor` is not set"),
)
FILES = (
    ("vpcp.toml", "cài đặt của thư mục làm việc, không bắt buộc", "settings of the workspace, optional"),
    (
        "programmes/*.yaml",
        "mỗi năm một tệp; tên tệp là mã chương trình",
        "one file a year, named as the programme's id",
    ),
    ("programmes/units.yaml", "danh mục đơn vị", "the register of units"),
)


class Described(NamedTuple):
    """A command as the reference shows it; `shared` names the options that are described elsewhere."""

    name: str
    section: str
    usage: str
    texts: list[str]
    own: dict[str, Rows]
    shared: dict[str, list[str]]


class Reference:
    """All that is to be said in the language that is spoken."""

    def __init__(self) -> None:
        """Ask every command."""
        app = cli._app()  # noqa: SLF001  the app has no other use outside of `main`
        with app.make_context("vpcp", [], resilient_parsing=True) as self.context:
            self.app = app
        self.everywhere = parameter_sections(self.context, app.get_params(self.context))[_("Options")]
        self.shared: dict[str, dict[str, str]] = {_(title): {} for title in SHARED}
        self.commands = [self._described(row) for row in cli.COMMANDS]

    def _described(self, row: cli.Row) -> Described:
        command: Command = self.app.commands.get(row.name)  # type: ignore[attr-defined]
        with command.make_context(row.name, [], parent=self.context, resilient_parsing=True) as context:
            sections = parameter_sections(context, command.get_params(context))
            usage = f"vpcp {row.name} {spoken_usage(command.collect_usage_pieces(context))}"
        shared: dict[str, list[str]] = {}
        for title, known in self.shared.items():
            for option, text in tuple(sections.get(title, ())):
                if known.setdefault(option, text) == text:
                    sections[title].remove((option, text))
                    shared.setdefault(title, []).append(option)
        options = _("Options")
        sections[options] = [one for one in sections.get(options, []) if one not in self.everywhere]
        own = {title: rows for title, rows in sections.items() if rows}
        return Described(row.name, _(row.section), usage, paragraphs(command.help or ""), own, shared)


def word(name: str) -> str:
    """One of this page's own words."""
    return WORDS[name][0 if language.current() == "vi" else 1]


def table(rows: tuple[tuple[str, str, str], ...]) -> Rows:
    """A table of this page's own, in the language that is spoken."""
    return [(name, vi if language.current() == "vi" else en) for name, vi, en in rows]


# --- Markdown ---


def markdown(reference: Reference) -> Iterator[str]:
    """Yield the lines of docs/commands.md."""
    yield from (f"# {word('title')}", "", f"{word('made')} {word('other')}.", "")
    for title in dict.fromkeys(one.section for one in reference.commands):
        yield f"- {title}: " + " · ".join(
            f"[`{one.name}`](#{_anchor(f'vpcp {one.name}')})" for one in reference.commands if one.section == title
        )
    for command in reference.commands:
        yield from ("", f"## vpcp {command.name}", "")
        yield from _described_in_markdown(command)
    yield from ("", f"## {word('shared')}")
    for title, options in reference.shared.items():
        yield from ("", f"### {title}", "", *_list(list(options.items())))
    yield from ("", f"### {word('everywhere')}", "", *_list(reference.everywhere))
    yield from ("", f"## {word('exit')}", "", *exit_codes(), "", f"## {word('variables')}", "", *variables())


def _described_in_markdown(command: Described) -> Iterator[str]:
    for text in command.texts:
        example = text.startswith("\b")
        yield from (["```sh", *text.lstrip("\b\n").splitlines(), "```", ""] if example else [_in_markdown(text), ""])
    yield f"`{command.usage}`"
    for title, rows in command.own.items():
        yield from ("", f"**{title}**", "", *_list(rows))
    if command.shared:
        yield from ("", f"**{word('also')}**", "")
        for title, options in command.shared.items():
            yield f"- [{title}](#{_anchor(title)}): " + ", ".join(f"`{_short(option)}`" for option in options)


def _list(rows: Rows) -> Iterator[str]:
    for name, text in rows:
        yield f"- `{name}`: {_in_markdown(text)}"


def _in_markdown(text: str) -> str:
    """A text with nothing that Markdown would take for more, outside of its `code`."""
    pieces = text.split("`")
    pieces[::2] = [re.sub(r"([*_\[\]<>|#\\])", r"\\\1", piece) for piece in pieces[::2]]
    return "`".join(pieces)


def _anchor(title: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _short(option: str) -> str:
    return next(name for name in option.replace(",", " ").split() if name.startswith("--"))


def exit_codes() -> list[str]:
    """The exit codes as a Markdown table."""
    rows = [f"| {code} | {_in_markdown(text)} |" for code, text in table(EXIT_CODES)]
    return [f"| {word('code')} | {word('meaning')} |", "|---|---|", *rows]


def variables() -> list[str]:
    """The variables of the environment as a Markdown table."""
    rows = [f"| `{name.replace(', ', '`, `')}` | {_in_markdown(text)} |" for name, text in table(VARIABLES)]
    return [f"| {word('variable')} | {word('for')} |", "|---|---|", *rows]


def with_tables(readme: str) -> str:
    """A README with the tables as they are now."""
    for name, lines in (("exit codes", exit_codes()), ("variables", variables())):
        before, mark, rest = readme.partition(f"<!-- {name} -->\n")
        if mark:
            readme = before + mark + "\n".join(lines) + "\n<!-- -->" + rest.partition("<!-- -->")[2]
    return readme


# --- roff ---


def manual(reference: Reference) -> Iterator[str]:
    """Yield the lines of docs/vpcp.1."""
    yield "'\\\" -*- coding: UTF-8 -*-"
    yield f'.TH VPCP 1 {DATED} "vpcp {__version__}" "{word("manual")}"'
    yield from (".nh", ".ad l")
    yield from (f'.SH "{word("name")}"', f"vpcp \\- {_in_roff(_(cli.PURPOSE).rstrip('.'))}")
    yield from (
        f'.SH "{word("synopsis")}"',
        ".nf",
        _in_roff(f"vpcp {reword('[OPTIONS]')} {reword('COMMAND [ARGS]...')}"),
    )
    yield from (".fi", f'.SH "{word("commands")}"')
    for command in reference.commands:
        yield from _described_in_roff(command)
    yield f'.SH "{word("shared").upper()}"'
    for title, options in reference.shared.items():
        yield from (f'.SS "{_in_roff(title)}"', *_terms(list(options.items())))
    yield from (f'.SS "{_in_roff(word("everywhere"))}"', *_terms(reference.everywhere))
    for title, rows in (("exit", EXIT_CODES), ("variables", VARIABLES), ("files", FILES)):
        yield from (f'.SH "{word(title).upper()}"', *_terms(table(rows)))


def _described_in_roff(command: Described) -> Iterator[str]:
    yield f'.SS "{_in_roff(command.usage)}"'
    for place, text in enumerate(command.texts):
        if text.startswith("\b"):
            yield from (".PP", ".nf", *map(_in_roff, text.lstrip("\b\n").splitlines()), ".fi")
        else:
            yield from ([] if place == 0 else [".PP"])
            yield _in_roff(text)
    for rows in command.own.values():
        yield from _terms(rows)
    for title, options in command.shared.items():
        yield from (
            ".PP",
            f"{word('also')} ({_in_roff(title)}): " + ", ".join(rf"\fB{_in_roff(_short(one))}\fR" for one in options),
        )


def _terms(rows: Rows) -> Iterator[str]:
    for name, text in rows:
        may_break = _in_roff(name).replace("|", r"|\:")  # a long choice of words needs more than a line
        yield from (".TP", rf"\fB{may_break}\fR", _in_roff(text))


def _in_roff(text: str) -> str:
    """A text with nothing that roff would take for more; `code` is bold."""
    safe = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    pieces = safe.split("`")
    pieces[1::2] = [rf"\fB{piece}\fR" for piece in pieces[1::2]]
    line = "".join(pieces)
    return "\\&" + line if line.startswith((".", "'")) else line


def pages() -> dict[Path, str]:
    """Every file that is made here, with its content."""
    found: dict[Path, str] = {}
    for lang in language.LANGUAGES:
        end = ".vi" if lang == "vi" else ""
        language.choose(lang)
        reference = Reference()
        found[REPOSITORY / f"docs/commands{end}.md"] = "\n".join(markdown(reference)) + "\n"
        found[REPOSITORY / f"docs/vpcp{end}.1"] = "\n".join(manual(reference)) + "\n"
        readme = REPOSITORY / f"README{end}.md"
        if readme.exists():
            found[readme] = with_tables(readme.read_text(encoding="utf-8"))
    return found


def main() -> int:
    """Write what has changed."""
    for path, content in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")
            print(path.relative_to(REPOSITORY))
    return 0


if __name__ == "__main__":
    sys.exit(main())
