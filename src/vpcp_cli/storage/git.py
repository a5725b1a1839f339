"""What git knows, asked of its plumbing: fixed arguments, no shell, nothing run that a repository's own settings name.

Only objects and the index are read: no hook, filter, pager, external diff or file-system monitor takes part, and no
network. Paths are literal; what a person typed as a revision is resolved once, and never taken for an option.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import VpcpError
from vpcp_cli.language import _

DEFAULT_BRANCHES: Final = (
    *("refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master"),
    *("refs/heads/main", "refs/heads/master"),
)
"""Where the branch that all start from may be, best first."""

_MOST_CONFLICTS: Final = 127
"""`git merge-file` answers with the number of conflicts, and with more than this when it fails."""

_SETTINGS: Final = (
    *("--no-pager", "--no-optional-locks", "--literal-pathspecs"),
    *("-c", "core.quotepath=off", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}"),
)
_ENVIRONMENT: Final = {
    "LC_ALL": "C",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
}
_MISLEADING: Final = frozenset(
    {
        *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE"),
        *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE"),
        *("GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"),
    }
)
"""What a hook hands down about its own repository; ours is the one around the data."""


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

    def __init__(self, folder: str) -> None:
        """Keep the folder."""
        super().__init__(folder)
        self.folder = folder

    def sentence(self) -> str:
        """Name the folder."""
        return _("{folder} is not in a git repository.").format(folder=self.folder)

    def hint(self) -> str:
        """Say how one begins."""
        return _("`git init` begins one; the history starts with the first commit.")


class UntrustedRepositoryError(VpcpError):
    """A repository that git does not read because it belongs to somebody else."""

    exit_code = 3

    def __init__(self, folder: str) -> None:
        """Keep the folder."""
        super().__init__(folder)
        self.folder = folder

    def sentence(self) -> str:
        """Name the folder."""
        return _("Git does not read the repository of {folder}, for it belongs to another user.").format(
            folder=self.folder
        )

    def hint(self) -> str:
        """Say how it is trusted."""
        return _("If you trust it: `git config --global --add safe.directory {folder}`.").format(folder=self.folder)


class UnknownRevisionError(VpcpError):
    """A revision that the repository does not have; `shallow` where its history was cut off."""

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
        return _("`git fetch` brings in what others have pushed; `git branch -a` lists the branches.")


class NoDefaultBranchError(VpcpError):
    """A repository without `origin/HEAD`, `main` or `master`."""

    def sentence(self) -> str:
        """Say what was looked for."""
        return _("The repository has no branch origin/HEAD, main or master to compare with.")

    def hint(self) -> str:
        """Ask for a revision."""
        return _("Name a revision: a branch, a tag, a commit, or HEAD~1.")


class NoMergeBaseError(VpcpError):
    """Two revisions without a common past, or one that lies beyond a shallow clone's end."""

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


def _shallow_hint() -> str:
    return _("This clone holds only the latest history: `git fetch --unshallow` (in a CI job: fetch-depth: 0).")


