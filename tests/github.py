"""What GitHub takes from a job: the commands in its log, and the page that it makes of a report in Markdown."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from markdown_it import MarkdownIt

PROPERTY = re.compile(r"\w+=[^,:\r\n]*")
UNESCAPED = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}
# GFM's extended autolinks, and what GitHub makes links of in a page: @mentions, #1, GH-1.
LINKED = re.compile(r"\bwww\.|https?://|ftp://|mailto:\w|xmpp:\w|[\w.+-]+@[\w-]+\.|@\w|#\d|\bGH-\d", re.IGNORECASE)


def workflow_commands(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """What GitHub's runner takes from a log.

    docs.github.com, «Workflow commands»: `::name key=value,key=value::message`, %-escapes, stop-commands; the runner
    strips leading spaces, and takes `##[name]` anywhere in a line that is no command of the first form.
    """
    stopped = ""
    for line in text.splitlines():
        found = re.match(r"\s*::([\w-]+)(?: (.*?))?::(.*)", line)
        if stopped:
            stopped = "" if found and found[1] == stopped else stopped
        elif found and found[1] == "stop-commands":
            stopped = found[3]
        elif found:
            given = found[2] or ""
            assert all(PROPERTY.fullmatch(one) for one in given.split(",") if one)
            properties = dict(one.split("=", 1) for one in given.split(",") if one)
            yield found[1], {key: unescaped(value) for key, value in properties.items()}, unescaped(found[3])
        elif "##[" in line:
            yield "old", {}, line
    assert not stopped


def unescaped(text: str) -> str:
    """What stands behind %-escapes."""
    for code, sign in UNESCAPED.items():
        text = text.replace(code, sign)
    return text.replace("%25", "%")


class Page(HTMLParser):
    """A page made of Markdown: its tags, its texts, and those of them that are code."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.pieces: list[str] = []
        self.code: list[str] = []
        self.cells: list[str] = []
        renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        self.feed(renderer.render(markdown))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "code":
            self.code.append("")
        self.attributes.update(name for name, _value in attrs)
        if tag in {"br", "td", "th", "p", "li"}:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if self.get_starttag_text() in {"<td>", "<th>"}:
            self.cells.append(data)
        self.pieces.append(data)
        if self.get_starttag_text() == "<code>" and not self.code[-1]:
            self.code[-1] = data

    @property
    def text(self) -> str:
        """What a reader sees."""
        return "".join(self.pieces)

    @property
    def linked(self) -> list[str]:
        """Texts between tags and comments, for no link reaches over one."""
        return [piece for piece in self.pieces if LINKED.search(piece)]
