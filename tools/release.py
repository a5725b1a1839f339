"""Make what a release holds, in `dist/`, and look at it: `make release`, or `python tools/release.py [SYSTEM…]`.

The wheel and the archive of the sources are built twice and must be the same bytes; their descriptions are checked, the
wheel is made again from the archive, and both are installed and run. Then the one-file programs of all systems (or of
those named), the list of what goes with the wheel (CycloneDX), and the checksums of all. `tests/test_package.py` says
what wheel and archive hold. Versions of others come from the package index, so that a day later another one may come.
"""

import os
import shutil
import subprocess
import sys
import venv
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from onefile import SYSTEMS, onefile

REPOSITORY: Final = Path(__file__).resolve().parent.parent
DIST: Final = REPOSITORY / "dist"
TOOLS: Final = Path(sys.executable).parent


def main(systems: list[str]) -> None:
    """Make all, from what is committed."""
    if _run("git", "status", "--porcelain"):
        sys.exit("There are changes that are not committed; a release is made of what is.")
    os.environ["SOURCE_DATE_EPOCH"] = _run("git", "log", "-1", "--format=%ct").strip()
    shutil.rmtree(DIST, ignore_errors=True)
    wheel, archive = built()
    _run(TOOLS / "twine", "check", "--strict", wheel, archive)
    with TemporaryDirectory(prefix="vpcp-") as place:
        tried(archive, Path(place, "archive"))
        python = tried(wheel, Path(place, "wheel"))
        bill = DIST / f"{wheel.name.removesuffix('-py3-none-any.whl')}.cdx.json"
        which: list[str | Path] = ["--output-reproducible", "--pyproject", "pyproject.toml", "-o", bill, python]
        _run(TOOLS / "cyclonedx-py", "environment", *which)
    for system in systems or SYSTEMS:
        onefile(wheel, system)
        onefile(wheel, system, office=True)
    made = sorted(DIST.iterdir())
    sums = [f"{sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in made]
    (DIST / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")
    print("\n".join(sums))


def built() -> tuple[Path, Path]:
    """Build wheel and archive twice, the wheel of the second time from the archive, and compare the bytes."""
    with TemporaryDirectory(prefix="vpcp-") as place:
        _run(sys.executable, "-m", "build", "--wheel", "--sdist", "--outdir", DIST)
        _run(sys.executable, "-m", "build", "--outdir", place)
        wheel, archive = (next(DIST.glob(pattern)) for pattern in ("*.whl", "*.tar.gz"))
        for path in (wheel, archive):
            if path.read_bytes() != Path(place, path.name).read_bytes():
                sys.exit(f"{path.name}: built twice, it is not the same")
    return wheel, archive


def tried(package: Path, place: Path) -> Path:
    """Install a package with all that it may use into a place of its own, and run both programs; return its Python."""
    venv.create(place)
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    _run(TOOLS / "uv", "pip", "install", "--quiet", "--python", scripts / "python", f"{package}[office]")
    shown = _run(scripts / "vpcp", "--lang", "vi", "list", "--year", "2022", cwd=place)
    page = _run(scripts / "vpcp-cli", "export", "html", "--year", "2022", "-o", "page.html", cwd=place)
    if "nhiệm vụ" not in shown or page or "<html" not in (place / "page.html").read_text(encoding="utf-8"):
        sys.exit(f"{package.name}: what is installed does not work")
    return scripts / "python"


def _run(*command: str | Path, cwd: Path = REPOSITORY) -> str:
    """Run a program and return what it answers; end with what it says where it fails."""
    done = subprocess.run(command, check=False, capture_output=True, cwd=cwd)
    if done.returncode:
        sys.exit(f"{command[0]}: {(done.stdout + done.stderr).decode(errors='replace')}")
    return done.stdout.decode()


if __name__ == "__main__":
    main(sys.argv[1:])
