from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.encryption import FRESH, Encryption
from bucketwright.facets.bucket.logging import Logging
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.log_targets import is_log_target
from bucketwright.rules.rule import CHOSEN, Change, change, rule
from bucketwright.verdicts import HIGH, Verdict, fails, not_applicable, passes

_OF_AWS: Final = Encryption("aws:kms", None, bucket_key=True)


def _other(target: object) -> BucketPosture:
    return BucketPosture("bucket:files", "files", {"logging": target})


@rule(
    "default-encryption-kms",
    severity=HIGH,
    tier=CHOSEN,
    maps_to=["FSBP S3.17"],
    reads=["encryption", "logging", "bucket.logging"],
    examples=lambda: [
        good(encryption=Encryption("aws:kms", "key:example", bucket_key=True)),
        good(encryption=Encryption("aws:kms:dsse", "key:example")),
        good(encryption=_OF_AWS),
        good(_other(Logging("bucket:example", "")), encryption=FRESH),
        good(_other(Logging("called-so", "")), called="called-so", encryption=FRESH),
        good(encryption=FRESH, around=declares(buckets={"example": {"purpose": "access-logs"}})),
        bad(_other(None), encryption=FRESH),
        bad(_other(None), encryption=FRESH, logging=Logging("bucket:example", "")),
        bad(_other(Logging("bucket:elsewhere", "")), encryption=FRESH),
        bad(encryption=FRESH, around=declares(buckets={"example": {}, "other": {"purpose": "access-logs"}})),
    ],
)
def default_encryption_kms(bucket: BucketPosture, estate: Estate) -> Verdict:
    """New objects are encrypted under a KMS key.

    **Why.** Under keys of S3, whoever may read the bucket may read the objects. A KMS key is a second lock
    with a policy of its own: it can be taken away from anybody, and every use of it is in the trail.

    **Fix.** Say `encryption: kms` of the bucket, or `dsse` for two layers. The project then makes a key for
    it, and its roles may use that key through S3. Objects that are there already keep what they have.

    **Exempt it when** what lies in the bucket is public, or is read by those who can be given no key. Buckets
    of access logs are never asked: S3 delivers logs under keys of its own alone.
    """
    if bucket.encryption.algorithm != FRESH.algorithm:
        return passes()
    if is_log_target(bucket, estate):
        return not_applicable("S3 delivers access logs to it, and does so under keys of S3 alone")
    return fails("new objects are encrypted under keys of S3", expected="aws:kms or aws:kms:dsse")


@default_encryption_kms.fix(is_safe=False)
def use_kms(bucket: BucketPosture, _: Estate) -> Change:
    """Puts new objects under the KMS key that AWS keeps for S3; other accounts cannot read them then."""
    return change(bucket, "encryption", _OF_AWS)
