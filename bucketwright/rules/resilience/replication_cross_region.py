from collections.abc import Iterator
from functools import partial
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.replication_rules import ReplicationRule
from bucketwright.plain_text import clipped
from bucketwright.posture import Estate
from bucketwright.rules.example_replications import copying_by, other, to
from bucketwright.rules.examples import bad, good
from bucketwright.rules.one_of_several import faults_of_every
from bucketwright.rules.other_buckets import named_bucket
from bucketwright.rules.replications import copying, goal, label
from bucketwright.rules.rule import CHOSEN, rule
from bucketwright.verdicts import LOW, Verdict, fails, fails_if

_FAR: Final = other(region="eu-west-1")
_NEAR: Final = other("near", region="us-west-2")
_HERE: Final = "us-west-2"
_EXPECTED: Final = "a rule that copies to another region"


@rule(
    "replication-cross-region",
    severity=LOW,
    tier=CHOSEN,
    maps_to=["FSBP S3.7"],
    reads=["replication", "region", "bucket.region"],
    examples=lambda: [
        good(_FAR, replication=copying_by(to()), region=_HERE),
        good(_FAR, _NEAR, replication=copying_by(to("bucket:near"), to()), region=_HERE),
        bad(replication=None),
        bad(_FAR, replication=copying_by(to(enabled=False)), region=_HERE),
        bad(_NEAR, replication=copying_by(to("bucket:near")), region=_HERE),
        bad(_FAR, _NEAR, replication=copying_by(to("bucket:near"), to(enabled=False)), region=_HERE),
        bad(replication=copying_by(to("bucket:gone")), region=_HERE),
    ],
)
def replication_cross_region(bucket: BucketPosture, estate: Estate) -> Verdict:
    """New objects are copied to another region.

    **Why.** A region can fail as a whole, for hours, and programs with it. Copies in another are there
    when this one is not.

    **Fix.** Give a second bucket a `region` of its own, and say `replication: {to: …}` of the first. Every
    copy is paid for twice, in storage and as transfer between regions.

    **Exempt it when** the data may not leave its region, or the bucket itself holds copies.
    """
    rules = copying(bucket)
    if not rules:
        return fails("nothing is copied", expected=_EXPECTED)
    homes = (partial(_stays, one, bucket, estate) for one in rules)
    return fails_if(*faults_of_every(homes), expected=_EXPECTED)


def _stays(one: ReplicationRule, bucket: BucketPosture, estate: Estate) -> Iterator[str]:
    target = named_bucket(one.target, estate)
    if target is None:
        yield f"{label(one)} copies to {goal(one)}, and there is no such bucket"
    elif target.region == bucket.region:
        yield f"{label(one)} copies to {goal(one)}, which is in {clipped(bucket.region)}, too"
