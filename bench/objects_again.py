"""A second look at a bucket of which one object in a hundred is new: what does it take, beside listing alone?

Its server makes up its keys, for a second run takes so little that the start of a program would hide it in a
bucket that is not large.
"""

import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.objects_compared import LIST_ALONE, OURS, compared
from bench.objects_filled import MANY, environment_for
from bench.objects_listing import FEW
from bench.objects_memory import listing
from bench.peers_timed import Contender, timed
from bench.promise import Promise

OBJECTS: Final = 200_000
ROUNDS: Final = 3
_MOST_TIMES: Final = 1.5
_DATES_REWRITES: Final = "minio"
"""A server whose dates tell every rewrite, as this one's do."""


def measure(objects: int = OBJECTS, rounds: int = ROUNDS) -> list[Promise]:
    """The promise is that of the processor's time."""
    with listing(objects) as url, tempfile.TemporaryDirectory(prefix="bench-") as made:
        folder, environment = Path(made), environment_for(url)
        for bucket in (FEW, MANY):
            timed(Contender("first run", _again(folder, bucket), environment), folder)

        def programs(bucket: str) -> Iterator[Contender]:
            yield Contender(OURS, _again(folder, bucket), environment)
            yield Contender(
                LIST_ALONE, (sys.executable, "-m", "bench.objects_ours", bucket, "--list"), environment
            )

        def before(_turn: int) -> None:
            urllib.request.urlopen(url, data=b"").close()  # noqa: S310 - our own server

        more = compared("second run, 1 % changed", programs, objects, rounds, before)
    dearer = more[OURS].cpu_seconds / more[LIST_ALONE].cpu_seconds
    return [Promise("CPU of a second run with 1 % changed, against LIST alone", dearer, _MOST_TIMES, "times")]


def _again(folder: Path, bucket: str) -> tuple[str, ...]:
    ours = (sys.executable, "-m", "bench.objects_ours", bucket, "--server", _DATES_REWRITES)
    return (*ours, "--ledger", str(folder / "ledger"))
