"""Regular expressions that are compiled when they are first used: most commands use few of those that they load."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING


class _Pattern:
    """Becomes what `re.compile` makes, method by method."""

    def __init__(self, expression: str, flags: int = 0) -> None:
        self._given = expression, flags

    def __getattr__(self, name: str) -> object:
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)
        return found


if TYPE_CHECKING:
    pattern = re.compile
else:
    pattern = _Pattern
