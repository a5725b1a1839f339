"""Bounds that a report must not cross are read as people type them and judged exactly."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from test_summary import DAY, nth, plan, stood, yardstick
from vpcp_cli.counts import Rate
from vpcp_cli.errors import BadThresholdError
from vpcp_cli.summary import Summary
from vpcp_cli.threshold import MEASURES, Threshold

LATE = Summary.of(stood(plan(nth(1, deadline="2022-08-16"), nth(2))), DAY)
OF_2017 = replace(LATE, count=yardstick())


@pytest.mark.parametrize(
    ("text", "trips"),
    [
        ("overdue>0", True),
        ("overdue", True),
        ("overdue > 1", False),
        ("overdue>=1", True),
        ("overdue≥1", True),
        ("overdue<=1", True),
        ("overdue<1", False),
        ("overdue=1", True),
        ("overdue==2", False),
        ("quá hạn>0", True),
        ("Due-Soon>0", False),
        ("due_soon=0", True),
        ("risk>0", True),
        ("obstacles>0", False),
        ("not_reported>1", True),
        ("rate<80", True),
        ("rate<=0%", True),
        ("rate_of_all>0,5", False),
    ],
)
def test_bounds(text: str, *, trips: bool) -> None:
    assert Threshold.parse(text).tripped(LATE) is trips


def test_a_rate_is_judged_by_its_fraction_and_not_by_what_is_printed() -> None:
    assert Threshold.parse("rate<98,63").tripped(OF_2017)
    assert not Threshold.parse("rate<98.62").tripped(OF_2017)
    assert Threshold.parse("rate_of_all<73.3").measured(OF_2017) == Rate(16_051, 21_914)


def test_a_rate_without_a_base_is_not_judged() -> None:
    nothing_due = Summary.of(stood(plan(nth(1))), DAY)
    assert Threshold.parse("rate<100").tripped(nothing_due) is None


@pytest.mark.parametrize(
    "text", ["", ">0", "overdue>", "overdue>x", "overdue>-1", "rate", "overdue>1.", "overdue>1e3", "²>0"]
)
def test_what_sets_no_bound_is_refused(text: str) -> None:
    with pytest.raises(BadThresholdError) as refused:
        Threshold.parse(text)
    assert "overdue" in refused.value.hint()


def test_a_slip_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(BadThresholdError) as refused:
        Threshold.parse("overdeu>0")
    assert refused.value.hint() == "Did you mean overdue?"
    assert refused.value.sentence() == "«overdeu>0» is not a bound for --fail-on."


@given(st.sampled_from(list(MEASURES)), st.sampled_from([">", "<", ">=", "<=", "="]), st.integers(0, 200))
def test_every_measure_takes_every_sign(measure: str, sign: str, limit: int) -> None:
    opposite = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}
    trips = Threshold.parse(f"{measure}{sign}{limit}").tripped(LATE)
    if sign in opposite:
        assert trips is not Threshold.parse(f"{measure} {opposite[sign]} {limit}").tripped(LATE)
