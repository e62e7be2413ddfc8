"""A bucket served as a website."""

from typing import Final

from sandbox.provider.bucket_setting import BucketSetting

HANDLER: Final = BucketSetting(
    type="aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
    put="put_bucket_website",
    get="get_bucket_website",
    delete_call="delete_bucket_website",
    payload="WebsiteConfiguration",
    absent="NoSuchWebsiteConfiguration",
    refuses=frozenset({"expectedBucketOwner", "routingRuleDetails"}),
)
