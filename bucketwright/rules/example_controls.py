"""What does a bucket look like that is as strong as can be, in the examples of rules, and one that is not?"""

from collections.abc import Mapping
from typing import Final

from bucketwright.facets.bucket.acl import FRESH as PRIVATE
from bucketwright.facets.bucket.cors import CorsRule
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.bucket.website import Website
from bucketwright.facets.grants import ALL_USERS, Grant
from bucketwright.rules.example_access import CLOSED, policy
from bucketwright.rules.example_refusals import refusal
from bucketwright.rules.example_replications import copying_by, to

_NO_HTTP: Final = refusal({"Bool": {"aws:SecureTransport": "false"}})


def _no_tls_below(version: str) -> Mapping[str, object]:
    return refusal({"NumericLessThan": {"s3:TlsVersion": version}})


STRICT: Final[Mapping[str, object]] = {
    "account": "444455556666",
    "buckets": {
        "example": {
            "namespace": "account-regional",
            "encryption": "dsse",
            "versioning": "enabled",
            "mfa_delete": True,
            "tls_minimum": "1.3",
            "access_logs": "logs",
            "object_lock": {"mode": "compliance", "retain": "30 days"},
            "replication": {"to": "arn:aws:s3:::copies"},
            "cors": {"origins": "https://app.example.com", "methods": "PUT"},
        }
    },
}
"""Settings of an environment in which every control of a bucket is turned up."""
STRONG: Final[Mapping[str, object]] = {
    "acl": PRIVATE,
    "blocks_sse_c": True,
    "cors": (CorsRule(("https://www.example.com",), ("GET", "PUT")),),
    "encryption": Encryption("aws:kms:dsse", "key:example"),
    "logging": Logging("bucket:logs", ""),
    "mfa_delete": True,
    "namespace": "account-regional",
    "object_lock": ObjectLock(True, "COMPLIANCE", 30),
    "ownership": "BucketOwnerEnforced",
    "policy": policy(_NO_HTTP, _no_tls_below("1.3")),
    "public_access_block": CLOSED,
    "replication": copying_by(to()),
    "versioning": "Enabled",
    "website": None,
}
"""A bucket that is as strong."""
WEAKER: Final[tuple[tuple[str, object], ...]] = (
    *(
        ("public_access_block", PublicAccessBlock(**{switch: False}))
        for switch in PublicAccessBlock.__slots__
    ),
    ("acl", PRIVATE | {Grant(ALL_USERS, "READ")}),
    ("blocks_sse_c", False),
    ("cors", (CorsRule(("https://www.example.com", "https://*.example.com"), ("GET",)),)),
    ("encryption", Encryption()),
    ("encryption", Encryption("aws:kms")),
    ("encryption", Encryption("aws:kms:dsse")),
    ("encryption", Encryption("aws:kms", "key:example")),
    ("logging", None),
    ("mfa_delete", False),
    ("namespace", "global"),
    ("object_lock", ObjectLock()),
    ("object_lock", ObjectLock(enabled=True)),
    ("object_lock", ObjectLock(True, "GOVERNANCE", 30)),
    ("object_lock", ObjectLock(True, "COMPLIANCE", 29)),
    ("ownership", "BucketOwnerPreferred"),
    ("ownership", "ObjectWriter"),
    ("policy", None),
    ("policy", policy(_no_tls_below("1.3"))),
    ("policy", policy(_NO_HTTP, _no_tls_below("1.2"))),
    ("replication", None),
    ("replication", copying_by(to(enabled=False))),
    ("versioning", "Suspended"),
    ("versioning", "Disabled"),
    ("website", Website("index.html")),
)
"""Facts that make it weaker, one by one."""
