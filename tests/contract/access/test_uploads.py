"""Does a bucket's policy refuse uploads under another encryption or an open ACL, and let all others pass?"""

import json
from collections.abc import Mapping, Sequence

import pytest

from bucketwright.contract.access.bucket_policy import bucket_policy
from bucketwright.iam.actions import covers
from bucketwright.iam.conditions import holds
from bucketwright.iam.documents import parse
from tests.contract.access.environments import environment
from tests.contract.access.holders import ARN
from tests.contract.access.oracle import allows

OURS = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
THEIRS = "arn:aws:kms:us-west-2:111122223333:key/00000000-12ab-34cd-56ef-1234567890ab"
ALIAS = "alias/shop-prod-files"
SSE = "s3:x-amz-server-side-encryption"
KEY = f"{SSE}-aws-kms-key-id"
SSE_C = f"{SSE}-customer-algorithm"
ACL = "s3:x-amz-acl"
Headers = Mapping[str, str]

NONE: Headers = {}
BUCKETS: Mapping[str, Mapping[str, object]] = {
    "s3": {},
    "kms": {"encryption": "kms"},
    "kms, given key": {"encryption": {"type": "kms", "key": OURS}},
    "dsse": {"encryption": "dsse"},
    "dsse, given key": {"encryption": {"type": "dsse", "key": OURS}},
    "s3, customer keys": {"block_sse_c": False},
    "kms, customer keys": {"encryption": "kms", "block_sse_c": False},
    "acls": {"ownership": "preferred"},
    "acls of writers": {"ownership": "writer"},
}
PASSING: Sequence[tuple[str, Headers]] = [
    *((bucket, NONE) for bucket in BUCKETS),
    ("s3", {SSE: "AES256"}),
    ("kms, given key", {SSE: "aws:kms", KEY: OURS}),
    ("dsse, given key", {SSE: "aws:kms:dsse", KEY: OURS}),
    ("s3, customer keys", {SSE_C: "AES256"}),
    ("kms, customer keys", {SSE_C: "AES256"}),
    ("acls", {ACL: "private"}),
    ("acls", {ACL: "bucket-owner-full-control"}),
    ("acls", {ACL: "private", SSE: "AES256"}),
    ("acls of writers", {ACL: "bucket-owner-full-control"}),
    ("s3", {ACL: "public-read"}),
]
REFUSED: Sequence[tuple[str, Headers]] = [
    ("s3", {SSE: "aws:kms"}),
    ("s3", {SSE: "aws:kms", KEY: OURS}),
    ("s3", {SSE: "aws:kms:dsse", KEY: OURS}),
    ("s3", {SSE_C: "AES256"}),
    ("kms", {SSE: "AES256"}),
    ("kms", {SSE: "aws:kms:dsse", KEY: OURS}),
    ("kms", {SSE: "aws:kms"}),
    ("kms", {SSE: "aws:kms", KEY: OURS}),
    ("kms", {SSE: "aws:kms", KEY: THEIRS}),
    ("kms", {SSE: "aws:kms", KEY: ALIAS}),
    ("kms", {KEY: THEIRS}),
    ("kms", {SSE_C: "AES256"}),
    ("kms, given key", {SSE: "AES256"}),
    ("kms, given key", {SSE: "aws:kms"}),
    ("kms, given key", {SSE: "aws:kms", KEY: THEIRS}),
    ("kms, given key", {SSE: "aws:kms", KEY: ALIAS}),
    ("kms, given key", {KEY: THEIRS}),
    ("kms, given key", {SSE: "aws:kms:dsse", KEY: OURS}),
    ("dsse", {SSE: "aws:kms", KEY: OURS}),
    ("dsse", {SSE: "aws:kms:dsse"}),
    ("dsse", {SSE: "aws:kms:dsse", KEY: OURS}),
    ("dsse", {SSE: "aws:kms:dsse", KEY: THEIRS}),
    ("dsse", {SSE: "AES256"}),
    ("dsse, given key", {SSE: "aws:kms:dsse", KEY: THEIRS}),
    ("acls", {ACL: "public-read"}),
    ("acls", {ACL: "authenticated-read"}),
    ("acls", {ACL: "private", SSE: "aws:kms"}),
    ("acls of writers", {ACL: "public-read-write"}),
]


