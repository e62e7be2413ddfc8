from typing import Final, get_args

from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.words import Algorithm
from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import bad, bucket, good, says_of_bucket
from bucketwright.rules.home_bucket import meant_home
from bucketwright.rules.rule import BASELINE, DEPLOYED, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, not_applicable, passes

_WEAKEST_FIRST: Final[tuple[Algorithm, ...]] = get_args(Algorithm)
_UNDER_S3: Final = bucket(encryption=Encryption("AES256"))
_UNDER_KMS: Final = bucket(encryption=Encryption("aws:kms", "key:example", bucket_key=True))


@rule(
    "object-weaker-encryption",
    severity=MEDIUM,
    tier=BASELINE,
    lenses=DEPLOYED,
    reads=["encryption", "bucket", "bucket.encryption"],
    examples=lambda: [
        good(_UNDER_KMS, encryption="aws:kms"),
        good(_UNDER_KMS, encryption="aws:kms:dsse"),
        good(_UNDER_KMS, encryption=None),
        good(_UNDER_S3, encryption="AES256"),
        good(_UNDER_S3),
        good(_UNDER_S3, around=says_of_bucket(encryption="kms"), encryption="aws:kms"),
        good(_UNDER_KMS, around=says_of_bucket(), encryption="AES256"),
        bad(_UNDER_KMS, encryption="AES256"),
        bad(_UNDER_S3, around=says_of_bucket(encryption="kms"), encryption="AES256"),
        bad(_UNDER_S3, around=says_of_bucket(encryption="dsse"), encryption="aws:kms"),
    ],
)
def object_weaker_encryption(one: ObjectPosture, estate: Estate) -> Verdict:
    """No object is encrypted more weakly than its bucket is meant to be.

    **Why.** A default holds for uploads that name no encryption. One that names a weaker one gets it, and
    what was there before keeps what it had. Whoever may read the bucket reads it, with no KMS key between.

    **Fix.** Move it in place with UpdateObjectEncryption, or copy it onto itself. A bucket with `encryption:
    kms` in the contract also refuses uploads that ask for less.

    **Exempt it when** a service of AWS delivers it that knows no KMS keys.
    """
    wanted = meant_home(one, estate).encryption.algorithm
    if wanted == _WEAKEST_FIRST[0]:
        return passes("any encryption will do")
    if one.encryption is None:
        return not_applicable("S3 did not encrypt it")
    if _WEAKEST_FIRST.index(one.encryption) >= _WEAKEST_FIRST.index(wanted):
        return passes()
    return fails(f"it is encrypted with {one.encryption}", expected=f"{wanted}, as the bucket is meant")


@object_weaker_encryption.fix(is_safe=False)
def strengthen(one: ObjectPosture, estate: Estate) -> Change:
    """Encrypts the object as its bucket is meant; who reads it needs the key then."""
    return change(one, "encryption", meant_home(one, estate).encryption.algorithm)
