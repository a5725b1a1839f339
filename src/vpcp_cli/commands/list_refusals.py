"""Why a list of an office is not read, or nothing of it written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY
from typing import NamedTuple

from vpcp_cli.errors import VpcpError
from vpcp_cli.language import N_, _, ngettext
from vpcp_cli.render.door import one_line

_SHOWN = 40
"""Of many faults so many are named."""


class ListNotReadError(VpcpError):
    """A list of an office that can't be read, or in which no tasks are found."""

    exit_code = 3
    file: str
    reason: str
    """In the reader's language, as the remedy."""
    remedy: str | None = None

    def sentence(self) -> str:
        """Name the file and the reason."""
        return f"{self.file}: {self.reason}"

    def hint(self) -> str | None:
        """Say how it can be read."""
        return self.remedy


class SkeletonPlaceError(VpcpError):
    """A place in which no skeleton is written."""

    file: str
    _: KW_ONLY
    there: bool
    """Whether something is there; else it is among the programmes."""
    advises = N_("Name another file with -o.")

    def sentence(self) -> str:
        """Say what is in the way."""
        if self.there:
            return _("{file} is there already; answers in it would be lost.").format(file=self.file)
        return _("{file} would stand among the programmes, and a skeleton is none.").format(file=self.file)


class Fault(NamedTuple):
    """Something wrong with a list: where, what, and how it is mended."""

    place: str
    sentence: str
    remedy: str | None = None


class ListRefusedError(VpcpError):
    """A skeleton or list of which nothing is written, for some of it can't be."""

    exit_code = 4
    in_lines = True
    faults: Sequence[Fault]

    def sentence(self) -> str:
        """Say all that is wrong, each with its place."""
        said = [f"{one.place}: {one_line(one.sentence)}" for one in self.faults[:_SHOWN]]
        if left := len(self.faults) - len(said):
            said.append(ngettext("and {n} more", "and {n} more", left).format(n=left))
        return "\n".join([*said, _("Nothing was written, for it is all of the tasks or none.")])

    def hint(self) -> str | None:
        """Say how the first is mended."""
        return next((one_line(one.remedy) for one in self.faults if one.remedy), None)
