"""Does a scan take the same memory whatever lies in the bucket? The server makes its keys up when asked.

With a ledger a first run writes all of it and puts its parts together, and a second one holds each page
against it.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.objects_filled import environment_for
from bench.peers_timed import Contender, timed
from bench.promise import Promise
from tests.servers.processes import answering

LISTED: Final = (10_000, 100_000, 1_000_000)
HEADED: Final = (10_000, 100_000, 250_000)
MOST_MEGABYTES: Final = 150.0
MOST_GROWTH: Final = 1.1
_LEDGER: Final = ("--server", "minio", "--ledger", "ledger")


def measure() -> list[Promise]:
    """The promises: the most there is, and that more keys take no more once everything in between is full."""
    print("memory of our engine, by the keys of a bucket")
    listed = [_taken(keys, ("--list",), "LIST") for keys in LISTED]
    headed = [_taken(keys, (), "LIST and HEAD") for keys in HEADED]
    kept = [_taken(keys, _LEDGER, "first run with a ledger", "second run with it") for keys in HEADED]
    several = [column for rows in (listed, headed, kept) for column in zip(*rows, strict=True)]
    growth = max(one[-1] / one[-2] for one in several)
    return [
        Promise(f"memory for up to {LISTED[-1]:,d} keys", max(map(max, several)), MOST_MEGABYTES, "MB"),
        Promise("memory of the largest bucket against the one before", growth, MOST_GROWTH, "times"),
    ]


def _taken(keys: int, words: tuple[str, ...], *names: str) -> list[float]:
    """The megabytes of runs one after the other."""
    found: list[float] = []
    with listing(keys) as url, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for name in names:
            command = (sys.executable, "-m", "bench.objects_ours", "any-bucket", *words)
            taken = timed(Contender(name, command, environment_for(url)), Path(folder))
            found.append(taken.megabytes)
            print(f"  {keys:9,d} keys, {name:23} {taken}")
    return found


@contextmanager
def listing(keys: int) -> Iterator[str]:
    """A server with so many keys."""
    command = (sys.executable, "-m", "bench.objects_listing", "{port}", str(keys))
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        answering(command, environment_for(""), Path(folder)) as (_, port),
    ):
        yield f"http://127.0.0.1:{port}"
