"""Archives, as which workbooks and papers are kept: the same bytes on every system."""

from io import BytesIO
from typing import Final
from zipfile import ZipFile

_UNIX: Final = 3
"""The system that an archive says it was made on, wherever that was; `zipfile` would name the one it runs on."""
_HEAD: Final = 46
_MADE_ON: Final = 5
_LENGTHS: Final = (28, 30, 32)
"""Where an entry of the directory says how long its name, its extra and its remark are, which follow its head."""


def made_anywhere(content: bytes) -> bytes:
    """Return an archive that does not say on which system it was made."""
    made = bytearray(content)
    with ZipFile(BytesIO(content)) as archive:
        at, parts = archive.start_dir, len(archive.infolist())
    for _part in range(parts):
        made[at + _MADE_ON] = _UNIX
        at += _HEAD + sum(int.from_bytes(made[at + one : at + one + 2], "little") for one in _LENGTHS)
    return bytes(made)
