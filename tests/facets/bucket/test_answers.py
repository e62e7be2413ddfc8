"""What the answers of a live bucket mean: a setting's own code for nothing, and nothing else, is nothing."""

from typing import Final

import pytest

from bucketwright.calls import Answer, Failure, FailureKind
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
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.reading import LiveFacet
from bucketwright.posture import Unknown
from tests.facets.bucket.answering import Values, block, blocked, controls, denied, lock, rule, told, value

Facet = LiveFacet[object]

_HOLD: Final = {"DefaultEventHold": {"Days": 3}}
_KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234"


@pytest.mark.parametrize(
    ("facet", "values", "meaning"),
    [
        pytest.param(abac, {"AbacStatus": {"Status": "Enabled"}}, True, id="tags decide access"),
        pytest.param(abac, {"AbacStatus": {"Status": "Disabled"}}, False, id="tags decide nothing"),
        pytest.param(acceleration, {"Status": "Enabled"}, True, id="accelerated"),
        pytest.param(acceleration, {"Status": "Suspended"}, False, id="no longer accelerated"),
        pytest.param(acceleration, {}, False, id="never accelerated"),
        pytest.param(requester_pays, {"Payer": "Requester"}, True, id="callers pay"),
        pytest.param(requester_pays, {"Payer": "BucketOwner"}, False, id="the owner pays"),
        pytest.param(versioning, {"Status": "Enabled"}, "Enabled", id="versions are kept"),
        pytest.param(versioning, {"Status": "Suspended"}, "Suspended", id="versions are no longer kept"),
        pytest.param(versioning, {}, "Disabled", id="versions were never kept"),
        pytest.param(mfa_delete, {"Status": "Enabled", "MFADelete": "Enabled"}, True, id="MFA delete"),
        pytest.param(mfa_delete, {"MFADelete": "Disabled"}, False, id="MFA delete is off again"),
        pytest.param(mfa_delete, {"Status": "Enabled"}, False, id="MFA delete was never on"),
        pytest.param(ownership, controls("BucketOwnerPreferred"), "BucketOwnerPreferred", id="ownership"),
        pytest.param(
            public_access_block,
            block(),
            PublicAccessBlock(True, False, True, False),
            id="each switch is its own",
        ),
        pytest.param(encryption, rule(), Encryption(), id="keys of S3"),
        pytest.param(encryption, rule(BucketKeyEnabled=True), Encryption(), id="a bucket key without KMS"),
        pytest.param(
            encryption,
            rule("aws:kms", _KEY, BucketKeyEnabled=True),
            Encryption("aws:kms", _KEY, True),
            id="a stranger's key",
        ),
        pytest.param(
            encryption,
            rule("aws:kms", "arn:aws:kms:::key/files"),
            Encryption("aws:kms", "key:files"),
            id="a key of the contract, by its address",
        ),
        pytest.param(encryption, rule("aws:kms"), Encryption("aws:kms"), id="the account's own key"),
        pytest.param(
            encryption,
            rule("aws:kms:dsse", "alias/aws/s3"),
            Encryption("aws:kms:dsse"),
            id="AWS's key by alias",
        ),
        pytest.param(blocks_sse_c, blocked("SSE-C"), True, id="SSE-C is refused"),
        pytest.param(blocks_sse_c, blocked("NONE"), False, id="SSE-C is taken"),
        pytest.param(
            object_lock,
            {"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled"}},
            ObjectLock(True),
            id="a lock without a default",
        ),
        pytest.param(
            object_lock,
            lock(Mode="GOVERNANCE", Days=30),
            ObjectLock(True, "GOVERNANCE", 30),
            id="a default in days",
        ),
        pytest.param(
            object_lock,
            lock(Mode="COMPLIANCE", Years=7, **_HOLD),
            ObjectLock(True, "COMPLIANCE", None, 7),
            id="a default in years, and a hold",
        ),
        pytest.param(object_lock, lock(**_HOLD), ObjectLock(True), id="a hold alone"),
        pytest.param(tags, {"TagSet": []}, {}, id="no tags"),
        pytest.param(
            tags,
            {"TagSet": [{"Key": "team", "Value": ""}, {"Key": "aws:cloudformation:stack", "Value": "x"}]},
            {"team": "", "aws:cloudformation:stack": "x"},
            id="tags, AWS's among them",
        ),
    ],
)
def test_an_answer_means(facet: Facet, values: Values, meaning: object) -> None:
    """Every answer that S3 gives is one value."""
    assert value(facet, values) == meaning


