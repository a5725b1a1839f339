"""Units by the names that readers know them by."""

from __future__ import annotations

from collections.abc import Mapping

from vpcp_cli.language import current
from vpcp_cli.programme import Workspace


def short_names(workspace: Workspace) -> Mapping[str, str]:
    """Return for each code the unit's short name, or its name, in the reader's language."""
    lang = current()
    return {unit.code: (unit.short or unit.name).in_(lang) for unit in workspace.units}
