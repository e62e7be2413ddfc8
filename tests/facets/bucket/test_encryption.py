"""Encryption and blocked SSE-C, which share one resource."""

import pytest

from bucketwright.facets.bucket import blocks_sse_c, encryption
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.declaring import merged
from bucketwright.facets.facet import Planned
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import Inputs, plan, resolve

STRANGE = "arn:aws:kms:us-west-2:444455556666:key/1234"
OURS = "arn:aws:kms:::key/files"
KMS = Encryption("aws:kms", STRANGE, bucket_key=True)


def rule(algorithm: object = "aws:kms", key: object = None, **more: object) -> Inputs:
    named = {} if key is None else {"kmsMasterKeyId": key}
    return {"applyServerSideEncryptionByDefault": {"sseAlgorithm": algorithm, **named}, **more}


def separate(*rules: object) -> tuple[str, Inputs]:
    return encryption.KIND, {"rules": list(rules)}


def inline(found: object) -> Inputs:
    return {"serverSideEncryptionConfiguration": {"rule": found}}


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan({}), UNSET, id="nothing is said"),
        pytest.param(plan({}, separate(rule("AES256"))), Encryption(), id="keys of S3"),
        pytest.param(
            plan({}, separate(rule("AES256", bucketKeyEnabled=True))),
            Encryption(),
            id="a bucket key without KMS",
        ),
        pytest.param(
            plan({}, separate(rule(key=OURS))), Encryption("aws:kms", "key:files"), id="a key of this program"
        ),
        pytest.param(
            plan({}, separate(rule(key=STRANGE, bucketKeyEnabled=True))),
            KMS,
            id="a stranger's key, a bucket key",
        ),
        pytest.param(plan({}, separate(rule())), Encryption("aws:kms"), id="no key named: AWS's own"),
        pytest.param(
            plan({}, separate(rule(key="alias/aws/s3"))), Encryption("aws:kms"), id="AWS's own, by alias"
        ),
        pytest.param(
            plan({}, separate(rule(key="arn:aws:kms:us-west-2:111122223333:alias/aws/s3"))),
            Encryption("aws:kms"),
            id="AWS's own, by the ARN of its alias",
        ),
        pytest.param(
            plan({}, separate(rule("aws:kms:dsse", STRANGE, bucketKeyEnabled=True))),
            Encryption("aws:kms:dsse", STRANGE),
            id="two layers have no bucket key",
        ),
        pytest.param(plan(inline(rule(key=STRANGE, bucketKeyEnabled=True))), KMS, id="the bucket itself"),
        pytest.param(
            plan(
                {
                    "serverSideEncryptionConfigurations": [
                        {"rules": [{"applyServerSideEncryptionByDefaults": [{"sseAlgorithm": "AES256"}]}]}
                    ]
                }
            ),
            Encryption(),
            id="the older bucket: lists of one",
        ),
        pytest.param(
            plan({}, separate({"blockedEncryptionTypes": ["SSE-C"]})), UNSET, id="a rule that only blocks"
        ),
        pytest.param(
            plan(inline(rule("AES256")), separate(rule("AES256", bucketKeyEnabled=True))),
            Encryption(),
            id="said twice, and it means the same",
        ),
    ],
)
def test_encryption_in_a_plan(planned: Planned, said: object) -> None:
    """All ways to say it are understood, and what means the same is the same."""
    assert encryption.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(plan({}, separate(rule(UNKNOWN_INPUT))), "known only after", id="unknown algorithm"),
        pytest.param(plan({}, separate(rule(key=UNKNOWN_INPUT))), "known only after", id="unknown key"),
        pytest.param(
            plan({}, separate(rule(bucketKeyEnabled=UNKNOWN_INPUT))),
            "known only after",
            id="unknown bucket key",
        ),
        pytest.param(
            plan({}, (encryption.KIND, {"rules": UNKNOWN_INPUT})), "known only after", id="unknown rules"
        ),
        pytest.param(plan({}, separate(rule("AES128"))), "one of AES256", id="no such algorithm"),
        pytest.param(plan({}, separate(rule("AES256", STRANGE))), "S3 refuses", id="a key without KMS"),
        pytest.param(plan({}, separate(rule(), rule())), "not a mapping", id="two rules"),
        pytest.param(plan(inline(rule("AES256")), separate(rule())), "another", id="they contend"),
        pytest.param(plan({}, separate(rule()), separate(rule())), "2 resources", id="two resources"),
    ],
)
def test_encryption_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said in two ways is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        encryption.from_plan(planned)


def test_a_key_that_does_not_exist_yet_is_known_by_what_it_depends_on() -> None:
    """Its ARN is unknown, and still it is the key of the bucket."""
    planned = plan({}, separate(rule(key=UNKNOWN_INPUT)), refer=lambda kind, name, _: f"{kind}:from-{name}")

    assert encryption.from_plan(planned) == Encryption("aws:kms", "key:from-rules")


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan({}), UNSET, id="nothing is said"),
        pytest.param(plan({}, separate(rule())), UNSET, id="encryption alone"),
        pytest.param(
            plan({}, separate(rule(blockedEncryptionTypes=[]))), UNSET, id="an empty list changes nothing"
        ),
        pytest.param(plan({}, separate(rule(blockedEncryptionTypes=["SSE-C"]))), True, id="blocked"),
        pytest.param(plan({}, separate(rule(blockedEncryptionTypes=["NONE"]))), False, id="let in"),
        pytest.param(plan(inline({"blockedEncryptionTypes": ["NONE"]})), False, id="the bucket itself"),
    ],
)
def test_blocked_sse_c_in_a_plan(planned: Planned, said: object) -> None:
    """S3's word for nothing is not the same as nothing said."""
    assert blocks_sse_c.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(
            plan({}, separate(rule(blockedEncryptionTypes=[UNKNOWN_INPUT]))), "known only after", id="unknown"
        ),
        pytest.param(
            plan({}, separate(rule(blockedEncryptionTypes=["SSE-KMS"]))), "not SSE-KMS", id="no such type"
        ),
        pytest.param(
            plan({}, separate(rule(blockedEncryptionTypes=["NONE", "SSE-C"]))),
            "NONE, SSE-C",
            id="both at once",
        ),
        pytest.param(
            plan(
                inline({"blockedEncryptionTypes": ["NONE"]}), separate({"blockedEncryptionTypes": ["SSE-C"]})
            ),
            "another",
            id="they contend",
        ),
    ],
)
def test_blocked_sse_c_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said in two ways is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        blocks_sse_c.from_plan(planned)


def test_both_facets_make_one_resource_with_one_rule() -> None:
    """S3 takes one configuration, with one rule in it."""
    declared = merged((*encryption.to_args(KMS, resolve), *blocks_sse_c.to_args(True, resolve)))

    assert [one.args for one in declared] == [
        {
            "rules": [
                {
                    "apply_server_side_encryption_by_default": {
                        "sse_algorithm": "aws:kms",
                        "kms_master_key_id": STRANGE,
                    },
                    "bucket_key_enabled": True,
                    "blocked_encryption_types": ["SSE-C"],
                }
            ]
        }
    ]


def test_a_key_of_ours_is_what_the_program_has_for_it() -> None:
    """An address is never written into a resource."""
    (declared,) = encryption.to_args(Encryption("aws:kms", "key:files"), resolve)

    assert declared.args["rules"] == [
        {
            "apply_server_side_encryption_by_default": {
                "sse_algorithm": "aws:kms",
                "kms_master_key_id": OURS,
            },
            "bucket_key_enabled": False,
        }
    ]
