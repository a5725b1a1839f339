"""`vpcp merge-file`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vpcp_cli.language import N_, _

if TYPE_CHECKING:
    from vpcp_cli.storage.history.merger import Outcome

Version = Annotated[Path, typer.Argument(exists=True, dir_okay=False, show_default=False)]


def merge_file(
    base: Version,
    ours: Version,
    theirs: Version,
    path: Annotated[
        str, typer.Option("--path", metavar="NAME", help=N_("The name of the file in messages (git: %P)."))
    ] = "",
    marker_size: Annotated[
        int, typer.Option("--marker-size", min=1, metavar="N", help=N_("How long conflict markers are (git: %L)."))
    ] = 7,
) -> int:
    """Merge two versions of a file into OURS, as git asks for it: `vpcp init --git` sets it up.

    Log entries of both sides stay, also on one task. What can't both be true stays a conflict (exit 1).
    """
    from vpcp_cli.render.door import say
    from vpcp_cli.storage.files import read, replace
    from vpcp_cli.storage.git.versions import merge_texts
    from vpcp_cli.storage.history.merger import merge_versions

    original = read(ours)
    versions = base.read_bytes(), original.data or b"", theirs.read_bytes()
    by_git, clean = merge_texts(*versions, marker_size)
    outcome = merge_versions(*versions, by_git, clean=clean, marker=marker_size)
    if outcome.content != original.data:
        replace(original, (outcome.content,))
    for line in _said(outcome, path or str(ours)):
        say(line)
    return 0 if outcome.clean else 1


def _said(outcome: Outcome, name: str) -> Iterator[str]:
    from vpcp_cli.render.clashes import carried_line, clash_lines

    if outcome.binary:
        yield _("{file} holds NUL bytes on a side and is no text: both versions stand in it whole.").format(file=name)
    elif not outcome.proved:
        yield _("{file}: git merged this line by line, for its data can't be merged safely.").format(file=name)
    if outcome.carried:
        yield f"{name}: {carried_line(outcome.carried)}"
    for clash in outcome.clashes:
        first, *others = clash_lines(clash)
        yield f"{name}: {first}"
        yield from others
    if not outcome.clean:
        yield _("hint: mend {file}, then `vpcp check` and `git add`.").format(file=name)
