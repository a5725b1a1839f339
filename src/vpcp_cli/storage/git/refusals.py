"""What git can't tell, and how it is brought to: no git, no repository, no revision, no object."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import KW_ONLY
from typing import Final

from vpcp_cli.errors import VpcpError
from vpcp_cli.language import N_, _

_FETCH: Final = 'git fetch origin "+refs/heads/*:refs/remotes/origin/*"'
"""A clone of a single branch fetches no other one by itself."""


class NoGitError(VpcpError):
    """The program `git` is not there, or can't be run."""

    exit_code = 3
    says = N_("Git is not installed, or can't be run.")
    advises = N_("Install it (https://git-scm.com), or do without the options that look into the history.")


class NoRepositoryError(VpcpError):
    """A folder that lies in no git repository's work tree."""

    exit_code = 3
    folder: str
    git_dir: str = ""
    """What GIT_DIR says, where that leads to no repository around it."""
    says = N_("{folder} is not in a git repository.")

    def hint(self) -> str:
        """Say how one begins, or how the one that is meant is named."""
        if self.git_dir:
            return _(
                "GIT_DIR is {git_dir}, and that is no repository with this folder in its work tree: set GIT_WORK_TREE "
                "to the top folder of the work tree, or unset both."
            ).format(git_dir=self.git_dir)
        return _("`git init` begins one; the history starts with the first commit.")


class LostRepositoryError(VpcpError):
    """A work tree whose file `.git` leads to a repository that is not there."""

    exit_code = 3
    file: str
    says = N_("{file} leads to a git repository that is not there.")
    advises = N_(
        "If a worktree or its repository was moved: `git worktree repair` in the repository, with the path of the "
        "worktree; if this is a submodule: `git submodule update --init` in the repository around it."
    )


class UntrustedRepositoryError(VpcpError):
    """A repository that git does not read because it belongs to somebody else."""

    exit_code = 3
    folder: str
    says = N_("Git does not read the repository of {folder}, for it belongs to another user.")

    def hint(self) -> str:
        """Say how it is trusted."""
        command = f"git config --global --add safe.directory {shlex.quote(self.folder)}"
        return _("If you trust it: `{command}`.").format(command=command)


class UnknownRevisionError(VpcpError):
    """A revision that the repository does not have; `shallow` where its history was cut off."""

    exit_code = 3
    revision: str
    _: KW_ONLY
    shallow: bool = False

    def sentence(self) -> str:
        """Name the revision."""
        if self.revision == "HEAD":
            return _("The git repository has no commit yet.")
        return _("Git knows no revision «{revision}».").format(revision=self.revision)

    def hint(self) -> str:
        """Say how more of the history is brought in."""
        if self.shallow:
            return _shallow_hint()
        if self.revision == "HEAD":
            return _("`git add` and `git commit` make the first one.")
        words = _("`{command}` brings in what others have pushed; `git branch -a` lists the branches.")
        return words.format(command=_FETCH)


class NoDefaultBranchError(VpcpError):
    """A repository without `origin/HEAD`, `main` or `master`."""

    exit_code = 3
    says = N_("The repository has no branch origin/HEAD, main or master to compare with.")
    advises = N_("Name a revision: a branch, a tag, a commit, or HEAD~1.")


class NoMergeBaseError(VpcpError):
    """Two revisions without a common past, or one that lies beyond a shallow clone's end."""

    exit_code = 3
    one: str
    other: str
    _: KW_ONLY
    shallow: bool
    says = N_("{one} and {other} have no commit in common.")

    def hint(self) -> str:
        """Say how more of the history is brought in."""
        return _shallow_hint() if self.shallow else _("Compare them directly: {one}..{other}.").format(**vars(self))


class GitFailedError(VpcpError):
    """Git answered something that nobody expected: a damaged repository, a full disk."""

    exit_code = 3
    said: str
    """The last line that git wrote."""
    says = N_("Git failed: {said}")
    advises = N_("`git fsck` looks for damage in the repository.")


class PartialCloneError(VpcpError):
    """An object that a partial clone has left with the server."""

    exit_code = 3
    says = N_("This clone holds only a part of the objects, and one that is needed is not among them.")
    advises = N_("`git fetch --refetch --no-filter` brings in the rest (in a CI job: clone without a filter).")


class UnmergedError(VpcpError):
    """An index in which conflicts are not yet resolved."""

    exit_code = 3
    files: Sequence[str]
    says = N_("What is staged can't be told, for these files are in conflict: {files}.")
    advises = N_("Resolve the conflicts, then `git add` each file.")


def _shallow_hint() -> str:
    words = _("This clone holds only the latest history: `{command}` brings in the rest (in a CI job: fetch-depth: 0).")
    return words.format(command=_FETCH.replace("fetch", "fetch --unshallow", 1))
