"""Units by the names that readers know them by."""

from __future__ import annotations

from collections.abc import Mapping

from vpcp_cli.language import current
from vpcp_cli.library import Units


def short_names(register: Units) -> Mapping[str, str]:
    """Return for each code the unit's short name, or its name, in the reader's language; «—» for none."""
    lang = current()
    return {"": "—", **{unit.code: (unit.short or unit.name).in_(lang) for unit in register.units}}


def full_names(register: Units) -> Mapping[str, str]:
    """Return for each code the unit's name, for papers; «—» for none."""
    lang = current()
    return {"": "—", **{unit.code: unit.name.in_(lang) for unit in register.units}}
