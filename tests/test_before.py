"""What programs got of tasks before the index was made they get today: each key of then has the value of then.

The files in `before/` and the digests of what `vpcp list -f json` said of them are those of commit be50254. Keys that
have been added since are not looked at.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from terminal import Terminal

BEFORE = Path(__file__).parent / "before"
DIGESTS = json.loads((BEFORE / "digests.json").read_text())
INHERITED = "2023-CN01.1", "open_obstacles"
"""An obstacle that is open where the task goes on from counts since: decided, and not of then."""


def members(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what a value holds that holds nothing further, each with the keys that lead there."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not inner:
        yield path, value
    for key, one in inner:
        yield from members(one, f"{path}.{key}" if path else str(key))


def digests(report: Any) -> dict[str, str]:
    """Return the digest of each key in all tasks."""
    found = defaultdict[str, list[Any]](list)
    for task in report["tasks"]:
        for path, value in members(task):
            if (task["id"], path.partition(".")[0]) != INHERITED:
                found[path].append([task["id"], value])
    return {path: sha256(json.dumps(values).encode()).hexdigest()[:16] for path, values in sorted(found.items())}


@pytest.mark.parametrize(("place", "day"), [(place, day) for place, days in DIGESTS.items() for day in days])
def test_keys_of_then_have_the_values_of_then(terminal: Terminal, place: str, day: str) -> None:
    terminal.take(BEFORE / place)
    then = DIGESTS[place][day]
    first, again = (terminal.vpcp("list", "-f", "json", "--as-of", day) for _time in range(2))
    assert (first.code, again.out) == (0, first.out)
    now = digests(json.loads(first.out))
    assert len(then) > 40
    assert {path: now.get(path) for path in then} == then
