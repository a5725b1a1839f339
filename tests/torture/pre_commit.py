"""The hook, as pre-commit from the registry runs it in a repository that uses it. `make hook` runs it.

`python tests/torture/pre_commit.py`: the hook of the last commit of this clone; exit 1 if anything went wrong. It
installs pre-commit, and pre-commit installs `vpcp`, so the registry must be in reach.
"""

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

REPOSITORY = Path(__file__).resolve().parents[2]
PROGRAMME = "programmes/2022.yaml"


class Using:
    """A repository with the examples' programmes that uses the hook of a clone of this one."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "using"
        self.tools = place / "tools"
        self.environment: Mapping[str, str] = os.environ | {
            "PATH": os.pathsep.join([str(self.tools / "bin"), os.environ.get("PATH", "")]),
            "PRE_COMMIT_HOME": str(place / "cache"),
            "GIT_CONFIG_GLOBAL": str(place / "gitconfig"),
            "VPCP_LANG": "en",
            "NO_COLOR": "1",
        }
        venv.create(self.tools, with_pip=True)
        self.run(REPOSITORY, f"{self.tools}/bin/pip", "install", "-q", "pre-commit")
        (place / "gitconfig").write_text("[user]\nname = T\nemail = t@example.vn\n", encoding="utf-8")
        self.run(place, "git", "clone", "-q", str(REPOSITORY), "vpcp")
        revision = self.run(place / "vpcp", "git", "rev-parse", "HEAD").stdout.strip()
        shutil.copytree(REPOSITORY / "examples" / "programmes", self.folder / "programmes")
        config = f"repos:\n  - repo: {place}/vpcp\n    rev: {revision}\n    hooks:\n      - id: vpcp-check\n"
        (self.folder / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
        self.run(self.folder, "git", "init", "-q")
        self.run(self.folder, "pre-commit", "install")

    def run(self, folder: Path, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run a command that should end with a code."""
        done = subprocess.run(
            words,
            cwd=folder,
            env=self.environment,
            text=True,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if done.returncode != code:
            sys.exit(f"{' '.join(words)}: exit {done.returncode}\n{done.stdout}")
        return done

    def commit(self, what: str, *words: str, code: int = 0) -> None:
        """Commit all there is: whether git does, and what it says."""
        self.run(self.folder, "git", "add", "-A")
        said = self.run(self.folder, "git", "commit", "-m", what, code=code).stdout
        print(f"--- {what}: exit {code}\n{said}")
        lacking = [word for word in words if word not in said]
        if lacking:
            sys.exit(f"{what}: not said: {lacking}")

    def replace(self, old: str, new: str) -> None:
        """Change a word of the programme."""
        file = self.folder / PROGRAMME
        text = file.read_text(encoding="utf-8")
        if old not in text:
            sys.exit(f"{PROGRAMME} lacks {old}")
        file.write_text(text.replace(old, new, 1), encoding="utf-8")


def main() -> None:
    """Commit what is sound, what is wrong, what was mended, and what is none of the hook's business."""
    with TemporaryDirectory() as place:
        using = Using(Path(place))
        using.commit("sound programmes", "vpcp check", "Passed")
        using.replace("lead: TRUNG_TAM_SO", "lead: NOBODY")
        using.commit("a lead that nobody knows", "Failed", f"{PROGRAMME}:", "[unknown-unit]", "hint:", code=1)
        using.replace("lead: NOBODY", "lead: PHONG_CNTT")
        using.commit("mended", "Passed")
        (using.folder / "programmes" / "2024.yml").write_text("year: 2024\n", encoding="utf-8")
        using.commit("a file with a wrong name", "Failed", "[file-name]", code=1)
        (using.folder / "programmes" / "2024.yml").unlink()
        (using.folder / "notes.txt").write_text("x\n", encoding="utf-8")
        using.commit("another file", "(no files to check)Skipped")
    print("all is well")


if __name__ == "__main__":
    main()
