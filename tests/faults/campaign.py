"""Runs audits under many seeded schedules and says what they break.

python -m tests.faults.campaign [COUNT [FIRST]]: so many from that seed on, and a fifth as many in which the
network is at fault, where there is a Toxiproxy.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

from tests.faults.auditing import Stage
from tests.faults.estate import estate
from tests.faults.schedules import Schedule, schedule, toxic
from tests.faults.trials import Trial
from tests.servers.toxiproxy import toxiproxy

_COUNT: Final = 200
_TOXIC: Final = 5
"""One in so many."""


def main(count: int = _COUNT, first: int = 0) -> int:
    """Tries them; 1 where one of them breaks something."""
    began, seeds = monotonic(), range(first, first + count)
    schedules = [schedule(seed) for seed in seeds] + [toxic(seed) for seed in seeds[: count // _TOXIC]]
    with _stage() as stage:
        trial = Trial(stage)
        broken = sum(_is_broken(trial, tried) for tried in schedules)
    seconds = monotonic() - began
    print(f"{len(schedules)} schedules, {broken} of them broke an invariant, {seconds:.0f} s")
    return 1 if broken else 0


def _is_broken(trial: Trial, tried: Schedule) -> bool:
    found = list(trial.violations(tried))
    if found:
        print(tried, *found, sep="\n  ", flush=True)
    return bool(found)


@contextmanager
def _stage() -> Iterator[Stage]:
    with estate() as live, toxiproxy() as network, TemporaryDirectory() as folder:
        yield Stage(live, Path(folder), network)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
