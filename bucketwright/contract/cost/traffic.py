"""Which kinds of file state their usage, and where do they and their copies lie?"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bucketwright.contract.cost.holdings import Holding, holding
from bucketwright.contract.cost.life import object_life
from bucketwright.contract.cost.meters import Meter, Table
from bucketwright.contract.cost.uses import Kind, Use
from bucketwright.contract.names import bucket_region

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket, Replication
    from bucketwright.contract.model import Environment
    from bucketwright.contract.prefixes import Prefix, Usage


@dataclass(frozen=True, slots=True)
class Traffic:
    """A kind of file whose usage is stated."""

    environment: "Environment"
    bucket_id: str
    bucket: "Bucket"
    prefix_id: str
    prefix: "Prefix"
    usage: "Usage"
    holding: Holding
    months: int
    """How far ahead this is."""

    @property
    def region(self) -> str:
        """Where the bucket lies."""
        return bucket_region(self.environment, self.bucket)

    @property
    def bytes_read(self) -> Decimal:
        """Bytes that GET requests return in a month."""
        return self.usage.reads * self.holding.object_size

    @property
    def replications(self) -> tuple["Replication", ...]:
        """The rules under which these files are copied."""
        rules = self.bucket.replication
        return tuple(rule for rule in rules if not rule.prefixes or self.prefix_id in rule.prefixes)

    def use(self, kind: Kind, what: str, quantity: Decimal, meter: Meter, assumption: str) -> Use:
        """A use on account of this prefix."""
        return Use(self.bucket_id, self.prefix_id, kind, what, quantity, meter, assumption)

    def meter(self, table: Table, item: str = "") -> Meter:
        """What counts such a thing in the bucket's region."""
        return Meter(self.region, table, item)


def traffic_of(environment: "Environment", months: int) -> Iterator[Traffic]:
    """Every kind of file with a usage that can be counted, as it is some months ahead."""
    for bucket_id, bucket in environment.buckets.items():
        for prefix_id, prefix in bucket.prefixes.items():
            usage = prefix.usage
            if usage is not None and usage.average_object:
                life = object_life(bucket, prefix, Decimal(usage.average_object))
                held = holding(usage, life, months)
                yield Traffic(environment, bucket_id, bucket, prefix_id, prefix, usage, held, months)


def landing(traffic: Traffic, rule: "Replication") -> tuple["Bucket", "Prefix | None"] | None:
    """The bucket of this contract that copies go to, and its prefix of the same path; None: neither."""
    target = traffic.environment.buckets.get(rule.to)
    if target is None:
        return None
    same = (prefix for prefix in target.prefixes.values() if prefix.path == traffic.prefix.path)
    return target, next(same, None)
