"""A folder of Parquet files, written by DuckDB: each workspace's in a folder of its own, with a script of views.

The script is what counts: it names the files that are there, and is replaced at one stroke when all are written.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import duckdb

from vpcp_cli.errors import NotWrittenError, reason_of
from vpcp_cli.language import _
from vpcp_cli.storage.database.dialect import DUCKDB, quoted, tables, views
from vpcp_cli.storage.database.load import FORM, Load, OtherFormError, Outcome
from vpcp_cli.storage.files import FolderLock
from vpcp_cli.storage.index.relations import Column

SCRIPT: Final = "vpcp.sql"
_HEAD: Final = "-- vpcp "
_MEMORY: Final = "150MB"


class ParquetFolder:
    """A folder with the tables of some workspaces, or that is to be made."""

    def __init__(self, path: Path, waiting: Callable[[str], None]) -> None:
        """Take the folder; `waiting` is told for whom one waits."""
        self.path, self._waiting = path, waiting

    def load(self, load: Load) -> Outcome:
        """Put a workspace in the place of what is there of it; raise `NotWrittenError` or `OtherFormError`."""
        try:
            if self._known().get(load.workspace) == _name(load):
                return Outcome.SAME
            self.path.mkdir(parents=True, exist_ok=True)
            with self._lock(self.path):
                if not (self.path / SCRIPT).exists():
                    self._say({})  # from now on the folder is ours
            self._put(load)
        except (OSError, duckdb.Error) as error:
            why = reason_of(error) if isinstance(error, OSError) else str(error).splitlines()[0]
            raise NotWrittenError(str(self.path), why) from None
        return Outcome.WRITTEN

    def _known(self) -> dict[str, str]:
        """Return the folders of the workspaces that are there; raise `OtherFormError`."""
        script = self.path / SCRIPT
        if not script.exists():
            if self.path.is_dir() and any(one.name[0] != "." for one in self.path.iterdir()):
                remedy = _("Name a folder that is empty, or that is not there yet.")
                raise OtherFormError(str(self.path), remedy)
            return {}
        first = script.read_text(encoding="utf-8", errors="replace").partition("\n")[0]
        with suppress(ValueError, KeyError, TypeError):
            told = json.loads(first.removeprefix(_HEAD))
            if told["form"] == FORM:
                return dict(told["workspaces"])
        raise OtherFormError(str(self.path), _("If it is an old export, delete the folder and load all again."))

    def _put(self, load: Load) -> None:
        own, name = self.path / load.workspace, _name(load)
        own.mkdir(exist_ok=True)
        with self._lock(own):
            before = self._known().get(load.workspace, "")
            _sweep(own, {before})
            (own / ".new").mkdir()
            _write(load, own / ".new")
            if before != name:  # else another process has just loaded the same
                (own / ".new").rename(own / name)
            with self._lock(self.path):
                self._say({**self._known(), load.workspace: name})
            _sweep(own, {name, before})

    def _lock(self, folder: Path) -> FolderLock:
        return FolderLock(folder, "vpcp export parquet", self._waiting, unlocked=lambda _why: None)

    def _say(self, known: Mapping[str, str]) -> None:
        beside = self.path / f".{SCRIPT}-{os.urandom(8).hex()}"
        beside.write_text(script(dict(sorted(known.items()))), encoding="utf-8")
        beside.replace(self.path / SCRIPT)


def _sweep(own: Path, needed: set[str]) -> None:
    """Remove what was there before the last load, and what killed loads have left."""
    for one in own.iterdir():
        if one.name not in needed and one.is_dir():
            shutil.rmtree(one)


def script(known: Mapping[str, str]) -> str:
    """Return the statements that make the tables and views of some workspaces, for DuckDB in this folder."""
    lines = [_HEAD + json.dumps({"form": FORM, "workspaces": known})]
    if not known:
        return f"{lines[0]}\n"
    for name, _columns, _key in tables():
        files = ", ".join(f"'{workspace}/{folder}/{name}.parquet'" for workspace, folder in known.items())
        lines.append(f"CREATE OR REPLACE VIEW {quoted(name)} AS SELECT * FROM read_parquet([{files}]);")
    lines += [f"CREATE OR REPLACE VIEW {name} AS {query};" for name, query in views(DUCKDB).items()]
    return "\n".join(lines) + "\n"


def _name(load: Load) -> str:
    return load.digest[:16]


def _write(load: Load, folder: Path) -> None:
    """Write each table into a file: rows go through a file of JSON lines, which DuckDB reads by their types."""
    db = duckdb.connect(config={"memory_limit": _MEMORY, "threads": 1})
    try:
        for name, columns, _key in tables():
            lines = folder / f"{name}.jsonl"
            with lines.open("w", encoding="utf-8") as file:
                for row in [load.head()] if name == "workspace" else load.rows(name):
                    file.write(json.dumps(dict(zip((one.name for one in columns), _typed(columns, row), strict=True))))
                    file.write("\n")
            types = ", ".join(f"{quoted(one.name)}: '{DUCKDB.types[one.type]}'" for one in columns)
            target = str(folder / f"{name}.parquet").replace("'", "''")
            asked = f"SELECT * FROM read_json(?, format = 'newline_delimited', columns = {{{types}}})"
            db.execute(f"COPY ({asked}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)", [str(lines)])
            lines.unlink()
    finally:
        db.close()


def _typed(columns: list[Column], row: tuple[object, ...]) -> list[object]:
    """Return a row with truths as JSON has them."""
    pairs = zip(columns, row, strict=True)
    return [bool(value) if one.type == "boolean" and value is not None else value for one, value in pairs]
