from collections.abc import Mapping
from typing import Final, get_args

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.encryption import FRESH, Encryption
from bucketwright.facets.bucket.policy import Policy
from bucketwright.facets.words import Algorithm
from bucketwright.posture import Estate
from bucketwright.rules.added_statements import Condition, refusing_uploads
from bucketwright.rules.example_access import ROLE, policy
from bucketwright.rules.example_refusals import OBJECTS, upload_refusal
from bucketwright.rules.examples import bad, good
from bucketwright.rules.refused_requests import lets_uploads_in, near_misses, refusing_default
from bucketwright.rules.request_conditions import SSE, SSE_C, SSE_KEY
from bucketwright.rules.rule import CHOSEN, Change, change, rule
from bucketwright.verdicts import HIGH, LOW, Fault, Verdict, fails, passes

_WEAKEST_FIRST: Final[tuple[Algorithm, ...]] = get_args(Algorithm)
_KMS: Final = Encryption("aws:kms", "key:example")


def _other_than(algorithm: str) -> Condition:
    return {"Null": {SSE: "false"}, "StringNotEquals": {SSE: algorithm}}


def _asking_for(algorithm: str) -> Mapping[str, object]:
    return upload_refusal({"StringLike": {SSE: algorithm}})


def _refusing(condition: Mapping[str, Mapping[str, object]], **elements: object) -> Policy:
    return policy(upload_refusal(condition, **elements))


_BUT_KMS: Final = _other_than("aws:kms")
_ANY_KMS: Final = _asking_for("aws:*")
_NAMELESS: Final = {"Null": {SSE: "true"}}


@rule(
    "policy-denies-unencrypted-puts",
    severity=HIGH,
    tier=CHOSEN,
    reads=["encryption", "policy"],
    examples=lambda: [
        good(encryption=_KMS, policy=_refusing(_BUT_KMS)),
        good(encryption=FRESH, policy=_refusing(_other_than("AES256"), Action="s3:*")),
        good(encryption=_KMS, policy=_refusing({"StringEquals": {SSE: ["AES256", "aws:kms:dsse"]}})),
        good(encryption=_KMS, policy=policy(*map(_asking_for, ["AES256", "aws:kms:dsse"]))),
        good(encryption=FRESH, policy=policy(_ANY_KMS, upload_refusal({"Null": {"s3:x-amz-acl": "true"}}))),
        good(encryption=FRESH, policy=policy(_ANY_KMS, upload_refusal(_NAMELESS, Action="s3:GetObject"))),
        good(encryption=FRESH, policy=policy(_ANY_KMS, upload_refusal(_NAMELESS, Effect="Allow"))),
        good(encryption=FRESH, policy=policy(upload_refusal({}))),
        bad(encryption=_KMS, policy=None),
        bad(encryption=_KMS, policy=policy(_asking_for("AES256"))),
        bad(encryption=_KMS, policy=_refusing(_other_than("AES256"))),
        bad(encryption=FRESH, policy=_refusing(_BUT_KMS)),
        bad(encryption=Encryption("aws:kms:dsse"), policy=_refusing({"StringNotLike": {SSE: "aws:*"}})),
        bad(encryption=_KMS, policy=_refusing(_BUT_KMS, Principal={"AWS": ROLE})),
        bad(encryption=_KMS, policy=_refusing(_BUT_KMS, Resource=f"{OBJECTS}.pdf")),
        bad(encryption=_KMS, policy=_refusing(_BUT_KMS, Action="s3:PutObjectAcl")),
        bad(encryption=_KMS, policy=_refusing(_BUT_KMS, Effect="Allow")),
        bad(encryption=_KMS, policy=_refusing({**_BUT_KMS, "Bool": {"aws:SecureTransport": "false"}})),
        bad(encryption=_KMS, policy=_refusing({"StringNotEquals": {SSE: "aws:kms"}})),
        bad(encryption=_KMS, policy=_refusing({"StringNotEqualsIfExists": {SSE: "aws:kms"}})),
        bad(encryption=FRESH, policy=policy(_ANY_KMS, upload_refusal(_NAMELESS, Principal={"AWS": ROLE}))),
        bad(encryption=FRESH, policy=policy(_ANY_KMS, upload_refusal({"Null": {SSE_KEY: "true"}}))),
        bad(
            encryption=FRESH, policy=policy(_ANY_KMS, upload_refusal({"Null": {SSE: "true", SSE_C: "true"}}))
        ),
    ],
)
def policy_denies_unencrypted_puts(bucket: BucketPosture, _: Estate) -> Verdict:
    """Uploads that ask for another encryption than the bucket's are refused; those that ask for none are not.

    **Why.** The default holds for uploads that name no encryption; one that names a weaker one gets that, and
    nobody notices. A Deny that also hits uploads without the header refuses what the default would have
    encrypted rightly: every program then has to say what the bucket knows already.

    **Fix.** Nothing has to be said: the policy of every bucket of a contract has a Deny of `s3:PutObject`
    under `Null` false and `StringNotEquals` together. A negated operator alone also holds where the header
    is absent, with IfExists too.

    **Exempt it when** writers choose the encryption of each object on purpose.
    """
    default = bucket.encryption.algorithm
    others = [one for one in _WEAKEST_FIRST if one != default and _is_let_in(bucket, one)]
    faults = [Fault(f"uploads that ask for {one} are let in") for one in others]
    if others:
        faults += near_misses(bucket.policy, SSE, {SSE: (others[0],)})
    faults += refusing_default(bucket.policy)
    if not faults:
        return passes()
    return fails(
        *faults,
        expected=f"a Deny of uploads whose header names anything but {default}",
        severity=HIGH if others and _is_weaker(others[0], default) else LOW,
    )


@policy_denies_unencrypted_puts.fix(is_safe=False)
def refuse_others(bucket: BucketPosture, _: Estate) -> Change:
    """Adds such a Deny to the policy; programs that name another encryption stop working."""
    return change(bucket, "policy", refusing_uploads(bucket, _other_than(bucket.encryption.algorithm)))


def _is_weaker(one: Algorithm, default: Algorithm) -> bool:
    return _WEAKEST_FIRST.index(one) < _WEAKEST_FIRST.index(default)


def _is_let_in(bucket: BucketPosture, algorithm: str) -> bool:
    return lets_uploads_in(bucket.policy, bucket.name, {SSE: (algorithm,)})
