"""What does a bucket that receives access logs look like in the examples of rules?"""

from collections.abc import Mapping
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.encryption import FRESH as UNDER_S3
from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.grants import LOG_DELIVERY, OWNER, Grant
from bucketwright.rules.example_access import allow, policy
from bucketwright.rules.example_replications import other
from bucketwright.rules.log_delivery import SERVICE

REGION: Final = "us-west-2"
TO: Final = Logging("bucket:logs", "example/")
BY_GROUP: Final = frozenset({Grant(OWNER, "FULL_CONTROL"), Grant(LOG_DELIVERY, "WRITE")})
"""The ACL that lets S3 deliver."""


def delivers(below: str = "example/*", /, **elements: object) -> Mapping[str, object]:
    """A statement that lets S3 deliver logs below a prefix of the target."""
    usual = {"Resource": f"arn:aws:s3:::logs/{below}", "principal": {"Service": SERVICE}}
    return allow(**{**usual, "action": "s3:PutObject", **elements})


def logs(*statements: Mapping[str, object], **facts: object) -> BucketPosture:
    """A target that is as it should be, but for these statements of its policy and these facts."""
    usual = {
        "region": REGION,
        "encryption": UNDER_S3,
        "object_lock": ObjectLock(enabled=True),
        "requester_pays": False,
        "policy": policy(*(statements or [delivers()])),
        "ownership": "BucketOwnerEnforced",
        "acl": frozenset({Grant(OWNER, "FULL_CONTROL")}),
    }
    return other("logs", **{**usual, **facts})
