"""Whatever style a file is written in, an entry of any text is added rightly or not at all."""

import re
from typing import Any

import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from made_up import cases
from vpcp_cli.storage.format.items import as_text, ways, with_item
from vpcp_cli.storage.refusals import NoPlaceInFileError
from vpcp_cli.storage.splice import at_once
from vpcp_cli.storage.writing.draft import Draft, new_file
from vpcp_cli.storage.yaml import document
from vpcp_cli.storage.yaml.emitter import Item, Style, flow, item_lines, scalar

MANY = cases(40)

TRICKY = [
    *("06/2013/QĐ-TTg", "no", "on", "Y", "012", "1e3", "0x1F", "1_000", "12:30", "2022-01-11", "2022-06", ".5", "+84"),
    *(
        "a: b",
        "a:b",
        "x #y",
        "#z",
        "- một",
        "? hỏi",
        "!x",
        "&a",
        "*a",
        "%",
        "@b",
        "`c`",
        "[",
        "]",
        "{}",
        "a, b",
        "~",
        "=",
    ),
    *(
        "'",
        '"',
        "it's",
        '"x"',
        "a\\b",
        "",
        " trước",
        "sau ",
        "\u00a0cứng",
        "a\u00a0b",
        "😀",
        "tie\u0302\u0301ng",
        "<<",
        "---",
    ),
    *("một\nhai", "một\n\nhai\n", " một\nhai", "từ " * 60 + "hết", "  hai  cách  " * 12, "null", "true", "|", ">-"),
]
ALPHABET = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff")
TEXTS = st.one_of(st.sampled_from(TRICKY), st.text(st.one_of(ALPHABET, st.sampled_from(" :#-,'\"[]{}\n")), max_size=40))
NOTES = st.lists(st.sampled_from(["", "# ghi chú", "      # - id: 2022-CD01.9", "                # sâu"]), max_size=2)


@st.composite
def entries(draw: st.DrawFn) -> Item:
    entry: dict[str, Any] = {"date": "2022-05-20"}
    for key in draw(st.lists(st.sampled_from(["note", "by", "document", "obstacle"]), unique=True)):
        entry[key] = draw(TEXTS)
    if draw(st.booleans()):
        evidence = st.one_of(TEXTS, st.fixed_dictionaries({"number": TEXTS, "title": TEXTS}))
        entry["evidence"] = draw(st.lists(evidence, min_size=1, max_size=3))
    return entry


@st.composite
def values(draw: st.DrawFn, column: int) -> str:
    """A value behind its colon in one of the ways in which people write it."""
    inner = " " * (column + draw(st.sampled_from([1, 2, 4])))
    return draw(
        st.sampled_from(
            [
                " Việc nào đó",
                "   rộng rãi   # lời bình",
                " 'nháy: đơn'",
                ' "nháy \\"kép\\""   # hai',
                f"\n{inner}ở dòng dưới",
                f" nhiều\n{inner}dòng\n\n{inner}trơn",
                f' "nhiều\n  dòng\n{inner}có nháy"',
                f" >-\n{inner}gấp\n{inner}lại\n",
                f" |\n{inner}- id: 2022-CD01.2\n{inner}log:\n",
                f" |+\n{inner}giữ\n\n",
                f" >   # gấp\n{inner}một\n\n{inner}hai",
                f"\n{inner}vi: a\n{inner}en: b   # en",
                " {vi: a, en: 'b, c'}",
            ]
        )
    )


