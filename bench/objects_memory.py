"""Does a scan take the same memory whatever lies in the bucket? The server makes its keys up when asked."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.objects_filled import environment_for
from bench.peers_timed import Contender, Taken, timed
from bench.promise import Promise
from tests.servers.processes import answering

LISTED: Final = (10_000, 100_000, 1_000_000)
HEADED: Final = (10_000, 100_000, 250_000)
MOST_MEGABYTES: Final = 150.0
MOST_GROWTH: Final = 1.1


def measure() -> list[Promise]:
    """The promises: the most there is, and that more keys take no more once everything in between is full."""
    print("memory of our engine, by the keys of a bucket")
    listed = [_taken(count, "--list").megabytes for count in LISTED]
    headed = [_taken(count).megabytes for count in HEADED]
    growth = max(several[-1] / several[-2] for several in (listed, headed))
    return [
        Promise(f"memory for up to {LISTED[-1]:,d} keys", max(*listed, *headed), MOST_MEGABYTES, "MB"),
        Promise("memory of the largest bucket against the one before", growth, MOST_GROWTH, "times"),
    ]


def _taken(keys: int, *words: str) -> Taken:
    with listing(keys) as url, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        command = (sys.executable, "-m", "bench.objects_ours", "any-bucket", *words)
        taken = timed(Contender("ours", command, environment_for(url)), Path(folder))
    print(f"  {keys:9,d} keys, {'LIST' if words else 'LIST and HEAD':13} {taken}")
    return taken


@contextmanager
def listing(keys: int) -> Iterator[str]:
    """A server with so many keys."""
    command = (sys.executable, "-m", "bench.objects_listing", "{port}", str(keys))
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        answering(command, environment_for(""), Path(folder)) as (_, port),
    ):
        yield f"http://127.0.0.1:{port}"
