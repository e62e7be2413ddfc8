"""Who pays for requests to a bucket. Deleting the resource returns them to the owner."""

from typing import Final

from sandbox.provider.bucket_setting import BucketSetting

HANDLER: Final = BucketSetting(
    type="aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration",
    put="put_bucket_request_payment",
    get="get_bucket_request_payment",
    payload="RequestPaymentConfiguration",
    off={"Payer": "BucketOwner"},
)
