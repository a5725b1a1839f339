"""Text ↔ data ↔ positions: healthy files, faults with their places, hostile files, both of PyYAML's parsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vpcp_cli.finding import Finding, Position
from vpcp_cli.rulebook.rules import RULES
from vpcp_cli.storage.yaml import events
from vpcp_cli.storage.yaml.document import Parsed, Positions, locate, positions, read
from vpcp_cli.storage.yaml.pieces import Piece

PROGRAMME = """\
# A programme
schema: 1
year: 2022
title: {vi: Chương trình, en: "Programme"}
directives:
  - id: 2022-CD01
    title: Một
    tasks:
      - id: 2022-CD01.1
        text: Ban hành quy chế
        support: [BO_CONG_AN]

      # the second
      - id: 2022-CD01.2
        text: >-
          Rà soát
          văn bản
        log:
          - date: 2022-02-10
            note: "012"
    source: L1
  - id: 2022-CD02
    title: Hai
people:
  - name: An
"""


@pytest.fixture(params=["libyaml", "python"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "python":
        monkeypatch.setattr(events, "parser", events.PythonParser)


def seen(text: str | bytes) -> list[tuple[str, int, int]]:
    """Code, line and column of each finding."""
    parsed = read(text if isinstance(text, bytes) else text.encode(), "x.yaml")
    return [(one.code, one.position.line, one.position.column) for one in parsed.findings if one.position]


def changed(line: str, into: str) -> str:
    """The programme with another line in place of one."""
    assert f"{line}\n" in PROGRAMME
    return PROGRAMME.replace(f"{line}\n", f"{into}\n", 1)


@pytest.mark.usefixtures("_parser")
def test_scalars_stay_text_and_nothing_stays_apart_from_an_empty_text() -> None:
    text = 'a: no\non: 012\nb: 12:30\nc: 1e3\nd: 2022-01-11\ne: ""\nf:\ng: ~\nh: null\ni: "null"\nj: |\nk: []\nl: {}\n'
    parsed = read(text.encode(), "x.yaml")
    assert not parsed.findings
    assert list((parsed.data or {}).items()) == [
        *(("a", "no"), ("on", "012"), ("b", "12:30"), ("c", "1e3"), ("d", "2022-01-11"), ("e", "")),
        *(("f", None), ("g", None), ("h", None), ("i", "null"), ("j", ""), ("k", []), ("l", {})),
    ]


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_span_is_the_text_of_its_directive_or_task(bom: bytes, end: str) -> None:
    parsed = read(bom + PROGRAMME.replace("\n", end).encode(), "x.yaml")
    assert parsed.bom == bool(bom)
    assert [(span.directive, span.task, span.line) for span in parsed.tasks] == [
        *((0, None, 6), (0, 0, 9), (0, 1, 14)),
        (1, None, 22),
    ]
    starts = [parsed.text[span.start :].split(end)[0] for span in parsed.tasks]
    assert starts == ["id: 2022-CD01", "id: 2022-CD01.1", "id: 2022-CD01.2", "id: 2022-CD02"]
    ends = [parsed.text[: span.end].rsplit(end)[-2] for span in parsed.tasks]
    assert ends == ["    source: L1", "      # the second", '            note: "012"', "    title: Hai"]


def test_values_and_keys_are_found_by_their_paths() -> None:
    places = positions(PROGRAMME)
    assert places.of(("title", "en")) == Position(4, 31)
    assert places.of(("directives", 0, "tasks", 1, "log", 0, "note")) == Position(20, 19)
    assert places.key(("directives", 0, "tasks", 1, "log", 0, "note")) == Position(20, 13)
    assert places.of(("directives", 0, "tasks", 0, "support", 0)) == Position(11, 19)
    missing = ("directives", 0, "tasks", 0, "lead")
    assert places.of(missing) == places.key(missing) == Position(9, 9)


FLOW = "directives: [{id: a, tasks: [{id: b, log: [{note: c}]}, {id: d}]}, {id: e, tasks: []}]\npeople: [{name: An}]\n"
DASHES = """\
directives:
-
  # one
  id: a
  tasks:
  -

    id: b
  - id: c
    log: []
