"""Who owns what is written to a bucket, and whether ACLs count."""

from typing import Final

from sandbox.provider.bucket_setting import BucketSetting
from sandbox.provider.spelling import Spelling

HANDLER: Final = BucketSetting(
    type="aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    put="put_bucket_ownership_controls",
    get="get_bucket_ownership_controls",
    delete_call="delete_bucket_ownership_controls",
    payload="OwnershipControls",
    absent="OwnershipControlsNotFoundError",
    spelling=Spelling({"rule": "Rules"}),
)
