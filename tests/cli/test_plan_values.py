"""What the tree says of each kind of resource: the value that decides, as far as it is known."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.plan import UNKNOWN_INPUT
from cli.plan_values import decided

CLOSED = dict.fromkeys(
    ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), True
)
KEY = "arn:aws:kms:us-west-2:111122223333:key/907fb994-ab6d-4257-b1c4-96e15066d4b9"


def by_default(**said: object) -> Mapping[str, object]:
    """An encryption that says so by default."""
    return {"rules": [{"applyServerSideEncryptionByDefault": said}]}


def retained(**said: object) -> Mapping[str, object]:
    """An object lock that retains so by default."""
    return {"rule": {"defaultRetention": said}}


@pytest.mark.parametrize(
    ("kind", "inputs", "said"),
    [
        pytest.param(
            "provider aws",
            {"region": "eu-west-1", "allowedAccountIds": '["111122223333"]'},
            ["eu-west-1", "account 111122223333 alone"],
            id="where all is made",
        ),
        pytest.param("provider aws", {"region": "eu-west-1"}, ["eu-west-1"], id="in any account"),
        pytest.param("provider aws", {"allowedAccountIds": "["}, [], id="accounts that are no list"),
        pytest.param(
            "s3.BucketVersioning",
            {"versioningConfiguration": {"status": "Suspended"}},
            ["Suspended"],
            id="versioning",
        ),
        pytest.param(
            "s3.BucketVersioning",
            {"versioningConfiguration": {"status": "Enabled", "mfaDelete": "Enabled"}},
            ["Enabled", "MFA delete"],
            id="versioning with MFA delete",
        ),
        pytest.param(
            "s3.BucketServerSideEncryptionConfiguration",
            by_default(sseAlgorithm="AES256"),
            ["AES256"],
            id="encryption",
        ),
        pytest.param(
            "s3.BucketServerSideEncryptionConfiguration",
            by_default(sseAlgorithm="aws:kms", kmsMasterKeyId=KEY),
            [f"aws:kms under {KEY}"],
            id="encryption under a key",
        ),
        pytest.param(
            "s3.BucketServerSideEncryptionConfiguration",
            by_default(sseAlgorithm="aws:kms", kmsMasterKeyId=UNKNOWN_INPUT),
            ["aws:kms"],
            id="encryption under a key that nobody knows yet",
        ),
        pytest.param(
            "s3.BucketServerSideEncryptionConfiguration",
            {"rules": [{"blockedEncryptionTypes": ["SSE-C"]}]},
            ["blocks SSE-C"],
            id="a blocked encryption",
        ),
        pytest.param(
            "s3.BucketServerSideEncryptionConfiguration",
            {"rules": [{"blockedEncryptionTypes": ["NONE"]}]},
            [],
            id="no blocked encryption",
        ),
        pytest.param("s3.BucketPublicAccessBlock", CLOSED, ["closed"], id="a closed block"),
        pytest.param("s3.AccountPublicAccessBlock", CLOSED, ["closed"], id="an account's closed block"),
        pytest.param(
            "s3.BucketPublicAccessBlock",
            {**CLOSED, "ignorePublicAcls": False},
            ["open: ignorePublicAcls"],
            id="one switch off",
        ),
        pytest.param(
            "s3.BucketPublicAccessBlock",
            {"blockPublicAcls": True, "blockPublicPolicy": True},
            ["open: ignorePublicAcls, restrictPublicBuckets"],
            id="switches that are not named are off",
        ),
        pytest.param(
            "s3.BucketPublicAccessBlock",
            {**CLOSED, "blockPublicAcls": UNKNOWN_INPUT},
            [],
            id="not closed where one switch is unknown",
        ),
        pytest.param("s3.BucketLifecycleConfiguration", {"rules": [{}]}, ["1 rule"], id="one rule"),
        pytest.param("s3.BucketLifecycleConfiguration", {"rules": [{}] * 5}, ["5 rules"], id="rules"),
        pytest.param(
            "s3.BucketLogging",
            {"targetBucket": "shop-logs", "targetPrefix": "files/"},
            ["to shop-logs/files/"],
            id="a log",
        ),
        pytest.param(
            "s3.BucketLogging", {"targetBucket": UNKNOWN_INPUT}, [], id="a log to nobody knows where"
        ),
        pytest.param(
            "s3.BucketObjectLockConfiguration",
            retained(mode="COMPLIANCE", years=7),
            ["COMPLIANCE for 7 years"],
            id="a lock for years",
        ),
        pytest.param(
            "s3.BucketObjectLockConfiguration",
            retained(mode="GOVERNANCE", days=1.0),
            ["GOVERNANCE for 1 day"],
            id="a lock for a day",
        ),
        pytest.param(
            "s3.BucketObjectLockConfiguration", {}, ["no retention by default"], id="a lock without retention"
        ),
        pytest.param(
            "s3.BucketCorsConfiguration",
            {
                "corsRules": [
                    {"allowedOrigins": ["https://a", "https://b"]},
                    {"allowedOrigins": ["https://a"]},
                ]
            },
            ["for https://a, https://b"],
            id="CORS",
        ),
        pytest.param(
            "s3.BucketReplicationConfig",
            {"rules": [{"destination": {"bucket": "arn:aws:s3:::copies"}}] * 2},
            ["2 rules to copies"],
            id="replication",
        ),
        pytest.param(
            "s3.BucketReplicationConfig",
            {"rules": [{"destination": {"bucket": UNKNOWN_INPUT}}]},
            ["1 rule"],
            id="replication to nobody knows where",
        ),
        pytest.param(
            "s3.BucketNotification",
            {"eventbridge": True, "queues": [{}], "topics": [], "lambdaFunctions": [{}, {}]},
            ["EventBridge", "1 queue", "2 functions"],
            id="notifications",
        ),
        pytest.param(
            "s3.BucketIntelligentTieringConfiguration",
            {"tierings": [{"accessTier": "ARCHIVE_ACCESS", "days": 90.0}]},
            ["ARCHIVE_ACCESS after 90 days"],
            id="archive tiers",
        ),
        pytest.param(
            "s3.Inventory",
            {
                "destination": {"bucket": {"bucketArn": "arn:aws:s3:::reports"}},
                "enabled": False,
                "schedule": {"frequency": "Weekly"},
            },
            ["Weekly to reports", "disabled"],
            id="an inventory",
        ),
        pytest.param("iam.Role", {"permissionsBoundary": "arn:b"}, ["within arn:b"], id="a boundary"),
        pytest.param("iam.Role", {}, [], id="a role without one"),
        pytest.param("kms.Alias", {"targetKeyId": "k-1"}, ["of k-1"], id="an alias"),
        pytest.param("kms.Alias", {"targetKeyId": UNKNOWN_INPUT}, [], id="an alias of a key to come"),
        pytest.param("kms.Key", {"enableKeyRotation": True}, ["rotates"], id="a key"),
        pytest.param("kms.Key", {}, ["does not rotate"], id="a key for ever"),
        pytest.param(
            "cloudfront.Distribution",
            {"aliases": ["a.example", "b.example"], "enabled": False},
            ["a.example, b.example", "disabled"],
            id="a distribution",
        ),
        pytest.param(
            "s3.Bucket",
            {"tags": {"bucketwright:project": "shop", "team": "storage", "cost": UNKNOWN_INPUT}},
            ["tagged team=storage, cost=unknown"],
            id="tags of the contract",
        ),
        pytest.param("s3.Bucket", {"tags": {"bucketwright:project": "shop"}}, [], id="our own tags alone"),
        pytest.param("s3.BucketPolicy", {"policy": "{}"}, [], id="a kind of which its documents tell"),
    ],
)
def test_what_is_decided_is_said(kind: str, inputs: Mapping[str, object], said: list[str]) -> None:
    """In a word or two; what nobody knows yet is left out, and nothing is claimed in its place."""
    assert list(decided(kind, inputs)) == said


KINDS = st.sampled_from(
    [
        "provider aws", "s3.Bucket", "s3.BucketVersioning", "s3.BucketServerSideEncryptionConfiguration",
        "s3.BucketPublicAccessBlock", "s3.BucketLogging", "s3.BucketObjectLockConfiguration",
        "s3.BucketCorsConfiguration", "s3.BucketReplicationConfig", "s3.BucketNotification",
        "s3.BucketIntelligentTieringConfiguration", "s3.Inventory", "cloudfront.Distribution",
    ]
)  # fmt: skip
NAMES = st.sampled_from(
    [
        "allowedAccountIds", "tags", "versioningConfiguration", "rules", "blockPublicAcls", "targetBucket",
        "rule", "defaultRetention", "days", "corsRules", "allowedOrigins", "destination", "bucket", "queues",
        "tierings", "schedule", "aliases", "applyServerSideEncryptionByDefault", "blockedEncryptionTypes",
    ]
)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just(UNKNOWN_INPUT),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(KINDS, st.dictionaries(NAMES, ANYTHING, max_size=4))
def test_whatever_a_program_says_there_is_a_line(kind: str, inputs: dict[str, object]) -> None:
    """Inputs of another shape than expected break nothing, and no stand-in for an unknown value is shown."""
    said = list(decided(kind, inputs))

    assert all(said)
    assert UNKNOWN_INPUT not in " ".join(said)
