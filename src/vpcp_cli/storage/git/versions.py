"""Three versions of a text, merged by git itself or by a driver of it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from vpcp_cli.storage.git.program import run

_MOST_CONFLICTS: Final = 127
"""`git merge-file` answers with the number of conflicts, and with more than this when it fails."""

_SOMEBODY: Final = (
    *("-c", "user.name=vpcp", "-c", "user.email=vpcp@localhost"),
    *("-c", "commit.gpgSign=false", "-c", "core.autocrlf=false"),
)


def merge_texts(base: bytes, ours: bytes, theirs: bytes, marker: int = 7) -> tuple[bytes, bool]:
    """What git itself makes of three versions, line by line, and whether it is free of conflicts."""
    with TemporaryDirectory(prefix="vpcp-") as place:
        files = [Path(place, name) for name in ("ours", "base", "theirs")]
        for file, content in zip(files, (ours, base, theirs), strict=True):
            file.write_bytes(content)
        labels = [word for file in files for word in ("-L", file.name)]
        done = run(Path(place), "merge-file", "-p", f"--marker-size={marker}", *labels, *(file.name for file in files))
    if done.returncode > _MOST_CONFLICTS:  # one of them is no text
        return _both_whole(ours, theirs, marker), False
    return done.stdout, done.returncode == 0


def _both_whole(ours: bytes, theirs: bytes, marker: int) -> bytes:
    ours, theirs = (one + b"\n" * (not one.endswith(b"\n")) for one in (ours, theirs))
    opening, middle, closing = b"<" * marker + b" ours\n", b"=" * marker + b"\n", b">" * marker + b" theirs\n"
    return opening + ours + middle + theirs + closing


def merge_by(driver: str, base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """What git makes of three versions of `2022.yaml` by a driver, in a repository of its own."""
    with TemporaryDirectory(prefix="vpcp-") as place:
        folder = Path(place).resolve()
        file = folder / "2022.yaml"
        run(folder, "init", "-q")
        run(folder, "config", "merge.tried.driver", driver)
        (folder / ".gitattributes").write_text("*.yaml merge=tried\n", encoding="utf-8")
        for name, content in (("base", base), ("theirs", theirs), ("ours", ours)):
            file.write_bytes(content)
            run(folder, "add", "-A")
            run(folder, *_SOMEBODY, "commit", "-qm", name)
            run(folder, "branch", name)
            if name == "theirs":
                run(folder, "checkout", "-q", "--detach", "base")
        run(folder, *_SOMEBODY, "merge", "-q", "-m", "merged", "theirs")
        return file.read_bytes()
