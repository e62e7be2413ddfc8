"""What do replication and its targets look like in the examples of rules?"""

from typing import Final

from bucketwright.contract.lifecycle.rules import Predicates
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.replication import Replication
from bucketwright.facets.replication_rules import ReplicationRule
from bucketwright.posture import reference

COPIES: Final = "bucket:copies"


def to(
    target: str = COPIES,
    below: str | None = None,
    *,
    called: str | None = "all",
    enabled: bool = True,
    kms: bool = False,
) -> ReplicationRule:
    """A rule that copies what lies below a prefix, or everything, with what is under a KMS key or without."""
    chosen = Predicates(below)
    return ReplicationRule(called, 1, target, chosen, enabled=enabled, kms_objects=kms)


def copying_by(*rules: ReplicationRule) -> Replication:
    """The replication of these rules."""
    return Replication("role:example/replication", rules)


def other(name: str = "copies", /, **facts: object) -> BucketPosture:
    """Another bucket, with these facts."""
    return BucketPosture(reference("bucket", name), name, facts)
