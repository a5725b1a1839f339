"""What commands report of: the words of a day's report, the workspace and the commit that they stand for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from vpcp_cli.commands.session import Session
from vpcp_cli.query import Query

if TYPE_CHECKING:
    from vpcp_cli.render.summary import SummaryReport
    from vpcp_cli.summary import Comparison, Movement
    from vpcp_cli.tasks import Tasks

_SHORT: Final = 12
"""Letters of a commit's name that tell it from others."""


def report_of(
    session: Session,
    query: Query,
    tasks: Tasks,
    moved: Movement | None = None,
    compared: Comparison | None = None,
) -> SummaryReport:
    """Return the report of some tasks on the session's day."""
    from vpcp_cli.render.summary import SummaryReport
    from vpcp_cli.summary import Summary

    return SummaryReport(
        register=session.library,
        programmes=session.programmes() if len(query.years) == 1 else (),
        query=query,
        summary=Summary.of(tasks, session.day, moved, compared),
        found=len(tasks),
        absent=session.absent(query),
        within=session.settings.due_soon_days,
        known=session.known,
    )


def commit_of(folder: Path) -> str | None:
    """Return the commit of the files, where git keeps them and none has changed since."""
    from vpcp_cli.errors import VpcpError
    from vpcp_cli.storage.git.repository import Repository

    try:
        repository = Repository.around(folder)
        commit = repository.commit("HEAD")
        files = {repository.relative(path): path for path in sorted(folder.glob("*.yaml"))}
        committed = repository.blobs(commit, files)
    except VpcpError:
        return None
    same = len(committed) == len(files) and all(files[name].read_bytes() == old for name, old in committed.items())
    return commit[:_SHORT] if same else None
