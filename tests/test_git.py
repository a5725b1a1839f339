"""Git is asked in real repositories; hostile ones run nothing."""

import os
import subprocess
from pathlib import Path

import pytest

from terminal import Terminal
from vpcp_cli.storage.git.program import setting
from vpcp_cli.storage.git.refusals import (
    NoDefaultBranchError,
    NoGitError,
    NoMergeBaseError,
    NoRepositoryError,
    UnknownRevisionError,
)
from vpcp_cli.storage.git.repository import Repository


@pytest.fixture(autouse=True)
def _calm(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in terminal.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(terminal.folder)
    git("init", "-q", "-b", "main")


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout.strip()


def commit(**files: str) -> str:
    for name, content in files.items():
        path = Path("programmes") / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode())
    git("add", "-A")
    git("commit", "-q", "--allow-empty", "-m", "x")
    return git("rev-parse", "HEAD")


def test_a_repository_is_found_from_any_folder_below_it_even_one_that_is_gone() -> None:
    assert Repository.around(Path("programmes/2022.yaml")).root == Path.cwd().resolve()


def test_a_folder_outside_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoRepositoryError) as refusal:
        Repository.around(tmp_path)
    assert str(tmp_path) in refusal.value.sentence()
    assert "git init" in refusal.value.hint()
    with pytest.raises(NoRepositoryError):
        Repository.around(Path()).relative(tmp_path / "x.yaml")


def test_without_git_the_refusal_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoGitError) as refusal:
        Repository.around(Path())
    assert "git-scm.com" in str(refusal.value.hint())
    assert setting(Path(), "user.name") is None


def test_contents_and_names_at_a_revision_are_bytes_as_committed() -> None:
    first = commit(a="một\n", b="hai\r\n")
    commit(a="khác\n")
    repository = Repository.around(Path())
    assert repository.blob(first, "programmes/a.yaml") == "một\n".encode()
    assert repository.blob("HEAD", "programmes/a.yaml") == "khác\n".encode()
    assert repository.blobs("HEAD~1", ["programmes/b.yaml", "programmes/c.yaml", "programmes", "x\ny"]) == {
        "programmes/b.yaml": b"hai\r\n"
    }
    assert repository.names("HEAD", "programmes") == ["a.yaml", "b.yaml"]
    assert repository.names("HEAD", "") == ["programmes"]
    assert repository.names("HEAD", "none") == []


def test_names_that_git_would_quote_or_match_are_literal() -> None:
    commit(**{"đ [x]*": "1", "Ω\t'": "2"})
    repository = Repository.around(Path())
    assert set(repository.names("HEAD", "programmes")) == {"đ [x]*.yaml", "Ω\t'.yaml"}
    assert repository.blob("HEAD", "programmes/Ω\t'.yaml") == b"2"
    assert repository.committed(Path("programmes/đ [x]*.yaml")) == b"1"
    assert repository.committed(Path("programmes/*.yaml")) is None
    assert repository.committed(Path(":/")) is None


def test_a_link_is_followed_inside_and_never_outside() -> None:
    Path("programmes").mkdir()
    Path("programmes/2022.yaml").symlink_to("../real.yaml")
    Path("programmes/2023.yaml").symlink_to("/etc/hostname")
    Path("programmes/2024.yaml").symlink_to("nowhere")
    Path("real.yaml").write_text("thật\n", encoding="utf-8")
    commit()
    wanted = [f"programmes/{year}.yaml" for year in (2022, 2023, 2024)]
    assert Repository.around(Path()).blobs("HEAD", wanted) == {"programmes/2022.yaml": "thật\n".encode()}


def test_what_is_committed() -> None:
    path = Path("programmes/a.yaml")
    repository = Repository.around(Path())
    assert repository.committed(path) is None
    commit(a="1\n")
    path.write_bytes(b"2\n")
    assert repository.committed(path) == b"1\n"
    assert repository.committed(Path("programmes/b.yaml")) is None


@pytest.mark.parametrize("typed", ["nowhere", "--help", "-h", "--all", "HEAD:programmes", "", "a\0b", "HEAD^5", "@{9}"])
def test_what_is_no_revision_is_refused_and_never_an_option(typed: str) -> None:
    commit(a="1")
    with pytest.raises(UnknownRevisionError) as refusal:
        Repository.around(Path()).commit(typed)
    assert "git fetch" in refusal.value.hint()


def test_revisions_go_by_all_their_names() -> None:
    made = commit(a="1")
    git("tag", "-a", "v1", "-m", "x")
    repository = Repository.around(Path())
    assert {repository.commit(name) for name in ("HEAD", "v1", "main", "@", made[:8], ":/x")} == {made}
    assert not repository.has("v2")


def test_a_repository_without_a_commit_says_so() -> None:
    with pytest.raises(UnknownRevisionError, match="no commit yet"):
        Repository.around(Path()).commit("HEAD")


