"""What a programme's file and the register mean, kept in the cache and built again from it, part by part."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from vpcp_cli.facts import SETTLED, Known
from vpcp_cli.programme import Programme, Unit
from vpcp_cli.storage.cache import Cache, Entry
from vpcp_cli.storage.columns import TEXTS, bytes_of, encode, texts_bytes
from vpcp_cli.storage.digest import sha256
from vpcp_cli.storage.folder import digest_of
from vpcp_cli.storage.kept import TROUBLE, Kept, Plain, blocks, built
from vpcp_cli.storage.spans import SpanLike, Spans

_REGISTER: Final = "units"


class Memo:
    """What files have been found to mean. A file is known by its name and its bytes, if nothing is wrong with it.

    A `digest` is the SHA-256 of a file's bytes, as hexadecimal digits.
    """

    def __init__(self, cache: Cache, digest: Callable[[Path, int], str | None] = digest_of) -> None:
        """Keep it in a cache; `digest` finds the digest of a file of at most so many MiB."""
        self._cache, self.digest = cache, digest
        self._asked: list[str] = []
        self._known: dict[str, Known] = {}

    def programme(self, digest: str, name: str, file: str, again: Callable[[], Programme]) -> Known | None:
        """Return the programme of a file, or None; `again` reads it where a part of it is needed and damaged."""
        key = _key(digest, name)
        if key in self._known:
            return self._known[key]
        entry = self._recall(digest, name)
        if entry is None:
            return None
        try:
            known = self._known[key] = Kept(entry, name.removesuffix(".yaml"), file, again).programme
        except TROUBLE:
            return None
        return known

    def learn(self, digest: str, name: str, known: Known, data: Plain, spans: Iterable[SpanLike]) -> None:
        """Keep a programme; `data` are the plain data that it was made from, `spans` say in bytes where they stood."""
        if not self._cache.off:
            self._cache.keep(_key(digest, name), dict(_sections(known, data, spans)))

    def renew(self, digest: str, name: str, entry: Entry, sections: Mapping[str, bytes]) -> None:
        """Keep what an old entry became by an addition: `sections` are those that have changed."""
        self._cache.keep(_key(digest, name), sections, entry)

    def units(self, digest: str) -> tuple[Unit, ...] | None:
        """Return the register, or None."""
        entry = self._recall(digest, _REGISTER)
        try:
            return tuple(built(Unit, data) for data in json.loads(entry.section("units"))) if entry else None
        except TROUBLE:
            return None

    def learn_units(self, digest: str, data: Plain) -> None:
        """Keep the register's plain data."""
        self._cache.keep(_key(digest, _REGISTER), {"units": encode(data["units"]).encode()})

    def errors(self, count: Callable[[], int]) -> int:
        """Return how many errors the rules find in all files that have been asked for; `count` counts them anew."""
        key = _key_of_all("errors", self._asked)
        entry = self._cache.recall(key)
        if entry:
            with suppress(*TROUBLE):
                return int(entry.section("errors"))
        number = count()
        self._cache.keep(key, {"errors": str(number).encode()})
        return number

    @property
    def off(self) -> bool:
        """Whether nothing is kept."""
        return self._cache.off

    def is_faultless(self, digests: Mapping[str, str]) -> bool:
        """Whether the check, by the rules of today, has found nothing at all in a folder of just these files."""
        entry = self._cache.recall(_key_of_all("faultless", _keys(digests)))
        try:
            return entry is not None and entry.section("faultless") == b"true"
        except TROUBLE:
            return False

    def learn_faultless(self, digests: Mapping[str, str]) -> None:
        """Keep that it has found nothing."""
        if not self.off:
            self._cache.keep(_key_of_all("faultless", _keys(digests)), {"faultless": b"true"})

    def _recall(self, digest: str, name: str) -> Entry | None:
        key = _key(digest, name)
        self._asked.append(key)
        return self._cache.recall(key)


def _key(content: str, name: str) -> str:
    return sha256(f"{name}\0{content}".encode("utf-8", "surrogateescape"))


def _keys(digests: Mapping[str, str]) -> list[str]:
    """Return what a judgement on files depends on: their contents and names, and the program, be it under way."""
    return [_program(), *(_key(digest, name) for name, digest in sorted(digests.items()))]


@cache
def _program() -> str:
    """Return the digest of what reads and judges: the root of the package and this folder."""
    here = Path(__file__).parent
    sources = [path for folder in (here.parent, here) for path in sorted(folder.glob("*.py"))]
    return sha256(*(path.read_bytes() for path in sources))


def _key_of_all(what: str, keys: Iterable[str]) -> str:
    return sha256("\0".join((what, *keys)).encode())


def _sections(known: Known, data: Plain, spans: Iterable[SpanLike]) -> Iterator[tuple[str, bytes]]:
    facts = known.facts
    head = {name: value for name, value in data.items() if name not in ("directives", "schema")}
    yield "head", encode(head).encode()
    yield "leads", encode(sorted(facts.leads())).encode()
    yield "directive ids", encode(facts.directives()).encode()
    tasks: list[Plain] = []
    heads: list[Plain] = []
    for plain in data["directives"]:
        heads.append({name: value for name, value in plain.items() if name != "tasks"})
        tasks += plain.get("tasks", ())
    yield from blocks("directives", list(map(encode, heads)))
    yield from blocks("tasks", list(map(encode, tasks)))
    yield "spans", Spans.of(spans).content()
    for name in TEXTS:
        yield name, texts_bytes(facts.column(name).values, facts.column("vi").values if name == "en" else None)
    for name in (*SETTLED, "directive"):
        if name not in (*TEXTS, "line"):
            yield name, bytes_of(facts.column(name))
