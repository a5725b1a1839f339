"""Reports keep to their limits whatever the tasks, and data stays data in them."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from making import entry, programme, workspace
from test_summary import DAY, nth, plan, stood, workspaces, yardstick
from vpcp_cli.counts import count
from vpcp_cli.language import Language, choose
from vpcp_cli.programme import Text
from vpcp_cli.query import Query
from vpcp_cli.render.bars import bar, legend, segments
from vpcp_cli.render.cells import cells
from vpcp_cli.render.console import Screen
from vpcp_cli.render.count import official_md, official_table, rate_lines
from vpcp_cli.render.summary import SummaryReport
from vpcp_cli.render.summary_json import summary_json
from vpcp_cli.render.summary_md import markdown
from vpcp_cli.render.summary_text import full_text, short_text
from vpcp_cli.standing import Standing
from vpcp_cli.summary import Comparison, Summary, movement
from vpcp_cli.vocabulary import Status

HOSTILE = "[red]x[/] :smile: | `a` <script> @everyone ::error:: %0A [y](javascript:z) </details> \x1b[2J"


@pytest.fixture(params=["en", "vi"])
def lang(request: pytest.FixtureRequest) -> Iterator[Language]:
    choose(request.param)
    yield request.param
    choose("en")


def report(tasks: list[Standing], day: date = DAY) -> SummaryReport:
    since = movement(tasks[::2], tasks, day - timedelta(7), day)
    summary = Summary.of(tasks, day, since, Comparison(2021, day, count(tasks)))
    there = workspace(programme(2022))
    return SummaryReport(
        register=there,
        programmes=there.programmes,
        query=Query(years=frozenset({2022})),
        summary=summary,
        found=len(tasks),
        absent=3,
        within=30,
    )


def many(number: int) -> list[Standing]:
    """Tasks late, due soon and obstructed, with long names and texts."""
    obstacle = entry("2022-09-01", obstacle=Text.plain("Thiếu kinh phí " * 9), reported_to="TTG")
    deadlines = ("2022-08-16", "2022-10-10", "2022-03", "2022-Q3")
    return stood(
        plan(
            *(
                nth(place, obstacle, deadline=deadlines[place % 4], lead=f"VU_{place % 40}")
                for place in range(1, number)
            )
        )
    )


@pytest.mark.usefixtures("lang")
@pytest.mark.parametrize("number", [1, 2, 5, 60])
def test_the_short_text_has_at_most_20_lines_of_100_columns(number: int) -> None:
    lines = list(short_text(report(many(number))))
    assert len(lines) <= 20
    assert max(map(cells, lines)) <= 100


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tasks=workspaces())
def test_no_report_is_too_long_or_too_wide(lang: Language, tasks: list[Standing]) -> None:
    choose(lang)
    one = report(tasks, tasks[0].day if tasks else DAY)
    assert len(list(short_text(one))) <= 20
    assert max(map(cells, (*short_text(one), *full_text(one)))) <= 100


@given(st.integers(0, 40_000))
def test_markdown_is_cut_by_whole_rows_and_counts_stay(limit: int) -> None:
    one = report(many(80))
    lines = list(markdown(one, limit))
    least = list(markdown(one, 0))
    size = sum(len(line.encode()) + 1 for line in lines)
    assert size <= max(limit, sum(len(line.encode()) + 1 for line in least))
    assert [line for line in least if line.startswith("|")] == list(official_md(one.summary.count))
    assert _widths(lines) == _widths([line for line in lines if not line.startswith("…")])
    assert lines.count("</details>") == sum(line.startswith("<details>") for line in lines)
    whole = list(markdown(one))
    assert (lines == whole) == (lines[-2] != "Shortened; `vpcp summary --full` prints all of it.")


def _widths(lines: list[str]) -> list[set[int]]:
    """Return for each table how many cells its rows have: one number, or the table is broken."""
    tables: list[set[int]] = []
    before = ""
    for line in lines:
        if line.startswith("|"):
            if not before.startswith("|"):
                tables.append(set())
            tables[-1].add(len(re.findall(r"(?<!\\)\|", line)))
        before = line
    assert all(len(widths) == 1 for widths in tables)
    return tables


def test_the_more_urgent_rows_stay() -> None:
    one = report(many(80))
    order = [standing.task.id for reason in ("overdue", "due_soon") for standing in one.summary.because(reason)]
    for limit in (5000, 6500):
        kept = re.findall(r"^\| (2022-CD01\.\d+) ", "\n".join(markdown(one, limit)), re.MULTILINE)
        assert kept
        assert kept == order[: len(kept)]


def test_data_is_literal_in_every_form() -> None:
    hostile = nth(
        1, entry("2022-09-01", obstacle=Text.plain(HOSTILE), note=HOSTILE), deadline="2022-08-16", lead=HOSTILE
    )
    one = report(stood(plan(hostile)))
    for lines in (short_text(one), full_text(one), markdown(one), summary_json(one)):
        assert "\x1b" not in "\n".join(lines)
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse("\n".join(markdown(one)))
    inline = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in inline} <= {"text", "text_special", "strong_open", "strong_close", "html_inline"}
    assert {token.content for token in inline if token.type == "html_inline"} <= {"<!-- -->"}
    assert not [token for token in tokens if token.type == "html_block"]
    shown = "".join(token.content for token in inline if token.type != "html_inline")
    assert shown.count(HOSTILE.replace("\x1b", "\\x1b")) >= 3
    assert json.loads("\n".join(summary_json(one)))["open_obstacles"][0]["text"]["vi"] == HOSTILE


def test_the_count_of_2017_in_text_and_markdown() -> None:
    whole = yardstick()
    choose("vi")
    text = "\n".join([*official_table(whole, Screen(width=100)), *official_md(whole), *rate_lines(whole)])
    choose("en")
    assert "| Đã hoàn thành | 14.068 | 1.983 | 0 | 16.051 |" in text
    assert "| Chưa hoàn thành | 5.640 | 223 | 0 | 5.863 |" in text
    assert "| Tổng số | 19.708 | 2.206 | 0 | 21.914 |" in text
    assert "16.051/16.274 = 98,6%" in text
    assert "16.051/21.914 = 73,2%" in text


@given(st.lists(st.integers(0, 3000), min_size=4, max_size=4), st.integers(4, 40), st.integers(0, 9000))
def test_no_part_of_a_bar_vanishes(parts: list[int], width: int, more: int) -> None:
    shares = segments(parts, width, sum(parts) + more)
    assert sum(shares) <= max(width, 4)
    assert [share > 0 for share in shares] == [part > 0 for part in parts]


def test_a_bar_needs_no_unicode_and_no_colour() -> None:
    late = [nth(1, deadline="2022-08-16"), nth(2, deadline="2022-10-10"), nth(3), nth(4, deadline="2022-03")]
    whole = count(stood(plan(*late)))
    assert [line for line, _cells in bar(whole, 4, 8).lines(8, Screen(symbols=False))] == ["!!!!~~.."]
    assert [line for line, _cells in bar(whole, 8, 8).lines(8, Screen())] == ["▓▓▒░"]
    assert legend(Screen(symbols=False)) == "# done   ! overdue   ~ due soon   . other"


def test_what_happened_stands_in_the_full_text() -> None:
    done = nth(1, entry("2022-09-28", status=Status.DONE, by="Vụ Tổng hợp"), deadline="2022-Q3")
    assert "  2022-09-28  2022-CD01.1  Done           Vụ Tổng hợp" in full_text(report(stood(plan(done))))