@st.composite
def logs(draw: st.DrawFn, column: int) -> str:
    """A log, or none."""
    form = draw(st.sampled_from(["", "", "[]", " [ ]  # trống", "block", "block", "braces", "flow"]))
    pad = " " * column
    if form in {"", "flow"}:
        return form and f"{pad}log: [{{date: 2022-01-12, note: a}}]\n"
    if "[" in form:
        return f"{pad}log: {form}\n"
    text = f"{pad}log:{draw(st.sampled_from(['', '   # quá trình']))}\n"
    dash = " " * (column + draw(st.sampled_from([0, 2, 4])))
    gap = " " * draw(st.sampled_from([1, 3]))
    for _ in range(draw(st.integers(1, 3))):
        text += "".join(f"{note}\n" for note in draw(NOTES))
        value = draw(values(column=len(dash) + 1 + len(gap)))
        quote = draw(st.sampled_from(["", "'", '"']))
        if form == "braces":
            text += f"{dash}-{gap}{{date: {quote}2022-01-12{quote}, note: x}}   # a\n"
        else:
            text += f"{dash}-{gap}date: {quote}2022-01-12{quote}\n{dash} {gap}note:{value}\n"
    return text


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A programme of two directives in some style."""
    outer, step, gap = (draw(st.sampled_from(choice)) for choice in ([0, 2, 4], [0, 2, 4], [1, 1, 3]))
    text = "schema: 1\nyear: 2022\ndirectives:\n"
    for number in (1, 2):
        head, key = " " * outer + "-" + " " * gap, " " * (outer + 1 + gap)
        text += f"{head}id: 2022-CD0{number}\n{key}issuer: {{name: N}}\n{key}tasks:\n"
        for task in range(1, draw(st.integers(1, 3)) + 1):
            text += "".join(f"{note}\n" for note in draw(NOTES))
            dash, field = " " * (len(key) + step) + "-" + " " * gap, " " * (len(key) + step + 1 + gap)
            text += f"{dash}id: 2022-CD0{number}.{task}{draw(st.sampled_from(['', ' # mã']))}\n"
            fields = [f"{field}{name}:{draw(values(column=len(field)))}\n" for name in ("text", "measure")]
            fields.insert(draw(st.integers(0, 2)), draw(logs(column=len(field))))
            text += "".join(fields)
        text += f"{key}source: L1\n" if draw(st.booleans()) else ""
    text = text.rstrip("\n") if draw(st.booleans()) else text
    text = text.replace("\n", "\r\n") if draw(st.booleans()) else text
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + text.encode()


@MANY
@given(files(), st.lists(entries(), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_entries_are_added_in_the_style_of_the_file(content: bytes, new: list[Item], chance: Any) -> None:
    parsed = document.read(content, "2022.yaml")
    assume(not parsed.findings)
    draft, wanted = Draft.of(parsed), yaml.load(parsed.text, yaml.BaseLoader)  # noqa: S506
    places = [(name, way) for name, way in ways(parsed.data) if "." in name]
    for entry in new:
        name, way = chance.choice(places)
        try:
            draft.add(way, "log", entry)
        except NoPlaceInFileError as refusal:
            assert "log: [{" in parsed.text or not parsed.text.endswith("\n"), refusal.sentence()  # noqa: PT017
        else:
            assert draft.additions[-1].id == name
            wanted = with_item(wanted, way, "log", entry)
    text, read = b"".join(draft.finish()), parsed.text.encode()
    assert yaml.load(text, yaml.BaseLoader) == wanted  # noqa: S506
    for splice in at_once(draft.splices):
        assert re.fullmatch(r"(?: *\[ ?\](?:  # trống)?)?", read[splice.start : splice.end].decode())
    back = text
    for number, splice in reversed(list(enumerate(draft.splices))):
        before = read
        for earlier in draft.splices[:number]:
            before = earlier.applied(before)
        back = back[: splice.start] + before[splice.start : splice.end] + back[splice.start + len(splice.text) :]
    assert back == read


@MANY
@given(TEXTS, st.sampled_from(["", "'", '"']))
def test_a_text_is_the_same_text_under_every_yaml(text: str, quote: str) -> None:
    dates = re.compile(r"\d{4}-\d\d-\d\d")
    for line in (f"a: {scalar(text, quote)}\n", f"a: [{{b: {flow(text)}}}, x]\n", *_items(text, quote)):
        assert text in _texts(yaml.load(line, yaml.BaseLoader))  # noqa: S506
        if not dates.fullmatch(text):
            assert text in _texts(yaml.safe_load(line))


def _items(text: str, quote: str) -> list[str]:
    entry = {"n": text, "x": [text]}
    style = Style(quotes={"": quote})
    return ["\n".join(item_lines(entry, 4, each)) for each in (style, Style(gap=4, offset=0), Style(flow=True))]


def _texts(data: Any) -> list[Any]:
    if isinstance(data, dict):
        return [text for value in data.values() for text in _texts(value)]
    return [text for value in data for text in _texts(value)] if isinstance(data, list) else [data]


@MANY
@given(st.lists(entries(), max_size=3))
def test_a_new_file_holds_what_it_was_made_of(log: list[Item]) -> None:
    data: dict[str, Any] = {
        "schema": 1,
        "title": {"vi": "Chương trình", "en": "Programme"},
        "directives": [{"id": "2023-CN01", "tasks": [{"id": "2023-CN01.1", "priority": True, "log": log}]}],
    }
    text = new_file(data, "yaml-language-server: $schema=programme.schema.json")
    assert text.startswith("# yaml-language-server: $schema=programme.schema.json\nschema: 1\n")
    assert yaml.load(text, yaml.BaseLoader) == as_text(data)  # noqa: S506
