"""The schema takes what the SDK's classes would send, and nothing else."""

import pytest

from bucketwright.plan import UNKNOWN_INPUT
from sandbox.provider.schema import VERSION, NoSuchTypeError, kinds_of, resource_type, violations

VERSIONING = "aws:s3/bucketVersioning:BucketVersioning"
LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
POLICY = "aws:s3/bucketPolicy:BucketPolicy"
BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
BUCKET = "aws:s3/bucket:Bucket"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
ENABLED = {"versioningConfiguration": {"status": "Enabled"}}
PROPERTIES = "bucket, expectedBucketOwner, mfa, region, versioningConfiguration"
RULE = {"id": "a", "status": "Enabled"}


@pytest.mark.parametrize(
    ("token", "hint"),
    [
        pytest.param("aws:s3/buckt:Buckt", "; did you mean Bucket?", id="nearly a type"),
        pytest.param(
            "aws:s3/bucketVersionin:BucketVersionin", "; did you mean BucketVersioning?", id="cut off"
        ),
        pytest.param(
            "aws:lambda/permision:Permision", "; did you mean Permission?", id="a module with an underscore"
        ),
        pytest.param("aws:s3/bucket:BucketVersioning", "; did you mean BucketVersioning?", id="wrong module"),
        pytest.param("aws:nowhere/thing:Thing", "", id="no such service"),
        pytest.param("gcp:storage/bucket:Bucket", "", id="another provider"),
        pytest.param("aws", "", id="one word"),
        pytest.param("", "", id="nothing"),
        pytest.param("aws:../s3:Bucket", "", id="a path"),
    ],
)
def test_a_type_that_is_none_is_refused(token: str, hint: str) -> None:
    """The refusal names the version, and the class that was meant if one is near."""
    assert violations(token, {}) == [f"{token!r} is not a type of pulumi-aws {VERSION}{hint}"]


def test_asking_for_a_type_that_is_none_raises() -> None:
    """Who wants the type itself must hear that there is none."""
    with pytest.raises(NoSuchTypeError, match="is not a type"):
        resource_type("aws:s3/buckt:Buckt")


@pytest.mark.parametrize(
    ("token", "inputs", "expected"),
    [
        pytest.param(
            VERSIONING,
            {"buket": "b", "bucket": "b", **ENABLED},
            ["buket is no property here; did you mean bucket?"],
            id="misspelt",
        ),
        pytest.param(
            VERSIONING,
            {"bucket": "b", "versioning_configuration": {"status": "Enabled"}},
            [
                "versioning_configuration is no property here; did you mean versioningConfiguration?",
                "versioningConfiguration is missing",
            ],
            id="in Python's spelling",
        ),
        pytest.param(
            VERSIONING,
            {"bucket": "b", "status": "Enabled"},
            [
                f"status is no property here; there are {PROPERTIES}",
                "versioningConfiguration is missing",
            ],
            id="one level too high",
        ),
        pytest.param(
            VERSIONING,
            {"bucket": "b", "versioningConfiguration": [{"status": "Enabled"}]},
            ["versioningConfiguration must be a mapping, not a list"],
            id="list for a mapping",
        ),
        pytest.param(
            LIFECYCLE,
            {"bucket": "b", "rules": RULE},
            ["rules must be a list, not a mapping"],
            id="mapping for a list",
        ),
        pytest.param(
            LIFECYCLE,
            {"bucket": "b", "rules": [RULE, {**RULE, "filter": {"prefx": "a"}}]},
            ["rules[1].filter.prefx is no property here; did you mean prefix?"],
            id="misspelt deep inside",
        ),
        pytest.param(
            LIFECYCLE,
            {"bucket": "b", "rules": [{**RULE, "expiration": {"days": 1.5}}]},
            ["rules[0].expiration.days must be a whole number, not 1.5"],
            id="half a day",
        ),
        pytest.param(
            LIFECYCLE,
            {"bucket": "b", "rules": [{**RULE, "expiration": {"days": float("inf")}}]},
            ["rules[0].expiration.days must be a whole number, not inf"],
            id="endless days",
        ),
        pytest.param(
            LIFECYCLE,
            {"bucket": "b", "rules": [{"id": "a"}]},
            ["rules[0].status is missing"],
            id="missing inside",
        ),
        pytest.param(
            BLOCK,
            {"bucket": "b", "blockPublicAcls": "true"},
            ["blockPublicAcls must be true or false, not 'true'"],
            id="text for a truth value",
        ),
        pytest.param(BLOCK, {"bucket": 1}, ["bucket must be a string, not 1"], id="number for text"),
        pytest.param(BLOCK, {"bucket": None}, ["bucket must be a string, not None"], id="nothing for text"),
        pytest.param(
            ALARM,
            {"comparisonOperator": "x", "evaluationPeriods": True},
            ["evaluationPeriods must be a whole number, not True"],
            id="truth value for a number",
        ),
        pytest.param(
            BUCKET,
            {"tags": {"a": 1}},
            ['tags["a"] must be a string, not 1'],
            id="number as a tag",
        ),
        pytest.param(
            POLICY,
            {"bucket": "b", "policy": ["{}"]},
            ["policy must be a string or a mapping, not a list"],
            id="neither of two kinds",
        ),
        pytest.param(
            POLICY,
            {"bucket": "b", "policy": {"Version": "2012-10-17", "Statements": []}},
            [
                "policy.Statements is no property here; did you mean Statement?",
                "policy.Statement is missing",
            ],
            id="misspelt in one of two kinds",
        ),
    ],
)
def test_what_the_sdk_would_not_send_is_refused(
    token: str, inputs: dict[str, object], expected: list[str]
) -> None:
    """Each complaint says where, and what would be right."""
    assert violations(token, inputs) == expected


