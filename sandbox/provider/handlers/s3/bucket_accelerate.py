"""Transfer acceleration of a bucket. Deleting the resource suspends it."""

from typing import Final

from sandbox.provider.bucket_setting import BucketSetting

HANDLER: Final = BucketSetting(
    type="aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration",
    put="put_bucket_accelerate_configuration",
    get="get_bucket_accelerate_configuration",
    payload="AccelerateConfiguration",
    off={"Status": "Suspended"},
)
