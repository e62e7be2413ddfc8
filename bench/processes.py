"""Whole processes measured in turn, so that a busy machine slows both alike."""

import os
import statistics
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took."""

    cpu_seconds: float
    megabytes: float


def run(*arguments: str) -> Cost:
    """Run Python with these arguments to its end and ask the system what it took."""
    child = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, env=_warm())
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, arguments
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turn(rounds: int, *commands: tuple[str, ...]) -> list[Cost]:
    """Run the commands one after the other, several times over; return the medians.

    A first round is not counted: in it Python compiles what has changed.
    """
    for command in commands:
        run(*command)
    taken = [[run(*command) for command in commands] for _ in range(rounds)]
    return [
        Cost(
            statistics.median(cost.cpu_seconds for cost in costs),
            statistics.median(cost.megabytes for cost in costs),
        )
        for costs in zip(*taken, strict=True)
    ]


def _warm() -> dict[str, str]:
    """The environment, but that compiled modules are kept, as they are wherever a program is run twice."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
