"""Do fixes of policies add what is missing, and leave alone what was written?"""

import json
from typing import Final

import pytest

from bucketwright.estate import BucketPosture, KeyPosture
from bucketwright.facets.bucket.encryption import FRESH, Encryption
from bucketwright.facets.bucket.policy import Policy, policy_of
from bucketwright.posture import Estate, Posture, Unknown
from bucketwright.rules.encryption import (
    policy_denies_unencrypted_puts,
    policy_denies_wrong_key,
    tls_minimum_version,
    tls_only,
)
from bucketwright.rules.example_access import ROLE, allow, policy
from bucketwright.rules.rule import Change, Fix, Rule, changed
from bucketwright.rules.statements import statements
from bucketwright.verdicts import Fails, Passes

ARN: Final = "arn:aws:kms:us-west-2:111122223333:key/1234abcd"
WRITTEN: Final = policy(allow({"AWS": ROLE}, Sid="Readers"))
UNDER_OURS: Final = Encryption("aws:kms", "key:files")
HTTP: Final = tls_only.tls_only, tls_only.refuse_plain_http
TLS: Final = tls_minimum_version.tls_minimum_version, tls_minimum_version.refuse_old_versions
OTHERS: Final = (
    policy_denies_unencrypted_puts.policy_denies_unencrypted_puts,
    policy_denies_unencrypted_puts.refuse_others,
)
KEYS: Final = policy_denies_wrong_key.policy_denies_wrong_key, policy_denies_wrong_key.refuse_others


@pytest.mark.parametrize(
    ("pair", "beside", "encryption"),
    [
        pytest.param(HTTP, (), FRESH, id="plain HTTP"),
        pytest.param(TLS, (), FRESH, id="old TLS"),
        pytest.param(OTHERS, (), FRESH, id="other encryption than S3's"),
        pytest.param(OTHERS, (), UNDER_OURS, id="other encryption than KMS"),
        pytest.param(KEYS, (), UNDER_OURS, id="any key, where ours has no ARN yet"),
        pytest.param(KEYS, (KeyPosture("key:files", ARN),), UNDER_OURS, id="other keys than ours"),
        pytest.param(KEYS, (), Encryption("aws:kms", ARN), id="other keys than the given one"),
        pytest.param(KEYS, (), Encryption("aws:kms"), id="other keys than AWS's"),
    ],
)
@pytest.mark.parametrize("before", [None, WRITTEN], ids=["without a policy", "with a policy"])
def test_what_is_added_is_enough_and_nothing_else_changes(
    pair: tuple[Rule[BucketPosture], Fix[BucketPosture]],
    beside: tuple[Posture, ...],
    encryption: Encryption,
    before: Policy | None,
) -> None:
    """The rule is kept then, the text says what the document means, and the old statements stand first."""
    rule, fix = pair
    bucket = BucketPosture("bucket:example", "example", {"encryption": encryption, "policy": before})
    estate = Estate("live", {one.address: one for one in (bucket, *beside)})
    after = fix.make(bucket, estate).after
    assert isinstance(after, Policy)
    mended = changed(bucket, Change(bucket.address, "policy", before, after))

    assert isinstance(rule.verdict(bucket, estate), Fails)
    assert rule.verdict(mended, estate) == Passes()
    assert policy_of(after.text) == after
    assert statements(after)[: len(statements(before))] == statements(before)


SSE: Final = "s3:x-amz-server-side-encryption"
SSE_KEY: Final = "s3:x-amz-server-side-encryption-aws-kms-key-id"
NAMES_A_KEY: Final = {"Null": {SSE_KEY: "false"}}
NAMES_NONE: Final = {"StringLike": {SSE: "aws:kms*"}, "Null": {SSE_KEY: "true"}}


@pytest.mark.parametrize(
    ("fix", "beside", "encryption", "conditions"),
    [
        pytest.param(HTTP[1], (), FRESH, [{"Bool": {"aws:SecureTransport": "false"}}], id="plain HTTP"),
        pytest.param(TLS[1], (), FRESH, [{"NumericLessThan": {"s3:TlsVersion": "1.2"}}], id="old TLS"),
        pytest.param(
            OTHERS[1],
            (),
            UNDER_OURS,
            [{"Null": {SSE: "false"}, "StringNotEquals": {SSE: "aws:kms"}}],
            id="other encryption",
        ),
        pytest.param(KEYS[1], (), Encryption("aws:kms"), [NAMES_A_KEY], id="any key"),
        pytest.param(KEYS[1], (), UNDER_OURS, [NAMES_A_KEY, NAMES_NONE], id="any key but one not made yet"),
        pytest.param(
            KEYS[1],
            (KeyPosture("key:files", ARN),),
            UNDER_OURS,
            [{**NAMES_A_KEY, "StringNotEquals": {SSE_KEY: ARN}}, NAMES_NONE],
            id="other keys",
        ),
    ],
)
def test_only_what_has_to_be_refused_is(
    fix: Fix[BucketPosture],
    beside: tuple[Posture, ...],
    encryption: Encryption,
    conditions: list[object],
) -> None:
    """A Deny without its condition would lock everybody out."""
    bucket = BucketPosture("bucket:example", "example", {"encryption": encryption, "policy": None})
    after = fix.make(bucket, Estate("live", {one.address: one for one in (bucket, *beside)})).after
    assert isinstance(after, Policy)

    assert [one["Condition"] for one in json.loads(after.text)["Statement"]] == conditions


@pytest.mark.parametrize(
    ("region", "partition"),
    [("cn-north-1", "aws-cn"), ("us-west-2", "aws"), (Unknown("was denied"), "aws")],
    ids=["China", "Oregon", "not known"],
)
def test_the_bucket_is_named_in_its_own_partition(region: object, partition: str) -> None:
    """S3 refuses a policy that names one of another."""
    bucket = BucketPosture("bucket:example", "example", {"region": region, "policy": None})
    after = tls_only.refuse_plain_http.make(bucket, Estate("live", {bucket.address: bucket})).after
    assert isinstance(after, Policy)
    names = statements(after)[0].resources
    assert names is not None

    assert names.patterns == (f"arn:{partition}:s3:::example", f"arn:{partition}:s3:::example/*")
