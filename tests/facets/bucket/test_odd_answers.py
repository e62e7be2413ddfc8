"""What a live bucket answers and S3 never would: it decides nothing, and makes nothing fail."""

from collections.abc import Mapping
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bucketwright.facets.bucket import (
    abac,
    acceleration,
    acl,
    blocks_sse_c,
    encryption,
    mfa_delete,
    object_lock,
    ownership,
    policy,
    public_access_block,
    requester_pays,
    tags,
    versioning,
)
from bucketwright.facets.reading import LiveFacet
from bucketwright.posture import Unknown
from tests.facets.bucket.answering import Values, block, blocked, controls, lock, reason, rule, value

Facet = LiveFacet[object]
_KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234"

ABSENT: Final = [
    pytest.param(abac, {}, "GetBucketAbac.AbacStatus", id="abac"),
    pytest.param(abac, {"AbacStatus": {}}, "GetBucketAbac.AbacStatus.Status", id="abac status"),
    pytest.param(requester_pays, {}, "GetBucketRequestPayment.Payer", id="payer"),
    pytest.param(ownership, {}, "GetBucketOwnershipControls.OwnershipControls", id="controls"),
    pytest.param(ownership, controls(), "GetBucketOwnershipControls.OwnershipControls.Rules", id="no rule"),
    pytest.param(public_access_block, {}, "GetPublicAccessBlock.PublicAccessBlockConfiguration", id="block"),
    pytest.param(
        public_access_block,
        block(IgnorePublicAcls=None),
        "GetPublicAccessBlock.PublicAccessBlockConfiguration.IgnorePublicAcls",
        id="one switch",
    ),
    pytest.param(encryption, {}, "GetBucketEncryption.ServerSideEncryptionConfiguration", id="encryption"),
    pytest.param(
        encryption,
        {"ServerSideEncryptionConfiguration": {"Rules": []}},
        "GetBucketEncryption.ServerSideEncryptionConfiguration.Rules",
        id="no encryption rule",
    ),
    pytest.param(encryption, rule(None), "ApplyServerSideEncryptionByDefault.SSEAlgorithm", id="algorithm"),
    pytest.param(blocks_sse_c, rule(), "Rules.BlockedEncryptionTypes", id="what is blocked"),
    pytest.param(object_lock, {}, "GetObjectLockConfiguration.ObjectLockConfiguration", id="lock"),
    pytest.param(
        object_lock,
        {"ObjectLockConfiguration": {}},
        "ObjectLockConfiguration.ObjectLockEnabled",
        id="lock state",
    ),
    pytest.param(object_lock, lock(), "DefaultRetention.Mode", id="an empty default"),
    pytest.param(object_lock, lock(Days=3), "DefaultRetention.Mode", id="a default without a mode"),
    pytest.param(tags, {}, "GetBucketTagging.TagSet", id="tags"),
    pytest.param(tags, {"TagSet": [{"Key": "a"}]}, "GetBucketTagging.TagSet[0].Value", id="a tag's value"),
    pytest.param(policy, {}, "GetBucketPolicy.Policy", id="policy"),
    pytest.param(policy, {"Policy": ""}, "GetBucketPolicy.Policy", id="an empty policy"),
    pytest.param(acl, {}, "GetBucketAcl.Owner", id="the ACL's owner"),
]


@pytest.mark.parametrize(("facet", "values", "where"), ABSENT)
def test_what_ought_to_be_there_and_is_not_is_unknown(facet: Facet, values: Values, where: str) -> None:
    """The place is named, and nothing is made up for it."""
    assert reason(facet, values).split(": ")[0].endswith(where)
    assert reason(facet, values).endswith("is not said, and has to be")


