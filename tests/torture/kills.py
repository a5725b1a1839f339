"""Writes, undos and repairs are killed at every system call that changes a disk; the next write mends it.

`python tests/torture/kills.py [done] [set] …`; without a name all, each by itself. Exit 1 if anything went wrong. Needs
`strace`; where it lacks that is said and passed over.
"""

import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from openpyxl import load_workbook

from torture import KILLED, TWO, Ground, expect, killer, troubles
from vpcp_cli.sharing.form import HEAD_ROW, Field

CALLS = (
    "write",
    "fsync",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "ftruncate",
    "fchmod",
    "fchown",
    "flock",
    "mkdir",
    "pwrite64",
    "sendfile",
    "copy_file_range",
    "link",
    "symlink",
)
FEW = (2012, 2019, 2022)
Prepare: TypeAlias = Callable[["Ground"], object]


def kill(place: Path, name: str, words: Sequence[str], prepare: Prepare) -> None:
    """Kill a write at every call that changes a disk."""
    ground = Ground(place / "ground", FEW, 24)
    ground.run("list")
    prepare(ground)
    old, new = around_a_write(ground, words)
    if name == "repair":
        old = {}  # what was begun is finished
    counts: Counter[str] = Counter()
    for call, most in changing_calls(ground, words).items():
        for at in range(1, most + 1):
            with TemporaryDirectory() as here:
                copy = ground.copy(Path(here))
                killed = copy.run(*words, around=killer(call, at)).returncode == KILLED
                what = mended(copy, old, new)
            counts[what if killed else "not killed"] += 1
            expect(" " not in what, f"killed at {call} {at} of {name}: {what}")
    print(f"{' '.join(words)}: killed at {counts.total() - counts['not killed']} calls:", dict(counts), flush=True)
    expect(counts["new"] and (counts["old"] or not old), "not every state was seen")


def changing_calls(ground: Ground, words: Sequence[str]) -> dict[str, int]:
    """How often at most one process of a write makes each call that changes a disk."""
    with TemporaryDirectory() as here:
        copy, seen = ground.copy(Path(here)), Path(here) / "calls"
        copy.run(*words, around=["strace", "-f", "-qq", "-o", str(seen), "-e", f"trace={','.join(CALLS)}"])
        made = Counter(re.findall(r"^(\d+) +(\w+)\(", seen.read_text(), re.MULTILINE))
    return {call: max(number for (_, one), number in made.items() if one == call) for _, call in sorted(made)}


def untouched(_ground: Ground) -> None:
    """Leave it as it is."""


def after(*words: str) -> Prepare:
    """Let something have been written before."""

    def prepare(ground: Ground) -> None:
        answer = ground.run(*words)
        expect(answer.returncode == 0, f"{' '.join(words)}: {answer.stderr}")

    return prepare


def half_done(ground: Ground) -> None:
    """Let a write to two files be killed between them."""
    before = ground.files()
    for at in range(1, 100):
        with TemporaryDirectory() as here:
            copy = ground.copy(Path(here))
            copy.done(*TWO, around=killer("rename", at))
            half = sum(before[name] != text for name, text in copy.files().items()) == 1
        if half:
            ground.done(*TWO, around=killer("rename", at))
            return
    expect(holds=False, what="no write was half done")


def doubled(ground: Ground) -> None:
    """Let a number stand twice."""
    path = ground.folder / f"{TWO[0][:4]}.yaml"
    content = path.read_text(encoding="utf-8")
    stem, number = TWO[0].rsplit(".", 1)
    other = f"- id: {stem}.{int(number) + 1}\n"
    head, found, rest = content.partition(other)
    expect(found, "doubled: no such task")
    path.write_text(f"{head}- id: {TWO[0]}\n{rest.replace('vi: Việc', 'vi: Việc khác', 1)}", encoding="utf-8")


def odd(ground: Ground) -> None:
    """Let two files have what `check --fix` mends."""
    for year in (2019, 2022):
        path = ground.folder / f"{year}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("Báo cáo", "Báo  cáo"), encoding="utf-8")


def listed_by_hand(ground: Ground) -> None:
    """Let there be a list of tasks to add."""
    lines = "text,lead,deliverable\nMột,VPCP,Báo cáo\nHai,VPCP,Báo cáo\n"
    (ground.folder.parent / "list.csv").write_text(lines, encoding="utf-8")


