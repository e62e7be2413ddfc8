from dataclasses import replace

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.encryption import FRESH, Encryption
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import CHOSEN, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails_if, not_applicable


@rule(
    "bucket-key-enabled",
    severity=MEDIUM,
    tier=CHOSEN,
    reads=["encryption"],
    examples=lambda: [
        good(encryption=Encryption("aws:kms", "key:example", bucket_key=True)),
        good(encryption=FRESH),
        good(encryption=Encryption("aws:kms:dsse", "key:example")),
        bad(encryption=Encryption("aws:kms", "key:example")),
        bad(encryption=Encryption("aws:kms")),
    ],
)
def bucket_key_enabled(bucket: BucketPosture, _: Estate) -> Verdict:
    """S3 asks KMS once for many objects, not for each.

    **Why.** Without a bucket key every object that is written or read under KMS is one request to KMS, paid
    for and counted against the account's limit; a busy bucket slows down whatever else uses KMS.

    **Fix.** Leave `bucket_key` out of the bucket's `encryption`, or say `bucket_key: true`. S3 then names the
    bucket, not the object, in what it tells KMS: policies of keys that ask for single objects need a look.

    **Exempt it when** the trail of KMS has to show every single object that is read.
    """
    if bucket.encryption.algorithm != "aws:kms":
        return not_applicable(f"{bucket.encryption.algorithm} knows no bucket keys")
    return fails_if(not bucket.encryption.bucket_key and "the bucket key is off", expected="a bucket key")


@bucket_key_enabled.fix(is_safe=False)
def turn_on(bucket: BucketPosture, _: Estate) -> Change:
    """Turns the bucket key on for new objects; policies that let a key be used for single objects only
    refuse it then."""
    return change(bucket, "encryption", replace(bucket.encryption, bucket_key=True))
