"""The light table."""

from vpcp_cli.render.console import Screen, Style
from vpcp_cli.render.table import Column, Heading, Words, plain_row, table_lines

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
