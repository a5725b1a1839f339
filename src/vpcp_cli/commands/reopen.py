"""`vpcp reopen`."""

from __future__ import annotations

from vpcp_cli.commands.writing import Write, writes
from vpcp_cli.language import _
from vpcp_cli.vocabulary import Status


@writes("vpcp reopen 2023-CD01.2 --note 'Phải sửa theo nghị định mới'")
def reopen(write: Write) -> None:
    """Let work on closed tasks go on, with the reason: done, not done, deferred, returned or withdrawn ones."""
    from vpcp_cli.commands.refusals import NoteNeededError

    if write.note is None:
        raise NoteNeededError(_("Reopen"))
    write.append_each(lambda _task, _session: {"status": Status.IN_PROGRESS}, reopens=True)
