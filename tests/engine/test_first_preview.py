"""A first preview with KMS keys and a delivery: what it knows before anything is there."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bucketwright.facets.placeholders import addresses_in, render
from bucketwright.plan import UNKNOWN_INPUT, Resource
from sandbox.server import Server
from tests.engine.deploying import Target, stack_of
from tests.engine.engine_plan import engine_plan

pytestmark = pytest.mark.engine

TARGET = Target("examples/file-storage/contract.yaml", "staging")
STAND_IN = "arn:aws:cloudfront::444455556666:distribution/{media}"
MEDIA = ("aws:s3/bucketPolicy:BucketPolicy", "media", "policy")
DOCUMENTS = {
    ("aws:iam/policy:Policy", "policy"),
    ("aws:iam/role:Role", "assumeRolePolicy"),
    ("aws:kms/key:Key", "policy"),
    ("aws:s3/bucketPolicy:BucketPolicy", "policy"),
    ("aws:sqs/queuePolicy:QueuePolicy", "policy"),
}
UNKNOWN = {
    "Alias": {"targetKeyId"},
    "BucketCorsConfiguration": {"bucket"},
    "BucketLifecycleConfiguration": {"bucket"},
    "BucketLogging": {"bucket"},
    "BucketNotification": {"bucket"},
    "BucketObjectLockConfiguration": {"bucket"},
    "BucketOwnershipControls": {"bucket"},
    "BucketPolicy": {"bucket"},
    "BucketPublicAccessBlock": {"bucket"},
    "BucketServerSideEncryptionConfiguration": {
        "bucket", "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId"
    },
    "BucketVersioning": {"bucket"},
    "Distribution": {"defaultCacheBehavior.trustedKeyGroups", "origins.originAccessControlId"},
    "EventTarget": {"arn", "deadLetterConfig.arn"},
    "KeyGroup": {"items"},
    "Queue": {"redrivePolicy"},
    "QueuePolicy": {"queueUrl"},
    "RolePolicyAttachment": {"policyArn"},
}  # fmt: skip
"""Ids and ARNs that AWS gives, by the type that is told them and the property that tells them."""


@pytest.fixture
def planned(aws: Server, engine: Path, tmp_path: Path) -> Mapping[str, Resource]:
    """What the engine plans where nothing is deployed, by URN."""
    with stack_of(TARGET, aws, engine, tmp_path) as stack:
        return engine_plan(stack, TARGET, tmp_path / "plan.json")


def test_a_preview_knows_all_but_ids_and_every_policy(planned: Mapping[str, Resource]) -> None:
    """Unknown are ids and ARNs that only AWS gives; every policy document is whole, one with a stand-in."""
    unknown: dict[str, set[str]] = {}
    for one in planned.values():
        for path in _unknown(one.inputs):
            unknown.setdefault(one.type.rpartition(":")[2], set()).add(path)
    documents = {
        (one.type, one.name, said): str(one.inputs[said])
        for one in planned.values()
        for said in ("policy", "assumeRolePolicy")
        if said in one.inputs
    }

    assert unknown == UNKNOWN
    assert {(kind, said) for kind, _, said in documents} == DOCUMENTS
    assert all("Statement" in json.loads(text) for text in documents.values())
    assert [text for text in documents.values() if UNKNOWN_INPUT in text] == []
    assert [one for one, text in documents.items() if addresses_in(text)] == [MEDIA]
    assert _sources(documents[MEDIA]) == [STAND_IN]


def test_the_live_policy_names_the_real_distribution(aws: Server, engine: Path, tmp_path: Path) -> None:
    """What was previewed is deployed, with the distribution's own ARN where its stand-in stood."""
    clients = TARGET.clients(aws)

    with stack_of(TARGET, aws, engine, tmp_path) as stack:
        planned = engine_plan(stack, TARGET, tmp_path / "plan.json")
        stack.up()

    [previewed] = [one.inputs["policy"] for one in planned.values() if (one.type, one.name) == MEDIA[:2]]
    [made] = clients.client("cloudfront").list_distributions()["DistributionList"]["Items"]
    live = clients.client("s3").get_bucket_policy(Bucket="filehouse-staging-media")["Policy"]
    assert _sources(live) == [made["ARN"]]
    assert json.loads(live) == json.loads(render(str(previewed), {"distribution:media": made["ARN"]}))


def _unknown(value: object, path: str = "") -> Iterator[str]:
    """Where a value is unknown; positions in lists are left out."""
    match value:
        case Mapping():
            for name, inner in value.items():
                yield from _unknown(inner, f"{path}.{name}" if path else str(name))
        case tuple():
            for inner in value:
                yield from _unknown(inner, path)
        case _ if value == UNKNOWN_INPUT:
            yield path


def _sources(document: str) -> list[object]:
    """What CloudFront's requests have to come from, in the statements that let it in."""
    return [
        one["Condition"]["StringEquals"]["aws:SourceArn"]
        for one in json.loads(document)["Statement"]
        if one["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    ]
