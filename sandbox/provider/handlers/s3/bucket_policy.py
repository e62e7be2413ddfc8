"""The policy of a bucket, as the text it was put."""

from typing import Final

from sandbox.provider.bucket_setting import BucketSetting

HANDLER: Final = BucketSetting(
    type="aws:s3/bucketPolicy:BucketPolicy",
    put="put_bucket_policy",
    get="get_bucket_policy",
    delete_call="delete_bucket_policy",
    absent="NoSuchBucketPolicy",
)
