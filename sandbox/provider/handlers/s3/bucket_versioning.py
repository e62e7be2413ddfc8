"""Versioning of a bucket. Deleting the resource suspends it: S3 cannot forget that a bucket was versioned.

Under Object Lock it cannot even be suspended, so it stays as it is until the bucket goes.
"""

from typing import Final

from sandbox.provider.bucket_setting import BucketSetting

HANDLER: Final = BucketSetting(
    type="aws:s3/bucketVersioning:BucketVersioning",
    put="put_bucket_versioning",
    get="get_bucket_versioning",
    payload="VersioningConfiguration",
    off={"Status": "Suspended"},
    stays="InvalidBucketState",
    unasked={"versioningConfiguration": {"status": "Disabled"}},
    unset={"versioningConfiguration": {"status": "Disabled"}},
    defaults={"versioningConfiguration": {"mfaDelete": "Disabled"}},
    unread=frozenset({"mfa"}),
)
