"""The quick look at a task's texts agrees with the one that says where something is odd."""

import re

from hypothesis import given
from hypothesis import strategies as st

from making import entry, library, task, workspace
from terminal import REPOSITORY
from vpcp_cli import checks
from vpcp_cli.finding import causes
from vpcp_cli.programme import Document, Text
from vpcp_cli.rulebook.rule import Severity
from vpcp_cli.rulebook.rules import RULES
from vpcp_cli.storage.format.schema import programme_of
from vpcp_cli.storage.yaml.document import read
from vpcp_cli.texts import odd_texts, sound, texts_of

WORDS = st.text(alphabet="aế e\u0301\u0309 \t\xa0\u2003Đ😀", min_size=1, max_size=6) | st.just("Việc làm")
TEXTS = st.builds(Text.plain, WORDS) | st.builds(Text, WORDS, st.none() | WORDS)


@given(TEXTS, st.none() | TEXTS, WORDS, st.none() | TEXTS)
def test_nothing_is_odd_in_a_sound_task(text: Text, measure: Text | None, note: str, title: Text) -> None:
    happened = entry("2022-02-01", note=note, evidence=(Document("1/QĐ-VPCP", title=title),))
    texts = texts_of(task("2022-CD01.1", None, happened, text=text, measure=measure))
    odd = [code for value in texts for code, *_ in odd_texts(value, ())]
    assert sound(texts) == (not odd)


def test_rules_of_texts_only_warn_so_that_errors_are_counted_without_them() -> None:
    codes = ("garbled-text", "look-alike", "not-normalised", "missing-translation", "same-text")
    assert {RULES[code].severity for code in codes} == {Severity.WARNING}
    for path in REPOSITORY.glob("tests/findings/*.md"):
        for fence in re.findall(r"```yaml programmes/2022.yaml\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
            programme, _findings = programme_of(read(fence.encode(), "x"), "2022")
            known = workspace(*((programme,) if programme else ()))
            errors = [one for one in checks.check(known) if one.severity is Severity.ERROR]
            assert library(known).rule_errors() == len(causes(errors))
