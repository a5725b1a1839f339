"""What git can't tell, and how it is brought to: no git, no repository, no revision, no object."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Final

from vpcp_cli.errors import VpcpError
from vpcp_cli.language import _

_FETCH: Final = 'git fetch origin "+refs/heads/*:refs/remotes/origin/*"'
"""A clone of a single branch fetches no other one by itself."""


class NoGitError(VpcpError):
    """The program `git` is not there, or can't be run."""

    exit_code = 3

    def sentence(self) -> str:
        """Say so."""
        return _("Git is not installed, or can't be run.")

    def hint(self) -> str:
        """Say where it is to be had."""
        return _("Install it (https://git-scm.com), or do without the options that look into the history.")


class NoRepositoryError(VpcpError):
    """A folder that lies in no git repository's work tree."""

    exit_code = 3

    def __init__(self, folder: str, git_dir: str = "") -> None:
        """Keep the folder, and what GIT_DIR says where that leads to no repository around it."""
        super().__init__(folder)
        self.folder, self.git_dir = folder, git_dir

    def sentence(self) -> str:
        """Name the folder."""
        return _("{folder} is not in a git repository.").format(folder=self.folder)

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

    def __init__(self, file: str) -> None:
        """Keep the file."""
        super().__init__(file)
        self.file = file

    def sentence(self) -> str:
        """Name the file."""
        return _("{file} leads to a git repository that is not there.").format(file=self.file)

    def hint(self) -> str:
        """Say how each kind of such a work tree is mended."""
        return _(
            "If a worktree or its repository was moved: `git worktree repair` in the repository, with the path of the "
            "worktree; if this is a submodule: `git submodule update --init` in the repository around it."
        )


class UntrustedRepositoryError(VpcpError):
    """A repository that git does not read because it belongs to somebody else."""

    exit_code = 3

    def __init__(self, folder: str) -> None:
        """Keep the repository's top folder."""
        super().__init__(folder)
        self.folder = folder

    def sentence(self) -> str:
        """Name the folder."""
        return _("Git does not read the repository of {folder}, for it belongs to another user.").format(
            folder=self.folder
        )

    def hint(self) -> str:
        """Say how it is trusted."""
        command = f"git config --global --add safe.directory {shlex.quote(self.folder)}"
        return _("If you trust it: `{command}`.").format(command=command)


class UnknownRevisionError(VpcpError):
    """A revision that the repository does not have; `shallow` where its history was cut off."""

    exit_code = 3

    def __init__(self, revision: str, *, shallow: bool = False) -> None:
        """Keep the revision as it was typed."""
        super().__init__(revision)
        self.revision, self.shallow = revision, shallow

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

    def sentence(self) -> str:
        """Say what was looked for."""
        return _("The repository has no branch origin/HEAD, main or master to compare with.")

    def hint(self) -> str:
        """Ask for a revision."""
        return _("Name a revision: a branch, a tag, a commit, or HEAD~1.")


class NoMergeBaseError(VpcpError):
    """Two revisions without a common past, or one that lies beyond a shallow clone's end."""

    exit_code = 3

    def __init__(self, one: str, other: str, *, shallow: bool) -> None:
        """Keep both revisions as they were typed."""
        super().__init__(one, other)
        self.one, self.other, self.shallow = one, other, shallow

    def sentence(self) -> str:
        """Name both."""
        return _("{one} and {other} have no commit in common.").format(one=self.one, other=self.other)

    def hint(self) -> str:
        """Say how more of the history is brought in."""
        return _shallow_hint() if self.shallow else _("Compare them directly: {one}..{other}.").format(**vars(self))


class GitFailedError(VpcpError):
    """Git answered something that nobody expected: a damaged repository, a full disk."""

    exit_code = 3

    def __init__(self, said: str) -> None:
        """Keep the last line that git wrote."""
        super().__init__(said)
        self.said = said

    def sentence(self) -> str:
        """Pass on what git said."""
        return _("Git failed: {said}").format(said=self.said)

    def hint(self) -> str:
        """Say how a repository is looked over."""
        return _("`git fsck` looks for damage in the repository.")


class PartialCloneError(VpcpError):
    """An object that a partial clone has left with the server."""

    exit_code = 3

    def sentence(self) -> str:
        """Say what is missing."""
        return _("This clone holds only a part of the objects, and one that is needed is not among them.")

    def hint(self) -> str:
        """Say how the rest is brought in."""
        return _("`git fetch --refetch --no-filter` brings in the rest (in a CI job: clone without a filter).")


class UnmergedError(VpcpError):
    """An index in which conflicts are not yet resolved."""

    exit_code = 3

    def __init__(self, files: Sequence[str]) -> None:
        """Keep the files."""
        super().__init__(*files)
        self.files = files

    def sentence(self) -> str:
        """Name the files."""
        return _("What is staged can't be told, for these files are in conflict: {files}.").format(
            files=", ".join(self.files)
        )

    def hint(self) -> str:
        """Say how a conflict is settled."""
        return _("Resolve the conflicts, then `git add` each file.")


def _shallow_hint() -> str:
    words = _("This clone holds only the latest history: `{command}` brings in the rest (in a CI job: fetch-depth: 0).")
    return words.format(command=_FETCH.replace("fetch", "fetch --unshallow", 1))
