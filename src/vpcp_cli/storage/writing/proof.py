"""What is to be written, read as it will be read: before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpcp_cli.kinds import AsWritten
from vpcp_cli.programme import Programme
from vpcp_cli.storage.format.coherence import log_incoherences
from vpcp_cli.storage.refusals import UnreadableWriteError

if TYPE_CHECKING:
    from vpcp_cli.storage.yaml.emitter import Item


def proved(record: type, item: Item, holder: str) -> Item:
    """Return a new programme, directive or task of a holder as it is; raise `UnreadableWriteError`."""
    from vpcp_cli.storage.format.schema import faults_of, programme_of
    from vpcp_cli.storage.writing.draft import new_file
    from vpcp_cli.storage.yaml import document

    read = document.read(new_file(item).encode(), f"{holder}.yaml")
    faults = programme_of(read, holder)[1] if record is Programme else faults_of(record, read.data or {}, read.file)
    if faults:
        raise UnreadableWriteError(faults[0])
    return item


def prove_entry(record: type, entry: Item, file: str) -> None:
    """Raise `UnreadableWriteError` for an entry that says several things, or half of one."""
    log = AsWritten.of({"log": [entry]}).data
    for finding in log_incoherences(record, log, (), file):
        from vpcp_cli.storage.format.schema import completed

        raise UnreadableWriteError(completed(finding, record, log))
