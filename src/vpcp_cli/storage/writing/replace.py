"""Where the value of a key stands, and what takes its place: that stretch alone changes, comments stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from vpcp_cli.dataclass import dataclass
from vpcp_cli.language import N_
from vpcp_cli.pattern import pattern
from vpcp_cli.storage.format.items import as_text, with_value
from vpcp_cli.storage.splice import Splice
from vpcp_cli.storage.writing.append import NoPlaceError, below, content_end, quotes_in
from vpcp_cli.storage.yaml.emitter import Style, Value, flow, mapping_lines, scalar
from vpcp_cli.storage.yaml.nodes import Kind, Node

COMMENTED = N_("a comment stands inside of `{key}:` of {id} and would be lost")
KEPT = N_("`{key}:` of {id} can't be changed without touching something else")

_COLON = pattern(r"\s*:")
_TAIL = pattern(r"[ \t]*(?:(?<=[ \t])#[^\r\n]*)?(?=\r?\n|\Z)")
_BLANKS = pattern(r"(?:[ \t]*\r?\n)+")
_HEADER = pattern(r"[|>][-+0-9]*")


@dataclass(frozen=True, slots=True)
class Replacing:
    """A key of a mapping gets another value, or None: it goes; `order` is that of keys, for one that is new."""

    key: str
    value: Value | None
    order: tuple[str, ...] = ()

    def made(self, data: object, way: tuple[str | int, ...]) -> object:
        """The same data with the value in what a way leads to."""
        return with_value(data, way, self.key, self.value)

    def splices(self, text: str, holder: Node, style: Style) -> Iterator[Splice]:
        """Ways to change the text, the best first; raises NoPlaceError."""
        return _splices(text, holder, self, style)


def steps(old: object, new: Value | None) -> Iterator[Value | None]:
    """The values on the way from an old one to a new one, of which each changes a single key of a mapping."""
    if not (isinstance(old, dict) and isinstance(new, Mapping) and set(old) & set(new)):
        if as_text(old) != as_text(new):
            yield new
        return
    now: dict[str, Value] = dict(old)
    for key, value in new.items():
        if as_text(now.get(key)) != as_text(value):
            now = {**now, key: value}
            yield now
    for key in [key for key in old if key not in new]:
        now = {name: value for name, value in now.items() if name != key}
        yield now


def _splices(text: str, holder: Node, edit: Replacing, style: Style) -> Iterator[Splice]:
    place = next((at for at, name in enumerate(holder.children[::2]) if name.data == edit.key), None)
    if place is None:
        yield from _added(text, holder, edit, style)
        return
    node, value = holder.children[2 * place + 1], edit.value
    if isinstance(node.data, dict) and isinstance(value, Mapping) and (inner := _only_change(node.data, value)):
        order = tuple(value)
        yield from _splices(text, node, Replacing(inner, value.get(inner), order), style)
    elif value is None:
        yield _removed(text, holder, place, style)
    elif (gone := _one_less(node, value)) is not None:
        yield _item_removed(text, node, gone)
    else:
        yield _replaced(text, holder, place, value, style)


def _only_change(old: Mapping[str, object], new: Mapping[str, Value]) -> str | None:
    """The one key in which two mappings differ."""
    changed = [key for key in {**old, **new} if as_text(old.get(key)) != as_text(new.get(key))]
    return changed[0] if len(changed) == 1 and set(old) & set(new) else None


def _one_less(node: Node, value: Value) -> int | None:
    """The place of the one item that a list no longer has, where others stay on lines of their own."""
    left = as_text(value)
    if node.flow or not (isinstance(node.data, list) and isinstance(left, list) and len(left) == len(node.data) - 1):
        return None
    places = (at for at in range(len(node.data)) if left and [*node.data[:at], *node.data[at + 1 :]] == left)
    return next(places, None)


def _item_removed(text: str, node: Node, place: int) -> Splice:
    """Nothing in the place of an item and the lines on which it stands; of empty lines around it one block stays.

    A comment on these lines is about the item, and goes with it.
    """
    item = node.children[place]
    dash = text.rfind("-", 0, item.start)
    start = text.rfind("\n", 0, dash) + 1
    if text[start:dash].strip(" ") or text[dash + 1 : item.start].strip():
        raise NoPlaceError(item.line, KEPT)
    end = text.find("\n", _end_of(text, item)) + 1 or len(text)
    blank = _BLANKS.match(text, end)
    if blank and (blank.end() == len(text) or text[:start].endswith(("\n\n", "\n\r\n"))):
        end = blank.end()
    if end == len(text) and place:
        start = len(text[:start].rstrip("\r\n"))
        end = len(text.rstrip("\r\n"))
    return Splice.of(text, start, end, "")


def _added(text: str, holder: Node, edit: Replacing, style: Style) -> Iterator[Splice]:
    """The key with its value behind the one that stands before it in files, else behind another one."""
    names = [str(name.data) for name in holder.children[::2]]
    if edit.value is None or not names:
        raise NoPlaceError(holder.line, KEPT)
    first = _neighbour(names, edit)
    like = replace(style, quotes=quotes_in(holder))
    for place in (*range(first, len(names)), *reversed(range(first))):  # where the last value bears no line behind it
        node = holder.children[2 * place + 1]
        if holder.flow:
            new = f", {scalar(edit.key, flow=True)}: {flow(edit.value, like.quote(edit.key))}"
            yield Splice.of(text, node.end, node.end, new)
        else:
            yield below(text, node, list(mapping_lines({edit.key: edit.value}, holder.column, like)), like)


def _neighbour(names: Sequence[str], edit: Replacing) -> int:
    """The place of the key behind which a new one stands: before the first that follows it in files, or at the end."""
    own = edit.order.index(edit.key) if edit.key in edit.order else len(edit.order)
    later = [at for at, name in enumerate(names) if name in edit.order[own + 1 :]]
    if later and later[0]:
        return later[0] - 1
    return max((at for at, name in enumerate(names) if name in edit.order[:own]), default=len(names) - 1)


def _removed(text: str, holder: Node, place: int, style: Style) -> Splice:
    """Nothing in the place of a key and its value; a comment on its line gets that line."""
    key, node = holder.children[2 * place : 2 * place + 2]
    following = holder.children[2 * place + 2 : 2 * place + 3]
    line = text.rfind("\n", 0, key.start) + 1
    if holder.flow or text[line : key.start].strip(" "):
        start, end = key.start, following[0].start if following else node.end
        if not following and holder.flow and place:
            start = holder.children[2 * place - 1].end
        elif not following:
            raise NoPlaceError(key.line, KEPT)
        _refuse_comments(text, (start, end), [key, node])
        return Splice.of(text, start, end, "")
    start, end, comment = _extent(text, key, node)
    if comment:
        return Splice.of(text, key.start, end, comment.lstrip())
    if end == len(text):
        return Splice.of(text, max(0, line - len(style.line_end)), end, "")
    return Splice.of(text, line, text.index("\n", end) + 1, "")


def _replaced(text: str, holder: Node, place: int, value: Value, style: Style) -> Splice:
    """Another value in the place of one, in its dress where it has one."""
    key, node = holder.children[2 * place : 2 * place + 2]
    quote = node.style if node.style in {"'", '"'} else ""
    if holder.flow or (node.flow and not isinstance(value, str | int | float)):
        _refuse_comments(text, (node.start, node.end), [node])
        blank = "" if node.end > node.start or not holder.flow else " "
        return Splice.of(text, node.start, node.end, blank + flow(value, quote))
    like = replace(style, quotes={edit: quote for edit in (str(key.data),) if quote} or _inner_quotes(node))
    head = len(f"{' ' * holder.column}{scalar(str(key.data))}:")
    first, *rest = mapping_lines({str(key.data): value}, holder.column, like)
    first = first[head:]
    start, end, comment = _extent(text, key, node)
    gap = text[start : node.start]
    if isinstance(value, str | int | float) and node.kind is Kind.SCALAR and not node.style.strip("'\""):
        if "\n" in gap:
            return Splice.of(text, node.start, node.end, scalar(value, quote))
        if not rest and gap:
            return Splice.of(text, node.start, node.end, first.lstrip(" "))
    if gap.strip(" ") == "" and first and gap and "\n" not in gap:
        start, first = node.start, first.lstrip(" ")
    return Splice.of(text, start, end, first + comment + "".join(style.line_end + line for line in rest))


def _extent(text: str, key: Node, node: Node) -> tuple[int, int, str]:
    """From behind a key's colon to the end of its value's last line, and the comment that stands on a line of it."""
    colon = _COLON.match(text, key.end)
    if colon is None or colon.end() > max(node.start, key.end + 1):
        raise NoPlaceError(key.line, KEPT)
    start = colon.end()
    end = _end_of(text, node)
    tail = _TAIL.match(text, end)
    if tail is None:
        raise NoPlaceError(key.line, KEPT)
    comments = [tail[0]] if tail[0].strip() else []
    line, _newline, further = text[start : node.start].partition("\n")
    comments += [line.rstrip("\r")] if line.strip() else []
    if node.style in {"|", ">"}:
        header = text[node.start : (text.find("\n", node.start) + 1 or len(text))].rstrip("\r\n")
        comments += [rest] if (rest := _HEADER.sub("", header, count=1)).strip() else []
    if len(comments) > 1 or "#" in further:
        raise NoPlaceError(key.line, COMMENTED)
    _refuse_comments(text, (node.start, end), [node], header=False)
    return start, tail.end(), comments[0] if comments else ""


def _end_of(text: str, node: Node) -> int:
    """Where the last line of a value ends, without the empty lines that a block of text keeps."""
    end = content_end(text, node)
    return node.start + len(text[node.start : end].rstrip("\r\n")) if end > node.start else end


def _refuse_comments(text: str, span: tuple[int, int], nodes: Sequence[Node], *, header: bool = True) -> None:
    """Raise NoPlaceError where a comment stands between the values of a stretch."""
    place, end = span
    for leaf in sorted(_leaves(nodes), key=lambda leaf: leaf.start):
        block = leaf.style in {"|", ">"} and (header or leaf not in nodes)
        line = text[leaf.start : text.find("\n", leaf.start) + 1 or len(text)] if block else ""
        if "#" in text[place : leaf.start] or "#" in line:
            raise NoPlaceError(nodes[0].line, COMMENTED)
        place = max(place, leaf.end)
    if "#" in text[place:end]:
        raise NoPlaceError(nodes[0].line, COMMENTED)


def _leaves(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.kind is Kind.SCALAR:
            yield node
        else:
            yield from _leaves(node.children)


def _inner_quotes(node: Node) -> Mapping[str, str]:
    """The quotation marks of a mapping that a mapping replaces, or of the items of a list."""
    if node.kind is Kind.MAPPING:
        return quotes_in(node)
    styles = {item.style for item in node.children if item.kind is Kind.SCALAR}
    return {"": styles.pop()} if len(styles) == 1 and styles <= {"'", '"'} else {}