def test_the_merge_base_with_the_default_branch() -> None:
    repository = Repository.around(Path())
    with pytest.raises(NoDefaultBranchError):
        repository.default_branch()
    start = commit(a="1")
    git("checkout", "-q", "-b", "work")
    commit(a="2")
    git("checkout", "-q", "main")
    commit(b="3")
    git("checkout", "-q", "work")
    assert repository.default_branch() == "refs/heads/main"
    assert repository.merge_base(repository.default_branch()) == start
    git("checkout", "-q", "--orphan", "other")
    commit(c="4")
    with pytest.raises(NoMergeBaseError) as refusal:
        repository.merge_base("main")
    assert "main..HEAD" in refusal.value.hint()


def test_a_shallow_clone_is_told_how_to_fetch_more(tmp_path: Path) -> None:
    first = commit(a="1")
    commit(a="2")
    git("clone", "-q", "--depth=1", Path.cwd().as_uri(), str(tmp_path / "clone"))
    shallow = Repository.around(tmp_path / "clone")
    assert shallow.shallow
    assert shallow.default_branch() == "refs/remotes/origin/HEAD"
    for revision in (first, "HEAD~1"):
        with pytest.raises(UnknownRevisionError) as refusal:
            shallow.commit(revision)
        assert "git fetch --unshallow" in refusal.value.hint()
    assert not Repository.around(Path()).shallow


def test_the_time_of_a_commit_keeps_its_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2022-06-30T23:30:00-0330")
    commit()
    assert Repository.around(Path()).commit_time("HEAD").isoformat() == "2022-06-30T23:30:00-03:30"


def test_the_user_has_the_name_that_git_gives(tmp_path: Path) -> None:
    assert setting(Path(), "user.name") is None
    git("config", "user.name", "Trần Thị Hoa")
    assert setting(Path(), "user.name") == "Trần Thị Hoa"
    assert setting(tmp_path, "user.name") is None


def test_a_hostile_repository_runs_nothing() -> None:
    trap = Path.cwd() / "sprung"
    script = Path("trap.sh")
    script.write_text(f"#!/bin/sh\ntouch '{trap}'\ncat\n", encoding="utf-8")
    script.chmod(0o700)
    first = commit(a="1")
    command = str(script.absolute())
    for key in (
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "filter.t.clean",
        "filter.t.smudge",
        "diff.t.textconv",
    ):
        git("config", key, command)
    for key in ("core.sshCommand", "gpg.program", "core.editor", "core.gitProxy", "credential.helper"):
        git("config", key, command)
    git("config", "log.showSignature", "true")
    hooks = Path(".git/hooks")
    for hook in ("post-index-change", "reference-transaction", "post-checkout"):
        (hooks / hook).symlink_to(command)
    Path(".gitattributes").write_text("* filter=t diff=t\n", encoding="utf-8")
    Path("programmes/a.yaml").write_text("2", encoding="utf-8")
    repository = Repository.around(Path())
    assert repository.committed(Path("programmes/a.yaml")) == b"1"
    assert repository.blob("HEAD", "programmes/a.yaml") == b"1"
    assert repository.merge_base(repository.default_branch()) == first
    assert repository.commit_time("HEAD").year == 2022
    assert repository.names("HEAD", "programmes") == ["a.yaml"]
    assert list(repository.contents(list(repository.versions("**/a*.yaml")), 99)) == [b"1"]
    with repository.staged() as (there, tree):
        assert there.blob(tree, "programmes/a.yaml") == b"1"
    assert repository.left_out("programmes") == []
    assert not trap.exists()


def test_a_hook_s_own_repository_does_not_mislead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    commit(a="1")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", os.devnull)
    assert Repository.around(Path()).committed(Path("programmes/a.yaml")) == b"1"


def test_what_is_staged_is_a_tree_and_the_repository_stays_as_it_is() -> None:
    commit(a="1", b="1")
    Path("programmes/a.yaml").write_text("2", encoding="utf-8")
    git("add", "-A")
    Path("programmes/a.yaml").write_text("3", encoding="utf-8")
    Path("programmes/new.yaml").write_text("4", encoding="utf-8")
    git("add", "--intent-to-add", "programmes/new.yaml")
    git("rm", "-q", "--cached", "programmes/b.yaml")
    objects = sorted(Path(".git").rglob("*"))
    with Repository.around(Path()).staged() as (there, tree):
        assert there.names(tree, "programmes") == ["a.yaml"]
        assert there.blob(tree, "programmes/a.yaml") == b"2"
    assert sorted(Path(".git").rglob("*")) == objects


def test_all_versions_are_found_but_no_more_than_so_many_bytes() -> None:
    commit(a="old")
    git("checkout", "-q", "-b", "side")
    commit(a="side", ab="x" * 100)
    git("checkout", "-q", "main")
    commit(a="new", c="c")
    git("rm", "-q", "programmes/a.yaml")
    commit()
    repository = Repository.around(Path())
    found = repository.versions("**/a*.yaml")
    assert set(found.values()) == {"programmes/a.yaml", "programmes/ab.yaml"}
    assert set(repository.contents(list(found), 1000)) == {b"old", b"side", b"new", b"x" * 100}
    assert b"x" * 100 not in set(repository.contents(list(found), 50))
    assert repository.versions("**/d*.yaml") == {}
