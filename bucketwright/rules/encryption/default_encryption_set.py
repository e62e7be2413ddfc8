from dataclasses import replace
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.encryption import FRESH, Encryption
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import HIGH, MEDIUM, Verdict, fails, not_applicable, passes

_KMS: Final = Encryption("aws:kms", "key:example", bucket_key=True)
_MEANS_KMS: Final = declares(buckets={"example": {"encryption": "kms"}})
_MEANS_S3: Final = declares(buckets={"example": {}})


@rule(
    "default-encryption-set",
    severity=HIGH,
    tier=BASELINE,
    reads=["encryption"],
    examples=lambda: [
        good(encryption=_KMS, around=_MEANS_KMS),
        good(encryption=replace(_KMS, key="key:other", bucket_key=False), around=_MEANS_KMS),
        good(encryption=FRESH, around=_MEANS_S3),
        good(encryption=FRESH),
        good(encryption=FRESH, around=declares(buckets={"other": {"encryption": "kms"}})),
        bad(encryption=FRESH, around=_MEANS_KMS),
        bad(encryption=_KMS, around=_MEANS_S3),
        bad(encryption=_KMS, around=declares(buckets={"example": {"encryption": "dsse"}})),
    ],
)
def default_encryption_set(bucket: BucketPosture, estate: Estate) -> Verdict:
    """New objects are encrypted as the contract says.

    **Why.** S3 encrypts every new object, at the least with keys of its own. Under those, whoever may read
    the bucket may read the objects; where no KMS key was meant, readers without that key are locked out.

    **Fix.** Deploy again, or say in `encryption` what is meant: `s3`, `kms` or `dsse`. Objects that are there
    already keep what they have.

    **Exempt it when** the default is being changed in steps, and the contract follows.
    """
    wanted = estate.intended(bucket)
    if wanted is None:
        return not_applicable("no contract says how its objects are to be encrypted")
    found, meant = bucket.encryption.algorithm, wanted.encryption.algorithm
    if found == meant:
        return passes()
    return fails(
        f"new objects are encrypted with {found}",
        expected=meant,
        severity=MEDIUM if meant == FRESH.algorithm else HIGH,
    )


@default_encryption_set.fix(is_safe=False)
def encrypt_as_declared(bucket: BucketPosture, estate: Estate) -> Change:
    """Sets the default that the contract says; who uploads or reads needs the key, where there is one."""
    wanted = estate.intended(bucket) or bucket
    return change(bucket, "encryption", wanted.encryption)
