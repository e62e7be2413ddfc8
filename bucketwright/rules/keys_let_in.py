"""Under which KMS keys may uploads to a bucket ask to be, whoever makes them?"""

from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.policy import Policy
from bucketwright.iam.charset import Repeat
from bucketwright.iam.conditions import Known, allowed_values
from bucketwright.iam.documents import Condition, Statement
from bucketwright.iam.languages import (
    EVERYTHING,
    NOTHING,
    And,
    Formula,
    Leaf,
    Not,
    Or,
    Undecided,
    arns,
    exactly,
    member,
)
from bucketwright.iam.views import settled
from bucketwright.posture import Estate, Undetermined, Unknown
from bucketwright.rules.named_keys import arn_of
from bucketwright.rules.refused_requests import lets_uploads_in, upload_refusals
from bucketwright.rules.request_conditions import SSE, SSE_KEY, surely

_UNDER_KMS: Final = ("aws:kms", "aws:kms:dsse")
_NAMES: Final = Leaf((Repeat(EVERYTHING, 1, None),))
"""An upload may name a key by its ARN, its id or an alias."""
_COLONS: Final = 5
"""In any ARN."""
_OF_ARNS: Final = frozenset({"arnequals", "arnlike", "arnnotequals", "arnnotlike"})


def other_keys_let_in(bucket: BucketPosture, estate: Estate) -> tuple[str, ...]:
    """Whether uploads may name another key than the bucket's, in a sentence.

    Where its ARN is not known, one key that is let in may be it; two are too many.
    """
    key = bucket.encryption.key
    arn = key and arn_of(key, estate)
    for algorithm in _UNDER_KMS:
        found = key_let_in(bucket.policy, bucket.name, algorithm, arn)
        if found and not arn and key_let_in(bucket.policy, bucket.name, algorithm, found) is None:
            raise Undetermined("encryption", Unknown("the one key that is let in may be the bucket's"))
        if found:
            return ("uploads may name another key than the bucket's",)
    return ()


def uploads_without_key_let_in(bucket: BucketPosture) -> tuple[str, ...]:
    """Uploads that get the key of AWS where the bucket has one of its own, in sentences."""
    asked = _UNDER_KMS if bucket.encryption.key else ()
    return tuple(
        f"uploads that ask for {one} and name no key are let in"
        for one in asked
        if lets_uploads_in(bucket.policy, bucket.name, {SSE: (one,), SSE_KEY: ()})
    )


def key_let_in(policy: Policy | None, bucket: str, algorithm: str, but: str | None = None) -> str | None:
    """A key that uploads may ask for, other than this one; None where there is none."""
    others = Not(Or(() if but is None else (exactly(but),)))
    refused = Or(tuple(_refused(one, {SSE: (algorithm,)}) for one in upload_refusals(policy, bucket)))
    try:
        return member(And((_NAMES, others, Not(refused))))
    except Undecided as undecided:
        raise Undetermined("policy", Unknown(f"not settled: {undecided}")) from None


def _refused(deny: Statement, known: Known) -> Formula:
    """The keys that no such upload may name."""
    return And(tuple(_keys_under(test, known) or NOTHING for test in deny.conditions))


def _keys_under(condition: Condition, known: Known) -> Formula | None:
    if condition.key != SSE_KEY:
        return settled(surely(condition, known))
    return _arns_under(condition) if condition.operator in _OF_ARNS else allowed_values(condition)


def _arns_under(condition: Condition) -> Formula | None:
    """The wildcards of ARNs stay within their parts; IAM does not say what a value of fewer parts means."""
    if any(value.count(":") < _COLONS for value in condition.values):
        return None
    listed = Or(tuple(map(arns, condition.values)))
    return Not(listed) if condition.operator.startswith("arnnot") else listed
