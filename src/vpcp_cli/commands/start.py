"""`vpcp start`."""

from __future__ import annotations

from vpcp_cli.commands.writing import Write, writes
from vpcp_cli.vocabulary import Status


@writes("vpcp start 2022-CD02.3", "vpcp start 2022-CD02.2 2022-CD02.3 --on 10/02/2022 --by 'Vụ Tổ chức cán bộ'")
def start(write: Write) -> None:
    """Report that work on tasks has begun."""
    write.append(status=Status.IN_PROGRESS)
