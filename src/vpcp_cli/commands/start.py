"""`vpcp start`."""

from __future__ import annotations

from vpcp_cli.commands.writing import Write, writes
from vpcp_cli.vocabulary import Status


@writes("vpcp start 2023-CD01.2", "vpcp start 2023-CD01.1 2023-CD01.2 --on 10/02/2023 --by 'Phòng Tổng hợp'")
def start(write: Write) -> None:
    """Report that work on tasks has begun."""
    write.append(status=Status.IN_PROGRESS)
