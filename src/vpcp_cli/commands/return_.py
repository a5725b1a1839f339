"""`vpcp return`."""

from __future__ import annotations

from vpcp_cli.commands.writing import Write, writes
from vpcp_cli.vocabulary import Status


@writes("vpcp return 2023-CD01.1 --note 'Không thuộc thẩm quyền'", closes=True)
def return_(write: Write) -> None:
    """Send tasks back that are not ready or not within authority, with the reason; they are no longer counted."""
    write.append(status=Status.RETURNED)
