"""A report of what is in a bucket, delivered to another."""

from typing import Final

from sandbox.provider.bucket_setting import BucketSetting
from sandbox.provider.spelling import Spelling

HANDLER: Final = BucketSetting(
    type="aws:s3/inventory:Inventory",
    put="put_bucket_inventory_configuration",
    get="get_bucket_inventory_configuration",
    delete_call="delete_bucket_inventory_configuration",
    payload="InventoryConfiguration",
    absent="NoSuchConfiguration",
    names="name",
    spelling=Spelling(
        {"name": "Id", "enabled": "IsEnabled", "bucket": "S3BucketDestination", "bucketArn": "Bucket"}
    ),
    always={"enabled": True},
)
