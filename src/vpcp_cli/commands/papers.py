"""What the commands that write papers share: who writes, number and day, a template, and PDF beside."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vpcp_cli.commands.session import Session
from vpcp_cli.errors import NoPlaceError, VpcpError, reason_of
from vpcp_cli.language import N_
from vpcp_cli.render.output import Target

if TYPE_CHECKING:
    from vpcp_cli.sharing.office import Office

Number = Annotated[
    str | None, typer.Option("--number", metavar="NUMBER", help=N_("The paper's number; left out, dots stand for it."))
]
Dated = Annotated[
    str | None, typer.Option("--dated", metavar="DATE", help=N_("The paper's day; left out, dots stand for it."))
]
Template = Annotated[
    Path | None,
    typer.Option("--template", metavar="FILE", help=N_("A .docx of your own, whose content controls are filled.")),
]
Pdf = Annotated[bool, typer.Option("--pdf", help=N_("Also as PDF, beside it; for this LibreOffice is needed."))]


class NoTemplateError(VpcpError):
    """A template that can't be read."""

    exit_code = 3
    file: str
    why: str
    says = N_("The template {file} can't be read: {why}")


def office_of(session: Session, number: str | None, dated: str | None) -> Office:
    """Return who writes a paper, and what was given for it."""
    from vpcp_cli.sharing.office import Office
    from vpcp_cli.typed import typed_deadline

    day = None if dated is None else typed_deadline(dated, session.day).last
    return Office.of(session.settings.office, number, day)


def template_in(path: Path | None) -> bytes | None:
    """Return what a template holds; raise `NoTemplateError`."""
    try:
        return None if path is None else path.read_bytes()
    except OSError as error:
        raise NoTemplateError(str(path), reason_of(error)) from None


def check_pdf(target: Target, *, pdf: bool) -> None:
    """Raise `NoPlaceError` or `NoConverterError` where PDF is wanted and can't be made, before all work."""
    if pdf:
        from vpcp_cli.storage.converter import converter

        if target.path is None:
            raise NoPlaceError
        converter(os.environ)


def with_pdfs(papers: Mapping[str, bytes], *, pdf: bool) -> dict[str, bytes]:
    """Return papers, each under its name without an ending, as files, with PDF beside them where that is wanted."""
    files = {f"{name}.docx": content for name, content in papers.items()}
    if pdf and papers:
        from vpcp_cli.storage.converter import pdfs

        files |= {f"{name}.pdf": content for name, content in pdfs(papers, os.environ).items()}
    return files


def save_one(target: Target, files: Mapping[str, bytes]) -> None:
    """Write the files of one paper: where there are several, beside each other, each with its own ending."""
    for name, content in files.items():
        beside = target.path.with_suffix(Path(name).suffix) if target.path and len(files) > 1 else target.path
        replace(target, path=beside).save(content)
