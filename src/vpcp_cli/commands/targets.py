"""What may be overwritten by an answer, for all commands that write one to a file."""

from pathlib import Path


def tracked(path: Path) -> bool:
    """Whether git keeps a file; git is asked only where there is one."""
    from vpcp_cli.errors import VpcpError
    from vpcp_cli.storage.git.repository import Repository

    try:
        return Repository.around(path).tracks(path)
    except VpcpError:  # no git, or none that can be read here
        return False
