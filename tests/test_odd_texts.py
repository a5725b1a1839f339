"""The quick look at a task's texts agrees with the one that says where something is odd."""

from hypothesis import given
from hypothesis import strategies as st

from making import entry, task
from vpcp_cli import checks
from vpcp_cli.programme import Document, Text

WORDS = st.text(alphabet="aế e\u0301\u0309 \t\xa0\u2003Đ😀", min_size=1, max_size=6) | st.just("Việc làm")
TEXTS = st.builds(Text.plain, WORDS) | st.builds(Text, WORDS, st.none() | WORDS)


@given(TEXTS, st.none() | TEXTS, WORDS, st.none() | TEXTS)
def test_nothing_is_odd_in_a_sound_task(text: Text, measure: Text | None, note: str, title: Text) -> None:
    happened = entry("2022-02-01", note=note, evidence=(Document("1/QĐ-VPCP", title=title),))
    texts = checks._texts_of(task("2022-CD01.1", None, happened, text=text, measure=measure))
    odd = [code for value in texts for code, _path in checks._odd_texts(value, ())]
    assert checks._sound(texts) == (not odd)
