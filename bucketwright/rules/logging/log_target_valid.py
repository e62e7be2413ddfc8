from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.encryption import FRESH as UNDER_S3
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.plain_text import clipped, shown
from bucketwright.posture import Estate
from bucketwright.rules.example_access import deny
from bucketwright.rules.example_log_targets import BY_GROUP, REGION, TO, delivers, logs
from bucketwright.rules.example_sharing import OWN
from bucketwright.rules.examples import bad, good
from bucketwright.rules.log_delivery import LogDelivery
from bucketwright.rules.other_buckets import named_bucket
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import HIGH, Verdict, fails, fails_if, not_applicable

_OURS: Final = {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::example"}}
_OTHERS: Final = {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::other"}}
_NETWORK: Final = {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}
_DATED: Final = replace(TO, keys="EventTime")


@rule(
    "log-target-valid",
    severity=HIGH,
    tier=BASELINE,
    reads=[
        "logging", "region",
        "bucket.acl", "bucket.encryption", "bucket.object_lock", "bucket.ownership", "bucket.policy",
        "bucket.region", "bucket.requester_pays",
    ],
    examples=lambda: [
        good(logging=None),
        good(logs(), logging=TO, region=REGION),
        good(logs(), logging=replace(TO, target="logs"), region=REGION),
        good(logs(delivers(Condition=_OURS)), logging=TO, region=REGION),
        good(OWN, logs(delivers("example/111122223333/*")), logging=_DATED, region=REGION),
        good(logs(policy=None, ownership="ObjectWriter", acl=BY_GROUP), logging=TO, region=REGION),
        bad(logging=TO, region=REGION),
        bad(logs(region="eu-west-1"), logging=TO, region=REGION),
        bad(logs(encryption=Encryption("aws:kms")), logging=TO, region=REGION),
        bad(logs(object_lock=ObjectLock(True, "GOVERNANCE", 1)), logging=TO, region=REGION),
        bad(logs(requester_pays=True), logging=TO, region=REGION),
        bad(logs(policy=None), logging=TO, region=REGION),
        bad(logs(policy=None, acl=BY_GROUP), logging=TO, region=REGION),
        bad(logs(policy=None, ownership="ObjectWriter"), logging=TO, region=REGION),
        bad(logs(delivers("other/*")), logging=TO, region=REGION),
        bad(logs(delivers(Condition=_OTHERS)), logging=TO, region=REGION),
        bad(OWN, logs(delivers("example/111122223333/*")), logging=TO, region=REGION),
        bad(
            logs(delivers(), deny(action="s3:*", Resource="arn:aws:s3:::logs/*", Condition=_NETWORK)),
            logging=TO,
            region=REGION,
        ),
    ],
)  # fmt: skip
def log_target_valid(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Access logs can be delivered where they are sent.

    **Why.** S3 tries, and drops what it cannot deliver. The bucket says that requests are logged, and on the
    day somebody looks there is nothing.

    **Fix.** Declare the target with `purpose: access-logs`, in the region of the bucket: it is then under
    keys of S3, without a default retention, and its policy lets `logging.s3.amazonaws.com` put objects below
    the prefix, for this bucket alone. Where ACLs are on, a grant to S3's group LogDelivery does, too; under
    enforced ownership it means nothing. A Deny of whatever comes from outside a network or an organisation
    has to spare AWS services.

    **Exempt it when** never; log nowhere instead.
    """
    logging = bucket.logging
    if logging is None:
        return not_applicable("requests are logged nowhere")
    target = named_bucket(logging.target, estate)
    if target is None:
        return fails(f"there is no {shown(logging.target)}", expected="a bucket for the log")
    delivery = LogDelivery(bucket, logging, target, estate)
    settings = (partial(one, bucket, target) for one in (_region, _encryption, _lock, _payer))
    faults = faults_of(*settings, delivery.gaps, delivery.refusals)
    return fails_if(*faults, expected=f"{shown(logging.target)} ready for the log")


def _region(bucket: BucketPosture, target: BucketPosture) -> Iterator[str]:
    if target.region != bucket.region:
        yield f"the target is in {clipped(target.region)}, the bucket in {clipped(bucket.region)}"


def _encryption(_: BucketPosture, target: BucketPosture) -> Iterator[str]:
    if target.encryption.algorithm != UNDER_S3.algorithm:
        yield "the target is under a KMS key, and S3 delivers logs under keys of its own alone"


def _lock(_: BucketPosture, target: BucketPosture) -> Iterator[str]:
    if target.object_lock.mode is not None:
        yield "a default locks new objects of the target, and S3 delivers no logs there"


def _payer(_: BucketPosture, target: BucketPosture) -> Iterator[str]:
    if target.requester_pays:
        yield "callers pay at the target, and S3 delivers no logs there"
