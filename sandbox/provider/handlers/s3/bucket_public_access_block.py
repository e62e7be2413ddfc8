"""The four public access blocks of a bucket. What a program leaves out is off."""

from typing import Final

from sandbox.provider.bucket_setting import BucketSetting

FLAGS: Final = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")

HANDLER: Final = BucketSetting(
    type="aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    put="put_public_access_block",
    get="get_public_access_block",
    delete_call="delete_public_access_block",
    payload="PublicAccessBlockConfiguration",
    absent="NoSuchPublicAccessBlockConfiguration",
    defaults=dict.fromkeys(FLAGS, False),
    refuses=frozenset({"skipDestroy"}),
)
