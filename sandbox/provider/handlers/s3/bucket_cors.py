"""Which web origins may call a bucket from a browser."""

from typing import Final

from sandbox.provider.bucket_setting import BucketSetting

HANDLER: Final = BucketSetting(
    type="aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
    put="put_bucket_cors",
    get="get_bucket_cors",
    delete_call="delete_bucket_cors",
    payload="CORSConfiguration",
    absent="NoSuchCORSConfiguration",
)
