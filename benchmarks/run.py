"""Measures `vpcp` against its targets and, where they are installed, its neighbours: `make bench`.

`python benchmarks/run.py [GROUP…] [--rounds 9] [--neighbours] [--place FOLDER] [--output FILE]`
"""

import argparse
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import neighbours
from cases import Bench, Case, chosen
from processes import alternate

ROUNDS = 9


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


def row(case: Case) -> str:
    """A line of the table of targets."""
    command, target = case.command, case.target
    limit = f"≤ {target.limit:g} {target.unit}" + (f", ≤ {target.memory:g} MiB" if target.memory else "")
    figures = (
        f"{case.reached:.2f} {target.unit}",
        f"{command.cpu_ratio(case.yard):.2f}",
        f"{command.wall * 1000:.0f} ms",
        f"{command.cpu * 1000:.0f} ms",
        f"{command.peak:.0f} MiB",
    )
    return " | ".join(("", command.name, limit, *figures, "met" if case.met else "**short**", "")).strip()


def report(bench: Bench, names: Sequence[str], rounds: int) -> Iterator[str]:
    """Measure group after group and yield the table of targets."""
    yield "| what | target | reached | the same in CPU | wall | CPU | peak | |"
    yield "|---|---|---|---|---|---|---|---|"
    short: list[str] = []
    for group in chosen(bench, names):
        print(f"… {group.name}", file=sys.stderr)
        alternate(group.commands(), rounds)
        for yard in {case.yard.name: case.yard for case in group.cases}.values():
            taken = f"{yard.wall * 1000:.0f} ms | {yard.cpu * 1000:.0f} ms | {yard.peak:.0f} MiB"
            yield f"| *{yard.name}* | | | | {taken} | |"
        yield from map(row, group.cases)
        short += [
            f"{case.command.name} (≤ {case.target.limit:g} {case.target.unit})" for case in group.cases if not case.met
        ]
    yield ""
    yield f"Short of its target: {'; '.join(short)}." if short else "Every target is met."


def main() -> None:
    """Measure, print as it goes, and write the whole where it is asked for."""
    parser = argparse.ArgumentParser(description="Measure vpcp against its targets.")
    parser.add_argument("groups", nargs="*", choices=[*Bench(Path()).groups(), []], metavar="GROUP")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--neighbours", action="store_true", help="the installed neighbours as well")
    parser.add_argument("--only-neighbours", action="store_true", help="the neighbours and nothing else")
    parser.add_argument("--place", type=Path, help="keep the workspaces in this folder")
    parser.add_argument("--output", type=Path, help="write the tables to this file too")
    given = parser.parse_args()
    lines = [machine(), f"Medians of {given.rounds} rounds in alternation.", ""]
    print("\n".join(lines))
    with TemporaryDirectory(prefix="vpcp-bench-") as temporary:
        place = (given.place or Path(temporary)).resolve()
        place.mkdir(parents=True, exist_ok=True)
        bench = Bench(place)
        if not given.only_neighbours:
            for line in report(bench, given.groups, given.rounds):
                print(line, flush=True)
                lines.append(line)
        if given.neighbours or given.only_neighbours:
            for line in ("", *neighbours.report(bench, given.rounds)):
                print(line, flush=True)
                lines.append(line)
    if given.output:
        given.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
