"""Server access logs of a bucket. Deleting the resource puts a status without a target."""

from typing import Final

from sandbox.provider.bucket_setting import BucketSetting

HANDLER: Final = BucketSetting(
    type="aws:s3/bucketLogging:BucketLogging",
    put="put_bucket_logging",
    get="get_bucket_logging",
    payload="BucketLoggingStatus",
    within="LoggingEnabled",
)
