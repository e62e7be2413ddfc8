from typing import Final

from bucketwright.estate import KeyPosture
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.objects.postures import ObjectPosture
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import bad, bucket, good, says_of_bucket
from bucketwright.rules.examples import EXAMPLE, declares
from bucketwright.rules.home_bucket import declared_home, meant_home
from bucketwright.rules.named_keys import names_of
from bucketwright.rules.rule import BASELINE, LIVE, Change, change, rule
from bucketwright.verdicts import HIGH, Verdict, fails, not_applicable, passes

_ARN: Final = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
_STRANGER: Final = "arn:aws:kms:us-west-2:999988887777:key/1234abcd-12ab-34cd-56ef-1234567890ab"
_UNDER_KMS: Final = bucket(encryption=Encryption("aws:kms", "key:example"))
_MEANS_KMS: Final = says_of_bucket(encryption="kms")
_ALSO_ALLOWED: Final = declares(buckets={EXAMPLE: {"encryption": "kms"}}, rules={"keys": [_ARN]})


@rule(
    "object-wrong-key",
    severity=HIGH,
    tier=BASELINE,
    lenses=LIVE,
    reads=["encryption_key", "bucket", "bucket.encryption"],
    examples=lambda: [
        good(_UNDER_KMS, around=_MEANS_KMS, encryption_key="key:example"),
        good(
            _UNDER_KMS,
            around=says_of_bucket(encryption={"type": "kms", "key": _ARN}),
            encryption_key=_ARN,
        ),
        good(_UNDER_KMS, around=_ALSO_ALLOWED, encryption_key=_ARN),
        good(_UNDER_KMS, around=_ALSO_ALLOWED, encryption_key="key:example"),
        good(_UNDER_KMS, KeyPosture("key:old", _ARN), around=_ALSO_ALLOWED, encryption_key="key:old"),
        good(_UNDER_KMS, around=_MEANS_KMS, encryption_key=None),
        good(_UNDER_KMS, around=says_of_bucket(), encryption_key=None),
        good(_UNDER_KMS, encryption_key=_STRANGER),
        bad(_UNDER_KMS, around=_MEANS_KMS, encryption_key=_STRANGER),
        bad(_UNDER_KMS, around=_ALSO_ALLOWED, encryption_key=_STRANGER),
        bad(_UNDER_KMS, KeyPosture("key:old", _STRANGER), around=_ALSO_ALLOWED, encryption_key="key:old"),
        bad(_UNDER_KMS, around=_MEANS_KMS, encryption_key="key:other"),
        bad(_UNDER_KMS, around=says_of_bucket(), encryption_key="key:example"),
    ],
)
def object_wrong_key(one: ObjectPosture, estate: Estate) -> Verdict:
    """Every object under a KMS key is under one that was declared.

    **Why.** Who owns the key decides who reads the object, and can take it from everybody for ever by
    disabling or deleting the key. An upload may name any key its caller can use, also one of another account.

    **Fix.** Move it to the bucket's key with UpdateObjectEncryption, as long as the old key still works. Name
    a key that is meant under `keys` of `rules`, or as `key` of the bucket's `encryption`.

    **Exempt it when** objects are under an older key on purpose, until they have expired.
    """
    declared = declared_home(one, estate)
    if declared is None:
        return not_applicable("no contract says which keys are right")
    key, own = one.encryption_key, declared.encryption.key
    if key is None:
        return not_applicable("it is under no KMS key")
    allowed = frozenset({*estate.terms.keys, *((own,) if own else ())})
    if key in allowed or not allowed.isdisjoint(names_of(key, estate, allowed)):
        return passes()
    return fails(
        f"it is under the key {shown(key, 120)}", expected=" or ".join(sorted(allowed)) or "no KMS key"
    )


@object_wrong_key.fix(is_safe=False)
def move_to_own_key(one: ObjectPosture, estate: Estate) -> Change:
    """Encrypts the object anew under the bucket's own key; who reads it needs that key then."""
    return change(one, "encryption_key", meant_home(one, estate).encryption.key)
