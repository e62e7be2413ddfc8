"""Which rules copy the objects of a bucket, and what keeps them from it?"""

from collections.abc import Iterator
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.replication_rules import ReplicationRule
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.other_buckets import named_bucket

_LONGEST: Final = 120


def rules_of(bucket: BucketPosture) -> tuple[ReplicationRule, ...]:
    """All of them, those that are switched off too."""
    return bucket.replication.rules if bucket.replication else ()


def copying(bucket: BucketPosture) -> tuple[ReplicationRule, ...]:
    """Those that are switched on."""
    return tuple(one for one in rules_of(bucket) if one.enabled)


def label(rule: ReplicationRule) -> str:
    """What a rule is called; one without an id by where it copies to."""
    return f"rule {shown(rule.id)}" if rule.id else f"the rule to {goal(rule)}"


def goal(rule: ReplicationRule) -> str:
    """Where a rule copies to."""
    return shown(rule.target, _LONGEST)


def unversioned(bucket: BucketPosture) -> Iterator[str]:
    """Why S3 copies nothing from a bucket, if so."""
    if bucket.versioning != "Enabled":
        yield f"S3 copies versions, and versioning of the bucket is {bucket.versioning}"


def unreachable(rule: ReplicationRule, estate: Estate) -> Iterator[str]:
    """Why S3 can copy nothing to where a rule says, if so."""
    target = named_bucket(rule.target, estate)
    if target is None:
        yield f"{label(rule)} copies to {goal(rule)}, and there is no such bucket"
    elif target.versioning != "Enabled":
        yield f"{label(rule)} copies to {goal(rule)}, whose versioning is {target.versioning}"
