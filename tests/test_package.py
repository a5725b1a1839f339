"""What is given to others: the wheel and the archive of the sources hold what git has, and nothing else."""

import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

from terminal import REPOSITORY

LEFT_OUT = (".ci/", ".gitattributes", "benchmarks/", "action.yml", "Containerfile", ".dockerignore")
"""What serves the repository alone."""


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both, built of the files that stand here, without a request to anywhere."""
    pytest.importorskip("hatchling", reason="`make dev` brings it")
    place = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--sdist", "--outdir", str(place), "."]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    return place


def tracked() -> set[str]:
    """The files that git has, as they are now."""
    done = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if done.returncode or not (REPOSITORY / ".git").exists():
        pytest.skip("these files stand in no clone")
    return {name for name in done.stdout.splitlines() if (REPOSITORY / name).exists()}


def test_the_wheel_holds_the_package_with_words_templates_and_programmes(dist: Path) -> None:
    with ZipFile(next(dist.glob("*.whl"))) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    package = {name.removeprefix("src/") for name in tracked() if name.startswith("src/") and not name.endswith(".po")}
    shipped = {f"vpcp_cli/{name}" for name in tracked() if name.startswith("programmes/")}
    pages = {name for name in names if ".data/" in name}
    assert names - pages == package | shipped
    assert {name.partition("/data/share/")[2] for name in pages} == {"man/man1/vpcp.1", "man/vi/man1/vpcp.1"}
    assert {"vpcp_cli/py.typed", "vpcp_cli/locale/vi/LC_MESSAGES/vpcp.mo", "vpcp_cli/shells/vpcp.powershell"} <= names


def test_the_container_is_made_of_all_that_the_package_needs_and_is_for_no_user(dist: Path, tmp_path: Path) -> None:
    lines = (REPOSITORY / "Containerfile").read_text(encoding="utf-8").splitlines()
    for words in (line.split() for line in lines if line.startswith("COPY ") and "--from" not in line):
        for source in words[1:-1]:
            target = tmp_path / words[-1].removeprefix("/src/").lstrip("/")
            if (REPOSITORY / source).is_dir():
                shutil.copytree(REPOSITORY / source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                target.mkdir(exist_ok=True)
                shutil.copy(REPOSITORY / source, target)
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", "dist", "."]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    with ZipFile(next(dist.glob("*.whl"))) as whole, ZipFile(next(tmp_path.glob("dist/*.whl"))) as copied:
        assert sorted(copied.namelist()) == sorted(whole.namelist())
    assert not [line for line in lines if line.startswith("FROM ") and "$BASE" not in line]
    (base,) = (line for line in lines if line.startswith("ARG BASE="))
    assert re.fullmatch(r"ARG BASE=\S+:\d+\.\d+-slim", base), "a release, not what is newest"
    assert "USER 10001:10001" in lines


def test_the_archive_holds_all_that_the_package_and_its_tests_are_made_of(dist: Path) -> None:
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names - {"PKG-INFO"} == {name for name in tracked() if not name.startswith(LEFT_OUT)}


def test_the_programs_have_the_name_of_the_package_too(dist: Path) -> None:
    with ZipFile(next(dist.glob("*.whl"))) as wheel:
        inner = {name.rpartition("/")[2]: name for name in wheel.namelist() if ".dist-info/" in name}
        programs = wheel.read(inner["entry_points.txt"]).decode()
        about = Parser().parsestr(wheel.read(inner["METADATA"]).decode())
    assert "LICENSE" in inner
    assert [line.partition(" = ")[0] for line in programs.splitlines() if " = " in line] == ["vpcp", "vpcp-cli"]
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert about["Name"] == project["name"] == "vpcp-cli"
    assert about["Requires-Python"] == project["requires-python"]
