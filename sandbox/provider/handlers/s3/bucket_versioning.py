"""Versioning of a bucket. Deleting the resource suspends it: S3 cannot forget that a bucket was versioned.

Under Object Lock it cannot even be suspended, so it stays as it is until the bucket goes.
"""

from collections.abc import Mapping
from typing import Final

from sandbox.provider.bucket_setting import BucketSetting


def _without_mfa(inputs: Mapping[str, object]) -> Mapping[str, object]:
    """S3 wants a code of the device to be told anything of MFA delete, even that it stays off."""
    said = inputs.get("versioningConfiguration")
    if not isinstance(said, Mapping) or said.get("mfaDelete") != "Disabled":
        return inputs
    return {**inputs, "versioningConfiguration": {"status": said["status"]}}


HANDLER: Final = BucketSetting(
    type="aws:s3/bucketVersioning:BucketVersioning",
    put="put_bucket_versioning",
    get="get_bucket_versioning",
    payload="VersioningConfiguration",
    off={"Status": "Suspended"},
    stays="InvalidBucketState",
    unasked={"versioningConfiguration": {"status": "Disabled"}},
    unset={"versioningConfiguration": {"status": "Disabled"}},
    completed=_without_mfa,
    defaults={"versioningConfiguration": {"mfaDelete": "Disabled"}},
    refuses=frozenset({"expectedBucketOwner", "mfa"}),
)
