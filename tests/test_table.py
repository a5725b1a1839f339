"""The light table."""

from dataclasses import replace
from itertools import zip_longest

from hypothesis import given
from hypothesis import strategies as st

from vpcp_cli.render.cells import cells, pad, wrap
from vpcp_cli.render.console import Screen, Style
from vpcp_cli.render.door import one_line
from vpcp_cli.render.table import (
    Cell,
    Cells,
    Column,
    Given,
    Heading,
    Texts,
    Words,
    long_table_lines,
    plain_row,
    shared_widths,
    table_lines,
)

COLUMNS = (Column("Id", whole=True), Column("Lead", most=8), Column("Task"))


def lines(*rows: tuple[tuple[Words, ...], ...] | Heading, width: int = 40, colour: bool = False) -> list[str]:
    return list(table_lines(COLUMNS, rows, Screen(width=width, colour=colour)))


def test_texts_wrap_in_their_column_and_nothing_is_cut() -> None:
    assert lines(plain_row("2022-CD01.1", "Bộ Công an", "Ban hành quy chế làm việc mới")) == [
        "Id           Lead      Task",
        "2022-CD01.1  Bộ Công   Ban hành quy chế",
        "             an        làm việc mới",
    ]


def test_decomposed_text_keeps_columns_straight() -> None:
    assert lines(plain_row("1", "Bo\u0323\u0302", "x"), plain_row("2", "BTC", "y"))[1:] == [
        "1   Bo\u0323\u0302    x",
        "2   BTC   y",
    ]


def test_a_heading_stands_across_and_markup_in_data_is_text() -> None:
    heading = Heading((Words("[red]CD01[/] :smile:", Style.BOLD),), part="Năm 2022")
    assert lines(heading, plain_row("1", "a", "\x1b[2J"))[1:] == [
        "", "Năm 2022", "━━━━━━━━", "", "[red]CD01[/] :smile:", "1   a     \\x1b[2J",
    ]  # fmt: skip


def test_hits_are_marked_on_both_lines_that_they_cross() -> None:
    row = ((Words("1"),), (Words("a"),), (Words("dịch vụ công trực tuyến", Style.DIM, ((5, 17),)),))
    painted = lines(row, width=22, colour=True)[1:]
    assert painted == [
        "1   a     \x1b[2mdịch \x1b[0m\x1b[1;4mvụ công\x1b[0m",
        "          \x1b[1;4mtrực\x1b[0m\x1b[2m tuyến\x1b[0m",
    ]


texts = st.one_of(
    st.lists(st.text("abcđế:", min_size=1, max_size=12), min_size=1, max_size=9).map(" ".join),
    st.text(st.sampled_from("ab ôđ\u0323日\n👍\u200d-\x1b"), max_size=30),
)
trimmed = texts.map(lambda text: one_line(text).strip())
widths = st.integers(20, 60)


def shown(text: str) -> Cell:
    return (Words(one_line(text)),)


@given(
    st.lists(st.tuples(texts, st.sampled_from(["Bộ Công an", "日本", "", "x"]), texts), min_size=1),
    widths,
    st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_a_table_by_columns_has_the_lines_of_one_by_rows(
    rows: list[tuple[str, str, str]], width: int, right: tuple[bool, bool, bool]
) -> None:
    screen = Screen(width=width, colour=True)
    leads = list(dict.fromkeys(lead for _, lead, _ in rows))
    lead_cells = [(Words(lead, Style.DIM), Words("2022")) for lead in leads]
    content: list[list[Cells]] = [
        [Texts.of((first for first, _, _ in rows), shown)],
        [Given(lead_cells, [leads.index(lead) for _, lead, _ in rows])],
        [Texts.of((last for _, _, last in rows), shown), Given([(Words("một việc"),)] * len(rows))],
    ]
    columns = [replace(column, right=flag) for column, flag in zip(COLUMNS, right, strict=True)]
    heading = Heading((Words("Nhóm"),))
    runs = [(heading, 1), (None, len(rows) - 1)]
    by_rows = [
        (shown(first), lead_cells[leads.index(lead)], (*shown(last), Words("một việc"))) for first, lead, last in rows
    ]
    assert list(long_table_lines(columns, content, runs, screen)) == list(
        table_lines(columns, [heading, *by_rows], screen)
    )


@given(st.lists(st.tuples(trimmed, trimmed, trimmed), min_size=1, max_size=4), widths)
def test_cells_stand_side_by_side_and_nothing_follows_the_last(rows: list[tuple[str, str, str]], width: int) -> None:
    columns = [Column("", most=12), Column("", most=8), Column("", most=20)]
    asked = [min(max(cells(row[place]) for row in rows), columns[place].most or 0) for place in range(3)]
    shares = shared_widths(columns, asked, width)
    expected = []
    for row in rows:
        both = zip(row, shares, strict=True)
        stacks = [[text[start:end] for start, end in wrap(text, max(share, 1))] for text, share in both]
        levels = zip_longest(*stacks, fillvalue="")
        expected += ["  ".join(map(pad, level, shares)).rstrip(" ") for level in levels]
    assert list(table_lines(columns, [plain_row(*row) for row in rows], Screen(width=width))) == expected
