"""How many cases are made up for a property: few in the suite, in `make torture` as many as VPCP_CASES says."""

import os

import hypothesis


def cases(number: int) -> hypothesis.settings:
    """What decorates a test of which each case takes long; no test reads the clock."""
    return hypothesis.settings(max_examples=int(os.environ.get("VPCP_CASES", number)), deadline=None)
