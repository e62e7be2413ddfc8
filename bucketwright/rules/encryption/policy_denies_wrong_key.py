from functools import partial
from typing import Final

from bucketwright.estate import BucketPosture, KeyPosture
from bucketwright.facets.bucket.encryption import FRESH, Encryption
from bucketwright.facets.bucket.policy import Policy
from bucketwright.posture import Estate
from bucketwright.rules.added_statements import Condition, refusing_uploads
from bucketwright.rules.example_access import ROLE, policy
from bucketwright.rules.example_refusals import OBJECTS, upload_refusal
from bucketwright.rules.examples import bad, good
from bucketwright.rules.keys_let_in import other_keys_let_in, uploads_without_key_let_in
from bucketwright.rules.named_keys import arn_of
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.refused_requests import near_misses
from bucketwright.rules.request_conditions import SSE, SSE_KEY
from bucketwright.rules.rule import CHOSEN, Change, change, rule
from bucketwright.verdicts import HIGH, Verdict, fails, not_applicable, passes

_ARN: Final = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
_OTHER: Final = "arn:aws:kms:us-west-2:111122223333:key/9876abcd-12ab-34cd-56ef-1234567890ab"
_GIVEN: Final = Encryption("aws:kms", _ARN)
_OURS: Final = Encryption("aws:kms", "key:files")
_UNNAMED: Final[Condition] = {"StringLike": {SSE: "aws:kms*"}, "Null": {SSE_KEY: "true"}}
_NAMED: Final[Condition] = {"Null": {SSE_KEY: "false"}}


def _but(*keys: str, operator: str = "StringNotEquals") -> Policy:
    """It refuses all keys but these, and uploads that name none."""
    others = {**_NAMED, operator: {SSE_KEY: keys}}
    return policy(upload_refusal(others), upload_refusal(_UNNAMED))


def _any_of(*keys: str, operator: str) -> Policy:
    """It refuses these keys, and uploads that name none."""
    return policy(upload_refusal({operator: {SSE_KEY: keys}}), upload_refusal(_UNNAMED))


def _refusing(*conditions: Condition, **elements: object) -> Policy:
    return policy(*(upload_refusal(one, **elements) for one in conditions))


@rule(
    "policy-denies-wrong-key",
    severity=HIGH,
    tier=CHOSEN,
    reads=["encryption", "policy"],
    examples=lambda: [
        good(encryption=_GIVEN, policy=_but(_ARN)),
        good(encryption=_GIVEN, policy=_but(_ARN, operator="ArnNotEquals")),
        good(encryption=_GIVEN, policy=_but(_ARN, operator="StringNotEqualsIfExists")),
        good(KeyPosture("key:files", _ARN), encryption=_OURS, policy=_but(_ARN)),
        good(encryption=_OURS, policy=_refusing(_NAMED, _UNNAMED, Action="s3:*")),
        good(encryption=_OURS, policy=_refusing(_NAMED, {**_UNNAMED, "StringLike": {SSE: "*"}})),
        good(encryption=_OURS, policy=_refusing({**_NAMED, "StringLike": {SSE: "aws:kms*"}}, _UNNAMED)),
        good(encryption=_OURS, policy=_any_of("*", operator="StringLike")),
        good(encryption=Encryption("aws:kms"), policy=_refusing(_NAMED)),
        good(encryption=FRESH, policy=None),
        bad(encryption=_GIVEN, policy=None),
        bad(encryption=Encryption("aws:kms"), policy=_refusing(_UNNAMED)),
        bad(encryption=_GIVEN, policy=_but(_OTHER)),
        bad(encryption=_GIVEN, policy=_but(_ARN, _OTHER)),
        bad(encryption=_OURS, policy=_but(_ARN, _OTHER)),
        bad(KeyPosture("key:files", _ARN), encryption=_OURS, policy=_but(_OTHER)),
        bad(encryption=_GIVEN, policy=_but("arn:aws:kms:*:111122223333:key/*", operator="StringNotLike")),
        bad(encryption=_GIVEN, policy=_but("arn:aws:kms:*:111122223333:key/*", operator="ArnNotLike")),
        bad(encryption=_GIVEN, policy=_but(_ARN, "${aws:PrincipalTag/key}")),
        bad(encryption=_OURS, policy=_any_of(_ARN, "*", operator="ArnLike")),
        bad(encryption=_OURS, policy=_any_of("arn:*", operator="StringLike")),
        bad(encryption=_GIVEN, policy=_refusing(_NAMED)),
        bad(encryption=_GIVEN, policy=_refusing(_NAMED, {**_UNNAMED, "StringLike": {SSE: "aws:kms"}})),
        bad(encryption=_OURS, policy=_refusing({**_NAMED, "StringEquals": {SSE: "aws:kms"}}, _UNNAMED)),
        bad(
            encryption=_OURS, policy=_refusing({**_NAMED, "Bool": {"aws:SecureTransport": "false"}}, _UNNAMED)
        ),
        bad(encryption=_OURS, policy=_refusing(_NAMED, _UNNAMED, Principal={"AWS": ROLE})),
        bad(encryption=_OURS, policy=_refusing(_NAMED, _UNNAMED, Resource=f"{OBJECTS}.pdf")),
        bad(encryption=_OURS, policy=_refusing(_NAMED, _UNNAMED, Action="s3:PutObjectAcl")),
    ],
)
def policy_denies_wrong_key(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Uploads that ask for another KMS key than the bucket's are refused.

    **Why.** An upload may name any key that its caller can use, one of another account too. Whoever owns that
    key then decides who reads the object, and may delete the key. An upload that asks for KMS and names no
    key gets the one that AWS keeps for S3, not the bucket's.

    **Fix.** Nothing has to be said: the policy of a bucket with `encryption: kms` has a Deny for everybody of
    uploads that name another key, or any key where the project makes it, and of those that ask for KMS and
    name none.

    **Exempt it when** writers choose the key of each object on purpose, such as one for each customer.
    """
    if bucket.encryption.algorithm == FRESH.algorithm:
        return not_applicable("its objects are under keys of S3, not of KMS")
    faults = faults_of(
        partial(other_keys_let_in, bucket, estate), partial(uploads_without_key_let_in, bucket)
    )
    if not faults:
        return passes()
    near = near_misses(bucket.policy, SSE_KEY, {SSE: (bucket.encryption.algorithm,)})
    return fails(*faults, *near, expected="a Deny of uploads under any other key")


@policy_denies_wrong_key.fix(is_safe=False)
def refuse_others(bucket: BucketPosture, estate: Estate) -> Change:
    """Adds such Denies to the policy; programs that name another key, or KMS alone, stop working."""
    key = bucket.encryption.key
    arn = key and arn_of(key, estate)
    others: Condition = {**_NAMED, "StringNotEquals": {SSE_KEY: arn}} if arn else _NAMED
    return change(bucket, "policy", refusing_uploads(bucket, others, *((_UNNAMED,) if key else ())))