def named(cases: Sequence[tuple[str, Headers]]) -> list[object]:
    """The cases with ids in words."""
    return [
        pytest.param(*case, id=f"{case[0]}: {' and '.join(map(' '.join, case[1].items())) or 'no header'}")
        for case in cases
    ]


def is_refused(bucket: str, headers: Headers, action: str = "s3:PutObject") -> bool:
    """What the kernel's conditions and this folder's oracle both say; the request comes by TLS 1.3."""
    policy = bucket_policy(environment(buckets={"files": BUCKETS[bucket]}), "files")
    secure = {"aws:SecureTransport": "true", "s3:TlsVersion": "1.3"}
    known: dict[str, tuple[str, ...]] = {key.lower(): () for key in (SSE, KEY, SSE_C, ACL)}
    known |= {key.lower(): (value,) for key, value in {**secure, **headers}.items()}
    denies = [
        all(holds(condition, known) is not False for condition in statement.conditions)
        for statement in parse(policy).statements
        if covers(statement.actions, action.lower()) and "TLS" not in statement.label.upper()
    ]
    document = json.loads(json.dumps(policy))
    everyone = {"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    request = {"action": action, "resource": f"{ARN}/a/key", **secure, **headers}
    refused = not allows((document, everyone), request)

    assert any(denies) == refused
    return refused


@pytest.mark.parametrize(("bucket", "headers"), named(PASSING))
def test_an_upload_passes(bucket: str, headers: Headers) -> None:
    """No header at all, or the ones that say what is declared."""
    assert not is_refused(bucket, headers)


@pytest.mark.parametrize(("bucket", "headers"), named(REFUSED))
def test_an_upload_is_refused(bucket: str, headers: Headers) -> None:
    """Another encryption, another key or none where S3 would take its own, a customer's key, an open ACL."""
    assert is_refused(bucket, headers)


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        pytest.param({}, True, id="no canned ACL, but one of its own"),
        pytest.param({ACL: "public-read"}, True, id="open"),
        pytest.param({ACL: "private"}, False, id="private"),
    ],
)
def test_a_change_of_an_acl_has_to_name_a_private_one(headers: Headers, refused: bool) -> None:
    """The body of such a request may hold any grant, which no condition sees."""
    assert is_refused("acls", headers, "s3:PutObjectAcl") == refused


@pytest.mark.parametrize(
    ("settings", "request_keys", "refused"),
    [
        pytest.param({}, {"aws:SecureTransport": "false"}, True, id="plain HTTP"),
        pytest.param({}, {"aws:SecureTransport": "true", "s3:TlsVersion": "1.1"}, True, id="TLS 1.1"),
        pytest.param({}, {"aws:SecureTransport": "true", "s3:TlsVersion": "1.2"}, False, id="TLS 1.2"),
        pytest.param(
            {"tls_minimum": "1.3"},
            {"aws:SecureTransport": "true", "s3:TlsVersion": "1.2"},
            True,
            id="below 1.3",
        ),
        pytest.param(
            {"tls_minimum": "1.3"},
            {"aws:SecureTransport": "true", "s3:TlsVersion": "1.3"},
            False,
            id="at 1.3",
        ),
        pytest.param({"require_tls": False}, {"aws:SecureTransport": "false"}, False, id="not required"),
    ],
)
@pytest.mark.parametrize("resource", [ARN, f"{ARN}/a/key"], ids=["bucket", "object"])
def test_requests_come_by_tls(
    settings: Mapping[str, object], request_keys: Headers, refused: bool, resource: str
) -> None:
    """Plain HTTP and TLS below the minimum are refused, for the bucket and for its objects."""
    document = json.loads(json.dumps(bucket_policy(environment(buckets={"files": settings}), "files")))
    everyone = {"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}

    request = {"action": "s3:GetObject", "resource": resource, **request_keys}

    assert allows((document, everyone), request) != refused
