"""Whether a bucket's own tags decide who may use it. Deleting the resource turns that off."""

from typing import Final

from sandbox.provider.bucket_setting import BucketSetting

HANDLER: Final = BucketSetting(
    type="aws:s3/bucketAbac:BucketAbac",
    put="put_bucket_abac",
    get="get_bucket_abac",
    payload="AbacStatus",
    off={"Status": "Disabled"},
)
