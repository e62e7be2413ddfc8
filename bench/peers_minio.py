"""Three hundred buckets on MinIO, which answers faster than any of its clients asks: an audit beside Prowler.

MinIO has nothing but S3: what Prowler asks of other services first goes to moto. Cloud Custodian does not end
well where settings are missing, and is left out.
"""

import tempfile
from pathlib import Path

from bench.peers_buckets import (
    BUCKETS,
    OURS,
    PROWLER,
    ROUNDS,
    bare,
    furnish,
    moto,
    open_to_all,
    ours,
    prowler,
    taken_in_turn,
    told,
)
from bench.promise import Promise
from tests.servers.running import asking, minio

_MOST_OF_ITS_TIME = 1 / 20


def measure(rounds: int = ROUNDS, buckets: int = BUCKETS) -> list[Promise]:
    """The promises are those of the clock and of the processor's time against Prowler's."""
    with (
        minio() as server,
        tempfile.TemporaryDirectory(prefix="bench-") as made,
        moto(Path(made)) as (rest, _),
    ):
        furnish(server.url, buckets, (bare, open_to_all))
        contenders = (*ours(server.url), prowler({**asking(rest), "AWS_ENDPOINT_URL_S3": server.url}))
        medians = taken_in_turn(contenders, rounds, int)
    kept = told(f"{buckets} buckets on minio, median of {rounds} rounds", medians)
    share = medians[OURS].wall_seconds / medians[PROWLER].wall_seconds
    return [*kept, Promise("time of an audit, as a share of Prowler's", share, _MOST_OF_ITS_TIME, "of it")]
