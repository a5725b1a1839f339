"""One cause is one finding, and a register that lacks costs no more than its length."""

from making import directive, programme, task, workspace
from vpcp_cli.checks import check
from vpcp_cli.finding import Finding, Position, causes
from vpcp_cli.shelf import MOST_OFFERS


def test_the_first_place_stands_for_all_of_a_cause() -> None:
    found = [
        Finding("unknown-unit", "2022.yaml", facts={"code": "BTC", "nearest": ""}, position=Position(line, 1))
        for line in (3, 5, 8)
    ]
    other = Finding("unknown-unit", "2022.yaml", facts={"code": "BNV", "nearest": ""}, position=Position(4, 1))
    elsewhere = Finding("unknown-unit", "2023.yaml", facts={"code": "BTC", "nearest": ""}, position=Position(1, 1))
    tabs = [Finding("tab", "2022.yaml", position=Position(line, 1)) for line in (1, 2)]
    told = causes([found[0], other, *found[1:], *tabs, elsewhere])
    assert told == [(found[0], 4), (other, 1), (tabs[0], 1), (tabs[1], 1)]


def test_so_many_unknown_codes_are_no_slips() -> None:
    tasks = [task(f"2022-CD01.{number}", lead=f"CODE_{number}X") for number in range(1, 3 * MOST_OFFERS)]
    units = tuple(f"CODE_{number}" for number in range(1, 3 * MOST_OFFERS))
    known = workspace(programme(2022, directive("2022-CD01", *tasks)), units=("VPCP", *units))
    found = [one for one in check(known) if one.code == "unknown-unit"]
    assert len(found) == len(tasks)
    assert sum(bool(one.facts["nearest"]) for one in found) == MOST_OFFERS
    assert found[0].facts["nearest"].startswith(" (CODE_1")
