"""A workspace that is to be loaded: its name, what tells whether it has changed, and its rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Final, NamedTuple, Protocol

from vpcp_cli import __version__
from vpcp_cli.errors import VpcpError
from vpcp_cli.language import N_
from vpcp_cli.storage.index.relations import TABLES, Column, Facts, kept

FORM: Final = 2
"""The number of the form of all tables and views: raised when one changes."""
APPLICATION: Final = 0x76706370
"""What SQLite keeps in a file's head to say whose it is."""
FAR: Final = "9999-12-31"
"""After every day: what views take for the end of what goes on."""

WORKSPACE: Final = (
    Column("name", "text"),
    Column("digest", "text"),
    Column("as_of", "date"),
    Column("known", "date"),
    Column("due_soon_days", "integer"),
    Column("first_day", "date"),
    Column("tasks", "integer"),
)
"""The table `workspace`: a row for each that has been loaded."""


class Load(NamedTuple):
    """What of a workspace is loaded; `files` are the digests of its files.

    `as_of` is the day that views take for today, None for the day on which they are asked.
    """

    workspace: str
    facts: Facts
    files: Mapping[str, str]
    as_of: date | None
    known: date | None

    @property
    def digest(self) -> str:
        """What is another one where anything has changed that the rows are made of."""
        asked = [FORM, __version__, self.facts.soon, sorted(self.facts.years), str(self.as_of), str(self.known)]
        return sha256(json.dumps([asked, sorted(self.files.items())]).encode()).hexdigest()

    def rows(self, table: str) -> Iterator[tuple[object, ...]]:
        """Yield the rows of a table."""
        return ((self.workspace, *map(kept, row)) for row in TABLES[table].rows(self.facts))

    def head(self) -> tuple[object, ...]:
        """Return the row of the workspace itself."""
        days = [one.exists_from(directive, task) for one, directive, task in self.facts.tasks()]
        first = min(days, default=None)
        own = (self.workspace, self.digest, self.as_of, self.known, self.facts.soon, first, len(days))
        return tuple(map(kept, own))


class Outcome(StrEnum):
    """What a load has done."""

    SAME = "same"
    WRITTEN = "written"


class Store(Protocol):
    """Where workspaces are loaded into."""

    def load(self, load: Load) -> Outcome:
        """Put a workspace in the place of what is there of it, unless that is the same."""


class OtherFormError(VpcpError):
    """Tables that another version has made, or that are not ours."""

    exit_code = 4
    place: str
    remedy: str
    """How they are done away with, in the reader's language."""
    says = N_("{place} holds no tables of this version of vpcp; nothing was written.")

    def hint(self) -> str:
        """Say what helps."""
        return self.remedy
