"""Where a new item of a list goes, and in which dress: lines are added, nothing else is touched."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from vpcp_cli.dataclass import dataclass
from vpcp_cli.language import N_
from vpcp_cli.pattern import pattern
from vpcp_cli.storage.format.items import with_item, with_items
from vpcp_cli.storage.splice import Splice
from vpcp_cli.storage.yaml.emitter import Item, Style, flow, item_lines
from vpcp_cli.storage.yaml.nodes import Kind, Node

IN_BRACES = N_("{id} is written in braces or brackets that end within a line, so no line can be added")
NO_LIST = N_("`{key}:` of {id} is no list")
NO_VERSION = N_("`schema:` of {id} can't be set to 2 without touching something else")
UNPROVED = N_("nothing can be added to {id} without touching something else")

_REST_OF_LINE = pattern(r" *(?:(?<= )#[^\r\n]*)?(?=\r?\n|\Z)")
_DASH = pattern(r" *-( +)")
_EMPTY_LINE = pattern(r"\n *\r?\n")
_COMMENT = pattern(r"(?:^|(?<=\s))#.*", re.MULTILINE)


class NoPlaceError(Exception):
    """A list to which nothing can be added by adding lines; `line` counts from 0 in the text that was given."""

    def __init__(self, line: int, reason: str) -> None:
        """Keep the line and one of this module's reasons."""
        super().__init__(reason)
        self.line, self.reason = line, reason


@dataclass(frozen=True, slots=True)
class Adding:
    """A list of a mapping gets another item."""

    key: str
    value: Item

    def made(self, data: object, way: tuple[str | int, ...]) -> object:
        """The same data with the item in what a way leads to."""
        return with_item(data, way, self.key, self.value)

    def splices(self, text: str, holder: Node, style: Style) -> Iterator[Splice]:
        """Ways to add it, the best first; `style` is for what has no neighbours. Raises NoPlaceError."""
        return _splices(text, holder, self.key, self.value, style)


class AddingAll:
    """A list of a mapping gets several items behind its last one, in one stroke."""

    def __init__(self, key: str, value: Sequence[Item]) -> None:
        """Take the list's key and the items; `parts` will be the bytes of each, in the way that was asked for last."""
        self.key, self.value = key, value
        self.parts: list[bytes] = []

    def made(self, data: object, way: tuple[str | int, ...]) -> object:
        """The same data with the items in what a way leads to."""
        return with_items(data, way, self.key, self.value)

    def splices(self, text: str, holder: Node, style: Style) -> Iterator[Splice]:
        """Ways to add them, the best first; none where the list is no block that has an item already."""
        items = holder.value(self.key)
        if holder.flow or items is None or items.kind is not Kind.SEQUENCE or items.flow or not items.children:
            return
        like = _like_the_last(text, items, style)
        each = [item_lines(item, items.column, like) for item in self.value]
        for apart in ([""], []) if like.apart else ([],):
            blocks = [[*apart, *lines] for lines in each]
            splice = below(text, items, [line for block in blocks for line in block], like)
            lengths = [[len(line.encode()) for line in block] for block in blocks]
            end = (len(splice.text) - sum(map(sum, lengths))) // sum(map(len, lengths))  # of a line, which all have
            places = [0, *accumulate(sum(block) + end * len(block) for block in lengths)]
            self.parts = [splice.text[start:stop] for start, stop in pairwise(places)]
            yield splice


def _splices(text: str, holder: Node, key: str, item: Item, style: Style) -> Iterator[Splice]:
    items = holder.value(key)
    if items and items.flow and items.children:
        yield _before_the_end(text, items, [flow(item)])
    elif holder.flow and items:
        raise NoPlaceError(items.line, IN_BRACES)
    elif holder.flow:
        yield _before_the_end(text, holder, [f"{key}: [", f"  {flow(item)},", "]"])
    elif items is None:
        lines = [f"{' ' * holder.column}{key}:", *item_lines(item, holder.column + style.offset, style)]
        yield below(text, holder, lines, style)
        if len(holder.children) > 2:  # the last value may end the file and not bear a line behind it
            yield below(text, holder.children[-3], lines, style)
    elif items.kind is not Kind.SEQUENCE:
        raise NoPlaceError(items.line, NO_LIST)
    elif items.flow:
        yield _instead_of_brackets(text, items, item_lines(item, holder.column + style.offset, style), style)
    else:
        like = _like_the_last(text, items, style)
        lines = item_lines(item, items.column, like)
        if like.apart:
            yield below(text, items, ["", *lines], like)
        yield below(text, items, lines, like)  # a text that keeps its empty lines (`|+`) would take one more


def style_around(text: str, holder: Node, whole: bytes | bytearray) -> Style:
    """How lists are written in a mapping of `text`, or else in the whole file."""
    dash = _DASH.fullmatch(text, text.rfind("\n", 0, holder.start) + 1, holder.start)
    return Style(
        offset=next(_offsets(holder, whole), 2),
        gap=len(dash[1]) + 1 if dash else 2,
        line_end="\r\n" if whole.endswith(b"\r", 0, max(0, whole.find(b"\n"))) else "\n",
    )


