"""Make vpcp one file for a system, which any of some Pythons runs and nothing has to be installed for: `dist/*.pyz`.

`python tools/onefile.py dist/WHEEL [--office] [linux|windows|macos]…`. The compiled parts of pydantic and PyYAML lie
side by side for each Python: their names tell them apart. shiv packs it; at its first start the file is unpacked into
`~/.shiv` (or SHIV_ROOT), for no system loads compiled code out of an archive.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

SYSTEMS: Final = {
    "linux": "x86_64-manylinux_2_28",
    "windows": "x86_64-pc-windows-msvc",
    "macos": "aarch64-apple-darwin",
}
"""What uv calls them: x86-64 with glibc, x86-64, and Apple's own processors; those of Intel's have the same names."""
PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")
PREAMBLE: Final = Path(__file__).resolve().parent / "onefile_start.py"


def main() -> None:
    """Make the files that are asked for; all systems where none is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--office", action="store_true", help="with the libraries for pages, workbooks and papers")
    parser.add_argument("systems", nargs="*", help=", ".join(SYSTEMS))
    asked = parser.parse_args()
    for system in asked.systems or SYSTEMS:
        print(onefile(asked.wheel, system, office=asked.office))


def onefile(wheel: Path, system: str, *, office: bool = False) -> Path:
    """Make the file of a system beside a wheel; return its path."""
    version = wheel.name.split("-")[1]
    made = wheel.with_name(f"vpcp-{version}-{system}{'-office' if office else ''}.pyz")
    with TemporaryDirectory(prefix="vpcp-") as place:
        site = Path(place, "site")
        for python in PYTHONS:
            single = Path(place, python)
            _install(f"{wheel}[office]" if office else str(wheel), single, SYSTEMS[system], python)
            shutil.copytree(single, site, dirs_exist_ok=True)
        for leftover in (*site.rglob("__pycache__"), *site.glob(".lock")):
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        entry = ["--entry-point", "vpcp_cli.__main__:main", "--preamble", str(PREAMBLE), "--site-packages", str(site)]
        _run("shiv", "--compressed", "--reproducible", *entry, "--output-file", str(made))
    return made


def _install(what: str, folder: Path, system: str, python: str) -> None:
    """Lay out what one Python of a system needs, from wheels alone: nothing of another system can be built here."""
    of = ["--python-platform", system, "--python-version", python, "--only-binary", ":all:", "--link-mode", "copy"]
    _run("uv", "pip", "install", "--quiet", "--target", str(folder), *of, what)


def _run(program: str, *arguments: str) -> None:
    """Run a program that stands beside this Python; end with what it says where it fails."""
    done = subprocess.run([Path(sys.executable).with_name(program), *arguments], check=False, capture_output=True)
    if done.returncode:
        sys.exit(f"{program}: {(done.stderr or done.stdout).decode(errors='replace')}")


if __name__ == "__main__":
    main()
