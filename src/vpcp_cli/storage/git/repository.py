"""What git knows, asked of its plumbing: fixed arguments, no shell, nothing run that a repository's own settings name.

Only objects and the index are read: no hook, filter, pager, external diff or file-system monitor takes part, and no
network. Paths are literal; what a person typed as a revision is resolved once, and never taken for an option.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from datetime import UTC, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

from vpcp_cli.dataclass import dataclass
from vpcp_cli.errors import VpcpError
from vpcp_cli.storage.files import with_lines
from vpcp_cli.storage.git.program import run
from vpcp_cli.storage.git.refusals import (
    GitFailedError,
    LostRepositoryError,
    NoDefaultBranchError,
    NoMergeBaseError,
    NoRepositoryError,
    PartialCloneError,
    UnknownRevisionError,
    UnmergedError,
    UntrustedRepositoryError,
)
from vpcp_cli.storage.settings import here

DEFAULT_BRANCHES: Final = (
    *("refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master"),
    *("refs/heads/main", "refs/heads/master"),
)
"""Where the branch that all start from may be, best first."""

_AT_ONCE: Final = 1 << 24
"""Contents of so many bytes are held together."""

_DISTRUSTED: Final = re.compile(rb"(?:dubious ownership in|unsafe) repository (?:at )?\(?'([^\n]+)'")
"""How git says that a repository belongs to another user, with the folder that it would have to trust."""


@dataclass(frozen=True)
class Repository:
    """A git repository with a work tree; `root` is its top folder, free of symbolic links.

    `environment` leads git to it where the folder alone does not, or to another index.
    """

    root: Path
    environment: Mapping[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def around(cls, path: Path) -> Repository:
        """Find the repository in which a path lies (it need not exist); raise one of this module's refusals.

        One that GIT_DIR and GIT_WORK_TREE name counts where none lies around the path, and where it was put closer.
        """
        folder = next(one for one in (path.absolute(), *path.absolute().parents) if one.is_dir())
        done = run(folder, "rev-parse", "--show-toplevel")
        found = cls(_path(done.stdout).resolve()) if done.returncode == 0 and done.stdout else None
        named = cls._named(path)
        if named and (not found or ("GIT_WORK_TREE" in os.environ and named.root.is_relative_to(found.root))):
            return named
        if found:
            return found
        if distrusted := _DISTRUSTED.search(done.stderr):
            raise UntrustedRepositoryError(os.fsdecode(distrusted[1]).removesuffix("/.git"))
        for around in (folder, *folder.parents):
            if (around / ".git").is_file():
                raise LostRepositoryError(str(around / ".git"))
        raise NoRepositoryError(str(path), os.environ.get("GIT_DIR", ""))

    @classmethod
    def _named(cls, path: Path) -> Repository | None:
        """The repository that the environment names, if the path lies in its work tree."""
        given = {name: os.environ[name] for name in ("GIT_DIR", "GIT_WORK_TREE") if name in os.environ}
        if not given:
            return None
        done = run(here(), "rev-parse", "--show-toplevel", "--absolute-git-dir", environment=given)
        if done.returncode:
            return None
        root, git_dir = map(_path, done.stdout.splitlines())
        found = cls(root.resolve(), {"GIT_DIR": str(git_dir), "GIT_WORK_TREE": str(root)})
        return found if path.absolute().resolve().is_relative_to(found.root) else None

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

    def tracks(self, path: Path) -> bool:
        """Whether a file is one of those that git keeps."""
        return bool(self._ask("ls-files", "--", self.relative(path)))

    def has(self, revision: str) -> bool:
        """Whether there is such a revision."""
        try:
            self.commit(revision)
        except UnknownRevisionError:
            return False
        return True

    def commit(self, revision: str) -> str:
        """The full hash of the commit that a person calls so; raise `UnknownRevisionError`."""
        found = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", revision)
        if found.returncode == 0 and not revision.startswith("-"):
            peeled = self._try("rev-parse", "--verify", "--quiet", found.stdout.decode().strip() + "^{commit}")
            if peeled:
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

    @cached_property
    def partial(self) -> bool:
        """Whether objects were left with the server when it was cloned."""
        return bool(self._try("config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$"))

    def commit_time(self, revision: str) -> datetime:
        """When a commit was made, in its committer's time zone."""
        head = self._ask("cat-file", "commit", self.commit(revision)).partition(b"\n\n")[0]
        line = next(line for line in head.split(b"\n") if line.startswith(b"committer "))
        try:
            return _moment(*line.split()[-2:])
        except (ValueError, OverflowError, OSError):  # a commit that somebody has made up
            raise GitFailedError(line.decode(errors="replace")) from None

    def blob(self, tree: str, path: str) -> bytes | None:
        """The content of a file (named from the root) in a commit or tree, links followed; None where there is none."""
        return self.blobs(tree, [path]).get(path)

    def blobs(self, tree: str, paths: Iterable[str]) -> dict[str, bytes]:
        """The contents of those files that there are in a commit or tree; a name with a line end is not asked for."""
        wanted = [path for path in paths if "\n" not in path]
        asked = b"".join(os.fsencode(f"{tree}:{path}\n") for path in wanted)
        answer = self._ask("cat-file", "--batch", "--follow-symlinks", said=asked) if wanted else b""
        contents = dict(zip(wanted, _batch(answer), strict=True))
        missing = [path for path, content in contents.items() if content is None]
        if missing and self._ask("ls-tree", "-z", "--full-tree", tree, *missing):
            raise self._failure("a file of the tree has no content")
        return {path: content for path, content in contents.items() if isinstance(content, bytes)}

    def names(self, tree: str, folder: str) -> list[str]:
        """The names of a folder's content ("" is the root) of a commit or tree; none where there is none."""
        within = f"{folder}/" if folder else ""
        rows = self._ask("ls-tree", "-z", "--full-tree", "--name-only", tree, *filter(None, [within]))
        return [os.fsdecode(row).removeprefix(within) for row in rows.split(b"\0") if row]

    def all_names(self, tree: str) -> list[str]:
        """The paths of all files of a commit or tree, from the root."""
        rows = self._ask("ls-tree", "-z", "-r", "--full-tree", "--name-only", tree).split(b"\0")
        return [os.fsdecode(row) for row in rows if row]

    def versions(self, pattern: str, *, every_branch: bool = True) -> dict[str, str]:
        """Each content that files of a pattern had, in all commits or this branch: its hash, a path; newest first."""
        by_pattern = Repository(self.root, {**self.environment, "GIT_LITERAL_PATHSPECS": "0"})
        paths = ("--", f":(top,glob){pattern}")
        commits = by_pattern._ask("rev-list", "--all" if every_branch else "HEAD", "--full-history", *paths)
        command = ("diff-tree", "--stdin", "--no-commit-id", "--root", "-m", "-r", "-z", "--raw", "--no-abbrev", *paths)
        rows = iter(by_pattern._ask(*command, said=commits).split(b"\0"))
        return {facts.split()[3].decode(): os.fsdecode(path) for facts, path in zip(rows, rows, strict=False)}

    def contents(self, hashes: Sequence[str], most: int) -> Iterator[bytes]:
        """The contents of files by their hashes, one after the other, until there have been `most` bytes of them."""
        asked = "".join(f"{one}\n" for one in hashes).encode()
        rows = self._ask("cat-file", "--batch-check=%(objecttype) %(objectsize)", said=asked).splitlines()
        sizes = {one: int(row[5:]) for one, row in zip(hashes, rows, strict=True) if row.startswith(b"blob ")}
        at_once, waiting = b"", 0
        for one, size in sizes.items():
            if size > most:
                break
            most, waiting, at_once = most - size, waiting + size, at_once + f"{one}\n".encode()
            if waiting > _AT_ONCE:
                yield from filter(None, _batch(self._ask("cat-file", "--batch", said=at_once)))
                at_once, waiting = b"", 0
        yield from filter(None, _batch(self._ask("cat-file", "--batch", said=at_once)) if at_once else ())

    def stages(self) -> dict[str, dict[int, bytes]]:
        """The versions between which git has left conflicts, by their files' paths: 1 is the base, 2 ours, 3 theirs."""
        found: dict[str, dict[int, bytes]] = {}
        for row in self._ask("ls-files", "-z", "-u").split(b"\0"):
            if row:
                about, _tab, path = row.partition(b"\t")
                _mode, hash_, stage = about.decode().split()
                found.setdefault(os.fsdecode(path), {})[int(stage)] = self._ask("cat-file", "blob", hash_)
        return found

    def restage(self, path: str, stage: int, content: bytes) -> None:
        """Let a version of a file between which git has left conflicts be another one."""
        hash_ = self._ask("hash-object", "-w", "--stdin", said=content).decode().strip()
        self._ask("update-index", "-z", "--index-info", said=f"100644 {hash_} {stage}\t{path}\0".encode())

    @contextmanager
    def staged(self) -> Iterator[tuple[Repository, str]]:
        """What the next commit would hold, as a tree, and the repository that knows it; this one stays as it is.

        The index is copied and its tree made in a folder of its own. Raise `UnmergedError`.
        """
        unmerged = {
            os.fsdecode(row.partition(b"\t")[2]) for row in self._ask("ls-files", "-z", "-u").split(b"\0") if row
        }
        if unmerged:
            raise UnmergedError(sorted(unmerged))
        index, objects = self._index(), _path(self._ask("rev-parse", "--git-path", "objects"))
        with TemporaryDirectory(prefix="vpcp-") as place:
            copied = Path(place, "index")
            if index.exists():
                copied.write_bytes(index.read_bytes())
            known = str((self.root / objects).resolve()).replace("\\", "\\\\").replace('"', '\\"')
            beside = {
                "GIT_INDEX_FILE": str(copied),
                "GIT_OBJECT_DIRECTORY": place,
                "GIT_ALTERNATE_OBJECT_DIRECTORIES": f'"{known}"',
            }
            there = Repository(self.root, {**self.environment, **beside})
            yield there, there._ask("write-tree", "--missing-ok").decode().strip()

    def _index(self) -> Path:
        """The index that counts: a hook of this repository hands down its own, as for `git commit FILE`."""
        if named := os.environ.get("GIT_INDEX_FILE"):
            of_hook = {name: value for name, value in os.environ.items() if name == "GIT_DIR"}
            theirs = run(here(), "rev-parse", "--absolute-git-dir", environment=of_hook).stdout
            if theirs == self._ask("rev-parse", "--absolute-git-dir"):
                return self.root / named
        return self.root / _path(self._ask("rev-parse", "--git-path", "index"))

    def left_out(self, folder: str) -> list[str]:
        """The files of a folder that git knows and a sparse checkout has not laid out, from the root."""
        rows = self._ask("ls-files", "-z", "-t", "--", folder or ".").split(b"\0")
        known = (os.fsdecode(row[2:]) for row in rows if row.startswith(b"S "))
        return [path for path in known if not (self.root / path).exists()]

    def laying_out(self, folder: str) -> str:
        """The command that lays out a folder in a sparse checkout, by whichever patterns that goes."""
        cone = self._try("config", "--bool", "core.sparseCheckoutCone") == "true"
        if not folder:
            return "git sparse-checkout disable"
        return f"git sparse-checkout add {shlex.quote(folder if cone else f'/{folder}/*')}"

    def configure(self, name: str, value: str) -> None:
        """Set a setting of this clone."""
        self._ask("config", "--local", name, value)

    def setting(self, name: str) -> str:
        """What a setting is here, be it this clone's, the user's or the machine's; nothing where it is not set."""
        return self._try("config", "--get", name)

    def leave_out(self, patterns: Iterable[str]) -> None:
        """Have git pass over files of these names, in this clone alone: no tracked file is touched."""
        exclude = self.root / os.fsdecode(self._ask("rev-parse", "--git-path", "info/exclude").removesuffix(b"\n"))
        exclude.parent.mkdir(exist_ok=True)
        with_lines(exclude, patterns, exclude.parent.parent)

    def _run(self, *arguments: str, said: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return run(self.root, *arguments, said=said, environment=self.environment)

    def _ask(self, *arguments: str, said: bytes = b"") -> bytes:
        """The answer; whatever is no answer is a failure, and never taken for «there is none»."""
        done = self._run(*arguments, said=said)
        if done.returncode:
            raise self._failure(_last_line(done.stderr) or arguments[0])
        return done.stdout

    def _try(self, *arguments: str) -> str:
        """One line of answer, or nothing where git says no; that it failed is another thing."""
        done = self._run(*arguments)
        if done.returncode > 1:
            raise self._failure(_last_line(done.stderr) or arguments[0])
        return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else ""

    def _failure(self, said: str) -> VpcpError:
        """Why git does not answer: what it needs was left with the server, or something is broken."""
        return PartialCloneError() if self.partial else GitFailedError(said)


def _moment(seconds: bytes, zone: bytes) -> datetime:
    """The moment that a commit names; raise `ValueError`, `OverflowError`, `OSError`."""
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5])) * (-1 if zone.startswith(b"-") else 1)
    return datetime.fromtimestamp(int(seconds), UTC).astimezone(timezone(offset))


def _path(answer: bytes) -> Path:
    return Path(os.fsdecode(answer.removesuffix(b"\n")))


def _last_line(said: bytes) -> str:
    return next(reversed(said.decode(errors="replace").strip().splitlines()), "")


def _batch(answer: bytes) -> Iterator[bytes | Literal[False] | None]:
    """The contents in an answer of `git cat-file --batch`; None for what is missing, False for what is no file here."""
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        words = answer[at:end].split(b" ")
        at = end + 1
        if words[-1] == b"missing":
            yield None
            continue
        size = int(words[-1])
        yield answer[at : at + size] if words[-2] == b"blob" else False
        at += size + 1
