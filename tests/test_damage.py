"""Whatever is damaged of what is kept, and of what is laid over it, the answers are those without a cache."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import pytest

from terminal import Answer, Terminal
from test_cache import entries, example, flipped, uncached


def each(place: Path) -> Terminal:
    """A workspace of tasks that each of some units must do, one of which goes on from the year before."""
    terminal = Terminal.at(place)
    members = "{code: CP, name: Phòng, members: [PA, PB]}"
    terminal.write(
        "programmes/units.yaml", f"schema: 1\nunits: [{{code: PA, name: A}}, {{code: PB, name: B}}, {members}]".encode()
    )
    facts = {"nature": "one_off", "lead": "CP", "each": True}
    carried = {"date": "2022-12-30", "status": "carried_over", "to": "2023-CD01.1"}
    old = {"text": "Báo cáo cũ", "deadline": "2022-12", "log": [_part("2022-05-24", "PA"), carried], **facts}
    new = {"text": "Báo cáo", "carried_from": "2022-CD01.1", "log": [_part("2023-03-24", "PB")], **facts}
    own = {"text": "Rà soát báo cáo", "deadline": "2023-04-30", "log": [_part("2023-05-04", "PA")], **facts}
    for year, tasks in ((2022, [old, own | {"deadline": "2022-06", "log": []}]), (2023, [new, own])):
        numbered = [{"id": f"{year}-CD01.{number}", **task} for number, task in enumerate(tasks, 1)]
        head = {"id": f"{year}-CD01", "kind": "directive", "title": "T", "issuer": {"name": "B"}, "tasks": numbered}
        programme = {"schema": 1, "year": year, "kind": "work_programme", "title": "P", "owner": "PA"}
        terminal.write(f"programmes/{year}.yaml", json.dumps({**programme, "directives": [head]}).encode())
    return terminal


def _part(day: str, unit: str) -> dict[str, str]:
    return {"date": day, "for": unit, "status": "done", "note": "báo cáo đã gửi"}


def _is_layer(path: Path) -> bool:
    return path.read_bytes().partition(b"\n")[2].startswith((b'{"kinds"', b'{"past_day"'))


def _flip(path: Path) -> None:
    path.write_bytes(flipped(path.read_bytes(), path.stat().st_size // 2))


def _reword(path: Path, text: bytes) -> None:
    path.write_bytes(b"%08x\n" % crc32(text, crc32(path.name.encode())) + text)


def _older(path: Path) -> None:
    """Make an image one of another form that is whole: the number of its form is changed, its checksum is right."""
    content = bytearray(path.read_bytes())
    content[60:64] = bytes(4)
    content[68:72] = crc32(content[72:], crc32(content[:68], crc32(path.name.encode()))).to_bytes(4, "big")
    path.write_bytes(content)


IMAGE_DAMAGES: dict[str, Callable[[Path], object]] = {"none": Path.exists, "flipped": _flip, "older": _older}
LAYER_DAMAGES: dict[str, Callable[[Path], object]] = {
    "none": Path.exists,
    "removed": Path.unlink,
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "no JSON": lambda path: _reword(path, b'{"kinds": ['),
    "another form": lambda path: _reword(path, b'{"kinds": [[1]], "states": [], "past_day": [1], "past_text": {}}'),
}
ASKED = (
    *("list", "list bao", "list ban hanh --unit PHONG_HANH_CHINH", "list --unit PA -f json", "list bao --unit PB"),
    *("status", "status --unit PB", "show 2023", "show 2023-CD01.1", "log", "log --since 2022-01-01 -f json"),
)


@dataclass
class Kept:
    """A workspace of which everything is kept: what it answers without that, and the files that hold it."""

    terminal: Terminal
    told: list[Answer]
    files: dict[Path, bytes]


@pytest.fixture(scope="module", params=[example, each])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    terminal: Terminal = request.param(tmp_path_factory.mktemp("kept"))
    terminal.settings = {"VPCP_AS_OF": "2023-05-30"}
    told = [uncached(terminal, line) for line in ASKED]
    assert {answer.code for answer in told} <= {0, 1, 2, 3}
    assert [terminal.run(f"vpcp {line}") for line in ASKED] == told
    found = Kept(terminal, told, {path: path.read_bytes() for path in entries(terminal)})
    assert {path.suffix for path in found.files} == {".main", ".texts", ""}
    assert any(map(_is_layer, found.files))
    return found


@pytest.mark.parametrize(
    ("images", "damage", "layer"),
    [
        *((images, "flipped", "none") for images in (".main", ".texts", ".main.texts")),
        *((".texts", damage, "removed") for damage in ("flipped", "older")),
        *(("", "none", layer) for layer in LAYER_DAMAGES if layer != "none"),
        *((".main.texts", "flipped", layer) for layer in ("removed", "another form")),
    ],
)
def test_what_is_laid_over_an_index_outlives_its_damage(kept: Kept, images: str, damage: str, layer: str) -> None:
    for line, answer in zip(ASKED, kept.told, strict=True):
        for path, content in kept.files.items():
            path.write_bytes(content)
            if path.suffix and path.suffix in images:
                IMAGE_DAMAGES[damage](path)
            elif _is_layer(path):
                LAYER_DAMAGES[layer](path)
        assert [kept.terminal.run(f"vpcp {line}") for _time in range(2)] == [answer, answer], line


@pytest.mark.parametrize("line", ["show 2023-CD01.1", "summary", "log --since 2022-01-01 -f json", "list -f json"])
def test_a_record_that_reads_otherwise_than_it_was_kept_is_none(tmp_path: Path, line: str) -> None:
    terminal = each(tmp_path)
    terminal.settings = {"VPCP_AS_OF": "2023-05-30"}
    told = uncached(terminal, line)
    assert [terminal.run(f"vpcp {line}") for _time in range(2)] == [told, told]
    kept, other = "đã gửi".encode(), "đã gứi".encode()
    damaged = [path for path in entries(terminal) if path.suffix == ".texts" and kept in path.read_bytes()]
    assert len(damaged) > 1
    for path in damaged:
        path.write_bytes(path.read_bytes().replace(kept, other))
    assert terminal.run(f"vpcp {line}") == told