def _offsets(holder: Node, whole: bytes | bytearray) -> Iterator[int]:
    """From keys to the dashes below them: in the mapping, else in the file's logs, else in its other lists."""
    for value in holder.children[1::2]:
        if value.kind is Kind.SEQUENCE and not value.flow:
            yield value.column - holder.column
    for key in (b"log", b"tasks", b"directives"):
        if found := re.search(rb"^( *)%s: *(?:#.*)?\r?\n(?: *(?:#.*)?\r?\n)*( *)- " % key, whole, re.MULTILINE):
            yield max(0, len(found[2]) - len(found[1]))


def _like_the_last(text: str, items: Node, style: Style) -> Style:
    """The dress of a list's last item."""
    last = items.children[-1]
    dash = _DASH.fullmatch(text, text.rfind("\n", 0, last.start) + 1, last.start)
    return replace(
        style,
        gap=len(dash[1]) + 1 if dash else style.gap,
        quotes=quotes_in(last) if last.kind is Kind.MAPPING else {},
        flow=last.kind is Kind.MAPPING and last.flow,
        apart=len(items.children) > 1
        and bool(_EMPTY_LINE.search(text, content_end(text, items.children[-2]), last.start)),
    )


def quotes_in(mapping: Node) -> dict[str, str]:
    """Keys → the quotation marks around their values; "" stands for all others where all values have the same."""
    values = [value for value in mapping.children[1::2] if value.kind is Kind.SCALAR]
    quotes = {
        str(key.data): value.style
        for key, value in zip(mapping.children[::2], mapping.children[1::2], strict=True)
        if value.style in {"'", '"'}
    }
    if len({value.style for value in values}) == 1 and values[0].style in {"'", '"'}:
        quotes[""] = values[0].style
    return quotes


def below(text: str, node: Node, lines: list[str], style: Style) -> Splice:
    """New lines directly behind the last line of a node's content; comments and empty lines stay behind them."""
    place = content_end(text, node)
    line_end = style.line_end
    if not text.endswith("\n", 0, place):
        place = _line_end(text, place, node)
        line_end = _line_end_at(text, place, style)
        if place == len(text):
            return Splice.of(text, place, place, "".join(line_end + line for line in lines))
        place += len(line_end)
    return Splice.of(text, place, place, "".join(line + line_end for line in lines))


def _instead_of_brackets(text: str, items: Node, lines: list[str], style: Style) -> Splice:
    """`log: []` becomes a block; a comment behind it stays on its line."""
    start = len(text[: items.start].rstrip(" "))
    if items.children or "\n" in text[items.start : items.end] or not text[:start].endswith(":"):
        raise NoPlaceError(items.line, IN_BRACES)
    end = _line_end(text, items.end, items)
    line_end = _line_end_at(text, end, style)
    return Splice.of(text, start, end, text[items.end : end] + "".join(line_end + line for line in lines))


def _before_the_end(text: str, node: Node, lines: list[str]) -> Splice:
    """Lines of their own before a closing brace or bracket, where that stands alone."""
    start = text.rfind("\n", 0, node.end) + 1
    if not start or not node.children or text[start : node.end - 1].strip(" "):
        raise NoPlaceError(node.line, IN_BRACES)
    last = node.children[-1 if node.kind is Kind.SEQUENCE else -2]
    has_comma = "," in _COMMENT.sub("", text[node.children[-1].end : start])
    first, *others = lines
    new = [first if has_comma else f", {first}", *others]
    new[-1] += "," * has_comma
    line_end = "\r\n" if text.endswith("\r\n", 0, start) else "\n"
    return Splice.of(text, start, start, "".join(" " * last.column + line + line_end for line in new))


def content_end(text: str, node: Node) -> int:
    """Where a node's own characters end; the parser's end of a block is the next token, beyond comments."""
    while node.children and not node.flow:
        node = node.children[-1]
    if node.style not in {"|", ">"}:
        return node.end
    head = text[node.start : text.find("\n", node.start) + 1 or len(text)]
    if "+" in head[:3]:
        return node.end
    lines = text[node.start : node.end]
    return node.start + len(lines.rstrip("\r\n"))


def _line_end(text: str, place: int, node: Node) -> int:
    """The end of the line of a place behind which only a comment may stand."""
    rest = _REST_OF_LINE.match(text, place)
    if rest is None:
        raise NoPlaceError(node.line, UNPROVED)
    return rest.end()


def _line_end_at(text: str, place: int, style: Style) -> str:
    """How the line that ends at a place is ended, or at the end of the text the one before."""
    if place == len(text):
        before = text.rfind("\n")
        return style.line_end if before < 0 else _line_end_at(text, before - text.endswith("\r", 0, before), style)
    return "\n" if text[place] == "\n" else "\r\n"
