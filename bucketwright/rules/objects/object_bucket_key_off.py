from typing import Final

from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import bad, bucket, good, says_of_bucket
from bucketwright.rules.home_bucket import meant_home
from bucketwright.rules.rule import BASELINE, LIVE, Change, change, rule
from bucketwright.verdicts import LOW, Verdict, fails_if, not_applicable

_WITH: Final = bucket(encryption=Encryption("aws:kms", "key:example", bucket_key=True))
_WITHOUT: Final = bucket(encryption=Encryption("aws:kms", "key:example"))


@rule(
    "object-bucket-key-off",
    severity=LOW,
    tier=BASELINE,
    lenses=LIVE,
    reads=["bucket_key", "bucket", "encryption", "bucket.encryption"],
    examples=lambda: [
        good(_WITH, encryption="aws:kms", bucket_key=True),
        good(_WITHOUT, encryption="aws:kms", bucket_key=False),
        good(_WITH, encryption="AES256", bucket_key=False),
        good(_WITH, encryption="aws:kms:dsse", bucket_key=False),
        bad(_WITH, encryption="aws:kms", bucket_key=False),
        bad(
            _WITHOUT,
            around=says_of_bucket(encryption="kms"),
            encryption="aws:kms",
            bucket_key=False,
        ),
    ],
)
def object_bucket_key_off(one: ObjectPosture, estate: Estate) -> Verdict:
    """Objects under KMS share the bucket's data key where the bucket is meant to have one.

    **Why.** Without it every read of the object is a request to KMS, with its price and its limit for each
    second; uploads before the default was changed, or that said otherwise, go without.

    **Fix.** Move it in place with UpdateObjectEncryption. Policies of the key that go by the object's ARN in
    the encryption context have to go by the bucket's then.

    **Exempt it when** the log of KMS has to show each single read.
    """
    if not meant_home(one, estate).encryption.bucket_key:
        return not_applicable("the bucket is not meant to have a data key of its own")
    if one.encryption != "aws:kms":
        return not_applicable("only objects under aws:kms can share a data key")
    return fails_if(
        not one.bucket_key and "it does not use the bucket's data key", expected="the bucket's data key"
    )


@object_bucket_key_off.fix(is_safe=False)
def turn_on(one: ObjectPosture, _: Estate) -> Change:
    """Encrypts the object anew with the bucket's data key; key policies by its own ARN no longer fit it."""
    return change(one, "bucket_key", after=True)
