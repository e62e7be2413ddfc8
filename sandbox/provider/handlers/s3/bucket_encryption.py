"""Default encryption of a bucket. Deleting the resource returns the bucket to S3's own default."""

from typing import Final

from sandbox.provider.bucket_setting import BucketSetting
from sandbox.provider.retelling import COMPUTED

HANDLER: Final = BucketSetting(
    type="aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    put="put_bucket_encryption",
    get="get_bucket_encryption",
    delete_call="delete_bucket_encryption",
    payload="ServerSideEncryptionConfiguration",
    absent="ServerSideEncryptionConfigurationNotFoundError",
    defaults={"rules": {"bucketKeyEnabled": False, "blockedEncryptionTypes": COMPUTED}},
)
