"""Which indexes have a second layer: those with tasks that go on from tasks of other files."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence

from vpcp_cli.storage.index.index import Index


def with_layers(indexes: Sequence[Index]) -> Iterator[Index]:
    """Yield indexes, each with what follows from the others."""
    for index in indexes:
        behind = _behind(index, indexes)
        if behind != (index.layer.behind if index.layer else ""):
            index.lay(None)
            if behind:
                from vpcp_cli.storage.index.layer import Layer

                index.lay(Layer(index, behind))
        yield index


def _behind(index: Index, others: Sequence[Index]) -> str:
    """Return what the layer over an index depends on: the tasks behind those of its tasks that go on from others."""
    origins = [origin for origin, _digest in index.links.values() if origin]
    if not origins:
        return ""
    known: Mapping[str, tuple[str | None, bytes]] = ChainMap(*(dict(one.links) for one in others))
    found: dict[str, str] = {}
    while origins:
        id_ = origins.pop()
        if id_ not in found:
            origin, digest = known.get(id_, (None, b""))
            found[id_] = digest.hex()
            origins += [origin] if origin else []
    return " ".join(f"{id_}:{digest}" for id_, digest in sorted(found.items()))
