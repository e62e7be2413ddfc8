"""What does a whole program take: time on the clock, time of the processor, memory, and calls to a server?

A small program of its own starts the one that is measured: the system counts the memory of whoever starts a
program as the program's, and a bench has more of it than a client that is written in Go.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

_LAUNCHER: Final = """
import json, os, sys, time
begun = time.monotonic()
pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(pid, 0)
said = [time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024,
        os.waitstatus_to_exitcode(status)]
open(sys.argv[1], "w").write(json.dumps(said))
"""
_LONGEST: Final = 1800.0


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run of a program took."""

    wall_seconds: float
    cpu_seconds: float
    megabytes: float
    calls: int = 0

    def __str__(self) -> str:
        calls = f" {self.calls:7,d} calls" if self.calls else ""
        return f"{self.wall_seconds:8.2f} s  {self.cpu_seconds:8.2f} CPU-s {self.megabytes:6.0f} MB{calls}"


@dataclass(frozen=True, slots=True)
class Contender:
    """A program that is measured, how it ends where all went well, and the file that it then leaves."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    well: frozenset[int] = frozenset({0})
    leaves: str = ""


def timed(contender: Contender, folder: Path, calls: Callable[[], int] = int) -> Taken:
    """Run it to its end in a folder; `calls` tells how many calls a server was asked so far."""
    told, said, before = folder / "taken.json", folder / "said.txt", calls()
    with said.open("wb") as out:
        subprocess.run(
            [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(told), *contender.command],
            env=dict(contender.environment),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            timeout=_LONGEST,
            check=True,
        )
    wall, cpu, megabytes, code = json.loads(told.read_text())
    if code not in contender.well or not (folder / contender.leaves).exists():
        raise SystemExit(f"{contender.name} ended with {code}: {said.read_text(errors='replace')[-2000:]}")
    return Taken(wall, cpu, megabytes, calls() - before)


def middle(taken: Sequence[Taken]) -> Taken:
    """The median of each figure."""
    return Taken(
        median(one.wall_seconds for one in taken),
        median(one.cpu_seconds for one in taken),
        median(one.megabytes for one in taken),
        round(median(one.calls for one in taken)),
    )