ODD: Final = [
    pytest.param(abac, {"AbacStatus": {"Status": "On"}}, "is not one of Enabled, Disabled", id="abac"),
    pytest.param(acceleration, {"Status": True}, "is not text", id="acceleration"),
    pytest.param(requester_pays, {"Payer": "Somebody"}, "is not one of", id="payer"),
    pytest.param(versioning, {"Status": "Disabled"}, "is not one of Enabled, Suspended", id="versioning"),
    pytest.param(mfa_delete, {"MFADelete": "enabled"}, "is not one of", id="MFA delete"),
    pytest.param(ownership, controls("Nobody"), "is not one of", id="ownership"),
    pytest.param(
        ownership, controls("ObjectWriter", "BucketOwnerEnforced"), "is not a mapping", id="two ownerships"
    ),
    pytest.param(public_access_block, block(BlockPublicPolicy="true"), "is not true or false", id="a switch"),
    pytest.param(
        public_access_block,
        {"PublicAccessBlockConfiguration": [1]},
        "is not a mapping",
        id="a list of switches",
    ),
    pytest.param(encryption, rule("rot13"), "is not one of", id="algorithm"),
    pytest.param(encryption, rule("aws:kms", 3), "is not text", id="key"),
    pytest.param(encryption, rule("AES256", _KEY), "which S3 refuses", id="a KMS key under keys of S3"),
    pytest.param(blocks_sse_c, blocked(), "S3 blocks SSE-C or NONE", id="nothing blocked, and not said so"),
    pytest.param(blocks_sse_c, blocked("SSE-S3"), "not SSE-S3", id="another encryption blocked"),
    pytest.param(object_lock, lock(Mode="GOVERNANCE"), "days or years", id="a default without a length"),
    pytest.param(object_lock, lock(Mode="GOVERNANCE", Days=1, Years=1), "days or years", id="two lengths"),
    pytest.param(object_lock, lock(Mode="LOOSE", Days=1), "is not one of", id="lock mode"),
    pytest.param(object_lock, lock(Mode="GOVERNANCE", Days="1"), "is not a whole number", id="days as text"),
    pytest.param(tags, {"TagSet": "team"}, "is not a list", id="tags"),
    pytest.param(tags, {"TagSet": [{"Key": "a", "Value": 3}]}, "is not text", id="a number for a tag"),
    pytest.param(policy, {"Policy": 3}, "is not text", id="policy"),
    pytest.param(policy, {"Policy": "{"}, "is none that IAM accepts", id="a policy that is no JSON"),
    pytest.param(policy, {"Policy": '{"Statement": 3}'}, "is none that IAM accepts", id="no statements"),
    pytest.param(policy, {"Policy": "[" * 100_000}, "is none that IAM accepts", id="a very deep policy"),
]


@pytest.mark.parametrize(("facet", "values", "told"), ODD)
def test_an_odd_answer_is_unknown(facet: Facet, values: Values, told: str) -> None:
    """What S3 would never say decides nothing, and it is said what is odd."""
    assert told in reason(facet, values)


FACETS: Final = (
    abac, acceleration, acl, blocks_sse_c, encryption, mfa_delete, object_lock, ownership, policy,
    public_access_block, requester_pays, tags, versioning,
)  # fmt: skip
NAMES: Final = (
    "AbacStatus", "ApplyServerSideEncryptionByDefault", "BlockPublicAcls", "BlockedEncryptionTypes",
    "BucketKeyEnabled", "Days", "DefaultRetention", "EncryptionType", "Grantee", "Grants", "ID",
    "KMSMasterKeyID", "Key", "MFADelete", "Mode", "ObjectLockConfiguration", "ObjectLockEnabled",
    "ObjectOwnership", "Owner", "OwnershipControls", "Payer", "Permission", "Policy",
    "PublicAccessBlockConfiguration", "Rule", "Rules", "SSEAlgorithm", "ServerSideEncryptionConfiguration",
    "Status", "TagSet", "URI", "Value",
)  # fmt: skip
WORDS: Final = ("Enabled", "AES256", "aws:kms", "READ", "GOVERNANCE", "SSE-C", "Requester", "owner", "{}", "")
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(NAMES), anything, max_size=8))
def test_any_answer_is_read(values: Mapping[str, object]) -> None:
    """A value comes of it, or why there is none; never anything else."""
    found = [value(facet, values) for facet in FACETS]

    assert [one for one in found if isinstance(one, Unknown) and not one.reason] == []
