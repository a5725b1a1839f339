"""`vpcp withdraw`."""

from __future__ import annotations

from vpcp_cli.commands.writing import Write, writes
from vpcp_cli.vocabulary import Status


@writes("vpcp withdraw 2023-CD01.1 --note 'Cục trưởng đồng ý rút khỏi chương trình' --document 99/TB-CQM", closes=True)
def withdraw(write: Write) -> None:
    """Take tasks out of the programme, with the reason; they are no longer counted."""
    write.append(status=Status.WITHDRAWN)
