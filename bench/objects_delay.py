"""With answers twenty milliseconds later, does our engine still follow the least possible?"""

import sys
from collections.abc import Iterator
from typing import Final

from bench.objects_compared import FLOOR, OURS, compared
from bench.objects_filled import environment_for, filled
from bench.peers_timed import Contender
from bench.promise import Promise
from tests.servers.toxiproxy import toxiproxy

OBJECTS: Final = 10_000
ROUNDS: Final = 3
MILLISECONDS: Final = 20
_CONNECTIONS: Final = "256"
_MOST_TIMES_SLOWER: Final = 1.3


def measure(objects: int = OBJECTS, rounds: int = ROUNDS) -> list[Promise]:
    """The promise is that of the time on the clock."""
    what = f"LIST and HEAD on versitygw, {MILLISECONDS} ms late"
    with filled("versitygw", objects) as there, toxiproxy() as proxies:
        way = proxies.before(there.server.url)
        way.toxic("latency", latency=MILLISECONDS)
        environment = environment_for(way.url)

        def programs(bucket: str) -> Iterator[Contender]:
            floor = (sys.executable, "-m", "bench.objects_floor", bucket, "--connections", _CONNECTIONS)
            yield Contender(FLOOR, floor, environment)
            yield Contender(OURS, (sys.executable, "-m", "bench.objects_ours", bucket), environment)

        more = compared(what, programs, objects, rounds)
    slower = more[OURS].wall_seconds / more[FLOOR].wall_seconds
    return [Promise(f"{what}: time against the floor", slower, _MOST_TIMES_SLOWER, "times")]