@pytest.mark.parametrize(
    ("token", "inputs"),
    [
        pytest.param(VERSIONING, {"bucket": "b", **ENABLED}, id="plain"),
        pytest.param("aws:s3/bucketV2:BucketV2", {"bucket": "b"}, id="an older spelling of a type"),
        pytest.param(VERSIONING, {"bucket": UNKNOWN_INPUT, **ENABLED}, id="an unknown text"),
        pytest.param(
            VERSIONING, {"bucket": "b", "versioningConfiguration": UNKNOWN_INPUT}, id="an unknown mapping"
        ),
        pytest.param(LIFECYCLE, {"bucket": "b", "rules": UNKNOWN_INPUT}, id="an unknown list"),
        pytest.param(
            LIFECYCLE, {"bucket": "b", "rules": [{**RULE, "expiration": {"days": 7.0}}]}, id="a whole float"
        ),
        pytest.param(POLICY, {"bucket": "b", "policy": "{}"}, id="one of two kinds"),
        pytest.param(
            POLICY,
            {
                "bucket": "b",
                "policy": {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Deny",
                            "Action": ["s3:*"],
                            "Principal": "*",
                            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                        }
                    ],
                },
            },
            id="the other of two kinds",
        ),
        pytest.param(BUCKET, {}, id="nothing where nothing is needed"),
        pytest.param(BUCKET, {"tags": {"any:key": "value"}, "region": "eu-west-1"}, id="tags and region"),
        pytest.param(
            ALARM, {"comparisonOperator": "x", "evaluationPeriods": 1, "threshold": 1}, id="whole for a float"
        ),
    ],
)
def test_what_the_sdk_would_send_is_taken(token: str, inputs: dict[str, object]) -> None:
    """No complaint, known or unknown."""
    assert violations(token, inputs) == []


def test_every_resource_has_outputs_beside_its_inputs() -> None:
    """What only AWS knows is told apart from what a program says."""
    bucket = resource_type(BUCKET)

    assert {"arn", "bucketRegionalDomainName", "tagsAll"} <= bucket.outputs - set(kinds_of(BUCKET))
    assert "id" not in bucket.outputs