def filled_in(ground: Ground) -> None:
    """Let a workbook have come back that says something of two tasks in two years."""
    after("export", "xlsx", "--unit", "VPCP", "-o", "x.xlsx")(ground)
    path = ground.folder.parent / "x.xlsx"
    book = load_workbook(path)
    sheet, columns = book.worksheets[0], list(Field)
    for row in sheet.iter_rows(min_row=HEAD_ROW + 1):
        if row[columns.index(Field.ID)].value in TWO:
            row[columns.index(Field.RESULT)].value = "Đang làm"
    book.save(path)


SET = ("set", *TWO, "--text", "Việc khác", "--priority", "--unset", "deliverable")
CARRY = ("new", "2023", "--carry-over", "--on", "2022-12-30")
NEW_UNIT = ("unit", "add", "TO_MOI", "Tổ mới")
CASES: tuple[tuple[str, tuple[str, ...], Prepare], ...] = (
    ("done", ("done", *TWO, "--on", "2022-06-20"), untouched),
    ("undo", ("undo",), after("done", *TWO, "--on", "2022-06-20")),
    ("repair", ("done", "2012-CD01.2", "--on", "2022-06-20"), half_done),
    ("correct", ("correct", TWO[1], "1", "--on", "2022-06-18", "--note", "gõ nhầm"), after("done", *TWO)),
    ("correct", ("correct", TWO[1], "1", "--void", "--note", "ghi nhầm"), after("done", *TWO)),
    ("correct", ("done", *TWO, "--on", "2022-06-20", "--evidence", "9/BC"), after("done", *TWO, "--on", "2022-06-20")),
    ("set", SET, untouched),
    ("undo", ("undo",), after(*SET)),
    ("assign", ("assign", *TWO, "--responsible", "Lê Minh", "--on", "2022-06-20"), untouched),
    ("void", ("void", *TWO, "--note", "nhập nhầm"), untouched),
    ("split", ("split", TWO[0], "Một", "Hai"), untouched),
    ("move", ("move", TWO[0], f"{TWO[0][:4]}-CD03"), untouched),
    ("renumber", ("renumber", TWO[0]), doubled),
    ("add", ("add", "2022-CD01", "Việc mới", "--lead", "VPCP", "--deliverable", "Báo cáo"), untouched),
    ("add", ("add", "2022-CD01", "--from", "list.csv"), listed_by_hand),
    ("directive", ("directive", "add", "2022", "Chỉ đạo mới", "--issuer", "Trần Văn Sơn"), untouched),
    ("new", CARRY, untouched),
    ("undo", ("undo",), after(*CARRY)),
    ("unit", NEW_UNIT, untouched),
    ("unit", ("unit", "set", "TO_MOI", "--short", "TM"), after(*NEW_UNIT)),
    ("unit", ("unit", "merge", "TO_MOI", "VPCP", "--on", "2022-06-20"), after(*NEW_UNIT)),
    ("unit", ("unit", "remove", "TO_MOI"), after(*NEW_UNIT)),
    ("import", ("import", "x.xlsx", "--yes"), filled_in),
    ("fix", ("check", "--fix"), odd),
    ("undo", ("undo",), after("split", TWO[0], "Một", "Hai")),
)
"""What is killed, the name by which it is asked for, and what was written before."""


def around_a_write(ground: Ground, words: Sequence[str]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files before a write and after it."""
    with TemporaryDirectory() as here:
        copy = ground.copy(Path(here))
        before = copy.files()
        answer = copy.run(*words)
        expect(answer.returncode == 0, f"{' '.join(words)}: {answer.stderr}")
        expect(copy.files() != before, f"{' '.join(words)} writes nothing")
        return before, copy.files()


def mended(ground: Ground, old: dict[str, bytes], new: dict[str, bytes]) -> str:
    """What the next write made of what a killed one left, in one word if all is well."""
    answer = ground.done("2012-CD01.1")
    if answer.returncode or ground.litter():
        return f"next write: {answer.stderr} {ground.litter()}"
    if not ground.entries()["2012-CD01.1"]:
        return "next write: nothing written"
    files, *states = (
        {name: text for name, text in one.items() if name != "2012.yaml"} for one in (ground.files(), old, new)
    )
    return next((word for word, state in zip(("old", "new"), states, strict=True) if files == state), "neither nor")


def main(names: Sequence[str]) -> int:
    """Kill the writes of some names, or all."""
    if not shutil.which("strace"):
        print("no strace: nothing was killed")
        return 0
    for name, words, prepare in CASES:
        if not names or name in names:
            with TemporaryDirectory() as place:
                kill(Path(place), name, words, prepare)
    print(f"{len(troubles)} troubles" if troubles else "all is well")
    return bool(troubles)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