-   tasks:
    - id: d
    id: e"""


@pytest.mark.parametrize("text", [PROGRAMME, FLOW, DASHES, DASHES.replace("\n", "\r\n")])
def test_a_place_is_the_same_whether_a_piece_or_all_is_read_for_it(text: str) -> None:
    parsed = read(text.encode(), "x.yaml")
    assert not parsed.findings
    pieces, whole = parsed.positions(), Positions(text, Piece(0, len(text)))
    for path in paths(parsed.data):
        assert (pieces.of(path), pieces.key(path)) == (whole.of(path), whole.key(path)), path


def test_findings_with_a_path_get_their_place_and_line() -> None:
    given_path = Finding("empty-value", "x.yaml", ("directives", 1, "title"))
    known = Finding("tab", "x.yaml", position=Position(1, 1), excerpt="as it was")
    located = locate([given_path, known], PROGRAMME)
    assert (located[0].position, located[0].excerpt) == (Position(23, 12), "    title: Hai")
    assert located[1] is known


HERE = "‸"
"""Stands in a text before the character that a finding should point at."""

FAULTS = {
    "a quote that is never closed": ('title: ‸"Một', "open-quote"),
    "a quote that the next quote closes": ('title: ‸"Một\n    kind: "x"', "open-quote"),
    "text behind a quote": ('title: "Một" ‸hai', "text-after-quote"),
    "an apostrophe": ("title: 'It'‸s'", "text-after-quote"),
    "a colon in a text": ("title: Một‸: hai", "colon-in-text"),
    "a colon in the second line of a text": ("title: Một\n      các văn bản‸: hai", "colon-in-text"),
    "a key too far to the right": ("title: Một\n      ‸kind: x", "wrong-indentation"),
    "a key too far to the left": ("title: Một\n   ‸kind: x", "wrong-indentation"),
    "a line without a key": ("title: Một\n    ‸hai ba", "missing-colon"),
    "a colon without a space": ("‸title:Một", "missing-space"),
    "a list in the line of its key": ("title: ‸- Một", "list-in-line"),
    "an item among keys": ("title: Một\n    ‸- hai", "list-among-keys"),
    "a bracket too many": ("title: [Một]‸]", "stray-bracket"),
    "the wrong bracket": ("title: [Một‸}", "stray-bracket"),
    "a bracket that is never closed": ("title: ‸[Một", "open-bracket"),
    "a bracket that only a comment closes": ("title: ‸[ # Một ]", "open-bracket"),
    "a missing comma": ('title: ["Một" ‸"Hai"]', "missing-comma"),
    "a text that begins with a bracket": ("title: ‸[Mật] Một", "reserved-character"),
    "a text that begins with @": ("title: ‸@a", "reserved-character"),
    "a text that begins with a star and a space": ("title: ‸* a", "reserved-character"),
    "a path of Windows": (r'title: "C:‸\Users"', "bad-escape"),
    "text behind |": ("title: | ‸Một", "block-text"),
    "an anchor": ("title: ‸&a Một", "anchor"),
    "an alias": ("title: ‸*a", "alias"),
    "a merge key": ("‸<<: {title: Một}", "merge-key"),
    "a tag": ("title: ‸!!str Một", "tag"),
    "a key that stands twice": ("title: Một\n    ‸title: Hai", "duplicate-key"),
    "a list as a key": ("‸[a]: Một", "complex-key"),
    "an empty key": ("‸: Một", "complex-key"),
    "a template": ("title: {‸{ a }}", "complex-key"),
    "an escape that paints": (r'title: ‸"\x1b[31m"', "control-character"),
    "a control character": ("title: ‸\x07", "control-character"),
    "a tab": ("title: Một‸\thai", "tab"),
    "a tab as indentation": ("‸\ttitle: Một", "tab"),
    "a line separator": ("title: Một‸\u2028hai", "odd-line-break"),
    "nesting": ("title: " + "[" * 7 + "‸" + "[" * 10 + "]" * 17, "too-deep"),
}


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_where_it_is_and_nothing_else_is(name: str) -> None:
    marked, code = FAULTS[name]
    before, _, after = changed("    title: Một", f"    {marked}").partition(HERE)
    assert seen(before + after) == [(code, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)]


@pytest.mark.usefixtures("_parser")
def test_every_broken_task_is_named_and_the_others_are_read() -> None:
    broken = changed("        text: Ban hành quy chế", '        text: "Ban hành quy chế')
    broken = broken.replace("    title: Hai", "    title: a: b").replace("  - name: An", "  - name: *a")
    parsed = read(broken.encode(), "x.yaml")
    assert [(one.code, str(one.position and one.position.line)) for one in parsed.findings] == [
        *(("open-quote", "10"), ("colon-in-text", "23")),
        ("alias", "25"),
    ]
    assert parsed.data
    first, second = parsed.data["directives"]
    assert [task.get("id") for task in first["tasks"]] == [None, "2022-CD01.2"]
    assert (first["source"], second, parsed.data["year"]) == ("L1", {}, "2022")
    assert parsed.gaps == {("directives", 0, "tasks", 0), ("directives", 1), ("people", 0, "name")}
    assert parsed.gap(("directives", 1, "id"))
    assert not parsed.gap(("directives", 0, "tasks", 1, "id"))
    assert positions(parsed.text).of(("directives", 0, "tasks", 1, "log", 0, "note")) == Position(20, 19)


def test_a_register_is_cut_at_its_units() -> None:
    text = 'schema: 1\nunits:\n- code: A\n  name: "a\n- code: B\n  name: b: c\n- code: C\n'
    assert seen(text) == [("open-quote", 4, 9), ("colon-in-text", 6, 10)]
    parsed = read(text.encode(), "units.yaml")
    assert parsed.data == {"schema": "1", "units": [{}, {}, {"code": "C"}]}


def test_a_conflict_is_one_finding_and_its_first_version_is_read() -> None:
    ours, base, theirs = "    title: Một", "    title: Không", "    title: Hai"
    conflict = f"<<<<<<< HEAD\n{ours}\n||||||| base\n{base}\n=======\n{theirs}\n>>>>>>> vth"
    parsed = read(changed("    title: Một", conflict).encode(), "x.yaml")
    assert [(one.code, one.position) for one in parsed.findings] == [("conflict-marker", Position(7, 1))]
    assert parsed.data
    assert parsed.data["directives"][0]["title"] == "Một"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", ("empty-file", 1, 1)),
        (b"# nothing\n", ("empty-file", 1, 1)),
        (b"- a\n", ("not-a-mapping", 1, 1)),
        (b"a: 1\n---\nb: 1\n", ("several-documents", 2, 1)),
        (b"%YAML 1.1\n---\na: 1\n", ("yaml-directive", 1, 1)),
        ("a: 1\nb: cà phê".encode("cp1258"), ("not-utf8", 2, 5)),
        ("a: Vụ".encode()[:-1], ("not-utf8", 1, 5)),
        ("a: Vụ".encode("utf-16"), ("not-utf8", 1, 1)),
        (b"a: 1\nb: \x00", ("control-character", 2, 4)),
        (b"a: 1\rb: 2\r", ("odd-line-break", 1, 5)),
        (b"a: 1\n=======\nb: 2\n", ("conflict-marker", 2, 1)),
    ],
)
def test_what_is_no_programme_is_told_in_one_finding(data: bytes, found: tuple[str, int, int]) -> None:
    assert seen(data) == [found]


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(
    "text",
    [
        "- " * 100_000 + "x",
        "[" * 100_000,
        "{a: " * 100_000,
        "a: " + "? " * 50_000,
        "a: &a [x]\n" + "".join(f"a{one}: &a{one} [{'*a, ' * 9}]\n" for one in range(9)),
        "a: " + "9" * 5000,
        "\t\n" * 5000,
        "a:\n" + "  - *x\n" * 5000,
        '"' * 9999,
        "directives:\n" + "  - a: b: c\n" * 5000,
        "a: " + "\\" * 5000 + "\ufeff" * 5000,
    ],
)
def test_a_hostile_file_is_read_or_refused(text: str) -> None:
    parsed = read(text.encode(), "x.yaml")
    check_findings(parsed)
    assert parsed.findings or parsed.data == {"a": "9" * 5000}
    assert len(parsed.findings) <= 1001


def test_a_scalar_of_ten_megabytes_is_a_text() -> None:
    parsed = read(b"a: " + b"x" * 10_000_000, "x.yaml")
    assert parsed.data
    assert len(parsed.data["a"]) == 10_000_000


def check_findings(parsed: Parsed) -> None:
    """Each finding has a code of the rulebook, and a place inside the text with its line."""
    lines = parsed.text.split("\n")
    for one in parsed.findings:
        assert one.position
        assert one.sentence()
        assert one.remedy()
        assert RULES[one.code].shape
        assert 1 <= one.position.line <= len(lines)
        line = lines[one.position.line - 1].removesuffix("\r")
        assert one.excerpt == line
        assert 1 <= one.position.column <= len(line) + 1


def paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from paths(inner, (*path, at))


FRAGMENTS = st.sampled_from(
    [
        *"\n \"'[]{},:#&*!|>%@`?-<=\t\r\x00\x85\u2028é😀",
        "\n  ",
        "- ",
        ": ",
        "---\n",
        "...\n",
        "a: b\n",
        "\\u",
        "tasks:\n",
    ]
)


@example([(len(PROGRAMME) - 1, 1, "\n?")])
@given(st.lists(st.tuples(st.integers(0, len(PROGRAMME)), st.integers(0, 9), FRAGMENTS), max_size=6))
def test_a_damaged_file_is_read_or_its_findings_have_a_place(damage: list[tuple[int, int, str]]) -> None:
    text = PROGRAMME
    for start, length, fragment in damage:
        text = text[:start] + fragment + text[start + length :]
    for parser in (events.fastest(), events.PythonParser):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(events, "parser", parser)
            parsed = read(text.encode(), "x.yaml")
            check_findings(parsed)
            assert parsed.findings or parsed.data is not None
            places = positions(parsed.text)
            end = len(parsed.text.split("\n"))
            assert all(1 <= places.of(path).line <= end for path in paths(parsed.data))
            assert all(0 <= span.start <= span.end <= len(parsed.text) for span in parsed.tasks)


@given(st.text(max_size=60) | st.lists(FRAGMENTS, max_size=30).map("".join))
def test_any_text_is_read_or_its_findings_have_a_place(text: str) -> None:
    check_findings(read(text.encode(errors="replace"), "x.yaml"))


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_their_findings_have_a_place(data: bytes) -> None:
    check_findings(read(data, "x.yaml"))


def test_the_shipped_programmes_are_read_alike_by_both_parsers(monkeypatch: pytest.MonkeyPatch) -> None:
    for path in sorted((Path(__file__).parent.parent / "programmes").glob("*.yaml")):
        fast = read(path.read_bytes(), path.name)
        monkeypatch.setattr(events, "parser", events.PythonParser)
        assert fast == read(path.read_bytes(), path.name)
        monkeypatch.undo()
        assert not fast.findings