@pytest.mark.parametrize(
    ("facet", "code", "meaning"),
    [
        pytest.param(policy, "NoSuchBucketPolicy", None, id="no policy"),
        pytest.param(
            public_access_block,
            "NoSuchPublicAccessBlockConfiguration",
            PublicAccessBlock(False, False, False, False),
            id="no block: all four are off",
        ),
        pytest.param(
            ownership,
            "OwnershipControlsNotFoundError",
            "ObjectWriter",
            id="no controls: ACLs are on, as of old",
        ),
        pytest.param(object_lock, "ObjectLockConfigurationNotFoundError", ObjectLock(), id="no lock"),
        pytest.param(tags, "NoSuchTagSet", {}, id="no tags"),
    ],
)
def test_each_setting_has_one_code_for_nothing(facet: Facet, code: str, meaning: object) -> None:
    """That code is what S3 says of a bucket without it; it is never what a new bucket has."""
    (read,) = facet.READS

    assert read.absent == {code}
    assert told(facet, Failure("refused", code)) == meaning


@pytest.mark.parametrize("facet", [encryption, blocks_sse_c], ids=["encryption", "SSE-C"])
def test_no_default_encryption_is_not_the_usual_one(facet: Facet) -> None:
    """S3 encrypts every new object; of a server that says it has no default, nothing follows."""
    found = told(facet, Failure("refused", "ServerSideEncryptionConfigurationNotFoundError"))

    assert found == Unknown("encryption: the bucket has no default, and S3 would have one")


@pytest.mark.parametrize(
    ("facet", "permission"),
    [
        (abac, "s3:GetBucketAbac"),
        (acceleration, "s3:GetAccelerateConfiguration"),
        (acl, "s3:GetBucketAcl"),
        (blocks_sse_c, "s3:GetEncryptionConfiguration"),
        (encryption, "s3:GetEncryptionConfiguration"),
        (mfa_delete, "s3:GetBucketVersioning"),
        (object_lock, "s3:GetBucketObjectLockConfiguration"),
        (ownership, "s3:GetBucketOwnershipControls"),
        (policy, "s3:GetBucketPolicy"),
        (public_access_block, "s3:GetBucketPublicAccessBlock"),
        (requester_pays, "s3:GetBucketRequestPayment"),
        (tags, "s3:GetBucketTagging"),
        (versioning, "s3:GetBucketVersioning"),
    ],
)
def test_a_denied_read_names_its_permission(facet: Facet, permission: str) -> None:
    """By the name that a policy has to grant, which is not always the call's."""
    found = denied(facet)

    assert isinstance(found, Unknown)
    assert found.reason.endswith(f": {permission} is denied")


@pytest.mark.parametrize("kind", ["throttled", "unsupported", "gone", "bad answer", "unreachable", "late"])
@pytest.mark.parametrize("facet", [versioning, policy, public_access_block, tags])
def test_no_answer_is_no_value(facet: Facet, kind: FailureKind) -> None:
    """However it failed, though a code be with it that means something elsewhere."""
    found = told(facet, Failure(kind, "NoSuchCORSConfiguration"))

    assert isinstance(found, Unknown)


def test_a_read_is_shared_where_one_answer_tells_two_things() -> None:
    """Versioning and MFA delete, the default and what is blocked, are each one call."""
    assert mfa_delete.READS == versioning.READS
    assert blocks_sse_c.READS == encryption.READS


def test_an_answer_that_is_no_json_of_s3_is_no_reason_to_fail() -> None:
    """Fields that nobody knows are passed over."""
    assert told(versioning, Answer({"Status": "Enabled", "New": {"Thing": [1]}})) == "Enabled"
