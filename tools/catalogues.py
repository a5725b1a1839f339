"""Keep the catalogues: take the sentences out of the sources, merge them into the .po files, compile these.

`python tools/catalogues.py` writes; with `--check` it only says whether anything would change (exit 1).
"""

import ast
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "vpcp_cli"
MARKS = {"_": 1, "N_": 1, "ngettext": 2}
KEY = "Key"
"""The call that describes a key of the format: its label, its description, and the help of its option."""
OPTIONS = ("asked", "setting")
HEADER = (
    "Language: vi\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"
)


class Entry(NamedTuple):
    """One sentence: its English key, the English plural if it has one, and the translation ("" = none yet)."""

    key: str
    plural: str
    translation: str


def extracted(package: Path = PACKAGE) -> dict[str, str]:
    """English sentences of the sources → their plurals ("" where they have none)."""
    sentences: dict[str, str] = {}
    for path in sorted(package.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found = list(_marked(tree))
        if path.parent.name == "commands":
            found += [(paragraph, "") for paragraph in _help_paragraphs(tree, path.stem)]
        for key, plural in found:
            sentences[key] = sentences.get(key) or plural
    for path in sorted(package.rglob("*.j2")):
        for key in _in_template(path.read_text(encoding="utf-8")):
            sentences.setdefault(key, "")
    return sentences


def _in_template(text: str) -> list[str]:
    """The sentences of a template, which marks them as code does."""
    return [ast.literal_eval(found) for found in re.findall(r'\b_\(("[^"\n]*")\)', text)]


def _marked(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The texts written out in calls of `_`, `N_` and `ngettext`, with their plurals."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            texts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            if len(texts) == MARKS[node.func.id]:
                yield texts[0], texts[1] if len(texts) > 1 else ""
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == KEY:
            words = [*node.args[:2], *(one.value for one in node.keywords if one.arg in OPTIONS)]
            yield from ((str(one.value), "") for one in words if isinstance(one, ast.Constant))


def _help_paragraphs(tree: ast.Module, command: str) -> Iterator[str]:
    """The paragraphs of a command's docstring, each on one line, as its help shows them."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in {command, command + "_"}:
            for paragraph in (ast.get_docstring(node) or "").split("\n\n"):
                if paragraph and not paragraph.startswith("\b"):
                    yield " ".join(paragraph.split())


def read_po(text: str) -> dict[str, Entry]:
    """The entries of a .po file. Of several for one sentence (union merges leave them) the last translation wins."""
    entries: dict[str, Entry] = {}
    fields: dict[str, str] = {}
    field = ""
    for line in [*text.splitlines(), 'msgid ""']:
        word, _space, rest = line.partition(" ")
        if line.startswith('"'):
            fields[field] += ast.literal_eval(line)
        elif word in {"msgid", "msgid_plural", "msgstr", "msgstr[0]"}:
            if word == "msgid":
                _keep(entries, fields)
                fields = {}
            field = word.removesuffix("[0]")
            fields[field] = ast.literal_eval(rest)
    return entries


def _keep(entries: dict[str, Entry], fields: dict[str, str]) -> None:
    key = fields.get("msgid", "")
    known = entries.get(key)
    translation = fields.get("msgstr", "") or (known.translation if known else "")
    if key:
        entries[key] = Entry(key, fields.get("msgid_plural", ""), translation)


def merged(sentences: dict[str, str], known: dict[str, Entry]) -> list[Entry]:
    """An entry for each sentence of the sources and no other, sorted, with the translations that are known."""
    return [
        Entry(key, plural, known[key].translation if key in known else "") for key, plural in sorted(sentences.items())
    ]


def po(entries: list[Entry]) -> str:
    """The text of a .po file: no dates, no places, no wrapping, so that merges stay small."""
    blocks = ['msgid ""\nmsgstr ""\n' + "".join(f"{_quoted(line)}\n" for line in HEADER.splitlines(keepends=True))]
    for key, plural, translation in entries:
        middle = f"msgid_plural {_quoted(plural)}\nmsgstr[0] " if plural else "msgstr "
        blocks.append(f"msgid {_quoted(key)}\n{middle}{_quoted(translation)}\n")
    return "\n".join(blocks)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def mo(entries: list[Entry]) -> bytes:
    """A compiled catalogue, GNU's format: two tables of (length, offset), keys sorted, then the texts."""
    pairs = [("", HEADER)]
    pairs += [(f"{key}\0{plural}" if plural else key, text) for key, plural, text in entries if text]
    texts = sorted((key.encode(), translation.encode()) for key, translation in pairs)
    tables, body = [b"", b""], b""
    start = 7 * 4 + 2 * 8 * len(texts)
    for column in (0, 1):
        for row in texts:
            tables[column] += struct.pack("<2I", len(row[column]), start + len(body))
            body += row[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(texts), 28, 28 + 8 * len(texts), 0, 28 + 16 * len(texts))
    return head + tables[0] + tables[1] + body


def main(argv: list[str]) -> int:
    """Write the catalogues, or with `--check` compare them; the exit code."""
    folder = PACKAGE / "locale" / "vi" / "LC_MESSAGES"
    source, compiled = folder / "vpcp.po", folder / "vpcp.mo"
    known = read_po(source.read_text(encoding="utf-8")) if source.exists() else {}
    entries = merged(extracted(), known)
    empty = [entry.key for entry in entries if not entry.translation]
    fresh = {source: po(entries).encode(), compiled: mo(entries)}
    stale = [path for path, content in fresh.items() if not path.exists() or path.read_bytes() != content]
    for key in empty:
        print(f"no translation yet: {key}", file=sys.stderr)
    if argv == ["--check"]:
        for path in stale:
            print(f"{path.name} is not up to date: make catalogues", file=sys.stderr)
        return 1 if stale or empty else 0
    folder.mkdir(parents=True, exist_ok=True)
    for path in stale:
        path.write_bytes(fresh[path])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
