"""Records in the forms that programs and documents read: JSON, CSV, TSV, Markdown, plain lines.

A record is a dict with every key of its kind, always: text, numbers, booleans, None, lists and dicts of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Final, TypeAlias

from vpcp_cli.errors import BadWordError
from vpcp_cli.pattern import pattern
from vpcp_cli.render.door import in_json, one_line
from vpcp_cli.vietnamese import nearest

Flat: TypeAlias = str | int | float | bool | None
Value: TypeAlias = "Flat | list[Value] | dict[str, Value]"
Record: TypeAlias = dict[str, Value]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# What parts cells, and what would begin a command of GitHub's runner at the start of a line.
_QUOTED: Final = pattern('[",\\n\\r;\\t]|^\\s*::')
_PARTING: Final = "\t\n\r\x1b\ufeff"
"""What must not leave in a plain line, though the door lets it pass in some places."""
# Signs of spans, `:names:` of emoji, and dots in what could be a host's name.
_MARKDOWN: Final = pattern(r"[\\`*_\[\]|~$]|:(?=[\w+-]+:)|(?<=[^\W\d_])\.(?=[^\W\d_])")
# Behind this a backslash keeps the start of a line from being a heading, a list or a rule.
_BLOCK: Final = pattern(r"\d+(?=[.)])|(?=[#+=-])")
_HTML: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# A comment keeps what GitHub makes links of apart: @mentions and addresses, #1, GH-1, https://…, www.…
_LINKS: Final = pattern(r"@|#(?=\d)|\bGH-(?=\d)|:(?=//)|\bwww(?=\\?\.)", re.IGNORECASE)

# What anything above begins with: most texts have nothing of it.
_MEANT: Final = pattern(r"[\\`*_\[\]|~$:&<>@#]|[^\W\d_]\.|[Gg][Hh]-|[Ww]{3}")


def picked(record: Record, fields: Sequence[str]) -> Record:
    """Return the asked-for keys of a record, in the order asked for; a column of the flat table is one too."""
    if not fields:
        return record
    flat = flattened(record)
    return {name: record[name] if name in record else flat.get(name) for name in fields}


def columns(model: Record, fields: Sequence[str] = ()) -> list[str]:
    """Return the columns of the flat table; a field that has inner keys is all their columns."""
    if not fields:
        return list(flattened(model))
    names: list[str] = []
    for name in fields:
        names += flattened({name: model[name]}) if name in model else [name]
    return names


def check_fields(fields: Sequence[str], model: Record) -> None:
    """Refuse a field that records like the model lack, with the nearest ones."""
    known = dict.fromkeys([*model, *flattened(model)])
    for name in fields:
        if name not in known:
            raise BadWordError(name, "--fields", list(model), nearest(name, known))


def flattened(record: Mapping[str, Value], prefix: str = "") -> dict[str, Flat]:
    """Return a record as one row: keys of inner dicts joined by `_`, words of a list by `; `, other lists as JSON."""
    flat: dict[str, Flat] = {}
    for key, value in record.items():
        name = prefix + key
        if isinstance(value, dict):
            flat |= flattened(value, f"{name}_")
        elif isinstance(value, list):
            flat[name] = _list_in_a_cell(value)
        else:
            flat[name] = value
    return flat


def _list_in_a_cell(values: list[Value]) -> str | None:
    if not values:
        return None
    if all(isinstance(value, str) for value in values):
        return "; ".join(str(value) for value in values)
    return compact(values)


def compact(value: object) -> str:
    """Return a value as JSON on one line, in which nothing acts."""
    return in_json(_encoder()(value))


@cache
def _encoder() -> Callable[[object], str]:
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=False, check_circular=False, separators=(", ", ": ")).encode


def json_lines(schema: str, head: Record, name: str, records: Iterable[Record]) -> Iterator[str]:
    """Yield a JSON document: the schema, the head, then the records under their name, one on each line."""
    return json_document(schema, head, name, map(compact, records))


def json_document(schema: str, head: Record, name: str, records: Iterable[str]) -> Iterator[str]:
    """Yield the same of records that are JSON already."""
    yield "{"
    for key, value in {"schema": schema, **head}.items():
        yield f"  {compact(key)}: {compact(value)},"
    before = None
    for record in records:
        if before is not None:
            yield f"    {before},"
        else:
            yield f"  {compact(name)}: ["
        before = record
    if before is None:
        yield f"  {compact(name)}: []"
    else:
        yield f"    {before}"
        yield "  ]"
    yield "}"


def jsonl_lines(records: Iterable[Record]) -> Iterator[str]:
    """Yield a JSON document a line."""
    return map(compact, records)


def csv_lines(rows: Iterable[Mapping[str, Flat]], names: Sequence[str]) -> Iterator[str]:
    """Yield records as CSV, under the names of their fields."""
    return sheet_lines(chain([names], ([row.get(name) for name in names] for row in rows)))


def sheet_lines(rows: Iterable[Sequence[Flat]]) -> Iterator[str]:
    """Yield CSV for a spreadsheet: a byte-order mark, so that Excel takes it for UTF-8, and CRLF (RFC 4180)."""
    mark = "\ufeff"
    for row in rows:
        yield mark + ",".join(map(_csv_cell, row)) + "\r"
        mark = ""


def tsv_lines(rows: Iterable[Mapping[str, Flat]], names: Sequence[str]) -> Iterator[str]:
    r"""Yield tab-separated lines; a tab, a line end or a backslash in the data is written \t, \n or \\."""
    yield "\t".join(names)
    for row in rows:
        yield "\t".join(_tsv_cell(row.get(name)) for name in names)


def _csv_cell(value: Flat) -> str:
    if value is None:
        return ""
    text = _unformulated(value)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _tsv_cell(value: Flat) -> str:
    text = _unformulated(value).replace("\\", "\\\\")
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _unformulated(value: Flat) -> str:
    """Return a value as the text of a cell that no spreadsheet takes for a formula: an apostrophe goes before it."""
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA) else value
    return flat_text(value)


def flat_text(value: Flat) -> str:
    """Return a value as text: nothing for None, `true` and `false` for booleans."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def plain_line(values: Iterable[Flat]) -> str:
    """Return one tab-separated line, nothing cut; what acts on a terminal is escaped."""
    return "\t".join(map(plain_cell, values))


