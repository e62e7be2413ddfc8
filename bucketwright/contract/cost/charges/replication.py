"""What do copies in other buckets cost: storage, requests, and the way there?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bucketwright.contract.cost.charges.encryption import kms_calls
from bucketwright.contract.cost.charges.storage import Pile, storage_uses
from bucketwright.contract.cost.figures import size
from bucketwright.contract.cost.holdings import settled
from bucketwright.contract.cost.life import Life, Stay, object_life
from bucketwright.contract.cost.measures import GB
from bucketwright.contract.cost.meters import Meter
from bucketwright.contract.cost.traffic import Traffic, landing
from bucketwright.contract.cost.uses import Use
from bucketwright.contract.names import bucket_region

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket, Replication
    from bucketwright.contract.prefixes import Prefix


def replication_uses(traffic: Traffic) -> Iterator[Use]:
    """All that the copies of one kind of file use, on account of the originals."""
    for rule in traffic.replications:
        found = landing(traffic, rule)
        if found is None:
            continue
        target, prefix = found
        yield from _arrivals(traffic, rule, target)
        if prefix is None or prefix.usage is None:
            yield from storage_uses(_copies(traffic, rule, target, prefix))


def _arrivals(traffic: Traffic, rule: "Replication", target: "Bucket") -> Iterator[Use]:
    there = bucket_region(traffic.environment, target)
    written, objects = traffic.holding.written, traffic.holding.objects_written
    yield traffic.use(
        "replication",
        f"copies: PUT to {rule.to}",
        objects,
        Meter(there, "put", rule.storage_class),
        "one request for each object written",
    )
    if target.encryption.type != "s3":
        calls, why = kms_calls(target, objects)
        meter = Meter(there, "kms_requests")
        yield traffic.use("replication", "copies: KMS requests", calls, meter, why)
    if there != traffic.region:
        yield traffic.use(
            "replication",
            f"copies: sent to {there}",
            written / GB,
            traffic.meter("transfer", there),
            f"all that is written, {size(written)} a month",
        )


def _copies(traffic: Traffic, rule: "Replication", target: "Bucket", prefix: "Prefix | None") -> Pile:
    """The copies as a pile: under the target's own lifecycle, or kept for ever where it has none.

    Copies are as many as the originals today; deletions by lifecycle do not reach them."""
    held = traffic.holding
    if prefix is None:
        life = Life((Stay(rule.storage_class, None),))
    else:
        life = object_life(target, prefix, held.object_size, rule.storage_class)
    copies = settled(
        object_size=held.object_size,
        written=held.written,
        stored=held.stored,
        life=life,
        months=0 if held.endless else traffic.months,
    )
    there = bucket_region(traffic.environment, target)
    return Pile(traffic.bucket_id, traffic.prefix_id, there, copies, copies=True)
