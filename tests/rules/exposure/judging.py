"""Verdicts of single rules on a bucket, for the tests of what examples cannot show."""

from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate, Posture
from bucketwright.rules.rule import Rule
from bucketwright.verdicts import Fails, Verdict


def verdict(rule: Rule[BucketPosture], *beside: Posture, **facts: object) -> Verdict:
    """What the rule says of a bucket of these facts."""
    bucket = BucketPosture("bucket:example", "example", facts)
    return rule.verdict(bucket, Estate("live", {one.address: one for one in (bucket, *beside)}))


def faults(found: Verdict) -> list[str]:
    """What a verdict says is wrong; of a verdict that does not fail, nothing."""
    return [fault.text for fault in found.faults] if isinstance(found, Fails) else []
