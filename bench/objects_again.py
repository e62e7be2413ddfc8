"""A second look at a bucket of which one object in a hundred is new: what does it take, beside listing alone?

On MinIO: an object that is written anew there has a new date, so that what is unchanged need not be headed.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.objects_compared import LIST_ALONE, OURS, compared
from bench.objects_filled import MANY, Filled, environment_for, filled, put
from bench.objects_listing import FEW, FEWER
from bench.peers_timed import Contender, timed
from bench.promise import Promise

OBJECTS: Final = 10_000
ROUNDS: Final = 3
_SERVER: Final = "minio"
_ONE_IN: Final = 100
_MOST_TIMES: Final = 1.5
_YOUNG_SECONDS: Final = 3.0
"""What was written a moment before it was looked at is asked again: its date has no fractions."""


def measure(objects: int = OBJECTS, rounds: int = ROUNDS) -> list[Promise]:
    """The promise is that of the processor's time."""
    with filled(_SERVER, objects) as there, tempfile.TemporaryDirectory(prefix="bench-") as made:
        folder, environment = Path(made), environment_for(there.server.url)
        time.sleep(_YOUNG_SECONDS)
        for bucket in (FEW, MANY):
            timed(Contender("first run", _again(folder, bucket), environment), folder)

        def programs(bucket: str) -> Iterator[Contender]:
            yield Contender(OURS, _again(folder, bucket), environment)
            yield Contender(
                LIST_ALONE, (sys.executable, "-m", "bench.objects_ours", bucket, "--list"), environment
            )

        def before(turn: int) -> None:
            _write_anew(there, folder / "new", turn)

        more = compared(f"second run on {_SERVER}, 1 % changed", programs, objects, rounds, before)
    dearer = more[OURS].cpu_seconds / more[LIST_ALONE].cpu_seconds
    return [Promise("CPU of a second run with 1 % changed, against LIST alone", dearer, _MOST_TIMES, "times")]


def _again(folder: Path, bucket: str) -> tuple[str, ...]:
    ours = (sys.executable, "-m", "bench.objects_ours", bucket, "--server", _SERVER)
    return (*ours, "--ledger", str(folder / "ledger"))


def _write_anew(there: Filled, folder: Path, turn: int) -> None:
    """Another object of each hundred, in each turn."""
    for bucket, count in ((FEW, FEWER), (MANY, there.objects)):
        put(there, folder / f"{turn}" / bucket, bucket, range(turn, count, _ONE_IN))
    time.sleep(_YOUNG_SECONDS)
