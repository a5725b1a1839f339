"""Measures `vpcp` against its targets and, where they are installed, its neighbours: `make bench`.

`python benchmarks/run.py [GROUP…] [--rounds 9] [--beside VPCP] [--neighbours] [--place FOLDER] [--output FILE]
[--page docs/performance.md]`
`--page` puts the table into a page, between its marks, with what it was taken on.
`--beside` takes the `vpcp` of another version and measures it in the same rounds, on workspaces of its own. One that
cannot read the shipped programmes needs its own in FOLDER/beside/shipped.
"""

import argparse
import os
import platform
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import neighbours
from cases import Bench, Case, chosen
from processes import alternate

ROUNDS = 9
BEGINS, ENDS = "<!-- measured -->\n", "<!-- end -->\n"
"""What stands before and behind a table in a page."""


def machine() -> str:
    """What the figures were taken on."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
    libraries = ", ".join(f"{name} {version(name)}" for name in ("typer", "rich", "pydantic", "pyyaml"))
    return (
        f"vpcp {version('vpcp-cli')}, Python {platform.python_version()}, {libraries}; "
        f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"
    )


def row(case: Case, twin: Case | None = None) -> str:
    """A line of the table of targets; `twin` is the same of another version."""
    command, target = case.command, case.target
    limit = f"≤ {target.limit:g} {target.unit}" + (f", ≤ {target.memory:g} MiB" if target.memory else "")
    figures = (
        f"{case.reached:.2f} {target.unit}",
        f"{command.cpu_ratio(case.yard):.2f}",
        f"{command.least(case.yard):.2f}",
        f"{command.wall * 1000:.0f} ms",
        f"{command.cpu * 1000:.0f} ms",
        f"{command.peak:.0f} MiB",
        *([f"{twin.reached:.2f} / {twin.command.cpu_ratio(twin.yard):.2f}"] if twin else []),
    )
    return " | ".join(("", command.name, limit, *figures, "met" if case.met else "**short**", "")).strip()


def report(bench: Bench, names: Sequence[str], rounds: int, beside: Bench | None = None) -> Iterator[str]:
    """Measure group after group and yield the table of targets."""
    other = ("the other version, wall / CPU",) if beside else ()
    yield " | ".join(("| what | target | reached | in CPU | its least | wall | CPU | peak", *other, "|"))
    yield "|---" * (9 + len(other)) + "|"
    short: list[str] = []
    groups = ((group, None) for group in chosen(bench, names))
    for group, twin in zip(chosen(bench, names), chosen(beside, names), strict=True) if beside else groups:
        print(f"… {group.name}", file=sys.stderr)
        alternate([*group.commands(), *(twin.commands() if twin else [])], rounds)
        for yard in {case.yard.name: case.yard for case in group.cases}.values():
            taken = f"{yard.wall * 1000:.0f} ms | {yard.cpu * 1000:.0f} ms | {yard.peak:.0f} MiB"
            yield f"| *{yard.name}* | | | | | {taken} |{' |' * len(other)} |"
        yield from (row(*both) for both in zip(group.cases, twin.cases, strict=True)) if twin else map(row, group.cases)
        short += [
            f"{case.command.name} (≤ {case.target.limit:g} {case.target.unit})" for case in group.cases if not case.met
        ]
    yield ""
    yield f"Short of its target: {'; '.join(short)}." if short else "Every target is met."


def put(page: Path, lines: Sequence[str]) -> None:
    """Put what was measured into a page, between its marks."""
    before, begins, rest = page.read_text(encoding="utf-8").partition(BEGINS)
    _old, ends, after = rest.partition(ENDS)
    if not (begins and ends):
        raise SystemExit(f"{page}: no line {BEGINS.strip()} with a line {ENDS.strip()} after it")
    text = "\n".join(lines).rstrip("\n")
    page.write_text(f"{before}{BEGINS}{text}\n{ENDS}{after}", encoding="utf-8")


def main() -> None:
    """Measure, print as it goes, and write the whole where it is asked for."""
    parser = argparse.ArgumentParser(description="Measure vpcp against its targets.")
    parser.add_argument("groups", nargs="*", choices=[*Bench(Path()).groups(), []], metavar="GROUP")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--beside", type=Path, metavar="VPCP", help="the `vpcp` of another version as well")
    parser.add_argument("--neighbours", action="store_true", help="the installed neighbours as well")
    parser.add_argument("--only-neighbours", action="store_true", help="the neighbours and nothing else")
    parser.add_argument("--place", type=Path, help="keep the workspaces in this folder")
    parser.add_argument("--output", type=Path, help="write the tables to this file too")
    parser.add_argument("--page", type=Path, help="put them between the marks of this page")
    given = parser.parse_args()
    taken = f"{time.strftime('%Y-%m-%d')}: medians of {given.rounds} rounds in alternation."
    lines = [f"{machine()}.", taken, ""]
    print("\n".join(lines))
    with TemporaryDirectory(prefix="vpcp-bench-") as temporary:
        place = (given.place or Path(temporary)).resolve()
        place.mkdir(parents=True, exist_ok=True)
        bench = Bench(place)
        beside = Bench(place / "beside", str(given.beside.resolve())) if given.beside else None
        if not given.only_neighbours:
            for line in report(bench, given.groups, given.rounds, beside):
                print(line, flush=True)
                lines.append(line)
        if given.neighbours or given.only_neighbours:
            for line in ("", *neighbours.report(bench, given.rounds)):
                print(line, flush=True)
                lines.append(line)
    if given.output:
        given.output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if given.page:
        put(given.page, lines)


if __name__ == "__main__":
    main()
