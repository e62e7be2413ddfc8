"""LIST, a HEAD of each object, two rules and a report: our engine beside the least possible, and others."""

import sys
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from bench.objects_compared import FLOOR, OURS, compared
from bench.objects_filled import SERVERS, TOOLS, environment_for, filled
from bench.peers_timed import Contender, Taken
from bench.promise import Promise

OBJECTS: Final = 10_000
ROUNDS: Final = 3
BOTO3: Final = "boto3, 32 threads"
_LISTS: Final = {
    "s5cmd": "{tools}/s5cmd ls 's3://{bucket}/*' >out",
    "rclone": "{tools}/rclone lsjson -R --fast-list --no-mimetype --no-modtime :s3:{bucket} >out",
    "mc": "{tools}/mc --quiet ls -r there/{bucket} >out",
}
_HEADS: Final = {
    "s5cmd": (
        '{tools}/s5cmd --json ls \'s3://{bucket}/*\' | sed -E \'s/.*"key":"([^"]*)".*/head "\\1"/\' |'
        " {tools}/s5cmd --numworkers 32 run >out"
    ),
    "rclone": "{tools}/rclone lsjson -R -M --checkers 32 :s3:{bucket} >out",
    "mc": "{tools}/mc --quiet stat -r there/{bucket} >out",
}


def measure(*servers: str, objects: int = OBJECTS, rounds: int = ROUNDS) -> list[Promise]:
    """The promises on each server."""
    kept: list[Promise] = []
    for name in servers or SERVERS:
        with filled(name, objects) as there:
            programs = partial(scans, environment_for(there.server.url))
            kept += _promises(name, compared(f"LIST and HEAD on {name}", programs, objects, rounds))
    return kept


def scans(environment: Mapping[str, str], bucket: str, *, lists_only: bool = False) -> Iterator[Contender]:
    """All that list a bucket, and head what is in it."""
    words = ("--list",) if lists_only else ()
    for name, module in ((FLOOR, "floor"), (OURS, "ours"), (BOTO3, "boto3")):
        command = (sys.executable, "-m", f"bench.objects_{module}", bucket, *words)
        yield Contender(name, command, environment)
    for name, script in (_LISTS if lists_only else _HEADS).items():
        shell = ("bash", "-euo", "pipefail", "-c", script.format(tools=TOOLS, bucket=bucket))
        yield Contender(name, shell, environment)


def _promises(server: str, more: Mapping[str, Taken]) -> Iterator[Promise]:
    ours, floor, boto3 = more[OURS], more[FLOOR], more[BOTO3]
    best = min(more[name].cpu_seconds for name in _HEADS)
    yield Promise(f"{server}: CPU against the floor", ours.cpu_seconds / floor.cpu_seconds, 2, "times")
    yield Promise(f"{server}: time against the floor", ours.wall_seconds / floor.wall_seconds, 1.3, "times")
    yield Promise(f"{server}: CPU against boto3", ours.cpu_seconds / boto3.cpu_seconds, 1 / 20, "of it")
    yield Promise(f"{server}: CPU against the best tool", ours.cpu_seconds / best, 1 / 3, "of it")
