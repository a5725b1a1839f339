"""Data stays data in the forms for programs and documents."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpcp_cli.errors import BadWordError
from vpcp_cli.render import formats
from vpcp_cli.render.door import encoded, one_line
from vpcp_cli.render.formats import (
    Record,
    check_fields,
    columns,
    csv_lines,
    flattened,
    json_lines,
    jsonl_lines,
    md_span,
    md_text,
    picked,
    plain_cell,
    plain_cells,
    plain_line,
    tsv_lines,
)

MODEL: Record = {"id": None, "text": {"vi": None, "en": None}, "support": [], "days": None, "open": None}
RECORD: Record = {
    "id": "A.1",
    "text": {"vi": "=1+1", "en": 'a "b",\nc'},
    "support": ["X", "Y"],
    "days": -3,
    "open": True,
}


def test_a_record_becomes_a_row_of_words() -> None:
    assert flattened(RECORD) == {
        "id": "A.1", "text_vi": "=1+1", "text_en": 'a "b",\nc', "support": "X; Y", "days": -3, "open": True,
    }  # fmt: skip
    assert columns(MODEL) == ["id", "text_vi", "text_en", "support", "days", "open"]
    assert columns(MODEL, ("text", "days")) == ["text_vi", "text_en", "days"]


def test_a_list_of_records_in_a_cell_is_json_and_an_empty_one_nothing() -> None:
    assert flattened({"obstacles": [{"since": "2022-08-01"}], "support": []}) == {
        "obstacles": '[{"since": "2022-08-01"}]',
        "support": None,
    }


@given(
    st.lists(
        st.text(st.sampled_from("aệ\t\n\r\x1b[31m\ufeff\u202e\x85\xad\u200d\ufe0f👍\u2028\udc00\U000e0041")), min_size=1
    )
)
def test_cells_that_are_looked_at_together_leave_as_each_by_itself(texts: list[str]) -> None:
    assert encoded("\t".join(["x", *plain_cells(texts)])) == encoded("\t".join(["x", *map(plain_cell, texts)]))


def test_no_line_of_json_or_csv_is_a_command_of_githubs_runner() -> None:
    hostile: Record = {"id": " ::error::x", "text": "##[error]y"}
    (line,) = jsonl_lines([hostile])
    assert "##[" not in line
    assert json.loads(line) == hostile
    assert list(csv_lines([flattened(hostile)], ["id"]))[1].startswith('" ::error::x"')


def test_no_cell_of_csv_is_a_formula_and_every_reader_gets_the_same_text() -> None:
    lines = "\n".join(csv_lines([flattened(RECORD), {"id": "B"}], columns(MODEL))) + "\n"
    assert lines.startswith("\ufeffid,text_vi,")
    rows = list(csv.DictReader(io.StringIO(lines.removeprefix("\ufeff"), newline="")))
    assert rows[0]["text_vi"] == "'=1+1"
    assert rows[0]["text_en"] == 'a "b",\nc'
    assert (rows[0]["days"], rows[0]["open"]) == ("-3", "true")
    assert rows[1] == {"id": "B", "text_vi": "", "text_en": "", "support": "", "days": "", "open": ""}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_every_way_to_begin_a_formula_is_disarmed(start: str) -> None:
    assert list(tsv_lines([{"id": f"{start}cmd()"}], ["id"]))[1].startswith("'")


def test_tsv_keeps_one_line_a_record() -> None:
    assert list(tsv_lines([{"id": "a\tb\nc\\d"}], ["id"])) == ["id", "a\\tb\\nc\\\\d"]


def test_plain_lines_show_what_would_act_on_a_terminal() -> None:
    assert plain_line(["một\nhai", None, "\x1b[31m", 3, False]) == "một hai\t\t\\x1b[31m\t3\tfalse"


def test_markdown_and_html_make_nothing_of_a_text() -> None:
    assert md_text("[red] | <b>x</b> :smile: *a* `b` @c & $d$") == (
        r"\[red\] \| &lt;b&gt;x&lt;/b&gt; \:smile: \*a\* \`b\` @<!-- -->c &amp; \$d\$"
    )


def test_json_is_one_document_with_a_record_on_each_line() -> None:
    text = "\n".join(json_lines("vpcp.test/1", {"count": 2}, "things", [RECORD, {"id": "B"}]))
    assert json.loads(text) == {"schema": "vpcp.test/1", "count": 2, "things": [RECORD, {"id": "B"}]}
    assert json.loads("".join(json_lines("vpcp.test/1", {}, "things", []))) == {"schema": "vpcp.test/1", "things": []}


def test_fields_are_picked_in_the_order_asked_for() -> None:
    assert picked(RECORD, ("days", "text_en", "id")) == {"days": -3, "text_en": 'a "b",\nc', "id": "A.1"}
    with pytest.raises(BadWordError, match="txt"):
        check_fields(("id", "txt"), MODEL)


@given(st.text(st.sampled_from("ăb1wWgGhH-.:/\\`*_[]|~$&<>@# \n\u202e")))
def test_what_means_nothing_in_markdown_is_told_at_a_glance(text: str) -> None:
    thorough = formats._unlinked(formats._MARKDOWN.sub(r"\\\g<0>", one_line(text).strip()))
    assert md_span(text) == thorough
