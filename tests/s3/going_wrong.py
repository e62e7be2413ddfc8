"""What goes wrong with a call, and what comes of it after how many requests: the same by every engine."""

import pytest

from bucketwright.calls import Call
from tests.s3.asking import BUCKET, LISTING, REGION, VERSIONING

POLICY = Call("s3", "GetBucketPolicy", {"Bucket": BUCKET}, REGION)
HEAD = Call("s3", "HeadObject", {"Bucket": BUCKET, "Key": "x"}, REGION)
ROLES = Call("iam", "ListRoles")
KEYS = Call("kms", "ListAliases", {}, REGION)
UPLOADS = Call("s3", "ListMultipartUploads", {"Bucket": BUCKET}, REGION)
FAULTS = [
    pytest.param("status:403:AccessDenied", VERSIONING, ("denied", "AccessDenied", 1), id="denied"),
    pytest.param("status:403", HEAD, ("denied", "403", 1), id="denied-without-a-body"),
    pytest.param("status:403:AccessDenied", ROLES, ("denied", "AccessDenied", 1), id="denied-by-iam"),
    pytest.param(
        "status:400:AccessDeniedException", KEYS, ("denied", "AccessDeniedException", 1), id="by-kms"
    ),
    pytest.param("status:404:NoSuchBucket", VERSIONING, ("gone", "NoSuchBucket", 1), id="bucket-gone"),
    pytest.param("status:404", HEAD, ("gone", "404", 1), id="object-gone"),
    pytest.param("status:404:NoSuchEntity", ROLES, ("gone", "NoSuchEntity", 1), id="entity-gone"),
    pytest.param(
        "status:404:NoSuchBucketPolicy", POLICY, ("refused", "NoSuchBucketPolicy", 1), id="no-policy"
    ),
    pytest.param(
        "status:501:NotImplemented", VERSIONING, ("unsupported", "NotImplemented", 1), id="unsupported"
    ),
    pytest.param("status:405:Odd", VERSIONING, ("unsupported", "Odd", 1), id="no-such-method"),
    pytest.param("status:400:ExpiredToken", VERSIONING, ("credentials", "ExpiredToken", 1), id="expired"),
    pytest.param(
        "status:403:RequestTimeTooSkewed",
        VERSIONING,
        ("credentials", "RequestTimeTooSkewed", 1),
        id="clock",
    ),
    pytest.param(
        "status:403:InvalidClientTokenId",
        ROLES,
        ("credentials", "InvalidClientTokenId", 1),
        id="unknown-key",
    ),
    pytest.param("status:400:Weird", VERSIONING, ("refused", "Weird", 1), id="any-other-code"),
    pytest.param("status:404:", VERSIONING, ("bad answer", "404", 1), id="error-without-a-code"),
    pytest.param("empty200", VERSIONING, ("bad answer", "", 1), id="empty"),
    pytest.param("empty200", LISTING, ("bad answer", "", 1), id="empty-listing"),
    pytest.param("empty200", POLICY, ("bad answer", "", 1), id="empty-policy"),
    pytest.param("empty200", ROLES, ("bad answer", "", 1), id="empty-of-iam"),
    pytest.param("empty200", KEYS, ("bad answer", "", 1), id="empty-of-kms"),
    pytest.param("garbage", VERSIONING, ("bad answer", "500", 3), id="no-xml"),
    pytest.param("garbage", KEYS, ("bad answer", "", 1), id="no-json"),
    pytest.param("html200", VERSIONING, ("bad answer", "", 1), id="page-of-a-proxy"),
    pytest.param("html200", POLICY, ("bad answer", "", 1), id="page-for-a-policy"),
    pytest.param("wrongroot", VERSIONING, ("bad answer", "", 1), id="answer-to-another-question"),
    pytest.param("entity", VERSIONING, ("bad answer", "", 1), id="document-type"),
    pytest.param("deep", VERSIONING, ("bad answer", "", 1), id="nested-deep"),
    pytest.param("notoken", LISTING, ("bad answer", "", 1), id="more-without-a-token"),
    pytest.param("noend", LISTING, ("bad answer", "", 1), id="no-word-of-more"),
    pytest.param("nan", KEYS, ("bad answer", "ValueError", 1), id="no-number"),
    pytest.param("circle", LISTING, ("bad answer", "", 3), id="tokens-in-a-circle"),
    pytest.param("entityerror", VERSIONING, ("bad answer", "403", 1), id="document-type-in-an-error"),
    pytest.param("sametoken", LISTING, ("bad answer", "PaginationError", 2), id="same-token-twice"),
    pytest.param("html502", VERSIONING, ("bad answer", "502", 3), id="bad-gateway"),
    pytest.param("error200", VERSIONING, ("refused", "InternalError", 3), id="error-in-a-good-answer"),
    pytest.param("error200", LISTING, ("refused", "InternalError", 3), id="error-in-a-listing"),
    pytest.param("cut", VERSIONING, ("unreachable", "ConnectionClosed", 3), id="cut-off"),
    pytest.param("reset", VERSIONING, ("unreachable", "ConnectionClosed", 3), id="reset"),
    pytest.param("after", VERSIONING, ("unreachable", "ConnectionClosed", 3), id="lost-on-the-way"),
    pytest.param("cuthead", VERSIONING, ("unreachable", "ConnectionClosed", 3), id="cut-off-in-the-headers"),
    pytest.param("html200", HEAD, ("bad answer", "", 1), id="page-for-a-head"),
    pytest.param("empty200", HEAD, ("bad answer", "", 1), id="head-without-headers"),
    pytest.param("cuthead", HEAD, ("unreachable", "ConnectionClosed", 3), id="head-cut-off"),
    pytest.param("cutok", VERSIONING, ("bad answer", "500", 3), id="cut-off-and-said-to-be-whole"),
    pytest.param("flip", VERSIONING, ("bad answer", "500", 3), id="one-byte-is-another"),
]