@dataclass(frozen=True)
class Repository:
    """A git repository with a work tree; `root` is its top folder, free of symbolic links."""

    root: Path

    @classmethod
    def around(cls, path: Path) -> Repository:
        """Find the repository in which a path lies (it need not exist); raise one of this module's refusals."""
        folder = next(one for one in (path.absolute(), *path.absolute().parents) if one.is_dir())
        done = _run(folder, "rev-parse", "--show-toplevel")
        if done.returncode == 0 and done.stdout:
            return cls(Path(os.fsdecode(done.stdout.removesuffix(b"\n"))).resolve())
        if b"dubious ownership" in done.stderr or b"unsafe repository" in done.stderr:
            raise UntrustedRepositoryError(str(folder))
        raise NoRepositoryError(str(path))

    def relative(self, path: Path) -> str:
        """A path as git names it, with slashes, from the root; raise `NoRepositoryError` if it lies outside."""
        place = path.absolute()
        try:
            return (place.parent.resolve() / place.name).relative_to(self.root).as_posix()
        except ValueError:
            raise NoRepositoryError(str(path)) from None

    def committed(self, path: Path) -> bytes | None:
        """The content of a file in the last commit; None where there is none."""
        return self.blob("HEAD", self.relative(path)) if self.has("HEAD") else None

    def has(self, revision: str) -> bool:
        """Whether there is such a revision."""
        try:
            self.commit(revision)
        except UnknownRevisionError:
            return False
        return True

    def commit(self, revision: str) -> str:
        """The full hash of the commit that a person calls so; raise `UnknownRevisionError`."""
        found = self._try("rev-parse", "--verify", "--quiet", "--end-of-options", revision)
        if found and not revision.startswith("-"):
            peeled = self._try("rev-parse", "--verify", "--quiet", found + "^{commit}")
            if peeled and self._try("cat-file", "-t", peeled) == "commit":
                return peeled
        raise UnknownRevisionError(revision, shallow=self.shallow)

    def default_branch(self) -> str:
        """The branch that others start from, as a full name of a reference; raise `NoDefaultBranchError`."""
        for name in DEFAULT_BRANCHES:
            if self.has(name):
                return name
        raise NoDefaultBranchError

    def merge_base(self, one: str, other: str = "HEAD") -> str:
        """The commit from which two revisions went apart; raise a refusal where there is none."""
        found = self._try("merge-base", self.commit(one), self.commit(other))
        if not found:
            raise NoMergeBaseError(one, other, shallow=self.shallow)
        return found

    @cached_property
    def shallow(self) -> bool:
        """Whether the history was cut off when it was cloned."""
        return self._ask("rev-parse", "--is-shallow-repository").strip() == b"true"

    def commit_time(self, revision: str) -> datetime:
        """When a commit was made, in its committer's time zone."""
        head = self._ask("cat-file", "commit", self.commit(revision)).partition(b"\n\n")[0]
        line = next(line for line in head.split(b"\n") if line.startswith(b"committer "))
        seconds, zone = line.split()[-2:]
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5])) * (-1 if zone.startswith(b"-") else 1)
        return datetime.fromtimestamp(int(seconds), UTC).astimezone(timezone(offset))

    def blob(self, revision: str, path: str) -> bytes | None:
        """The content of a file (named from the root) at a revision, links followed; None where there is none."""
        return self.blobs(revision, [path]).get(path)

    def blobs(self, revision: str, paths: Iterable[str]) -> dict[str, bytes]:
        """The contents of those files that there are at a revision; a name with a line end is not asked for."""
        commit, wanted = self.commit(revision), [path for path in paths if "\n" not in path]
        asked = b"".join(os.fsencode(f"{commit}:{path}\n") for path in wanted)
        answer = self._ask("cat-file", "--batch", "--follow-symlinks", said=asked) if wanted else b""
        contents = _batch(answer)
        return {path: content for path, content in zip(wanted, contents, strict=True) if content is not None}

    def names(self, revision: str, folder: str) -> list[str]:
        """The names of what lies directly in a folder ("" is the root) at a revision; none where it is missing."""
        tree = f"{self.commit(revision)}:{folder}"
        if self._try("cat-file", "-t", tree) != "tree":
            return []
        rows = self._ask("ls-tree", "-z", "--name-only", tree).split(b"\0")
        return [os.fsdecode(row) for row in rows if row]

    def configure(self, name: str, value: str) -> None:
        """Set a setting of this clone."""
        self._ask("config", "--local", name, value)

    def leave_out(self, patterns: Iterable[str]) -> None:
        """Have git pass over files of these names, in this clone alone: no tracked file is touched."""
        exclude = self.root / os.fsdecode(self._ask("rev-parse", "--git-path", "info/exclude").removesuffix(b"\n"))
        present = exclude.read_text(encoding="utf-8") if exclude.exists() else ""
        missing = [pattern for pattern in patterns if pattern not in present.splitlines()]
        if missing:
            exclude.parent.mkdir(exist_ok=True)
            start = "\n" * bool(present and not present.endswith("\n"))
            with exclude.open("a", encoding="utf-8", newline="") as file:
                file.write(start + "".join(f"{one}\n" for one in missing))

    def _ask(self, *arguments: str, said: bytes = b"") -> bytes:
        done = _run(self.root, *arguments, said=said)
        if done.returncode:
            lines = done.stderr.decode(errors="replace").strip().splitlines()
            raise GitFailedError(lines[-1] if lines else " ".join(arguments[:1]))
        return done.stdout

    def _try(self, *arguments: str) -> str:
        """One line of answer, or nothing where git says no."""
        done = _run(self.root, *arguments)
        return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else ""


def user_name(folder: Path) -> str | None:
    """Git's `user.name` as it holds in a folder; None where there is no git or no name."""
    try:
        done = _run(folder, "config", "--get", "user.name")
    except NoGitError:
        return None
    return done.stdout.decode(errors="replace").strip() or None


def merge_texts(base: bytes, ours: bytes, theirs: bytes, marker: int = 7) -> tuple[bytes, bool]:
    """What git itself makes of three versions, line by line, and whether it is free of conflicts."""
    with TemporaryDirectory(prefix="vpcp-") as place:
        files = [Path(place, name) for name in ("ours", "base", "theirs")]
        for file, content in zip(files, (ours, base, theirs), strict=True):
            file.write_bytes(content)
        labels = [word for file in files for word in ("-L", file.name)]
        done = _run(Path(place), "merge-file", "-p", f"--marker-size={marker}", *labels, *(file.name for file in files))
    if done.returncode > _MOST_CONFLICTS:
        raise GitFailedError(done.stderr.decode(errors="replace").strip())
    return done.stdout, done.returncode == 0


def _run(folder: Path, *arguments: str, said: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = ["git", *_SETTINGS, *arguments]
    try:
        return subprocess.run(command, cwd=folder, env=_environment(os.environ), input=said, capture_output=True)  # noqa: PLW1510  the caller looks at the code
    except (FileNotFoundError, PermissionError):
        raise NoGitError from None
    except ValueError:  # a NUL among what a person typed
        return subprocess.CompletedProcess(command, 128, b"", b"")


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if name not in _MISLEADING} | _ENVIRONMENT


def _batch(answer: bytes) -> Iterator[bytes | None]:
    """The contents in an answer of `git cat-file --batch`; None for what is missing, no file, or leads outside."""
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        words = answer[at:end].split(b" ")
        at = end + 1
        if words[-1] == b"missing":
            yield None
            continue
        size = int(words[-1])
        yield answer[at : at + size] if words[-2] == b"blob" else None
        at += size + 1
