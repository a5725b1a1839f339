"""LibreOffice, where it is installed: it makes PDF out of papers."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from vpcp_cli.errors import VpcpError, reason_of
from vpcp_cli.language import N_, _

_NAMES: Final = ("soffice", "libreoffice")


class NoConverterError(VpcpError):
    """PDF without a program that makes it."""

    exit_code = 3
    says = N_("PDF is made by LibreOffice, and no `soffice` is found.")
    advises = N_("Install LibreOffice, or leave --pdf out and let the word processor save the paper as PDF.")


class ConverterFailedError(VpcpError):
    """LibreOffice that made no PDF."""

    exit_code = 4
    why: str

    def sentence(self) -> str:
        """Say what it said."""
        return _("LibreOffice made no PDF, and nothing was written: {why}").format(why=self.why or "—")


def converter(environ: Mapping[str, str]) -> str:
    """Return the program that makes PDF; raise `NoConverterError`."""
    found = next(filter(None, (shutil.which(name, path=environ.get("PATH")) for name in _NAMES)), None)
    if found is None:
        raise NoConverterError
    return found


def pdfs(papers: Mapping[str, bytes], environ: Mapping[str, str]) -> dict[str, bytes]:
    """Return papers, each under its name without an ending, as PDF; raise the same, or `ConverterFailedError`."""
    program = converter(environ)
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"{paper}.docx" for paper in papers]
        for file, content in zip(files, papers.values(), strict=True):
            file.write_bytes(content)
        own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"  # an open window elsewhere is in no way
        asked = [program, own, "--headless", "--convert-to", "pdf", "--outdir", name, *map(str, files)]
        try:
            said = subprocess.run(asked, check=False, capture_output=True, cwd=name).stderr
        except OSError as error:
            raise ConverterFailedError(reason_of(error)) from None
        made = {paper: file.with_suffix(".pdf") for paper, file in zip(papers, files, strict=True)}
        if not all(file.is_file() for file in made.values()):
            raise ConverterFailedError(said.decode(errors="replace").strip())
        return {paper: file.read_bytes() for paper, file in made.items()}