def plain_cell(value: Flat) -> str:
    """Return a value as it stands in a plain line."""
    return value if isinstance(value, str) and value.isprintable() else one_line(flat_text(value))


def plain_cells(texts: Iterable[str]) -> Iterable[str]:
    """Return texts as they stand in plain lines, many looked at together; all else that acts is seen at the door."""
    every = [*texts]
    whole = "".join(every)
    return map(plain_cell, every) if any(sign in whole for sign in _PARTING) else every


def md_lines(names: Sequence[str], rows: Iterable[Sequence[Flat]], right: Collection[int] = ()) -> Iterator[str]:
    """Yield a Markdown table of GitHub's kind; the columns at the places in `right` are aligned to the right."""
    yield "| " + " | ".join(map(md_span, names)) + " |"
    yield "|" + "".join(" ---: |" if place in right else " --- |" for place in range(len(names)))
    for row in rows:
        yield md_row(row)


def md_row(row: Sequence[Flat]) -> str:
    """Return one row of a Markdown table."""
    return "| " + " | ".join(md_span(flat_text(value)) for value in row) + " |"


def md_text(text: str) -> str:
    """Return a text of which Markdown and HTML make nothing but itself, wherever it stands."""
    span = md_span(text)
    start = _BLOCK.match(span)
    return f"{span[: start.end()]}\\{span[start.end() :]}" if start else span


@lru_cache(4096)
def md_span(text: str) -> str:
    """Return a text of which Markdown and HTML make nothing but itself, in a cell or behind other text."""
    text = one_line(text).strip()
    return _unlinked(_MARKDOWN.sub(r"\\\g<0>", text)) if _MEANT.search(text) else text


def html_text(text: str) -> str:
    """Return a text of which HTML makes nothing but itself, and GitHub no link."""
    return _unlinked(one_line(text))


def _unlinked(text: str) -> str:
    return _LINKS.sub(r"\g<0><!-- -->", text.translate(_HTML))
