"""Is it left open under which key objects are where that cannot be told, and decided where it can?"""

from typing import Final

import pytest

from bucketwright.estate import BucketPosture, KeyPosture
from bucketwright.facets.bucket.encryption import FRESH, Encryption
from bucketwright.facets.bucket.logging import Logging
from bucketwright.posture import Circumstances, Estate, Posture, Unknown
from bucketwright.rules.encryption.default_encryption_allowed_key import default_encryption_allowed_key
from bucketwright.rules.encryption.default_encryption_cmk import default_encryption_cmk
from bucketwright.rules.encryption.default_encryption_kms import default_encryption_kms
from bucketwright.rules.encryption.kms_key_usable import kms_key_usable
from bucketwright.rules.encryption.policy_denies_wrong_key import policy_denies_wrong_key
from bucketwright.rules.encryption.sse_c_blocked import sse_c_blocked
from bucketwright.rules.example_access import policy
from bucketwright.rules.example_refusals import Condition, upload_refusal
from bucketwright.rules.examples import Declares, declares
from bucketwright.rules.request_conditions import SSE, SSE_C, SSE_KEY
from bucketwright.rules.rule import Rule
from bucketwright.verdicts import Fails, NotApplicable, Passes, Undecided, Verdict

DENIED: Final = Unknown("was denied")
ID: Final = "1234abcd-12ab-34cd-56ef-1234567890ab"
ARN: Final = f"arn:aws:kms:us-west-2:111122223333:key/{ID}"
LISTED: Final = declares(rules={"keys": ARN})
LISTED_BESIDE_OURS: Final = declares(buckets={"media": {"encryption": "kms"}}, rules={"keys": ARN})


def judged(
    rule: Rule[BucketPosture], *beside: Posture, around: Declares | None = None, **facts: object
) -> Verdict:
    """What the rule says of a bucket of these facts."""
    bucket = BucketPosture("bucket:example", "example", facts)
    several = {one.address: one for one in (bucket, *beside)}
    circumstances = around.circumstances() if around else Circumstances()
    return rule.verdict(bucket, Estate("live", several, {}, circumstances))


def under(key: str) -> Encryption:
    return Encryption("aws:kms", key)


def key(name: str = "", **facts: object) -> KeyPosture:
    return KeyPosture("key:files", name, facts)


ALIASED: Final = key(ARN, aliases=frozenset({"alias/files"}))


@pytest.mark.parametrize(
    ("beside", "named", "missing"),
    [
        pytest.param((), "alias/files", "alias/files", id="an alias that no key is known by"),
        pytest.param((ALIASED,), "alias/other", "alias/other", id="an alias of another key"),
        pytest.param((key(aliases=DENIED),), "alias/files", "aliases", id="a key without its aliases"),
        pytest.param((key(),), "key:files", "key:files", id="a key without its ARN"),
        pytest.param((), "key:files", "key:files", id="a key that was not looked at"),
    ],
)
def test_a_key_that_cannot_be_told_is_neither_allowed_nor_not(
    beside: tuple[Posture, ...], named: str, missing: str
) -> None:
    """Its ARN may be the one that the contract names, whatever else it names."""
    for around in (LISTED, LISTED_BESIDE_OURS):
        verdict = judged(default_encryption_allowed_key, *beside, around=around, encryption=under(named))

        assert isinstance(verdict, Undecided)
        assert verdict.missing == missing


@pytest.mark.parametrize("named", ["alias/files", "arn:aws:kms:us-west-2:111122223333:alias/files", ID, ARN])
def test_a_key_is_known_by_each_of_its_names(named: str) -> None:
    """Its alias, the alias's ARN, its id and its own ARN."""
    assert judged(default_encryption_allowed_key, ALIASED, around=LISTED, encryption=under(named)) == Passes()


def test_whose_a_stranger_is_cannot_be_told_from_its_arn() -> None:
    """AWS's key has an ARN like any other."""
    other = declares(rules={"keys": f"{ARN}0"})

    assert isinstance(judged(default_encryption_cmk, encryption=under(ARN)), Undecided)
    assert isinstance(judged(default_encryption_cmk, around=other, encryption=under(ARN)), Undecided)


def test_a_key_that_was_not_looked_at_may_be_unusable() -> None:
    """Nor does one pass of which it is not known whether it is enabled."""
    ours = under("key:files")

    assert isinstance(judged(kms_key_usable, encryption=ours), Undecided)
    assert isinstance(judged(kms_key_usable, key(enabled=DENIED), encryption=ours), Undecided)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(DENIED, Undecided, id="it may log here"),
        pytest.param(Logging("bucket:example", ""), NotApplicable, id="another logs here"),
    ],
)
def test_a_bucket_that_may_receive_logs_is_not_asked_for_a_key(
    other: object, expected: type[Verdict]
) -> None:
    """One bucket that logs here is enough; one that may keeps the verdict open."""
    first = BucketPosture("bucket:a", "a", {"logging": DENIED})
    second = BucketPosture("bucket:b", "b", {"logging": other})

    assert isinstance(judged(default_encryption_kms, first, second, encryption=FRESH), expected)


def but(*keys: str) -> object:
    """A policy that lets in these keys alone."""
    named: Condition = {"Null": {SSE_KEY: "false"}, "StringNotEquals": {SSE_KEY: keys}}
    return policy(
        upload_refusal(named), upload_refusal({"StringLike": {SSE: "*"}, "Null": {SSE_KEY: "true"}})
    )


@pytest.mark.parametrize(
    ("beside", "keys", "expected"),
    [
        pytest.param((), (ARN,), Undecided, id="one that may be ours"),
        pytest.param((key(),), (ARN,), Undecided, id="one that may be ours, whose ARN is not known"),
        pytest.param((key(ARN),), (ARN,), Passes, id="ours"),
        pytest.param((), (ARN, f"{ARN}0"), Fails, id="one that cannot be ours beside one that may"),
    ],
)
def test_the_one_key_that_is_let_in_may_be_the_buckets(
    beside: tuple[Posture, ...], keys: tuple[str, ...], expected: type[Verdict]
) -> None:
    """Where its own is known only by its address, one literal key says nothing; a second one is another."""
    verdict = judged(policy_denies_wrong_key, *beside, encryption=under("key:files"), policy=but(*keys))

    assert isinstance(verdict, expected)


@pytest.mark.parametrize(
    ("blocks", "document", "expected"),
    [
        pytest.param(True, DENIED, Passes, id="blocked, whatever the policy"),
        pytest.param(DENIED, policy(upload_refusal({"Null": {SSE_C: "false"}})), Passes, id="refused by it"),
        pytest.param(DENIED, None, Undecided, id="not refused, and perhaps blocked"),
        pytest.param(False, DENIED, Undecided, id="not blocked, and perhaps refused"),
    ],
)
def test_either_the_bucket_or_its_policy_decides(
    blocks: object, document: object, expected: type[Verdict]
) -> None:
    """What closes the door need not be known twice."""
    assert isinstance(judged(sse_c_blocked, blocks_sse_c=blocks, policy=document), expected)
