"""LIST alone, of a bucket so large that the start does not matter; the server makes up its keys."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from bench.objects_compared import OURS, compared
from bench.objects_filled import environment_for
from bench.objects_memory import listing
from bench.objects_scan import BOTO3, scans
from bench.peers_timed import Taken
from bench.promise import Promise

KEYS: Final = 200_000
ROUNDS: Final = 3
_TIMES_LESS: Final = 30


def measure(keys: int = KEYS, rounds: int = ROUNDS) -> list[Promise]:
    """The promise is that against boto3's paginator."""
    with listing(keys) as url:
        programs = partial(scans, environment_for(url), lists_only=True)
        more: Mapping[str, Taken] = compared("LIST alone", programs, keys, rounds)
    share = more[OURS].cpu_seconds / more[BOTO3].cpu_seconds
    return [Promise("CPU of LIST alone against boto3", share, 1 / _TIMES_LESS, "of it")]
