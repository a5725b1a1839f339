"""Play the steps of `Containerfile` in a fresh root where no builder is, and use what comes of it as a container would.

`python tests/torture/container.py ROOT`, as root, in Linux; ROOT is what the base image holds, for instance by
`mmdebstrap --variant=minbase trixie ROOT`, and stays as it is. What is played: FROM, RUN, COPY, ENV, USER, WORKDIR and
ENTRYPOINT, as the file has them. Then `vpcp` runs as that user with a root that can't be written to, a folder of
another user mounted where it works, and nothing else.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

REPOSITORY = Path(__file__).resolve().parents[2]
PASSED_ON = ("PIP_", "SSL_", "HTTP", "NO_PROXY", "http", "no_proxy")
OUTSIDE = {name: value for name, value in os.environ.items() if name.startswith(PASSED_ON)}
ENTERED = """
root=$1 mounted=$2 folder=$3 user=$4
shift 4
mount --bind "$root" "$root"
mount --bind "$mounted" "$root$folder"
mount -o remount,ro,bind "$root"
mount -t tmpfs tmpfs "$root/tmp"
exec chroot --userspec="$user" --groups= "$root" env -i -C "$folder" "$@"
"""


def steps(text: str) -> Iterator[tuple[str, str]]:
    """The instructions of a file with what they say, without remarks, each in one line."""
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#"):
            name, _space, said = line.partition(" ")
            yield name, said


class Image:
    """What has been made so far."""

    def __init__(self, base: Path, root: Path) -> None:
        subprocess.run(["cp", "-a", base, root], check=True)
        self.root, self.user, self.folder, self.entry = root, "0:0", "/", ["sh"]
        self.environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}

    def play(self, name: str, said: str, stages: dict[str, "Image"]) -> None:
        """Do what an instruction says."""
        match name:
            case "RUN":
                command = ["chroot", str(self.root), "sh", "-ec", said]
                subprocess.run(command, check=True, env=self.environment | OUTSIDE, stdout=subprocess.DEVNULL)
            case "COPY":
                *sources, target = shlex.split(said)
                start = REPOSITORY
                if sources[0].startswith("--from="):
                    start = stages[sources.pop(0).removeprefix("--from=")].root
                for source in sources:
                    self.copy(start / source.lstrip("/"), target)
            case "ENV":
                self.environment |= dict(word.split("=", 1) for word in shlex.split(said))
            case "USER":
                self.user = said
            case "WORKDIR":
                self.folder = said
                (self.root / said.lstrip("/")).mkdir(parents=True, exist_ok=True)
            case "ENTRYPOINT":
                self.entry = json.loads(said)
            case _:
                assert name in {"ARG", "LABEL"}, name

    def copy(self, source: Path, target: str) -> None:
        """Copy a file into a folder, or what a folder holds."""
        there = self.root / target.lstrip("/")
        if source.is_dir():
            shutil.copytree(source, there, symlinks=True, dirs_exist_ok=True)
        else:
            there.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, there)

    def run(self, mounted: Path, *arguments: str, user: str = "") -> subprocess.CompletedProcess[str]:
        """Run the entry point with a folder mounted; nothing else can be written to but an empty /tmp."""
        words = [f"{name}={value}" for name, value in self.environment.items()]
        where = [str(self.root), str(mounted), self.folder, user or self.user]
        command = ["unshare", "--mount", "sh", "-ec", ENTERED, "sh", *where, *words, *self.entry, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)


def built(base: Path, place: Path) -> Image:
    """Play the file; return its last stage."""
    stages: dict[str, Image] = {}
    image: Image | None = None
    for name, said in steps((REPOSITORY / "Containerfile").read_text(encoding="utf-8")):
        print(name, said, flush=True)
        if name == "FROM":
            stage = said.split(" AS ")[1] if " AS " in said else "last"
            image = stages[stage] = Image(base, place / stage)
        elif image:
            image.play(name, said, stages)
    return stages["last"]


def used(image: Image, place: Path) -> None:
    """Read and write a repository of a user that the image does not know, and try what must not work."""
    work = place / "work"
    shutil.copytree(REPOSITORY / "examples", work)
    for command in ("git init -q -b main", "git add -A", "git -c user.name=An -c user.email=a@b.vn commit -qm 1"):
        subprocess.run(command.split(), cwd=work, check=True)
    owner, number = "12345:12345", 12345
    subprocess.run(["chown", "-R", owner, work], check=True)
    for user, code, arguments in (
        ("", 0, "list --year 2022 --as-of 2022-09-30 -f ids"),
        ("", 0, "check --against HEAD"),
        ("", 0, "export html --as-of commit"),
        ("", 4, "note 2022-CD01.3 x --by An"),
        (owner, 0, "note 2022-CD01.3 x --by An"),
        (owner, 0, "diff HEAD --as-of 2022-09-30"),
        (owner, 0, "report --as-of 2022-09-30 -o report.docx"),
        (owner, 0, "undo"),
    ):
        done = image.run(work, *arguments.split(), user=user)
        print(f"[{user or image.user}] vpcp {arguments}: exit {done.returncode}", (done.stdout + done.stderr)[-160:])
        assert done.returncode == code, done.stderr
    assert (work / "report.docx").stat().st_uid == number
    elsewhere = image.run(work, "schema", "-o", "/opt/x")
    assert elsewhere.returncode == 4, elsewhere


def main() -> None:
    """Play it and use it; say how large it is."""
    with TemporaryDirectory(prefix="vpcp-") as place:
        image = built(Path(sys.argv[1]), Path(place))
        used(image, Path(place))
        for root in (Path(sys.argv[1]), image.root):
            print(subprocess.run(["du", "-sm", root], capture_output=True, text=True, check=True).stdout.strip())


if __name__ == "__main__":
    main()
