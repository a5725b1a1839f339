"""Runs whole processes and says what they cost: wall time, processor time, peak memory."""

import fcntl
import os
import pty
import statistics
import struct
import subprocess
import termios
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

SCREEN: Final = (40, 120)
"""Lines and columns of the terminal that is lent to a process."""
KIB: Final = 1024


@dataclass(frozen=True)
class Run:
    """One process: seconds of wall and processor time, MiB of peak memory, what it left."""

    wall: float
    cpu: float
    peak: float
    code: int
    out: bytes = b""


@dataclass
class Command:
    """What is run again and again; `before` prepares each run and isn't timed, `terminal` gives it a screen.

    `argv` may be a function: a command that changes data needs other words each time.
    """

    name: str
    argv: Sequence[str] | Callable[[], Sequence[str]]
    folder: Path
    environment: Mapping[str, str]
    terminal: bool = False
    before: Callable[[], None] | None = None
    codes: frozenset[int] = frozenset({0})
    runs: list[Run] = field(default_factory=list)

    def go(self, *, keep: bool = True) -> Run:
        """Run once; a code that was not foreseen ends everything."""
        if self.before:
            self.before()
        argv = self.argv() if callable(self.argv) else self.argv
        run = once(argv, self.folder, self.environment, terminal=self.terminal)
        if run.code not in self.codes:
            message = f"{self.name}: {' '.join(argv)} left {run.code}\n{run.out[-2000:].decode(errors='replace')}"
            raise SystemExit(message)
        if keep:  # without its words: what this process holds would count as the peak of those that it starts
            self.runs.append(replace(run, out=b""))
        return run

    @property
    def wall(self) -> float:
        """Median seconds."""
        return statistics.median(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        """Median seconds of processor time."""
        return statistics.median(run.cpu for run in self.runs)

    @property
    def peak(self) -> float:
        """Largest MiB."""
        return max(run.peak for run in self.runs)

    def ratio(self, yard: "Command") -> float:
        """Median of the ratios to another command of the same rounds."""
        return statistics.median(mine.wall / its.wall for mine, its in zip(self.runs, yard.runs, strict=True))

    def cpu_ratio(self, yard: "Command") -> float:
        """The same in processor time, which other work on the machine disturbs less."""
        return statistics.median(mine.cpu / its.cpu for mine, its in zip(self.runs, yard.runs, strict=True))

    def least(self, yard: "Command") -> float:
        """The least processor time against the least of another command: what other work adds is left out."""
        return min(run.cpu for run in self.runs) / min(run.cpu for run in yard.runs)


def alternate(commands: Sequence[Command], rounds: int) -> None:
    """Run all commands in turn, round after round; a first round warms up and doesn't count."""
    for number in range(rounds + 1):
        for command in commands:
            command.go(keep=number > 0)


def once(argv: Sequence[str], folder: Path, environment: Mapping[str, str], *, terminal: bool = False) -> Run:
    """Run a process, read all that it writes (to a pipe, or to a terminal), and take its account."""
    reading, writing = pty.openpty() if terminal else os.pipe()
    if terminal:
        fcntl.ioctl(writing, termios.TIOCSWINSZ, struct.pack("HHHH", *SCREEN, 0, 0))
    start = time.perf_counter()
    with subprocess.Popen(
        argv, cwd=folder, env=dict(environment), stdin=subprocess.DEVNULL, stdout=writing, stderr=writing
    ) as process:
        os.close(writing)
        out = _drained(reading)
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    os.close(reading)
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / KIB, process.returncode, out)


def _drained(reading: int) -> bytes:
    """The last of what a process writes; a terminal whose other end closes is an input error."""
    last: deque[bytes] = deque(maxlen=64)
    try:
        while block := os.read(reading, 1 << 16):
            last.append(block)
    except OSError:
        pass
    return b"".join(last)
