"""The lists that offices have, read as tasks: what `vpcp draft` and `vpcp add --from` share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from vpcp_cli.commands.list_refusals import ListNotReadError
from vpcp_cli.errors import reason_of
from vpcp_cli.language import N_

if TYPE_CHECKING:
    from vpcp_cli.library import Library
    from vpcp_cli.sharing.annex import Annex
    from vpcp_cli.sharing.drafting import Drafted
    from vpcp_cli.sharing.tables import Table

MAP: Final = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="HEAD=FIELD", help=N_("What a column is: «Đơn vị thực hiện=lead»; none leaves it.")),
]
TABLE: Final = Annotated[
    int | None,
    typer.Option("--table", min=1, metavar="N", help=N_("Which table or sheet (the one with tasks and leads).")),
]
_READERS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    ".csv": ("tables", ()),
    ".docx": ("tables_docx", ("docx",)),
    ".tsv": ("tables", ()),
    ".xlsx": ("tables_xlsx", ("openpyxl",)),
}
"""Endings → the module that reads such a file, and the libraries that it needs."""
_DAMAGED: Final = N_("It can't be read: it is damaged, or something else than its name says.")


def read_list(file: Path, given: Mapping[str, Any]) -> Annex:
    """Return the list of a file; raise `ListNotReadError`, `FileRefusedError`, `MissingExtraError`."""
    from vpcp_cli.sharing.annex import understood
    from vpcp_cli.sharing.container import FileRefusedError
    from vpcp_cli.storage.regular import content

    mapped = _mapped(given["map"] or ())
    try:
        return understood(_tables(file, content(file)), mapped, given["table"])
    except OSError as error:
        raise ListNotReadError(str(file), reason_of(error)) from None
    except FileRefusedError as error:
        raise ListNotReadError(str(file), error.sentence(), error.hint()) from None


def _tables(file: Path, data: bytes) -> list[Table]:
    """Return the tables of a file that hold anything; raise `FileRefusedError`, `MissingExtraError`."""
    from importlib import import_module

    from vpcp_cli.sharing.container import FileRefusedError
    from vpcp_cli.sharing.extra import need
    from vpcp_cli.sharing.tables import MOST_ROWS, OPEN_AND_SAVE

    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise FileRefusedError(N_("Lists are read from .xlsx, .docx and .csv."), OPEN_AND_SAVE)
    module, libraries = reader
    need(*libraries)
    try:
        tables = list(import_module(f"vpcp_cli.sharing.{module}").tables_of(data))
    except FileRefusedError:
        raise
    except Exception:  # noqa: BLE001 - of a damaged file the libraries raise whatever they meet
        raise FileRefusedError(_DAMAGED, OPEN_AND_SAVE) from None
    if sum(len(one.rows) for one in tables) > MOST_ROWS:
        raise FileRefusedError(N_("It has more than {n} rows."), N_("Divide it."), n=str(MOST_ROWS))
    return [one for one in tables if one.rows]


def _mapped(typed: Sequence[str]) -> dict[str, str]:
    """Return which field each column is that was named; raise `BadWordError`."""
    from vpcp_cli.errors import BadWordError
    from vpcp_cli.sharing.heads import check_field

    mapped = {}
    for one in typed:
        head, sign, field = one.rpartition("=")
        if not sign or not head.strip():
            raise BadWordError(one, "--map", ["«Đơn vị thực hiện=lead»"], ())
        mapped[head.strip()] = check_field(field.strip().lower().replace("-", "_"), "--map")
    return mapped


def drafted_of(annex: Annex, library: Library, year: int | None) -> dict[str, Drafted]:
    """Return the tasks of a list by the places of their rows."""
    from vpcp_cli.sharing.annex import Kind
    from vpcp_cli.sharing.drafting import Drafter

    heads = {field: annex.heads.names[column] for column, field in annex.heads.fields.items()}
    drafter = Drafter(_named(library), heads, year)
    return {line.place: drafter.drafted(line) for line in annex.lines if line.kind is Kind.TASK}


def _named(library: Library) -> Callable[[str], tuple[str, bool]]:
    """Return what finds a unit, and says whether that was its name; raises `UnitNameError` for several too."""
    from functools import cache

    from vpcp_cli.errors import UnitNameError
    from vpcp_cli.naming import unit_names, units_named
    from vpcp_cli.vietnamese import fold

    names = {unit.code: {fold(name) for name in unit_names(unit)} for unit in library.units}

    @cache
    def named(text: str) -> tuple[str, bool]:
        codes = sorted(units_named(library, text, "--lead"))
        if len(codes) > 1:
            raise UnitNameError(text, "--lead", codes, several=len(codes))
        return codes[0], fold(text) in names.get(codes[0], {fold(codes[0])})

    return named


def unexplained(annex: Annex) -> str:
    """Return the heads of the columns that say something of tasks and were understood as nothing, as one text."""
    from vpcp_cli.language import current
    from vpcp_cli.vietnamese import quoted

    others = [name for column, name in enumerate(annex.heads.names) if name and column not in annex.heads.fields]
    shown = [name for name in dict.fromkeys(others) if any(name in line.others for line in annex.lines)]
    return ", ".join(quoted(name, current()) for name in shown)
