"""When objects in the class that watches its readers move to its archive tiers."""

from typing import Final

from sandbox.provider.bucket_setting import BucketSetting
from sandbox.provider.conditions import CONDITIONS
from sandbox.provider.spelling import Spelling

HANDLER: Final = BucketSetting(
    type="aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration",
    put="put_bucket_intelligent_tiering_configuration",
    get="get_bucket_intelligent_tiering_configuration",
    delete_call="delete_bucket_intelligent_tiering_configuration",
    payload="IntelligentTieringConfiguration",
    absent="NoSuchConfiguration",
    names="name",
    spelling=Spelling({"name": "Id"}, {"filter": CONDITIONS}),
    always={"status": "Enabled"},
)
