"""Texts on a grid of cells."""

from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from vpcp_cli.render.cells import _width, cells, in_blocks, measured_lines, simple, wrap
from vpcp_cli.render.door import inert, literal, one_line

VIETNAMESE = "Văn phòng Chính phủ điện tử, quyết định 45/QĐ-TTg"


def test_composed_and_decomposed_vietnamese_fill_the_same_cells() -> None:
    assert cells(VIETNAMESE) == len(VIETNAMESE) == 49
    assert cells(normalize("NFD", VIETNAMESE)) == 49


def test_wide_letters_fill_two_cells_and_joined_emoji_two_together() -> None:
    assert cells("日本") == 4
    assert cells("👍🏽") == 2
    assert cells("👨\u200d👩\u200d👧") == 2
    assert cells("❤\ufe0f") == 2
    assert cells("🇻🇳") == 2


def test_what_acts_on_a_terminal_is_shown_instead() -> None:
    assert literal("a\x1b[2Jb\x07\u202ec\ud800\x9b\x7f") == "a\\x1b[2Jb\\x07\\u202ec\\ud800\\x9b\\x7f"
    assert literal("một\thai\nba\r\n") == "một hai\nba\\x0d\n"
    assert one_line("một \n  hai") == "một hai"


@given(st.text(st.sampled_from(":#[]a- ế"), max_size=40))
def test_no_line_is_a_command_of_githubs_runner(text: str) -> None:
    shown = inert(text)
    assert not shown.strip().startswith("::")
    assert "##[" not in shown


def test_commands_of_githubs_runner_are_shown_and_colons_stay() -> None:
    assert inert("  ::error file=a::b") == "  \\x3a:error file=a::b"
    assert inert("a ##[error]b") == "a \\x23#[error]b"
    assert inert("C::D, 12:30, #1 ## [x]") == "C::D, 12:30, #1 ## [x]"


@given(st.lists(st.text(st.sampled_from(":#[]a- ế"), max_size=8), max_size=1200))
def test_lines_in_blocks_are_the_same_lines(lines: list[str]) -> None:
    assert "".join(in_blocks(lines)) == "".join(f"{line}\n" for line in lines)
    assert "".join(in_blocks(lines, harmless=True)) == "".join(f"{inert(line)}\n" for line in lines)


def test_not_much_is_held_before_it_is_written() -> None:
    for length, number in ((19, 20_000), (1_999, 500), (299_999, 5)):
        blocks = [len(text) for text in in_blocks(["x" * length] * number)]
        assert max(blocks) <= max(1 << 16, length + 1)
        assert len(blocks) <= number * (length + 1) // max(blocks) + 10


def test_a_word_is_broken_only_where_it_is_wider_than_a_line() -> None:
    text = "Ban hành 12345678901234 ngay"
    assert [text[start:end] for start, end in wrap(text, 10)] == ["Ban hành", "1234567890", "1234 ngay"]


def test_no_break_spaces_hold_and_line_ends_break() -> None:
    text = "ngày 30\u00a0tháng\u00a06\nhết"
    assert [text[start:end] for start, end in wrap(text, 13)] == ["ngày", "30\u00a0tháng\u00a06", "hết"]


@given(st.text(st.sampled_from("ab ôđ\u0323日\n👍\u200d-"), max_size=60), st.integers(2, 20))
def test_wrapping_loses_nothing_but_blanks_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = [text[start:end] for start, end in wrap(text, width)]
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cells(line) <= width for line in lines)


@given(st.lists(st.text("abcđế", min_size=1, max_size=12), min_size=1, max_size=12), st.integers(1, 20))
def test_plain_words_are_wrapped_as_all_others(words: list[str], width: int) -> None:
    text = " ".join(words)
    marked = f"{text[0]}\u0301{text[1:]}"  # a mark fills no cell, and takes the long way
    assert [text[start:end] for start, end in wrap(text, width)] == [
        marked[start:end].replace("\u0301", "") for start, end in wrap(marked, width)
    ]


def test_what_counts_as_a_letter_of_one_cell_is_one() -> None:
    taken = [chr(code) for code in range(0x3000) if simple(chr(code))]
    assert len(taken) > 1000
    assert [char for char in taken if _width(char) != 1] == []


@given(st.text(st.sampled_from("aệ日 \n\xad\u0301◽◾")), st.integers(2, 12))
def test_a_line_is_never_wider_than_its_column(text: str, width: int) -> None:
    assert max(filled for _start, _end, filled in measured_lines(text, width)) <= width
