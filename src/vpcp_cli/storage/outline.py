"""What a programme or the register holds, seen at a glance: codes with their first words, by lines, without YAML.

For completion, which must be quick and must not fail on a file that can't be read as YAML. What is overlooked here is
not offered; nothing else depends on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import Final, NamedTuple

from vpcp_cli.finding import Finding
from vpcp_cli.storage.folder import REGISTER, Folder, listing, read_bytes

_FAR: Final = 4000
"""So many characters behind a code its texts are looked for."""

_CODE: Final = r"{key}[\"']?[ ]*:[ ]*[\"']?({code})(?=[\"',\s}}])"
_BEFORE: Final = re.compile(r"[ ]*(?:-[ ]+)?(?:\{[ ]*)?[\"']?")
"""What may stand on the line before the key of a code; looked at afterwards, for the search is quicker without it."""
_KEY: Final = r"(?:^(?P<indent>[ ]*)(?:-[ ]+)?|(?<=[\s{{,]))[\"']?{key}[\"']?[ ]*:(?=\s)"
_BLOCK: Final = re.compile(r"^[ ]*[|>][0-9+-]*[ ]*(?:#.*)?\n")
_REST: Final = re.compile(r"[\"']?\s*(?:,\s*[\"']?[a-z_]+[\"']?:\s.*|\}+\s*)$|\s+#.*$")


class Entry(NamedTuple):
    """A code and the lines that follow it, up to the next code."""

    code: str
    lines: str

    def text(self, key: str, language: str) -> str:
        """A text in a language, else in the one that it has, on one line."""
        value = _behind(self.lines, key)
        if value and value.lstrip(" ")[0] in "{\n#":
            inner = (_behind(value, lang) for lang in (language, "vi", "en"))
            value = next(filter(None, inner), "")
        plain = " ".join(_BLOCK.sub("", value).split())
        return _REST.sub("", plain).strip(" \"'")


def programmes(folder: Folder) -> list[str]:
    """The ids of the programmes, in their order."""
    return [name.removesuffix(".yaml") for name in listing(folder)[0] if name != REGISTER]


def text_of(folder: Folder, programme: str) -> str:
    """The text of a programme's file; nothing where it can't be read."""
    return _text(folder, f"{programme}.yaml")


def directives_and_tasks(text: str, start: str = "") -> Iterator[Entry]:
    """The directives and tasks of a programme's text whose ids begin so, in the order of the file."""
    first = re.search(r"^directives[ ]*:", text, re.MULTILINE)
    return _entries(text, "id", rf"{re.escape(start.upper())}[0-9A-Za-z.-]*", first.end() if first else 0)


def units(folder: Folder) -> Iterator[Entry]:
    """The units of the register."""
    return _entries(_text(folder, REGISTER), "code", r"[A-Z][A-Z0-9_]*", 0)


def _entries(text: str, key: str, code: str, start: int) -> Iterator[Entry]:
    found = (
        one
        for one in re.compile(_CODE.format(key=key, code=code)).finditer(text, start)
        if _BEFORE.fullmatch(text, text.rfind("\n", 0, one.start()) + 1, one.start())
    )
    for one, following in pairwise(chain(found, [None])):
        if one:
            end = min(following.start() if following else len(text), one.end() + _FAR)
            yield Entry(one[1], text[one.end() : end])


def _behind(lines: str, key: str) -> str:
    """What follows a key, as far as it is indented more than the key; nothing where there is no such key."""
    found = re.search(_KEY.format(key=key), lines, re.MULTILINE)
    if not found:
        return ""
    rest = lines[found.end() : found.end() + _FAR]
    if found["indent"] is None:
        return rest.partition("\n")[0]
    return re.split(rf"\n {{0,{len(found['indent'])}}}(?=[^ \n])", rest, maxsplit=1)[0] + "\n"


def _text(folder: Folder, name: str) -> str:
    content = read_bytes(folder.path / name, name, folder.settings.max_file_mib)
    return "" if isinstance(content, Finding) else content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
